"""A page: title with words beneath, acts at the right, banner, content that scrolls, and a strip that does not."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import tokens
from ui.widgets.banner import Banner
from ui.widgets.text import ElidedWords, Words


class Page(QWidget):
    """``content`` is the layout of the scrolling part; ``set_strip`` puts a strip under it."""

    def __init__(
        self, title: str, under: str = "", *, side: int = tokens.PAGE_SIDE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self.scroll_area = PageScroll(self)
        inner = QWidget()
        inner.setObjectName("page-content")
        self._inner = QVBoxLayout(inner)
        self._side = side
        self._inner.setSpacing(0)
        self._inner.addLayout(self._make_header(title, under))
        self.banner = Banner(parent=inner)
        self._inner.addWidget(self.banner)
        self.content = QVBoxLayout()
        self.content.setSpacing(tokens.CARD_GAP)
        self._inner.addLayout(self.content, 1)
        self._fit()
        self.scroll_area.setWidget(inner)
        self._outer.addWidget(self.scroll_area, 1)
        self._strip: QWidget | None = None

    def _make_header(self, title: str, under: str) -> QHBoxLayout:
        header = QHBoxLayout()
        header.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title_row = QHBoxLayout()
        self.title_row.setSpacing(12)
        self.title = Words(title, "title")
        self.title_row.addWidget(self.title)
        self.title_row.addStretch(1)
        words.addLayout(self.title_row)
        self.under = ElidedWords(under, tone="muted")
        if not under:
            # Shown before it has a place it would be a window of its own for a moment.
            self.under.hide()
        words.addWidget(self.under)
        header.addLayout(words, 1)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(8)
        header.addLayout(self.acts)
        return header

    def set_title(self, title: str, under: str = "") -> None:
        """Change the title and the words under it."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.under.setText(under)
        self.under.setVisible(bool(under))
        self._fit()

    def beside_title(self, widget: QWidget) -> None:
        """Put *widget* after the title, before the free room."""
        self.title_row.insertWidget(self.title_row.count() - 1, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_act(self, widget: QWidget) -> None:
        """Put a button at the right of the title."""
        self.acts.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _fit(self) -> None:
        # A title of two lines gets a little more air above and below.
        two = bool(self.under.text())
        self._inner.setContentsMargins(self._side - 1, 15 if two else 11, self._side, 16)
        self._inner.setSpacing(tokens.CARD_GAP if two else 12)

    def set_strip(self, strip: QWidget) -> None:
        """Fix *strip* (save, export) under the scrolling part."""
        if self._strip is not None:
            self._outer.removeWidget(self._strip)
        self._strip = strip
        self._outer.addWidget(strip)


class PageScroll(QScrollArea):
    """Scrolls up and down only; content never becomes narrower than it can be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)

    def setWidget(self, widget: QWidget) -> None:  # noqa: N802 - Qt's name
        super().setWidget(widget)
        widget.setAutoFillBackground(False)


def bring_into_view(*widgets: QWidget, after: int = 0) -> None:
    """Scroll the page as soon as it is laid out, so that *widgets* are seen: the last of them for certain.

    What finds its heights in several passes is laid out once it rests for *after* milliseconds.
    """

    def scroll(before: list[QRect] | None = None) -> None:
        if after:
            # What is slow to draw may keep the first pass waiting, and what waits seems to rest.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        now = [_on_page(widget) for widget in widgets]
        if after and now != before:
            QTimer.singleShot(after, widgets[-1], lambda: scroll(now))
            return
        for widget in widgets:
            page = _page_around(widget)
            if page is not None:
                page.ensureWidgetVisible(widget, 0, 24)

    QTimer.singleShot(0, widgets[-1], scroll)


def _page_around(widget: QWidget) -> PageScroll | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, PageScroll):
        above = above.parentWidget()
    return above


def _on_page(widget: QWidget) -> QRect:
    """Return where *widget* stands on its page, at which height of all that can be scrolled."""
    page = _page_around(widget)
    content = page.widget() if page is not None else None
    if content is None:
        return QRect()
    return QRect(widget.mapTo(content, QPoint(0, 0)), QSize(widget.height(), content.height()))
