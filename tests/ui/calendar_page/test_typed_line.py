"""Appointments that are typed in one line: understood part by part, clashes, series, half lines."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shelterdesk import drafts, people
from shelterdesk.desk import Desk
from shelterdesk.quick_entry import Unread
from tests.ui.calendar_page.acting import KEY, TODAY, add, chips, planned, type_line
from tests.ui.shots import settle
from ui.draft_places import place_of
from ui.pages.services.calendar.page import CalendarPage
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.window import Window


def test_a_line_and_enter_plan_an_appointment_and_the_banner_takes_it_back(
    qtbot: QtBot, window: Window, page: CalendarPage, desk: Desk, ay: UUID
) -> None:
    type_line(qtbot, page, "thu 14:00 psych ays 50", enter=False)
    assert chips(page) == ["Thursday 19 November", "14:00–14:50", "Psychological session", "Aysel", "Leyla A."]
    assert page.planning.preview is not None, "a dashed block stands in the calendar"
    qtbot.keyClick(page.card.line, KEY.Key_Return)
    settle()
    assert planned(desk) == [(ay, date(2026, 11, 19), time(14))]
    assert page.card.text() == ""
    assert QApplication.focusWidget() is page.card.line, "the next one can be typed at once"
    window.run("undo")
    settle()
    assert planned(desk) == []


def test_what_is_not_understood_stays_and_saves_nothing(qtbot: QtBot, page: CalendarPage, desk: Desk) -> None:
    type_line(qtbot, page, "thu 14:00 blah aysel")
    assert planned(desk) == []
    assert "blah" in page.card.problem.text()
    amber = [one for one in page.card.findChildren(QLabel) if one.text() == "blah"]
    assert [one.property("tone") for one in amber] == ["attention"]


def test_a_line_that_lacks_something_says_what(qtbot: QtBot, page: CalendarPage, desk: Desk) -> None:
    type_line(qtbot, page, "14:00 psych aysel")
    assert "day" in page.card.problem.text()
    qtbot.keyClick(page.card.line, KEY.Key_Escape)
    assert (page.card.text(), page.card.problem.text(), planned(desk)) == ("", "", [])


def test_a_series_is_told_with_the_holidays_it_leaves_out(
    qtbot: QtBot, page: CalendarPage, desk: Desk, ay: UUID
) -> None:
    type_line(qtbot, page, "24 dec 10:00 talk aysel weekly until 14.01.2027", enter=False)
    assert "every week, 3 times" in chips(page)
    assert "not on 31 Dec, Day of Solidarity" in chips(page)
    qtbot.keyClick(page.card.line, KEY.Key_Return)
    assert [on for _who, on, _at in planned(desk)] == [date(2026, 12, 24), date(2027, 1, 7), date(2027, 1, 14)]


# --- clashes --------------------------------------------------------------------------------------------------------


def test_two_workers_at_one_hour_are_seen_before_anything_is_saved(
    qtbot: QtBot, page: CalendarPage, desk: Desk, ay: UUID, nur: UUID
) -> None:
    standing = add(desk, ay, at=time(13, 30))
    type_line(qtbot, page, "tue 14:00 psych nur 50")
    strip = page.card.strip
    assert strip.isVisible()
    assert "Leyla A. is with Aysel until 14:20." in strip.words.text()
    assert planned(desk) == [(ay, TODAY, time(13, 30))], "nothing is saved yet"
    assert page.planning.preview is not None
    assert page.planning.preview.clashing == {standing.id}
    button: Any = strip.first_button()
    assert QApplication.focusWidget() is button, "Enter goes to what can be chosen instead"
    assert button.words() == "14:30"
    qtbot.keyClick(button, KEY.Key_Return)
    settle()
    assert planned(desk) == [(ay, TODAY, time(13, 30)), (nur, TODAY, time(14, 30))]
    assert not strip.isVisible()


def test_a_series_is_stopped_by_what_stands_on_a_later_day(
    qtbot: QtBot, page: CalendarPage, desk: Desk, ay: UUID, nur: UUID
) -> None:
    for weeks in range(1, 5):
        add(desk, ay, TODAY + timedelta(weeks=weeks), time(13, 30), room=None)
    before = planned(desk)
    type_line(qtbot, page, "tue 14:00 psych nur 50 weekly until 31.12.2026")
    assert page.card.strip.words.text() == "24 Nov, 1 Dec, 8 Dec, …: Leyla A. is with Aysel until 14:20."
    assert planned(desk) == before, "nothing is saved yet"
    page.card.strip.anyway.click()
    assert len(planned(desk)) == len(before) + 7


def test_the_year_is_said_where_it_is_another_one(qtbot: QtBot, page: CalendarPage, desk: Desk, ay: UUID) -> None:
    type_line(qtbot, page, "24.11.2062 10:00 psych aysel", enter=False)
    assert chips(page)[0] == "Friday 24 November 2062"
    qtbot.keyClick(page.card.line, KEY.Key_Return)
    assert "Friday 24 November 2062, 10:00" in page.banner.accessibleName()


def test_a_series_without_end_says_so_and_saves_nothing(qtbot: QtBot, page: CalendarPage, desk: Desk, ay: UUID) -> None:
    type_line(qtbot, page, "thu 10:00 psych aysel weekly until 24.11.2062")
    assert "more than two years" in page.card.problem.text()
    assert planned(desk) == []


def test_what_was_meant_takes_the_place_of_its_own_word_only(qtbot: QtBot, page: CalendarPage, desk: Desk) -> None:
    page.card.set_text("thu session se")
    page.card._take(Unread("se"), "Sevda")
    assert page.card.text() == "thu session Sevda"


def test_both_can_be_booked_all_the_same(qtbot: QtBot, page: CalendarPage, desk: Desk, ay: UUID, nur: UUID) -> None:
    add(desk, ay, at=time(13, 30))
    type_line(qtbot, page, "tue 14:00 psych nur 50")
    page.card.strip.anyway.click()
    assert planned(desk) == [(ay, TODAY, time(13, 30)), (nur, TODAY, time(14))]


# --- keys -----------------------------------------------------------------------------------------------------------


def test_a_line_that_fits_two_offers_visitors_codes(qtbot: QtBot, page: CalendarPage, desk: Desk, seat: Seat) -> None:
    people.add_person(desk, short_name="Nurlana")
    seat.set_visitor(on=True)
    settle()
    type_line(qtbot, page, "thu 14:00 psych nu", enter=False)
    offered = [one.text() for one in page.card.findChildren(LinkButton) if one.isVisible()]
    assert sum("R-2026-" in words for words in offered) == 2
    assert not [words for words in offered if "Nur" in words]


def test_half_a_line_is_kept_and_gone_on_with_until_it_is_planned(
    qtbot: QtBot, window: Window, page: CalendarPage, desk: Desk, ay: UUID
) -> None:
    type_line(qtbot, page, "thu 14:00 psy", enter=False)
    assert page.line_draft._timer.isActive(), "it is kept after seconds even where nobody goes elsewhere"
    page.line_draft._timer.timeout.emit()
    (draft,) = drafts.my_drafts(desk)
    assert draft.values == {"words": "thu 14:00 psy"}
    type_line(qtbot, page, "thu 14:00 psych ays", enter=False)
    window.go(Place("today"))
    page.card.line.blockSignals(True)
    page.card.line.clear()  # as after a lock, when the page is made anew
    page.card.line.blockSignals(False)
    (draft,) = drafts.my_drafts(desk)
    place = place_of(draft)
    assert place is not None
    window.go(place)
    settle()
    assert page.card.text() == "thu 14:00 psych ays"
    qtbot.keyClick(page.card.line, KEY.Key_Return)
    settle()
    assert planned(desk) == [(ay, date(2026, 11, 19), time(14))]
    assert drafts.my_drafts(desk) == []
