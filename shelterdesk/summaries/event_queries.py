"""The queries of what befell people and the house: rows (person, day, code), read from covering indexes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Executable, func, select, type_coerce
from sqlalchemy.types import NullType

from shelterdesk.alerts import Alert
from shelterdesk.appointments import NOT_ATTENDED, PLANNED, Appointment
from shelterdesk.follow_ups import FOLLOW_UP, FollowUp
from shelterdesk.gbv_incidents import GbvIncident
from shelterdesk.house_book.incidents import HouseIncident
from shelterdesk.needs import UNMET, Need
from shelterdesk.people import Person
from shelterdesk.referrals_out import ReferralOut

Query = Callable[[date, date, UUID | None], Executable]


def _rows(person_id: Any, on: Any, code: Any, first: date, last: date, site_id: UUID | None) -> Any:
    """Return the query for one kind of event; what has no site belongs to the site on the person's record."""
    # Ids are only compared, so they stay as the database gives them.
    query = select(type_coerce(person_id, NullType()), on, code).where(on.between(first, last))
    if site_id is None:
        return query
    return query.where(person_id.in_(select(Person.id).where(Person.site_id == site_id)))


def _sent(first: date, last: date, site_id: UUID | None) -> Executable:
    one = ReferralOut
    return _rows(one.person_id, one.sent_on, one.state, first, last, site_id).where(one.archived_at.is_(None))


def _asked(first: date, last: date, site_id: UUID | None) -> Executable:
    one = FollowUp
    return _rows(one.person_id, one.on, one.result, first, last, site_id).where(one.archived_at.is_(None))


def _missed(first: date, last: date, site_id: UUID | None) -> Executable:
    """List the days to ask that nobody has seen to."""
    one = Appointment
    return _rows(one.person_id, one.on, one.state, first, last, site_id).where(
        one.kind == FOLLOW_UP, one.state == PLANNED, one.archived_at.is_(None)
    )


def _not_attended(first: date, last: date, site_id: UUID | None) -> Executable:
    """List what was agreed with somebody who stays or comes and was not held; follow-ups are counted by themselves."""
    one = Appointment
    return _rows(one.person_id, one.on, one.cancel_why, first, last, site_id).where(
        one.state == NOT_ATTENDED, one.kind != FOLLOW_UP, one.person_id.is_not(None), one.archived_at.is_(None)
    )


def _needed(first: date, last: date, site_id: UUID | None) -> Executable:
    one = Need
    return _rows(one.person_id, one.since, one.kind, first, last, site_id).where(one.archived_at.is_(None))


def _not_available(first: date, last: date, site_id: UUID | None) -> Executable:
    one = Need
    return _rows(one.person_id, one.ended_on, one.why, first, last, site_id).where(
        one.state == UNMET, one.archived_at.is_(None)
    )


def _heeded(first: date, last: date, site_id: UUID | None) -> Executable:
    one = Alert
    return _rows(one.person_id, one.since, one.kind, first, last, site_id).where(one.archived_at.is_(None))


def _told(first: date, last: date, site_id: UUID | None) -> Executable:
    one = GbvIncident
    return _rows(one.person_id, one.reported_on, one.violence, first, last, site_id).where(one.archived_at.is_(None))


def _in_the_house(first: date, last: date, site_id: UUID | None) -> Executable:
    """List incidents in the house; one that concerns nobody by name stands for itself, like a person of its own."""
    one = HouseIncident
    concerned = func.coalesce(one.person_id, one.id)
    return _rows(concerned, one.happened_on, one.kind, first, last, site_id).where(one.archived_at.is_(None))


EVENT_QUERIES: Final[Mapping[str, Query]] = {
    "not_attended": _not_attended,
    "referrals_out": _sent,
    "follow_ups": _asked,
    "follow_ups_missed": _missed,
    "needs": _needed,
    "needs_unmet": _not_available,
    "alerts": _heeded,
    "violence": _told,
    "house_incidents": _in_the_house,
}
"""By the id of the measure they count for."""
PASSED_ONLY: Final = frozenset({"follow_ups_missed"})
"""Of today nobody can tell yet."""
