"""One person as the list shows her: name and days, code and the neutral kind of the next step."""

from __future__ import annotations

from datetime import date

from shelterdesk import formats
from shelterdesk.folding import sort_key
from shelterdesk.i18n import _, ngettext
from shelterdesk.residents import ListRow, NextStepBrief
from ui.seat import Seat
from ui.widgets.people_list import PersonRow


def sorted_rows(rows: list[ListRow], language: str) -> list[ListRow]:
    """Sort by the alphabet of *language*; whoever has no name comes last, by code."""
    return sorted(rows, key=lambda row: (not row.has_name, sort_key(row.name, language), row.code))


def person_row(row: ListRow, today: date, seat: Seat) -> PersonRow:
    """Put a person into words; visitor mode masks name and next step together."""
    step, tint = "", "muted"
    if row.next_step is not None:
        step = "" if seat.visitor else step_words(row.next_step, today)
    elif row.days_here is not None:
        step, tint = _("No next step yet"), "attention"
    return PersonRow(
        row.id,
        seat.masked(row.name) if row.has_name else row.code,
        _trailing(row, today),
        row.code if row.has_name else "",
        step,
        tint,
    )


def step_words(step: NextStepBrief, today: date) -> str:
    """Return «Appointment, Thu 19 Nov» or «Appointment, today 14:00»."""
    if step.on is None:
        return step.words()
    if step.on == today:
        when = _("today")
    elif abs((step.on - today).days) < 180:
        when = formats.day(step.on, style="weekday_day_month_short")
    else:
        when = formats.day(step.on, style="short")
    time = f" {step.at:%H:%M}" if step.at is not None and step.on == today else ""
    return _("{what}, {when}").format(what=step.words(), when=f"{when}{time}")


def _trailing(row: ListRow, today: date) -> str:
    if row.days_here is not None:
        return ngettext("{n} day", "{n} days", row.days_here)
    if row.left_on is not None:
        style = "day_month_short" if row.left_on.year == today.year else "short"
        return _("left {day}").format(day=formats.day(row.left_on, style=style))
    return ""
