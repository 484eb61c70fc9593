"""A colleague, and the record of Aysel as it stands before anybody gave a reason."""

from __future__ import annotations

from uuid import UUID

import pytest

from shelterdesk import restrictions, staff
from shelterdesk.desk import Desk
from shelterdesk.people import Person


@pytest.fixture
def colleague(desk: Desk) -> UUID:
    """Nigar H., a case manager who was invited."""
    return staff.invite(desk, "nigar", "Nigar H.", ["case_manager"]).member_id


@pytest.fixture
def restricted(desk: Desk, aysel: Person) -> Person:
    """Aysel, whose record asks why it is opened."""
    restrictions.restrict(desk, aysel.id, "Her brother is with the police")
    lock_again(desk)
    return aysel


def lock_again(desk: Desk) -> None:
    """Forget what was opened with a reason, as the next sitting does."""
    desk.opened_with_reason.clear()
    with desk.read() as db:
        restrictions.load(desk, db)
