"""Everything a value tells: the texts, ids and numbers in records, rows, documents and whatever holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from shelterdesk.errors import ShelterDeskError
from shelterdesk.schema.base import Record
from shelterdesk.vault.errors import SealBroken


def told(value: Any) -> str:
    """Return all that *value* says, one thing on each line, sealed fields as far as the reader's keys go.

    Choices that were not loaded say nothing.
    """
    found: list[str] = []
    _collect(value, found, set())
    return "\n".join(found)


def _collect(value: Any, found: list[str], seen: set[int]) -> None:
    if value is None or isinstance(value, bool | int | float | Enum | UUID | str | bytes):
        found.append(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Record):
        for field in type(value).declared:
            try:
                _collect(field.read(value), found, seen)
            except (SealBroken, ShelterDeskError, SQLAlchemyError):
                continue
        for name in ("id", "person_id", "created_by"):
            _collect(getattr(value, name, None), found, seen)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            _collect(key, found, seen)
            _collect(one, found, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            _collect(one, found, seen)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            _collect(getattr(value, one.name), found, seen)
    elif hasattr(value, "__dict__"):
        _collect(vars(value), found, seen)
    else:
        found.append(str(value))
