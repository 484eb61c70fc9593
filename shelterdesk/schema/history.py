"""The log: who did what to which record, chained so that a missing or altered row is noticed.

Rows hold no content. What changed lies in ``log_content``, one row per field, sealed in the field's compartment;
a row keeps SHA-256(32-byte salt ‖ content) of each, so that content may be removed later without breaking the
chain, but not altered. The MAC covers the rows only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import BigInteger, Integer, LargeBinary, String, Table, event, insert, inspect, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from shelterdesk.errors import NoKey, ShelterDeskError
from shelterdesk.fields import Field
from shelterdesk.i18n import N_
from shelterdesk.schema.acts import FACTS_BY_ID, Act
from shelterdesk.schema.base import Base, ExtraValue, Record, seal_pending
from shelterdesk.schema.columns import Choices, Sealed
from shelterdesk.schema.types import Id, Moment, new_id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.seal import KeyRing

SALT_BYTES: Final = 32
DIGEST_BYTES: Final = 32
_AT_ONCE: Final = 4000
"""So many contents are collected before they are written."""


class LogRow(Base):
    """One act on one record (or on none)."""

    __tablename__ = "log"

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    member_id: Mapped[UUID | None] = mapped_column(Id, index=True)
    act: Mapped[str] = mapped_column(String(40))
    record: Mapped[str] = mapped_column(String(40), default="")
    record_id: Mapped[UUID | None] = mapped_column(Id, index=True)
    person_id: Mapped[UUID | None] = mapped_column(Id, index=True)
    """The person the record belongs to, so that her own part of the log can be shown and printed."""
    field_ids: Mapped[str] = mapped_column(String, default="")
    commitments: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    """32 bytes for each field, in the order of ``field_ids``."""
    chain: Mapped[int] = mapped_column(Integer)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The person's Ed25519 signature over ``mac``, on sign-in and lock rows."""


class LogContent(Base):
    """What one field was and became: salt ‖ content, in ``sealed`` or, without a compartment, in ``plain``."""

    __tablename__ = "log_content"

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), index=True)
    field_id: Mapped[str] = mapped_column(String(80))
    compartment: Mapped[str | None] = mapped_column(String(12))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain: Mapped[bytes | None] = mapped_column(LargeBinary)


class LogChain(Base):
    """A key of the chain. Rotation ends a chain with a closing row and begins the next with a new key."""

    __tablename__ = "log_chain"

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32))


class LogHead(Base):
    """Where the chain stands; one row, locked while a write appends to the log."""

    __tablename__ = "log_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    chain: Mapped[int] = mapped_column(Integer)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))


@dataclass
class Entry:
    """What a write did to one record, collected until the write ends."""

    record: str
    record_id: UUID | None
    person_id: UUID | None
    changes: dict[str, tuple[Compartment | None, str | None, str | None]] = field(default_factory=dict)
    """Field id → compartment, spelling before, spelling after."""

    def add(self, field_id: str, compartment: Compartment | None, before: str | None, after: str | None) -> None:
        """Note a change; several changes of one field in one write become one."""
        known = self.changes.get(field_id)
        first = known[1] if known else before
        if first == after:
            self.changes.pop(field_id, None)
        else:
            self.changes[field_id] = (compartment, first, after)


@dataclass
class Collected:
    """Everything one write did."""

    entries: dict[UUID, Entry] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)


def begin_chain(db: Session) -> None:
    """Start the log of a new vault."""
    db.execute(insert(LogChain).values(number=1, key=os.urandom(32)))
    db.execute(insert(LogHead).values(id=1, number=0, chain=1, mac=bytes(DIGEST_BYTES)))


# --- collecting what a write changes ----------------------------------------------------------------------------


@event.listens_for(Session, "before_flush")
def _collect(session: Session, _context: object, _instances: object) -> None:
    collected: Collected | None = session.info.get("collected")
    if collected is None:
        return
    moment, member_id = session.info["moment"], session.info["member_id"]
    for record in session.new:
        if isinstance(record, Record):
            if inspect(record).attrs.created_at.history.empty():
                record.created_at = moment
                record.created_by = member_id
            seal_pending(record)
            collected.kinds.add(record.__tablename__)
            _note(collected, record, new=True)
    for record in session.dirty:
        if isinstance(record, Record) and session.is_modified(record):
            collected.kinds.add(record.__tablename__)
            _note(collected, record, new=False)
        elif isinstance(record, ExtraValue):
            owner = next((one for one in session if isinstance(one, Record) and one.id == record.record_id), None)
            if owner is not None and session.is_modified(record):
                collected.kinds.add(owner.__tablename__)
                _note_extras(_entry_of(collected, owner), owner)


