"""The log in words: who has looked at which record, changed it, signed in, and what left the program.

Values show only as far as the reader's keys go. Of a record that asks why it is opened they show once it is open, and
of what happened to a person not even the names of fields do before that was opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk import what_happened
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import text
from shelterdesk.log_words import LogWords, kind_words
from shelterdesk.members import shown_names
from shelterdesk.people import Person
from shelterdesk.same_person import same_person
from shelterdesk.schema import log_reading, log_search
from shelterdesk.schema.acts import act_label
from shelterdesk.schema.history import BEFORE_SITTING_DOWN

PAGE: Final = 100
"""Rows read at a time."""


@dataclass(frozen=True)
class LogFilter:
    """What a reader wants to see; what is left out of it is not asked for. Both days are counted."""

    person_id: UUID | None = None
    record: str = ""
    """Kind of record."""
    acts: frozenset[str] = frozenset()
    member_id: UUID | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class FieldLine:
    """What one field was and became, in words.

    ``state`` is ``readable``, ``sealed`` (no key), ``closed`` (the record has to be opened first), ``removed`` or
    ``altered`` (it is not what was logged).
    """

    label: str
    before: str
    after: str
    state: str
    sensitive: bool = False
    is_fact: bool = False
    """True for what an event says about itself, such as for whom a paper was printed."""


@dataclass(frozen=True)
class LogLine:
    """One act on a record."""

    number: int
    at: datetime
    who: str
    """Empty where the program wrote the row for whoever was about to sign in."""
    act: str
    """The act in words."""
    code: str
    """The act as the log keeps it."""
    fields: tuple[FieldLine, ...]
    record: str = ""
    """The kind of record as the log keeps it."""
    kind: str = ""
    """The kind of record in words."""
    person_id: UUID | None = None
    person: str = ""
    """The code of the person whose record it is."""


@dataclass(frozen=True)
class LogPage:
    """Rows of the log, newest first. *more* tells whether older ones fit the filter too."""

    lines: tuple[LogLine, ...]
    more: bool


def read_log(
    desk: Desk, wanted: LogFilter | None = None, *, before: int | None = None, language: str | None = None
) -> LogPage:
    """Return the newest rows that fit *wanted*; *before* goes on from a number. Raises NotAllowed."""
    require(desk, Right.READ_LOG)
    lines = lines_of(desk, wanted or LogFilter(), LogWords(desk, language), before=before, language=language)
    return LogPage(tuple(lines[:PAGE]), len(lines) > PAGE)


def log_of(desk: Desk, person_id: UUID, *, before: int | None = None, language: str | None = None) -> list[LogLine]:
    """Return who looked at this person's record and changed it, newest first; *before* goes on from a number."""
    require(desk, Right.READ_LOG)
    words = LogWords(desk, language)
    return lines_of(desk, LogFilter(person_id=person_id), words, before=before, language=language)[:PAGE]


def lines_of(
    desk: Desk,
    wanted: LogFilter,
    words: LogWords,
    *,
    before: int | None = None,
    limit: int | None = None,
    language: str | None = None,
    folded: bool = False,
) -> list[LogLine]:
    """Return up to *limit* rows (default: a page and one more) in *words*. Raises NotAllowed.

    *folded* keeps what happened to people closed even where it was opened, for papers.
    """
    require(desk, Right.READ_LOG)
    searched = log_search.Wanted(
        same_person(desk, wanted.person_id) if wanted.person_id else (),
        wanted.record,
        wanted.acts,
        wanted.member_id,
        _midnight(desk, wanted.first),
        _midnight(desk, wanted.last + timedelta(days=1) if wanted.last else None),
    )
    with desk.read() as db:
        found = log_search.numbers(db, searched, limit=limit or PAGE + 1, before=before)
        rows = log_reading.with_contents(db, log_search.rows(db, found))
        codes = _codes(db, rows)
        names = shown_names(desk, db)
    return [_line(desk, row, words, names, codes, language, folded=folded) for row in rows]


def _midnight(desk: Desk, day: date | None) -> datetime | None:
    return datetime.combine(day, time(), desk.zone).astimezone(UTC) if day is not None else None


def _codes(db: Session, rows: Sequence[log_reading.Logged]) -> dict[UUID, str]:
    wanted = {row.person_id for row in rows if row.person_id is not None}
    return {row[0]: row[1] for row in db.execute(select(Person.id, Person.code).where(Person.id.in_(wanted)))}


def _line(
    desk: Desk,
    row: log_reading.Logged,
    words: LogWords,
    names: dict[UUID, str],
    codes: dict[UUID, str],
    language: str | None,
    *,
    folded: bool,
) -> LogLine:
    by_program = row.act in BEFORE_SITTING_DOWN
    fields = tuple(_field(words, row, change) for change in row.changes)
    if row.person_id in desk.sight.asks_why:
        fields = tuple(replace(one, before="", after="", state="closed") for one in fields)
    folded = folded or not what_happened.is_open(desk, row.person_id)
    if folded:
        fields = _fold(row, fields, language)
    kind = kind_words(row.record, language) if row.record else ""
    return LogLine(
        row.number,
        row.at,
        names.get(row.member_id, "") if row.member_id and not by_program else "",
        act_label(row.act, language),
        row.act,
        fields,
        row.record,
        text(what_happened.GROUP, language) if folded and row.record in what_happened.KINDS else kind,
        row.person_id,
        codes.get(row.person_id, "") if row.person_id else "",
    )


def _fold(row: log_reading.Logged, fields: tuple[FieldLine, ...], language: str | None) -> tuple[FieldLine, ...]:
    """Return *fields* with one closed line in the place of all that belongs to what happened."""
    kept = tuple(
        line
        for line, change in zip(fields, row.changes, strict=True)
        if not what_happened.belongs_here(row.record, change.field_id)
    )
    if len(kept) == len(fields):
        return fields
    return (*kept, FieldLine(text(what_happened.GROUP, language), "", "", "closed"))


def _field(words: LogWords, row: log_reading.Logged, change: log_reading.Change) -> FieldLine:
    field = words.field(row.record, change.field_id)
    fact = change.field_id.startswith("log.")
    return FieldLine(
        words.label(row.record, change.field_id),
        words.value(row.act, row.record, change.field_id, change.before),
        words.value(row.act, row.record, change.field_id, change.after),
        change.state,
        sensitive=(field is not None and (field.sensitive or field.compartment is not None))
        or (fact and change.field_id in ("log.for_whom", "log.why")),
        is_fact=fact,
    )
