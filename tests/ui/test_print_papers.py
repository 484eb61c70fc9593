"""Papers of a plan from records: the choice, what stands on each, what the log and the plan keep."""

from __future__ import annotations

import io
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk import milestones, people, person_history, plans, rooms, stays
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.dialogs.print_papers import PrintPlanDialog, print_plan, print_tonight
from ui.printing.preview import PreviewDialog
from ui.window import Window

TODAY = date(2026, 11, 17)
SECRETS = (
    "R-2026", "Aysel", "Leyla", "Məmmədova", "Rəşad", "court", "lawyer", "wages", "Labour", "Göy Palıd", "House",
    "sewing workshop", "sister", "10:00", "reintegration", "Confidential", "Sews", "Court",
)  # fmt: skip
"""Nothing of this may stand on her own sheet."""


@pytest.fixture
def aysel(desk: Desk) -> Person:
    room = rooms.add_room(desk, rooms.sites_of(desk)[0].id, 2, name="Room 1")
    person = people.add_person(
        desk,
        short_name="Aysel M.",
        family_name="Məmmədova",
        strengths="Sews very well\nClose to her sister",
        strengths_paper="sewing\nplanning ahead",
    )
    bed = next(bed for bed in rooms.beds_of(desk) if bed.room_id == room.id)
    stays.add_stay(desk, person.id, arrived_on=TODAY - timedelta(days=47), bed_id=bed.id)
    person_history.assign_worker(desk, person.id, desk.me.id)
    plan = plans.add_plan(desk, person.id, agreed_on=date(2026, 10, 12), review_on=date(2026, 12, 12))
    plans.set_goal(desk, plan, "legal", words="I am paid what I earned at Göy Palıd")
    plans.set_goal(desk, plan, "family", words="I am close to my sister", paper_words="I am close to people I trust")
    milestones.add_milestone(
        desk, plan, domain="legal", kind="wage_claim", words="Claim for unpaid wages", due_on=date(2026, 11, 30),
        with_words="Rəşad T., Labour inspection", member_id=desk.me.id,
    )  # fmt: skip
    milestones.add_milestone(
        desk, plan, domain="legal", kind="identity_card", words="New identity card", paper_words="New card",
        status="done", done_on=date(2026, 11, 2), due_on=date(2026, 11, 2),
    )  # fmt: skip
    milestones.add_milestone(desk, plan, domain="work", words="Trial in the sewing workshop")
    plans.set_next_step(
        desk, person.id, words="Go to court together", kind="court", on=date(2026, 11, 19), at=time(10, 0),
        with_words="With the lawyer. Leave at 09:15.",
    )  # fmt: skip
    return person


