"""Reading the log: rows with what their reader's keys open, and the check of the whole chain."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.errors import NoKey, ShelterDeskError
from shelterdesk.i18n import N_
from shelterdesk.schema.history import (
    DIGEST_BYTES,
    SALT_BYTES,
    SIGNED,
    LogChain,
    LogContent,
    LogHead,
    LogRow,
    row_mac,
)
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.errors import SealBroken
from shelterdesk.vault.seal import KeyRing

SignedBy = Callable[[UUID, bytes, bytes], bool]
"""Tells whether a member signed a payload: member id, payload, signature."""
_BLOCK: Final = 500
_ALTERED_CONTENT: Final = N_("What row {number} of the log says was altered.")


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
        except (SealBroken, ValueError):
            raise LogBroken(row.number, _ALTERED_CONTENT) from None
        expected = row.commitments[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES]
        if not hmac.compare_digest(hashlib.sha256(salted).digest(), expected):
            raise LogBroken(row.number, _ALTERED_CONTENT)
        before, after = json.loads(salted[SALT_BYTES:])
        yield Change(field_id, before, after)


def _salted(content: LogContent, ring: KeyRing) -> bytes:
    if content.compartment is None:
        return content.plain or b""
    return ring.open(Compartment(content.compartment), f"log:{content.field_id}", content.id, content.sealed or b"")


def verify_log(db: Session, signed_by: SignedBy | None = None) -> tuple[int, int]:
    """Walk the whole chain; return how many rows and how many contents were checked.

    Raises :class:`LogBroken` with the first row that does not fit. Content under keys the reader does not hold
    is left out, content that is gone counts as removed. *signed_by* checks the signatures of sign-in and lock rows,
    which nobody can forge who holds only the key of the database.
    """
    keys = {chain.number: chain.key for chain in db.scalars(select(LogChain))}
    head = db.execute(select(LogHead.number, LogHead.mac)).one()
    ring: KeyRing = db.info["ring"]
    previous, expected, checked = bytes(DIGEST_BYTES), 1, 0
    for block in _blocks(db):
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
            if signed_by is not None and row.act in SIGNED and not _is_signed(row, signed_by):
                raise LogBroken(row.number, N_("Row {number} of the log was not signed by the person it names."))
            changes = _changes(row, contents.get(row.number, ()), ring)
            checked += sum(1 for change in changes if change.state == "readable")
            previous, expected = row.mac, expected + 1
    if head.number != expected - 1 or not hmac.compare_digest(head.mac, previous):
        raise LogBroken(expected, N_("Row {number} of the log is missing."))
    return expected - 1, checked


def _blocks(db: Session) -> Iterator[Sequence[LogRow]]:
    """Give the rows in the order they are stored; a log of years is never in memory at once."""
    query, last = select(LogRow).order_by(LogRow.number).limit(_BLOCK), None
    while block := db.scalars(query if last is None else query.where(LogRow.number > last)).all():
        yield block
        last = block[-1].number
        db.expunge_all()


def _is_signed(row: LogRow, signed_by: SignedBy) -> bool:
    return row.member_id is not None and row.signature is not None and signed_by(row.member_id, row.mac, row.signature)


def log_head(db: Session) -> bytes:
    """Return the head of the chain, which a backup carries in its manifest."""
    return db.execute(select(LogHead.mac)).scalar_one()
