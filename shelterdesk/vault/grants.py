"""Grants: a key of the vault sealed to one member's public key, and who gave it to whom."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Self, cast
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from shelterdesk.vault.compartments import KEY_NAMES
from shelterdesk.vault.encoding import (
    digest,
    number,
    only,
    pack,
    take_hex,
    take_id,
    take_list,
    take_map,
    take_moment,
    take_number,
    take_text,
)
from shelterdesk.vault.letters import letter_box

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
GIVEN_UP = "0001-01-01"
"""The last day of a grant whose holder handed the key over: long ago, whatever a clock says."""
FOR_EVER = "9999-99-99"

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class Grant:
    """One key given to one member.

    ``key`` is a compartment or «database»; ``letter_box`` the public key that follows from it where it takes letters;
    ``until`` the last day of a deputy's grant, as ``2026-12-01``, or
    empty. ``commitment`` says which key was meant without showing it, so that two holders can never be made to
    use different keys. ``ciphertext`` is the SHA-256 of the sealed key, which lies beside the chain: it can be
    dropped when the grant is superseded, while the record of who gave what to whom stays.
    """

    key: str
    generation: int
    recipient: UUID
    until: str
    commitment: bytes
    ciphertext: bytes
    letter_box: bytes = b""

    @property
    def ended(self) -> bool:
        """Say whether the last day is over. A deputy's grant covers that day wherever on earth it still is."""
        return bool(self.until) and datetime.now(UTC).date().isoformat() > self.until

    @property
    def given_up(self) -> bool:
        """Say whether its holder handed the key over; they know it until it is replaced."""
        return self.until == GIVEN_UP

    @property
    def last_day(self) -> str:
        """Return the last day in a form that compares with others: a grant without one lasts longest."""
        return self.until or FOR_EVER


@dataclass(frozen=True, slots=True)
class GrantsEntry:
    """Grants made together by one member and signed once. The first of a new generation is a rotation."""

    grants: tuple[Grant, ...]
    by: UUID
    at: str
    previous: bytes
    signature: bytes = b""

    def document(self) -> dict[str, Any]:
        """Return what is signed, as it stands in the header: neighbours that give the same key share its line."""
        keys: list[dict[str, Any]] = []
        for (key, generation, commitment, box), grants in groupby(
            self.grants, key=lambda grant: (grant.key, grant.generation, grant.commitment, grant.letter_box)
        ):
            to = [[grant.recipient.hex, grant.until, grant.ciphertext.hex()] for grant in grants]
            line: dict[str, Any] = {"key": key, "generation": generation, "commitment": commitment.hex(), "to": to}
            keys.append({**line, "letter_box": box.hex()} if box else line)
        return {"kind": "grants", "keys": keys, "by": self.by.hex, "at": self.at, "previous": self.previous.hex()}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Read an entry from a header; ValueError if it is not one."""
        only(document, "kind", "keys", "by", "at", "previous", "signature")
        return cls(
            grants=tuple(grant for key in take_list(document, "keys") for grant in _read_grants(take_map(key))),
            by=take_id(document, "by"),
            at=take_moment(document, "at"),
            previous=take_hex(document, "previous", 32),
            signature=take_hex(document, "signature", 64),
        )


def _read_grants(document: Mapping[str, Any]) -> Iterator[Grant]:
    only(document, "key", "generation", "commitment", "to", *({"letter_box"} & document.keys()))
    box = take_hex(document, "letter_box", 32) if "letter_box" in document else b""
    key, generation = take_text(document, "key"), take_number(document, "generation")
    commitment = take_hex(document, "commitment", 32)
    if key not in KEY_NAMES:
        raise ValueError("unknown key in a grant")
    for line in take_list(document, "to"):
        if not isinstance(line, list) or len(cast("list[Any]", line)) != 3:
            raise ValueError("a grant is not recipient, last day and ciphertext")
        named: dict[str, Any] = dict(zip(("recipient", "until", "ciphertext"), cast("list[Any]", line), strict=True))
        until = take_text(named, "until", 10)
        if until and not _DAY.fullmatch(until):
            raise ValueError("the last day of a grant is not a day")
        sealed = take_hex(named, "ciphertext", 32)
        yield Grant(key, generation, take_id(named, "recipient"), until, commitment, sealed, box)


def commitment_to(vault: UUID, key_name: str, generation: int, key: bytes | bytearray) -> bytes:
    """Return what names *key* in public. The keys are random and 256 bits long, so nothing can be guessed from it."""
    return digest(b"ShelterDesk key commitment", vault.bytes, key_name.encode(), number(generation), bytes(key))


def seal_key(
    vault: UUID,
    key_name: str,
    generation: int,
    key: bytearray,
    recipient: UUID,
    seal_public: bytes,
    *,
    until: str = "",
) -> tuple[Grant, bytes]:
    """Seal *key* to the public key of *recipient* with HPKE (RFC 9180). Returns the grant and the ciphertext."""
    sealed = _SUITE.encrypt(
        key, X25519PublicKey.from_public_bytes(seal_public), info=_info(vault, key_name, generation, recipient)
    )
    commitment = commitment_to(vault, key_name, generation, key)
    digest_of = hashlib.sha256(sealed).digest()
    box = letter_box(vault, key_name, key)
    return Grant(key_name, generation, recipient, until, commitment, digest_of, box), sealed


def open_key(vault: UUID, grant: Grant, sealed: bytes, private: X25519PrivateKey) -> bytearray:
    """Open a key that was granted to the owner of *private*. Raises ValueError if it is not the key it claims."""
    try:
        opened = _SUITE.decrypt(sealed, private, info=_info(vault, grant.key, grant.generation, grant.recipient))
    except (InvalidTag, ValueError) as error:
        raise ValueError("a granted key does not open") from error
    if len(opened) != 32 or not hmac.compare_digest(
        commitment_to(vault, grant.key, grant.generation, opened), grant.commitment
    ):
        raise ValueError("a granted key is not the key of its compartment")
    if grant.letter_box and grant.letter_box != letter_box(vault, grant.key, opened):
        raise ValueError("the letter box of a compartment does not belong to its key")
    return bytearray(opened)


def _info(vault: UUID, key_name: str, generation: int, recipient: UUID) -> bytes:
    return pack(b"ShelterDesk grant", vault.bytes, key_name.encode(), number(generation), recipient.bytes)
