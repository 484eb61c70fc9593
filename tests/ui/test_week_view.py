"""The painted week: only what is seen is painted, and everything in it can be reached and read out."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.shots import settle
from ui.widgets.week_grid import Block, Cell, Grid, GridColumn, GridRow
from ui.widgets.week_paint import WeekPainter
from ui.widgets.week_view import WeekView

MONDAY = date(2026, 11, 16)
WORKERS = 12
KEY = Qt.Key


def grid(entries: int) -> Grid:
    """Return a week of twelve workers with so many entries, all in working hours."""
    cells: dict[tuple[int, int], list[Block]] = {(row, day): [] for row in range(WORKERS) for day in range(7)}
    for number in range(entries):
        row, day = number % WORKERS, number // WORKERS % 7
        block = Block(number, f"{8 + number % 10:02}:00", f"Somebody {number}", "hand-heart", spoken=f"entry {number}")
        cells[row, day].append(block)
    return Grid(
        tuple(GridColumn(f"Day {day}", quiet=day > 4) for day in range(7)),
        tuple(GridRow(row, f"Worker {row}", ("Social worker", "6 h planned")) for row in range(WORKERS)),
        {
            place: Cell(MONDAY + timedelta(days=place[1]), tuple(blocks), quiet=place[1] > 4)
            for place, blocks in cells.items()
        },
    )


@pytest.fixture
def view(qtbot: QtBot) -> WeekView:
    made = WeekView("Appointments")
    qtbot.addWidget(made)
    made.resize(1108, 470)
    made.show()
    settle()
    return made


def seconds_to_paint(view: WeekView) -> float:
    found: list[float] = []
    for _round in range(5):
        begun = time.process_time()
        view.viewport().grab()
        found.append(time.process_time() - begun)
    return min(found)


def test_two_thousand_entries_are_painted_as_quickly_as_two_hundred(view: WeekView) -> None:
    view.set_grid(grid(200))
    few = seconds_to_paint(view)
    view.set_grid(grid(2000))
    many = seconds_to_paint(view)
    assert many < 0.1, "a tenth of a second for a week of 2,000"
    assert many < 4 * few + 0.005


def test_only_what_is_seen_is_painted(view: WeekView, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[object] = []
    paint = WeekPainter._block
    monkeypatch.setattr(
        WeekPainter, "_block", lambda self, rect, block: (painted.append(block.key), paint(self, rect, block))
    )
    view.set_grid(grid(2000))
    painted.clear()
    view.viewport().grab()
    first = set(painted)
    assert 50 < len(first) < 200
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    painted.clear()
    view.viewport().grab()
    assert painted
    assert not first & set(painted)


def test_every_entry_can_be_reached_with_the_arrows_and_is_read_out(qtbot: QtBot, view: WeekView) -> None:
    view.set_grid(grid(300))
    view.setFocus()
    view.go_to(0)
    reached: list[str] = []
    for _day in range(7):
        for _row in range(20 * WORKERS):
            qtbot.keyClick(view, KEY.Key_Up)
        for _row in range(20 * WORKERS):
            reached.append(view.spoken().split(",")[0])
            qtbot.keyClick(view, KEY.Key_Down)
        qtbot.keyClick(view, KEY.Key_Right)
    assert {f"entry {number}" for number in range(300)} <= set(reached)
    rect = view.rect_of(view.current_key()) if view.current_key() is not None else view.rect_of_cell(11, 6)
    assert view.viewport().rect().intersects(rect.toRect()), "the view follows the keyboard"


def test_the_keyboard_stays_where_it_was_when_the_week_is_read_anew(view: WeekView) -> None:
    view.set_grid(grid(300))
    view.go_to(57)
    view.set_grid(grid(200))
    assert view.current_key() == 57
    view.set_grid(grid(5))
    assert view.current_key() is None
    assert view.current_row_key() == 57 % WORKERS, "on the free place of the same row and day"


def test_keys_tell_what_is_wanted(qtbot: QtBot, view: WeekView) -> None:
    view.set_grid(grid(20))
    view.go_to(3)
    told: list[object] = []
    view.acted.connect(lambda key, what: told.append((key, what)))
    view.opened.connect(told.append)
    view.placed.connect(lambda row, day: told.append((row, day)))
    view.turned.connect(told.append)
    for key in (KEY.Key_Space, KEY.Key_G, KEY.Key_X, KEY.Key_M, KEY.Key_Return, KEY.Key_N, KEY.Key_PageDown):
        qtbot.keyClick(view, key)
    assert told == [(3, "given"), (3, "at_once"), (3, "missed"), (3, "move"), 3, (3, MONDAY), 1]
