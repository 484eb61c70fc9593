"""How a confidential paper about one person is marked: her code in the corner, and at the foot what becomes of it.

The code is the only thing in either that says whom the paper is about.
"""

from __future__ import annotations

from typing import Final

from shelterdesk.documents.blocks import Foot, KeyBox
from shelterdesk.i18n import N_, text

IN_THE_FILE: Final = N_("Stays in the file. Destroy after the retention time.")
FOR_WHO_HOLDS_THE_KEY: Final = N_(
    "It stays in the shelter, with those who hold the key. Destroy it when it is done with."
)
FOR_THE_RECIPIENT: Final = N_("For the recipient only. Pass nothing on, and destroy it when it is no longer needed.")
FOR_WHO_FINDS_IT: Final = N_("Found this paper? Give it to the person who gave it to you, or destroy it.")


def code_box(code: str, language: str) -> KeyBox | None:
    """Return the box with her code; a paper to be filled in by hand has none."""
    return KeyBox(text(N_("Code"), language), code) if code else None


def confidential(keeping: str, language: str, code: str, printed: str, *, second_right: str = "") -> Foot:
    """Return the foot: *keeping* is a message that says what becomes of the paper, *printed* the day in words.

    Neither code nor day stands there on a paper to be filled in by hand.
    """
    return Foot(
        mark=text(N_("Confidential"), language),
        text=text(keeping, language),
        second=text(N_("{code}, printed {day}"), language, code=code, day=printed) if code and printed else "",
        second_right=second_right,
        page_numbers=True,
    )
