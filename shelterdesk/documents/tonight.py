"""Tonight's list: who sleeps in the house, for the roll call when there is no light or no computer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shelterdesk import formats
from shelterdesk.documents.blocks import Column, Document, Field, Foot, Paragraph, Row, Signatures, Table, Tick, Tone
from shelterdesk.i18n import N_, ngettext, text


@dataclass(frozen=True)
class TonightRow:
    """``short_name`` is what she is called in the house, never a legal name; a child follows its mother."""

    short_name: str
    room: str


def tonight_list(rows: Sequence[TonightRow], night: date, language: str) -> Document:
    """Return the list of *night* in the order given."""

    def say(message: str) -> str:
        return text(message, language)

    return Document(
        title=say(N_("Tonight")),
        subtitle=formats.day(night, language, style="long"),
        language=language,
        file_name="tonight",
        blocks=(
            Paragraph(ngettext("{n} person", "{n} people", len(rows), language), Tone.MUTED),
            Table(
                columns=(
                    Column(say(N_("Here")), 14),
                    Column(say(N_("Name")), 60),
                    Column(say(N_("Room")), 36),
                    Column(say(N_("Note by hand")), 60),
                ),
                rows=tuple(Row((Tick(), row.short_name, row.room, "")) for row in rows),
                empty=say(N_("Nobody sleeps in the house tonight.")),
            ),
            Signatures(
                (Field(say(N_("Handed over by")), 3), Field(say(N_("Taken over by")), 3), Field(say(N_("Time")), 2))
            ),
        ),
        foot=Foot(mark=say(N_("Stays in the house, destroy at handover.")), page_numbers=True),
    )
