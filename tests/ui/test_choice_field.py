"""A drop-down by keyboard: an open list does not keep it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.folding import fold, sounds
from ui.widgets.choice_field import ChoiceField
from ui.widgets.type_ahead import TypeAhead


@pytest.mark.parametrize(("key", "follows"), [(Qt.Key.Key_Tab, "after"), (Qt.Key.Key_Backtab, "before")])
def test_tab_in_an_open_drop_down_takes_the_entry_and_goes_on(
    qtbot: QtBot, key: Qt.Key, follows: str, qapp: QApplication
) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    before, after = QLineEdit(objectName="before"), QLineEdit(objectName="after")
    choice = ChoiceField("Answer", [(number, f"Answer {number}") for number in range(4)], 1)
    for widget in (before, choice, after):
        column.addWidget(widget)
    with qtbot.waitExposed(whole):
        whole.show()
    chosen: list[object] = []
    choice.chosen.connect(chosen.append)
    choice.setFocus()
    choice.showPopup()
    QTest.keyClick(choice.view(), Qt.Key.Key_Down)
    QTest.keyClick(choice.view(), key)
    qtbot.waitUntil(lambda: not choice.view().isVisible())
    assert (choice.value(), chosen) == (2, [2])
    focused = whole.focusWidget()
    assert focused is not None
    assert focused.objectName() == follows
    choice.setFocus()
    choice.showPopup()
    QTest.keyClick(choice.view(), Qt.Key.Key_Tab)
    assert chosen == [2], "what was not changed is not told"


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("ner", "Nərmin · R-2026-008"), ("nər", "Nərmin · R-2026-008"), ("nar", "Nərmin · R-2026-008"), ("xyz", None)],
)
def test_a_name_is_found_by_its_letters_and_where_they_find_nothing_by_its_sounds(
    qtbot: QtBot, typed: str, taken: str | None
) -> None:
    names = ["Aynur · R-2026-001", "Nərmin · R-2026-008", "Kamran · R-2026-002"]
    choice = TypeAhead("Resident", [(name, name) for name in names], fold=fold, heard=sounds)
    qtbot.addWidget(choice)
    line = choice.lineEdit()
    assert line is not None
    line.setText(typed)
    choice._settle()
    assert choice.value() == taken


def test_escape_closes_what_was_found_and_leaves_the_form_alone(qtbot: QtBot, qapp: QApplication) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    choice = TypeAhead(
        "Service", [(name, name) for name in ("Legal advice", "Social work talk")], fold=fold, parent=whole
    )
    choice.setFixedWidth(80)
    cancelled: list[bool] = []
    cancel = QShortcut(QKeySequence(Qt.Key.Key_Escape), whole)
    cancel.activated.connect(lambda: cancelled.append(True))
    with qtbot.waitActive(whole):
        whole.show()
        whole.activateWindow()
    choice.setFocus()
    QTest.keyClicks(choice, "a")
    found = QApplication.activePopupWidget()
    assert found is not None
    assert found.width() > choice.width(), "long words have room below a narrow field"
    QTest.keyClick(found, Qt.Key.Key_Escape)
    line = choice.lineEdit()
    assert line is not None
    assert (found.isVisible(), cancelled, line.text()) == (False, [], "a")
    QTest.keyClick(choice, Qt.Key.Key_Escape)
    assert cancelled == [True]


def test_what_was_taken_is_read_from_its_beginning(qtbot: QtBot) -> None:
    choice = TypeAhead("Resident", [(name, name) for name in ("Aysel M., R-2026-014", "Botir, R-2026-010")], fold=fold)
    qtbot.addWidget(choice)
    choice.setFixedWidth(90)
    with qtbot.waitExposed(choice):
        choice.show()
    QTest.keyClicks(choice, "ays")
    found = QApplication.activePopupWidget()
    assert found is not None
    QTest.keyClick(found, Qt.Key.Key_Return)
    line = choice.lineEdit()
    assert line is not None
    assert (choice.value(), line.cursorPosition()) == ("Aysel M., R-2026-014", 0)
