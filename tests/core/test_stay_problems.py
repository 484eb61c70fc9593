"""What does not fit in stays and beds is named by what it is, and putting it right makes it go away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from shelterdesk import absences, bed_use, people, person_history, rooms, stay_problems, stays
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.rooms import Bed
from shelterdesk.schema.acts import Act
from shelterdesk.stay_problems import StayProblem
from shelterdesk.stays import BedSince, Stay

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)


@pytest.fixture
def beds(desk: Desk) -> list[UUID]:
    """Two beds."""
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 2, name="Blue")
    return [bed.id for bed in rooms.beds_of(desk)]


@pytest.fixture
def ay(desk: Desk, beds: list[UUID]) -> Person:
    """Somebody on file."""
    return people.add_person(desk, short_name="Ay")


@pytest.fixture
def nur(desk: Desk, beds: list[UUID]) -> Person:
    """Somebody else on file."""
    return people.add_person(desk, short_name="Nur")


def ago(days: int) -> date:
    return TODAY - days * DAY


def brought_in(desk: Desk, person: Person, bed: UUID | None = None, **values: Any) -> Stay:
    """Keep a stay as an old list had it, without the checks of a form."""
    with desk.write(Act.IMPORT) as db:
        stay = Stay(person_id=person.id, **values)
        db.add(stay)
        if bed is not None:
            db.add(BedSince(stay_id=stay.id, person_id=person.id, since=values["arrived_on"], bed_id=bed))
    return stay


def found(desk: Desk) -> list[tuple[str, str, str]]:
    return [(one.kind, one.person, one.mend) for one in stay_problems.problems_of_stays(desk)]


def only(desk: Desk) -> StayProblem:
    (one,) = stay_problems.problems_of_stays(desk)
    return one


def test_where_everything_fits_nothing_is_said(desk: Desk, ay: Person, nur: Person, beds: list[UUID]) -> None:
    stays.add_stay(desk, ay.id, arrived_on=ago(20), bed_id=beds[0])
    stays.add_stay(desk, nur.id, arrived_on=ago(2), bed_id=beds[0], shared=True)
    assert found(desk) == []


def test_overlapping_stays_end_the_earlier_one(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    brought_in(desk, ay, arrived_on=ago(20))
    brought_in(desk, ay, beds[0], arrived_on=ago(5))
    one = only(desk)
    assert (one.kind, one.mend, one.mend_on) == ("overlap", "end_earlier", ago(5))
    assert "12 November 2026" in one.words("en")
    undo = stay_problems.put_right(desk, one)
    assert found(desk) == []
    assert stays.stays_of(desk, ay.id)[1].left_on == ago(5)
    undo()
    assert len(found(desk)) == 1


def test_a_stay_inside_another_is_taken_back(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    brought_in(desk, ay, beds[0], arrived_on=ago(20))
    inside = brought_in(desk, ay, arrived_on=ago(10), left_on=ago(8), leaving_reason="own_choice")
    brought_in(desk, ay, arrived_on=ago(6), left_on=ago(4), leaving_reason="own_choice")
    assert [(kind, mend) for kind, _who, mend in found(desk)] == [("overlap", "archive_inner")] * 2
    first = stay_problems.problems_of_stays(desk)[0]
    assert first.stay_id == inside.id
    undo = stay_problems.put_right(desk, first)
    assert len(found(desk)) == 1
    undo()
    assert len(found(desk)) == 2


def test_two_in_one_bed_leave_the_second_without_it(desk: Desk, ay: Person, nur: Person, beds: list[UUID]) -> None:
    brought_in(desk, ay, beds[0], arrived_on=ago(20))
    brought_in(desk, nur, beds[0], arrived_on=ago(5))
    assert found(desk) == [("two_in_bed", "Nur", "no_bed")]
    undo = stay_problems.put_right(desk, only(desk))
    assert found(desk) == [("no_bed", "Nur", "move")]
    undo()
    assert found(desk) == [("two_in_bed", "Nur", "no_bed")]


def test_a_stay_left_open_is_named(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    stays.add_stay(desk, ay.id, arrived_on=ago(20), bed_id=beds[0], expected_until=ago(8))
    assert found(desk) == [("overdue", "Ay", "leave")]
    person_history.record_phase(desk, ay.id, since=ago(3), phase="closed")
    assert [kind for kind, *_rest in found(desk)] == ["left_open", "overdue"]


def test_who_did_not_come_back_is_named(desk: Desk, ay: Person, beds: list[UUID]) -> None:
    stays.add_stay(desk, ay.id, arrived_on=ago(20), bed_id=beds[0])
    absences.add_absence(desk, ay.id, since=ago(4), until=ago(1))
    one = only(desk)
    assert (one.kind, one.mend) == ("not_back", "back")
    (away,) = absences.absences_of(desk, ay.id)
    absences.came_back(desk, away, TODAY)
    assert found(desk) == []
    long_gone = absences.add_absence(desk, ay.id, since=TODAY)
    absences.archive_absence(desk, long_gone.id)
    assert found(desk) == []


def test_a_bed_given_up_and_a_bed_nobody_shares_are_named(
    desk: Desk, ay: Person, nur: Person, beds: list[UUID]
) -> None:
    stays.add_stay(desk, ay.id, arrived_on=ago(20), bed_id=beds[1])
    stays.add_stay(desk, nur.id, arrived_on=ago(20), bed_id=beds[0], shared=True)
    with desk.write(Act.CHANGE_HOUSE) as db:
        db.get_one(Bed, beds[1]).archived_at = desk.now()
    assert sorted(found(desk)) == [("given_up_bed", "Ay", "move"), ("nobody_to_share", "Nur", "own_bed")]
    assert [use.given_up for use in bed_use.beds_on(desk, TODAY)] == [False, True]
    (alone,) = [one for one in stay_problems.problems_of_stays(desk) if one.mend == "own_bed"]
    undo = stay_problems.put_right(desk, alone)
    assert bed_use.beds_on(desk, TODAY)[0].person_id == nur.id
    assert [kind for kind, *_rest in found(desk)] == ["given_up_bed"]
    undo()
    assert len(found(desk)) == 2
