"""The recovery secret in pieces: any so many of them give it back, fewer say nothing about it.

Shamir's scheme over GF(2^8) as SLIP-0039 lays it down (satoshilabs, «Shamir's Secret-Sharing for Mnemonic Codes»):
the secret lies at x = 255, and at x = 254 a digest of it with random bytes, so that pieces that do not belong together
are noticed. On paper a piece is nine groups with check characters: set, needed, number, value.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shelterdesk.i18n import N_
from shelterdesk.vault.errors import PiecesUnfit
from shelterdesk.vault.recovery import read_groups, write_groups

MOST_PIECES = 16

_SECRET_AT, _DIGEST_AT = 255, 254
_DIGEST_BYTES = 4
_GROUPS = 9
_VALUE_BITS = 160
_SETS = 1 << 12

# Powers of the generator x + 1 modulo x⁸ + x⁴ + x³ + x + 1, Rijndael's field.
_EXP = [1]
while len(_EXP) < 255:
    _double = _EXP[-1] << 1
    _double ^= 0b100011011 if _double & 256 else 0
    _EXP.append(_double ^ _EXP[-1])
_LOG = {value: power for power, value in enumerate(_EXP)}


@dataclass(frozen=True, slots=True)
class Piece:
    """One of several pieces of a secret. Those of one splitting share ``set``; ``needed`` of them are enough."""

    set: int
    needed: int
    number: int
    value: bytes


def split(secret: bytes, *, needed: int, pieces: int) -> list[Piece]:
    """Split 160 bits into *pieces*, any *needed* of which give them back."""
    if not 2 <= needed <= pieces <= MOST_PIECES or len(secret) * 8 != _VALUE_BITS:
        raise ValueError("pieces are at least two and at most sixteen, and no fewer than are needed")
    noise = secrets.token_bytes(len(secret) - _DIGEST_BYTES)
    points = {number: secrets.token_bytes(len(secret)) for number in range(needed - 2)}
    base = {**points, _DIGEST_AT: _digest(noise, secret) + noise, _SECRET_AT: secret}
    points |= {number: interpolate(base, number) for number in range(needed - 2, pieces)}
    together = secrets.randbelow(_SETS)
    return [Piece(together, needed, number, value) for number, value in points.items()]


def combine(pieces: Sequence[Piece]) -> bytes:
    """Return the secret behind *pieces*. Raises PiecesUnfit, saying what is missing."""
    known = {piece.number: piece.value for piece in pieces}
    if len({(piece.set, piece.needed) for piece in pieces}) > 1:
        raise PiecesUnfit(N_("These pieces do not belong together: they were made on different days."))
    needed = pieces[0].needed if pieces else 2
    if len(known) < needed:
        raise PiecesUnfit(
            N_("{needed} different pieces are needed; there are {found}."), needed=needed, found=len(known)
        )
    known = dict(list(known.items())[:needed])
    secret, proof = interpolate(known, _SECRET_AT), interpolate(known, _DIGEST_AT)
    if not hmac.compare_digest(proof[:_DIGEST_BYTES], _digest(proof[_DIGEST_BYTES:], secret)):
        raise PiecesUnfit(N_("These pieces do not fit each other. Compare each of them with its paper once more."))
    return secret


def write_piece(piece: Piece) -> str:
    """Return *piece* as it is printed: nine groups of five characters."""
    head = (piece.set << 4 | piece.needed - 1) << 4 | piece.number
    return write_groups(head << _VALUE_BITS | int.from_bytes(piece.value, "big"), _GROUPS)


def read_piece(code: str) -> Piece:
    """Return the piece behind a typed *code*. Raises RecoveryCodeMistyped, naming the groups to look at."""
    number = read_groups(code, _GROUPS)
    head, value = number >> _VALUE_BITS, number & (1 << _VALUE_BITS) - 1
    return Piece(head >> 8, (head >> 4 & 15) + 1, head & 15, value.to_bytes(_VALUE_BITS // 8, "big"))


def interpolate(points: Mapping[int, bytes], at: int) -> bytes:
    """Return the value at *at* of the polynomial of least degree through *points*, for each byte by itself."""
    found = bytearray(len(next(iter(points.values()))))
    for x, value in points.items():
        power = 0
        for other in points:
            if other != x:
                if at == other:
                    break
                power += _LOG[at ^ other] - _LOG[x ^ other]
        else:
            for place, byte in enumerate(value):
                found[place] ^= _EXP[(_LOG[byte] + power) % 255] if byte else 0
    return bytes(found)


def _digest(noise: bytes, secret: bytes) -> bytes:
    return hmac.digest(noise, secret, "sha256")[:_DIGEST_BYTES]
