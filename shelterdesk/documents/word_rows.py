"""Paragraphs, cells, tables and goals of a Word file: what the blocks of a document are put together from."""

# The library's types end where its XML elements begin, and its public names do not reach widths and borders.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from shelterdesk.documents import blocks as b
from shelterdesk.documents import word_parts as parts
from shelterdesk.i18n import N_, text
from shelterdesk.paths import resources

LINE_INK, LINE_FAINT, LINE_WRITING = "000000", "BBBBBB", "777777"
MIDDLE = WD_CELL_VERTICAL_ALIGNMENT.CENTER
_TICKED, _EMPTY = N_("ticked box"), N_("empty box")
_TICK_MM = 5.3


@dataclass
class Rows:
    """Puts rows into one Word document."""

    document: b.Document
    word: WordDocument

    @property
    def row_height(self) -> float:
        return (9.53 if self.document.roomy else 8.72) * 72 / 25.4

    def paragraph(self, words: str, style: str) -> Paragraph:
        return self.word.add_paragraph(parts.clean(words), style)

    def air(self, mm: float) -> Paragraph:
        """Space between blocks. It also keeps Word from joining two tables into one."""
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.line_spacing = Mm(max(0.4, mm))
        thin(paragraph, keep_height=True)
        return paragraph

    def tick(self, cell: _Cell, *, ticked: bool) -> None:
        path = resources() / "paper" / ("box-ticked.png" if ticked else "box-empty.png")
        shape = cell.paragraphs[0].add_run().add_picture(str(path), height=Mm(_TICK_MM))
        parts.set_alt(shape, text(_TICKED if ticked else _EMPTY, self.document.language))

    def table(self, table: b.Table) -> None:
        self.air(4.0)
        widths = b.shares_to_widths(tuple(c.share for c in table.columns), parts.TEXT_WIDTH)
        sides = [c.side for c in table.columns]
        made = parts.make_table(self.word, 1 + len(table.rows), widths)
        self._heading_row(made.rows[0], [c.title for c in table.columns], sides)
        # Asking the library for rows again and again walks the whole table each time.
        for row, drawn in zip(table.rows, list(made.rows)[1:], strict=True):
            self._table_row(row, drawn, sides)
        if not table.rows:
            self.paragraph(table.empty, "Normal").paragraph_format.space_before = Pt(6)

    def _heading_row(self, row: Any, titles: list[str], sides: list[b.Side]) -> None:
        parts.set_row(row, header=True)
        for index, (cell, title, side) in enumerate(zip(row.cells, titles, sides, strict=True)):
            paragraph = fill(cell, title, "Label", side)
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_after = Pt(4)
            gap(cell, side, last=index == len(titles) - 1)
            parts.set_lines(cell, bottom=(1.5, LINE_INK))

    def _table_row(self, row: b.Row, drawn: Any, sides: list[b.Side]) -> None:
        strong = row.kind in {b.RowKind.GROUP, b.RowKind.SUM}
        ticks = any(isinstance(cell, b.Tick) for cell in row.cells)
        parts.set_row(drawn, height=self.row_height * (1.0 if ticks else 0.8))
        line = (0.75, LINE_INK) if row.kind is b.RowKind.SUM else (0.5, LINE_FAINT)
        for index, (cell, value, side) in enumerate(zip(drawn.cells, row.cells, sides, strict=True)):
            cell.vertical_alignment = MIDDLE
            if isinstance(value, b.Tick):
                self.tick(cell, ticked=value.ticked)
            else:
                paragraph = fill(cell, value, "Normal", side)
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
                paragraph.paragraph_format.keep_with_next = row.kind is b.RowKind.GROUP
                for run in paragraph.runs:
                    run.bold = strong or None
            left = 11.0 if row.kind is b.RowKind.INDENT and index == 0 else 0.0
            gap(cell, side, last=index == len(sides) - 1, left=left)
            parts.set_lines(cell, bottom=line)

    def goals(self, table: b.GoalTable) -> None:
        self.air(4.0)
        shares = (50.3, 10.7, 54.8, 32.4, 21.8) if table.names_people else (57.2, 10.5, 72.1, 30.2)
        widths = b.shares_to_widths(shares, parts.TEXT_WIDTH)
        count = sum(max(1, len(goal.steps)) for goal in table.goals)
        made = parts.make_table(self.word, 1 + count, widths)
        rows = list(made.rows)
        titles = [table.headings[0], "", *table.headings[1:]]
        self._heading_row(rows[0], titles, [b.Side.LEFT] * len(widths))
        place = 1
        for goal in table.goals:
            steps = goal.steps or (None,)
            for index, step in enumerate(steps):
                last = index == len(steps) - 1
                self._step_row(
                    rows[place + index], step, last=last, keep=not last and len(steps) <= 12, alone=len(steps) == 1
                )
            self._goal_cell(rows[place : place + len(steps)], goal, keep=1 < len(steps) <= 12)
            place += len(steps)
        if not table.goals:
            self.paragraph(table.empty, "Normal").paragraph_format.space_before = Pt(6)

    def _step_row(self, row: Any, step: b.Step | None, *, last: bool, keep: bool, alone: bool) -> None:
        parts.set_row(row, height=self.row_height)
        cells = row.cells
        line = (0.75, LINE_INK) if last else (0.5, LINE_FAINT)
        values = (step.text, step.by, step.with_whom) if step else ("", "", "")
        if step:
            self.tick(cells[1], ticked=step.done)
            self._edge(cells[1].paragraphs[0], _TICK_MM * 72 / 25.4)
        parts.set_padding(cells[1], left=3.5)
        for index, (cell, value) in enumerate(zip(cells[2:], values, strict=False)):
            self._edge(fill(cell, value, "Normal"), self.document.size_pt * 1.36)
            gap(cell, b.Side.LEFT, last=index == len(cells) - 3)
        for cell in cells[1:]:
            # A single step stands beside the middle of its goal; several begin at the top.
            cell.vertical_alignment = MIDDLE if alone else WD_CELL_VERTICAL_ALIGNMENT.TOP
            cell.paragraphs[0].paragraph_format.keep_with_next = keep
            parts.set_lines(cell, bottom=line)

    def _edge(self, paragraph: Paragraph, height: float) -> None:
        """Put what is *height* points tall into the middle of a row. Word gives the air of one cell to all cells
        of the row, therefore it is the paragraph that has it."""
        air = max(0.0, (self.row_height - height) / 2)
        paragraph.paragraph_format.space_before = Pt(air)
        paragraph.paragraph_format.space_after = Pt(max(0.0, air - 0.5))

    def _goal_cell(self, rows: list[Any], goal: b.Goal, *, keep: bool) -> None:
        cell = rows[0].cells[0]
        if len(rows) > 1:
            cell = cell.merge(rows[-1].cells[0])
        title = fill(cell, goal.title, "Normal")
        title.runs[0].bold = True
        for paragraph in cell.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        self._edge(title, self.document.size_pt * 1.36)
        title.paragraph_format.space_after = Pt(0)
        title.paragraph_format.keep_with_next = keep
        if goal.words:
            words = cell.add_paragraph(parts.clean(goal.words), "Small text")
            words.paragraph_format.keep_with_next = keep
            words.paragraph_format.space_before = Pt(1.5)
            words.paragraph_format.space_after = Pt(5)
        for row in rows:
            first = _Cell(row._tr.tc_lst[0], cell._parent)
            parts.set_padding(first, right=8)
            if row is rows[-1] or row is rows[0]:
                parts.set_lines(first, bottom=(0.75, LINE_INK))


def fill(cell: _Cell, words: str, style: str, side: b.Side = b.Side.LEFT) -> Paragraph:
    paragraph = cell.paragraphs[0]
    # A paragraph without a style is «Normal» already, and the library searches all styles each time.
    if style != "Normal":
        paragraph.style = style
    paragraph.add_run(parts.clean(words))
    paragraph.alignment = parts.ALIGN[side]
    return paragraph


def gap(cell: _Cell, side: b.Side, *, last: bool, left: float = 0.0) -> None:
    """Keep a column clear of the next one; numbers end exactly at the edge of theirs."""
    parts.set_padding(cell, left=left, right=0.0 if last or side is b.Side.RIGHT else 8.0)


def thin(paragraph: Paragraph, *, keep_height: bool = False) -> None:
    """Make an empty paragraph as low as possible; Word sets it in the style's size otherwise."""
    paragraph.add_run().font.size = Pt(1)
    if not keep_height:
        paragraph.paragraph_format.line_spacing = Pt(2)