@pytest.fixture
def dialog(qtbot: QtBot, window: Window, aysel: Person) -> PrintPlanDialog:
    made = print_plan(window.seat, aysel.id, window)
    assert made is not None
    qtbot.waitExposed(made)
    return made


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def press(qtbot: QtBot, dialog: PrintPlanDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    settle()


def choose(qtbot: QtBot, dialog: PrintPlanDialog, paper: str) -> None:
    """Choose with the keyboard: the arrows move between the three."""
    dialog.choices["none"].setFocus()
    for _step in range({"none": 0, "hers": 1, "file": 2}[paper]):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    settle()
    assert dialog.paper() == paper


def facts_of(desk: Desk, person: Person) -> dict[str, str | None]:
    with desk.read() as db:
        newest = next(row for row in log_reading.logged(db, person_id=person.id) if row.act in ("print", "export"))
    return {change.field_id: change.after for change in newest.changes}


def test_the_first_choice_is_no_paper_and_the_plan_keeps_it(
    qtbot: QtBot, desk: Desk, dialog: PrintPlanDialog, aysel: Person, window: Window
) -> None:
    assert dialog.paper() == "none"
    assert not dialog.print_button.isVisible()
    press(qtbot, dialog, "takes_none")
    plan = plans.plans_of(desk, aysel.id)[0]
    assert (plan.sheet_offered, plan.sheet_taken) == (True, False)
    assert "print" not in acts_of(desk, aysel.id)
    assert window.page().banner.accessibleName() == "Written down: she takes no paper"  # type: ignore[union-attr]


def test_her_sheet_from_records_tells_nothing(
    qtbot: QtBot, desk: Desk, dialog: PrintPlanDialog, aysel: Person, tmp_path: Path
) -> None:
    choose(qtbot, dialog, "hers")
    assert not dialog.hours.isChecked()
    assert dialog.file_name() == "my-plan"
    target = tmp_path / "my-plan.pdf"
    assert dialog.save(target, "pdf")
    said = text_of(target)
    for wanted in ("My plan", "Appointment, Thursday 19 November", "New card", "Look at my papers", "sewing"):
        assert wanted in said
    for secret in SECRETS:
        assert secret not in said, secret
    properties = str(PdfReader(target).metadata)
    assert "Aysel" not in properties
    assert "R-2026" not in properties
    plan = plans.plans_of(desk, aysel.id)[0]
    assert (plan.sheet_offered, plan.sheet_taken) == (True, True)
    assert facts_of(desk, aysel) == {
        "log.what": "her_sheet",
        "log.how": "pdf",
        "log.for_whom": "herself",
        "log.why": "the plan made together",
    }
    dialog.reject()


def test_hours_stand_on_her_sheet_only_when_ticked(qtbot: QtBot, dialog: PrintPlanDialog, tmp_path: Path) -> None:
    choose(qtbot, dialog, "hers")
    dialog.hours.setFocus()
    qtbot.keyClick(dialog.hours, Qt.Key.Key_Space)
    assert dialog.save(tmp_path / "x.pdf", "pdf")
    assert "19 November, 10:00" in text_of(tmp_path / "x.pdf")
    dialog.reject()


def test_the_plan_for_the_file_holds_staff_and_code_and_is_logged(
    qtbot: QtBot, desk: Desk, dialog: PrintPlanDialog, aysel: Person, tmp_path: Path
) -> None:
    choose(qtbot, dialog, "file")
    assert dialog.file_name() == f"plan-{aysel.code}-2026-11-17"
    assert dialog.save(tmp_path / "plan.pdf", "pdf")
    said = text_of(tmp_path / "plan.pdf")
    for wanted in ("Plan for the file", aysel.code, "Claim for unpaid wages", "Leyla A.", "Go to court together"):
        assert wanted in said
    assert "Aysel" not in said
    assert "Məmmədova" not in said
    assert facts_of(desk, aysel)["log.what"] == "plan_for_the_file"
    assert plans.plans_of(desk, aysel.id)[0].sheet_offered is None
    dialog.reject()


def test_the_paper_speaks_the_language_chosen_for_it(qtbot: QtBot, dialog: PrintPlanDialog, tmp_path: Path) -> None:
    choose(qtbot, dialog, "file")
    dialog.language.set_value("ru")
    dialog.language.chosen.emit("ru")
    assert dialog.save(tmp_path / "plan.pdf", "pdf")
    assert "ноября" in text_of(tmp_path / "plan.pdf")
    dialog.reject()


def test_a_word_file_gets_a_password_that_is_shown_once(qtbot: QtBot, dialog: PrintPlanDialog, tmp_path: Path) -> None:
    from docx import Document
    from msoffcrypto import OfficeFile

    choose(qtbot, dialog, "file")
    target = tmp_path / "plan.docx"
    assert dialog.save(target, "docx")
    password = dialog.banner.accessibleName().split("Password: ")[1].split(".")[0]
    assert password not in target.name
    opened = io.BytesIO()
    with target.open("rb") as stream:
        office = OfficeFile(stream)
        assert office.is_encrypted()
        office.load_key(password=password)
        office.decrypt(opened)
    assert any("Claim for unpaid wages" in cell.text for table in Document(opened).tables for cell in table._cells)
    dialog.choose("hers")
    assert password not in dialog.banner.accessibleName()
    dialog.reject()


def test_what_cannot_be_written_is_told_and_not_logged(
    qtbot: QtBot, desk: Desk, dialog: PrintPlanDialog, aysel: Person, tmp_path: Path
) -> None:
    choose(qtbot, dialog, "file")
    assert not dialog.save(tmp_path / "missing" / "plan.pdf", "pdf")
    assert dialog.banner.kind() == "error"
    assert "export" not in acts_of(desk, aysel.id)
    dialog.reject()


def test_the_window_for_the_file_belongs_to_the_dialog_and_offers_the_neutral_name(
    qtbot: QtBot, dialog: PrintPlanDialog, tmp_path: Path
) -> None:
    choose(qtbot, dialog, "hers")
    press(qtbot, dialog, "save_pdf")
    asking = dialog.findChild(QFileDialog, "choose_file")
    assert asking is not None
    assert Path(asking.selectedFiles()[0]).name == "my-plan.pdf"
    asking.setDirectory(str(tmp_path))
    asking.selectFile("my-plan.pdf")
    asking.accept()
    settle()
    assert "Appointment" in text_of(tmp_path / "my-plan.pdf")
    dialog.reject()


def test_closing_from_outside_leaves_no_page_behind(qtbot: QtBot, dialog: PrintPlanDialog) -> None:
    choose(qtbot, dialog, "file")
    press(qtbot, dialog, "print")
    printers = dialog.findChild(QPrintDialog, "choose_printer")
    assert printers is not None
    for window in (printers, dialog):
        window.close()
    assert dialog.document is None
    assert dialog.preview.page_count == 0


def test_tonight_lists_short_names_and_rooms_only(
    qtbot: QtBot, window: Window, aysel: Person, desk: Desk, tmp_path: Path
) -> None:
    from shelterdesk.documents.tonight import tonight_list, tonight_rows
    from ui.printing.pages import write_pdf

    shown = print_tonight(window.seat, window)
    assert isinstance(shown, PreviewDialog)
    assert shown.findChild(QPushButton, "save_word") is None
    shown.reject()
    write_pdf(tonight_list(tonight_rows(desk), TODAY, "en"), tmp_path / "tonight.pdf")
    said = text_of(tmp_path / "tonight.pdf")
    assert "Aysel M." in said
    assert "Room 1-1" in said
    assert "Məmmədova" not in said
    assert aysel.code not in said
