"""How the columns of the table of people read and sort."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shelterdesk import formats, people_table, vocab
from shelterdesk.desk import Desk
from shelterdesk.fields import Field, Kind
from shelterdesk.folding import sort_key
from shelterdesk.i18n import _, language
from shelterdesk.names import names_for
from shelterdesk.people_table import Facts
from shelterdesk.residents import ListRow
from ui.seat import Seat
from ui.widgets.table_view import Cell, Column

_NUMBERS = frozenset({"days_here", "age"})
_LAST = (1, ())
"""Sorts whoever has nothing in a column to its end."""


class ColumnWords:
    """Words and order of the chosen *columns* for one reading of the table."""

    def __init__(self, seat: Seat, columns: tuple[str, ...], facts: Mapping[UUID, Facts]) -> None:
        self.seat, self.columns, self.facts = seat, columns, facts
        self._fields = {field.id: field for field in people_table.columns_of(seat.desk)}
        self._names = _linked_names(seat.desk, [self._fields[one] for one in columns if one in self._fields])

    def titles(self) -> list[Column]:
        """Return the columns of the table."""
        labels = {one: people_table.column_label(self.seat.desk, one) for one in self.columns}
        return [Column(_(label), 1.6 if one == "name" else 1, number=one in _NUMBERS) for one, label in labels.items()]

    def cells(self, row: ListRow) -> tuple[Cell, ...]:
        """Return a row in words; visitor mode masks names and what comes next."""
        return tuple(self._cell(one, row) for one in self.columns)

    def order(self, column: str, row: ListRow) -> tuple[Any, ...]:
        """Return what *row* is sorted by in *column*; empty cells come last."""
        value: Any
        facts = self.facts.get(row.id, Facts())
        match column:
            case "name":
                value = sort_key(row.name, language()) if row.has_name else None
            case "days_here":
                value = row.days_here
            case "left_on":
                value = row.left_on
            case "arrived_on":
                value = facts.arrived_on
            case "age":
                value = facts.age
            case "phase":
                value = _place(vocab.PHASES, facts.phase)
            case "status":
                value = _place(vocab.STATUSES, facts.status)
            case "next_step":
                value = row.next_step.on if row.next_step is not None else None
            case _:
                words = self._words(column, row)
                value = sort_key(words, language()) if words else None
        return _LAST if value is None else (0, value)

    def _cell(self, column: str, row: ListRow) -> Cell:
        words = self._words(column, row)
        if column == "name":
            return Cell(self.seat.masked(words), strong=True)
        if column in {"next_step", "bed"} and self.seat.visitor:
            return Cell("")
        return Cell(words or "–", tint="text" if words else "muted")

    def _words(self, column: str, row: ListRow) -> str:
        facts = self.facts.get(row.id, Facts())
        match column:
            case "name":
                return row.name if row.has_name else row.code
            case "code":
                return row.code
            case "days_here":
                return formats.number(row.days_here) if row.days_here is not None else ""
            case "arrived_on":
                return formats.day(facts.arrived_on, style="short") if facts.arrived_on else ""
            case "left_on":
                return formats.day(row.left_on, style="short") if row.left_on else ""
            case "bed":
                return facts.bed
            case "worker":
                return row.worker
            case "phase":
                return vocab.PHASES.label(facts.phase) if facts.phase else ""
            case "status":
                return vocab.STATUSES.label(facts.status) if facts.status else ""
            case "next_step":
                return self._step(row)
            case "age":
                return formats.number(facts.age) if facts.age is not None else ""
            case _:
                field = self._fields.get(column)
                return field.show(facts.values.get(column), language(), self._names) if field is not None else ""

    def _step(self, row: ListRow) -> str:
        step = row.next_step
        if step is None:
            return ""
        if step.on is None:
            return step.words()
        return _("{what}, {when}").format(what=step.words(), when=formats.day(step.on, style="short"))


def _place(codes: vocab.CodeList, code: str | None) -> int | None:
    return next((number for number, one in enumerate(codes.codes) if one.code == code), None)


def _linked_names(desk: Desk, fields: list[Field]) -> dict[UUID, str]:
    names: dict[UUID, str] = {}
    for target in {field.target for field in fields if field.kind is Kind.LINK}:
        names |= names_for(desk, target)
    return names
