"""Reading the log: rows with what their reader's keys open, and the check of the whole chain."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from shelterdesk.errors import NoKey, ShelterDeskError
from shelterdesk.i18n import N_
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.history import (
    BEFORE_SITTING_DOWN,
    CLOSES_CHAIN,
    DIGEST_BYTES,
    SALT_BYTES,
    SIGNED,
    SITTING_DOWN,
    LogChain,
    LogContent,
    LogHead,
    LogRow,
    row_mac,
    statement,
)
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.errors import SealBroken
from shelterdesk.vault.seal import KeyRing

SignedBy = Callable[[UUID, bytes, bytes], bool]
"""Tells whether a member signed a payload: member id, payload, signature."""
_BLOCK: Final = 500
_KEYS_BYTES: Final = 32
_COLUMNS: Final = tuple(column.key for column in LogRow.__table__.columns)
_REMOVING: Final = frozenset({Act.REMOVE_LOG_CONTENT.code, Act.REMOVE_RECORD.code})
_MISSING: Final = N_("Row {number} of the log is missing.")
_ALTERED: Final = N_("Row {number} of the log was altered.")
_ALTERED_CONTENT: Final = N_("What row {number} of the log says was altered.")
_NOT_SIGNED: Final = N_("Row {number} of the log was not signed by the person it names.")
_NOT_SIGNED_IN: Final = N_("Row {number} of the log names a person who was not signed in.")
_OLDER_KEYS: Final = N_(
    "Row {number} of the log was signed with newer people and keys than those of the vault: an older header was put "
    "back."
)


@dataclass(frozen=True)
class Change:
    """One field of one log row as the reader may see it."""

    field_id: str
    before: str | None
    after: str | None
    state: str = "readable"
    """``readable``, ``sealed`` (no key), ``removed`` or ``altered`` (it is not what was logged)."""


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


class Walk(NamedTuple):
    """What a walk through the whole log found."""

    rows: int
    contents: int
    """Contents that are what was logged."""
    removed: int
    """Contents that are gone."""
    told: int
    """Contents that the log says were removed on purpose."""
    sealed: int
    """Contents under keys the reader does not hold."""
    signatures: int
    """Signatures of people over all that lies before them."""
    absent: frozenset[bytes]
    """Heads the log should have had at some time and never had."""
    people: int = 0
    """People whose records were removed for good, as the log tells."""


class LogBroken(ShelterDeskError):
    """The chain does not hold; ``number`` is the first row that does not fit."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message, number=number)
        self.number = number


def logged(db: Session, *, person_id: UUID | None = None, limit: int = 200, before: int | None = None) -> list[Logged]:
    """Return rows of the log, newest first. Raises LogBroken where one is not what was logged."""
    query = select(LogRow).order_by(LogRow.number.desc()).limit(limit)
    if person_id is not None:
        query = query.where(LogRow.person_id == person_id)
    if before is not None:
        query = query.where(LogRow.number < before)
    found = with_contents(db, db.scalars(query).all())
    for row in found:
        if any(change.state == "altered" for change in row.changes):
            raise LogBroken(row.number, _ALTERED_CONTENT)
    return found


def with_contents(db: Session, rows: Sequence[LogRow]) -> list[Logged]:
    """Return *rows* with what their reader's keys open. What is not what was logged says so and stops nothing."""
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
        commitment = row.commitments[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES]
        yield Change(field_id, None, None, "removed") if content is None else _change(content, commitment, ring)


def _change(content: LogContent, commitment: bytes, ring: KeyRing) -> Change:
    try:
        salted = _salted(content, ring)
    except NoKey:
        return Change(content.field_id, None, None, "sealed")
    except (SealBroken, ValueError):
        return Change(content.field_id, None, None, "altered")
    if not hmac.compare_digest(hashlib.sha256(salted).digest(), commitment):
        return Change(content.field_id, None, None, "altered")
    before, after = json.loads(salted[SALT_BYTES:])
    return Change(content.field_id, before, after)


def _salted(content: LogContent, ring: KeyRing) -> bytes:
    if content.compartment is None:
        return content.plain or b""
    return ring.open(Compartment(content.compartment), f"log:{content.field_id}", content.id, content.sealed or b"")


