"""Collects what a write changes, field by field, as its rows go to the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import flag_modified

from shelterdesk.fields import Field
from shelterdesk.schema.base import ExtraValue, Record, seal_pending
from shelterdesk.schema.columns import Choices, Sealed
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.seal import KeyRing

UNANSWERED = "{}.unanswered"
"""The log's id for why fields of a kind of record have no value."""


@dataclass
class Entry:
    """What a write did to one record, collected until the write ends."""

    record: str
    record_id: UUID | None
    person_id: UUID | None
    changes: dict[str, tuple[Compartment | None, str | None, str | None]] = field(default_factory=dict)
    """Field id → compartment, spelling before, spelling after."""
    new: bool = False
    """True for a record that was made; it has its row even when nothing about it was answered yet."""

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


def will_have_changed(db: Session, kind: str) -> None:
    """Have a running write tell its listeners of *kind*: settings are no records, which tell by themselves."""
    collected: Collected = db.info["collected"]
    collected.kinds.add(kind)


@event.listens_for(Session, "before_flush")
def _collect(session: Session, _context: object, _instances: object) -> None:
    collected: Collected | None = session.info.get("collected")
    if collected is None:
        # Neither a reading session nor one for drafts may change records: nothing would stand in the log.
        if any(isinstance(one, Record) and session.is_modified(one) for one in (*session.new, *session.dirty)):
            raise RuntimeError("records change in desk.write() only")
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
            if _has_other_rows(record):
                _raise_version(record)
        elif isinstance(record, ExtraValue):
            owner = next((one for one in session if isinstance(one, Record) and one.id == record.record_id), None)
            if owner is not None and session.is_modified(record):
                collected.kinds.add(owner.__tablename__)
                _note_extras(_entry_of(collected, owner), owner)
                _raise_version(owner)


def _has_other_rows(record: Record) -> bool:
    state = inspect(record)
    return any(name in record.__dict__ and state.attrs[name].history.has_changes() for name in ("chosen", "extras"))


def _raise_version(record: Record) -> None:
    """Have the row itself written where only its choices or own fields change, so that its version tells."""
    # Where a reason changes the row is written anyway, and flagging it would hide from the log what it was.
    if not inspect(record).attrs["unanswered"].history.has_changes():
        flag_modified(record, "unanswered")


def _entry_of(collected: Collected, record: Record) -> Entry:
    entry = collected.entries.get(record.id)
    if entry is None:
        person_id = record.id if record.__tablename__ == "person" else getattr(record, "person_id", None)
        entry = Entry(record.__tablename__, record.id, person_id)
        collected.entries[record.id] = entry
    return entry


def _note(collected: Collected, record: Record, *, new: bool) -> None:
    entry = _entry_of(collected, record)
    entry.new = entry.new or new
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
    _note_reasons(entry, record)
    if "extras" in record.__dict__ and state.attrs["extras"].history.has_changes():
        _note_extras(entry, record)


def _note_reasons(entry: Entry, record: Record) -> None:
    """Note why fields have no value, all of a record in one line: «person.phone=prefers_not;person.birth=not_known»."""
    history = inspect(record).attrs["unanswered"].history
    before = history.deleted[0] if history.deleted else None
    if history.has_changes() and (before is not None or entry.new):
        line = UNANSWERED.format(record.__tablename__)
        entry.add(line, None, _spell_reasons(before), _spell_reasons(record.unanswered))


def _spell_reasons(reasons: Mapping[str, str] | None) -> str | None:
    return ";".join(f"{field_id}={reason}" for field_id, reason in sorted((reasons or {}).items())) or None


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
