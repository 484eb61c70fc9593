from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter

from shelterdesk.documents import blocks as b
from shelterdesk.documents.plan import plan_for_the_file
from shelterdesk.documents.recovery_sheet import recovery_sheet
from shelterdesk.documents.sheet_for_her import her_sheet
from shelterdesk.documents.tonight import TonightRow, tonight_list
from tests.papers import empty_plan, example_plan, long_plan
from ui.printing.pages import DocumentPages, pdf_bytes, print_document, write_pdf
from ui.printing.pieces import BODY_HEIGHT
from ui.printing.typesetting import MM, Type, Words

pytestmark = pytest.mark.usefixtures("qapp")


def read(document: b.Document) -> PdfReader:
    return PdfReader(io.BytesIO(pdf_bytes(document)))


def text_of(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def paper(*blocks: b.Block) -> b.Document:
    return b.Document(title="Paper", language="en", file_name="paper", blocks=blocks, foot=b.Foot(page_numbers=True))


def dark_rows(image: QImage, left_mm: float, right_mm: float) -> list[float]:
    """Millimetres from the top where the whole strip is dark: the rules of the page."""
    scale = image.width() / 210
    columns = range(round(left_mm * scale), round(right_mm * scale), 3)
    rows = [y for y in range(image.height()) if all(image.pixelColor(x, y).lightness() < 120 for x in columns)]
    return [y / scale for index, y in enumerate(rows) if index == 0 or rows[index - 1] != y - 1]


def test_the_plan_for_the_file_is_one_page_with_everything_on_it() -> None:
    (page,) = text_of(read(plan_for_the_file(example_plan(), "en")))
    for words in (
        "Plan for the file", "R-2026-014", "Eight talks with Nigar", "Rəşad T.", "12 December 2026", "Page 1 of 1",
        "Appointment on Thursday 19 November at 10:00. We leave together at 09:15.", "I was offered a sheet",
        "Interpreter, if any", "Confidential", "printed 17 November 2026",
    ):  # fmt: skip
        assert words in page, words


def test_rules_stand_where_the_design_has_them() -> None:
    plan = DocumentPages(plan_for_the_file(example_plan(), "en")).image(1, 1240)
    rules = dark_rows(plan, 21, 65)
    for wanted in (37.1, 60.2, 75.6, 95.5, 113.2, 139.4, 157.0, 170.1, 187.5, 205.1, 259.1, 276.9):
        assert min(abs(rule - wanted) for rule in rules) < 0.6, wanted
    hers = dark_rows(DocumentPages(her_sheet(example_plan(), "en")).image(1, 1240), 22, 70)
    for wanted in (31.2, 46.4, 63.3, 86.1, 105.3, 133.9, 153.0, 167.0, 185.9, 205.1, 276.9):
        assert min(abs(rule - wanted) for rule in hers) < 0.8, wanted


def test_her_sheet_on_paper_tells_nothing() -> None:
    reader = read(her_sheet(example_plan(), "en"))
    (page,) = text_of(reader)
    assert "Make a call I look forward to" in page
    for secret in ("R-2026", "Leyla", "sister", "10:00", "onfidential", "eintegration", "Page 1"):
        assert secret not in page


def test_the_file_names_nobody_and_brings_its_fonts() -> None:
    document = her_sheet(example_plan(), "en")
    data = pdf_bytes(document)
    reader = PdfReader(io.BytesIO(data))
    assert reader.metadata is not None
    assert reader.metadata.title == "my-plan"
    assert not reader.metadata.author
    assert not reader.metadata.creator
    assert b"ShelterDesk" not in data
    fonts = reader.pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "NotoSans" in descendant["/BaseFont"]
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object()


def test_letters_of_all_three_languages_can_be_read_back() -> None:
    said = "Şəxsiyyət vəsiqəsi, ığır; Гюльнара, ёлка, щука; naïve – «ok»"
    assert said in text_of(read(paper(b.Paragraph(said))))[0]


def test_an_empty_plan_is_one_page() -> None:
    (page,) = text_of(read(plan_for_the_file(empty_plan(), "en")))
    assert "No goals have been agreed yet." in page
    (page,) = text_of(read(her_sheet(empty_plan(), "en")))
    assert "There is room below for what I want." in page


def test_sixty_rows_repeat_their_head_and_none_is_torn_or_lost() -> None:
    rows = [TonightRow(f"Qonaq{number:02}", f"Room {number // 3}") for number in range(60)]
    pages = text_of(read(tonight_list(rows, date(2026, 11, 21), "en")))
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of 3" in page
        assert page.count("Note by hand") == 1
        assert "destroy at handover" in page
    assert re.findall(r"Qonaq\d\d", " ".join(pages)) == [row.short_name for row in rows]


def test_a_very_long_plan_loses_nothing() -> None:
    plan = long_plan()
    pages = text_of(read(plan_for_the_file(plan, "en")))
    whole = " ".join(pages)
    assert [int(n) for n in re.findall(r"Addım (\d+):", whole)] == list(range(30))
    assert "".join(whole.split()).count("любуюминуту.") == 40 + 1 + 2
    assert all("My next steps" in page for page in pages)
    assert "Interpreter, if any" in pages[-1]


def test_nothing_is_drawn_below_the_foot_line_or_twice_in_one_place() -> None:
    pages = DocumentPages(plan_for_the_file(long_plan(), "az"))
    for page in pages._pages:
        previous = 0.0
        for placed in page:
            assert placed.top >= previous - 0.01
            previous = placed.top + placed.piece.height
            assert previous <= 20 * MM + BODY_HEIGHT + 0.01


def test_a_goal_stays_together_when_it_fits_on_one_page() -> None:
    goal = b.Goal("Goal", "Words", tuple(b.Step(f"Step {n}", "1 May") for n in range(6)))
    table = b.GoalTable(("Goal", "Steps", "By"), tuple(b.Goal(f"{goal.title} {n}", "", goal.steps) for n in range(9)))
    for page in text_of(read(paper(table))):
        assert page.count("Step 0") == page.count("Step 5")


def test_a_group_is_never_the_last_line_of_a_page() -> None:
    rows: list[b.Row] = []
    for number in range(60):
        rows += [b.Row((f"Group {number}", ""), b.RowKind.GROUP), b.Row((f"Measure {number}", "7"))]
    table = b.Table((b.Column("Measure", 3), b.Column("October", 1, b.Side.RIGHT)), tuple(rows))
    for page in text_of(read(paper(table))):
        assert re.findall(r"Group (\d+)", page) == re.findall(r"Measure (\d+)", page)


def test_long_words_and_long_paragraphs_stay_inside() -> None:
    words = Words("x" * 400, Type(10.5), 50 * MM)
    assert words.natural_width <= 50 * MM
    assert "".join(part.source for part in words.pieces(3)) == "x" * 400
    pages = text_of(read(paper(b.Paragraph("Satır mətni. " * 900))))
    assert sum(page.count("mətni.") for page in pages) == 900
    assert len(pages) > 1


def test_a_page_break_begins_a_page() -> None:
    first, second = text_of(read(paper(b.Paragraph("before"), b.PageBreak(), b.Heading("After"), b.Spacer(4))))
    assert "before" in first
    assert "After" in second


def test_the_recovery_code_can_be_copied_group_by_group() -> None:
    groups = ["K7QM4", "A2XW9", "PB6TD", "ZN35C", "H8RJ1", "VE4YS"]
    (page,) = text_of(read(recovery_sheet(groups, "desk-7F3A", "3F2A 91C0", "en")))
    for words in (*groups, "desk-7F3A", "Kept at", "Printed by", "Date", "Used once? Print a new one."):
        assert words in page


def test_a_picture_keeps_its_shape_and_its_caption(qapp: object) -> None:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(0xFF0000)
    store = QBuffer()
    store.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(store, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    picture = b.Picture(bytes(store.data().data()), "red", 100.0, caption="Beds used")
    page = DocumentPages(paper(picture)).image(1, 840)
    red = [y for y in range(page.height()) if page.pixelColor(300, y).red() > 200 > page.pixelColor(300, y).green()]
    assert len(red) / 4 == pytest.approx(50, abs=1)
    assert "Beds used" in text_of(read(paper(picture)))[0]


def test_pages_look_the_same_on_the_screen_as_on_paper() -> None:
    pages = DocumentPages(her_sheet(example_plan(), "en"))
    small, large = pages.image(1, 620), pages.image(1, 620, ratio=2.0)
    assert (small.width(), small.height()) == (620, 877)
    assert (large.width(), large.height(), large.devicePixelRatio()) == (1240, 1754, 2.0)
    assert [round(y, 0) for y in dark_rows(large, 22, 70)][:2] == [31.0, 46.0]


def test_writing_says_when_the_place_does_not_take_it(tmp_path: Path) -> None:
    document = her_sheet(empty_plan(), "en")
    with pytest.raises(OSError, match="missing"):
        write_pdf(document, tmp_path / "missing" / "my-plan.pdf")
    write_pdf(document, tmp_path / "my-plan.pdf")
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["my-plan.pdf"]


def test_printing_keeps_the_chosen_pages_and_a_neutral_name(tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setFromTo(2, 3)
    print_document(plan_for_the_file(long_plan(), "en"), printer)
    assert printer.docName() == "Document"
    reader = PdfReader(tmp_path / "out.pdf")
    assert len(reader.pages) == 2
    assert "Page 2 of" in text_of(reader)[0]
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (float(width), float(height)) == pytest.approx((595, 842), abs=1)
