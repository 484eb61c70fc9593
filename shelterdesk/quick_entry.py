"""Reading one typed line as an appointment: «Tue 14:00 psych Aysel 50», in any order.

Words are understood in the language of the window and in English: days and hours, kinds of appointment and service as
the shelter calls them, short names and codes of residents, colleagues, rooms. What is not understood is handed back as
it was typed, so that nothing is guessed behind anybody's back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

from babel import Locale

from shelterdesk import formats, i18n
from shelterdesk.folding import fold, sounds
from shelterdesk.i18n import N_, text

_LONGEST_PHRASE: Final = 4
_LEAST: Final = 2
"""Letters of a name that are enough where they fit only one."""
_LEAST_OF_KIND: Final = 3
_EARLIEST_HOUR, _LATEST_HOUR = 6, 22
"""Between these a bare number may be an hour; any other is a length in minutes."""
_MONTHS: Final = frozenset(f"{month:02}" for month in range(1, 13))
_EVERY, _WEEK, _UNTIL = N_("every"), N_("week weeks w"), N_("until till")
_WEEKLY, _WITH, _ALL, _ME = N_("weekly"), N_("with @"), N_("all everybody"), N_("me")
_FILLERS: Final = N_("at in for on and min")
_INTERPRETER, _TRANSPORT = N_("interpreter translator"), N_("transport car drive")


@dataclass(frozen=True)
class Known:
    """Something with a name: a resident, a colleague or a room, by what it is called."""

    value: Any
    shown: str
    also: str = ""
    """Another word for it, e.g. a code."""

    @property
    def folded(self) -> tuple[str, ...]:
        """Return what is compared: the name, and what else it is called."""
        return tuple(words for words in (fold(self.shown), fold(self.also)) if words)


@dataclass(frozen=True)
class KindWord:
    """A word for a kind of appointment, and for the service it becomes."""

    words: str
    kind: str
    service_kind: str | None = None


@dataclass(frozen=True)
class Lexicon:
    """What words a line may hold besides days, hours and lengths."""

    people: Sequence[Known] = ()
    members: Sequence[Known] = ()
    rooms: Sequence[Known] = ()
    kinds: Sequence[KindWord] = ()
    """Those that are meant first come first."""
    me: UUID | None = None


@dataclass(frozen=True)
class Unread:
    """A part of the line nobody understands, with what it might mean."""

    words: str
    candidates: tuple[Known, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a line says; None where it says nothing about it."""

    on: date | None = None
    at: time | None = None
    minutes: int | None = None
    kind: str | None = None
    service_kind: str | None = None
    people: tuple[UUID, ...] = ()
    everybody: bool = False
    member_id: UUID | None = None
    room: str | None = None
    interpreter: bool = False
    transport: bool = False
    weeks: int | None = None
    until: date | None = None
    words: str = ""
    """What stood in quotation marks."""
    unread: tuple[Unread, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether the line says nothing at all."""
        return self == Reading()


@dataclass
class _Line:
    """The tokens of a line and what was made of them so far."""

    tokens: list[str]
    lexicon: Lexicon
    base: date
    today: date
    reading: Reading = field(default_factory=Reading)
    numbers: list[int] = field(default_factory=list[int])
    unread: list[Unread] = field(default_factory=list[Unread])

    def take(self, **found: Any) -> None:
        self.reading = replace(self.reading, **found)


def read(line: str, lexicon: Lexicon, base: date, today: date) -> Reading:
    """Read *line*. A weekday means the first such day from *base* on, which is the week that is looked at."""
    tokens = re.findall(r"\"[^\"]*\"|«[^»]*»|“[^”]*”|[^\s,;]+", line)
    parsed = _Line(tokens, lexicon, base, today)
    at = 0
    while at < len(tokens):
        at += _one(parsed, at)
    _bare_numbers(parsed)
    return replace(parsed.reading, unread=tuple(parsed.unread))


def _one(line: _Line, at: int) -> int:
    """Take the longest phrase that begins at token *at*; return how many tokens it has."""
    token = line.tokens[at]
    if token[0] in '"«“':
        line.take(words=token.strip('"«»“”').strip())
        return 1
    for reader in (_repeat, _colleague):
        taken = reader(line, at)
        if taken:
            return taken
    for length in range(min(_LONGEST_PHRASE, len(line.tokens) - at), 0, -1):
        phrase = " ".join(line.tokens[at : at + length])
        if any(reader(line, phrase) for reader in _READERS):
            return length
    if fold(token) and fold(token) not in _words_of(_FILLERS):
        line.unread.append(Unread(token, tuple(_candidates(line, fold(token)))))
    return 1


# --- days, hours and lengths ----------------------------------------------------------------------------------------


def _repeat(line: _Line, at: int) -> int:
    """Read «weekly», «every 2 weeks» and «until 20 December»."""
    rest = [fold(token) for token in line.tokens[at : at + 3]] + ["", ""]
    if rest[0] in _words_of(_WEEKLY):
        line.take(weeks=1)
        return 1
    if rest[0] in _words_of(_EVERY):
        if rest[1] in _words_of(_WEEK):
            line.take(weeks=1)
            return 2
        joined = re.fullmatch(r"(\d{1,2})([a-z]*)", rest[1])
        if joined and joined[2] in _words_of(_WEEK):
            line.take(weeks=int(joined[1]))
            return 2
        if joined and not joined[2] and rest[2] in _words_of(_WEEK):
            line.take(weeks=int(joined[1]))
            return 3
    if rest[0] in _words_of(_UNTIL):
        for length in range(min(3, len(line.tokens) - at - 1), 0, -1):
            found = _day_of(line, " ".join(line.tokens[at + 1 : at + 1 + length]))
            if found is not None:
                line.take(until=found)
                return 1 + length
    return 0


def _day(line: _Line, phrase: str) -> bool:
    if line.reading.on is not None:
        return False
    found = _day_of(line, phrase)
    if found is None:
        return False
    line.take(on=found)
    return True


def _day_of(line: _Line, phrase: str) -> date | None:
    weekday = _weekday(fold(phrase))
    if weekday is not None:
        return line.base + timedelta(days=(weekday - line.base.weekday()) % 7)
    # A bare number is an hour or a length, and one letter may begin a name.
    if phrase.isdecimal() or len(phrase) < _LEAST or not _is_one_day(phrase.split(" ")):
        return None
    try:
        return formats.parse_day(phrase, line.today)
    except ValueError:
        return None


def _is_one_day(tokens: Sequence[str]) -> bool:
    """Tell whether tokens may be one day: «24 nov 50» and «24.11 10» are a day and something else."""
    if any(":" in token or _hour_of(token) is not None for token in tokens):
        return False
    if len(tokens) == 1:
        return True
    months = [token for token in tokens if token.strip(".").isalpha()]
    return len(months) == 1 and (
        len(tokens) == 2 or (len(tokens) == 3 and re.fullmatch(r"\d{4}", tokens[2]) is not None)
    )


def _hour(line: _Line, phrase: str) -> bool:
    span = re.fullmatch(r"(\S+?)\s*[-–]\s*(\S+)", phrase)
    day_is_known = line.reading.on is not None
    if span and line.reading.at is None:
        begins, ends = (_bare_hour(part) if day_is_known else _hour_of(part) for part in (span[1], span[2]))
        if begins is not None and ends is not None and begins < ends:
            length = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
            line.take(at=begins, minutes=length)
            return True
    found = _hour_of(phrase, day_is_known=day_is_known)
    if found is None or line.reading.at is not None:
        return False
    line.take(at=found)
    return True


def _hour_of(phrase: str, *, day_is_known: bool = False) -> time | None:
    """Read «14:30» and «14.30», and «1430» once a day is known; «9.10» is a day where none is known yet."""
    plain = re.fullmatch(r"([01]\d|2[0-2])([0-5][05])", phrase, re.ASCII) if day_is_known else None
    if plain and int(plain[1]) >= _EARLIEST_HOUR:
        return time(int(plain[1]), int(plain[2]))
    found = re.fullmatch(r"([01]?\d|2[0-3])([:.])([0-5]\d)", phrase, re.ASCII)
    if not found or (found[2] == "." and not day_is_known and found[3] in _MONTHS):
        return None
    return time(int(found[1]), int(found[3]))


def _bare_hour(phrase: str) -> time | None:
    """Read an hour, also one without minutes: «14-15» is an hour long once the day is known."""
    if phrase.isdecimal() and len(phrase) <= len("22") and _EARLIEST_HOUR <= int(phrase) <= _LATEST_HOUR:
        return time(int(phrase))
    return _hour_of(phrase, day_is_known=True)


def _length(line: _Line, phrase: str) -> bool:
    if not phrase[0].isdecimal() or not any(sign.isalpha() for sign in phrase) or line.reading.minutes is not None:
        return False
    try:
        found = formats.parse_minutes(phrase)
    except ValueError:
        return False
    line.take(minutes=found)
    return True


def _number(line: _Line, phrase: str) -> bool:
    if not phrase.isdecimal() or len(phrase) > 3:
        return False
    line.numbers.append(int(phrase))
    return True


def _bare_numbers(line: _Line) -> None:
    """Make an hour or a length of numbers that stand alone: 14 is an hour where none is said yet, 50 a length."""
    for number in line.numbers:
        if line.reading.at is None and _EARLIEST_HOUR <= number <= _LATEST_HOUR:
            line.take(at=time(number))
        elif line.reading.minutes is None and number:
            line.take(minutes=number)
        else:
            line.unread.append(Unread(str(number)))


@cache
def _weekdays(language: str) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for code in ("en", language):
        days = cast("Mapping[str, Mapping[str, Mapping[int, str]]]", Locale.parse(code).days)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated", "short"):
                for number, name in days[context].get(width, {}).items():
                    found.setdefault(fold(name), number)
    return {name: number for name, number in found.items() if len(name) >= _LEAST}


def _weekday(folded: str) -> int | None:
    names = _weekdays(i18n.language())
    if folded in names:
        return names[folded]
    meant = {number for name, number in names.items() if name.startswith(folded)} if len(folded) >= _LEAST + 1 else None
    return meant.pop() if meant and len(meant) == 1 else None


# --- what the shelter's own words mean ------------------------------------------------------------------------------


def _colleague(line: _Line, at: int) -> int:
    """Read «with Nigar», where a resident may have the same name."""
    token = line.tokens[at]
    joined = token.startswith("@") and len(token) > 1
    if not joined and (fold(token) or token) not in _words_of(_WITH):
        return 0
    first = at if joined else at + 1
    for length in range(min(2, len(line.tokens) - first), 0, -1):
        phrase = fold(" ".join(line.tokens[first : first + length]))
        found = _closest(line.lexicon.members, phrase)
        if len(found) == 1:
            line.take(member_id=found[0].value)
            return first + length - at
    return 0


def _flags(line: _Line, phrase: str) -> bool:
    folded = fold(phrase)
    if folded in _words_of(_INTERPRETER):
        line.take(interpreter=True)
    elif folded in _words_of(_TRANSPORT):
        line.take(transport=True)
    elif folded in _words_of(_ALL):
        line.take(everybody=True)
    elif folded in _words_of(_ME) and line.lexicon.me is not None:
        line.take(member_id=line.lexicon.me)
    else:
        return False
    return True


def _name(line: _Line, phrase: str) -> bool:
    """Read a whole word of a kind, a name or a room first, and the beginning of one only where nothing fits whole."""
    folded = fold(phrase)
    if not folded:
        return False
    for whole in (True, False):
        if line.reading.kind is None and _take_kind(line, folded, whole=whole):
            return True
        for known, take in _NAMES:
            found = _fitting(known(line.lexicon), folded, whole=whole)
            if len(found) == 1:
                take(line, found[0].value)
                return True
            if found:
                return False
    return _name_by_ear(line, folded)


def _name_by_ear(line: _Line, folded: str) -> bool:
    """Read a name that is written otherwise: «ner» for «Nərmin», where only one begins with these sounds."""
    heard = sounds(folded)
    if len(heard) < _LEAST_OF_KIND:
        return False
    for known, take in _NAMES[:_PEOPLE]:
        found = [one for one in known(line.lexicon) if sounds(one.shown).startswith(heard)]
        if found:
            if len(found) == 1:
                take(line, found[0].value)
            return len(found) == 1
    return False


def _take_kind(line: _Line, folded: str, *, whole: bool) -> bool:
    for one in line.lexicon.kinds:
        if folded == one.words if whole else len(folded) >= _LEAST_OF_KIND and one.words.startswith(folded):
            line.take(kind=one.kind, service_kind=one.service_kind)
            return True
    return False


def _fitting(names: Sequence[Known], folded: str, *, whole: bool) -> list[Known]:
    if whole:
        same = [one for one in names if folded in one.folded]
        return same or [one for one in names if any(folded == words.split(" ")[0] for words in one.folded)]
    if len(folded) < _LEAST:
        return []
    return [one for one in names if any(words.startswith(folded) for words in one.folded)]


def _closest(names: Sequence[Known], folded: str) -> list[Known]:
    return _fitting(names, folded, whole=True) or _fitting(names, folded, whole=False) if folded else []


def _candidates(line: _Line, folded: str) -> Iterator[Known]:
    """Return the residents a word may mean, where it fits several."""
    found = _closest(line.lexicon.people, folded)
    yield from found if len(found) > 1 else ()


def _take_person(line: _Line, person_id: UUID) -> None:
    if person_id not in line.reading.people:
        line.take(people=(*line.reading.people, person_id))


def _take_member(line: _Line, member_id: UUID) -> None:
    line.take(member_id=member_id)


def _take_room(line: _Line, room: str) -> None:
    line.take(room=room)


_NAMES: Final[Sequence[tuple[Callable[[Lexicon], Sequence[Known]], Callable[[_Line, Any], None]]]] = (
    (lambda lexicon: lexicon.people, _take_person),
    (lambda lexicon: lexicon.members, _take_member),
    (lambda lexicon: lexicon.rooms, _take_room),
)
_PEOPLE: Final = 2
"""How many of them are names of people, who may be written in several ways."""
_READERS: Final[Sequence[Callable[[_Line, str], bool]]] = (_hour, _length, _number, _flags, _day, _name)


def _words_of(message: str) -> frozenset[str]:
    """Return the words of a list that translators may write, the English ones always among them."""
    return frozenset(fold(word) or word for word in f"{message} {text(message)}".split())
