"""What appears below buttons when there is something to say."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget


def below(widget: QWidget) -> QWidget:
    """Return *widget* with room above it that is there only while the widget is."""
    return _Below(widget)


class _Below(QWidget):
    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._widget = widget
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(widget)
        widget.installEventFilter(self)
        if widget.isHidden():
            # Showing it here, before it has a parent, would open a window for a moment.
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._widget and event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self.setVisible(not self._widget.isHidden())
        return super().eventFilter(watched, event)
