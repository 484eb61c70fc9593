"""What the start page shows: what comes next, what waits, who lives here, what lies on the desk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from shelterdesk import approvals, authority_requests, deadlines, to_do, vocab
from shelterdesk.access import Right
from shelterdesk.appointments import Appointment
from shelterdesk.approvals import Request
from shelterdesk.arrival_requests import ArrivalRequest, waiting_requests
from shelterdesk.authority_requests import Asked
from shelterdesk.backups import last_backup
from shelterdesk.bed_use import BedUse, beds_on
from shelterdesk.caseload import Silent, silent_residents
from shelterdesk.consents import ending
from shelterdesk.deadlines import DueDate
from shelterdesk.desk import Desk
from shelterdesk.drafts import Draft, my_drafts
from shelterdesk.i18n import N_, text
from shelterdesk.members import shown_names
from shelterdesk.people import Person
from shelterdesk.person_reading import listed
from shelterdesk.placements import Placement
from shelterdesk.plans import NextStep, Plan, plans_in_hand
from shelterdesk.providers import EndingAgreement, ending_agreements
from shelterdesk.reach import EVERYBODY, REMINDING
from shelterdesk.schema.base import text_of
from shelterdesk.stay_problems import problems_of_stays
from shelterdesk.stays import Stay, is_here
from shelterdesk.to_do import ToDo, Waiting
from shelterdesk.vault.compartments import Compartment

ROWS: Final = 7
"""Rows a block shows at the most."""
_CONSENT_ENDS: Final = timedelta(days=14)
_WEEK: Final = timedelta(days=6)


@dataclass(frozen=True)
class Coming:
    """One thing of today or tomorrow, by its neutral kind."""

    id: UUID
    kind: str
    person_id: UUID | None
    """None where the house meets, and where her record is closed to the reader: then only the hour and the colleague
    are told."""
    person: str
    on: date
    at: time | None
    icon: str
    words: str
    """Neutral words in the window's language."""
    where: str
    people: int = 1
    """How many people meet there; ``person`` is then one of them."""
    meeting_id: UUID | None = None
    """What the appointments of a group have in common."""


@dataclass(frozen=True)
class Arrival:
    """Somebody who arrived this week or is expected to leave."""

    person_id: UUID
    person: str
    on: date
    leaving: bool


@dataclass(frozen=True)
class WithoutStep:
    """A resident without a next step."""

    person_id: UUID
    person: str


@dataclass(frozen=True)
class EndingConsent:
    """A consent that ends soon."""

    person_id: UUID
    person: str
    until: date


