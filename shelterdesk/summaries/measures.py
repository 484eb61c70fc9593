"""What a summary counts: the name of each measure, what it means in plain words, and the query behind it.

Queries read columns of covering indexes only and give plain rows; :mod:`shelterdesk.summaries.summary` counts them.
Archived stays, services, milestones and so on were recorded by mistake and do not count; what an archived person was
given was given, so it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Executable, and_, case, func, literal, or_, select, type_coerce, union, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.types import NullType

from shelterdesk import vocab
from shelterdesk.i18n import N_
from shelterdesk.milestones import Milestone
from shelterdesk.people import Person, StatusSince
from shelterdesk.placements import Placement, StageSince
from shelterdesk.referrals import Referral
from shelterdesk.rooms import Bed, Room
from shelterdesk.services import COUNTED_OUTCOMES, Service
from shelterdesk.stays import Stay
from shelterdesk.summaries.period import Period
from shelterdesk.summaries.table import Balance, Unit
from shelterdesk.summaries.who import ANOTHER, BOYS, GIRLS, MEN, NO_STATUS, UNKNOWN, WOMEN

OTHER_FAMILY: Final = "other"
NO_CODE: Final = "none"
"""Stands for rows where nobody chose a reason or a source."""
BEGUN_STAGES: Final = ("trial", "working")
COURSE_GROUPS: Final = ("course",)
WORK_GROUPS: Final = ("work", "own_business")


@dataclass(frozen=True)
class Measure:
    """One measure; the fields are those of :class:`~shelterdesk.summaries.table.Row`."""

    id: str
    label: str
    unit: Unit
    definition: str
    flow: bool = False
    same_as: str = ""
    people_as: str = ""


HERE_FIRST: Final = Measure(
    "here_first",
    N_("Here on the first day"),
    "people",
    N_(
        "People who lived in the house when the first day began: they slept here the night before. It is the number "
        "of the last day of the period before."
    ),
)
ARRIVED: Final = Measure(
    "arrived",
    N_("Arrived"),
    "people",
    N_("Arrivals in the period, the first and the last day included. Who left and came back counts each time."),
    flow=True,
)
LEFT: Final = Measure(
    "left",
    N_("Left"),
    "people",
    N_("Leavings in the period, the first and the last day included. Who left twice counts twice."),
    flow=True,
)
HERE_LAST: Final = Measure(
    "here_last",
    N_("Here on the last day"),
    "people",
    N_(
        "People who lived in the house when the last day ended: they slept here that night. In a period that is still "
        "running, today stands for the last day. First day + arrived − left gives this number."
    ),
)
BED_NIGHTS: Final = Measure(
    "bed_nights",
    N_("Bed nights"),
    "nights",
    N_("Nights slept in the house, one for each person and night. The day of leaving is no night."),
    flow=True,
    people_as="supported.stayed",
)
OCCUPANCY: Final = Measure(
    "occupancy",
    N_("Beds in use"),
    "percent",
    N_(
        "Bed nights as a share of the nights of all beds in use. Beds added later count from the day they were added, "
        "beds given up until that day. It may be over 100 % when people sleep without a bed of their own."
    ),
    same_as="bed_nights",
    people_as="supported.stayed",
)
BEDS_USED: Final = Measure(
    "beds_used",
    N_("Beds used, daily average"),
    "count",
    N_("Bed nights divided by the days of the period."),
    same_as="bed_nights",
    people_as="supported.stayed",
)
SUPPORTED: Final = Measure(
    "supported",
    N_("People supported, each once"),
    "people",
    N_(
        "People who had at least one bed night, were given at least one service or reached at least one milestone in "
        "the period. Each counts once, however much it was."
    ),
)
STAYED: Final = Measure(
    "supported.stayed",
    N_("of them with a stay"),
    "people",
    N_("People supported who slept in the house at least one night of the period."),
)
NOT_STAYED: Final = Measure(
    "supported.not_stayed",
    N_("of them without a stay"),
    "people",
    N_("People supported who did not sleep in the house in the period."),
)
NEW: Final = Measure(
    "arrived.new",
    N_("for the first time"),
    "people",
    N_("Arrivals of people who had not stayed here before."),
    flow=True,
)
RETURNING: Final = Measure(
    "arrived.returning",
    N_("again"),
    "people",
    N_("Arrivals of people who had stayed here before."),
    flow=True,
)
SERVICES: Final = Measure(
    "services",
    N_("Services given"),
    "sessions",
    N_(
        "Services that took place in the period, shorter ones included. Those declined or not held do not count. A "
        "group session counts once for each person in it."
    ),
    flow=True,
)
HOURS: Final = Measure(
    "hours",
    N_("Hours of services"),
    "hours",
    N_("The time these services took, as far as it was recorded."),
    flow=True,
)
MILESTONES: Final = Measure(
    "milestones",
    N_("Milestones reached"),
    "count",
    N_("Milestones of plans that were marked done, by the day they were done."),
    flow=True,
)
COURSES: Final = Measure(
    "courses",
    N_("Started a course"),
    "count",
    N_("Courses, trainings and studies that began in the period. Those that were only planned do not count."),
    flow=True,
)
WORK: Final = Measure(
    "work",
    N_("Started work or a trial"),
    "count",
    N_(
        "Work, trial work, apprenticeships, internships and own businesses that began in the period. Those that were "
        "only planned do not count, nor does volunteering."
    ),
    flow=True,
)
REFERRALS: Final = Measure(
    "referrals",
    N_("Referrals in"),
    "count",
    N_("Referrals to the shelter, by the day of the referral. Somebody referred twice counts twice."),
    flow=True,
)

SECTIONS: Final[dict[str, str]] = {
    "people": N_("People"),
    "services": N_("Services given"),
    "progress": N_("Plans and work"),
    "referrals": N_("Referrals in"),
}
SEX_AGE_LABELS: Final[dict[str, str]] = {
    WOMEN: N_("Women"),
    MEN: N_("Men"),
    GIRLS: N_("Girls"),
    BOYS: N_("Boys"),
    ANOTHER: N_("Another gender"),
    UNKNOWN: N_("Gender or age not known"),
}
SEX_AGE_DEFINITION: Final = N_(
    "By gender as the person describes it and by age: adults are 18 or older on the day that is counted (arrival, "
    "leaving, first or last day; people supported on the last day). With only the month or year of birth known, who "
    "may still be under 18 counts as a girl or a boy."
)
STATUS_DEFINITION: Final = N_(
    "By identification status as it stood on the day that is counted (arrival, leaving, first or last day; people "
    "supported on the last day)."
)
REASON_LABELS: Final[dict[str, str]] = {
    "planned": N_("as planned"),
    "own_choice": N_("by own choice"),
    "moved_on": N_("to another place or service"),
    "other": N_("for another reason"),
    NO_CODE: N_("reason not recorded"),
}
REASON_DEFINITION: Final = N_("Leavings by the reason that was recorded.")
NO_STATUS_LABEL: Final = N_("Status not recorded")
NO_SOURCE_LABEL: Final = N_("Source not recorded")
SOURCE_DEFINITION: Final = N_("Referrals by who referred the person.")
FAMILY_DEFINITION: Final = N_(
    "Services of this family that took place in the period; beside them, how many different people they were for."
)
HOURS_DEFINITION: Final = N_("The time services of this family took, as far as it was recorded.")
BARS_LABEL: Final = N_("Services given")
LINE_LABEL: Final = N_("Beds used, daily average")

SPLIT_BY_PEOPLE: Final = (HERE_FIRST, ARRIVED, LEFT, HERE_LAST, SUPPORTED)
"""Measures divided by women, men, girls, boys and by status."""
MOVEMENTS: Final = Balance("here_first", ("arrived",), ("left",), "here_last")


def label_of_status(code: str) -> str:
    """Return the message id for a status, or for none."""
    found = vocab.STATUSES.get(code)
    return NO_STATUS_LABEL if code == NO_STATUS else found.label if found else code


def label_of_source(code: str) -> str:
    """Return the message id for who referred a person, or for nobody named."""
    found = vocab.REFERRAL_SOURCES.get(code)
    return NO_SOURCE_LABEL if code == NO_CODE else found.label if found else code


def kinds_by_family(own_kinds: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Return the kinds of each family of services; kinds of the shelter's own are counted under «Other»."""
    families = {
        family.code: tuple(kind.code for kind in vocab.SERVICE_KINDS.of_group(family.code))
        for family in vocab.SERVICE_FAMILIES
    }
    own = tuple(sorted(kind for kind in set(own_kinds) if not vocab.SERVICE_KINDS.group(kind)))
    return families | {OTHER_FAMILY: (*families[OTHER_FAMILY], *own)}


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
        "sessions": _sessions(spans, site_id, own_kinds),
        "served": _served(spans, site_id),
        "shared": _shared(first, last, site_id),
        "milestones": _milestones(spans, first, last, site_id),
        "placements": _placements(first, last, site_id),
        "referrals": _referrals(first, last, site_id),
        "beds": _beds(site_id),
    }


