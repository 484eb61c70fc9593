"""The summary page and its way out, with invented people."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import msoffcrypto
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import everything
from shelterdesk.desk import Desk
from shelterdesk.exchange.standard_exports import What
from shelterdesk.sample import create_demo
from shelterdesk.schema import log_reading
from shelterdesk.vault import KdfCost
from tests.desks import Clock, at_another_computer
from ui import theme
from ui.dialogs.export_everything import ExportEverythingDialog
from ui.dialogs.export_summary import ExportDialog
from ui.dialogs.export_tables import ExportTablesDialog
from ui.pages.summaries.page import SummariesPage
from ui.place import Place
from ui.seat import Seat


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A house of invented people, counted by every test of this module."""
    with at_another_computer(tmp_path_factory):
        folder = tmp_path_factory.mktemp("demo") / "desk-0DE0.vault"
        desk, _passphrase = create_demo(folder, residents=30, months=13, cost=KdfCost.for_tests(), clock=Clock())
    yield desk
    desk.close()


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, demo: Desk) -> Iterator[SummariesPage]:
    """The page with October counted."""
    theme.apply(qapp, "light")
    seat = Seat(demo)
    made = SummariesPage(seat)
    qtbot.addWidget(made)
    made.resize(1158, 690)
    made.show()
    made.show_place(Place("summaries"))
    qtbot.waitUntil(lambda: made.summary is not None, timeout=20_000)
    yield made
    seat.close()
    qtbot.wait(50)


