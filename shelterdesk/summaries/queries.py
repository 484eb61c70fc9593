"""The queries of a summary: plain rows of columns, read from covering indexes only.

Archived stays, services, milestones and so on were recorded by mistake and do not count; what an archived person was
given was given, so it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Executable, and_, case, func, literal, or_, select, type_coerce, union, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.types import NullType

from shelterdesk import vocab
from shelterdesk.absences import Absence
from shelterdesk.arrival_requests import TURNED_AWAY, ArrivalRequest
from shelterdesk.episodes import Episode
from shelterdesk.legal_matters import LegalMatter
from shelterdesk.milestones import Milestone
from shelterdesk.people import Person
from shelterdesk.person_history import StatusSince
from shelterdesk.placements import Placement, StageSince
from shelterdesk.referrals import Referral
from shelterdesk.rooms import Bed, Room
from shelterdesk.services import COUNTED_OUTCOMES, Service
from shelterdesk.stays import Stay
from shelterdesk.summaries.event_queries import EVENT_QUERIES, PASSED_ONLY
from shelterdesk.summaries.period import Period

Span = tuple[date, date]
"""First and last day; a last day before the first holds nothing."""
Spans = tuple[Span, ...]
OTHER_FAMILY: Final = "other"
BEGUN_STAGES: Final = ("trial", "working")


def kinds_by_family(own_kinds: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Return the kinds of each family of services; a shelter's own count as what they are a kind of, or as «Other»."""
    kinds = vocab.SERVICE_KINDS
    families = {
        family.code: [kind.code for kind in kinds.codes if kind.group == family.code]
        for family in vocab.SERVICE_FAMILIES
    }
    for kind in sorted(kind for kind in set(own_kinds) if kind not in kinds):
        families[kinds.group(kind) or OTHER_FAMILY].append(kind)
    return {family: tuple(of_family) for family, of_family in families.items()}


def statements(
    period: Period, *, until: date | None = None, site_id: UUID | None = None, own_kinds: Iterable[str] = ()
) -> Mapping[str, Executable]:
    """Return the queries of the summary of *period* by name, counting days up to *until*.

    *own_kinds* are the kinds of service in use, of which those of the shelter's own are picked out.
    """
    spans = columns_until(period, until)
    first, last = min(span[0] for span in spans), spans[0][1]
    return {
        "people": _people(),
        "statuses": _statuses(last),
        "stays": _stays(last, site_id),
        "absences": _absences(last),
        "sessions": _sessions(spans, site_id, own_kinds),
        "served": _served(spans, site_id),
        "shared": _shared(first, last, site_id),
        "paid": _paid(first, last, site_id),
        "milestones": _milestones(spans, first, last, site_id),
        "placements": _placements(first, last, site_id),
        "referrals": _referrals(first, last, site_id),
        "turned_away": _turned_away(first, last, site_id),
        "matters": _matters(last, site_id),
        "episodes": _episodes(last, site_id),
        "beds": _beds(site_id),
        **_events(first, last, until, site_id),
    }


def _events(first: date, last: date, until: date | None, site_id: UUID | None) -> dict[str, Executable]:
    passed = last if until is None else min(last, until - timedelta(days=1))
    return {
        name: query(first, passed if name in PASSED_ONLY else last, site_id) for name, query in EVENT_QUERIES.items()
    }


def columns_until(period: Period, until: date | None = None) -> tuple[Span, Span, Span]:
    """Return first and last day of the three columns, cut off after *until*."""
    three = (period, period.previous(), period.since_january())
    this, previous, since = ((one.first, one.last if until is None else min(one.last, until)) for one in three)
    return (this, previous, since)


def kinds_in_use() -> Executable:
    """Return the query for the kinds of service that occur, which jumps from one to the next in the index."""
    kinds = select(func.min(Service.kind).label("kind")).cte("kinds", recursive=True)
    following = aliased(Service)
    smallest = select(func.min(following.kind)).where(following.kind > kinds.c.kind).scalar_subquery()
    kinds = kinds.union_all(select(smallest).where(kinds.c.kind.is_not(None)))
    return select(kinds.c.kind).where(kinds.c.kind.is_not(None))


def _as_stored(column: Any) -> Any:
    """Give what the database gives: ids are only compared, and there are tens of thousands of them."""
    return type_coerce(column, NullType())


def _of_site(person_id: Any, site_id: UUID | None) -> list[Any]:
    """What has no site of its own belongs to the site on the person's record."""
    return [] if site_id is None else [person_id.in_(select(Person.id).where(Person.site_id == site_id))]


def _people() -> Executable:
    return select(_as_stored(Person.id), Person.gender, _as_stored(Person.birth), _as_stored(Person.merged_into_id))


def _statuses(last: date) -> Executable:
    return (
        select(
            _as_stored(StatusSince.person_id), StatusSince.since, _as_stored(StatusSince.created_at), StatusSince.status
        )
        .where(StatusSince.since <= last, StatusSince.archived_at.is_(None))
        .order_by(StatusSince.person_id, StatusSince.since, StatusSince.created_at)
    )


def _stays(last: date, site_id: UUID | None) -> Executable:
    query = select(_as_stored(Stay.person_id), Stay.arrived_on, Stay.left_on, Stay.leaving_reason)
    query = query.where(Stay.arrived_on <= last, Stay.archived_at.is_(None))
    return query if site_id is None else query.where(Stay.site_id == site_id)


def _absences(last: date) -> Executable:
    """List times away; what lies within a stay that counts is picked out afterwards."""
    return select(_as_stored(Absence.person_id), Absence.since, Absence.back_on).where(
        Absence.since <= last, Absence.archived_at.is_(None)
    )


