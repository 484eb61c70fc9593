"""People of a list on paper, by their codes only: what leaves the desk names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from shelterdesk import formats
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Column, Document, Foot, Paragraph, Row, Table, Tick, Tone
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.person_reading import codes_by_person
from shelterdesk.printed import log_paper

PEOPLE_LIST = "people_list"
"""What the log calls the list."""


def people_list(desk: Desk, people: Sequence[UUID], language: str) -> Document:
    """Return the list of *people* in the order given: code, days in the house, room for a note by hand."""
    require(desk, Right.PRINT_PLANS)

    def say(message: str) -> str:
        return text(message, language)

    with desk.read() as db:
        codes = codes_by_person(db)
    rows = tuple(Row((Tick(), codes[one], "")) for one in people if one in codes)
    return Document(
        title=say(N_("List by code")),
        subtitle=formats.day(desk.today(), language, style="long"),
        language=language,
        file_name="list",
        blocks=(
            Paragraph(ngettext("{n} person", "{n} people", len(rows), language), Tone.MUTED),
            Table(
                columns=(
                    Column(say(N_("Done")), 14),
                    Column(say(N_("Code")), 40),
                    Column(say(N_("Note by hand")), 120),
                ),
                rows=rows,
                empty=say(N_("Nobody is on this list.")),
            ),
        ),
        foot=Foot(mark=say(N_("Codes only. Stays in the house.")), page_numbers=True),
    )


def note_people_list(desk: Desk, count: int, *, how: str) -> None:
    """Log that the list leaves the program; *how* is ``print`` or ``pdf``."""
    require(desk, Right.PRINT_PLANS)
    log_paper(desk, PEOPLE_LIST, how=how, count=count)
