"""Whose a row of another sheet is: the code in it, of somebody in the same workbook or on file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shelterdesk.exchange.people_import import IMPORT_SITE, ImportPlan
from shelterdesk.exchange.record_rows import RecordDraft, code_key
from shelterdesk.exchange.targets import CODE
from shelterdesk.exchange.values import as_text
from shelterdesk.folding import fold
from shelterdesk.i18n import N_
from shelterdesk.people import Person, PersonCode
from shelterdesk.person_reading import codes_by_person
from shelterdesk.same_person import current_id

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

_NOBODY = N_("Nobody has the code «{code}», neither in this workbook nor on file.")
_NOT_TAKEN = N_("«{code}» stands in row {row} of the list of people, which has a problem of its own. Mend that first.")
_SEVERAL = N_("Several people on file came with the code «{code}». Use the code they have here.")


class Whose:
    """The people a workbook may speak of, by their codes."""

    def __init__(self, desk: Desk, db: Session, people: ImportPlan | None) -> None:
        self.new: dict[UUID, str] = {}
        """Who comes in with this workbook, and her code in it."""
        self._by_code: dict[str, UUID | None] = {}
        self._spelled: dict[str, UUID] = {}
        self._refused: dict[str, int] = {}
        self._read_file(desk, db)
        if people is not None:
            self._read_workbook(desk, people)

    def links(self) -> dict[str, UUID]:
        """Return everybody by the folded code that names one person only, as links between people are read."""
        return {fold(code): person_id for code, person_id in self._spelled.items()}

    def settle(self, draft: RecordDraft) -> None:
        """Put into *draft* whose it is, or why that cannot be said."""
        if draft.code is None:
            return
        key = code_key(draft.code)
        if key in self._refused:
            draft.object_to(_NOT_TAKEN, code=draft.code, row=self._refused[key])
        elif key not in self._by_code:
            draft.object_to(_NOBODY, code=draft.code)
        elif self._by_code[key] is None:
            draft.object_to(_SEVERAL, code=draft.code)
        else:
            draft.person_id = self._by_code[key]

    def _put(self, code: str, person_id: UUID) -> None:
        self._by_code[code_key(code)] = person_id
        self._spelled[code] = person_id

    def _read_file(self, desk: Desk, db: Session) -> None:
        brought: dict[str, set[UUID]] = {}
        # Who was taken out again with her import has no key any more; her list may have come in anew since.
        there = or_(Person.archived_at.is_(None), Person.import_key.is_not(None))
        codes = select(PersonCode.code, PersonCode.person_id).join(Person, Person.id == PersonCode.person_id)
        for code, person_id in db.execute(codes.where(PersonCode.site == IMPORT_SITE, there)):
            brought.setdefault(code_key(code), set()).add(current_id(desk, person_id))
        for code, people in brought.items():
            self._by_code[code] = next(iter(people)) if len(people) == 1 else None
            if len(people) == 1:
                self._spelled[code] = next(iter(people))
        for person_id, code in codes_by_person(db).items():
            self._put(code, current_id(desk, person_id))

    def _read_workbook(self, desk: Desk, people: ImportPlan) -> None:
        for new in people.new:
            if new.draft.code is not None:
                self._put(new.draft.code, new.id)
                self.new[new.id] = new.draft.code
            else:
                self.new[new.id] = ""
        for known, draft in zip(people.on_file, people.known, strict=True):
            if draft.code is not None:
                self._put(draft.code, current_id(desk, known.person_id))
        columns = people.mapping.columns_for(CODE)
        for rejected in people.rejected:
            for column in columns:
                code = as_text(rejected.row.values.get(column.index)).strip()
                if code:
                    self._refused[code_key(code)] = rejected.row.number
