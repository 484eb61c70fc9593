"""Kept scans and photos drawn for the screen and for paper, in memory."""

from __future__ import annotations

from typing import Final

from PIL import Image

from shelterdesk.scans import pdf_pages, pictures
from shelterdesk.scans.intake import is_pdf
from shelterdesk.scans.pictures import Picture

_ON_SCREEN: Final = 150
_ON_PAPER: Final = 200
_NAME: Final = ""


def on_screen(content: bytes, page: int) -> Picture:
    """Return one page of kept content, counted from 0, with as many dots as one needs to read it."""
    return pictures.picture_of(_drawn(content, page, _ON_SCREEN))


def on_paper(content: bytes, page: int) -> tuple[bytes, float]:
    """Return one page as a PNG, and how much higher than wide it is."""
    image = _drawn(content, page, _ON_PAPER)
    return pictures.as_png(image), image.height / image.width


def of_small(content: bytes) -> Picture:
    """Return the dots of the little picture that stands for a file in lists."""
    return pictures.picture_of(pictures.drawn_again(content))


def _drawn(content: bytes, page: int, dots_per_inch: int) -> Image.Image:
    if not is_pdf(content):
        return pictures.drawn_again(content)
    with pdf_pages.opened(content, _NAME) as pages:
        return pages.draw(page, dots_per_inch)
