"""The journey of an arrival at 3:12, by keyboard alone, counted in keys; a night worker presses every one of them.

At one key in half a second, which is slow, a hundred and sixty keys are eighty seconds: the page has to be done in
two minutes with looking up in between.
"""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from shelterdesk import alerts, arrival_requests, bed_use, residents, stays
from shelterdesk.desk import Desk
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from tests.ui.shots import settle
from ui.pages.arrival.page import ArrivalPage
from ui.window import Window

WEDNESDAY = date(2026, 11, 18)
MOST_KEYS = 160


class Keyboard:
    """One pair of hands; counts every key that is pressed."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.keys = 0

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press *keys* where the keyboard is."""
        for key in keys:
            self.keys += 1 + (held != Qt.KeyboardModifier.NoModifier)
            QTest.keyClick(self.here(), key, held)

    def write(self, words: str) -> None:
        """Type *words*."""
        self.keys += len(words)
        QTest.keyClicks(self.here(), words)

    def shortcut(self, key: Qt.Key) -> None:
        """Press Ctrl and *key*."""
        self.press(key, held=Qt.KeyboardModifier.ControlModifier)
        settle()

    def tab_to(self, aim: QWidget) -> None:
        """Press Tab until *aim* has the keyboard."""
        for _times in range(12):
            if self.here() is aim or aim.isAncestorOf(self.here()):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {aim.accessibleName()}")

    def here(self) -> QWidget:
        """Return what has the keyboard."""
        return QApplication.focusWidget() or self.window


def newest(desk: Desk) -> list[Person]:
    with desk.read() as db:
        return list(db.scalars(select(Person).where(Person.registered_on == WEDNESDAY).order_by(Person.code)))


def test_an_arrival_with_a_child_takes_few_keys(night: Window) -> None:
    desk = night.seat.desk
    before = residents.list_counts(desk)["here_now"]
    hands = Keyboard(night)
    hands.shortcut(Qt.Key.Key_N)
    page = night.page()
    assert isinstance(page, ArrivalPage)
    form = page.form
    assert hands.here() is form.name
    hands.write("Lala")
    hands.tab_to(form.came_from)
    hands.press(Qt.Key.Key_Right)
    hands.tab_to(form.km)
    hands.write("120")
    hands.tab_to(form.brought_by)
    hands.press(Qt.Key.Key_Space)
    hands.tab_to(form.flags)
    hands.press(Qt.Key.Key_Right, Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Space)
    hands.tab_to(form.language)
    hands.write("Uzb")
    hands.tab_to(form.interpreter)
    hands.press(Qt.Key.Key_Right)
    hands.tab_to(form.called)
    hands.press(Qt.Key.Key_Space)
    hands.tab_to(form.children_field.more)
    hands.press(Qt.Key.Key_Space)
    hands.write("Timur")
    hands.press(Qt.Key.Key_Tab)
    hands.write("6")
    hands.press(Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Down)
    hands.tab_to(form.beds.choice)
    hands.press(Qt.Key.Key_Space)
    bed = form.beds.said.text()
    hands.shortcut(Qt.Key.Key_S)
    assert hands.keys <= MOST_KEYS, f"{hands.keys} keys"
    assert newest(desk), page.banner.accessibleName()
    lala, timur = newest(desk)
    assert (lala.short_name, timur.short_name) == ("Lala", "Timur")
    assert timur.birth == PartialDate(2020, 10, about=True)
    assert timur.gender == "man"
    (stay,) = stays.stays_of(desk, lala.id)
    assert (stay.arrived_on, stay.arrived_at) == (WEDNESDAY, time(3, 12))
    assert (stay.came_from, stay.distance_km, stay.brought_by) == ("another_district", 120, "police")
    assert stay.interpreter_called_at == time(3, 12)
    assert [one.kind for one in alerts.alerts_of(desk, lala.id)] == ["hurt", "looked_for"]
    assert lala.interpreter_how == "by_phone"
    used = next(use for use in bed_use.beds_on(desk, WEDNESDAY) if use.person_id == lala.id)
    assert used.sharing == (timur.id,)
    assert bed == f"{used.room}, bed {used.bed}"
    assert residents.list_counts(desk)["here_now"] == before + 2
    assert bed in night.page().banner.accessibleName()


def test_the_least_is_a_bed_and_saving(night: Window) -> None:
    hands = Keyboard(night)
    hands.shortcut(Qt.Key.Key_N)
    page = night.page()
    assert isinstance(page, ArrivalPage)
    hands.shortcut(Qt.Key.Key_S)
    assert page.form.row("bed_id").problem().startswith("Choose a bed")
    assert page.form.beds.choice.isAncestorOf(hands.here()), "the keyboard is where the bed is chosen"
    hands.press(Qt.Key.Key_Space)
    hands.shortcut(Qt.Key.Key_S)
    assert hands.keys <= 10
    (somebody,) = newest(night.seat.desk)
    assert somebody.shown_name == somebody.code


def test_tab_visits_every_field_once_and_comes_to_save(night: Window, page: ArrivalPage) -> None:
    hands = Keyboard(night)
    seen: list[QWidget] = []
    while not page.strip.save.hasFocus():
        seen.append(hands.here())
        assert page.isAncestorOf(seen[-1]), "the last field leads to Save"
        hands.press(Qt.Key.Key_Tab)
        assert len(seen) < 20
    form = page.form
    order = [form.name, form.day.line, form.time, form.came_from, form.km, form.brought_by, form.by_whom]
    order += [form.none, form.flags, form.language, form.interpreter, form.children_field, form.beds.choice]
    assert len(seen) == len(order), [one.accessibleName() or one.objectName() for one in seen]
    for stop, field in zip(seen, order, strict=True):
        assert stop is field or field.isAncestorOf(stop), field.accessibleName()


def test_turning_away_takes_a_reason_and_saving(night: Window) -> None:
    hands = Keyboard(night)
    hands.shortcut(Qt.Key.Key_N)
    page = night.page()
    assert isinstance(page, ArrivalPage)
    page.away.setFocus()
    hands.press(Qt.Key.Key_Return)
    settle()
    hands.press(Qt.Key.Key_Down)
    hands.shortcut(Qt.Key.Key_S)
    assert hands.keys <= 8
    turned = arrival_requests.decided_requests(night.seat.desk)[0]
    assert (turned.decision, turned.reason, turned.decided_on) == ("turned_away", "full", WEDNESDAY)
