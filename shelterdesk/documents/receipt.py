"""Receipt for belongings and documents: what was taken in and handed back, with code and signatures, never a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from shelterdesk import formats
from shelterdesk.access import Right, require
from shelterdesk.belongings import Belonging, belongings_of
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    Column,
    Document,
    Field,
    Foot,
    Heading,
    Paragraph,
    Row,
    Side,
    Signatures,
    Table,
    Tone,
)
from shelterdesk.documents.confidential import FOR_WHO_FINDS_IT, code_box
from shelterdesk.fields import says
from shelterdesk.i18n import N_, text
from shelterdesk.names import names_for
from shelterdesk.person_reading import codes_by_person
from shelterdesk.printed import log_paper
from shelterdesk.reach import require_reach
from shelterdesk.schema.base import declared

RECEIPT: Final = "receipt"
"""What the log calls the paper."""
_LINES_BY_HAND: Final = 12
_LINES_LEFT: Final = 3
"""Empty lines below what is written already, for what comes later."""


def receipt(desk: Desk, person_id: UUID | None, language: str) -> Document:
    """Return the receipt of what is kept for a person, or with None one to fill in by hand.

    Raises NotAllowed, RecordClosed. Her code is the only thing that says whom it is about.
    """
    require(desk, Right.KEEP_STAYS)

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    code, things = "", list[Belonging]()
    if person_id is not None:
        require_reach(desk, person_id, asks=False)
        things = belongings_of(desk, person_id)
        with desk.read(everybody=True) as db:
            code = codes_by_person(db).get(person_id, "")
    rows = [_row(desk, one, language) for one in things]
    empty = _LINES_LEFT if things else _LINES_BY_HAND
    rows += [Row(("", "", "", "", ""))] * empty
    shown = say(N_("Code {code}"), code=code) if code else say(N_("Code"))
    return Document(
        title=say(N_("Receipt for belongings and documents")),
        subtitle=say(N_("One copy for the resident, one for the file.")),
        language=language,
        file_name="receipt",
        key=code_box(code, language),
        blocks=(
            Table(
                columns=(
                    Column(say(N_("What")), 64),
                    Column(say(N_("How many")), 18, Side.RIGHT),
                    Column(say(N_("Taken in")), 30),
                    Column(say(N_("Handed back")), 30),
                    Column(say(N_("To whom")), 34),
                ),
                rows=tuple(rows),
            ),
            Paragraph(
                say(N_("What the shelter keeps is hers. She gets it back when she asks for it, and when she leaves.")),
                Tone.MUTED,
            ),
            Heading(say(N_("Taken in"))),
            _signatures(say(N_("Resident")), say(N_("For the shelter")), say(N_("Date"))),
            Heading(say(N_("Handed back"))),
            _signatures(say(N_("Resident")), say(N_("For the shelter")), say(N_("Date"))),
        ),
        foot=Foot(
            mark=say(N_("Confidential")),
            text=say(FOR_WHO_FINDS_IT),
            second=f"{shown}, {formats.day(desk.today(), language)}" if code else formats.day(desk.today(), language),
            page_numbers=True,
        ),
    )


def note_receipt(desk: Desk, person_id: UUID | None, *, how: str) -> None:
    """Log that the receipt leaves the program; *how* is ``print`` or ``pdf``. Raises NotAllowed."""
    require(desk, Right.KEEP_STAYS)
    log_paper(desk, RECEIPT, how=how, about=person_id)


def _signatures(*labels: str) -> Signatures:
    shares = (3, 3, 2)
    return Signatures(tuple(Field(label, share) for label, share in zip(labels, shares, strict=True)))


def _row(desk: Desk, one: Belonging, language: str) -> Row:
    def say(attribute: str) -> str:
        field = declared(Belonging, attribute)
        value = field.read(one)
        if not says(value):
            return ""
        return field.show(value, language, names_for(desk, field.target) if field.target else None)

    what = _joined((say("what") or say("kind"), say("kind") if say("what") else ""))
    taken = _joined((formats.day(one.taken_on, language, style="short"), say("taken_by")))
    back = formats.day(one.back_on, language, style="short") if one.back_on is not None else ""
    return Row((what, say("pieces"), taken, _joined((back, say("back_by"))), say("back_to")))


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)
