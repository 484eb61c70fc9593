"""Notes on paper: the chosen kinds only, as far as the keys go, with what was corrected."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shelterdesk import notes, people, record_log
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.documents.notes_paper import note_notes, notes_paper
from shelterdesk.errors import NotAllowed
from shelterdesk.people import Person
from tests.core.seats import seat
from tests.core.told import told
from tests.desks import TODAY

CLINICAL, HOUSE = "word-clinical", "word-house"


@pytest.fixture
def ay(desk: Desk) -> Person:
    person = people.add_person(desk, short_name="Ay", given_names="Aysel")
    day = TODAY - timedelta(days=3)
    one = notes.add_note(
        desk, person.id, kind="psychological", written_on=day, clinical_text="word-before", clinical_plan="word-plan"
    )
    notes.change_note(desk, one, clinical_text=CLINICAL, why="word-why")
    notes.add_note(desk, person.id, kind="house", written_on=TODAY, house_text=HOUSE)
    return person


def words_of(desk: Desk, person: Person, *kinds: str, **more: object) -> str:
    return told(notes_paper(desk, person.id, kinds, "en", **more))  # type: ignore[arg-type]


def test_a_paper_holds_the_chosen_kinds_and_no_name(desk: Desk, ay: Person) -> None:
    assert "word-" not in words_of(desk, ay)
    assert HOUSE in words_of(desk, ay, "house")
    said = words_of(desk, ay, "psychological")
    assert HOUSE not in said
    for words in (CLINICAL, "Plan", "word-plan", "word-why", "Corrected 17 November 2026, 10:00 by Leyla A., director"):
        assert words in said
    assert "word-before" not in said
    assert "Aysel" not in said
    assert ay.code in said


def test_earlier_versions_and_a_time_are_chosen(desk: Desk, ay: Person) -> None:
    said = words_of(desk, ay, "psychological", earlier=True)
    assert "Version 1, 17 November 2026, 10:00 by Leyla A., director" in said
    assert said.index("word-before") > said.index(CLINICAL)
    kinds = ("psychological", "house")
    assert CLINICAL not in words_of(desk, ay, *kinds, since=TODAY)
    assert HOUSE not in words_of(desk, ay, *kinds, until=TODAY - timedelta(days=1))
    assert "There is no note of these kinds" in words_of(desk, ay, *kinds, since=TODAY + timedelta(days=1))


def test_no_paper_says_what_its_reader_has_no_key_for(desk: Desk, ay: Person) -> None:
    director = seat(desk, Role.DIRECTOR)
    said = words_of(director, ay, "psychological", "house", earlier=True)
    assert HOUSE in said
    assert "word-clinical" not in said
    assert "word-before" not in said
    note_notes(director, ay.id, ["psychological", "house"], how="pdf")
    (line,) = [one for one in record_log.log_of(desk, ay.id) if one.code == "export"]
    assert [field.after for field in line.fields if field.label == "What"] == ["Notes for the file, House"]
    for attempt in (
        lambda: notes_paper(seat(desk, Role.RECEPTION), ay.id, ["house"], "en"),
        lambda: note_notes(seat(desk, Role.RECEPTION), ay.id, ["house"], how="print"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
