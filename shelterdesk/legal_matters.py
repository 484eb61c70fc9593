"""Legal matters: one thread for each, with the stages it went through, until it ends with a result.

What a matter is about, before whom, under which number and who speaks for her is sealed for those who do legal work.
Its kind, days, stages and result are coded, because they are counted. Dates that must not be missed are
``deadlines`` and name the matter they belong to; so do legal notes. How they stand together is read in
``legal_threads``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem, Problems
from shelterdesk.fields import CLOSED, Kind, check
from shelterdesk.i18n import N_
from shelterdesk.reach import require_reach
from shelterdesk.records import add, archive, begun, change, complete, fill, of_person, with_standing_values
from shelterdesk.same_person import same_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, declared
from shelterdesk.schema.columns import choice, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.services import house_currency
from shelterdesk.vault.compartments import Compartment

COMPARTMENT: Final = Compartment.LEGAL
"""Whose key it takes to read and write the words of a matter."""
_WHAT, _WHO, _END = N_("The matter"), N_("Who speaks for her"), N_("What is claimed, and the end")
_NOT_HERS: Final = N_("This legal matter is not hers. Choose one of hers, or none.")
_NO_KEY: Final = N_("Legal matters are only written by people who hold their key. Nothing was changed.")


def _not_before_opened(value: date, values: Mapping[str, Any]) -> str | None:
    opened = values.get("opened_on")
    return N_("«{label}» cannot be before the day it was opened") if opened and value < opened else None


class LegalMatter(Record):
    """One matter of one person. Where it stands is a dated row of its own."""

    __tablename__ = "legal_matter"
    __table_args__ = (
        Index("ix_legal_matter_counting", "opened_on", "ended_on", "kind", "result", "archived_at", "person_id"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    kind: Mapped[str] = choice(
        "legal_matter.kind", N_("Kind of matter"), vocab.LEGAL_MATTERS, group=_WHAT, required=True
    )
    subject = sealed(
        "legal_matter.subject",
        N_("What it is about"),
        COMPARTMENT,
        group=_WHAT,
        help=N_("A few words by which everybody who works on it knows it."),
        width=60,
    )
    opened_on: Mapped[date] = day(
        "legal_matter.opened_on", N_("Opened on"), group=_WHAT, required=True, in_future=False
    )
    body: Mapped[str | None] = choice("legal_matter.body", N_("Before whom"), vocab.LEGAL_BODIES, group=_WHAT)
    body_name = sealed("legal_matter.body_name", N_("Name of the court or office"), COMPARTMENT, group=_WHAT, width=28)
    number = sealed(
        "legal_matter.number", N_("Number of the matter"), COMPARTMENT, group=_WHAT, sensitive=True, width=20
    )
    words = sealed(
        "legal_matter.words", N_("What to know about the matter"), COMPARTMENT, kind=Kind.LONG_TEXT, group=_WHAT
    )
    member_id: Mapped[UUID | None] = link("legal_matter.member", N_("Who works on it here"), "member", group=_WHO)
    provider_id: Mapped[UUID | None] = link("legal_matter.provider", N_("Lawyer from outside"), "provider", group=_WHO)
    lawyer = sealed(
        "legal_matter.lawyer",
        N_("Lawyer, in words"),
        COMPARTMENT,
        group=_WHO,
        help=N_("Name and telephone, where the lawyer is not in the directory."),
        width=40,
    )
    claimed = sealed("legal_matter.claimed", N_("Amount claimed"), COMPARTMENT, kind=Kind.MONEY, group=_END)
    awarded = sealed("legal_matter.awarded", N_("Amount awarded"), COMPARTMENT, kind=Kind.MONEY, group=_END)
    received = sealed("legal_matter.received", N_("Amount received"), COMPARTMENT, kind=Kind.MONEY, group=_END)
    currency: Mapped[str | None] = choice("legal_matter.currency", N_("Currency"), vocab.CURRENCIES, group=_END)
    ended_on: Mapped[date | None] = day(
        "legal_matter.ended_on", N_("Ended on"), group=_END, in_future=False, rule=_not_before_opened
    )
    result: Mapped[str | None] = choice("legal_matter.result", N_("Result"), vocab.LEGAL_RESULTS, group=_END)
    result_words = sealed(
        "legal_matter.result_words", N_("The result, in words"), COMPARTMENT, kind=Kind.LONG_TEXT, group=_END
    )

    @property
    def is_open(self) -> bool:
        """Tell whether it goes on."""
        return self.ended_on is None


class MatterStage(Record):
    """The stage of a matter from a day on."""

    __tablename__ = "matter_stage"
    __table_args__ = (Index("ix_matter_stage_matter", "matter_id", "since", "archived_at"),)

    matter_id: Mapped[UUID] = mapped_column(Id, points_to("legal_matter"))
    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    since: Mapped[date] = day("matter_stage.since", N_("Since"), required=True, in_future=False)
    stage: Mapped[str] = choice("matter_stage.stage", N_("Stage of the matter"), vocab.LEGAL_STAGES, required=True)
    words = sealed(
        "matter_stage.words",
        N_("What was done or decided"),
        COMPARTMENT,
        kind=Kind.LONG_TEXT,
        lines=(N_("Who has to act next?"),),
    )


ENDING: Final = ("ended_on", "result", "result_words", "awarded", "received", "currency")
"""What is asked when a matter ends."""
AMOUNTS: Final = ("claimed", "awarded", "received")


# --- reading --------------------------------------------------------------------------------------------------------


def matters_of(desk: Desk, person_id: UUID) -> list[LegalMatter]:
    """Return the matters of a person: those that go on first, the newest first. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    found = of_person(desk, LegalMatter, person_id, LegalMatter.opened_on.desc(), LegalMatter.created_at.desc())
    return sorted(found, key=lambda one: not one.is_open)


