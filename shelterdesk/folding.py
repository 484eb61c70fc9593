"""Comparing names across scripts and spellings, for search, duplicates and order.

A name is never changed for this; only keys are derived from it. Three steps go from strict to loose:

* :func:`fold` – what the eye takes for the same letters: «Əliyeva» and «Алиева» both become ``aliyeva``;
* :func:`sounds` – what the ear takes for the same sounds, across Azerbaijani, Russian and English spelling;
* :func:`similarity` – how likely two whole names belong to one person, 0 to 100.

Nothing is remembered between calls: names must not outlive the lock. Who compares one name with many keeps
:func:`name_key` of each.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import permutations

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

# From this value on two names «may already be on file».
ALIKE = 85

_VOWELS = frozenset("аеёиоуыэюяіїєaeəıioöuü")
# Cyrillic into Azerbaijani spelling. Letters that soften or begin with «y» are treated by their place below.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "ğ", "ґ": "g", "д": "d", "ж": "j", "з": "z", "и": "i", "і": "i",
    "й": "y", "ј": "y", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "о": "o", "ө": "ö", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ү": "ü", "ў": "o", "ф": "f", "х": "x", "һ": "h", "ҳ": "h", "ц": "ts", "ч": "ç",
    "ҹ": "c", "ш": "ş", "щ": "ş", "ъ": "", "ы": "ı", "ь": "", "э": "e", "ә": "ə", "ҝ": "g",
}  # fmt: skip
# After a consonant or at the beginning, after a vowel and after a separating sign these letters sound differently.
_IOTATED = {"е": ("e", "ye"), "ё": ("ö", "yo"), "ю": ("ü", "yu"), "я": ("ə", "ya"), "є": ("e", "ye"), "ї": ("i", "yi")}
_BASE = str.maketrans({"ə": "a", "ı": "i", "ö": "o", "ü": "u", "ç": "c", "ş": "s", "ğ": "g"})
_APOSTROPHES = str.maketrans("", "", "'’‘ʻʼ`´′")
_DIGRAPHS = (("dzh", "c"), ("sch", "s"), ("zh", "c"), ("dj", "c"), ("ch", "c"), ("sh", "s"), ("kh", "h"), ("gh", "k"))
_SOUNDS = str.maketrans({
    "e": "a", "u": "o", "y": "i", "j": "c", "x": "h", "q": "k", "g": "k", "w": "v",
})  # fmt: skip
# «son of», «daughter of» in patronymics.
_KINSHIP_WORDS = frozenset({"oglu", "ogli", "ogly", "kizi", "qizi", "gizi", "kyzy"})

_AZ = "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz"
_RU = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_EN = "abcçdeəfgğhıijklmnoöpqrsştuüvwxyz"
_ALPHABETS = {"az": (_AZ, _RU), "ru": (_RU, _AZ), "en": (_EN, _RU)}

NameKey = tuple[tuple[str, str], ...]
SortKey = tuple[tuple[tuple[int, int], ...], str]


def _lower(text: str) -> str:
    """Lower case that keeps İ, I, ı and i from growing a second sign: dotted or not, they end as i or ı."""
    return unicodedata.normalize("NFC", text).replace("İ", "i").replace("I", "i").casefold().replace("i̇", "i")


def _latin(text: str) -> str:
    """Return *text* in Azerbaijani spelling, other scripts through their common transliteration."""
    letters: list[str] = []
    before = " "
    for sign in _lower(text).translate(_APOSTROPHES).replace("дж", "ҹ"):
        if sign in _IOTATED:
            plain, iotated = _IOTATED[sign]
            separated = not before.isalpha() or before in _VOWELS or before in "ъь"
            letters.append(iotated if separated else plain)
        elif sign in _CYRILLIC:
            letters.append(_CYRILLIC[sign])
        elif sign.isascii() or sign in "əıöüçşğ":
            letters.append(sign)
        else:
            letters.append(anyascii(sign).lower())
        before = sign
    return "".join(letters)


def _words(latin: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", latin.translate(_BASE))


def fold(text: str) -> str:
    """Return *text* in plain lower-case Latin letters and digits, words set apart by one space.

    «ie» is written «iye», as Azerbaijani has it, so that what is typed finds the name at every keystroke.
    """
    return " ".join(re.sub(r"i(?=[aeou])", "iy", word) for word in _words(_latin(text)))


def _sound(word: str) -> str:
    for spelt, heard in _DIGRAPHS:
        word = word.replace(spelt, heard)
    word = re.sub(r"(?<=[bcdfghjklmnpqrstvwxz])y(?=[aeou])", "", word)
    word = word.translate(_SOUNDS)
    return re.sub(r"(.)\1+", r"\1", word)


def sounds(text: str) -> str:
    """Return a key that spellings of one name share: «Xədicə Quliyeva», «Хадиджа Кулиева», «Khadija Guliyeva»."""
    return " ".join(_sound(word) if word.isalpha() else word for word in _words(_latin(text)))


def search_text(*texts: str) -> str:
    """Return what :func:`matches` looks into: the words of *texts* as they are written and as they sound."""
    words = [word for text in texts for word in (*fold(text).split(), *sounds(text).split())]
    return " " + " ".join(dict.fromkeys(words))


def query_key(query: str) -> NameKey:
    """Return the words of *query* as :func:`key_matches` looks for them."""
    return tuple(zip(fold(query).split(), sounds(query).split(), strict=True))


def matches(query: str, searched: str) -> bool:
    """Tell whether every word of *query* begins a word of *searched* (from :func:`search_text`).

    An empty query matches everything.
    """
    return key_matches(query_key(query), searched)


def key_matches(query: NameKey, searched: str) -> bool:
    """Do what :func:`matches` does, for one query and many names."""
    return all(f" {written}" in searched or f" {heard}" in searched for written, heard in query)


def _one_word(written: tuple[str, str], heard: tuple[str, str]) -> float:
    """Return how alike two words are, 0 to 1; a lone first letter may stand for a name."""
    if written[0] == written[1]:
        return 1.0
    if heard[0] == heard[1]:
        return 0.97
    # Russian writes the Azerbaijani h as г, Ukrainian г is written h in Latin.
    merged = (heard[0].replace("k", "h"), heard[1].replace("k", "h"))
    if merged[0] == merged[1]:
        return 0.94
    shorter, longer = sorted(heard, key=len)
    if len(shorter) == 1:
        return 0.8 if longer.startswith(shorter) else 0.0
    alike = JaroWinkler.similarity(heard[0], heard[1], prefix_weight=0.05)
    if heard[0][0] != heard[1][0]:
        alike *= 0.8
    return alike if alike >= 0.85 else alike * 0.6


def name_key(name: str) -> NameKey:
    """Return the words of *name* as :func:`key_similarity` compares them; «son of» and «daughter of» are left out."""
    pairs = zip(fold(name).split(), sounds(name).split(), strict=True)
    return tuple((written, heard) for written, heard in pairs if written not in _KINSHIP_WORDS)[:5]


def similarity(a: str, b: str) -> int:
    """Return how alike two names are, 0 (different) to 100 (same), whatever their script and order of words.

    A word that only one of them has (a patronymic, a second surname) costs a little; a word that differs costs much.
    """
    return key_similarity(name_key(a), name_key(b))


def key_similarity(a: NameKey, b: NameKey) -> int:
    """Return :func:`similarity` of two names given by their keys."""
    one, other = sorted((a, b), key=len)
    if not one:
        return 0
    pairs = {
        (i, j): (_one_word((left[0], right[0]), (left[1], right[1])), len(left[0]) + len(right[0]) + 4)
        for i, left in enumerate(one)
        for j, right in enumerate(other)
    }
    orders = permutations(range(len(other)), len(one))
    best = max(_together([pairs[i, j] for i, j in enumerate(order)]) for order in orders)
    missing = len(other) - len(one)
    cost = 0.05 * missing + (0.12 if missing and len(one) == 1 else 0.0)
    return round(100 * max(0.0, best - cost))


def _together(words: list[tuple[float, int]]) -> float:
    """Join the likeness of single words, given with their weights; the least alike one counts much."""
    total = sum(weight for _alike, weight in words)
    return 0.6 * sum(alike * weight for alike, weight in words) / total + 0.4 * min(alike for alike, _weight in words)


@lru_cache(maxsize=8)
def _ranks(language: str) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for letter in "".join(_ALPHABETS.get(language, _ALPHABETS["en"])):
        ranks.setdefault(letter, len(ranks) + 1)
    return ranks


def sort_key(text: str, language: str) -> SortKey:
    """Return a key that orders *text* by the alphabet of *language*; numbers order by their value.

    Azerbaijani has ə after e, x after h, ı before i and q after k; letters of the other script come after. Foreign
    letters with accents stand with their base letter.
    """
    ranks = _ranks(language)
    primary: list[tuple[int, int]] = []
    # In Azerbaijani and Turkish writing a capital I is the undotted ı.
    lowered = unicodedata.normalize("NFC", text)
    if language == "az":
        lowered = lowered.replace("I", "ı")
    for piece in re.findall(r"[0-9]+|[^\W\d_]|\s+", _lower(lowered)):
        if piece.isspace():
            primary.append((0, 0))
        elif piece[0] in "0123456789":
            primary.append((1, int(piece)))
        elif piece in ranks:
            primary.append((2, ranks[piece]))
        else:
            base = anyascii(piece).lower()[:1]
            primary.append((2, ranks[base]) if base in ranks else (3, ord(piece)))
    return tuple(primary), text
