"""Beds on hold, shared beds and the number of beds: nobody loses a bed unseen."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import bed_holds, bed_use, people, room_beds, rooms, stays
from shelterdesk.bed_use import BedUse, Capacity
from shelterdesk.desk import Desk
from shelterdesk.documents.tonight import tonight_rows
from shelterdesk.errors import Problems
from shelterdesk.nights import nights_in_beds
from shelterdesk.people import Person
from shelterdesk.schema.types import new_id

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)


@pytest.fixture
def beds(desk: Desk) -> list[UUID]:
    """Two beds."""
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 2, name="Blue")
    return [bed.id for bed in rooms.beds_of(desk)]


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody on file."""
    return people.add_person(desk, short_name="Ay")


@pytest.fixture
def nur(desk: Desk) -> Person:
    """Somebody else on file."""
    return people.add_person(desk, short_name="Nur")


def use_of(desk: Desk, bed: UUID, on: date = TODAY) -> BedUse:
    return next(use for use in bed_use.beds_on(desk, on) if use.bed_id == bed)


def said(problems: pytest.ExceptionInfo[Problems]) -> list[str]:
    return [one.field for one in problems.value.problems]


# --- nights ---------------------------------------------------------------------------------------------------------

DAYS = st.integers(0, 30).map(lambda number: TODAY + number * DAY)
BEDS = [new_id() for _ in range(3)]
MOVES = st.lists(st.tuples(DAYS, st.sampled_from([None, *BEDS]), st.booleans()), max_size=6)


@given(arrived=DAYS, stayed=st.none() | st.integers(0, 20), moves=MOVES)
def test_every_night_has_one_bed_and_the_day_of_leaving_none(
    arrived: date, stayed: int | None, moves: list[tuple[date, UUID | None, bool]]
) -> None:
    left = None if stayed is None else arrived + stayed * DAY
    newest_first = sorted(moves, key=lambda move: move[0], reverse=True)
    found = nights_in_beds(new_id(), arrived, left, newest_first)
    for number in range(-2, 60):
        night = TODAY + number * DAY
        here = arrived <= night and (left is None or night < left)
        held = next((bed for since, bed, _shared in newest_first if since <= night), None)
        having = [one.bed_id for one in found if one.first <= night < one.until]
        assert having == ([held] if here and held is not None else [])


# --- on hold --------------------------------------------------------------------------------------------------------


