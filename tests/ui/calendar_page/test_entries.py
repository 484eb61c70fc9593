"""What stands in the calendar: keys, dragging, moving, taking back, months, visitors, settings, tomorrow's list."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import appointments, drafts, holidays, services
from shelterdesk.appointments import Appointment
from shelterdesk.desk import Desk
from tests.ui.calendar_page.acting import DAY, KEY, TODAY, add, chips, planned, stand_on, type_line
from tests.ui.shots import settle
from ui.draft_places import place_of
from ui.pages.services.calendar.page import CalendarPage
from ui.place import Place
from ui.printing.preview import PreviewDialog
from ui.seat import Seat
from ui.window import Window


def test_arrows_go_over_blocks_and_free_places_and_enter_opens(
    qtbot: QtBot, page: CalendarPage, desk: Desk, ay: UUID
) -> None:
    first, second = add(desk, ay, at=time(9)), add(desk, ay, at=time(11))
    stand_on(page, first)
    view = page.view
    qtbot.keyClick(view, KEY.Key_Down)
    assert view.current_key()[0] == second.id
    assert "11:00, Aysel, Psychological session" in view.accessibleName()
    qtbot.keyClick(view, KEY.Key_Right)
    assert view.current_key() is None
    cell = view.current_cell()
    assert cell is not None
    assert cell.day == TODAY + DAY
    qtbot.keyClick(view, KEY.Key_Return)
    assert QApplication.focusWidget() is page.card.line, "a free place begins something new"
    assert "Wednesday 18 November" in chips(page)
    type_line(qtbot, page, "10:00 talk aysel")
    assert planned(desk)[-1] == (ay, TODAY + DAY, time(10))
    stand_on(page, second)
    qtbot.keyClick(view, KEY.Key_Return)
    assert page.panel.isVisible()
    assert page.panel.heading.text() == "Aysel, Tuesday 17 November"
    page.commands()["cancel"]()
    assert not page.panel.isVisible()
    assert QApplication.focusWidget() is view


def test_g_writes_the_service_down_and_space_opens_its_form(
    qtbot: QtBot, window: Window, page: CalendarPage, desk: Desk, ay: UUID
) -> None:
    first, second = add(desk, ay, at=time(9)), add(desk, ay, at=time(11))
    stand_on(page, first)
    qtbot.keyClick(page.view, KEY.Key_G)
    settle()
    (made,) = services.services_of(desk, ay)
    assert (made.kind, made.minutes, made.given_on) == ("psychological_session", 50, TODAY)
    assert appointments.appointment_with(desk, first.id).service_id == made.id
    stand_on(page, first)
    qtbot.keyClick(page.view, KEY.Key_Space)
    assert appointments.appointment_with(desk, first.id).state == "given", "its service has to go first"
    stand_on(page, second)
    qtbot.keyClick(page.view, KEY.Key_Space)
    settle()
    shown: Any = window.page()
    assert shown.form is not None
    window.run("save")
    settle()
    assert appointments.appointment_with(desk, second.id).state == "given"
    assert shown.stack.currentWidget() is page, "and back in the calendar"


def test_a_house_meeting_takes_place_without_a_service(qtbot: QtBot, page: CalendarPage, desk: Desk) -> None:
    meeting = add(desk, None, kind="house", words="Market")
    stand_on(page, meeting)
    qtbot.keyClick(page.view, KEY.Key_Space)
    assert appointments.appointment_with(desk, meeting.id).state == "given"
    qtbot.keyClick(page.view, KEY.Key_Space)
    assert appointments.appointment_with(desk, meeting.id).state == "planned"


def test_x_asks_who_cancelled_and_why(qtbot: QtBot, window: Window, page: CalendarPage, desk: Desk, ay: UUID) -> None:
    one = add(desk, ay)
    stand_on(page, one)
    qtbot.keyClick(page.view, KEY.Key_X)
    editor = page.panel.editor
    assert editor is not None
    editor.form.set("cancelled_by", "resident")
    editor.form.set("cancel_why", "unwell")
    window.run("save")
    settle()
    found = appointments.appointment_with(desk, one.id)
    assert (found.state, found.cancelled_by, found.cancel_why) == ("not_attended", "resident", "unwell")
    assert page.card.isVisible()


def test_m_moves_to_what_is_typed_and_undo_moves_back(
    qtbot: QtBot, window: Window, page: CalendarPage, desk: Desk, ay: UUID
) -> None:
    one = add(desk, ay)
    stand_on(page, one)
    qtbot.keyClick(page.view, KEY.Key_M)
    assert "14:00 Aysel" in page.card.line.placeholderText()
    type_line(qtbot, page, "thu 15:00")
    assert planned(desk) == [(ay, TODAY + 2 * DAY, time(15))]
    assert appointments.appointment_with(desk, one.id).state == "moved"
    window.run("undo")
    settle()
    assert planned(desk) == [(ay, TODAY, time(14))]


def test_dragging_moves_and_stops_where_somebody_is_taken(
    qtbot: QtBot, page: CalendarPage, desk: Desk, ay: UUID, nur: UUID
) -> None:
    one, other = add(desk, ay), add(desk, nur, on=TODAY + 2 * DAY)
    settle()
    drag(page, one, TODAY + DAY)
    assert planned(desk) == [(ay, TODAY + DAY, time(14)), (nur, other.on, time(14))]
    moved = page._entry_of_row(next(entry.id for entry in page.days.entries if ay in entry.people))  # type: ignore[union-attr]
    assert moved is not None
    drag(page, appointments.appointment_with(desk, moved.id), other.on)
    assert page.card.strip.isVisible()
    assert page.card.strip.anyway.words() == "Move anyway"
    assert planned(desk)[0] == (ay, TODAY + DAY, time(14)), "nothing is saved yet"
    qtbot.keyClick(page.card.line, KEY.Key_Escape)
    assert not page.card.strip.isVisible()


def drag(page: CalendarPage, one: Appointment, to: date) -> None:
    view = page.view
    key = next(block.key for cell in view.grid.cells.values() for block in cell.blocks if block.key[0] == one.id)
    row, column, _number = view.grid.place_of(key) or (0, 0, 0)
    target = view.rect_of_cell(row, column + (to - one.on).days).center()
    start = view.rect_of(key).center()
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start.toPoint())
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(port, between(start, target, share))
    # The offscreen platform tells no pressed button while the mouse moves, so the move is told here.
    if view._dragged is None:
        view._dragged, view._target = key, (view.place_at(target) or (row, column, 0))[:2]
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=target.toPoint())
    settle()


def between(start: QPointF, end: QPointF, share: float) -> QPoint:
    return (start + (end - start) * share).toPoint()


def test_pages_turn_and_the_month_leads_to_the_day(qtbot: QtBot, page: CalendarPage, desk: Desk, ay: UUID) -> None:
    for hour in range(8, 18):
        add(desk, ay, at=time(hour), room=None, minutes=30)
    settle()
    page.view.setFocus()
    qtbot.keyClick(page.view, KEY.Key_PageDown)
    assert page.period.button.words() == "23 – 29 November 2026"
    qtbot.keyClick(page.view, KEY.Key_PageUp)
    page.span.buttons()[2].click()
    assert page.period.button.words() == "November 2026"
    more = next(block for cell in page.view.grid.cells.values() for block in cell.blocks if block.words == "and 5 more")
    page.view.opened.emit(more.key)
    assert (page.span.value(), page.on) == ("day", TODAY)


def test_turned_to_the_ends_of_time_it_stays_where_days_can_be_written(page: CalendarPage, desk: Desk) -> None:
    for end, by in ((date.min, -1), (date.max, 1)):
        for button in page.span.buttons():
            button.click()
            page.show_day(end)
            reached = page.on
            page.step(by)
            assert page.on == reached
            page.step(-by)
            assert page.on != reached


def test_the_rows_are_workers_rooms_or_residents(page: CalendarPage, desk: Desk, ay: UUID) -> None:
    add(desk, ay)
    settle()
    titles = []
    for button in page.axis.buttons():
        button.click()
        titles.append([row.title for row in page.view.grid.rows][:2])
    assert titles == [["Leyla A."], ["Room 1", "Room 2"], ["Aysel"]]
    row, column, _number = page.view.at or (0, 0, 0)
    assert page.view.grid.blocks(row, column)[0].words == "Leyla A.", "in her own row one reads who is met"


# --- what lies open -------------------------------------------------------------------------------------------------


def test_visitors_read_no_name(page: CalendarPage, desk: Desk, seat: Seat, ay: UUID) -> None:
    add(desk, ay, kind="court")
    add(desk, None, kind="house", words="Visit of Aysel's mother")
    seat.set_visitor(on=True)
    settle()
    told = [page.view.accessibleName(), *(words for cell in page.view.grid.cells.values() for block in cell.blocks
                                          for words in (block.words, block.spoken, block.detail))]  # fmt: skip
    assert told
    assert not [words for words in told if "Aysel" in words or "Court" in words]


def test_a_change_that_is_left_is_kept_and_gone_on_with(
    qtbot: QtBot, window: Window, page: CalendarPage, desk: Desk
) -> None:
    meeting = add(desk, None, kind="house", words="Market")
    stand_on(page, meeting)
    qtbot.keyClick(page.view, KEY.Key_Return)
    page.commands()["edit"]()
    assert page.panel.editor is not None
    page.panel.editor.form.set("words", "Bazaar")
    page.panel.editor.form._changed(page.panel.editor.form.fields[0])
    window.go(Place("today"))
    (draft,) = drafts.my_drafts(desk)
    place = place_of(draft)
    assert place is not None
    window.go(place)
    settle()
    assert page.panel.editor is not None
    assert page.panel.editor.form.values()["words"] == "Bazaar"
    window.run("save")
    settle()
    assert appointments.appointment_with(desk, meeting.id).words == "Bazaar"


def test_where_something_is_moved_to_is_no_draft(qtbot: QtBot, page: CalendarPage, desk: Desk, ay: UUID) -> None:
    stand_on(page, add(desk, ay))
    qtbot.keyClick(page.view, KEY.Key_M)
    qtbot.keyClicks(page.card.line, "wed 15:00")
    page.keep_drafts()
    assert drafts.my_drafts(desk) == []


def test_settings_keep_holidays_and_hours(qtbot: QtBot, window: Window, desk: Desk) -> None:
    window.go(Place("settings", section="calendar"))
    settle()
    shown: Any = window.page()
    section = shown.sections["calendar"]
    section.days.setPlainText("18 November: Day of the house")
    section.first.setText("8:30")
    section.save.click()
    assert holidays.holidays_of(desk).on(TODAY + DAY) == "Day of the house"
    assert holidays.hours_of(desk)[0] == time(8, 30)
    section.days.setPlainText("some day: Feast")
    section.save.click()
    assert "some day" in section.problem.text()
    assert holidays.holidays_of(desk).on(TODAY + DAY) == "Day of the house"


def test_tomorrows_list_opens_before_it_is_printed(window: Window, page: CalendarPage, desk: Desk, ay: UUID) -> None:
    add(desk, ay, on=TODAY + DAY)
    window.run("print_tomorrow")
    settle()
    (dialog,) = window.findChildren(PreviewDialog)
    assert dialog.isVisible()
    dialog.close()
    settle()
