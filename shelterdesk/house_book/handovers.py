"""Handing over: lines for a shift, who handed over to it, and who of it has read and signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, and_, or_, select
from sqlalchemy.orm import Mapped, Session

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, StaleRecord
from shelterdesk.house_book.shifts import Shift, codes_of, times
from shelterdesk.i18n import N_
from shelterdesk.reach import require_reach
from shelterdesk.records import add, all_of, archive, begun, change
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, clock, day, flag, link, sealed
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab.house_book import LINE_KINDS, LINE_TOPICS, SHIFTS

KNOW, DO, VISIT, KEY = "know", "do", "visit", "key"
_TO_END: Final = (DO, KEY)
"""Kinds of line that stay until somebody says they are done."""
_OWN: Final = N_("Somebody of the next shift signs what you handed over. Nothing was changed.")


def _not_before_its_day(value: date, values: Mapping[str, Any]) -> str | None:
    begins = values.get("on")
    return N_("«{label}» cannot be before the day of the shift") if begins and value < begins else None


class ShiftLine(Record):
    """One thing a shift has to know or to do, a visit, or a key that somebody has."""

    __tablename__ = "shift_line"
    __table_args__ = (Index("ix_shift_line_on", "on", "shift", "kind", "archived_at"),)

    kind: Mapped[str] = choice("shift_line.kind", N_("What it is"), LINE_KINDS, required=True)
    words = sealed(
        "shift_line.words",
        N_("In words"),
        Compartment.HOUSE,
        required=True,
        help=N_("Every shift reads this. Short names only, and nothing of what happened to anybody."),
        width=60,
    )
    topic: Mapped[str | None] = choice("shift_line.topic", N_("About"), LINE_TOPICS)
    person_id: Mapped[UUID | None] = link(
        "shift_line.person",
        N_("About whom"),
        "person",
        index=True,
        help=N_("Only where it is about one person: whoever may not see her does not see the line."),
    )
    on: Mapped[date] = day("shift_line.on", N_("Day of the shift"), required=True)
    shift: Mapped[str] = choice("shift_line.shift", N_("Shift"), SHIFTS, required=True)
    at: Mapped[time | None] = clock("shift_line.at", N_("Hour"))
    before: Mapped[bool | None] = flag("shift_line.before", N_("Before that hour"))
    until: Mapped[date | None] = day(
        "shift_line.until",
        N_("Also for every shift until"),
        rule=_not_before_its_day,
        help=N_("Empty: for this shift only. What is to be done stays until it is done."),
    )
    done_on: Mapped[date | None] = day("shift_line.done_on", N_("Done on"), in_future=False)
    done_at: Mapped[time | None] = clock("shift_line.done_at", N_("Done at"))
    done_by: Mapped[UUID | None] = link("shift_line.done_by", N_("Done by"), "member")

    @property
    def is_done(self) -> bool:
        """Tell whether somebody said that it is done."""
        return self.done_on is not None


class Handover(Record):
    """That a shift was handed over to, and that it was read. ``on`` and ``shift`` are those of who takes over."""

    __tablename__ = "handover"
    __table_args__ = (Index("ix_handover_on", "on", "shift", "archived_at"),)

    on: Mapped[date] = day("handover.on", N_("Day of the shift"), required=True)
    shift: Mapped[str] = choice("handover.shift", N_("Shift"), SHIFTS, required=True)
    given_by: Mapped[UUID | None] = link("handover.given_by", N_("Handed over by"), "member")
    given_on: Mapped[date | None] = day("handover.given_on", N_("Handed over on"), in_future=False)
    given_at: Mapped[time | None] = clock("handover.given_at", N_("Handed over at"))
    read_by: Mapped[UUID | None] = link("handover.read_by", N_("Read and signed by"), "member")
    read_on: Mapped[date | None] = day("handover.read_on", N_("Signed on"), in_future=False)
    read_at: Mapped[time | None] = clock("handover.read_at", N_("Signed at"))

    @property
    def is_read(self) -> bool:
        """Tell whether somebody of the shift has signed it."""
        return self.read_by is not None


def lines_for(desk: Desk, shift: Shift) -> list[ShiftLine]:
    """Return what is written for *shift*: its own lines, those that go on, and what is not done yet."""
    require(desk, Right.SEE_HOUSE)
    first, last = shift.day, desk.day_of(shift.ends)
    own = and_(ShiftLine.on == shift.day, ShiftLine.shift.in_(codes_of(desk, shift)))
    goes_on = and_(ShiftLine.on <= shift.day, ShiftLine.until >= shift.day)
    not_done = and_(
        ShiftLine.kind.in_(_TO_END),
        ShiftLine.on <= shift.day,
        or_(ShiftLine.done_on.is_(None), ShiftLine.done_on >= first),
    )
    visit = and_(ShiftLine.kind == VISIT, ShiftLine.on.between(first, last))
    query = select(ShiftLine).where(ShiftLine.archived_at.is_(None), or_(own, goes_on, not_done, visit))
    with desk.read() as db:
        found = all_of(db, query.order_by(ShiftLine.on, ShiftLine.created_at, ShiftLine.id), ShiftLine)
    return [one for one in found if _is_seen(desk, one, shift)]


def line_with(desk: Desk, line_id: UUID) -> ShiftLine:
    """Return one line. Raises RecordClosed."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        return db.get_one(ShiftLine, line_id, options=whole(ShiftLine))


