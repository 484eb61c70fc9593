"""From words to the codes of a list: any language, any spelling, several in one cell."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from shelterdesk import folding
from shelterdesk.i18n import LANGUAGES, text
from shelterdesk.vocab import RESERVED, CodeList, every_list

NOTHING: Final = frozenset(
    {"-", "--", "---", "–", "—", "_", "?", "??", "???", "...", "…", "/", ".", "n/d", "нет данных"}
)
_SEPARATORS: Final = re.compile(r"\s*[;\n|•·]\s*|\s*,\s*|\s*/\s*|\s+(?:and|və|ve|и|или|or|ya)\s+", re.IGNORECASE)
_SHORTEST_SOUND: Final = 5


def find_code(codes: CodeList, words: str) -> str | None:
    """Return the one code a cell means: system name of a standard, code, or label in any of our languages."""
    words = words.strip()
    reason = reasons_why_not().get(words.casefold().rstrip("."))
    if reason is not None and reason in codes:
        return reason
    found = codes.from_standard("htcds", words) or codes.find(words)
    if found is None and _lists().get(codes.name) is codes:
        # «Azerbaycan» without its ə, «Özbekistan» in Turkish spelling.
        found = _by_sound(codes.name).get(folding.sounds(words))
    return found


def find_codes(codes: CodeList, words: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the codes a cell names, and the pieces that name none.

    A whole label may hold commas and semicolons («Water supply; sewerage, waste management»), so the longest run of
    pieces that is a choice is taken as one.
    """
    whole = find_code(codes, words)
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
            if piece and piece not in NOTHING:
                unknown.append(piece)
            place += 1
    # Survey tools write system names with nothing but a space between them.
    if unknown and all(" " in piece for piece in unknown):
        spaced = [find_code(codes, one) for piece in unknown for one in piece.split()]
        if all(code is not None for code in spaced):
            return frozenset(found | {code for code in spaced if code}), ()
    return frozenset(found), tuple(unknown)


def some_choices(codes: CodeList) -> str:
    labels = [codes.label(code.code) for code in list(codes)[:6]]
    return ", ".join(labels) + (", …" if len(codes) > len(labels) else "")


@cache
def reasons_why_not() -> dict[str, str]:
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
