"""Everything one person can read, as one workbook with a password: for the case that the program itself cannot be used.

One sheet for each kind of record, one column for each field, and two under the names of HTCDS and GBVIMS. What the
reader holds no key for is left out, and so is whoever's record is closed to them, or asks why and was not opened.

An import reads the workbook again: people stand there by their codes, and what hangs on an entry names its number.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from shelterdesk import features, i18n, vocab, what_happened
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.protect import protect_office
from shelterdesk.documents.sheets import Sheet, SheetColumn, Workbook, write_xlsx
from shelterdesk.exchange import standard_sheets
from shelterdesk.exchange.kinds import parents_of
from shelterdesk.exchange.record_targets import ENTRY_TITLE, PERSON_TITLE, parent_title
from shelterdesk.exchange.targets import TAKEN_BACK_TITLE
from shelterdesk.fields import CLOSED, Field, Kind
from shelterdesk.i18n import N_, text
from shelterdesk.log_words import kind_words
from shelterdesk.names import names_for
from shelterdesk.people import with_day
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
    require_reason(why)
    made = make_workbook(desk, password)
    note_workbook(desk, why)
    return made


def make_workbook(desk: Desk, password: str) -> bytes:
    """Return the workbook, encrypted with *password*; whoever hands it on calls :func:`note_workbook` before.

    Takes seconds to minutes, so the worker does it. Raises NotAllowed and PasswordUnfit.
    """
    require(desk, Right.SEE_RECORDS)
    require(desk, Right.EXPORT_EXACT)
    language = i18n.language()
    book = Workbook(language, f"{desk.vault.name}", tuple(_sheets(desk, language)))
    stream = io.BytesIO()
    write_xlsx(book, stream)
    return protect_office(stream.getvalue(), password)


def note_workbook(desk: Desk, why: str) -> None:
    """Log that the workbook leaves. Raises NotAllowed, and ReasonMissing where *why* says nothing."""
    require(desk, Right.SEE_RECORDS)
    require(desk, Right.EXPORT_EXACT)
    require_reason(why)
    with desk.write(Act.EXPORT, facts={"log.what": text(_WHAT), "log.why": why, "log.how": "xlsx"}):
        pass


def _sheets(desk: Desk, language: str) -> list[Sheet]:
    modules = {module.__name__ for module in features.MODULES}
    names: dict[str, Mapping[UUID, str]] = {target: names_for(desk, target) for target in _NAMED}
    with desk.read() as db:
        # A short name may be that of two people; a code is not.
        names["person"] = codes = codes_by_person(db)
    entries = _entries(desk, modules)
    found: list[Sheet] = []
    for table, kind in RECORDS.items():
        if kind.__module__ in modules:
            fields = tuple(field for field in _fields(desk, kind) if desk.holds(field.compartment))
            if not fields:
                continue
            rows = _rows(desk, kind, fields, codes, names, entries, language)
            if rows:
                titles = [text(PERSON_TITLE, language)] if _has_people(kind) else []
                titles += [text(field.label, language) for field in fields]
                if table in entries:
                    titles.append(text(ENTRY_TITLE, language))
                titles += [parent_title(kind, parent, language) for parent in parents_of(kind)]
                titles.append(text(TAKEN_BACK_TITLE, language))
                found.append(Sheet(kind_words(table, language), tuple(SheetColumn(one) for one in titles), rows))
    found.append(_in_words_of("HTCDS 2.0", standard_sheets.htcds_table(desk)))
    if what_happened.may_open(desk):
        found.append(_in_words_of("GBVIMS", standard_sheets.gbvims_table(desk)))
    return [sheet for sheet in found if sheet.rows]


def _entries(desk: Desk, modules: set[str]) -> dict[str, Mapping[UUID, str]]:
    """Return the numbers of entries that others hang on: the stay of a bed, the plan of a goal."""
    above = {parent.kind for kind in RECORDS.values() if kind.__module__ in modules for parent in parents_of(kind)}
    found: dict[str, Mapping[UUID, str]] = {}
    with desk.read() as db:
        for table in sorted(above):
            ids = db.scalars(select(RECORDS[table].id).order_by(RECORDS[table].id))
            found[table] = {record_id: str(number) for number, record_id in enumerate(ids, start=1)}
    return found


def _in_words_of(standard: str, table: standard_sheets.Table) -> Sheet:
    titles, rows = table
    return Sheet(standard, tuple(SheetColumn(one) for one in titles), rows)


def _fields(desk: Desk, kind: type[Record]) -> tuple[Field, ...]:
    """Return the fields of *kind*; what happened to people only for who may open it, for this export has a reason."""
    fields = desk.fields(kind)
    # Whose an entry is stands in the first column, and the day of a birth in its date.
    apart = {"person_id", *(field.companion for field in fields if field.companion)}
    kept = [field for field in fields if field.attribute not in apart]
    return tuple(kept if what_happened.may_open(desk) else what_happened.without_it(kept))


def _has_people(kind: type[Record]) -> bool:
    return kind.__tablename__ == "person" or "person_id" in kind.__table__.columns


def _rows(
    desk: Desk,
    kind: type[Record],
    fields: tuple[Field, ...],
    codes: Mapping[UUID, str],
    names: Mapping[str, Mapping[UUID, str]],
    entries: Mapping[str, Mapping[UUID, str]],
    language: str,
) -> tuple[tuple[str, ...], ...]:
    table, parents = kind.__tablename__, parents_of(kind)
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
                said = [codes.get(person, "")] if _has_people(kind) else []
                said += [_shown(field, record, names, language) for field in fields]
                if table in entries:
                    said.append(entries[table].get(record.id, ""))
                said += [entries[parent.kind].get(getattr(record, parent.column), "") for parent in parents]
                said.append(record.archived_at.date().isoformat() if record.archived_at else "")
                rows.append(tuple(said))
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
    if value is None and field.id in record.unanswered:
        return vocab.YES_NO.label(record.unanswered[field.id], language)
    if field.companion:
        value = _whole_date(field, record, value)
    if field.kind is Kind.NUMBER and value is not None:
        return str(value)
    return field.show(value, language, names.get(field.target, {}) if field.kind is Kind.LINK else None)


def _whole_date(field: Field, record: Record, value: Any) -> Any:
    day = next(one for one in type(record).declared if one.attribute == field.companion)
    try:
        return with_day(value, day.read(record))
    except (SealBroken, ValueError):
        return value
