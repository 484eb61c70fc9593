"""Dates, numbers, money and durations as people read and type them, in az, en and ru.

The same text is meant for screen and paper; a paper passes its own language.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Literal

from babel import dates, numbers

from shelterdesk import i18n
from shelterdesk.day_texts import add_months, parse_day, parse_partial
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.partial_date import PartialDate

DayStyle = Literal[
    "long", "short", "numeric", "day_month", "day_month_short", "weekday_day_month", "weekday_day_month_short",
    "weekday_long", "weekday", "weekday_short",
]  # fmt: skip

# Patterns of Unicode locale data; «short» names have three letters or so.
_PATTERNS: dict[str, dict[str, str]] = {
    "en": {
        "long": "d MMMM y",
        "short": "d MMM y",
        "day_month": "d MMMM",
        "day_month_short": "d MMM",
        "weekday_day_month": "EEEE d MMMM",
        "weekday_day_month_short": "EEE d MMM",
        "weekday_long": "EEEE d MMMM y",
    },
    "az": {
        "long": "d MMMM y",
        "short": "d MMM y",
        "day_month": "d MMMM",
        "day_month_short": "d MMM",
        "weekday_day_month": "d MMMM, EEEE",
        "weekday_day_month_short": "d MMM, EEE",
        "weekday_long": "d MMMM y, EEEE",
    },
    "ru": {
        "long": "d MMMM y 'г'.",
        "short": "d MMM y 'г'.",
        "day_month": "d MMMM",
        "day_month_short": "d MMM",
        "weekday_day_month": "EEEE, d MMMM",
        "weekday_day_month_short": "EEE, d MMM",
        "weekday_long": "EEEE, d MMMM y 'г'.",
    },
}
_EVERYWHERE = {"numeric": "dd.MM.y", "weekday": "cccc", "weekday_short": "ccc"}
# Signs that set off thousands, as far as people type them.
_GROUPS = {"en": ",", "az": ".", "ru": " "}
_MONTH_YEAR = {"en": "LLLL y", "az": "LLLL y", "ru": "LLLL y 'г'."}

__all__ = [
    "DayStyle",
    "add_months",
    "amount",
    "clock",
    "day",
    "days_here",
    "days_past",
    "duration",
    "moment",
    "money",
    "month",
    "month_name",
    "number",
    "parse_day",
    "parse_minutes",
    "parse_money",
    "parse_number",
    "parse_partial",
    "partial",
    "percent",
    "relative_day",
    "span",
]


def _chosen(language: str | None) -> str:
    chosen = language or i18n.language()
    return chosen if chosen in _PATTERNS else "en"


def day(value: date, language: str | None = None, style: DayStyle = "long") -> str:
    """Return a day: «21 November 2026» · «21 noyabr 2026» · «21 ноября 2026 г.», or in another style."""
    chosen = _chosen(language)
    pattern = _EVERYWHERE.get(style) or _PATTERNS[chosen][style]
    return dates.format_date(value, pattern, locale=chosen)


def month(value: date, language: str | None = None) -> str:
    """Return month and year: «October 2026», «oktyabr 2026», «октябрь 2026 г.»."""
    chosen = _chosen(language)
    return dates.format_date(value, _MONTH_YEAR[chosen], locale=chosen)


def month_name(value: date, language: str | None = None) -> str:
    """Return the month without its year, as it stands alone: «October», «oktyabr», «октябрь»."""
    return dates.format_date(value, "LLLL", locale=_chosen(language))


def partial(value: PartialDate, language: str | None = None) -> str:
    """Return a partial date as far as it is known: «about 1987», «May 1987», «21 May 1987»."""
    if value.day is not None:
        shown = day(value.earliest(), language)
    elif value.month is not None:
        shown = month(value.earliest(), language)
    else:
        shown = str(value.year)
    return text(N_("about {date}"), language, date=shown) if value.about else shown


def clock(value: datetime, zone: tzinfo, language: str | None = None) -> str:
    """Return the time of day in the vault's time zone, «14:02»."""
    return dates.format_time(value.astimezone(zone), "HH:mm", locale=_chosen(language))


def moment(value: datetime, zone: tzinfo, language: str | None = None, style: DayStyle = "long") -> str:
    """Return day and time of an aware *value* in the vault's time zone, «21 November 2026, 14:02»."""
    if value.tzinfo is None:
        raise ValueError("a moment knows its time zone")
    return f"{day(value.astimezone(zone).date(), language, style)}, {clock(value, zone, language)}"


