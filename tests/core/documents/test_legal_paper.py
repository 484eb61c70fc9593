"""The paper of legal matters: what it holds, for whom it is closed, and what the log says of it."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from shelterdesk import legal_matters, legal_threads, notes, people
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.documents.legal_paper import legal_paper, note_legal
from shelterdesk.documents.service_report import Wanted, report_standing, service_report
from shelterdesk.legal_matters import LegalMatter
from shelterdesk.people import Person
from shelterdesk.record_log import log_of
from shelterdesk.schema.acts import Act
from tests.core.seats import seat
from tests.desks import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay", given_names="Aysel")


@pytest.fixture
def matter(desk: Desk, ay: Person) -> LegalMatter:
    made = legal_matters.record_matter(
        desk, ay.id, kind="labour_claim", subject="Seven months", opened_on=TODAY - 30 * DAY, stage="prepared",
        number="2-4471", claimed=420_000, lawyer="Elçin M.",
    )  # fmt: skip
    legal_matters.record_stage(desk, made, stage="filed", since=TODAY - 9 * DAY, words="Handed in by post.")
    legal_threads.add_date(desk, made, until=TODAY + 2 * DAY, at=time(10), organisation="District court")
    notes.add_note(desk, ay.id, kind="legal", written_on=TODAY, legal_stage="He has to answer.", matter_id=made.id)
    return made


def test_the_paper_holds_the_matter_its_stages_and_dates_and_no_name(
    desk: Desk, ay: Person, matter: LegalMatter
) -> None:
    legal_matters.record_matter(desk, ay.id, kind="documents", subject="A passport")
    said = str(legal_paper(desk, ay.id, [matter.id], "en"))
    for words in (
        "Claim for wages or work: Seven months", "2-4471", "4,200\\xa0AZN", "Elçin M.", "Being prepared",
        "Handed in by post.", "District court", "10:00", ay.code,
    ):  # fmt: skip
        assert words in said, words
    for words in ("passport", "Aysel", "He has to answer."):
        assert words not in said, words
    assert "He has to answer." in str(legal_paper(desk, ay.id, [matter.id], "en", with_notes=True))
    assert "Seven months" not in str(legal_paper(desk, ay.id, [], "en"))


def test_without_the_key_the_paper_holds_coded_words_only(desk: Desk, ay: Person, matter: LegalMatter) -> None:
    said = str(legal_paper(seat(desk, Role.SOCIAL_WORKER), ay.id, [matter.id], "en", with_notes=True))
    for words in ("Seven months", "2-4471", "4,200", "Elçin", "by post", "He has to answer."):
        assert words not in said, words
    assert "Claim for wages or work" in said
    assert "Being prepared" in said


def test_the_log_says_that_it_left_and_whether_with_notes(desk: Desk, ay: Person, matter: LegalMatter) -> None:
    assert matter.person_id == ay.id
    note_legal(desk, ay.id, with_notes=True, how="print")
    row = next(row for row in log_of(desk, ay.id) if row.code == Act.PRINT.code)
    (said,) = [line.after for line in row.fields if line.label == "What"]
    assert said == "Legal matters for the file, Notes for the file"


def test_the_report_on_services_says_how_matters_stand_for_the_file_only(
    desk: Desk, ay: Person, matter: LegalMatter
) -> None:
    legal_matters.change_matter(desk, matter, result="settled")
    wanted = Wanted(matters=True)
    said = str(service_report(desk, ay.id, wanted, "en"))
    assert "Claim for wages or work" in said
    assert "Settled by agreement" in said
    assert "Seven months" not in said
    outside = report_standing(desk, ay.id, "share_authority", "District court")
    assert "Claim for wages" not in str(service_report(desk, ay.id, wanted, "en", standing=outside))
    assert "Claim for wages" not in str(service_report(desk, ay.id, Wanted(), "en"))
