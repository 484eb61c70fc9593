"""Pages of a document: where they end, what stands at head and foot, and the ways they leave the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from shelterdesk.documents import blocks as b
from shelterdesk.i18n import N_, _
from ui.printing.pieces import BODY_HEIGHT, WIDTH, Maker, Piece, frame, rule
from ui.printing.typesetting import INK, MM, QUIET, Type, Words

JOB_NAME = N_("Document")
"""What the printer's queue shows: it is read by whoever stands at the printer."""

_LEFT = b.MARGIN_MM * MM
_TOP = b.MARGIN_MM * MM
_FOOT = 276.85 * MM
_HEAD_TOP = 18.4 * MM
_INCH = 25.4 * MM


@dataclass(frozen=True)
class _Placed:
    piece: Piece
    top: float


class DocumentPages:
    """A document divided into pages. Needs a running QGuiApplication for its fonts."""

    def __init__(self, document: b.Document) -> None:
        self.document = document
        self._head = _Head(document)
        self._pages = _divide(Maker(document).pieces(), first_top=self._head.bottom)

    @property
    def count(self) -> int:
        return len(self._pages)

    def paint(self, painter: QPainter, number: int, dots_per_inch: float) -> None:
        """Paint page *number* (from 1) of an A4 sheet whose upper left corner is the painter's origin."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(dots_per_inch / _INCH, dots_per_inch / _INCH)
        if number == 1:
            self._head.draw(painter)
        for placed in self._pages[number - 1]:
            placed.piece.draw(painter, _LEFT, placed.top)
        _draw_foot(painter, self.document, number, self.count)
        painter.restore()

    def image(self, number: int, width: int, ratio: float = 1.0) -> QImage:
        """Return page *number* as a picture *width* logical pixels wide, for the screen."""
        size = QSize(round(width * ratio), round(width * ratio * b.PAGE_HEIGHT_MM / b.PAGE_WIDTH_MM))
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        self.paint(painter, number, size.width() / b.PAGE_WIDTH_MM * 25.4)
        painter.end()
        image.setDevicePixelRatio(ratio)
        return image

    def render(self, device: QPagedPaintDevice, first: int = 1, last: int = 0) -> None:
        """Paint pages *first* to *last* (0: all) on a paged device set to A4 and whole-page coordinates."""
        last = min(last or self.count, self.count)
        painter = QPainter()
        if not painter.begin(device):
            raise OSError("the device for pages could not be opened")
        try:
            for number in range(first, last + 1):
                if number > first and not device.newPage():
                    raise OSError("the device for pages took no further page")
                self.paint(painter, number, device.logicalDpiX())
        finally:
            painter.end()


def pdf_bytes(document: b.Document) -> bytes:
    """Return the document as PDF with its fonts inside and nothing in its properties but a neutral title."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(document.file_name)
    writer.setCreator("")
    writer.setAuthor("")
    writer.setResolution(600)
    writer.setPageLayout(_whole_page())
    DocumentPages(document).render(writer)
    data = bytes(buffer.data().data())
    buffer.close()
    return data


def write_pdf(document: b.Document, target: Path | QIODevice) -> None:
    """Write the document as PDF. Raises OSError where the place does not take it."""
    data = pdf_bytes(document)
    if isinstance(target, QIODevice):
        if target.write(data) != len(data):
            raise OSError(target.errorString())
    else:
        target.write_bytes(data)


def print_document(document: b.Document, printer: QPrinter) -> None:
    """Send the document to *printer*, which keeps the pages, copies and paper feed chosen for it."""
    printer.setDocName(_(JOB_NAME))
    printer.setCreator("")
    printer.setPageLayout(_whole_page())
    printer.setFullPage(True)
    first = printer.fromPage() or 1
    DocumentPages(document).render(printer, first, printer.toPage())


def _whole_page() -> QPageLayout:
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(), QPageLayout.Unit.Millimeter
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _divide(pieces: list[Piece], first_top: float) -> list[list[_Placed]]:
    bottom = _TOP + BODY_HEIGHT
    pages: list[list[_Placed]] = [[]]
    y = first_top
    fresh = False
    for chain in _chains(pieces):
        if chain[0].breaks:
            pages.append([])
            y, fresh = _TOP, True
            continue
        whole = _height(chain, fresh=fresh)
        if y + whole > bottom and not fresh and _height(chain, fresh=True) <= bottom - _TOP:
            pages.append([])
            y, fresh = _TOP, True
        for piece in chain:
            if y + (0.0 if fresh else piece.before) + piece.height > bottom and not fresh:
                pages.append([])
                y, fresh = _TOP, True
            if fresh:
                for repeated in piece.repeated:
                    pages[-1].append(_Placed(repeated, y))
                    y += repeated.height
            else:
                y += piece.before
            pages[-1].append(_Placed(piece, y))
            y += piece.height
            fresh = False
    return pages


