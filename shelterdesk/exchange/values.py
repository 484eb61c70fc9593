"""From a cell to the value of a field: whatever type, spelling or language it was typed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final
from uuid import UUID

from shelterdesk import folding, formats
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange.grid import CellFault, CellValue
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import LANGUAGES, N_, text
from shelterdesk.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate
from shelterdesk.vocab import RECORD_STATES, RESERVED, YES_NO, CodeList, every_list

_NOTHING: Final = frozenset(
    {"-", "--", "---", "–", "—", "_", "?", "??", "???", "...", "…", "/", ".", "n/d", "нет данных"}
)
_SERIAL_FROM: Final = date(1899, 12, 30)
_SERIALS: Final = range(3000, 80_000)
"""Days as spreadsheets count them when the cell has lost its date format: 1908 to 2118."""
_OLDEST: Final = 120
_SHORTEST_SOUND: Final = 5
_SEPARATORS: Final = re.compile(r"\s*[;\n|•·]\s*|\s*,\s*|\s*/\s*|\s+(?:and|və|ve|и|или|or|ya)\s+", re.IGNORECASE)
_TIME: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.][0-5]\d)?", re.ASCII)
_WHOLE_NUMBER: Final = re.compile(r"\d{1,6}")
_AGE: Final = re.compile(r"(?:\D{0,12})(\d{1,3})(?:\s*(?:y|yo|y\.o\.|years?|years old|yaş|yaşında|лет|год|года|л)?\.?)")
_SURNAME: Final = re.compile(
    r"(?:ova|ov|yeva|yev|eva|ev|zadə|zade|lı|li|lu|lü|skaya|skiy|ski|sky|enko|ович|ова|ев|ева|ов|заде|ский|ская|енко)$"
)
_KIN: Final = frozenset({"qızı", "qizi", "oğlu", "oglu", "kızı", "kyzy", "ogly", "кызы", "гызы", "оглы"})


class Unread(ShelterDeskError):
    """A cell that says something we cannot take; the message says what would do."""


@dataclass(frozen=True)
class NoAnswer:
    """The cell says why there is no value: not known, prefers not to say, does not apply."""

    code: str


@dataclass(frozen=True)
class Names:
    """The words of a whole name."""

    given: str | None
    family: str | None


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
    if value is None or (isinstance(value, str) and value.casefold() in _NOTHING):
        return None
    if field.kind not in (Kind.CHOICE, Kind.CHOICES) and isinstance(value, str):
        reason = _reasons().get(value.casefold().rstrip("."))
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
    phase = find_code(field.choices, value)
    state = find_code(RECORD_STATES, value)
    if phase is not None or state is None:
        return phase or _read_choice(field, value)
    return {"follow_up": "follow_up", "closed": "closed", "closed_referred": "closed"}.get(state)


def split_name(words: str, *, family_first: bool) -> Names:
    """Divide a whole name. A comma, a patronymic or the ending of a family name decides before *family_first* does."""
    before, comma, after = words.partition(",")
    if comma and after.strip():
        return Names(after.strip(), before.strip() or None)
    parts = words.split()
    if len(parts) < 2:
        return Names(words or None, None)
    first, last = _is_surname(parts[0]), _is_surname(parts[-1])
    if len(parts) > 2 and parts[-1].casefold() in _KIN:
        family_first = True
    elif first != last:
        family_first = first
    if family_first:
        return Names(" ".join(parts[1:]), parts[0])
    return Names(" ".join(parts[:-1]), parts[-1])


def short_name_from(given: str | None, family: str | None) -> str | None:
    """Return «Aysel M.» from the names on file: what she is called and as little more as possible."""
    if not given:
        return None
    called = given.split()[0]
    return f"{called} {family[0].upper()}." if family else called


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
    code = find_code(field.choices, value)
    if code is None:
        raise Unread(
            N_("«{said}» is none of the choices of «{label}»: {choices}."),
            said=as_text(value),
            label=text(field.label),
            choices=_some_choices(field.choices),
        )
    return code


def _read_choices(field: Field, value: CellValue, _reading: Reading) -> frozenset[str]:
    assert field.choices is not None
    found, unknown = find_codes(field.choices, value)
    if unknown:
        raise Unread(
            N_("«{said}» is none of the choices of «{label}»: {choices}."),
            said="», «".join(unknown),
            label=text(field.label),
            choices=_some_choices(field.choices),
        )
    return found


def find_code(codes: CodeList, value: CellValue) -> str | None:
    """Return the one code a cell means: system name of a standard, code, or label in any of our languages."""
    words = ("yes" if value else "no") if isinstance(value, bool) else as_text(value).strip()
    reason = _reasons().get(words.casefold().rstrip("."))
    if reason is not None and reason in codes:
        return reason
    found = codes.from_standard("htcds", words) or codes.find(words)
    if found is None and _lists().get(codes.name) is codes:
        # «Azerbaycan» without its ə, «Özbekistan» in Turkish spelling.
        found = _by_sound(codes.name).get(folding.sounds(words))
    return found


def find_codes(codes: CodeList, value: CellValue) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the codes a cell names, and the pieces that name none.

    A whole label may hold commas and semicolons («Water supply; sewerage, waste management»), so the longest run of
    pieces that is a choice is taken as one.
    """
    words = as_text(value)
    whole = find_code(codes, value)
    if whole is not None:
        return frozenset({whole}), ()
    marks = [(0, 0), *((mark.start(), mark.end()) for mark in _SEPARATORS.finditer(words)), (len(words), len(words))]
    found: set[str] = set()
    unknown: list[str] = []
    place = 0
    while place < len(marks) - 1:
        start = marks[place][1]
        for upto in range(min(len(marks) - 1, place + 8), place, -1):
            piece = words[start : marks[upto][0]].strip()
            code = find_code(codes, piece) if piece else None
            if code is not None:
                found.add(code)
                place = upto
                break
        else:
            piece = words[start : marks[place + 1][0]].strip()
            if piece and piece not in _NOTHING:
                unknown.append(piece)
            place += 1
    # Survey tools write system names with nothing but a space between them.
    if unknown and all(" " in piece for piece in unknown):
        spaced = [find_code(codes, one) for piece in unknown for one in piece.split()]
        if all(code is not None for code in spaced):
            return frozenset(found | {code for code in spaced if code}), ()
    return frozenset(found), tuple(unknown)


