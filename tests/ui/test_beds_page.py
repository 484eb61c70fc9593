"""The bed board by keys: moving, holding, going away, sharing, what does not fit; and who may only look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import absences, bed_use, belongings, people, rooms, stays, visits
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.schema.acts import Act
from shelterdesk.stays import BedSince, Stay
from tests.core.seats import seat as seat_of
from tests.desks import TODAY
from tests.ui.acting import gathered, shown
from tests.ui.shots import settle
from ui import theme
from ui.pages.beds.page import BedsPage
from ui.place import Place
from ui.seat import Seat

DAY = timedelta(days=1)


@pytest.fixture
def beds(desk: Desk) -> list[UUID]:
    """Two rooms of two beds."""
    site = rooms.sites_of(desk)[0].id
    rooms.add_room(desk, site, 2, name="Blue", kind="women")
    rooms.add_room(desk, site, 2, name="Green", kind="family")
    return [bed.id for bed in rooms.beds_of(desk)]


@pytest.fixture
def ay(desk: Desk, beds: list[UUID]) -> UUID:
    """Sleeps in the first bed."""
    made = people.add_person(desk, short_name="Ay")
    stays.add_stay(desk, made.id, arrived_on=TODAY - 5 * DAY, bed_id=beds[0])
    return made.id


@pytest.fixture
def nur(desk: Desk, ay: UUID, beds: list[UUID]) -> UUID:
    """A child in her bed."""
    made = people.add_person(desk, short_name="Nur")
    stays.add_stay(desk, made.id, arrived_on=TODAY - 5 * DAY, bed_id=beds[0], shared=True)
    return made.id


@pytest.fixture
def page(qtbot: QtBot, seat: Seat, ay: UUID, nur: UUID) -> Iterator[BedsPage]:
    made = BedsPage(seat)
    shown(qtbot, made, 1100)
    made.resize(1100, 700)
    made.show_place(Place("beds"))
    settle()
    yield made
    made.close_editor()


def press(key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        settle()


def where(desk: Desk, person: UUID) -> str:
    return bed_use.bed_names(desk, [person], TODAY).get(person, "")


def test_arrow_keys_and_enter_move_somebody_with_her_child(page: BedsPage, desk: Desk, ay: UUID, nur: UUID) -> None:
    said = gathered(page.seat.said)
    page.go_to_person(ay)
    press(Qt.Key.Key_M)
    assert page.board.only_free
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    assert (where(desk, ay), where(desk, nur)) == ("Green-2", "Green-2")
    assert not page.board.only_free
    undo = said[-1][2]
    undo()
    assert (where(desk, ay), where(desk, nur)) == ("Blue-1", "Blue-1")


def test_esc_leaves_somebody_where_she_is(page: BedsPage, desk: Desk, ay: UUID) -> None:
    page.go_to_person(ay)
    page.do("move")
    assert page.commands().keys() == {"cancel"}
    press(Qt.Key.Key_Escape)
    assert page.commands() == {}
    press(Qt.Key.Key_Return)
    assert where(desk, ay) == "Blue-1"


def test_who_shares_a_bed_gets_one_of_her_own(
    page: BedsPage, desk: Desk, ay: UUID, nur: UUID, beds: list[UUID]
) -> None:
    page.go_to_person(ay)
    page.panel.own_bed_wanted.emit(nur)
    page.pick(beds[3])
    assert (where(desk, ay), where(desk, nur)) == ("Blue-1", "Green-2")
    page.pick(beds[3])
    assert page.panel.shown is not None
    assert page.panel.shown.person_id == nur


def test_somebody_dragged_to_a_free_bed_sleeps_there_and_to_a_used_one_not(
    page: BedsPage, desk: Desk, ay: UUID, beds: list[UUID]
) -> None:
    page.board.moved.emit(beds[0], beds[2])
    assert where(desk, ay) == "Green-1"
    page.board.moved.emit(beds[2], beds[2])
    assert where(desk, ay) == "Green-1"


def test_a_free_bed_is_held_and_let_go_by_one_key(page: BedsPage, desk: Desk, beds: list[UUID]) -> None:
    page.board.go_to(beds[1])
    press(Qt.Key.Key_H)
    assert page.editor is not None
    page.editor.form.set("until", TODAY + 2 * DAY)
    page.editor.form.set("for_whom", "Call from the hotline")
    page.editor.save()
    settle()
    held = next(use for use in bed_use.beds_on(desk, TODAY) if use.bed_id == beds[1])
    assert (held.held_until, held.held_for) == (TODAY + 2 * DAY, "Call from the hotline")
    assert "1 on hold" in page.under.text()
    assert set(page.panel.offered()) == {"end_hold"}
    press(Qt.Key.Key_H)
    assert all(use.held_until is None for use in bed_use.beds_on(desk, TODAY))


def test_away_and_back_and_a_visitor(page: BedsPage, desk: Desk, ay: UUID) -> None:
    page.go_to_person(ay)
    press(Qt.Key.Key_A)
    assert page.editor is not None
    page.editor.form.set("kind", "family")
    page.editor.save()
    settle()
    assert absences.away_on(desk, TODAY)[ay].kind == "family"
    assert "back" in page.panel.offered()
    press(Qt.Key.Key_A)
    assert absences.away_on(desk, TODAY) == {}
    press(Qt.Key.Key_V)
    assert page.editor is not None
    page.editor.form.set("visitor", "Aunt Sevda")
    page.editor.save()
    assert [one.visitor for one in visits.visits_of(desk, ay)] == ["Aunt Sevda"]
    press(Qt.Key.Key_B)
    assert page.editor is not None
    page.editor.form.set("kind", "keys")
    page.editor.save()
    assert [one.kind for one in belongings.belongings_of(desk, ay)] == ["keys"]


def test_leaving_from_the_board_takes_the_child_along(page: BedsPage, desk: Desk, ay: UUID, nur: UUID) -> None:
    page.go_to_person(ay)
    press(Qt.Key.Key_L)
    assert page.editor is not None
    page.editor.form.set("leaving_reason", "left_without_word")
    page.editor.save()
    settle()
    with desk.read() as db:
        assert stays.open_stays(db, TODAY) == {}
    assert nur


def test_what_does_not_fit_is_put_right_on_the_page(page: BedsPage, desk: Desk, beds: list[UUID]) -> None:
    assert page.problems.isHidden()
    gul = people.add_person(desk, short_name="Gül")
    with desk.write(Act.IMPORT) as db:
        stay = Stay(person_id=gul.id, arrived_on=TODAY - DAY)
        db.add(stay)
        db.add(BedSince(stay_id=stay.id, person_id=gul.id, since=TODAY - DAY, bed_id=beds[0]))
    page.refresh()
    assert not page.problems.isHidden()
    (row,) = page.problems.rows.rows()
    assert "Two people have one bed" in row.detail
    said = gathered(page.seat.said)
    page.problems.rows.acted.emit(row.key)
    settle()
    assert where(desk, gul.id) == ""
    assert said[-1][2] is not None


def test_a_full_house_says_so_and_offers_to_note_who_is_turned_away(
    page: BedsPage, desk: Desk, beds: list[UUID]
) -> None:
    assert page.turn_away.isHidden()
    for bed in beds[1:]:
        stays.hold_bed(desk, bed, TODAY)
    page.refresh()
    assert "full tonight" in page.under.text()
    assert not page.turn_away.isHidden()
    wanted = gathered(page.seat.place_wanted)
    page.turn_away.click()
    assert wanted == [Place("calls", doing="turn_away")]


def test_visitor_mode_masks_every_name_on_the_board(page: BedsPage, desk: Desk, ay: UUID, beds: list[UUID]) -> None:
    stays.hold_bed(desk, beds[1], TODAY, for_whom="Sona")
    page.seat.set_visitor(on=True)
    page.refresh()
    page.go_to_person(ay)
    shown_words = {button.tile.words for button in page.board.buttons()}
    told = " ".join([*shown_words, *(button.tile.detail for button in page.board.buttons())])
    told += " ".join(button.accessibleName() for button in page.board.buttons())
    assert "Ay" not in shown_words
    assert "Sona" not in told
    assert page.panel.offered()


def test_who_may_not_keep_stays_sees_the_board_and_changes_nothing(
    qapp: QApplication, qtbot: QtBot, desk: Desk, ay: UUID, beds: list[UUID]
) -> None:
    theme.apply(qapp, "light")
    officer = Seat(seat_of(desk, Role.VOCATIONAL_OFFICER))
    page = BedsPage(officer)
    shown(qtbot, page, 1100)
    page.show_place(Place("beds"))
    page.go_to_person(ay)
    assert set(page.panel.offered()) == {"record"}
    assert not any(button.tile.movable for button in page.board.buttons())
    page.do("move")
    page.board.go_to(beds[1])
    assert page.panel.offered() == ()
    page.close_editor()
    officer.close()
    officer.deleteLater()
