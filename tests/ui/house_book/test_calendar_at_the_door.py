"""The calendar of who works with the house and opens no record: hours, short names, neutral words and no more."""

from __future__ import annotations

from datetime import time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelterdesk import appointments
from shelterdesk.calendar import APPOINTMENT
from shelterdesk.desk import Desk
from tests.desks import TODAY
from tests.ui.shots import settle
from ui.pages.services.calendar.page import CalendarPage
from ui.window import Window


def open_calendar(window: Window) -> CalendarPage:
    window.run("go_services")
    settle()
    page: Any = window.page()
    assert list(page.kinds) == ["calendar"]
    shown = page.stack.currentWidget()
    assert isinstance(shown, CalendarPage)
    return shown


def said(page: CalendarPage) -> list[str]:
    return [one.text() for one in page.panel.facts.findChildren(QLabel)]


def test_the_night_worker_plans_moves_and_tells_by_keyboard(qtbot: QtBot, night: Window, night_desk: Desk) -> None:
    page = open_calendar(night)
    assert page.days is not None
    name = next(one.shown for one in page.days.residents)
    before = len(page.days.entries)
    qtbot.keyClicks(page.card.line, f"tomorrow 23:10 doctor {name.split()[0]} 20 me")
    qtbot.keyClick(page.card.line, Qt.Key.Key_Return)
    settle()
    assert len(page.days.entries) == before + 1, page.card.problem.text()
    (made,) = [one for one in page.days.entries if one.at == time(23, 10)]
    assert made.member_id == night_desk.me.id
    page.open((made.id, made.member_id))
    settle()
    assert "Clinic visit" in said(page)


def test_what_an_appointment_is_about_is_neither_told_nor_asked(night: Window, night_desk: Desk) -> None:
    page = open_calendar(night)
    assert page.days is not None
    entry = next(one for one in page.days.entries if one.source == APPOINTMENT and len(one.people) == 1)
    (row,) = [one for one in page.panel.acts.rows(entry) if one.id in entry.ids]
    appointments.change_meeting(night_desk, [row], kind="court", words="The hearing about the wages", on=TODAY)
    settle()
    entry = next(one for one in page.days.entries if row.id in one.ids)
    page.open((entry.id, entry.member_id))
    settle()
    assert "Appointment" in said(page)
    assert not [words for words in said(page) if "hearing" in words or "Court" in words]
    page.panel.change()
    settle()
    assert page.panel.editor is not None
    asked = {field.attribute for field in page.panel.editor.form.fields}
    assert {"on", "at", "room", "transport"} <= asked
    assert not asked & {"kind", "service_kind", "words", "cancel_why"}


def test_a_colleagues_talk_is_told_by_who_writes_the_service_down(night: Window, night_desk: Desk) -> None:
    page = open_calendar(night)
    assert page.days is not None
    entry = next(
        one
        for one in page.days.entries
        if one.source == APPOINTMENT and one.people and one.on <= TODAY and one.state == "planned"
    )
    assert entry.member_id != night_desk.me.id
    page.act((entry.id, entry.member_id), "given")
    settle()
    assert "writes the service down" in night.page().banner.accessibleName()
    assert appointments.appointment_with(night_desk, entry.ids[0]).state == "planned"
