"""Lists of one's own and the table of people: what a filter finds, who sees it, and acts on several at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shelterdesk import own_lists, people, people_table, person_history, restrictions, stays
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason
from shelterdesk.residents import SAVED_LISTS
from tests.core.seats import seat


@pytest.fixture
def three(desk: Desk) -> list[Person]:
    """Aysel, a woman in transition; Botir, a man nobody works with; Cəmilə, who turns 18 this year or not."""
    on = desk.today()
    aysel = people.add_person(
        desk, short_name="Aysel", gender="woman", birth=PartialDate(1994, 5), worker_id=desk.me.id
    )
    botir = people.add_person(desk, short_name="Botir", gender="man", birth=PartialDate(1980))
    child = people.add_person(desk, short_name="Cəmilə", gender="woman", birth=PartialDate(on.year - 18))
    person_history.record_phase(desk, aysel.id, since=on, phase="transition")
    person_history.record_phase(desk, botir.id, since=on - timedelta(days=9), phase="crisis")
    person_history.record_status(desk, aysel.id, since=on, status="presumed")
    stays.add_stay(desk, aysel.id, arrived_on=on - timedelta(days=3))
    return [aysel, botir, child]


def found(desk: Desk, **filters: Any) -> list[str]:
    kept = own_lists.add_list(desk, name="Any", **({"base": "everybody"} | filters))
    names = sorted(row.name for row in own_lists.rows_on(desk, own_lists.own_id(kept)))
    assert own_lists.counts(desk)[own_lists.own_id(kept)] == len(names)
    assert sorted(row.name for row in own_lists.rows_of_filter(desk, own_lists.filter_of(kept))) == names
    return names


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, ["Aysel", "Botir", "Cəmilə"]),
        ({"base": "here_now"}, ["Aysel"]),
        ({"phases": frozenset({"transition", "crisis"})}, ["Aysel", "Botir"]),
        ({"phases": frozenset({"crisis"}), "genders": frozenset({"woman"})}, []),
        ({"statuses": frozenset({"presumed"})}, ["Aysel"]),
        ({"genders": frozenset({"woman"})}, ["Aysel", "Cəmilə"]),
        ({"ages": "child"}, ["Cəmilə"]),
        ({"ages": "adult"}, ["Aysel", "Botir"]),
        ({"without_worker": True}, ["Botir", "Cəmilə"]),
        ({"words": "jamila"}, []),
        ({"words": "CƏM"}, ["Cəmilə"]),
        ({"words": "leyla ays"}, ["Aysel"]),
    ],
)
def test_a_filter_finds_who_fits_all_of_it(
    desk: Desk, three: list[Person], filters: dict[str, Any], names: list[str]
) -> None:
    assert found(desk, **filters) == names


def test_a_list_is_mine_until_i_share_it(desk: Desk, three: list[Person]) -> None:
    kept = own_lists.add_list(desk, name="Of mine", base="everybody", worker_id=desk.me.id)
    other = seat(desk, Role.SOCIAL_WORKER)
    assert own_lists.saved_lists(other) == SAVED_LISTS
    assert own_lists.rows_on(other, own_lists.own_id(kept)) == []
    kept = own_lists.change_list(desk, kept, shared=True)
    assert [one.label for one in own_lists.saved_lists(other)][len(SAVED_LISTS) :] == ["Of mine"]
    with pytest.raises(NotAllowed):
        own_lists.archive_list(other, kept.id)
    own_lists.archive_list(desk, kept.id)
    assert own_lists.saved_lists(desk) == SAVED_LISTS
    own_lists.archive_list(desk, kept.id, archived=False)
    assert len(own_lists.saved_lists(desk)) == len(SAVED_LISTS) + 1


def test_a_list_needs_a_name_and_the_right_to_open_records(desk: Desk) -> None:
    with pytest.raises(Problems, match="Name"):
        own_lists.add_list(desk, name=" ", base="everybody")
    night = seat(desk, Role.NIGHT_WORKER)
    with pytest.raises(NotAllowed):
        own_lists.add_list(night, name="Mine", base="everybody")
    assert own_lists.saved_lists(night) == SAVED_LISTS


def test_the_table_tells_what_its_columns_ask_for(desk: Desk, three: list[Person]) -> None:
    aysel = three[0]
    rows = own_lists.rows_on(desk, "everybody")
    asked = ("phase", "status", "arrived_on", "age", "person.gender", "person.given_names")
    facts = people_table.facts_of(desk, rows, asked)[aysel.id]
    assert (facts.phase, facts.status, facts.arrived_on) == ("transition", "presumed", desk.today() - timedelta(days=3))
    assert facts.age in {desk.today().year - 1994, desk.today().year - 1995}
    assert facts.values == {"person.gender": "woman"}, "a name is sensitive and no column"
    assert people_table.facts_of(desk, rows, ("name",))[aysel.id] == people_table.Facts()


def test_what_stands_in_a_record_that_asks_why_is_in_no_column(desk: Desk, three: list[Person]) -> None:
    aysel = three[0]
    restrictions.restrict(desk, aysel.id, "Her brother is with the police")
    mine = seat(desk, Role.SOCIAL_WORKER)
    rows = own_lists.rows_on(mine, "everybody")
    facts = people_table.facts_of(mine, rows, ("phase", "age", "person.gender"))
    assert facts[aysel.id] == people_table.Facts()
    assert facts[three[1].id].phase == "crisis"
    with pytest.raises(NeedsReason):
        people_table.assign_all(mine, [three[1].id, aysel.id], mine.me.id)
    assert {row.worker for row in own_lists.rows_on(mine, "everybody") if row.id == three[1].id} == {""}


def test_a_worker_is_assigned_to_several_and_all_of_it_is_taken_back(desk: Desk, three: list[Person]) -> None:
    before = {row.id: row.worker for row in own_lists.rows_on(desk, "everybody")}
    take_back = people_table.assign_all(desk, [one.id for one in three], desk.me.id)
    assert {row.worker for row in own_lists.rows_on(desk, "everybody")} == {"Leyla A."}
    assert len(person_history.history_of(desk, person_history.WorkerSince, three[0].id)) == 1, "it was hers already"
    take_back()
    assert {row.id: row.worker for row in own_lists.rows_on(desk, "everybody")} == before
    with pytest.raises(NotAllowed):
        people_table.assign_all(seat(desk, Role.NURSE), [three[0].id], None)
