"""Files of screening scales, read as strictly as if somebody hostile had written them.

What is unknown, missing, too long or does not fit together is named with its place, and nothing of the file is taken.
A file holds words and numbers only: nothing in it is run, opened or looked up.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final, cast

from shelterdesk.errors import Problem, Problems, ShelterDeskError
from shelterdesk.i18n import LANGUAGES, N_, text
from shelterdesk.instruments import Answer, Band, Instrument, Item, Words
from shelterdesk.note_flags import FLAG_KINDS

FILE: Final = "instrument.file"
"""The place of the problems of a file."""
LARGEST_FILE: Final = 256 * 1024
MOST_ITEMS: Final = 100
MOST_ANSWERS: Final = 12
MOST_BANDS: Final = 20
HIGHEST_SCORE: Final = 100
_MOST_TOLD: Final = 6
_LONG: Final = 1200
_SHORT: Final = 120
_FORMAT: Final = 1
_ID: Final = re.compile(r"[a-z0-9_]{1,20}")
_TOP: Final = frozenset(
    {
        "format", "id", "version", "title", "about", "period", "intro", "answers", "items", "bands", "licence",
        "source", "who",
    }
)  # fmt: skip
_ITEM: Final = frozenset({"id", "text", "intro", "answers", "counts", "ends_with", "flag"})

_NOT_JSON: Final = N_("This file is no scale: it cannot be read as JSON. Nothing was taken. Choose another file.")
_TOO_LARGE: Final = N_("This file is too large for a scale. Nothing was taken. Choose another file.")
_OTHER_FORMAT: Final = N_("This file is no scale of this program, or of a newer one. Nothing was taken.")
_AT: Final = N_("{place}: {what}")
_MISSING: Final = N_("is missing")
_UNKNOWN: Final = N_("is not known here")
_NO_TEXT: Final = N_("has to be words, or words by language (az, en, ru), and none may be empty")
_TOO_LONG: Final = N_("is too long: at most {most} characters")
_UNSHOWN: Final = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Kinds of signs that no line holds: those that cannot be seen, and those that begin another line."""
_SIGNS: Final = N_("holds signs that cannot be shown")
_NO_LIST: Final = N_("has to be a list with {least} to {most} entries")
_NO_GROUP: Final = N_("has to be a group of named values")
_NO_ID: Final = N_("has to be 1 to 20 small letters, digits or _")
_TWICE: Final = N_("stands there twice")
_NO_SCORE: Final = N_("has to be a whole number from 0 to {most}")
_NO_YES: Final = N_("has to be true or false")
_RISING: Final = N_("has to be higher than the one before")
_FIRST_BAND: Final = N_("the first band has to begin at 0")
_ABOVE: Final = N_("is higher than any total can be ({most})")
_NO_ANSWER: Final = N_("is no answer to this question")
_NO_FLAG: Final = N_("is no flag: {kinds}")
_NOTHING_COUNTS: Final = N_("no question counts, so there is no total")
_ONE_LANGUAGE: Final = N_("the questions do not all stand in one and the same language")


class WrongInstrument(ShelterDeskError):
    """The file is no scale at all."""


class _Double(ValueError):
    """A name stands twice in one group, so that readers could differ about what the file says."""


def read_instrument(data: bytes) -> Instrument:
    """Read a scale. Raises WrongInstrument for what is none, Problems with the places of what is wrong in one."""
    if len(data) > LARGEST_FILE:
        raise WrongInstrument(_TOO_LARGE)
    try:
        found: Any = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise WrongInstrument(_NOT_JSON) from error
    if not isinstance(found, dict):
        raise WrongInstrument(_OTHER_FORMAT)
    whole = cast("dict[str, Any]", found)
    # True and 1.0 are equal to 1, but not what stands in a file of this format.
    if type(whole.get("format")) is not int or whole["format"] != _FORMAT:
        raise WrongInstrument(_OTHER_FORMAT)
    return _Reader().read(whole)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Double
    return found


def _no_constant(name: str) -> float:
    raise ValueError(name)


