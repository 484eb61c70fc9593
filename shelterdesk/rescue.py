"""Saving what can be read of a damaged vault: into a new vault with the same people and keys, beside the damaged one.

Tables are read row by row past what is damaged. Records whose own row is lost are written again from what the log says
was last saved of them. The damaged vault is only ever read, and from a copy of its files.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from shelterdesk import features, integrity, lock_reasons, opening
from shelterdesk.desk import Desk, system_clock
from shelterdesk.errors import NoKey, ShelterDeskError
from shelterdesk.everything import protected_workbook
from shelterdesk.i18n import N_, text
from shelterdesk.lineage import head_of, know
from shelterdesk.log_words import kind_words
from shelterdesk.people import CodeCounter, PersonCode
from shelterdesk.person_reading import codes_by_person
from shelterdesk.rooms import Site
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Base, Chosen, Record
from shelterdesk.schema.blocks import in_blocks
from shelterdesk.schema.history import LogRow
from shelterdesk.schema.upgrade import NEWEST, REVISION_TABLE, refuse_newer, upgrade
from shelterdesk.vault import Course, Unlock, VaultDamaged, open_restored
from shelterdesk.vault.database import RawConnection
from shelterdesk.vault.making import made_beside, refuse_occupied
from shelterdesk.vault.network import refuse_network
from shelterdesk.vault.salvage import Part, Salvage, new_records, salvage

FEATURES = features.MODULES

_AT_ONCE: Final = 500
_OWN: Final = frozenset({"vault_state", REVISION_TABLE})
_MOST_REBUILT: Final = 100_000
_CODE: Final = re.compile(r"R-(?P<year>\d{4})-(?P<number>\d+)", re.ASCII)
_KINDS: Final = {
    "log": N_("The log"),
    "log_content": N_("What the log says"),
    "log_chain": N_("The log"),
    "log_head": N_("The log"),
    "chosen": N_("Several choices"),
    "extra_values": N_("Values of the shelter's own fields"),
    "codes": N_("Codes"),
    "code_counter": N_("Codes"),
    "draft_field": N_("Drafts"),
    "file_part": N_("Content of scans and photos"),
    "setting": N_("Settings"),
    "field_change": N_("Settings"),
    "own_field": N_("Settings"),
    "role_limit": N_("Settings"),
    "import_mapping": N_("Remembered imports"),
}


@dataclass(frozen=True)
class Saved:
    """What came of one table: rows read, rows lost (None where nobody can tell), rows written again from the log."""

    table: str
    read: int
    lost: int | None = 0
    rebuilt: int = 0

    @property
    def whole(self) -> bool:
        """Tell whether nothing of it is missing."""
        return self.lost == 0

    def words(self, language: str | None = None) -> str:
        """Return what people call the rows of this table."""
        named = _KINDS.get(self.table)
        return text(named, language) if named else kind_words(self.table, language)


@dataclass(frozen=True)
class Survey:
    """What can be read of a damaged vault. ``file`` names the damaged file where not even its tables are known."""

    tables: tuple[Saved, ...] = ()
    file: str = ""

    @property
    def rows(self) -> int:
        """Return how many rows can be read in all."""
        return sum(one.read for one in self.tables)

    @property
    def harmed(self) -> tuple[Saved, ...]:
        """Return the tables of which something is missing."""
        return tuple(one for one in self.tables if not one.whole)


@dataclass(frozen=True)
class Rescued:
    """A new vault with what could be saved. ``set_aside`` rows belonged to something that is lost."""

    folder: Path
    survey: Survey
    set_aside: int
    report: integrity.Report


def survey(folder: Path, unlock: Unlock, course: Course | None = None) -> Survey:
    """Read everything that can be read and count it. Raises what ``salvage`` raises."""
    course = course or Course()
    with salvage(folder, unlock, course.part(0, 0.2)) as found:
        try:
            tables = found.tables()
        except VaultDamaged as damage:
            return Survey(file=damage.file)
        parts: list[Saved] = []
        for at, (table, columns) in enumerate(sorted(tables.items())):
            if table not in _OWN:
                part = Part(table)
                for _row in found.rows(table, columns, part):
                    pass
                parts.append(Saved(table, part.read, part.lost))
            course.part(0.2, 1).at(at + 1, len(tables))
        return Survey(tuple(parts))


def rescue(
    folder: Path,
    into: Path,
    unlock: Unlock,
    *,
    clock: Callable[[], datetime] = system_clock,
    course: Course | None = None,
) -> Rescued:
    """Write what can be read of the vault in *folder* into the new vault *into*, which opens with the same sign-ins.

    Raises VaultExists, VaultOnNetwork, NewerSchema, Stopped and what ``salvage`` raises; then nothing is left behind.
    """
    course = course or Course()
    into = Path(into).absolute()
    refuse_network(into)
    refuse_occupied(into)
    with salvage(folder, unlock, course.part(0, 0.1)) as found:
        tables = found.tables()
        revision = _revision(found)
        with made_beside(into) as beside, new_records(found, beside) as engine:
            upgrade(engine, revision)
            parts = _copy_tables(found, tables, engine, course.part(0.1, 0.8))
            _mend_log(engine)
    try:
        desk = opening.sit_down_at_restored(open_restored(into, unlock), clock)
        try:
            rescued = _complete(desk, Path(folder).name, parts, course)
        finally:
            desk.close()
    except BaseException:
        shutil.rmtree(into, ignore_errors=True)
        raise
    course.at(1, 1)
    return rescued


def write_out(folder: Path, unlock: Unlock, password: str, *, clock: Callable[[], datetime] = system_clock) -> bytes:
    """Return everything the reader can read in a vault that was saved, as a workbook with *password*.

    Raises NotAllowed, PasswordUnfit and the errors of ``open_vault``.
    """
    desk = opening.sit_down_at_restored(open_restored(folder, unlock), clock)
    try:
        made = protected_workbook(desk, password, text(N_("Saved from a damaged vault")))
    finally:
        opening.lock_desk(desk, lock_reasons.CLOSED.code)
    return made


def _complete(desk: Desk, name: str, parts: Sequence[Saved], course: Course) -> Rescued:
    """Write again what the log knows, take out what hangs in the air, look through everything and say so in the log."""
    rebuilt = _write_again(desk)
    rebuilt[PersonCode.__tablename__] = _mend_codes(desk)
    set_aside = _cut_loose(desk)
    saved = tuple(replace(one, **_with_rebuilt(one, rebuilt.get(one.table, 0))) for one in parts)
    with desk.write(Act.RESCUE, facts={"log.what": name, "log.count": sum(rebuilt.values()) or None}):
        pass
    course.at(9, 10)
    report = integrity.verify_desk(desk)
    with desk.write(Act.LOCK, facts={"log.why_locked": lock_reasons.DAMAGED.code}):
        pass
    with desk.vault.connection() as connection:
        know(desk.vault.id, head_of(connection))
    return Rescued(desk.vault.folder, Survey(saved), set_aside, report)


def _revision(found: Salvage) -> int:
    """Return the schema of the damaged vault; where that cannot be read, it is taken for the newest."""
    part = Part(REVISION_TABLE)
    revision = next((int(row[1]) for row in found.rows(REVISION_TABLE, ["number"], part)), NEWEST)
    refuse_newer(revision)
    return revision


def _copy_tables(
    found: Salvage, tables: Mapping[str, Sequence[str]], engine: Engine, course: Course
) -> tuple[Saved, ...]:
    parts: list[Saved] = []
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF").fetchall()
        ours = {str(name) for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
        for at, table in enumerate(sorted(ours - _OWN)):
            part = Part(table)
            known = {str(row[0]) for row in raw.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()}
            columns = [one for one in tables.get(table, ()) if one in known]
            if columns:
                _copy_rows(raw, table, columns, found.rows(table, columns, part))
            parts.append(Saved(table, part.read, part.lost if columns else None))
            course.at(at + 1, len(ours))
    return tuple(parts)


def _copy_rows(raw: RawConnection, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    names, places = ", ".join(f'"{one}"' for one in columns), ", ".join("?" * len(columns))
    statement = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608
    raw.execute("BEGIN")
    waiting: list[tuple[Any, ...]] = []
    for row in rows:
        waiting.append(row[1:])
        if len(waiting) >= _AT_ONCE:
            raw.executemany(statement, waiting)
            waiting = []
    raw.executemany(statement, waiting)
    raw.execute("COMMIT")


def _mend_log(engine: Engine) -> None:
    """Let the log be written on where its end or its key is lost; the check names the gap for ever after."""
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        last = raw.execute("SELECT number, chain, mac FROM log ORDER BY number DESC LIMIT 1").fetchone()
        if raw.execute("SELECT count(*) FROM log_head").fetchone()[0] == 0:
            number, chain, mac = last or (0, 1, bytes(32))
            raw.execute("INSERT INTO log_head (id, number, chain, mac) VALUES (1, ?, ?, ?)", (number, chain, mac))
        (chain,) = raw.execute("SELECT chain FROM log_head").fetchone()
        if raw.execute("SELECT count(*) FROM log_chain WHERE number = ?", (chain,)).fetchone()[0] == 0:
            (most,) = raw.execute("SELECT coalesce(max(number), 0) FROM log_chain").fetchone()
            begun = max(chain, most) + 1
            raw.execute("INSERT INTO log_chain (number, key) VALUES (?, randomblob(32))", (begun,))
            raw.execute("UPDATE log_head SET chain = ?", (begun,))


def _write_again(desk: Desk) -> dict[str, int]:
    """Write records again whose rows are lost, from what the log says; return how many of each kind."""
    done: dict[str, int] = {}
    kinds = {kind.__tablename__: kind for kind in RECORDS.values()}
    for table in Base.metadata.sorted_tables:
        kind = kinds.get(table.name)
        if kind is None:
            continue
        with desk.read(everybody=True) as db:
            gone = list(log_reading.told_but_gone(db, kind, _MOST_REBUILT))
        for block in in_blocks(gone):
            done[table.name] = done.get(table.name, 0) + _write_some(desk, kind, block)
    return done


def _write_some(desk: Desk, kind: type[Record], ids: Sequence[UUID]) -> int:
    try:
        with desk.read(everybody=True) as db:
            told = log_reading.told_last(db, kind.__tablename__, ids)
            firsts = {row.record_id: row for row in _first_rows(db, kind, ids)}
    except ShelterDeskError:
        # What the log says of one of them is damaged too: each is tried by itself.
        return sum(_write_some(desk, kind, [one]) for one in ids) if len(ids) > 1 else 0
    done = 0
    for record_id in ids:
        try:
            with desk.write(Act.RESCUE) as db:
                db.add(_record_of(db, kind, record_id, told.get(record_id, {}), firsts.get(record_id)))
        except (ShelterDeskError, SQLAlchemyError, ValueError, TypeError, KeyError):
            # The log does not say all that such a record needs.
            continue
        done += 1
    return done


def _record_of(
    db: Session,
    kind: type[Record],
    record_id: UUID,
    told: Mapping[str, log_reading.Change],
    first: LogRow | None,
) -> Record:
    table = kind.__tablename__
    record = kind(id=record_id)
    if first is not None:
        record.created_at, record.created_by = first.at, first.member_id
        if "person_id" in kind.__table__.columns:
            record.person_id = first.person_id  # pyright: ignore[reportAttributeAccessIssue]
    for name in ("position", "number"):
        column = kind.__table__.columns.get(name)
        if column is not None and not column.info.get("field"):
            setattr(record, name, (db.scalars(select(func.max(column))).first() or 0) + 1)
    if table == "room":
        record.site_id = db.scalars(select(Site.id)).one()  # pyright: ignore[reportAttributeAccessIssue]
    for field in kind.declared:
        change = told.get(field.id)
        if change is not None and change.state == "readable" and change.after is not None:
            # Rows of choices lie in a table of their own, and may be there although the record is not.
            db.execute(delete(Chosen).where(Chosen.record_id == record_id, Chosen.field_id == field.id))
            with suppress(NoKey):
                field.write(record, field.decode(change.after))
    archived, reasons = told.get(f"{table}.archived"), told.get(f"{table}.unanswered")
    if archived is not None and archived.after:
        record.archived_at = datetime.fromisoformat(archived.after)
    if reasons is not None and reasons.after:
        record.unanswered = dict(part.split("=", 1) for part in reasons.after.split(";"))
    return record


def _first_rows(db: Session, kind: type[Record], ids: Collection[UUID]) -> Sequence[LogRow]:
    firsts = (
        select(func.min(LogRow.number))
        .where(LogRow.record == kind.__tablename__, LogRow.record_id.in_(ids))
        .group_by(LogRow.record_id)
    )
    return db.scalars(select(LogRow).where(LogRow.number.in_(firsts))).all()


def _mend_codes(desk: Desk) -> int:
    """Give everybody their code again, and let no number be given out twice. Returns how many codes were missing."""
    missing = 0
    with desk.quietly() as db:
        known = set(db.scalars(select(PersonCode.person_id).where(PersonCode.site == "")))
        counters = {row.year: row for row in db.scalars(select(CodeCounter))}
        for person_id, code in codes_by_person(db).items():
            if person_id not in known:
                missing += 1
                db.add(PersonCode(person_id=person_id, code=code, site="", current=True))
            found = _CODE.fullmatch(code)
            if found is None:
                continue
            year, number = int(found["year"]), int(found["number"])
            counter = counters.get(year)
            if counter is None:
                counter = counters[year] = CodeCounter(year=year, last=0)
                db.add(counter)
            counter.last = max(counter.last, number)
    return missing


def _cut_loose(desk: Desk) -> int:
    """Take out what points to something that is lost, or let go of the link where a row can do without it."""
    gone = 0
    with desk.vault.connection() as connection:
        # A row that goes may leave others behind, which go in the next round.
        connection.execute("PRAGMA foreign_keys=OFF").fetchall()
        while broken := connection.execute("PRAGMA foreign_key_check").fetchall():
            connection.execute("BEGIN IMMEDIATE")
            for table, rowid, _parent, link in broken:
                columns = {
                    int(row[0]): str(row[3])
                    for row in connection.execute("SELECT * FROM pragma_foreign_key_list(?)", (table,)).fetchall()
                }
                column = columns[int(link)]
                needed = connection.execute(
                    'SELECT "notnull" FROM pragma_table_info(?) WHERE name = ?', (table, column)
                ).fetchone()[0]
                if needed:
                    connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))  # noqa: S608
                    gone += 1
                else:
                    connection.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))  # noqa: S608
            connection.execute("COMMIT")
    return gone


def _with_rebuilt(one: Saved, rebuilt: int) -> dict[str, Any]:
    return {"rebuilt": rebuilt, "lost": None if one.lost is None else max(0, one.lost - rebuilt)}
