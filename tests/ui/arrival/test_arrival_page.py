"""The page at the door: who may be on file, what is kept when somebody is called away, and what goes wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from shelterdesk import alerts, arrival_requests, bed_use, drafts, people, residents, sample, stays
from shelterdesk.arrivals import WithHer
from shelterdesk.desk import Desk
from shelterdesk.documents.bed_card import BED_CARD
from shelterdesk.folding import fold
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.settings import Settings
from tests.desks import Clock
from tests.ui.shots import settle
from ui.dialogs import print_only
from ui.draft_places import place_of, words_for
from ui.pages.arrival.page import FROM_CALL, ArrivalPage
from ui.place import Place
from ui.printing.preview import PreviewDialog
from ui.seat import Seat
from ui.window import Window

TODAY = date(2026, 11, 18)


def new_people(desk: Desk) -> list[Person]:
    with desk.read() as db:
        return list(db.scalars(select(Person).where(Person.registered_on == TODAY).order_by(Person.code)))


def write(page: ArrivalPage, words: str) -> None:
    page.form.name.setFocus()
    # Keys of a test know no letters beyond Latin-1.
    page.form.name.setText(words)
    page.form.name.textEdited.emit(words)


def choose_bed(page: ArrivalPage) -> str:
    page.form.beds.choice.free_buttons()[-1].click()
    return page.form.beds.said.text()


def somebody_gone(desk: Desk) -> tuple[Person, str]:
    """Return one of the invented people who lived here once and whose name no other sounds like."""
    with desk.read() as db:
        everybody = list(db.scalars(select(Person).where(Person.archived_at.is_(None)).order_by(Person.code)))
    for person in everybody:
        found = stays.stays_of(desk, person.id)
        alike = [one for one in everybody if fold(one.shown_name)[:4] == fold(person.shown_name)[:4]]
        if found and all(one.left_on for one in found) and len(alike) == 1 and person.shown_name != person.code:
            return person, person.shown_name
    raise AssertionError("nobody left")


# --- who may be on file -------------------------------------------------------------------------------------------


def test_who_was_here_before_comes_back_to_her_record(qtbot: QtBot, night: Window, page: ArrivalPage) -> None:
    desk = night.seat.desk
    person, name = somebody_gone(desk)
    before = len(stays.stays_of(desk, person.id))
    write(page, name)
    qtbot.waitUntil(page.hint.isVisible)
    assert page.hint.name.text() == name
    assert page.hint.more.text().startswith("Was here before, until")
    QTest.keyClick(page.form.name, Qt.Key.Key_Down)
    assert page.hint.her.hasFocus(), "the arrow leads to the hint, and no mouse is needed"
    QTest.keyClick(page.hint.her, Qt.Key.Key_Return)
    assert page.form.code.chip().words == person.code
    assert page.hint.her.isHidden()
    choose_bed(page)
    page.form.set("flags", {"hurt"})
    assert page.save()
    settle()
    assert new_people(desk) == []
    assert len(stays.stays_of(desk, person.id)) == before + 1
    assert "hurt" in [one.kind for one in alerts.alerts_of(desk, person.id)]
    night.page().banner.acts()[0].click()
    settle()
    assert len(stays.stays_of(desk, person.id)) == before


@pytest.mark.long
def test_not_her_is_asked_once_and_she_can_be_new_after_all(qtbot: QtBot, night: Window, page: ArrivalPage) -> None:
    desk = night.seat.desk
    person, name = somebody_gone(desk)
    write(page, name)
    qtbot.waitUntil(page.hint.isVisible)
    page.hint.her.click()
    assert page.form.returning_id == person.id
    page.hint.other.click()
    assert page.form.returning_id is None
    assert page.form.code.chip().words.startswith("R-2026-")
    assert page.form.code.chip().words != person.code
    QTest.keyClicks(page.form.name, " ")
    qtbot.wait(250)
    assert not page.hint.isVisible() or page.hint.code.text() != person.code
    choose_bed(page)
    assert page.save()
    assert [one.short_name for one in new_people(desk)] == [name]


def test_the_hint_tells_a_night_worker_no_legal_name(qtbot: QtBot, night: Window, page: ArrivalPage) -> None:
    assert all(not entry.full_name for entry in night.seat.index.entries)
    assert any(entry.name for entry in night.seat.index.entries)


@pytest.mark.long
def test_visitor_mode_masks_hint_and_beds(qtbot: QtBot, night: Window, page: ArrivalPage) -> None:
    _person, name = somebody_gone(night.seat.desk)
    write(page, name)
    qtbot.waitUntil(page.hint.isVisible)
    night.seat.set_visitor(on=True)
    settle()
    assert page.hint.name.text() == "•••"
    reasons = {button.toolTip() for button in page.form.beds.choice.findChildren(QAbstractButton)}
    assert "used by •••" in reasons
    assert [one for one in reasons - {"", "used"} if not one.endswith("•••")] == []
    assert next(row.title for row in page.expected.rows.rows()) == "•••"


# --- what is kept ---------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_whoever_is_called_away_finds_the_form_as_it_was(night: Window, page: ArrivalPage) -> None:
    write(page, "Lala")
    bed = choose_bed(page)
    night.run("go_today")
    settle()
    assert [words_for(one) for one in drafts.my_drafts(night.seat.desk)] == ["Arrival"]
    night.run("new_arrival")
    settle()
    assert page.form.name.text() == "Lala"
    assert page.form.beds.said.text() == bed
    assert page.save()
    assert drafts.my_drafts(night.seat.desk) == []


def test_a_vault_that_locks_half_way_loses_nothing(
    qtbot: QtBot, night: Window, page: ArrivalPage, clock: Clock, tmp_path
) -> None:
    desk = night.seat.desk
    person, name = somebody_gone(desk)
    write(page, name)
    qtbot.waitUntil(page.hint.isVisible)
    page.hint.her.click()
    page.form.set("flags", {"allergy"})
    page.form.which.setText("penicillin")
    page.form.children_field.show_children([WithHer("Timur", 6, "man", shares_bed=False)])
    page.form.called.click()
    bed = choose_bed(page)
    folder = desk.vault.folder
    night.keep_drafts()
    night.hide()
    night.seat.close()
    lock_desk(desk, "idle")
    again = open_desk(folder, "tural", sample.PASSPHRASE, clock=clock)
    seat = Seat(again)
    window = Window(seat, Settings(tmp_path / "again.toml"))
    window.resize(1366, 768)
    window.show()
    qtbot.waitUntil(lambda: not seat.worker.is_busy())
    try:
        (draft,) = drafts.my_drafts(again)
        place = place_of(draft)
        assert place is not None
        window.go(place)
        settle()
        shown = window.page()
        assert isinstance(shown, ArrivalPage)
        form = shown.form
        assert (form.name.text(), form.returning_id) == (name, person.id)
        assert shown.hint.is_her()
        assert form.which.text() == "penicillin"
        assert form.along() == (WithHer("Timur", 6, "man", shares_bed=False),)
        assert form.beds.said.text() == bed
        assert form.called.words() == "called 03:12"
        assert shown.save()
        settle()
        assert len(new_people(again)) == 1, "the child; she has her record"
        words = {one.kind: one.words for one in alerts.alerts_of(again, person.id)}
        assert words["allergy"] == "penicillin"
    finally:
        window.hide()
        seat.close()
        again.close()
        window.deleteLater()
        seat.deleteLater()
        settle()


def test_cancel_can_be_taken_back(night: Window, page: ArrivalPage) -> None:
    write(page, "Lala")
    night.run("cancel")
    settle()
    assert drafts.my_drafts(night.seat.desk) == []
    night.page().banner.acts()[0].click()
    settle()
    shown = night.page()
    assert isinstance(shown, ArrivalPage)
    assert shown.form.name.text() == "Lala"


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_each_problem_stands_at_its_row_and_nothing_is_saved(night: Window, page: ArrivalPage) -> None:
    form = page.form
    form.day.set_value(TODAY + timedelta(days=3))
    form.time.setText("25:99")
    assert not page.save()
    assert form.row("arrived_at").problem()
    form.time.setText("3:12")
    form.km.setText("far")
    assert not page.save()
    assert form.row("distance_km").problem().startswith("Enter the kilometres")
    form.km.setText("")
    form.children_field.more.click()
    form.children_field.lines()[0].age.setText("40")
    assert not page.save()
    assert "cannot be after today" in form.row("arrived_on").problem()
    assert "from 0 to 17" in form.row("children").problem()
    assert form.row("bed_id").problem().startswith("Choose a bed")
    form.children_field.lines()[0].age.setText("")
    assert not page.save()
    assert form.row("children").problem().startswith("Enter a name, an age")
    assert new_people(night.seat.desk) == []


@pytest.mark.long
def test_huge_words_are_kept_within_bounds(night: Window, page: ArrivalPage) -> None:
    write(page, "L" * 500)
    page.form.by_whom.setText("x" * 5_000)
    page.form.km.setText("9" * 30)
    choose_bed(page)
    assert not page.save()
    assert "too large" in page.form.row("distance_km").problem()
    page.form.km.setText("12")
    assert page.save()
    (somebody,) = new_people(night.seat.desk)
    assert len(somebody.short_name) == 80


def test_a_bed_that_was_given_away_meanwhile_is_told(night: Window, page: ArrivalPage) -> None:
    desk = night.seat.desk
    write(page, "Lala")
    choose_bed(page)
    other = people.add_person(desk, short_name="Botir")
    stays.add_stay(desk, other.id, arrived_on=TODAY, bed_id=page.form.beds.value())
    assert not page.save()
    assert "taken" in page.form.row("bed_id").problem()
    assert page.form.beds.said.text() == "No bed chosen"
    choose_bed(page)
    assert page.save()
    assert [one.short_name for one in new_people(desk)] == ["Botir", "Lala"]


def test_a_full_house_sends_nobody_away(night: Window, page: ArrivalPage) -> None:
    desk = night.seat.desk
    for use in bed_use.beds_on(desk, TODAY):
        if use.free:
            stays.hold_bed(desk, use.bed_id, TODAY)
    page.refresh()
    assert page.form.beds.full.isVisible()
    assert "held" in page.form.beds.legend.accessibleName()
    page.form.beds.without.click()
    before = residents.list_counts(desk)["here_now"]
    assert page.save()
    assert residents.list_counts(desk)["here_now"] == before + 1


def test_none_of_these_and_a_flag_do_not_stand_together(night: Window, page: ArrivalPage) -> None:
    form = page.form
    form.flags.toggles()[0].click()
    assert form.flags.value() == {"doctor_needed"}
    form.none.click()
    assert form.flags.value() == frozenset()
    assert form.editor("nothing_seen").value() is True
    form.flags.toggles()[1].click()
    assert form.editor("nothing_seen").value() is None
    assert not form.which_row.isVisible()
    form.flags.toggles()[-1].click()
    assert form.which_row.isVisible(), "an allergy asks which"


# --- a call becomes the arrival, and the card for the bed -------------------------------------------------------------


def test_a_press_on_who_is_expected_fills_in_what_the_call_told(night: Window, page: ArrivalPage) -> None:
    desk = night.seat.desk
    call = arrival_requests.waiting_requests(desk)[0]
    held = next(use.bed_id for use in bed_use.beds_on(desk, TODAY) if use.free)
    stays.hold_bed(desk, held, TODAY, for_whom="Humay", about_id=call.id)
    page.expected.rows.opened.emit(call.id)
    settle()
    form = page.form
    assert night.trail.here == Place("arrival", doing=FROM_CALL, about=call.id)
    assert (form.name.text(), form.km.text(), form.flags.value()) == ("Humay", "95", {"looked_for"})
    assert len(form.children_field.lines()) == 1
    form.children_field.lines()[0].age.setText("3")
    form.beds.set_value(held)
    assert form.beds.value() == held, "what is kept for her can be chosen"
    assert page.save()
    assert call.id not in {one.id for one in arrival_requests.waiting_requests(desk)}
    assert len(new_people(desk)) == 2


def test_the_bed_card_is_shown_after_saving_and_printing_is_logged(
    night: Window, page: ArrivalPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    show = print_only.PreviewDialog

    def preview(document: object, **more: object) -> PreviewDialog:
        shown.append(document)
        return show(document, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(print_only, "PreviewDialog", preview)
    monkeypatch.setattr(print_only, "ask_printer", lambda _dialog, _document, leave: leave())
    write(page, "Lala")
    bed = choose_bed(page)
    assert page.save(another=True)
    settle()
    (dialog,) = night.findChildren(PreviewDialog)
    text = str(shown[0])
    assert "Lala" in text
    assert bed in text
    dialog.print_requested.emit()
    settle()
    desk = night.seat.desk
    with desk.read() as db:
        newest = log_reading.logged(db, limit=1)[0]
    assert newest.act == "print"
    assert BED_CARD in {change.after for change in newest.changes}
