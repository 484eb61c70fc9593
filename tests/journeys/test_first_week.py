"""From the empty computer to the second morning, by keyboard and mouse in the real window; checked through the core."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import msoffcrypto
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from shelterdesk import drafts, milestones, notes, partners, placements, plans, services, stays
from shelterdesk.desk import Desk
from shelterdesk.integrity import verify_desk
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.schema.base import whole
from tests.journeys.story import ROWS, STORY, Days
from tests.journeys.walk import Walk, have_a_workbook, take_the_whole_way
from tests.ui.sittings import session_of
from ui.session import Session


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """A session on a computer that has never seen the program."""
    with session_of(qapp, tmp_path / "home" / "settings.toml") as made:
        made.start()
        yield made


def test_the_first_week(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    walk = Walk(session, tmp_path / "papers")
    have_a_workbook(walk)

    take_the_whole_way(walk)

    assert session.seat is not None
    desk = session.seat.desk
    her = find_her(desk)
    assert (her.given_names, her.family_name) == (STORY.given, STORY.family)
    check_what_was_recorded(desk, her, Days())
    check_the_papers(walk, her)
    check_october(walk)
    check_the_log(desk, her)
    assert verify_desk(desk).whole


def find_her(desk: Desk) -> Person:
    with desk.read() as db:
        everybody = list(db.scalars(select(Person).options(*whole(Person))))
    assert len(everybody) == ROWS
    return next(one for one in everybody if one.short_name == STORY.short_name)


def check_what_was_recorded(desk: Desk, her: Person, days: Days) -> None:
    october = days.october()
    (stay,) = stays.stays_of(desk, her.id)
    assert (stay.arrived_on, stay.left_on) == (october.replace(day=3), None)
    (service,) = services.services_of(desk, her.id)
    assert (service.kind, service.given_on, service.minutes) == ("psychological_session", october.replace(day=12), 50)
    assert (service.team_note, service.clinical_note, service.case_note) == (
        STORY.team_note,
        STORY.restricted_note,
        None,
    )
    ((placement, stage),) = placements.placements_of(desk, her.id)
    assert (placement.kind, placement.post) == ("work", STORY.post)
    assert stage is not None
    assert (stage.stage, stage.since) == ("working", october.replace(day=19))
    (partner,) = partners.partners_of(desk)
    assert (partner.id, partner.name, partner.told) == (placement.partner_id, STORY.partner, STORY.told)
    (plan,) = plans.plans_of(desk, her.id)
    (milestone,) = milestones.milestones_of(desk, plan.id)
    assert (milestone.domain, milestone.words, milestone.paper_words) == ("work", STORY.milestone, STORY.paper_words)
    assert (plan.sheet_offered, plan.sheet_taken) == (True, True)
    (note,) = notes.notes_of(desk, her.id)
    assert note.house_text == STORY.draft
    assert drafts.my_drafts(desk) == []


def check_the_papers(walk: Walk, her: Person) -> None:
    for_the_file, hers = (words_of(walk.files[name]) for name in ("plan-for-the-file.pdf", "her-sheet.pdf"))
    assert "Quennevais" in STORY.milestone
    assert "Quennevais" in for_the_file
    assert her.code in for_the_file
    assert STORY.paper_words in hers
    for never in ("Quennevais", STORY.shown_as, STORY.shelter, STORY.family, her.code, "reintegration"):
        assert never.casefold() not in hers.casefold()


def words_of(pdf: Path) -> str:
    """Return the text of a PDF in one line."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is missing: python3 installer test installs poppler-utils")
    told = subprocess.run([program, os.fspath(pdf), "-"], capture_output=True, text=True, check=True)
    return " ".join(told.stdout.split())


def check_october(walk: Walk) -> None:
    file = walk.files["october.docx"]
    assert not zipfile.is_zipfile(file), "a Word file without its password is a zip file"
    opened = io.BytesIO()
    with file.open("rb") as stream:
        office = msoffcrypto.OfficeFile(stream)
        office.load_key(password=walk.password)
        office.decrypt(opened)
    document = docx.Document(opened)
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    everything = " ".join(cell for row in rows for cell in row) + " ".join(one.text for one in document.paragraphs)
    footer = " ".join(one.text for section in document.sections for one in section.footer.paragraphs)
    assert STORY.recipient in everything + footer
    for never in (STORY.short_name, STORY.given, STORY.family, STORY.partner):
        assert never not in everything
    figures: dict[str, str] = {}
    for row in rows:
        if len(row) > 1:
            figures.setdefault(row[0], row[1])
    assert figures["Here on the first day"] == "0"
    assert figures["Arrived"] == "1"
    assert figures["Here on the last day"] == "1"
    assert figures["Bed nights"] == "29"
    assert figures["Started work or a trial"] == "1"


def check_the_log(desk: Desk, her: Person) -> None:
    with desk.read() as db:
        acts = [row.act for row in log_reading.logged(db, limit=2_000)]
        about_her = {row.act for row in log_reading.logged(db, person_id=her.id, limit=100)}
    assert acts.count("lock") == 1
    assert (acts.count("sign_in"), acts.count("export")) == (1, 3)
    assert "import" in acts
    done = {"open_record", "change_person", "add_stay", "add_service", "add_placement", "add_plan", "add_milestone"}
    assert done | {"add_note", "export"} <= about_her
