"""Pages of a PDF drawn as pictures, in memory.

A PDF may hold scripts, other files, earlier versions, hidden layers and the places where its photos were taken. Drawn,
a page is only what can be seen. The drawing library is asked from one thread at a time. What comes from outside is only
ever drawn by the process ``apart``; the program itself draws what that process made.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from threading import RLock
from typing import Any, Final

from PIL import Image

from shelterdesk.scans.refusals import (
    ASKS_PASSWORD,
    MOST_PAGES,
    NO_PAGE,
    NOT_WHOLE,
    TOO_MANY_PAGES,
    NotTaken,
)

_POINTS: Final = 72
_MOST_DOTS: Final = 20_000_000
_LEAST_POINTS: Final = 1.0
# The library works for one caller at a time.
_turn: Final = RLock()


def _library() -> Any:
    """Return the drawing library, which is loaded with the first PDF."""
    import pypdfium2 as pdfium  # pyright: ignore[reportMissingTypeStubs]

    return pdfium


class Pages:
    """The pages of one open PDF."""

    def __init__(self, pdf: Any, file: str) -> None:
        self._pdf = pdf
        self._file = file
        self.count = len(pdf)

    def size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page in points. Raises NotTaken."""
        with _turn, self._page(number) as page:
            width, height = page.get_size()
            return max(width, _LEAST_POINTS), max(height, _LEAST_POINTS)

    def draw(self, number: int, dots_per_inch: float) -> Image.Image:
        """Draw a page with what was filled into its forms; a very large one gets fewer dots. Raises NotTaken."""
        width, height = self.size(number)
        scale = min(dots_per_inch / _POINTS, (_MOST_DOTS / (width * height)) ** 0.5)
        with _turn, self._page(number) as page:
            bitmap = page.render(scale=scale)
            try:
                # What is drawn belongs to the bitmap, which goes at once.
                return bitmap.to_pil().convert("RGB").copy()
            finally:
                bitmap.close()

    @contextmanager
    def _page(self, number: int) -> Generator[Any]:
        pdfium = _library()
        try:
            page = self._pdf[number]
        except (pdfium.PdfiumError, IndexError) as error:
            raise NotTaken(NOT_WHOLE, self._file) from error
        try:
            yield page
        finally:
            page.close()


@contextmanager
def opened(content: bytes, file: str) -> Generator[Pages]:
    """Open a PDF in memory. Raises NotTaken."""
    pdfium = _library()
    with _turn:
        try:
            pdf = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            asks = "password" in str(error).lower()
            raise NotTaken(ASKS_PASSWORD if asks else NOT_WHOLE, file) from error
    try:
        with _turn:
            # Without it what was filled into a form is not drawn.
            pdf.init_forms()
            found = Pages(pdf, file)
        if not found.count:
            raise NotTaken(NO_PAGE, file)
        if found.count > MOST_PAGES:
            raise NotTaken(TOO_MANY_PAGES, file)
        yield found
    finally:
        with _turn:
            pdf.close()
