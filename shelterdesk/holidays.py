"""Days on which nothing is planned, and the hours in which appointments are usually held: settings of the house.

A day without a year comes every year. The list the program brings are the public holidays of Azerbaijan that keep
their day (Labour Code, articles 105 and 106); those that move are entered by the shelter, year by year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING, Final

from shelterdesk import formats, house_settings
from shelterdesk.access import Right, require
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_, text

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

HOLIDAYS, HOURS = "holidays", "meeting_hours"
"""Settings, and the places of their Problems."""
USUAL: Final[Sequence[tuple[str, str]]] = (
    ("01-01", N_("New Year")),
    ("01-02", N_("New Year")),
    ("01-20", N_("Day of mourning")),
    ("03-08", N_("Women's Day")),
    ("03-20", N_("Novruz")),
    ("03-21", N_("Novruz")),
    ("03-22", N_("Novruz")),
    ("03-23", N_("Novruz")),
    ("03-24", N_("Novruz")),
    ("05-09", N_("Victory Day over fascism")),
    ("05-28", N_("Independence Day")),
    ("06-15", N_("National Salvation Day")),
    ("06-26", N_("Armed Forces Day")),
    ("11-08", N_("Victory Day")),
    ("11-09", N_("Flag Day")),
    ("12-31", N_("Day of Solidarity")),
)
_LEAP: Final = 2024
"""A year that has every day."""


@dataclass(frozen=True)
class Holidays:
    """The days off of the house by their day: ``MM-DD`` for every year, ``YYYY-MM-DD`` for one."""

    names: Mapping[str, str] = field(default_factory=dict[str, str])

    def on(self, day: date) -> str:
        """Return the name of the holiday on *day*, «» where it is none."""
        return self.names.get(day.isoformat()) or self.names.get(f"{day:%m-%d}", "")

    def lines(self, language: str | None = None) -> list[str]:
        """Return the days as people read and change them, one a line: «8 March: Women's Day»."""
        return [f"{_words(day, language)}: {name}" for day, name in sorted(self.names.items(), key=_by_day)]


def holidays_of(desk: Desk) -> Holidays:
    """Return the holidays of the house, in the language of the window where the program brings them."""
    stored = house_settings.get(desk, HOLIDAYS)
    if stored is None:
        return Holidays({day: text(name) for day, name in USUAL})
    return Holidays({str(day): str(name) for day, name in stored})


def put_holidays(desk: Desk, lines: Sequence[str]) -> None:
    """Change the holidays; each line is a day, with a year where it does not come every year, and a name after «:».

    Raises Problems that name the line that cannot be read.
    """
    require(desk, Right.CHANGE_SETTINGS)
    found: dict[str, str] = {}
    for line in lines:
        words, _colon, name = line.partition(":")
        if not words.strip():
            continue
        found[_read(words, desk.today(), line)] = " ".join(name.split()) or text(N_("Holiday"))
    house_settings.put(desk, HOLIDAYS, [list(one) for one in sorted(found.items(), key=_by_day)])


def hours_of(desk: Desk) -> tuple[time, time]:
    """Return from when until when appointments are usually held; only used to propose free hours."""
    first, last = house_settings.get(desk, HOURS)
    return time.fromisoformat(first), time.fromisoformat(last)


def put_hours(desk: Desk, first: time, last: time) -> None:
    """Change the hours in which appointments are usually held. Raises Problems."""
    require(desk, Right.CHANGE_SETTINGS)
    if last <= first:
        raise Problems([Problem(HOURS, N_("The last hour must be after the first one"))])
    house_settings.put(desk, HOURS, [f"{first:%H:%M}", f"{last:%H:%M}"])


def _read(words: str, today: date, line: str) -> str:
    spelled = words.strip()
    try:
        found = formats.parse_day(spelled, today)
    except ValueError:
        found = None
    if found is None:
        message = N_("«{line}»: begin the line with a day, such as 8 March or 20.03.2027")
        raise Problems([Problem(HOLIDAYS, message, line=line.strip())])
    return found.isoformat() if str(found.year) in spelled else f"{found:%m-%d}"


def _words(day: str, language: str | None) -> str:
    if len(day) == len("MM-DD"):
        return formats.day(date.fromisoformat(f"{_LEAP}-{day}"), language, style="day_month")
    return formats.day(date.fromisoformat(day), language)


def _by_day(one: tuple[str, str]) -> tuple[bool, str]:
    return len(one[0]) != len("MM-DD"), one[0]
