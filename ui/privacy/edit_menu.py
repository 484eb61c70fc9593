"""The menu of a text: in the language of the window, and copying through our own hands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget

from shelterdesk.i18n import N_, _
from ui.privacy.clipboard import copy_from, selected_in

_Edit = QLineEdit | QPlainTextEdit | QTextEdit
_KEYS: Final = QKeySequence.StandardKey
_ROWS: Final = (
    ("undo", N_("&Undo"), _KEYS.Undo),
    ("redo", N_("&Redo"), _KEYS.Redo),
    ("", "", None),
    ("cut", N_("Cu&t"), _KEYS.Cut),
    ("copy", N_("&Copy"), _KEYS.Copy),
    ("paste", N_("&Paste"), _KEYS.Paste),
    ("", "", None),
    ("select_all", N_("Select &all"), _KEYS.SelectAll),
)


def show_edit_menu(widget: QWidget, at: QPoint) -> bool:
    """Show the menu where *widget* is a text or a part of one; tell whether it is."""
    text = _text_of(widget)
    if text is None or text.contextMenuPolicy() != Qt.ContextMenuPolicy.DefaultContextMenu:
        return False
    menu = QMenu(text)
    menu.setObjectName("edit_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    acts = _acts(text)
    for name, words, keys in _ROWS:
        if keys is None:
            menu.addSeparator()
        elif name in acts:
            do, usable = acts[name]
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            action = menu.addAction(f"{_(words)}\t{shown}", do)
            action.setObjectName(name)
            action.setEnabled(usable)
    menu.popup(at)
    return True


def _text_of(widget: QWidget) -> _Edit | QLabel | None:
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        return widget
    if isinstance(widget, QLabel):
        by_mouse = Qt.TextInteractionFlag.TextSelectableByMouse
        return widget if widget.textInteractionFlags() & by_mouse else None
    # The mouse is over the part of a text that scrolls.
    around = widget.parentWidget()
    if isinstance(around, QPlainTextEdit | QTextEdit) and around.viewport() is widget:
        return around
    return None


def _acts(text: _Edit | QLabel) -> dict[str, tuple[Callable[[], object], bool]]:
    """Return what can be done by name, and whether it can be done now."""
    some = bool(selected_in(text))
    found: dict[str, tuple[Callable[[], object], bool]] = {"copy": (lambda: copy_from(text), some)}
    if isinstance(text, QLabel):
        found["select_all"] = (lambda: text.setSelection(0, len(text.text())), bool(text.text()))
        return found
    found["select_all"] = (text.selectAll, True)
    if text.isReadOnly() or not text.isEnabled():
        return found
    can_undo, can_redo = _undoable(text)
    pasteable = bool(QGuiApplication.clipboard().text())
    return found | {
        "undo": (text.undo, can_undo),
        "redo": (text.redo, can_redo),
        "cut": (lambda: copy_from(text, cut=True), some),
        "paste": (text.paste, pasteable),
    }


def _undoable(text: _Edit) -> tuple[bool, bool]:
    if isinstance(text, QLineEdit):
        return text.isUndoAvailable(), text.isRedoAvailable()
    return text.document().isUndoAvailable(), text.document().isRedoAvailable()
