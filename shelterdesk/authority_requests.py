"""Requests by authorities: who came, with what paper, what was asked, what was given, and who approved it.

A request may be about nobody on file: that somebody asked is worth keeping all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, Select, select
from sqlalchemy.orm import Mapped

from shelterdesk import sharing, vocab
from shelterdesk.access import Right, require
from shelterdesk.approvals import ENOUGH_PEOPLE
from shelterdesk.consents import Consent, consents_of
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem, Problems, StaleRecord
from shelterdesk.fields import CLOSED, Kind, check
from shelterdesk.i18n import LANGUAGES, N_
from shelterdesk.people import Person
from shelterdesk.person_reading import Listed, listed
from shelterdesk.reach import require_reach
from shelterdesk.records import add, all_of, apply, archive, complete, with_standing_values
from shelterdesk.same_person import same_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, clock, day, link, sealed
from shelterdesk.sharing import Standing, State
from shelterdesk.vault.compartments import Compartment

WAITING: Final = "waiting"
GIVING: Final = ("given", "part")
"""Answers with which something leaves the house, so that somebody has to approve them."""
_ANSWER: Final = ("answer", "answered_on", "given", "given_by", "without_consent")
"""What an approval is about: a change of it asks for a new one."""
_SHARED: Final = (*_ANSWER, "body", "body_name", "person_id")
"""What the question about consent hangs on."""
_PURPOSE: Final = "share_authority"
_REQUEST, _PAPER, _ABOUT, _REPLY = N_("The request"), N_("The legal paper"), N_("What is asked"), N_("The answer")


def _not_before_received(value: date, values: Mapping[str, Any]) -> str | None:
    received = values.get("received_on")
    return N_("«{label}» cannot be before the day it was received") if received and value < received else None


def _not_before_its_date(value: date, values: Mapping[str, Any]) -> str | None:
    begins = values.get("paper_on")
    return N_("«{label}» cannot be before the day of the paper") if begins and value < begins else None


class AuthorityRequest(Record):
    """One request and what became of it."""

    __tablename__ = "authority_request"
    __table_args__ = (Index("ix_authority_request_answer", "answer", "due_on", "archived_at"),)

    received_on: Mapped[date] = day(
        "authority_request.received_on", N_("Received on"), group=_REQUEST, required=True, in_future=False
    )
    received_at: Mapped[time | None] = clock("authority_request.received_at", N_("At"), group=_REQUEST)
    came_by: Mapped[str | None] = choice(
        "authority_request.came_by", N_("How it came"), vocab.REQUEST_WAYS, group=_REQUEST
    )
    body: Mapped[str] = choice(
        "authority_request.body", N_("Who asks"), vocab.AUTHORITY_KINDS, group=_REQUEST, required=True
    )
    body_name = sealed("authority_request.body_name", N_("Office or unit"), Compartment.CASE, group=_REQUEST, width=28)
    asked_by = sealed("authority_request.asked_by", N_("Person asking"), Compartment.CASE, group=_REQUEST, width=28)
    contact = sealed(
        "authority_request.contact",
        N_("How to reach them"),
        Compartment.CASE,
        group=_REQUEST,
        help=N_("Call back on a number you looked up yourself before anything is said."),
        width=28,
    )
    paper: Mapped[str | None] = choice("authority_request.paper", N_("Legal paper"), vocab.LEGAL_PAPERS, group=_PAPER)
    paper_number = sealed(
        "authority_request.paper_number", N_("Number of the paper"), Compartment.CASE, group=_PAPER, width=20
    )
    paper_on: Mapped[date | None] = day(
        "authority_request.paper_on", N_("Date of the paper"), group=_PAPER, in_future=False
    )
    paper_until: Mapped[date | None] = day(
        "authority_request.paper_until", N_("Holds until"), group=_PAPER, rule=_not_before_its_date
    )
    about: Mapped[str] = choice(
        "authority_request.about", N_("About whom"), vocab.ABOUT_WHOM, group=_ABOUT, required=True
    )
    person_id: Mapped[UUID | None] = link(
        "authority_request.person", N_("Person on file"), "person", group=_ABOUT, index=True
    )
    asked = sealed(
        "authority_request.asked",
        N_("What they ask for"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        group=_ABOUT,
    )
    due_on: Mapped[date | None] = day(
        "authority_request.due_on", N_("Answer by"), group=_ABOUT, rule=_not_before_received
    )
    answer: Mapped[str] = choice(
        "authority_request.answer", N_("Answer"), vocab.REQUEST_ANSWERS, group=_REPLY, required=True
    )
    answered_on: Mapped[date | None] = day(
        "authority_request.answered_on", N_("Answered on"), group=_REPLY, in_future=False, rule=_not_before_received
    )
    given = sealed(
        "authority_request.given",
        N_("What was given, or why not"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        group=_REPLY,
        help=N_("The least that the paper obliges to: each page and each sentence."),
    )
    given_by: Mapped[str | None] = choice(
        "authority_request.given_by", N_("How it was answered"), vocab.REQUEST_WAYS, group=_REPLY
    )
    told: Mapped[str | None] = choice(
        "authority_request.told", N_("Was she told?"), vocab.TOLD_OF_REQUEST, group=_REPLY
    )
    answered_by: Mapped[UUID | None] = link("authority_request.answered_by", N_("Answered by"), "member", group=_REPLY)
    approved_by: Mapped[UUID | None] = link("authority_request.approved_by", N_("Approved by"), "member", group=_REPLY)
    approved_on: Mapped[date | None] = day(
        "authority_request.approved_on", N_("Approved on"), group=_REPLY, in_future=False
    )

    consent: Mapped[str | None] = choice(
        "authority_request.consent", N_("Consent when it was answered"), vocab.CONSENT_STANDINGS, group=_REPLY
    )
    without_consent = sealed(
        "authority_request.without_consent",
        N_("What obliges without her consent"),
        Compartment.CASE,
        group=_REPLY,
        help=N_("Only where she has not agreed: the order or the law, with its number. The log keeps it."),
        width=60,
    )

    @property
    def waits(self) -> bool:
        """Tell whether nobody has answered yet."""
        return self.answer == WAITING

    @property
    def needs_approval(self) -> bool:
        """Tell whether something was given that nobody has approved yet."""
        return self.answer in GIVING and self.approved_by is None


@dataclass(frozen=True)
class Asked:
    """A request for lists, with whom it is about as far as somebody on file is meant."""

    request: AuthorityRequest
    person: Listed | None
    asks_why: bool = False
    """The record asks why it is opened: until then a list says that there is a request, and no word of it."""


def requests_of(desk: Desk, person_id: UUID) -> list[AuthorityRequest]:
    """Return the requests about a person, newest first."""
    require(desk, Right.CASE_WORK)
    require_reach(desk, person_id)
    query = _standing().where(AuthorityRequest.person_id.in_(same_person(desk, person_id)))
    with desk.read() as db:
        return all_of(db, query, AuthorityRequest)


def all_requests(desk: Desk) -> list[Asked]:
    """Return all requests, newest first."""
    require(desk, Right.CASE_WORK)
    return _asked(desk, _standing())


def unfinished(desk: Desk) -> list[Asked]:
    """Return what waits for the signed-in person: requests to answer, the first due first, and answers to approve."""
    if not desk.may(Right.CASE_WORK):
        return []
    to_approve = AuthorityRequest.answer.in_(GIVING) & AuthorityRequest.approved_by.is_(None)
    asked = _asked(desk, _standing().where((AuthorityRequest.answer == WAITING) | to_approve))
    found = [one for one in asked if one.request.waits or may_approve(desk, one.request)]
    return sorted(found, key=lambda one: (not one.request.waits, one.request.due_on or date.max, one.request.id))


def standing_in(desk: Desk, answers: Collection[Consent], body: str | None, body_name: str | None) -> Standing:
    """Return whether she agreed that something goes to this authority, by the name of the office or of its kind.

    *answers* are her consents.
    """
    names = [body_name or "", *(desk.choices(vocab.AUTHORITY_KINDS).label(body, one) for one in LANGUAGES if body)]
    found = [sharing.standing_in(answers, desk, _PURPOSE, name) for name in dict.fromkeys(names) if name.strip()]
    answered = [one for one in found if one.state is not State.NOT_ASKED]
    return next(iter([*answered, *found]), sharing.standing_in(answers, desk, _PURPOSE))


def record_request(desk: Desk, **values: Any) -> AuthorityRequest:
    """Record a request, ``person_id`` being whom it is about. Raises Problems."""
    require(desk, Right.CASE_WORK)
    about = "on_file" if values.get("person_id") else None
    given = _answered(desk, {"answer": WAITING, "about": about} | values)
    given = _with_consent(desk, _check_whole(desk, complete(desk, AuthorityRequest, given)), given)
    return add(desk, Act.RECORD_REQUEST, AuthorityRequest(), given)


def change_request(desk: Desk, request: AuthorityRequest, **values: Any) -> AuthorityRequest:
    """Save an answer or a correction of a request as it was read before.

    An answer that changes after it was approved has to be approved anew. Raises Problems or StaleRecord.
    """
    require(desk, Right.CASE_WORK)
    given, act = dict(values), Act.CHANGE_REQUEST
    if any(name in given and given[name] != getattr(request, name) for name in _ANSWER):
        given = _answered(desk, {"answer": request.answer, "answered_on": request.answered_on} | given)
        given |= {"approved_by": None, "approved_on": None}
        act = Act.CHANGE_REQUEST if given["answer"] == WAITING else Act.ANSWER_REQUEST
    whole = _check_whole(desk, with_standing_values(desk, request, given))
    if any(name in given for name in _SHARED):
        given = _with_consent(desk, whole, given)
    with desk.write(act) as db:
        return apply(desk, db, request, given)


def approve_answer(desk: Desk, request: AuthorityRequest) -> AuthorityRequest:
    """Approve what was given. Raises NotAllowed, StaleRecord."""
    require(desk, Right.APPROVE)
    if not request.needs_approval:
        raise StaleRecord(N_("This was decided meanwhile. Nothing was changed."))
    if not may_approve(desk, request):
        raise NotAllowed(N_("Somebody else has to approve what you answered. Nothing was changed."))
    with desk.write(Act.APPROVE_ANSWER) as db:
        return apply(desk, db, request, {"approved_by": desk.me.id, "approved_on": desk.today()})


def archive_request(desk: Desk, request_id: UUID, *, archived: bool = True) -> None:
    """Take a request that was recorded by mistake off the lists, or put it back."""
    require(desk, Right.CASE_WORK)
    archive(desk, Act.CHANGE_REQUEST, AuthorityRequest, request_id, archived=archived)


def may_approve(desk: Desk, request: AuthorityRequest) -> bool:
    """Tell whether the signed-in person may approve: nobody their own answer, but where too few people work here."""
    if not (request.needs_approval and desk.may(Right.APPROVE)):
        return False
    alone = sum(member.active for member in desk.vault.members) < ENOUGH_PEOPLE
    return alone or request.answered_by != desk.me.id


def _asked(desk: Desk, query: Select[AuthorityRequest]) -> list[Asked]:
    with desk.read() as db:
        found = all_of(db, query, AuthorityRequest)
        people = {one.id: one for one in listed(db, Person.id.in_({one.person_id for one in found}))}
    return [
        Asked(one, people.get(one.person_id) if one.person_id else None, one.person_id in desk.sight.asks_why)
        for one in found
    ]


def _standing() -> Select[AuthorityRequest]:
    query = select(AuthorityRequest).where(AuthorityRequest.archived_at.is_(None))
    return query.order_by(
        AuthorityRequest.received_on.desc(), AuthorityRequest.created_at.desc(), AuthorityRequest.id.desc()
    )


def _answered(desk: Desk, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write down who answered, and today where no day is given."""
    if values["answer"] == WAITING:
        return {**values, "answered_by": None}
    return {**values, "answered_by": desk.me.id, "answered_on": values.get("answered_on") or desk.today()}


