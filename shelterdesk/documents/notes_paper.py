"""Notes on paper for the file: of the chosen kinds, as far as the reader holds their keys, by the day they speak of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

from shelterdesk import formats, note_versions, notes, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Aside, Block, Document, Heading, Paragraph, Tone
from shelterdesk.documents.confidential import FOR_WHO_HOLDS_THE_KEY, code_box, confidential
from shelterdesk.documents.rest_lines import rest_lines
from shelterdesk.fields import Field
from shelterdesk.i18n import N_, text
from shelterdesk.members import colleagues
from shelterdesk.note_parts import EVERY_PART, written_parts
from shelterdesk.note_versions import Version
from shelterdesk.notes import TEXTS, Note
from shelterdesk.person_reading import read_person
from shelterdesk.printed import log_paper
from shelterdesk.reach import require_reach

PAPER: Final = "notes"
"""What the log calls the paper."""
_PLACED: Final = ("kind", "written_on", *TEXTS.values(), *EVERY_PART)


def notes_paper(
    desk: Desk,
    person_id: UUID,
    kinds: Collection[str],
    language: str,
    *,
    since: date | None = None,
    until: date | None = None,
    earlier: bool = False,
) -> Document:
    """Return the paper; *earlier* adds how corrected notes stood before. Raises RecordClosed, NeedsReason.

    Kinds whose key is not held are left out, whoever asks for them.
    """
    require(desk, Right.SEE_RECORDS)
    person = read_person(desk, person_id)
    wanted = [kind for kind in notes.kinds_for(desk) if kind in kinds]
    found = [
        one
        for one in reversed(notes.notes_of(desk, person_id))
        if one.kind in wanted
        and (since is None or one.written_on >= since)
        and (until is None or one.written_on <= until)
    ]
    staff = {who.id: who.with_role(language) for who in colleagues(desk, former=True)}
    corrected = note_versions.corrections_of(desk, person_id)
    blocks: list[Block] = []
    for one in found:
        blocks += _one(desk, one, staff, language)
        if one.id in corrected:
            versions = note_versions.versions_of(desk, one)
            blocks += _corrected(versions, staff, desk, language)
            for version in versions[1:] if earlier else ():
                blocks += _before(desk, version, staff, language)
    if not blocks:
        blocks = [Paragraph(text(_NOTHING if wanted else _CHOOSE, language))]
    day = formats.day(desk.today(), language)
    return Document(
        title=text(N_("Notes"), language),
        language=language,
        file_name=PAPER,
        key=code_box(person.code, language),
        subtitle=", ".join(vocab.NOTE_KINDS.label(kind, language) for kind in wanted),
        blocks=tuple(blocks),
        foot=confidential(FOR_WHO_HOLDS_THE_KEY, language, person.code, day),
    )


_CHOOSE: Final = N_("Choose which notes it is to hold. None stands here yet.")
_NOTHING: Final = N_("There is no note of these kinds in this time.")


def note_notes(desk: Desk, person_id: UUID, kinds: Collection[str], *, how: str) -> None:
    """Log that the paper leaves the program; *how* is ``print``, ``pdf`` or ``docx``."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    said = {notes.compartment_of(kind).value for kind in notes.kinds_for(desk) if kind in kinds}
    log_paper(desk, ", ".join((PAPER, *sorted(said))), how=how, about=person_id)


def _one(desk: Desk, note: Note, staff: dict[UUID, str], language: str) -> list[Block]:
    kind = vocab.NOTE_KINDS.label(note.kind, language)
    blocks: list[Block] = [Heading(f"{formats.day(note.written_on, language)} · {kind}")]
    said = written_parts(desk, note, notes.text_field(desk, note.kind))
    blocks += _lines(said, notes.text_field(desk, note.kind), language)
    blocks += rest_lines(desk, note, _PLACED, language)
    by = staff.get(note.created_by, "") if note.created_by else ""
    return [*blocks, Paragraph(by, Tone.SMALL)] if by else blocks


def _corrected(versions: list[Version], staff: dict[UUID, str], desk: Desk, language: str) -> list[Block]:
    newest = versions[0]
    said = text(N_("Corrected {moment}"), language, moment=_moment(newest, staff, desk, language))
    why = newest.why if isinstance(newest.why, str) else ""
    return [Paragraph(f"{said}: {why}" if why else said, Tone.SMALL)]


def _before(desk: Desk, version: Version, staff: dict[UUID, str], language: str) -> list[Block]:
    kind = version.values["kind"]
    words = text(
        N_("Version {n}, {moment}"), language, n=version.number, moment=_moment(version, staff, desk, language)
    )
    fields = (*notes.parts_for(desk, kind), notes.text_field(desk, kind))
    said = [(field, value) for field in fields if (value := version.values.get(field.attribute))]
    return [Heading(words, 3), *_lines(said, fields[-1], language)]


def _lines(said: list[tuple[Field, object]], whole: Field, language: str) -> list[Block]:
    """Return the parts with their names, then the text."""
    blocks: list[Block] = []
    for field, value in said:
        words = field.show(value, language)
        blocks.append(Paragraph(words) if field.id == whole.id else Aside(text(field.label, language), words))
    return blocks


def _moment(version: Version, staff: dict[UUID, str], desk: Desk, language: str) -> str:
    moment = formats.moment(version.written_at, desk.zone, language)
    name = staff.get(version.written_by, "") if version.written_by else ""
    return text(N_("{moment} by {name}"), language, moment=moment, name=name) if name else moment
