"""Letters: text sealed for whoever holds a compartment, by somebody who does not.

From the key of a compartment follows a key pair; its public half stands in the signed chain beside the grants. Who
holds no key at all, such as an administrator, can so give a reason that only holders read.

A letter to one member is sealed to that member's own public key: no key of a compartment opens it, nor does the
recovery secret. It is lost with the private key, e.g. when its reader gets a new set-up code.
"""

from __future__ import annotations

from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.encoding import pack

LETTER_BOXES: frozenset[str] = frozenset({Compartment.HOUSE.value})
"""Every shift holds this key, so letters are read; nothing else is ever written without holding its key."""

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def letter_box(vault: UUID, key_name: str, key: bytes | bytearray) -> bytes:
    """Return the public key to which letters for the holders of *key* are sealed, empty where none are taken."""
    if key_name not in LETTER_BOXES:
        return b""
    return _private(vault, key).public_key().public_bytes_raw()


def close_letter(box: bytes, plain: bytes, place: bytes) -> bytes:
    """Seal *plain* for one *place* to a letter box with HPKE (RFC 9180)."""
    return _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(box), info=place)


def open_letter(vault: UUID, key: bytes | bytearray, sealed: bytes, place: bytes) -> bytes | None:
    """Open a letter with the key of its compartment; None if it was not sealed for this *place*."""
    try:
        return _SUITE.decrypt(sealed, _private(vault, key), info=place)
    except (InvalidTag, ValueError):
        return None


def close_to_member(vault: UUID, recipient: UUID, public: bytes, plain: bytes, place: bytes) -> bytes:
    """Seal *plain* for one *place* to the own public key of *recipient* with HPKE (RFC 9180)."""
    return _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public), info=_own_place(vault, recipient, place))


def open_as_member(
    vault: UUID, recipient: UUID, private: X25519PrivateKey, sealed: bytes, place: bytes
) -> bytes | None:
    """Open a letter to oneself; None if it was sealed to somebody else, to a former key or for another *place*."""
    try:
        return _SUITE.decrypt(sealed, private, info=_own_place(vault, recipient, place))
    except (InvalidTag, ValueError):
        return None


def _own_place(vault: UUID, recipient: UUID, place: bytes) -> bytes:
    return pack(b"ShelterDesk letter to a member", vault.bytes, recipient.bytes, place)


def _private(vault: UUID, key: bytes | bytearray) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(
        HKDF(SHA256(), 32, vault.bytes, b"ShelterDesk letter box").derive(bytes(key))
    )
