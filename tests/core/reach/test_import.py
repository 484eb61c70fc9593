"""Importing a list tells nobody what a record says that is closed to them, or asks why it is opened."""

from __future__ import annotations

from pathlib import Path

from shelterdesk import house_settings, person_reading, restrictions
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.exchange.book_import import BookPlan, run_book
from shelterdesk.people import Person
from tests.core.exchange.books import planned_book, write_book
from tests.core.reach.looks import CANARY
from tests.core.seats import seat


def compared(desk: Desk, folder: Path, ay: Person, nur: Person) -> BookPlan:
    """Return the plan of a workbook that says something else of both, and names each of them as a relative."""
    file = write_book(
        folder / "list.xlsx",
        {
            "Services": [
                ["Code", "Service", "Date"], [ay.code, "Legal advice", "01.11.2026"],
                [nur.code, "Legal advice", "02.11.2026"],
            ],
            "Relatives": [
                ["Code", "Relationship", "On file as"], [ay.code, "Sibling", nur.code], [nur.code, "Sibling", ay.code],
            ],
            "Appointment": [["Person", "Kind", "Day"], [ay.code, "Court", "17.11.2026"]],
        },
    )  # fmt: skip
    return planned_book(desk, file, compare=True)


def test_a_closed_record_is_nobody(desk: Desk, ay: Person, nur: Person, tmp_path: Path) -> None:
    hers = seat(desk, Role.SOCIAL_WORKER)
    restrictions.close_to(desk, ay.id, hers.me.id, "Her cousin")
    house_settings.load(hers)
    plan = compared(hers, tmp_path, ay, nur)

    assert {change.person_id for change in plan.changes} == {nur.id}
    assert CANARY not in " ".join(change.old + change.new for change in plan.changes)
    nobody = f"Nobody has the code «{ay.code}», neither in this workbook nor on file."
    assert [problem.text() for problem in plan.problems] == [nobody] * 3
    assert all(ay.id not in change.values.values() for change in plan.changes)
    result = run_book(hers, plan, [change.number for change in plan.changes])
    assert {change.person_id for change in result.taken.done} == {nur.id}


def test_a_record_that_asks_why_is_compared_only_once_it_was_opened(
    desk: Desk, restricted: Person, nur: Person, tmp_path: Path
) -> None:
    hers = seat(desk, Role.SOCIAL_WORKER)
    house_settings.load(hers)
    plan = compared(hers, tmp_path, restricted, nur)

    assert {change.person_id for change in plan.changes} == {nur.id}
    assert [notice.values for notice in plan.notices][-1] == {"count": 1}
    person_reading.open_person(hers, restricted.id, "I work with her today")
    assert {change.person_id for change in compared(hers, tmp_path, restricted, nur).changes} == {nur.id, restricted.id}


def test_who_lacks_a_key_sees_no_value_of_it(desk: Desk, ay: Person, tmp_path: Path) -> None:
    hers = seat(desk, Role.SOCIAL_WORKER)
    titles = ["Code", "Day", "Kind of note", "Psychological note"]
    row = [ay.code, "01.11.2026", "Psychological", "words"]
    file = write_book(tmp_path / "list.xlsx", {"Notes": [titles, row]})
    plan = planned_book(hers, file, compare=True)

    assert [(left.column.shown, left.why.text()) for left in plan.left_out] == [
        ("Psychological note", "only who holds the key «Psychological» can write it")
    ]
    assert plan.changes == ()
    assert [problem.text() for problem in plan.problems] == [
        "The note has no words, or you do not hold the key they are sealed with."
    ]
