"""A reader who wants to know: puts protected summaries together and narrows every hidden figure as far as it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shelterdesk.summaries.table import Summary

Known = tuple[str, object]
"""A figure by what it means: its row and its period; the people in the house by the day."""
Term = tuple[Known, int]
TOP = 10_000
STEPS = 3_000


class ContradictionError(Exception):
    """No world fits."""


@dataclass
class Attacker:
    """Everything that can be read, as bounds, and everything that is known to add up."""

    bounds: dict[Known, tuple[int, int]] = field(default_factory=dict)
    equations: list[list[Term]] = field(default_factory=list)
    truth: dict[Known, tuple[int, int | None]] = field(default_factory=dict)
    """What is so, and how many people stand behind it; only to judge by."""
    hidden: dict[Known, str] = field(default_factory=dict)
    _where: dict[Known, list[int]] = field(default_factory=dict)
    _counted: int = 0
    _steps: int = 0

    def read(self, exact: Summary, protected: Summary) -> None:
        """Read one summary; *exact* only tells what would be right."""
        plain = exact.rows()
        for row in protected.rows().values():
            for column, figure in enumerate(row.figures):
                known = self.name(protected, row.id, column)
                value = plain[row.id].figures[column].value
                assert value is not None
                self.truth[known] = (int(value), plain[row.id].figures[column].people)
                if figure.value is not None:
                    self._narrow(known, int(figure.value), int(figure.value))
                elif figure.cover == "<5":
                    self._narrow(known, 1, 4)
                    self.hidden[known] = "<5"
                else:
                    # A reader who can tell a hidden zero knows more than any reader there is.
                    self._narrow(known, min(1, int(value)), TOP)
                    self.hidden.setdefault(known, "hidden")
        self._relate(protected)

    @staticmethod
    def name(summary: Summary, row: str, column: int) -> Known:
        period = summary.columns[column]
        head, dot, tail = row.partition(".")
        if head == "here_first":
            return ("here" + dot + tail, period.first.toordinal())
        if head == "here_last":
            return ("here" + dot + tail, period.last.toordinal() + 1)
        return (row, (period.first, period.last))

    def _narrow(self, known: Known, low: int, high: int) -> None:
        before = self.bounds.get(known, (0, TOP))
        self.bounds[known] = (max(low, before[0]), min(high, before[1]))

    def _relate(self, summary: Summary) -> None:
        rows = summary.rows()
        for column in range(3):
            parts: dict[tuple[str, str], list[str]] = {}
            for row in rows.values():
                if row.part_of:
                    parts.setdefault((row.part_of, row.split), []).append(row.id)
                if row.same_as:
                    self._equation(summary, column, [(row.id, 1), (row.same_as, -1)])
                if row.people_as and row.figures[column].people is not None:
                    people = row.figures[column].people
                    assert people is not None
                    self._narrow(self.name(summary, row.people_as, column), people, people)
            for (whole, _), names in parts.items():
                self._equation(summary, column, [(whole, 1), *((name, -1) for name in names)])
            for balance in summary.balances:
                terms = [(balance.first, 1), (balance.last, -1)]
                terms += [(name, 1) for name in balance.plus] + [(name, -1) for name in balance.minus]
                if all(name in rows for name, _ in terms):
                    self._equation(summary, column, terms)

    def _equation(self, summary: Summary, column: int, terms: list[tuple[str, int]]) -> None:
        self.equations.append([(self.name(summary, row, column), sign) for row, sign in terms])

    def add_up_years(self, summaries: Sequence[Summary]) -> None:
        """Subtract each summary from the next: months add up to the column since January."""
        for before, after in pairwise(summaries):
            for row in after.rows().values():
                if row.flow:
                    old, new, now = (
                        self.name(before, row.id, 2),
                        self.name(after, row.id, 2),
                        self.name(after, row.id, 0),
                    )
                    self.equations.append([(new, 1), (old, -1), (now, -1)])

    def narrowed(self) -> dict[Known, tuple[int, int]]:
        """Return the bounds after reading every equation again and again."""
        return _propagate(dict(self.bounds), self.equations, range(len(self.equations)), self._places())

    def can_be(self, known: Known, value: int) -> bool | None:
        """Search for a world in which *known* is *value*, exactly. None: not found and not ruled out in time."""
        try:
            bounds = _propagate(dict(self.bounds), self.equations, range(len(self.equations)), self._places())
            low, high = bounds[known]
            if not low <= value <= high:
                return False
            bounds[known] = (value, value)
            bounds = _propagate(bounds, self.equations, self._places()[known], self._places())
        except ContradictionError:
            return False
        self._steps = STEPS
        return self._search(bounds)

    def _search(self, bounds: dict[Known, tuple[int, int]]) -> bool | None:
        open_ones = [one for one, (low, high) in bounds.items() if low < high]
        if not open_ones:
            return True
        one = min(open_ones, key=lambda other: bounds[other][1] - bounds[other][0])
        low, high = bounds[one]
        middle = self.truth[one][0]
        for value in sorted(range(low, high + 1), key=lambda other: abs(other - middle)):
            self._steps -= 1
            if self._steps < 0:
                return None
            try:
                narrower = _propagate(
                    {**bounds, one: (value, value)}, self.equations, self._places()[one], self._places()
                )
            except ContradictionError:
                continue
            found = self._search(narrower)
            if found is not False:
                return found
        return False

    def pinned(self, *, exactly: bool = False) -> list[tuple[Known, str, int]]:
        """Return the hidden figures this reader knows more about than promised; empty is good.

        Bounds rule out what they rule out; *exactly* also asks for a whole world for each number left over.
        """
        bounds = self.narrowed()
        found: list[tuple[Known, str, int]] = []
        for known, word in self.hidden.items():
            value, people = self.truth[known]
            low, high = bounds[known]
            if word == "<5":
                wanted = list(range(1, 5))
            else:
                few = people is not None and 0 < people < 5
                start = max(low, min(value, high - 3)) if few else (value if value < high else value - 1)
                wanted = list(range(start, start + (4 if few else 2)))
            possible = all(low <= one <= high for one in wanted)
            if not possible or (exactly and not all(self.can_be(known, one) for one in wanted)):
                found.append((known, word, value))
        return found

    def _places(self) -> dict[Known, list[int]]:
        if self._counted != len(self.equations):
            self._counted = len(self.equations)
            self._where = {known: [] for known in self.bounds}
            for index, terms in enumerate(self.equations):
                for known, _ in terms:
                    self._where[known].append(index)
        return self._where


def _propagate(
    bounds: dict[Known, tuple[int, int]],
    equations: list[list[Term]],
    start: Sequence[int],
    places: dict[Known, list[int]],
) -> dict[Known, tuple[int, int]]:
    waiting = dict.fromkeys(start)
    while waiting:
        index = next(iter(waiting))
        del waiting[index]
        terms = equations[index]
        low_sum = sum(sign * bounds[known][0 if sign > 0 else 1] for known, sign in terms)
        high_sum = sum(sign * bounds[known][1 if sign > 0 else 0] for known, sign in terms)
        if low_sum > 0 or high_sum < 0:
            raise ContradictionError
        for known, sign in terms:
            low, high = bounds[known]
            rest_low = low_sum - sign * (low if sign > 0 else high)
            rest_high = high_sum - sign * (high if sign > 0 else low)
            new_low, new_high = (-rest_high, -rest_low) if sign > 0 else (rest_low, rest_high)
            better = (max(low, new_low), min(high, new_high))
            if better[0] > better[1]:
                raise ContradictionError
            if better != (low, high):
                bounds[known] = better
                waiting.update(dict.fromkeys(places[known]))
                low_sum = sum(sign * bounds[one][0 if sign > 0 else 1] for one, sign in terms)
                high_sum = sum(sign * bounds[one][1 if sign > 0 else 0] for one, sign in terms)
    return bounds
