"""A colleague, two residents and a Tuesday."""

from __future__ import annotations

from uuid import UUID

import pytest

from shelterdesk import people, stays
from shelterdesk.desk import Desk
from tests.desks import TODAY


@pytest.fixture
def ay(desk: Desk) -> UUID:
    """Somebody who lives here."""
    person = people.add_person(desk, short_name="Aysel")
    stays.add_stay(desk, person.id, arrived_on=TODAY)
    return person.id


@pytest.fixture
def nur(desk: Desk) -> UUID:
    """Somebody else who lives here."""
    person = people.add_person(desk, short_name="Nur")
    stays.add_stay(desk, person.id, arrived_on=TODAY)
    return person.id
