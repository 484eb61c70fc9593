"""People, a partner and a trial that is late for its check-in."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from shelterdesk import partners, people, placements, stays
from shelterdesk.desk import Desk
from shelterdesk.placements import Placement
from tests.ui.work.boards import TODAY


@pytest.fixture
def aysel(desk: Desk) -> UUID:
    """Somebody who lives here."""
    person = people.add_person(desk, short_name="Aysel M.")
    stays.add_stay(desk, person.id, arrived_on=TODAY - timedelta(days=47))
    return person.id


@pytest.fixture
def iryna(desk: Desk) -> UUID:
    """Somebody else."""
    return people.add_person(desk, short_name="Iryna").id


@pytest.fixture
def bakery(desk: Desk) -> UUID:
    """A partner with everything recorded."""
    return partners.add_partner(
        desk,
        name="Sarı Sünbül Bakery",
        sector="accommodation_food",
        contact="Rauf, 055 000 00 11",
        vetted_on=TODAY - timedelta(days=100),
        visit_by=TODAY + timedelta(days=200),
        agreement_until=TODAY + timedelta(days=100),
        paid_in_full=True,
        papers_with_worker=False,
        told="First name only.",
        posts="Early shift: 1 place",
    ).id


@pytest.fixture
def trial(desk: Desk, iryna: UUID, bakery: UUID) -> Placement:
    """A trial whose check-in is two days past."""
    return placements.add_placement(
        desk, iryna, stage="trial", since=TODAY - timedelta(days=6), kind="work", post="Early shift",
        partner_id=bakery, check_in_on=TODAY - timedelta(days=2),
    )  # fmt: skip
