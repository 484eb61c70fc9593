"""Tab follows reading order even where a form was made after the buttons below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_on_from(form: QWidget, *buttons: QWidget) -> None:
    """Let Tab lead from the last field of *form* to *buttons*, in their order."""
    before = _last_stop(form)
    if before is None:
        return
    for button in buttons:
        QWidget.setTabOrder(before, button)
        before = button


def _last_stop(form: QWidget) -> QWidget | None:
    last: QWidget | None = None
    widget = form.nextInFocusChain()
    while widget is not None and widget is not form:
        if form.isAncestorOf(widget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy():
            last = widget
        widget = widget.nextInFocusChain()
    return last