def columns_until(period: Period, until: date | None = None) -> tuple[tuple[date, date], ...]:
    """Return first and last day of the three columns, cut off after *until*."""
    three = (period, period.previous(), period.since_january())
    return tuple((one.first, one.last if until is None else min(one.last, until)) for one in three)


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


def _counted(first: date, last: date, site_id: UUID | None) -> list[Any]:
    return [
        Service.given_on.between(first, last),
        Service.outcome.in_(COUNTED_OUTCOMES),
        Service.archived_at.is_(None),
        *_of_site(Service.person_id, site_id),
    ]


def _sessions(spans: tuple[tuple[date, date], ...], site_id: UUID | None, own_kinds: Iterable[str]) -> Executable:
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


def _served(spans: tuple[tuple[date, date], ...], site_id: UUID | None) -> Executable:
    """List who was given any service, with their longest, by column."""
    parts = [
        select(
            literal(column).label("col"),
            _as_stored(Service.person_id).label("person"),
            func.max(Service.minutes).label("longest"),
        )
        .where(*_counted(first, last, site_id))
        .group_by(Service.person_id)
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


def _milestones(spans: tuple[tuple[date, date], ...], first: date, last: date, site_id: UUID | None) -> Executable:
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


def _beds(site_id: UUID | None) -> Executable:
    query = select(Room.site_id, Bed.created_at, Bed.archived_at, Room.archived_at).join(Room, Room.id == Bed.room_id)
    return query if site_id is None else query.where(Room.site_id == site_id)
