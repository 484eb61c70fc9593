"""Stays and beds: nobody lives here twice at once, no bed holds two people, the day of leaving is no night."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from shelterdesk import arrivals, bed_holds, bed_use, people, person_reading, room_beds, rooms, stays
from shelterdesk.desk import Desk
from shelterdesk.errors import Problems, StaleRecord
from shelterdesk.opening import create_desk
from shelterdesk.people import Person
from shelterdesk.schema.acts import Act
from shelterdesk.stays import BedSince, Stay
from shelterdesk.vault import KdfCost
from tests.desks import PASSPHRASE, TUESDAY

TODAY = date(2026, 11, 17)
FIRST = TODAY - timedelta(days=12)
DAYS = [FIRST + timedelta(days=number) for number in range(13)]


def add_beds(desk: Desk, count: int) -> list[UUID]:
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, count, name="Blue")
    return [bed.id for bed in rooms.beds_of(desk)]


@pytest.fixture
def beds(desk: Desk) -> list[UUID]:
    """Two beds."""
    return add_beds(desk, 2)


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody on file."""
    return people.add_person(desk, short_name="Ay")


@pytest.fixture
def nur(desk: Desk) -> Person:
    """Somebody else on file."""
    return people.add_person(desk, short_name="Nur")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def said(problems: pytest.ExceptionInfo[Problems]) -> list[str]:
    return [one.field for one in problems.value.problems]


def sleeping(desk: Desk, on: date) -> dict[UUID, UUID]:
    """Return person → bed."""
    return {use.person_id: use.bed_id for use in bed_use.beds_on(desk, on) if use.person_id is not None}


# --- any sequence of what people do --------------------------------------------------------------------------------


@dataclass
class Model:
    """What a stay should be, told without any database."""

    stay: Stay
    person: UUID
    arrived: date
    left: date | None
    moves: list[tuple[date, UUID | None, UUID, bool]] = field(default_factory=list)
    """Since, bed, id of the move, whether the bed is shared; in the order they were recorded."""
    archived: bool = False

    def here(self, night: date) -> bool:
        return not self.archived and self.arrived <= night and (self.left is None or night < self.left)

    def place(self, night: date) -> tuple[UUID | None, bool]:
        """Return the bed of a night, and whether it is shared."""
        held = [(since, place) for place, (since, *_rest) in enumerate(self.moves) if since <= night]
        if not held or not self.here(night):
            return None, False
        _since, bed, _id, shared = self.moves[max(held)[1]]
        return bed, shared

    def bed(self, night: date) -> UUID | None:
        """Return the bed of a night that is nobody else's."""
        bed, shared = self.place(night)
        return None if shared else bed