@dataclass(frozen=True)
class Today:
    """Everything the start page shows, read in one go."""

    on: date
    last_backup: datetime | None
    next: tuple[Coming, ...] = ()
    more_next: int = 0
    waiting: tuple[ToDo, ...] = ()
    """What is to be done and has come to its day, the oldest first; what stands on Next is left out."""
    more_waiting: int = 0
    beds: tuple[BedUse, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    without_step: tuple[WithoutStep, ...] = ()
    drafts: tuple[Draft, ...] = ()
    plans_to_review: int = 0
    first_to_review: UUID | None = None
    consents_ending: tuple[EndingConsent, ...] = ()
    silent: tuple[Silent, ...] = ()
    """Who lives here without contact for longer than the shelter wants."""
    agreements_ending: tuple[EndingAgreement, ...] = ()
    """Agreements with providers that have ended or end soon, for who keeps the directory."""
    people_on_file: int = 0
    expected: tuple[ArrivalRequest, ...] = ()
    """Requests for a place after which somebody may still come, undecided ones included."""
    requests: tuple[Asked, ...] = ()
    """Requests by authorities to answer, and answers to approve."""
    stays_to_put_right: int = 0
    """How many things do not fit in the stays and beds of who lives here."""
    to_approve: tuple[Request, ...] = ()
    """What colleagues asked the signed-in person to approve."""
    given_back: tuple[Request, ...] = ()
    """What the signed-in person asked for and got back with words."""


def read_today(desk: Desk) -> Today:
    """Read the start page as far as the signed-in person's rights and keys go."""
    if not desk.may(Right.SEE_HOUSE):
        return _empty(desk)
    today = desk.today()
    busy: list[Appointment] = []
    with desk.read() as db:
        living = {row[0]: row[1] for row in db.execute(select(Stay.person_id, Stay.arrived_on).where(is_here(today)))}
        leaving = db.execute(
            select(Stay.person_id, Stay.expected_until).where(
                is_here(today), Stay.expected_until.between(today, today + _WEEK)
            )
        ).all()
        planned = (
            select(Appointment)
            .where(
                Appointment.on.between(today, today + timedelta(days=1)),
                Appointment.state == "planned",
                Appointment.archived_at.is_(None),
            )
            .order_by(Appointment.on, Appointment.at.is_(None), Appointment.at)
        )
        appointments = list(db.scalars(planned))
        if desk.sight.sees is not None:
            # Who keeps a closed record's appointment is busy then; no more than that is told.
            everybodys = list(db.scalars(planned.execution_options(**EVERYBODY)))
            closed = desk.sight.unseen(db, {one.person_id for one in everybodys if one.person_id is not None})
            busy = [one for one in everybodys if one.person_id in closed and one.at and one.member_id]
        dated = deadlines.meetings_between(db, today, today + timedelta(days=1))
        check_in = Placement.check_in_on.between(today, today + timedelta(days=1)), Placement.archived_at.is_(None)
        check_ins = list(db.scalars(select(Placement).where(*check_in).execution_options(**REMINDING)))
        is_open = NextStep.done_on.is_(None) & NextStep.archived_at.is_(None) & NextStep.person_id.in_(list(living))
        have_step = set(db.scalars(select(NextStep.person_id).where(is_open)))
        review = db.scalars(
            plans_in_hand(today)
            .with_only_columns(Plan.person_id)
            .where(Plan.review_on <= today)
            .order_by(Plan.review_on)
            .execution_options(**REMINDING)
        ).all()
        consents_ending = ending(db, today, today + _CONSENT_ENDS)
        wanted = {one.person_id for one in (*appointments, *dated, *check_ins) if one.person_id}
        wanted |= set(living) | {person for person, _until in consents_ending}
        names = {one.id: one.shown for one in listed(db, Person.id.in_(wanted))}
        staff = shown_names(desk, db)
        on_file = db.execute(select(func.count()).select_from(Person)).scalar_one()
    coming = [_appointment(desk, one, names, staff) for one in appointments]
    coming += [_busy(one, staff) for one in busy]
    known = {(one.person_id, one.on, one.at) for one in appointments}
    coming += [_meeting(one, names, staff) for one in dated if (one.person_id, one.on, one.at) not in known]
    coming += [_check_in(one, names, staff) for one in check_ins]
    coming.sort(key=lambda one: (one.on, one.at is None, one.at or time(), str(one.meeting_id or "")))
    coming = _meetings(coming)
    waits = _waiting(desk, {one.id for one in dated})
    arrivals = [
        Arrival(person, names[person], on, leaving=False) for person, on in living.items() if today - _WEEK <= on
    ]
    arrivals += [Arrival(person, names[person], on, leaving=True) for person, on in leaving if on is not None]
    return Today(
        on=today,
        next=tuple(coming[:ROWS]),
        more_next=max(0, len(coming) - ROWS),
        waiting=waits.shown,
        more_waiting=waits.more,
        beds=tuple(beds_on(desk, today)),
        arrivals=tuple(sorted(arrivals, key=lambda one: (one.leaving, one.on))),
        silent=_silent(desk),
        without_step=tuple(WithoutStep(person, names[person]) for person in living if person not in have_step),
        drafts=tuple(my_drafts(desk)),
        plans_to_review=len(review),
        first_to_review=review[0] if review else None,
        consents_ending=tuple(EndingConsent(person, names[person], until) for person, until in consents_ending),
        agreements_ending=tuple(_agreements(desk)),
        last_backup=last_backup(desk),
        people_on_file=on_file,
        expected=tuple(waiting_requests(desk)),
        requests=tuple(authority_requests.unfinished(desk)),
        stays_to_put_right=len(problems_of_stays(desk, past=False)) if desk.may(Right.KEEP_STAYS) else 0,
        to_approve=tuple(approvals.waiting(desk)),
        given_back=tuple(approvals.given_back(desk)),
    )


def _waiting(desk: Desk, shown: Collection[UUID]) -> Waiting:
    return to_do.waiting(desk, ROWS, without=shown) if desk.may(Right.SEE_RECORDS) else Waiting((), 0)


def _agreements(desk: Desk) -> list[EndingAgreement]:
    keeps = desk.may(Right.GIVE_SERVICES) and desk.may(Right.SEE_RECORDS)
    return ending_agreements(desk) if keeps else []


def _silent(desk: Desk) -> tuple[Silent, ...]:
    return tuple(silent_residents(desk)) if desk.may(Right.SEE_RECORDS) else ()


def _empty(desk: Desk) -> Today:
    return Today(on=desk.today(), last_backup=last_backup(desk))


def _meetings(coming: list[Coming]) -> list[Coming]:
    """Make one entry of a group that meets at one hour in one place."""
    found: list[Coming] = []
    for one in coming:
        last = found[-1] if found else None
        if last is not None and _is_one_meeting(last, one):
            found[-1] = replace(last, people=last.people + 1)
        else:
            found.append(one)
    return found


def _is_one_meeting(one: Coming, other: Coming) -> bool:
    """Tell whether two appointments are one group, as the calendar shows them; some were planned one by one."""
    if one.meeting_id is not None or other.meeting_id is not None:
        return one.meeting_id == other.meeting_id
    same = (one.on, one.at, one.words, one.where) == (other.on, other.at, other.words, other.where)
    return same and one.at is not None and one.icon == other.icon == _ICONS["group"]


_ICONS = {
    "session": "hand-heart",
    "group": "users-round",
    "assessment": "notebook-pen",
    "clinic": "stethoscope",
    "check_in": "briefcase",
    "lesson": "graduation-cap",
    "house": "house",
}


def _appointment(desk: Desk, one: Appointment, names: dict[UUID, str], staff: dict[UUID, str]) -> Coming:
    room = desk.choices(vocab.MEETING_ROOMS).label(one.room) if one.room else ""
    parts = [staff.get(one.member_id, "") if one.member_id else "", text_of(one, "place") or room]
    return Coming(
        one.id,
        "appointment",
        one.person_id,
        names.get(one.person_id, "") if one.person_id else "",
        one.on,
        one.at,
        _ICONS.get(one.kind, "calendar"),
        vocab.APPOINTMENT_KINDS.listed(one.kind),
        " · ".join(part for part in parts if part) if desk.holds(Compartment.HOUSE) else "",
        meeting_id=one.meeting_id,
    )


def _busy(one: Appointment, staff: dict[UUID, str]) -> Coming:
    who = staff.get(one.member_id, "") if one.member_id else ""
    return Coming(one.id, "busy", None, "", one.on, one.at, "calendar", text(N_("Busy")), who)


def _meeting(one: DueDate, names: dict[UUID, str], staff: dict[UUID, str]) -> Coming:
    return Coming(
        one.id,
        "deadline",
        one.person_id,
        names.get(one.person_id, ""),
        one.on,
        one.at,
        "calendar",
        vocab.DEADLINE_KINDS.listed(one.kind),
        staff.get(one.member_id, "") if one.member_id else "",
    )


def _check_in(one: Placement, names: dict[UUID, str], staff: dict[UUID, str]) -> Coming:
    assert one.check_in_on is not None
    return Coming(
        one.id,
        "check_in",
        one.person_id,
        names.get(one.person_id, ""),
        one.check_in_on,
        None,
        _ICONS["check_in"],
        vocab.APPOINTMENT_KINDS.listed("check_in"),
        staff.get(one.member_id, "") if one.member_id else "",
    )
