"""Documents as Word files (ISO/IEC 29500) that look like our pages and carry nothing but their text."""

# The library's types end where its XML elements begin, and its public names do not reach widths and borders.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO, Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from shelterdesk.documents import blocks as b
from shelterdesk.documents import word_parts as parts
from shelterdesk.i18n import N_, text
from shelterdesk.paths import resources

_INK, _FAINT, _LINE = "000000", "BBBBBB", "777777"
_TICKED, _EMPTY = N_("ticked box"), N_("empty box")
_TICK_MM = 5.3
_MIDDLE = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def write_docx(document: b.Document, stream: IO[bytes]) -> None:
    """Write *document* as .docx. The same document gives the same bytes."""
    stream.write(docx_bytes(document))


def docx_bytes(document: b.Document) -> bytes:
    return parts.package_bytes(_Writer(document, parts.new_word_document(document)).write())


@dataclass
class _Writer:
    document: b.Document
    word: WordDocument

    def write(self) -> WordDocument:
        self._head()
        for block in self.document.blocks:
            self._block(block)
        # A document may not end with a table.
        self._air(0.4)
        self._foot()
        return self.word

    def _block(self, block: b.Block) -> None:  # noqa: C901 - one line for each kind of block
        match block:
            case b.Heading():
                self._paragraph(block.text, f"Heading {min(3, max(1, block.level))}")
            case b.Paragraph():
                self._text(block)
            case b.LabelledRow():
                self._labelled_row(block)
            case b.Aside():
                self._aside(block)
            case b.Boxed():
                self._boxed(block)
            case b.Checks():
                self._checks(block)
            case b.Ruled():
                self._ruled(block)
            case b.FieldRow():
                self._fields(block.fields, signing=False)
            case b.Signatures():
                self._fields(block.fields, signing=True)
            case b.Table():
                self._table(block)
            case b.GoalTable():
                self._goals(block)
            case b.Picture():
                self._picture(block)
            case b.CodeGroups():
                self._code_groups(block)
            case b.Spacer():
                self._air(block.mm)
            case b.PageBreak():
                self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    @property
    def _row_height(self) -> float:
        return (9.53 if self.document.roomy else 8.72) * 72 / 25.4

    def _head(self) -> None:
        document = self.document
        key_width = round(39.0 / 25.4 * 1440) if document.key or document.corner else 0
        if not key_width:
            self._paragraph(document.title, "Title")
            if document.subtitle:
                self._paragraph(document.subtitle, "Subtitle")
            self._rule()
            return
        table = parts.make_table(self.word, 1, (parts.TEXT_WIDTH - key_width, key_width))
        left, right = table.rows[0].cells
        _fill(left, document.title, "Title")
        if document.subtitle:
            left.add_paragraph(parts.clean(document.subtitle), "Subtitle").paragraph_format.space_after = Pt(0)
        if document.key:
            _fill(right, document.key.label, "Label").paragraph_format.space_before = Pt(5)
            value = right.add_paragraph(parts.clean(document.key.value), "Boxed text")
            value.runs[0].font.size = Pt(12.5)
            parts.set_padding(right, left=9, right=9)
            line = (1.0, _INK)
            parts.set_lines(right, top=line, left=line, bottom=line, right=line)
        else:
            paragraph = _fill(right, document.corner, "Normal", b.Side.RIGHT)
            paragraph.runs[0].font.color.rgb = parts.QUIET
            paragraph.paragraph_format.space_after = Pt(4)
            right.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        self._rule()

    def _rule(self) -> None:
        """The line below the head: an empty row's lower edge, so that it is as wide as the text."""
        table = parts.make_table(self.word, 1, (parts.TEXT_WIDTH,))
        cell = table.rows[0].cells[0]
        _thin(cell.paragraphs[0])
        cell.paragraphs[0].paragraph_format.line_spacing = Pt(6)
        parts.set_lines(cell, bottom=(1.5 if self.document.roomy else 1.0, _INK))

    def _foot(self) -> None:
        foot, footer = self.document.foot, self.word.sections[0].footer
        first = footer.paragraphs[0]
        _top_line(first)
        for paragraph in (first, second := footer.add_paragraph(style="Footer")):
            stops = paragraph.paragraph_format.tab_stops
            stops.add_tab_stop(Mm(b.TEXT_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
        if foot.mark:
            mark = first.add_run(parts.clean(foot.mark))
            mark.bold = True
            mark.font.color.rgb = parts.INK
            first.add_run("   ")
        first.add_run(parts.clean(foot.text))
        if foot.page_numbers:
            before, between, after = b.page_of_parts(self.document.language)
            first.add_run(f"\t{before}").bold = True
            parts.add_field(first, "PAGE", bold=True)
            first.add_run(between).bold = True
            parts.add_field(first, "NUMPAGES", bold=True)
            first.add_run(after).bold = True
        if foot.second or foot.second_right:
            run = second.add_run(parts.clean(f"{foot.second}\t{foot.second_right}"))
            run.font.size = Pt(8)

    def _paragraph(self, words: str, style: str) -> Paragraph:
        return self.word.add_paragraph(parts.clean(words), style)

    def _air(self, mm: float) -> Paragraph:
        """Space between blocks. It also keeps Word from joining two tables into one."""
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.line_spacing = Mm(max(0.4, mm))
        _thin(paragraph, keep_height=True)
        return paragraph

    def _text(self, block: b.Paragraph) -> None:
        paragraph = self._paragraph(block.text, "Small text" if block.tone is b.Tone.SMALL else "Normal")
        paragraph.paragraph_format.space_before = Pt(12)
        for run in paragraph.runs:
            run.bold = block.tone is b.Tone.STRONG or None
            if block.tone is b.Tone.MUTED:
                run.font.color.rgb = parts.QUIET

    def _labelled_row(self, block: b.LabelledRow) -> None:
        self._air(1.2)
        weights = tuple(float(max(len(label) * 0.8, len(value)) + 8) for label, value in block.pairs)
        table = parts.make_table(self.word, 1, b.shares_to_widths(weights, parts.TEXT_WIDTH))
        for cell, (label, value) in zip(table.rows[0].cells, block.pairs, strict=True):
            _fill(cell, label, "Label")
            cell.add_paragraph(parts.clean(value), "Normal")

    def _aside(self, block: b.Aside) -> None:
        labels = [x.label for x in self.document.blocks if isinstance(x, b.Aside)]
        share = min(60.0, max(31.7, max(map(len, labels)) * 1.6 + (8.0 if self.document.roomy else 4.5)))
        self._air(3.2)
        table = parts.make_table(self.word, 1, b.shares_to_widths((share, 170.0 - share), parts.TEXT_WIDTH))
        label, words = table.rows[0].cells
        _fill(label, block.label, "Strong label")
        label.paragraphs[0].paragraph_format.space_before = Pt(2.6)
        _fill(words, block.text, "Normal")

    def _boxed(self, block: b.Boxed) -> None:
        self._air(3.6)
        table = parts.make_table(self.word, 1, (parts.TEXT_WIDTH,))
        cell = table.rows[0].cells[0]
        _fill(cell, block.label, "Strong label")
        words = cell.add_paragraph(parts.clean(block.text), "Boxed text")
        words.paragraph_format.space_before = Pt(4)
        parts.set_padding(cell, top=7, left=9, bottom=8, right=9)
        line = (1.0, _INK)
        parts.set_lines(cell, top=line, left=line, bottom=line, right=line)

    def _checks(self, block: b.Checks) -> None:
        self._air(4.0)
        if block.stacked:
            table = parts.make_table(self.word, len(block.items), b.shares_to_widths((8.0, 162.0), parts.TEXT_WIDTH))
            for row, item in zip(table.rows, block.items, strict=True):
                parts.set_row(row, height=24)
                self._tick(row.cells[0], ticked=item.ticked)
                _fill(row.cells[1], item.text, "Normal")
                row.cells[0].vertical_alignment = row.cells[1].vertical_alignment = _MIDDLE
            return
        for line in _lines_of_checks(block.items):
            shares = tuple(x for item in line for x in (8.0, 4.0 + len(item.text) * 1.8))
            table = parts.make_table(self.word, 1, b.shares_to_widths(shares, parts.TEXT_WIDTH))
            cells = table.rows[0].cells
            for index, item in enumerate(line):
                self._tick(cells[2 * index], ticked=item.ticked)
                _fill(cells[2 * index + 1], item.text, "Normal")
                cells[2 * index].vertical_alignment = cells[2 * index + 1].vertical_alignment = _MIDDLE
            self._air(1.0)

    def _tick(self, cell: _Cell, *, ticked: bool) -> None:
        path = resources() / "paper" / ("box-ticked.png" if ticked else "box-empty.png")
        shape = cell.paragraphs[0].add_run().add_picture(str(path), height=Mm(_TICK_MM))
        parts.set_alt(shape, text(_TICKED if ticked else _EMPTY, self.document.language))

    def _ruled(self, block: b.Ruled) -> None:
        self._air(3.0)
        if block.label:
            self._paragraph(block.label, "Strong label").paragraph_format.keep_with_next = True
        table = parts.make_table(self.word, block.lines, (parts.TEXT_WIDTH,))
        height = (7.4 if self.document.roomy else 6.86) * 72 / 25.4
        for row in table.rows:
            parts.set_row(row, height=height)
            parts.set_lines(row.cells[0], bottom=(0.5, _LINE))
            _thin(row.cells[0].paragraphs[0])

    def _fields(self, fields: tuple[b.Field, ...], *, signing: bool) -> None:
        self._air(12.0 if signing else 3.0)
        shares: list[float] = []
        room, gap = 170.0 - 4.2 * (len(fields) - 1), 4.2
        whole = sum(field.share for field in fields)
        for index, field in enumerate(fields):
            shares += [gap] if index else []
            shares.append(field.share / whole * room)
        table = parts.make_table(self.word, 2, b.shares_to_widths(tuple(shares), parts.TEXT_WIDTH))
        labels, lines = (table.rows[1], table.rows[0]) if signing else (table.rows[0], table.rows[1])
        parts.set_row(lines, height=18)
        for index, field in enumerate(fields):
            _fill(labels.cells[2 * index], field.label, "Label")
            line = lines.cells[2 * index]
            _fill(line, field.value, "Normal")
            parts.set_lines(line, bottom=(0.5, _INK))
            line.paragraphs[0].paragraph_format.keep_with_next = True

    def _table(self, table: b.Table) -> None:
        self._air(4.0)
        widths = b.shares_to_widths(tuple(c.share for c in table.columns), parts.TEXT_WIDTH)
        sides = [c.side for c in table.columns]
        made = parts.make_table(self.word, 1 + len(table.rows), widths)
        self._heading_row(made.rows[0], [c.title for c in table.columns], sides)
        # Asking the library for rows again and again walks the whole table each time.
        for row, drawn in zip(table.rows, list(made.rows)[1:], strict=True):
            self._table_row(row, drawn, sides)
        if not table.rows:
            self._paragraph(table.empty, "Normal").paragraph_format.space_before = Pt(6)

    def _heading_row(self, row: Any, titles: list[str], sides: list[b.Side]) -> None:
        parts.set_row(row, header=True)
        for index, (cell, title, side) in enumerate(zip(row.cells, titles, sides, strict=True)):
            paragraph = _fill(cell, title, "Label", side)
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_after = Pt(4)
            _gap(cell, side, last=index == len(titles) - 1)
            parts.set_lines(cell, bottom=(1.5, _INK))

    def _table_row(self, row: b.Row, drawn: Any, sides: list[b.Side]) -> None:
        strong = row.kind in {b.RowKind.GROUP, b.RowKind.SUM}
        ticks = any(isinstance(cell, b.Tick) for cell in row.cells)
        parts.set_row(drawn, height=self._row_height * (1.0 if ticks else 0.8))
        line = (0.75, _INK) if row.kind is b.RowKind.SUM else (0.5, _FAINT)
        for index, (cell, value, side) in enumerate(zip(drawn.cells, row.cells, sides, strict=True)):
            cell.vertical_alignment = _MIDDLE
            if isinstance(value, b.Tick):
                self._tick(cell, ticked=value.ticked)
            else:
                paragraph = _fill(cell, value, "Normal", side)
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
                paragraph.paragraph_format.keep_with_next = row.kind is b.RowKind.GROUP
                for run in paragraph.runs:
                    run.bold = strong or None
            left = 11.0 if row.kind is b.RowKind.INDENT and index == 0 else 0.0
            _gap(cell, side, last=index == len(sides) - 1, left=left)
            parts.set_lines(cell, bottom=line)

    def _goals(self, table: b.GoalTable) -> None:
        self._air(4.0)
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
            self._paragraph(table.empty, "Normal").paragraph_format.space_before = Pt(6)

    def _step_row(self, row: Any, step: b.Step | None, *, last: bool, keep: bool, alone: bool) -> None:
        parts.set_row(row, height=self._row_height)
        cells = row.cells
        line = (0.75, _INK) if last else (0.5, _FAINT)
        values = (step.text, step.by, step.with_whom) if step else ("", "", "")
        if step:
            self._tick(cells[1], ticked=step.done)
            self._edge(cells[1].paragraphs[0], _TICK_MM * 72 / 25.4)
        parts.set_padding(cells[1], left=3.5)
        for index, (cell, value) in enumerate(zip(cells[2:], values, strict=False)):
            self._edge(_fill(cell, value, "Normal"), self.document.size_pt * 1.36)
            _gap(cell, b.Side.LEFT, last=index == len(cells) - 3)
        for cell in cells[1:]:
            # A single step stands beside the middle of its goal; several begin at the top.
            cell.vertical_alignment = _MIDDLE if alone else WD_CELL_VERTICAL_ALIGNMENT.TOP
            cell.paragraphs[0].paragraph_format.keep_with_next = keep
            parts.set_lines(cell, bottom=line)

    def _edge(self, paragraph: Paragraph, height: float) -> None:
        """Put what is *height* points tall into the middle of a row. Word gives the air of one cell to all cells
        of the row, therefore it is the paragraph that has it."""
        air = max(0.0, (self._row_height - height) / 2)
        paragraph.paragraph_format.space_before = Pt(air)
        paragraph.paragraph_format.space_after = Pt(max(0.0, air - 0.5))

    def _goal_cell(self, rows: list[Any], goal: b.Goal, *, keep: bool) -> None:
        cell = rows[0].cells[0]
        if len(rows) > 1:
            cell = cell.merge(rows[-1].cells[0])
        title = _fill(cell, goal.title, "Normal")
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
                parts.set_lines(first, bottom=(0.75, _INK))

    def _picture(self, block: b.Picture) -> None:
        paragraph = self.word.add_paragraph()
        paragraph.alignment = parts.ALIGN[block.side]
        paragraph.paragraph_format.space_before = Pt(12)
        paragraph.paragraph_format.keep_with_next = bool(block.caption)
        width = min(block.width_mm, b.TEXT_WIDTH_MM)
        shape = paragraph.add_run().add_picture(io.BytesIO(block.png), width=Mm(width))
        parts.set_alt(shape, block.alt)
        if block.caption:
            self._paragraph(block.caption, "Caption").alignment = parts.ALIGN[block.side]

    def _code_groups(self, block: b.CodeGroups) -> None:
        self._air(4.0)
        self._paragraph(block.label, "Label").paragraph_format.keep_with_next = True
        line = (0.75, _INK)
        for start in range(0, len(block.groups), block.columns):
            groups = block.groups[start : start + block.columns]
            shares = tuple(x for i in range(block.columns) for x in ((3.0, 40.0) if i else (40.0,)))
            table = parts.make_table(self.word, 1, b.shares_to_widths(shares, parts.TEXT_WIDTH))
            parts.set_row(table.rows[0], height=31)
            for index, group in enumerate(groups):
                cell = table.rows[0].cells[2 * index]
                run = _fill(cell, group, "Normal", b.Side.CENTRE).runs[0]
                run.bold, run.font.size = True, Pt(14)
                cell.vertical_alignment = _MIDDLE
                parts.set_lines(cell, top=line, left=line, bottom=line, right=line)
            self._air(2.2)


def _fill(cell: _Cell, words: str, style: str, side: b.Side = b.Side.LEFT) -> Paragraph:
    paragraph = cell.paragraphs[0]
    # A paragraph without a style is «Normal» already, and the library searches all styles each time.
    if style != "Normal":
        paragraph.style = style
    paragraph.add_run(parts.clean(words))
    paragraph.alignment = parts.ALIGN[side]
    return paragraph


def _gap(cell: _Cell, side: b.Side, *, last: bool, left: float = 0.0) -> None:
    """Keep a column clear of the next one; numbers end exactly at the edge of theirs."""
    parts.set_padding(cell, left=left, right=0.0 if last or side is b.Side.RIGHT else 8.0)


def _thin(paragraph: Paragraph, *, keep_height: bool = False) -> None:
    """Make an empty paragraph as low as possible; Word sets it in the style's size otherwise."""
    paragraph.add_run().font.size = Pt(1)
    if not keep_height:
        paragraph.paragraph_format.line_spacing = Pt(2)


def _top_line(paragraph: Paragraph) -> None:
    properties: Any = paragraph._p.get_or_add_pPr()
    borders = parts.OxmlElement("w:pBdr")
    line = parts.OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "4"), ("space", "6"), ("color", _INK)):
        line.set(parts.qn(f"w:{key}"), value)
    borders.append(line)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _lines_of_checks(items: tuple[b.Check, ...]) -> list[tuple[b.Check, ...]]:
    """Divide into lines by the estimated width of the words; Word itself cannot be asked."""
    lines: list[tuple[b.Check, ...]] = []
    used = 0.0
    for item in items:
        wanted = 8.0 + len(item.text) * 1.8
        if not lines or used + wanted > b.TEXT_WIDTH_MM:
            lines.append(())
            used = 0.0
        lines[-1] += (item,)
        used += wanted
    return lines