def _entry_of(collected: Collected, record: Record) -> Entry:
    entry = collected.entries.get(record.id)
    if entry is None:
        person_id = record.id if record.__tablename__ == "person" else getattr(record, "person_id", None)
        entry = Entry(record.__tablename__, record.id, person_id)
        collected.entries[record.id] = entry
    return entry


def _note(collected: Collected, record: Record, *, new: bool) -> None:
    entry = _entry_of(collected, record)
    state = inspect(record)
    for one in type(record).declared:
        descriptor = type(record).__dict__.get(one.attribute)
        if isinstance(descriptor, Sealed):
            _note_sealed(entry, record, descriptor, new=new)
        elif isinstance(descriptor, Choices):
            if "chosen" in record.__dict__:
                _note_choices(entry, record, one)
        else:
            history = state.attrs[one.attribute].history
            if history.has_changes():
                before = history.deleted[0] if history.deleted else None
                after = history.added[0] if history.added else None
                entry.add(one.id, one.compartment, one.encode(before), one.encode(after))
    for attribute, field_id in (("archived_at", "archived"), ("merged_into_id", "merged")):
        if attribute in state.attrs and state.attrs[attribute].history.has_changes():
            history = state.attrs[attribute].history
            before = str(history.deleted[0]) if history.deleted and history.deleted[0] else None
            after = str(history.added[0]) if history.added and history.added[0] else None
            entry.add(f"{record.__tablename__}.{field_id}", None, before, after)
    if "extras" in record.__dict__ and state.attrs["extras"].history.has_changes():
        _note_extras(entry, record)


def _note_sealed(entry: Entry, record: Record, descriptor: Sealed, *, new: bool) -> None:
    history = inspect(record).attrs[descriptor.column].history
    if not history.has_changes():
        return
    spell = descriptor.field.encode
    before = None
    if not new and history.deleted and history.deleted[0] is not None:
        before = spell(descriptor.open(record, history.deleted[0]))
    after = spell(descriptor.open(record, history.added[0])) if history.added else None
    entry.add(descriptor.field.id, descriptor.field.compartment, before, after)


def _note_choices(entry: Entry, record: Record, one: Field) -> None:
    history = inspect(record).attrs["chosen"].history
    added = {row.code for row in history.added if row.field_id == one.id}
    removed = {row.code for row in history.deleted if row.field_id == one.id}
    kept = {row.code for row in history.unchanged if row.field_id == one.id}
    if added or removed:
        before = one.encode(kept | removed) if kept | removed else None
        after = one.encode(kept | added) if kept | added else None
        entry.add(one.id, one.compartment, before, after)


def _note_extras(entry: Entry, record: Record) -> None:
    history = inspect(record).attrs["extras"].history
    for row in history.deleted:
        _note_extra(entry, record, row, removed=True)
    for row in (*history.added, *history.unchanged):
        _note_extra(entry, record, row, removed=False)


def _note_extra(entry: Entry, record: Record, row: ExtraValue, *, removed: bool) -> None:
    state = inspect(row)
    sealed, plain = state.attrs["sealed"].history, state.attrs["value"].history
    if not (removed or sealed.has_changes() or plain.has_changes()):
        return
    session = object_session(record)
    assert session is not None
    own: Mapping[str, Field] = session.info.get("own_fields", {})
    declared = own.get(row.field_id)
    compartment = declared.compartment if declared else None
    if compartment is None:
        before = row.value if removed else (plain.deleted[0] if plain.deleted else None)
        entry.add(row.field_id, None, before, None if removed else row.value)
        return
    ring: KeyRing = session.info["ring"]

    def opened(value: bytes | None) -> str | None:
        return ring.open(compartment, row.field_id, record.id, value).decode() if value is not None else None

    before = row.sealed if removed else (sealed.deleted[0] if sealed.deleted else None)
    entry.add(row.field_id, compartment, opened(before), None if removed else opened(row.sealed))


# --- writing the rows -------------------------------------------------------------------------------------------


