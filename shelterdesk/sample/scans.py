"""Scans and photos of the demo house: drawn as they are needed, of nothing and nobody."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from PIL import Image, ImageDraw
from sqlalchemy import update

from shelterdesk import i18n
from shelterdesk.desk import Desk
from shelterdesk.files import WORDS, StoredFile, content_facts
from shelterdesk.i18n import N_
from shelterdesk.sample.rows import Loom
from shelterdesk.scans.intake import Prepared, clean
from shelterdesk.vault.compartments import Compartment

_PAPER: Final = (620, 877)
_INK, _FAINT, _STAMP = "#2b3a4a", "#9aa7b2", "#7a4b8a"
_SPECIMEN: Final = N_("Invented")
_TOLD: Final = (
    ("identity_document", "identity", 210, 1, N_("Identity card, front")),
    ("court_paper", "legal", 40, 2, N_("Protection order, two pages")),
    ("medical_paper", "medical", 33, 1, N_("Letter of the clinic")),
    ("certificate", "identity", 12, 1, N_("Certificate of the sewing course")),
    ("photo_of_her", "identity", 30, 0, N_("Her bag, as it was handed over")),
)
"""Kind, key, days ago, pages (0 is a photo) and words."""


def tell_scans(loom: Loom, named: Mapping[str, UUID]) -> list[tuple[UUID, Prepared]]:
    """Give one of the cast a handful of scans, and another two; return what is to be kept of each."""
    kept: list[tuple[UUID, Prepared]] = []
    people = [named[name] for name in sorted(named)]
    for person_id, told in zip(people, (_TOLD, _TOLD[:2]), strict=False):
        for kind, key, ago, pages, words in told:
            on = loom.ago(ago)
            values: dict[str, Any] = {"kind": kind, "readable_by": key, "dated_on": on}
            values[WORDS[Compartment(key)]] = loom.say(words)
            file_id = loom.add(StoredFile, on, person_id=person_id, **values)
            drawn = _photo() if not pages else [_paper(page) for page in range(pages)]
            kept.append((file_id, clean(_as_tiff(drawn), "scan")))
    return kept


def keep_scans(desk: Desk, kept: Sequence[tuple[UUID, Prepared]]) -> None:
    """Seal what was drawn, once the rows are there."""
    with desk.quietly() as db:
        for file_id, prepared in kept:
            file = db.get_one(StoredFile, file_id)
            facts = content_facts(desk, db, file.id, Compartment(file.readable_by), prepared)
            db.execute(update(StoredFile).where(StoredFile.id == file_id).values(facts))


def _as_tiff(pages: list[Image.Image]) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate")
    return out.getvalue()


def _paper(number: int) -> Image.Image:
    """Draw a page of a letter: a head, lines that are no words, a stamp."""
    page = Image.new("RGB", _PAPER, "#fdfcf8")
    draw = ImageDraw.Draw(page)
    draw.rectangle((60, 60, 250, 76), fill=_INK)
    draw.rectangle((60, 86, 190, 94), fill=_FAINT)
    draw.line((60, 130, 560, 130), fill=_FAINT, width=2)
    for line in range(22 if number == 0 else 12):
        length = 500 - (line * 73 + number * 41) % 190
        draw.rectangle((60, 170 + line * 26, 60 + length, 178 + line * 26), fill=_FAINT if line % 6 else _INK)
    draw.ellipse((400, 690, 540, 830), outline=_STAMP, width=4)
    draw.text((425, 748), i18n.text(_SPECIMEN), fill=_STAMP, font_size=22)
    return page


def _photo() -> list[Image.Image]:
    """Draw a bag on a table."""
    photo = Image.new("RGB", (800, 600), "#cfd8dc")
    draw = ImageDraw.Draw(photo)
    draw.rectangle((0, 420, 800, 600), fill="#a1887f")
    draw.arc((300, 170, 500, 330), 180, 360, fill="#37474f", width=16)
    draw.rounded_rectangle((240, 240, 560, 470), 30, fill="#607d8b", outline="#37474f", width=6)
    draw.rectangle((370, 300, 430, 330), fill="#ffcc80")
    return [photo]
