"""Dates that must not be missed: protection orders, an authorised stay, residence permits, court dates.

Each becomes a task before it ends, as many days ahead as the shelter chose. How long something holds is a setting
too, and only a proposal: national rules decide. The reflection period of article 13 of the Council of Europe
Convention on Action against Trafficking in Human Beings is off until a shelter switches it on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import house_settings, vocab
from shelterdesk.access import Right, require
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_
from shelterdesk.legal_matters import check_hers
from shelterdesk.person_history import StatusSince, history_of
from shelterdesk.reach import REMINDING, require_reach
from shelterdesk.records import add, apply, archive, change, complete, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, clock, day, flag, link, number, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

SETTING: Final = "deadlines"
ONE_DAY: Final = timedelta(days=1)
REFLECTION: Final = "reflection_period"
COURT: Final = "court_date"
ORDER: Final = "protection_order"
_MATTER: Final = "deadline.matter"
OPEN_STATES: Final = ("asked", "stands")
"""How a date stands that is still to be minded; none at all counts as well."""
MOST_DAYS: Final = 3650
"""What a setting or a reminder takes at the most: ten years."""
_SUSPECTED: Final = frozenset({"potential", "presumed", "identified"})
"""Statuses of who may be a victim of trafficking; for nobody else is there a reflection period."""
_PAPER, _ASKED, _REMINDER = N_("The date"), N_("Asking and deciding"), N_("The reminder")


def _not_before_since(value: date, values: Mapping[str, Any]) -> str | None:
    since = values.get("since")
    return N_("«{label}» cannot be before the first day") if since and value < since else None


def _not_before_asked(value: date, values: Mapping[str, Any]) -> str | None:
    asked = values.get("asked_on")
    return N_("«{label}» cannot be before the day it was asked for") if asked and value < asked else None


def _a_sane_number(value: int, _values: Mapping[str, Any]) -> str | None:
    return N_("«{label}»: enter a number of days up to 3650") if value > MOST_DAYS else None


class Deadline(Record):
    """One date, or one paper that holds until a day. An extension is a row of its own, which names the one before."""

    __tablename__ = "deadline"
    __table_args__ = (
        Index("ix_deadline_open", "archived_at", "prepared_on", "until", "person_id"),
        Index("ix_deadline_extends", "extends_id", "archived_at", "state"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    extends_id: Mapped[UUID | None] = mapped_column(Id, points_to("deadline"))
    """The row this one goes on from; then nobody has to be reminded of that one any more."""
    kind: Mapped[str] = choice("deadline.kind", N_("Kind of date"), vocab.DEADLINE_KINDS, group=_PAPER, required=True)
    state: Mapped[str | None] = choice("deadline.state", N_("How it stands"), vocab.DEADLINE_STATES, group=_PAPER)
    since: Mapped[date | None] = day("deadline.since", N_("From"), group=_PAPER)
    until: Mapped[date | None] = day(
        "deadline.until", N_("Ends or takes place on"), group=_PAPER, rule=_not_before_since
    )
    at: Mapped[time | None] = clock("deadline.at", N_("Hour"), group=_PAPER)
    place = sealed("deadline.place", N_("Where"), Compartment.CASE, group=_PAPER, width=28)
    words = sealed(
        "deadline.words",
        N_("What to know about it"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        group=_PAPER,
        help=N_("What it orders or allows, who goes along, what has to be brought."),
    )
    matter_id: Mapped[UUID | None] = link(
        "deadline.matter", N_("Legal matter"), "legal_matter", index=True, group=_PAPER
    )
    asked_on: Mapped[date | None] = day("deadline.asked_on", N_("Asked for on"), group=_ASKED, in_future=False)
    issued_by: Mapped[str | None] = choice("deadline.issued_by", N_("Decided by"), vocab.DEADLINE_BODIES, group=_ASKED)
    organisation = sealed("deadline.organisation", N_("Court or office"), Compartment.CASE, group=_ASKED, width=28)
    issued_on: Mapped[date | None] = day(
        "deadline.issued_on", N_("Decided on"), group=_ASKED, in_future=False, rule=_not_before_asked
    )
    paper_number = sealed(
        "deadline.paper_number",
        N_("Number of the paper"),
        Compartment.CASE,
        group=_ASKED,
        sensitive=True,
        width=20,
    )
    long_term: Mapped[bool | None] = flag("deadline.long_term", N_("It is a long-term order"), group=_ASKED)
    long_term_asked_on: Mapped[date | None] = day(
        "deadline.long_term_asked_on", N_("Long-term order asked for on"), group=_ASKED, in_future=False
    )
    breached_on: Mapped[date | None] = day(
        "deadline.breached_on",
        N_("Breached on"),
        group=_ASKED,
        help=N_("The last time it was not kept. What happened belongs into the house book or a note."),
        in_future=False,
    )
    remind_days: Mapped[int | None] = number(
        "deadline.remind_days",
        N_("Remind so many days before"),
        group=_REMINDER,
        help=N_("Empty: as the shelter chose in the settings."),
        rule=_a_sane_number,
    )
    member_id: Mapped[UUID | None] = link("deadline.member", N_("Who sees to it"), "member", group=_REMINDER)
    prepared_on: Mapped[date | None] = day(
        "deadline.prepared_on",
        N_("Seen to on"),
        group=_REMINDER,
        help=N_("From then on nobody is reminded of it."),
        in_future=False,
    )

    @property
    def is_open(self) -> bool:
        """Tell whether it still has to be minded."""
        return self.state is None or self.state in OPEN_STATES


IN_ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    ORDER: (
        "state", "asked_on", "issued_by", "organisation", "issued_on", "paper_number", "long_term", "since", "until",
        "breached_on", "long_term_asked_on", "matter_id", "words", "member_id", "remind_days", "prepared_on",
    ),
    "stay_authorised": (
        "state", "issued_by", "organisation", "issued_on", "since", "until", "words", "member_id", "remind_days",
        "prepared_on",
    ),
    "residence_permit": (
        "state", "asked_on", "issued_by", "organisation", "issued_on", "paper_number", "since", "until", "matter_id",
        "words", "member_id", "remind_days", "prepared_on",
    ),
    COURT: (
        "until", "at", "state", "organisation", "place", "paper_number", "matter_id", "words", "member_id",
        "remind_days", "prepared_on",
    ),
    REFLECTION: (
        "state", "issued_by", "organisation", "since", "until", "words", "member_id", "remind_days", "prepared_on",
    ),
    "other": ("words", "until", "at", "state", "matter_id", "member_id", "remind_days", "prepared_on"),
}  # fmt: skip
"""What is asked about each kind, in this order; the rest of the fields would only be read past."""


@dataclass(frozen=True)
class Lengths:
    """What the shelter chose: how many days ahead it is reminded, and how long things hold. None proposes no end."""

    remind: Mapping[str, int] = field(
        default_factory=lambda: {
            ORDER: 10,
            "stay_authorised": 14,
            "residence_permit": 60,
            COURT: 7,
            REFLECTION: 7,
            "other": 7,
        }
    )
    holds: Mapping[str, int | None] = field(
        default_factory=lambda: {
            ORDER: 30,
            "long_term": 180,
            "stay_authorised": 30,
            "residence_permit": 365,
            REFLECTION: 30,
        }
    )
    reflection: bool = False

    def ahead(self, kind: str) -> timedelta:
        """Return how long before its day a date of *kind* becomes a task."""
        return timedelta(days=self.remind.get(kind, self.remind["other"]))


def lengths_of(desk: Desk) -> Lengths:
    """Return what the shelter chose, the defaults where it chose nothing."""
    kept: Mapping[str, Any] = house_settings.get(desk, SETTING)
    plain = Lengths()
    return Lengths(
        {**plain.remind, **kept.get("remind", {})},
        {**plain.holds, **kept.get("holds", {})},
        bool(kept.get("reflection", False)),
    )


def put_lengths(desk: Desk, lengths: Lengths) -> None:
    """Keep what the shelter chose. Raises Problems for a number of days that cannot be meant."""
    require(desk, Right.CHANGE_SETTINGS)
    numbers = [*lengths.remind.values(), *(days for days in lengths.holds.values() if days is not None)]
    if not all(0 <= days <= MOST_DAYS for days in numbers):
        raise Problems([Problem(SETTING, N_("Enter a number of days up to 3650"))])
    kept = {"remind": dict(lengths.remind), "holds": dict(lengths.holds), "reflection": lengths.reflection}
    house_settings.put(desk, SETTING, kept)


def proposed_end(desk: Desk, kind: str, since: date, *, long_term: bool = False) -> date | None:
    """Return the last day of what begins on *since*, as the settings propose it; None where they propose nothing."""
    days = lengths_of(desk).holds.get("long_term" if kind == ORDER and long_term else kind)
    return since + timedelta(days=days - 1) if days else None


def kinds_for(desk: Desk, person_id: UUID) -> tuple[str, ...]:
    """Return the kinds that can be added for a person: the reflection period only where it applies at all."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    kinds = [code.code for code in vocab.DEADLINE_KINDS]
    if not (lengths_of(desk).reflection and _may_be_trafficked(desk, person_id)):
        kinds.remove(REFLECTION)
    return tuple(kinds)


