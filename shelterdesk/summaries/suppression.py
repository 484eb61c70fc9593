"""Which figures of one column have to be hidden, and what may be written in their place.

A figure behind which 1–4 people stand is hidden. Sums and balances would give it away again, so further figures are
hidden until every hidden one could be another number for a reader who knows the relations, the words and the rule.
The result depends on the column alone, and for the people in the house on a day on that day alone: the same month
is covered in the same way in each report it appears in, and a month never uncovers the one before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from shelterdesk.summaries.alternatives import Bounds, Moves, Relations, other_world

FEWEST: Final = 5
"""The smallest number of people that may be told. Zero is told as well: nobody stands behind it."""
SPAN: Final = FEWEST - 1
"""So many numbers must stay possible for a figure that is hidden because few people stand behind it."""


@dataclass(frozen=True)
class Number:
    """A figure as the search sees it: whole (hours in minutes), with no rounding."""

    value: int
    few: bool
    """1–4 people stand behind it."""
    of_people: bool
    """It counts people, so that «<5» may stand for it."""


@dataclass(frozen=True)
class Days:
    """The figures of one day: everybody in the house, with all parts. ``first`` is their row on the first day of a
    period, ``last`` on the last day."""

    first: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """The numbers of one column by the id of their row, in the order of the page."""

    numbers: Mapping[str, Number]
    relations: Relations
    days: Days
    worded: bool
    """May «<5» be written? Not where months are added up: it would tell that all of them together are few. The people
    in the house on one day are not added up."""

    def may_say_few(self, name: str) -> bool:
        return self.worded or name in self.days.first or name in self.days.last


@dataclass
class Pattern:
    """What is hidden in a column, and what may not be called «<5» or known to be more."""

    hidden: dict[str, None] = field(default_factory=dict)
    vague: set[str] = field(default_factory=set)


CoveredDays = Mapping[str, tuple[Pattern, list[Moves]]]
"""How the first and the last day of a column are covered, with the worlds that prove it."""


def is_small(number: Number) -> bool:
    """Tell if «<5» would be true."""
    return number.of_people and 0 < number.value < FEWEST


def says_few(column: Column, pattern: Pattern, name: str) -> bool:
    """Tell if «<5» stands in place of a hidden figure."""
    return column.may_say_few(name) and name not in pattern.vague and is_small(column.numbers[name])


def cover_day(column: Column, names: Collection[str], forced: Iterable[str]) -> tuple[Pattern, list[Moves]]:
    """Cover the people in the house on one day; also return the worlds that prove it, for the months on both sides."""
    numbers = column.numbers
    pattern = Pattern(dict.fromkeys(name for name in names if numbers[name].few or name in set(forced)))
    cover = _Cover(column, column.relations.within(names), pattern, frozenset())
    cover.run(list(pattern.hidden))
    return pattern, [world for name in pattern.hidden for world in cover.worlds(name) or ()]


def cover_column(column: Column, days: CoveredDays) -> Pattern:
    """Cover a month whose first and last day (keys of *days*) are covered already."""
    pattern = _with_days(days)
    fixed = frozenset((*column.days.first, *column.days.last))
    chosen = [name for name, number in column.numbers.items() if name not in fixed and number.few]
    pattern.hidden.update(dict.fromkeys(chosen))
    cover = _Cover(column, column.relations, pattern, fixed)
    worlds = [moves for _, found in days.values() for moves in found]
    cover.run(chosen, worlds)
    cover.uncover_needless(chosen, worlds)
    return pattern


def follow_months(column: Column, days: CoveredDays, hidden: Collection[str]) -> Pattern:
    """Cover a longer column: *hidden* is what its months hide.

    Other worlds of the months add up to other worlds of the column, so that this is enough; and whatever else were
    hidden could be added up from the months.
    """
    pattern = _with_days(days)
    ends = (*column.days.first, *column.days.last)
    chosen = (name for name, number in column.numbers.items() if name not in ends and (number.few or name in hidden))
    pattern.hidden.update(dict.fromkeys(chosen))
    return pattern


def _with_days(days: CoveredDays) -> Pattern:
    pattern = Pattern()
    for day, _ in days.values():
        pattern.hidden.update(day.hidden)
        pattern.vague |= day.vague
    return pattern


class _Cover:
    """Hides more and says less until everything hidden has its other worlds."""

    def __init__(self, column: Column, relations: Relations, pattern: Pattern, fixed: frozenset[str]) -> None:
        self._column = column
        self._relations = relations
        self._pattern = pattern
        self._fixed = fixed
        self._order = {name: place for place, name in enumerate(column.numbers)}
        twins = tuple(zip(column.days.first, column.days.last, strict=True))
        self._twins = dict(twins) | {last: first for first, last in twins}

    def run(self, names: list[str], day_worlds: list[Moves] | None = None) -> None:
        """Make *names*, and what comes to be hidden because of them, safe. Hiding more only adds worlds."""
        waiting = list(names)
        while waiting:
            name = waiting.pop(0)
            while self.worlds(name) is None:
                more = self._mend((name,))
                if more is None:
                    break
                waiting += more
        for moves in day_worlds or ():
            while not self._settles(moves, day_worlds or ()):
                more = self._mend(tuple(moves))
                if more is None:
                    break
                self.run(more)

    def uncover_needless(self, chosen: Collection[str], day_worlds: list[Moves]) -> None:
        """Show again what others, hidden later, have made needless; the dearest first."""
        pattern = self._pattern
        more = [name for name in pattern.hidden if name not in chosen and name not in self._fixed]
        for name in sorted(more, key=lambda one: (-self._column.numbers[one].value, self._order[one])):
            del pattern.hidden[name]
            near = self._component((name,))
            touched = [one for one in pattern.hidden if one in near and one not in self._fixed]
            safe = all(self.worlds(one) is not None for one in touched)
            if not safe or not all(self._settles(moves, day_worlds) for moves in day_worlds):
                pattern.hidden[name] = None
        pattern.hidden = dict.fromkeys(sorted(pattern.hidden, key=self._order.__getitem__))

    def worlds(self, name: str) -> list[Moves] | None:
        """Return worlds in which *name* is another number, as many as it needs, or None."""
        number = self._column.numbers[name]
        rooms = self._rooms()
        lowest, highest = self._bounds(name)
        found: list[Moves] = []
        if says_few(self._column, self._pattern, name):
            for value in range(lowest, FEWEST):
                world = {} if value == number.value else self._world({name: value - number.value}, rooms)
                if world is None:
                    return None
                found += [world] if world else []
            return found
        needed = SPAN - 1 if number.few else 1
        for step in (1, -1):
            value = number.value + step
            while len(found) < needed and value >= lowest and (highest is None or value <= highest):
                world = self._world({name: value - number.value}, rooms)
                if world is None:
                    break
                found.append(world)
                value += step
        return found if len(found) >= needed else None

    def _settles(self, moves: Moves, day_worlds: Collection[Moves]) -> bool:
        """Tell if the period takes up another world of its first or last day by itself, or hands it on unchanged."""
        rooms = self._rooms()
        if self._world(moves, rooms) is not None:
            return True
        handed_on = {self._twins[name]: move for name, move in moves.items()}
        return handed_on in day_worlds and self._world({**moves, **handed_on}, rooms) is not None

    def _world(self, start: Moves, rooms: Mapping[str, Bounds]) -> Moves | None:
        return other_world(self._relations, start, rooms)

    def _rooms(self) -> dict[str, Bounds]:
        rooms: dict[str, Bounds] = {}
        for name in self._pattern.hidden:
            if name in self._relations.of and name not in self._fixed:
                lowest, highest = self._bounds(name)
                value = self._column.numbers[name].value
                rooms[name] = (lowest - value, None if highest is None else highest - value)
        return rooms

    def _bounds(self, name: str) -> Bounds:
        """Return what a reader thinks possible who takes «hidden» beside «<5» for «5 or more»."""
        number = self._column.numbers[name]
        if says_few(self._column, self._pattern, name):
            return (1, FEWEST - 1)
        if number.of_people and self._column.may_say_few(name) and name not in self._pattern.vague:
            return (FEWEST, None) if number.value >= FEWEST else (number.value, number.value)
        return (min(1, number.value), None)

    def _mend(self, names: tuple[str, ...]) -> list[str] | None:
        """Give *names* more room by the cheapest means; return what is hidden for it, None when there is none left."""
        near = self._relations.neighbours(names)
        if self._alone(names):
            more = self._hide_one(near)
            if more:
                return more
        for reach in (near, self._component(names)):
            if self._say_less(reach):
                return []
            more = self._hide_one(reach)
            if more:
                return more
        return None

    def _alone(self, names: tuple[str, ...]) -> bool:
        """Tell if a relation of *names* has nothing else hidden that could move."""
        for name in names:
            for index in self._relations.of.get(name, ()):
                others = (other for other, _ in self._relations.terms[index] if other not in names)
                if not any(other in self._pattern.hidden and other not in self._fixed for other in others):
                    return True
        return False

    def _say_less(self, names: Iterable[str]) -> bool:
        """Write «hidden» for all hidden figures of people among *names*, so that neither word tells anything."""
        vague = {
            name
            for name in names
            if name in self._pattern.hidden
            and name not in self._fixed
            and self._column.numbers[name].of_people
            and self._column.may_say_few(name)
        }
        if vague <= self._pattern.vague:
            return False
        self._pattern.vague |= vague
        return True

    def _hide_one(self, names: Iterable[str]) -> list[str]:
        """Hide the smallest figure that is not zero; a zero only if there is nothing else."""
        numbers = self._column.numbers
        shown = [name for name in names if name not in self._pattern.hidden and name not in self._fixed]
        if not shown:
            return []
        name = min(shown, key=lambda one: (numbers[one].value == 0, numbers[one].value, self._order[one]))
        self._pattern.hidden[name] = None
        return [name]

    def _component(self, names: Iterable[str]) -> list[str]:
        """Return everything connected with *names* through hidden figures, and the figures beside them."""
        found = self._relations.neighbours(names)
        while True:
            linked = [name for name in found if name in self._pattern.hidden and name not in self._fixed]
            wider = self._relations.neighbours(linked)
            more = [name for name in wider if name not in found]
            if not more:
                return found
            found += more
