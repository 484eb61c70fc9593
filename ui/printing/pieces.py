"""Blocks turned into pieces: what must not be torn apart by the end of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from shelterdesk.documents import blocks as b
from ui.printing.typesetting import FAINT, INK, LINE, MM, QUIET, SOFT, Type, Words

WIDTH = b.TEXT_WIDTH_MM * MM
BODY_HEIGHT = 252.0 * MM
"""Height of the text on a page, from the upper margin to the line above the foot."""
TICK_BOX = 5.3 * MM

Draw = Callable[[QPainter, float, float], None]


@dataclass(frozen=True)
class Piece:
    """``before`` is air above, dropped at the top of a page. ``repeated`` stands again above the piece when it
    begins a page. ``stays`` keeps it on the page of the piece that follows."""

    height: float
    draw: Draw
    before: float = 0.0
    stays: bool = False
    repeated: tuple[Piece, ...] = ()
    breaks: bool = False


@dataclass(frozen=True)
class Sizes:
    """Type and air of one document."""

    body: float
    roomy: bool

    @property
    def row(self) -> float:
        return (9.53 if self.roomy else 8.72) * MM

    @property
    def writing_line(self) -> float:
        return (7.4 if self.roomy else 6.86) * MM

    @property
    def aside_gap(self) -> float:
        return (8.8 if self.roomy else 5.6) * MM

    @property
    def label(self) -> Type:
        return Type(8.0, colour=QUIET)

    @property
    def strong_label(self) -> Type:
        return Type(8.0, strong=True)

    @property
    def text(self) -> Type:
        return Type(self.body)

    @property
    def strong(self) -> Type:
        return Type(self.body, strong=True)

    @property
    def boxed(self) -> Type:
        return Type(self.body + (1.0 if self.roomy else 0.5), strong=True)

    @property
    def words(self) -> Type:
        return Type(9.0, colour=SOFT)


@dataclass
class Maker:
    """Turns the blocks of one document into pieces."""

    document: b.Document
    sizes: Sizes = field(init=False)

    def __post_init__(self) -> None:
        self.sizes = Sizes(self.document.size_pt, self.document.roomy)
        labels = [Words(x.label, self.sizes.strong_label) for x in self.document.blocks if isinstance(x, b.Aside)]
        self._aside = min(WIDTH / 3, max((w.natural_width for w in labels), default=0.0) + self.sizes.aside_gap)

    def pieces(self) -> list[Piece]:
        made: list[Piece] = []
        for block in self.document.blocks:
            made.extend(self._of(block))
        return made

    def _of(self, block: b.Block) -> list[Piece]:  # noqa: C901 - one line for each kind of block
        match block:
            case b.Heading():
                return self._heading(block)
            case b.Paragraph():
                return self._paragraph(block)
            case b.LabelledRow():
                return [self._labelled_row(block)]
            case b.Aside():
                return self._aside_row(block)
            case b.Boxed():
                return self._boxed(block)
            case b.Checks():
                return self._checks(block)
            case b.Ruled():
                return self._ruled(block)
            case b.FieldRow():
                return [self._fields(block.fields, 0)]
            case b.Signatures():
                return [self._fields(block.fields, 1)]
            case b.Table():
                from ui.printing.tables import table_pieces

                return table_pieces(block, self.sizes)
            case b.GoalTable():
                from ui.printing.tables import goal_pieces

                return goal_pieces(block, self.sizes, self.document.language)
            case b.Picture():
                return self._picture(block)
            case b.CodeGroups():
                return self._code_groups(block)
            case b.Spacer():
                return [Piece(block.mm * MM, _nothing)]
            case b.PageBreak():
                return [Piece(0.0, _nothing, breaks=True)]

    def _heading(self, block: b.Heading) -> list[Piece]:
        style = Type(16.0 if block.level == 1 else self.sizes.body + (2.0 if block.level == 2 else 0.0), strong=True)
        words = Words(block.text, style, WIDTH)
        return [Piece(words.height + 1.4 * MM, _plain(words), before=8.0 * MM, stays=True)]

    def _paragraph(self, block: b.Paragraph) -> list[Piece]:
        style = {
            b.Tone.NORMAL: self.sizes.text,
            b.Tone.STRONG: self.sizes.strong,
            b.Tone.MUTED: Type(self.sizes.body, colour=QUIET),
            b.Tone.SMALL: self.sizes.words,
        }[block.tone]
        return lines_of(Words(block.text, style, WIDTH), before=5.1 * MM)

    def _labelled_row(self, block: b.LabelledRow) -> Piece:
        label, value = self.sizes.label, self.sizes.text
        wanted = [max(Words(a, label).natural_width, Words(v, value).natural_width) + 2 * MM for a, v in block.pairs]
        spare = WIDTH - sum(wanted)
        widths = [w + spare / len(wanted) for w in wanted] if spare > 0 else [w * WIDTH / sum(wanted) for w in wanted]
        cells = [
            (Words(a, label, w - 2 * MM), Words(v, value, w - 2 * MM))
            for (a, v), w in zip(block.pairs, widths, strict=True)
        ]
        upper = max((a.height for a, _ in cells), default=0.0)
        lower = max((v.height for _, v in cells), default=0.0)
        gap = 2.4 * MM

        def draw(painter: QPainter, x: float, y: float) -> None:
            for (above, below), width in zip(cells, widths, strict=True):
                above.draw(painter, x, y)
                below.draw(painter, x, y + upper + gap)
                x += width

        return Piece(upper + gap + lower, draw, before=2.3 * MM)

    def _aside_row(self, block: b.Aside) -> list[Piece]:
        label = Words(block.label, self.sizes.strong_label, self._aside - 2 * MM)
        first, *rest = Words(block.text, self.sizes.text, WIDTH - self._aside).pieces(20)

        def draw(painter: QPainter, x: float, y: float) -> None:
            baseline = y + first.style.cap
            label.draw_on_baseline(painter, x, baseline)
            first.draw_on_baseline(painter, x + self._aside, baseline)

        made = [Piece(max(first.height, label.height), draw, before=(6.8 if self.sizes.roomy else 5.1) * MM)]
        gap = self.sizes.text.line - self.sizes.text.cap
        made += [Piece(part.height, _plain(part, self._aside), before=gap) for part in rest]
        return made

    def _boxed(self, block: b.Boxed) -> list[Piece]:
        pad = 3.2 * MM
        label = Words(block.label, self.sizes.strong_label, WIDTH - 2 * pad)
        parts = Words(block.text, self.sizes.boxed, WIDTH - 2 * pad).pieces(24)
        return [self._box(label if i == 0 else None, part, pad) for i, part in enumerate(parts)]

    def _box(self, label: Words | None, words: Words, pad: float) -> Piece:
        top = (3.9 if self.sizes.roomy else 3.45) * MM
        gap = (3.7 if self.sizes.roomy else 3.55) * MM
        start = top + (label.height + gap if label else 0.0)
        height = start + words.height + (4.3 if self.sizes.roomy else 4.0) * MM

        def draw(painter: QPainter, x: float, y: float) -> None:
            frame(painter, QRectF(x, y, WIDTH, height), 0.36 * MM)
            if label:
                label.draw(painter, x + pad, y + top)
            words.draw(painter, x + pad, y + start)

        return Piece(height, draw, before=(6.7 if self.sizes.roomy else 5.3) * MM)

    def _checks(self, block: b.Checks) -> list[Piece]:
        gap, room = 2.2 * MM, TICK_BOX
        limit = WIDTH - room - gap
        items = [(item, Words(item.text, self.sizes.text)) for item in block.items]
        items = [
            (item, words if words.natural_width <= limit else Words(item.text, self.sizes.text, limit))
            for item, words in items
        ]

        def wanted(words: Words) -> float:
            return min(limit, words.natural_width) + room + gap

        rows: list[list[tuple[b.Check, Words]]] = []
        used = 0.0
        for item, words in items:
            if block.stacked or not rows or used + wanted(words) + 4 * MM > WIDTH:
                rows.append([])
                used = 0.0
            rows[-1].append((item, words))
            used += wanted(words) + 4 * MM
        made: list[Piece] = []
        for row in rows:
            spare = 0.0 if len(row) == 1 else (WIDTH - sum(wanted(w) for _, w in row)) / (len(row) - 1)
            made.append(self._check_row(row, [wanted(w) + min(spare, 12 * MM) for _, w in row], gap))
        first = (6.5 if not block.stacked else 5.0) * MM
        return [replace(p, before=first if i == 0 else 3.2 * MM) for i, p in enumerate(made)]

    def _check_row(self, row: list[tuple[b.Check, Words]], widths: list[float], gap: float) -> Piece:
        height = max(TICK_BOX, *((TICK_BOX - w.style.cap) / 2 + w.height for _, w in row))

        def draw(painter: QPainter, x: float, y: float) -> None:
            for (item, words), width in zip(row, widths, strict=True):
                tick_box(painter, x + 0.3 * MM, y, ticked=item.ticked)
                words.draw(painter, x + TICK_BOX + gap, y + (TICK_BOX - words.style.cap) / 2)
                x += width

        return Piece(height, draw)

    def _ruled(self, block: b.Ruled) -> list[Piece]:
        made: list[Piece] = []
        if block.label:
            words = Words(block.label, self.sizes.strong_label, WIDTH)
            made.append(Piece(words.height, _plain(words), before=(9.0 if self.sizes.roomy else 4.7) * MM, stays=True))

        def draw(painter: QPainter, x: float, y: float) -> None:
            rule(painter, x, y + self.sizes.writing_line, WIDTH, 0.17 * MM, LINE)

        made += [Piece(self.sizes.writing_line, draw, stays=i < block.lines - 1) for i in range(block.lines)]
        return made

    def _fields(self, fields: Sequence[b.Field], signing: int) -> Piece:
        """Lines to write on: for signatures the label stands under the line, otherwise above it."""
        gap = 4.2 * MM
        room = round(WIDTH - gap * (len(fields) - 1))
        widths = b.shares_to_widths(tuple(x.share for x in fields), room)
        labels = [Words(x.label, self.sizes.label, w) for x, w in zip(fields, widths, strict=True)]
        values = [Words(x.value, self.sizes.text, w) for x, w in zip(fields, widths, strict=True)]
        upper = 0.0 if signing else max(w.height for w in labels) + 2.4 * MM
        upper += 0.0 if signing else max([6.0 * MM, *(w.height + 1.8 * MM for w in values)])
        lower = max(w.height for w in labels) + 2.0 * MM if signing else 0.0

        def draw(painter: QPainter, x: float, y: float) -> None:
            for label, value, width in zip(labels, values, widths, strict=True):
                label.draw(painter, x, y + upper + 2.0 * MM if signing else y)
                if not value.empty:
                    value.draw(painter, x, y + upper - value.height - 1.6 * MM)
                rule(painter, x, y + upper, width, 0.17 * MM, INK)
                x += width + gap

        return Piece(upper + lower, draw, before=15.0 * MM if signing else 6.0 * MM)

    def _picture(self, block: b.Picture) -> list[Piece]:
        image = QImage.fromData(block.png, "PNG")  # pyright: ignore[reportArgumentType, reportCallIssue]
        width = min(block.width_mm * MM, WIDTH)
        height = width * image.height() / max(1, image.width())
        if height > BODY_HEIGHT * 0.9:
            width, height = width * BODY_HEIGHT * 0.9 / height, BODY_HEIGHT * 0.9
        left = {b.Side.LEFT: 0.0, b.Side.CENTRE: (WIDTH - width) / 2, b.Side.RIGHT: WIDTH - width}[block.side]

        def draw(painter: QPainter, x: float, y: float) -> None:
            painter.drawImage(QRectF(x + left, y, width, height), image)

        made = [Piece(height, draw, before=5.0 * MM, stays=bool(block.caption))]
        if block.caption:
            made += lines_of(Words(block.caption, self.sizes.words, WIDTH), before=2.4 * MM)
        return made

    def _code_groups(self, block: b.CodeGroups) -> list[Piece]:
        gap, height = 3.0 * MM, 11.0 * MM
        width = (WIDTH - gap * (block.columns - 1)) / block.columns
        style = Type(14.0, strong=True)
        label = Words(block.label, self.sizes.label, WIDTH)
        made = [Piece(label.height, _plain(label), before=6.0 * MM, stays=True)]
        for start in range(0, len(block.groups), block.columns):
            groups = [Words(g, style, width, b.Side.CENTRE) for g in block.groups[start : start + block.columns]]
            made.append(Piece(height, _framed_row(groups, width, height, gap), before=gap, stays=True))
        made[-1] = replace(made[-1], stays=False)
        return made


def lines_of(words: Words, before: float) -> list[Piece]:
    """Return a text that may be divided at the end of a page, but never leaves one line alone."""
    gap = words.style.line - words.style.cap
    if words.count <= 4:
        return [Piece(words.height, _plain(words), before=before)]
    lines = words.pieces(1)
    last = len(lines) - 1
    return [
        Piece(line.height, _plain(line), before=before if i == 0 else gap, stays=i in {0, last - 1})
        for i, line in enumerate(lines)
    ]


def tick_box(painter: QPainter, x: float, y: float, *, ticked: bool) -> None:
    """Draw a box to tick, drawn rather than taken from a face, because text faces lack it."""
    frame(painter, QRectF(x, y, TICK_BOX, TICK_BOX), 0.34 * MM, radius=0.75 * MM)
    if ticked:
        pen = QPen(QColor(INK), 0.62 * MM)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(
            QPolygonF(
                [QPointF(x + TICK_BOX * a, y + TICK_BOX * c) for a, c in ((0.24, 0.52), (0.43, 0.71), (0.77, 0.3))]
            )
        )


def rule(painter: QPainter, x: float, y: float, width: float, thickness: float, colour: str) -> None:
    """Draw a line whose upper edge is at *y*; filled, so that printers do not thin it."""
    painter.fillRect(QRectF(x, y, width, thickness), QColor(colour))


def frame(painter: QPainter, area: QRectF, thickness: float, radius: float = 1.2 * MM) -> None:
    painter.setPen(QPen(QColor(INK), thickness))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = thickness / 2
    painter.drawRoundedRect(area.adjusted(inner, inner, -inner, -inner), radius, radius)


def faint_rule(painter: QPainter, x: float, y: float, width: float) -> None:
    rule(painter, x, y, width, 0.22 * MM, FAINT)


def _plain(words: Words, left: float = 0.0) -> Draw:
    return lambda painter, x, y: words.draw(painter, x + left, y)


def _framed_row(groups: list[Words], width: float, height: float, gap: float) -> Draw:
    def draw(painter: QPainter, x: float, y: float) -> None:
        for group in groups:
            frame(painter, QRectF(x, y, width, height), 0.25 * MM)
            group.draw(painter, x, y + (height - group.height) / 2)
            x += width + gap

    return draw


def _nothing(_painter: QPainter, _x: float, _y: float) -> None:
    """Air has nothing to draw."""
