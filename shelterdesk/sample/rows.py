"""The loom: rows of the demo with ids and moments that depend on nothing but the seed and the desk's today."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from shelterdesk.desk import Desk
from shelterdesk.i18n import text
from shelterdesk.schema.base import Record

T = TypeVar("T")

_OPENS, _MINUTES_OPEN = time(8, 30), 9 * 60


@dataclass(frozen=True)
class Row:
    """One record to be written."""

    kind: type[Record]
    id: UUID
    at: datetime
    values: dict[str, Any]
    by: UUID
    """Who wrote it down."""


@dataclass
class Loom:
    """Makes rows in order, with everything left to chance drawn from one seed. *colleagues* are members by name."""

    desk: Desk
    seed: int
    months: int
    language: str
    services_per_person: int | None = None
    colleagues: Mapping[str, UUID] = field(default_factory=dict[str, UUID])
    rows: list[Row] = field(default_factory=list[Row])

    def __post_init__(self) -> None:
        # Invented stories, not keys: they have to come out the same again.
        self.dice = random.Random(self.seed)  # noqa: S311
        self.today = self.desk.today()
        self.now = self.desk.now()

    def add(self, kind: type[Record], on: date, by: UUID | None = None, /, **values: Any) -> UUID:
        """Add a record that was written down on *on*, by whoever is signed in or else *by*; return its id."""
        moment = self._moment(on)
        row_id = self._id(moment)
        self.rows.append(Row(kind, row_id, moment, values, by or self.desk.me.id))
        return row_id

    def take(self) -> list[Row]:
        """Return the rows made since the last call."""
        taken, self.rows = self.rows, []
        return taken

    def ago(self, days: int) -> date:
        """Return the day so many days before today; negative ones lie ahead."""
        return self.today - timedelta(days=days)

    def say(self, words: str, **values: object) -> str:
        """Return sample words in the language of the demo."""
        return text(words, self.language, **values)

    def chance(self, share: float) -> bool:
        """Answer yes in *share* of all cases."""
        return self.dice.random() < share

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of *choices*."""
        return choices[int(self.dice.random() * len(choices))]

    def some_of(self, choices: Sequence[T], most: int) -> list[T]:
        """Return between one and *most* of *choices*."""
        return self.dice.sample(list(choices), min(len(choices), self.dice.randint(1, most)))

    def weighted(self, choices: Iterable[tuple[T, int]]) -> T:
        """Return one of *choices* by weight."""
        values, weights = zip(*choices, strict=True)
        return self.dice.choices(values, weights)[0]

    def working_day(self, on: date) -> date:
        """Return *on*, or the Saturday before where it is a Sunday."""
        return on - timedelta(days=1) if on.weekday() == 6 else on

    def _moment(self, on: date) -> datetime:
        opened = datetime.combine(on, _OPENS, self.desk.zone)
        moment = (opened + timedelta(seconds=int(self.dice.random() * _MINUTES_OPEN * 60))).astimezone(UTC)
        return min(moment, self.now)

    def _id(self, moment: datetime) -> UUID:
        # A UUIDv7 like any other, only that its random part comes from the seed.
        stamp = int(moment.timestamp() * 1000).to_bytes(6, "big")
        rest = bytearray(self.dice.getrandbits(80).to_bytes(10, "big"))
        rest[0] = 0x70 | (rest[0] & 0x0F)
        rest[2] = 0x80 | (rest[2] & 0x3F)
        return UUID(bytes=stamp + bytes(rest))
