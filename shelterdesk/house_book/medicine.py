"""Medicine the house keeps or reminds of: what is due at which hour, and who gave it when.

What it is for stands in the health notes; here stands what every shift has to know to give it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import StaleRecord
from shelterdesk.fields import check
from shelterdesk.house_book.handovers import time_of
from shelterdesk.house_book.shifts import Shift
from shelterdesk.i18n import N_
from shelterdesk.people import Person
from shelterdesk.person_reading import listed
from shelterdesk.records import add, all_of, archive, begun, change, complete, fill, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, clock, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab.house_book import DOSE_OUTCOMES, MEDICINE_RHYTHMS

GIVEN: Final = "given"
_EVERY: Final[Mapping[str, int]] = {"every_day": 1, "every_other_day": 2, "weekly": 7}
_RECORDED: Final = N_("A colleague recorded this dose already. Nothing was changed. Look at the list again.")
_LATE_AFTER: Final = timedelta(minutes=30)


def _not_before_since(value: date, values: Mapping[str, Any]) -> str | None:
    since = values.get("since")
    return N_("«{label}» cannot be before the first day") if since and value < since else None


class Medicine(Record):
    """One thing to be taken at one hour of the day, from a day on."""

    __tablename__ = "medicine"
    __table_args__ = (Index("ix_medicine_since", "archived_at", "since", "until"),)

    person_id: Mapped[UUID] = link("medicine.person", N_("For whom"), "person", index=True, required=True)
    at: Mapped[time] = clock("medicine.at", N_("Hour"), required=True)
    what = sealed(
        "medicine.what",
        N_("What to give"),
        Compartment.HOUSE,
        required=True,
        example=N_("1 tablet, own box, blue label"),
        help=N_("How many, from which box, with food or without. Not what it is for."),
        width=40,
    )
    rhythm: Mapped[str] = choice("medicine.rhythm", N_("How often"), MEDICINE_RHYTHMS, required=True)
    since: Mapped[date] = day("medicine.since", N_("First day"), required=True)
    until: Mapped[date | None] = day("medicine.until", N_("Last day"), rule=_not_before_since)
    said_by = sealed(
        "medicine.said_by",
        N_("Who said so"),
        Compartment.HOUSE,
        help=N_("The doctor, the paper on the box, or she herself."),
        width=28,
    )


class Dose(Record):
    """That it was given on a day, or why not."""

    __tablename__ = "dose"
    __table_args__ = (Index("ix_dose_on", "on", "medicine_id", "archived_at"),)

    medicine_id: Mapped[UUID] = link("dose.medicine", N_("Medicine"), "medicine", required=True)
    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    on: Mapped[date] = day("dose.on", N_("Due on"), required=True)
    outcome: Mapped[str] = choice("dose.outcome", N_("What happened"), DOSE_OUTCOMES, required=True)
    given_on: Mapped[date | None] = day("dose.given_on", N_("On"), in_future=False)
    given_at: Mapped[time | None] = clock("dose.given_at", N_("At"))
    given_by: Mapped[UUID | None] = link("dose.given_by", N_("By"), "member")
    words = sealed("dose.words", N_("In words"), Compartment.HOUSE, width=40)


@dataclass(frozen=True)
class Due:
    """One dose of one day: still to give, or what became of it."""

    medicine: Medicine
    person: str
    on: date
    dose: Dose | None
    late: bool = False

    @property
    def key(self) -> tuple[UUID, date]:
        """What tells one dose from all others."""
        return self.medicine.id, self.on


def due_in(desk: Desk, shift: Shift) -> list[Due]:
    """Return what is due on the day of *shift*, and until it ends where it goes on past midnight, in order of time."""
    require(desk, Right.SEE_HOUSE)
    last = desk.day_of(shift.ends - timedelta(minutes=1))
    days = [shift.day] if last == shift.day else [shift.day, last]
    standing = select(Medicine).where(
        Medicine.archived_at.is_(None),
        Medicine.since <= days[-1],
        or_(Medicine.until.is_(None), Medicine.until >= days[0]),
    )
    with desk.read() as db:
        medicines = all_of(db, standing, Medicine)
        given = select(Dose).where(Dose.on.in_(days), Dose.archived_at.is_(None)).order_by(Dose.created_at)
        doses = {(one.medicine_id, one.on): one for one in all_of(db, given, Dose)}
        names = {one.id: one.shown for one in listed(db, Person.id.in_({one.person_id for one in medicines}))}
    found: list[Due] = []
    for on in days:
        for one in medicines:
            due = datetime.combine(on, one.at, desk.zone).astimezone(UTC)
            if is_due(one, on) and (on == shift.day or due < shift.ends):
                dose = doses.get((one.id, on))
                late = dose is None and due + _LATE_AFTER < desk.now()
                found.append(Due(one, names.get(one.person_id, ""), on, dose, late))
    return sorted(found, key=lambda one: (one.on, one.medicine.at, one.person, one.medicine.id))


def is_due(medicine: Medicine, on: date) -> bool:
    """Tell whether *medicine* is taken on a day."""
    if on < medicine.since or (medicine.until is not None and on > medicine.until):
        return False
    days = (on - medicine.since).days
    every = _EVERY.get(medicine.rhythm)
    return days == 0 if every is None else days % every == 0


def medicines_of(desk: Desk, person_id: UUID) -> list[Medicine]:
    """Return what somebody takes, the earliest hour first; what has ended included."""
    require(desk, Right.SEE_HOUSE)
    return list(of_person(desk, Medicine, person_id, Medicine.at, Medicine.since))


def medicine_with(desk: Desk, medicine_id: UUID) -> Medicine:
    """Return one medicine. Raises RecordClosed."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        return db.get_one(Medicine, medicine_id, options=whole(Medicine))


