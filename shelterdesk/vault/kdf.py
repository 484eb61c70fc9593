"""From what a person types to a key: Argon2id, and the bounds within which its parameters are believed."""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from shelterdesk import memory
from shelterdesk.vault.errors import NotEnoughMemory

_MIB = 1024
# RFC 9106 names 64 MiB, t=3, p=4 as its second recommended option; nothing weaker is ever made or believed.
_FLOOR_KIB = 64 * _MIB
# A tampered file could ask for 2 TiB or for hours; what no sensible computer of the next decade needs is refused.
_CEILING_KIB = 2048 * _MIB
_MOST_ITERATIONS = 12
_MOST_LANES = 16

_TESTS_ONLY = "SHELTERDESK_TEST_KDF"
# Somebody at a slow computer should not wait longer than this for the sake of a stronger slot.
_PATIENCE_SECONDS = 4.0


def _tests_allowed() -> bool:
    """Say whether weak parameters are accepted: never in a built program, whatever its environment says."""
    return os.environ.get(_TESTS_ONLY) == "1" and not getattr(sys, "frozen", False)


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Argon2id's memory in KiB, passes and lanes. Costs below the floor or above the caps cannot be built."""

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        if self.memory_kib > _CEILING_KIB or self.iterations > _MOST_ITERATIONS or not 1 <= self.lanes <= _MOST_LANES:
            raise ValueError("Argon2id parameters are above what is accepted")
        strong = self.memory_kib >= _FLOOR_KIB and self.iterations >= 3 and self.lanes >= 1
        if not strong and not (_tests_allowed() and self.memory_kib >= 8 * self.lanes and self.iterations >= 1):
            raise ValueError("Argon2id parameters are below what is accepted")

    @classmethod
    def default(cls) -> Self:
        """About one second on an office computer."""
        return cls(256 * _MIB, 3, 4)

    @classmethod
    def lowest(cls) -> Self:
        """The least a weak computer may use."""
        return cls(_FLOOR_KIB, 3, 4)

    @classmethod
    def for_tests(cls) -> Self:
        """A cost that protects nothing. Raises ValueError unless ``SHELTERDESK_TEST_KDF=1`` and not built."""
        return cls(64, 1, 1)


def stretch(passphrase: str, salt: bytes, cost: KdfCost) -> bytearray:
    """Derive 32 bytes from *passphrase*. Raises NotEnoughMemory. The GIL is released meanwhile.

    The text is prepared as RFC 8265 (OpaqueString) asks, because two keyboards may compose the same letter
    differently.
    """
    spaced = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in passphrase)
    typed = bytearray(unicodedata.normalize("NFC", spaced).encode("utf-8", "surrogatepass"))
    key = bytearray(32)
    try:
        Argon2id(
            salt=salt, length=len(key), iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
        ).derive_into(typed, key)  # pyright: ignore[reportArgumentType]  # the stub says bytes; any buffer is taken
    except MemoryError:
        raise NotEnoughMemory(cost.memory_kib // _MIB) from None
    finally:
        typed[:] = bytes(len(typed))
        # The library leaves a copy of what it was given in memory that it gave back.
        memory.clear_what_is_at_hand()
    return key


def stretch_as_strongly_as_possible(passphrase: str, salt: bytes) -> tuple[bytearray, KdfCost]:
    """Derive a key at the default cost, or at the lowest where the computer is too small or too slow for it."""
    started = time.monotonic()
    try:
        key = stretch(passphrase, salt, KdfCost.default())
    except NotEnoughMemory:
        return stretch(passphrase, salt, KdfCost.lowest()), KdfCost.lowest()
    if time.monotonic() - started > _PATIENCE_SECONDS:
        return stretch(passphrase, salt, KdfCost.lowest()), KdfCost.lowest()
    return key, KdfCost.default()
