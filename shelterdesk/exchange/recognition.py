"""Who is on file already: a row of an imported list known again, and names that may be the same person.

A row is known by a keyed hash, of its own code in the list where there is one, else of the row and its place among
equal rows. So the same file adds nobody the second time, and who lacks the key of names cannot test a guess with it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk import folding
from shelterdesk.exchange.cells import RowProblem
from shelterdesk.exchange.grid import CellFault, CellValue
from shelterdesk.exchange.mapping import ColumnMapping, is_reason, row_number_columns, title_keys
from shelterdesk.exchange.rows import RowDraft
from shelterdesk.exchange.sheets import Table, TableRow
from shelterdesk.exchange.targets import CODE
from shelterdesk.fields import CLOSED
from shelterdesk.i18n import N_, text
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person, PersonCode
from shelterdesk.schema.base import declared
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab import plain

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

_SHORT_DATE: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_DIFFERENT: Final = 55
"""Below this likeness two names belong to two people."""


@dataclass(frozen=True)
class Said:
    """A sentence for people about the whole import."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict[str, object])

    def text(self, language: str | None = None) -> str:
        """Return the sentence."""
        return text(self.message, language, **self.values)


@dataclass(frozen=True)
class OnFile:
    """A row that is on file already, and why we think so."""

    row: int
    person_id: UUID
    code: str
    why: Said


@dataclass(frozen=True)
class Alike:
    """A new row that reminds of somebody on file, or of an earlier row when ``person_id`` is None. It comes in."""

    row: int
    person_id: UUID | None
    shown: str
    why: Said
    sure: bool = False
    """Nobody else on file has this name and a birth that fits, and both births are known."""


class Keys:
    """The keyed hash by which a row is known again."""

    def __init__(self, desk: Desk, table: Table, mapping: ColumnMapping) -> None:
        # Who may not read names is not told who was imported before: with a key of the moment nobody is known again.
        self._secret = desk.vault.fold_key() if desk.holds(Compartment.IDENTITY) else os.urandom(32)
        left = row_number_columns(table)
        columns = [column for column in table.columns if not is_reason(column) and column.index not in left]
        self._titles = sorted((title, index) for index, title in title_keys(columns).items())
        self._by_code = bool(mapping.columns_for(CODE))
        self._seen: Counter[bytes] = Counter()

    def of(self, row: TableRow, code: str | None) -> tuple[bytes, ...]:
        """Return the keys of *row*, the one to keep first; equal rows are told apart by their count.

        A row with a code is looked for by its content too: the last import may have left that column out.
        """
        words = "\n".join(
            f"{title}\t{_spelled(row.values[index])}" for title, index in self._titles if index in row.values
        )
        digest = self._hash(f"row\n{words}")
        self._seen[digest] += 1
        if self._seen[digest] > 1:
            digest = self._hash(f"row {self._seen[digest]}\n{words}")
        if self._by_code and code is not None:
            return self._hash(f"code\n{plain(code) or code}"), digest
        return (digest,)

    def _hash(self, words: str) -> bytes:
        return hmac.new(self._secret, words.encode(), hashlib.sha256).digest()


