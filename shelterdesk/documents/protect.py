"""Passwords for files that leave the desk.

Word and Excel files are encrypted the way Office does it itself: «agile» encryption, AES-256 with SHA-512
stretched 100,000 times ([MS-OFFCRYPTO] §2.3.4.10). Nothing is written outside memory.
"""

from __future__ import annotations

import io
import struct
from typing import Any

from shelterdesk.drawn_words import draw_words
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_

_PASSWORD_WORDS = 5
LONGEST_PASSWORD = 255
"""Office takes no longer one."""


_MOST_ROUNDS = 2_000_000
"""How often a file may ask to stretch its password; Office asks for 100,000, more than this only somebody hostile."""


class PasswordUnfit(ShelterDeskError):
    """The password is empty or longer than Office can take."""


class PasswordWrong(ShelterDeskError):
    """The password does not open the file."""


def protect_office(data: bytes, password: str) -> bytes:
    """Return the .docx or .xlsx *data* encrypted with *password*. Raises PasswordUnfit."""
    from msoffcrypto.format.ooxml import OOXMLFile  # pyright: ignore[reportMissingTypeStubs]

    if not password:
        raise PasswordUnfit(N_("The file needs a password."))
    if len(password) > LONGEST_PASSWORD:
        raise PasswordUnfit(N_("The password may have {most} characters at most."), most=LONGEST_PASSWORD)
    sealed = io.BytesIO()
    office: Any = OOXMLFile(io.BytesIO(data))
    office.encrypt(password, sealed)
    return sealed.getvalue()


def unprotect_office(data: bytes, password: str) -> bytes:
    """Return what :func:`protect_office`, or Office itself, encrypted with *password*. Raises PasswordWrong."""
    from msoffcrypto.exceptions import (  # pyright: ignore[reportMissingTypeStubs]
        DecryptionError,
        FileFormatError,
        InvalidKeyError,
        ParseError,
    )
    from msoffcrypto.format.ooxml import OOXMLFile  # pyright: ignore[reportMissingTypeStubs]

    plain = io.BytesIO()
    try:
        office: Any = OOXMLFile(io.BytesIO(data))
        if int(office.info.get("spinValue", 0)) > _MOST_ROUNDS:
            raise ParseError
        office.load_key(password=password, verify_password=True)
        office.decrypt(plain, verify_integrity=office.type == "agile")
    except (
        DecryptionError, FileFormatError, InvalidKeyError, ParseError, AttributeError, KeyError, OSError, TypeError,
        ValueError, struct.error,
    ) as error:  # fmt: skip
        raise PasswordWrong(N_("This password does not open the file.")) from error
    return plain.getvalue()


def suggest_password() -> str:
    """Return a password that can be read out on the telephone: five words, about 51 bits."""
    return "-".join(draw_words(_PASSWORD_WORDS))
