"""Fields of forms: keyboard, reading, masking, problems."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
)

from tests.ui import shots
from tests.ui.acting import gathered, gathered_calls, shown
from tests.ui.gallery.plan import day_field
from ui import theme
from ui.widgets.bed_choice import Bed, BedChoice, BedGroup
from ui.widgets.choice_field import ChoiceField
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.masked_value import MaskedValue
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.search_field import SearchField
from ui.widgets.segmented import Segmented
from ui.widgets.text_area import TextArea


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication):
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


def test_segments_move_by_arrow_and_are_as_wide_as_their_bold_words(qtbot) -> None:
    choice = Segmented("Outcome", [(1, "Took place"), (2, "Shorter"), (3, "Declined")], 1)
    shown(qtbot, choice)
    widths = [button.width() for button in choice.buttons()]
    chosen = gathered(choice.chosen)
    first = choice.buttons()[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    shots.settle()
    assert (chosen, choice.value()) == ([2], 2)
    assert [button.width() for button in choice.buttons()] == widths
    choice.set_value(None)
    assert choice.value() is None
    assert chosen == [2]


def test_wheel_never_changes_a_choice(qtbot) -> None:
    choice = ChoiceField("Service", [(1, "Psychological"), (2, "Social"), (3, "Legal")], 2)
    shown(qtbot, choice)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, wheel)
    assert choice.value() == 2
    assert not wheel.isAccepted()


def test_long_choice_is_found_by_typing_and_falls_back(qtbot) -> None:
    def fold(text: str) -> str:
        return text.casefold().replace("ə", "e")

    choices = [(n, name) for n, name in enumerate(["Əfqanıstan", *(f"Country {n}" for n in range(12))])]
    choice = ChoiceField("Country", choices, 3, fold=fold)
    shown(qtbot, choice)
    chosen = gathered(choice.chosen)
    line = choice.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "efq")
    choice._settle()
    assert (choice.value(), chosen) == (0, [0])
    line.setText("nowhere")
    choice._settle()
    assert line.text() == "Əfqanıstan"


def test_date_field_reads_shows_and_moves(qtbot) -> None:
    field = day_field("Date given")
    shown(qtbot, field)
    changed = gathered(field.changed)
    QTest.keyClicks(field.line, "1.12.2026")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "01.12.2026"
    assert field.note.text() == "Tuesday"
    QTest.keyClicks(field.line, "+")
    QTest.keyClicks(field.line, "-")
    QTest.keyClicks(field.line, "w")
    QTest.keyClick(field.line, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field.line, "t")
    days = [date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 1), date(2026, 12, 8), date(2026, 11, 8)]
    assert changed == [*days, date(2026, 11, 17)]


def test_date_field_keeps_what_it_cannot_read(qtbot) -> None:
    field = day_field("Date given")
    shown(qtbot, field)
    QTest.keyClicks(field.line, "soon")
    assert field.value() is None
    assert not field.is_readable()
    assert field.line.text() == "soon"
    field.line.clear()
    assert field.is_readable()


def test_calendar_opens_from_the_keyboard_and_gives_a_day(qtbot) -> None:
    field = day_field("Date given")
    shown(qtbot, field)
    QTest.keyClick(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field._popup
    assert popup is not None
    assert popup.isVisible()
    days = popup.days.findChild(QAbstractItemView)
    assert days is not None
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert field.value() == date(2026, 11, 17)


def test_passphrase_is_hidden_shown_and_warns_of_caps_lock(qtbot) -> None:
    field = PassphraseField("Passphrase")
    shown(qtbot, field)
    assert field.line.echoMode() == QLineEdit.EchoMode.Password
    assert field.hint.isHidden()
    capital = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(field.line, capital)
    assert field.hint.isVisible()
    small = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(field.line, small)
    assert field.hint.isHidden()
    field._eye.trigger()
    assert field.is_shown()
    assert field.line.echoMode() == QLineEdit.EchoMode.Normal
    field.clear()
    assert (field.text(), field.is_shown()) == ("", False)


def test_text_area_grows_to_twelve_lines_and_lets_tab_out(qtbot) -> None:
    area = TextArea("Note", lines=2)
    shown(qtbot, area)
    small = area.height()
    area.set_text("\n".join("word" for _line in range(8)))
    shots.settle()
    middle = area.height()
    area.set_text("\n".join("word" for _line in range(40)))
    shots.settle()
    assert small < middle < area.height()
    assert area.height() < theme.px(18 * 13 + 30)
    assert area.tabChangesFocus()


def test_masked_value_asks_only_when_wanted_and_hides_again(qtbot) -> None:
    asked: list[str] = []

    def reveal() -> str:
        asked.append("phone")
        return "055 123 45 67"

    value = MaskedValue("Phone", reveal)
    shown(qtbot, value)
    told = gathered(value.shown)
    assert asked == []
    assert "055" not in value.words.text()
    value.button.click()
    assert value.words.text() == "055 123 45 67"
    assert value.words.toolTip() == ""
    assert len(told) == len(asked) == 1
    assert value._timer.interval() == 30_000
    value._timer.timeout.emit()
    assert "055" not in value.words.text()
    value.button.click()
    value.hide()
    assert value.is_masked()


def test_form_row_names_its_field_and_shows_a_problem(qtbot) -> None:
    field = QLineEdit()
    row = FormRow("Name used", field, "May be left empty.")
    shown(qtbot, row)
    left = gathered(row.left)
    assert row.label.buddy() is field
    assert field.accessibleName() == "Name used"
    assert field.accessibleDescription() == "May be left empty."
    height = field.height()
    row.set_problem("Enter the name used")
    shots.settle()
    assert field.property("wrong") is True
    assert field.height() == height
    assert field.accessibleDescription() == "Enter the name used"
    row.set_problem("")
    assert field.accessibleDescription() == "May be left empty."
    field.setFocus()
    field.clearFocus()
    assert len(left) == 1


def test_labels_share_a_column_and_go_above_in_a_narrow_window(qtbot) -> None:
    rows = FormRows()
    rows.add_row(FormRow("Name", QLineEdit()))
    rows.add_row(FormRow("A label much longer than the usual column is wide", QLineEdit()))
    qtbot.addWidget(rows)
    rows.resize(1200, 200)
    rows.show()
    shots.settle()
    starts = {row.field.mapTo(rows, QPoint(0, 0)).x() for row in rows.rows()}
    assert starts == {rows.field_column()}
    assert rows.field_column() > 152
    rows.resize(700, 200)
    shots.settle()
    assert rows.field_column() == 0
    assert {row.field.mapTo(rows, QPoint(0, 0)).x() for row in rows.rows()} == {0}


def test_used_beds_cannot_be_chosen_and_say_why(qtbot) -> None:
    beds = BedChoice("Bed")
    room = (Bed(1, "1", "used", "used by Aysel M."), Bed(2, "2"), Bed(3, "3", "held", "held for Monday"), Bed(4, "4"))
    beds.set_rooms([BedGroup("Room 1", room)])
    shown(qtbot, beds, 500)
    chosen = gathered(beds.chosen)
    buttons = list(beds.findChildren(QAbstractButton))
    assert [button.isEnabled() for button in buttons] == [False, True, False, True]
    assert buttons[0].accessibleName() == "Room 1, 1, used by Aysel M."
    buttons[1].setFocus()
    QTest.keyClick(buttons[1], Qt.Key.Key_Right)
    assert buttons[3].hasFocus()
    QTest.keyClick(buttons[3], Qt.Key.Key_Space)
    beds.set_value(1)
    assert (chosen, beds.value()) == ([4], 4)


def test_editor_in_place_saves_and_cancels_by_key(qtbot) -> None:
    editor = InlineEditor("Save milestone")
    field = QLineEdit()
    editor.add_field("&Milestone", field, whole=True)
    editor.end()
    shown(qtbot, editor, 500)
    saved, cancelled = gathered(editor.save_pressed), gathered(editor.cancel_pressed)
    QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (len(saved), len(cancelled)) == (1, 1)
    assert field.accessibleName() == "Milestone"


def test_search_field_hides_its_key_cap_while_typing_and_escapes(qtbot) -> None:
    field = SearchField("Search or command", "Ctrl+K")
    shown(qtbot, field)
    left = gathered_calls(field.left_downwards)
    wide = field.textMargins().right()
    QTest.keyClicks(field, "ali")
    assert field.textMargins().right() < wide
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), len(left)) == ("", 1)


def test_focus_and_error_do_not_move_a_field(qtbot) -> None:
    field = QLineEdit("text")
    shown(qtbot, field, 200)
    hint = field.sizeHint()
    theme.mark(field, wrong=True)
    assert field.sizeHint() == hint
    assert hint.height() == theme.px(32)
