"""Notes: what staff write about a person outside a service, in the compartment that fits.

A correction keeps the version before, and after some days it needs a reason: see ``note_versions`` and ``note_lock``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey, Problem, Problems
from shelterdesk.fields import Field, Kind, check
from shelterdesk.i18n import N_
from shelterdesk.legal_matters import check_hers
from shelterdesk.note_flags import raise_flags
from shelterdesk.note_lock import is_locked, why_field
from shelterdesk.note_parts import part, parts_of
from shelterdesk.note_versions import change_words
from shelterdesk.records import begun, complete, fill, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

LEGAL: Final = "legal"
"""The kind of note that may name a legal matter."""
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
    clinical_presenting = part("note", "clinical_presenting")
    clinical_intervention = part("note", "clinical_intervention")
    clinical_risk = part("note", "clinical_risk")
    clinical_plan = part("note", "clinical_plan")
    legal_matter = part("note", "legal_matter")
    legal_stage = part("note", "legal_stage")
    legal_deadlines = part("note", "legal_deadlines")
    legal_next_hearing = part("note", "legal_next_hearing")
    case_contact = part("note", "case_contact")
    case_agreed = part("note", "case_agreed")
    about_id: Mapped[UUID | None] = mapped_column(Id, index=True)
    """The note or service that a supervision speaks of."""
    matter_id: Mapped[UUID | None] = link("note.matter", N_("Legal matter"), "legal_matter", index=True)


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
    return desk.field(Note, TEXTS[compartment_of(kind)])


def compartment_of(kind: str | None) -> Compartment:
    """Return where notes of *kind* are sealed."""
    return Compartment(vocab.NOTE_KINDS.group(kind) or "case")


def parts_for(desk: Desk, kind: str | None) -> tuple[Field, ...]:
    """Return the parts a note of *kind* may be written in; supervision has none."""
    return () if kind is None or kind in vocab.SUPERVISION else parts_of(desk, Note, compartment_of(kind))


def kinds_for(desk: Desk) -> list[str]:
    """Return the kinds of note the signed-in person holds the key for."""
    return [code.code for code in vocab.NOTE_KINDS if desk.holds(Compartment(code.group))]


def notes_of(desk: Desk, person_id: UUID) -> list[Note]:
    """Return the notes of a person, newest first, those without a key included (they say so)."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, Note, person_id, Note.written_on.desc(), Note.created_at.desc()))


def supervisions_of(desk: Desk, person_id: UUID, about_id: UUID) -> list[Note]:
    """Return what was written in supervision about one note or service, the newest first."""
    return [one for one in notes_of(desk, person_id) if one.about_id == about_id]


def add_note(
    desk: Desk,
    person_id: UUID,
    *,
    record_id: UUID | None = None,
    about_id: UUID | None = None,
    flags: Collection[str] = (),
    flag_words: str | None = None,
    **values: Any,
) -> Note:
    """Write a note; ``record_id`` is the id a draft was typed under, ``about_id`` what a supervision speaks of.

    *flags* are raised for every shift in the same write and say nothing of the note. Raises Problems.
    """
    require(desk, Right.SEE_RECORDS)
    _require_key(desk, values.get("kind"))
    values = _with_matter(desk, values, person_id)
    check(desk.fields(Note), complete(desk, Note, values), desk.today())
    note = begun(Note, record_id, person_id=person_id, about_id=about_id)
    with desk.write(Act.ADD_NOTE) as db:
        db.add(note)
        fill(desk, note, values)
        raise_flags(db, desk, person_id, flags, flag_words)
    return note


def change_note(
    desk: Desk,
    note: Note,
    *,
    why: str | None = None,
    flags: Collection[str] = (),
    flag_words: str | None = None,
    **values: Any,
) -> Note:
    """Correct a note as it was read before; the version before stays. Raises Problems or StaleRecord.

    *why* is kept with it, and is needed once the note is locked.
    """
    require(desk, Right.SEE_RECORDS)
    _require_key(desk, note.kind)
    _require_key(desk, values.get("kind"))
    return change_words(
        desk,
        Act.CHANGE_NOTE,
        note,
        _with_matter(desk, values, note.person_id, note.kind),
        words=[field.attribute for field in desk.fields(Note, hidden=True)],
        why=why,
        sealed_in=lambda saved: compartment_of(saved.kind),
        beside=lambda db, saved: raise_flags(db, desk, saved.person_id, flags, flag_words),
    )


def archive_note(desk: Desk, note_id: UUID, *, archived: bool = True) -> None:
    """Take a note out of the list, or put it back. Nothing is deleted. Raises Problems for a locked one."""
    require(desk, Right.SEE_RECORDS)
    with desk.write(Act.CHANGE_NOTE) as db:
        note = db.get_one(Note, note_id)
        _require_key(desk, note.kind)
        if archived and is_locked(desk, note):
            raise Problems([Problem(why_field().id, N_("This note is locked and stays. It can be amended."))])
        note.archived_at = desk.now() if archived else None


def _with_matter(desk: Desk, values: Mapping[str, Any], person_id: UUID, kind: str | None = None) -> dict[str, Any]:
    """Return *values* in which only a legal note names a matter, and only one of hers. Raises Problems."""
    given = dict(values)
    if given.get("kind", kind) != LEGAL:
        return given | {"matter_id": None} if "matter_id" in given or "kind" in given else given
    check_hers(desk, "note.matter", given.get("matter_id"), person_id)
    return given


def _require_key(desk: Desk, kind: str | None) -> None:
    """Raise NoKey for a kind of note the signed-in person could not read."""
    compartment = vocab.NOTE_KINDS.group(kind) if kind else None
    if compartment and not desk.holds(Compartment(compartment)):
        raise NoKey(N_("You do not hold the key for notes of this kind."))
