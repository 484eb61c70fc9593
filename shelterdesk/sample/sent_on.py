"""Referrals of the demo to others, in every state, with the consents that let them leave or that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shelterdesk import vocab
from shelterdesk.consents import Consent
from shelterdesk.i18n import N_
from shelterdesk.referrals_out import ReferralOut, purpose_of
from shelterdesk.sample.rows import Loom


@dataclass(frozen=True)
class _Sent:
    """One referral; days are counted back from today."""

    service: str
    organisation: str
    details: str
    state: str
    sent: int | None
    contact: str = ""
    shared: tuple[str, ...] = ("name", "language", "phone", "needs")
    answered: int | None = None
    answer: str = ""
    ended: int | None = None
    ask: int | None = None
    consent: str = "given"
    only: tuple[str, ...] = ()
    why: str = ""


_CLINIC, _LAW, _SOCIAL = N_("City clinic"), N_("Free legal aid office"), N_("Social protection office")
_COLLEGE, _POLICE = N_("Vocational college"), N_("Anti-trafficking department")
_STORIES: Final[tuple[_Sent, ...]] = (
    _Sent("health", _CLINIC, N_("A check of her eyes, and glasses where she needs them."), "done", 24, "Dr. Sevil",
          answered=22, answer=N_("Came, glasses are ordered."), ended=9),
    _Sent("legal", _LAW, N_("Unpaid wages of seven months. She has the telephone messages."), "accepted", 16,
          "Elçin M.", ("name", "language", "phone", "needs", "papers"), answered=12,
          answer=N_("First talk on Thursday at eleven."), ask=0),
    _Sent("education", _COLLEGE, N_("A place in the evening course."), "sent", 6, ask=-3,
          shared=("name", "birth", "needs"), only=("name", "birth", "needs")),
    _Sent("social", _SOCIAL, N_("The one-time payment, and a benefit for the child."), "prepared", None,
          consent="not_asked"),
    _Sent("housing", N_("House of the Red Crescent"), N_("A room of her own from next month."), "declined", 31,
          answered=27, answer=N_("No free room before spring.")),
    _Sent("safety", _POLICE, N_("He wrote to her sister that he knows where she is."), "sent", 3, ask=-1,
          shared=("name", "phone", "needs", "safety"), consent="declined",
          why=N_("Danger to her life and to her sister's; agreed with the director.")),
    _Sent("work", N_("Women’s business centre"), N_("Advice on a small sewing shop."), "withdrawn", 40, ended=35),
)  # fmt: skip


def tell_referrals(loom: Loom, living: Sequence[UUID]) -> None:
    """Send those who live here on, one story each and two for every second of them.

    Nothing is left to chance, and it comes after everybody's story, so that it changes nothing in any of them.
    """
    for number, person_id in enumerate(living):
        _tell(loom, person_id, _STORIES[number % len(_STORIES)])
        if number % 2:
            _tell(loom, person_id, _STORIES[(number + 3) % len(_STORIES)])


def _tell(loom: Loom, person_id: UUID, one: _Sent) -> None:
    begun = loom.ago(one.sent if one.sent is not None else 1)
    organisation = loom.say(one.organisation)
    told = frozenset(code.code for code in vocab.CONSENT_TOLD)
    if one.consent != "not_asked":
        loom.add(
            Consent,
            begun,
            person_id=person_id,
            purpose=purpose_of(one.service),
            recipient=organisation,
            answer=one.consent,
            answered_on=begun,
            parts=frozenset(one.only),
            told=told,
            way="signed",
        )
    loom.add(
        ReferralOut,
        begun,
        person_id=person_id,
        service=one.service,
        organisation=organisation,
        contact=one.contact or None,
        reason="safety" if one.service == "safety" else "more_services",
        details=loom.say(one.details),
        state=one.state,
        sent_on=None if one.sent is None else begun,
        way=None if one.sent is None else "letter",
        shared=frozenset() if one.sent is None else frozenset(one.shared),
        consent=None if one.sent is None else one.consent,
        without_consent=loom.say(one.why) if one.why else None,
        answered_on=None if one.answered is None else loom.ago(one.answered),
        answer=loom.say(one.answer) if one.answer else None,
        ended_on=None if one.ended is None else loom.ago(one.ended),
        follow_up_on=None if one.ask is None else loom.ago(one.ask),
    )
