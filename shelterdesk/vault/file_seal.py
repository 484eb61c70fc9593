"""Sealed files: a random key for each, and parts of at most 1 MiB that open only in their own place.

A part is ``version (1) | nonce (12) | ciphertext and tag`` of AES-256-GCM. Vault, file, number of the part and how many
parts there are stand in the associated data, so that a part moved to another place, file or vault does not open, and
one cannot be left out. The key of a file is sealed in its compartment like any other value: replacing keys seals those
32 bytes anew, however long the file is.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shelterdesk.vault.encoding import number, pack
from shelterdesk.vault.errors import SealBroken

PART_BYTES: Final = 1024 * 1024
KEY_BYTES: Final = 32
_VERSION: Final = b"\x01"
_NONCE: Final = slice(1, 13)
_SHORTEST: Final = 1 + 12 + 16


def new_file_key() -> bytes:
    """Return the random key of one new file."""
    return secrets.token_bytes(KEY_BYTES)


def parts_for(size: int) -> int:
    """Return into how many parts a file of *size* bytes goes; an empty one has one part."""
    return max(1, -(-size // PART_BYTES))


class FileSeal:
    """The seal of one file of one vault."""

    def __init__(self, vault: UUID, file: UUID, key: bytes, parts: int) -> None:
        if len(key) != KEY_BYTES:
            raise SealBroken
        self._vault = vault
        self._file = file
        self._parts = parts
        self._box = AESGCM(key)

    def seal(self, part: int, plain: bytes) -> bytes:
        """Seal the bytes of one *part*. Parts are counted from 1; 0 is what belongs to the file as a whole."""
        nonce = secrets.token_bytes(12)
        return _VERSION + nonce + self._box.encrypt(nonce, plain, self._place(part))

    def open(self, part: int, sealed: bytes) -> bytes:
        """Open what was sealed as exactly this part. Raises SealBroken."""
        if len(sealed) < _SHORTEST or sealed[:1] != _VERSION:
            raise SealBroken
        try:
            return self._box.decrypt(sealed[_NONCE], sealed[13:], self._place(part))
        except InvalidTag:
            raise SealBroken from None

    def seal_all(self, content: bytes) -> Iterator[tuple[int, bytes]]:
        """Give every part of *content* with its number."""
        for part in range(1, self._parts + 1):
            yield part, self.seal(part, content[(part - 1) * PART_BYTES : part * PART_BYTES])

    def _place(self, part: int) -> bytes:
        return pack(b"ShelterDesk file", self._vault.bytes, self._file.bytes, number(part), number(self._parts))
