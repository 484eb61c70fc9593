"""What the rows of a workbook would change about people who are on file already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy.orm import Session

from shelterdesk.consents import Consent
from shelterdesk.exchange.changes import Comparison, OnFileRecords, may_compare
from shelterdesk.exchange.kinds import PERSON
from shelterdesk.exchange.mapping import ColumnMapping
from shelterdesk.exchange.people_import import ImportPlan
from shelterdesk.exchange.record_rows import RecordDraft
from shelterdesk.exchange.rows import RowDraft, notes_in
from shelterdesk.exchange.targets import AGE
from shelterdesk.notes import Note
from shelterdesk.people import Person
from shelterdesk.same_person import current_id
from shelterdesk.schema.base import RECORDS

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

_WORKED_OUT: Final[Mapping[str, tuple[str, ...]]] = {
    "short_name": ("person.short_name",),
    "registered_on": ("person.registered_on",),
    "site_id": ("person.site",),
}
"""Attributes of a person that a row may have without saying them, and the columns that do say them."""


class Updates:
    """Compares row after row with what is on file; ``changes`` of ``comparison`` is the result.

    ``shut`` counts the people whose record was not looked into: it asks why it is opened, and nobody said.
    """

    def __init__(self, desk: Desk, db: Session) -> None:
        self._desk, self._db = desk, db
        self._records = OnFileRecords(desk)
        self.comparison = Comparison(desk, self._records)
        self.shut: set[UUID] = set()
        self.folded: set[UUID] = set()
        """People of whom what happened was not compared, because it was not opened."""
        self.same = 0

    def people(self, plan: ImportPlan) -> None:
        """Compare the rows of people who are on file."""
        rows = [
            (known.row, current_id(self._desk, known.person_id), draft)
            for known, draft in zip(plan.on_file, plan.known, strict=True)
        ]
        everybody = {person_id for _row, person_id, _draft in rows}
        self._records.read(self._db, Person, everybody)
        for kind in {name for _row, _id, draft in rows for name in draft.values if name != PERSON}:
            self._records.read(self._db, RECORDS[kind], everybody)
        for row, person_id, draft in rows:
            if may_compare(self._desk, PERSON, person_id):
                self._person(row, person_id, draft, plan.mapping)
            else:
                self.shut.add(person_id)

    def records(self, drafts: Sequence[RecordDraft], moved: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
        """Compare entries of one kind; return by draft which entry on file it is.

        *moved* says the same of the entries they hang on.
        """
        found: dict[UUID, UUID] = {}
        people = {draft.person_id for draft in drafts if draft.person_id is not None}
        if drafts:
            self._records.read(self._db, Person, people)
            self._records.read(self._db, drafts[0].kind, people)
        for draft in drafts:
            assert draft.person_id is not None
            kind = draft.kind.__tablename__
            if not may_compare(self._desk, PERSON, draft.person_id):
                self.shut.add(draft.person_id)
            elif not may_compare(self._desk, kind, draft.person_id):
                self.folded.add(draft.person_id)
            else:
                parents = {column: moved.get(one, one) for column, one in draft.parents.items()}
                before = len(self.comparison.changes)
                known = self.comparison.entry(draft.row.number, kind, draft.person_id, draft.values, parents, draft.id)
                if known is not None:
                    found[draft.id] = known
                    self.same += len(self.comparison.changes) == before
        return found

    def _person(self, row: int, person_id: UUID, draft: RowDraft, mapping: ColumnMapping) -> None:
        left = {name for name, columns in _WORKED_OUT.items() if not any(map(mapping.columns_for, columns))}
        if mapping.columns_for(AGE) and not mapping.columns_for("person.birth"):
            # «About 1994» reckoned from an age is a year older every time the list is brought in.
            left.add("birth")
        self.comparison.person(row, person_id, draft.of(Person), left)
        for kind, values in draft.values.items():
            if kind in (PERSON, Note.__tablename__):
                continue
            if not may_compare(self._desk, kind, person_id):
                self.folded.add(person_id)
            elif kind == Consent.__tablename__:
                self.comparison.consent(row, person_id, values)
            else:
                dated = bool(mapping.columns_for(f"{kind}.since"))
                self.comparison.standing(row, kind, person_id, values, self._desk.today(), dated=dated)
        for note in notes_in(draft):
            self.comparison.note(row, person_id, note, self._desk.today())
