"""Requests for a place before anybody arrives: who calls, who needs it, how she gets here, and what was decided.

A request becomes an arrival, or it is turned away with a reason and with where it went instead; those are counted.
Whoever is on shift takes the call, so all of it belongs to the house.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, Select, select
from sqlalchemy.orm import Mapped, Session

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Kind, check
from shelterdesk.i18n import N_
from shelterdesk.records import add, all_of, apply, archive, complete, with_standing_values
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, choices, clock, day, link, number, sealed
from shelterdesk.vault.compartments import Compartment

OPEN: Final = "open"
EXPECTED: Final = "expected"
ARRIVED: Final = "arrived"
TURNED_AWAY: Final = "turned_away"
WAITING: Final = (OPEN, EXPECTED)
"""Decisions after which somebody may still come."""
_ENDED: Final = (TURNED_AWAY, "did_not_come")
_RECENTLY: Final = timedelta(days=30)
_CALL, _WHO, _WAY = N_("The call"), N_("Who needs a place"), N_("The way here")
_DECISION: Final = N_("What was decided")


def _not_before_call(value: date, values: Mapping[str, Any]) -> str | None:
    received = values.get("received_on")
    return N_("«{label}» cannot be before the day of the call") if received and value < received else None


def _one_of_the_decisions(value: str, _values: Mapping[str, Any]) -> str | None:
    known = any(code.code == value for code in vocab.ARRIVAL_DECISIONS)
    return None if known else N_("«{label}»: choose one from the list")


class ArrivalRequest(Record):
    """One request for a place and what became of it."""

    __tablename__ = "arrival_request"
    __table_args__ = (
        # The index holds all a summary reads of those that were turned away.
        Index(
            "ix_arrival_request_counting",
            *("decision", "decided_on", "archived_at", "site_id", "reason", "id"),
        ),
    )

    received_on: Mapped[date] = day(
        "arrival_request.received_on", N_("Day of the call"), group=_CALL, required=True, in_future=False
    )
    received_at: Mapped[time | None] = clock("arrival_request.received_at", N_("Time of the call"), group=_CALL)
    source: Mapped[str | None] = choice(
        "arrival_request.source", N_("Who asks for the place"), vocab.REFERRAL_SOURCES, group=_CALL
    )
    caller = sealed(
        "arrival_request.caller",
        N_("Caller"),
        Compartment.HOUSE,
        group=_CALL,
        example=N_("Name or post"),
        width=28,
    )
    safe_number = sealed(
        "arrival_request.safe_number",
        N_("Number that is safe to call"),
        Compartment.HOUSE,
        group=_CALL,
        help=N_("Ask whether somebody else may answer or look at the phone."),
        sensitive=True,
        width=20,
    )
    name_used = sealed(
        "arrival_request.name_used",
        N_("Name used"),
        Compartment.HOUSE,
        group=_WHO,
        help=N_("It need not be a real name. May be left empty."),
        width=20,
    )
    place = sealed(
        "arrival_request.place",
        N_("Where she is now"),
        Compartment.HOUSE,
        group=_WHO,
        example=N_("District or landmark"),
        sensitive=True,
        width=28,
    )
    came_from: Mapped[str | None] = choice("arrival_request.came_from", N_("Comes from"), vocab.COMES_FROM, group=_WHO)
    distance_km: Mapped[int | None] = number("arrival_request.distance_km", N_("Distance in kilometres"), group=_WHO)
    children: Mapped[int | None] = number("arrival_request.children", N_("Children with her"), group=_WHO)
    alerts = choices(
        "arrival_request.alerts",
        N_("Safety and health now"),
        vocab.ALERT_KINDS,
        group=_WHO,
        help=N_("What the caller says, nothing more."),
    )
    needs = sealed(
        "arrival_request.needs",
        N_("What she needs on arrival"),
        Compartment.HOUSE,
        kind=Kind.LONG_TEXT,
        group=_WHO,
        example=N_("interpreter, baby food, a wheelchair"),
    )
    transport: Mapped[str | None] = choice(
        "arrival_request.transport", N_("How she gets here"), vocab.ARRIVAL_TRANSPORT, group=_WAY
    )
    escort = sealed("arrival_request.escort", N_("Who comes with her"), Compartment.HOUSE, group=_WAY, width=28)
    meeting_point = sealed(
        "arrival_request.meeting_point",
        N_("Meeting point"),
        Compartment.HOUSE,
        group=_WAY,
        help=N_("Never the house itself where the way may be watched."),
        sensitive=True,
        width=40,
    )
    expected_on: Mapped[date | None] = day(
        "arrival_request.expected_on", N_("Expected on"), group=_WAY, rule=_not_before_call
    )
    expected_at: Mapped[time | None] = clock("arrival_request.expected_at", N_("Expected at"), group=_WAY)
    decision: Mapped[str] = choice(
        "arrival_request.decision",
        N_("Decision"),
        vocab.ARRIVAL_DECISIONS,
        group=_DECISION,
        required=True,
        rule=_one_of_the_decisions,
    )
    decided_on: Mapped[date | None] = day(
        "arrival_request.decided_on", N_("Decided on"), group=_DECISION, in_future=False, rule=_not_before_call
    )
    reason: Mapped[str | None] = choice(
        "arrival_request.reason", N_("Why turned away"), vocab.TURNED_AWAY_REASONS, group=_DECISION
    )
    went_to: Mapped[str | None] = choice(
        "arrival_request.went_to", N_("Where she was helped to instead"), vocab.TURNED_AWAY_TO, group=_DECISION
    )
    words = sealed("arrival_request.words", N_("In words"), Compartment.HOUSE, group=_DECISION, width=40)
    site_id: Mapped[UUID | None] = link("arrival_request.site", N_("Site"), "site", group=_DECISION)
    person_id: Mapped[UUID | None] = link(
        "arrival_request.person", N_("Person on file"), "person", group=_DECISION, index=True
    )

    @property
    def waits(self) -> bool:
        """Tell whether somebody may still come."""
        return self.decision in WAITING


def waiting_requests(desk: Desk) -> list[ArrivalRequest]:
    """Return the requests after which somebody may still come, the first expected first."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        found = all_of(db, _standing().where(ArrivalRequest.decision.in_(WAITING)), ArrivalRequest)
    return sorted(found, key=lambda one: (one.expected_on or date.max, one.expected_at or time.max, one.received_on))