def stages_of(desk: Desk, person_id: UUID) -> dict[UUID, list[MatterStage]]:
    """Return the stages of a person's matters by matter, each list with the newest first."""
    require(desk, Right.SEE_RECORDS)
    found: dict[UUID, list[MatterStage]] = {}
    for one in of_person(desk, MatterStage, person_id, MatterStage.since.desc(), MatterStage.created_at.desc()):
        found.setdefault(one.matter_id, []).append(one)
    return found


def names_of(desk: Desk, *, of: UUID | None = None) -> dict[UUID, str]:
    """Return what matters are called, as far as the reader's keys go: all of them, or those *of* one person.

    Without the key it is the kind and the day it was opened, so that two of a kind can be told apart. Of a record
    that asks why it is opened there is none before somebody said why.
    """
    require(desk, Right.SEE_RECORDS)
    one, ring = LegalMatter, desk.vault.ring
    # Columns only: whole records of thousands would take a second.
    query = select(one.id, one.kind, one.opened_on, one.__table__.c["subject_sealed"])
    if of is not None:
        require_reach(desk, of)
        query = query.where(one.person_id.in_(same_person(desk, of)), one.archived_at.is_(None))
    kinds = desk.choices(vocab.LEGAL_MATTERS)
    with desk.read() as db:
        return {
            matter_id: _name(kinds.label(kind), opened_on, one.subject.words_with(ring, matter_id, subject))
            for matter_id, kind, opened_on, subject in db.execute(query)
        }


def name_of(matter: LegalMatter, language: str | None = None) -> str:
    """Return «Claim for wages or work: seven months at the workshop»."""
    return _name(vocab.LEGAL_MATTERS.label(matter.kind, language), matter.opened_on, subject_of(matter), language)


def _name(kind: str, opened_on: date, subject: str, language: str | None = None) -> str:
    return f"{kind}: {subject}" if subject else f"{kind}, {formats.day(opened_on, language, style='short')}"


def subject_of(matter: LegalMatter) -> str:
    """Return what a matter is about, «» where nobody wrote it or the reader lacks the key."""
    said = declared(LegalMatter, "subject").read(matter)
    return str(said) if said and said is not CLOSED else ""


def may_write(desk: Desk) -> bool:
    """Tell whether the signed-in person may write legal matters: the right, and the key to what they would write."""
    return desk.may(Right.CASE_WORK) and desk.holds(COMPARTMENT)


# --- writing --------------------------------------------------------------------------------------------------------


