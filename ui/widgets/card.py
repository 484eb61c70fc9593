"""A card: white surface with an optional heading, words or a link at its right, and content below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.theme import tokens
from ui.theme.faces import Size
from ui.widgets.buttons import LinkButton
from ui.widgets.text import Words


def side_by_side(*widgets: QWidget, spacing: int = 8) -> QHBoxLayout:
    """Return *widgets* in one row, beginning at the left."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


class Card(QFrame):
    """A surface with a heading. ``add`` puts content below; lists of rows are inset less than words."""

    def __init__(
        self, title: str = "", aside: str = "", *, size: Size = "group", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.mark(self, surface="card")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._header = QWidget(self)
        self._header_row = QHBoxLayout(self._header)
        self._header_row.setSpacing(12)
        self.heading = Words(title, size, strong=size == "body", parent=self._header)
        self.aside = Words(aside, "body" if size == "group" else "small", "muted", parent=self._header)
        self._header_row.addWidget(self.heading)
        self._header_row.addStretch(1)
        self._header_row.addWidget(self.aside)
        self._layout.addWidget(self._header)
        self.aside.setVisible(bool(aside))
        self._header.setVisible(bool(title))
        self.setAccessibleName(title)
        self._size = size
        self._right = tokens.CARD_PADDING
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def set_title(self, title: str) -> None:
        """Change the heading; an empty one gives its room back."""
        self.heading.setText(title)
        self._header.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_aside(self, text: str) -> None:
        """Change the muted words at the right of the heading."""
        self.aside.setText(text)
        self.aside.setVisible(bool(text))

    def beside_title(self, widget: QWidget) -> None:
        """Put *widget* right after the heading; small words are lowered onto its baseline."""
        if isinstance(widget, Words) and self._size == "group":
            widget.setContentsMargins(0, 2, 0, 0)
        self._header_row.insertWidget(1, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def at_right(self, widget: QWidget) -> None:
        """Put *widget* (a link, a chip) at the right end of the heading."""
        # A link carries room for its focus ring; its words end where the words below end.
        self._right = tokens.CARD_PADDING - (widget.side() if isinstance(widget, LinkButton) else 0)
        self._fit()
        self._header_row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add(self, widget: QWidget, *, inset: int = tokens.CARD_PADDING, above: int = 0, stretch: int = 0) -> None:
        """Put *widget* below everything so far, *inset* from both sides; rows of a list use 8, lines 0."""
        holder = QHBoxLayout()
        holder.setContentsMargins(inset, above, inset, 0)
        holder.addWidget(widget)
        self._layout.addLayout(holder, stretch)

    def add_layout(self, layout: QBoxLayout, *, inset: int = tokens.CARD_PADDING, above: int = 0) -> None:
        """Put a layout below everything so far."""
        layout.setContentsMargins(inset, above, inset, 0)
        self._layout.addLayout(layout)

    def add_row(self, *widgets: QWidget, spacing: int = 8, above: int = 8) -> None:
        """Put *widgets* in one row below everything so far, beginning at the left."""
        self.add_layout(side_by_side(*widgets, spacing=spacing), above=above)

    def add_line(self, *, above: int = 0, below: int = 0) -> None:
        """Draw a line from edge to edge."""
        self._layout.addSpacing(above)
        self._layout.addWidget(Line(parent=self))
        self._layout.addSpacing(below)

    def add_space(self, height: int) -> None:
        """Leave *height* pixels free."""
        self._layout.addSpacing(height)

    def _fit(self) -> None:
        # The height is fixed, so that a link or a chip at the right does not move what lies below.
        top, bottom, height = (13, 9, 48) if self._size == "group" else (9, 5, 40)
        self._header_row.setContentsMargins(tokens.CARD_PADDING, top, self._right, bottom)
        self._header.setFixedHeight(theme.px(height))

    def end(self, padding: int = tokens.CARD_PADDING) -> None:
        """Close the card with its padding."""
        self._layout.addSpacing(padding)
        self._layout.addStretch(1)


class Line(QFrame):
    """A hairline, level or upright."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, surface="line-down" if upright else "line")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
