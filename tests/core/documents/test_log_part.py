"""A person's part of the log on paper: what stands on it, what never does, and that it is logged when it leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shelterdesk import notes, people, person_reading, record_log, restrictions, rooms
from shelterdesk.access import Right, Role
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Document, KeyBox, RowKind, Table
from shelterdesk.documents.log_part import Detail, LogPaper, log_part, note_log_part
from shelterdesk.documents.plan_papers import note_paper
from shelterdesk.errors import NotAllowed
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason
from tests.core.seats import seat
from tests.desks import TODAY, Clock

NAMES = {"short_name": "Ayselcik", "given_names": "Aysel", "family_name": "Xatirəli", "phone": "055 111 22 33"}


@pytest.fixture
def ay(desk: Desk) -> Person:
    person = people.add_person(desk, **NAMES, gender="woman")
    notes.add_note(desk, person.id, kind="social", written_on=TODAY, case_text="Slept well.")
    return person


def table_of(document: Document) -> Table:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return table


def cells(document: Document, kind: RowKind = RowKind.NORMAL) -> list[tuple[str, ...]]:
    return [tuple(str(cell) for cell in row.cells) for row in table_of(document).rows if row.kind is kind]


def everything(document: Document) -> str:
    return repr(document)


def test_the_bare_sheet_says_who_and_when_and_nothing_else(desk: Desk, ay: Person, clock: Clock) -> None:
    for _ in range(3):
        clock.now += timedelta(minutes=10)
        person_reading.open_person(desk, ay.id)
    note_paper(desk, ay.id, for_the_file=True, how="print", for_whom="Police", why="they asked")
    clock.now += timedelta(days=1)
    person_reading.open_person(desk, ay.id)
    document = log_part(desk, ay.id, LogPaper(), "en")
    assert cells(document) == [
        ("10:00", "Wrote something down, 2 times", "Colleague A"),
        ("10:10", "Looked at it, 3 times", "Colleague A"),
        ("10:30", "Gave something out, on paper or as a file", "Colleague A"),
        ("10:30", "Looked at it", "Colleague A"),
    ]
    assert [row[0] for row in cells(document, RowKind.GROUP)] == [
        "Tuesday 17 November 2026",
        "Wednesday 18 November 2026",
    ]
    for told in ("Leyla", "House", "Police", "note", "Personal", *NAMES.values()):
        assert told not in everything(document), told
    assert document.key == KeyBox("Code", ay.code)
    assert document.foot.mark == ""


def test_the_paper_for_the_file_says_what_was_done_and_to_what(desk: Desk, ay: Person) -> None:
    people.change_person(desk, person_reading.open_person(desk, ay.id), must_know="No penicillin", gender="man")
    note_paper(desk, ay.id, for_the_file=True, how="print", for_whom="the file", why="the plan made together")
    document = log_part(desk, ay.id, LogPaper(False, Detail.FIELDS, names=True), "en")
    assert cells(document)[2:] == [
        ("10:00", "Opened the record", "Leyla A.", "Personal details"),
        ("10:00", "Changed the record", "Leyla A.", "Personal details: What every shift must know, Gender"),
        ("10:00", "Printed", "Leyla A.", "Plan for the file, on paper, the file, the plan made together"),
    ]
    assert "penicillin" not in everything(document)
    assert document.foot.mark == "Confidential"


def test_values_are_printed_but_none_that_names_her(desk: Desk, ay: Person) -> None:
    people.change_person(desk, person_reading.open_person(desk, ay.id), given_names="Nur", gender="man")
    document = log_part(desk, ay.id, LogPaper(detail=Detail.VALUES), "en")
    values = {(row[1], row[3]) for row in cells(document, RowKind.INDENT)}
    assert {("Gender", "Woman or girl"), ("Gender", "Woman or girl → Man or boy")} <= values
    assert ("Social work note", "Slept well.") in values
    assert ("Given names", "changed") in values
    for told in ("Nur", "Leyla", *NAMES.values()):
        assert told not in everything(document), told


def test_no_shelter_is_named(desk: Desk, ay: Person) -> None:
    site = rooms.sites_of(desk)[0]
    rooms.change_house(desk, site, name="Haven of the Sea", code="HS")
    people.change_person(desk, person_reading.open_person(desk, ay.id), site_id=site.id)
    document = log_part(desk, ay.id, LogPaper(False, Detail.VALUES, names=True), "en")
    assert ("", "Site", "", "HS") in cells(document, RowKind.INDENT)
    assert "Haven" not in everything(document)


def test_links_to_people_are_codes_and_to_colleagues_letters(desk: Desk, ay: Person) -> None:
    person = people.add_person(desk, short_name="Nur", worker_id=desk.me.id)
    document = log_part(desk, person.id, LogPaper(detail=Detail.VALUES), "en")
    assert ("", "Worker", "", "Colleague A") in cells(document, RowKind.INDENT)
    named = log_part(desk, person.id, LogPaper(False, Detail.VALUES, names=True), "en")
    assert ("", "Worker", "", "Leyla A.") in cells(named, RowKind.INDENT)


def test_what_the_reader_cannot_open_says_so(desk: Desk, ay: Person) -> None:
    director = seat(desk, Role.DIRECTOR)
    notes.add_note(desk, ay.id, kind="legal", written_on=TODAY, legal_text="The court is on Thursday.")
    document = log_part(director, ay.id, LogPaper(False, Detail.VALUES), "en")
    assert ("", "Legal note", "", "sealed") in cells(document, RowKind.INDENT)
    assert "Thursday" not in everything(document)


def test_days_are_chosen(desk: Desk, ay: Person, clock: Clock) -> None:
    clock.now += timedelta(days=2)
    person_reading.open_person(desk, ay.id)
    only = log_part(desk, ay.id, LogPaper(first=TODAY + timedelta(days=1), last=TODAY + timedelta(days=2)), "en")
    assert [row[1] for row in cells(only)] == ["Looked at it"]
    assert only.subtitle == "18 – 19 November 2026"
    assert log_part(desk, ay.id, LogPaper(first=TODAY), "en").subtitle == "from 17 November 2026 on"
    nothing = log_part(desk, ay.id, LogPaper(last=TODAY - timedelta(days=1)), "en")
    assert table_of(nothing).rows == ()
    assert table_of(nothing).empty
    assert nothing.subtitle == "until 16 November 2026"


def test_a_very_long_part_says_that_older_entries_are_missing(
    desk: Desk, ay: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shelterdesk.documents.log_part.MOST", 2)
    for _ in range(3):
        person_reading.open_person(desk, ay.id)
    document = log_part(desk, ay.id, LogPaper(), "en")
    assert "There are older entries" in everything(document)
    assert cells(document) == [("10:00", "Looked at it, 2 times", "Colleague A")]


@pytest.mark.parametrize("language", ["az", "en", "ru"])
def test_it_is_made_in_each_language(desk: Desk, ay: Person, language: str) -> None:
    for detail in Detail:
        assert table_of(log_part(desk, ay.id, LogPaper(detail=detail), language)).rows


def test_it_is_logged_when_it_leaves(desk: Desk, ay: Person) -> None:
    note_log_part(desk, ay.id, for_her=True, how="print", for_whom="herself", why="she asked")
    note_log_part(desk, ay.id, for_her=False, how="pdf", for_whom="the file", why="for the file")
    saved, printed = record_log.log_of(desk, ay.id, language="en")[:2]
    assert (printed.code, saved.code) == ("print", "export")
    assert [one.after for one in printed.fields] == [
        "Her part of the log, for herself", "on paper", "herself", "she asked",
    ]  # fmt: skip
    assert saved.fields[0].after == "Her part of the log, for the file"


def test_who_may_not_read_the_log_makes_no_paper_of_it(desk: Desk, ay: Person) -> None:
    for role in Role:
        somebody = seat(desk, role)
        if somebody.may(Right.READ_LOG):
            continue
        with pytest.raises(NotAllowed):
            log_part(somebody, ay.id, LogPaper(), "en")
        with pytest.raises(NotAllowed):
            note_log_part(somebody, ay.id, for_her=True, how="print")


def test_a_record_that_asks_why_is_opened_first(desk: Desk, ay: Person) -> None:
    restrictions.restrict(desk, ay.id, "known in town")
    director = seat(desk, Role.DIRECTOR)
    with pytest.raises(NeedsReason):
        log_part(director, ay.id, LogPaper(), "en")
    with pytest.raises(NeedsReason):
        note_log_part(director, ay.id, for_her=True, how="print")
    person_reading.open_person(director, ay.id, why="she is my resident now")
    assert table_of(log_part(director, ay.id, LogPaper(), "en")).rows