def line_if_there(desk: Desk, line_id: UUID) -> ShiftLine | None:
    """Return a line that was saved, None where a draft only has its id yet. Raises RecordClosed."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        return db.get(ShiftLine, line_id, options=whole(ShiftLine))


def add_line(desk: Desk, shift: Shift, *, record_id: UUID | None = None, **values: Any) -> ShiftLine:
    """Write a line for *shift*; ``record_id`` is the id a draft was typed under. Raises Problems."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    _look_at_reach(desk, values)
    line = begun(ShiftLine, record_id)
    return add(desk, Act.ADD_SHIFT_LINE, line, {"on": shift.day, "shift": shift.code} | values)


def change_line(desk: Desk, line: ShiftLine, **values: Any) -> ShiftLine:
    """Correct a line as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    _look_at_reach(desk, values)
    return change(desk, Act.CHANGE_SHIFT_LINE, line, values)


def mark_done(desk: Desk, line: ShiftLine, *, done: bool = True) -> ShiftLine:
    """Say that something was done or given back, or take that back. Raises StaleRecord."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    values: dict[str, Any] = {"done_on": None, "done_at": None, "done_by": None}
    if done:
        values = {"done_on": desk.today(), "done_at": time_of(desk), "done_by": desk.me.id}
    return change(desk, Act.CHANGE_SHIFT_LINE, line, values)


def archive_line(desk: Desk, line_id: UUID, *, archived: bool = True) -> None:
    """Take a line out of the book, or put it back."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    archive(desk, Act.CHANGE_SHIFT_LINE, ShiftLine, line_id, archived=archived)


def handover_to(desk: Desk, shift: Shift) -> Handover | None:
    """Return how *shift* was handed over to, if it was."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        return _handover(desk, db, shift)


def hand_over(desk: Desk, shift: Shift) -> Handover:
    """Hand over to *shift*: what is written for it is complete. Raises StaleRecord where somebody did already."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    made = Handover(on=shift.day, shift=shift.code)
    made.given_by, made.given_on, made.given_at = desk.me.id, desk.today(), time_of(desk)
    with desk.write(Act.HAND_OVER_SHIFT) as db:
        if _handover(desk, db, shift) is not None:
            raise StaleRecord(N_("Somebody handed over to this shift already. Nothing was changed."))
        db.add(made)
    return made


def take_back_handover(desk: Desk, handover: Handover) -> None:
    """Take a handover back that nobody has signed yet. Raises StaleRecord."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    with desk.write(Act.HAND_OVER_SHIFT) as db:
        current = db.get_one(Handover, handover.id)
        if current.is_read:
            raise StaleRecord(N_("It was read and signed meanwhile. Nothing was changed."))
        current.archived_at = desk.now()


def may_sign(desk: Desk, handover: Handover) -> bool:
    """Tell whether the signed-in person may sign: nobody reads their own handover for the next shift."""
    return desk.may(Right.KEEP_HOUSE_BOOK) and handover.given_by != desk.me.id


def sign(desk: Desk, handover: Handover) -> Handover:
    """Say that one has read everything that was handed over. Raises NotAllowed or StaleRecord."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    if not may_sign(desk, handover):
        raise NotAllowed(_OWN)
    values = {"read_by": desk.me.id, "read_on": desk.today(), "read_at": time_of(desk)}
    return change(desk, Act.SIGN_HANDOVER, handover, values)


def written_since(desk: Desk, handover: Handover, lines: list[ShiftLine]) -> int:
    """Return how many of *lines* were written after *handover* was signed, which who signed has not seen."""
    if handover.read_on is None or handover.read_at is None:
        return 0
    signed = datetime.combine(handover.read_on, handover.read_at, desk.zone)
    # The signature knows its minute only; what was written within it may have been read.
    return sum(one.created_at.astimezone(desk.zone).replace(second=0, microsecond=0) > signed for one in lines)


def time_of(desk: Desk) -> time:
    """Return the hour and minute of now in the vault's time zone."""
    return desk.now().astimezone(desk.zone).time().replace(second=0, microsecond=0, tzinfo=None)


def _handover(desk: Desk, db: Session, shift: Shift) -> Handover | None:
    query = select(Handover).where(
        Handover.on == shift.day, Handover.shift.in_(codes_of(desk, shift)), Handover.archived_at.is_(None)
    )
    return next(iter(all_of(db, query.order_by(Handover.created_at.desc()).limit(1), Handover)), None)


def _is_seen(desk: Desk, line: ShiftLine, shift: Shift) -> bool:
    """Tell what the query cannot: a line of a later shift of the same day is not there yet."""
    if line.kind == VISIT:
        return True
    plan = {code: place for place, (code, _at) in enumerate(times(desk))}
    later = line.on == shift.day and plan.get(line.shift, 0) > plan.get(shift.code, 0)
    if later:
        return False
    if line.kind in _TO_END and line.done_on is not None and line.done_at is not None:
        # What was done before the shift began is over, unless it was this shift's own to begin with.
        own = line.on == shift.day and line.shift == shift.code
        return own or datetime.combine(line.done_on, line.done_at, desk.zone) >= shift.begins
    return True


def _look_at_reach(desk: Desk, values: Mapping[str, Any]) -> None:
    whom = values.get("person_id")
    if whom is not None:
        require_reach(desk, whom, asks=False)
