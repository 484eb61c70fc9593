"""Whose records a role reaches: everybody's, those of one's team, or one's own."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import UUID

import pytest

from shelterdesk import (
    bed_use,
    house_settings,
    notes,
    people,
    person_history,
    person_reading,
    reach,
    residents,
    restrictions,
    role_limits,
    rooms,
    search,
    services,
    stays,
    today,
)
from shelterdesk.access import Caseload, Role
from shelterdesk.appointments import add_appointment
from shelterdesk.desk import Desk
from shelterdesk.documents import tonight
from shelterdesk.errors import NotAllowed
from shelterdesk.members import Colleague
from shelterdesk.reach import Reach, RecordClosed
from tests.core.seats import seat
from tests.desks import Clock


@pytest.fixture
def house(desk: Desk) -> dict[str, UUID]:
    """People by whose they are."""
    other = desk.vault.members[0].id
    found = {"nobody's": people.add_person(desk, short_name="Nobody's").id}
    found["Leyla's"] = people.add_person(desk, short_name="Leyla's", worker_id=other).id
    return found


def at_work(desk: Desk, caseload: Caseload, house: dict[str, UUID], *roles: Role) -> Desk:
    role = roles or (Role.SOCIAL_WORKER,)
    role_limits.set_caseload(desk, role[0], caseload)
    mine = seat(desk, *role)
    house["mine"] = people.add_person(desk, short_name="mine", worker_id=mine.me.id).id
    return mine


def shown(desk: Desk) -> set[str]:
    return {row.name for row in residents.list_rows(desk, "everybody")}


def test_by_default_everybody_reaches_everybody(desk: Desk, house: dict[str, UUID]) -> None:
    mine = seat(desk, Role.SOCIAL_WORKER)
    assert mine.caseload is Caseload.ALL
    assert not mine.sight.closing
    assert shown(mine) == {"Nobody's", "Leyla's"}


def test_mine_are_my_people_and_those_nobody_works_with(desk: Desk, house: dict[str, UUID]) -> None:
    mine = at_work(desk, Caseload.MINE, house)
    assert shown(mine) == {"Nobody's", "mine"}
    assert {entry.name for entry in search.build_index(mine).entries} == {"Nobody's", "mine"}
    assert reach.reach_of(mine, house["Leyla's"]) is Reach.CLOSED
    for attempt in (
        lambda: person_reading.open_person(mine, house["Leyla's"]),
        lambda: notes.notes_of(mine, house["Leyla's"]),
        lambda: person_history.assign_worker(mine, house["Leyla's"], mine.me.id),
        lambda: services.add_service(
            mine, house["Leyla's"], kind="social_talk", given_on=mine.today(), outcome="took_place"
        ),
    ):
        with pytest.raises(RecordClosed):
            attempt()
    person_reading.open_person(mine, house["nobody's"])
    person_history.assign_worker(mine, house["mine"], desk.me.id)
    assert shown(mine) == {"Nobody's"}, "whom I give away is no longer mine"


def test_whom_i_take_in_stays_mine_though_a_colleague_works_with_her(desk: Desk, house: dict[str, UUID]) -> None:
    mine = at_work(desk, Caseload.MINE, house)
    made = people.add_person(mine, short_name="New", worker_id=desk.me.id)
    assert reach.reach_of(mine, made.id) is Reach.CLOSED
    again = people.add_person(mine, short_name="New too", worker_id=mine.me.id)
    assert reach.reach_of(mine, again.id) is Reach.OPEN


def test_the_worker_of_a_day_to_come_does_not_count_yet(desk: Desk, house: dict[str, UUID], clock: Clock) -> None:
    mine = at_work(desk, Caseload.MINE, house)
    person_history.assign_worker(desk, house["mine"], desk.me.id, desk.today() + timedelta(days=1))
    assert shown(mine) == {"Nobody's", "mine"}
    clock.now += timedelta(days=1)
    assert shown(mine) == {"Nobody's"}


def test_a_team_is_who_has_the_same_word(desk: Desk, house: dict[str, UUID]) -> None:
    mine = at_work(desk, Caseload.TEAM, house)
    assert shown(mine) == {"Nobody's", "mine"}
    restrictions.set_team(desk, mine.me.id, "Early shift")
    restrictions.set_team(desk, desk.me.id, " early  SHIFT ")
    house_settings.load(mine)
    assert shown(mine) == {"Nobody's", "mine", "Leyla's"}
    restrictions.set_team(desk, desk.me.id, "")
    restrictions.set_team(desk, mine.me.id, "")
    house_settings.load(mine)
    assert shown(mine) == {"Nobody's", "mine"}, "no word is no team"
    assert restrictions.teams(desk) == {}
    with desk.read() as db:
        assert db.get_one(Colleague, desk.me.id).shown_as == "Leyla A."


def test_the_widest_role_counts_and_roles_that_open_no_record_do_not(desk: Desk, house: dict[str, UUID]) -> None:
    mine = at_work(desk, Caseload.MINE, house, Role.SOCIAL_WORKER, Role.RECEPTION)
    assert mine.caseload is Caseload.MINE
    assert seat(desk, Role.SOCIAL_WORKER, Role.NURSE).caseload is Caseload.ALL
    assert seat(desk, Role.RECEPTION).caseload is Caseload.ALL
    with pytest.raises(NotAllowed):
        role_limits.set_caseload(desk, Role.RECEPTION, Caseload.MINE)


def test_a_bed_and_an_appointment_of_anothers_resident_show_no_name(desk: Desk, house: dict[str, UUID]) -> None:
    mine = at_work(desk, Caseload.MINE, house)
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 1, name="Blue")
    bed = rooms.beds_of(desk)[0].id
    stays.add_stay(desk, house["Leyla's"], arrived_on=desk.today(), bed_id=bed)
    add_appointment(desk, house["Leyla's"], kind="court", on=desk.today(), at=time(9), member_id=desk.me.id)
    assert [use.closed for use in bed_use.beds_on(mine, mine.today())] == [True]
    assert [one.kind for one in today.read_today(mine).next] == ["busy"]
    assert [row.short_name for row in tonight.tonight_rows(mine)] == ["Somebody"]


def test_closing_and_caseload_hold_together(desk: Desk, house: dict[str, UUID]) -> None:
    mine = at_work(desk, Caseload.MINE, house)
    restrictions.close_to(desk, house["mine"], mine.me.id)
    house_settings.load(mine)
    assert shown(mine) == {"Nobody's"}