def _counted(first: date, last: date, site_id: UUID | None) -> list[Any]:
    return [
        Service.given_on.between(first, last),
        Service.outcome.in_(COUNTED_OUTCOMES),
        Service.archived_at.is_(None),
        *_of_site(Service.person_id, site_id),
    ]


def _sessions(spans: Spans, site_id: UUID | None, own_kinds: Iterable[str]) -> Executable:
    """Count sessions, minutes, people, and people whose minutes are known, by family and column."""
    timed = case((Service.minutes > 0, Service.person_id))
    parts = [
        select(
            literal(family).label("family"),
            literal(column).label("col"),
            func.count().label("sessions"),
            func.coalesce(func.sum(Service.minutes), 0).label("minutes"),
            func.count(Service.person_id.distinct()).label("people"),
            func.count(timed.distinct()).label("timed_people"),
        ).where(Service.kind.in_(kinds), *_counted(first, last, site_id))
        for family, kinds in kinds_by_family(own_kinds).items()
        for column, (first, last) in enumerate(spans)
        if kinds
    ]
    return union_all(*parts)


def _served(spans: Spans, site_id: UUID | None) -> Executable:
    """List who was given any service, and again who was given one that took a known time, by column."""
    parts = [
        select(
            literal(column).label("col"),
            _as_stored(Service.person_id).label("person"),
            (func.coalesce(Service.minutes, 0) > 0).label("timed"),
        )
        .where(*_counted(first, last, site_id))
        .distinct()
        for column, (first, last) in enumerate(spans)
    ]
    return union_all(*parts)


def _shared(first: date, last: date, site_id: UUID | None) -> Executable:
    """List the services of people who have more than one record: counted by record they would count twice."""
    merged = union(
        select(Person.id).where(Person.merged_into_id.is_not(None)),
        select(Person.merged_into_id).where(Person.merged_into_id.is_not(None)),
    )
    return select(_as_stored(Service.person_id), Service.kind, Service.given_on, Service.minutes).where(
        Service.person_id.in_(merged), *_counted(first, last, site_id)
    )


def _paid(first: date, last: date, site_id: UUID | None) -> Executable:
    """List all amounts that were spent: person, day, money, hundredths."""
    return select(_as_stored(Service.person_id), Service.given_on, Service.currency, Service.amount).where(
        Service.amount.is_not(None), *_counted(first, last, site_id)
    )


def _milestones(spans: Spans, first: date, last: date, site_id: UUID | None) -> Executable:
    sums = [func.sum(case((Milestone.done_on.between(*span), 1), else_=0)) for span in spans]
    return (
        select(_as_stored(Milestone.person_id), *sums)
        .where(
            Milestone.done_on.between(first, last),
            Milestone.status == "done",
            Milestone.archived_at.is_(None),
            *_of_site(Milestone.person_id, site_id),
        )
        .group_by(Milestone.person_id)
    )


def _placements(first: date, last: date, site_id: UUID | None) -> Executable:
    """List placements that began: they reached a trial or work, or ended in another way than never beginning."""
    reached = (
        select(StageSince.placement_id)
        .where(
            StageSince.placement_id == Placement.id,
            StageSince.stage.in_(BEGUN_STAGES),
            StageSince.since <= last,
            StageSince.archived_at.is_(None),
        )
        .exists()
    )
    ended = and_(
        Placement.ended_on >= Placement.started_on,
        or_(Placement.end_reason.is_(None), Placement.end_reason != "did_not_begin"),
    )
    return select(_as_stored(Placement.person_id), Placement.kind, Placement.started_on).where(
        Placement.started_on.between(first, last),
        Placement.archived_at.is_(None),
        or_(reached, ended),
        *_of_site(Placement.person_id, site_id),
    )


def _referrals(first: date, last: date, site_id: UUID | None) -> Executable:
    return select(_as_stored(Referral.person_id), Referral.source, Referral.referred_on).where(
        Referral.referred_on.between(first, last),
        Referral.archived_at.is_(None),
        *_of_site(Referral.person_id, site_id),
    )


def _matters(last: date, site_id: UUID | None) -> Executable:
    """List legal matters opened up to *last*: which of them went on is worked out afterwards."""
    one = LegalMatter
    return select(_as_stored(one.person_id), one.kind, one.opened_on, one.ended_on, one.result).where(
        one.opened_on <= last, one.archived_at.is_(None), *_of_site(one.person_id, site_id)
    )


def _episodes(last: date, site_id: UUID | None) -> Executable:
    """List psychological work begun up to *last*; there is one kind of it."""
    one = Episode
    query = select(_as_stored(one.person_id), literal("episode"), one.begun_on, one.ended_on, one.how_ended)
    return query.where(one.begun_on <= last, one.archived_at.is_(None), *_of_site(one.person_id, site_id))


def _turned_away(first: date, last: date, site_id: UUID | None) -> Executable:
    """List requests for a place that were turned away: nobody of them is on file, so each stands for herself."""
    query = select(_as_stored(ArrivalRequest.id), ArrivalRequest.reason, ArrivalRequest.decided_on).where(
        ArrivalRequest.decision == TURNED_AWAY,
        ArrivalRequest.decided_on.between(first, last),
        ArrivalRequest.archived_at.is_(None),
    )
    return query if site_id is None else query.where(ArrivalRequest.site_id == site_id)


def _beds(site_id: UUID | None) -> Executable:
    query = select(Room.site_id, Bed.created_at, Bed.archived_at, Room.archived_at).join(Room, Room.id == Bed.room_id)
    return query if site_id is None else query.where(Room.site_id == site_id)
