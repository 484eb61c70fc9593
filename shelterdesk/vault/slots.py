"""Slots: a member's private keys, closed with what one person knows.

Every slot has its own salt and cost and carries the creator's fingerprint inside, so that whoever opens a slot
knows where the chain has to start, whatever the public part of the header says.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shelterdesk.vault.encoding import (
    canonical,
    now,
    only,
    pack,
    take_hex,
    take_id,
    take_map,
    take_moment,
    take_number,
    take_text,
    wipe,
)
from shelterdesk.vault.kdf import KdfCost, stretch, stretch_as_strongly_as_possible

_PAYLOAD_VERSION = 1
_ARGON2ID = "argon2id"
_HKDF = "hkdf-sha256"


class SlotKind(StrEnum):
    """What opens the slot. A set-up slot belongs to temporary keys and ends with its first use or on its day."""

    PASSPHRASE = "passphrase"  # noqa: S105
    SETUP = "setup"
    RECOVERY = "recovery"
    PIECES = "pieces"
    """The recovery secret, but written down in pieces only."""


RECOVERY_KINDS = frozenset({SlotKind.RECOVERY, SlotKind.PIECES})


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the private keys of ``member``. ``cost`` is None where the secret is random and needs no stretching.

    ``until`` is the last day of a set-up slot, as ``2026-12-01``, or empty. Where the recovery secret is written down
    in ``pieces``, so many of them are ``needed``. A set-up slot whose day is over is emptied: nothing opens it.
    """

    kind: SlotKind
    member: UUID
    at: str
    until: str
    salt: bytes
    cost: KdfCost | None
    nonce: bytes
    sealed: bytes = b""
    needed: int = 0
    pieces: int = 0

    def document(self) -> dict[str, Any]:
        """Return what is public about the slot; all of it is authenticated by the seal."""
        kdf: dict[str, Any] = {"name": _HKDF}
        if self.cost:
            kdf = {
                "name": _ARGON2ID,
                "memory_kib": self.cost.memory_kib,
                "iterations": self.cost.iterations,
                "lanes": self.cost.lanes,
            }
        pieces = {"needed": self.needed, "pieces": self.pieces} if self.kind is SlotKind.PIECES else {}
        return {
            "type": self.kind.value,
            "member": self.member.hex,
            "at": self.at,
            "until": self.until,
            "salt": self.salt.hex(),
            "kdf": kdf,
            "nonce": self.nonce.hex(),
            **pieces,
        }

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Read a slot from a header; ValueError if it is none, or asks for a cost outside the bounds."""
        kdf = take_map(document.get("kdf"))
        cost = None
        if take_text(kdf, "name") == _ARGON2ID:
            only(kdf, "name", "memory_kib", "iterations", "lanes")
            cost = KdfCost(take_number(kdf, "memory_kib"), take_number(kdf, "iterations"), take_number(kdf, "lanes"))
        elif kdf != {"name": _HKDF}:
            raise ValueError("unknown key derivation")
        kind = SlotKind(take_text(document, "type"))
        slot = cls(
            kind=kind,
            member=take_id(document, "member"),
            at=take_moment(document, "at"),
            until=take_text(document, "until", 10),
            salt=take_hex(document, "salt", 16),
            cost=cost,
            nonce=take_hex(document, "nonce", 12),
            sealed=take_hex(document, "sealed"),
            needed=take_number(document, "needed") if kind is SlotKind.PIECES else 0,
            pieces=take_number(document, "pieces") if kind is SlotKind.PIECES else 0,
        )
        only(document, "sealed", *slot.document())
        if (kind is SlotKind.PASSPHRASE and cost is None) or (kind in RECOVERY_KINDS and cost is not None):
            raise ValueError("a passphrase without stretching, or a recovery secret with it")
        return slot

    @property
    def day_is_over(self) -> bool:
        """Say whether a set-up slot has run out. Its last day counts wherever on earth it still is."""
        return bool(self.until) and datetime.now(UTC).date().isoformat() > self.until


class MemberKeys:
    """The private keys of whoever is signed in, and the fingerprint the chain has to start with."""

    def __init__(self, payload: bytes | bytearray) -> None:
        if len(payload) != 97 or payload[0] != _PAYLOAD_VERSION:
            raise ValueError("the content of a slot has an unknown shape")
        view = memoryview(payload)  # a slice would leave one more copy that nobody wipes
        self.sign = Ed25519PrivateKey.from_private_bytes(view[1:33])
        self.seal = X25519PrivateKey.from_private_bytes(view[33:65])
        self.fingerprint = bytes(view[65:97])

    def payload(self) -> bytearray:
        """Return what a slot closes over, to open another copy of the same vault with. Wipe it after use."""
        payload = bytearray((_PAYLOAD_VERSION,))
        payload += self.sign.private_bytes_raw()
        payload += self.seal.private_bytes_raw()
        return payload + self.fingerprint

    def wipe(self) -> None:
        """Let go of the private keys; the library overwrites them when nothing holds them any more."""
        for name in ("sign", "seal"):
            self.__dict__.pop(name, None)

    @property
    def sign_public(self) -> bytes:
        """Return the public key that verifies what :attr:`sign` signs."""
        return self.sign.public_key().public_bytes_raw()

    @property
    def seal_public(self) -> bytes:
        """Return the public key others seal to."""
        return self.seal.public_key().public_bytes_raw()


def new_payload(fingerprint: bytes = bytes(32)) -> bytearray:
    """Return fresh private keys with *fingerprint*, in the shape slots close over. Wipe it after use."""
    payload = bytearray((_PAYLOAD_VERSION,))
    payload += Ed25519PrivateKey.generate().private_bytes_raw()
    payload += X25519PrivateKey.generate().private_bytes_raw()
    payload += fingerprint
    return payload


def put_fingerprint(payload: bytearray, fingerprint: bytes) -> None:
    """Put the creator's fingerprint into *payload*: it exists only after the creator's keys do."""
    payload[65:97] = fingerprint


def close_with_passphrase(
    vault: UUID,
    member: UUID,
    payload: bytearray,
    passphrase: str,
    cost: KdfCost | None,
    kind: SlotKind,
    until: str = "",
) -> Slot:
    """Close *payload* with a passphrase or a set-up code, at *cost* or as strongly as this computer can."""
    salt = secrets.token_bytes(16)
    if cost:
        key = stretch(passphrase, salt, cost)
    else:
        key, cost = stretch_as_strongly_as_possible(passphrase, salt)
    slot = Slot(kind, member, now(), until, salt, cost, secrets.token_bytes(12))
    return _close(vault, slot, payload, key)


def close_with_recovery_secret(
    vault: UUID, member: UUID, payload: bytearray, secret: bytes, *, needed: int = 0, pieces: int = 0
) -> Slot:
    """Close *payload* with the 160 random bits of a recovery sheet, or of its *pieces*."""
    kind = SlotKind.PIECES if pieces else SlotKind.RECOVERY
    slot = Slot(kind, member, now(), "", secrets.token_bytes(16), None, secrets.token_bytes(12))
    slot = replace(slot, needed=needed, pieces=pieces)
    return _close(vault, slot, payload, _from_random_secret(secret, slot))


def close_with_setup_secret(vault: UUID, member: UUID, payload: bytearray, secret: bytes, until: str) -> Slot:
    """Close *payload* with the 120 random bits of a set-up code, until the end of the day *until*."""
    slot = Slot(SlotKind.SETUP, member, now(), until, secrets.token_bytes(16), None, secrets.token_bytes(12))
    return _close(vault, slot, payload, _from_random_secret(secret, slot))


def open_with_passphrase(vault: UUID, slot: Slot, passphrase: str) -> bytearray | None:
    """Return the private keys in *slot*, or None for a wrong passphrase. Wipe the result after use."""
    if slot.cost is None:
        raise ValueError("this slot is not opened by a passphrase")
    return _open(vault, slot, stretch(passphrase, slot.salt, slot.cost))


def open_with_random_secret(vault: UUID, slot: Slot, secret: bytes) -> bytearray | None:
    """Return the private keys in *slot*, or None if the secret belongs to another sheet or set-up code."""
    if slot.cost is not None:
        return None
    return _open(vault, slot, _from_random_secret(secret, slot))


def _from_random_secret(secret: bytes, slot: Slot) -> bytearray:
    purpose = b"ShelterDesk set-up slot" if slot.kind is SlotKind.SETUP else b"ShelterDesk recovery slot"
    return bytearray(HKDF(SHA256(), 32, slot.salt, purpose).derive(secret))


def _close(vault: UUID, slot: Slot, payload: bytearray, key: bytearray) -> Slot:
    try:
        return replace(slot, sealed=AESGCM(key).encrypt(slot.nonce, payload, _context(vault, slot)))
    finally:
        wipe(key)


def _open(vault: UUID, slot: Slot, key: bytearray) -> bytearray | None:
    try:
        return bytearray(AESGCM(key).decrypt(slot.nonce, slot.sealed, _context(vault, slot)))
    except InvalidTag:
        return None
    finally:
        wipe(key)


def _context(vault: UUID, slot: Slot) -> bytes:
    return pack(b"ShelterDesk slot", vault.bytes, canonical(slot.document()))
