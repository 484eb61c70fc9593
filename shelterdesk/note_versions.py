"""Versions of notes: a correction never loses what stood before, nor who wrote it, when, and why it was changed.

A row is kept for each correction, with the earlier value of every field it changed, sealed like the field itself.
Going back from the newest version gives every earlier one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Integer, LargeBinary, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey, Problem, Problems
from shelterdesk.fields import CLOSED, Closed, Field
from shelterdesk.i18n import N_
from shelterdesk.note_lock import is_locked, why_field
from shelterdesk.reach import require_reach
from shelterdesk.records import apply, same_version
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Base, Record, whole
from shelterdesk.schema.columns import SEALED, points_to
from shelterdesk.schema.types import Id, Moment, new_id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.errors import SealBroken
from shelterdesk.vault.resealing import SealedIn
from shelterdesk.vault.seal import KeyRing

R = TypeVar("R", bound=Record)
_WHY = why_field()
_SEAL = "version:"


class NoteVersion(Base):
    """One correction: which version it replaced, by whom and when."""

    __tablename__ = "note_version"

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    record: Mapped[str] = mapped_column(String(40))
    """Kind of the record that was corrected: ``note`` or ``service``."""
    record_id: Mapped[UUID] = mapped_column(Id, index=True)
    number: Mapped[int] = mapped_column(Integer)
    """Number of the version that was replaced; the first is 1."""
    replaced_at: Mapped[datetime] = mapped_column(Moment)
    replaced_by: Mapped[UUID | None] = mapped_column(Id)
    was_locked: Mapped[bool]


class NoteVersionText(Base):
    """What one field said before a correction, or why it was made."""

    __tablename__ = "note_version_text"

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    version_id: Mapped[UUID] = mapped_column(Id, points_to("note_version"), index=True)
    field_id: Mapped[str] = mapped_column(String(80))
    compartment: Mapped[str | None] = mapped_column(String(12))
    value: Mapped[str | None] = mapped_column(String)
    sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, info={SEALED: SealedIn(field=_SEAL, field_in="field_id", compartment_in="compartment")}
    )


@dataclass(frozen=True)
class Version:
    """A note as it stood for a while; the newest is how it stands now."""

    number: int
    written_at: datetime
    written_by: UUID | None
    why: str | Closed | None
    """Why it replaced the version before, where somebody said so."""
    amended: bool
    """Tell whether the note was locked already when this version was written."""
    values: Mapping[str, Any]
    """What its fields said, by attribute; ``CLOSED`` where the reader lacks the key."""


def versions_of(desk: Desk, record: Record) -> list[Version]:
    """Return every version of a note or service as it was read before, the newest first. Raises RecordClosed."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, getattr(record, "person_id"))  # noqa: B009 - a record of any kind that belongs to a person
    with desk.read(everybody=True) as db:
        rows = list(db.scalars(select(NoteVersion).where(NoteVersion.record_id == record.id)))
        rows.sort(key=lambda row: row.number, reverse=True)
        texts: dict[UUID, list[NoteVersionText]] = {row.id: [] for row in rows}
        for text in db.scalars(select(NoteVersionText).where(NoteVersionText.version_id.in_(texts))):
            texts[text.version_id].append(text)
    fields = {field.id: field for field in desk.fields(type(record), hidden=True)}
    values = {field.attribute: field.read(record) for field in fields.values()}
    found: list[Version] = []
    for row in rows:
        before = {text.field_id: text for text in texts[row.id]}
        why = before.pop(_WHY.id, None)
        said = None if why is None else _opened(desk, _WHY, why)
        found.append(Version(row.number + 1, row.replaced_at, row.replaced_by, said, row.was_locked, values))
        values = values | {
            fields[field_id].attribute: _opened(desk, fields[field_id], text)
            for field_id, text in before.items()
            if field_id in fields
        }
    return [*found, Version(1, record.created_at, record.created_by, None, amended=False, values=values)]