def medicine_if_there(desk: Desk, medicine_id: UUID) -> Medicine | None:
    """Return a medicine that was saved, None where a draft only has its id yet."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        return db.get(Medicine, medicine_id, options=whole(Medicine))


def add_medicine(desk: Desk, person_id: UUID | None, *, record_id: UUID | None = None, **values: Any) -> Medicine:
    """Write down what somebody takes; ``record_id`` is the id a draft was typed under. Raises Problems."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    made = begun(Medicine, record_id)
    given = {"person_id": person_id, "rhythm": "every_day", "since": desk.today()} | values
    return add(desk, Act.ADD_MEDICINE, made, given)


def change_medicine(desk: Desk, medicine: Medicine, **values: Any) -> Medicine:
    """Correct a medicine as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    return change(desk, Act.CHANGE_MEDICINE, medicine, values)


def archive_medicine(desk: Desk, medicine_id: UUID, *, archived: bool = True) -> None:
    """Take a medicine that was written down by mistake off the list, or put it back."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    archive(desk, Act.CHANGE_MEDICINE, Medicine, medicine_id, archived=archived)


def give(desk: Desk, due: Due, **values: Any) -> Dose:
    """Record what became of a dose: given now by whoever is signed in, unless *values* say otherwise.

    Raises Problems, and StaleRecord where somebody recorded it already: nobody is given twice by mistake.
    """
    require(desk, Right.KEEP_HOUSE_BOOK)
    made = Dose(person_id=due.medicine.person_id)
    given: dict[str, Any] = {
        "medicine_id": due.medicine.id,
        "on": due.on,
        "outcome": GIVEN,
        "given_on": desk.today(),
        "given_at": time_of(desk),
        "given_by": desk.me.id,
    } | values
    check(desk.fields(Dose), complete(desk, Dose, given), desk.today())
    with desk.write(Act.GIVE_MEDICINE) as db:
        same = select(Dose.id).where(Dose.medicine_id == due.medicine.id, Dose.on == due.on, Dose.archived_at.is_(None))
        if db.scalars(same).first() is not None:
            raise StaleRecord(_RECORDED)
        db.add(made)
        fill(desk, made, given)
    return made


def take_back_dose(desk: Desk, dose_id: UUID, *, taken_back: bool = True) -> None:
    """Take back what was recorded of a dose by mistake, or put it back."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    with desk.write(Act.GIVE_MEDICINE) as db:
        db.get_one(Dose, dose_id).archived_at = desk.now() if taken_back else None
