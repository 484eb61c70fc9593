"""Who has looked at a record and changed it, in words: each row of the log by act, field and value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, text
from shelterdesk.members import shown_names
from shelterdesk.names import names_for
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import FACTS_BY_ID, act_label
from shelterdesk.schema.base import RECORDS
from shelterdesk.schema.collecting import UNANSWERED
from shelterdesk.vocab import RESERVED

PAGE: Final = 100
"""Rows read at a time."""
_ENDINGS: Final = {
    "archived": N_("Archived"),
    "merged": N_("Merged with another record"),
    "unanswered": N_("Not answered"),
}


@dataclass(frozen=True)
class FieldLine:
    """What one field was and became, in words. ``state`` is ``readable``, ``sealed`` (no key) or ``removed``."""

    label: str
    before: str
    after: str
    state: str
    sensitive: bool = False


@dataclass(frozen=True)
class LogLine:
    """One act on a record."""

    number: int
    at: datetime
    who: str
    act: str
    """The act in words."""
    code: str
    """The act as the log keeps it."""
    fields: tuple[FieldLine, ...]


def log_of(desk: Desk, person_id: UUID, *, before: int | None = None, language: str | None = None) -> list[LogLine]:
    """Return who looked at this person's record and changed it, newest first; *before* goes on from a number."""
    require(desk, Right.READ_LOG)
    with desk.read() as db:
        rows = log_reading.logged(db, person_id=person_id, limit=PAGE, before=before)
        names = shown_names(desk, db)
    words = _Words(desk, language)
    return [
        LogLine(
            row.number,
            row.at,
            names.get(row.member_id, "") if row.member_id else "",
            act_label(row.act, language),
            row.act,
            tuple(words.line(row.record, change) for change in row.changes),
        )
        for row in rows
    ]


class _Words:
    """Labels and values of fields, with the names of linked records read once."""

    def __init__(self, desk: Desk, language: str | None) -> None:
        self._desk, self._language = desk, language
        self._names: dict[str, dict[UUID, str]] = {}
        self._fields: dict[str, dict[str, Field]] = {}

    def line(self, record: str, change: log_reading.Change) -> FieldLine:
        field = self._field(record, change.field_id)
        if change.field_id == UNANSWERED.format(record):
            before, after = self._reasons(record, change.before), self._reasons(record, change.after)
            return FieldLine(self._label(change.field_id, None), before, after, change.state)
        if field is None and change.field_id not in FACTS_BY_ID:
            # Archiving and merging keep a moment and an id, which say nothing to people.
            return FieldLine(self._label(change.field_id, None), "", "", change.state)
        spell: Callable[[str | None], str] = (lambda spelled: spelled or "") if field is None else self._spelled(field)
        return FieldLine(
            self._label(change.field_id, field),
            spell(change.before),
            spell(change.after),
            change.state,
            sensitive=field is not None and (field.sensitive or field.compartment is not None),
        )

    def _reasons(self, record: str, spelled: str | None) -> str:
        """Return «Phone: Prefers not to say» for each field that has a reason for its silence."""
        words: list[str] = []
        for part in (spelled or "").split(";"):
            field_id, _equals, reason = part.partition("=")
            if reason:
                field = self._field(record, field_id)
                why = next((code.label for code in RESERVED if code.code == reason), reason)
                words.append(f"{self._label(field_id, field)}: {text(why, self._language)}")
        return ", ".join(words)

    def _field(self, record: str, field_id: str) -> Field | None:
        if record not in self._fields:
            kind = RECORDS.get(record)
            used = (*kind.declared, *self._desk.own_fields.get(record, ())) if kind is not None else ()
            self._fields[record] = {one.id: one for one in used}
            if kind is not None:
                self._fields[record] |= {one.id: one for one in self._desk.fields(kind)}
        return self._fields[record].get(field_id)

    def _label(self, field_id: str, field: Field | None) -> str:
        if field is not None:
            return text(field.label, self._language)
        if field_id in FACTS_BY_ID:
            return text(FACTS_BY_ID[field_id].label, self._language)
        ending = field_id.rpartition(".")[2]
        return text(_ENDINGS.get(ending, field_id), self._language)

    def _spelled(self, field: Field) -> Callable[[str | None], str]:
        def spell(spelled: str | None) -> str:
            if spelled is None:
                return ""
            try:
                value = field.decode(spelled)
            except ValueError:
                return spelled
            names = self._names_of(field.target) if field.kind is Kind.LINK else {}
            return field.show(value, self._language, names)

        return spell

    def _names_of(self, target: str) -> dict[UUID, str]:
        if target not in self._names:
            self._names[target] = names_for(self._desk, target)
        return self._names[target]
