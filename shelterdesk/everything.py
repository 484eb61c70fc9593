"""Everything one person can read, as one workbook with a password: for the case that the program itself cannot be used.

One sheet for each kind of record, one column for each field, and two under the names of HTCDS and GBVIMS. What the
reader holds no key for is left out, and so is whoever's record is closed to them, or asks why and was not opened.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from shelterdesk import features, i18n, what_happened
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.protect import protect_office
from shelterdesk.documents.sheets import Sheet, SheetColumn, Workbook, write_xlsx
from shelterdesk.exchange import standard_sheets
from shelterdesk.fields import CLOSED, Field, Kind
from shelterdesk.i18n import N_, text
from shelterdesk.log_words import kind_words
from shelterdesk.names import names_for
from shelterdesk.person_reading import codes_by_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Record, whole
from shelterdesk.sharing import require_reason
from shelterdesk.vault import SealBroken

_WHAT: Final = N_("Everything that can be read")
_NAMED: Final = frozenset({"member", "site", "room", "project", "partner", "provider", "person", "bed"})
_BLOCK: Final = 500


def protected_workbook(desk: Desk, password: str, why: str) -> bytes:
    """Return the workbook, encrypted with *password*, after its export was logged.

    Raises NotAllowed, PasswordUnfit, and ReasonMissing where *why* says nothing.
    """
    require(desk, Right.SEE_RECORDS)
    require(desk, Right.EXPORT_EXACT)
    require_reason(why)
    language = i18n.language()
    book = Workbook(language, f"{desk.vault.name}", tuple(_sheets(desk, language)))
    stream = io.BytesIO()
    write_xlsx(book, stream)
    made = protect_office(stream.getvalue(), password)
    facts = {"log.what": text(_WHAT), "log.why": why, "log.how": "xlsx"}
    with desk.write(Act.EXPORT, facts=facts):
        pass
    return made


def _sheets(desk: Desk, language: str) -> list[Sheet]:
    modules = {module.__name__ for module in features.MODULES}
    names: dict[str, Mapping[UUID, str]] = {target: names_for(desk, target) for target in _NAMED}
    with desk.read() as db:
        codes = codes_by_person(db)
    found: list[Sheet] = []
    for table, kind in RECORDS.items():
        if kind.__module__ in modules:
            fields = tuple(field for field in _fields(desk, kind) if desk.holds(field.compartment))
            if not fields:
                continue
            rows = _rows(desk, kind, fields, codes, names, language)
            if rows:
                columns = (text(N_("Person"), language), *(text(field.label, language) for field in fields))
                found.append(Sheet(kind_words(table, language), tuple(SheetColumn(one) for one in columns), rows))
    found.append(_in_words_of("HTCDS 2.0", standard_sheets.htcds_table(desk)))
    if what_happened.may_open(desk):
        found.append(_in_words_of("GBVIMS", standard_sheets.gbvims_table(desk)))
    return [sheet for sheet in found if sheet.rows]


def _in_words_of(standard: str, table: standard_sheets.Table) -> Sheet:
    titles, rows = table
    return Sheet(standard, tuple(SheetColumn(one) for one in titles), rows)


def _fields(desk: Desk, kind: type[Record]) -> tuple[Field, ...]:
    """Return the fields of *kind*; what happened to people only for who may open it, for this export has a reason."""
    fields = desk.fields(kind)
    return fields if what_happened.may_open(desk) else tuple(what_happened.without_it(fields))


def _rows(
    desk: Desk,
    kind: type[Record],
    fields: tuple[Field, ...],
    codes: Mapping[UUID, str],
    names: Mapping[str, Mapping[UUID, str]],
    language: str,
) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    last: UUID | None = None
    while True:
        query = select(kind).options(*whole(kind)).order_by(kind.id).limit(_BLOCK)
        with desk.read() as db:
            block = list(db.scalars(query if last is None else query.where(kind.id > last)))
            for record in block:
                person: Any = record.id if kind.__tablename__ == "person" else getattr(record, "person_id", None)
                if person in desk.sight.asks_why:
                    # Lists may show such a record by its code; its fields take a reason.
                    continue
                rows.append((codes.get(person, ""), *(_shown(field, record, names, language) for field in fields)))
        if not block:
            return tuple(rows)
        last = block[-1].id


def _shown(field: Field, record: Record, names: Mapping[str, Mapping[UUID, str]], language: str) -> str:
    try:
        value = field.read(record)
    except (SealBroken, ValueError):
        return ""
    if value is CLOSED:
        return ""
    return field.show(value, language, names.get(field.target, {}) if field.kind is Kind.LINK else None)
