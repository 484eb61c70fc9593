"""A complaint never reaches the person it is about: tried with keys, in a vault of real colleagues."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from shelterdesk import rotation
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.house_book import feedback, handovers, incidents, shifts
from shelterdesk.house_book.book import read_book
from shelterdesk.house_book.feedback import FeedbackLetter
from shelterdesk.opening import open_desk_with_recovery
from shelterdesk.schema import log_reading
from shelterdesk.vault import Compartment, SealBroken
from tests.core.seats import seat
from tests.core.shelter_staff import FIRST, Shelter
from tests.desks import Clock

WORDS = "Gecə-növbəsi-qışqırdı-8152"


@pytest.fixture
def shelter(vault_folder: Path, clock: Clock) -> Iterator[Shelter]:
    """A director who made the vault, a second director, and a night worker who holds only the house."""
    made = Shelter(vault_folder, clock)
    made.found()
    made.hire("sevinc", "director", keys=[Compartment.HOUSE, Compartment.IDENTITY, Compartment.CASE])
    made.hire("tural", "night_worker", keys=[Compartment.HOUSE])
    yield made
    made.leave()


def letters(desk: Desk) -> list[FeedbackLetter]:
    with desk.read() as db:
        return list(db.scalars(select(FeedbackLetter)))


def test_a_complaint_about_a_director_reaches_the_other_one_only(shelter: Shelter) -> None:
    night = shelter.sign_in("tural")
    assert night.vault.ring.compartments == {Compartment.HOUSE}
    about = shelter.ids[FIRST]
    rows_before = len(_log(night))
    written = feedback.write_feedback(
        night, kind="complaint", about="colleague", about_member=about, words=WORDS, wants="An apology"
    )
    assert len(_log(night)) == rows_before, "the log would say who sat there"
    assert feedback.my_feedback(night) == [], "whoever wrote it does not keep it"
    assert {one.reader_id for one in letters(night)} == {shelter.ids["sevinc"]}
    _is_nowhere(night)

    concerned = shelter.sign_in(FIRST)
    assert set(Compartment) == concerned.vault.ring.compartments, "who made the vault holds every key"
    assert feedback.my_feedback(concerned) == []
    (letter,) = letters(concerned)
    # Past all rights: the letter, with every key this person has.
    assert concerned.vault.open_own_letter(feedback._place(letter.feedback_id, letter.part), letter.sealed) is None
    for compartment in Compartment:
        with pytest.raises(SealBroken):
            concerned.vault.ring.open(compartment, "feedback.words", letter.id, letter.sealed)
    _is_nowhere(concerned)
    shelter.leave()
    recovered = open_desk_with_recovery(shelter.folder, shelter.code, why="She forgot", clock=shelter.clock)
    assert feedback.my_feedback(recovered) == [], "the recovery sheet may lie with the person it is about"
    recovered.close()

    other = shelter.sign_in("sevinc")
    (read,) = feedback.my_feedback(other)
    assert (read.id, read.words, read.wants, read.about_member, read.name) == (written, WORDS, "An apology", about, "")
    assert feedback.waiting_feedback(other) == 1
    feedback.answer_feedback(other, read, f"{WORDS}: talked to both")
    (read,) = feedback.my_feedback(other)
    assert (read.waits, read.answer, feedback.waiting_feedback(other)) == (False, f"{WORDS}: talked to both", 0)
    rotation.rotate(other, ("database", "house"), why="due")
    assert feedback.my_feedback(other)[0].words == WORDS, "replacing keys leaves letters as they are"
    assert feedback.my_feedback(shelter.sign_in("sevinc"))[0].words == WORDS
    assert feedback.my_feedback(shelter.sign_in(FIRST)) == []


def test_the_night_worker_keeps_the_house_book_and_reads_no_complaint_about_herself(shelter: Shelter) -> None:
    director = shelter.sign_in()
    feedback.write_feedback(
        director, kind="complaint", about="colleague", about_member=shelter.ids["tural"], words=WORDS, name="Ay"
    )
    assert {one.reader_id for one in letters(director)} == {director.me.id, shelter.ids["sevinc"]}
    night = shelter.sign_in("tural")
    now = shifts.shift_now(night)
    made = incidents.record_incident(night, kind="at_the_gate", title="A grey van")
    handovers.add_line(night, shifts.after(night, now), kind="know", words="Gate code is changed")
    handovers.hand_over(night, shifts.after(night, now))
    assert [one.record.id for one in read_book(night, now).incidents] == [made.id]
    assert feedback.my_feedback(night) == []
    _is_nowhere(night)
    day = shelter.sign_in("sevinc")
    book = read_book(day, shifts.after(day, now))
    assert book.handover is not None
    assert handovers.sign(day, book.handover).read_by == shelter.ids["sevinc"]


def test_somebody_has_to_be_able_to_read_it(desk: Desk) -> None:
    alone = {"kind": "complaint", "about": "colleague", "about_member": desk.me.id, "words": WORDS}
    with pytest.raises(Problems) as error:
        feedback.write_feedback(desk, **alone)  # type: ignore[arg-type]
    assert [one.field for one in error.value.problems] == ["feedback.readers"]
    with pytest.raises(Problems) as error:
        feedback.write_feedback(desk, kind=None, about=None, words=" ")
    assert [one.field for one in error.value.problems] == ["feedback.kind", "feedback.about", "feedback.words"]
    with pytest.raises(Problems, match="about"):
        feedback.write_feedback(desk, kind="complaint", about="colleague", words=WORDS)
    feedback.write_feedback(desk, kind="idea", about="food", words="More rice", name="Ay")
    (read,) = feedback.my_feedback(desk)
    assert (read.words, read.name, read.readers) == ("More rice", "Ay", (desk.me.id,))
    with pytest.raises(Problems):
        feedback.answer_feedback(desk, read, " ")
    with pytest.raises(NotAllowed):
        feedback.write_feedback(seat(desk, Role.ADMINISTRATOR), kind="idea", about="food", words="x")


def _log(desk: Desk) -> list[log_reading.Logged]:
    with desk.read() as db:
        return log_reading.logged(db, limit=1000)


def _is_nowhere(desk: Desk) -> None:
    """Look for the words in every cell of every table, as somebody with the key of the database would."""
    with desk.vault.connection() as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"').fetchall():
                for cell in row:
                    assert WORDS.encode() not in (cell if isinstance(cell, bytes) else str(cell).encode()), table