def record_matter(
    desk: Desk, person_id: UUID, *, record_id: UUID | None = None, stage: str | None = None, **values: Any
) -> LegalMatter:
    """Put down a matter, opened today unless it says otherwise, at its first *stage* where one is named.

    ``record_id`` is the id a draft was typed under. Raises Problems, NotAllowed.
    """
    _require_writer(desk)
    given = _settled(desk, {"opened_on": desk.today()} | values)
    check(desk.fields(LegalMatter), complete(desk, LegalMatter, given), desk.today())
    matter = begun(LegalMatter, record_id, person_id=person_id)
    first = {"since": given["opened_on"], "stage": stage}
    if stage is not None:
        check(desk.fields(MatterStage), first, desk.today())
    with desk.write(Act.RECORD_MATTER) as db:
        db.add(matter)
        fill(desk, matter, given)
        if stage is not None:
            step = MatterStage(matter_id=matter.id, person_id=person_id)
            db.add(step)
            fill(desk, step, first)
    return matter


def change_matter(desk: Desk, matter: LegalMatter, **values: Any) -> LegalMatter:
    """Change a matter as it was read before, end it or let it go on. Raises Problems, StaleRecord, NotAllowed."""
    _require_writer(desk)
    given = _settled(desk, values, with_standing_values(desk, matter, values))
    return change(desk, Act.CHANGE_MATTER, matter, given)


def archive_matter(desk: Desk, matter_id: UUID, *, archived: bool = True) -> None:
    """Take a matter put down by mistake off the record, or put it back. Nothing is deleted."""
    _require_writer(desk)
    archive(desk, Act.CHANGE_MATTER, LegalMatter, matter_id, archived=archived)


def record_stage(desk: Desk, matter: LegalMatter, *, record_id: UUID | None = None, **values: Any) -> MatterStage:
    """Record the stage a matter has reached. Raises Problems, NotAllowed."""
    _require_writer(desk)
    step = begun(MatterStage, record_id, matter_id=matter.id, person_id=matter.person_id)
    return add(desk, Act.RECORD_MATTER_STAGE, step, {"since": desk.today()} | values)


def change_stage(desk: Desk, step: MatterStage, **values: Any) -> MatterStage:
    """Correct a stage as it was read before. Raises Problems, StaleRecord, NotAllowed."""
    _require_writer(desk)
    return change(desk, Act.CHANGE_MATTER_STAGE, step, values)


def archive_stage(desk: Desk, stage_id: UUID, *, archived: bool = True) -> None:
    """Take a stage written by mistake out of the thread, or put it back. Nothing is deleted."""
    _require_writer(desk)
    archive(desk, Act.CHANGE_MATTER_STAGE, MatterStage, stage_id, archived=archived)


def check_hers(desk: Desk, field_id: str, matter_id: UUID | None, person_id: UUID) -> None:
    """Raise Problems unless what names a matter belongs to the same person as the matter."""
    if matter_id is not None and matter_id not in names_of(desk, of=person_id):
        raise Problems([Problem(field_id, _NOT_HERS)])


def require_key(desk: Desk) -> None:
    """Raise NotAllowed for who lacks the key of legal work."""
    if not desk.holds(COMPARTMENT):
        raise NotAllowed(_NO_KEY)


def _require_writer(desk: Desk) -> None:
    require(desk, Right.CASE_WORK)
    require_key(desk)


def _settled(desk: Desk, values: Mapping[str, Any], standing: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return *values* with what goes with them: the day with the result, the currency with an amount.

    Raises Problems where a matter would have ended without anybody saying how.
    """
    given, saved = dict(values), dict(values if standing is None else standing)
    if saved.get("result") and saved.get("ended_on") is None:
        if "ended_on" in values and standing is not None and "result" not in values:
            # It goes on again, so there is no result.
            given["result"] = None
        else:
            given["ended_on"] = desk.today()
    elif saved.get("ended_on") is not None and not saved.get("result"):
        raise Problems([Problem("legal_matter.result", N_("Choose how the matter ended"))])
    if not saved.get("currency") and any(saved.get(name) not in (None, CLOSED) for name in AMOUNTS):
        given["currency"] = house_currency(desk)
    return given
