"""Why a file is not taken in, in words that say what to do instead."""

from __future__ import annotations

from typing import Final

from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_

LARGEST_FILE: Final = 25 * 1024 * 1024
MOST_PAGES: Final = 200
MOST_DOTS: Final = 64_000_000
"""A picture of 8000 × 8000 dots; an A4 page scanned with 600 dots per inch has 35 million."""

TOO_LARGE: Final = N_(
    "{file} has more than 25 MB. Nothing was kept. Scan it with 200 dots per inch, or split it, and add it again."
)
STILL_TOO_LARGE: Final = N_(
    "The pages of {file} together have more than 25 MB. Nothing was kept. Split it, and add the pieces one by one."
)
NO_PICTURE: Final = N_(
    "{file} is neither a picture (JPEG, PNG, TIFF, BMP) nor a PDF. Nothing was kept. Save or print it as a PDF, and "
    "add that."
)
PHONE_PICTURE: Final = N_(
    "{file} is a photo in a form only some phones know (HEIC or WebP). Nothing was kept. Save it as JPEG and add that; "
    "the camera of the phone can be set to «most compatible»."
)
NOT_WHOLE: Final = N_(
    "{file} is damaged or not whole. Nothing was kept. Open it where it comes from, save it anew or scan it again."
)
ASKS_PASSWORD: Final = N_(
    "{file} asks for a password. Nothing was kept. Print it as a PDF without a password, and add that."
)
TOO_MANY_PAGES: Final = N_("{file} has more than {most} pages. Nothing was kept. Split it, and add the pieces.")
NO_PAGE: Final = N_("{file} has no page. Nothing was kept.")
TOO_MANY_DOTS: Final = N_(
    "{file} has more dots than a scan or photo needs. Nothing was kept. Make it smaller, and add it again."
)
TOO_SLOW: Final = N_(
    "{file} takes too long to draw, as files do that are made to do harm. Nothing was kept. Scan it from paper instead."
)
GONE: Final = N_("{file} cannot be read. Nothing was kept. Look whether it is still there, and add it again.")
EMPTY: Final = N_("{file} is empty. Nothing was kept.")
EVERY_REFUSAL: Final = frozenset(
    {
        TOO_LARGE, STILL_TOO_LARGE, NO_PICTURE, PHONE_PICTURE, NOT_WHOLE, ASKS_PASSWORD, TOO_MANY_PAGES, NO_PAGE,
        TOO_MANY_DOTS, TOO_SLOW, GONE, EMPTY,
    }
)  # fmt: skip


class NotTaken(ShelterDeskError):
    """A file cannot become a scan or photo of a record. Nothing of it was kept."""

    def __init__(self, message: str, file: str) -> None:
        super().__init__(message, file=file, most=MOST_PAGES)
