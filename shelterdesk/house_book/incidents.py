"""Incidents in and around the house. One stays on top of Today for every shift until somebody closes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, Select, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import formats
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems, StaleRecord
from shelterdesk.fields import Kind, check
from shelterdesk.house_book.handovers import time_of
from shelterdesk.house_book.shifts import Shift, after, shift_at
from shelterdesk.i18n import N_, text
from shelterdesk.reach import require_reach
from shelterdesk.records import add, all_of, apply, archive, begun, change, complete, fill
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, text_of, whole
from shelterdesk.schema.columns import choice, clock, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab.house_book import INCIDENT_KINDS, TOLD_OF_INCIDENT
from shelterdesk.vocab.lists import CodeList

_MOST_SHIFTS: Final = 99


def _not_before_it_happened(value: date, values: Mapping[str, Any]) -> str | None:
    happened = values.get("happened_on")
    return N_("«{label}» cannot be before the day it happened") if happened and value < happened else None


class HouseIncident(Record):
    """Something every shift has to know of until it is closed."""

    __tablename__ = "house_incident"
    __table_args__ = (
        Index("ix_house_incident_open", "archived_at", "closed_on", "happened_on"),
        # How many of which kind happened in a period.
        Index("ix_house_incident_counting", "archived_at", "happened_on", "kind", "person_id", "id"),
    )

    kind: Mapped[str] = choice("house_incident.kind", N_("What happened"), INCIDENT_KINDS, required=True)
    title = sealed(
        "house_incident.title",
        N_("In one line"),
        Compartment.HOUSE,
        example=N_("A man at the gate asked for someone by name"),
        help=N_("Stands on top of Today until the incident is closed: write no name of a resident here."),
        width=60,
    )
    happened_on: Mapped[date] = day("house_incident.happened_on", N_("Day"), required=True, in_future=False)
    happened_at: Mapped[time | None] = clock("house_incident.happened_at", N_("Hour"))
    person_id: Mapped[UUID | None] = link(
        "house_incident.person",
        N_("Whom it concerns"),
        "person",
        index=True,
        help=N_("Only where it concerns one resident: whoever may not see her does not see the incident."),
    )
    words = sealed(
        "house_incident.words",
        N_("More words"),
        Compartment.HOUSE,
        kind=Kind.LONG_TEXT,
        lines=(N_("Who saw it?"), N_("What was said, and what was not?")),
    )
    closed_on: Mapped[date | None] = day(
        "house_incident.closed_on", N_("Closed on"), in_future=False, rule=_not_before_it_happened
    )
    closed_at: Mapped[time | None] = clock("house_incident.closed_at", N_("Closed at"))
    closed_by: Mapped[UUID | None] = link("house_incident.closed_by", N_("Closed by"), "member")
    ending = sealed(
        "house_incident.ending",
        N_("How it ended"),
        Compartment.HOUSE,
        help=N_("What the next shifts do differently, if anything."),
        width=60,
    )

    @property
    def is_open(self) -> bool:
        """Tell whether nobody closed it yet."""
        return self.closed_on is None


class IncidentStep(Record):
    """What was done about an incident, and who was told."""

    __tablename__ = "incident_step"
    __table_args__ = (Index("ix_incident_step_incident", "incident_id", "on", "at"),)

    incident_id: Mapped[UUID] = link("incident_step.incident", N_("Incident"), "house_incident", required=True)
    person_id: Mapped[UUID | None] = mapped_column(Id, points_to("person"), index=True)
    """Whom the incident concerns, so that who may not see her does not see the step either."""
    on: Mapped[date] = day("incident_step.on", N_("Day"), required=True, in_future=False)
    at: Mapped[time | None] = clock("incident_step.at", N_("Hour"))
    told: Mapped[str | None] = choice("incident_step.told", N_("Who was told"), TOLD_OF_INCIDENT)
    whom = sealed("incident_step.whom", N_("Name or post"), Compartment.HOUSE, width=28)
    words = sealed("incident_step.words", N_("What was done"), Compartment.HOUSE, kind=Kind.LONG_TEXT)


@dataclass(frozen=True)
class Incident:
    """An incident with all that was done about it, and for how many shifts it has been open."""

    record: HouseIncident
    steps: tuple[IncidentStep, ...]
    shifts: int
    kinds: CodeList = INCIDENT_KINDS
    tellings: CodeList = TOLD_OF_INCIDENT
    """Both as this shelter uses them."""

    def title(self, language: str | None = None) -> str:
        """Return what it is called: in its own words, else by its kind."""
        return text_of(self.record, "title") or self.kinds.label(self.record.kind, language)

    def told(self, language: str | None = None) -> str:
        """Return what was done in one paragraph: «Nothing was said. Police post told 22:55.»"""
        first = text_of(self.record, "words")
        parts = [first] if first else []
        parts += [words for step in self.steps if (words := _step_words(step, self.tellings, language))]
        return " ".join(_sentence(one) for one in parts)


def _step_words(step: IncidentStep, tellings: CodeList, language: str | None) -> str:
    """Return one step: «Police post told 22:55. Gate stays locked.»"""
    whom, words = text_of(step, "whom"), text_of(step, "words")
    at = step.at.strftime("%H:%M") if step.at else ""
    parts: list[str] = []
    if step.told or whom:
        who = whom or tellings.label(step.told, language)
        told = N_("{who} told {at}") if at else N_("{who} told")
        parts.append(_sentence(text(told, language, who=who, at=at)))
    if words:
        alone = not parts and at
        parts.append(_sentence(f"{at}: {words}" if alone else words))
    return " ".join(parts)


def open_incidents(desk: Desk) -> list[Incident]:
    """Return what nobody closed yet, the newest first, as far as the reader sees whom it concerns."""
    require(desk, Right.SEE_HOUSE)
    return _with_steps(desk, _standing().where(HouseIncident.closed_on.is_(None)))


def incidents_in(desk: Desk, shift: Shift) -> list[Incident]:
    """Return the incidents that were open at some time of *shift*, the newest first."""
    require(desk, Right.SEE_HOUSE)
    first, last = desk.day_of(shift.begins), desk.day_of(shift.ends)
    query = _standing().where(
        HouseIncident.happened_on <= last,
        or_(HouseIncident.closed_on.is_(None), HouseIncident.closed_on >= first),
    )
    return [
        one
        for one in _with_steps(desk, query)
        if _moment(desk, one.record.happened_on, one.record.happened_at, first=True) < shift.ends
        and (
            one.record.closed_on is None
            or _moment(desk, one.record.closed_on, one.record.closed_at, first=False) >= shift.begins
        )
    ]


def past_incidents(desk: Desk, days: int = 90) -> list[Incident]:
    """Return what was closed in the last *days* days, the newest first."""
    require(desk, Right.SEE_HOUSE)
    return _with_steps(desk, _standing().where(HouseIncident.closed_on >= desk.today() - timedelta(days=days)))


def incident_with(desk: Desk, incident_id: UUID) -> Incident:
    """Return one incident. Raises RecordClosed."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        record = db.get_one(HouseIncident, incident_id, options=whole(HouseIncident))
    return _with_steps(desk, select(HouseIncident).where(HouseIncident.id == record.id))[0]


