"""One unambiguous way to turn several values into the bytes that are signed, sealed or hashed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

MOMENT = "%Y-%m-%dT%H:%M:%SZ"


def pack(*parts: bytes) -> bytes:
    """Join *parts* so that no two different sequences give the same bytes: each is preceded by its length."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def canonical(document: Mapping[str, Any]) -> bytes:
    """Return the one JSON text of *document* that is hashed and signed: sorted keys, no spaces, ASCII."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode()


def digest(*parts: bytes) -> bytes:
    """Return SHA-256 over the packed *parts*."""
    return hashlib.sha256(pack(*parts)).digest()


def number(value: int) -> bytes:
    """Return *value* in four bytes."""
    return value.to_bytes(4, "big")


def wipe(buffer: bytearray) -> None:
    """Overwrite *buffer* with zeros. Copies that Python or a library made before are beyond our reach."""
    buffer[:] = bytes(len(buffer))


def take_text(document: Mapping[str, Any], name: str, longest: int = 200) -> str:
    """Return the text called *name*, or raise ValueError: files are read as if an enemy had written them."""
    value = document.get(name)
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(f"{name} is not a text of at most {longest} letters")
    return value


def take_hex(document: Mapping[str, Any], name: str, length: int | None = None) -> bytes:
    """Return the bytes written as lower-case hex under *name*; *length* in bytes, None for any."""
    value = bytes.fromhex(take_text(document, name, 100_000))
    if value.hex() != document[name] or (length is not None and len(value) != length):
        raise ValueError(f"{name} is not the expected hex text")
    return value


def take_id(document: Mapping[str, Any], name: str) -> UUID:
    """Return the id written as 32 hex digits under *name*."""
    return UUID(bytes=take_hex(document, name, 16))


def take_number(document: Mapping[str, Any], name: str, below: int = 2**31) -> int:
    """Return the whole number under *name*, not negative and less than *below*."""
    value = document.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < below:
        raise ValueError(f"{name} is not a number in range")
    return value


def take_flag(document: Mapping[str, Any], name: str) -> bool:
    """Return the truth value under *name*."""
    value = document.get(name)
    if not isinstance(value, bool):
        raise ValueError(f"{name} is neither true nor false")
    return value


def take_moment(document: Mapping[str, Any], name: str) -> str:
    """Return the moment under *name*, which must be written as ``2026-11-21T18:30:00Z``."""
    value = take_text(document, name, 20)
    if datetime.strptime(value, MOMENT).strftime(MOMENT) != value:  # noqa: DTZ007
        raise ValueError(f"{name} is not a moment")
    return value


def take_list(document: Mapping[str, Any], name: str) -> list[Any]:
    """Return the list under *name*."""
    value = document.get(name)
    if not isinstance(value, list):
        raise ValueError(f"{name} is not a list")
    return cast("list[Any]", value)


def take_map(document: Any) -> dict[str, Any]:
    """Return *document* if it is a JSON object."""
    if not isinstance(document, dict):
        raise ValueError("an object was expected")
    return cast("dict[str, Any]", document)


def only(document: Mapping[str, Any], *names: str) -> None:
    """Raise ValueError unless *document* has exactly the members *names*."""
    if set(document) != set(names):
        raise ValueError("unexpected or missing members")


def now() -> str:
    """Return the present moment as it is written into headers and entries."""
    return datetime.now(UTC).strftime(MOMENT)
