"""Documents as Word files (ISO/IEC 29500) that look like our pages and carry nothing but their text."""

# The library's types end where its XML elements begin, and its public names do not reach widths and borders.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import IO, Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from shelterdesk.documents import blocks as b
from shelterdesk.documents import word_parts as parts
from shelterdesk.documents.word_rows import LINE_INK, LINE_WRITING, MIDDLE, Rows, fill, thin


def write_docx(document: b.Document, stream: IO[bytes]) -> None:
    """Write *document* as .docx. The same document gives the same bytes."""
    stream.write(docx_bytes(document))


def docx_bytes(document: b.Document) -> bytes:
    return parts.package_bytes(_Writer(document, parts.new_word_document(document)).write())


@dataclass
class _Writer:
    document: b.Document
    word: WordDocument
    rows: Rows = field(init=False)

    def __post_init__(self) -> None:
        self.rows = Rows(self.document, self.word)

    def write(self) -> WordDocument:
        self._head()
        for block in self.document.blocks:
            self._block(block)
        # A document may not end with a table.
        self.rows.air(0.4)
        self._foot()
        return self.word

    def _block(self, block: b.Block) -> None:  # noqa: C901 - one line for each kind of block
        match block:
            case b.Heading():
                self.rows.paragraph(block.text, f"Heading {min(3, max(1, block.level))}")
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
                self.rows.table(block)
            case b.GoalTable():
                self.rows.goals(block)
            case b.Picture():
                self._picture(block)
            case b.CodeGroups():
                self._code_groups(block)
            case b.Spacer():
                self.rows.air(block.mm)
            case b.PageBreak():
                self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _head(self) -> None:
        document = self.document
        key_width = round(39.0 / 25.4 * 1440) if document.key or document.corner else 0
        if not key_width:
            self.rows.paragraph(document.title, "Title")
            if document.subtitle:
                self.rows.paragraph(document.subtitle, "Subtitle")
            self._rule()
            return
        table = parts.make_table(self.word, 1, (parts.TEXT_WIDTH - key_width, key_width))
        left, right = table.rows[0].cells
        fill(left, document.title, "Title")
        if document.subtitle:
            left.add_paragraph(parts.clean(document.subtitle), "Subtitle").paragraph_format.space_after = Pt(0)
        if document.key:
            fill(right, document.key.label, "Label").paragraph_format.space_before = Pt(5)
            value = right.add_paragraph(parts.clean(document.key.value), "Boxed text")
            value.runs[0].font.size = Pt(12.5)
            parts.set_padding(right, left=9, right=9)
            line = (1.0, LINE_INK)
            parts.set_lines(right, top=line, left=line, bottom=line, right=line)
        else:
            paragraph = fill(right, document.corner, "Normal", b.Side.RIGHT)
            paragraph.runs[0].font.color.rgb = parts.QUIET
            paragraph.paragraph_format.space_after = Pt(4)
            right.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        self._rule()

    def _rule(self) -> None:
        """The line below the head: an empty row's lower edge, so that it is as wide as the text."""
        table = parts.make_table(self.word, 1, (parts.TEXT_WIDTH,))
        cell = table.rows[0].cells[0]
        thin(cell.paragraphs[0])
        cell.paragraphs[0].paragraph_format.line_spacing = Pt(6)
        parts.set_lines(cell, bottom=(1.5 if self.document.roomy else 1.0, LINE_INK))

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

    def _text(self, block: b.Paragraph) -> None:
        paragraph = self.rows.paragraph(block.text, "Small text" if block.tone is b.Tone.SMALL else "Normal")
        paragraph.paragraph_format.space_before = Pt(12)
        for run in paragraph.runs:
            run.bold = block.tone is b.Tone.STRONG or None
            if block.tone is b.Tone.MUTED:
                run.font.color.rgb = parts.QUIET

    def _labelled_row(self, block: b.LabelledRow) -> None:
        self.rows.air(1.2)
        weights = tuple(float(max(len(label) * 0.8, len(value)) + 8) for label, value in block.pairs)
        table = parts.make_table(self.word, 1, b.shares_to_widths(weights, parts.TEXT_WIDTH))
        for cell, (label, value) in zip(table.rows[0].cells, block.pairs, strict=True):
            fill(cell, label, "Label")
            cell.add_paragraph(parts.clean(value), "Normal")

    def _aside(self, block: b.Aside) -> None:
        labels = [x.label for x in self.document.blocks if isinstance(x, b.Aside)]
        share = min(60.0, max(31.7, max(map(len, labels)) * 1.6 + (8.0 if self.document.roomy else 4.5)))
        self.rows.air(3.2)
        table = parts.make_table(self.word, 1, b.shares_to_widths((share, 170.0 - share), parts.TEXT_WIDTH))
        label, words = table.rows[0].cells
        fill(label, block.label, "Strong label")
        label.paragraphs[0].paragraph_format.space_before = Pt(2.6)
        fill(words, block.text, "Normal")

    def _boxed(self, block: b.Boxed) -> None:
        self.rows.air(3.6)
        table = parts.make_table(self.word, 1, (parts.TEXT_WIDTH,))
        cell = table.rows[0].cells[0]
        fill(cell, block.label, "Strong label")
        words = cell.add_paragraph(parts.clean(block.text), "Boxed text")
        words.paragraph_format.space_before = Pt(4)
        parts.set_padding(cell, top=7, left=9, bottom=8, right=9)
        line = (1.0, LINE_INK)
        parts.set_lines(cell, top=line, left=line, bottom=line, right=line)

    def _checks(self, block: b.Checks) -> None:
        self.rows.air(4.0)
        if block.stacked:
            table = parts.make_table(self.word, len(block.items), b.shares_to_widths((8.0, 162.0), parts.TEXT_WIDTH))
            for row, item in zip(table.rows, block.items, strict=True):
                parts.set_row(row, height=24)
                self.rows.tick(row.cells[0], ticked=item.ticked)
                fill(row.cells[1], item.text, "Normal")
                row.cells[0].vertical_alignment = row.cells[1].vertical_alignment = MIDDLE
            return
        for line in _lines_of_checks(block.items):
            shares = tuple(x for item in line for x in (8.0, 4.0 + len(item.text) * 1.8))
            table = parts.make_table(self.word, 1, b.shares_to_widths(shares, parts.TEXT_WIDTH))
            cells = table.rows[0].cells
            for index, item in enumerate(line):
                self.rows.tick(cells[2 * index], ticked=item.ticked)
                fill(cells[2 * index + 1], item.text, "Normal")
                cells[2 * index].vertical_alignment = cells[2 * index + 1].vertical_alignment = MIDDLE
            self.rows.air(1.0)

    def _ruled(self, block: b.Ruled) -> None:
        self.rows.air(3.0)
        if block.label:
            self.rows.paragraph(block.label, "Strong label").paragraph_format.keep_with_next = True
        table = parts.make_table(self.word, block.lines, (parts.TEXT_WIDTH,))
        height = (7.4 if self.document.roomy else 6.86) * 72 / 25.4
        for row in table.rows:
            parts.set_row(row, height=height)
            parts.set_lines(row.cells[0], bottom=(0.5, LINE_WRITING))
            thin(row.cells[0].paragraphs[0])

    def _fields(self, fields: tuple[b.Field, ...], *, signing: bool) -> None:
        self.rows.air(12.0 if signing else 3.0)
        shares: list[float] = []
        room, gap = 170.0 - 4.2 * (len(fields) - 1), 4.2
        whole = sum(entry.share for entry in fields)
        for index, entry in enumerate(fields):
            shares += [gap] if index else []
            shares.append(entry.share / whole * room)
        table = parts.make_table(self.word, 2, b.shares_to_widths(tuple(shares), parts.TEXT_WIDTH))
        labels, lines = (table.rows[1], table.rows[0]) if signing else (table.rows[0], table.rows[1])
        parts.set_row(lines, height=18)
        for index, entry in enumerate(fields):
            fill(labels.cells[2 * index], entry.label, "Label")
            line = lines.cells[2 * index]
            fill(line, entry.value, "Normal")
            parts.set_lines(line, bottom=(0.5, LINE_INK))
            line.paragraphs[0].paragraph_format.keep_with_next = True

    def _picture(self, block: b.Picture) -> None:
        paragraph = self.word.add_paragraph()
        paragraph.alignment = parts.ALIGN[block.side]
        paragraph.paragraph_format.space_before = Pt(12)
        paragraph.paragraph_format.keep_with_next = bool(block.caption)
        width = min(block.width_mm, b.TEXT_WIDTH_MM)
        shape = paragraph.add_run().add_picture(io.BytesIO(block.png), width=Mm(width))
        parts.set_alt(shape, block.alt)
        if block.caption:
            self.rows.paragraph(block.caption, "Caption").alignment = parts.ALIGN[block.side]

    def _code_groups(self, block: b.CodeGroups) -> None:
        self.rows.air(4.0)
        self.rows.paragraph(block.label, "Label").paragraph_format.keep_with_next = True
        line = (0.75, LINE_INK)
        for start in range(0, len(block.groups), block.columns):
            groups = block.groups[start : start + block.columns]
            shares = tuple(x for i in range(block.columns) for x in ((3.0, 40.0) if i else (40.0,)))
            table = parts.make_table(self.word, 1, b.shares_to_widths(shares, parts.TEXT_WIDTH))
            parts.set_row(table.rows[0], height=31)
            for index, group in enumerate(groups):
                cell = table.rows[0].cells[2 * index]
                run = fill(cell, group, "Normal", b.Side.CENTRE).runs[0]
                run.bold, run.font.size = True, Pt(14)
                cell.vertical_alignment = MIDDLE
                parts.set_lines(cell, top=line, left=line, bottom=line, right=line)
            self.rows.air(2.2)


def _top_line(paragraph: Paragraph) -> None:
    properties: Any = paragraph._p.get_or_add_pPr()
    borders = parts.OxmlElement("w:pBdr")
    line = parts.OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "4"), ("space", "6"), ("color", LINE_INK)):
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