def _chains(pieces: list[Piece]) -> list[list[Piece]]:
    """Group every piece that must stay with its successor together with it."""
    chains: list[list[Piece]] = []
    linked = False
    for piece in pieces:
        if linked and not piece.breaks:
            chains[-1].append(piece)
        else:
            chains.append([piece])
        linked = piece.stays
    return chains


def _height(chain: list[Piece], *, fresh: bool) -> float:
    head = sum(p.height for p in chain[0].repeated) if fresh else chain[0].before
    return head + sum(p.height for p in chain) + sum(p.before for p in chain[1:])


class _Head:
    """Title, subtitle and identifier of the first page, down to the line below them."""

    def __init__(self, document: b.Document) -> None:
        self._key = document.key
        self._corner = Words(document.corner, Type(10.5, colour=QUIET))
        label, value = (document.key.label, document.key.value) if document.key else ("", "")
        self._label = Words(label, Type(8.0, colour=QUIET))
        self._value = Words(value, Type(12.5, strong=True))
        self._box = 0.0
        if document.key:
            self._box = max(39.0 * MM, max(self._label.natural_width, self._value.natural_width) + 6.4 * MM)
        taken = max(self._box, self._corner.natural_width)
        room = WIDTH - taken - (6.0 * MM if taken else 0.0)
        self._title = Words(document.title, Type(26.0 if document.roomy else 22.0, strong=True), room)
        self._subtitle = Words(document.subtitle, Type(document.size_pt, colour=QUIET), room)
        self._title_top = (20.0 if document.roomy else 19.8) * MM
        self._subtitle_top = self._title_top + self._title.height + 3.6 * MM
        end = self._title_top + self._title.height
        if not self._subtitle.empty:
            end = self._subtitle_top + self._subtitle.height
        box_end = _HEAD_TOP + 15.0 * MM if document.key else 0.0
        self.rule = max(end + (4.6 if document.roomy else 5.45) * MM, box_end + 3.6 * MM)
        self.thickness = (0.5 if document.roomy else 0.36) * MM
        self.bottom = self.rule + self.thickness

    def draw(self, painter: QPainter) -> None:
        self._title.draw(painter, _LEFT, self._title_top)
        if not self._subtitle.empty:
            self._subtitle.draw(painter, _LEFT, self._subtitle_top)
        right = _LEFT + WIDTH
        if self._key:
            area = QRectF(right - self._box, _HEAD_TOP, self._box, 15.0 * MM)
            frame(painter, area, 0.34 * MM)
            self._label.draw(painter, area.left() + 3.2 * MM, area.top() + 3.2 * MM)
            self._value.draw_on_baseline(painter, area.left() + 3.2 * MM, area.top() + 11.6 * MM)
        if not self._corner.empty:
            last = self._title_top + self._title.height
            self._corner.draw_on_baseline(painter, right - self._corner.natural_width, last)
        rule(painter, _LEFT, self.rule, WIDTH, self.thickness, INK)


def _draw_foot(painter: QPainter, document: b.Document, number: int, count: int) -> None:
    foot = document.foot
    rule(painter, _LEFT, _FOOT, WIDTH, 0.2 * MM, INK)
    first, second = _FOOT + 4.7 * MM, _FOOT + 8.9 * MM
    right = _LEFT + WIDTH
    left = _LEFT
    if foot.mark:
        mark = Words(foot.mark, Type(9.0, strong=True))
        mark.draw_on_baseline(painter, left, first)
        left += mark.natural_width + 2.6 * MM
    Words(foot.text, Type(9.0, colour=QUIET)).draw_on_baseline(painter, left, first)
    if foot.page_numbers:
        words = Words(b.page_of(number, count, document.language), Type(9.0, strong=True))
        words.draw_on_baseline(painter, right - words.natural_width, first)
    Words(foot.second, Type(8.0, colour=QUIET)).draw_on_baseline(painter, _LEFT, second)
    other = Words(foot.second_right, Type(8.0, colour=QUIET))
    other.draw_on_baseline(painter, right - other.natural_width, second)
    painter.setPen(QColor(INK))
