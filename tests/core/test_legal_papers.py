"""Scans and photos that belong to a legal matter: who links them, where they are named, and what stays sealed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection, create_engine, text

from shelterdesk import files, legal_matters, legal_threads, merging, people
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.documents.legal_paper import legal_paper
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.files import StoredFile
from shelterdesk.legal_matters import LegalMatter
from shelterdesk.people import Person
from shelterdesk.record_log import log_of
from shelterdesk.scans.intake import Prepared
from shelterdesk.schema import upgrade
from shelterdesk.schema.acts import Act
from tests.core.exchange.books import write_everything
from tests.core.seats import seat
from tests.desks import TODAY


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay")


@pytest.fixture
def matter(desk: Desk, ay: Person) -> LegalMatter:
    return legal_matters.record_matter(desk, ay.id, kind="labour_claim", subject="Seven months")


def kept(desk: Desk, person: Person, **values: Any) -> StoredFile:
    legal: dict[str, Any] = {"kind": "court_paper", "readable_by": "legal", "legal_words": "Decision"}
    given = values if "readable_by" in values else legal | values
    return files.add_file(desk, person.id, Prepared(b"page", 1, b"small"), **given)


def test_papers_stand_in_the_thread_of_their_matter_also_of_merged_records(
    desk: Desk, ay: Person, matter: LegalMatter
) -> None:
    paper = kept(desk, ay, matter_id=matter.id, dated_on=TODAY - timedelta(3))
    kept(desk, ay)
    off = kept(desk, ay, matter_id=matter.id)
    files.archive_file(desk, off.id)
    (thread,) = legal_threads.threads_of(desk, ay.id)
    assert [one.id for one in thread.papers] == [paper.id]
    other = people.add_person(desk, short_name="Ay again")
    merging.merge(desk, other, ay)
    (thread,) = legal_threads.threads_of(desk, other.id)
    late = kept(desk, other, matter_id=thread.matter.id)
    (thread,) = legal_threads.work_of(desk, other.id).threads
    assert {one.id for one in thread.papers} == {paper.id, late.id}


def test_only_who_does_legal_work_says_what_belongs_to_a_matter(desk: Desk, ay: Person, matter: LegalMatter) -> None:
    foreign = legal_matters.record_matter(desk, people.add_person(desk).id, kind="documents")
    with pytest.raises(Problems) as caught:
        kept(desk, ay, matter_id=foreign.id)
    assert [one.field for one in caught.value.problems] == ["file.matter"]
    card = kept(desk, ay, kind="identity_document", readable_by="identity", identity_words="Card", matter_id=matter.id)
    her = seat(desk, Role.SOCIAL_WORKER)
    with pytest.raises(NotAllowed):
        kept(her, ay, kind="identity_document", readable_by="identity", matter_id=matter.id)
    with pytest.raises(NotAllowed):
        files.change_file(her, card, matter_id=None)
    (same,) = files.files_of(her, ay.id)
    assert files.change_file(her, same, identity_words="Card, both sides").matter_id == matter.id
    (thread,) = legal_threads.threads_of(her, ay.id)
    assert [one.id for one in thread.papers] == [card.id], "that it belongs there is no secret, as of a date"


def test_the_paper_and_the_history_name_it(desk: Desk, ay: Person, matter: LegalMatter) -> None:
    assert "Papers" not in str(legal_paper(desk, ay.id, [matter.id], "en"))
    decision = kept(desk, ay, dated_on=TODAY)
    files.change_file(desk, decision, matter_id=matter.id)
    kept(desk, ay, kind="medical_paper", readable_by="medical", medical_words="Scars on both arms", matter_id=matter.id)
    (row,) = [row for row in log_of(desk, ay.id) if row.code == Act.CHANGE_FILE.value.code]
    assert [(line.label, line.after) for line in row.fields] == [
        ("Legal matter", "Claim for wages or work: Seven months")
    ]
    said = str(legal_paper(desk, ay.id, [matter.id], "en"))
    assert "Health paper; Court or legal paper, Decision, 17 Nov 2026" in said
    assert "Scars" not in said, "only the key of legal work goes onto the paper"
    assert "Decision" not in str(legal_paper(seat(desk, Role.SOCIAL_WORKER), ay.id, [matter.id], "en"))


def test_the_sheet_of_scans_says_which_matter_they_belong_to(
    desk: Desk, ay: Person, matter: LegalMatter, tmp_path: Path
) -> None:
    legal_matters.record_matter(desk, ay.id, kind="documents")
    kept(desk, ay, matter_id=matter.id)
    book = load_workbook(write_everything(desk, tmp_path / "all.xlsx"))
    matters, scans = (
        [dict(zip([cell.value for cell in sheet[1]], row, strict=True)) for row in sheet.iter_rows(2, values_only=True)]
        for sheet in (book["Legal matter"], book["Scan or photo"])
    )
    entry = next(row["Entry"] for row in matters if row["What it is about"] == "Seven months")
    assert [(row["Words about a legal scan"], row["Legal matter: entry"]) for row in scans] == [("Decision", entry)]


def row_before(db: Connection, table: str, **given: object) -> None:
    """Write a row as it was before the revision, with something in every column that needs a value."""
    needed = [row.name for row in db.execute(text(f"PRAGMA table_info({table})")) if row.notnull]
    values = dict.fromkeys(needed, "x") | given
    names, marks = (", ".join(f"{mark}{name}" for name in values) for mark in ("", ":"))
    db.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def test_scans_of_before_keep_their_parts(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'plain.db'}")
    upgrade.upgrade(engine, to=22)
    with engine.begin() as db:
        row_before(db, "person", id="ay")
        row_before(db, "file", id="decision", person_id="ay")
        row_before(db, "file_part", file_id="decision", number=1, sealed=b"as it was")
    upgrade.upgrade(engine)
    with engine.connect() as db:
        assert db.execute(text("SELECT id, matter_id FROM file")).all() == [("decision", None)]
        assert db.execute(text("SELECT file_id, sealed FROM file_part")).all() == [("decision", b"as it was")]
    engine.dispose()
