"""Reading dates as people type them and as old sheets hold them.

Day comes before month, as in Azerbaijani, Russian and British writing; month first is understood only where it
cannot be read otherwise («5/21/1987»). Month names of all three languages are understood, whole or from three letters.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import cast

from babel import Locale

from shelterdesk.i18n import LANGUAGES
from shelterdesk.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate

_RELATIVE_WORDS = {
    "t": 0,
    "today": 0,
    "now": 0,
    "bu gün": 0,
    "bugün": 0,
    "сегодня": 0,
    "y": -1,
    "yesterday": -1,
    "dünən": -1,
    "вчера": -1,
    "tomorrow": 1,
    "sabah": 1,
    "завтра": 1,
}
_UNITS = {
    "": "day", "d": "day", "day": "day", "days": "day", "g": "day", "gün": "day", "д": "day", "дн": "day",
    "w": "week", "week": "week", "weeks": "week", "h": "week", "həftə": "week", "н": "week", "нед": "week",
    "m": "month", "month": "month", "months": "month", "a": "month", "ay": "month", "м": "month", "мес": "month",
    "y": "year", "year": "year", "years": "year", "i": "year", "il": "year", "г": "year", "год": "year",
}  # fmt: skip
_ABOUT = frozenset({
    "about", "abt", "approx", "approximately", "around", "ca", "c", "circa", "est", "estimated", "roughly",
    "təxminən", "təxm", "təxmini", "haradasa", "около", "ок", "прибл", "примерно", "приблизительно",
})  # fmt: skip
_IGNORED = frozenset({
    "born", "b", "in", "of", "the", "year", "st", "nd", "rd", "th",
    "il", "ili", "ildə", "ildir", "ilində", "ci", "cı", "cu", "cü", "anadan", "olub", "təvəllüd",
    "г", "год", "года", "году", "гг", "р", "рожд", "рождения", "род", "в", "го", "ая", "й",
})  # fmt: skip
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[ap]m|z)?$", re.IGNORECASE)
_ENDING = re.compile(r"(?<=\d)-?(ci|cı|cu|cü|го|й|г(ода?)?(\.?\s?р)?|st|nd|rd|th)\b")
_RELATIVE = re.compile(r"([+-])\s*(\d{1,4})\s*([^\W\d_]*)\.?")
_WORD = re.compile(r"[^\W\d_]+|\d+")


def _plain(words: str) -> str:
    lowered = words.replace("İ", "i").replace("I", "i").casefold()
    return lowered.replace("−", "-").replace("–", "-").replace("—", "-").replace("\u00a0", " ").strip()


@cache
def _month_names() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in LANGUAGES:
        months = cast("Mapping[str, Mapping[str, Mapping[int, str]]]", Locale.parse(language).months)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    found.setdefault(_plain(name).strip("."), number)
    return found


@cache
def _weekday_names() -> frozenset[str]:
    found: set[str] = set()
    for language in LANGUAGES:
        days = cast("Mapping[str, Mapping[str, Mapping[int, str]]]", Locale.parse(language).days)
        for width in ("wide", "abbreviated", "short"):
            for name in days["format"][width].values():
                found.update(_WORD.findall(_plain(name)))
    return frozenset(found)


def _month_of(word: str) -> int | None:
    names = _month_names()
    if word in names:
        return names[word]
    if len(word) < 3:
        return None
    numbers = {number for name, number in names.items() if name.startswith(word)}
    return numbers.pop() if len(numbers) == 1 else None


def _full_year(digits: str, pivot: int) -> int:
    """Two digits up to *pivot* mean this century."""
    number = int(digits)
    if len(digits) == 2:
        return number + (2000 if number <= pivot else 1900)
    return number


def _date_parts(year: int, month: int | None, day: int | None) -> tuple[int, int | None, int | None]:
    """Order month and day; month first is accepted only where day first makes no date."""
    if month is not None and day is not None and month > 12 >= day:
        month, day = day, month
    return year, month, day


def _from_compact(digits: str) -> tuple[int, int | None, int | None] | None:
    year_first = (int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    day_first = (int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    for year, month, day in (year_first, day_first):
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31:
            return year, month, day
    return None


def _known(part: str) -> int | None:
    """Zeros, crosses and question marks stand for a part that nobody knows."""
    return None if not part.isdecimal() or int(part) == 0 else int(part)


def _from_numbers(words: str, pivot: int) -> tuple[int | None, int | None, int | None] | None:
    """Read year, month and day written in digits; the year is None in «21.11»."""
    if re.fullmatch(r"\d{8}", words):
        return _from_compact(words)
    if re.fullmatch(r"\d{4}", words):
        return int(words), None, None
    year_first = re.fullmatch(r"(\d{4})\s*[./\-\s]\s*(\d{1,2}|xx|\?\?)(?:\s*[./\-\s]\s*(\d{1,2}|xx|\?\?))?", words)
    if year_first:
        month, day = _known(year_first[2]), _known(year_first[3] or "")
        return _date_parts(int(year_first[1]), month, day if month else None)
    month_year = re.fullmatch(r"(\d{1,2}|xx|\?\?)\s*[./\-\s]\s*(\d{4})", words)
    if month_year:
        return int(month_year[2]), _known(month_year[1]), None
    day_first = re.fullmatch(
        r"(\d{1,2}|xx|\?\?|--)\s*[./\-,\s]\s*(\d{1,2}|xx|\?\?|--)\s*[./\-,\s]\s*(\d{4}|\d{2})", words
    )
    if day_first:
        month, day = _known(day_first[2]), _known(day_first[1])
        return _date_parts(_full_year(day_first[3], pivot), month, day if month else None)
    no_year = re.fullmatch(r"(\d{1,2})\s*[./\-]\s*(\d{1,2})", words)
    if no_year:
        return None, int(no_year[2]), int(no_year[1])
    return None


def _from_words(words: str, pivot: int) -> tuple[int | None, int | None, int | None] | None:
    """Read dates with a month in letters, or a year among words such as «1987 г.»."""
    month: int | None = None
    numbers: list[str] = []
    for token in _WORD.findall(words):
        if token.isdecimal():
            numbers.append(token)
        elif token not in _IGNORED and token not in _weekday_names():
            found = _month_of(token)
            if found is None or month is not None:
                return None
            month = found
    years = [digits for digits in numbers if len(digits) == 4]
    days = [digits for digits in numbers if len(digits) <= 2]
    if len(years) > 1 or len(years) + len(days) != len(numbers) or len(days) > 2:
        return None
    if month is None:
        return (int(years[0]), None, None) if years and not days else None
    return _with_month(month, years, days, pivot)


def _with_month(
    month: int, years: list[str], days: list[str], pivot: int
) -> tuple[int | None, int | None, int | None] | None:
    if years:
        return (int(years[0]), month, int(days[0]) if days else None) if len(days) < 2 else None
    if len(days) == 2:
        return _full_year(days[1], pivot), month, int(days[0])
    if days and int(days[0]) > 31:
        return _full_year(days[0], pivot), month, None
    return (None, month, int(days[0])) if days else None


def _is_ignored(piece: str) -> bool:
    words = _WORD.findall(piece)
    return bool(words) and all(word in _IGNORED for word in words)


def _read(words: str, pivot: int) -> tuple[tuple[int | None, int | None, int | None], bool]:
    """Return the parts of a date and whether it is «about»."""
    rest = _ENDING.sub("", _TIME.sub("", _plain(words)))
    about = False
    stripped = rest.strip("~≈")
    if stripped.endswith("?") and not stripped.startswith("?"):
        about, stripped = True, stripped.rstrip("?")
    about = about or stripped != rest
    pieces = stripped.replace("(", " ").replace(")", " ").split()
    kept = [piece for piece in pieces if piece.strip(".,") not in _ABOUT]
    about = about or len(kept) != len(pieces)
    rest = " ".join(piece for piece in kept if not _is_ignored(piece)).strip(" .,;:")
    parts = _from_numbers(rest, pivot) or _from_words(rest, pivot)
    if parts is None:
        raise ValueError("no date")
    return parts, about


def _nearest(month: int, day: int, today: date) -> date:
    """Return the day without a year that lies nearest to *today*."""
    found: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if not found:
        raise ValueError("no such day")
    return min(found, key=lambda candidate: abs(candidate - today))


def add_months(day: date, months: int) -> date:
    """Return the day *months* later; the 31st becomes the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _relative(words: str, today: date) -> date | None:
    if words in _RELATIVE_WORDS:
        return today + timedelta(days=_RELATIVE_WORDS[words])
    match = _RELATIVE.fullmatch(words)
    if not match or match[3] not in _UNITS:
        return None
    count = int(match[2]) * (1 if match[1] == "+" else -1)
    unit = _UNITS[match[3]]
    if unit == "day":
        return today + timedelta(days=count)
    if unit == "week":
        return today + timedelta(weeks=count)
    return add_months(today, count if unit == "month" else 12 * count)


