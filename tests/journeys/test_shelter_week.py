"""A week of a shelter is entered by keyboard alone, by each who works there; every number is the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from shelterdesk import opening
from shelterdesk.settings import Settings
from tests.core.shelter_staff import Shelter
from tests.desks import Clock
from tests.journeys import hands
from tests.journeys.hands import wait
from tests.journeys.week_days import DAYS, DIARY, LATE, NEXT_WEEK, OUTING, SHARED, SKILLS
from tests.journeys.week_house import MONDAY, STAFF, found_the_house
from tests.journeys.week_keys import Keyboard
from tests.journeys.week_numbers import look_at_everything
from tests.journeys.week_sums import Given, day, diary_of, everything, register_of
from ui import theme
from ui.session import Session

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]
_EVENING = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)


@pytest.fixture
def shelter(tmp_path: Path) -> Shelter:
    """The shelter before anybody works there."""
    return Shelter(tmp_path / "desk-7F3A.vault", Clock(_EVENING - timedelta(days=30)))


@pytest.fixture
def keyboard(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shelter: Shelter
) -> Iterator[Keyboard]:
    """A keyboard at the unlock page of that shelter."""
    clock = shelter.clock
    assert isinstance(clock, Clock)
    monkeypatch.setattr(opening, "open_desk", partial(opening.open_desk, clock=clock))
    theme.apply(qapp, "light")
    session = Session(qapp, Settings(tmp_path / "settings.toml"))
    yield Keyboard(session, shelter, clock)
    hands.rest(50)
    if session.seat is not None:
        session._leave("closed")
    if session.front is not None:
        session.front.hide()
        session.front.deleteLater()
    session._worker.close()
    session.deleteLater()
    hands.rest(50)


def test_a_week_of_a_shelter(keyboard: Keyboard, shelter: Shelter) -> None:
    clock = keyboard.clock
    clock.now = _EVENING - timedelta(days=30)
    people = found_the_house(shelter)
    keyboard.session.start(shelter.folder)

    for word in DAYS:
        evening = _EVENING + (day(word) - MONDAY)
        for user in STAFF:
            work_of(keyboard, user, word, evening)
            evening += timedelta(minutes=40)

    given = everything()
    assert 170 <= len(given) <= 190
    keyboard.sign_in("leyla", _EVENING + timedelta(days=5, hours=5))
    look_at_everything(keyboard, people, given)
    check_the_keys(keyboard)


def work_of(keyboard: Keyboard, user: str, word: str, evening: datetime) -> None:
    """Let somebody write down a day, if there is anything to write."""
    diary = diary_of(user)
    todays = [one for one in diary if one.day == word or one.ends_on == word]
    lines = register_of(word, user)
    plans = word == "Mon" and user in DIARY
    grouped = [one for one in (SKILLS, OUTING) if one[:2] == (word, user)]
    ahead = NEXT_WEEK.get(user, ()) if word == "Sat" else ()
    if not (todays or lines or plans or grouped or ahead):
        return
    keyboard.sign_in(user, evening)
    if plans or todays or ahead:
        keyboard.open_calendar()
    if plans:
        for one in diary:
            keyboard.plan(one.line)
        if user == "nigar":
            keyboard.plan(f"{SHARED[0]} group {SHARED[2]} {SHARED[1]} hall me")
        meet_somebody_elses_hour(keyboard, user)
    for one in todays:
        if one.day == word and one.then.startswith("moved"):
            keyboard.move(one)
        elif one.then == "at once" and user == "rena" and word == "Thu":
            keyboard.give_from_today(one.typed)
        else:
            keyboard.tell(one)
    if user == "nigar" and SHARED[0].startswith(word):
        tell_of_the_group(keyboard)
    for line in ahead:
        keyboard.plan(line)
    late = []
    if (word, user) == LATE[:2]:
        name, kind, number = LATE[3].split()
        late = [Given(day(LATE[2]), user, name, kind, number)]
    if lines or late:
        keyboard.write_lines([*lines, *late])
    for _word, _user, minutes, names in grouped:
        keyboard.write_group("skills" if user == "sevinc" else "outing", minutes, names)


def meet_somebody_elses_hour(keyboard: Keyboard, user: str) -> None:
    """Want an hour of somebody who is taken: it is said before anything is saved, and Enter takes the next free one."""
    if user != "rena":
        return
    page = keyboard.page
    keyboard.type("Tue 10:15 legal Tamar 30 me")
    wait(page.card.strip.isVisible, "what is in the way")
    assert "Tamar is with Nigar H. until 10:50." in page.card.strip.words.text()
    entries = len(page.days.entries)
    keyboard.key(Qt.Key.Key_Return)
    page.refresh()
    assert len(page.days.entries) == entries, "nothing is saved before it was chosen"
    assert QApplication.focusWidget() is page.card.strip.first_button()
    keyboard.key(Qt.Key.Key_Escape)
    assert page.card.line.hasFocus(), "Esc goes back to the words, which stay"
    assert page.card.text() == "Tue 10:15 legal Tamar 30 me"
    keyboard.key(Qt.Key.Key_Escape)
    wait(lambda: page.card.text() == "", "the line to be empty again")


def tell_of_the_group(keyboard: Keyboard) -> None:
    """Open the group from the calendar, say who did not want to, and save for all."""
    page, before = keyboard.page, keyboard.pressed
    view = keyboard.go_to_block(SHARED[0].split()[1], "")
    assert view.current_block().words.endswith("8")
    keyboard.key(Qt.Key.Key_Space)
    wait(lambda: getattr(keyboard.page, "form", None), "the form of the group")
    keyboard.tab_to("Outcome: Dilnoza, R-2026-003")
    keyboard.type("dec")
    keyboard.combine("Ctrl+S")
    wait(lambda: keyboard.page is page, "the calendar again")
    keyboard.counted("group of 8 from the diary", before)


def check_the_keys(keyboard: Keyboard) -> None:
    """Two keys from Today, a line as short as on paper, thirty seconds for a group of eight at two keys a second."""
    by_hand = keyboard.by_hand
    assert median(by_hand["register"]) <= 22
    assert median(by_hand["appointment"]) <= 30
    assert by_hand["from Today"] == [2]
    assert by_hand["group of 8"][0] < 60
    assert by_hand["group of 8 from the diary"][0] < 60