def test_a_bed_on_hold_is_kept_until_its_day_and_free_after_it(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    stays.hold_bed(desk, beds[0], TODAY + 2 * DAY, for_whom="Call from the hotline")
    use = use_of(desk, beds[0])
    assert (use.held_until, use.held_for, use.free) == (TODAY + 2 * DAY, "Call from the hotline", False)
    assert use_of(desk, beds[0], TODAY + 3 * DAY).free
    with pytest.raises(Problems, match="on hold") as found:
        stays.add_stay(desk, ay.id, arrived_on=TODAY, bed_id=beds[0])
    assert said(found) == ["bed_since.bed"]
    stays.add_stay(desk, ay.id, arrived_on=TODAY, bed_id=beds[1])


def test_who_it_was_kept_for_arrives_once_the_hold_is_over(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    hold = stays.hold_bed(desk, beds[0], TODAY + 2 * DAY)
    bed_holds.end_hold(desk, hold.id)
    stays.add_stay(desk, ay.id, arrived_on=TODAY, bed_id=beds[0])
    with pytest.raises(Problems):
        stays.hold_bed(desk, beds[0], TODAY)
    assert use_of(desk, beds[0]).person_id == ay.id


def test_a_hold_is_not_for_days_that_are_past_and_not_twice(desk: Desk, beds: list[UUID]) -> None:
    with pytest.raises(Problems) as found:
        stays.hold_bed(desk, beds[0], TODAY - DAY)
    assert said(found) == ["bed_hold.until"]
    hold = stays.hold_bed(desk, beds[0], TODAY)
    with pytest.raises(Problems) as found:
        stays.hold_bed(desk, beds[0], TODAY + DAY)
    assert said(found) == ["bed_hold.bed"]
    bed_holds.end_hold(desk, hold.id)
    stays.hold_bed(desk, beds[0], TODAY + DAY)
    with pytest.raises(Problems):
        bed_holds.hold_again(desk, hold.id)


def test_a_hold_that_is_past_kept_nobody_out(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    stays.hold_bed(desk, beds[0], TODAY)
    stays.add_stay(desk, ay.id, arrived_on=TODAY - 5 * DAY, left_on=TODAY, leaving_reason="own_choice", bed_id=beds[0])


# --- shared ---------------------------------------------------------------------------------------------------------


def test_a_child_shares_the_bed_of_its_mother_and_both_have_their_nights(
    desk: Desk, ay: Person, nur: Person, beds: list[UUID]
) -> None:
    stays.add_stay(desk, ay.id, arrived_on=TODAY, bed_id=beds[0])
    with pytest.raises(Problems):
        stays.add_stay(desk, nur.id, arrived_on=TODAY, bed_id=beds[0])
    stays.add_stay(desk, nur.id, arrived_on=TODAY, bed_id=beds[0], shared=True)
    use = use_of(desk, beds[0])
    assert (use.person_id, use.sharing) == (ay.id, (nur.id,))
    assert bed_use.bed_names(desk, [ay.id, nur.id], TODAY) == {ay.id: "Blue-1", nur.id: "Blue-1"}
    assert Capacity.of(bed_use.beds_on(desk, TODAY)) == Capacity(beds=2, used=1, held=0, free=1)
    assert [(row.short_name, row.room) for row in tonight_rows(desk)] == [("Ay", "Blue-1"), ("Nur", "Blue-1")]


def test_who_shares_a_bed_moves_along_and_back(desk: Desk, ay: Person, nur: Person, beds: list[UUID]) -> None:
    stay = stays.add_stay(desk, ay.id, arrived_on=TODAY - 3 * DAY, bed_id=beds[0])
    stays.add_stay(desk, nur.id, arrived_on=TODAY - 3 * DAY, bed_id=beds[0], shared=True)
    moved = stays.move_bed(desk, stay, beds[1], TODAY)
    assert use_of(desk, beds[1]).sharing == (nur.id,)
    assert use_of(desk, beds[0]).free
    stays.take_back_move(desk, moved.id)
    assert (use_of(desk, beds[0]).person_id, use_of(desk, beds[0]).sharing) == (ay.id, (nur.id,))
    assert use_of(desk, beds[1]).free


def test_a_child_gets_a_bed_of_its_own(desk: Desk, ay: Person, nur: Person, beds: list[UUID]) -> None:
    stays.add_stay(desk, ay.id, arrived_on=TODAY - 3 * DAY, bed_id=beds[0])
    child = stays.add_stay(desk, nur.id, arrived_on=TODAY - 3 * DAY, bed_id=beds[0], shared=True)
    stays.move_bed(desk, child, beds[1], TODAY)
    assert (use_of(desk, beds[0]).sharing, use_of(desk, beds[1]).person_id) == ((), nur.id)


# --- how many -------------------------------------------------------------------------------------------------------


def test_a_bed_somebody_has_is_never_given_up(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    (room,) = rooms.rooms_of(desk)
    stay = stays.add_stay(desk, ay.id, arrived_on=TODAY, bed_id=beds[1])
    with pytest.raises(Problems, match="bed 2"):
        room_beds.set_beds(desk, room, 1)
    with pytest.raises(Problems):
        room_beds.give_up_room(desk, room)
    assert [bed.id for bed in rooms.beds_of(desk)] == beds
    stays.close_stay(desk, stay, left_on=TODAY, leaving_reason="own_choice")
    stays.hold_bed(desk, beds[1], TODAY + DAY)
    with pytest.raises(Problems, match="on hold"):
        room_beds.set_beds(desk, room, 1)
    room_beds.set_beds(desk, room, 3)
    (hold,) = bed_holds.holds_on(desk, TODAY)
    bed_holds.end_hold(desk, hold.id)
    room_beds.give_up_room(desk, room)
    assert rooms.rooms_of(desk) == []
    room_beds.open_room_again(desk, room)
    assert [one.id for one in rooms.rooms_of(desk)] == [room.id]


def test_a_full_house_says_so(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    assert not Capacity.of([]).is_full
    stays.add_stay(desk, ay.id, arrived_on=TODAY, bed_id=beds[0])
    assert not Capacity.of(bed_use.beds_on(desk, TODAY)).is_full
    stays.hold_bed(desk, beds[1], TODAY)
    assert Capacity.of(bed_use.beds_on(desk, TODAY)) == Capacity(beds=2, used=1, held=1, free=0)
    assert Capacity.of(bed_use.beds_on(desk, TODAY)).is_full


def test_a_bed_has_a_kind_of_its_own(desk: Desk, beds: list[UUID]) -> None:
    bed = rooms.beds_of(desk)[1]
    room_beds.change_bed(desk, bed, kind="cot", name="Window")
    use = use_of(desk, beds[1])
    assert (use.kind, use.bed) == ("cot", "Window")
    with pytest.raises(Problems):
        room_beds.change_bed(desk, rooms.beds_of(desk)[1], kind="hammock")


def test_who_has_no_bed_is_named(desk: Desk, ay: Person, nur: Person, beds: list[UUID]) -> None:
    stays.add_stay(desk, ay.id, arrived_on=TODAY - DAY)
    stays.add_stay(desk, nur.id, arrived_on=TODAY, bed_id=beds[0])
    assert bed_use.without_bed(desk, TODAY) == {ay.id: TODAY - DAY}
