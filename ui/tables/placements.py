"""Placements in tables: the cells that the page of work and the record have in common."""

from __future__ import annotations

from datetime import date

from shelterdesk import formats, vocab
from shelterdesk.i18n import _
from shelterdesk.placements import Placement
from shelterdesk.schema.base import text_of
from shelterdesk.work import ENDED
from ui.seat import Seat
from ui.widgets.chip import ChipText
from ui.widgets.table_view import Cell


def short_day(value: date, today: date) -> str:
    """Return a day as short as it can be told: the year only where it is another one."""
    return formats.day(value, style="day_month_short" if value.year == today.year else "short")


def since_cell(since: date, today: date) -> Cell:
    """Return since when, or from when a stage that is planned will be."""
    words = short_day(since, today)
    return Cell(_("from {day}").format(day=words) if since > today else words)


def check_in_cell(seat: Seat, placement: Placement, stage: str, today: date) -> Cell:
    """Return when somebody looks in next: past its day as a chip, and amber words where nobody made a date."""
    on = placement.check_in_on
    if stage == ENDED:
        return Cell("–", tint="muted")
    words = seat.masked(text_of(placement, "check_in_words"), "")
    if on is None:
        return Cell(_("no date yet"), tint="attention")
    if on < today:
        return Cell(chip=ChipText(formats.days_past((today - on).days), "attention", "clock"))
    return Cell(_("Today") if on == today else short_day(on, today), words)


def work_words(seat: Seat, placement: Placement) -> str:
    """Return the work or course in its own words, else its kind; the kind alone while somebody visits."""
    kind = vocab.PLACEMENT_KINDS.label(placement.kind)
    return seat.masked(text_of(placement, "post"), kind) or kind