def decided_requests(desk: Desk) -> list[ArrivalRequest]:
    """Return what was decided in the last thirty days, the newest first."""
    require(desk, Right.SEE_HOUSE)
    since = desk.today() - _RECENTLY
    query = _standing().where(ArrivalRequest.decision.not_in(WAITING), ArrivalRequest.decided_on >= since)
    with desk.read() as db:
        return all_of(db, query, ArrivalRequest)


def read_request(desk: Desk, request_id: UUID) -> ArrivalRequest:
    """Return one request. Raises RecordClosed where it is about somebody out of the reader's reach."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        (found,) = all_of(db, select(ArrivalRequest).where(ArrivalRequest.id == request_id), ArrivalRequest)
    return found


def record_arrival_request(desk: Desk, **values: Any) -> ArrivalRequest:
    """Record a call for a place; undecided and of today where nothing else is given. Raises Problems."""
    require(desk, Right.ADD_PERSON)
    given = _decided(desk, {"received_on": desk.today(), "decision": OPEN} | values)
    _check_whole(desk, complete(desk, ArrivalRequest, given))
    act = Act.TURN_AWAY if given["decision"] == TURNED_AWAY else Act.RECORD_ARRIVAL_REQUEST
    return add(desk, act, ArrivalRequest(), given)


def change_arrival_request(desk: Desk, request: ArrivalRequest, **values: Any) -> ArrivalRequest:
    """Decide about a request, or correct it, as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.ADD_PERSON)
    whole = with_standing_values(desk, request, values)
    given = dict(values) | {name: value for name, value in _decided(desk, whole).items() if value != whole.get(name)}
    _check_whole(desk, whole | given)
    turned = given.get("decision") == TURNED_AWAY != request.decision
    with desk.write(Act.TURN_AWAY if turned else Act.CHANGE_ARRIVAL_REQUEST) as db:
        return apply(desk, db, request, given)


def archive_arrival_request(desk: Desk, request_id: UUID, *, archived: bool = True) -> None:
    """Take a request that was recorded by mistake off the lists and counts, or put it back."""
    require(desk, Right.ADD_PERSON)
    archive(desk, Act.CHANGE_ARRIVAL_REQUEST, ArrivalRequest, request_id, archived=archived)


def note_arrival(db: Session, request_id: UUID, person_id: UUID, on: date) -> None:
    """Say inside a running write that who was asked for has come. The caller asked for the right."""
    request = db.get_one(ArrivalRequest, request_id)
    request.decision, request.person_id = ARRIVED, person_id
    # Who was awaited for the evening may have come before midnight of the day of the call.
    request.decided_on = max(on, request.received_on)
    request.reason = None


def reopen(db: Session, person_id: UUID) -> None:
    """Let the requests of an arrival that is taken back wait again, inside the running write."""
    rows = select(ArrivalRequest).where(ArrivalRequest.person_id == person_id, ArrivalRequest.decision == ARRIVED)
    for request in db.scalars(rows):
        request.decision, request.person_id, request.decided_on = EXPECTED, None, None


def _standing() -> Select[ArrivalRequest]:
    query = select(ArrivalRequest).where(ArrivalRequest.archived_at.is_(None))
    return query.order_by(ArrivalRequest.received_on.desc(), ArrivalRequest.created_at.desc(), ArrivalRequest.id.desc())


def _decided(desk: Desk, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write down the day of a decision, and drop what belongs to none."""
    found = dict(values)
    if found.get("decision") in WAITING:
        found["decided_on"] = None
    elif found.get("decided_on") is None:
        found["decided_on"] = desk.today()
    if found.get("decision") not in _ENDED:
        found |= {"reason": None, "went_to": None}
    return found


def _check_whole(desk: Desk, values: Mapping[str, Any]) -> None:
    """Check what no field can tell by itself. Raises Problems."""
    check(desk.fields(ArrivalRequest), values, desk.today())
    if values.get("decision") == TURNED_AWAY and not values.get("reason"):
        raise Problems([Problem("arrival_request.reason", N_("Choose why she was turned away"))])