def corrections_of(desk: Desk, person_id: UUID) -> Mapping[UUID, int]:
    """Return how often each note and service of a person was corrected, by its id. Raises RecordClosed."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    count = select(NoteVersion.record_id, func.count()).group_by(NoteVersion.record_id)
    with desk.read(everybody=True) as db:
        rows = db.execute(count.where(NoteVersion.person_id == person_id))
        return {row[0]: row[1] for row in rows}


def newest_seals(db: Session, ring: KeyRing, most: int) -> Iterator[tuple[UUID, bool]]:
    """Open the newest texts of versions whose keys are held; give the id of each and whether it is whole."""
    query = select(NoteVersionText).where(NoteVersionText.compartment.is_not(None))
    for text in db.scalars(query.order_by(NoteVersionText.id.desc()).limit(most)):
        if text.sealed is None and text.value is None:
            continue
        try:
            ring.open(Compartment(text.compartment or ""), f"{_SEAL}{text.field_id}", text.id, text.sealed or b"")
        except NoKey:
            continue
        except (SealBroken, ValueError):
            yield text.id, False
        else:
            yield text.id, True


def change_words(
    desk: Desk,
    act: Act,
    record: R,
    values: Mapping[str, Any],
    *,
    words: Collection[str],
    why: str | None,
    sealed_in: Callable[[R], Compartment],
    beside: Callable[[Session, R], None] | None = None,
) -> R:
    """Save *values* of a note or service as it was read before, and keep what *words* said until now.

    *words* are the attributes that are versioned and locked, *sealed_in* tells from the saved record where the reason
    is sealed, *beside* does what else belongs to the same write. Raises Problems, among them that a locked note
    needs a reason, or StaleRecord; both change nothing.
    """
    watched = [field for field in desk.fields(type(record), hidden=True) if field.attribute in words]
    locked = _touches(record, values, watched) and says_something(record, watched) and is_locked(desk, record)
    if locked and not (why or "").strip():
        raise Problems([Problem(_WHY.id, N_("This note is locked. Say why it is amended."))])
    kind = type(record)
    with desk.write(Act.AMEND_NOTE if locked else act) as db:
        current = db.get_one(kind, record.id, options=whole(kind))
        same_version(current, record)
        before = [(field, field.read(current)) for field in watched]
        saved = apply(desk, db, record, values)
        changed = [(field, old) for field, old in before if old is not CLOSED and field.read(saved) != old]
        if any(old not in (None, "") for _field, old in changed) or (changed and locked):
            _keep(desk, db, saved, changed, (why or "").strip(), sealed_in(saved), was_locked=locked)
        if beside is not None:
            beside(db, saved)
    return saved


def _touches(record: Record, values: Mapping[str, Any], watched: Sequence[Field]) -> bool:
    for field in watched:
        if field.attribute in values:
            new = values[field.attribute]
            if isinstance(new, str):
                new = new.strip() or None
            if new is not CLOSED and new != field.read(record):
                return True
    return False


def says_something(record: Record, watched: Sequence[Field]) -> bool:
    """Tell whether the notes of *watched* say anything yet: what is written late is no amendment."""
    read = (field.read(record) for field in watched if field.compartment)
    return any(value is CLOSED or value not in (None, "") for value in read)


def keep_reason(desk: Desk, db: Session, record: Record, why: str, sealed_in: Compartment) -> None:
    """Keep with locked notes why their record is taken out, inside a running write; they stay as they are."""
    _keep(desk, db, record, (), why, sealed_in, was_locked=True)


def _keep(
    desk: Desk,
    db: Session,
    record: Record,
    changed: Sequence[tuple[Field, Any]],
    why: str,
    sealed_in: Compartment,
    *,
    was_locked: bool,
) -> None:
    newest = db.scalar(select(func.max(NoteVersion.number)).where(NoteVersion.record_id == record.id)) or 0
    row = NoteVersion(
        id=new_id(),
        person_id=getattr(record, "person_id"),  # noqa: B009 - a record of any kind that belongs to a person
        record=record.__tablename__,
        record_id=record.id,
        number=newest + 1,
        replaced_at=db.info["moment"],
        replaced_by=db.info["member_id"],
        was_locked=was_locked,
    )
    db.add(row)
    for field, old in changed:
        db.add(_text(desk, row.id, field, field.compartment, field.encode(old)))
    if why:
        db.add(_text(desk, row.id, _WHY, sealed_in, why))


def _text(
    desk: Desk, version_id: UUID, field: Field, compartment: Compartment | None, spelled: str | None
) -> NoteVersionText:
    text = NoteVersionText(id=new_id(), version_id=version_id, field_id=field.id)
    text.compartment = compartment.value if compartment else None
    if compartment is None or spelled is None:
        text.value = spelled
    else:
        text.sealed = desk.vault.ring.seal(compartment, f"{_SEAL}{field.id}", text.id, spelled.encode())
    return text


def _opened(desk: Desk, field: Field, text: NoteVersionText) -> Any:
    """Return what a text says, CLOSED without its key or where something else was put beside its seal."""
    if text.compartment is None and field.compartment is None and field.id != _WHY.id:
        return field.decode(text.value)
    if text.sealed is None:
        return CLOSED if text.value is not None else None
    compartment = field.compartment or Compartment(text.compartment or "")
    try:
        return field.decode(desk.vault.ring.open(compartment, f"{_SEAL}{field.id}", text.id, text.sealed).decode())
    except (NoKey, SealBroken):
        return CLOSED
