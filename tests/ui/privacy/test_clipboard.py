"""Copied words are marked as secret, leave the clipboard after a while and at lock, and only while they are ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QClipboard, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.acting import gathered, shown
from tests.ui.privacy.conftest import window_of
from tests.ui.shots import settle
from ui.privacy import clipboard as clipboard_module
from ui.privacy.clipboard import KEPT_FOR_SECONDS, ClipboardGuard, copy_secret
from ui.privacy.input_watch import InputWatch
from ui.session import Session
from ui.widgets.masked_value import MaskedValue
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.text_area import TextArea

SECRET = "Ysoldemar, blue suitcase"
CONTROL = Qt.KeyboardModifier.ControlModifier
MARK = "x-kde-passwordManagerHint"


@pytest.fixture(autouse=True)
def empty(qapp: QApplication) -> Iterator[QClipboard]:
    """The clipboard, empty before and after."""
    board = QGuiApplication.clipboard()
    board.clear()
    yield board
    board.clear()


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[InputWatch]:
    made = InputWatch(qapp)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def guard(qapp: QApplication) -> Iterator[ClipboardGuard]:
    made = ClipboardGuard()
    yield made
    made.stop()
    made.deleteLater()


def board() -> QClipboard:
    return QGuiApplication.clipboard()


def mark() -> bytes:
    return bytes(board().mimeData().data(MARK).data())


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_copying_and_cutting_with_the_keyboard_marks_as_secret(qtbot: QtBot, watch: InputWatch, kind: type) -> None:
    field = kind()
    shown(qtbot, field)
    put = field.setText if isinstance(field, QLineEdit) else field.setPlainText
    put(SECRET)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_C, CONTROL)
    assert (board().text(), mark()) == (SECRET, b"secret")
    board().clear()
    qtbot.keyClick(field, Qt.Key.Key_X, CONTROL)
    assert (board().text(), mark()) == (SECRET, b"secret")
    assert (field.text() if isinstance(field, QLineEdit) else field.toPlainText()) == ""


def test_lines_stay_lines(qtbot: QtBot, watch: InputWatch) -> None:
    area = TextArea("Notes")
    shown(qtbot, area)
    area.setPlainText("one\ntwo")
    area.selectAll()
    qtbot.keyClick(area, Qt.Key.Key_C, CONTROL)
    assert board().text() == "one\ntwo"


def test_nothing_selected_leaves_the_clipboard_alone(qtbot: QtBot, watch: InputWatch) -> None:
    field = QLineEdit(SECRET)
    shown(qtbot, field)
    board().setText("before")
    qtbot.keyClick(field, Qt.Key.Key_C, CONTROL)
    assert board().text() == "before"


def test_hidden_characters_are_not_copied(qtbot: QtBot, watch: InputWatch) -> None:
    field = PassphraseField("Passphrase")
    shown(qtbot, field)
    field.line.setText("violin cloud")
    field.line.selectAll()
    qtbot.keyClick(field.line, Qt.Key.Key_C, CONTROL)
    assert board().text() == ""


def test_what_may_not_be_changed_is_not_cut(qtbot: QtBot, watch: InputWatch) -> None:
    field = QLineEdit(SECRET)
    field.setReadOnly(True)
    shown(qtbot, field)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_X, CONTROL)
    assert field.text() == SECRET


def test_dots_copy_dots(qtbot: QtBot, watch: InputWatch) -> None:
    masked = MaskedValue("Phone", lambda: SECRET)
    shown(qtbot, masked)
    qtbot.keyClick(masked.button, Qt.Key.Key_C, CONTROL)
    assert board().text() == ""


def open_menu(widget: QWidget) -> QMenu:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    at = QPoint(4, 4)
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at)))
    settle()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.objectName() == "edit_menu"
    return menu


def press(menu: QMenu, name: str) -> None:
    action = next(one for one in menu.actions() if one.objectName() == name)
    assert action.isEnabled()
    action.trigger()
    menu.close()
    settle()


@pytest.mark.parametrize("kind", ["line", "area", "label"])
def test_the_menu_of_a_text_copies_the_same_way(qtbot: QtBot, watch: InputWatch, kind: str) -> None:
    widget: QWidget
    target: QWidget
    match kind:
        case "line":
            widget = target = QLineEdit(SECRET)
        case "area":
            widget = QPlainTextEdit(SECRET)
            target = widget.viewport()
        case _:
            label = QLabel(SECRET)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            widget = target = label
    shown(qtbot, widget)
    press(open_menu(target), "select_all")
    press(_menu_again(target), "copy")
    assert (board().text(), mark()) == (SECRET, b"secret")


def _menu_again(widget: QWidget) -> QMenu:
    """Open the menu without a click before it, which would end the selection."""
    at = QPoint(4, 4)
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, widget.mapToGlobal(at)))
    settle()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_menu_of_a_text_pastes_undoes_and_redoes(qtbot: QtBot, watch: InputWatch) -> None:
    line = QLineEdit("one ")
    shown(qtbot, line)
    board().setText("two")
    line.end(False)
    press(_menu_again(line), "paste")
    assert line.text() == "one two"
    press(_menu_again(line), "undo")
    assert line.text() == "one "
    press(_menu_again(line), "redo")
    assert line.text() == "one two"


def test_words_leave_after_a_while_and_the_time_is_told(qtbot: QtBot, guard: ClipboardGuard) -> None:
    told = gathered(guard.counting)
    copy_secret(SECRET)
    assert told == [KEPT_FOR_SECONDS]
    for _ in range(KEPT_FOR_SECONDS - 1):
        guard._second_passed()
    assert board().text() == SECRET
    assert told[-1] == 1
    guard._second_passed()
    assert board().text() == ""
    assert told[-1] == 0
    assert guard.seconds_left() == 0


def test_copying_again_begins_anew(qtbot: QtBot, guard: ClipboardGuard) -> None:
    copy_secret("one")
    guard._second_passed()
    copy_secret("two")
    assert guard.seconds_left() == KEPT_FOR_SECONDS


def test_what_somebody_else_copied_meanwhile_is_left_alone(
    qtbot: QtBot, guard: ClipboardGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = gathered(guard.counting)
    copy_secret(SECRET)

    monkeypatch.setattr(guard, "_is_ours", lambda: False)
    board().setText(SECRET)
    assert told[-1] == 0
    for _ in range(KEPT_FOR_SECONDS):
        guard._second_passed()
    assert board().text() == SECRET


def test_a_copy_made_without_marks_gets_them(qtbot: QtBot, guard: ClipboardGuard) -> None:
    plain = QMimeData()
    plain.setText(SECRET)
    board().setMimeData(plain)
    assert mark() == b"secret"
    assert guard.seconds_left() == KEPT_FOR_SECONDS


def test_a_clipboard_that_keeps_no_marks_is_no_endless_loop(
    qtbot: QtBot, guard: ClipboardGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def unmarked(words: str) -> None:
        calls.append(words)
        board().setText(words)

    monkeypatch.setattr(clipboard_module, "copy_secret", unmarked)
    board().setText(SECRET)
    assert calls == [SECRET]
    assert guard.seconds_left() == KEPT_FOR_SECONDS


def test_windows_is_told_in_its_own_words(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    monkeypatch.setattr(clipboard_module.sys, "platform", "win32")
    copy_secret(SECRET)
    formats = set(board().mimeData().formats())
    assert {"ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory"} <= formats
    assert bytes(board().mimeData().data("CanIncludeInClipboardHistory").data()) == b"\0\0\0\0"


@pytest.mark.parametrize("way", ["lock", "quit"])
def test_locking_and_quitting_empty_it(qtbot: QtBot, session: Session, way: str) -> None:
    copy_secret(SECRET)
    strip = window_of(session).frame.status
    assert "20 seconds" in strip.counted_down()
    if way == "lock":
        session.lock()
    else:
        session._leave("closed")
    assert board().text() == ""


def test_the_status_strip_counts_down_quietly(qtbot: QtBot, session: Session) -> None:
    strip = window_of(session).frame.status
    assert strip.counted_down() == ""
    copy_secret(SECRET)
    assert session.guard is not None
    session.guard.clipboard._second_passed()
    assert "19 seconds" in strip.counted_down()
    assert SECRET not in strip.counted_down()
    board().clear()
    settle()
    assert strip.counted_down() == ""