def dialog_of(page: SummariesPage) -> ExportDialog:
    """Return the export dialog that is open."""
    found = [one for one in page.window().findChildren(ExportDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_the_month_that_is_over_is_shown_first_and_adds_up(page: SummariesPage) -> None:
    assert page.summary is not None
    assert page.summary.period.id == "2026-10"
    first, plus, minus, last = (
        int(page.summary.rows()[one].figures[0].value or 0) for one in ("here_first", "arrived", "left", "here_last")
    )
    assert first + plus - minus == last
    assert page.sum.text() == f"{first} + {plus} − {minus} = {last}"


def test_going_back_counts_the_month_before(qtbot: QtBot, page: SummariesPage) -> None:
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.summary is not None and page.summary.period.id == "2026-09", timeout=20_000)
    assert page.chooser.currentText() == "September 2026"


def test_a_quarter_is_counted_as_one_period(qtbot: QtBot, page: SummariesPage) -> None:
    qtbot.mouseClick(page.length.buttons()[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.summary is not None and page.summary.period.length == "quarter", timeout=20_000)


def test_definitions_are_one_click_away(qtbot: QtBot, page: SummariesPage) -> None:
    assert page.definitions.isHidden()
    qtbot.mouseClick(page.what, Qt.MouseButton.LeftButton)
    assert page.definitions.isVisible()


def test_exact_figures_need_a_name(qtbot: QtBot, page: SummariesPage) -> None:
    qtbot.mouseClick(page.strip.whom.buttons()[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.strip.go, Qt.MouseButton.LeftButton)
    assert "who receives" in page.strip.problem.text()
    assert not [one for one in page.window().findChildren(ExportDialog) if one.isVisible()]


def test_a_word_file_is_locked_marked_and_logged(qtbot: QtBot, page: SummariesPage, demo: Desk, tmp_path: Path) -> None:
    qtbot.mouseClick(page.strip.whom.buttons()[0], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.strip.recipient, "Ministry, agreement 12")
    qtbot.mouseClick(page.strip.go, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page)
    qtbot.keyClicks(dialog.why, "monthly report")
    assert dialog.password is not None
    password = dialog.password
    target = tmp_path / "summary.docx"
    assert dialog.save(target)
    dialog.close()
    with target.open("rb") as stream:
        office = msoffcrypto.OfficeFile(stream)
        assert office.is_encrypted()
        office.load_key(password=password)
        opened = io.BytesIO()
        office.decrypt(opened)
    words = "\n".join(paragraph.text for paragraph in docx.Document(opened).paragraphs)
    assert "Ministry, agreement 12" in words
    with demo.read() as db:
        row = log_reading.logged(db, limit=1)[0]
    assert row.act == "export"
    assert {change.after for change in row.changes} >= {"Ministry, agreement 12", "monthly report", "docx"}


def test_anyone_else_gets_covered_figures_in_pdf_without_a_password(
    qtbot: QtBot, page: SummariesPage, tmp_path: Path
) -> None:
    qtbot.mouseClick(page.strip.form.buttons()[2], Qt.MouseButton.LeftButton)
    assert not page.strip.password.isEnabled()
    qtbot.mouseClick(page.strip.go, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page)
    target = tmp_path / "summary.pdf"
    assert dialog.save(target)
    words = "".join(one.extract_text() for one in pypdf.PdfReader(target).pages)
    assert "hidden" in words


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_logged(
    qtbot: QtBot, page: SummariesPage, demo: Desk, tmp_path: Path
) -> None:
    with demo.read() as db:
        before = log_reading.logged(db, limit=1)[0].number
    qtbot.mouseClick(page.strip.go, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page)
    assert not dialog.save(tmp_path / "not there" / "summary.docx")
    assert "cannot be written" in dialog.banner.accessibleName()
    dialog.close()
    with demo.read() as db:
        assert log_reading.logged(db, limit=1)[0].number == before


def test_tables_leave_with_consent_for_somebody_named(
    qtbot: QtBot, page: SummariesPage, demo: Desk, tmp_path: Path
) -> None:
    page.show_place(Place("summaries", doing="export_tables"))
    (dialog,) = page.window().findChildren(ExportTablesDialog)
    qtbot.waitUntil(lambda: dialog.gathered is not None, timeout=20_000)
    assert dialog.count.text().startswith("0 of "), "nobody agreed to share with nobody"
    assert not dialog.save_button.isEnabled()
    dialog.whats[What.HTCDS_CODED].click()
    qtbot.waitUntil(lambda: dialog.gathered is not None, timeout=20_000)
    inside, people = (int(word) for word in dialog.count.text().split() if word.isdigit())
    assert 0 < inside < people
    target = tmp_path / "table.csv"
    dialog.form.set_value("csv")
    dialog.form.chosen.emit("csv")
    assert not dialog.save(target)
    assert dialog.recipient.hasFocus()
    qtbot.keyClicks(dialog.recipient, "State agency")
    assert not dialog.save(target)
    assert dialog.why.hasFocus()
    qtbot.keyClicks(dialog.why, "Agreement")
    assert not target.exists()
    assert dialog.save(target)
    assert len(target.read_text("utf-8-sig").strip().splitlines()) == inside + 1
    with demo.read() as db:
        newest = log_reading.logged(db, limit=inside + 1)
    said = [{change.field_id: change.after for change in row.changes} for row in newest]
    assert {(one["log.what"], one["log.for_whom"]) for one in said} == {("htcds_coded", "State agency")}


def test_everything_leaves_with_a_reason_and_a_password(
    qtbot: QtBot, page: SummariesPage, demo: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(everything, "make_workbook", lambda _desk, password: asked.append(password) or b"book")
    page.show_place(Place("summaries", doing="export_everything"))
    (dialog,) = page.window().findChildren(ExportEverythingDialog)
    target = tmp_path / "copy.xlsx"
    assert not dialog.save(target)
    assert dialog.focusWidget() is dialog.why
    qtbot.keyClicks(dialog.why, "The computer is repaired")
    with demo.read() as db:
        before = log_reading.logged(db, limit=1)[0].number
    dialog.save(tmp_path / "not there" / "copy.xlsx")
    qtbot.waitUntil(lambda: "cannot be written" in dialog.banner.accessibleName(), timeout=20_000)
    with demo.read() as db:
        assert log_reading.logged(db, limit=1)[0].number == before, "what was not written did not leave"
    assert dialog.save(target)
    assert (target.read_bytes(), asked) == (b"book", [dialog.password]), "it is made once"
    with demo.read() as db:
        (newest,) = log_reading.logged(db, limit=1)
    assert {change.field_id: change.after for change in newest.changes}["log.why"] == "The computer is repaired"
    assert "Note the password" in dialog.banner.accessibleName()
    dialog.close()


def test_who_has_not_agreed_is_taken_in_on_purpose(qtbot: QtBot, page: SummariesPage) -> None:
    page.tables.click()
    (dialog,) = [one for one in page.window().findChildren(ExportTablesDialog) if one.isVisible()]
    qtbot.waitUntil(lambda: dialog.gathered is not None, timeout=20_000)
    assert not dialog.past_consent.isVisible()
    dialog.everybody.setChecked(True)
    assert dialog.past_consent.isVisible()
    inside, people = (int(word) for word in dialog.count.text().split() if word.isdigit())
    assert inside == people
    assert dialog.save_button.isEnabled()
    dialog.reject()
