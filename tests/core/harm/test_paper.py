"""What happened on paper: only chosen topics, only for a named recipient, and past a missing consent with a reason."""

from __future__ import annotations

import pytest

from shelterdesk import (
    consents,
    exploitation,
    gbv_incidents,
    people,
    person_history,
    person_reading,
    record_log,
    vocab,
    what_happened,
    who_harmed,
)
from shelterdesk.access import Right, Role
from shelterdesk.desk import Desk
from shelterdesk.documents.happened import PURPOSES, NobodyNamed, happened_paper, note_happened, standing_for
from shelterdesk.documents.plan_papers import plan_document
from shelterdesk.errors import NotAllowed
from shelterdesk.fields import Field
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.plans import add_plan
from shelterdesk.schema.acts import Act
from shelterdesk.sharing import ConsentMissing
from shelterdesk.what_happened import NotOpened
from tests.core.seats import seat
from tests.core.told import told

TOPICS = [code.code for code in vocab.HARM_TOPICS]
COURT = "District court"


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody of whom each topic says one thing nobody else says."""
    person = people.add_person(desk, short_name="Ay", given_names="Aysel")
    what_happened.open_it(desk, person.id, "Court or lawyer needs it")
    people.change_person(desk, person, exploitation_types=frozenset({"servitude"}))
    person_history.record_status(desk, person.id, status="presumed", since=desk.today(), organisation="word-status")
    exploitation.set_exploitation(desk, person.id, None, words="word-exploitation")
    exploitation.record_event(desk, person.id, city="word-place", since=PartialDate(2025))
    exploitation.set_signs(desk, person.id, None, deception="yes", deception_note="word-signs")
    gbv_incidents.record_incident(desk, person.id, violence="physical_assault", account="word-incidents")
    who_harmed.record_who_harmed(desk, person.id, relationship="employer", called="word-who_harmed")
    return person


def words_of(desk: Desk, person: Person, *topics: str) -> str:
    return told(happened_paper(desk, person.id, topics, standing_for(desk, person.id, PURPOSES[0], COURT), "en"))


def test_a_paper_says_the_chosen_topics_and_no_other(desk: Desk, ay: Person) -> None:
    assert "word-" not in words_of(desk, ay)
    for topic in TOPICS:
        shown = words_of(desk, ay, topic)
        assert [one for one in TOPICS if f"word-{one}" in shown] == [topic]
        assert ("word-place" in shown) == (topic == "exploitation")
        assert ("Servitude" in shown) == (topic == "exploitation")
        assert "Aysel" not in shown, "it carries the code"
        assert ay.code in shown


def test_every_answer_of_a_topic_is_on_the_paper(desk: Desk, ay: Person) -> None:
    read = gbv_incidents.incidents_of(desk, ay.id)[0]
    everything: dict[str, object] = {
        field.attribute: _some(field) for field in gbv_incidents.GbvIncident.declared if field.choices is not None
    }
    gbv_incidents.change_incident(desk, read, **everything)
    shown = words_of(desk, ay, "incidents")
    for field in gbv_incidents.GbvIncident.declared:
        if field.choices is not None:
            assert field.label in shown
            assert field.show(_some(field), "en") in shown


def _some(field: Field) -> object:
    assert field.choices is not None
    code = field.choices.codes[-1].code
    return frozenset({code}) if field.kind.value == "choices" else code


def test_without_consent_it_needs_a_reason_and_the_log_keeps_both(desk: Desk, ay: Person) -> None:
    standing = standing_for(desk, ay.id, PURPOSES[0], COURT)
    with pytest.raises(ConsentMissing):
        note_happened(desk, ay.id, standing, how="print")
    with pytest.raises(NobodyNamed):
        note_happened(desk, ay.id, standing_for(desk, ay.id, PURPOSES[0], " "), how="print", why="An order")
    note_happened(desk, ay.id, standing, how="pdf", why="An order of the court")
    line = record_log.log_of(desk, ay.id)[0]
    assert line.code == Act.EXPORT.code
    assert {"What happened, chosen topics", COURT, "An order of the court"} <= {one.after for one in line.fields}
    consents.record_consent(desk, ay.id, purpose=PURPOSES[0], recipient=COURT, answer="given", answered_on=desk.today())
    standing = standing_for(desk, ay.id, PURPOSES[0], COURT)
    assert standing.given
    note_happened(desk, ay.id, standing, how="print")
    assert record_log.log_of(desk, ay.id)[0].code == Act.PRINT.code
    assert "She agreed that this is shared with «District court»." in words_of(desk, ay, "status")


def test_a_consent_narrowed_to_other_parts_does_not_cover_it(desk: Desk, ay: Person) -> None:
    consents.record_consent(
        desk, ay.id, purpose=PURPOSES[0], recipient=COURT, answer="given", answered_on=desk.today(),
        parts=frozenset({"name", "status"}),
    )  # fmt: skip
    standing = standing_for(desk, ay.id, PURPOSES[0], COURT)
    assert not standing.given
    with pytest.raises(ConsentMissing):
        note_happened(desk, ay.id, standing, how="print")


def test_it_is_made_only_while_it_lies_open_and_by_who_does_case_work(desk: Desk, ay: Person) -> None:
    standing = standing_for(desk, ay.id, PURPOSES[0], COURT)
    nurse = seat(desk, Role.NURSE)
    with pytest.raises(NotAllowed):
        happened_paper(nurse, ay.id, TOPICS, standing, "en")
    looks = seat(desk, Role.LAWYER)
    what_happened.open_it(looks, ay.id, "She asked me")
    looks.rights -= {Right.CASE_WORK}
    with pytest.raises(NotAllowed):
        happened_paper(looks, ay.id, TOPICS, standing, "en")
    what_happened.fold_again(desk, ay.id)
    for attempt in (
        lambda: happened_paper(desk, ay.id, TOPICS, standing, "en"),
        lambda: note_happened(desk, ay.id, standing, how="print", why="x"),
    ):
        with pytest.raises(NotOpened):
            attempt()


@pytest.mark.parametrize("for_the_file", [True, False])
def test_her_own_sheet_and_the_plan_never_say_it(desk: Desk, ay: Person, for_the_file: bool) -> None:
    add_plan(desk, ay.id)
    person_reading.read_person(desk, ay.id)
    paper = told(plan_document(desk, ay.id, "en", for_the_file=for_the_file))
    assert "word-" not in paper
    assert "Servitude" not in paper
