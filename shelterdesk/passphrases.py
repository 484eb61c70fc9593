"""How hard a passphrase is to guess, in words, with what would make it better.

Guesses are counted by zxcvbn's matchers with three lists of our own: names and words common here, the words this
program itself proposes, and what the person must not use (their own sign-in name, the shelter's name). Texts in
Cyrillic or Azerbaijani letters are also tried as the Latin letters of the same keys and of the same sounds, because
guessing programs do the same. Nothing given here is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from shelterdesk.drawn_words import draw_words
from shelterdesk.folding import fold
from shelterdesk.i18n import N_
from shelterdesk.paths import resources

ENOUGH = 3
"""The score from which on a passphrase is not advised against."""

# Guesses (power of ten) from which a score is reached. A copied vault is guessed offline; with the key stretching of
# the vault a well-equipped guesser makes some ten thousand a second: 10^12 last three years, 10^15 three thousand.
_STEPS = (7, 10, 12, 15)
_GUESSES_PER_SECOND = 4
_LONGEST = 72
_TYPED_AS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюёüöğıəçş", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`wo]i'cs")

SCORES = (
    N_("Very easy to guess"),
    N_("Easy to guess"),
    N_("Fair"),
    N_("Good"),
    N_("Strong"),
)
_TIMES = (
    (60, N_("A patient guesser needs less than a minute.")),
    (3600, N_("A patient guesser needs less than an hour.")),
    (86_400, N_("A patient guesser needs less than a day.")),
    (31 * 86_400, N_("A patient guesser needs some days.")),
    (365 * 86_400, N_("A patient guesser needs some months.")),
    (100 * 365 * 86_400, N_("A patient guesser needs some years.")),
    (math.inf, N_("A patient guesser needs more than a hundred years.")),
)
_COMMON = N_("Many people use this one.")
_NAME = N_("Names are tried first.")
_WORD = N_("A single word is found quickly.")
_OWN = N_("Your own name or the shelter’s name is tried first.")
_KEYS = N_("Rows of keys are tried early.")
_REPEAT = N_("Repeated signs and words add little.")
_SEQUENCE = N_("Runs such as abc or 6543 are tried early.")
_DATE = N_("Dates and years are tried early.")
_MORE_WORDS = N_("Add another word or two that have nothing to do with each other.")
_SEVERAL_WORDS = N_("Four or more words are easier to remember than signs and digits, and harder to guess.")
_CAPITALS = N_("Capital letters help little.")
_SWAPS = N_("Signs in place of letters, such as @ for a, help little.")
_BACKWARDS = N_("Words written backwards help little.")
_ONE_MORE = N_("One more word would make it strong.")
_TOO_SHORT = N_("Use at least twelve letters.")
_SHORTEST = 12
_SEVERAL = 4
_NAME_LISTS = frozenset({"own", "local", "surnames", "male_names", "female_names"})


@dataclass(frozen=True)
class Advice:
    """What to say about a passphrase; all texts are message ids.

    ``score`` runs from 0 (very easy to guess) to 4. ``warning`` is empty when there is nothing to say.
    ``several_words``: four words or more. ``no_names``: no name, date or word of one's own was found in it.
    """

    score: int
    label: str
    holds: str
    warning: str
    suggestions: tuple[str, ...]
    several_words: bool = False
    no_names: bool = True

    @property
    def enough(self) -> bool:
        """Tell whether nothing speaks against using it. It is advice; nobody is stopped."""
        return self.score >= ENOUGH


def advise(passphrase: str, avoid: Iterable[str] = ()) -> Advice:
    """Return advice about *passphrase*; *avoid* are names known to whoever guesses, such as the sign-in name."""
    if not passphrase:
        return Advice(0, SCORES[0], _TIMES[0][1], "", (_SEVERAL_WORDS,))
    own = {word: 1 for name in avoid for word in (name.casefold(), *fold(name).split()) if len(word) > 2}
    as_typed, *others = [_guesses(form, own) for form in _forms(passphrase)]
    easiest = min([as_typed, *others], key=lambda found: found[0])
    power = min(easiest[0], _as_proposed(passphrase))
    score = sum(1 for step in _STEPS if power >= step)
    # What is said is about the signs as they were typed, unless another reading is much easier to guess.
    warning, suggestions = _remarks((as_typed if as_typed[0] - easiest[0] < 1 else easiest)[1])
    if score >= ENOUGH:
        warning, suggestions = "", [] if score == len(_STEPS) else [_ONE_MORE]
    else:
        suggestions = [*([_TOO_SHORT] if len(passphrase) < _SHORTEST else []), *suggestions, _MORE_WORDS]
    return Advice(
        score,
        SCORES[score],
        _holds(power),
        warning,
        tuple(dict.fromkeys(suggestions)),
        several_words=len(fold(passphrase).split()) >= _SEVERAL,
        no_names=not any(_is_name(match) for _power, matches in (as_typed, *others) for match in matches),
    )


def suggest() -> str:
    """Return six random words as a passphrase, about 61 bits; short enough to learn in a day."""
    return " ".join(draw_words(6))


def _holds(power: float) -> str:
    seconds = 10 ** min(300.0, power - _GUESSES_PER_SECOND)
    return next(words for limit, words in _TIMES if seconds < limit or limit == math.inf)


def _forms(passphrase: str) -> list[str]:
    """Return *passphrase* as it is, as the Latin keys it was typed with, and as it sounds in Latin letters."""
    short = passphrase[:_LONGEST]
    lowered = short.casefold()
    other = (lowered.translate(_TYPED_AS), fold(short), fold(lowered.replace("ə", "e")))
    return list(dict.fromkeys((short, *filter(None, other))))


@cache
def _dictionaries() -> dict[str, dict[str, int]]:
    from zxcvbn import matching  # pyright: ignore[reportMissingTypeStubs]

    found: dict[str, dict[str, int]] = dict(matching.RANKED_DICTIONARIES)
    folder = resources() / "wordlists"
    found["local"] = {word: rank for rank, word in enumerate((folder / "guessed.txt").read_text("ascii").split(), 1)}
    proposed = (folder / "en.txt").read_text("ascii").split()
    # Every proposed word is as likely as any other, so each costs the whole list.
    found["proposed"] = dict.fromkeys(proposed, len(proposed))
    # Folded as well, because a typed passphrase is folded before its words are looked up.
    found["proposed"] |= dict.fromkeys((fold(word) for word in proposed), len(proposed))
    return found


def _guesses(form: str, own: dict[str, int]) -> tuple[float, list[dict[str, Any]]]:
    """Return the power of ten of the guesses for *form*, and the pieces it falls into."""
    from zxcvbn import matching, scoring  # pyright: ignore[reportMissingTypeStubs]

    dictionaries = {**_dictionaries(), "own": own}
    result: Any = scoring.most_guessable_match_sequence(form, matching.omnimatch(form, dictionaries))
    return float(result["guesses_log10"]), list(result["sequence"])


def _as_proposed(passphrase: str) -> float:
    """Return the power of ten for who knows that the words come from our own list; infinite for other words."""
    proposed = _dictionaries()["proposed"]
    words = fold(passphrase).split()
    if not words or any(word not in proposed for word in words):
        return math.inf
    return len(words) * math.log10(proposed[words[0]])


def _is_name(match: dict[str, Any]) -> bool:
    """Tell whether a piece is a name or a date. Short pieces may be parts of any word, so they do not count."""
    if match["pattern"] == "dictionary":
        return match.get("dictionary_name") in _NAME_LISTS and len(str(match["token"])) > 3
    return match["pattern"] == "date"


def _remarks(matches: list[dict[str, Any]]) -> tuple[str, list[str]]:
    """Return what the longest piece is guessed by, and which habits do not help."""
    named = [match for match in matches if match["pattern"] != "bruteforce"]
    if not named:
        return "", [_SEVERAL_WORDS]
    longest = max(named, key=lambda match: len(match["token"]))
    suggestions: list[str] = []
    for match in named:
        if match["pattern"] != "dictionary":
            continue
        token = str(match["token"])
        if token != token.lower():
            suggestions.append(_CAPITALS)
        if match.get("l33t"):
            suggestions.append(_SWAPS)
        if match.get("reversed") and len(token) > 3:
            suggestions.append(_BACKWARDS)
    return _warning(longest, sole=len(matches) == 1), suggestions


def _warning(match: dict[str, Any], *, sole: bool) -> str:
    by_pattern = {"spatial": _KEYS, "repeat": _REPEAT, "sequence": _SEQUENCE, "regex": _DATE, "date": _DATE}
    if match["pattern"] in by_pattern:
        return by_pattern[str(match["pattern"])]
    by_list = {**dict.fromkeys(_NAME_LISTS, _NAME), "own": _OWN, "passwords": _COMMON}
    return by_list.get(str(match.get("dictionary_name")), _WORD if sole else "")
