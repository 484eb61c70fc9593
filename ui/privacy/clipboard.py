"""What is copied out of the vault: marked as secret, gone from the clipboard after twenty seconds and at lock.

Everything copied while somebody is signed in counts as secret: nearly all of it is, and one rule is easy to remember.
"""

from __future__ import annotations

import struct
import sys
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

KEPT_FOR_SECONDS: Final = 20
_KDE: Final = "x-kde-passwordManagerHint"
_NO: Final = struct.pack("<I", 0)
_MARKS: Final = {
    _KDE: b"secret",
    # Clipboard managers of Windows look for the first; its own history and its cloud for the others.
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": _NO,
    "CanUploadToCloudClipboard": _NO,
}


def copy_secret(words: str) -> None:
    """Put *words* into the clipboard so that programs which keep its history leave them out."""
    secret = QMimeData()
    secret.setText(words)
    for name in _MARKS if sys.platform == "win32" else (_KDE,):
        secret.setData(name, _MARKS[name])
    QGuiApplication.clipboard().setMimeData(secret)


def copy_from(widget: QWidget, *, cut: bool = False) -> bool:
    """Copy what is selected in a line, a text or a label; tell whether something was."""
    words = selected_in(widget)
    if not words:
        return False
    copy_secret(words)
    if cut and isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and not widget.isReadOnly():
        if isinstance(widget, QLineEdit):
            widget.del_()
        else:
            widget.textCursor().removeSelectedText()
    return True


def selected_in(widget: QWidget) -> str:
    """Return what may be copied from *widget*; hidden characters may not."""
    if isinstance(widget, QLineEdit):
        return widget.selectedText() if widget.echoMode() == QLineEdit.EchoMode.Normal else ""
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.textCursor().selection().toPlainText()
    return widget.selectedText() if isinstance(widget, QLabel) else ""


class ClipboardGuard(QObject):
    """``counting`` hands back the seconds that are left; 0 when nothing of ours is in the clipboard any more."""

    counting = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._ours = ""
        self._left = 0
        self._marking = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._second_passed)
        self._clipboard.dataChanged.connect(self._look)

    def seconds_left(self) -> int:
        """Return for how long copied words stay, 0 where there are none."""
        return self._left

    def stop(self) -> None:
        """Take our words out at once and watch no longer."""
        self._clipboard.dataChanged.disconnect(self._look)
        self._forget()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    def _look(self) -> None:
        words = self._clipboard.text() if self._is_ours() else ""
        if not words:
            # Somebody copied elsewhere, and what is there now is theirs; or it was emptied.
            self._end()
            return
        held = self._clipboard.mimeData()
        is_marked = held is not None and bytes(held.data(_KDE).data()) == _MARKS[_KDE]
        if not is_marked and not self._marking:
            # Copied by a way that knew nothing of marks, e.g. by the program itself; the marked copy comes back here.
            self._marking = True
            copy_secret(words)
            self._marking = False
            return
        self._ours = words
        self._left = KEPT_FOR_SECONDS
        self._timer.start()
        self.counting.emit(self._left)

    def _is_ours(self) -> bool:
        # Without a screen the clipboard belongs to this process alone, and Qt does not say so.
        return self._clipboard.ownsClipboard() or QGuiApplication.platformName() == "offscreen"

    def _second_passed(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._forget()
        else:
            self.counting.emit(self._left)

    def _forget(self) -> None:
        ours = self._ours
        self._end()
        if ours and self._is_ours() and self._clipboard.text() == ours:
            self._clipboard.clear()

    def _end(self) -> None:
        self._timer.stop()
        was_counting, self._ours, self._left = bool(self._ours), "", 0
        if was_counting:
            self.counting.emit(0)
