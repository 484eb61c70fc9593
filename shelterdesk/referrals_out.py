"""Referrals out: to whom the person is sent on, what was shared, and how it went, from the letter to its end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import CLOSED, Kind, check
from shelterdesk.i18n import N_
from shelterdesk.needs import follow_referral, send_on
from shelterdesk.people import Person
from shelterdesk.printed import leaving
from shelterdesk.reach import REMINDING, require_reach
from shelterdesk.records import apply, complete, fill, of_person, with_standing_values
from shelterdesk.same_person import counted_as
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, declared
from shelterdesk.schema.columns import choice, choices, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.sharing import Standing, State, may_share
from shelterdesk.vault.compartments import Compartment

PREPARED: Final = "prepared"
OPEN_STATES: Final = (PREPARED, "sent", "accepted")
ANSWERS: Final = ("accepted", "declined")
ENDINGS: Final = ("done", "withdrawn")
NEXT: Final[Mapping[str, tuple[str, ...]]] = {
    PREPARED: ("sent", "withdrawn"),
    "sent": ("accepted", "declined", "withdrawn"),
    "accepted": ("done", "withdrawn"),
    "declined": (),
    "done": (),
    "withdrawn": (),
}
"""What may follow a state in one step; a correction may set any."""
_WHO, _COURSE = N_("To whom"), N_("How it goes")
_LEFT: Final = ("state", "organisation", "service", "shared", "without_consent")
"""What the question about consent hangs on."""


def _not_before_sending(value: date, values: Mapping[str, Any]) -> str | None:
    sent = values.get("sent_on")
    return N_("«{label}» cannot be before the day it was sent") if sent and value < sent else None


def _not_before_the_answer(value: date, values: Mapping[str, Any]) -> str | None:
    earlier = [one for one in (values.get("sent_on"), values.get("answered_on")) if one]
    return N_("«{label}» cannot be before the day of the answer") if earlier and value < max(earlier) else None


class ReferralOut(Record):
    """One referral to somebody else."""

    __tablename__ = "referral_out"
    __table_args__ = (
        Index("ix_referral_out_state", "state", "follow_up_on", "archived_at", "person_id"),
        # How many were sent in a period and how they stand.
        Index("ix_referral_out_counting", "sent_on", "archived_at", "state", "person_id"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    service: Mapped[str] = choice(
        "referral_out.service", N_("What for"), vocab.REFERRAL_SERVICES, required=True, group=_WHO
    )
    organisation = sealed(
        "referral_out.organisation",
        N_("Organisation"),
        Compartment.IDENTITY,
        required=True,
        group=_WHO,
        standard="HTCDS cas_ReferredOrganisation",
        width=28,
    )
    contact = sealed(
        "referral_out.contact",
        N_("Person there"),
        Compartment.IDENTITY,
        group=_WHO,
        standard="HTCDS cas_ReferredPrimaryCaseWorker",
        width=28,
    )
    reason: Mapped[str | None] = choice(
        "referral_out.reason",
        N_("Reason"),
        vocab.REFERRAL_REASONS,
        group=_WHO,
        standard="HTCDS cas_ReasonForOutgoingReferral",
    )
    details = sealed(
        "referral_out.details",
        N_("What is asked for her"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        group=_WHO,
        help=N_("These words stand in the letter. Only what they need in order to help."),
        standard="HTCDS cas_OutgoingReferralDetails",
    )
    state: Mapped[str] = choice("referral_out.state", N_("State"), vocab.REFERRAL_STATES, required=True, group=_COURSE)
    sent_on: Mapped[date | None] = day(
        "referral_out.sent_on",
        N_("Sent on"),
        group=_COURSE,
        in_future=False,
        standard="HTCDS cas_OutgoingReferralDate",
    )
    way: Mapped[str | None] = choice("referral_out.way", N_("How it went there"), vocab.SHARING_WAYS, group=_COURSE)
    shared = choices("referral_out.shared", N_("Shared"), vocab.SHARED_PARTS, group=_COURSE)
    consent: Mapped[str | None] = choice(
        "referral_out.consent", N_("Consent when it left"), vocab.CONSENT_STANDINGS, group=_COURSE
    )
    without_consent = sealed(
        "referral_out.without_consent",
        N_("Why without her consent"),
        Compartment.CASE,
        group=_COURSE,
        help=N_("Only where she has not agreed: danger to life, a child at risk, an order. The log keeps it."),
        width=60,
    )
    answered_on: Mapped[date | None] = day(
        "referral_out.answered_on", N_("Answered on"), group=_COURSE, in_future=False, rule=_not_before_sending
    )
    answer = sealed("referral_out.answer", N_("What they said"), Compartment.CASE, group=_COURSE, width=60)
    ended_on: Mapped[date | None] = day(
        "referral_out.ended_on", N_("Done or withdrawn on"), group=_COURSE, in_future=False, rule=_not_before_the_answer
    )
    follow_up_on: Mapped[date | None] = day(
        "referral_out.follow_up_on", N_("Ask how it stands on"), group=_COURSE, rule=_not_before_sending
    )

    @property
    def is_open(self) -> bool:
        """Tell whether something is still awaited."""
        return self.state in OPEN_STATES


IN_ORDER = (
    "service", "organisation", "contact", "reason", "details", "state", "sent_on", "way", "shared",
    "without_consent", "answered_on", "answer", "ended_on", "follow_up_on",
)  # fmt: skip
"""The fields in the order in which they are asked; how the consent stood is written down by the program."""


@dataclass(frozen=True)
class FollowUp:
    """An open referral with the day on which somebody wanted to ask how it stands."""

    id: UUID
    person_id: UUID
    on: date


def purpose_of(service: str | None) -> str:
    """Return the purpose whose consent lets a referral for *service* leave."""
    return vocab.REFERRAL_SERVICES.group(service) or "share_partner"


def standing_of(desk: Desk, person_id: UUID, service: str | None, organisation: str | None) -> Standing:
    """Return whether a referral for *service* may go to *organisation*. Raises NotAllowed, NeedsReason."""
    return may_share(desk, person_id, purpose_of(service), organisation or "")


def referrals_out_of(desk: Desk, person_id: UUID) -> list[ReferralOut]:
    """Return the referrals of a person to others, those that are prepared first, then the newest."""
    require(desk, Right.SEE_RECORDS)
    newest = (ReferralOut.sent_on.is_not(None), ReferralOut.sent_on.desc(), ReferralOut.created_at.desc())
    return list(of_person(desk, ReferralOut, person_id, *newest))


def record_referral_out(desk: Desk, person_id: UUID, *, need_id: UUID | None = None, **values: Any) -> ReferralOut:
    """Record a referral, being prepared unless it says otherwise. Raises Problems.

    ``need_id`` is the need it is to meet: that is settled once the referral is done, and open again if it fails.
    """
    require(desk, Right.CASE_WORK)
    given = _dated(desk, {"state": PREPARED} | values)
    given = _with_consent(desk, person_id, complete(desk, ReferralOut, given), given)
    check(desk.fields(ReferralOut), complete(desk, ReferralOut, given), desk.today())
    made = ReferralOut(person_id=person_id)
    with desk.write(Act.RECORD_REFERRAL_OUT) as db:
        db.add(made)
        fill(desk, made, given)
        if need_id is not None:
            send_on(db, desk, need_id, made.id, made.state)
    return made


def change_referral_out(desk: Desk, referral: ReferralOut, **values: Any) -> ReferralOut:
    """Save a correction or the next state as the referral was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    given = dict(values)
    if given.get("state", referral.state) != referral.state:
        given = _dated(desk, with_standing_values(desk, referral, {}) | given, only=given)
    if any(name in given for name in _LEFT):
        whole = with_standing_values(desk, referral, given)
        given = _with_consent(desk, referral.person_id, whole, given)
    with desk.write(Act.RECORD_REFERRAL_OUT) as db:
        saved = apply(desk, db, referral, given)
        follow_referral(db, desk, saved.id, referral.state, saved.state)
        return saved


