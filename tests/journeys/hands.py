"""Hands and eyes of somebody at the window: find what is on screen by its words, click it, type into it, wait."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QElapsedTimer, QEvent, QEventLoop, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

PATIENCE = 30.0
_NEEDED = " (needed)"


trouble: list[str] = []
"""Errors the program ran into meanwhile; waiting for anything else is vain then."""


class NotOnScreen(AssertionError):
    """What somebody would press or read is not there."""


def wait(until: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Let the window work until *until* holds; return what it returned. Raises NotOnScreen."""
    clock = QElapsedTimer()
    clock.start()
    while not (found := until()):
        if clock.elapsed() > seconds * 1000:
            raise NotOnScreen(f"waited {seconds:.0f} s for {what}")
        if trouble:
            raise NotOnScreen(f"an error came up while waiting for {what}")
        rest()
    return found


def rest(milliseconds: int = 12) -> None:
    """Let layouts, paints and queued work happen."""
    # QTest.qWait would hold on to Python meanwhile, and the worker would stand still.
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# --- finding -----------------------------------------------------------------------------------------------------


def spoken(words: str) -> str:
    """Return *words* without the marks for keys and the thin space beside an icon."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&").lstrip("\u2009")


def buttons(root: QWidget) -> list[QAbstractButton]:
    """Return the buttons one can see."""
    return [one for one in root.findChildren(QAbstractButton) if one.isVisible()]


def button(root: QWidget, words: str) -> QAbstractButton:
    """Return the button with these words once it can be pressed."""

    def look() -> QAbstractButton | None:
        for one in buttons(root):
            if one.isEnabled() and words in (spoken(one.text()), one.accessibleName()):
                return one
        return None

    seen = lambda: ", ".join(filter(None, (spoken(one.text()) for one in buttons(root))))  # noqa: E731
    try:
        return wait(look, f"the button «{words}»", 10)
    except NotOnScreen as error:
        raise NotOnScreen(f"{error}; there are {seen()}") from None


def field(root: QWidget, label: str) -> QWidget:
    """Return the field that *label* belongs to."""

    def look() -> QWidget | None:
        for one in root.findChildren(QLabel):
            buddy = one.buddy()
            if one.isVisible() and buddy is not None and spoken(one.text()).removesuffix(_NEEDED) == label:
                return buddy
        for one in root.findChildren(QWidget):
            if one.isVisible() and one.accessibleName() == label and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                return one
        return None

    return wait(look, f"the field «{label}»", 10)


def named(root: QWidget, name: str) -> QWidget:
    """Return what a screen reader calls *name*."""

    def look() -> QWidget | None:
        found = (one for one in root.findChildren(QWidget) if one.isVisible() and one.accessibleName() == name)
        return next(found, None)

    return wait(look, f"«{name}»", 10)


def line_of(widget: QWidget) -> QWidget:
    """Return what the keyboard goes to when *widget* is clicked."""
    while (proxy := widget.focusProxy()) is not None:
        widget = proxy
    return widget


def reads(root: QWidget, words: str) -> bool:
    """Tell whether *words* can be read anywhere in *root*."""
    for one in root.findChildren(QWidget):
        read = spoken(one.text()) if isinstance(one, QLabel) else ""
        if one.isVisible() and (words in one.accessibleName() or words in read):
            return True
    return any(words in shown for view in _views(root) for _index, shown in cells(view))


def _views(root: QWidget) -> list[QAbstractItemView]:
    inside = [one for one in root.findChildren(QAbstractItemView) if one.isVisible()]
    return [root, *inside] if isinstance(root, QAbstractItemView) else inside


def cells(view: QAbstractItemView) -> Iterator[tuple[QModelIndex, str]]:
    """Return the cells of a list or table, and what a screen reader says of each."""
    model: QAbstractItemModel = view.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            yield index, str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")


# --- acting ------------------------------------------------------------------------------------------------------


def click(widget: QWidget, place: QPoint | None = None) -> None:
    """Bring *widget* into view and press the left button on it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 0, 40)
        above = above.parentWidget()
    bring_to_front(widget)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place or widget.rect().center())


def bring_to_front(widget: QWidget) -> None:
    """Make the window of *widget* the active one, as a press on it does where there is a real screen."""
    if QApplication.activePopupWidget() is None and not widget.isActiveWindow():
        widget.window().activateWindow()
        wait(widget.isActiveWindow, "the window to come to the front", 5)
    rest(5)


def press(root: QWidget, words: str) -> None:
    """Press the button with these words. A page that reads itself anew meanwhile makes another one."""
    for attempt in range(3):
        found = button(root, words)
        try:
            click(found)
            break
        except RuntimeError:
            if isValid(found) or attempt == 2:
                raise
    rest()


def click_row(root: QWidget, words: str, *, double: bool = False) -> None:
    """Click the row of a list that shows *words*."""

    def look() -> tuple[QAbstractItemView, QModelIndex] | None:
        for view in _views(root):
            for index, shown in cells(view):
                if words in shown:
                    return view, index
        return None

    view, index = wait(look, f"a row «{words}»", 10)
    view.scrollTo(index)
    bring_to_front(view)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_left_of(view, index))
    if double:
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_left_of(view, index))
    rest()


