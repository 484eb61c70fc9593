"""Checking everything that can be checked: files, pages, the chain of the log and a sample of seals.

Looking changes nothing: no sign-in row is written, because a damaged vault is better not written to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from shelterdesk import features
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey
from shelterdesk.fields import CLOSED
from shelterdesk.file_check import broken_files
from shelterdesk.house_settings import OwnField, is_as_made
from shelterdesk.i18n import N_, text
from shelterdesk.note_versions import newest_seals
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.schema.base import RECORDS, Base, ExtraValue, Record, whole
from shelterdesk.schema.columns import Sealed
from shelterdesk.schema.upgrade import REVISION_TABLE, check_revision
from shelterdesk.vault import Compartment, OpenVault, SealBroken, VaultDamaged, open_vault, verify_vault

SEALS_OF_A_KIND = 200
"""Records of each kind whose seals are opened, in eight places spread over its whole time."""
_PLACES = 8
_FILE = N_("The file {file} of this vault is damaged.")
_TABLES = N_("The tables in {file} are not those this program made: {name}. Another program changed them.")
_OTHERWISE = N_("A record ({record}) is not as the log says it was saved. It was changed outside ShelterDesk.")
_UNKNOWN = N_("The log knows nothing of a record ({record}). It was added outside ShelterDesk.")
_GONE = N_("A record ({record}) the log tells of is missing. It was removed outside ShelterDesk.")
_MORE_GONE = N_(
    "{removed} contents of the log are missing, and it tells of {told} that were removed on purpose. The others were "
    "removed outside ShelterDesk."
)
_CUT_OFF = N_(
    "The log does not know the moment at which a backup was made. Its end was cut off after that, or this is another "
    "copy of the vault. Do not throw backups away, and compare them with this vault."
)
_OF_THE_VAULT = frozenset({"vault_state", REVISION_TABLE})
_SEAL = N_("A sealed text of a record ({record}) does not open: it was altered or moved outside ShelterDesk.")
_MORE_LEFT = N_("More is left of removed records than was removed, as the log tells. It was added outside ShelterDesk.")
_SCAN = N_("A scan or photo is not whole or was altered outside ShelterDesk. It may be whole in an older backup.")


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written. ``where`` is a file, ``log`` or ``seals``; ``detail`` is for support."""

    where: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    readable: bool = True
    detail: str = ""

    def text(self, language: str | None = None) -> str:
        """Return the sentence for people."""
        return text(self.message, language, **self.values)