def archive_referral_out(desk: Desk, referral_id: UUID, *, archived: bool = True) -> None:
    """Take a referral that was recorded by mistake off the record, or put it back."""
    require(desk, Right.CASE_WORK)
    with desk.write(Act.RECORD_REFERRAL_OUT) as db:
        one = db.get_one(ReferralOut, referral_id)
        one.archived_at = desk.now() if archived else None
        before, now = (one.state, None) if archived else (None, one.state)
        follow_referral(db, desk, referral_id, before, now)


def note_letter(
    desk: Desk, referral: ReferralOut, standing: Standing, *, parts: frozenset[str], facts: Mapping[str, object]
) -> ReferralOut:
    """Log that the letter with *parts* leaves, and keep on the referral that it was sent today and what stood in it.

    *facts* are those of ``sharing.facts_of``; whoever calls made sure that it may be shared.
    """
    require(desk, Right.CASE_WORK)
    require_reach(desk, referral.person_id)
    shared = declared(ReferralOut, "shared").read(referral)
    values: dict[str, Any] = {"shared": parts | shared, "consent": standing.state.value}
    if not standing.given:
        values["without_consent"] = facts["log.why"]
    if referral.state == PREPARED:
        values |= {"state": "sent", "sent_on": desk.today(), "way": referral.way or "letter"}
    with desk.write(leaving(str(facts["log.how"])), about=referral.person_id, facts=facts) as db:
        saved = apply(desk, db, referral, values)
        follow_referral(db, desk, saved.id, referral.state, saved.state)
        return saved


