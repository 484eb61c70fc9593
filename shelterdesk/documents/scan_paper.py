"""A scan or photo on paper: its pages as they are, each with the code of the record at the foot."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    MARGIN_MM,
    PAGE_HEIGHT_MM,
    TEXT_WIDTH_MM,
    Block,
    Document,
    Foot,
    PageBreak,
    Picture,
    Side,
)
from shelterdesk.errors import ShelterDeskError
from shelterdesk.files import StoredFile, content_of
from shelterdesk.i18n import N_, text
from shelterdesk.reach import require_reach
from shelterdesk.scans import showing
from shelterdesk.schema.acts import Act

SCAN: Final = "scan"
MOST_PAGES: Final = 40
_HIGHEST_MM: Final = PAGE_HEIGHT_MM - 2 * MARGIN_MM - 34
_TOO_MANY: Final = N_(
    "This scan has more than {most} pages, which is too much to print at once. Nothing was printed. Look at it here, "
    "or split it into several scans."
)


class TooManyPages(ShelterDeskError):
    """A scan has more pages than are printed at once."""


def scan_paper(desk: Desk, file: StoredFile, code: str, language: str) -> Document:
    """Return the pages of a file as a paper. Takes seconds, so the worker does it. Raises NoKey, FileNotWhole."""
    require(desk, Right.SEE_RECORDS)
    if (file.pages or 0) > MOST_PAGES:
        raise TooManyPages(_TOO_MANY, most=MOST_PAGES)
    content = content_of(desk, file)
    kind = vocab.FILE_KINDS.label(file.kind, language)
    blocks: list[Block] = []
    for page in range(file.pages or 1):
        png, ratio = showing.on_paper(content, page)
        if blocks:
            blocks.append(PageBreak())
        blocks.append(Picture(png, kind, min(TEXT_WIDTH_MM, _HIGHEST_MM / ratio), Side.CENTRE))
    printed = formats.day(desk.today(), language)
    return Document(
        title=text(N_("Copy from the record"), language),
        language=language,
        file_name="scan",
        blocks=tuple(blocks),
        foot=Foot(
            mark=text(N_("Confidential"), language),
            text=text(N_("Stays in the file. Destroy after the retention time."), language),
            second=text(N_("{code}, printed {day}"), language, code=code, day=printed),
            page_numbers=True,
        ),
    )


def note_scan_printed(desk: Desk, person_id: UUID, for_whom: str) -> None:
    """Log that a scan or photo went onto paper."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    facts = {"log.what": SCAN, "log.how": "print", "log.for_whom": for_whom}
    with desk.write(Act.PRINT, about=person_id, facts=facts):
        pass
