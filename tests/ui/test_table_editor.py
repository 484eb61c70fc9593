"""An editor below a row of a table: lent, given back, and out of the keyboard's way; letters and menus of rows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.acting import gathered, shown
from tests.ui.shots import settle
from ui.widgets.table_view import Cell, Column, TableGroup, TableRow, TableView


def table(qtbot) -> TableView:
    made = TableView("Placements", (Column("Resident", 2), Column("Work", 1)), fits=True)
    rows = tuple(TableRow(name, (Cell(name), Cell("Sewing"))) for name in ("Aysel", "Botir", "Iryna"))
    made.set_content(
        [TableGroup("Looking", "2", "looking", rows=rows[:2]), TableGroup("Trial", "1", "t", rows=rows[2:])]
    )
    shown(qtbot, made, 500)
    return made


def test_an_editor_opens_below_its_row_and_is_given_back_whole(qtbot) -> None:
    one = table(qtbot)
    height = one.height()
    editor = QLineEdit("until Friday")
    qtbot.addWidget(editor)
    one.open_editor("Botir", editor)
    settle()
    assert one.current_key() == "Botir"
    assert one.editor() is editor
    assert editor.isVisible()
    assert one.height() > height
    top = one.visualRect(one.currentIndex()).bottom()
    assert editor.mapTo(one.viewport(), QPoint(0, 0)).y() > top
    editor.setFocus()
    one.close_editor()
    settle()
    assert one.editor() is None
    assert one.height() == height
    assert editor.text() == "until Friday"
    assert QApplication.focusWidget() is one
    assert one.current_key() == "Botir"


def test_arrows_pass_over_the_editor(qtbot) -> None:
    one = table(qtbot)
    editor = QLineEdit()
    qtbot.addWidget(editor)
    one.open_editor("Aysel", editor)
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Down)
    assert one.current_key() == "Botir"


def test_new_content_closes_the_editor_without_harm(qtbot) -> None:
    one = table(qtbot)
    editor = QLineEdit("kept")
    qtbot.addWidget(editor)
    one.open_editor("Aysel", editor)
    one.set_content([TableRow("Iryna", (Cell("Iryna"), Cell("")))])
    settle()
    assert one.editor() is None
    assert editor.text() == "kept"


def test_a_letter_on_a_row_is_told_and_on_a_heading_is_not(qtbot) -> None:
    one = table(qtbot)
    letters = gathered(one.typed)
    one.go_to("Botir")
    qtbot.keyClick(one, Qt.Key.Key_M)
    one.setCurrentIndex(one.model().index(0, 0))
    qtbot.keyClick(one, Qt.Key.Key_M)
    qtbot.keyClick(one, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert letters == [("Botir", "m")]


def test_the_menu_key_asks_for_the_menu_of_the_current_row(qtbot) -> None:
    one = table(qtbot)
    asked = gathered(one.menu_wanted)
    one.go_to("Iryna")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), one.mapToGlobal(QPoint(1, 1)))
    QApplication.sendEvent(one.viewport(), event)
    assert [key for key, _place in asked] == ["Iryna"]
