"""From the cells of a row to what they say: each is read by itself, then those that say one thing are put together.

What could not be read is named by row, column and reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from shelterdesk.errors import Problems
from shelterdesk.exchange.grid import CellValue
from shelterdesk.exchange.mapping import ColumnMapping, says_total
from shelterdesk.exchange.sheets import Column, TableRow
from shelterdesk.exchange.targets import Target, why_not_written
from shelterdesk.exchange.values import NoAnswer, Reading, Unread, as_text, read_value
from shelterdesk.fields import Field, Kind, check
from shelterdesk.i18n import N_, text

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

_CONFLICT = N_("Two columns say different things about «{label}»: «{one}» and «{other}».")


@dataclass(frozen=True)
class RowProblem:
    """One reason why a row cannot be taken: row and column of the sheet, the field, and words for people."""

    row: int
    column: Column | None
    field_id: str
    message: str
    values: Mapping[str, object]
    sheet: str = ""
    """Which sheet the row stands in, where it is not the one of the people."""

    def text(self, language: str | None = None) -> str:
        """Return the reason for people."""
        return text(self.message, language, **self.values)

    def line(self, language: str | None = None) -> str:
        """Return «column: reason»."""
        return f"{self.column.shown}: {self.text(language)}" if self.column else self.text(language)


@dataclass
class Draft:
    """A row that is being read. ``sheet`` is empty for the one of the people, ``code`` what her list calls her."""

    row: TableRow
    sheet: str = ""
    code: str | None = None
    problems: list[RowProblem] = field(default_factory=list[RowProblem])

    def object_to(self, message: str, column: Column | None = None, field_id: str = "", **values: object) -> RowProblem:
        """Note why the row cannot be taken."""
        problem = RowProblem(self.row.number, column, field_id, message, values, self.sheet)
        self.problems.append(problem)
        return problem


DraftT = TypeVar("DraftT", bound=Draft)


class CellReader(Generic[DraftT]):
    """Reads the cells of the rows of one table under one mapping; whoever knows more of a cell reads it otherwise."""

    def __init__(self, desk: Desk, mapping: ColumnMapping, targets: Iterable[Target], reading: Reading) -> None:
        self._desk, self._reading = desk, reading
        self._plan = [
            (target, columns)
            for target in targets
            if (columns := mapping.columns_for(target.id)) and not why_not_written(desk, target)
        ]
        self._columns = {target.id: columns[0] for target, columns in self._plan}

    def is_total(self, row: TableRow) -> bool:
        """Tell whether a row adds up the ones above: it says «total» where others say a name."""
        return len(row.values) <= 3 and any(says_total(value) for value in row.values.values())

    def _given(self, draft: DraftT) -> dict[str, Any]:
        """Return what the row says by target; what of it cannot be read is noted."""
        found = {target.id: self._value_of(draft, target, columns) for target, columns in self._plan}
        return {target_id: value for target_id, value in found.items() if value is not None}

    def _read(self, target: Target, cell: CellValue, _draft: DraftT) -> Any:
        """Return what one cell says. Raises Unread."""
        return read_value(target.field, cell, self._reading)

    def _is_titled(self, _target: Target, columns: Sequence[Column]) -> bool:
        """Tell whether long words are kept with the titles of their columns."""
        return len(columns) > 1

    def _check_values(self, draft: DraftT, fields: Sequence[Field], values: Mapping[str, Any]) -> None:
        """Ask the rules of the forms about *values*; what could not be read is not complained about twice."""
        already = {problem.field_id for problem in draft.problems}
        try:
            check(fields, values, self._reading.today)
        except Problems as found:
            for problem in found.problems:
                if problem.field not in already:
                    draft.object_to(problem.message, self._columns.get(problem.field), problem.field, **problem.values)

    def _value_of(self, draft: DraftT, target: Target, columns: Sequence[Column]) -> Any:
        found: list[tuple[Column, Any]] = []
        for column in columns:
            cell = draft.row.values.get(column.index)
            if cell is None:
                continue
            try:
                value = self._read(target, cell, draft)
            except Unread as problem:
                draft.object_to(problem.message, column, target.id, **problem.values)
                continue
            if value is not None and value != frozenset():
                found.append((column, value))
        answers = [(column, value) for column, value in found if not isinstance(value, NoAnswer)]
        if not answers:
            return found[0][1] if found else None
        return self._together(draft, target, answers, titled=self._is_titled(target, columns))

    def _together(self, draft: DraftT, target: Target, answers: Sequence[tuple[Column, Any]], *, titled: bool) -> Any:
        """Join what several columns say about one thing; what cannot be joined has to agree."""
        first = answers[0][1]
        if target.field.kind is Kind.CHOICES:
            return frozenset[str]().union(*(value for _column, value in answers))
        if target.field.kind is Kind.LONG_TEXT:
            return "\n".join(f"{column.shown}: {value}" for column, value in answers) if titled else first
        if target.several:
            separator = " " if target.id == "person.given_names" else ", "
            return separator.join(dict.fromkeys(str(value) for _column, value in answers))
        for column, value in answers[1:]:
            if value != first:
                one, other = (as_text(draft.row.values.get(place.index)) for place in (answers[0][0], column))
                draft.object_to(_CONFLICT, column, target.id, label=target.words(), one=one, other=other)
        return first