def _with_consent(desk: Desk, whole: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Write down how the consent stood where something about her was given. Raises Problems where nothing obliges."""
    found = dict(given)
    person_id: UUID | None = whole.get("person_id")
    name = whole.get("body_name")
    if name is CLOSED:
        return found
    if whole.get("answer") not in GIVING or person_id is None:
        return found | {"consent": None}
    standing = standing_in(desk, consents_of(desk, person_id), whole.get("body"), name)
    why = whole.get("without_consent")
    if not standing.given and why is not CLOSED and not (why or "").strip():
        message = N_("She has not agreed to this: record her answer first, or write which order or law obliges")
        raise Problems([Problem("authority_request.without_consent", message)])
    return found | {"consent": standing.state.value}


def _check_whole(desk: Desk, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Check what no field can tell by itself, and return the values. Raises Problems."""
    check(desk.fields(AuthorityRequest), values, desk.today())
    problems: list[Problem] = []
    if values.get("about") == "on_file" and values.get("person_id") is None:
        problems.append(Problem("authority_request.person", N_("Choose the person, or choose «Nobody on file» above")))
    if values.get("about") == "nobody" and values.get("person_id") is not None:
        problems.append(Problem("authority_request.about", N_("«Nobody on file» cannot stand beside a person")))
    if values.get("answer") == WAITING and values.get("answered_on") is not None:
        problems.append(Problem("authority_request.answer", N_("Choose the answer, or leave its day empty")))
    given = values.get("given", CLOSED)
    if values.get("answer") in GIVING and given is not CLOSED and not (given or "").strip():
        problems.append(Problem("authority_request.given", N_("Write what was given")))
    if problems:
        raise Problems(problems)
    return values
