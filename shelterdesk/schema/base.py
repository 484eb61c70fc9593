"""The base of every table: ids, versions, unanswered questions, several choices and extra fields."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, Integer, LargeBinary, MetaData, String, event
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedColumn,
    QueryContext,
    declared_attr,
    foreign,
    mapped_column,
    object_session,
    reconstructor,
    relationship,
    selectinload,
)
from sqlalchemy.orm.interfaces import ORMOption

from shelterdesk.fields import CLOSED, Field
from shelterdesk.schema.columns import SEALED, Choices, Sealed, keys_of
from shelterdesk.schema.types import Id, Moment, new_id
from shelterdesk.vault.errors import SealBroken
from shelterdesk.vault.resealing import SealedIn
from shelterdesk.vault.seal import KeyRing

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables, whether people see them or not."""

    metadata = MetaData(naming_convention=NAMING)


class Chosen(Base):
    """One code of a field with several choices."""

    __tablename__ = "chosen"

    record_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    field_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)


class ExtraValue(Base):
    """The value of a shelter's own field: spelled as in :meth:`Field.encode`, text sealed."""

    __tablename__ = "extra_values"

    record_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    field_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str | None] = mapped_column(String)
    sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, info={SEALED: SealedIn(row="record_id", field_in="field_id", compartment_in="field_id")}
    )


RECORDS: dict[str, type[Record]] = {}
"""Every kind of record by its name, filled as the feature modules are imported."""


class Record(Base):
    """Something people write down. Subclasses declare their fields with the helpers of ``schema.columns``."""

    __abstract__ = True

    declared: ClassVar[tuple[Field, ...]] = ()
    """The fields in the order they were written."""

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[UUID | None] = mapped_column(Id)
    archived_at: Mapped[datetime | None] = mapped_column(Moment)
    unanswered: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Why a field has no value: field id → a reserved code such as ``prefers_not``."""

    @declared_attr
    def chosen(cls) -> Mapped[list[Chosen]]:
        """The rows behind fields with several choices."""
        return relationship(
            Chosen,
            primaryjoin=lambda: foreign(Chosen.record_id) == cls.id,
            cascade="all, delete-orphan",
            lazy="raise_on_sql",
            overlaps="chosen",
        )

    @declared_attr
    def extras(cls) -> Mapped[list[ExtraValue]]:
        """The values of the shelter's own fields."""
        return relationship(
            ExtraValue,
            primaryjoin=lambda: foreign(ExtraValue.record_id) == cls.id,
            cascade="all, delete-orphan",
            lazy="raise_on_sql",
            overlaps="extras",
        )

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    def __init_subclass__(cls, **more: Any) -> None:
        found: list[Field] = []
        for name, value in list(cls.__dict__.items()):
            if isinstance(value, MappedColumn):
                field: Field | None = value.column.info.get("field")  # pyright: ignore[reportUnknownMemberType]
                if field is not None:
                    found.append(field.with_changes(attribute=name))
            elif isinstance(value, Sealed | Choices):
                value.field = value.field.with_changes(attribute=name)
                found.append(value.field)
                if isinstance(value, Sealed):
                    setattr(cls, value.column, value.mapped_column())
        cls.declared = tuple(found)
        super().__init_subclass__(**more)
        RECORDS[cls.__tablename__] = cls

    def __init__(self, **values: Any) -> None:
        self.unsealed: dict[str, Any] = {}
        """Sealed columns set before the record was in a session."""
        self.keyring: KeyRing | None = None
        """The keys of the session the record was read or written in; a record outlives its session on a page."""
        values.setdefault("id", new_id())
        values.setdefault("unanswered", {})
        # A new record is whole: its choices and own fields can be read after its session is gone.
        values.setdefault("chosen", [])
        values.setdefault("extras", [])
        super().__init__(**values)

    @reconstructor
    def _loaded(self) -> None:
        self.unsealed = {}

    def choose(self, field_id: str, codes: frozenset[str]) -> None:
        """Make *codes* the choices of the field; rows that stay are left alone."""
        for row in [row for row in self.chosen if row.field_id == field_id and row.code not in codes]:
            self.chosen.remove(row)
        present = {row.code for row in self.chosen if row.field_id == field_id}
        self.chosen.extend(Chosen(record_id=self.id, field_id=field_id, code=code) for code in sorted(codes - present))

    def extra(self, field: Field) -> Any:
        """Return the value of one of the shelter's own fields. Raises NoKey."""
        row = next((row for row in self.extras if row.field_id == field.id), None)
        if row is None:
            return None
        if field.compartment is None:
            return field.decode(row.value)
        if row.sealed is None:
            # Text beside the seal was put there by somebody without the key.
            raise SealBroken
        return field.decode(keys_of(self).open(field.compartment, field.id, self.id, row.sealed).decode())

    def set_extra(self, field: Field, value: Any) -> None:
        """Set the value of one of the shelter's own fields; the record is in a session. Raises NoKey."""
        spelled = field.encode(value)
        if field.encode(self.extra(field)) == spelled:
            return
        row = next((row for row in self.extras if row.field_id == field.id), None)
        if spelled is None:
            if row is not None:
                self.extras.remove(row)
            return
        if row is None:
            row = ExtraValue(record_id=self.id, field_id=field.id)
            self.extras.append(row)
        if field.compartment is None:
            row.value = spelled
        else:
            row.sealed = keys_of(self).seal(field.compartment, field.id, self.id, spelled.encode())

    def answer_none(self, field: Field, reason: str | None) -> None:
        """Keep why a field has no value (a reserved code), or forget the reason."""
        kept = {key: value for key, value in self.unanswered.items() if key != field.id}
        if reason is not None:
            kept[field.id] = reason
        if kept != self.unanswered:
            self.unanswered = kept


def whole(kind: type[Record]) -> tuple[ORMOption, ...]:
    """Return the loading options with which every field of *kind* can be read."""
    if any(isinstance(value, Choices) for value in vars(kind).values()):
        return selectinload(kind.chosen), selectinload(kind.extras)
    return (selectinload(kind.extras),)


@event.listens_for(Record, "load", propagate=True)
def _remember_keys(record: Record, context: QueryContext) -> None:
    # After locking the ring holds no keys any more, so this keeps nothing readable.
    record.keyring = context.session.info.get("ring")


def seal_pending(record: Record) -> None:
    """Seal what was set before the record was in a session. Raises NoKey."""
    session = object_session(record)
    record.keyring = session.info.get("ring") if session else None
    for name in type(record).__dict__:
        value = type(record).__dict__[name]
        if isinstance(value, Sealed) and value.column in record.unsealed:
            plain = record.unsealed.pop(value.column)
            setattr(record, value.column, value.seal(record, plain))


@cache
def declared(kind: type[Record], attribute: str) -> Field:
    """Return the declared field of *kind* behind *attribute*, whatever the shelter changed about it."""
    return next(field for field in kind.declared if field.attribute == attribute)


def text_of(record: Record, attribute: str) -> str:
    """Return a text, «» where there is none or the reader cannot open it."""
    value = declared(type(record), attribute).read(record)
    return "" if value is None or value is CLOSED else str(value)
