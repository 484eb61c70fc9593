"""From the bytes of a file to the content that is kept: looked at, drawn anew, measured. Nothing touches the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from shelterdesk.scans import paper, pdf_pages, pictures
from shelterdesk.scans.pictures import PageScan
from shelterdesk.scans.refusals import (
    EMPTY,
    LARGEST_FILE,
    NO_PICTURE,
    PHONE_PICTURE,
    STILL_TOO_LARGE,
    TOO_LARGE,
    NotTaken,
)

KINDS: Final = ("jpg", "jpeg", "jpe", "png", "tif", "tiff", "bmp", "pdf")
"""How the names of files end that can be taken in."""
_PDF: Final = b"%PDF-"
_PDF_BEGINS_BEFORE: Final = 1024
_BEGINNINGS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"BM")
_DOTS_PER_INCH: Final = ((200, 82), (150, 72))
"""Dots and quality of a page; the second where the first takes too much room."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Prepared:
    """What is kept of a file: ``content`` is a clean JPEG, PNG or PDF; ``small`` a little JPEG for lists."""

    content: bytes
    pages: int
    small: bytes

    @property
    def size(self) -> int:
        """Return how many bytes the content has."""
        return len(self.content)


def clean(content: bytes, file: str, progress: Progress | None = None) -> Prepared:
    """Make what is kept of the bytes of a file called *file*. Raises NotTaken."""
    if len(content) > LARGEST_FILE:
        raise NotTaken(TOO_LARGE, file)
    if not content:
        raise NotTaken(EMPTY, file)
    if _PDF in content[:_PDF_BEGINS_BEFORE]:
        return _of_pdf(content, file, progress or _unheard)
    if content.startswith(_BEGINNINGS):
        return _of_picture(content, file, progress or _unheard)
    phone = content[4:8] == b"ftyp" or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
    raise NotTaken(PHONE_PICTURE if phone else NO_PICTURE, file)


def is_pdf(content: bytes) -> bool:
    """Tell whether kept content has pages, or is one picture."""
    return content.startswith(_PDF)


def _unheard(_done: int, _whole: int) -> None:
    """Tell nobody how far the work is."""


def _of_picture(content: bytes, file: str, progress: Progress) -> Prepared:
    image = pictures.opened(content, file)
    count = pictures.frames(image, file)
    if count > 1:
        return _of_pages(_counted(pictures.pages(image, count, file), count, progress), file)
    kept = pictures.photo(image, file)
    drawn = pictures.drawn_again(kept)
    if len(kept) > LARGEST_FILE:
        kept = pictures.as_photo(drawn)
    if len(kept) > LARGEST_FILE:
        raise NotTaken(STILL_TOO_LARGE, file)
    return Prepared(kept, 1, pictures.small(drawn))


def _of_pdf(content: bytes, file: str, progress: Progress) -> Prepared:
    with pdf_pages.opened(content, file) as found:
        for last, (dots, quality) in zip((False, True), _DOTS_PER_INCH, strict=True):

            def drawn(dots: int = dots, quality: int = quality) -> Iterator[PageScan]:
                for number in range(found.count):
                    yield pictures.page_scan(found.draw(number, dots), found.size(number), quality)

            try:
                return _of_pages(_counted(drawn(), found.count, progress), file)
            except NotTaken as refusal:
                if last or refusal.message != STILL_TOO_LARGE:
                    raise
    raise NotTaken(STILL_TOO_LARGE, file)


def _of_pages(scans: Iterator[PageScan], file: str) -> Prepared:
    kept: list[PageScan] = []
    whole = 0
    for scan in scans:
        whole += len(scan.jpeg)
        if whole > LARGEST_FILE:
            raise NotTaken(STILL_TOO_LARGE, file)
        kept.append(scan)
    content = paper.joined(kept)
    if len(content) > LARGEST_FILE:
        raise NotTaken(STILL_TOO_LARGE, file)
    return Prepared(content, len(kept), pictures.small(pictures.drawn_again(kept[0].jpeg)))


def _counted(scans: Iterator[PageScan], count: int, progress: Progress) -> Iterator[PageScan]:
    for done, scan in enumerate(scans, 1):
        yield scan
        progress(done, count)
