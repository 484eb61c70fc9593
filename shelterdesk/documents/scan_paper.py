"""A scan or photo on paper: its pages as they are, each with the code of the record at the foot."""

from __future__ import annotations

from dataclasses import replace
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
    PageBreak,
    Picture,
    Side,
)
from shelterdesk.documents.confidential import FOR_THE_RECIPIENT, IN_THE_FILE, confidential
from shelterdesk.errors import ShelterDeskError
from shelterdesk.files import StoredFile, content_of
from shelterdesk.i18n import N_, text
from shelterdesk.reach import require_reach
from shelterdesk.scans import showing
from shelterdesk.schema.acts import Act
from shelterdesk.sharing import Standing, may_share, note_shared

SCAN: Final = "scan"
MOST_PAGES: Final = 40
_HIGHEST_MM: Final = PAGE_HEIGHT_MM - 2 * MARGIN_MM - 34
SHARED_FOR: Final = ("share_partner", "share_authority", "health", "share_employer", "share_family")
"""Purposes of consent a copy may leave for."""
_PARTS: Final = frozenset({"papers"})
_NO_RECIPIENT: Final = N_("Enter for whom the copy is. Nothing left.")
_TOO_MANY: Final = N_(
    "This scan has more than {most} pages, which is too much to print at once. Nothing was printed. Look at it here, "
    "or split it into several scans."
)


class NoRecipient(ShelterDeskError):
    """A copy would leave for nobody named."""


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
        foot=confidential(IN_THE_FILE, language, code, printed),
    )


def scan_for_others(paper: Document, recipient: str, language: str) -> Document:
    """Return the paper of a scan as it goes to somebody else, who reads that it is for them alone."""
    assert paper.foot is not None
    words = text(FOR_THE_RECIPIENT, language)
    whom = text(N_("For {name}"), language, name=recipient) if recipient else ""
    mark = text(N_("Confidential"), language)
    return replace(
        paper,
        title=text(N_("Copy"), language),
        language=language,
        foot=replace(paper.foot, mark=mark, text=words, second=whom or paper.foot.second),
    )


def standing_for(desk: Desk, file: StoredFile, purpose: str, recipient: str) -> Standing:
    """Return whether a scan may go to *recipient* for *purpose*. Raises NotAllowed, NeedsReason."""
    return may_share(desk, file.person_id, purpose, recipient).sharing(_PARTS)


def note_scan_shared(desk: Desk, file: StoredFile, standing: Standing, *, how: str, why: str = "") -> None:
    """Log that a copy of a scan leaves for somebody else; *how* is ``print``, ``pdf`` or ``docx``.

    Raises ConsentMissing, NoRecipient; then nothing is logged and nothing may leave.
    """
    if not standing.recipient:
        raise NoRecipient(_NO_RECIPIENT)
    note_shared(desk, file.person_id, standing, what=SCAN, how=how, why="" if standing.given else why)


def note_scan_printed(desk: Desk, person_id: UUID, for_whom: str) -> None:
    """Log that a scan or photo went onto paper."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    facts = {"log.what": SCAN, "log.how": "print", "log.for_whom": for_whom}
    with desk.write(Act.PRINT, about=person_id, facts=facts):
        pass
