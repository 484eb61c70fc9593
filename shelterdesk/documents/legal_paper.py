"""Legal matters of one person on paper for the file: what each is, its stages and dates, with its notes if wanted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from shelterdesk import formats, legal_threads, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    Aside,
    Block,
    Column,
    Document,
    Heading,
    LabelledRow,
    Paragraph,
    Row,
    Table,
)
from shelterdesk.documents.confidential import FOR_WHO_HOLDS_THE_KEY, code_box, confidential
from shelterdesk.fields import CLOSED, Field, Kind, says
from shelterdesk.files import WORDS, StoredFile
from shelterdesk.help_given import money_words
from shelterdesk.i18n import N_, text
from shelterdesk.legal_matters import AMOUNTS, COMPARTMENT, LegalMatter, name_of
from shelterdesk.legal_threads import Thread
from shelterdesk.names import names_for
from shelterdesk.note_parts import written_parts
from shelterdesk.notes import text_field
from shelterdesk.person_reading import read_person
from shelterdesk.printed import log_paper
from shelterdesk.reach import require_reach
from shelterdesk.schema.base import Record, text_of

PAPER: Final = "legal_matters"
"""What the log calls the paper."""
_HEAD: Final = ("opened_on", "ended_on", "result")
_PLACED: Final = ("kind", "subject", "currency", *_HEAD)
_NONE: Final = N_("Choose which matters it is to hold. None stands here yet.")


def legal_paper(
    desk: Desk, person_id: UUID, matters: Collection[UUID], language: str, *, with_notes: bool = False
) -> Document:
    """Return the paper of chosen *matters*, as far as the reader's keys go. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    person = read_person(desk, person_id)
    blocks: list[Block] = []
    for thread in legal_threads.threads_of(desk, person_id):
        if thread.matter.id in matters:
            blocks += _one(desk, thread, language, with_notes=with_notes)
    day = formats.day(desk.today(), language)
    return Document(
        title=text(N_("Legal matters"), language),
        language=language,
        file_name="matters",
        key=code_box(person.code, language),
        blocks=tuple(blocks or [Paragraph(text(_NONE, language))]),
        foot=confidential(FOR_WHO_HOLDS_THE_KEY, language, person.code, day),
    )


def note_legal(desk: Desk, person_id: UUID, *, with_notes: bool, how: str) -> None:
    """Log that the paper leaves the program; *how* is ``print``, ``pdf`` or ``docx``."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    log_paper(desk, f"{PAPER}, notes" if with_notes else PAPER, how=how, about=person_id)


def standing_table(desk: Desk, person_id: UUID, language: str) -> Table:
    """Return how each matter stands in coded words, for a paper about something else."""
    require(desk, Right.SEE_RECORDS)
    rows: list[Row] = []
    for thread in legal_threads.threads_of(desk, person_id):
        one, stage = thread.matter, thread.stage
        stands = vocab.LEGAL_RESULTS.label(one.result, language) if one.result else ""
        if one.is_open and stage is not None:
            stands = vocab.LEGAL_STAGES.label(stage.stage, language)
        rows.append(
            Row(
                (
                    vocab.LEGAL_MATTERS.label(one.kind, language),
                    formats.day(one.opened_on, language, style="short"),
                    formats.day(one.ended_on, language, style="short") if one.ended_on else "–",
                    stands or "–",
                )
            )
        )
    return Table(
        columns=(
            Column(text(N_("Kind of matter"), language), 54),
            Column(text(N_("Opened on"), language), 26),
            Column(text(N_("Ended on"), language), 26),
            Column(text(N_("Stage or result"), language), 50),
        ),
        rows=tuple(rows),
        empty=text(N_("No legal matter is put down."), language),
    )


def _one(desk: Desk, thread: Thread, language: str, *, with_notes: bool) -> list[Block]:
    matter = thread.matter
    blocks: list[Block] = [Heading(name_of(matter, language))]
    head = [(field, field.read(matter)) for field in _fields(desk, LegalMatter, _HEAD)]
    blocks.append(
        LabelledRow(tuple((text(field.label, language), field.show(value, language)) for field, value in head if value))
    )
    blocks += _lines(desk, matter, _PLACED, language)
    if thread.stages:
        blocks.append(_stages(thread, language))
    if thread.dates:
        blocks.append(_dates(thread, language))
    if thread.papers:
        named = "; ".join(_paper(one, language) for one in thread.papers)
        blocks.append(Aside(text(N_("Papers"), language), named))
    for note in thread.notes if with_notes else ():
        said = [
            (field, value)
            for field, value in written_parts(desk, note, text_field(desk, note.kind))
            if value is not CLOSED
        ]
        if said:
            day = formats.day(note.written_on, language)
            blocks.append(Heading(f"{day} · {vocab.NOTE_KINDS.label(note.kind, language)}", 3))
            blocks += [Aside(text(field.label, language), field.show(value, language)) for field, value in said]
    return blocks


def _fields(desk: Desk, kind: type[Record], names: Collection[str]) -> list[Field]:
    return [field for field in desk.fields(kind) if field.attribute in names]


def _lines(desk: Desk, matter: LegalMatter, placed: Collection[str], language: str) -> list[Block]:
    """Return every other field that says something and is open to the reader, the shelter's own included."""
    blocks: list[Block] = []
    for field in desk.rest(LegalMatter, placed):
        value = field.read(matter)
        if not says(value):
            continue
        if field.attribute in AMOUNTS:
            words = money_words(value, matter.currency, language)
        else:
            words = field.show(value, language, names_for(desk, field.target) if field.kind is Kind.LINK else None)
        blocks.append(Aside(text(field.label, language), words))
    return blocks


def _stages(thread: Thread, language: str) -> Table:
    return Table(
        columns=(
            Column(text(N_("Since"), language), 26),
            Column(text(N_("Stage"), language), 50),
            Column(text(N_("What was done or decided"), language), 88),
        ),
        rows=tuple(
            Row(
                (
                    formats.day(one.since, language, style="short"),
                    vocab.LEGAL_STAGES.label(one.stage, language),
                    text_of(one, "words"),
                )
            )
            for one in reversed(thread.stages)
        ),
    )


def _dates(thread: Thread, language: str) -> Table:
    return Table(
        columns=(
            Column(text(N_("Day"), language), 26),
            Column(text(N_("Hour"), language), 16),
            Column(text(N_("What"), language), 40),
            Column(text(N_("Where"), language), 50),
            Column(text(N_("How it stands"), language), 32),
        ),
        rows=tuple(
            Row(
                (
                    formats.day(one.until, language, style="short") if one.until else "–",
                    f"{one.at:%H:%M}" if one.at else "–",
                    vocab.DEADLINE_KINDS.label(one.kind, language),
                    ", ".join(filter(None, (text_of(one, "organisation"), text_of(one, "place")))),
                    vocab.DEADLINE_STATES.label(one.state, language) if one.state else "–",
                )
            )
            for one in thread.dates
        ),
    )


def _paper(one: StoredFile, language: str) -> str:
    """Return what a scan is and its day. Only what is said of it under the key of this paper goes onto it."""
    said = text_of(one, WORDS[COMPARTMENT]) if one.readable_by == COMPARTMENT else ""
    day = formats.day(one.dated_on, language, style="short") if one.dated_on else ""
    return ", ".join(filter(None, (vocab.FILE_KINDS.label(one.kind, language), said, day)))
