"""What happened opens on purpose, by right, with the key and a reason; without them it is neither read nor written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shelterdesk import (
    exploitation,
    gbv_incidents,
    house_settings,
    merging,
    people,
    people_table,
    person_reading,
    record_log,
    restrictions,
    role_limits,
    vocab,
    what_happened,
    who_harmed,
)
from shelterdesk.access import Right, Role
from shelterdesk.cli.plain import plain_people
from shelterdesk.desk import Desk
from shelterdesk.documents.log_part import Detail, LogPaper, log_part
from shelterdesk.errors import NoKey, NotAllowed, Problems, StaleRecord
from shelterdesk.everything import _sheets
from shelterdesk.fields import CLOSED
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason, RecordClosed
from shelterdesk.residents import list_rows
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, declared
from shelterdesk.what_happened import NotOpened
from tests.core.seats import seat
from tests.core.told import told
from tests.desks import TODAY

CANARY = "Xatirə-4711"
HOLDERS = (Role.DIRECTOR, Role.CASE_MANAGER, Role.SOCIAL_WORKER, Role.PSYCHOLOGIST, Role.LAWYER)
WHY = "She is my resident now"

Act_ = Callable[[Desk, Person], Any]
READS: dict[str, Act_] = {
    "topics": lambda d, p: what_happened.topics_of(d, p.id),
    "exploitation": lambda d, p: exploitation.exploitation_of(d, p.id),
    "events": lambda d, p: exploitation.events_of(d, p.id),
    "signs": lambda d, p: exploitation.signs_of(d, p.id),
    "incidents": lambda d, p: gbv_incidents.incidents_of(d, p.id),
    "who harmed": lambda d, p: who_harmed.who_harmed(d, p.id),
}
WRITES: dict[str, Act_] = {
    "topic": lambda d, p: what_happened.set_topic(d, p.id, "signs", answer="told_elsewhere", where=CANARY),
    "exploitation": lambda d, p: exploitation.set_exploitation(d, p.id, None, words=CANARY),
    "event": lambda d, p: exploitation.record_event(d, p.id, kind="transit", city=CANARY),
    "signs": lambda d, p: exploitation.set_signs(d, p.id, None, deception="yes", deception_note=CANARY),
    "incident": lambda d, p: gbv_incidents.record_incident(d, p.id, violence="physical_assault", account=CANARY),
    "who harmed": lambda d, p: who_harmed.record_who_harmed(d, p.id, relationship="employer", called=CANARY),
    "fields of the person": lambda d, p: people.change_person(
        d, person_reading.read_person(d, p.id), exploitation_types=frozenset({"servitude"})
    ),
}


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay")


@pytest.fixture
def told_here(desk: Desk, ay: Person) -> Person:
    """Somebody of whom everything is recorded, in words nobody else has. It was folded again since."""
    what_happened.open_it(desk, ay.id, WHY)
    for write in WRITES.values():
        write(desk, ay)
    what_happened.fold_again(desk, ay.id)
    return ay


def acts(desk: Desk, person: Person) -> list[str]:
    return [line.code for line in record_log.log_of(desk, person.id)]


# --- the door -------------------------------------------------------------------------------------------------------


def test_nothing_is_read_or_written_before_it_is_opened(desk: Desk, ay: Person) -> None:
    for act in (*READS.values(), *WRITES.values()):
        with pytest.raises(NotOpened) as error:
            act(desk, ay)
        assert "say why" in error.value.text()
    assert Act.RECORD_WHAT_HAPPENED.code not in acts(desk, ay)
    what_happened.open_it(desk, ay.id, WHY)
    for act in (*READS.values(), *WRITES.values()):
        act(desk, ay)


def test_opening_asks_why_and_the_log_keeps_it(desk: Desk, ay: Person) -> None:
    for empty in ("", "   "):
        with pytest.raises(Problems):
            what_happened.open_it(desk, ay.id, empty)
    assert not what_happened.is_open(desk, ay.id)
    assert Act.OPEN_WHAT_HAPPENED.code not in acts(desk, ay)
    what_happened.open_it(desk, ay.id, f"  {WHY} ")
    assert what_happened.is_open(desk, ay.id)
    line = record_log.log_of(desk, ay.id)[0]
    assert (line.code, [one.after for one in line.fields]) == (Act.OPEN_WHAT_HAPPENED.code, [WHY])
    what_happened.fold_again(desk, ay.id)
    assert not what_happened.is_open(desk, ay.id)


def test_it_opens_for_one_person_and_one_sitting(desk: Desk, told_here: Person) -> None:
    other = people.add_person(desk, short_name="Nur")
    what_happened.open_it(desk, other.id, WHY)
    with pytest.raises(NotOpened):
        gbv_incidents.incidents_of(desk, told_here.id)
    colleague = seat(desk, Role.SOCIAL_WORKER)
    assert not what_happened.is_open(colleague, other.id)


def test_who_lacks_the_key_or_the_right_opens_nothing(desk: Desk, told_here: Person) -> None:
    for role in Role:
        mine = seat(desk, role)
        assert what_happened.may_open(mine) == (role in HOLDERS), role
        if role in HOLDERS:
            what_happened.open_it(mine, told_here.id, WHY)
            assert [one.violence for one in gbv_incidents.incidents_of(mine, told_here.id)] == ["physical_assault"]
            continue
        mine.opened_what_happened.add(told_here.id)
        assert not what_happened.is_open(mine, told_here.id)
        for act in (*READS.values(), *WRITES.values()):
            with pytest.raises(NotAllowed):
                act(mine, told_here)
        with pytest.raises(NotAllowed):
            what_happened.open_it(mine, told_here.id, WHY)
        with pytest.raises(NotAllowed):
            people.add_person(mine, labour_sector="households")


def test_the_right_without_the_key_is_not_enough(desk: Desk, told_here: Person) -> None:
    mine = seat(desk, Role.NURSE)
    mine.rights |= {Right.SEE_WHAT_HAPPENED, Right.CASE_WORK}
    mine.opened_what_happened.add(told_here.id)
    with pytest.raises(NoKey):
        what_happened.open_it(mine, told_here.id, WHY)
    for act in (*READS.values(), *WRITES.values()):
        with pytest.raises(NoKey):
            act(mine, told_here)


def test_the_right_may_be_taken_from_a_role(desk: Desk, told_here: Person) -> None:
    role_limits.allow(desk, Role.LAWYER, Right.SEE_WHAT_HAPPENED, allowed=False)
    lawyer = seat(desk, Role.LAWYER)
    with pytest.raises(NotAllowed):
        what_happened.open_it(lawyer, told_here.id, WHY)


def test_who_may_look_but_does_no_case_work_writes_nothing(desk: Desk, ay: Person) -> None:
    role_limits.allow(desk, Role.LAWYER, Right.CASE_WORK, allowed=False)
    lawyer = seat(desk, Role.LAWYER)
    what_happened.open_it(lawyer, ay.id, WHY)
    assert gbv_incidents.incidents_of(lawyer, ay.id) == []
    with pytest.raises(NotAllowed):
        gbv_incidents.record_incident(lawyer, ay.id, violence="rape")


def test_closed_and_restricted_records_stay_so(desk: Desk, told_here: Person) -> None:
    mine = seat(desk, Role.SOCIAL_WORKER)
    restrictions.restrict(desk, told_here.id, "x")
    house_settings.load(mine)
    with pytest.raises(NeedsReason):
        what_happened.open_it(mine, told_here.id, WHY)
    person_reading.open_person(mine, told_here.id, WHY)
    assert not what_happened.is_open(mine, told_here.id), "one reason opens the record, another what happened"
    restrictions.close_to(desk, told_here.id, mine.me.id)
    house_settings.load(mine)
    mine.opened_what_happened.add(told_here.id)
    for act in (*READS.values(), *WRITES.values()):
        with pytest.raises(RecordClosed):
            act(mine, told_here)


# --- nothing of it lies elsewhere ------------------------------------------------------------------------------------


def test_the_log_says_only_that_something_was_recorded(desk: Desk, told_here: Person) -> None:
    lines = [line for line in record_log.log_of(desk, told_here.id) if line.code == Act.RECORD_WHAT_HAPPENED.code]
    assert len(lines) == len(WRITES) - 1
    assert {line.kind for line in lines} == {"What happened"}
    assert {(one.label, one.state, one.after) for line in lines for one in line.fields} == {
        ("What happened", "closed", "")
    }
    shown = told(record_log.log_of(desk, told_here.id))
    assert CANARY not in shown
    assert "Servitude" not in shown
    what_happened.open_it(desk, told_here.id, WHY)
    shown = told(record_log.log_of(desk, told_here.id))
    assert CANARY in shown
    assert "Servitude" in shown
    assert "Incident of violence" in shown


@pytest.mark.parametrize("for_her", [True, False])
def test_the_paper_of_the_log_never_says_it(desk: Desk, told_here: Person, for_her: bool) -> None:
    what_happened.open_it(desk, told_here.id, WHY)
    paper = told(log_part(desk, told_here.id, LogPaper(for_her=for_her, detail=Detail.VALUES), "en"))
    assert "What happened" in paper
    for words in (CANARY, "Servitude", "Physical assault", "Incident of violence", "Deception"):
        assert words not in paper


def test_a_list_as_json_leaves_it_out(desk: Desk, told_here: Person) -> None:
    what_happened.open_it(desk, told_here.id, WHY)
    (row,) = plain_people(desk, list_rows(desk, "everybody"), {})
    assert "servitude" not in told(row)
    assert not {field.id.split(".")[1] for field in Person.declared if field.group == "What happened"} & set(row)


def test_the_workbook_of_everything_holds_it_for_who_may_open_it(desk: Desk, told_here: Person) -> None:
    assert CANARY in told(_sheets(desk, "en"))
    director = seat(desk, Role.DIRECTOR)
    director.rights -= {Right.SEE_WHAT_HAPPENED}
    found = _sheets(director, "en")
    assert CANARY not in told(found)
    assert "Servitude" not in told(found)
    assert not {"Incident of violence", "Person who caused harm"} & {sheet.name for sheet in found}


def test_no_column_of_a_table_of_people_tells_it(desk: Desk, told_here: Person) -> None:
    what_happened.open_it(desk, told_here.id, WHY)
    columns = [field.id for field in people_table.columns_of(desk)]
    assert "person.gender" in columns
    assert not {field.id for field in Person.declared if field.group == "What happened"} & set(columns)
    asked = people_table.facts_of(desk, list_rows(desk, "everybody"), ["person.exploitation_types"])
    assert "servitude" not in told(asked)


def test_comparing_two_records_shows_it_only_where_both_were_opened(desk: Desk, told_here: Person) -> None:
    other = people.add_person(desk, short_name="Ay")

    def compared() -> set[str]:
        return {one.field.attribute for one in merging.preview(desk, other.id, told_here.id).differences}

    assert "exploitation_types" not in compared()
    both = person_reading.read_person(desk, other.id), person_reading.read_person(desk, told_here.id)
    with pytest.raises(NotOpened):
        merging.merge(desk, *both, take_over={"exploitation_types"})
    what_happened.open_it(desk, told_here.id, WHY)
    assert "exploitation_types" not in compared()
    what_happened.open_it(desk, other.id, WHY)
    assert "exploitation_types" in compared()
    merging.merge(desk, *both, take_over={"exploitation_types"})
    assert person_reading.read_person(desk, other.id).exploitation_types == {"servitude"}
    assert [one.violence for one in gbv_incidents.incidents_of(desk, other.id)] == ["physical_assault"]


def test_a_childs_record_shows_nothing_of_the_mothers(desk: Desk, told_here: Person) -> None:
    child = people.add_person(desk, short_name="Little one")
    what_happened.open_it(desk, told_here.id, WHY)
    what_happened.open_it(desk, child.id, WHY)
    for look in READS.values():
        assert not look(desk, child)
    assert CANARY not in told(record_log.log_of(desk, child.id))


# --- what is recorded ------------------------------------------------------------------------------------------------


def test_nothing_is_needed_but_to_say_which_topic_and_how_it_stands(desk: Desk, ay: Person) -> None:
    for kind in what_happened.KINDS - {"told_topic"}:
        assert not [field.id for field in RECORDS[kind].declared if field.required]
    what_happened.open_it(desk, ay.id, WHY)
    assert exploitation.set_exploitation(desk, ay.id, None).id
    assert gbv_incidents.record_incident(desk, ay.id).id
    assert who_harmed.record_who_harmed(desk, ay.id).id
    assert exploitation.set_signs(desk, ay.id, None).id
    assert exploitation.record_event(desk, ay.id).id


def test_a_topic_stands_one_way_and_may_change(desk: Desk, ay: Person) -> None:
    what_happened.open_it(desk, ay.id, WHY)
    what_happened.set_topic(desk, ay.id, "incidents", answer="told_elsewhere", where="Police, 3 May")
    what_happened.set_topic(desk, ay.id, "incidents", answer="from_papers")
    what_happened.set_topic(desk, ay.id, "who_harmed", answer="not_now")
    found = what_happened.topics_of(desk, ay.id)
    assert {topic: one.answer for topic, one in found.items()} == {"incidents": "from_papers", "who_harmed": "not_now"}
    assert declared(what_happened.ToldTopic, "where").read(found["incidents"]) == "Police, 3 May"
    with pytest.raises(Problems):
        what_happened.set_topic(desk, ay.id, "weather", answer="not_now")


def test_of_circumstances_and_signs_there_is_one_row(desk: Desk, ay: Person) -> None:
    what_happened.open_it(desk, ay.id, WHY)
    first = exploitation.set_exploitation(desk, ay.id, None, age_then=19)
    with pytest.raises(StaleRecord):
        exploitation.set_exploitation(desk, ay.id, None, age_then=20)
    exploitation.set_exploitation(desk, ay.id, first, months=7)
    found = exploitation.exploitation_of(desk, ay.id)
    assert found is not None
    assert (found.age_then, found.months) == (19, 7)
    signs = exploitation.set_signs(desk, ay.id, None, deception="yes", isolation="no", threats="not_clear")
    with pytest.raises(StaleRecord):
        exploitation.set_signs(desk, ay.id, None, deception="no")
    assert exploitation.counted(signs) == (1, 3)


def test_an_end_lies_not_before_its_beginning(desk: Desk, ay: Person) -> None:
    what_happened.open_it(desk, ay.id, WHY)
    with pytest.raises(Problems) as error:
        exploitation.record_event(desk, ay.id, since=PartialDate(2025, 6), until=PartialDate(2025, 5))
    assert [one.field for one in error.value.problems] == ["harm_event.until"]
    exploitation.record_event(desk, ay.id, since=PartialDate(2025, 6), until=PartialDate(2025))
    with pytest.raises(Problems):
        gbv_incidents.record_incident(desk, ay.id, happened=PartialDate(TODAY.year + 1))


def test_rows_stand_in_their_order_and_may_be_taken_back(desk: Desk, ay: Person) -> None:
    what_happened.open_it(desk, ay.id, WHY)
    for since in (None, PartialDate(2025, 6), PartialDate(2024)):
        exploitation.record_event(desk, ay.id, since=since)
    assert [one.since for one in exploitation.events_of(desk, ay.id)] == [PartialDate(2024), PartialDate(2025, 6), None]
    for happened in (None, PartialDate(2024), PartialDate(2025, 6)):
        gbv_incidents.record_incident(desk, ay.id, happened=happened)
    first, *_rest = gbv_incidents.incidents_of(desk, ay.id)
    assert first.happened == PartialDate(2025, 6)
    gbv_incidents.archive_incident(desk, first)
    assert len(gbv_incidents.incidents_of(desk, ay.id)) == 2
    gbv_incidents.archive_incident(desk, first, archived=False)
    assert len(gbv_incidents.incidents_of(desk, ay.id)) == 3
    who_harmed.record_who_harmed(desk, ay.id, relationship="family")
    who_harmed.record_who_harmed(desk, ay.id, relationship="former_partner", main=True)
    assert [one.relationship for one in who_harmed.who_harmed(desk, ay.id)] == ["former_partner", "family"]


def test_the_eleven_signs_are_those_of_the_list(desk: Desk) -> None:
    fields = {field.attribute: field for field in exploitation.LabourSigns.declared}
    assert len(exploitation.SIGNS) == 11
    for code in vocab.FORCED_LABOUR_SIGNS:
        assert fields[code.code].label == code.label
        assert fields[f"{code.code}_note"].label.startswith(code.label)
    assert len(fields) == 2 * 11 + 1


def test_words_are_sealed_for_social_work(desk: Desk, told_here: Person) -> None:
    vocational = seat(desk, Role.VOCATIONAL_OFFICER)
    with vocational.read() as db:
        for name in what_happened.KINDS:
            kind = RECORDS[name]
            for record in db.query(kind):
                for field in kind.declared:
                    if field.compartment is not None and getattr(record, f"{field.attribute}_sealed") is not None:
                        assert field.read(record) is CLOSED
