"""Intake, handover act and certificate: what stands on them, and above all what does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from shelterdesk import house_settings, people, record_log, restrictions, stays
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.first_papers import (
    CERTIFICATE,
    HANDOVER_ACT,
    INTAKE,
    certificate,
    handover_act,
    intake,
    note_first_paper,
)
from shelterdesk.errors import NotAllowed
from shelterdesk.fields import Kind
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason
from shelterdesk.schema.acts import Act
from tests.core.seats import seat

PAPERS: list[Callable[[Desk, UUID | None, str], Document]] = [intake, handover_act, certificate]


@pytest.fixture
def ay(desk: Desk) -> Person:
    person = people.add_person(
        desk,
        short_name="Ayka",
        given_names="Aytac",
        family_name="Quliyeva",
        phone="0501112233",
        document_number="AA4711",
        birth=PartialDate(1994, 5),
        civil_status="single",
    )
    stays.add_stay(desk, person.id, arrived_on=desk.today() - timedelta(days=40), came_from="not_known")
    return person


def test_a_filled_intake_carries_the_code_and_neither_name_nor_number(desk: Desk, ay: Person) -> None:
    paper = repr(intake(desk, ay.id, "en"))
    assert ay.code in paper
    assert "Single" in paper
    for told in ("Ayka", "Aytac", "Quliyeva", "0501112233", "AA4711"):
        assert told not in paper


def test_a_blank_intake_asks_for_names_on_a_sheet_of_their_own(desk: Desk, ay: Person) -> None:
    paper = intake(desk, None, "en")
    words = repr(paper)
    assert paper.key is None
    assert words.index("PageBreak") < words.index("Given names")
    assert "What happened is not asked here" in words
    for told in (ay.code, "Single", "Aytac"):
        assert told not in words


def test_the_shelters_own_fields_and_words_stand_on_the_intake(desk: Desk) -> None:
    house_settings.change_field(desk, "person.civil_status", label="Family status")
    house_settings.change_field(desk, "person.education", hidden=True)
    house_settings.add_own_field(desk, "person", "Shoe size", Kind.NUMBER, None, group="Background")
    paper = repr(intake(desk, None, "en"))
    assert "Family status" in paper
    assert "Shoe size" in paper
    assert "Highest level of education" not in paper


def test_a_certificate_says_who_and_since_when_and_nothing_more(desk: Desk, ay: Person) -> None:
    paper = certificate(desk, ay.id, "en")
    words = repr(paper)
    assert "Aytac Quliyeva" in words
    assert "May 1994" in words
    for told in (ay.code, "Ayka", "0501112233", "shelter", "Single", "violence", "traffick"):
        assert told not in words
    assert paper.foot.mark == ""


def test_the_act_is_signed_with_a_code(desk: Desk, ay: Person) -> None:
    paper = handover_act(desk, ay.id, "en")
    assert paper.key is not None
    assert paper.key.value == ay.code
    assert "Aytac" not in repr(paper)
    assert handover_act(desk, None, "en").key is None


@pytest.mark.parametrize("make", PAPERS)
def test_a_record_that_asks_why_gives_no_paper_without_it(
    desk: Desk, ay: Person, make: Callable[[Desk, UUID | None, str], Document]
) -> None:
    restrictions.restrict(desk, ay.id, "Her brother is with the police")
    mine = seat(desk, Role.SOCIAL_WORKER)
    with pytest.raises(NeedsReason):
        make(mine, ay.id, "en")
    with pytest.raises(NeedsReason):
        note_first_paper(mine, ay.id, what=INTAKE, how="print")


def test_who_works_only_with_the_house_prints_blank_papers(desk: Desk, ay: Person) -> None:
    night = seat(desk, Role.NIGHT_WORKER)
    assert intake(night, None, "en").blocks
    assert handover_act(night, None, "en").blocks
    for act in (
        lambda: intake(night, ay.id, "en"),
        lambda: certificate(night, None, "en"),
        lambda: note_first_paper(night, ay.id, what=HANDOVER_ACT, how="print"),
        lambda: note_first_paper(night, None, what=CERTIFICATE, how="print"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_what_leaves_is_logged(desk: Desk, ay: Person) -> None:
    note_first_paper(desk, ay.id, what=CERTIFICATE, how="pdf")
    newest = record_log.log_of(desk, ay.id)[0]
    assert newest.act == Act.EXPORT.label()
