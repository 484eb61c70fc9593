"""Saved lists, heads of records, Today and the search: who is on which list, and that counts agree with rows."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from shelterdesk import consents, duplicates, people, person_history, plans, residents, rooms, sample, search, stays
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.folding import key_similarity, name_key
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.residents import SAVED_LISTS
from shelterdesk.schema.acts import Act
from shelterdesk.today import read_today
from tests.core.seats import seat
from tests.desks import TODAY


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def on_lists(desk: Desk, person: Person) -> set[str]:
    return {one.id for one in SAVED_LISTS if person.id in {row.id for row in residents.list_rows(desk, one.id)}}


def stay(desk: Desk, person: Person, arrived: int, left: int | None = None, expected: int | None = None) -> stays.Stay:
    made = stays.add_stay(
        desk, person.id, arrived_on=ago(arrived), expected_until=None if expected is None else ago(-expected)
    )
    return made if left is None else stays.close_stay(desk, made, left_on=ago(left), leaving_reason="own_choice")


def test_each_is_on_the_lists_that_fit(desk: Desk) -> None:
    def somebody(name: str) -> Person:
        return people.add_person(desk, short_name=name)

    here, soon, left, long_gone, outside, mine, over = map(somebody, "abcdefg")
    stay(desk, here, 10)
    stay(desk, soon, 10, expected=14)
    stay(desk, left, 10, left=0)
    stay(desk, long_gone, 300, left=91)
    person_history.assign_worker(desk, mine.id, desk.me.id, ago(5))
    person_history.record_phase(desk, over.id, since=ago(1), phase="closed")
    assert on_lists(desk, here) == {"here_now", "everybody"}
    assert on_lists(desk, soon) == {"here_now", "leaving_soon", "everybody"}
    assert on_lists(desk, left) == {"left_recently", "without_stay", "everybody"}
    assert on_lists(desk, long_gone) == {"without_stay", "everybody"}
    assert on_lists(desk, outside) == {"without_stay", "everybody"}
    assert on_lists(desk, mine) == {"mine", "without_stay", "everybody"}
    assert on_lists(desk, over) == {"everybody"}
    person_history.assign_worker(desk, mine.id, None, ago(1))
    person_history.record_phase(desk, over.id, since=TODAY, phase="follow_up")
    people.archive_person(desk, here.id)
    with desk.write(Act.UNDO) as db:
        db.get_one(Person, outside.id).merged_into_id = mine.id
    assert on_lists(desk, mine) == {"without_stay", "everybody"}
    assert on_lists(desk, over) == {"without_stay", "everybody"}
    assert on_lists(desk, here) == {"archived", "everybody"}
    assert on_lists(desk, outside) == set()


def test_counts_agree_with_rows(desk: Desk) -> None:
    sample.fill_sample(desk, 30, 6, seed=3)
    assert residents.list_counts(desk) == {one.id: len(residents.list_rows(desk, one.id)) for one in SAVED_LISTS}


def test_a_row_says_what_lists_may_say(desk: Desk) -> None:
    ay = people.add_person(desk, short_name="Ay", worker_id=desk.me.id)
    stay(desk, ay, 3)
    plans.set_next_step(desk, ay.id, words="Ring her mother", kind="court", on=TODAY)
    (row,) = residents.list_rows(desk, "here_now")
    assert (row.code, row.name, row.has_name, row.days_here, row.left_on) == (ay.code, "Ay", True, 3, None)
    assert row.worker == "Leyla A."
    assert row.next_step is not None
    assert "mother" not in row.next_step.words("en")
    assert row.matches(["ay", "leyla"])
    assert residents.rows_of(desk, [ay.id])[ay.id] == row
    nobody = residents.list_rows(seat(desk, Role.RECEPTION), "here_now")
    assert [one.name for one in nobody] == ["Ay"]


def test_the_head_of_a_record(desk: Desk) -> None:
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 1, name="Blue")
    ay = people.add_person(desk, short_name="Ay", worker_id=desk.me.id)
    bed = rooms.beds_of(desk)[0].id
    stays.add_stay(desk, ay.id, arrived_on=ago(3), bed_id=bed)
    person_history.record_phase(desk, ay.id, since=ago(3), phase="crisis")
    head = residents.head_of(desk, ay)
    assert (head.name, head.bed, head.days_here, head.phase) == ("Ay", "Blue-1", 3, "crisis")
    assert (head.worker, head.missing_consents, head.archived) == ("Leyla A.", ("support",), False)
    consents.record_consent(desk, ay.id, purpose="support", answer="given", answered_on=TODAY)
    assert residents.head_of(desk, ay).missing_consents == ()


@pytest.mark.parametrize("people_more", [5])
def test_lists_and_today_ask_as_often_for_many_as_for_few(desk: Desk, people_more: int) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    def count() -> list[int]:
        found: list[int] = []
        for act in (
            lambda: residents.list_rows(desk, "here_now"),
            lambda: residents.list_counts(desk),
            lambda: read_today(desk),
            lambda: search.build_index(desk),
        ):
            asked.clear()
            act()
            found.append(len(asked))
        return found

    def more() -> None:
        for number in range(people_more):
            ay = people.add_person(desk, short_name=f"Ay {number}", languages={"az"})
            stay(desk, ay, 3)
            plans.set_next_step(desk, ay.id, words="x", on=TODAY)
            consents.record_consent(desk, ay.id, purpose="support", answer="given", until=TODAY)

    more()
    event.listen(desk.engine, "before_cursor_execute", note)
    few = count()
    more()
    assert count() == few
    event.remove(desk.engine, "before_cursor_execute", note)


# --- search -------------------------------------------------------------------------------------------------------


@pytest.fixture
def index(desk: Desk) -> search.Index:
    """A few people, found by the worker."""
    people.add_person(desk, short_name="Xədi", given_names="Xədicə", family_name="Quliyeva", phone="050 123 45 67")
    people.add_person(desk, short_name="Аня", given_names="Анна", family_name="Соколова", other_names="Annushka")
    people.add_person(desk, given_names="Nigar", family_name="Əliyeva")
    archived = people.add_person(desk, short_name="Xədicə")
    people.archive_person(desk, archived.id)
    return search.build_index(desk)


def names(found: list[search.Entry]) -> list[str]:
    return [entry.name for entry in found]


@pytest.mark.parametrize("typed", ["khad", "Xəd", "xed", "Хад", "khadija", "Хадиджа Кул", "guliyeva", "QULIYEVA xəd"])
def test_a_name_is_found_in_three_scripts(index: search.Index, typed: str) -> None:
    assert names(index.find(typed))[0] == "Xədi"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("anya", ["Аня"]),
        ("sokol", ["Аня"]),
        ("annush", ["Аня"]),
        ("aliyeva", ["R-2026-003"]),
        ("алиева", ["R-2026-003"]),
        ("R-2026-003", ["R-2026-003"]),
        ("003", ["R-2026-003"]),
        ("1234567", ["Xədi"]),
        ("123", []),
        ("", []),
        (" - ", []),
        ("zzz", []),
    ],
)
def test_people_are_found_by_any_name_code_or_phone(index: search.Index, typed: str, wanted: list[str]) -> None:
    assert names(index.find(typed)) == wanted


def test_archived_people_stand_last(index: search.Index) -> None:
    assert names(index.find("xədic")) == ["Xədi", "Xədicə"]
    assert len(index.find("r", limit=2)) == 2


@pytest.mark.parametrize(
    ("name", "year", "wanted"),
    [
        ("Khadija Guliyeva", None, "Xədi"),
        ("Гулиева Хадиджа", None, "Xədi"),
        ("Nigar Aliyeva", None, "R-2026-003"),
        ("Anna Sokolova", 1990, "Аня"),
        ("Maryam Safarova", None, None),
        ("Xi", None, None),
    ],
)
def test_who_may_be_on_file_already(
    desk: Desk, index: search.Index, name: str, year: int | None, wanted: str | None
) -> None:
    found = duplicates.candidates(desk, index, names=[name], birth=PartialDate(year) if year else None)
    assert (found[0].entry.name if found else None) == wanted


@pytest.mark.long
def test_comparing_words_first_misses_nobody(desk: Desk) -> None:
    """The short way finds whom comparing every name would find."""
    sample.fill_sample(desk, 40, 6, seed=2)
    index = search.build_index(desk)
    asked = {entry.full_name for entry in index.entries} | {entry.name for entry in index.entries}
    for name in sorted(asked):
        key = name_key(name)
        slow: set[UUID] = {
            entry.id
            for entry in index.entries
            if max((key_similarity(key, other) for other in entry.keys), default=0) >= duplicates.ALIKE_FROM
        }
        if len(name) >= 3:
            assert {one.entry.id for one in index.sounding_like(name, duplicates.ALIKE_FROM)} == slow, name


def test_another_birth_year_counts_against(desk: Desk) -> None:
    people.add_person(desk, given_names="Nigar", family_name="Əliyeva", birth=PartialDate(1990))
    index = search.build_index(desk)

    def alike(name: str, year: int) -> list[int]:
        found = duplicates.candidates(desk, index, names=[name], birth=PartialDate(year))
        return [one.likeness for one in found]

    assert len(alike("Nigar Əliyeva", 1991)) == 1
    assert alike("Nigar Əliyeva", 2001) == [85]
    assert len(alike("Nigora Aliyeva", 1990)) == 1
    assert alike("Nigora Aliyeva", 2001) == []


def test_the_index_holds_what_the_keys_open(desk: Desk, index: search.Index) -> None:
    reception = search.build_index(seat(desk, Role.RECEPTION))
    assert names(reception.find("Xəd")) == ["Xədi", "Xədicə"]
    assert reception.find("quliyeva") == []
    assert reception.find("1234567") == []
    assert search.build_index(seat(desk, Role.REPORTING_OFFICER)).entries == []
    assert search.build_index(desk, cancelled=lambda: True).entries == []
