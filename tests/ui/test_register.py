"""Writing down what was given: the line of the register, groups, from an appointment, and what it adds up to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk import appointments, drafts, people, services, stays, tasks
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.services import Service
from tests.ui.shots import settle
from ui.dialogs.print_services import PrintHelpReceiptDialog, PrintServicesDialog
from ui.pages.resident.services import ServicesSection
from ui.pages.services.entry import ServiceEntry
from ui.pages.services.group import GroupEntry
from ui.pages.services.register import RegisterPage
from ui.place import Place
from ui.window import Window

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)
KEY = Qt.Key
NAMES = ("Aysel M.", "Botir", "Dilnoza", "Iryna", "Jun R.", "Lalə", "Marisol", "Nərmin")


@pytest.fixture
def active(qtbot: QtBot, window: Window) -> Window:
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


@pytest.fixture
def house(desk: Desk) -> list[Person]:
    """Eight people who live here."""
    found = [people.add_person(desk, short_name=name) for name in NAMES]
    for one in found:
        stays.add_stay(desk, one.id, arrived_on=TODAY - 30 * DAY)
    return found


@pytest.fixture
def typing(qtbot: QtBot) -> Callable[..., None]:
    """Type words and keys into whatever has the keyboard, the list of what was found included."""

    def do(*what: str | Qt.Key) -> None:
        for one in what:
            target: Any = QApplication.activePopupWidget() or QApplication.focusWidget()
            assert target is not None
            if isinstance(one, str):
                qtbot.keyClicks(QApplication.focusWidget(), one)
            else:
                qtbot.keyClick(target, one)
            settle()

    return do


def give(desk: Desk, person_id: UUID, kind: str = "social_talk", days: int = 0, **values: Any) -> Service:
    more = {"outcome": "took_place", "given_by": desk.me.id} | values
    return services.add_service(desk, person_id, kind=kind, given_on=TODAY - days * DAY, **more)


def page_at(active: Window, place: Place) -> Any:
    active.go(place)
    settle()
    page: Any = active.page()
    return page.form or page.stack.currentWidget()


def facts(one: Service) -> tuple[Any, ...]:
    return (one.kind, one.given_on, one.minutes, one.team_note)


# --- the register ---------------------------------------------------------------------------------------------------


def test_three_rows_with_the_keyboard_and_nothing_but_it(
    desk: Desk, house: list[Person], active: Window, typing: Callable[..., None]
) -> None:
    page = page_at(active, Place("services", list_id="register"))
    assert isinstance(page, RegisterPage)
    typing("bot", KEY.Key_Return)  # the person; Enter goes on to the kind
    typing("life", KEY.Key_Return, "45", KEY.Key_Return)
    typing("jun", KEY.Key_Return, KEY.Key_Return)  # kind and day carry over
    typing("narm", KEY.Key_Tab, KEY.Key_Backtab, KEY.Key_Backtab, KEY.Key_Minus, KEY.Key_Return)
    by_name = {one.short_name: services.services_of(desk, one.id) for one in house}
    assert [facts(one) for one in by_name["Botir"]] == [("life_skills", TODAY, 45, None)]
    assert [facts(one) for one in by_name["Jun R."]] == [("life_skills", TODAY, 60, None)]
    assert [facts(one) for one in by_name["Nərmin"]] == [("life_skills", TODAY - DAY, 60, None)]
    assert sum(len(found) for found in by_name.values()) == 3
    assert page.line is not None
    assert page.line.editor("given_on").value() == TODAY - DAY
    assert not page.line.is_dirty()
    active.run("undo")
    settle()
    assert services.services_of(desk, house[7].id) == []


def test_a_line_without_a_person_says_so_and_keeps_what_was_typed(
    desk: Desk, house: list[Person], active: Window, typing: Callable[..., None]
) -> None:
    page = page_at(active, Place("services", list_id="register"))
    page.line.set("team_note", "Came twice.")
    page.line.edited.emit()
    assert not page.save_line()
    assert page.line.row("person_id").problem() == "Choose whose service it was"
    said = [one for one in page.line.findChildren(QLabel) if one.isVisible() and "Choose whose" in one.text()]
    assert [one.width() > page.line.width() // 2 for one in said] == [True], "said once, with room for it"
    typing("lal", KEY.Key_Return)
    assert page.line.row("person_id").problem() == ""
    active.go(Place("today"))
    (draft,) = drafts.my_drafts(desk)
    assert (draft.record, draft.person_id, draft.values["team_note"]) == ("service", house[5].id, "Came twice.")


def test_money_takes_the_place_of_minutes_and_adds_up(desk: Desk, house: list[Person], active: Window) -> None:
    page = page_at(active, Place("services", list_id="register"))
    line = page.line
    line.set("kind", "transport_costs")
    line._follow_kind()
    assert line.row("amount").isVisible()
    assert not line.row("minutes").isVisible()
    line.set("person_id", house[0].id)
    line._take_person()
    line.editor("amount").line.setText("12,50")
    assert page.save_line()
    (saved,) = services.services_of(desk, house[0].id)
    assert (saved.amount, saved.currency, saved.minutes) == (1250, "azn", None)
    shown = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert "12.50\u00a0AZN" in shown


def offered(page: Any) -> str:
    choice = page.line.editor("person_id").choice
    return " ".join(words for _value, words in choice.choices())


def test_who_came_meanwhile_is_offered_and_visitors_read_no_name(
    desk: Desk, house: list[Person], active: Window
) -> None:
    page = page_at(active, Place("services", list_id="register"))
    active.go(Place("today"))
    zarina = people.add_person(desk, short_name="Zarina")
    stays.add_stay(desk, zarina.id, arrived_on=TODAY)
    page = page_at(active, Place("services", list_id="register"))
    assert "Zarina" in offered(page)
    active.seat.set_visitor(on=True)
    settle()
    assert not [name for name in (*NAMES, "Zarina") if name in offered(page)]
    assert zarina.code in offered(page)
    active.seat.set_visitor(on=False)
    form = page_at(active, Place("services", doing="new_group"))
    form.form.people.take(zarina.id)
    active.seat.set_visitor(on=True)
    settle()
    told = [one for one in form.findChildren(QWidget) if "Zarina" in f"{one.accessibleName()} {one.toolTip()}"]
    assert told == []
    assert not [one for one in form.findChildren(QLabel) if "Zarina" in one.text()]


# --- a group --------------------------------------------------------------------------------------------------------


def test_eight_people_take_fewer_than_fifty_keys(
    desk: Desk, house: list[Person], active: Window, typing: Callable[..., None]
) -> None:
    form = page_at(active, Place("services", doing="new_group"))
    assert isinstance(form, GroupEntry)
    typed = ["ay", "bo", "di", "ir", "ju", "la", "ma", "na"]
    for words in typed:
        typing(words, KEY.Key_Return)
    assert [one.person_id for one in form.form.people.attendees()] == [one.id for one in house]
    keys = sum(len(words) + 1 for words in typed) + 1
    assert keys < 50, "thirty seconds are enough even for who types slowly"
    rows = list(form.form.people._rows.values())
    rows[2].remark.setText("Left early.")
    rows[3].outcome.set_value("declined")
    active.run("save")
    settle()
    found = [services.services_of(desk, one.id)[0] for one in house]
    assert len({one.group_id for one in found}) == 1
    assert {one.kind for one in found} == {"psychological_group"}
    assert [one.outcome for one in found].count("took_place") == 7
    assert (found[2].clinical_note, found[3].minutes, found[4].minutes) == ("Left early.", None, 90)
    active.run("undo")
    settle()
    assert all(not services.services_of(desk, one.id) for one in house)


def test_the_register_turns_to_the_days_of_a_group_that_was_saved(house: list[Person], active: Window) -> None:
    register = page_at(active, Place("services", list_id="register"))
    register.step(-5)
    form = page_at(active, Place("services", list_id="register", doing="new_group")).form
    form.people.take(house[0].id)
    active.run("save")
    settle()
    first, last = register.period()
    assert first <= TODAY <= last
    assert len(register._services) == 1


def test_a_name_that_fits_nobody_is_said_and_not_just_taken_away(
    house: list[Person], active: Window, typing: Callable[..., None]
) -> None:
    people_there = page_at(active, Place("services", doing="new_group")).form.people
    typing("bot", KEY.Key_Return)
    typing("qwx", KEY.Key_Return)
    assert people_there.count.text() == "«qwx»: Nobody on this list fits what you typed."
    typing("ays", KEY.Key_Return)
    assert people_there.count.text() == "2 people"
    assert [one.person_id for one in people_there.attendees()] == [house[1].id, house[0].id]


def test_an_unfinished_group_is_kept_with_its_people_and_remarks(
    desk: Desk, house: list[Person], active: Window
) -> None:
    form = page_at(active, Place("services", doing="new_group")).form
    form.people.take(house[1].id)
    form.people.take(house[2].id)
    form.people._rows[house[2].id].remark.setText("Spoke first.")
    active.go(Place("today"))
    settle()
    (draft,) = drafts.my_drafts(desk)
    assert "attendees" not in draft.values, "what is sealed with the notes is read by their form only"
    again = page_at(active, Place("services", doing="new_group", about=draft.id))
    people_there = again.form.people.attendees()
    assert [(one.person_id, one.remark) for one in people_there] == [
        (house[1].id, None),
        (house[2].id, "Spoke first."),
    ]


# --- from an appointment --------------------------------------------------------------------------------------------


def test_two_keys_from_today(
    qtbot: QtBot, desk: Desk, house: list[Person], active: Window, typing: Callable[..., None]
) -> None:
    planned = appointments.add_appointment(
        desk, house[0].id, kind="session", on=TODAY, minutes=55, member_id=desk.me.id
    )
    active.go(Place("services", list_id="register"))
    active.go(Place("today"))
    settle()
    today: Any = active.page()
    today.next.rows.setFocus()
    typing(KEY.Key_Down, KEY.Key_Space)
    page: Any = active.page()
    assert isinstance(page.form, ServiceEntry)
    qtbot.keyClick(active, KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    (saved,) = services.services_of(desk, house[0].id)
    assert facts(saved) == ("psychological_session", TODAY, 55, None)
    assert appointments.appointment_with(desk, planned.id).service_id == saved.id
    assert active.trail.here.page == "today"
    active.run("undo")
    settle()
    assert appointments.appointment_with(desk, planned.id).state == "planned"


def test_the_follow_up_may_be_a_task(desk: Desk, house: list[Person], active: Window) -> None:
    form = page_at(active, Place("services", person_id=house[0].id, doing="new_service"))
    form.form.editor("next_on").date.set_value(TODAY + DAY)
    form.form.set("next_words", "Ask the school")
    form.form.set("next_as", "task")
    assert form.save()
    (task,) = tasks.open_tasks_of(desk, house[0].id)
    assert (task.words, task.due_on) == ("Ask the school", TODAY + DAY)
    assert appointments.appointments_of(desk, house[0].id, TODAY) == []


# --- what it adds up to ---------------------------------------------------------------------------------------------


def test_the_section_picks_by_kind_and_period_and_shows_time_by_kind(
    desk: Desk, house: list[Person], active: Window
) -> None:
    give(desk, house[0].id, "psychological_session", minutes=50)
    give(desk, house[0].id, "psychological_session", days=100, minutes=50)
    give(desk, house[0].id, "food", days=2, amount=700)
    active.go(Place("residents", "everybody", house[0].id, "services"))
    settle()
    page: Any = active.page()
    section = page.record.section()
    assert isinstance(section, ServicesSection)
    assert section.hours.money.text() == "Things and money: 7\u00a0AZN"
    assert section.hours.aside.text() == "1 h 40 min"
    section.bar.period.set_value("month")
    section.bar.family.set_value("psychological")
    section.bar.way.set_value("table")
    section.refresh()
    assert section.table.isVisible()
    assert section.table.model().rowCount() == 1
    assert section.hours.chart.accessibleDescription() == "Psychological session 0.8 h"
    section.bar.family.set_value("legal")
    section.refresh()
    assert section.none_card.isVisible()


def test_the_report_for_somebody_else_asks_for_name_and_consent(
    qtbot: QtBot, desk: Desk, house: list[Person], active: Window
) -> None:
    give(desk, house[0].id, "psychological_session", minutes=50, clinical_note="Only hers.")
    help_id = give(desk, house[0].id, "cash_help", amount=4000, receipt="77/26").id
    dialog = PrintServicesDialog(active.seat, house[0].id, active)
    qtbot.addWidget(dialog)
    assert dialog.is_ready()
    assert "Only hers." not in repr(dialog.document)
    dialog.notes.setChecked(True)
    assert "Only hers." in repr(dialog.document)
    dialog.purpose.set_value("share_authority")
    dialog.show_paper()
    assert "Leyla" not in repr(dialog.document)
    assert not dialog.is_ready()
    dialog.whom.setText("District court")
    assert not dialog.is_ready()
    dialog.reason.set_text("Order of the court")
    assert dialog.is_ready()
    receipt = PrintHelpReceiptDialog(active.seat, help_id, active)
    qtbot.addWidget(receipt)
    said = repr(receipt.document)
    assert "40\u00a0AZN" in said.replace("\\xa0", "\u00a0")
    assert "77/26" in said
    assert "Aysel" not in said