class House(RuleBasedStateMachine):
    """Arrivals, leavings, corrections and moves in any order, beside a model that counts every night."""

    kept = Bundle("kept")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.desk, _code = create_desk(
            Path(self.folder.name) / "desk-7F3A.vault",
            user_name="leyla",
            passphrase=PASSPHRASE,
            shelter="House",
            cost=KdfCost.for_tests(),
            clock=lambda: TUESDAY,
        )
        self.models: list[Model] = []
        self.holds: dict[UUID, tuple[UUID, date]] = {}

    @initialize()
    def furnish(self) -> None:
        self.beds = add_beds(self.desk, 2)
        self.people = [people.add_person(self.desk, short_name=name).id for name in ("Ay", "Nur", "Gül")]

    def teardown(self) -> None:
        self.desk.close()
        self.folder.cleanup()

    def _may(self, changed: Model) -> bool:
        """Tell whether the model allows *changed* in place of what it was, every night tried."""
        others = [one for one in self.models if one.stay.id != changed.stay.id and not one.archived]
        if changed.archived:
            return True
        for other in others:
            end, other_end = changed.left or date.max, other.left or date.max
            if other.person == changed.person and changed.arrived < other_end and other.arrived < end:
                return False
        nights = [*DAYS, TODAY + timedelta(days=400)]
        before = next((one for one in self.models if one.stay.id == changed.stay.id and not one.archived), None)
        for night in nights:
            bed = changed.bed(night)
            if bed is None:
                continue
            if any(other.bed(night) == bed for other in others):
                return False
            # What the stay had before the bed was held it keeps.
            if self._held(bed, night) and (before is None or before.bed(night) != bed):
                return False
        return True

    def _held(self, bed: UUID, night: date) -> bool:
        return any(kept == bed and TODAY <= night <= until for kept, until in self.holds.values())

    def _try(self, changed: Model, act: Any) -> Any:
        """Do *act*; it has to be refused exactly where the model says so."""
        allowed = self._may(changed)
        if not allowed:
            with pytest.raises(Problems):
                act()
            return None
        result = act()
        self.models = [one for one in self.models if one.stay.id != changed.stay.id] + [changed]
        return result

    @rule(
        target=kept,
        who=st.integers(0, 2),
        arrived=st.sampled_from(DAYS),
        nights=st.none() | st.integers(0, 6),
        bed=st.none() | st.integers(0, 1),
        shared=st.booleans(),
    )
    def arrive(self, who: int, arrived: date, nights: int | None, bed: int | None, *, shared: bool) -> Any:
        person, left = self.people[who], None if nights is None else arrived + timedelta(days=nights)
        if left is not None and left > TODAY:
            left = None
        bed_id = None if bed is None else self.beds[bed]
        values: dict[str, Any] = {"arrived_on": arrived}
        if left is not None:
            values |= {"left_on": left, "leaving_reason": "own_choice"}
        changed = Model(Stay(person_id=person), person, arrived, left)
        if bed_id is not None:
            changed.moves.append((arrived, bed_id, changed.stay.id, shared))

        def act() -> Stay:
            made = stays.add_stay(self.desk, person, bed_id=bed_id, shared=shared, **values)
            changed.stay = made
            if bed_id is not None:
                changed.moves[0] = (arrived, bed_id, stays.moves_of(self.desk, person)[-1].id, shared)
            return made

        made = self._try(changed, act)
        return made.id if made is not None else None

    def _of(self, stay_id: UUID | None) -> Model | None:
        return next((one for one in self.models if one.stay.id == stay_id), None)

    @rule(stay_id=kept, left=st.none() | st.sampled_from(DAYS), arrived=st.sampled_from(DAYS))
    def correct(self, stay_id: UUID | None, left: date | None, arrived: date) -> None:
        model = self._of(stay_id)
        if model is None or model.archived or (left is not None and left < arrived):
            return
        changed = Model(model.stay, model.person, arrived, left, list(model.moves))

        def act() -> None:
            changed.stay = stays.change_stay(self.desk, model.stay, arrived_on=arrived, left_on=left)

        self._try(changed, act)

    @rule(stay_id=kept, left=st.sampled_from(DAYS))
    def leave(self, stay_id: UUID | None, left: date) -> None:
        model = self._of(stay_id)
        if model is None or model.archived or left < model.arrived:
            return
        changed = Model(model.stay, model.person, model.arrived, left, list(model.moves))

        def act() -> None:
            changed.stay = stays.close_stay(self.desk, model.stay, left_on=left, leaving_reason="own_choice")

        self._try(changed, act)

    @rule(stay_id=kept, since=st.sampled_from(DAYS), bed=st.none() | st.integers(0, 1), shared=st.booleans())
    def move(self, stay_id: UUID | None, since: date, bed: int | None, *, shared: bool) -> None:
        model = self._of(stay_id)
        if model is None or not model.here(since):
            return
        bed_id = None if bed is None else self.beds[bed]
        changed = Model(
            model.stay, model.person, model.arrived, model.left, [*model.moves, (since, bed_id, model.stay.id, shared)]
        )

        def act() -> None:
            made = stays.move_bed(self.desk, model.stay, bed_id, since, shared=shared, along=False)
            changed.moves[-1] = (since, bed_id, made.id, shared)

        self._try(changed, act)

    @rule(stay_id=kept)
    def take_back(self, stay_id: UUID | None) -> None:
        model = self._of(stay_id)
        if model is None or model.archived or not model.moves:
            return
        changed = Model(model.stay, model.person, model.arrived, model.left, model.moves[:-1])
        self._try(changed, lambda: stays.take_back_move(self.desk, model.moves[-1][2]))

    @rule(stay_id=kept)
    def archive(self, stay_id: UUID | None) -> None:
        model = self._of(stay_id)
        if model is None:
            return
        changed = Model(model.stay, model.person, model.arrived, model.left, list(model.moves), not model.archived)

        def act() -> None:
            stays.archive_stay(self.desk, model.stay.id, archived=changed.archived)
            with self.desk.read() as db:
                changed.stay = db.get_one(Stay, model.stay.id)

        self._try(changed, act)

    @rule(bed=st.integers(0, 1), days=st.integers(0, 400))
    def hold(self, bed: int, days: int) -> None:
        bed_id, until = self.beds[bed], TODAY + timedelta(days=days)
        nights = [TODAY + timedelta(days=number) for number in range(days + 1)]
        used = any(model.bed(night) == bed_id for night in nights for model in self.models)
        if used or self._held(bed_id, TODAY):
            with pytest.raises(Problems):
                stays.hold_bed(self.desk, bed_id, until)
        else:
            self.holds[stays.hold_bed(self.desk, bed_id, until, for_whom="Sona").id] = (bed_id, until)

    @rule()
    def end_holds(self) -> None:
        for hold_id in self.holds:
            bed_holds.end_hold(self.desk, hold_id)
        self.holds.clear()

    @invariant()
    def every_night_is_as_the_model_says(self) -> None:
        for night in (DAYS[0], DAYS[4], DAYS[8], TODAY):
            living = [one.person for one in self.models if one.here(night)]
            assert len(living) == len(set(living)), "nobody lives here twice"
            with self.desk.read() as db:
                assert sorted(stays.open_stays(db, night)) == sorted(living)
            wanted = {one.person: bed for one in self.models if (bed := one.bed(night)) is not None}
            assert sleeping(self.desk, night) == wanted
            assert len(set(wanted.values())) == len(wanted), "no bed holds two"
            uses = bed_use.beds_on(self.desk, night)
            sharing = {person: use.bed_id for use in uses for person in use.sharing}
            alone = {one.person for one in self.models if one.bed(night)}
            places = {one.person: one.place(night)[0] for one in self.models if one.person not in alone}
            assert sharing == {person: bed for person, bed in places.items() if bed}
            if night == TODAY:
                assert {use.bed_id for use in uses if use.held_until} == {bed for bed, _until in self.holds.values()}


