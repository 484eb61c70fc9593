"""What python-docx has no words for: a clean package, our styles, exact tables, borders and counting fields.

Widths are twentieths of a point, the unit of the file format (ISO/IEC 29500-1, §17.18.87).
"""

# The library's types end where its XML elements begin, and its public names do not reach widths and borders.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from shelterdesk.documents.blocks import MARGIN_MM, PAGE_HEIGHT_MM, PAGE_WIDTH_MM, TEXT_WIDTH_MM, Document, Side

FACE = "Noto Sans"
FALLBACK = "Segoe UI"
TEXT_WIDTH = round(TEXT_WIDTH_MM / 25.4 * 1440)
INK = RGBColor(0, 0, 0)
QUIET = RGBColor(0x44, 0x44, 0x44)
ALIGN = {
    Side.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Side.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Side.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
}

_LANGUAGES = {"az": "az-Latn-AZ", "en": "en-GB", "ru": "ru-RU"}
_KEPT = (
    "/officeDocument",
    "/core-properties",
    "/styles",
    "/settings",
    "/fontTable",
    "/theme",
    "/numbering",
    "/footer",
    "/image",
)
# Characters XML 1.0 cannot hold; pasted text sometimes carries them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Marks of the sittings in which the library's template was once edited.
_REVISION_MARK = re.compile(rb'<w:rsid w:val="[^"]*"/>| w:rsid\w*="[^"]*"')
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def new_word_document(document: Document) -> WordDocument:
    """Return an empty A4 document with our styles and without the library's own traces."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH_MM), Mm(PAGE_HEIGHT_MM)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(18.0), Mm(24.0)
    section.header_distance, section.footer_distance = Mm(10.0), Mm(9.5)
    _set_styles(word, document)
    _set_properties(word, document)
    _set_settings(word)
    _set_fallback(word)
    return word


def package_bytes(word: WordDocument) -> bytes:
    """Return the finished file: the same document gives the same bytes, without thumbnail or template parts."""
    holders: list[Any] = [word.part, word.part.package]
    for part in holders:
        for number, relation in list(part.rels.items()):
            if not relation.reltype.endswith(_KEPT):
                del part.rels[number]
    raw = io.BytesIO()
    word.save(raw)
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        # Some readers expect the list of content types first.
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            content = source.read(name)
            target.writestr(entry, _REVISION_MARK.sub(b"", content) if name.endswith(".xml") else content)
    return packed.getvalue()


def _set_properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title = document.file_name
    properties.language = _LANGUAGES.get(document.language, document.language)
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = _EPOCH
    properties.revision = 1


def _set_settings(word: WordDocument) -> None:
    settings: Any = word.settings.element
    for name in ("w:rsids", "w:savePreviewPicture", "w14:docId", "w:shapeDefaults", "w:proofState", "w:zoom"):
        found = settings.find(qn(name)) if not name.startswith("w14") else None
        if found is not None:
            settings.remove(found)
    for child in list(settings):
        if child.tag.endswith("}docId"):
            settings.remove(child)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _set_fallback(word: WordDocument) -> None:
    """Name the face to take where Noto Sans is not installed."""
    for relation in word.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            part: Any = relation.target_part
            end = b"</w:fonts>"
            entry = (
                f'<w:font w:name="{FACE}"><w:altName w:val="{FALLBACK}"/><w:charset w:val="00"/>'
                f'<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
            )
            part._blob = part.blob.replace(end, entry.encode() + end)


def _set_styles(word: WordDocument, document: Document) -> None:
    size = document.size_pt
    language = _LANGUAGES.get(document.language, document.language)
    normal = word.styles["Normal"]
    defaults: Any = word.styles.element.find(qn("w:docDefaults"))
    for fonts in defaults.iter(qn("w:rFonts")):
        _set_face(fonts)
    for lang in defaults.iter(qn("w:lang")):
        for attribute in ("w:val", "w:eastAsia"):
            lang.set(qn(attribute), language)
    _style(normal, size, after=0.0)
    _style(word.styles["Title"], 26.0 if document.roomy else 22.0, bold=True, after=2.0)
    _style(word.styles["Subtitle"], size, grey=True, after=8.0)
    _style(word.styles["Heading 1"], 16.0, bold=True, before=18.0, after=4.0, keep=True)
    _style(word.styles["Heading 2"], size + 2.0, bold=True, before=16.0, after=4.0, keep=True)
    _style(word.styles["Heading 3"], size, bold=True, before=12.0, after=3.0, keep=True)
    _style(word.styles["Caption"], 9.0, grey=True, before=4.0, after=6.0)
    _style(word.styles["Footer"], 9.0, grey=True)
    for name, points, bold, grey in (
        ("Label", 8.0, False, True),
        ("Strong label", 8.0, True, False),
        ("Small text", 9.0, False, True),
        ("Boxed text", size + (1.0 if document.roomy else 0.5), True, False),
    ):
        made: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = normal
        _style(made, points, bold=bold, grey=grey)


def _style(
    style: Any, points: float, *, bold: bool = False, grey: bool = False, before: float = 0.0, after: float = 0.0,
    keep: bool = False,
) -> None:  # fmt: skip
    """Give *style* our looks and nothing else: borders, colours and faces of the library's template go."""
    element = style.element
    for name in ("w:rPr", "w:pPr"):
        old = element.find(qn(name))
        if old is not None:
            element.remove(old)
    style.font.size = Pt(points)
    style.font.bold = bold
    style.font.color.rgb = QUIET if grey else INK
    _set_face(element.get_or_add_rPr().get_or_add_rFonts())
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.0
    style.paragraph_format.keep_with_next = keep
    style.paragraph_format.widow_control = True


