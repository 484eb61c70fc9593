"""Column helpers: each declares a column and its :class:`~shelterdesk.fields.Field` in one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, overload
from uuid import UUID

from sqlalchemy import Boolean, Date, ForeignKey, Integer, LargeBinary, String, Time
from sqlalchemy.orm import MappedColumn, mapped_column, object_session

from shelterdesk.errors import NoKey
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_
from shelterdesk.schema.types import Id, PartialDay
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.errors import SealBroken
from shelterdesk.vault.resealing import SealedIn
from shelterdesk.vocab import CodeList

if TYPE_CHECKING:
    from shelterdesk.schema.base import Record
    from shelterdesk.vault import KeyRing


SEALED: Final = "sealed"
"""Where a column with seals says what they bind (``SealedIn``), so that replacing a key finds every one of them."""


def day(field_id: str, label: str, *, index: bool = False, **more: Any) -> MappedColumn[Any]:
    """A whole day in the vault's time zone, counted and never sealed."""
    return mapped_column(Date, index=index, info={"field": Field(field_id, label, Kind.DAY, **more)})


def partial_day(field_id: str, label: str, **more: Any) -> MappedColumn[Any]:
    """A year, a month or a day, perhaps «about»."""
    return mapped_column(PartialDay, info={"field": Field(field_id, label, Kind.PARTIAL_DATE, **more)})


def clock(field_id: str, label: str, **more: Any) -> MappedColumn[Any]:
    """A time of the day in the vault's time zone."""
    return mapped_column(Time, info={"field": Field(field_id, label, Kind.TIME, **more)})


def choice(field_id: str, label: str, codes: CodeList, *, index: bool = False, **more: Any) -> MappedColumn[Any]:
    """One code of a list, as a plain string; the list is checked by rule, not by the database."""
    field = Field(field_id, label, Kind.CHOICE, choices=codes, **more)
    return mapped_column(String(60), index=index, info={"field": field})


def flag(field_id: str, label: str, **more: Any) -> MappedColumn[Any]:
    """Yes, no, or not asked yet."""
    return mapped_column(Boolean, info={"field": Field(field_id, label, Kind.FLAG, **more)})


def number(field_id: str, label: str, *, kind: Kind = Kind.NUMBER, **more: Any) -> MappedColumn[Any]:
    """A whole number; ``kind`` says whether it counts things or minutes."""
    return mapped_column(Integer, info={"field": Field(field_id, label, kind, **more)})


def code_text(field_id: str, label: str, *, unique: bool = False, **more: Any) -> MappedColumn[Any]:
    """A code the program or the shelter gave out. Never free text: that is sealed."""
    return mapped_column(String(60), unique=unique, info={"field": Field(field_id, label, Kind.TEXT, **more)})


def link(field_id: str, label: str, target: str, *, index: bool = False, **more: Any) -> MappedColumn[Any]:
    """The id of another record; *target* is its kind, or ``member`` for a person who works here.

    Members live in the header of the vault, so their links have no foreign key.
    """
    field = Field(field_id, label, Kind.LINK, target=target, **more)
    if target == "member":
        return mapped_column(Id, index=index, info={"field": field})
    return mapped_column(Id, points_to(target), index=index, info={"field": field})


def points_to(target: str) -> ForeignKey:
    """Return a foreign key to the id of *target*, checked at the commit: the rows of a write come in any order."""
    return ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")


