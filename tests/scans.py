"""Small pictures and papers for tests, drawn as they are needed."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageDraw

SECRET = b"Gandja-4711"
"""Stands in the metadata of what :func:`a_photo` draws."""


def drawn(width: int = 320, height: int = 240, colour: str = "white") -> Image.Image:
    """Return a picture with a black bar and a red corner."""
    image = Image.new("RGB", (width, height), colour)
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, width // 2, 60), fill="black")
    draw.rectangle((width - 40, height - 40, width, height), fill="red")
    return image


def as_bytes(image: Image.Image, form: str = "PNG", **how: Any) -> bytes:
    """Return *image* as a file of the kind *form*."""
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def a_photo(**how: Any) -> bytes:
    """Return a JPEG that tells where, when and by whom it was taken, and lies on its side."""
    exif = Image.Exif()
    exif[0x010F] = f"Camera of {SECRET.decode()}"
    exif[0x0132] = "2026:05:01 12:00:00"
    exif[0x0112] = 6
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (40.0, 40.0, 58.5)
    return as_bytes(drawn(), "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET * 4, **how)


def pages(count: int = 2) -> bytes:
    """Return a TIFF with *count* pages, as a scanner makes it."""
    return as_bytes(
        drawn(), "TIFF", save_all=True, append_images=[drawn(colour="ivory")] * (count - 1), description=SECRET.decode()
    )


def a_pdf(body: bytes = b"0 0 1 rg 20 20 100 50 re f", more: bytes = b"", extra: bytes = b"") -> bytes:
    """Return a PDF of one page that draws *body*; *more* goes into its catalogue, *extra* are further objects."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + more + b">>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(body), body),
    ]
    written = b"%PDF-1.7\n"
    for number, one in enumerate(objects, 1):
        written += b"%d 0 obj%s endobj\n" % (number, one)
    return written + extra + b"trailer<</Root 1 0 R/Info<</Title(" + SECRET + b")>>>>\n%%EOF\n"