def _may_be_trafficked(desk: Desk, person_id: UUID) -> bool:
    statuses = history_of(desk, StatusSince, person_id)
    return bool(statuses) and statuses[0].status in _SUSPECTED


# --- reading and changing -------------------------------------------------------------------------------------------


def deadlines_of(desk: Desk, person_id: UUID) -> list[Deadline]:
    """Return the dates of a person: what is open first, the nearest first; then what is over, the newest first."""
    require(desk, Right.SEE_RECORDS)
    found = of_person(desk, Deadline, person_id, Deadline.created_at)
    standing = minded(found)
    rest = [one for one in found if one not in standing]
    standing.sort(key=lambda one: (one.until or date.max, one.at or time.max))
    rest.sort(key=lambda one: one.until or one.since or date.min, reverse=True)
    return standing + rest


def minded(found: Sequence[Deadline]) -> list[Deadline]:
    """Return those of a person's dates that still have to be minded: open, and nothing goes on from them."""
    extended = {one.extends_id for one in found if one.state != "not_given"}
    return [one for one in found if one.is_open and one.id not in extended]


def deadline_with(desk: Desk, deadline_id: UUID) -> Deadline:
    """Return one date. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        return db.get_one(Deadline, deadline_id, options=whole(Deadline))


def record_deadline(desk: Desk, person_id: UUID, **values: Any) -> Deadline:
    """Record a date; with ``extends_id`` it goes on from another one of hers. Raises Problems."""
    require(desk, Right.CASE_WORK)
    extends_id = values.pop("extends_id", None)
    _check_whole(complete(desk, Deadline, values))
    if extends_id is not None and extends_id not in {one.id for one in deadlines_of(desk, person_id)}:
        raise ValueError("an extension goes on from a date of the same person")
    check_hers(desk, _MATTER, values.get("matter_id"), person_id)
    return add(desk, Act.RECORD_DEADLINE, Deadline(person_id=person_id, extends_id=extends_id), values)


def change_deadline(desk: Desk, deadline: Deadline, **values: Any) -> Deadline:
    """Correct a date as it was read before, or say what became of it. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    whole = {name: getattr(deadline, name) for name in ("kind", "state", "until", "since")} | values
    _check_whole(whole)
    check_hers(desk, _MATTER, values.get("matter_id"), deadline.person_id)
    return change(desk, Act.CHANGE_DEADLINE, deadline, values)


