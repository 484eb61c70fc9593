"""Codes on paper: random bits, written so that typing errors are found and located.

Groups of five characters from Crockford's base 32 alphabet, which has no I, L, O or U. The fifth character of each
group checks the other four and the place of the group: one wrong character, two neighbours exchanged and groups in
the wrong order are all noticed, and the group is named. The recovery code has eight groups (160 bits), a set-up code
six (120 bits), a piece of the recovery code nine; so none is taken for another.
"""

from __future__ import annotations

import secrets

from shelterdesk.i18n import N_
from shelterdesk.vault.errors import RecoveryCodeMistyped

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS_OF_A_GROUP = 20
_SECRET_BYTES = 20
_SETUP_BYTES = 15

# What people read or type for a character of the alphabet, with a Latin or a Cyrillic keyboard.
_LOOK_ALIKES = str.maketrans(
    "ILOАВСЕНКМОРТХУ"  # the last twelve are Cyrillic
    "\u0406\u0130",  # Ukrainian I, Turkic dotted I
    "110ABCEHKM0PTXY11",
)

# Powers of x modulo x⁵ + x² + 1, the multiplicative group of the field with 32 elements.
_EXP = [1]
while len(_EXP) < 31:
    _double = _EXP[-1] << 1
    _EXP.append(_double ^ 0b100101 if _double & 32 else _double)
_LOG = {value: power for power, value in enumerate(_EXP)}


def new_secret() -> bytes:
    """Return 160 random bits for a recovery code."""
    return secrets.token_bytes(_SECRET_BYTES)


def write_code(secret: bytes) -> str:
    """Return *secret* as it is printed: ``7K3QW-…``."""
    return write_groups(int.from_bytes(secret, "big"), len(secret) * 8 // _BITS_OF_A_GROUP)


def read_code(code: str) -> bytes:
    """Return the secret behind a typed recovery *code*. Raises RecoveryCodeMistyped, naming the groups to look at."""
    return _read_bytes(code, _SECRET_BYTES)


def new_setup_secret() -> bytes:
    """Return 120 random bits, so many that nobody guesses them however fast the computer is."""
    return secrets.token_bytes(_SETUP_BYTES)


def read_setup_code(code: str) -> bytes:
    """Return the secret behind a typed set-up *code*. Raises RecoveryCodeMistyped."""
    return _read_bytes(code, _SETUP_BYTES)


def write_groups(value: int, groups: int) -> str:
    """Return a number of 20 bits for each of *groups* as groups with their check characters."""
    digits = [value >> 5 * place & 31 for place in reversed(range(groups * 4))]
    parts = [digits[start : start + 4] for start in range(0, len(digits), 4)]
    return "-".join(
        "".join(_ALPHABET[digit] for digit in (*part, _check(place, part))) for place, part in enumerate(parts)
    )


def read_groups(code: str, groups: int) -> int:
    """Return the number behind a typed *code* of so many *groups*. Raises RecoveryCodeMistyped."""
    wrong: list[int] = []
    value = 0
    for place, group in enumerate(_typed_groups(code, groups)):
        digits = [_ALPHABET.find(letter) for letter in group]
        if len(digits) != 5 or -1 in digits or _check(place, digits[:4]) != digits[4]:
            wrong.append(place + 1)
            continue
        for digit in digits[:4]:
            value = value << 5 | digit
    if len(wrong) == 1:
        raise RecoveryCodeMistyped(N_("Group {group} of the code is mistyped."), tuple(wrong), group=wrong[0])
    if wrong:
        listed = ", ".join(str(group) for group in wrong)
        raise RecoveryCodeMistyped(N_("Groups {listed} of the code are mistyped."), tuple(wrong), listed=listed)
    return value


def _read_bytes(code: str, length: int) -> bytes:
    return read_groups(code, length * 8 // _BITS_OF_A_GROUP).to_bytes(length, "big")


def _typed_groups(code: str, expected: int) -> list[str]:
    letters = code.upper().translate(_LOOK_ALIKES)
    groups = "".join(letter if letter.isalnum() else " " for letter in letters).split()
    if len(groups) != expected:
        # Typed without gaps, or with gaps elsewhere: then only the characters count.
        joined = "".join(groups)
        groups = [joined[start : start + 5] for start in range(0, len(joined), 5)]
    if len(groups) != expected:
        raise RecoveryCodeMistyped(
            N_("The code has {expected} groups of five characters; {found} characters were typed."),
            expected=expected,
            found=sum(len(group) for group in groups),
        )
    return groups


def _check(place: int, digits: list[int]) -> int:
    check = _times(place + 1, 4)
    for power, digit in enumerate(digits):
        check ^= _times(digit, power)
    return check


def _times(value: int, power: int) -> int:
    return _EXP[(_LOG[value] + power) % 31] if value else 0