def incident_if_there(desk: Desk, incident_id: UUID) -> Incident | None:
    """Return an incident that was saved, None where a draft only has its id yet."""
    require(desk, Right.SEE_HOUSE)
    return next(iter(_with_steps(desk, _standing().where(HouseIncident.id == incident_id))), None)


def record_incident(desk: Desk, *, record_id: UUID | None = None, **values: Any) -> HouseIncident:
    """Record an incident; ``record_id`` is the id a draft was typed under. Raises Problems."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    whom = values.get("person_id")
    if whom is not None:
        require_reach(desk, whom, asks=False)
    made = begun(HouseIncident, record_id)
    now = {"happened_on": desk.today(), "happened_at": time_of(desk)} if "happened_on" not in values else {}
    return add(desk, Act.RECORD_HOUSE_INCIDENT, made, now | values)


def change_incident(desk: Desk, incident: HouseIncident, **values: Any) -> HouseIncident:
    """Correct an incident as it was read before; its steps follow whom it concerns. Raises Problems, StaleRecord."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    whom = values.get("person_id", incident.person_id)
    if whom is not None:
        require_reach(desk, whom, asks=False)
    with desk.write(Act.CHANGE_HOUSE_INCIDENT) as db:
        changed = apply(desk, db, incident, values)
        for step in db.scalars(select(IncidentStep).where(IncidentStep.incident_id == incident.id)):
            if step.person_id != whom:
                step.person_id = whom
        return changed