def append(db: Session, act: Act, collected: Collected, *, facts: Mapping[str, object], about: UUID | None) -> bytes:
    """Write the rows of one write and return the new head of the chain.

    *facts* (fact id → value) belong to the event itself; *about* is the person it concerns.
    """
    entries = [entry for entry in collected.entries.values() if entry.changes]
    if facts or (act.is_event and not entries):
        entries.insert(0, _event_entry(facts, about, db.info["ring"]))
    head = db.execute(select(LogHead.number, LogHead.chain, LogHead.mac).with_for_update()).one()
    if not entries:
        return head.mac
    key = db.execute(select(LogChain.key).where(LogChain.number == head.chain)).scalar_one()
    ring: KeyRing = db.info["ring"]
    rows: list[dict[str, Any]] = []
    contents: list[dict[str, Any]] = []
    number, mac = head.number, head.mac
    for entry in entries:
        number += 1
        commitments = [_keep(contents, ring, number, field_id, change) for field_id, change in entry.changes.items()]
        row: dict[str, Any] = {
            "number": number,
            "at": db.info["moment"],
            "member_id": db.info["member_id"],
            "act": act.code,
            "record": entry.record,
            "record_id": entry.record_id,
            "person_id": entry.person_id,
            "field_ids": " ".join(entry.changes),
            "commitments": b"".join(commitments),
            "chain": head.chain,
            "signature": None,
        }
        mac = row_mac(key, mac, row)
        row["mac"] = mac
        if act in (Act.SIGN_IN, Act.LOCK) and "sign" in db.info:
            row["signature"] = db.info["sign"](mac)
        rows.append(row)
        if len(contents) >= _AT_ONCE:
            _write_rows(db, rows, contents)
            rows, contents = [], []
    _write_rows(db, rows, contents)
    db.execute(update(LogHead).where(LogHead.id == 1).values(number=number, mac=mac))
    return mac


def _write_rows(db: Session, rows: Sequence[Mapping[str, Any]], contents: Sequence[Mapping[str, Any]]) -> None:
    """Insert into the tables themselves: mapped inserts cost twice the time, and an import writes very many."""
    for kind, values in ((LogRow, rows), (LogContent, contents)):
        if values:
            db.execute(insert(cast("Table", kind.__table__)), values)


def _event_entry(facts: Mapping[str, object], about: UUID | None, ring: KeyRing) -> Entry:
    entry = Entry("person" if about else "", about, about)
    for fact_id, value in facts.items():
        if value is None or value == "":
            continue
        compartment = FACTS_BY_ID[fact_id].compartment
        if compartment is not None and not ring.holds(compartment):
            # Whoever lacks the key still has to say for whom; every shift holds the house key.
            compartment = Compartment.HOUSE if ring.holds(Compartment.HOUSE) else None
        entry.add(fact_id, compartment, None, str(value))
    return entry


def _keep(
    contents: list[dict[str, Any]],
    ring: KeyRing,
    number: int,
    field_id: str,
    change: tuple[Compartment | None, str | None, str | None],
) -> bytes:
    compartment, before, after = change
    salted = os.urandom(SALT_BYTES) + json.dumps([before, after], ensure_ascii=False).encode()
    content_id = new_id()
    row: dict[str, Any] = {
        "id": content_id,
        "number": number,
        "field_id": field_id,
        "compartment": compartment.value if compartment else None,
        "sealed": None,
        "plain": None,
    }
    if compartment is None:
        row["plain"] = salted
    else:
        row["sealed"] = ring.seal(compartment, f"log:{field_id}", content_id, salted)
    contents.append(row)
    return hashlib.sha256(salted).digest()


def row_mac(key: bytes, previous: bytes, row: Mapping[str, Any]) -> bytes:
    """Return HMAC-SHA256 over the previous MAC and every column of *row*, each with its length before it."""
    at: datetime = row["at"]
    parts: list[bytes] = [
        previous,
        str(row["number"]).encode(),
        at.isoformat(timespec="microseconds").encode(),
        _id_bytes(row["member_id"]),
        str(row["act"]).encode(),
        str(row["record"]).encode(),
        _id_bytes(row["record_id"]),
        _id_bytes(row["person_id"]),
        str(row["field_ids"]).encode(),
        bytes(row["commitments"]),
        str(row["chain"]).encode(),
    ]
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        mac.update(len(part).to_bytes(4, "big"))
        mac.update(part)
    return mac.digest()


