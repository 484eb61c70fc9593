"""What the tests of the calendar do and look at."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from shelterdesk import appointments
from shelterdesk.appointments import Appointment
from shelterdesk.desk import Desk
from shelterdesk.records import all_of
from tests.ui.shots import settle
from ui.pages.services.calendar.page import CalendarPage
from ui.widgets.chip import Chip

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)
KEY = Qt.Key


def planned(desk: Desk) -> list[tuple[UUID | None, date, time | None]]:
    with desk.read() as db:
        query = select(Appointment).where(Appointment.state == "planned", Appointment.archived_at.is_(None))
        found = all_of(db, query.order_by(Appointment.on, Appointment.at, Appointment.id), Appointment)
    return [(one.person_id, one.on, one.at) for one in found]


def add(desk: Desk, person_id: UUID | None, on: date = TODAY, at: time | None = time(14), **more: Any) -> Appointment:
    values: dict[str, Any] = {"kind": "session", "minutes": 50, "member_id": desk.me.id, "room": "room_two"} | more
    return appointments.add_appointment(desk, person_id, on=on, at=at, **values)


def type_line(qtbot: QtBot, page: CalendarPage, words: str, *, enter: bool = True) -> None:
    page.card.line.clear()
    qtbot.keyClicks(page.card.line, words)
    if enter:
        qtbot.keyClick(page.card.line, KEY.Key_Return)
    else:
        page.planning.read()
    settle()


def chips(page: CalendarPage) -> list[str]:
    return [one.chip().words for one in page.card.findChildren(Chip) if not one.isHidden()]


def stand_on(page: CalendarPage, one: Appointment) -> None:
    page._go_to(one.id)
    page.view.setFocus()
    settle()


# --- typing ---------------------------------------------------------------------------------------------------------
