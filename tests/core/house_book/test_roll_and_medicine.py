"""Roll calls and medicine: where everybody is, what is due and who gave it."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from shelterdesk import absences, family, house_settings, people, restrictions, stays, visits
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.house_book import book, medicine, roll_calls, shifts
from shelterdesk.house_book.roll_calls import Mark
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.reach import RecordClosed
from shelterdesk.schema.acts import Act
from tests.core.seats import seat
from tests.desks import TODAY, Clock


def states(roll: roll_calls.Roll) -> dict[str, str]:
    return {row.name: row.mark.state for row in roll.rows}


def test_a_mark_moves_through_every_state_and_back() -> None:
    mark, seen = Mark(back_at=time(9)), list[str]()
    for _step in range(4):
        mark = roll_calls.moved_on(mark)
        seen.append(mark.state)
    assert seen == ["out", "night_away", "not_back", "in_house"]
    assert mark == Mark(), "who is in the house is expected at no hour"


def test_a_roll_call_is_saved_and_the_next_begins_where_everybody_was(desk: Desk, ay: Person, nur: Person,
                                                                      clock: Clock) -> None:  # fmt: skip
    now = shifts.shift_now(desk)
    assert states(roll_calls.read_roll(desk, now)) == {"Ay": "in_house", "Nur": "in_house"}
    assert [row.bed for row in roll_calls.read_roll(desk, now).rows] == ["1-1", "1-2"]
    out = Mark("out", TODAY, time(16, 30), "with her sister")
    roll_calls.save_roll(desk, now, {ay.id: Mark(), nur.id: out}, finished=False)
    kept = roll_calls.read_roll(desk, now)
    assert (states(kept), kept.taken_at) == ({"Ay": "in_house", "Nur": "out"}, None)
    roll_calls.save_roll(desk, now, {ay.id: Mark(), nur.id: out})
    saved = roll_calls.read_roll(desk, now)
    assert (saved.taken_at, saved.taken_by, saved.rows[1].mark) == (time(10), desk.me.id, out)
    clock.now += timedelta(hours=7)
    assert states(roll_calls.read_roll(desk, now))["Nur"] == "not_back", "half past four has gone by"
    night = shifts.after(desk, now)
    clock.now += timedelta(hours=6)
    begun = roll_calls.read_roll(desk, night)
    assert (states(begun), begun.taken_at) == ({"Ay": "in_house", "Nur": "not_back"}, None)
    roll_calls.save_roll(desk, night, {nur.id: Mark("in_house", TODAY, time(23))})
    assert states(roll_calls.read_roll(desk, now))["Nur"] == "out", "what was saved stays as it was seen"
    assert roll_calls.read_roll(desk, night).rows[1].mark == Mark()
    with pytest.raises(Problems):
        roll_calls.save_roll(desk, night, {nur.id: Mark("lost")})


def test_nights_away_and_visitors_of_the_record_stand_in_the_book(desk: Desk, ay: Person, nur: Person) -> None:
    now = shifts.shift_now(desk)
    tomorrow = TODAY + timedelta(days=1)
    absences.add_absence(desk, ay.id, since=TODAY, until=tomorrow)
    visits.add_visit(desk, nur.id, on=TODAY, came_at=time(14), visitor="Her aunt")
    assert roll_calls.read_roll(desk, now).rows[0].mark == Mark("night_away", tomorrow)
    roll_calls.save_roll(desk, now, {ay.id: Mark(), nur.id: Mark()})
    assert states(roll_calls.read_roll(desk, now))["Ay"] == "in_house", "whoever was seen in the house is there"
    assert [one.came_at for one in book.read_book(desk, now).visits] == [time(14)]


def test_a_child_stands_under_its_mother(desk: Desk, ay: Person, nur: Person) -> None:
    child = people.add_person(desk, short_name="Aban", birth=PartialDate(TODAY.year - 6, 1))
    stays.add_stay(desk, child.id, arrived_on=TODAY)
    with desk.write(Act.CHANGE_PERSON) as db:
        family.put_child(db, desk, nur.id, child.id)
    rows = roll_calls.read_roll(desk, shifts.shift_now(desk)).rows
    assert [(row.name, row.under, row.age) for row in rows] == [
        ("Ay", False, None), ("Nur", False, None), ("Aban", True, 6),
    ]  # fmt: skip


def test_whose_record_is_closed_is_counted_by_a_colleague(desk: Desk, ay: Person, nur: Person) -> None:
    now = shifts.shift_now(desk)
    roll_calls.save_roll(desk, now, {ay.id: Mark("out"), nur.id: Mark()})
    worker = seat(desk, Role.NIGHT_WORKER)
    restrictions.close_to(desk, ay.id, worker.me.id, "Her cousin")
    house_settings.load(worker)
    roll = roll_calls.read_roll(worker, now)
    assert (states(roll), roll.unnamed) == ({"Nur": "in_house"}, 1)
    with pytest.raises(RecordClosed):
        roll_calls.save_roll(worker, now, {ay.id: Mark()})
    restrictions.restrict(desk, nur.id, "Press")
    house_settings.load(worker)
    assert states(roll_calls.read_roll(worker, now)) == {"Nur": "in_house"}
    roll_calls.save_roll(worker, now, {nur.id: Mark("out")})
    assert states(roll_calls.read_roll(worker, now)) == {"Nur": "out"}
    with pytest.raises(NotAllowed):
        roll_calls.read_roll(seat(desk, Role.ADMINISTRATOR), now)


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [("every_day", [0, 1, 2, 7]), ("every_other_day", [0, 2]), ("weekly", [0, 7]), ("once", [0])],
)
def test_medicine_is_due_in_its_rhythm(rhythm: str, days: list[int]) -> None:
    one = medicine.Medicine(person_id=uuid4(), rhythm=rhythm, since=date(2026, 1, 1), until=date(2026, 1, 8))
    due = [day for day in (-1, 0, 1, 2, 7, 8) if medicine.is_due(one, date(2026, 1, 1) + timedelta(days=day))]
    assert due == days


def test_medicine_is_given_once_and_by_whom_is_kept(desk: Desk, ay: Person, clock: Clock) -> None:
    morning = medicine.add_medicine(desk, ay.id, at=time(7, 30), what="1 tablet, own box")
    medicine.add_medicine(desk, ay.id, at=time(21), what="2 tablets", rhythm="once")
    now = shifts.shift_now(desk)
    first, second, tomorrow = medicine.due_in(desk, shifts.after(desk, now))
    assert [one.medicine.at for one in medicine.due_in(desk, now)] == [time(7, 30), time(21)]
    assert (first.late, second.late, tomorrow.on) == (True, False, TODAY + timedelta(days=1))
    worker = seat(desk, Role.NIGHT_WORKER)
    dose = medicine.give(worker, first)
    assert (dose.outcome, dose.given_at, dose.given_by) == ("given", time(10), worker.me.id)
    with pytest.raises(StaleRecord):
        medicine.give(desk, first)
    assert medicine.due_in(desk, now)[0].dose is not None
    medicine.take_back_dose(worker, dose.id)
    assert medicine.due_in(desk, now)[0].dose is None
    kept = medicine.give(desk, first, outcome="declined", words="She felt sick")
    assert (kept.outcome, kept.words) == ("declined", "She felt sick")
    with pytest.raises(Problems):
        medicine.give(desk, second, outcome="perhaps")
    medicine.change_medicine(desk, morning, until=TODAY)
    clock.now += timedelta(days=1)
    assert medicine.due_in(desk, shifts.shift_now(desk)) == []
    assert len(medicine.medicines_of(desk, ay.id)) == 2
    with pytest.raises(Problems):
        medicine.add_medicine(desk, ay.id, at=None, what="")
    with pytest.raises(NotAllowed):
        medicine.due_in(seat(desk, Role.REPORTING_OFFICER), now)


def test_medicine_of_a_closed_record_is_given_by_a_colleague(desk: Desk, ay: Person) -> None:
    one = medicine.add_medicine(desk, ay.id, at=time(9), what="Drops")
    worker, now = seat(desk, Role.NIGHT_WORKER), shifts.shift_now(desk)
    (due,) = medicine.due_in(worker, now)
    restrictions.close_to(desk, ay.id, worker.me.id, "Her cousin")
    house_settings.load(worker)
    assert medicine.due_in(worker, now) == []
    for attempt in (
        lambda: medicine.give(worker, due),
        lambda: medicine.medicines_of(worker, ay.id),
        lambda: medicine.medicine_with(worker, one.id),
        lambda: medicine.add_medicine(worker, ay.id, at=time(9), what="x"),
    ):
        with pytest.raises(RecordClosed):
            attempt()
