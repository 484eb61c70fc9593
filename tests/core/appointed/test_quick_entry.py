"""One typed line: days, hours, kinds, names in any order; nothing is guessed."""

from __future__ import annotations

from datetime import date, time
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shelterdesk import i18n
from shelterdesk.quick_entry import KindWord, Known, Lexicon, Reading, Unread, read

AYSEL, OLHA, LALA, LALA_Q, NIGAR, NIGAR_R = (uuid4() for _ in range(6))
TODAY, MONDAY = date(2026, 11, 21), date(2026, 11, 23)
LEXICON = Lexicon(
    [
        Known(AYSEL, "Aysel M.", "R-2026-014"),
        Known(OLHA, "Olha K.", "R-2026-012"),
        Known(LALA, "Lalə", "R-2026-001"),
        Known(LALA_Q, "Lalə Q.", "R-2026-003"),
        Known(NIGAR_R, "Nigar", "R-2026-009"),
    ],
    [Known(NIGAR, "Nigar H.")],
    [Known("room_two", "Room 2"), Known("garden", "Garden")],
    [
        KindWord("psychological session", "session", "psychological_session"),
        KindWord("therapy", "session", "psychological_session"),
        KindWord("clinic visit", "clinic", "doctor_visit"),
        KindWord("house meeting", "house"),
    ],
    uuid4(),
)


def reading(line: str) -> Reading:
    return read(line, LEXICON, MONDAY, TODAY)


WHOLE = Reading(
    on=date(2026, 11, 24),
    at=time(14),
    minutes=50,
    kind="session",
    service_kind="psychological_session",
    people=(AYSEL,),
)


@pytest.mark.parametrize("words", list(permutations(("Tue", "14:00", "psych", "Aysel", "50")))[::7])
def test_the_order_of_the_words_does_not_matter(words: tuple[str, ...]) -> None:
    assert reading(" ".join(words)) == WHOLE


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("tuesday", {"on": date(2026, 11, 24)}),
        ("24 nov", {"on": date(2026, 11, 24)}),
        ("24.11", {"on": date(2026, 11, 24)}),
        ("24.11 14.10", {"on": date(2026, 11, 24), "at": time(14, 10)}),
        ("tomorrow", {"on": date(2026, 11, 22)}),
        ("24 nov 50", {"on": date(2026, 11, 24), "minutes": 50}),
        ("24.11 10", {"on": date(2026, 11, 24), "at": time(10)}),
        ("24 nov 2027", {"on": date(2027, 11, 24)}),
        ("+3", {"on": date(2026, 11, 24)}),
        ("14", {"at": time(14)}),
        ("14 50", {"at": time(14), "minutes": 50}),
        ("90", {"minutes": 90}),
        ("1h", {"minutes": 60}),
        ("1h30", {"minutes": 90}),
        ("9:30", {"at": time(9, 30)}),
        ("10:00-11:30", {"at": time(10), "minutes": 90}),
        ("tue 14-15", {"on": date(2026, 11, 24), "at": time(14), "minutes": 60}),
        ("tue 9-10:30", {"on": date(2026, 11, 24), "at": time(9), "minutes": 90}),
        ("tue 1430 50", {"on": date(2026, 11, 24), "at": time(14, 30), "minutes": 50}),
        ("24 nov 2026", {"on": date(2026, 11, 24)}),
        ("olha", {"people": (OLHA,)}),
        ("r-2026-012", {"people": (OLHA,)}),
        ("Aysel Olha", {"people": (AYSEL, OLHA)}),
        ("lalə q.", {"people": (LALA_Q,)}),
        ("nigar", {"people": (NIGAR_R,)}),
        ("with nigar", {"member_id": NIGAR}),
        ("@nigar", {"member_id": NIGAR}),
        ("me", {"member_id": LEXICON.me}),
        ("room 2", {"room": "room_two"}),
        ("gard", {"room": "garden"}),
        ("interpreter car", {"interpreter": True, "transport": True}),
        ("every 2 weeks until 20 dec", {"weeks": 2, "until": date(2026, 12, 20)}),
        ("every week until 20.12", {"weeks": 1, "until": date(2026, 12, 20)}),
        ("weekly", {"weeks": 1}),
        ("house meeting all", {"kind": "house", "everybody": True}),
        ("clin", {"kind": "clinic", "service_kind": "doctor_visit"}),
        ('"Market at ten"', {"words": "Market at ten"}),
        ("«Bazar»", {"words": "Bazar"}),
        ("at 10:00 with @nigar", {"at": time(10), "member_id": NIGAR}),
    ],
)
def test_each_part_is_understood(line: str, said: dict[str, Any]) -> None:
    assert reading(line) == Reading(**said)


def test_a_name_that_fits_two_is_asked_about() -> None:
    (unread,) = reading("lal 10:00").unread
    assert [one.shown for one in unread.candidates] == ["Lalə", "Lalə Q."]
    assert reading("lalə").people == (LALA,), "the whole name of one of them"


def test_a_name_is_found_by_how_it_sounds_where_its_letters_find_nothing() -> None:
    assert reading("Tue 14:00 ejsel").people == ()
    assert reading("Tue 14:00 eysel").people == (AYSEL,)
    assert reading("Tue 14:00 lele").unread == (Unread("lele", ()),), "two begin with these sounds"


def test_what_is_not_understood_is_handed_back() -> None:
    found = reading("tue blah 14:00 15:00")
    assert [one.words for one in found.unread] == ["blah", "15:00"]
    assert (found.on, found.at) == (date(2026, 11, 24), time(14))


def test_a_weekday_is_that_of_the_week_that_is_looked_at() -> None:
    assert read("mon", LEXICON, MONDAY, TODAY).on == MONDAY
    assert read("mon", LEXICON, date(2026, 12, 14), TODAY).on == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("language", "line"),
    [("az", "çərşənbə axşamı 14:00"), ("ru", "вторник 14:00"), ("ru", "вт 14:00"), ("az", "24 noy 14:00")],
)
def test_days_are_understood_in_the_language_of_the_window(language: str, line: str) -> None:
    i18n.set_language(language)
    assert reading(line) == Reading(on=date(2026, 11, 24), at=time(14))


@given(st.text(max_size=60))
@example("²")
@example("² may 14:00")
@example("Tue ①4 psych ٥٠")
def test_no_line_breaks_the_reading(line: str) -> None:
    found = reading(line)
    assert all(isinstance(one, Unread) and one.words for one in found.unread)
    assert all(isinstance(one, UUID) for one in found.people)