@dataclass
class Report:
    """What was looked at and what was found."""

    findings: list[Finding] = field(default_factory=list[Finding])
    log_rows: int = 0
    log_contents: int = 0
    log_removed: int = 0
    log_sealed: int = 0
    """Contents of the log under keys the reader does not hold; they were not looked at."""
    log_signatures: int = 0
    seals: int = 0
    scans: int = 0
    """Scans and photos that were opened whole."""
    records: int = 0
    """Records that were compared with what the log says of them."""
    old_tables: bool = False
    """The tables are those of an older program: log and seals can be looked at after the next sign-in."""

    @property
    def whole(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings


def verify_folder(folder: Path, user_name: str, passphrase: str) -> Report:
    """Open the vault in *folder*, look at everything and close it. Raises the errors of ``open_vault``."""
    with open_vault(folder, user_name, passphrase) as vault:
        report = Report(_files(vault))
        if all(finding.readable for finding in report.findings):
            desk = Desk(vault)
            if check_revision(desk.engine):
                report.old_tables = True
            else:
                look_inside(desk, report)
        return report


def verify_desk(desk: Desk, known: Collection[bytes] = ()) -> Report:
    """Look at everything of an open vault. Takes seconds to minutes, so the worker does it."""
    report = Report(_files(desk.vault))
    if all(finding.readable for finding in report.findings):
        look_inside(desk, report, known)
    return report


def look_inside(desk: Desk, report: Report, known: Collection[bytes] = ()) -> None:
    """Check the tables, the log, the seals and records against the log, of an open desk into *report*.

    *known* are heads the log had at some time.
    """
    file = desk.vault.database_path.name
    strange = _strange_tables(desk)
    if strange:
        report.findings.append(Finding(file, _TABLES, {"file": file, "name": ", ".join(strange)}))
    try:
        look_at_log(desk, report, known)
    except VaultDamaged as damage:
        report.findings.append(Finding(damage.file, _FILE, {"file": damage.file}, readable=False))
        return
    except SQLAlchemyError:
        # A table or column the log needs is gone; which one is named above.
        return
    try:
        for kind in _kinds():
            with desk.read(everybody=True) as db:
                _records(db, kind, report)
        with desk.read(everybody=True) as db:
            _extra_seals(desk, db, report)
        with desk.read(everybody=True) as db:
            _versions(desk, db, report)
        with desk.read(everybody=True) as db:
            _scans(desk, db, report)
    except VaultDamaged as damage:
        report.findings.append(Finding(damage.file, _FILE, {"file": damage.file}, readable=False))


def look_at_log(
    desk: Desk, report: Report, known: Collection[bytes] = (), progress: Callable[[int, int], None] | None = None
) -> None:
    """Walk the log of an open desk into *report*. Raises VaultDamaged and SQLAlchemyError where it cannot be read."""
    try:
        with desk.read(everybody=True) as db:
            vault = desk.vault
            walk = log_reading.verify_log(db, vault.verify, vault.chain_heads, known, vault.rotations, progress)
    except log_reading.LogBroken as broken:
        report.findings.append(Finding("log", broken.message, broken.values))
        return
    except SealBroken as broken:
        report.findings.append(Finding("log", broken.message))
        return
    report.log_rows, report.log_contents, report.log_removed = walk.rows, walk.contents, walk.removed
    report.log_sealed, report.log_signatures = walk.sealed, walk.signatures
    with desk.read(everybody=True) as db:
        left = db.execute(select(func.count()).select_from(Person).where(Person.removed.is_not(None))).scalar_one()
    if left > walk.people:
        report.findings.append(Finding("records", _MORE_LEFT))
    if walk.removed > walk.told:
        report.findings.append(Finding("log", _MORE_GONE, {"removed": walk.removed, "told": walk.told}))
    if walk.absent:
        report.findings.append(Finding("log", _CUT_OFF))


def _files(vault: OpenVault) -> list[Finding]:
    return [Finding(one.file, one.message, {"file": one.file}, one.readable, one.detail) for one in verify_vault(vault)]


def _kinds() -> list[type[Record]]:
    modules = {module.__name__ for module in features.MODULES}
    return [kind for kind in RECORDS.values() if kind.__module__ in modules]


def _strange_tables(desk: Desk) -> list[str]:
    """Return what another program put into the database or took out of it: tables, columns, triggers and views.

    A trigger works with the hands of whoever is signed in next, and a new column would hold text that is not sealed.
    """
    with desk.vault.connection() as connection:
        found = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'")
        strange = {str(name) for kind, name in found.fetchall() if kind not in ("table", "index")}
        columns: dict[str, set[str]] = {}
        for table, column in connection.execute(
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
        ).fetchall():
            columns.setdefault(str(table), set()).add(str(column))
    ours = {table.name: {column.name for column in table.columns} for table in Base.metadata.tables.values()}
    strange |= {name for name in columns.keys() ^ ours.keys() if name not in _OF_THE_VAULT and name[:7] != "sqlite_"}
    strange |= {name for name in columns.keys() & ours.keys() if columns[name] != ours[name]}
    return sorted(strange)


def _records(db: Session, kind: type[Record], report: Report) -> None:
    """Open seals of a sample of *kind*, and compare it with what the log says was saved last."""
    name = {"record": kind.__tablename__}
    try:
        records = _sample(db, kind)
        _seals(kind, records, report)
        if log_reading.is_invented_in_bulk(db):
            return
        told = log_reading.told_last(db, kind.__tablename__, [record.id for record in records])
    except log_reading.LogBroken:
        # The first row that does not fit is named already.
        return
    except (ValueError, TypeError, SQLAlchemyError):
        # A cell that is not even of its own type stops the reading of its whole table.
        report.findings.append(Finding("records", _OTHERWISE, name))
        return
    left = set(db.scalars(select(Person.id).where(Person.removed.is_not(None))))
    for record in records:
        if getattr(record, "person_id", record.id) in left:
            # The log knows nothing of what is left of removed records, or it would tell whose they were.
            continue
        if record.id not in told:
            report.findings.append(Finding("records", _UNKNOWN, name, detail=f"{record.id}"))
        elif not _as_told(record, told[record.id]):
            report.findings.append(Finding("records", _OTHERWISE, name, detail=f"{record.id}"))
    report.records += len(records)
    for record_id in log_reading.told_but_gone(db, kind):
        report.findings.append(Finding("records", _GONE, name, detail=f"{record_id}"))


def _as_told(record: Record, told: Mapping[str, log_reading.Change]) -> bool:
    """Tell whether *record* holds what the log says, as far as the reader's keys open both."""
    for one in type(record).declared:
        last = told.get(one.id)
        try:
            value = one.read(record)
        except (SealBroken, ValueError):
            # Named as a broken seal already.
            continue
        if value is CLOSED or (last is not None and last.state != "readable"):
            continue
        if one.encode(value) != (last.after if last is not None else None):
            return False
    archived = told.get(f"{record.__tablename__}.archived")
    if archived is not None and archived.state != "readable":
        return True
    return (record.archived_at is None) == (archived is None or archived.after is None)


def _seals(kind: type[Record], records: list[Record], report: Report) -> None:
    sealed = [value for value in vars(kind).values() if isinstance(value, Sealed)]
    for record in records:
        for descriptor in sealed:
            column = getattr(record, descriptor.column)
            if column is None:
                continue
            try:
                descriptor.open(record, column)
                report.seals += 1
            except NoKey:
                continue
            except (SealBroken, ValueError):
                report.findings.append(Finding("seals", _SEAL, {"record": kind.__tablename__}, detail=f"{record.id}"))


def _extra_seals(desk: Desk, db: Session, report: Report) -> None:
    """Open the newest seals of the shelter's own fields, which lie apart from their records."""
    compartments: dict[str, Compartment] = {}
    for row in db.scalars(select(OwnField)):
        if not is_as_made(row):
            report.findings.append(Finding("records", _OTHERWISE, {"record": "own_field"}, detail=row.id))
        elif row.compartment is not None:
            compartments[row.id] = Compartment(row.compartment)
    query = select(ExtraValue).where(ExtraValue.field_id.in_(compartments))
    for value in db.scalars(query.order_by(ExtraValue.record_id.desc()).limit(SEALS_OF_A_KIND)):
        try:
            desk.vault.ring.open(compartments[value.field_id], value.field_id, value.record_id, value.sealed or b"")
            report.seals += 1
        except NoKey:
            continue
        except SealBroken:
            record = value.field_id.partition(".")[0]
            report.findings.append(Finding("seals", _SEAL, {"record": record}, detail=f"{value.record_id}"))


def _versions(desk: Desk, db: Session, report: Report) -> None:
    """Open the newest seals of what notes said before they were corrected."""
    for text_id, is_whole in newest_seals(db, desk.vault.ring, SEALS_OF_A_KIND):
        if is_whole:
            report.seals += 1
        else:
            report.findings.append(Finding("seals", _SEAL, {"record": "note"}, detail=f"{text_id}"))


def _scans(desk: Desk, db: Session, report: Report) -> None:
    """Look whether scans and photos have all their parts, and open some of them whole."""
    for file_id, broken in broken_files(desk, db):
        if broken:
            report.findings.append(Finding("seals", _SCAN, detail=f"{file_id}"))
        else:
            report.scans += 1


def _sample(db: Session, kind: type[Record]) -> list[Record]:
    """Return records in several places of the table; ids grow with time, so the places are spread over it.

    The newest are among them: they are what a log whose end was cut off does not know.
    """
    first: UUID | None = db.execute(select(func.min(kind.id))).scalar()
    last: UUID | None = db.execute(select(func.max(kind.id))).scalar()
    if first is None or last is None:
        return []
    found: dict[UUID, Record] = {}
    span = last.int - first.int
    for place in range(_PLACES):
        begin = first if place == 0 else UUID(int=first.int + span * place // _PLACES + _chance(span // _PLACES))
        query = select(kind).options(*whole(kind)).where(kind.id >= begin).order_by(kind.id)
        query = query.limit(SEALS_OF_A_KIND // _PLACES)
        found |= {record.id: record for record in db.scalars(query)}
    newest = select(kind).options(*whole(kind)).order_by(kind.id.desc()).limit(SEALS_OF_A_KIND // _PLACES)
    found |= {record.id: record for record in db.scalars(newest)}
    return list(found.values())


def _chance(below: int) -> int:
    return int.from_bytes(os.urandom(16), "big") % below if below > 0 else 0
