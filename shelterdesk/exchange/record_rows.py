"""From a row of a sheet of one kind of record to its values, whose it is, and what it hangs on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shelterdesk.errors import Problems
from shelterdesk.exchange.grid import CellValue
from shelterdesk.exchange.kinds import belongs_to_a_person, parents_of, with_usual
from shelterdesk.exchange.mapping import ColumnMapping, says_total
from shelterdesk.exchange.record_targets import ENTRY, WHOSE, record_targets
from shelterdesk.exchange.rows import RowProblem
from shelterdesk.exchange.sheets import Column, TableRow
from shelterdesk.exchange.targets import NOTE_KIND_OF, TAKEN_BACK, Target, why_not_written
from shelterdesk.exchange.values import NoAnswer, Reading, Unread, as_text, read_value
from shelterdesk.fields import Kind, check
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


@dataclass
class RecordDraft:
    """What a row says: the values by attribute, and what it refers to by the words of the sheet."""

    row: TableRow
    kind: type[Record]
    sheet: str
    id: UUID = field(default_factory=new_id)
    code: str | None = None
    entry: str | None = None
    hangs_on: dict[str, str] = field(default_factory=dict[str, str])
    """Column that points to another entry → how the sheet calls that entry."""
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    taken_back: date | None = None
    problems: list[RowProblem] = field(default_factory=list[RowProblem])
    person_id: UUID | None = None
    parents: dict[str, UUID] = field(default_factory=dict[str, UUID])

    def object_to(self, message: str, column: Column | None = None, field_id: str = "", **values: object) -> RowProblem:
        """Note why the row cannot be taken."""
        problem = RowProblem(self.row.number, column, field_id, message, values, self.sheet)
        self.problems.append(problem)
        return problem


class RecordReader:
    """Reads the rows of a sheet of one kind of record. ``unknown`` counts the names that nobody here goes by."""

    def __init__(self, desk: Desk, kind: type[Record], sheet: str, mapping: ColumnMapping, reading: Reading) -> None:
        self._desk, self._kind, self._sheet, self._reading = desk, kind, sheet, reading
        self._fields = desk.fields(kind)
        self.unknown: Counter[tuple[str, str]] = Counter()
        self._plan: list[tuple[Target, Sequence[Column]]] = []
        for target in record_targets(desk, kind).values():
            columns = mapping.columns_for(target.id)
            if columns and not why_not_written(desk, target):
                self._plan.append((target, columns))
        self._columns = {target.id: columns[0] for target, columns in self._plan}

    def is_empty(self, row: TableRow, counted: frozenset[int]) -> bool:
        """Tell whether a row says nothing, or adds up the ones above."""
        if len(row.values) <= 3 and any(says_total(value) for value in row.values.values()):
            return True
        used = {column.index for _target, columns in self._plan for column in columns}
        return not any(index in used and index not in counted for index in row.values)

    def read(self, row: TableRow) -> RecordDraft:
        """Return what *row* says, with what of it could not be read."""
        draft = RecordDraft(row, self._kind, self._sheet)
        given: dict[str, Any] = {}
        for target, columns in self._plan:
            value = self._value_of(draft, target, columns)
            if value is not None:
                given[target.id] = value
        self._put_references(draft, given)
        self._put_values(draft, given)
        if draft.code is None and belongs_to_a_person(self._kind):
            draft.object_to(_NO_CODE)
        if self._kind is Note and not draft.values.keys() & NOTE_KIND_OF.keys():
            draft.object_to(_NO_WORDS)
        self._check(draft)
        return draft

    def _value_of(self, draft: RecordDraft, target: Target, columns: Sequence[Column]) -> Any:
        found: list[tuple[Column, Any]] = []
        for column in columns:
            cell = draft.row.values.get(column.index)
            if cell is None:
                continue
            try:
                value = self._read(target, cell)
            except Unread as problem:
                draft.object_to(problem.message, column, target.id, **problem.values)
                continue
            if value is not None and value != frozenset():
                found.append((column, value))
        if not found:
            return None
        if len(found) > 1 and target.field.kind is Kind.CHOICES:
            answers = [value for _column, value in found if not isinstance(value, NoAnswer)]
            return frozenset[str]().union(*answers)
        if len(found) > 1 and target.field.kind is Kind.LONG_TEXT:
            return "\n".join(f"{column.shown}: {value}" for column, value in found)
        return found[0][1]

    def _read(self, target: Target, cell: CellValue) -> Any:
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
        already = {problem.field_id for problem in draft.problems}
        try:
            check(asked, whole, self._reading.today)
        except Problems as found:
            for problem in found.problems:
                if problem.field not in already:
                    draft.object_to(problem.message, self._columns.get(problem.field), problem.field, **problem.values)


def code_key(code: str) -> str:
    """Return a code as it is compared: without regard to case, spaces and signs."""
    return plain(code) or code