TestHouse = House.TestCase
LONG = settings.default.max_examples > 100
TestHouse.settings = settings(max_examples=40 if LONG else 6, stateful_step_count=30 if LONG else 15, deadline=None)


# --- one by one ---------------------------------------------------------------------------------------------------


def test_the_day_of_leaving_is_no_night(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    stay = stays.add_stay(desk, ay.id, arrived_on=ago(5), bed_id=beds[0])
    stays.close_stay(desk, stay, left_on=ago(2), leaving_reason="own_choice")
    nights = [day for day in DAYS if sleeping(desk, day)]
    assert nights == [ago(5), ago(4), ago(3)]


def test_who_leaves_and_arrives_on_one_day_has_two_stays(desk: Desk, ay: Person, nur: Person, beds: list[UUID]) -> None:
    stay = stays.add_stay(desk, ay.id, arrived_on=ago(5), bed_id=beds[0])
    stays.close_stay(desk, stay, left_on=ago(2), leaving_reason="own_choice")
    stays.add_stay(desk, ay.id, arrived_on=ago(2), bed_id=beds[1])
    stays.add_stay(desk, nur.id, arrived_on=ago(2), bed_id=beds[0])
    assert sleeping(desk, TODAY) == {ay.id: beds[1], nur.id: beds[0]}


def test_a_bed_taken_later_is_taken_for_who_arrived_earlier(
    desk: Desk, ay: Person, nur: Person, beds: list[UUID]
) -> None:
    """The bed was free on the day of arrival, but somebody sleeps in it today."""
    stays.add_stay(desk, ay.id, arrived_on=ago(2), bed_id=beds[0])
    with pytest.raises(Problems) as found:
        stays.add_stay(desk, nur.id, arrived_on=ago(5), bed_id=beds[0])
    assert said(found) == ["bed_since.bed"]
    assert stays.stays_of(desk, nur.id) == []


def test_coming_back_into_a_bed_that_was_given_away_is_refused(
    desk: Desk, ay: Person, nur: Person, beds: list[UUID]
) -> None:
    first = stays.add_stay(desk, ay.id, arrived_on=ago(5), bed_id=beds[0])
    first = stays.close_stay(desk, first, left_on=ago(2), leaving_reason="own_choice")
    stays.add_stay(desk, nur.id, arrived_on=ago(2), bed_id=beds[0])
    with pytest.raises(Problems) as found:
        stays.change_stay(desk, first, left_on=None, leaving_reason=None)
    assert said(found) == ["bed_since.bed"]


def test_a_stay_put_back_may_not_overlap(desk: Desk, ay: Person) -> None:
    wrong = stays.add_stay(desk, ay.id, arrived_on=ago(5))
    stays.archive_stay(desk, wrong.id)
    stays.add_stay(desk, ay.id, arrived_on=ago(3))
    with pytest.raises(Problems) as found:
        stays.archive_stay(desk, wrong.id, archived=False)
    assert said(found) == ["stay.arrived_on"]


def test_what_clashed_before_does_not_stand_in_the_way(desk: Desk, ay: Person, nur: Person, beds: list[UUID]) -> None:
    with desk.write(Act.IMPORT) as db:
        for person in (ay, nur):
            stay = Stay(person_id=person.id, arrived_on=ago(5))
            db.add(stay)
            db.add(BedSince(stay_id=stay.id, person_id=person.id, since=ago(5), bed_id=beds[0]))
    (stay,) = stays.stays_of(desk, ay.id)
    stay = stays.change_stay(desk, stay, words="came by bus")
    stays.close_stay(desk, stay, left_on=ago(1), leaving_reason="own_choice")


def test_leaving_needs_its_day_and_reason(desk: Desk, ay: Person) -> None:
    stay = stays.add_stay(desk, ay.id, arrived_on=ago(5))
    for values in ({}, {"left_on": None, "leaving_reason": None}):
        with pytest.raises(Problems) as found:
            stays.close_stay(desk, stay, **values)
        assert said(found) == ["stay.left_on", "stay.leaving_reason"]
        assert "Day of leaving" in found.value.text("en")
    with pytest.raises(Problems):
        stays.close_stay(desk, stay, left_on=ago(6), leaving_reason="own_choice")
    with pytest.raises(Problems):
        stays.close_stay(desk, stay, left_on=TODAY + timedelta(days=1), leaving_reason="own_choice")


def test_a_move_lies_within_its_stay(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    stay = stays.add_stay(desk, ay.id, arrived_on=ago(5), bed_id=beds[0])
    with pytest.raises(Problems):
        stays.move_bed(desk, stay, beds[1], ago(6))
    closed = stays.close_stay(desk, stay, left_on=ago(2), leaving_reason="own_choice")
    with pytest.raises(Problems):
        stays.move_bed(desk, closed, beds[1], ago(2))
    stays.move_bed(desk, closed, beds[1], ago(3))
    assert sleeping(desk, ago(3)) == {ay.id: beds[1]}


def test_a_stale_stay_is_refused(desk: Desk, ay: Person) -> None:
    stay = stays.add_stay(desk, ay.id, arrived_on=ago(5))
    stays.change_stay(desk, stay, came_from="abroad")
    with pytest.raises(StaleRecord):
        stays.change_stay(desk, stay, came_from="this_city")


def test_an_arrival_is_the_whole_or_nothing(desk: Desk, nur: Person, beds: list[UUID]) -> None:
    stays.add_stay(desk, nur.id, arrived_on=ago(5), bed_id=beds[0])
    with pytest.raises(Problems) as found:
        arrivals.take_in(desk, {"short_name": "Gül"}, stay={"arrived_on": TODAY}, bed_id=beds[0])
    assert said(found) == ["bed_since.bed"]
    with desk.read() as db:
        assert len(person_reading.codes_by_person(db)) == 1
    with pytest.raises(Problems) as found:
        arrivals.take_in(
            desk, {"gender": "x"}, stay={"came_from": "x"}, referral={"referred_on": TODAY + timedelta(days=1)}
        )
    assert said(found) == ["person.gender", "stay.arrived_on", "stay.came_from", "referral.referred_on"]


def test_an_arrival_that_is_taken_back_frees_the_bed(desk: Desk, beds: list[UUID]) -> None:
    made = arrivals.take_in(desk, {"short_name": "Gül"}, stay={"arrived_on": TODAY}, bed_id=beds[0])
    assert sleeping(desk, TODAY) == {made.id: beds[0]}
    arrivals.take_back(desk, made.id)
    assert sleeping(desk, TODAY) == {}


def test_beds_are_named_by_room_and_number(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    stays.add_stay(desk, ay.id, arrived_on=ago(5), bed_id=beds[1])
    assert bed_use.bed_names(desk, [ay.id], TODAY) == {ay.id: "Blue-2"}
    assert bed_use.bed_names(desk, [], TODAY) == {}
    assert [use.bed for use in bed_use.beds_on(desk, TODAY)] == ["1", "2"]


def test_beds_that_are_taken_away_come_back(desk: Desk, beds: list[UUID]) -> None:
    (room,) = rooms.rooms_of(desk)
    room_beds.set_beds(desk, room, 1)
    assert [bed.id for bed in rooms.beds_of(desk)] == beds[:1]
    room_beds.set_beds(desk, room, 3)
    found = rooms.beds_of(desk)
    assert [bed.id for bed in found][:2] == beds
    assert [bed.name for bed in found] == ["1", "2", "3"]
