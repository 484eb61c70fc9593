"""Tonight's list: who sleeps in the house, for the roll call when there is no light or no computer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shelterdesk import absences, formats
from shelterdesk.absences import Absence
from shelterdesk.access import Right, require
from shelterdesk.bed_use import beds_on
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Column, Document, Field, Foot, Paragraph, Row, Signatures, Table, Tick, Tone
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.names import names_for
from shelterdesk.printed import log_paper
from shelterdesk.stays import open_stays

TONIGHT = "tonight"
"""What the log calls the list."""


@dataclass(frozen=True)
class TonightRow:
    """``short_name`` is what she is called in the house, never a legal name; a child follows its mother."""

    short_name: str
    room: str
    note: str = ""
    """Where she is away tonight, until when."""


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
                rows=tuple(Row((Tick(), row.short_name, row.room, row.note)) for row in rows),
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
    away = absences.away_on(desk, today)
    somebody = text(N_("Somebody"), language)

    def row(person_id: UUID | None, room: str) -> TonightRow:
        gone = away.get(person_id) if person_id is not None else None
        return TonightRow(_name(person_id, names, somebody), room, _away(gone, language) if gone is not None else "")

    in_beds: list[TonightRow] = []
    seen: set[UUID | None] = set()
    for use in beds_on(desk, today):
        sleepers = [use.person_id] if use.closed or use.person_id in here else []
        # A child follows its mother, in whose bed it sleeps.
        sleepers += [one for one in use.sharing if one in here]
        in_beds += [row(one, f"{use.room}-{use.bed}") for one in sleepers]
        seen |= set(sleepers)
    without = sorted((row(one, "–") for one in here - closed - seen), key=lambda one: one.short_name)
    unnamed = len(closed) - sum(one.short_name == somebody for one in in_beds)
    return [*in_beds, *without, *[TonightRow(somebody, "–")] * unnamed]


def _away(absence: Absence, language: str | None) -> str:
    if absence.until is None:
        return text(N_("away"), language)
    return text(N_("away until {day}"), language, day=formats.day(absence.until, language, style="day_month"))


def _name(person_id: UUID | None, names: Mapping[UUID, str], somebody: str) -> str:
    return names.get(person_id, "") if person_id is not None else somebody


def note_tonight(desk: Desk, *, how: str) -> None:
    """Log that the list leaves the program; *how* is ``print`` or ``pdf``."""
    require(desk, Right.SEE_HOUSE)
    log_paper(desk, TONIGHT, how=how)
