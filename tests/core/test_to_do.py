"""What is to be done in one list, tasks of one's own, needs, and who has what in hand."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from shelterdesk import (
    appointments,
    caseload,
    deadlines,
    follow_ups,
    merging,
    milestones,
    needs,
    people,
    people_table,
    person_history,
    plans,
    restrictions,
    services,
    stays,
    tasks,
    to_do,
    today,
)
from shelterdesk.access import Role
from shelterdesk.caseload import Load
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.fields import CLOSED
from shelterdesk.people import Person
from shelterdesk.schema.base import declared
from shelterdesk.tasks import Task
from tests.core.seats import seat
from tests.desks import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def ay(desk: Desk) -> Person:
    person = people.add_person(desk, short_name="Ay")
    stays.add_stay(desk, person.id, arrived_on=TODAY - 30 * DAY)
    return person


def session(desk: Desk, person: Person, ago: int, kind: str = "psychological_session", **more: object) -> None:
    services.add_service(
        desk, person.id, kind=kind, given_on=TODAY - ago * DAY, outcome="took_place", **{"minutes": 50} | more
    )


def words(desk: Desk, when: str) -> list[str]:
    return [one.words for one in to_do.to_dos(desk) if to_do.when_of(one, TODAY) == when]


# --- tasks of one's own -------------------------------------------------------------------------------------------


def test_a_task_is_done_and_opened_again(desk: Desk, ay: Person) -> None:
    task = tasks.add_task(desk, ay.id, words="Call the school", due_on=TODAY - DAY)
    (one,) = to_do.to_dos(desk)
    assert (one.words, one.person, one.on, one.done_on) == ("Call the school", "Ay", TODAY - DAY, None)
    undo = to_do.mark(desk, one)
    assert to_do.to_dos(desk) == []
    assert [(done.words, done.done_on) for done in to_do.to_dos(desk, done=True)] == [("Call the school", TODAY)]
    undo()
    assert [open_.id for open_ in to_do.to_dos(desk)] == [task.id]
    tasks.archive_task(desk, task.id)
    assert to_do.to_dos(desk) == []


def test_a_task_needs_words_and_nothing_else(desk: Desk) -> None:
    with pytest.raises(Problems) as found:
        tasks.add_task(desk, words=" ", due_on=TODAY)
    assert [problem.field for problem in found.value.problems] == ["task.words"]
    assert to_do.to_dos(desk) == []
    tasks.add_task(desk, words="Light bulb")
    assert words(desk, "later") == ["Light bulb"], "what has no day is for later"


def test_details_are_for_who_works_with_records(desk: Desk, ay: Person) -> None:
    task = tasks.add_task(desk, ay.id, words="Call her lawyer", details="About the new order")
    night = seat(desk, Role.NIGHT_WORKER)
    read = tasks.find_task(night, task.id)
    assert read is not None
    assert read.words == "Call her lawyer"
    assert declared(Task, "details").read(read) is CLOSED
    with pytest.raises(NotAllowed):
        tasks.add_task(seat(desk, Role.REPORTING_OFFICER), words="x")


def test_who_was_slower_overwrites_nothing(desk: Desk) -> None:
    task = tasks.add_task(desk, words="Light bulb")
    tasks.change_task(desk, task, words="Light bulb, hall")
    with pytest.raises(StaleRecord):
        tasks.mark_task(desk, task)


def test_a_record_that_asks_why_does_not_tell_its_tasks(desk: Desk, ay: Person) -> None:
    tasks.add_task(desk, ay.id, words="Ask about the trial", due_on=TODAY)
    restrictions.restrict(desk, ay.id, "x")
    mine = seat(desk, Role.SOCIAL_WORKER)
    assert [(one.words, one.person) for one in to_do.to_dos(mine)] == [("Task", "Ay")]


# --- what follows from days anywhere ------------------------------------------------------------------------------


def test_every_kind_of_day_stands_in_one_list(desk: Desk, ay: Person) -> None:
    plan = plans.add_plan(desk, ay.id, agreed_on=TODAY - 20 * DAY)
    milestones.add_milestone(desk, plan, domain="health", kind="eye_test", words="Glasses", due_on=TODAY - 4 * DAY)
    deadlines.record_deadline(desk, ay.id, kind="residence_permit", until=TODAY + 5 * DAY)
    appointments.add_appointment(desk, ay.id, kind="clinic", on=TODAY - 2 * DAY, at=time(9))
    session(desk, ay, 1)
    tasks.add_task(desk, words="Order shoes", due_on=TODAY + 30 * DAY)
    assert words(desk, "past") == ["Eye test", "Clinic visit · Say how it went"]
    assert "A paper ends" in words(desk, "this_week") + words(desk, "later")
    assert words(desk, "notes") == ["Write the note"]
    assert words(desk, "later")[-1] == "Order shoes"
    waits = to_do.waiting(desk, 7)
    assert [one.source for one in waits.shown] == ["milestone", "appointment", "deadline"]
    assert waits.shown == today.read_today(desk).waiting


def test_a_note_that_was_written_is_not_asked_for(desk: Desk, ay: Person) -> None:
    session(desk, ay, 1, clinical_note="She sleeps better.")
    session(desk, ay, 2, kind="clothing")
    session(desk, ay, to_do.ASKED_FOR.days + 1)
    session(desk, ay, 1, "social_talk", team_note="She asked for a bus pass.")
    session(desk, ay, 1, "leisure")
    assert words(desk, "notes") == []
    session(desk, ay, 1, "social_talk")
    session(desk, ay, 1, team_note="Came in time.")
    assert words(desk, "notes") == ["Write the note"] * 2, "a psychologist's note is not for the team"


@pytest.mark.parametrize("kind", ["milestone", "task", "appointment"])
def test_what_is_moved_is_put_back(desk: Desk, ay: Person, kind: str) -> None:
    was, to = TODAY - DAY, TODAY + 3 * DAY
    match kind:
        case "milestone":
            plan = plans.add_plan(desk, ay.id, agreed_on=TODAY - 20 * DAY)
            milestones.add_milestone(desk, plan, domain="health", words="Glasses", due_on=was)
        case "task":
            tasks.add_task(desk, words="Shoes", due_on=was)
        case _:
            appointments.add_appointment(desk, ay.id, kind="talk", on=was)
    (one,) = to_do.to_dos(desk)
    assert (one.source, one.on) == (kind, was)
    undo = to_do.move(desk, one, to)
    open_days = [found.on for found in to_do.to_dos(desk)]
    assert open_days == ([] if kind == "appointment" else [to]), "an appointment ahead is the calendar's"
    undo()
    assert [found.on for found in to_do.to_dos(desk)] == [was]


def test_waiting_counts_what_it_has_no_room_for(desk: Desk, ay: Person) -> None:
    for number in range(5):
        tasks.add_task(desk, words=f"Task {number}", due_on=TODAY - number * DAY)
    waits = to_do.waiting(desk, 3)
    assert [one.words for one in waits.shown] == ["Task 4", "Task 3", "Task 2"]
    assert waits.more == 2


def test_mine_is_what_was_put_down_for_me_or_is_about_my_people(desk: Desk, ay: Person) -> None:
    other = seat(desk, Role.SOCIAL_WORKER)
    hers = people.add_person(desk, short_name="Nur")
    person_history.assign_worker(desk, ay.id, desk.me.id)
    person_history.assign_worker(desk, hers.id, other.me.id)
    tasks.add_task(desk, words="for me", member_id=desk.me.id)
    tasks.add_task(desk, words="for other", member_id=other.me.id)
    tasks.add_task(desk, ay.id, words="mine by Ay")
    tasks.add_task(desk, hers.id, words="others by Nur")
    tasks.add_task(desk, words="the house's")
    assert {one.words for one in to_do.to_dos(desk, whose=desk.me.id)} == {"for me", "mine by Ay", "the house's"}
    assert len(to_do.to_dos(desk)) == 5


# --- needs --------------------------------------------------------------------------------------------------------


def test_a_need_says_what_became_of_it(desk: Desk, ay: Person) -> None:
    need = needs.record_need(desk, ay.id, kind="psychiatric_consultation", since=TODAY - 9 * DAY)
    assert (need.state, need.ended_on) == ("open", None)
    with pytest.raises(Problems) as found:
        needs.change_need(desk, need, state="not_available")
    assert [problem.field for problem in found.value.problems] == ["need.why"]
    unmet = needs.change_need(desk, need, state="not_available", why="full")
    assert (unmet.why, unmet.ended_on) == ("full", TODAY)
    again = needs.change_need(desk, unmet, state="open")
    assert (again.why, again.ended_on) == (None, None), "an open need has no reason and no end"
    with pytest.raises(Problems):
        needs.change_need(desk, again, state="met", ended_on=TODAY - 10 * DAY)


def test_open_needs_stand_first(desk: Desk, ay: Person) -> None:
    needs.record_need(desk, ay.id, kind="language_class", state="met")
    needs.record_need(desk, ay.id, kind="child_care", since=TODAY - 40 * DAY)
    assert [one.kind for one in needs.needs_of(desk, ay.id)] == ["child_care", "language_class"]


# --- caseload -----------------------------------------------------------------------------------------------------


def load_of(desk: Desk, at: Desk) -> Load:
    return next(one for one in caseload.read_caseload(at).loads if one.member_id == desk.me.id)


def test_a_load_counts_people_days_notes_and_hours(desk: Desk, ay: Person) -> None:
    person_history.assign_worker(desk, ay.id, desk.me.id)
    tasks.add_task(desk, ay.id, words="Late", due_on=TODAY - DAY)
    session(desk, ay, 0, given_by=desk.me.id)
    session(desk, ay, 3, "clothing", given_by=desk.me.id, minutes=10)
    appointments.add_appointment(desk, ay.id, kind="talk", on=TODAY, at=time(16), minutes=30, member_id=desk.me.id)
    load = load_of(desk, desk)
    assert (load.people, load.past, load.notes, load.silent) == (1, 1, 1, 0)
    assert load.minutes_this_week == 50, "today is a Tuesday"
    assert load.minutes_this_month == 60
    assert load.planned_minutes == 30


def test_only_who_approves_sees_everybodys_load(desk: Desk, ay: Person) -> None:
    person_history.assign_worker(desk, ay.id, desk.me.id)
    mine = seat(desk, Role.SOCIAL_WORKER)
    assert [one.member_id for one in caseload.read_caseload(mine).loads] == []
    assert caseload.read_caseload(mine).lines == ()
    assert [one.person for one in caseload.read_caseload(desk).lines] == ["Ay"]


def test_without_contact_for_too_long_somebody_is_named(desk: Desk, ay: Person) -> None:
    assert [(one.person, one.days) for one in caseload.silent_residents(desk)] == [("Ay", 30)]
    session(desk, ay, 15)
    assert [one.days for one in caseload.silent_residents(desk)] == [15]
    caseload.put_contact_days(desk, 16)
    assert caseload.silent_residents(desk) == []
    caseload.put_contact_days(desk, 0)
    assert caseload.silent_residents(desk) == []
    caseload.put_contact_days(desk, 14)
    appointment = appointments.add_appointment(desk, ay.id, kind="talk", on=TODAY - DAY)
    assert len(caseload.silent_residents(desk)) == 1, "planned is not held"
    appointments.mark(desk, [appointment], "given")
    assert caseload.silent_residents(desk) == []


def test_contact_under_a_record_that_was_merged_counts_as_hers(desk: Desk, ay: Person) -> None:
    twice = people.add_person(desk, short_name="Aya")
    session(desk, twice, 3)
    assert [one.person for one in caseload.silent_residents(desk)] == ["Ay"]
    merging.merge(desk, ay, twice)
    assert caseload.silent_residents(desk) == []


def test_who_left_is_not_named_but_stays_with_her_worker(desk: Desk, ay: Person) -> None:
    person_history.assign_worker(desk, ay.id, desk.me.id)
    (stay,) = stays.stays_of(desk, ay.id)
    stays.close_stay(desk, stay, left_on=TODAY - 20 * DAY, leaving_reason="own_choice")
    assert caseload.silent_residents(desk) == []
    (line,) = caseload.read_caseload(desk).lines
    assert (line.is_here, line.silent, line.last_contact) == (False, False, None)
    follow_ups.record_follow_up(desk, ay.id, on=TODAY - DAY, result="spoke")
    (line,) = caseload.read_caseload(desk).lines
    assert line.last_contact == TODAY - DAY


def test_handing_over_moves_the_load_and_keeps_who_was_there_before(desk: Desk, ay: Person) -> None:
    person_history.assign_worker(desk, ay.id, desk.me.id, TODAY - 9 * DAY)
    undo = people_table.assign_all(desk, [ay.id], None)
    rows = person_history.history_of(desk, person_history.WorkerSince, ay.id)
    assert [one.member_id for one in rows] == [None, desk.me.id]
    assert caseload.read_caseload(desk).loads[-1].member_id is None
    undo()
    assert load_of(desk, desk).people == 1