def parse_day(words: str, today: date) -> date | None:
    """Read a whole day; empty text is no day.

    Understands ``21.11.26``, ``21/11/2026``, ``2026-11-21``, «21 noy», «21 ноября 2026 г.», ``t``, «today», ``+3``,
    ``-1w``, ``+2m``, and ``21`` as the nearest 21st. Without a year the nearest such day is meant. Raises
    ``ValueError`` when the text means no day.
    """
    plain = _plain(words)
    if not plain:
        return None
    relative = _relative(plain, today)
    if relative:
        return _in_range(relative)
    if re.fullmatch(r"\d{1,2}", plain):
        return _nearest_day_of_month(int(plain), today)
    (year, month, day), about = _read(plain, today.year % 100 + 20)
    if about or month is None or day is None:
        raise ValueError("not a whole day")
    return _in_range(date(year, month, day) if year is not None else _nearest(month, day, today))


def _nearest_day_of_month(number: int, today: date) -> date:
    found: list[date] = []
    for months in (-1, 0, 1):
        first = add_months(today.replace(day=1), months)
        if 1 <= number <= calendar.monthrange(first.year, first.month)[1]:
            found.append(first.replace(day=number))
    if not found:
        raise ValueError("no such day")
    return min(found, key=lambda candidate: abs(candidate - today))


def _in_range(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("year out of range")
    return day


def parse_partial(words: str, today: date | None = None) -> PartialDate | None:
    """Read a date of which parts may be missing; empty text is no date.

    Understands, besides whole days, «1987», «05.1987», «May 1987», «1987 г.», «about 1987», «около 1987»,
    «təxminən 1987», «~1987», «1987?», and unknown parts as in ``00.05.1987``. Two digits of a year mean the past:
    up to *today* this century (without *today*, up to 30). Raises ``ValueError`` when the text means no date.
    """
    if not _plain(words):
        return None
    (year, month, day), about = _read(words, today.year % 100 if today else 30)
    # Lists write «00.00.00» where nobody knows anything; that is no year 2000.
    if year is None or not any(sign in "123456789" for sign in words):
        raise ValueError("a year is needed")
    return PartialDate(year, month, day, about)
