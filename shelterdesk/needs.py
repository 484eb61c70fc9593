"""Needs: help somebody needs, whether it was found, and why not. Counted, so that gaps in an area can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_
from shelterdesk.records import add, archive, begun, change, fill, of_person, one_with, with_standing_values
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

OPEN: Final = frozenset({"open", "referred"})
UNMET: Final = "not_available"
_AFTER: Final[Mapping[str, str]] = {"sent": "referred", "accepted": "referred", "done": "met"}
"""State of a referral → how the need it was written for stands then; in any other state help is still looked for."""


def _not_before_since(value: date, values: Mapping[str, Any]) -> str | None:
    since = values.get("since")
    return N_("«{label}» cannot be before the day since when it is needed") if since and value < since else None


class Need(Record):
    """One kind of help one person needs."""

    __tablename__ = "need"
    __table_args__ = (
        Index("ix_need_person", "person_id", "archived_at"),
        Index("ix_need_counting", "kind", "state", "why", "since", "ended_on", "archived_at", "person_id"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    kind: Mapped[str] = choice("need.kind", N_("What is needed"), vocab.SERVICE_KINDS, required=True)
    since: Mapped[date] = day("need.since", N_("Since"), required=True, in_future=False)
    state: Mapped[str] = choice("need.state", N_("How it stands"), vocab.NEED_STATES, required=True)
    why: Mapped[str | None] = choice("need.why", N_("Why not available"), vocab.NEED_REASONS)
    ended_on: Mapped[date | None] = day("need.ended_on", N_("Settled on"), in_future=False, rule=_not_before_since)
    referral_id: Mapped[UUID | None] = link("need.referral", N_("Sent on to"), "referral_out")
    words = sealed("need.words", N_("In words"), Compartment.CASE, width=60)


def needs_of(desk: Desk, person_id: UUID) -> list[Need]:
    """Return what a person needs, what is open first, then the newest. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    found = of_person(desk, Need, person_id, Need.since.desc(), Need.created_at.desc())
    return sorted(found, key=lambda one: one.state not in OPEN)


def record_need(desk: Desk, person_id: UUID, *, record_id: UUID | None = None, **values: Any) -> Need:
    """Record a need, open unless it says otherwise; ``record_id`` is the id of a draft. Raises Problems."""
    require(desk, Right.CASE_WORK)
    given = _settled(desk, {"state": "open", "since": desk.today()} | values, "open")
    _check_whole(given)
    need = begun(Need, record_id, person_id=person_id)
    return add(desk, Act.RECORD_NEED, need, given)


def change_need(desk: Desk, need: Need, **values: Any) -> Need:
    """Change a need as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    given = _settled(desk, values, need.state)
    _check_whole(with_standing_values(desk, need, given))
    return change(desk, Act.CHANGE_NEED, need, given)


def need_with(desk: Desk, need_id: UUID) -> Need:
    """Return one need. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    return one_with(desk, Need, need_id)


def send_on(db: Session, desk: Desk, need_id: UUID, referral_id: UUID, state: str) -> None:
    """Name on a need the referral that is to meet it, inside the write that records the referral in *state*."""
    require(desk, Right.CASE_WORK)
    need = db.get_one(Need, need_id, options=whole(Need))
    fill(desk, need, {"referral_id": referral_id})
    if need.state in OPEN:
        _stand(desk, need, state)


def follow_referral(db: Session, desk: Desk, referral_id: UUID, before: str | None, state: str | None) -> None:
    """Have the needs a referral was written for stand as it stands now, inside the write that changes it.

    *before* and *state* are the states of the referral, None where it is archived. A need somebody settled otherwise
    stays as it is.
    """
    require(desk, Right.CASE_WORK)
    if before == state:
        return
    followed = ("met",) if _AFTER.get(before or "") == "met" else tuple(OPEN)
    query = select(Need).where(Need.referral_id == referral_id, Need.state.in_(followed), Need.archived_at.is_(None))
    for need in db.scalars(query.options(*whole(Need))):
        _stand(desk, need, state)


def _stand(desk: Desk, need: Need, referral: str | None) -> None:
    state = _AFTER.get(referral or "", "open")
    if state != need.state:
        fill(desk, need, {"state": state, "why": None, "ended_on": desk.today() if state == "met" else None})


def archive_need(desk: Desk, need_id: UUID, *, archived: bool = True) -> None:
    """Take a need out of lists and counts, or put it back. Nothing is deleted."""
    require(desk, Right.CASE_WORK)
    archive(desk, Act.CHANGE_NEED, Need, need_id, archived=archived)


def _settled(desk: Desk, values: Mapping[str, Any], state_before: str) -> dict[str, Any]:
    """Return *values* with the day that goes with their state: a need that ends today says so by itself."""
    given = dict(values)
    state = given.get("state", state_before)
    if state in OPEN:
        given["ended_on"] = None
    elif state_before in OPEN and given.get("ended_on") is None:
        given["ended_on"] = desk.today()
    if state != UNMET:
        given["why"] = None
    return given


def _check_whole(values: Mapping[str, Any]) -> None:
    if values.get("state") == UNMET and not values.get("why"):
        raise Problems([Problem("need.why", N_("Choose why it is not available"))])
