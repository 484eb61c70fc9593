"""Settings → Services: what is changed there holds at once for forms."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shelterdesk import catalogue, own_choices, vocab
from shelterdesk.desk import Desk
from tests.ui.shots import settle
from ui.pages.settings.service_editor import KindEditor, NewKindEditor
from ui.pages.settings.services import ServicesSection
from ui.seat import Seat

ENTER = Qt.Key.Key_Return


@pytest.fixture
def section(qtbot: QtBot, seat: Seat) -> ServicesSection:
    made = ServicesSection(seat)
    qtbot.addWidget(made)
    made.resize(900, 620)
    made.show_now()
    made.show()
    made.activateWindow()
    settle()
    return made


def opened(section: ServicesSection, kind: str) -> KindEditor:
    section.table.go_to(kind)
    section.table.setFocus()
    QTest.keyClick(section.table, ENTER)
    settle()
    assert isinstance(section.editor, KindEditor)
    return section.editor


def cells(section: ServicesSection, kind: str) -> list[str]:
    section.table.go_to(kind)
    index = section.table.currentIndex()
    model = section.table.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(index.row(), column).data(role) for column in range(model.columnCount())]


def test_length_and_roles_are_changed_by_keyboard_and_taken_back(section: ServicesSection, desk: Desk) -> None:
    assert cells(section, "social_talk") == ["Social work talk", "30 min", "Everybody", "Social work"]
    editor = opened(section, "social_talk")
    QTest.keyClicks(editor.minutes, "25")
    editor.roles["social_worker"].click()
    QTest.keyClick(editor.minutes, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert section.editor is None
    found = catalogue.entry(desk, "social_talk")
    assert (found.minutes, found.roles) == (25, frozenset({"social_worker"}))
    assert cells(section, "social_talk")[1:3] == ["25 min", "Social worker"]
    assert section.table.hasFocus()
    editor = opened(section, "social_talk")
    assert editor.usual.isVisibleTo(section)
    editor.usual.click()
    settle()
    assert catalogue.entry(desk, "social_talk").minutes == 30
    assert not opened(section, "social_talk").usual.isVisibleTo(section)


def test_escape_changes_nothing_and_what_is_wrong_is_said(section: ServicesSection, desk: Desk) -> None:
    editor = opened(section, "social_talk")
    for typed in ("soon", "0", "1441", "99999"):
        editor.minutes.setText(typed)
        editor.save.click()
        assert section.editor is editor
        assert editor.problem.text() == "Enter minutes from 1 to 1440, or nothing"
    QTest.keyClick(editor.minutes, Qt.Key.Key_Escape)
    settle()
    assert section.editor is None
    assert not catalogue.entry(desk, "social_talk").changed


def test_what_is_not_offered_is_named_and_comes_back(section: ServicesSection, desk: Desk) -> None:
    editor = opened(section, "computer_course")
    editor.offered.click()
    editor.save.click()
    settle()
    assert "computer_course" not in {one.kind for one in catalogue.offered(desk)}
    assert cells(section, "computer_course")[3] == "not offered"
    assert not catalogue.entry(desk, "computer_course").changed, "its length stays as it came"
    editor = opened(section, "computer_course")
    editor.offered.click()
    editor.save.click()
    settle()
    assert catalogue.entry(desk, "computer_course").active


def test_a_service_of_ones_own_begins_with_what_it_counts_as(section: ServicesSection, desk: Desk) -> None:
    section.add_one.click()
    editor = section.editor
    assert isinstance(editor, NewKindEditor)
    editor.save.click()
    assert editor.problem.text()
    editor.words.setText("Yoga")
    editor.save.click()
    assert editor.problem.text() == "Choose what it is counted as"
    editor.counts_as.set_value("legal_advice")
    editor.counts_as.chosen.emit("legal_advice")
    assert (editor.minutes.text(), editor.roles["lawyer"].isChecked()) == ("45", True)
    editor.counts_as.set_value("leisure")
    editor.counts_as.chosen.emit("leisure")
    assert (editor.minutes.text(), editor.roles["lawyer"].isChecked()) == ("120", False)
    editor.minutes.setText("50")
    editor.save.click()
    settle()
    made = next(one for one in catalogue.offered(desk) if one.label == "Yoga")
    assert (made.minutes, made.family, own_choices.counts_as(made.kind)) == (50, "social", "leisure")
    assert cells(section, made.kind)[0] == "Yoga, your own"
    editor = opened(section, made.kind)
    editor.words.setText("Quiet yoga")
    editor.save.click()
    settle()
    assert desk.choices(vocab.SERVICE_KINDS).label(made.kind) == "Quiet yoga"


def test_the_filter_finds_by_words_family_and_role(section: ServicesSection) -> None:
    section.filter.setText("lawyer")
    assert {"legal_advice", "compensation_claim"} <= set(_keys(section))
    assert "dental_care" not in _keys(section)
    section.filter.setText("health dental")
    assert _keys(section) == ["dental_care"]
    section.filter.setText("no such thing")
    assert section.empty.isVisibleTo(section)
    assert not section.table.isVisibleTo(section)


def _keys(section: ServicesSection) -> list[str]:
    found: list[str] = []
    for row in range(section.table.model().rowCount()):
        section.table.setCurrentIndex(section.table.model().index(row, 0))
        key = section.table.current_key()
        found += [key] if key is not None else []
    return found
