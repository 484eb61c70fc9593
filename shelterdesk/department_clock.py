"""The hours within which the anti-trafficking department is told of somebody, where a shelter has such a rule.

Off until the shelter switches it on. It runs for people about whom there are signs of trafficking and no decision
yet, and never for an adult who declined: it reminds of asking, it does not press. Children follow a rule of their
own, because guardianship bodies and not the child decide there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from shelterdesk import house_settings
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.people import ADULT_AGE, Person
from shelterdesk.person_history import PhaseSince, StatusSince, current_on
from shelterdesk.reach import REMINDING
from shelterdesk.referrals import Referral
from shelterdesk.same_person import read_merged

SUSPECTED: Final = frozenset({"potential", "presumed"})
"""Statuses with signs and without a decision of the body in charge."""
TELLS_ITSELF: Final = "anti_trafficking"
"""The source that need not be told what it said itself."""
_SHOWN_PAST: Final = timedelta(days=7)
"""A clock that ran out stands on the start page for a week, and in the record for ever."""


@dataclass(frozen=True)
class Hours:
    """The rule of the shelter: None where no clock runs."""

    adults: int | None
    children: int | None

    def of(self, *, child: bool) -> int | None:
        """Return the hours that hold for a child or an adult."""
        return self.children if child else self.adults


@dataclass(frozen=True)
class Running:
    """A clock that runs, or ran out, for the newest referral of somebody on file."""

    id: UUID
    person_id: UUID
    ends: datetime


def hours(desk: Desk) -> Hours:
    """Return the rule of the shelter."""
    adults = house_settings.get(desk, "department_hours") if house_settings.get(desk, "department_clock") else None
    children = house_settings.get(desk, "department_children")
    return Hours(adults, house_settings.get(desk, "department_hours_children") if children else None)


def is_child(desk: Desk, person: Person) -> bool:
    """Tell whether the person is a child, or may be one by what is known of the birth date."""
    age = person.birth.age_on(desk.today()) if person.birth is not None else None
    return age is not None and age < ADULT_AGE


def ends(desk: Desk, rule: Hours, referral: Referral, *, status: str | None, child: bool) -> datetime | None:
    """Return when the clock of *referral* ends; None where none runs. Without an hour the day begins at midnight."""
    length = rule.of(child=child)
    if length is None or referral.referred_on is None or referral.archived_at is not None:
        return None
    if status not in SUSPECTED or referral.source == TELLS_ITSELF or referral.department_told_on is not None:
        return None
    if referral.department == "declined" and not child:
        return None
    begun = datetime.combine(referral.referred_on, referral.referred_at or time(), desk.zone)
    return begun + timedelta(hours=length)


def clock_of(desk: Desk, person: Person, referrals: Iterable[Referral]) -> datetime | None:
    """Return when the clock of the newest of a person's *referrals* ends; None where none runs. Raises NotAllowed."""
    require(desk, Right.SEE_RECORDS)
    rule = hours(desk)
    newest = max((one for one in referrals if one.referred_on), key=_age, default=None)
    if newest is None or (rule.adults is None and rule.children is None):
        return None
    with desk.read() as db:
        status = current_on(db, StatusSince, "status", desk.today(), [person.id]).get(person.id)
    return ends(desk, rule, newest, status=status, child=is_child(desk, person))


def running(desk: Desk) -> list[Running]:
    """Return the clocks of everybody on file for the start page, the first to end first."""
    rule = hours(desk)
    if not desk.may(Right.CASE_WORK) or (rule.adults is None and rule.children is None):
        return []
    today = desk.today()
    longest = timedelta(hours=max(rule.adults or 0, rule.children or 0)) + _SHOWN_PAST + timedelta(days=1)
    recent = select(Referral).where(Referral.referred_on >= today - longest, Referral.archived_at.is_(None))
    with desk.read() as db:
        newest: dict[UUID, Referral] = {}
        merged = read_merged(db)
        for one in db.scalars(recent.execution_options(**REMINDING)):
            whose = merged.get(one.person_id, one.person_id)
            if whose not in newest or _age(newest[whose]) < _age(one):
                newest[whose] = one
        hers = select(Person).where(Person.id.in_(list(newest)), Person.archived_at.is_(None))
        people = {one.id: one for one in db.scalars(hers)}
    # Only of people the reader sees: a record that asks why is not forgotten, and nothing of it is shown.
    with desk.read(everybody=True) as db:
        statuses = current_on(db, StatusSince, "status", today, people)
        phases = current_on(db, PhaseSince, "phase", today, people)
    found: list[Running] = []
    for person_id, person in people.items():
        end = ends(desk, rule, newest[person_id], status=statuses.get(person_id), child=is_child(desk, person))
        if end is not None and end > desk.now() - _SHOWN_PAST and phases.get(person_id) != "closed":
            found.append(Running(newest[person_id].id, person_id, end))
    return sorted(found, key=lambda one: (one.ends, one.person_id))


def _age(referral: Referral) -> tuple[object, ...]:
    return (referral.referred_on, referral.referred_at or time(), referral.created_at)
