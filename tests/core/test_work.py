"""Placements by stage, moves and check-ins that can be taken back, and what the page of work counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shelterdesk import partners, people, placements, work
from shelterdesk.desk import Desk
from shelterdesk.errors import Problems
from shelterdesk.notes import notes_of
from shelterdesk.schema.base import text_of
from tests.desks import Clock

TODAY = date(2026, 11, 17)


@pytest.fixture
def aysel(desk: Desk) -> people.Person:
    """Somebody on file."""
    return people.add_person(desk, short_name="Aysel M.")


@pytest.fixture
def bakery(desk: Desk) -> partners.Partner:
    """A partner."""
    return partners.add_partner(desk, name="Sarı Sünbül", posts="Early shift: 1 place\nHelp\n\n: 2 places")


def placed(desk: Desk, person: people.Person, **values) -> placements.Placement:
    given = {"stage": "looking", "since": TODAY - timedelta(days=20), "kind": "work"} | values
    return placements.add_placement(desk, person.id, **given)


def test_a_trial_begins_the_placement_on_its_day(desk: Desk, aysel: people.Person) -> None:
    planned = placed(desk, aysel, stage="trial", since=TODAY + timedelta(days=8))
    looking = placed(desk, aysel)
    told = placed(desk, aysel, stage="working", since=TODAY, started_on=date(2026, 9, 1))
    assert planned.started_on == TODAY + timedelta(days=8)
    assert looking.started_on is None
    assert told.started_on == date(2026, 9, 1)


def test_every_problem_of_a_new_placement_is_told_at_once(desk: Desk) -> None:
    with pytest.raises(Problems) as found:
        placements.add_placement(desk, None, stage=None, since=None)
    wanted = ["placement.person", "placement.kind", "stage_since.since", "stage_since.stage"]
    assert [one.field for one in found.value.problems] == wanted
    assert work.read_work(desk).rows == ()


def test_a_move_can_be_taken_back(desk: Desk, aysel: people.Person) -> None:
    placement = placed(desk, aysel)
    begun = placements.move_placement(desk, placement, "working", TODAY)
    ended = placements.move_placement(desk, placement, "ended", TODAY + timedelta(days=3), "completed")
    (row,) = work.read_work(desk).rows
    assert (row.stage, row.is_open) == ("ended", False)
    assert (row.placement.started_on, row.placement.ended_on) == (TODAY, TODAY + timedelta(days=3))
    assert row.placement.end_reason == "completed"
    placements.take_back_move(desk, ended)
    (row,) = work.read_work(desk).rows
    assert (row.stage, row.placement.ended_on, row.placement.end_reason) == ("working", None, None)
    placements.take_back_move(desk, begun)
    (row,) = work.read_work(desk).rows
    assert (row.stage, row.placement.started_on) == ("looking", None)


def test_what_goes_on_is_no_longer_ended(desk: Desk, clock: Clock, aysel: people.Person) -> None:
    placement = placed(desk, aysel, stage="working")
    placements.move_placement(desk, placement, "ended", TODAY, "contract_ended")
    clock.now += timedelta(minutes=1)
    placements.move_placement(desk, placement, "working", TODAY)
    (row,) = work.read_work(desk).rows
    assert (row.stage, row.placement.ended_on, row.placement.end_reason) == ("working", None, None)


def test_a_move_needs_a_stage_and_a_day_and_cannot_end_before_the_start(desk: Desk, aysel: people.Person) -> None:
    placement = placed(desk, aysel, stage="working", since=TODAY)
    with pytest.raises(Problems) as found:
        placements.move_placement(desk, placement, None, None)
    assert [one.field for one in found.value.problems] == ["stage_since.since", "stage_since.stage"]
    with pytest.raises(Problems, match="before it starts"):
        placements.move_placement(desk, placement, "ended", TODAY - timedelta(days=1))
    assert work.read_work(desk).rows[0].stage == "working"


def test_a_check_in_sets_the_next_one_and_leaves_a_note(desk: Desk, aysel: people.Person) -> None:
    placement = placed(desk, aysel, check_in_on=TODAY, check_in_words="First day")
    done = placements.record_check_in(
        desk, placement, words="Paid on Friday. Likes the mornings.", check_in_on=TODAY + timedelta(days=14)
    )
    assert done.placement.check_in_on == TODAY + timedelta(days=14)
    (note,) = notes_of(desk, aysel.id)
    assert (note.kind, note.work_text, note.written_on) == ("work", "Paid on Friday. Likes the mornings.", TODAY)
    placements.take_back_check_in(desk, done)
    again = placements.placement_with(desk, placement.id)
    assert (again.check_in_on, again.check_in_words) == (TODAY, "First day")
    assert notes_of(desk, aysel.id) == []


def test_a_check_in_without_words_leaves_no_note(desk: Desk, aysel: people.Person) -> None:
    done = placements.record_check_in(desk, placed(desk, aysel), words="  ", check_in_on=TODAY)
    assert done.note_id is None
    assert notes_of(desk, aysel.id) == []


def test_the_page_sorts_by_stage_and_counts_like_the_sidebar(
    desk: Desk, aysel: people.Person, bakery: partners.Partner
) -> None:
    zohre = people.add_person(desk, short_name="Zöhrə")
    archived = people.add_person(desk, short_name="Gone")
    placed(desk, zohre, check_in_on=TODAY - timedelta(days=2), partner_id=bakery.id, stage="applied")
    placed(desk, aysel, check_in_on=TODAY, partner_id=bakery.id, stage="working")
    placed(desk, aysel, check_in_on=TODAY + timedelta(days=3))
    ended = placed(desk, zohre, stage="working", check_in_on=TODAY, partner_id=bakery.id)
    placements.move_placement(desk, ended, "ended", TODAY)
    placed(desk, archived, check_in_on=TODAY, partner_id=bakery.id, stage="working")
    people.archive_person(desk, archived.id)
    gone = placed(desk, aysel)
    placements.archive_placement(desk, gone.id)
    found = work.read_work(desk)
    assert [(row.stage, row.person) for row in found.rows] == [
        ("looking", "Aysel M."), ("applied", "Zöhrə"), ("working", "Aysel M."), ("ended", "Zöhrə"),
    ]  # fmt: skip
    assert [row.person for row in found.due()] == ["Zöhrə", "Aysel M."]
    assert [row.stage for row in found.due_soon()] == ["looking"]
    assert found.without_check_in() == []
    assert [row.stage for row in found.with_partner(bakery.id)] == ["applied", "working"]
    assert [row.stage for row in found.at_partner(bakery.id)] == ["working"]
    assert work.list_counts(desk) == {"placements": 3, "check_ins": 2, "partners": 1}


def test_an_archived_partner_is_named_where_a_placement_speaks_of_it(
    desk: Desk, aysel: people.Person, bakery: partners.Partner
) -> None:
    unused = partners.add_partner(desk, name="Ağ Şam")
    placed(desk, aysel, partner_id=bakery.id)
    for one in (bakery, unused):
        partners.archive_partner(desk, one.id)
    found = work.read_work(desk)
    assert list(found.partners) == [bakery.id]
    assert found.partners_in_use() == []
    partners.archive_partner(desk, unused.id, archived=False)
    assert [text_of(one, "name") for one in work.read_work(desk).partners_in_use()] == ["Ağ Şam"]


def test_posts_are_read_line_by_line(bakery: partners.Partner) -> None:
    assert work.posts_of(bakery) == [("Early shift", "1 place"), ("Help", "")]
