"""The stay in the record: nights away, visitors, belongings, the list before leaving, leaving and the days after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QDialog

from shelterdesk import absences, approvals, belongings, follow_ups, leaving, people, rooms, stays, visits
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.schema.acts import Act
from tests.desks import TODAY
from tests.ui.acting import gathered
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.seat import Seat
from ui.window import Window

DAY = timedelta(days=1)
Go = Callable[..., Any]


def test_what_the_house_writes_down_is_shown_and_corrected(go: Go, desk: Desk, aysel: Person, seat: Seat) -> None:
    absences.add_absence(desk, aysel.id, since=TODAY - 2 * DAY, until=TODAY - DAY, kind="family", words="at her aunt's")
    visits.add_visit(desk, aysel.id, on=TODAY, visitor="Aunt Sevda", agreed="yes")
    belongings.take_in(desk, aysel.id, kind="identity_document", what="Passport")
    section = go("stay")
    assert not section.absence_card.table.isHidden()
    section.correct_visit(visits.visits_of(desk, aysel.id)[0].id)
    section.editor.form.set("outcome", "in_house")
    section.editor.save()
    settle()
    assert visits.visits_of(desk, aysel.id)[0].outcome == "in_house"
    section.came_back()
    assert absences.absences_of(desk, aysel.id)[0].back_on == TODAY
    said = gathered(seat.said)
    section.hand_back()
    (thing,) = belongings.belongings_of(desk, aysel.id)
    assert (thing.back_on, thing.back_to) == (TODAY, "her")
    said[-1][2]()
    assert belongings.belongings_of(desk, aysel.id)[0].back_on is None


def test_leaving_asks_what_is_needed_and_puts_the_days_into_the_calendar(go: Go, desk: Desk, aysel: Person) -> None:
    section = go("stay", "leave")
    form = section.editor.form
    assert form.row("harm_lives_there").isHidden()
    form.set("leaving_reason", "returned_home")
    form._follow()
    assert not form.row("harm_lives_there").isHidden()
    assert len(form.ask_on()) == 4
    form.set("harm_lives_there", "perhaps")
    form._follow()
    assert form.ask_on()[0] == TODAY + 7 * DAY
    first = form.days[form.ask_on()[1]]
    first.click()
    form.set("may_call", "yes")
    form._follow()
    assert len(form.ask_on()) == 4, "a day that was refused stays refused"
    assert section.editor.save()
    settle()
    planned = follow_ups.planned_of(desk, aysel.id)
    assert planned[0].on == TODAY + 7 * DAY
    assert len(planned) == 4
    assert not section.after_card.isHidden()
    assert stays.stays_of(desk, aysel.id)[0].harm_lives_there == "perhaps"


def test_who_does_not_want_to_be_asked_is_not(go: Go) -> None:
    section = go("stay", "leave")
    form = section.editor.form
    form.set("leaving_reason", "own_choice")
    form.set("may_call", "no")
    form._follow()
    assert form.ask_on() == []
    assert form.days_row.isHidden()
    form.forget_draft()


def test_a_child_in_her_bed_leaves_with_her_unless_the_tick_is_taken(go: Go, desk: Desk, aysel: Person) -> None:
    child = people.add_person(desk, short_name="Nigar")
    bed = rooms.beds_of(desk)[0].id
    stays.add_stay(desk, child.id, arrived_on=TODAY - DAY, bed_id=bed, shared=True)
    section = go("stay", "leave")
    form = section.editor.form
    (box,) = form.along.values()
    assert (box.text(), box.isChecked()) == ("Nigar", True)
    box.click()
    form.set("leaving_reason", "own_choice")
    assert section.editor.save()
    with desk.read() as db:
        assert set(stays.open_stays(db, TODAY)) == {child.id}


def test_the_list_before_leaving_is_ticked_and_approval_asked(go: Go, desk: Desk, aysel: Person) -> None:
    section = go("stay")
    section.closing_card.fold.setChecked(True)
    section.closing_card.boxes["documents_back"].click()
    assert stays.stays_of(desk, aysel.id)[0].closing == {"documents_back"}
    section.ask_approval()
    section.editor.form.set("request", "All is packed")
    assert section.editor.save()
    settle()
    (stay,) = stays.stays_of(desk, aysel.id)
    standing = leaving.standing_of(desk, stay)
    assert standing.state == approvals.ASKED
    assert not section.closing_card.approval.isHidden()
    assert Act.ASK_APPROVAL.code in acts_of(desk)


def test_how_she_is_after_leaving_is_recorded_on_its_day(go: Go, desk: Desk, aysel: Person, seat: Seat) -> None:
    (stay,) = stays.stays_of(desk, aysel.id)
    leaving.leave(desk, stay, ask_on=[TODAY], left_on=TODAY - 30 * DAY, leaving_reason="plan_reached")
    section = go("stay")
    (day,) = follow_ups.planned_of(desk, aysel.id)
    section.open_follow_up(day.id)
    section.editor.form.set("result", "spoke")
    section.editor.form.set("safe", "yes")
    said = gathered(seat.said)
    assert section.editor.save()
    settle()
    assert follow_ups.planned_of(desk, aysel.id) == []
    (found,) = follow_ups.follow_ups_of(desk, aysel.id)
    assert (found.result, found.safe, found.appointment_id) == ("spoke", "yes", day.id)
    said[-1][2]()
    assert [one.id for one in follow_ups.planned_of(desk, aysel.id)] == [day.id]


def test_the_receipt_opens_on_the_page_and_is_logged_only_when_it_leaves(
    go: Go, desk: Desk, aysel: Person, window: Window
) -> None:
    section = go("stay")
    before = len(acts_of(desk))
    section.print_receipt()
    settle()
    dialog = next(one for one in window.findChildren(QDialog) if one.objectName() == "print_receipt")
    assert dialog.isVisible()
    dialog.close()
    settle()
    assert len(acts_of(desk)) == before