def add_step(
    desk: Desk, incident: HouseIncident | None, *, record_id: UUID | None = None, **values: Any
) -> IncidentStep:
    """Add what was done, or who was told; ``record_id`` is the id a draft was typed under. Raises Problems."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    if incident is None:
        raise Problems([Problem("incident_step.incident", N_("Choose the incident it is about"))])
    given: dict[str, Any] = {"on": desk.today(), "at": time_of(desk)} | values | {"incident_id": incident.id}
    if not any(given.get(name) for name in ("told", "whom", "words")):
        raise Problems([Problem("incident_step.words", N_("Write what was done, or who was told"))])
    step = begun(IncidentStep, record_id, person_id=incident.person_id)
    check(desk.fields(IncidentStep), complete(desk, IncidentStep, given), desk.today())
    with desk.write(Act.CHANGE_HOUSE_INCIDENT) as db:
        db.add(step)
        fill(desk, step, given)
    return step


def close_incident(desk: Desk, incident: HouseIncident, **values: Any) -> HouseIncident:
    """Close an incident; ``ending`` are the words. Raises Problems, StaleRecord."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    given: dict[str, Any] = {"closed_on": desk.today(), "closed_at": time_of(desk), "closed_by": desk.me.id} | values
    if given["closed_on"] is None:
        raise Problems([Problem("house_incident.closed_on", N_("Enter the day it was closed"))])
    if not incident.is_open:
        raise StaleRecord(N_("Somebody closed this meanwhile. Nothing was changed."))
    return change(desk, Act.CLOSE_HOUSE_INCIDENT, incident, given)


def open_again(desk: Desk, incident_id: UUID) -> None:
    """Put a closed incident back on top of Today."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    with desk.write(Act.CHANGE_HOUSE_INCIDENT) as db:
        current = db.get_one(HouseIncident, incident_id)
        current.closed_on = current.closed_at = current.closed_by = None


def archive_incident(desk: Desk, incident_id: UUID, *, archived: bool = True) -> None:
    """Take an incident that was recorded by mistake out of the book, or put it back."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    archive(desk, Act.CHANGE_HOUSE_INCIDENT, HouseIncident, incident_id, archived=archived)


def since_words(desk: Desk, incident: Incident, language: str | None = None) -> str:
    """Return «open since Friday 22:40», or when it was closed."""
    one = incident.record
    if one.closed_on is not None:
        return text(N_("closed {when}"), language, when=_when(desk, one.closed_on, one.closed_at, language))
    return text(N_("open since {when}"), language, when=_when(desk, one.happened_on, one.happened_at, language))


def _when(desk: Desk, on: date, at: time | None, language: str | None) -> str:
    # Within a week the weekday says it; «today» needs no day at all.
    days = (desk.today() - on).days
    style = "weekday" if 0 <= days < 7 else "day_month"
    shown = formats.day(on, language, style=style)
    return f"{shown} {at.strftime('%H:%M')}" if at else shown


def _sentence(words: str) -> str:
    stripped = words.strip()
    return stripped if stripped[-1:] in ".!?…" else f"{stripped}."


def _standing() -> Select[HouseIncident]:
    query = select(HouseIncident).where(HouseIncident.archived_at.is_(None))
    return query.order_by(HouseIncident.happened_on.desc(), HouseIncident.happened_at.desc(), HouseIncident.id.desc())


def _with_steps(desk: Desk, query: Select[HouseIncident]) -> list[Incident]:
    with desk.read() as db:
        found = all_of(db, query, HouseIncident)
        steps = select(IncidentStep).where(
            IncidentStep.incident_id.in_([one.id for one in found]), IncidentStep.archived_at.is_(None)
        )
        done = all_of(db, steps.order_by(IncidentStep.on, IncidentStep.at, IncidentStep.id), IncidentStep)
    kinds, tellings = desk.choices(INCIDENT_KINDS), desk.choices(TOLD_OF_INCIDENT)
    return [
        Incident(one, tuple(step for step in done if step.incident_id == one.id), _shifts(desk, one), kinds, tellings)
        for one in found
    ]


def _shifts(desk: Desk, one: HouseIncident) -> int:
    """Return how many shifts it has been open in, the first and the present one included."""
    shift = shift_at(desk, _moment(desk, one.happened_on, one.happened_at, first=True))
    end = desk.now() if one.closed_on is None else _moment(desk, one.closed_on, one.closed_at, first=False)
    count = 1
    while shift.ends <= end and count < _MOST_SHIFTS:
        shift, count = after(desk, shift), count + 1
    return count


def _moment(desk: Desk, on: date, at: time | None, *, first: bool) -> datetime:
    """Return when something was: without an hour the day begins, or ends, with it."""
    return datetime.combine(on, at or (time() if first else time(23, 59)), desk.zone).astimezone(UTC)
