"""Visitor mode: whatever page is open, no name and no sentence about anybody can be read on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk import residents, rooms, vocab
from shelterdesk.desk import Desk
from shelterdesk.fields import CLOSED, Kind
from shelterdesk.members import colleagues
from shelterdesk.schema.base import RECORDS
from shelterdesk.vocab import CodeList
from tests.ui.shots import settle
from ui.forms.record_form import RecordForm
from ui.place import Place
from ui.record_sections import SECTIONS
from ui.widgets.banner import Banner
from ui.window import Window

SHORTEST = 5
"""Shorter words stand in labels as well."""
OF_THE_HOUSE = frozenset({"room", "bed", "site", "project", "member"})
"""Kinds of record that speak of no resident."""
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def secrets(sample_desk: Desk) -> dict[str, str]:
    """Everything written about somebody, with the field it stands in."""
    found: dict[str, str] = {}
    with sample_desk.read() as db:
        for name, kind in RECORDS.items():
            if name in OF_THE_HOUSE:
                continue
            fields = [one for one in kind.declared if one.compartment and one.kind in (Kind.TEXT, Kind.LONG_TEXT)]
            for record in db.query(kind):
                for field in fields:
                    value = field.read(record)
                    if value is not CLOSED and isinstance(value, str) and len(value) >= SHORTEST:
                        found[value] = field.id
    # Who works here, what rooms are called and the words of our own lists are no secret from who stands in the office.
    for words in (*(who.name for who in colleagues(sample_desk)), *names_of_rooms(sample_desk), *words_of_lists()):
        found.pop(words, None)
    assert len(found) > 100
    return found


@pytest.fixture
def visited(qtbot: QtBot, sample_window: Window) -> Window:
    """The window in visitor mode."""
    sample_window.run("visitor_mode")
    qtbot.waitUntil(lambda: not sample_window.seat.worker.is_busy())
    return sample_window


def names_of_rooms(desk: Desk) -> set[str]:
    return {room.name for room in rooms.rooms_of(desk) if room.name}


def words_of_lists() -> set[str]:
    lists = [one for one in vars(vocab).values() if isinstance(one, CodeList)]
    return {words for one in lists for code in one for words in (one.label(code.code), one.listed(code.code))}


def read_in(root: QWidget) -> Iterator[str]:
    """Read what can be seen, heard and hovered over. What is typed into a form has to stay readable."""
    yield root.windowTitle()
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or _is_in_a_form(widget):
            continue
        yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(number) for number in range(widget.count()))
        elif isinstance(widget, QAbstractItemView):
            # Delegates paint from the rows themselves.
            yield repr(getattr(widget, "rows", lambda: ())())
            model = widget.model()
            columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
            for row in range(model.rowCount(QModelIndex())):
                for column in range(columns):
                    yield from (str(model.index(row, column).data(role) or "") for role in _ROLES)


def _is_in_a_form(widget: QWidget) -> bool:
    above: QWidget | None = widget
    while above is not None and not isinstance(above, RecordForm):
        above = above.parentWidget()
    return above is not None


def told(window: Window, secrets: dict[str, str]) -> set[tuple[str, str]]:
    """Return (field, words) of what can be read in the window though it should not."""
    seen = "\n".join(read_in(window))
    return {(field, words) for words, field in secrets.items() if words in seen}


def places(desk: Desk) -> dict[str, Place]:
    """Every page, every section of a full record, every form."""
    row = next(row for row in residents.list_rows(desk, "here_now") if row.name.startswith("Aysel"))
    found = {page: Place(page) for page in ("today", "services", "plans", "work", "import", "summaries", "settings")}
    found |= {f"residents {one.id}": Place("residents", list_id=one.id) for one in residents.SAVED_LISTS}
    found |= {f"section {one.id}": Place("residents", "here_now", row.id, one.id) for one in SECTIONS}
    found |= {f"work {one}": Place("work", list_id=one) for one in ("placements", "check_ins", "partners")}
    found |= {
        "new arrival": Place("arrival"),
        "calls for a place": Place("calls"),
        "new call": Place("calls", doing="new_call"),
        "new resident": Place("residents", doing="new_person"),
        "new service": Place("services", doing="new_service", person_id=row.id),
        "new service for anybody": Place("services", doing="new_service"),
        "new note": Place("services", doing="new_note", person_id=row.id),
        "new placement": Place("work", doing="new_placement", person_id=row.id),
    }
    return found


def test_no_page_tells_anything(qtbot: QtBot, visited: Window, secrets: dict[str, str]) -> None:
    leaks: dict[str, set[tuple[str, str]]] = {}
    for name, place in places(visited.seat.desk).items():
        visited.go(place)
        settle()
        qtbot.waitUntil(lambda: not visited.seat.worker.is_busy(), timeout=20_000)
        settle()
        leaks[name] = told(visited, secrets)
    read = [f"{name}: {field} «{words}»" for name, found in leaks.items() for field, words in sorted(found)]
    assert not read, "\n".join(read)


@pytest.mark.parametrize("section", ["services", "notes"])
def test_what_is_opened_in_a_list_tells_nothing_either(visited: Window, secrets: dict[str, str], section: str) -> None:
    row = next(row for row in residents.list_rows(visited.seat.desk, "here_now") if row.name.startswith("Aysel"))
    visited.go(Place("residents", "here_now", row.id, section))
    settle()
    page: Any = visited.page()
    shown = page.record.section()
    for one in [row.key for row in shown.rows.rows() if row.key is not None][:6]:
        shown.toggle(one)
        settle()
        assert told(visited, secrets) == set()


def test_searching_finds_by_name_and_shows_the_code(qtbot: QtBot, visited: Window, secrets: dict[str, str]) -> None:
    qtbot.waitUntil(lambda: bool(visited.seat.index.find("aysel", 3)))
    visited.box.open()
    qtbot.keyClicks(visited.top_bar.search, "aysel")
    settle()
    found = visited.box.rows()
    assert found
    assert "Aysel" not in repr([(row.title, row.detail, row.second, row.trailing) for row in found])
    visited.box.close()


def test_leaving_visitor_mode_shows_the_names_again(visited: Window, secrets: dict[str, str]) -> None:
    visited.go(Place("residents", list_id="here_now"))
    settle()
    assert told(visited, secrets) == set()
    visited.run("visitor_mode")
    settle()
    assert told(visited, secrets) != set()


def test_the_status_strip_says_that_it_is_on(visited: Window) -> None:
    words = [label.text() for label in visited.frame.status.findChildren(QLabel) if label.isVisible()]
    assert "Visitor mode" in words
    visited.run("visitor_mode")
    settle()
    words = [label.text() for label in visited.frame.status.findChildren(QLabel) if label.isVisible()]
    assert "Visitor mode" not in words


@pytest.mark.parametrize("paper", ["tonight", "plan"])
def test_a_preview_shows_the_paper_as_it_is_and_says_so(visited: Window, paper: str) -> None:
    if paper == "tonight":
        visited.run("print_tonight")
    else:
        row = next(row for row in residents.list_rows(visited.seat.desk, "here_now") if row.name.startswith("Aysel"))
        visited.go(Place("residents", "here_now", row.id, "plan"))
        settle()
        visited.run("print")
    settle()
    dialog = next(one for one in visited.findChildren(QDialog) if one.isVisible())
    said = [one.accessibleName() for one in dialog.findChildren(Banner) if one.isVisible()]
    assert any("not masked it" in words for words in said)
    dialog.close()