def follow_ups(db: Session, today: date, people: Collection[UUID] | None = None) -> list[FollowUp]:
    """Return the open referrals whose day to ask has come, the oldest first; *people* narrows whose."""
    at_work = ReferralOut.archived_at.is_(None), Person.archived_at.is_(None)
    query = (
        select(ReferralOut.id, Person.id, ReferralOut.follow_up_on)
        .join(Person, Person.id == counted_as(db, ReferralOut.__table__.c["person_id"]))
        .where(ReferralOut.state.in_(OPEN_STATES), ReferralOut.follow_up_on <= today, *at_work)
        .order_by(ReferralOut.follow_up_on, ReferralOut.id)
    )
    if people is not None:
        query = query.where(Person.id.in_(list(people)))
    rows = db.execute(query.execution_options(**REMINDING))
    return [FollowUp(row[0], row[1], on) for row in rows if (on := row[2]) is not None]


def _dated(desk: Desk, values: Mapping[str, Any], *, only: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Give a state the day it belongs to where no day is said: today. *only* are the values to save."""
    found = dict(values if only is None else only)
    state = values["state"]
    if state in ("sent", *ANSWERS, "done") and not values.get("sent_on"):
        found["sent_on"] = desk.today()
    if state in ANSWERS and not values.get("answered_on"):
        found["answered_on"] = desk.today()
    if state in ENDINGS and not values.get("ended_on"):
        found["ended_on"] = desk.today()
    return found


def _with_consent(desk: Desk, person_id: UUID, whole: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Write down how the consent stands where something was shared. Raises Problems where it is missing without why."""
    check(desk.fields(ReferralOut), whole, desk.today())
    found = dict(given)
    organisation = whole.get("organisation")
    if not whole.get("sent_on") or organisation is CLOSED:
        return found
    standing = standing_of(desk, person_id, whole.get("service"), organisation)
    standing = standing.sharing(whole.get("shared") or frozenset())
    why = whole.get("without_consent")
    if not standing.given and why is not CLOSED and not (why or "").strip():
        narrower = N_("She agreed to share less than that: take something out, or write why it had to be more")
        missing = N_("She has not agreed to this: record her answer first, or write why it had to be shared")
        message = narrower if standing.state is State.NARROWER else missing
        raise Problems([Problem("referral_out.without_consent", message)])
    found["consent"] = standing.state.value
    return found
