"""Two records of one person become one to read, and two again when it was a mistake."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shelterdesk import (
    absences,
    consents,
    contacts,
    merging,
    notes,
    people,
    person_history,
    person_reading,
    record_log,
    residents,
    restrictions,
    search,
    services,
    stays,
)
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason, Reach, RecordClosed, reach_of
from tests.core.seats import seat


@pytest.fixture
def kept(desk: Desk) -> Person:
    """The record that goes on."""
    return people.add_person(desk, short_name="Aysel", given_names="Aysel", gender="woman", worker_id=desk.me.id)


@pytest.fixture
def other(desk: Desk) -> Person:
    """The same person, put on file again."""
    made = people.add_person(
        desk,
        short_name="Ай",
        given_names="Айсель",
        family_name="Məmmədova",
        birth=PartialDate(1994, 5, 21),
        languages={"ru"},
        phone="050 765 43 21",
    )
    services.add_service(
        desk, made.id, kind="social_talk", given_on=desk.today(), outcome="took_place", given_by=desk.me.id
    )
    notes.add_note(desk, made.id, kind="social", written_on=desk.today(), case_text="Told before")
    contacts.record_contact(desk, made.id, kind="relative", name="Sevinc")
    consents.record_consent(desk, made.id, purpose="support", answer="given", answered_on=desk.today())
    return made


def merge(desk: Desk, kept: Person, other: Person, *take_over: str) -> merging.Merged:
    look = merging.preview(desk, kept.id, other.id)
    assert look.hindrances == ()
    return merging.merge(desk, look.kept, look.other, take_over=take_over)


def test_the_preview_says_what_stands_in_both(desk: Desk, kept: Person, other: Person) -> None:
    look = merging.preview(desk, kept.id, other.id)
    found = {one.field.attribute: (one.kept, one.other, one.fills) for one in look.differences}
    assert found["given_names"] == ("Aysel", "Айсель", False)
    assert found["family_name"] == (None, "Məmmədova", True)
    assert found["birth"] == (None, PartialDate(1994, 5, 21), True)
    assert found["languages"][1:] == (frozenset({"ru"}), True)
    assert "gender" not in found, "only the one that goes on has it"
    assert {label: numbers for label, *numbers in look.counts}["Services"] == [0, 1]
    assert len(residents.list_rows(desk, "everybody")) == 2, "looking changes nothing"


def test_a_merged_record_is_read_through(desk: Desk, kept: Person, other: Person) -> None:
    stays.add_stay(desk, other.id, arrived_on=desk.today() - timedelta(days=3))
    merge(desk, kept, other, "family_name", "birth")
    person = person_reading.open_person(desk, other.id)
    assert (person.id, person.given_names, person.family_name) == (kept.id, "Aysel", "Məmmədova")
    assert person.born == PartialDate(1994, 5, 21)
    assert person_reading.person_by_code(desk, other.code).id == kept.id
    assert [one.kind for one in services.services_of(desk, kept.id)] == ["social_talk"]
    assert [one.case_text for one in notes.notes_of(desk, kept.id)] == ["Told before"]
    assert [one.name for one in contacts.contacts_of(desk, kept.id)] == ["Sevinc"]
    head = residents.head_of(desk, person)
    assert (head.days_here, head.missing_consents, head.worker_id) == (3, (), desk.me.id)
    (row,) = residents.list_rows(desk, "here_now")
    assert (row.id, row.days_here) == (kept.id, 3)
    assert [row.id for row in residents.list_rows(desk, "everybody")] == [kept.id]
    assert len(person_history.history_of(desk, person_history.WorkerSince, kept.id)) == 1
    logged = {line.code for line in record_log.log_of(desk, kept.id)}
    assert {"add_service", "merge_records"} <= logged


def test_all_names_codes_and_numbers_find_the_one_that_goes_on(desk: Desk, kept: Person, other: Person) -> None:
    merge(desk, kept, other)
    index = search.build_index(desk)
    for typed in (kept.code, other.code, "Айс", "Mamedova", "7654321", "Aysel"):
        assert [one.id for one in index.find(typed)] == [kept.id], typed


def test_undo_puts_everything_back(desk: Desk, kept: Person, other: Person) -> None:
    done = merge(desk, kept, other, "family_name", "given_names", "languages")
    merging.part(desk, other.id, done)
    first, second = (person_reading.read_person(desk, one.id) for one in (kept, other))
    assert (first.given_names, first.family_name, first.languages) == ("Aysel", None, frozenset())
    assert (second.id, second.given_names) == (other.id, "Айсель")
    assert services.services_of(desk, kept.id) == []
    assert len(services.services_of(desk, other.id)) == 1
    assert len(residents.list_rows(desk, "everybody")) == 2
    merging.part(desk, other.id)
    assert merging.merged_into(desk, kept.id) == []


def test_taking_apart_later_leaves_what_was_taken_over(desk: Desk, kept: Person, other: Person) -> None:
    merge(desk, kept, other, "family_name")
    assert [one.code for one in merging.merged_into(desk, kept.id)] == [other.code]
    merging.part(desk, other.id)
    assert person_reading.read_person(desk, kept.id).family_name == "Məmmədova"


def test_what_stands_in_the_way(desk: Desk, kept: Person, other: Person) -> None:
    with pytest.raises(Problems):
        merging.merge(desk, kept, kept)
    third = people.add_person(desk, short_name="Third")
    merge(desk, other, third)
    assert merging.preview(desk, kept.id, other.id).hindrances, "nothing is merged into what is merged"
    assert merging.preview(desk, kept.id, third.id).hindrances
    merging.part(desk, third.id)
    for one in (kept, other):
        stays.add_stay(desk, one.id, arrived_on=desk.today())
    look = merging.preview(desk, kept.id, other.id)
    assert look.hindrances
    with pytest.raises(Problems):
        merging.merge(desk, look.kept, look.other)


def test_somebody_was_faster(desk: Desk, kept: Person, other: Person) -> None:
    look = merging.preview(desk, kept.id, other.id)
    people.change_person(desk, person_reading.read_person(desk, other.id), short_name="Aysel")
    with pytest.raises(StaleRecord):
        merging.merge(desk, look.kept, look.other)
    assert merging.merged_into(desk, kept.id) == []


# --- who may ---------------------------------------------------------------------------------------------------------


def test_merging_opens_nothing_that_was_closed(desk: Desk, kept: Person, other: Person) -> None:
    colleague = seat(desk, Role.SOCIAL_WORKER)
    restrictions.close_to(desk, other.id, colleague.me.id)
    merge(desk, kept, other)
    with desk.read() as db:
        restrictions.load(colleague, db)
    assert reach_of(colleague, kept.id) is Reach.CLOSED
    with pytest.raises(RecordClosed):
        person_reading.open_person(colleague, kept.id)
    assert search.build_index(colleague).entries == []


def test_a_record_that_asks_why_asks_for_the_whole_person(desk: Desk, kept: Person, other: Person) -> None:
    restrictions.restrict(desk, other.id, "Threats")
    colleague = seat(desk, Role.SOCIAL_WORKER)
    with pytest.raises(NeedsReason):
        merging.preview(colleague, kept.id, other.id)
    merge(desk, kept, other)
    with desk.read() as db:
        restrictions.load(colleague, db)
    with pytest.raises(NeedsReason):
        person_reading.open_person(colleague, kept.id)
    assert person_reading.open_person(colleague, kept.id, "She is my resident now").id == kept.id
    assert len(notes.notes_of(colleague, kept.id)) == 1
    restrictions.lift(desk, kept.id)
    assert reach_of(desk, other.id) is Reach.OPEN


def test_the_night_merges_nobody(desk: Desk, kept: Person, other: Person) -> None:
    with pytest.raises(NotAllowed):
        merging.preview(seat(desk, Role.NIGHT_WORKER), kept.id, other.id)


def test_who_was_her_worker_then_is_still_said(desk: Desk, kept: Person) -> None:
    person_history.assign_worker(desk, kept.id, None, desk.today())
    head = residents.head_of(desk, kept)
    assert (head.worker, bool(head.worker_then)) == ("", True)


def test_stays_and_nights_away_of_two_records_are_those_of_one_person(desk: Desk, kept: Person, other: Person) -> None:
    first = desk.today() - timedelta(days=20)
    stays.add_stay(desk, other.id, arrived_on=first, left_on=first + timedelta(days=10), leaving_reason="own_choice")
    merge(desk, kept, other)
    with pytest.raises(Problems) as found:
        stays.add_stay(desk, kept.id, arrived_on=first + timedelta(days=3))
    assert [one.field for one in found.value.problems] == ["stay.arrived_on"]
    stays.add_stay(desk, kept.id, arrived_on=first + timedelta(days=10))
    absences.add_absence(desk, kept.id, since=first + timedelta(days=2), back_on=first + timedelta(days=4))
    with pytest.raises(Problems) as found:
        absences.add_absence(desk, other.id, since=first + timedelta(days=3), back_on=first + timedelta(days=5))
    assert [one.field for one in found.value.problems] == ["absence.since"]
