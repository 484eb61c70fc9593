"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, LargeBinary, String, Uuid
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from shelterdesk.partial_date import PartialDate


class _Ticks:
    """Milliseconds since 1970 in 48 bits and their fraction in 12, never the same twice in one process."""

    def __init__(self) -> None:
        self._last = 0
        self._guard = threading.Lock()

    def next(self) -> int:
        milliseconds, rest = divmod(time.time_ns(), 1_000_000)
        with self._guard:
            self._last = max(self._last + 1, milliseconds << 12 | (rest << 12) // 1_000_000)
            return self._last


_ticks = _Ticks()


def new_id() -> UUID:
    """Return a new UUIDv7 (RFC 9562 §5.7) that is greater than the one before, with 62 random bits.

    Twelve bits hold the fraction of the millisecond (§6.2, method 3), so that what was written later sorts later.
    Ids exist before their row does, because seals bind them.
    """
    ticks = _ticks.next()
    random = int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=ticks >> 12 << 80 | 0x7 << 76 | (ticks & 0xFFF) << 64 | 0b10 << 62 | random)


class Id(TypeDecorator[UUID]):
    """A UUID: 16 bytes on SQLite, native on PostgreSQL."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Uuid())
        return dialect.type_descriptor(LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        if value is None or isinstance(value, UUID):
            return value
        return UUID(bytes=value)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. Naive moments are refused: their zone would be a guess."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PartialDay(TypeDecorator[PartialDate]):
    """A partial date as text: ``1987``, ``1987-05`` or ``1987-05-21``, followed by ``~`` when it is «about».

    The mark stands behind, so that the text sorts by time and its first four letters are the year.
    """

    impl = String(11)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        spelled = str(value)
        return spelled[1:] + "~" if spelled.startswith("~") else spelled

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        if value is None:
            return None
        return PartialDate.parse("~" + value[:-1] if value.endswith("~") else value)
