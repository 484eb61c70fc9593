"""Tonight's list: who sleeps in the house, for the roll call when there is no light or no computer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shelterdesk import formats
from shelterdesk.access import Right, require
from shelterdesk.bed_use import beds_on
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Column, Document, Field, Foot, Paragraph, Row, Signatures, Table, Tick, Tone
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.names import names_for
from shelterdesk.schema.acts import Act
from shelterdesk.stays import open_stays

TONIGHT = "tonight"
"""What the log calls the list."""


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


def tonight_rows(desk: Desk, language: str | None = None) -> list[TonightRow]:
    """Return who sleeps in the house tonight in the order of the rooms, those without a bed last.

    A roll call has to find everybody: whose record is closed to the reader stands on it without a name.
    """
    require(desk, Right.SEE_HOUSE)
    today = desk.today()
    names = names_for(desk, "person")
    with desk.read(everybody=True) as db:
        here = set(open_stays(db, today))
        closed = desk.sight.unseen(db, here)
    beds = [use for use in beds_on(desk, today) if use.closed or use.person_id in here]
    somebody = text(N_("Somebody"), language)
    in_beds = [TonightRow(_name(use.person_id, names, somebody), f"{use.room}-{use.bed}") for use in beds]
    without = sorted(names.get(one, "") for one in here - closed - {use.person_id for use in beds})
    unnamed = len(closed) - sum(use.closed for use in beds)
    return [*in_beds, *(TonightRow(name, "–") for name in [*without, *[somebody] * unnamed])]


def _name(person_id: UUID | None, names: Mapping[UUID, str], somebody: str) -> str:
    return names.get(person_id, "") if person_id is not None else somebody


def note_tonight(desk: Desk, *, how: str) -> None:
    """Log that the list leaves the program; *how* is ``print`` or ``pdf``."""
    require(desk, Right.SEE_HOUSE)
    act = Act.PRINT if how == "print" else Act.EXPORT
    with desk.write(act, facts={"log.what": TONIGHT, "log.how": how}):
        pass
