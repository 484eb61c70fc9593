"""People as a table: filtered, sorted, kept as a list, and several of them at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shelterdesk import own_lists, people_table, residents
from shelterdesk.documents.people_list import people_list
from shelterdesk.residents import SAVED_LISTS
from tests.ui.shots import settle
from ui.pages.people_table import page as page_module
from ui.pages.people_table.page import PeopleTablePage
from ui.place import Place
from ui.widgets.buttons import IconButton
from ui.window import Window


@pytest.fixture
def table(sample_window: Window) -> PeopleTablePage:
    sample_window.go(Place("people_table", "everybody"))
    settle()
    page = sample_window.page()
    assert isinstance(page, PeopleTablePage)
    return page


def names(page: PeopleTablePage) -> list[str]:
    return [row.name for row in page._rows]


def words_of(page: PeopleTablePage, column: str) -> list[str]:
    model = page.grid.model()
    return [model.cells(number)[page.columns.index(column)].words for number in range(model.rowCount())]


def test_it_is_reached_from_the_list_and_goes_to_a_record(sample_window: Window) -> None:
    sample_window.go(Place("residents", "here_now"))
    settle()
    button = sample_window.findChild(IconButton, "as-a-table")
    assert button is not None
    button.click()
    settle()
    page = sample_window.page()
    assert isinstance(page, PeopleTablePage)
    here = residents.list_rows(sample_window.seat.desk, "here_now")
    assert {row.id for row in page._rows} == {row.id for row in here}
    page.grid.selectRow(0)
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    settle()
    assert sample_window.trail.here.person_id == page._rows[0].id


def test_filters_narrow_together_and_nobody_is_said(table: PeopleTablePage) -> None:
    everybody = names(table)
    table.filters.choices["phases"].set_value("transition")
    table.filters.changed.emit()
    assert 0 < len(names(table)) < len(everybody)
    assert set(words_of(table, "phase")) == {"Transition"}
    table.filters.words.setText("nobody is called that")
    assert names(table) == []
    assert table.empty.isVisibleTo(table)
    assert not table.grid.isVisibleTo(table)


def test_a_title_sorts_and_what_is_empty_stays_last(table: PeopleTablePage) -> None:
    for backwards in (False, True):
        table.grid.sorted_by.emit(table.columns.index("days_here"))
        days = [row.days_here for row in table._rows]
        filled = [one for one in days if one is not None]
        assert days == [*sorted(filled, reverse=backwards), *[None] * (len(days) - len(filled))]
    assert None in days


def test_columns_are_chosen_and_sensitive_ones_are_not_offered(table: PeopleTablePage) -> None:
    menu = table.columns_menu()
    offered = {action.text(): action for action in menu.actions()}
    assert "Gender" in offered
    assert not {"Family name", "Phone", "Identity document number"} & offered.keys()
    offered["Gender"].setChecked(True)
    assert table.columns[-1] == "person.gender"
    assert {"Woman or girl"} <= set(words_of(table, "person.gender"))
    offered["Gender"].setChecked(False)
    assert "person.gender" not in table.columns
    menu.deleteLater()


def test_a_filter_becomes_a_list_in_the_sidebar_and_is_taken_away(
    sample_window: Window, table: PeopleTablePage
) -> None:
    desk = sample_window.seat.desk
    before = {one.id for one in own_lists.saved_lists(desk)}
    table.filters.choices["ages"].set_value("child")
    table.filters.changed.emit()
    table.keep.click()
    assert table._editor is not None
    table._editor.save.click()
    assert table._editor is not None, "a list needs a name"
    name = table._editor.findChild(QLineEdit, "list-name")
    assert isinstance(name, QLineEdit)
    name.setText("Children")
    table._editor.save.click()
    settle()
    (kept,) = [one for one in own_lists.saved_lists(desk) if one.id not in before]
    assert sample_window.trail.here == Place("people_table", kept.id)
    sample_window.go(Place("residents", kept.id))
    settle()
    children = {row.id for row in own_lists.rows_on(desk, kept.id)}
    assert own_lists.counts(desk)[kept.id] == len(children)
    sample_window.go(Place("people_table", kept.id))
    settle()
    assert {row.id for row in table._rows} == children
    assert table.filters.choices["ages"].value() == "child"
    table.forget.click()
    settle()
    assert {one.id for one in own_lists.saved_lists(desk)} == before
    sample_window.run("undo")
    settle()
    assert kept.id in {one.id for one in own_lists.saved_lists(desk)}
    assert len(own_lists.saved_lists(desk)) > len(SAVED_LISTS)


def test_a_worker_is_assigned_to_several_and_undone(sample_window: Window, table: PeopleTablePage) -> None:
    desk = sample_window.seat.desk
    chosen = [row for row in table._rows if row.worker != "Leyla A."][:3]
    for row in chosen:
        index = table.grid.model().index([one.id for one in table._rows].index(row.id), 0)
        model = table.grid.selectionModel()
        model.select(index, model.SelectionFlag.Select | model.SelectionFlag.Rows)
    assert len(table.grid.chosen_people()) == 3
    before = {row.id: row.worker for row in chosen}
    table.worker.chosen.emit(desk.me.id)
    settle()
    now = residents.rows_of(desk, before)
    assert {row.worker for row in now.values()} == {"Leyla A."}
    assert set(table.grid.chosen_people()) == set(before), "who was chosen stays chosen"
    sample_window.run("undo")
    settle()
    assert {key: row.worker for key, row in residents.rows_of(desk, before).items()} == before


def test_what_is_printed_names_nobody(sample_window: Window, table: PeopleTablePage) -> None:

    desk = sample_window.seat.desk
    paper = repr(people_list(desk, [row.id for row in table._rows], "en"))
    assert all(row.code in paper for row in table._rows)
    assert not [row.name for row in table._rows if row.has_name and row.name in paper]


def test_visitor_mode_masks_names(sample_window: Window, table: PeopleTablePage) -> None:
    sample_window.seat.set_visitor(on=True)
    table.refresh()
    shown = {cell.words for number in range(table.grid.model().rowCount()) for cell in table.grid.model().cells(number)}
    assert not {row.name for row in table._rows if row.has_name} & shown
    sample_window.seat.set_visitor(on=False)


def test_typing_and_sorting_read_nothing_again(table: PeopleTablePage, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = names(table)
    reads: list[str] = []
    monkeypatch.setattr(own_lists, "rows_of_filter", lambda *_values: reads.append("rows") or [])
    monkeypatch.setattr(people_table, "facts_of", lambda *_values: reads.append("facts") or {})
    QTest.keyClicks(table.filters.words, "leyla")
    table.sort_by("code")
    table.sort_by("code")
    assert names(table) == [row.name for row in sorted(table._rows, key=lambda row: row.code, reverse=True)]
    assert 0 < len(names(table)) < len(everybody)
    table.filters.words.clear()
    assert sorted(names(table)) == sorted(everybody)
    assert reads == []


def test_many_are_read_by_the_worker_and_the_latest_filter_wins(
    table: PeopleTablePage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = names(table)
    monkeypatch.setattr(page_module, "MANY", 3)
    table.filters.choices["phases"].set_value("transition")
    table.refresh()
    table.filters.choices["phases"].set_value(None)
    table.refresh()
    qtbot.waitUntil(lambda: not table.seat.worker.is_busy())
    settle()
    assert names(table) == everybody