class Sealed:
    """A value that lies in its row only as a seal; reading or writing it takes the compartment's key.

    The seal binds the id of the row, so it cannot be a column type: types do not know their row.
    """

    def __init__(self, field: Field, compartment: Compartment) -> None:
        self.field = field
        self.compartment = compartment
        self.column = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.column = f"{name}_sealed"

    def mapped_column(self) -> MappedColumn[bytes | None]:
        """Return the column that holds the seal."""
        place = SealedIn(field=self.field.id, compartment=self.compartment)
        return mapped_column(LargeBinary, nullable=True, info={SEALED: place})

    @overload
    def __get__(self, record: None, owner: type) -> Sealed: ...
    @overload
    def __get__(self, record: Record, owner: type) -> Any: ...
    def __get__(self, record: Record | None, owner: type) -> Any:
        if record is None:
            return self
        if self.column in record.unsealed:
            return record.unsealed[self.column]
        return self.open(record, getattr(record, self.column))

    def __set__(self, record: Record, value: Any) -> None:
        if isinstance(value, str):
            value = value.strip() or None
        if ring_of(record) is None:
            # A new record outside any session: sealed by before_flush.
            record.unsealed[self.column] = value
            return
        if not self._same(record, value):
            setattr(record, self.column, self.seal(record, value))
            # What was set before the record came into the session is overtaken.
            record.unsealed.pop(self.column, None)

    def open(self, record: Record, sealed: bytes | None) -> Any:
        """Open a seal that was made for this field of *record*. Raises NoKey or SealBroken."""
        if sealed is None:
            return None
        return self.open_with(keys_of(record), record.id, sealed)

    def open_with(self, ring: KeyRing, record_id: UUID, sealed: bytes | None) -> Any:
        """Open a seal that was read without its record, for lists of thousands. Raises NoKey or SealBroken."""
        if sealed is None:
            return None
        return self.field.decode(ring.open(self.compartment, self.field.id, record_id, sealed).decode())

    def words_with(self, ring: KeyRing, record_id: UUID, sealed: bytes | None) -> str:
        """Return what :meth:`open_with` opens as text; «» where it does not open, so that a list goes on."""
        try:
            return str(self.open_with(ring, record_id, sealed) or "")
        except (NoKey, SealBroken):
            return ""

    def seal(self, record: Record, value: Any) -> bytes | None:
        """Seal *value* for this field of *record*. Raises NoKey."""
        spelled = self.field.encode(value)
        ring = keys_of(record)
        if spelled is None:
            if getattr(record, self.column) is not None and not ring.holds(self.compartment):
                raise NoKey(N_("This is only writable by people who hold its key."))
            return None
        return ring.seal(self.compartment, self.field.id, record.id, spelled.encode())

    def _same(self, record: Record, value: Any) -> bool:
        # Sealing again would change the bytes and look like a change in the log.
        try:
            return self.__get__(record, type(record)) == value
        except NoKey:
            return False


def sealed(field_id: str, label: str, compartment: Compartment, *, kind: Kind = Kind.TEXT, **more: Any) -> Sealed:
    """A sealed value, by default one line of free text."""
    return Sealed(Field(field_id, label, kind, compartment=compartment, **more), compartment)


class Choices:
    """Several codes of a list: rows of ``chosen``, read and written as a frozenset."""

    def __init__(self, field: Field) -> None:
        self.field = field

    @overload
    def __get__(self, record: None, owner: type) -> Choices: ...
    @overload
    def __get__(self, record: Record, owner: type) -> frozenset[str]: ...
    def __get__(self, record: Record | None, owner: type) -> Any:
        if record is None:
            return self
        return frozenset(row.code for row in record.chosen if row.field_id == self.field.id)

    def __set__(self, record: Record, value: Iterable[str] | None) -> None:
        record.choose(self.field.id, frozenset(value or ()))


def choices(field_id: str, label: str, codes: CodeList, **more: Any) -> Choices:
    """Several codes of a list."""
    return Choices(Field(field_id, label, Kind.CHOICES, choices=codes, **more))


def ring_of(record: Record) -> KeyRing | None:
    """Return the keys of the session the record is in, or was read in."""
    session = object_session(record)
    if session is not None:
        return session.info.get("ring")
    return record.keyring


def keys_of(record: Record) -> KeyRing:
    """Return the keys a record is read and written with. Raises NoKey for one that was in no session yet."""
    ring = ring_of(record)
    if ring is None:
        raise NoKey(N_("This is only readable by people who hold its key."))
    return ring
