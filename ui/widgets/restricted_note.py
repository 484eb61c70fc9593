"""A panel for words only some may read: lock, title, who can read them, then the box."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.chip import Chip
from ui.widgets.text import ElidedWords, IconLabel, Words
from ui.widgets.text_area import TextArea

_INSET = 12


class RestrictedNote(QFrame):
    """*readers* is the chip («Readable by psychologists only»), *who* the muted words after it."""

    def __init__(
        self, title: str, readers: str, who: str = "", *, lines: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.mark(self, surface="panel")
        self.area = TextArea(title, lines=lines, parent=self)
        self.area.setAccessibleDescription(", ".join(filter(None, (readers, who))))
        self.readers = Chip(readers, "neutral", "users-round", parent=self)
        self.who = ElidedWords(who, "small", "muted", parent=self)
        self.who.setVisible(bool(who))
        self._heading = heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(IconLabel("lock", 16, "accent", self))
        self._title = Words(title, strong=True, parent=self)
        heading.addWidget(self._title)
        heading.addStretch(1)
        heading.addWidget(self.readers)
        heading.addWidget(self.who)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_INSET, 8, _INSET, 12)
        layout.setSpacing(8)
        layout.addLayout(heading)
        layout.addWidget(self.area)
        self._column = layout
        self.setFocusProxy(self.area)
        self.setAccessibleName(title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_heading()

    def _fit_heading(self) -> None:
        """Who can read is said whole; how many they are gives way where both have no room."""
        places = (self._heading.itemAt(at) for at in range(self._heading.count()))
        parts = (place.widget() for place in places if place is not None)
        needed = sum(part.sizeHint().width() + self._heading.spacing() for part in parts if part is not None)
        self.who.setVisible(bool(self.who.text()) and needed <= self.contentsRect().width() - 2 * _INSET)

    def set_title(self, title: str) -> None:
        """Call the panel *title* from now on."""
        self._title.setText(title)
        self._fit_heading()
        self.area.setAccessibleName(title)
        self.setAccessibleName(title)

    def add_above(self, widget: QWidget) -> None:
        """Put *widget* between the heading and the box."""
        self._column.insertWidget(self._column.indexOf(self.area), widget)

    def add_below(self, widget: QWidget) -> None:
        """Put *widget* under the box, as wide as it needs."""
        self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeading)

    def text(self) -> str:
        """Return what was written."""
        return self.area.text()

    def set_text(self, text: str) -> None:
        """Show *text*."""
        self.area.set_text(text)