def _some_choices(codes: CodeList) -> str:
    labels = [codes.label(code.code) for code in list(codes)[:6]]
    return ", ".join(labels) + (", …" if len(codes) > len(labels) else "")


def _read_flag(_field: Field, value: CellValue, _reading: Reading) -> bool:
    if isinstance(value, bool):
        return value
    code = YES_NO.find(as_text(value))
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
    if found is None:
        alike = {record for name, record in names.items() if folding.similarity(name, said) >= folding.ALIKE}
        found = alike.pop() if len(alike) == 1 else None
    if found is None:
        raise Unread(N_("«{said}» is not known here under «{label}»."), said=said, label=text(field.label))
    return found


@cache
def _reasons() -> dict[str, str]:
    """Return the reserved answers by every wording, as it is written: «n/a» is one, «NA» may be a name or Namibia."""
    return {
        words.casefold(): entry.code
        for entry in RESERVED
        for words in (entry.code, *(text(entry.label, language) for language in LANGUAGES), *entry.aliases)
    }


@cache
def _lists() -> dict[str, CodeList]:
    return {entry.name: entry for entry in every_list()}


@cache
def _by_sound(name: str) -> dict[str, str]:
    """Return the codes of a list by how their labels sound; labels that sound alike stand for none."""
    codes = _lists()[name]
    found: dict[str, str] = {}
    alike: set[str] = set()
    for code in codes:
        spelled = {codes.label(code.code, language) for language in LANGUAGES} | set(code.aliases)
        for heard in {folding.sounds(words) for words in spelled}:
            if len(heard) >= _SHORTEST_SOUND and found.setdefault(heard, code.code) != code.code:
                alike.add(heard)
    return {heard: code for heard, code in found.items() if heard not in alike}


def _is_surname(word: str) -> bool:
    return bool(_SURNAME.search(word.casefold())) and len(word) > 4


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
