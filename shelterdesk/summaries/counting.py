"""What was read for one summary, ready to be counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from shelterdesk.summaries.capacity import Capacity
from shelterdesk.summaries.movements import Movements, movements
from shelterdesk.summaries.presences import Presence, Someone, nights_away, presences
from shelterdesk.summaries.queries import Span
from shelterdesk.summaries.who import Crowd

People = Mapping[Someone, int]


@dataclass(frozen=True)
class Counting:
    """The rows of all queries by name, the days of the three columns, and the beds."""

    found: Mapping[str, Sequence[Any]]
    spans: tuple[Span, Span, Span]
    capacity: Capacity

    @cached_property
    def crowd(self) -> Crowd:
        return Crowd.of(self.found["people"], self.found["statuses"])

    @cached_property
    def presences(self) -> list[Presence]:
        counted = self.crowd.counted
        return presences((counted(person), *stay) for person, *stay in self.found["stays"])

    @cached_property
    def moves(self) -> tuple[Movements, Movements, Movements]:
        this, previous, since = (movements(self.presences, *span) for span in self.spans)
        return (this, previous, since)

    @cached_property
    def away(self) -> tuple[People, People, People]:
        """Everybody who was away at night while her bed was kept, with how many nights, by column."""
        counted = self.crowd.counted
        absences = [(counted(person), since, back) for person, since, back in self.found["absences"]]
        this, previous, since = (nights_away(self.presences, absences, *span) for span in self.spans)
        return (this, previous, since)

    @cached_property
    def served(self) -> tuple[People, People, People]:
        """Everybody given a service, with 1 where one took a known time, by column."""
        columns: list[dict[Someone, int]] = [{}, {}, {}]
        rows: Sequence[tuple[int, Someone, bool]] = self.found["served"]
        for column, person, timed in rows:
            someone = self.crowd.counted(person)
            columns[column][someone] = int(timed) | columns[column].get(someone, 0)
        return (columns[0], columns[1], columns[2])

    @cached_property
    def reached(self) -> tuple[People, People, People]:
        """Everybody who reached a milestone, with how many, by column."""
        columns: list[dict[Someone, int]] = [{}, {}, {}]
        for person, *numbers in self.found["milestones"]:
            someone = self.crowd.counted(person)
            for column, number in enumerate(numbers):
                if number:
                    columns[column][someone] = columns[column].get(someone, 0) + number
        return (columns[0], columns[1], columns[2])