def span(first: date, last: date, language: str | None = None) -> str:
    """Return a period without repeating what both ends share: «3 – 21 November 2026»."""
    if first == last:
        return day(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {day(last, language)}"
    if first.year == last.year:
        return f"{day(first, language, 'day_month')} – {day(last, language)}"
    return f"{day(first, language)} – {day(last, language)}"


def days_past(days: int, language: str | None = None) -> str:
    """Return «3 days past»."""
    return ngettext("{n} day past", "{n} days past", days, language)


def days_here(days: int, language: str | None = None) -> str:
    """Return «47 days here»."""
    return ngettext("{n} day here", "{n} days here", days, language)


def relative_day(value: date, today: date, language: str | None = None) -> str:
    """Return «Today», «Tomorrow», «Yesterday», «in 3 days», «3 days past», and from two weeks on the day itself."""
    distance = (value - today).days
    near = {0: N_("Today"), 1: N_("Tomorrow"), -1: N_("Yesterday")}
    if distance in near:
        return text(near[distance], language)
    if 0 < distance < 14:
        return ngettext("in {n} day", "in {n} days", distance, language)
    if distance < 0:
        return days_past(-distance, language)
    return day(value, language, "day_month" if value.year == today.year else "long")


def number(value: float | Decimal, language: str | None = None, decimals: int | None = None) -> str:
    """Return a number with the separators of the language: «12,345.6» · «12.345,6» · «12 345,6»."""
    if decimals is None:
        return numbers.format_decimal(value, locale=_chosen(language))
    zeros = "0" * decimals
    return numbers.format_decimal(value, f"#,##0.{zeros}" if zeros else "#,##0", locale=_chosen(language))


def percent(share: float, language: str | None = None) -> str:
    """Return a share between 0 and 1 in whole percent."""
    return numbers.format_percent(share, locale=_chosen(language))


def _minor_digits(currency: str) -> int:
    return numbers.get_currency_precision(currency)


def money(minor: int, currency: str, language: str | None = None) -> str:
    """Return an amount given in minor units with its currency code; whole amounts go without decimals.

    The code and not the sign is shown, because «₼» is missing in many faces.
    """
    digits = _minor_digits(currency)
    amount = Decimal(minor).scaleb(-digits)
    whole = amount == amount.to_integral_value()
    return f"{number(amount, language, 0 if whole else digits)}\u00a0{currency}"


def amount(minor: int, language: str | None = None) -> str:
    """Return an amount given in hundredths without its currency, as it stands in a field or a column of its own."""
    return number(Decimal(minor).scaleb(-2), language, 2 if minor % 100 else 0)


def parse_number(words: str, language: str | None = None) -> Decimal | None:
    """Read a number however its thousands are set off; empty text is none.

    The last of «.» and «,» is the decimal sign unless exactly three digits follow it and the language uses it for
    thousands. Raises ``ValueError`` when the text is no number.
    """
    compact = re.sub(r"[\s\u00a0\u202f'’_]", "", words).replace("−", "-")
    if not compact:
        return None
    if not re.fullmatch(r"-?\d[\d.,]*", compact, re.ASCII):
        raise ValueError("no number")
    group = _GROUPS[_chosen(language)]
    last = max(compact.rfind("."), compact.rfind(","))
    if last >= 0:
        sign, digits_after = compact[last], len(compact) - last - 1
        grouped = compact.count(sign) > 1 or (digits_after == 3 and sign == group)
        whole = re.sub(r"[.,]", "", compact[:last])
        compact = re.sub(r"[.,]", "", compact) if grouped else f"{whole}.{compact[last + 1 :] or '0'}"
    try:
        return Decimal(compact)
    except InvalidOperation:
        raise ValueError("no number") from None


def parse_money(words: str, currency: str, language: str | None = None) -> int | None:
    """Read an amount into minor units; the currency may stand with it. Raises ``ValueError`` for anything else."""
    bare = re.sub(rf"(?i)\b{re.escape(currency)}\b|₼|\bман\.?|\bmanat\b", " ", words)
    amount = parse_number(bare, language)
    if amount is None:
        return None
    minor = amount.scaleb(_minor_digits(currency))
    if minor != minor.to_integral_value():
        raise ValueError("more decimals than the currency has")
    return int(minor)


def duration(minutes: int, language: str | None = None) -> str:
    """Return «50 min», «1 h», «1 h 30 min»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return text(N_("{minutes} min"), language, minutes=rest)
    if not rest:
        return text(N_("{hours} h"), language, hours=number(hours, language))
    return text(N_("{hours} h {minutes} min"), language, hours=number(hours, language), minutes=rest)


def parse_minutes(words: str) -> int | None:
    """Read a length of time: «50», «50 min», «1:30», «1h 30», «1,5 h». Raises ``ValueError`` for anything else."""
    plain = words.strip().casefold().replace(",", ".")
    if not plain:
        return None
    hours_word, minutes_word = r"(?:h|hours?|s|saat|ч|час\w*)", r"(?:m|min|minutes?|d|dəq|dəqiqə|мин\w*)?"
    for pattern in (
        rf"(?P<m>\d+)\s*{minutes_word}\.?",
        r"(?P<h>\d+):(?P<m>[0-5]\d)",
        rf"(?P<h>\d+(?:\.\d+)?)\s*{hours_word}\.?\s*(?:(?P<m>\d+)\s*{minutes_word}\.?)?",
    ):
        match = re.fullmatch(pattern, plain, re.ASCII)
        if match:
            found = match.groupdict()
            hours = Decimal(found.get("h") or 0)
            return int(timedelta(hours=float(hours), minutes=int(found.get("m") or 0)).total_seconds() // 60)
    raise ValueError("no length of time")
