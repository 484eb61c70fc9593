"""From a row of a sheet of one kind of record to its values, whose it is, and what it hangs on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shelterdesk.exchange.cells import CellReader, Draft
from shelterdesk.exchange.grid import CellValue
from shelterdesk.exchange.kinds import belongs_to_a_person, parents_of, with_usual
from shelterdesk.exchange.mapping import ColumnMapping
from shelterdesk.exchange.record_targets import ENTRY, WHOSE, record_targets
from shelterdesk.exchange.sheets import TableRow
from shelterdesk.exchange.targets import NOTE_KIND_OF, TAKEN_BACK, Target
from shelterdesk.exchange.values import NoAnswer, Reading, Unread, as_text, read_value
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_
from shelterdesk.notes import Note
from shelterdesk.records import UNANSWERED, complete
from shelterdesk.schema.types import new_id
from shelterdesk.vocab import plain

if TYPE_CHECKING:
    from shelterdesk.desk import Desk
    from shelterdesk.schema.base import Record

_NO_WORDS = N_("The note has no words, or you do not hold the key they are sealed with.")
_NO_CODE = N_("The row does not say whose it is: it has no code of a person.")


@dataclass(kw_only=True)
class RecordDraft(Draft):
    """What a row says: the values by attribute, and what it refers to by the words of the sheet."""

    kind: type[Record]
    id: UUID = field(default_factory=new_id)
    entry: str | None = None
    hangs_on: dict[str, str] = field(default_factory=dict[str, str])
    """Column that points to another entry → how the sheet calls that entry."""
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    taken_back: date | None = None
    person_id: UUID | None = None
    parents: dict[str, UUID] = field(default_factory=dict[str, UUID])


class RecordReader(CellReader[RecordDraft]):
    """Reads the rows of a sheet of one kind of record. ``unknown`` counts the names that nobody here goes by."""

    def __init__(self, desk: Desk, kind: type[Record], sheet: str, mapping: ColumnMapping, reading: Reading) -> None:
        super().__init__(desk, mapping, record_targets(desk, kind).values(), reading)
        self._kind, self._sheet = kind, sheet
        self._fields = desk.fields(kind)
        self.unknown: Counter[tuple[str, str]] = Counter()

    def is_empty(self, row: TableRow, counted: frozenset[int]) -> bool:
        """Tell whether a row says nothing, or adds up the ones above."""
        if self.is_total(row):
            return True
        used = {column.index for _target, columns in self._plan for column in columns}
        return not any(index in used and index not in counted for index in row.values)

    def read(self, row: TableRow) -> RecordDraft:
        """Return what *row* says, with what of it could not be read."""
        draft = RecordDraft(row, self._sheet, kind=self._kind)
        given = self._given(draft)
        self._put_references(draft, given)
        self._put_values(draft, given)
        if draft.code is None and belongs_to_a_person(self._kind):
            draft.object_to(_NO_CODE)
        if self._kind is Note and not draft.values.keys() & NOTE_KIND_OF.keys():
            draft.object_to(_NO_WORDS)
        self._check(draft)
        return draft

    def _read(self, target: Target, cell: CellValue, _draft: RecordDraft) -> Any:
        if target.id.startswith("import.") and target.id != TAKEN_BACK:
            return as_text(cell).strip() or None
        try:
            return read_value(target.field, cell, self._reading)
        except Unread:
            if target.field.kind is not Kind.LINK or target.field.required:
                raise
            # A colleague who left, a bed of another house: the entry comes in without, which the page says.
            self.unknown[target.field.label, as_text(cell)] += 1
            return None

    def _put_references(self, draft: RecordDraft, given: Mapping[str, Any]) -> None:
        draft.code, draft.entry = given.get(WHOSE), given.get(ENTRY)
        taken_back = given.get(TAKEN_BACK)
        draft.taken_back = taken_back if isinstance(taken_back, date) else None
        for parent in parents_of(self._kind):
            if parent.target in given:
                draft.hangs_on[parent.column] = given[parent.target]

    def _put_values(self, draft: RecordDraft, given: Mapping[str, Any]) -> None:
        reasons: dict[str, str] = {}
        for one in self._fields:
            value = given.get(one.id)
            if isinstance(value, NoAnswer):
                reasons[one.id] = value.code
            elif value is not None:
                draft.values[one.attribute] = value
        if self._kind is Note and "kind" not in draft.values:
            said = next((name for name in NOTE_KIND_OF if name in draft.values), None)
            if said is not None:
                draft.values["kind"] = NOTE_KIND_OF[said]
        draft.values = with_usual(self._kind, draft.values, None)
        if reasons:
            draft.values[UNANSWERED] = reasons

    def _check(self, draft: RecordDraft) -> None:
        parents = {parent.column for parent in parents_of(self._kind)} | {"person_id"}
        given = {attribute: value for attribute, value in draft.values.items() if attribute != UNANSWERED}
        whole = complete(self._desk, self._kind, given)
        asked = [one for one in self._fields if one.attribute not in parents]
        self._check_values(draft, asked, whole)


def code_key(code: str) -> str:
    """Return a code as it is compared: without regard to case, spaces and signs."""
    return plain(code) or code
