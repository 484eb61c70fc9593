"""From a cell to the value of a field: whatever type, spelling or language it was typed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from shelterdesk import folding, formats
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange.choices import NOTHING, find_code, find_codes, reasons_why_not, some_choices
from shelterdesk.exchange.grid import CellFault, CellValue
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, text
from shelterdesk.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate
from shelterdesk.vocab import RECORD_STATES, YES_NO

_SERIAL_FROM: Final = date(1899, 12, 30)
_SERIALS: Final = range(3000, 80_000)
"""Days as spreadsheets count them when the cell has lost its date format: 1908 to 2118."""
_OLDEST: Final = 120
_TIME: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.][0-5]\d)?", re.ASCII)
_WHOLE_NUMBER: Final = re.compile(r"\d{1,6}")
_AGE: Final = re.compile(r"(?:\D{0,12})(\d{1,3})(?:\s*(?:y|yo|y\.o\.|years?|years old|yaş|yaşında|лет|год|года|л)?\.?)")


_BY_LIKENESS: Final = frozenset({"member", "partner", "provider"})
"""Links to names, which people spell in many ways; codes, rooms and beds that are much alike are different ones."""


class Unread(ShelterDeskError):
    """A cell that says something we cannot take; the message says what would do."""


@dataclass(frozen=True)
class NoAnswer:
    """The cell says why there is no value: not known, prefers not to say, does not apply."""

    code: str


@dataclass(frozen=True)
class Reading:
    """What reading needs to know besides the cell: today, and the names linked records go by."""

    today: date
    links: Mapping[str, Mapping[str, UUID]]
    """Target of a link → folded name → id."""
    currency: str = "AZN"
    seen: dict[tuple[str, CellValue], Any] = field(default_factory=dict[tuple[str, CellValue], Any])
    """What cells of choices were read as; a list repeats the same few words a thousand times."""


def read_value(field: Field, value: CellValue, reading: Reading) -> Any:
    """Return the value of *field* that a cell means; None for nothing said, :class:`NoAnswer` for a reason why not.

    Raises :class:`Unread` with words for people.
    """
    if isinstance(value, CellFault):
        if value.shown:
            raise Unread(N_("The cell shows the error {shown}. Type the value over it."), shown=value.shown)
        raise Unread(
            N_("The cell holds a formula whose result was not saved. Open the sheet, save it, and import it again.")
        )
    if value is None or (isinstance(value, str) and value.casefold() in NOTHING):
        return None
    if field.kind not in (Kind.CHOICE, Kind.CHOICES) and isinstance(value, str):
        reason = reasons_why_not().get(value.casefold().rstrip("."))
        if reason is not None:
            return NoAnswer(reason)
    if field.id == "phase_since.phase":
        return phase_from(field, value)
    if field.kind not in (Kind.CHOICE, Kind.CHOICES):
        return _READ[field.kind](field, value, reading)
    # True and 1 are one key of a dictionary, but not one cell.
    key = (f"{field.id} {type(value).__name__}", value)
    if key not in reading.seen:
        reading.seen[key] = _READ[field.kind](field, value, reading)
    return reading.seen[key]


def as_text(value: CellValue) -> str:
    """Return a cell as it would be read aloud: dates in ISO, whole numbers without decimals."""
    if isinstance(value, bool):
        return text(N_("Yes") if value else N_("No"))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, CellFault):
        return value.shown
    return "" if value is None else str(value)


def phase_from(field: Field, value: CellValue) -> str | None:
    """Return the phase of support: one of ours, or what the state of a record in other systems comes to.

    «Active» says only that the support goes on, which is what a record without a phase says too.
    """
    assert field.choices is not None
    phase = find_code(field.choices, _as_words(value))
    state = find_code(RECORD_STATES, _as_words(value))
    if phase is not None or state is None:
        return phase or _read_choice(field, value)
    return {"follow_up": "follow_up", "closed": "closed", "closed_referred": "closed"}.get(state)


def read_age(value: CellValue, on: date) -> PartialDate | None:
    """Return «about» the year of birth of somebody who is so old. Raises Unread."""
    found = _AGE.fullmatch(as_text(value).strip().casefold())
    if found is None or int(found[1]) > _OLDEST:
        raise Unread(N_("«{said}» is no age. Enter a number of years."), said=as_text(value))
    return PartialDate(on.year - int(found[1]), about=True)


def fold_links(names: Mapping[UUID, str]) -> dict[str, UUID]:
    """Return ids by folded name; a name that two records share finds neither."""
    found: dict[str, UUID] = {}
    twice: set[str] = set()
    for record_id, name in names.items():
        key = folding.fold(name)
        if found.setdefault(key, record_id) != record_id:
            twice.add(key)
    return {key: record_id for key, record_id in found.items() if key and key not in twice}


# --- by kind ------------------------------------------------------------------------------------------------------


def _read_text(_field: Field, value: CellValue, _reading: Reading) -> str:
    return ", ".join(as_text(value).split("\n"))


def _read_long(_field: Field, value: CellValue, _reading: Reading) -> str:
    return as_text(value)


def _read_partial(field: Field, value: CellValue, reading: Reading) -> PartialDate | None:
    found = _partial_from(value, reading.today)
    if found is None:
        raise Unread(N_("«{said}» is no date. Enter a date such as 21.05.1994, or only the year."), said=as_text(value))
    if found.year < reading.today.year - _OLDEST and not field.in_future:
        raise Unread(N_("«{said}»: check the year."), said=as_text(value))
    return found


def _partial_from(value: CellValue, today: date) -> PartialDate | None:
    day = value.date() if isinstance(value, datetime) else value
    try:
        if isinstance(day, date):
            return PartialDate.of(day)
        if isinstance(day, int | float) and not isinstance(day, bool):
            return _partial_from_number(day, today)
        return formats.parse_partial(as_text(value), today) if isinstance(day, str) else None
    except ValueError:
        return None


def _partial_from_number(value: float, today: date) -> PartialDate | None:
    number = int(value)
    if FIRST_YEAR <= number <= LAST_YEAR:
        return PartialDate(number)
    if number in _SERIALS:
        return PartialDate.of(_SERIAL_FROM + timedelta(days=number))
    return formats.parse_partial(str(number), today) if 10_000_000 <= number <= 99_999_999 else None


def _read_day(_field: Field, value: CellValue, reading: Reading) -> date:
    found = _partial_from(value, reading.today)
    exact = found.exact() if found is not None else None
    if exact is None:
        raise Unread(N_("«{said}» is no whole day. Enter day, month and year."), said=as_text(value))
    return exact


def _read_time(_field: Field, value: CellValue, _reading: Reading) -> time:
    if isinstance(value, time):
        return value.replace(microsecond=0)
    found = _TIME.fullmatch(as_text(value).strip())
    if found is None:
        raise Unread(N_("«{said}» is no time. Enter it as 14:30."), said=as_text(value))
    return time(int(found[1]), int(found[2]))


def _read_choice(field: Field, value: CellValue, _reading: Reading | None = None) -> str:
    assert field.choices is not None
    code = find_code(field.choices, _as_words(value))
    if code is None:
        raise Unread(
            N_("«{said}» is none of the choices of «{label}»: {choices}."),
            said=as_text(value),
            label=text(field.label),
            choices=some_choices(field.choices),
        )
    return code


def _read_choices(field: Field, value: CellValue, _reading: Reading) -> frozenset[str] | None:
    assert field.choices is not None
    found, unknown = find_codes(field.choices, _as_words(value))
    if unknown:
        raise Unread(
            N_("«{said}» is none of the choices of «{label}»: {choices}."),
            said="», «".join(unknown),
            label=text(field.label),
            choices=some_choices(field.choices),
        )
    # Nothing but separators says as little as an empty cell.
    return found or None


def _read_flag(_field: Field, value: CellValue, _reading: Reading) -> bool:
    if isinstance(value, bool):
        return value
    code = find_code(YES_NO, as_text(value))
    if code not in ("yes", "no"):
        raise Unread(N_("«{said}» is neither yes nor no."), said=as_text(value))
    return code == "yes"


def _read_number(_field: Field, value: CellValue, _reading: Reading) -> int:
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value) and value >= 0:
        return int(value)
    found = _WHOLE_NUMBER.findall(as_text(value)) if isinstance(value, str) else []
    if len(found) == 1 and not re.search(r"[-−]\s*\d|\d[.,]\d", as_text(value)):
        return int(found[0])
    raise Unread(N_("«{said}» is no whole number."), said=as_text(value))


def _read_minutes(_field: Field, value: CellValue, _reading: Reading) -> int | None:
    try:
        return formats.parse_minutes(as_text(value))
    except ValueError:
        raise Unread(
            N_("«{said}» is no length of time. Enter minutes, or hours as 1:30."), said=as_text(value)
        ) from None


def _read_money(_field: Field, value: CellValue, reading: Reading) -> int | None:
    try:
        return formats.parse_money(as_text(value), reading.currency)
    except ValueError:
        raise Unread(N_("«{said}» is no amount of money."), said=as_text(value)) from None


def _read_link(field: Field, value: CellValue, reading: Reading) -> UUID:
    names = reading.links.get(field.target, {})
    said = as_text(value)
    found = names.get(folding.fold(said))
    if found is None and field.target in _BY_LIKENESS:
        alike = {record for name, record in names.items() if folding.similarity(name, said) >= folding.ALIKE}
        found = alike.pop() if len(alike) == 1 else None
    if found is None:
        raise Unread(N_("«{said}» is not known here under «{label}»."), said=said, label=text(field.label))
    return found


def _as_words(value: CellValue) -> str:
    # A ticked box is «yes» in every list of answers.
    return ("yes" if value else "no") if isinstance(value, bool) else as_text(value)


_READ: Final[dict[Kind, Callable[[Field, CellValue, Reading], Any]]] = {
    Kind.TEXT: _read_text,
    Kind.LONG_TEXT: _read_long,
    Kind.DAY: _read_day,
    Kind.PARTIAL_DATE: _read_partial,
    Kind.TIME: _read_time,
    Kind.CHOICE: _read_choice,
    Kind.CHOICES: _read_choices,
    Kind.FLAG: _read_flag,
    Kind.NUMBER: _read_number,
    Kind.MINUTES: _read_minutes,
    Kind.MONEY: _read_money,
    Kind.LINK: _read_link,
}
