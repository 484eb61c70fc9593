"""Notes: what staff write about a person outside a service, in the compartment that fits."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_
from shelterdesk.records import add, change, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

_GHOSTS = (N_("What did she say she wants next?"), N_("What was agreed, and who does it?"))


class Note(Record):
    """One note. Its kind decides which of the sealed texts is used."""

    __tablename__ = "note"

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    kind: Mapped[str] = choice("note.kind", N_("Kind of note"), vocab.NOTE_KINDS, required=True)
    written_on: Mapped[date] = day("note.written_on", N_("Day"), required=True, in_future=False)
    house_text = sealed("note.house_text", N_("House note"), Compartment.HOUSE, kind=Kind.LONG_TEXT, lines=_GHOSTS)
    work_text = sealed(
        "note.work_text", N_("Work and training note"), Compartment.IDENTITY, kind=Kind.LONG_TEXT, lines=_GHOSTS
    )
    case_text = sealed("note.case_text", N_("Social work note"), Compartment.CASE, kind=Kind.LONG_TEXT, lines=_GHOSTS)
    medical_text = sealed("note.medical_text", N_("Health note"), Compartment.MEDICAL, kind=Kind.LONG_TEXT)
    clinical_text = sealed("note.clinical_text", N_("Psychological note"), Compartment.CLINICAL, kind=Kind.LONG_TEXT)
    legal_text = sealed("note.legal_text", N_("Legal note"), Compartment.LEGAL, kind=Kind.LONG_TEXT)


TEXTS = {
    Compartment.HOUSE: "house_text",
    Compartment.IDENTITY: "work_text",
    Compartment.CASE: "case_text",
    Compartment.MEDICAL: "medical_text",
    Compartment.CLINICAL: "clinical_text",
    Compartment.LEGAL: "legal_text",
}


def text_field(desk: Desk, kind: str) -> Field:
    """Return the field that holds the text of notes of *kind*."""
    return desk.field(Note, TEXTS[Compartment(vocab.NOTE_KINDS.group(kind) or "case")])


def kinds_for(desk: Desk) -> list[str]:
    """Return the kinds of note the signed-in person holds the key for."""
    return [code.code for code in vocab.NOTE_KINDS if desk.holds(Compartment(code.group))]


def notes_of(desk: Desk, person_id: UUID) -> list[Note]:
    """Return the notes of a person, newest first, those without a key included (they say so)."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, Note, person_id, Note.written_on.desc(), Note.created_at.desc()))


def add_note(desk: Desk, person_id: UUID, *, record_id: UUID | None = None, **values: Any) -> Note:
    """Write a note; ``record_id`` is the id a draft was typed under. Raises Problems."""
    require(desk, Right.SEE_RECORDS)
    _require_key(desk, values.get("kind"))
    note = Note(person_id=person_id) if record_id is None else Note(person_id=person_id, id=record_id)
    return add(desk, Act.ADD_NOTE, note, values)


def change_note(desk: Desk, note: Note, **values: Any) -> Note:
    """Correct a note as it was read before; the log keeps what it said. Raises Problems or StaleRecord."""
    require(desk, Right.SEE_RECORDS)
    _require_key(desk, note.kind)
    _require_key(desk, values.get("kind"))
    return change(desk, Act.CHANGE_NOTE, note, values)


def archive_note(desk: Desk, note_id: UUID, *, archived: bool = True) -> None:
    """Take a note out of the list, or put it back. Nothing is deleted."""
    require(desk, Right.SEE_RECORDS)
    with desk.write(Act.CHANGE_NOTE) as db:
        note = db.get_one(Note, note_id)
        _require_key(desk, note.kind)
        note.archived_at = desk.now() if archived else None


def _require_key(desk: Desk, kind: str | None) -> None:
    """Raise NoKey for a kind of note the signed-in person could not read."""
    compartment = vocab.NOTE_KINDS.group(kind) if kind else None
    if compartment and not desk.holds(Compartment(compartment)):
        raise NoKey(N_("You do not hold the key for notes of this kind."))