class Known:
    """Who is on file: by key, by code, by name and birth."""

    def __init__(self, db: Session) -> None:
        self._by_key: dict[bytes, Person] = {}
        self._by_code: dict[str, Person] = {}
        self._by_name: dict[tuple[str, str], list[tuple[PartialDate | None, UUID | None, str]]] = {}
        people = list(db.scalars(select(Person)))
        by_id = {person.id: person for person in people}
        for person in people:
            if person.import_key is not None:
                self._by_key[person.import_key] = person
            key = _name_key(_open(person, "given_names"), _open(person, "family_name"))
            if key is not None and person.archived_at is None:
                # Of who was taken out again nobody is reminded, and no row is hers by her name alone.
                self._by_name.setdefault(key, []).append((person.birth, person.id, person.code))
        for row in db.scalars(select(PersonCode).where(PersonCode.site == "")):
            self._by_code[row.code.upper()] = by_id[row.person_id]
        self._rows: dict[bytes, int] = {}

    def same(self, draft: RowDraft, keys: tuple[bytes, ...]) -> OnFile | RowProblem | None:
        """Return who this row is on file, or the problem of a code that belongs to somebody else; None when new."""
        row = draft.row.number
        if draft.code is not None and keys[0] in self._rows:
            values = {"code": draft.code, "row": self._rows[keys[0]]}
            return RowProblem(
                row, None, CODE, N_("The code «{code}» stands in row {row} too. Each person needs her own."), values
            )
        person = self._by_key.get(keys[0])
        if person is None and draft.code is not None:
            return self._of_ours(draft, draft.code) or self._same_row(row, keys[1])
        if person is None or draft.code is None:
            return self._same_row(row, keys[0])
        if self._likeness(draft, person, unknown=100) < _DIFFERENT:
            values = {"code": draft.code, "person": person.code}
            return RowProblem(
                row,
                None,
                CODE,
                N_("The code «{code}» belongs to {person}, who has another name. Change it, or leave that column out."),
                values,
            )
        return OnFile(row, person.id, person.code, Said(N_("has the same code, «{code}»"), {"code": draft.code}))

    def _same_row(self, row: int, key: bytes) -> OnFile | None:
        person = self._by_key.get(key)
        if person is None:
            return None
        return OnFile(row, person.id, person.code, Said(N_("the same row was imported before")))

    def _of_ours(self, draft: RowDraft, code: str) -> OnFile | RowProblem | None:
        """Codes of ours come back in our own lists; in those of another shelter they mean somebody else."""
        person = self._by_code.get(code.upper())
        if person is None:
            return None
        if self._likeness(draft, person, unknown=0) >= _DIFFERENT:
            return OnFile(draft.row.number, person.id, person.code, Said(N_("is on file under this code")))
        message = N_(
            "«{code}» is a code of ours, and the name does not show that it is she. If the code was given elsewhere, "
            "leave that column out."
        )
        return RowProblem(draft.row.number, None, CODE, message, {"code": code})

    def alike(self, draft: RowDraft) -> Alike | None:
        """Return who on file, or which earlier row, may be the same person by name and birth."""
        values = draft.of(Person)
        key = _name_key(values.get("given_names"), values.get("family_name"))
        birth = values.get("birth")
        held = self._by_name.get(key, ()) if key else ()
        fitting = [one for one in held if birth is None or one[0] is None or birth.may_be(one[0])]
        for other, person_id, shown in fitting:
            born = birth is not None and other is not None
            why = Said(N_("same name, and the births fit")) if born else Said(N_("same name"))
            sure = born and person_id is not None and len(fitting) == 1
            return Alike(draft.row.number, person_id, shown, why, sure)
        return None

    def remember(self, draft: RowDraft, key: bytes) -> None:
        """Let later rows of the same file be compared with this one."""
        self._rows[key] = draft.row.number
        values = draft.of(Person)
        name = _name_key(values.get("given_names"), values.get("family_name"))
        if name is not None:
            self._by_name.setdefault(name, []).append((values.get("birth"), None, str(draft.row.number)))

    def _likeness(self, draft: RowDraft, person: Person, *, unknown: int) -> int:
        values = draft.of(Person)
        said = " ".join(str(values.get(name) or "") for name in ("given_names", "family_name")).strip()
        kept = " ".join(_open(person, name) or "" for name in ("given_names", "family_name")).strip()
        return folding.similarity(said, kept) if said and kept else unknown


def _open(person: Person, attribute: str) -> str | None:
    value = declared(Person, attribute).read(person)
    return None if value is CLOSED else value


def _name_key(given: str | None, family: str | None) -> tuple[str, str] | None:
    """Return how the first given name and the family name sound; one name alone tells nobody apart."""
    if not given or not family:
        return None
    first = folding.sounds(given).split()
    return (first[0], folding.sounds(family)) if first else None


def _spelled(value: CellValue) -> str:
    """Spell a value so that a date is the same date whether it was typed as one or as text."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, CellFault):
        return value.shown
    words = str(value)
    found = _SHORT_DATE.fullmatch(words)
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else words