def _left_of(view: QAbstractItemView, index: QModelIndex) -> QPoint:
    place = view.visualRect(index)
    return QPoint(place.left() + min(90, place.width() // 2), place.center().y())


def keyboard() -> QWidget:
    """Return what a key pressed now would reach: an open list first, else the field with the keyboard."""
    found = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None, "nothing has the keyboard"
    return found


def keys(sequence: str) -> None:
    """Press a combination such as «Ctrl+K»."""
    QTest.keySequence(keyboard(), QKeySequence(sequence))
    rest()


def type_text(words: str) -> None:
    """Type *words* wherever the keyboard is, in any script."""
    for letter in words:
        target = keyboard()
        if " " <= letter <= "~":
            QTest.keyClick(target, letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = Qt.Key.Key_Return if letter == "\n" else Qt.Key.Key_unknown
                text = "\r" if letter == "\n" else letter
                QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def write(root: QWidget, label: str, words: str) -> None:
    """Click into the field called *label*, type *words* over what stands there, and leave it with Tab."""
    write_into(field(root, label), words)


def write_into(widget: QWidget, words: str) -> None:
    """Click into *widget*, type *words* over what stands there, and leave it with Tab."""
    target = line_of(widget)
    click(target)
    wait(target.hasFocus, "the keyboard in the field", 5)
    QTest.keySequence(target, QKeySequence(QKeySequence.StandardKey.SelectAll))
    type_text(words)
    QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
    rest(5)


def choose(root: QWidget, label: str, words: str) -> None:
    """Choose *words* in the drop-down called *label*: typed where one may type, else by the arrow keys."""
    choose_in(field(root, label), words)


def choose_in(widget: QWidget, words: str) -> None:
    """Choose *words* in a drop-down."""
    box = widget if isinstance(widget, QComboBox) else widget.parentWidget()
    assert isinstance(box, QComboBox), f"{widget} is no drop-down"
    # A click would open the list; the keyboard reaches the field without that.
    bring_to_front(box)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    line = box.lineEdit()
    if line is not None:
        write_into(line, words)
        assert QApplication.activePopupWidget() is None, "the list stays open"
    else:
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _step in range(box.count()):
            if words in box.currentText():
                break
            QTest.keyClick(box, Qt.Key.Key_Down)
    if words not in box.currentText():
        offered = ", ".join(box.itemText(number) for number in range(box.count()))
        raise NotOnScreen(f"«{words}» is not offered, but {offered}")
    rest(5)


# --- dialogs -----------------------------------------------------------------------------------------------------


def dialog_with(name: str) -> QWidget:
    """Return the open dialog called *name*."""

    def look() -> QWidget | None:
        found = (one.findChild(QWidget, name) or one for one in QApplication.topLevelWidgets())
        return next((one for one in found if one.objectName() == name and one.isVisible()), None)

    return wait(look, f"the dialog «{name}»", 10)


@contextmanager
def answering_with(path: Path) -> Iterator[None]:
    """Type *path* into the file dialog that what follows opens, and press Enter."""
    answered: list[Path] = []
    timer = QTimer()
    timer.setInterval(30)

    def look() -> None:
        for one in QApplication.topLevelWidgets():
            for dialog in (one, *one.findChildren(QFileDialog)):
                if isinstance(dialog, QFileDialog) and dialog.isVisible() and not answered:
                    answered.append(path)
                    timer.stop()
                    try:
                        _answer(dialog, path)
                    except Exception as error:  # noqa: BLE001 - told below, after the dialog has let go
                        trouble.append(repr(error))
                    if isValid(dialog) and dialog.isVisible():
                        line = dialog.findChild(QLineEdit, "fileNameEdit")
                        trouble.append(f"the file dialog stays open, with «{line.text() if line else ''}»")
                        dialog.reject()
                    return

    timer.timeout.connect(look)
    timer.start()
    try:
        yield
        wait(lambda: answered, "a window that asks for a file", 10)
        wait(lambda: not _asks_for_a_file(), "that window to close", 10)
    finally:
        timer.stop()
    rest()


def _answer(dialog: QFileDialog, path: Path) -> None:
    """Go into the folder first, as somebody who clicks through would, then name the file."""
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    _say_file(line, os.fspath(path.parent))
    wait(lambda: dialog.directory().path() == os.fspath(path.parent), "the folder in the dialog", 5)
    _say_file(line, path.name)


def _say_file(line: QLineEdit, words: str) -> None:
    # The dialog fills itself while it reads a folder; somebody at the desk is never that quick.
    rest(150)
    line.setFocus()
    for _attempt in range(3):
        QTest.keyClick(line, Qt.Key.Key_End)
        QTest.keyClick(line, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
        for letter in words:
            QTest.keyClick(line, letter)
        if line.text() == words:
            break
        rest(150)
    QTest.keyClick(line, Qt.Key.Key_Return)
    rest(50)


def _asks_for_a_file() -> bool:
    tops = QApplication.topLevelWidgets()
    return any(dialog.isVisible() for top in tops for dialog in (*top.findChildren(QFileDialog),)) or any(
        isinstance(top, QFileDialog) and top.isVisible() for top in tops
    )
