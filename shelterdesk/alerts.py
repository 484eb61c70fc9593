"""Alerts: what every shift must know of a person, from a day on and, where it passes, until a day.

They are the house's knowledge like her short name: whoever takes her in at night puts them down, whoever looks after
her by day keeps them. No diagnosis belongs here and no story; words say what to do or not to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_
from shelterdesk.people import Person
from shelterdesk.person_reading import Listed, listed
from shelterdesk.records import add, all_of, archive, change, fill, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, declared
from shelterdesk.schema.columns import choice, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.stays import Stay, is_here
from shelterdesk.vault.compartments import Compartment

AT_ARRIVAL: Final = (
    "doctor_needed",
    "hurt",
    "pregnant",
    "takes_medicine",
    "looked_for",
    "phone_followed",
    "may_harm_herself",
    "allergy",
)
"""What is seen or told at the door, in the order it is asked."""
_ORDER: Final = {code.code: number for number, code in enumerate(vocab.ALERT_KINDS)}


def _not_before_since(value: date, values: Mapping[str, Any]) -> str | None:
    since = values.get("since")
    return N_("«{label}» cannot be before the first day") if since and value < since else None


class Alert(Record):
    """One thing to heed."""

    __tablename__ = "alert"
    __table_args__ = (Index("ix_alert_standing", "archived_at", "until", "since", "person_id", "kind"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    kind: Mapped[str] = choice("alert.kind", N_("What to heed"), vocab.ALERT_KINDS, required=True)
    words = sealed(
        "alert.words",
        N_("In words"),
        Compartment.HOUSE,
        help=N_("What to do or not to do. Every shift reads it: no diagnosis and no story."),
        example=N_("penicillin"),
        width=40,
    )
    since: Mapped[date] = day("alert.since", N_("Since"), required=True, in_future=False)
    until: Mapped[date | None] = day(
        "alert.until", N_("Until"), help=N_("The last day. Empty while it holds."), rule=_not_before_since
    )


def stands_on(on: date) -> ColumnElement[bool]:
    """Return the condition that an alert holds on *on*; its last day counts."""
    ended = Alert.until.is_(None) | (Alert.until >= on)
    return Alert.archived_at.is_(None) & (Alert.since <= on) & ended


def put_alerts(
    db: Session,
    desk: Desk,
    person_id: UUID,
    kinds: Iterable[str],
    since: date,
    words: Mapping[str, str] | None = None,
) -> None:
    """Put down alerts of *kinds* inside a running write, with *words* by kind where somebody has any.

    The caller asked for the right. What stands already is not put down twice.
    """
    said = words or {}
    known = set(db.scalars(select(Alert.kind).where(Alert.person_id == person_id, stands_on(since))))
    for kind in sorted(set(kinds) - known, key=lambda one: _ORDER.get(one, len(_ORDER))):
        alert = Alert(person_id=person_id, kind=kind, since=since)
        db.add(alert)
        fill(desk, alert, {"words": said.get(kind)})


def alerts_of(desk: Desk, person_id: UUID) -> list[Alert]:
    """Return the alerts of a person that hold today, in the order of the list."""
    today = desk.today()
    return [one for one in every_alert_of(desk, person_id) if is_standing(one, today)]


def every_alert_of(desk: Desk, person_id: UUID) -> list[Alert]:
    """Return all alerts of a person, those that have passed last. Raises RecordClosed."""
    require(desk, Right.SEE_HOUSE)
    today = desk.today()
    found = of_person(desk, Alert, person_id, Alert.since.desc(), Alert.created_at.desc())
    return sorted(found, key=lambda one: (not is_standing(one, today), _ORDER.get(one.kind, len(_ORDER))))


def alerts_in_house(desk: Desk) -> list[tuple[Listed, list[Alert], str]]:
    """Return who lives here and has something to heed, with her alerts of today and the free lines, by name.

    It is what a shift reads that opens no records; whose record is closed to the reader is left out.
    """
    require(desk, Right.SEE_HOUSE)
    today = desk.today()
    with desk.read() as db:
        here = list(db.scalars(select(Stay.person_id).where(is_here(today))))
        query = select(Alert).where(stands_on(today), Alert.person_id.in_(here))
        standing: dict[UUID, list[Alert]] = defaultdict(list)
        for one in sorted(all_of(db, query, Alert), key=lambda one: (_ORDER.get(one.kind, len(_ORDER)), one.since)):
            standing[one.person_id].append(one)
        people = {one.id: one for one in listed(db, Person.id.in_(here))}
        field = declared(Person, "must_know")
        lines = {one.id: field.read(one) or "" for one in db.scalars(select(Person).where(Person.id.in_(here)))}
    found = [(people[one], standing.get(one, []), str(lines.get(one, ""))) for one in people]
    return sorted((one for one in found if one[1] or one[2]), key=lambda one: one[0].shown.casefold())


def is_standing(alert: Alert, on: date) -> bool:
    """Tell whether an alert holds on *on*."""
    return alert.since <= on and (alert.until is None or alert.until >= on)


def may_keep_alerts(desk: Desk) -> bool:
    """Tell whether the signed-in person may write alerts: who takes people in, and who looks after them."""
    return desk.may(Right.KEEP_STAYS) or desk.may(Right.CHANGE_PERSON)


def record_alert(desk: Desk, person_id: UUID, **values: Any) -> Alert:
    """Put down one alert; since today where no day is given. Raises Problems."""
    _require_keeping(desk)
    return add(desk, Act.RECORD_ALERT, Alert(person_id=person_id), {"since": desk.today()} | values)


def change_alert(desk: Desk, alert: Alert, **values: Any) -> Alert:
    """Correct an alert as it was read before, or say until when it held. Raises Problems or StaleRecord."""
    _require_keeping(desk)
    return change(desk, Act.CHANGE_ALERT, alert, values)


def end_alert(desk: Desk, alert: Alert) -> Alert:
    """Say that an alert has passed: yesterday was its last day, or today where it began today. Raises StaleRecord."""
    return change_alert(desk, alert, until=max(alert.since, desk.today() - timedelta(days=1)))


def archive_alert(desk: Desk, alert_id: UUID, *, archived: bool = True) -> None:
    """Take an alert that was put down by mistake off the record, or put it back. Nothing is deleted."""
    _require_keeping(desk)
    archive(desk, Act.CHANGE_ALERT, Alert, alert_id, archived=archived)


def _require_keeping(desk: Desk) -> None:
    if not may_keep_alerts(desk):
        require(desk, Right.CHANGE_PERSON)
