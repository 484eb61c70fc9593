"""Legal matters: how they begin, go on and end, what belongs to them, and who reads what."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from shelterdesk import (
    appointments,
    deadlines,
    legal_matters,
    legal_threads,
    notes,
    own_choices,
    people,
    person_reading,
    restrictions,
    services,
    to_do,
    vocab,
)
from shelterdesk.access import Role
from shelterdesk.deadlines import Deadline
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.fields import CLOSED
from shelterdesk.legal_matters import LegalMatter, MatterStage
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason
from shelterdesk.schema.base import declared
from shelterdesk.vault.compartments import Compartment
from tests.core.seats import seat
from tests.desks import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay")


def claim(desk: Desk, person: Person, **values: Any) -> LegalMatter:
    given = {"kind": "labour_claim", "subject": "Seven months", "opened_on": TODAY - 30 * DAY} | values
    return legal_matters.record_matter(desk, person.id, **given)


def fields_of(caught: pytest.ExceptionInfo[Problems]) -> list[str]:
    return [one.field for one in caught.value.problems]


# --- the thread ---------------------------------------------------------------------------------------------------


def test_a_matter_begins_today_at_its_first_stage(desk: Desk, ay: Person) -> None:
    made = legal_matters.record_matter(desk, ay.id, kind="residence", stage="prepared")
    assert made.opened_on == TODAY
    (stage,) = legal_matters.stages_of(desk, ay.id)[made.id]
    assert (stage.stage, stage.since, stage.person_id) == ("prepared", TODAY, ay.id)
    without = legal_matters.record_matter(desk, ay.id, kind="other")
    assert without.id not in legal_matters.stages_of(desk, ay.id)


def test_a_matter_needs_its_kind_and_cannot_begin_tomorrow(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems) as caught:
        legal_matters.record_matter(desk, ay.id, subject="x")
    assert fields_of(caught) == ["legal_matter.kind"]
    with pytest.raises(Problems) as caught:
        claim(desk, ay, opened_on=TODAY + DAY)
    assert fields_of(caught) == ["legal_matter.opened_on"]
    with pytest.raises(Problems):
        claim(desk, ay, stage="not a stage")
    assert legal_matters.matters_of(desk, ay.id) == [], "nothing of it was kept"


def test_stages_are_added_corrected_and_taken_off(desk: Desk, ay: Person) -> None:
    matter = claim(desk, ay, stage="prepared")
    filed = legal_matters.record_stage(desk, matter, stage="filed", since=TODAY - 3 * DAY, words="By post.")
    (thread,) = legal_threads.threads_of(desk, ay.id)
    assert [one.stage for one in thread.stages] == ["filed", "prepared"]
    assert thread.stage is not None
    assert thread.stage.id == filed.id
    changed = legal_matters.change_stage(desk, filed, words="By hand.", since=TODAY - 40 * DAY)
    assert changed.words == "By hand."
    assert [one.stage for one in legal_threads.threads_of(desk, ay.id)[0].stages] == ["prepared", "filed"]
    with pytest.raises(StaleRecord):
        legal_matters.change_stage(desk, filed, words="A third thing")
    legal_matters.archive_stage(desk, filed.id)
    assert [one.stage for one in legal_threads.threads_of(desk, ay.id)[0].stages] == ["prepared"]
    legal_matters.archive_stage(desk, filed.id, archived=False)
    assert len(legal_threads.threads_of(desk, ay.id)[0].stages) == 2


def test_a_matter_ends_with_a_result_and_may_go_on_again(desk: Desk, ay: Person) -> None:
    matter = claim(desk, ay)
    with pytest.raises(Problems) as caught:
        legal_matters.change_matter(desk, matter, ended_on=TODAY)
    assert fields_of(caught) == ["legal_matter.result"]
    with pytest.raises(Problems) as caught:
        legal_matters.change_matter(desk, matter, ended_on=TODAY - 31 * DAY, result="settled")
    assert fields_of(caught) == ["legal_matter.ended_on"]
    ended = legal_matters.change_matter(desk, matter, result="settled", awarded=150_000)
    assert (ended.ended_on, ended.is_open, ended.currency) == (TODAY, False, "azn"), "what goes without saying"
    again = legal_matters.change_matter(desk, ended, ended_on=None)
    assert (again.is_open, again.result, again.awarded) == (True, None, 150_000)


def test_what_goes_on_stands_first_and_the_nearest_date_before_others(desk: Desk, ay: Person) -> None:
    ended = claim(desk, ay, result="given", ended_on=TODAY - DAY, opened_on=TODAY - 2 * DAY)
    older, newer = claim(desk, ay), claim(desk, ay, opened_on=TODAY - 5 * DAY)
    assert [one.id for one in legal_matters.matters_of(desk, ay.id)] == [newer.id, older.id, ended.id]
    legal_threads.add_date(desk, older, until=TODAY + 3 * DAY)
    assert [one.matter.id for one in legal_threads.threads_of(desk, ay.id)] == [older.id, newer.id, ended.id]


def test_a_matter_taken_off_is_gone_from_lists_and_choices(desk: Desk, ay: Person) -> None:
    matter = claim(desk, ay)
    legal_matters.archive_matter(desk, matter.id)
    assert legal_matters.matters_of(desk, ay.id) == []
    assert legal_matters.names_of(desk, of=ay.id) == {}
    assert matter.id in legal_matters.names_of(desk), "what names it still says so"
    legal_matters.archive_matter(desk, matter.id, archived=False)
    assert [one.subject for one in legal_matters.matters_of(desk, ay.id)] == ["Seven months"]


# --- dates and notes ----------------------------------------------------------------------------------------------


def test_a_hearing_of_a_matter_is_a_date_like_any_other(desk: Desk, ay: Person) -> None:
    matter = claim(desk, ay)
    made = legal_threads.add_date(desk, matter, until=TODAY + 2 * DAY, at=time(10), organisation="District court")
    assert [one.id for one in deadlines.deadlines_of(desk, ay.id)] == [made.id]
    (thread,) = legal_threads.threads_of(desk, ay.id)
    assert thread.next_date() is not None
    assert [one.id for one in thread.ahead()] == [made.id]
    assert made.id in {one.id for one in to_do.waiting(desk, 9).shown}
    seen = deadlines.see_to(desk, made)
    (thread,) = legal_threads.threads_of(desk, ay.id)
    assert (thread.next_date(), thread.ahead()[0].id) == (None, seen.id), "seen to, and still ahead"
    over = deadlines.change_deadline(desk, seen, state="over")
    (thread,) = legal_threads.threads_of(desk, ay.id)
    assert (thread.ahead(), [one.id for one in thread.dates]) == ([], [over.id])


def test_the_next_hearing_takes_over_where_the_last_one_was_and_nothing_sealed_for_lawyers(
    desk: Desk, ay: Person
) -> None:
    matter = claim(desk, ay, body_name="Court of the secret town", number="2-77", member_id=desk.me.id)
    (thread,) = legal_threads.threads_of(desk, ay.id)
    start = legal_threads.start_of_date(thread)
    assert start == {"kind": "court_date", "matter_id": matter.id, "until": None, "member_id": desk.me.id}
    legal_threads.add_date(desk, matter, until=TODAY - 9 * DAY, state="over", organisation="Old court", place="Hall 1")
    legal_threads.add_date(desk, matter, until=TODAY - 2 * DAY, state="over", organisation="New court", place="Hall 2")
    (thread,) = legal_threads.threads_of(desk, ay.id)
    start = legal_threads.start_of_date(thread, on=TODAY + DAY)
    assert (start["organisation"], start["place"], start["until"]) == ("New court", "Hall 2", TODAY + DAY)
    assert "organisation" not in legal_threads.start_of_date(thread, "other")
    for name in ("organisation", "place", "words"):
        assert declared(Deadline, name).compartment is not Compartment.LEGAL
    assert "secret" not in str(start)


def test_only_matters_of_her_own_are_named(desk: Desk, ay: Person) -> None:
    other = people.add_person(desk, short_name="Nur")
    hers, foreign = claim(desk, ay), claim(desk, other)
    with pytest.raises(Problems) as caught:
        deadlines.record_deadline(desk, ay.id, kind="other", matter_id=foreign.id)
    assert fields_of(caught) == ["deadline.matter"]
    one = deadlines.record_deadline(desk, ay.id, kind="other", matter_id=hers.id)
    with pytest.raises(Problems):
        deadlines.change_deadline(desk, one, matter_id=uuid4())
    with pytest.raises(Problems) as caught:
        notes.add_note(desk, ay.id, kind="legal", written_on=TODAY, legal_text="x", matter_id=foreign.id)
    assert fields_of(caught) == ["note.matter"]


def test_a_legal_note_belongs_to_a_matter_and_another_note_to_none(desk: Desk, ay: Person) -> None:
    matter = claim(desk, ay)
    note = notes.add_note(desk, ay.id, kind="legal", written_on=TODAY, legal_text="x", matter_id=matter.id)
    social = notes.add_note(desk, ay.id, kind="social", written_on=TODAY, case_text="x", matter_id=matter.id)
    assert (note.matter_id, social.matter_id) == (matter.id, None)
    (thread,) = legal_threads.threads_of(desk, ay.id)
    assert [one.id for one in thread.notes] == [note.id]
    moved = notes.change_note(desk, note, kind="social", case_text="x")
    assert moved.matter_id is None


def test_a_hearing_that_only_a_note_names_is_offered_until_a_date_stands_for_it(desk: Desk, ay: Person) -> None:
    matter = claim(desk, ay)
    on = TODAY + 12 * DAY
    note = notes.add_note(
        desk, ay.id, kind="legal", written_on=TODAY, legal_next_hearing=on, matter_id=matter.id, legal_text="x"
    )
    notes.add_note(desk, ay.id, kind="legal", written_on=TODAY, legal_next_hearing=TODAY - DAY, legal_text="over")
    later = on + 7 * DAY
    given = services.add_service(
        desk, ay.id, kind="legal_advice", given_on=TODAY, outcome="took_place", legal_next_hearing=later
    )
    found = legal_threads.named_hearings(desk, ay.id)
    assert [(one.on, one.record_id, one.matter_id) for one in found] == [
        (on, note.id, matter.id), (later, given.id, None),
    ]  # fmt: skip
    legal_threads.add_date(desk, matter, until=on)
    assert [one.on for one in legal_threads.named_hearings(desk, ay.id)] == [later]
    deadlines.record_deadline(desk, ay.id, kind="other", until=later, words="not a hearing")
    assert [one.on for one in legal_threads.named_hearings(desk, ay.id)] == [later]


def test_appointments_with_lawyers_stand_beside_but_not_twice(desk: Desk, ay: Person) -> None:
    matter = claim(desk, ay)
    day = TODAY + 2 * DAY
    lawyer = appointments.add_appointment(desk, ay.id, kind="lawyer", on=day, at=time(9))
    appointments.add_appointment(desk, ay.id, kind="court", on=day, at=time(10))
    appointments.add_appointment(desk, ay.id, kind="clinic", on=day)
    legal_threads.add_date(desk, matter, until=day, at=time(10))
    assert [one.id for one in legal_threads.work_of(desk, ay.id).meetings] == [lawyer.id]


# --- keys and rights ----------------------------------------------------------------------------------------------


def test_without_the_key_the_coded_facts_can_be_read_and_nothing_written(desk: Desk, ay: Person) -> None:
    matter = claim(desk, ay, stage="prepared", words="He hides the pay slips.")
    note = notes.add_note(
        desk, ay.id, kind="legal", written_on=TODAY, legal_text="x", matter_id=matter.id,
        legal_next_hearing=TODAY + DAY,
    )  # fmt: skip
    her = seat(desk, Role.SOCIAL_WORKER)
    (thread,) = legal_threads.threads_of(her, ay.id)
    sealed = {field.attribute for field in LegalMatter.declared if field.read(thread.matter) is CLOSED}
    assert sealed == {"subject", "words"}
    assert (thread.matter.kind, thread.matter.opened_on, thread.stages[0].stage) == (
        "labour_claim", TODAY - 30 * DAY, "prepared",
    )  # fmt: skip
    assert "Seven" not in legal_matters.names_of(her)[matter.id]
    assert [one.id for one in thread.notes] == [note.id]
    assert legal_threads.named_hearings(her, ay.id) == []
    assert not legal_matters.may_write(her)
    for act in (
        lambda: legal_matters.record_matter(her, ay.id, kind="other"),
        lambda: legal_matters.change_matter(her, thread.matter, result="settled"),
        lambda: legal_matters.archive_matter(her, matter.id),
        lambda: legal_matters.record_stage(her, thread.matter, stage="filed"),
        lambda: legal_matters.change_stage(her, thread.stages[0], stage="filed"),
        lambda: legal_matters.archive_stage(her, thread.stages[0].id),
    ):
        with pytest.raises(NotAllowed):
            act()
    hearing = legal_threads.add_date(her, thread.matter, until=TODAY + DAY)
    assert hearing.matter_id == matter.id, "a hearing may be put down by whoever hears of it"
    with pytest.raises(NotAllowed):
        legal_matters.record_matter(seat(desk, Role.NURSE), ay.id, kind="other")
    lawyer = seat(desk, Role.LAWYER)
    (thread,) = legal_threads.threads_of(lawyer, ay.id)
    assert thread.matter.words == "He hides the pay slips."
    legal_matters.record_stage(lawyer, thread.matter, stage="filed")


def test_everything_that_tells_about_a_matter_is_sealed_for_legal_work() -> None:
    for kind in (LegalMatter, MatterStage):
        for field in kind.declared:
            descriptor = vars(kind)[field.attribute]
            if hasattr(descriptor, "compartment"):
                assert field.compartment is Compartment.LEGAL, field.id


def test_every_kind_of_matter_offers_stages_of_the_list() -> None:
    for kind in (*vocab.LEGAL_MATTERS, None):
        offered = vocab.stages_for(kind.code if kind else None)
        assert offered
        assert set(offered) <= {code.code for code in vocab.LEGAL_STAGES}
        assert len(set(offered)) == len(offered)
    assert vocab.stages_for("labour_claim.own_1") == vocab.stages_for("labour_claim")
    assert date(2026, 11, 17) == TODAY


def test_matters_are_not_named_where_the_record_asks_why(desk: Desk, ay: Person) -> None:
    matter = claim(desk, ay)
    restrictions.restrict(desk, ay.id, "Her brother works in the town hall")
    lawyer = seat(desk, Role.LAWYER)
    assert legal_matters.names_of(lawyer) == {}
    with pytest.raises(NeedsReason):
        legal_matters.names_of(lawyer, of=ay.id)
    person_reading.open_person(lawyer, ay.id, "I am her lawyer")
    assert "Seven" in legal_matters.names_of(lawyer)[matter.id]


def test_a_kind_of_the_shelters_own_is_named_as_such_and_offers_the_stages_of_what_it_is_a_kind_of(
    desk: Desk, ay: Person
) -> None:
    kind = own_choices.add_choice(desk, vocab.LEGAL_MATTERS, "Eviction", "family")
    matter = legal_matters.record_matter(desk, ay.id, kind=kind, stage="talks")
    assert legal_matters.names_of(desk)[matter.id].startswith("Eviction, ")
    assert legal_matters.name_of(matter).startswith("Divorce, children, maintenance"), "on paper it is what it is"
    assert vocab.stages_for(kind) == vocab.stages_for("family")
