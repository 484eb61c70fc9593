"""The preview: every page as it will be printed, and the ways out. Nothing is written to disk for it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.documents.blocks import PAGE_HEIGHT_MM, PAGE_WIDTH_MM, Document, page_of
from shelterdesk.i18n import N_, _, language
from ui import theme
from ui.printing.pages import DocumentPages
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton, PrimaryButton
from ui.widgets.text import Words

_GAP = 16
_LEAST, _MOST = 0.25, 4.0
_STEP = 1.25
_FULL_WIDTH = PAGE_WIDTH_MM / 25.4 * 96
"""Width of a page at 100 %, in logical pixels."""


class PagePreview(QAbstractScrollArea):
    """Pages below each other. Only those in view are painted and kept."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_preview")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._zoom = 0.0
        self._page = 0
        self._images: dict[int, QImage] = {}
        self._pages: DocumentPages | None = DocumentPages(document)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().setSingleStep(40)
        self._describe()

    @property
    def page_count(self) -> int:
        return self._pages.count if self._pages else 0

    @property
    def page(self) -> int:
        """Number of the page that fills most of the view, from 1."""
        if not self.page_count:
            return 0
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return min(self.page_count, max(1, middle // self._pitch() + 1))

    @property
    def zoom(self) -> float:
        """Size of the pages, 1.0 being paper size. While none was chosen, the page's width fits the view."""
        if self._zoom:
            return self._zoom
        room = self.viewport().width() - 2 * _GAP
        return min(1.5, max(_LEAST, room / _FULL_WIDTH))

    def set_document(self, document: Document) -> None:
        """Show another document and stay on the same page as far as it has one."""
        page = self.page
        self._pages = DocumentPages(document)
        self._images.clear()
        self._arrange()
        self.go_to(min(max(1, page), self.page_count))
        self._describe()

    def forget(self) -> None:
        """Drop the document and its pictures, as the vault does with everything when it locks."""
        self._pages = None
        self._images.clear()
        self._arrange()
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Choose the size of the pages; 0 fits their width to the view."""
        page = self.page
        self._zoom = min(_MOST, max(_LEAST, zoom)) if zoom else 0.0
        self._images.clear()
        self._arrange()
        if page:
            self.go_to(page)
        self.zoom_changed.emit(self.zoom)

    def zoom_in(self) -> None:
        self.set_zoom(self.zoom * _STEP)

    def zoom_out(self) -> None:
        self.set_zoom(self.zoom / _STEP)

    def go_to(self, page: int) -> None:
        self.verticalScrollBar().setValue((page - 1) * self._pitch())
        self._scrolled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _ZOOM_KEYS:
            change = _ZOOM_KEYS[Qt.Key(event.key())]
            self.set_zoom(self.zoom * change if change else 0.0)
            return
        moves = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in moves:
            self.go_to(min(self.page_count, max(1, self.page + moves[Qt.Key(event.key())])))
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(1)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(self.page_count)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.set_zoom(self.zoom * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1))
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        page = self.page
        super().resizeEvent(event)
        if not self._zoom:
            self._images.clear()
        self._arrange()
        if not self._zoom and page:
            self.go_to(page)
            self.zoom_changed.emit(self.zoom)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.color("window"))
        visible: set[int] = set()
        for number in range(1, self.page_count + 1):
            area = self._area(number)
            if not area.intersects(self.viewport().rect()):
                continue
            visible.add(number)
            painter.drawImage(area.topLeft(), self._image(number))
            painter.setPen(theme.color("hairline"))
            painter.drawRect(area.adjusted(-1, -1, 0, 0))
        self._images = {number: image for number, image in self._images.items() if number in visible}
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _page_size(self) -> tuple[int, int]:
        width = round(_FULL_WIDTH * self.zoom)
        return width, round(width * PAGE_HEIGHT_MM / PAGE_WIDTH_MM)

    def _pitch(self) -> int:
        return self._page_size()[1] + _GAP

    def _area(self, number: int) -> QRect:
        width, height = self._page_size()
        left = max(_GAP, (self.viewport().width() - width) // 2) - self.horizontalScrollBar().value()
        top = _GAP + (number - 1) * self._pitch() - self.verticalScrollBar().value()
        return QRect(QPoint(left, top), QPoint(left + width - 1, top + height - 1))

    def _image(self, number: int) -> QImage:
        if number not in self._images and self._pages:
            self._images[number] = self._pages.image(number, self._page_size()[0], self.devicePixelRatioF())
        return self._images[number]

    def _arrange(self) -> None:
        width, _height = self._page_size()
        whole = _GAP + self.page_count * self._pitch()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, whole - self.viewport().height()))
        down.setPageStep(self.viewport().height())
        across.setRange(0, max(0, width + 2 * _GAP - self.viewport().width()))
        across.setPageStep(self.viewport().width())
        self.viewport().update()

    def _scrolled(self) -> None:
        self.viewport().update()
        if self.page != self._page:
            self._page = self.page
            self._describe()
            self.page_changed.emit(self._page)

    def _describe(self) -> None:
        shown = page_of(self.page, self.page_count, language()) if self.page_count else ""
        self.setAccessibleName(_(N_("Preview. {page}")).format(page=shown))


_ZOOM_KEYS: dict[Qt.Key, float] = {
    Qt.Key.Key_Plus: _STEP,
    Qt.Key.Key_Equal: _STEP,
    Qt.Key.Key_Minus: 1 / _STEP,
    Qt.Key.Key_0: 0.0,
}


class PreviewDialog(QDialog):
    """A document before it leaves: look, then print or save.

    What happens on a choice is not known here; whoever opens the dialog connects the signals. ``offered`` names
    the buttons that are there. The dialog can be closed from outside at any moment and then holds no page.
    """

    print_requested = Signal()
    pdf_requested = Signal()
    word_requested = Signal()

    def __init__(
        self,
        document: Document,
        *,
        offered: Collection[str] = ("print", "pdf", "word"),
        advice: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preview_dialog")
        self.setWindowTitle(_("Preview"))
        room = self.screen().availableSize()
        self.resize(min(900, room.width() - 40), min(820, room.height() - 60))
        self._preview = PagePreview(document, self)
        self._pages = Words(parent=self)
        self._zoom = Words(parent=self)
        self._back = IconButton("chevron-left", _("Previous page"), parent=self)
        self._on = IconButton("chevron-right", _("Next page"), parent=self)
        self._lay_out(offered, advice)
        self._back.clicked.connect(lambda: self._preview.go_to(max(1, self._preview.page - 1)))
        self._on.clicked.connect(lambda: self._preview.go_to(min(self._preview.page_count, self._preview.page + 1)))
        self._preview.page_changed.connect(self._tell)
        self._preview.zoom_changed.connect(self._tell)
        self.finished.connect(self._preview.forget)
        self._tell()
        self._preview.setFocus()

    @property
    def preview(self) -> PagePreview:
        return self._preview

    def set_document(self, document: Document) -> None:
        """Show the document anew after a choice beside it has changed it."""
        self._preview.set_document(document)
        self._tell()

    def set_choices(self, choices: QWidget) -> None:
        """Place *choices* (language, with hours …) at the left of the pages."""
        self._middle.insertWidget(0, choices)

    def _lay_out(self, offered: Collection[str], advice: str) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(12)
        if advice:
            banner = Banner("info", self)
            banner.say("", advice)
            whole.addWidget(banner)
        whole.addLayout(self._tools())
        self._middle = QHBoxLayout()
        self._middle.setSpacing(16)
        self._middle.addWidget(self._preview, 1)
        whole.addLayout(self._middle, 1)
        whole.addLayout(self._ways_out(offered))

    def _tools(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        smaller = IconButton("minus", _("Smaller"), parent=self)
        larger = IconButton("plus", _("Larger"), parent=self)
        fit = Button(_("Fit width"), parent=self)
        smaller.clicked.connect(self._preview.zoom_out)
        larger.clicked.connect(self._preview.zoom_in)
        fit.clicked.connect(lambda: self._preview.set_zoom(0.0))
        for widget, name in ((self._back, "previous_page"), (self._on, "next_page"), (fit, "fit_width"),
                             (smaller, "smaller"), (larger, "larger")):  # fmt: skip
            widget.setObjectName(name)
        for widget in (self._back, self._pages, self._on):
            line.addWidget(widget)
        line.addStretch(1)
        for widget in (smaller, self._zoom, larger, fit):
            line.addWidget(widget)
        return line

    def _ways_out(self, offered: Collection[str]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        close = Button(_("Close"), parent=self)
        close.setObjectName("close_preview")
        close.clicked.connect(self.reject)
        line.addWidget(close)
        line.addStretch(1)
        if "word" in offered:
            word = Button(_("Save as Word…"), "file-text", parent=self)
            word.setObjectName("save_word")
            word.clicked.connect(self.word_requested)
            line.addWidget(word)
        if "pdf" in offered:
            pdf = Button(_("Save as PDF…"), "file-output", parent=self)
            pdf.setObjectName("save_pdf")
            pdf.clicked.connect(self.pdf_requested)
            line.addWidget(pdf)
        if "print" in offered:
            paper = PrimaryButton(_("Print…"), "printer", parent=self)
            paper.setObjectName("print")
            paper.setShortcut(QKeySequence.StandardKey.Print)
            paper.clicked.connect(self.print_requested)
            line.addWidget(paper)
        return line

    def _tell(self) -> None:
        preview = self._preview
        if not preview.page_count:
            return
        self._pages.setText(page_of(preview.page, preview.page_count, language()))
        self._zoom.setText(f"{preview.zoom:.0%}")
        self._back.setEnabled(preview.page > 1)
        self._on.setEnabled(preview.page < preview.page_count)
