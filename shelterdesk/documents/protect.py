"""Passwords for files that leave the desk.

Word and Excel files are encrypted the way Office does it itself: «agile» encryption, AES-256 with SHA-512
stretched 100,000 times ([MS-OFFCRYPTO] §2.3.4.10). Nothing is written outside memory.
"""

from __future__ import annotations

import io
from typing import Any

from shelterdesk.drawn_words import draw_words
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_

_PASSWORD_WORDS = 5
LONGEST_PASSWORD = 255
"""Office takes no longer one."""


class PasswordUnfit(ShelterDeskError):
    """The password is empty or longer than Office can take."""


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


def suggest_password() -> str:
    """Return a password that can be read out on the telephone: five words, about 51 bits."""
    return "-".join(draw_words(_PASSWORD_WORDS))
