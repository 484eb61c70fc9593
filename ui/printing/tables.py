"""Tables and goals on pages: rows stay whole, a group stays with its first row, a goal with its steps."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QPainter

from shelterdesk.documents import blocks as b
from ui.printing.pieces import BODY_HEIGHT, TICK_BOX, WIDTH, Piece, Sizes, faint_rule, rule, tick_box
from ui.printing.typesetting import INK, MM, SOFT, Type, Words

_CELL_GAP = 3.0 * MM
_HEAVY, _LIGHT = 0.5 * MM, 0.26 * MM
_LONGEST_ROW = 6
"""Lines of one cell that stay together; a longer text may go on at the head of the next page."""

_GOAL_SHARES = (50.3, 10.7, 54.8, 32.4, 21.8)
_HER_SHARES = (57.2, 10.5, 72.1, 30.2)


def table_pieces(table: b.Table, sizes: Sizes) -> list[Piece]:
    widths = [float(w) for w in b.shares_to_widths(tuple(c.share for c in table.columns), round(WIDTH))]
    sides = [c.side for c in table.columns]
    heading = _heading([c.title for c in table.columns], widths, sides, sizes)
    if not table.rows:
        return [heading, _sentence(table.empty, sizes)]
    made = [heading]
    for row in table.rows:
        made.extend(_row(row, widths, sides, sizes, heading))
    made[-1] = replace(made[-1], stays=False)
    return made


def goal_pieces(table: b.GoalTable, sizes: Sizes, language: str) -> list[Piece]:
    shares = _GOAL_SHARES if table.names_people else _HER_SHARES
    widths = [float(w) for w in b.shares_to_widths(shares, round(WIDTH))]
    titles = [table.headings[0], "", *table.headings[1:]]
    heading = _heading(titles, widths, [b.Side.LEFT] * len(widths), sizes)
    if not table.goals:
        return [heading, _sentence(table.empty, sizes)]
    made = [heading]
    for goal in table.goals:
        made.extend(_goal(goal, widths, sizes, heading, language))
    return made


def _heading(titles: list[str], widths: list[float], sides: list[b.Side], sizes: Sizes) -> Piece:
    style = Type(8.0, colour=SOFT)
    before = (8.95 if sizes.roomy else 8.1) * MM
    gaps = _gaps(len(widths))
    words = [Words(t, style, w - g, s) for t, w, g, s in zip(titles, widths, gaps, sides, strict=True)]
    inside = max(w.height for w in words)
    height = inside + 1.9 * MM + _HEAVY

    def draw(painter: QPainter, x: float, y: float) -> None:
        left = x
        for word, width in zip(words, widths, strict=True):
            word.draw(painter, left, y + inside - word.height)
            left += width
        rule(painter, x, y + height - _HEAVY, WIDTH, _HEAVY, INK)

    return Piece(height, draw, before=before, stays=True)


def _sentence(text: str, sizes: Sizes) -> Piece:
    words = Words(text, sizes.text, WIDTH)
    height = max(sizes.row, words.height + sizes.row - words.style.cap)

    def draw(painter: QPainter, x: float, y: float) -> None:
        words.draw(painter, x, y + (height - words.height) / 2)
        rule(painter, x, y + height, WIDTH, _LIGHT, INK)

    return Piece(height, draw)


def _gaps(count: int) -> list[float]:
    """Every column keeps clear of the next one; the last ends at the margin."""
    return [_CELL_GAP] * (count - 1) + [0.0]


def _pad(part: int, parts: int, base: float, sizes: Sizes) -> tuple[float, float]:
    """Air above and below part *part* of a row: a divided text keeps the distance of its lines."""
    edge = (base - sizes.text.cap) / 2
    between = (sizes.text.line - sizes.text.cap) / 2
    return (edge if part == 0 else between, edge if part == parts - 1 else between)


def _row(row: b.Row, widths: list[float], sides: list[b.Side], sizes: Sizes, heading: Piece) -> list[Piece]:
    strong = row.kind in {b.RowKind.GROUP, b.RowKind.SUM}
    style = sizes.strong if strong else sizes.text
    indent = 4.0 * MM if row.kind is b.RowKind.INDENT else 0.0
    columns: list[list[Words] | b.Tick] = []
    for index, (cell, width, gap, side) in enumerate(zip(row.cells, widths, _gaps(len(widths)), sides, strict=True)):
        if isinstance(cell, b.Tick):
            columns.append(cell)
            continue
        room = WIDTH if row.kind is b.RowKind.GROUP and index == 0 else width - gap - (indent if index == 0 else 0.0)
        columns.append(Words(cell, style, room, side).pieces(_LONGEST_ROW))
    count = max((len(c) for c in columns if isinstance(c, list)), default=1)
    return [_row_part(columns, part, count, widths, indent, sizes, row.kind, heading) for part in range(count)]


def _row_part(
    columns: list[list[Words] | b.Tick],
    part: int,
    parts: int,
    widths: list[float],
    indent: float,
    sizes: Sizes,
    kind: b.RowKind,
    heading: Piece,
) -> Piece:
    cells: list[Words | b.Tick | None] = []
    for column in columns:
        if isinstance(column, b.Tick):
            cells.append(column if part == 0 else None)
        else:
            cells.append(column[part] if part < len(column) else None)
    texts = [c for c in cells if isinstance(c, Words)]
    ticks = any(isinstance(c, b.Tick) for c in cells)
    # A table of words alone may stand closer than rows with boxes to tick.
    base = sizes.row if ticks else sizes.row * 0.8
    pad = _pad(part, parts, base, sizes)
    height = max([base if parts == 1 else 0.0, *(t.height + sum(pad) for t in texts)])
    group = kind is b.RowKind.GROUP
    above = 1.6 * MM if group else 0.0

    def draw(painter: QPainter, x: float, y: float) -> None:
        left = x
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            if isinstance(cell, b.Tick):
                tick_box(painter, left, y + above + (base - TICK_BOX) / 2, ticked=cell.ticked)
            elif cell is not None:
                cell.draw(painter, left + (indent if index == 0 else 0.0), y + above + pad[0])
            left += width
        bottom = y + above + height
        if part < parts - 1:
            return
        if kind is b.RowKind.SUM:
            rule(painter, x, bottom, WIDTH, _LIGHT, INK)
        else:
            faint_rule(painter, x, bottom, WIDTH)

    return Piece(height + above, draw, stays=group, repeated=(heading,))


def _goal(goal: b.Goal, widths: list[float], sizes: Sizes, heading: Piece, language: str) -> list[Piece]:
    side = widths[0] - _CELL_GAP
    title = Words(goal.title, sizes.strong, side)
    words = Words(goal.words, sizes.words, side)
    cell = _GoalCell(title, words, sizes)
    lines = [line for step in goal.steps for line in _step_lines(step, widths, sizes)] or [
        _StepLine((None,) * (len(widths) - 2), None, sizes.row, sizes.row, 0.0)
    ]
    needed = cell.height
    used = sum(line.height for line in lines)
    if len(lines) == 1 and needed > used:
        lines = [replace(lines[0], height=needed, centred=True)]
    elif needed > used:
        lines = [*lines[:-1], replace(lines[-1], height=lines[-1].height + needed - used)]
    if sum(line.height for line in lines) <= BODY_HEIGHT * 0.6:
        return [_goal_piece(cell, lines, widths, heading, last=True)]
    return _divided(cell, lines, widths, sizes, heading, language)


def _divided(
    cell: _GoalCell, lines: list[_StepLine], widths: list[float], sizes: Sizes, heading: Piece, language: str
) -> list[Piece]:
    """A goal too long for one page: its steps go on below its repeated title."""
    name = f"{cell.title.source} ({b.continued(language)})"
    again = Words(name, sizes.strong, widths[0] - _CELL_GAP)
    # The repeated title is drawn beside the first step of the new page and must not be taller than it.
    if again.count > 1:
        again = Words(cell.title.source, sizes.strong, widths[0] - _CELL_GAP).pieces(1)[0]
    edge = (sizes.row - again.style.cap) / 2

    def title(painter: QPainter, x: float, y: float) -> None:
        again.draw(painter, x, y + edge)

    first: list[_StepLine] = []
    rest = list(lines)
    while rest and (not first or sum(line.height for line in first) < cell.height):
        first.append(rest.pop(0))
    made = [_goal_piece(cell, first, widths, heading, last=not rest)]
    for index, line in enumerate(rest):
        piece = _goal_piece(None, [line], widths, heading, last=index == len(rest) - 1)
        # The rest of a divided text gets the air of a new row below the repeated heading.
        made.append(replace(piece, repeated=(heading, Piece(edge - line.pad, title))))
    return made


class _GoalCell:
    def __init__(self, title: Words, words: Words, sizes: Sizes) -> None:
        self.title = title
        self.words = words
        self._top = (sizes.row - title.style.cap) / 2
        self._gap = words.style.line * 1.08 - words.style.cap
        self.height = self._top + title.height + 2.7 * MM
        if not words.empty:
            self.height += self._gap + words.height

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        self.title.draw(painter, x, y + self._top)
        if not self.words.empty:
            self.words.draw(painter, x, y + self._top + self.title.height + self._gap)


@dataclass(frozen=True)
class _StepLine:
    """One row of a step; a very long step goes on in rows without a box."""

    cells: tuple[Words | None, ...]
    tick: bool | None
    base: float
    height: float
    pad: float
    ends: bool = True
    centred: bool = False


def _step_lines(step: b.Step, widths: list[float], sizes: Sizes) -> list[_StepLine]:
    texts = (step.text, step.by, step.with_whom)[: len(widths) - 2]
    gaps = _gaps(len(texts))
    columns = [
        Words(t, sizes.text, w - g).pieces(_LONGEST_ROW) for t, w, g in zip(texts, widths[2:], gaps, strict=True)
    ]
    lines: list[_StepLine] = []
    parts = max(len(c) for c in columns)
    for part in range(parts):
        cells = tuple(c[part] if part < len(c) else None for c in columns)
        pad = _pad(part, parts, sizes.row, sizes)
        height = max([sizes.row if parts == 1 else 0.0, *(c.height + sum(pad) for c in cells if c is not None)])
        lines.append(_StepLine(cells, step.done if part == 0 else None, sizes.row, height, pad[0], part == parts - 1))
    return lines


def _goal_piece(
    cell: _GoalCell | None, lines: list[_StepLine], widths: list[float], heading: Piece, *, last: bool
) -> Piece:
    height = sum(line.height for line in lines)

    def draw(painter: QPainter, x: float, y: float) -> None:
        if cell is not None:
            cell.draw(painter, x, y)
        top = y
        for index, line in enumerate(lines):
            _draw_step(painter, line, x, top, widths)
            top += line.height
            if line.ends and (index < len(lines) - 1 or not last):
                faint_rule(painter, x + widths[0], top, WIDTH - widths[0])
        if last:
            rule(painter, x, top, WIDTH, _LIGHT, INK)

    return Piece(height, draw, repeated=(heading,))


def _draw_step(painter: QPainter, line: _StepLine, x: float, y: float, widths: list[float]) -> None:
    block = max((c.height - c.style.cap for c in line.cells if c is not None), default=0.0) + line.base
    if line.centred:
        y += (line.height - block) / 2
    if line.tick is not None:
        tick_box(painter, x + widths[0] + 1.25 * MM, y + (line.base - TICK_BOX) / 2, ticked=line.tick)
    left = x + widths[0] + widths[1]
    for cell, width in zip(line.cells, widths[2:], strict=True):
        if cell is not None:
            cell.draw(painter, left, y + line.pad)
        left += width
