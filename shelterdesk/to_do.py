"""What is to be done, in one list: tasks of one's own, and what follows from days that stand anywhere in the records.

Today, the page of tasks and the caseload all read it here. Words are the neutral ones that may lie open on a desk; a
task of one's own says its own words, unless the record it is about asks why it is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import partial
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from shelterdesk import appointments, deadlines, due, milestones, referrals_out, tasks, vocab
from shelterdesk.access import Right, require
from shelterdesk.appointments import GIVEN, PLANNED, Appointment
from shelterdesk.desk import Desk
from shelterdesk.due import end_of_week, neutral
from shelterdesk.fields import Field
from shelterdesk.i18n import N_, text
from shelterdesk.milestones import OPEN_STATES, Milestone, of_plans_at_work
from shelterdesk.people import Person
from shelterdesk.person_history import WorkerSince, current_on
from shelterdesk.person_reading import listed
from shelterdesk.reach import REMINDING, require_reach
from shelterdesk.records import all_of
from shelterdesk.schema.base import text_of, whole
from shelterdesk.services import COUNTED_OUTCOMES, NOTED, Service
from shelterdesk.tasks import Task
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab.lists import base_of

When = Literal["past", "this_week", "later", "notes"]
WRITTEN_UP: Final = ("psychological", "legal", "social")
"""Families of services of which a note is expected."""
ASKED_FOR: Final = timedelta(days=14)
"""A note that was not written, or an appointment nobody told of, is not asked for any more after this time."""
_DONE_SHOWN: Final = timedelta(days=30)
_TASK: Final = N_("Task")
_HOW_IT_WENT: Final = N_("Say how it went")
_WRITE_NOTE: Final = N_("Write the note")
_CAN_BE_DONE: Final = frozenset({"task", "milestone", "deadline", "appointment"})
_CAN_MOVE: Final = frozenset({"task", "milestone", "appointment", "referral_out"})


@dataclass(frozen=True)
class ToDo:
    """One thing to be done; ``source`` is the kind of record it comes from."""

    id: UUID
    source: str
    person_id: UUID | None
    words: str
    on: date | None
    section: str = ""
    """Where in the record it stands."""
    at: time | None = None
    member_id: UUID | None = None
    person: str = ""
    done_on: date | None = None

    @property
    def can_be_done(self) -> bool:
        """Tell whether saying «done» is all it takes; the rest is looked at in the record."""
        return self.source in _CAN_BE_DONE

    @property
    def can_move(self) -> bool:
        """Tell whether it can be moved to another day."""
        return self.source in _CAN_MOVE and self.done_on is None


@dataclass(frozen=True)
class Waiting:
    """What waits today: the first of it, and how many there are beside."""

    shown: tuple[ToDo, ...]
    more: int


def to_dos(desk: Desk, *, whose: UUID | None = None, done: bool = False, before: date | None = None) -> list[ToDo]:
    """Return what is open, the earliest day first, or what was *done* in the last 30 days, the newest first.

    *whose* leaves only what a member is to do: what is put down for them, and what is put down for nobody about people
    they work with; *before* leaves milestones away whose day is not earlier. Raises NotAllowed.
    """
    require(desk, Right.SEE_HOUSE)
    near = [] if done else list(_reminders(desk))
    with desk.read() as db:
        found = _done(desk, db) if done else [*near, *_open(desk, db, before)]
        if whose is not None:
            found = _of_member(desk, db, found, whose)
        found = _named(db, found)
    return sorted(found, key=_by_day, reverse=done)


def when_of(one: ToDo, today: date) -> When:
    """Return whether something is past its day, of this week, of later (with what has no day), or a note to write."""
    if one.source == "service":
        return "notes"
    if one.on is None or one.on > end_of_week(today):
        return "later"
    return "past" if one.on < today else "this_week"


def waiting(desk: Desk, most: int, *, without: Collection[UUID] = ()) -> Waiting:
    """Return at most *most* of what has come to its day, the oldest first; *without* is what stands elsewhere."""
    require(desk, Right.SEE_RECORDS)
    today = desk.today()
    near = list(_reminders(desk))
    with desk.read() as db:
        steps = of_plans_at_work(today).where(Milestone.status.in_(OPEN_STATES), Milestone.due_on <= today)
        steps = steps.execution_options(**REMINDING)
        counted = select(func.count()).select_from(steps.subquery()).execution_options(**REMINDING)
        milestone_count = db.execute(counted).scalar_one()
        found = _milestones(db, steps.order_by(Milestone.due_on, Milestone.id).limit(most))
        beyond = milestone_count - len(found)
        # Notes to write stand on the page of tasks: here they would crowd out what cannot wait.
        others = [*near, *_own_tasks(desk, db), *_not_told(desk, db)]
        found += [one for one in others if _waits(desk, one) and one.id not in without]
        found = sorted(_of_member(desk, db, found, desk.me.id, mine_only=("task",)), key=_by_day)
        shown = _named(db, found[:most])
    return Waiting(tuple(shown), beyond + len(found) - len(shown))


def mark(desk: Desk, one: ToDo, *, done: bool = True) -> Callable[[], object]:
    """Say that something is done, or open again, and return what undoes it. Raises what its feature raises."""
    _require_reach(desk, one)
    match one.source:
        case "task":
            task = tasks.mark_task(desk, _task(desk, one.id), done=done)
            return partial(tasks.mark_task, desk, task, done=not done)
        case "deadline":
            seen = deadlines.see_to(desk, deadlines.deadline_with(desk, one.id), seen=done)
            return partial(deadlines.see_to, desk, seen, seen=not done)
        case "appointment":
            meeting = appointments.meeting_of(desk, appointments.appointment_with(desk, one.id))
            after = appointments.mark(desk, meeting, GIVEN if done else PLANNED)
            return partial(appointments.mark, desk, after, PLANNED if done else GIVEN)
        case "milestone":
            before = _milestone(desk, one.id)
            status, done_on = before.status, before.done_on
            step = milestones.mark_done(desk, before, done=done)
            return partial(milestones.change_milestone, desk, step, status=status, done_on=done_on)
        case _:
            raise ValueError(f"{one.source} is not done by saying so")


def move(desk: Desk, one: ToDo, on: date) -> Callable[[], object]:
    """Move something to another day and return what undoes it. Raises what its feature raises."""
    _require_reach(desk, one)
    match one.source:
        case "task":
            task = _task(desk, one.id)
            was = task.due_on
            moved = tasks.change_task(desk, task, due_on=on)
            return partial(tasks.change_task, desk, moved, due_on=was)
        case "milestone":
            before = _milestone(desk, one.id)
            was = before.due_on
            step = milestones.change_milestone(desk, before, due_on=on)
            return partial(milestones.change_milestone, desk, step, due_on=was)
        case "appointment":
            meeting = appointments.meeting_of(desk, appointments.appointment_with(desk, one.id))
            made = appointments.move(desk, meeting, on=on)
            return partial(appointments.take_back_move, desk, made)
        case "referral_out":
            assert one.person_id is not None
            referral = next(of for of in referrals_out.referrals_out_of(desk, one.person_id) if of.id == one.id)
            was = referral.follow_up_on
            asked = referrals_out.change_referral_out(desk, referral, follow_up_on=on)
            return partial(referrals_out.change_referral_out, desk, asked, follow_up_on=was)
        case _:
            raise ValueError(f"{one.source} has a day that cannot be moved here")


# --- where it comes from -----------------------------------------------------------------------------------------


def _open(desk: Desk, db: Session, before: date | None) -> list[ToDo]:
    found = list(_own_tasks(desk, db))
    if desk.may(Right.SEE_RECORDS):
        steps = of_plans_at_work(desk.today()).where(Milestone.status.in_(OPEN_STATES))
        found += _milestones(db, steps if before is None else steps.where(Milestone.due_on < before))
        found += _without_note(desk, db)
    found += _not_told(desk, db)
    return found


def _done(desk: Desk, db: Session) -> list[ToDo]:
    since = desk.today() - _DONE_SHOWN
    query = select(Task).where(Task.done_on >= since, Task.archived_at.is_(None))
    found = [_of_task(desk, one) for one in all_of(db, query, Task)]
    if desk.may(Right.SEE_RECORDS):
        done = Milestone.status == "done", Milestone.done_on >= since
        found += _milestones(db, of_plans_at_work(desk.today()).where(*done))
    return found


def _own_tasks(desk: Desk, db: Session) -> Iterator[ToDo]:
    query = select(Task).where(Task.done_on.is_(None), Task.archived_at.is_(None))
    for one in all_of(db, query, Task):
        yield _of_task(desk, one)


def _of_task(desk: Desk, one: Task) -> ToDo:
    said = text_of(one, "words")
    # Somebody who may know what the record says has to give a reason first; the task must not tell it beside.
    told = said and one.person_id not in desk.sight.asks_why
    words = said if told else text(_TASK)
    return ToDo(one.id, "task", one.person_id, words, one.due_on, "overview", None, one.member_id, "", one.done_on)


def _milestones(db: Session, steps: Select[Milestone]) -> list[ToDo]:
    """Return milestones without their words: an old house has thousands of them."""
    columns = ("id", "person_id", "kind", "domain", "due_on", "member_id", "status", "done_on")
    query = steps.with_only_columns(*(getattr(Milestone, name) for name in columns), maintain_column_froms=True)
    return [
        ToDo(
            one.id, "milestone", one.person_id, neutral(one.kind, one.domain), one.due_on, "plan",
            member_id=one.member_id, done_on=one.done_on if one.status == "done" else None,
        )
        for one in db.execute(query.execution_options(**REMINDING))
    ]  # fmt: skip


def _reminders(desk: Desk) -> Iterator[ToDo]:
    if not desk.may(Right.SEE_RECORDS):
        return
    for one in due.reminders(desk):
        yield ToDo(one.id, one.source, one.person_id, one.words, one.on, one.section, one.at, one.member_id)


def _not_told(desk: Desk, db: Session) -> Iterator[ToDo]:
    """Yield appointments of the last weeks of which nobody said whether they took place."""
    today = desk.today()
    table = Appointment.__table__.c
    query = (
        select(Appointment)
        .where(
            Appointment.on.between(today - ASKED_FOR, today - timedelta(days=1)),
            Appointment.state == PLANNED,
            Appointment.archived_at.is_(None),
            Appointment.kind != "follow_up",
        )
        .order_by(Appointment.on, table["at"], Appointment.id)
    )
    met = set[UUID]()
    for one in all_of(db, query, Appointment):
        if one.meeting_id is not None:
            # A group is told of once.
            if one.meeting_id in met:
                continue
            met.add(one.meeting_id)
        what = vocab.APPOINTMENT_KINDS.listed(one.kind)
        words = f"{what} · {text(_HOW_IT_WENT)}"
        yield ToDo(one.id, "appointment", one.person_id, words, one.on, "overview", one.at, one.member_id)


def _without_note(desk: Desk, db: Session) -> Iterator[ToDo]:
    """Yield services of which a note is expected and none stands. No note is opened for it."""
    columns = Service.__table__.c
    blank = {
        family: and_(
            *(columns[f"{field.attribute}_sealed"].is_(None) for field in Service.declared if _notes(field, family))
        )
        for family in WRITTEN_UP
    }
    query = select(
        Service.id, Service.person_id, Service.given_on, Service.given_by, Service.kind,
        *(condition.label(family) for family, condition in blank.items()),
    ).where(
        Service.archived_at.is_(None),
        Service.outcome.in_(COUNTED_OUTCOMES),
        Service.given_on >= desk.today() - ASKED_FOR,
    )  # fmt: skip
    for row in db.execute(query.execution_options(**REMINDING)).mappings():
        if row.get(vocab.SERVICE_KINDS.group(row["kind"])) and base_of(row["kind"]) not in vocab.NEEDS_NO_NOTE:
            yield ToDo(
                row["id"], "service", row["person_id"], text(_WRITE_NOTE), row["given_on"], "services",
                member_id=row["given_by"],
            )  # fmt: skip


def _notes(field: Field, family: str) -> bool:
    """Tell whether *field* is one of those in which a note on services of *family* is written."""
    compartment = Compartment(vocab.SERVICE_FAMILIES.group(family) or "case")
    # What a psychologist or lawyer tells the team is not their note; a social worker often has no more to say.
    said_to_team = family == "social" and field.attribute == "team_note"
    return said_to_team or (field.attribute in NOTED and field.compartment is compartment)


# --- what is left of it ------------------------------------------------------------------------------------------


def _waits(desk: Desk, one: ToDo) -> bool:
    """Tell whether something has come to its day; what stands among the reminders has, however far ahead it lies."""
    return one.source not in ("task", "milestone") or (one.on is not None and one.on <= desk.today())


def _of_member(
    desk: Desk, db: Session, found: Iterable[ToDo], member: UUID, mine_only: Collection[str] = ()
) -> list[ToDo]:
    """Return what *member* is to do; *mine_only* names the sources to look at, all of them where it is empty."""
    works_with: dict[UUID, Any] | None = None
    kept: list[ToDo] = []
    for one in found:
        if mine_only and one.source not in mine_only:
            kept.append(one)
        elif one.member_id is not None:
            if one.member_id == member:
                kept.append(one)
        elif one.person_id is None:
            kept.append(one)
        else:
            if works_with is None:
                works_with = current_on(db, WorkerSince, "member_id", desk.today())
            if mine_only or works_with.get(one.person_id) in (member, None):
                kept.append(one)
    return kept


def _named(db: Session, found: Iterable[ToDo]) -> list[ToDo]:
    """Return them with the names of whom they are about, without those whose record is closed to the reader."""
    whole_list = list(found)
    wanted = {one.person_id for one in whole_list if one.person_id is not None}
    names = {one.id: one.shown for one in listed(db, Person.id.in_(wanted))}
    return [
        replace(one, person=names.get(one.person_id, "") if one.person_id else "")
        for one in whole_list
        if one.person_id is None or one.person_id in names
    ]


def _by_day(one: ToDo) -> tuple[bool, date, time, str, UUID]:
    return (one.source == "service", one.done_on or one.on or date.max, one.at or time.max, one.words, one.id)


def _require_reach(desk: Desk, one: ToDo) -> None:
    if one.person_id is not None:
        require_reach(desk, one.person_id, asks=False)


def _task(desk: Desk, task_id: UUID) -> Task:
    task = tasks.find_task(desk, task_id)
    assert task is not None
    return task


def _milestone(desk: Desk, milestone_id: UUID) -> Milestone:
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        return db.get_one(Milestone, milestone_id, options=whole(Milestone))
