"""Where the facts of a folder stand after they were typed in: in the export, in the history, on papers, on screen."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Collection, Iterable
from typing import Final

import msoffcrypto
import openpyxl
from sqlalchemy import select

from shelterdesk import authority_requests, everything, referrals_out, vocab, what_happened
from shelterdesk.desk import Desk
from shelterdesk.documents.happened import PURPOSES, happened_paper, standing_for
from shelterdesk.documents.plan import plan_for_the_file
from shelterdesk.documents.plan_papers import plan_paper_of
from shelterdesk.documents.receipt import receipt
from shelterdesk.documents.referral_letter import referral_letter
from shelterdesk.documents.request_paper import request_paper
from shelterdesk.documents.sheet_for_her import her_sheet
from shelterdesk.log_words import LogWords
from shelterdesk.people import Person
from shelterdesk.record_log import LogFilter, lines_of
from shelterdesk.schema.base import whole
from tests.journeys.folder import Sheet

TOPICS: Final = ("status", "exploitation", "signs", "incidents", "who_harmed")
ON_PAPER: Final = frozenset(
    {
        "belongings",
        "circumstances",
        "place and time",
        "signs",
        "incident",
        "who caused harm",
        "status",
        "milestone",
        "referral",
        "request by an authority",
    }
)
"""Forms whose facts a paper of the program says."""
_PASSWORD: Final = "blue scarf at the pharmacy"
_MANY: Final = 10_000


def people_by_name(desk: Desk) -> dict[str, Person]:
    """Return everybody by the name used."""
    with desk.read() as db:
        return {one.shown_name: one for one in db.scalars(select(Person).options(*whole(Person)))}


def missing(folder: Iterable[Sheet], told: str, besides: Collection[str] = ()) -> list[str]:
    """Return the words of *folder* that *told* does not hold; those named in *besides* are not looked for."""
    flat = _flat(told)
    asked = [(one, words) for one in folder for words in one.words if words not in besides]
    return [f"{one.at:%d.%m.%Y} {one.form}: {words}" for one, words in asked if _flat(words) not in flat]


def _flat(words: str) -> str:
    return " ".join(words.split())


def in_the_export(desk: Desk) -> str:
    """Return every cell of the workbook of everything."""
    opened = io.BytesIO()
    office = msoffcrypto.OfficeFile(io.BytesIO(everything.protected_workbook(desk, _PASSWORD, "the yearly copy")))
    office.load_key(password=_PASSWORD)
    office.decrypt(opened)
    book = openpyxl.load_workbook(opened, read_only=True)
    return "\n".join(
        str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row if cell
    )


def in_the_history(desk: Desk, opened: Person) -> str:
    """Return every value the history tells of anybody, what happened to *opened* among them."""
    what_happened.open_it(desk, opened.id, "I correct an entry")
    lines = lines_of(desk, LogFilter(), LogWords(desk, "en"), limit=_MANY)
    return "\n".join(f"{one.before}\n{one.after}" for line in lines for one in line.fields)


def on_papers(desk: Desk, whose: Person) -> str:
    """Return what the papers about somebody say: plan, what happened, receipt, letters."""
    documents = [
        plan_for_the_file(plan_paper_of(desk, whose.id, "en"), "en"),
        her_sheet(plan_paper_of(desk, whose.id, "en"), "en"),
        receipt(desk, whose.id, "en"),
        happened_paper(desk, whose.id, TOPICS, standing_for(desk, whose.id, PURPOSES[1], "City court"), "en"),
        *(request_paper(desk, one, "en") for one in authority_requests.requests_of(desk, whose.id)),
        *(
            referral_letter(
                desk,
                one,
                referrals_out.standing_of(desk, whose.id, one.service, "Women’s law clinic"),
                [one.code for one in vocab.SHARED_PARTS],
                "en",
            )
            for one in referrals_out.referrals_out_of(desk, whose.id)
        ),
    ]
    return "\n".join(words for one in documents for words in _texts(one))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [words for part in value for words in _texts(part)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [words for field in dataclasses.fields(value) for words in _texts(getattr(value, field.name))]
    return []
