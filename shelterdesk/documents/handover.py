"""The handover sheet of one shift: for the hours without light or computer, and destroyed at the next handover."""

from __future__ import annotations

from shelterdesk import formats
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    Block,
    Check,
    Checks,
    Column,
    Document,
    Field,
    Foot,
    Heading,
    Paragraph,
    Row,
    Signatures,
    Table,
    Tick,
    Tone,
)
from shelterdesk.house_book.book import Book, read_book
from shelterdesk.house_book.handovers import DO, KEY, KNOW, VISIT, ShiftLine
from shelterdesk.house_book.incidents import since_words
from shelterdesk.house_book.shifts import Shift
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.printed import log_paper
from shelterdesk.schema.base import text_of
from shelterdesk.vocab.house_book import DOSE_OUTCOMES, WHEREABOUTS

HANDOVER_SHEET = "handover_sheet"
"""What the log calls the sheet."""


def handover_sheet(desk: Desk, shift: Shift, language: str) -> Document:
    """Return the sheet of *shift* as far as the reader sees whom it is about."""
    require(desk, Right.SEE_HOUSE)
    book = read_book(desk, shift)

    def say(message: str) -> str:
        return text(message, language)

    return Document(
        title=say(N_("Handover")),
        subtitle=shift.label(language),
        language=language,
        file_name="handover",
        blocks=(
            *_incidents(desk, book, language),
            Heading(say(N_("To know")), 2),
            *_lines(book.of_kind(KNOW), say(N_("Nothing was written down."))),
            Heading(say(N_("To do")), 2),
            *_to_do(book, say(N_("Nothing was written down."))),
            Heading(say(N_("Roll call")), 2),
            _roll(book, language),
            *_unnamed(book, language),
            Heading(say(N_("Medicine")), 2),
            _medicine(book, language),
            Heading(say(N_("Visits and keys")), 2),
            *_lines([*book.in_time(VISIT), *book.in_time(KEY)], say(N_("Nothing was written down."))),
            Signatures((Field(say(N_("Handed over by")), 3), Field(say(N_("Read by")), 3), Field(say(N_("Time")), 2))),
        ),
        foot=Foot(mark=say(N_("Stays in the house, destroy at handover.")), page_numbers=True),
    )


def note_handover(desk: Desk, *, how: str) -> None:
    """Log that the sheet leaves the program; *how* is ``print`` or ``pdf``."""
    require(desk, Right.SEE_HOUSE)
    log_paper(desk, HANDOVER_SHEET, how=how)


def _incidents(desk: Desk, book: Book, language: str) -> list[Block]:
    found: list[Block] = []
    for one in book.incidents:
        if not found:
            found.append(Heading(text(N_("Open incidents"), language), 2))
        found.append(Paragraph(f"{one.title(language)} · {since_words(desk, one, language)}"))
        told = one.told(language)
        if told:
            found.append(Paragraph(told, Tone.MUTED))
    return found


def _words(line: ShiftLine) -> str:
    words = text_of(line, "words")
    return f"{line.at:%H:%M}  {words}" if line.at is not None else words


def _lines(lines: list[ShiftLine], empty: str) -> list[Block]:
    return [Paragraph(f"– {_words(one)}") for one in lines] or [Paragraph(empty, Tone.MUTED)]


def _to_do(book: Book, empty: str) -> list[Block]:
    lines = book.in_time(DO)
    if not lines:
        return [Paragraph(empty, Tone.MUTED)]
    return [Checks(tuple(Check(_words(one), one.is_done) for one in lines), stacked=True)]


def _roll(book: Book, language: str) -> Table:
    def row(name: str, bed: str, state: str, back: str) -> Row:
        return Row((Tick(), name, bed, state, back))

    rows = [
        row(
            f"↳ {one.name}" if one.under else one.name,
            one.bed,
            WHEREABOUTS.label(one.mark.state, language),
            " ".join(
                part
                for part in (
                    formats.day(one.mark.back_on, language, style="day_month") if one.mark.back_on else "",
                    one.mark.back_at.strftime("%H:%M") if one.mark.back_at else "",
                )
                if part
            ),
        )
        for one in book.roll.rows
    ]
    return Table(
        columns=(
            Column(text(N_("Here"), language), 14),
            Column(text(N_("Name"), language), 56),
            Column(text(N_("Bed"), language), 24),
            Column(text(N_("Last seen as"), language), 40),
            Column(text(N_("Back"), language), 36),
        ),
        rows=tuple(rows),
        empty=text(N_("Nobody lives here on this day."), language),
    )


def _unnamed(book: Book, language: str) -> list[Block]:
    if not book.roll.unnamed:
        return []
    words = ngettext(
        "And {n} person who is not named here.", "And {n} people who are not named here.", book.roll.unnamed, language
    )
    return [Paragraph(words)]


def _medicine(book: Book, language: str) -> Table:
    rows: list[Row] = []
    for one in book.medicine:
        was = DOSE_OUTCOMES.label(one.dose.outcome, language) if one.dose is not None else ""
        at = one.medicine.at.strftime("%H:%M")
        if one.on != book.shift.day:
            at = f"{at}, {formats.day(one.on, language, style='day_month')}"
        rows.append(Row((at, one.person, text_of(one.medicine, "what"), was)))
    return Table(
        columns=(
            Column(text(N_("Hour"), language), 30),
            Column(text(N_("Name"), language), 40),
            Column(text(N_("What to give"), language), 60),
            Column(text(N_("Given, initials"), language), 40),
        ),
        rows=tuple(rows),
        empty=text(N_("Nothing is due."), language),
    )