def _set_face(fonts: Any) -> None:
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FACE)


def make_table(parent: Any, rows: int, widths: Iterable[int]) -> Table:
    """Add a table of fixed *widths* without lines; what is wider wraps instead of moving the columns."""
    exact = list(widths)
    table: Table = parent.add_table(rows=rows, cols=len(exact))
    properties: Any = table._tbl.tblPr
    for old in list(properties):
        properties.remove(old)
    _append(properties, "w:tblW", type="dxa", w=sum(exact))
    _append(properties, "w:tblLayout", type="fixed")
    margins = _append(properties, "w:tblCellMar")
    for side in ("w:left", "w:right"):
        _append(margins, side, w=0, type="dxa")
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, exact, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, exact, strict=True):
            size = cell.get_or_add_tcPr().get_or_add_tcW()
            size.set(qn("w:w"), str(width))
            size.set(qn("w:type"), "dxa")
    return table


def set_lines(cell: _Cell, **sides: tuple[float, str]) -> None:
    """Draw lines of (points, colour) at *sides*: top, bottom, left, right."""
    properties: Any = cell._tc.get_or_add_tcPr()
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        _insert_in_order(properties, borders)
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            points, colour = sides[side]
            _append(borders, f"w:{side}", val="single", sz=max(2, round(points * 8)), space=0, color=colour)


def set_padding(cell: _Cell, **points: float) -> None:
    """Set air inside the cell at top, left, bottom, right."""
    margins = OxmlElement("w:tcMar")
    for side in ("top", "left", "bottom", "right"):
        if side in points:
            _append(margins, f"w:{side}", w=round(points[side] * 20), type="dxa")
    _insert_in_order(cell._tc.get_or_add_tcPr(), margins)


_CELL_ORDER = (
    "tcW",
    "gridSpan",
    "vMerge",
    "tcBorders",
    "shd",
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
)


def _insert_in_order(properties: Any, element: Any) -> None:
    """Insert where the schema wants it; Word refuses cells whose properties stand in another order."""
    place = _CELL_ORDER.index(element.tag.rpartition("}")[2])
    for index, child in enumerate(properties):
        name = child.tag.rpartition("}")[2]
        if name in _CELL_ORDER and _CELL_ORDER.index(name) > place:
            properties.insert(index, element)
            return
    properties.append(element)


def set_row(row: Any, *, height: float = 0.0, header: bool = False) -> None:
    """Keep the row whole; *height* is its least in points; a header stands again on every page."""
    properties = row._tr.get_or_add_trPr()
    _append(properties, "w:cantSplit")
    if height:
        _append(properties, "w:trHeight", val=round(height * 20), hRule="atLeast")
    if header:
        _append(properties, "w:tblHeader")


def add_field(paragraph: Paragraph, instruction: str, *, bold: bool = False) -> None:
    """Add a field the reader's program counts itself, such as PAGE."""
    for kind in ("begin", "instruction", "separate", "result", "end"):
        run = paragraph.add_run()
        run.bold = bold
        if kind == "instruction":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._r.append(code)
        elif kind == "result":
            run.text = "1"
        else:
            _append(run._r, "w:fldChar", fldCharType=kind)


def set_alt(shape: Any, alt: str) -> None:
    """Say in words what a picture shows, and keep it free of the air that some programs add around pictures."""
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")
    described = shape._inline.docPr
    described.set("descr", clean(alt))
    described.set("name", "")


def _append(parent: Any, name: str, **attributes: object) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    parent.append(element)
    return element
