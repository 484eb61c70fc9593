"""Taking somebody in is one act: all of it or nothing, and it can be taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from shelterdesk import arrivals, bed_use, people, referrals, residents, rooms, stays
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.people import Person
from shelterdesk.schema import log_reading

TODAY = date(2026, 11, 17)


@pytest.fixture
def bed(desk: Desk) -> rooms.Bed:
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 1, name="Room 1")
    return rooms.beds_of(desk)[0]


def everybody(desk: Desk) -> list[Person]:
    with desk.read() as db:
        return list(db.scalars(select(Person)))


def test_person_stay_bed_referral_and_worker_come_together(desk: Desk, bed: rooms.Bed) -> None:
    made = arrivals.take_in(
        desk,
        {"short_name": "Lala"},
        stay={"arrived_on": TODAY, "came_from": "abroad"},
        bed_id=bed.id,
        referral={"source": "police", "referred_on": TODAY},
        worker_id=desk.me.id,
    )
    assert bed_use.bed_names(desk, [made.id], TODAY) == {made.id: "Room 1-1"}
    assert [one.source for one in referrals.referrals_of(desk, made.id)] == ["police"]
    assert [row.name for row in residents.list_rows(desk, "mine")] == ["Lala"]
    with desk.read() as db:
        acts = {row.act for row in log_reading.logged(db, person_id=made.id)}
    assert acts == {"add_person"}


def test_without_stay_and_without_any_answer_there_is_only_a_person(desk: Desk) -> None:
    made = arrivals.take_in(desk, {"short_name": "Lala"}, referral={"source": None, "referred_on": None})
    assert stays.stays_of(desk, made.id) == []
    assert referrals.referrals_of(desk, made.id) == []


def test_problems_of_all_parts_are_told_together_and_nothing_is_saved(desk: Desk) -> None:
    with pytest.raises(Problems) as caught:
        arrivals.take_in(
            desk,
            {"gender": "no such code"},
            stay={"arrived_on": None},
            referral={"referred_on": TODAY + timedelta(days=1)},
        )
    assert [one.field for one in caught.value.problems] == ["person.gender", "stay.arrived_on", "referral.referred_on"]
    assert everybody(desk) == []


def test_a_taken_bed_keeps_everything_out(desk: Desk, bed: rooms.Bed) -> None:
    somebody = people.add_person(desk, short_name="Botir")
    stays.add_stay(desk, somebody.id, arrived_on=TODAY, bed_id=bed.id)
    with pytest.raises(Problems) as caught:
        arrivals.take_in(desk, {"short_name": "Lala"}, stay={"arrived_on": TODAY}, bed_id=bed.id)
    assert caught.value.problems[0].field == "bed_since.bed"
    assert [one.short_name for one in everybody(desk)] == ["Botir"]
    again = arrivals.take_in(desk, {"short_name": "Lala"})
    assert again.code == "R-2026-002", "the number that was not used is given out"


def test_taking_back_frees_the_bed_and_keeps_the_record(desk: Desk, bed: rooms.Bed) -> None:
    made = arrivals.take_in(desk, {"short_name": "Lala"}, stay={"arrived_on": TODAY}, bed_id=bed.id)
    arrivals.take_back(desk, made.id)
    assert residents.list_counts(desk)["here_now"] == 0
    assert residents.list_counts(desk)["archived"] == 1
    assert bed_use.beds_on(desk, TODAY)[0].person_id is None


def test_who_may_take_somebody_in(desk: Desk) -> None:
    desk.rights = rights_of(["night_worker"])
    arrivals.take_in(desk, {"short_name": "Lala"}, stay={"arrived_on": TODAY}, referral={"source": "police"})
    desk.rights = rights_of(["nurse"])
    with pytest.raises(NotAllowed):
        arrivals.take_in(desk, {"short_name": "Vəfa"})
    with pytest.raises(NotAllowed):
        arrivals.take_back(desk, everybody(desk)[0].id)
