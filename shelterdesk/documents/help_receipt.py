"""Receipt for things or money somebody was given: code, amount and signatures, never a name."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    Column,
    Document,
    Field,
    Paragraph,
    Row,
    Side,
    Signatures,
    Spacer,
    Table,
    Tone,
)
from shelterdesk.documents.confidential import FOR_WHO_FINDS_IT, code_box, confidential
from shelterdesk.help_given import amount_words
from shelterdesk.i18n import N_, text
from shelterdesk.person_reading import codes_by_person
from shelterdesk.printed import log_paper
from shelterdesk.schema.base import text_of
from shelterdesk.services import service_with

HELP_RECEIPT: Final = "help_receipt"
"""What the log calls the paper."""


def help_receipt(desk: Desk, service_id: UUID, language: str) -> Document:
    """Return the receipt of one service. Raises NotAllowed, RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    one = service_with(desk, service_id)

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    with desk.read(everybody=True) as db:
        code = codes_by_person(db).get(one.person_id, "")
    number = text_of(one, "receipt")
    return Document(
        title=say(N_("Receipt")),
        subtitle=say(N_("Goods and money. One copy for the resident, one for the accounts.")),
        language=language,
        file_name="receipt",
        key=code_box(code, language),
        blocks=(
            Table(
                columns=(
                    Column(say(N_("Date given")), 26),
                    Column(say(N_("What")), 56),
                    Column(say(N_("How many")), 20, Side.RIGHT),
                    Column(say(N_("Amount")), 30, Side.RIGHT),
                    Column(say(N_("Receipt number")), 32),
                ),
                rows=(
                    Row(
                        (
                            formats.day(one.given_on, language, style="short"),
                            vocab.SERVICE_KINDS.label(one.kind, language),
                            formats.number(one.quantity, language) if one.quantity is not None else "–",
                            amount_words(desk, one, language) or "–",
                            number,
                        )
                    ),
                ),
            ),
            Paragraph(say(N_("It is hers and is not paid back. Nothing is asked of her for it.")), Tone.MUTED),
            Spacer(10),
            Signatures(
                (Field(say(N_("Resident")), 3), Field(say(N_("For the shelter")), 3), Field(say(N_("Date")), 2))
            ),
        ),
        foot=confidential(FOR_WHO_FINDS_IT, language, code, formats.day(desk.today(), language)),
    )


def note_help_receipt(desk: Desk, service_id: UUID, *, how: str) -> None:
    """Log that the receipt leaves the program. Raises NotAllowed, RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    log_paper(desk, HELP_RECEIPT, how=how, about=service_with(desk, service_id).person_id)
