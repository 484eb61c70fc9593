"""Consents: what the person agreed to, for which purpose and for whom. They can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import CLOSED
from shelterdesk.folding import fold
from shelterdesk.i18n import N_
from shelterdesk.reach import REMINDING
from shelterdesk.records import add, archive, change, complete, of_person, with_standing_values
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, text_of
from shelterdesk.schema.columns import choice, choices, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

NEEDED = ("support",)
"""Purposes whose missing consent is shown in the head of the record."""
NAMED: Final = frozenset({"share_partner", "share_authority", "share_employer", "share_family"})
"""Purposes that say «with a named …»: a «yes» without the name allows nobody."""
_SHARING: Final = frozenset({*NAMED, "health", "interpreter"})
_NAME_IT: Final = N_("Enter for whom: a «yes» without the name allows nobody")


def _not_before_answer(value: date, values: Mapping[str, Any]) -> str | None:
    on = values.get("answered_on")
    return N_("«{label}» cannot be before the day of the answer") if on and value < on else None


class Consent(Record):
    """One answer for one purpose; the newest for a purpose and recipient holds."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_until", "until", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    purpose: Mapped[str] = choice("consent.purpose", N_("Purpose"), vocab.CONSENT_PURPOSES, required=True)
    recipient = sealed("consent.recipient", N_("For whom"), Compartment.IDENTITY, width=28)
    answer: Mapped[str] = choice(
        "consent.answer",
        N_("Answer"),
        vocab.CONSENT_ANSWERS,
        required=True,
        standard="HTCDS con_Consent",
    )
    answered_on: Mapped[date | None] = day("consent.answered_on", N_("On"), in_future=False)
    until: Mapped[date | None] = day("consent.until", N_("Until"), rule=_not_before_answer)
    told = choices(
        "consent.told", N_("She was told"), vocab.CONSENT_TOLD, help=N_("The seven points of the HTCDS consent.")
    )
    parts = choices(
        "consent.parts",
        N_("Only this may be shared"),
        vocab.SHARED_PARTS,
        help=N_("Nothing chosen means that she drew no line. The least is enough."),
    )
    way: Mapped[str | None] = choice("consent.way", N_("How she answered"), vocab.CONSENT_WAYS)
    given_by = sealed(
        "consent.given_by",
        N_("Guardian or guardianship body"),
        Compartment.IDENTITY,
        help=N_("Who answered for a child, or for an adult with a guardian."),
        width=28,
    )
    assent: Mapped[str | None] = choice("consent.assent", N_("The child itself"), vocab.ASSENTS)


IN_ORDER = ("purpose", "recipient", "answer", "answered_on", "until", "way", "given_by", "assent", "parts", "told")
"""The fields in the order in which they are asked."""


def consents_of(desk: Desk, person_id: UUID) -> list[Consent]:
    """Return the consents of a person, newest first."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, Consent, person_id, Consent.answered_on.desc(), Consent.created_at.desc()))


def record_consent(desk: Desk, person_id: UUID, **values: Any) -> Consent:
    """Record an answer. Raises Problems."""
    require(desk, Right.CASE_WORK)
    _check_named(complete(desk, Consent, values))
    return add(desk, Act.RECORD_CONSENT, Consent(person_id=person_id), values)


def change_consent(desk: Desk, consent: Consent, **values: Any) -> Consent:
    """Correct an answer as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    _check_named(with_standing_values(desk, consent, values))
    return change(desk, Act.RECORD_CONSENT, consent, values)


def archive_consent(desk: Desk, consent_id: UUID, *, archived: bool = True) -> None:
    """Take an answer that was recorded by mistake back, or put it in force again."""
    require(desk, Right.CASE_WORK)
    archive(desk, Act.RECORD_CONSENT, Consent, consent_id, archived=archived)


def missing_purposes(consents: Iterable[Consent], today: date) -> list[str]:
    """Return the needed purposes, and those asked about, whose newest answer is not «given», or has ended."""
    newest: dict[str, str] = {}
    for consent in newest_first(consents):
        ended = consent.until is not None and consent.until < today
        newest.setdefault(consent.purpose, "ended" if ended and consent.answer == "given" else consent.answer)
    asked_for = [*NEEDED, *(purpose for purpose, answer in newest.items() if answer == "not_asked")]
    return [purpose for purpose in dict.fromkeys(asked_for) if newest.get(purpose) != "given"]


def ending(db: Session, first: date, last: date) -> list[tuple[UUID, date]]:
    """Return whose consent ends from *first* to *last* and when; one that was renewed or taken back does not end."""
    soon = select(Consent.person_id).where(Consent.until.between(first, last), Consent.archived_at.is_(None))
    query = select(Consent).where(Consent.person_id.in_(soon), Consent.archived_at.is_(None))
    newest: dict[tuple[UUID, str, str], Consent] = {}
    for consent in newest_first(db.scalars(query.execution_options(**REMINDING))):
        newest.setdefault((consent.person_id, consent.purpose, whom_key(consent)), consent)
    found = [
        (one.person_id, one.until)
        for one in newest.values()
        if one.answer == "given" and one.until is not None and first <= one.until <= last
    ]
    return sorted(found, key=lambda one: one[1])


def whom_key(consent: Consent) -> str:
    """Return for whom an answer is, spelled so that two spellings of one name are equal; «» for nobody by name."""
    return fold(text_of(consent, "recipient"))


def newest_first(consents: Iterable[Consent]) -> list[Consent]:
    """Order answers by their day. One without a day is as old as its row; «not asked» is older than any answer."""
    return sorted(consents, key=_age, reverse=True)


def holding(consents: Iterable[Consent]) -> list[Consent]:
    """Return for each purpose and recipient the answer that holds, in the order of the purposes."""
    newest: dict[tuple[str, str], Consent] = {}
    for consent in newest_first(consents):
        newest.setdefault((consent.purpose, whom_key(consent)), consent)
    order = {code.code: number for number, code in enumerate(vocab.CONSENT_PURPOSES)}
    return sorted(newest.values(), key=lambda one: (order.get(one.purpose, len(order)), whom_key(one)))


def is_for_somebody(purpose: str) -> bool:
    """Tell whether answers for *purpose* may name whom they are for."""
    return purpose in _SHARING


def _check_named(values: Mapping[str, Any]) -> None:
    """Ask whom a «yes» is for where the purpose needs a name. Who cannot write names is not asked."""
    whom = values.get("recipient", CLOSED)
    nameless = whom is not CLOSED and not (whom or "").strip()
    if nameless and values.get("answer") == "given" and values.get("purpose") in NAMED:
        raise Problems([Problem("consent.recipient", _NAME_IT)])


def _age(consent: Consent) -> tuple[bool, date, datetime]:
    day = consent.answered_on or consent.created_at.date()
    return consent.answer != "not_asked", day, consent.created_at