def _id_bytes(value: UUID | None) -> bytes:
    return value.bytes if value else b""


# --- reading ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """One field of one log row as the reader may see it."""

    field_id: str
    before: str | None
    after: str | None
    state: str = "readable"
    """``readable``, ``sealed`` (no key) or ``removed``."""


@dataclass(frozen=True)
class Logged:
    """One row of the log with its content."""

    number: int
    at: datetime
    member_id: UUID | None
    act: str
    record: str
    record_id: UUID | None
    person_id: UUID | None
    changes: tuple[Change, ...]


class LogBroken(ShelterDeskError):
    """The chain does not hold; ``number`` is the first row that does not fit."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message, number=number)
        self.number = number


def logged(db: Session, *, person_id: UUID | None = None, limit: int = 200, before: int | None = None) -> list[Logged]:
    """Return rows of the log, newest first."""
    query = select(LogRow).order_by(LogRow.number.desc()).limit(limit)
    if person_id is not None:
        query = query.where(LogRow.person_id == person_id)
    if before is not None:
        query = query.where(LogRow.number < before)
    rows = db.scalars(query).all()
    contents: dict[int, list[LogContent]] = {}
    for content in db.scalars(select(LogContent).where(LogContent.number.in_([row.number for row in rows]))):
        contents.setdefault(content.number, []).append(content)
    ring: KeyRing = db.info["ring"]
    return [
        Logged(
            row.number,
            row.at,
            row.member_id,
            row.act,
            row.record,
            row.record_id,
            row.person_id,
            tuple(_changes(row, contents.get(row.number, ()), ring)),
        )
        for row in rows
    ]


def _changes(row: LogRow, contents: Sequence[LogContent], ring: KeyRing) -> Iterator[Change]:
    kept = {content.field_id: content for content in contents}
    for place, field_id in enumerate(row.field_ids.split()):
        content = kept.get(field_id)
        if content is None:
            yield Change(field_id, None, None, "removed")
            continue
        try:
            salted = _salted(content, ring)
        except NoKey:
            yield Change(field_id, None, None, "sealed")
            continue
        expected = row.commitments[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES]
        if not hmac.compare_digest(hashlib.sha256(salted).digest(), expected):
            raise LogBroken(row.number, N_("What row {number} of the log says was altered."))
        before, after = json.loads(salted[SALT_BYTES:])
        yield Change(field_id, before, after)


def _salted(content: LogContent, ring: KeyRing) -> bytes:
    if content.compartment is None:
        return content.plain or b""
    return ring.open(Compartment(content.compartment), f"log:{content.field_id}", content.id, content.sealed or b"")


def verify_log(db: Session) -> tuple[int, int]:
    """Walk the whole chain; return how many rows and how many contents were checked.

    Raises :class:`LogBroken` with the first row that does not fit. Content under keys the reader does not hold
    is left out, content that is gone counts as removed.
    """
    keys = {chain.number: chain.key for chain in db.scalars(select(LogChain))}
    head = db.execute(select(LogHead.number, LogHead.mac)).one()
    ring: KeyRing = db.info["ring"]
    previous, expected, checked = bytes(DIGEST_BYTES), 1, 0
    for block in db.execute(select(LogRow).order_by(LogRow.number)).scalars().partitions(500):
        contents: dict[int, list[LogContent]] = {}
        span = (block[0].number, block[-1].number)
        for content in db.scalars(select(LogContent).where(LogContent.number.between(*span))):
            contents.setdefault(content.number, []).append(content)
        for row in block:
            if row.number != expected or row.chain not in keys:
                raise LogBroken(expected, N_("Row {number} of the log is missing."))
            values = {column.key: getattr(row, column.key) for column in LogRow.__table__.columns}
            if not hmac.compare_digest(row_mac(keys[row.chain], previous, values), row.mac):
                raise LogBroken(row.number, N_("Row {number} of the log was altered."))
            checked += sum(1 for change in _changes(row, contents.get(row.number, ()), ring) if change.after)
            previous, expected = row.mac, expected + 1
        db.expunge_all()
    if head.number != expected - 1 or not hmac.compare_digest(head.mac, previous):
        raise LogBroken(expected, N_("Row {number} of the log is missing."))
    return expected - 1, checked


def log_head(db: Session) -> bytes:
    """Return the head of the chain, which a backup carries in its manifest."""
    return db.execute(select(LogHead.mac)).scalar_one()