def verify_log(
    db: Session,
    signed_by: SignedBy | None = None,
    chain_heads: Sequence[bytes] | None = None,
    known: Collection[bytes] = (),
    rotations: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Walk:
    """Walk the whole chain and tell what was found.

    Raises :class:`LogBroken` with the first row that does not fit. Content under keys the reader does not hold
    is left out, content that is gone counts as removed. *signed_by* checks the signatures of sign-in and lock rows,
    which nobody can forge who holds only the key of the database; *chain_heads* are those of the signed chain of
    people and keys, the oldest first, which must have grown along with the log. *known* are heads the log had at some
    time, such as those backups carry: a log whose end was cut off and sewn up has lost them. *rotations* is how often
    keys were replaced: each time a row closes the chain, and the next row begins one under a new key. *progress* is
    told the number of the row the walk has come to and that of the last; what it raises ends the walk.
    """
    keys = {chain.number: chain.key for chain in db.scalars(select(LogChain))}
    heads = db.execute(select(LogHead.number, LogHead.mac, LogHead.chain)).all()
    ring: KeyRing = db.info["ring"]
    witness = _Witness(signed_by, chain_heads)
    previous, expected, chain = bytes(DIGEST_BYTES), 1, 1
    count, absent = _Count(), set(known)
    try:
        for block in _blocks(db):
            contents = _contents(db, block[0].number, block[-1].number)
            for row in block:
                if row.number != expected or row.chain not in keys:
                    raise LogBroken(expected, _MISSING)
                if row.chain != chain:
                    raise LogBroken(expected, _ALTERED)
                if not hmac.compare_digest(row_mac(keys[row.chain], previous, _columns(row)), row.mac):
                    raise LogBroken(row.number, _ALTERED)
                witness.look_at(row)
                found = contents.get(row.number, ())
                _no_strangers(row, found)
                count.add(row, tuple(_changes(row, found, ring)))
                absent.discard(row.mac)
                previous, expected = row.mac, expected + 1
                chain += row.act == CLOSES_CHAIN
            if progress is not None and heads:
                progress(expected - 1, heads[0].number)
    except (ValueError, TypeError, AttributeError) as error:
        # A cell that is not even of its own type, so nobody can say more.
        raise LogBroken(expected, _ALTERED) from error
    if not hmac.compare_digest(b"".join(head.mac for head in heads), previous) or expected == 1:
        raise LogBroken(expected, _MISSING)
    if heads[0].number != expected - 1 or _contents(db, expected, None):
        raise LogBroken(expected, _MISSING)
    if heads[0].chain != chain or keys.keys() != set(range(1, chain + 1)) or rotations not in (None, chain - 1):
        raise LogBroken(expected, _MISSING)
    states = count.states
    return Walk(
        expected - 1,
        states["readable"],
        states["removed"],
        count.told,
        states["sealed"],
        witness.signatures,
        frozenset(absent),
        count.people,
    )


def told_last(db: Session, record: str, ids: Sequence[UUID]) -> dict[UUID, dict[str, Change]]:
    """Return what the log last says of each field of some records of one kind."""
    rows = db.scalars(
        select(LogRow).where(LogRow.record_id.in_(ids), LogRow.record == record).order_by(LogRow.number)
    ).all()
    contents: dict[int, list[LogContent]] = {}
    for content in db.scalars(select(LogContent).where(LogContent.number.in_([row.number for row in rows]))):
        contents.setdefault(content.number, []).append(content)
    told: dict[UUID, dict[str, Change]] = {}
    for row in rows:
        if row.record_id is not None:
            fields = told.setdefault(row.record_id, {})
            fields.update(
                {change.field_id: change for change in _changes(row, contents.get(row.number, ()), db.info["ring"])}
            )
    return told


def is_invented_in_bulk(db: Session) -> bool:
    """Tell whether the vault was filled with thousands of invented people, for whom there is one row in all.

    Only what happened before anybody could sign in a second time counts: nobody hides behind it later.
    """
    begun = db.scalars(select(LogRow.number).where(LogRow.act.in_(SIGNED)).order_by(LogRow.number).limit(2)).all()
    invented = select(LogRow.number).where(LogRow.act == Act.INVENT.code)
    first = db.scalars(invented.where(LogRow.record == "").limit(1)).first()
    singly = db.scalars(invented.where(LogRow.record != "").limit(1)).first()
    return first is not None and singly is None and (len(begun) < 2 or first < begun[1])


def told_but_gone(db: Session, kind: type[Record], limit: int = 20) -> Sequence[UUID]:
    """Return records of *kind* that stand in the log and nowhere else. Records are archived, never deleted.

    Those that were removed for good with the record of a person are not among them: nothing of what the log said of
    them is left, and how much that was is told by the log itself.
    """
    query = select(LogRow.record_id).where(
        LogRow.record == kind.__tablename__, LogRow.record_id.not_in(select(kind.id))
    )
    removal = select(LogRow.number).where(LogRow.act == Act.REMOVE_RECORD.code).limit(1)
    if db.scalars(removal).first() is not None:
        said = select(LogRow.record_id).join(LogContent, LogContent.number == LogRow.number)
        said = said.where(LogRow.record == kind.__tablename__, LogContent.field_id.startswith(f"{kind.__tablename__}."))
        query = query.where(LogRow.record_id.in_(said))
    return [one for one in db.scalars(query.distinct().limit(limit)) if one is not None]


class _Count:
    """What became of the contents of the rows walked so far."""

    def __init__(self) -> None:
        self.states: Counter[str] = Counter()
        self.told = self.people = 0

    def add(self, row: LogRow, changes: Sequence[Change]) -> None:
        """Take the contents of the next row. Raises LogBroken."""
        for change in changes:
            if change.state == "altered":
                raise LogBroken(row.number, _ALTERED_CONTENT)
            self.states[change.state] += 1
            if row.act in _REMOVING and change.field_id == "log.count":
                self.told += int(change.after or 0)
            if row.act == Act.REMOVE_RECORD.code and change.field_id == "log.people":
                self.people += int(change.after or 0)


class _Witness:
    """Whether the people whom rows name did it, as far as their signatures tell."""

    def __init__(self, signed_by: SignedBy | None, chain_heads: Sequence[bytes] | None) -> None:
        self._signed_by = signed_by
        self._ages = None if chain_heads is None else {head: age for age, head in enumerate(chain_heads)}
        self._age = 0
        self._signed_in: UUID | None = None
        self.signatures = 0

    def look_at(self, row: LogRow) -> None:
        """Take the next row. Raises LogBroken."""
        if self._signed_by is None:
            return
        if row.number == 1 and row.act != Act.CREATE_VAULT.code:
            raise LogBroken(1, _MISSING)
        if row.act in SIGNED:
            self._check_signature(row, self._signed_by)
            if row.act == CLOSES_CHAIN and row.member_id != self._signed_in:
                raise LogBroken(row.number, _NOT_SIGNED_IN)
            if row.act != CLOSES_CHAIN:
                self._signed_in = row.member_id if row.act in SITTING_DOWN else None
        elif row.act not in BEFORE_SITTING_DOWN and row.member_id != self._signed_in:
            raise LogBroken(row.number, _NOT_SIGNED_IN)

    def _check_signature(self, row: LogRow, signed_by: SignedBy) -> None:
        kept = row.signature or b""
        keys, signature = kept[:_KEYS_BYTES], kept[_KEYS_BYTES:]
        if row.member_id is None or not signed_by(row.member_id, statement(row.mac, keys), signature):
            raise LogBroken(row.number, _NOT_SIGNED)
        self.signatures += 1
        if self._ages is not None:
            age = self._ages.get(keys, -1)
            if age < self._age:
                raise LogBroken(row.number, _OLDER_KEYS)
            self._age = age


def _contents(db: Session, first: int, last: int | None) -> dict[int, list[LogContent]]:
    """Return the contents of the rows from *first* to *last*, None for all after *first*."""
    query = select(LogContent.__table__).where(LogContent.number >= first)
    found: dict[int, list[LogContent]] = {}
    for bare in db.execute(query if last is None else query.where(LogContent.number <= last)):
        content = cast("LogContent", bare)
        found.setdefault(content.number, []).append(content)
    return found


def _no_strangers(row: LogRow, contents: Sequence[LogContent]) -> None:
    """Raise LogBroken for content the row knows nothing of, or has twice."""
    named = row.field_ids.split()
    if len(row.commitments) != DIGEST_BYTES * len(named):
        raise LogBroken(row.number, _ALTERED)
    if len(contents) > len(named) or {one.field_id for one in contents} - set(named):
        raise LogBroken(row.number, _ALTERED_CONTENT)
    if len({one.field_id for one in contents}) < len(contents):
        raise LogBroken(row.number, _ALTERED_CONTENT)


def _blocks(db: Session) -> Iterator[Sequence[LogRow]]:
    """Give the rows in the order they are stored; a log of years is never in memory at once.

    The rows are bare: making objects of them all would take half the time. So nobody's are left out either, and the
    chain holds for the whole house, whoever's records are closed to the reader.
    """
    query, last = select(LogRow.__table__).order_by(LogRow.number).limit(_BLOCK), None
    while block := db.execute(query if last is None else query.where(LogRow.number > last)).all():
        rows = cast("Sequence[LogRow]", block)
        yield rows
        last = rows[-1].number


def _columns(bare: object) -> Mapping[str, Any]:
    return dict(zip(_COLUMNS, cast("Row[Any]", bare), strict=True))


def log_head(db: Session) -> bytes:
    """Return the head of the chain, which a backup carries in its manifest."""
    return db.execute(select(LogHead.mac)).scalar_one()
