"""Long lists of ids in parts that one query can ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

_AT_ONCE: Final = 500

T = TypeVar("T")


def in_blocks(whole: Iterable[T]) -> Iterator[list[T]]:
    """Yield *whole* in parts, in its order; itertools.batched is not there before Python 3.12."""
    waiting = iter(whole)
    while block := list(islice(waiting, _AT_ONCE)):
        yield block
