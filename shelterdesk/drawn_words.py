"""Words drawn by chance, for passphrases and passwords that can be remembered and read out."""

from __future__ import annotations

import math
import secrets
from functools import cache

from shelterdesk.paths import resources


def draw_words(count: int = 6) -> tuple[str, ...]:
    """Return *count* words drawn by the system's random source.

    The list holds 1,158 common, neutral English words: 10.2 bits each, so 61 bits for six and 51 for five.
    """
    words = _words()
    return tuple(secrets.choice(words) for _ in range(count))


def bits(count: int) -> float:
    """Return how many bits a choice of *count* words is worth to somebody who knows the list."""
    return count * math.log2(len(_words()))


@cache
def _words() -> tuple[str, ...]:
    return tuple((resources() / "wordlists" / "en.txt").read_text(encoding="ascii").split())
