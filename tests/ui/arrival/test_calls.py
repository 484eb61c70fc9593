"""Calls for a place: recorded, decided, kept a bed for, and shown to whoever comes on shift."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shelterdesk import arrival_requests, bed_use, drafts
from shelterdesk.access import Role, rights_of
from shelterdesk.arrival_requests import TURNED_AWAY
from tests.ui.shots import settle
from ui.draft_places import place_of
from ui.pages.arrival.calls_page import CallsPage
from ui.pages.arrival.page import ArrivalPage
from ui.pages.help import HelpPage
from ui.place import Place
from ui.window import Window

TODAY = date(2026, 11, 17)


def calls_page(window: Window, doing: str = "", about: object = None) -> CallsPage:
    window.go(Place("calls", doing=doing, about=about))  # type: ignore[arg-type]
    settle()
    page = window.page()
    assert isinstance(page, CallsPage)
    return page


def test_a_call_is_recorded_decided_and_keeps_a_bed(sample_window: Window) -> None:
    desk = sample_window.seat.desk
    before = len(arrival_requests.waiting_requests(desk))
    sample_window.run("new_call")
    settle()
    page = sample_window.page()
    assert isinstance(page, CallsPage)
    form = page.form
    assert form is not None
    assert not form.form.row("reason").isVisible(), "nothing is turned away yet"
    form.form.set("name_used", "Sona")
    form.form.set("decision", "expected")
    form.form.set("expected_on", TODAY + timedelta(days=1))
    form.form.edited.emit()
    bed = next(use for use in bed_use.beds_on(desk, TODAY) if use.free)
    form.form.editor("bed_id").set_value(bed.bed_id)
    assert form.save()
    settle()
    calls = arrival_requests.waiting_requests(desk)
    assert len(calls) == before + 1
    sona = next(one for one in calls if one.name_used == "Sona")
    held = next(use for use in bed_use.beds_on(desk, TODAY) if use.bed_id == bed.bed_id)
    assert (held.held_until, held.held_for) == (TODAY + timedelta(days=1), "Sona")
    row = next(row for row in page.waiting.rows.rows() if row.key == sona.id)
    assert (row.title, row.detail, row.chip.words if row.chip else "") == ("Sona", "18 Nov", "She comes")
    page.waiting.rows.acted.emit(sona.id)
    settle()
    arrival = sample_window.page()
    assert isinstance(arrival, ArrivalPage)
    assert arrival.form.name.text() == "Sona"


def test_turning_away_is_undone_from_the_banner(sample_window: Window) -> None:
    desk = sample_window.seat.desk
    before = len(arrival_requests.decided_requests(desk))
    page = calls_page(sample_window, "turn_away")
    form = page.form
    assert form is not None
    assert not form.save(), "the reason is asked for"
    assert form.form.row("reason").problem() == "Choose why she was turned away"
    form.form.set("reason", "full")
    assert form.save()
    settle()
    assert len(arrival_requests.decided_requests(desk)) == before + 1
    sample_window.page().banner.acts()[0].click()
    settle()
    assert len(arrival_requests.decided_requests(desk)) == before


def test_a_call_that_stands_is_corrected(sample_window: Window) -> None:
    desk = sample_window.seat.desk
    call = next(one for one in arrival_requests.waiting_requests(desk) if one.decision == "open")
    page = calls_page(sample_window)
    page.waiting.rows.opened.emit(call.id)
    settle()
    form = page.form
    assert form is not None
    form.form.set("decision", TURNED_AWAY)
    form.form.set("reason", "needs_care")
    form.form.edited.emit()
    assert form.form.row("went_to").isVisible()
    form.form.set("went_to", "health")
    assert form.save()
    settle()
    again = arrival_requests.read_request(desk, call.id)
    assert (again.decision, again.reason, again.went_to) == (TURNED_AWAY, "needs_care", "health")


@pytest.mark.long
def test_a_draft_of_a_call_is_gone_on_with(sample_window: Window) -> None:
    desk = sample_window.seat.desk
    page = calls_page(sample_window, "turn_away")
    assert page.form is not None
    page.form.form.set("words", "No bed for a boy of 15")
    page.form.form._changed(next(one for one in page.form.form.fields if one.attribute == "words"))
    sample_window.run("go_today")
    settle()
    (draft,) = [one for one in drafts.my_drafts(desk) if one.record == "arrival_request"]
    place = place_of(draft)
    assert place is not None
    sample_window.go(place)
    settle()
    assert page.form is not None
    assert page.form.form.editor("words").value() == "No bed for a boy of 15"
    assert page.form.title.text() == "Turned away"


def test_today_tells_who_is_expected_and_leads_to_the_arrival(sample_window: Window) -> None:
    card = sample_window.page().people
    titles = {row.title: row.key for row in card.rows.rows()}
    assert "Humay is expected" in titles
    sample_window.seat.set_visitor(on=True)
    settle()
    assert "Humay is expected" not in {row.title for row in card.rows.rows()}
    sample_window.seat.set_visitor(on=False)
    card.rows.opened.emit(titles["Humay is expected"])
    settle()
    page = sample_window.page()
    assert isinstance(page, ArrivalPage)
    assert page.form.name.text() == "Humay"


def test_who_takes_nobody_in_reads_and_changes_nothing(sample_window: Window) -> None:
    sample_window.seat.desk.rights = rights_of([Role.NURSE.value])
    page = calls_page(sample_window)
    assert page.waiting.rows.rows()
    assert all(not row.action for row in page.waiting.rows.rows())
    page.waiting.rows.opened.emit(page.waiting.rows.rows()[0].key)
    settle()
    assert page.form is None


@pytest.mark.parametrize(("page", "told_in"), [("calls", "calls"), ("arrival", "arrival"), ("beds", "stay")])
def test_help_begins_with_the_page_that_is_open(sample_window: Window, page: str, told_in: str) -> None:
    sample_window.go(Place(page))
    settle()
    sample_window.run("help")
    settle()
    help_page = sample_window.page()
    assert isinstance(help_page, HelpPage)
    assert help_page.list.current() == told_in
