from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from shelterdesk.documents import blocks as b
from shelterdesk.documents.plan import plan_for_the_file
from shelterdesk.documents.recovery_sheet import recovery_sheet
from shelterdesk.documents.sheet_for_her import her_sheet
from shelterdesk.documents.word import docx_bytes, write_docx
from tests.papers import empty_plan, example_plan, long_plan

TEXT_WIDTH = 9638


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def all_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(n).decode() for n in package.namelist() if n.startswith("word/") and n.endswith(".xml")]
    return "\n".join(re.sub(r"<[^>]+>", "\n", part) for part in parts)


def paper(*blocks: b.Block, language: str = "en") -> b.Document:
    return b.Document(title="Paper", language=language, file_name="paper", blocks=blocks)


@pytest.mark.parametrize("make", [plan_for_the_file, her_sheet])
@pytest.mark.parametrize("plan", [example_plan(), empty_plan(), long_plan()], ids=["usual", "empty", "long"])
def test_every_table_has_columns_that_add_up_to_the_text_width(make, plan) -> None:
    for table in opened(docx_bytes(make(plan, "az"))).tables:
        assert sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst) == TEXT_WIDTH


def test_the_goal_table_repeats_its_head_and_keeps_rows_whole() -> None:
    tables = opened(docx_bytes(plan_for_the_file(example_plan(), "en"))).tables
    goals = next(table for table in tables if table.rows[0].cells[0].text == "My goal")
    assert goals.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in goals.rows)
    assert [cell.text for cell in goals.rows[1].cells] == [
        "Feeling settled\nI feel at ease where I live", "", "I know whom to call", "4 October", "Leyla A.",
    ]  # fmt: skip
    assert goals.rows[2].cells[0]._tc is goals.rows[1].cells[0]._tc
    assert len(goals.rows) == 13


def test_boxes_are_pictures_with_words_for_screen_readers() -> None:
    document = opened(docx_bytes(plan_for_the_file(example_plan(), "en")))
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert alts.count("ticked box") == 4
    assert alts.count("empty box") == 12
    assert all(abs(shape.height.mm - 5.3) < 0.05 for shape in document.inline_shapes)


def test_pages_are_counted_by_fields_in_the_footer() -> None:
    footer = opened(docx_bytes(plan_for_the_file(example_plan(), "en"))).sections[0].footer
    xml = footer._element.xml
    assert re.findall(r"instrText[^>]*> (\w+) <", xml) == ["PAGE", "NUMPAGES"]
    assert "Page 1 of 1" in footer.paragraphs[0].text
    hers = opened(docx_bytes(her_sheet(example_plan(), "en"))).sections[0].footer
    assert "instrText" not in hers._element.xml


def test_the_page_is_a4_with_margins_of_20_mm() -> None:
    section = opened(docx_bytes(paper())).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round(section.left_margin.mm) == round(section.right_margin.mm) == 20


def test_nothing_but_a_neutral_title_stands_in_the_properties() -> None:
    data = docx_bytes(her_sheet(example_plan(), "en"))
    properties = opened(data).core_properties
    assert properties.title == "my-plan"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        whole = b"".join(package.read(name) for name in names)
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or name.endswith("app.xml")]
    assert b"python-docx" not in whole
    assert b"rsid" not in whole
    assert names[0] == "[Content_Types].xml"


def test_nothing_in_the_file_of_her_sheet_names_staff_or_code() -> None:
    said = all_text(docx_bytes(her_sheet(example_plan(), "en")))
    assert "Try-out week" in said
    for secret in ("R-2026-014", "Leyla", "sister", "onfidential", "eintegration", "10:00"):
        assert secret not in said


def test_the_same_document_gives_the_same_bytes() -> None:
    document = plan_for_the_file(example_plan(), "ru")
    assert docx_bytes(document) == docx_bytes(document)


def test_letters_of_all_three_languages_and_forbidden_signs() -> None:
    stream = io.BytesIO()
    write_docx(paper(b.Paragraph("Şəxsiyyət vəsiqəsi, Гюльнара\x0b\x00 & <b>"), language="az"), stream)
    document = opened(stream.getvalue())
    assert "Şəxsiyyət vəsiqəsi, Гюльнара & <b>" in [p.text for p in document.paragraphs]
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:ascii")) == "Noto Sans"
    assert document.core_properties.language == "az-Latn-AZ"


def test_tables_know_groups_sums_and_sides() -> None:
    table = b.Table(
        (b.Column("Measure", 3), b.Column("October", 1, b.Side.RIGHT)),
        (
            b.Row(("People", ""), b.RowKind.GROUP),
            b.Row(("Arrived", "<5")),
            b.Row(("of them again", "hidden"), b.RowKind.INDENT),
            b.Row(("Here on the last day", "11"), b.RowKind.SUM),
        ),
    )
    made = next(t for t in opened(docx_bytes(paper(table))).tables if t.rows[0].cells[0].text == "Measure")
    assert [row.cells[1].text for row in made.rows] == ["October", "", "<5", "hidden", "11"]
    assert made.rows[1].cells[0].paragraphs[0].runs[0].bold
    assert made.rows[1].cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert made.rows[2].cells[1].paragraphs[0].alignment == 2
    assert made.rows[4].cells[1].paragraphs[0].runs[0].bold


def test_pictures_keep_their_alt_text_and_the_code_its_groups() -> None:
    document = opened(docx_bytes(recovery_sheet(["K7QM4", "A2XW9", "PB6TD"], "desk-7F3A", "3F2A", "en")))
    assert "The recovery code as a square to scan" in [s._inline.docPr.get("descr") for s in document.inline_shapes]
    assert [c.text for t in document.tables for c in t.rows[0].cells if c.text in {"K7QM4", "A2XW9", "PB6TD"}] == [
        "K7QM4",
        "A2XW9",
        "PB6TD",
    ]


def test_all_other_blocks_reach_the_file() -> None:
    data = docx_bytes(
        paper(
            b.Heading("Head", 1),
            b.Paragraph("Quiet", b.Tone.MUTED),
            b.Aside("Label", "Beside"),
            b.Checks((b.Check("One"), b.Check("Two", ticked=True)), stacked=True),
            b.FieldRow((b.Field("Kept at", value="Safe"),)),
            b.PageBreak(),
            b.Spacer(5),
            b.Ruled(2, "Notes"),
        )
    )
    said = all_text(data)
    for word in ("Head", "Quiet", "Beside", "One", "Two", "Kept at", "Safe", "Notes"):
        assert word in said
    assert opened(data).element.body[-2].tag == qn("w:p")
