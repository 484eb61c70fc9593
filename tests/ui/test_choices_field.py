"""Several choices: every chip is seen as it is added, the keyboard opens the list, and all can be taken at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.shots import settle
from ui.forms.choices_field import ChoicesField

CHOICES = [(f"c{number}", f"A choice of many words, number {number}") for number in range(7)]


@pytest.fixture
def field(qtbot: QtBot) -> ChoicesField:
    made = ChoicesField("Told", CHOICES, all_words="All of them")
    qtbot.addWidget(made)
    made.resize(420, 60)
    made.show()
    settle()
    return made


def pick(field: ChoicesField, words: str) -> None:
    number = field.adder.findText(words)
    assert number > 0, words
    field.adder.setCurrentIndex(number)
    field.adder.activated.emit(number)


def lowest(field: ChoicesField) -> int:
    return max(chip.geometry().bottom() for chip in field._chips.findChildren(QPushButton) if chip.isVisible())


def test_a_chip_that_begins_a_new_line_is_seen_at_once(field: ChoicesField) -> None:
    for number, (_code, words) in enumerate(CHOICES[:4], start=1):
        pick(field, words)
        settle()
        assert len(field.value()) == number
        assert lowest(field) < field._chips.height(), "no chip lies below the edge"


def test_an_arrow_opens_the_list_and_adds_nothing_by_itself(qtbot: QtBot, field: ChoicesField) -> None:
    qtbot.keyClick(field.adder, Qt.Key.Key_Down)
    assert field.adder.view().isVisible()
    assert field.value() == frozenset()
    field.adder.hidePopup()


def test_all_are_added_at_once_and_then_no_longer_offered(field: ChoicesField) -> None:
    pick(field, "All of them")
    assert field.value() == frozenset(code for code, _words in CHOICES)
    assert field.adder.count() == 1, "only «Add…» is left"
