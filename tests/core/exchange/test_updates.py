"""What a list says of people on file: shown change by change, taken where it is ticked, and taken back in one step."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shelterdesk import house_settings, notes, people, person_history, person_reading, restrictions, services, stays
from shelterdesk import what_happened as harm
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.exchange.book_import import BookPlan, run_book
from shelterdesk.exchange.changes import take_back
from shelterdesk.notes import Note
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince
from shelterdesk.schema import log_reading
from shelterdesk.services import Service
from tests.core.exchange.books import planned_book, write_book
from tests.core.exchange.planning import all_of
from tests.desks import TODAY

TITLES = ["Code", "First name", "Surname", "Date of birth", "Phone", "Languages", "Phase", "Notes"]


@pytest.fixture
def aysel(desk: Desk) -> Person:
    """Aysel, born in May 1994, with a phone and a note."""
    made = people.add_person(
        desk, short_name="Aysel M.", given_names="Aysel", family_name="Məmmədova", phone="050 1", languages={"az"},
        birth=PartialDate(1994, 5), birth_day=21, civil_status="single",
    )  # fmt: skip
    person_history.record_phase(desk, made.id, phase="crisis", since=date(2026, 11, 1))
    notes.add_note(desk, made.id, kind="social", written_on=TODAY, case_text="Slept well.")
    return made


def listed(desk: Desk, folder: Path, *rows: list[object], titles: list[str] = TITLES) -> BookPlan:
    """Return the plan of a list with *rows*, compared with what is on file."""
    return planned_book(desk, write_book(folder / "list.xlsx", {"Residents": [titles, *rows]}), compare=True)


def said(plan: BookPlan) -> list[tuple[str, str, str, str]]:
    """Return every change as kind, field, old and new."""
    return [(one.kind, one.field.attribute if one.field else "", one.old, one.new) for one in plan.changes]


def read(desk: Desk, person: Person) -> Person:
    return person_reading.read_person(desk, person.id)


def test_every_change_is_shown_old_and_new_and_what_agrees_is_not(desk: Desk, aysel: Person, tmp_path: Path) -> None:
    row = [aysel.code, "Aysel", "Məmmədova", "1994", "050 2", "az; ru", "transition", "Slept well."]
    plan = listed(desk, tmp_path, row)

    assert said(plan) == [
        ("person", "languages", "Azerbaijani", "Azerbaijani, Russian"),
        ("person", "phone", "050 1", "050 2"),
        ("phase_since", "", "", "17 November 2026 · Transition"),
    ]
    assert [change.code for change in plan.changes] == [aysel.code] * 3
    assert (plan.new, plan.waiting) == ((), 0)


def test_nothing_is_looked_into_unless_it_is_asked_for(desk: Desk, aysel: Person, tmp_path: Path) -> None:
    row = [aysel.code, "Aysel", "Məmmədova", None, "050 2", None, None, None]
    file = write_book(tmp_path / "list.xlsx", {"Residents": [TITLES, row]})
    plan = planned_book(desk, file)

    assert (plan.changes, plan.waiting, plan.compared) == ((), 1, False)
    run_book(desk, plan)
    assert read(desk, aysel).phone == "050 1"


def test_only_what_is_ticked_is_taken_in_one_write(desk: Desk, aysel: Person, tmp_path: Path) -> None:
    row = [aysel.code, "Aysel", "Məmmədova", "22.05.1994", "050 2", "ru", "transition", "Went to court."]
    plan = listed(desk, tmp_path, row)
    wanted = [one.number for one in plan.changes if one.kind != "person" or one.field.attribute == "birth"]
    result = run_book(desk, plan, wanted)

    now = read(desk, aysel)
    assert (now.phone, now.languages, str(now.born)) == ("050 1", frozenset({"az"}), "1994-05-22")
    assert now.civil_status == "single", "what the list does not say stays"
    assert {one.case_text for one in all_of(desk, Note)} == {"Slept well.", "Went to court."}
    assert sorted(one.phase for one in all_of(desk, PhaseSince)) == ["crisis", "transition"]
    assert (len(result.taken.done), result.taken.overtaken) == (3, ())
    with desk.read() as db:
        rows = [row for row in log_reading.logged(db, limit=50) if row.act == "import"]
    assert len({row.at for row in rows}) == 1
    assert {row.record for row in rows if row.record} == {"person", "phase_since", "note"}
    assert said(listed(desk, tmp_path, row)) == [
        ("person", "languages", "Azerbaijani", "Russian"), ("person", "phone", "050 1", "050 2"),
    ]  # fmt: skip


def test_what_was_taken_goes_back_in_one_step(desk: Desk, aysel: Person, tmp_path: Path) -> None:
    row = [aysel.code, "Aysel", "Məmmədova", "22.05.1994", "050 2", "ru", "transition", "Went to court."]
    plan = listed(desk, tmp_path, row)
    taken = run_book(desk, plan, [one.number for one in plan.changes]).taken
    assert len(taken.done) == 5
    # Somebody types a third number meanwhile; that one stays.
    people.change_person(desk, read(desk, aysel), phone="050 3")

    assert take_back(desk, taken) == 4
    now = read(desk, aysel)
    assert (now.phone, now.languages, str(now.born)) == ("050 3", frozenset({"az"}), "1994-05-21")
    assert [one.case_text for one in all_of(desk, Note) if one.archived_at is None] == ["Slept well."]
    assert [one.phase for one in all_of(desk, PhaseSince) if one.archived_at is None] == ["crisis"]


def test_what_somebody_changed_meanwhile_is_left_alone(desk: Desk, aysel: Person, tmp_path: Path) -> None:
    plan = listed(desk, tmp_path, [aysel.code, "Aysel", "Məmmədova", None, "050 2", "ru", None, None])
    people.change_person(desk, read(desk, aysel), phone="050 9")
    result = run_book(desk, plan, [one.number for one in plan.changes])

    assert [one.field.attribute for one in result.taken.overtaken if one.field] == ["phone"]
    now = read(desk, aysel)
    assert (now.phone, now.languages) == ("050 9", frozenset({"ru"}))


def test_an_entry_is_found_by_its_day_and_a_note_in_it_is_never_changed(
    desk: Desk, aysel: Person, tmp_path: Path
) -> None:
    services.add_service(
        desk, aysel.id, kind="legal_advice", given_on=date(2026, 11, 3), outcome="took_place", minutes=30,
        case_note="As it was",
    )  # fmt: skip
    stays.add_stay(desk, aysel.id, arrived_on=date(2026, 11, 1))
    file = write_book(
        tmp_path / "book.xlsx",
        {
            "Services": [
                ["Code", "Service", "Date", "Duration", "Notes"],
                [aysel.code, "Legal advice", "03.11.2026", 45, "Other words"],
                [aysel.code, "Legal advice", "04.11.2026", 20, "New words"],
            ],
            "Stays": [["Code", "Arrival date", "Date of leaving"], [aysel.code, "01.11.2026", "15.11.2026"]],
        },
    )
    plan = planned_book(desk, file, compare=True)

    assert sorted(said(plan)) == [
        ("service", "", "", "Legal advice · 4 November 2026 · 20 min · Took place · New words"),
        ("service", "minutes", "30 min", "45 min"),
        ("stay", "left_on", "", "15 November 2026"),
    ]
    run_book(desk, plan, [one.number for one in plan.changes])
    found = {one.given_on.day: (one.minutes, one.case_note) for one in all_of(desk, Service)}
    assert found == {3: (45, "As it was"), 4: (20, "New words")}
    assert planned_book(desk, file, compare=True).changes == ()


def test_a_value_that_no_longer_fits_the_rest_is_left_alone(desk: Desk, aysel: Person, tmp_path: Path) -> None:
    stay = stays.add_stay(desk, aysel.id, arrived_on=date(2026, 11, 1))
    file = write_book(
        tmp_path / "book.xlsx",
        {"Stays": [["Code", "Arrival date", "Date of leaving"], [aysel.code, "01.11.2026", "05.11.2026"]]},
    )
    plan = planned_book(desk, file, compare=True)
    stays.change_stay(desk, stay, arrived_on=date(2026, 11, 10))
    result = run_book(desk, plan, [one.number for one in plan.changes])

    assert (result.taken.done, len(result.taken.overtaken)) == ((), 1)


def test_a_record_that_asks_why_is_not_looked_into(desk: Desk, aysel: Person, tmp_path: Path) -> None:
    restrictions.restrict(desk, aysel.id, "Her brother works nearby")
    desk.opened_with_reason.clear()
    house_settings.load(desk)
    row = [aysel.code, "Aysel", "Məmmədova", None, "050 2", None, None, None]
    plan = listed(desk, tmp_path, row)

    assert plan.changes == ()
    assert [notice.text() for notice in plan.notices] == [
        "People whose record asks why it is opened, and was not compared: 1. Open it first."
    ]
    person_reading.open_person(desk, aysel.id, "emergency on shift")
    assert said(listed(desk, tmp_path, row)) == [("person", "phone", "050 1", "050 2")]


def test_what_happened_is_compared_only_where_it_lies_open(desk: Desk, aysel: Person, tmp_path: Path) -> None:
    titles = ["Code", "First name", "Surname", "Type of exploitation", "Promised"]
    row = [aysel.code, "Aysel", "Məmmədova", "Forced labour", None]
    assert said(listed(desk, tmp_path, row, titles=titles)) == []
    harm.open_it(desk, aysel.id, "I fill it in from the referral papers")
    assert said(listed(desk, tmp_path, row, titles=titles)) == [("person", "exploitation_types", "", "Forced labour")]


def test_without_a_code_the_same_name_and_birth_are_compared_and_one_of_two_is_not(
    desk: Desk, aysel: Person, tmp_path: Path
) -> None:
    titles = ["First name", "Surname", "Date of birth", "Phone"]
    row = ["Айсель", "Mammadova", "1994", "050 2"]
    file = write_book(tmp_path / "list.xlsx", {"List": [titles, row]})
    alone = planned_book(desk, file)
    assert ([one.sure for one in alone.alike], len(alone.new), alone.changes) == ([True], 1, ())
    assert ("person", "phone", "050 1", "050 2") in said(planned_book(desk, file, compare=True))

    unborn = write_book(tmp_path / "unborn.xlsx", {"List": [titles, ["Aysel", "Məmmədova", None, "050 2"]]})
    assert len(planned_book(desk, unborn, compare=True).new) == 1, "a name alone is nobody"
    people.add_person(desk, given_names="Aysel", family_name="Məmmədova", birth=PartialDate(1994, 2))
    assert len(planned_book(desk, file, compare=True).new) == 1, "two people fit, so it is neither"


def test_taking_back_is_for_who_may_import(desk: Desk, aysel: Person, tmp_path: Path) -> None:
    plan = listed(desk, tmp_path, [aysel.code, "Aysel", "Məmmədova", None, "050 2", None, None, None])
    taken = run_book(desk, plan, [0]).taken
    desk.rights = rights_of(["nurse"])
    with pytest.raises(NotAllowed):
        take_back(desk, taken)
    assert read(desk, aysel).phone == "050 2"
