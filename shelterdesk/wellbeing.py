"""Wellbeing: how a person rates mood and safety herself, from 1 (low) to 5 (high)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_
from shelterdesk.records import add, archive, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import day, number, points_to
from shelterdesk.schema.types import Id

LOWEST, HIGHEST = 1, 5


def _on_the_scale(value: int, _values: Mapping[str, Any]) -> str | None:
    return None if LOWEST <= value <= HIGHEST else N_("«{label}» is a number from 1 to 5")


class Rating(Record):
    """One round of her own ratings."""

    __tablename__ = "rating"

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    rated_on: Mapped[date] = day("rating.rated_on", N_("Day"), required=True, in_future=False)
    mood: Mapped[int | None] = number("rating.mood", N_("Mood"), rule=_on_the_scale)
    safety: Mapped[int | None] = number("rating.safety", N_("Feeling safe"), rule=_on_the_scale)


def ratings_of(desk: Desk, person_id: UUID) -> list[Rating]:
    """Return the ratings of a person in the order of time."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, Rating, person_id, Rating.rated_on, Rating.created_at))


def add_rating(desk: Desk, person_id: UUID, **values: Any) -> Rating:
    """Record a round. Raises Problems."""
    require(desk, Right.CASE_WORK)
    return add(desk, Act.ADD_RATING, Rating(person_id=person_id), values)


def archive_rating(desk: Desk, rating_id: UUID, *, archived: bool = True) -> None:
    """Take a round out of her ratings, or put it back."""
    require(desk, Right.CASE_WORK)
    archive(desk, Act.ADD_RATING, Rating, rating_id, archived=archived)