class _Reader:
    """Collects what is wrong while reading, so that a file is mended in one go."""

    def __init__(self) -> None:
        self._wrong: list[Problem] = []

    def read(self, found: dict[str, Any]) -> Instrument:
        self._known(found, _TOP, "")
        usual = self._answers(found["answers"], "answers") if "answers" in found else ()
        items = self._items(found.get("items"), usual)
        made = Instrument(
            id=self._id(found.get("id"), "id"),
            version=self._line(found.get("version"), "version"),
            title=self._words(found.get("title"), "title", _SHORT),
            about=self._words(found.get("about"), "about", _SHORT),
            period=self._words(found.get("period"), "period", _SHORT),
            intro=self._words(found["intro"], "intro") if "intro" in found else None,
            items=items,
            bands=self._bands(found.get("bands"), items),
            licence=self._line(found.get("licence"), "licence", _LONG),
            source=self._line(found.get("source"), "source", _LONG),
            who=self._words(found.get("who"), "who"),
        )
        if items and not any(item.counts for item in items):
            self._tell("items", _NOTHING_COUNTS)
        if not self._wrong and not made.languages:
            self._tell("items", _ONE_LANGUAGE)
        if self._wrong:
            raise Problems(self._wrong)
        return made

    def _tell(self, place: str, what: str, **values: object) -> None:
        if len(self._wrong) < _MOST_TOLD:
            # The place is spelled as it stands in the file, so that it is found there.
            self._wrong.append(Placed(place or "{}", what, **values))

    def _known(self, group: dict[str, Any], known: frozenset[str], place: str) -> None:
        for name in group:
            if name not in known:
                self._tell(_under(place, _shown(name)), _UNKNOWN)

    def _list(self, value: Any, place: str, least: int, most: int) -> list[Any]:
        if not isinstance(value, list) or not least <= len(cast("list[Any]", value)) <= most:
            self._tell(place, _MISSING if value is None else _NO_LIST, least=least, most=most)
            return []
        return cast("list[Any]", value)

    def _group(self, value: Any, place: str, known: frozenset[str]) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            self._tell(place, _NO_GROUP)
            return None
        group = cast("dict[str, Any]", value)
        self._known(group, known, place)
        return group

    def _words(self, value: Any, place: str, most: int = _LONG) -> Words:
        if value is None:
            self._tell(place, _MISSING)
            return {}
        by_language = {"en": value} if isinstance(value, str) else value
        if not isinstance(by_language, dict) or not by_language:
            self._tell(place, _NO_TEXT)
            return {}
        every = cast("dict[str, Any]", by_language)
        found: dict[str, str] = {}
        for code, words in every.items():
            if code not in LANGUAGES:
                self._tell(_under(place, _shown(code)), _UNKNOWN)
            else:
                found[code] = self._line(words, place if isinstance(value, str) else _under(place, code), most)
        return found

    def _line(self, value: Any, place: str, most: int = _SHORT) -> str:
        if value is None:
            self._tell(place, _MISSING)
        elif not isinstance(value, str) or not value.strip():
            self._tell(place, _NO_TEXT)
        elif len(value) > most:
            self._tell(place, _TOO_LONG, most=most)
        elif any(unicodedata.category(sign) in _UNSHOWN for sign in value):
            self._tell(place, _SIGNS)
        else:
            return value.strip()
        return ""

    def _id(self, value: Any, place: str) -> str:
        if isinstance(value, str) and _ID.fullmatch(value) is not None:
            return value
        self._tell(place, _MISSING if value is None else _NO_ID)
        return ""

    def _score(self, value: Any, place: str, most: int = HIGHEST_SCORE) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        self._tell(place, _MISSING if value is None else _NO_SCORE, most=most)
        return 0

    def _answers(self, value: Any, place: str) -> tuple[Answer, ...]:
        found: list[Answer] = []
        for number, one in enumerate(self._list(value, place, 2, MOST_ANSWERS), 1):
            here = f"{place}[{number}]"
            group = self._group(one, here, frozenset({"score", "text"}))
            if group is None:
                continue
            score = self._score(group.get("score"), f"{here}.score")
            if any(score == other.score for other in found):
                self._tell(f"{here}.score", _TWICE)
            found.append(Answer(score, self._words(group.get("text"), f"{here}.text", _SHORT)))
        return tuple(found)

    def _items(self, value: Any, usual: tuple[Answer, ...]) -> tuple[Item, ...]:
        found: list[Item] = []
        for number, one in enumerate(self._list(value, "items", 1, MOST_ITEMS), 1):
            place = f"items[{number}]"
            group = self._group(one, place, _ITEM)
            if group is None:
                continue
            item = self._item(group, place, usual)
            if item.id and any(item.id == other.id for other in found):
                self._tell(f"{place}.id", _TWICE)
            found.append(item)
        return tuple(found)

    def _item(self, group: dict[str, Any], place: str, usual: tuple[Answer, ...]) -> Item:
        answers = self._answers(group["answers"], f"{place}.answers") if "answers" in group else usual
        if not answers and "answers" not in group:
            self._tell(f"{place}.answers", _MISSING)
        counts = group.get("counts", True)
        if not isinstance(counts, bool):
            self._tell(f"{place}.counts", _NO_YES)
        flag, flag_from = self._flag(group["flag"], f"{place}.flag", answers) if "flag" in group else ("", 0)
        return Item(
            id=self._id(group.get("id"), f"{place}.id"),
            words=self._words(group.get("text"), f"{place}.text"),
            answers=answers,
            intro=self._words(group["intro"], f"{place}.intro") if "intro" in group else None,
            counts=bool(counts),
            ends_with=self._ends(group["ends_with"], f"{place}.ends_with", answers) if "ends_with" in group else _NONE,
            flag=flag,
            flag_from=flag_from,
        )

    def _ends(self, value: Any, place: str, answers: tuple[Answer, ...]) -> frozenset[int]:
        found: set[int] = set()
        for number, one in enumerate(self._list(value, place, 1, MOST_ANSWERS), 1):
            score = self._score(one, f"{place}[{number}]")
            if all(score != answer.score for answer in answers):
                self._tell(f"{place}[{number}]", _NO_ANSWER)
            found.add(score)
        return frozenset(found)

    def _flag(self, value: Any, place: str, answers: tuple[Answer, ...]) -> tuple[str, int]:
        group = self._group(value, place, frozenset({"kind", "from"}))
        if group is None:
            return "", 0
        kinds = [code.code for code in FLAG_KINDS]
        kind = group.get("kind")
        if kind not in kinds:
            self._tell(f"{place}.kind", _NO_FLAG, kinds=", ".join(kinds))
        start = self._score(group.get("from"), f"{place}.from")
        if answers and start > max(answer.score for answer in answers):
            self._tell(f"{place}.from", _NO_ANSWER)
        return str(kind), start

    def _bands(self, value: Any, items: tuple[Item, ...]) -> tuple[Band, ...]:
        highest = sum(max((one.score for one in item.answers), default=0) for item in items if item.counts)
        found: list[Band] = []
        for number, one in enumerate(self._list(value, "bands", 1, MOST_BANDS), 1):
            place = f"bands[{number}]"
            group = self._group(one, place, frozenset({"from", "text"}))
            if group is None:
                continue
            start = self._score(group.get("from"), f"{place}.from", HIGHEST_SCORE * MOST_ITEMS)
            if not found and start != 0:
                self._tell(f"{place}.from", _FIRST_BAND)
            if found and start <= found[-1].start:
                self._tell(f"{place}.from", _RISING)
            if start > highest:
                self._tell(f"{place}.from", _ABOVE, most=highest)
            found.append(Band(start, self._words(group.get("text"), f"{place}.text", _SHORT)))
        return tuple(found)


class Placed(Problem):
    """A problem of a file: its place as it is spelled there, and what is wrong."""

    def __init__(self, place: str, what: str, **values: object) -> None:
        super().__init__(FILE, what, **values)
        self.place = place

    def text(self, language: str | None = None) -> str:
        return text(_AT, language, place=self.place, what=super().text(language))


_NONE: Final[frozenset[int]] = frozenset()


def _under(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _shown(name: str) -> str:
    """Return a name of the file as it may stand in a sentence: short, and without signs that cannot be shown."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:40]
