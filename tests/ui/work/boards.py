"""Going to the page of work and reading what its tables show."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from shelterdesk.desk import Desk
from shelterdesk.placements import Placement
from shelterdesk.work import read_work
from tests.ui.shots import settle
from ui.pages.work.board import BoardPage
from ui.pages.work.page import WorkPage
from ui.pages.work.placement_page import PlacementPage
from ui.place import Place
from ui.widgets.table_view import TableView
from ui.window import Window

TODAY = date(2026, 11, 17)


def work_page(window: Window, **place) -> WorkPage:
    window.seat.go(Place("work", **place))
    settle()
    page = window.page()
    assert isinstance(page, WorkPage)
    return page


def board_of(window: Window, **place) -> BoardPage:
    page = work_page(window, **place)
    assert page.currentWidget() is page.board
    return page.board


def placement_form(window: Window) -> PlacementPage:
    page = window.page()
    assert isinstance(page, WorkPage)
    assert isinstance(page.form, PlacementPage)
    return page.form


def words_in(table: TableView) -> list[str]:
    model = table.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    lines = []
    for row in range(model.rowCount()):
        cells = [model.index(row, column).data(role) or "" for column in range(model.columnCount())]
        lines.append(" | ".join(cell for cell in cells if cell))
    return lines


def stage_of(desk: Desk, placement: Placement) -> str:
    row = read_work(desk).row(placement.id)
    assert row is not None
    return row.stage
