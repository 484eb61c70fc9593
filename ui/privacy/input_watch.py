"""The one look at every key and mouse event while somebody is signed in, whatever window, dialog or menu gets it.

Shortcuts of the window are dead while a dialog or a menu is open, so hiding and locking are heard here as well.
"""

from __future__ import annotations

import sys
import time
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QWidget

from ui.privacy.clipboard import copy_from
from ui.privacy.edit_menu import show_edit_menu

_ACTIVITY: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
_SHIFTS: Final = 3
_SHIFTS_WITHIN: Final = 1.2
"""Seconds for three times Shift. The system's own sticky keys ask for five."""


class InputWatch(QObject):
    """``touched`` is anything a person does; ``hide_wanted`` and ``lock_wanted`` come from keys no shortcut took."""

    touched = Signal()
    hide_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, app: QObject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.three_shifts = False
        self._app = app
        self._shifts: list[float] = []
        app.installEventFilter(self)

    def stop(self) -> None:
        """Look no longer."""
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _ACTIVITY:
            self.touched.emit()
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(watched, event)
        elif kind == QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            return isinstance(watched, QWidget) and show_edit_menu(watched, event.globalPos())
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if is_control(event, "H"):
            self.hide_wanted.emit()
            return True
        if is_control(event, "L"):
            self.lock_wanted.emit()
            return True
        for standard, cut in ((QKeySequence.StandardKey.Copy, False), (QKeySequence.StandardKey.Cut, True)):
            if event.matches(standard) and isinstance(watched, QWidget):
                return copy_from(watched, cut=cut)
        # Qt hands a key to the window first and to its widgets afterwards; only the first counts as pressed.
        if self.three_shifts and isinstance(watched, QWindow) and self._is_third_shift(event):
            self.hide_wanted.emit()
        return False

    def _is_third_shift(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Shift or event.isAutoRepeat():
            self._shifts.clear()
            return False
        now = time.monotonic()
        self._shifts = [*(one for one in self._shifts if now - one < _SHIFTS_WITHIN), now]
        if len(self._shifts) < _SHIFTS:
            return False
        self._shifts.clear()
        return True


def is_control(event: QKeyEvent, letter: str) -> bool:
    """Tell whether *event* is Ctrl with the key that carries *letter* on a Latin layout, and nothing else held."""
    if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
        return False
    if event.key() == ord(letter):
        return True
    # With a Cyrillic layout Windows names the key by its Cyrillic letter; the key itself keeps its number.
    return sys.platform == "win32" and event.nativeVirtualKey() == ord(letter)
