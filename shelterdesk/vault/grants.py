"""Grants: a key of the vault sealed to one member's public key, and who gave it to whom."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
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

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class Grant:
    """One key given to one member.

    ``key`` is a compartment or «database»; ``until`` the last day of a deputy's grant, as ``2026-12-01``, or
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

    def document(self) -> dict[str, Any]:
        """Return the grant as it stands in the header."""
        return {
            "key": self.key,
            "generation": self.generation,
            "recipient": self.recipient.hex,
            "until": self.until,
            "commitment": self.commitment.hex(),
            "ciphertext": self.ciphertext.hex(),
        }

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Read a grant from a header; ValueError if it is not one."""
        grant = cls(
            key=take_text(document, "key"),
            generation=take_number(document, "generation"),
            recipient=take_id(document, "recipient"),
            until=take_text(document, "until", 10),
            commitment=take_hex(document, "commitment", 32),
            ciphertext=take_hex(document, "ciphertext", 32),
        )
        only(document, *grant.document())
        if grant.key not in KEY_NAMES or not re.fullmatch(r"(\d{4}-\d\d-\d\d)?", grant.until, re.ASCII):
            raise ValueError("unknown key or day in a grant")
        return grant


@dataclass(frozen=True, slots=True)
class GrantsEntry:
    """Grants made together by one member and signed once. The first of a new generation is a rotation."""

    grants: tuple[Grant, ...]
    by: UUID
    at: str
    previous: bytes
    signature: bytes = b""

    def document(self) -> dict[str, Any]:
        """Return what is signed, as it stands in the header."""
        return {
            "kind": "grants",
            "grants": [grant.document() for grant in self.grants],
            "by": self.by.hex,
            "at": self.at,
            "previous": self.previous.hex(),
        }

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Read an entry from a header; ValueError if it is not one."""
        entry = cls(
            grants=tuple(Grant.read(take_map(grant)) for grant in take_list(document, "grants")),
            by=take_id(document, "by"),
            at=take_moment(document, "at"),
            previous=take_hex(document, "previous", 32),
            signature=take_hex(document, "signature", 64),
        )
        only(document, "signature", *entry.document())
        return entry


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
    return Grant(key_name, generation, recipient, until, commitment, hashlib.sha256(sealed).digest()), sealed


def open_key(vault: UUID, grant: Grant, sealed: bytes, private: X25519PrivateKey) -> bytearray:
    """Open a key that was granted to the owner of *private*. Raises ValueError if it is not the key it claims."""
    try:
        opened = _SUITE.decrypt(sealed, private, info=_info(vault, grant.key, grant.generation, grant.recipient))
    except (InvalidTag, ValueError) as error:
        raise ValueError("a granted key does not open") from error
    if len(opened) != 32 or commitment_to(vault, grant.key, grant.generation, opened) != grant.commitment:
        raise ValueError("a granted key is not the key of its compartment")
    return bytearray(opened)


def _info(vault: UUID, key_name: str, generation: int, recipient: UUID) -> bytes:
    return pack(b"ShelterDesk grant", vault.bytes, key_name.encode(), number(generation), recipient.bytes)
