"""A small house: two women and a day that is Tuesday, 10:00, in the middle of the day shift."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shelterdesk import people, rooms, stays
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from tests.desks import TODAY


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Lives in bed 1 of room 1."""
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 3, name="1")
    return _lives(desk, "Ay", 0)


@pytest.fixture
def nur(desk: Desk, ay: Person) -> Person:
    """Lives in bed 2 of room 1."""
    return _lives(desk, "Nur", 1)


def _lives(desk: Desk, name: str, bed: int) -> Person:
    made = people.add_person(desk, short_name=name)
    stays.add_stay(desk, made.id, arrived_on=TODAY - timedelta(days=9), bed_id=rooms.beds_of(desk)[bed].id)
    return made
