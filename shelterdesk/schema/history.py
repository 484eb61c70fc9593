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
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import BigInteger, Integer, LargeBinary, String, Table, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk.schema.acts import FACTS_BY_ID, Act
from shelterdesk.schema.base import Base
from shelterdesk.schema.collecting import Collected, Entry
from shelterdesk.schema.columns import SEALED
from shelterdesk.schema.types import Id, Moment, new_id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.encoding import pack
from shelterdesk.vault.resealing import SealedIn
from shelterdesk.vault.seal import KeyRing

SALT_BYTES: Final = 32
DIGEST_BYTES: Final = 32
SITTING_DOWN: Final = frozenset({Act.CREATE_VAULT.code, Act.SIGN_IN.code, Act.SIGN_IN_RECOVERY.code})
"""Acts that begin what somebody does; until the next of them, or the lock, all rows are theirs."""
CLOSES_CHAIN: Final = Act.ROTATE.code
"""The act whose row is the last under its key of the chain."""
SIGNED: Final = SITTING_DOWN | {Act.LOCK.code, CLOSES_CHAIN}
"""Acts whose rows carry the person's own signature over the head of the chain."""
BEFORE_SITTING_DOWN: Final = frozenset({Act.SIGN_IN_FAILED.code, Act.MIGRATE.code})
"""Acts the program writes for whoever is about to sign in."""
_AT_ONCE: Final = 4000
"""So many contents are collected before they are written."""


class LogRow(Base):
    """One act on one record (or on none)."""

    __tablename__ = "log"

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    member_id: Mapped[UUID | None] = mapped_column(Id, index=True)
    act: Mapped[str] = mapped_column(String(40), index=True)
    record: Mapped[str] = mapped_column(String(40), default="", index=True)
    record_id: Mapped[UUID | None] = mapped_column(Id, index=True)
    person_id: Mapped[UUID | None] = mapped_column(Id, index=True)
    """The person the record belongs to, so that her own part of the log can be shown and printed."""
    field_ids: Mapped[str] = mapped_column(String, default="")
    commitments: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    """32 bytes for each field, in the order of ``field_ids``."""
    chain: Mapped[int] = mapped_column(Integer)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    """On sign-in and lock rows: the head of the signed chain of people and keys, and the person's Ed25519 signature
    over it and ``mac``. So neither the rows up to here nor the header of this moment can be exchanged unnoticed."""


class LogContent(Base):
    """What one field was and became: salt ‖ content, in ``sealed`` or, without a compartment, in ``plain``."""

    __tablename__ = "log_content"

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), index=True)
    field_id: Mapped[str] = mapped_column(String(80))
    compartment: Mapped[str | None] = mapped_column(String(12))
    sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, info={SEALED: SealedIn(field="log:", field_in="field_id", compartment_in="compartment")}
    )
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


def begin_chain(db: Session) -> None:
    """Start the log of a new vault."""
    db.execute(insert(LogChain).values(number=1, key=os.urandom(32)))
    db.execute(insert(LogHead).values(id=1, number=0, chain=1, mac=bytes(DIGEST_BYTES)))


def close_chain(db: Session, facts: Mapping[str, object]) -> None:
    """End the chain with a row that says which keys were replaced, and go on under a new key. The old one is kept."""
    append(db, Act.ROTATE, Collected(), facts=facts, about=None)
    number = db.execute(select(LogHead.chain)).scalar_one() + 1
    db.execute(insert(LogChain).values(number=number, key=os.urandom(DIGEST_BYTES)))
    db.execute(update(LogHead).where(LogHead.id == 1).values(chain=number))


def append(db: Session, act: Act, collected: Collected, *, facts: Mapping[str, object], about: UUID | None) -> bytes:
    """Write the rows of one write and return the new head of the chain.

    *facts* (fact id → value) belong to the event itself; *about* is the person it concerns.
    """
    entries = [entry for entry in collected.entries.values() if entry.changes or entry.new]
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
        if act.code in SIGNED:
            keys: bytes = db.info["chain_head"]
            row["signature"] = keys + db.info["sign"](statement(mac, keys))
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
            # Whoever lacks the key still has to say for whom; every shift holds the house key, and takes letters.
            compartment = Compartment.HOUSE if ring.takes(Compartment.HOUSE) else None
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
        row["sealed"] = ring.post(compartment, f"log:{field_id}", content_id, salted)
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


def statement(mac: bytes, keys: bytes) -> bytes:
    """Return what is signed on sign-in and lock rows: the head of the log, and that of the chain of people and keys."""
    return pack(b"log head", mac, keys)


def _id_bytes(value: UUID | None) -> bytes:
    return value.bytes if value else b""
