"""Pictures: drawn anew from their dots, so that nothing else of them is left.

Place and time, camera, owner, thumbnails, comments, colour profiles, hidden layers and what is hidden behind
transparency all go: the new file knows only dots.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops, ImageOps

from shelterdesk.scans.refusals import MOST_DOTS, MOST_PAGES, NOT_WHOLE, TOO_MANY_DOTS, TOO_MANY_PAGES, NotTaken

FORMATS: Final = ("JPEG", "PNG", "TIFF", "BMP")
_PHOTOS: Final = frozenset({"JPEG", "MPO"})
_PHOTO: Final = 90
_PAGE: Final = 82
_ALMOST_GREY: Final = 12
"""Up to so much the three colours of a dot may differ in what counts as grey."""
_SMALL: Final = (220, 280)
# The number of dots is looked at before any is drawn; the library would only warn, and with another limit.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True)
class Picture:
    """Dots in memory: red, green and blue, one byte each, line by line."""

    width: int
    height: int
    dots: bytes


@dataclass(frozen=True)
class PageScan:
    """One page as a JPEG. ``points`` are the width and height it has on paper, in 1/72 inch."""

    jpeg: bytes
    width: int
    height: int
    grey: bool
    points: tuple[float, float]


def opened(content: bytes, file: str) -> Image.Image:
    """Open a picture without drawing it yet. Raises NotTaken."""
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except Exception as error:
        # A file made to do harm fails in ways no library lists.
        raise NotTaken(NOT_WHOLE, file) from error
    _refuse_bomb(image, file)
    return image


def frames(image: Image.Image, file: str) -> int:
    """Return how many pages a picture has. Raises NotTaken."""
    try:
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    except Exception as error:
        raise NotTaken(NOT_WHOLE, file) from error
    if count > MOST_PAGES:
        raise NotTaken(TOO_MANY_PAGES, file)
    return count


def photo(image: Image.Image, file: str) -> bytes:
    """Return a picture of one page as a clean JPEG or PNG. Raises NotTaken."""
    keeps_every_dot = image.format not in _PHOTOS
    drawn = _drawn(image, file)
    if keeps_every_dot:
        return _encoded(drawn, "PNG", optimize=False)
    return as_photo(drawn)


def as_photo(image: Image.Image) -> bytes:
    """Return *image* as a JPEG nobody can tell from it by eye."""
    return _encoded(image, "JPEG", quality=_PHOTO)


def pages(image: Image.Image, count: int, file: str) -> Iterator[PageScan]:
    """Give the pages of a picture with several. Raises NotTaken."""
    for at in range(count):
        try:
            image.seek(at)
        except Exception as error:
            raise NotTaken(NOT_WHOLE, file) from error
        _refuse_bomb(image, file)
        drawn = _drawn(image, file)
        # What a scanner says about its dots is often nonsense; the longer side of a page is that of A4.
        scale = 842 / max(drawn.size)
        yield page_scan(drawn, (drawn.width * scale, drawn.height * scale))


def page_scan(image: Image.Image, points: tuple[float, float], quality: int = _PAGE) -> PageScan:
    """Return a drawn page as a JPEG, in grey where it has no colour."""
    plain = _without_colour(image)
    jpeg = _encoded(plain, "JPEG", quality=quality)
    return PageScan(jpeg, plain.width, plain.height, plain.mode == "L", points)


def small(image: Image.Image) -> bytes:
    """Return a small JPEG to know the file by in a list."""
    drawn = image if image.mode in ("L", "RGB") else image.convert("RGB")
    drawn = drawn.copy()
    drawn.thumbnail(_SMALL)
    return _encoded(drawn, "JPEG", quality=70)


def drawn_again(content: bytes) -> Image.Image:
    """Draw a picture this program made."""
    image = Image.open(io.BytesIO(content), formats=FORMATS)
    image.load()
    return image


def picture_of(image: Image.Image) -> Picture:
    """Return the dots of *image*."""
    colours = image if image.mode == "RGB" else image.convert("RGB")
    return Picture(colours.width, colours.height, colours.tobytes())


def as_png(image: Image.Image) -> bytes:
    """Return *image* as a PNG for a printed page."""
    return _encoded(image, "PNG", compress_level=1)


def _refuse_bomb(image: Image.Image, file: str) -> None:
    width, height = image.size
    if width * height > MOST_DOTS:
        raise NotTaken(TOO_MANY_DOTS, file)
    if width < 1 or height < 1:
        raise NotTaken(NOT_WHOLE, file)


def _drawn(image: Image.Image, file: str) -> Image.Image:
    """Return the dots of *image* the right way up, as grey or coloured ones, and nothing else."""
    try:
        image.load()
        upright = _upright(image)
        plain = _plain(upright)
    except Exception as error:
        raise NotTaken(NOT_WHOLE, file) from error
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - what the file says about itself may be broken though its dots are whole
        return image


def _plain(image: Image.Image) -> Image.Image:
    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode.startswith("I;16"):
        # Pillow's own words for what it takes here name types of numpy, which is not among our libraries.
        return image.point(lambda value: value / 256).convert("L")  # pyright: ignore[reportUnknownMemberType]
    if "A" in image.getbands() or "transparency" in image.info:
        # What shines through shows paper, and what was hidden behind it is gone.
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return _without_colour(Image.alpha_composite(paper, layered).convert("RGB"))
    return _without_colour(image.convert("RGB"))


def _without_colour(image: Image.Image) -> Image.Image:
    """Return a picture without colour as a grey one, which needs a third of the room."""
    if image.mode != "RGB":
        return image if image.mode in ("1", "L") else image.convert("L")
    red, green, blue = image.split()
    for one, other in ((red, green), (green, blue)):
        if ImageChops.difference(one, other).getextrema()[1] > _ALMOST_GREY:  # pyright: ignore[reportOperatorIssue]
            return image
    return image.convert("L")


def _encoded(image: Image.Image, form: str, **how: int) -> bytes:
    out = io.BytesIO()
    plain = image.convert("L") if form == "JPEG" and image.mode == "1" else image
    plain.save(out, form, **how)
    return out.getvalue()
