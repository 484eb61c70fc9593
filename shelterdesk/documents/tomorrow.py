"""Tomorrow's list: who is expected when and where, for the door and for who drives. Codes only, no name, no court."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.appointments import PLANNED
from shelterdesk.calendar import BUSY, Entry, read_days
from shelterdesk.clashes import span_of
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Column, Document, Foot, Paragraph, Row, Table, Tick, Tone
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.members import shown_names
from shelterdesk.person_reading import codes_by_person
from shelterdesk.printed import log_paper

TOMORROW = "tomorrow"
"""What the log calls the list."""


@dataclass(frozen=True)
class TomorrowRow:
    """One appointment. ``whom`` are codes, or nothing where a record is closed to the reader."""

    hours: str
    whom: str
    what: str
    with_whom: str
    where: str
    needs: str


def tomorrow_list(rows: Sequence[TomorrowRow], day: date, language: str) -> Document:
    """Return the list of *day* in the order of the hours."""

    def say(message: str) -> str:
        return text(message, language)

    return Document(
        title=say(N_("Appointments")),
        subtitle=formats.day(day, language, style="weekday_long"),
        language=language,
        file_name="appointments",
        blocks=(
            Paragraph(ngettext("{n} appointment", "{n} appointments", len(rows), language), Tone.MUTED),
            Table(
                columns=(
                    Column(say(N_("Done")), 12),
                    Column(say(N_("Hour")), 24),
                    Column(say(N_("Code")), 32),
                    Column(say(N_("What")), 32),
                    Column(say(N_("With")), 24),
                    Column(say(N_("Room")), 22),
                    Column(say(N_("To arrange")), 24),
                ),
                rows=tuple(
                    Row((Tick(), row.hours, row.whom, row.what, row.with_whom, row.where, row.needs)) for row in rows
                ),
                empty=say(N_("Nothing is planned.")),
            ),
        ),
        foot=Foot(mark=say(N_("Stays in the house, destroy in the evening.")), page_numbers=True),
    )


def tomorrow_rows(desk: Desk, day: date, language: str | None = None) -> list[TomorrowRow]:
    """Return what is planned for *day*, as far as the reader's rights go."""
    require(desk, Right.SEE_HOUSE)
    days = read_days(desk, day, day)
    with desk.read() as db:
        codes = codes_by_person(db)
        staff = shown_names(desk, db)
    rooms = desk.choices(vocab.MEETING_ROOMS)

    def row(one: Entry) -> TomorrowRow:
        needs = [
            text(N_("transport"), language) if one.transport else "",
            text(N_("interpreter"), language) if one.interpreter else "",
        ]
        return TomorrowRow(
            _hours(one),
            ", ".join(codes.get(who, "…") for who in one.people),
            _what(one, language),
            staff.get(one.member_id, "") if one.member_id else "",
            rooms.label(one.room, language) if one.room else "",
            ", ".join(part for part in needs if part),
        )

    return [row(one) for one in days.entries if one.state == PLANNED]


def note_tomorrow(desk: Desk, *, how: str) -> None:
    """Log that the list leaves the program; *how* is ``print``."""
    require(desk, Right.SEE_HOUSE)
    log_paper(desk, TOMORROW, how=how)


def _hours(one: Entry) -> str:
    if one.at is None:
        return ""
    if one.minutes is None:
        return f"{one.at:%H:%M}"
    return f"{one.at:%H:%M}–{span_of(one.on, one.at, one.minutes)[1]:%H:%M}"


def _what(one: Entry, language: str | None) -> str:
    """Return the neutral kind; of what is nobody's the words it goes by in the house."""
    if one.source == BUSY:
        return text(N_("Busy"), language)
    if not one.people:
        return one.title
    codes = vocab.DEADLINE_KINDS if one.source == "deadline" else vocab.APPOINTMENT_KINDS
    return one.group or codes.listed(one.kind, language)