def see_to(desk: Desk, deadline: Deadline, *, seen: bool = True) -> Deadline:
    """Say that a date was seen to, so that nobody is reminded of it any more; or take that back."""
    require(desk, Right.CASE_WORK)
    with desk.write(Act.CHANGE_DEADLINE) as db:
        return apply(desk, db, deadline, {"prepared_on": desk.today() if seen else None})


def archive_deadline(desk: Desk, deadline_id: UUID, *, archived: bool = True) -> None:
    """Take a date that was recorded by mistake off the record, or put it back. Nothing is deleted."""
    require(desk, Right.CASE_WORK)
    archive(desk, Act.CHANGE_DEADLINE, Deadline, deadline_id, archived=archived)


def _check_whole(values: Mapping[str, Any]) -> None:
    if values.get("kind") == COURT and values.get("state") in (None, *OPEN_STATES) and values.get("until") is None:
        raise Problems([Problem("deadline.until", N_("Enter the day of the court date"))])


# --- what becomes a task --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DueDate:
    """A date whose reminder has begun: nobody has seen to it yet."""

    id: UUID
    person_id: UUID
    kind: str
    on: date
    at: time | None
    member_id: UUID | None


def due_dates(db: Session, lengths: Lengths, today: date, people: Collection[UUID] | None = None) -> list[DueDate]:
    """Return the dates to be reminded of on *today*, the nearest first, those that have passed included."""
    widest = today + timedelta(days=max(lengths.remind.values()))
    again = (
        select(Deadline.extends_id)
        .where(Deadline.extends_id.is_not(None), Deadline.archived_at.is_(None), _not_refused())
        .execution_options(**REMINDING)
    )
    query = select(
        Deadline.id,
        Deadline.person_id,
        Deadline.kind,
        Deadline.until,
        Deadline.at,
        Deadline.member_id,
        Deadline.remind_days,
    ).where(
        Deadline.archived_at.is_(None),
        Deadline.prepared_on.is_(None),
        Deadline.state.is_(None) | Deadline.state.in_(OPEN_STATES),
        (Deadline.until <= widest) | (Deadline.until.is_not(None) & Deadline.remind_days.is_not(None)),
        Deadline.id.not_in(again),
    )
    if people is not None:
        query = query.where(Deadline.person_id.in_(list(people)))
    found: list[DueDate] = []
    for row in db.execute(query.execution_options(**REMINDING)):
        ahead = timedelta(days=row.remind_days) if row.remind_days is not None else lengths.ahead(row.kind)
        if row.until - ahead <= today:
            found.append(DueDate(row.id, row.person_id, row.kind, row.until, row.at, row.member_id))
    return sorted(found, key=lambda one: (one.on, one.at or time.max, one.id))


def meetings_between(db: Session, first: date, last: date) -> list[DueDate]:
    """Return the court dates from *first* to *last* that still stand, in the order of time."""
    query = select(Deadline.id, Deadline.person_id, Deadline.kind, Deadline.until, Deadline.at, Deadline.member_id)
    query = query.where(
        Deadline.until.between(first, last),
        Deadline.kind.in_([code.code for code in vocab.DEADLINE_KINDS.of_group("meeting")]),
        Deadline.state.is_(None) | Deadline.state.in_(OPEN_STATES),
        Deadline.archived_at.is_(None),
    )
    found = [
        DueDate(row.id, row.person_id, row.kind, row.until, row.at, row.member_id)
        for row in db.execute(query.execution_options(**REMINDING))
        if row.until is not None
    ]
    return sorted(found, key=lambda one: (one.on, one.at or time.max, one.id))


def _not_refused() -> Any:
    return Deadline.state.is_(None) | (Deadline.state != "not_given")
