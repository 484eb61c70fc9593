"""Names in one cell: which words are given and which are the family's, and what a person will be called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from shelterdesk.folding import fold

_SURNAME: Final = re.compile(
    r"(?:ova|ov|yeva|yev|eva|ev|zadə|zade|lı|li|lu|lü|skaya|skiy|ski|sky|enko|ович|ова|ев|ева|ов|заде|ский|ская|енко)$"
)
_KIN: Final = frozenset({"qızı", "qizi", "oğlu", "oglu", "kızı", "kyzy", "ogly", "кызы", "гызы", "оглы"})


@dataclass(frozen=True)
class Names:
    """The words of a whole name."""

    given: str | None
    family: str | None


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


def without_family(words: str, family: str) -> Names:
    """Divide a whole name whose family name is said beside it: all else in it is given, however many words."""
    said = {fold(word) for word in family.split()}
    given = " ".join(word for word in words.replace(",", " ").split() if fold(word) not in said)
    return Names(given or words, family)


def short_name_from(given: str | None, family: str | None) -> str | None:
    """Return «Aysel M.» from the names on file: what she is called and as little more as possible."""
    if not given:
        return None
    called = given.split()[0]
    return f"{called} {family[0].upper()}." if family else called


def _is_surname(word: str) -> bool:
    return bool(_SURNAME.search(word.casefold())) and len(word) > 4
