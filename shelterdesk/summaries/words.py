"""A summary in words: figures as people read them, and the lines that say for whom it was made."""

from __future__ import annotations

from typing import Final

from shelterdesk import formats
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.summaries.measures import MOVEMENTS
from shelterdesk.summaries.table import THIS, Figure, Row, Summary, Unit

NOTHING: Final = "–"
TITLES: Final = {"month": N_("Monthly summary"), "quarter": N_("Quarterly summary"), "year": N_("Yearly summary")}
SPLIT_LABELS: Final = {
    "sex_age": N_("By women, men, girls and boys"),
    "status": N_("By identification status"),
    "reason": N_("By reason"),
    "kind": N_("By kind of service"),
    "source": N_("By who referred"),
    "returning": N_("For the first time or again"),
    "stay": N_("With and without a stay"),
    "away": N_("Here or away"),
    "state": N_("By how it stands"),
    "result": N_("By how it went"),
    "incident": N_("By kind"),
}
COVER_RULE: Final = N_(
    "Small numbers are left out: «<5» stands for 1 to 4 people, «hidden» for figures that fewer than 5 people stand "
    "behind, and for those from which such a figure could be worked out."
)


def title_of(summary: Summary, language: str | None = None) -> str:
    """Return «Monthly summary»."""
    return text(TITLES.get(summary.period.length, TITLES["month"]), language)


def figure_words(figure: Figure, unit: Unit, language: str | None = None) -> str:
    """Return a figure as it stands in a table; what is hidden as its word, what cannot be told as a dash."""
    if figure.cover:
        return text(figure.cover, language)
    if figure.value is None:
        return NOTHING
    if unit == "percent":
        return formats.percent(figure.value, language)
    if unit == "money":
        # Its row says in which money.
        return formats.amount(int(figure.value), language)
    # Hours and averages are no whole numbers; more than one decimal would pretend to know.
    return formats.number(figure.value, language, 1 if isinstance(figure.value, float) else 0)


def people_words(row: Row, figure: Figure, language: str | None = None) -> str:
    """Return «14 people» to stand beside a figure; nothing beside one that counts people or repeats another row."""
    if row.unit == "people" or row.same_as:
        return ""
    if figure.people_cover:
        return "" if figure.cover else text(figure.people_cover, language)
    if not figure.people:
        return ""
    return ngettext("{n} person", "{n} people", figure.people, language)


def balance_words(summary: Summary, column: int = THIS, language: str | None = None) -> str:
    """Return «10 + 4 − 3 = 11», or nothing where a part of it is hidden."""
    rows = summary.rows()
    names = (MOVEMENTS.first, *MOVEMENTS.plus, *MOVEMENTS.minus, MOVEMENTS.last)
    figures = [rows[name].figures[column] for name in names]
    if any(figure.cover or figure.value is None for figure in figures):
        return ""
    first, came, went, last = (figure_words(figure, "people", language) for figure in figures)
    return f"{first} + {came} − {went} = {last}"


def mark_of(summary: Summary, recipient: str | None, language: str | None = None) -> str:
    """Return the line every sheet carries: for whom the exact figures are, or that small numbers are left out."""
    if summary.protected:
        return text(N_("Protected: small numbers are left out"), language)
    if recipient:
        return text(N_("Exact figures for {name}"), language, name=recipient)
    return text(N_("Exact figures, stay in the house"), language)


def draft_words(summary: Summary, language: str | None = None) -> str:
    """Return that the period is still running, or nothing."""
    if summary.until is None:
        return ""
    if summary.until < summary.period.first:
        return text(N_("This period has not begun yet."), language)
    return text(
        N_("The period is still running: counted up to {day}."), language, day=formats.day(summary.until, language)
    )
