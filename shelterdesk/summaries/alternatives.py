"""Could a hidden figure be another one? Looks for other worlds in which everything that is shown stays as it is.

A world is described by its moves: by how much each hidden figure differs from the truth. The sums and balances a reader
knows hold in it if the moves add up to nothing in each of them. A world that is found is a proof that the reader cannot
rule a number out; one that is not found within the budget counts as ruled out, so that errors fall on the safe side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Terms = tuple[tuple[str, int], ...]
"""A relation: the figures named, each times +1 or −1, add up to nothing."""
Bounds = tuple[int, int | None]
"""Lowest and highest number a reader thinks possible; None: no highest."""
Moves = dict[str, int]

_BUDGET = 600
"""Steps of one search. Tables of a house are small and their worlds near, so most searches take under twenty."""


@dataclass(frozen=True)
class Relations:
    """The relations between the figures of one column."""

    terms: tuple[Terms, ...]
    of: Mapping[str, tuple[int, ...]]
    """The relations each figure stands in."""

    @classmethod
    def between(cls, terms: Iterable[Terms]) -> Relations:
        known = tuple(dict.fromkeys(terms))
        of: dict[str, list[int]] = {}
        for index, relation in enumerate(known):
            for name, _ in relation:
                of.setdefault(name, []).append(index)
        return cls(known, {name: tuple(indexes) for name, indexes in of.items()})

    def within(self, names: Iterable[str]) -> Relations:
        """Return the relations that connect nothing but *names*."""
        inside = set(names)
        return Relations.between(terms for terms in self.terms if all(name in inside for name, _ in terms))

    def neighbours(self, names: Iterable[str]) -> list[str]:
        """Return the figures that share a relation with any of *names*, themselves included."""
        found: dict[str, None] = {}
        for name in names:
            found[name] = None
            for index in self.of.get(name, ()):
                found.update((other, None) for other, _ in self.terms[index])
        return list(found)


def other_world(relations: Relations, start: Moves, rooms: Mapping[str, Bounds]) -> Moves | None:
    """Return moves that contain *start* and hold in every relation, or None.

    *rooms* tells for each figure that may move besides by how much: at least and at most.
    """
    left: dict[int, int] = {}
    for name, move in start.items():
        _carry(relations, left, name, move)
    return _Search(relations, rooms).settle(dict(start), left)


def _carry(relations: Relations, left: dict[int, int], name: str, move: int) -> None:
    for index in relations.of.get(name, ()):
        sign = next(sign for other, sign in relations.terms[index] if other == name)
        left[index] = left.get(index, 0) + sign * move
        if not left[index]:
            del left[index]


class _Search:
    """Settles one broken relation after the other, the one with the fewest ways first."""

    def __init__(self, relations: Relations, rooms: Mapping[str, Bounds]) -> None:
        self._relations = relations
        self._rooms = rooms
        self._budget = _BUDGET

    def settle(self, moves: Moves, left: dict[int, int]) -> Moves | None:
        if not left:
            return moves
        ways = min((self._ways(index, moves, imbalance) for index, imbalance in left.items()), key=len)
        for name, move in ways:
            self._budget -= 1
            if self._budget < 0:
                return None
            rest = dict(left)
            _carry(self._relations, rest, name, move)
            found = self.settle({**moves, name: move}, rest)
            if found is not None:
                return found
        return None

    def _ways(self, index: int, moves: Moves, imbalance: int) -> list[tuple[str, int]]:
        """Return who could take up the imbalance, those first that break the fewest other relations."""
        ways: list[tuple[int, str, int]] = []
        for name, sign in self._relations.terms[index]:
            if name in moves or name not in self._rooms:
                continue
            lowest, highest = self._rooms[name]
            move = max(lowest, -imbalance * sign)
            move = move if highest is None else min(highest, move)
            if move:
                partly = move != -imbalance * sign
                ways.append((len(self._relations.of[name]) + 10 * partly, name, move))
        ways.sort(key=lambda way: way[0])
        return [(name, move) for _, name, move in ways]
