"""Colleagues on the page: inviting, names and roles, a new code, suspending, removing; with the real core."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import staff
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.opening import accept_invitation, open_desk
from shelterdesk.staff import StaffMember
from shelterdesk.vault import KdfCost, WrongPassphrase
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import Standing
from tests.desks import PASSPHRASE
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.printing.preview import PreviewDialog
from ui.widgets.text import Words

Member = Callable[[str], StaffMember]


def words_on(widget: Any) -> str:
    return " ".join(one.text() for one in widget.findChildren(Words) if one.isVisible())


def invite(qtbot: QtBot, people: Any, name: str, shown: str, *roles: str) -> Any:
    people.colleagues.invite.setFocus()
    people.colleagues.invite.click()
    settle()
    panel = people.panel
    assert QApplication.focusWidget() is panel.user_name
    qtbot.keyClicks(panel.user_name, name)
    qtbot.keyClick(panel.user_name, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is panel.shown_as
    # Qt's test keyboard has Latin letters only.
    panel.shown_as.setText(shown)
    for role in roles:
        panel.roles.boxes[role].setChecked(True)
    return panel


def test_the_list_tells_roles_and_who_is_not_here(people: Any, desk: Desk, member: Member) -> None:
    staff.suspend(desk, member("tural").id, "long leave")
    staff.invite(desk, "rashad", "Rəşad T.", ("lawyer",))
    people.show_now()
    rows = {row.name: (row.step, row.trailing) for row in people.colleagues.list.rows()}
    assert rows["Leyla A."][1] == "you"
    assert rows["Nigar H."] == ("Psychologist", "")
    assert rows["Rəşad T."][0] == "Lawyer"
    assert rows["Rəşad T."][1].startswith("Invited until")
    assert rows["Tural M."] == ("Night worker", "Suspended")


def test_the_form_says_beforehand_what_the_code_opens(qtbot: QtBot, people: Any) -> None:
    panel = invite(qtbot, people, "rashad", "Rəşad T.", "lawyer")
    assert panel.gets.text() == "Opens with the code: House, Identity, Social work"
    assert panel.waits.text() == "You give after the first sign-in: Legal"
    panel.roles.boxes["lawyer"].setChecked(False)
    panel.roles.boxes["administrator"].setChecked(True)
    assert panel.gets.text() == "Opens with the code: no record"
    assert not panel.waits.isVisible()


def test_an_invitation_shows_the_code_once_and_prints_a_slip(qtbot: QtBot, people: Any, desk: Desk) -> None:
    panel = invite(qtbot, people, "rashad", "Rəşad T.", "lawyer")
    panel.save.click()
    settle()
    card = people.invitation
    code = card.invitation.code
    assert code.replace("-", " ") in card.code.accessibleName()
    assert "Legal: you give it after the first sign-in" in words_on(card)
    card.copy.click()
    assert QApplication.clipboard().text() == code
    dialog = card.print_slip()
    assert isinstance(dialog, PreviewDialog)
    assert dialog.findChild(Words) is not None
    dialog.reject()
    settle()
    assert "print" not in acts_of(desk), "closed without printing"
    card.close_button.click()
    settle()
    assert people.invitation is None
    assert code not in words_on(people)


def test_a_slip_is_logged_and_names_neither_shelter_person_nor_role(qtbot: QtBot, people: Any, desk: Desk) -> None:
    from shelterdesk.documents.key_papers import note_key_paper, setup_slip

    panel = invite(qtbot, people, "rashad", "Rəşad T.", "lawyer")
    panel.save.click()
    settle()
    invitation = people.invitation.invitation
    paper = repr(setup_slip(invitation.code.split("-"), invitation.until, "en"))
    for word in ("House", "Rəşad", "rashad", "awyer", desk.vault.name):
        assert word not in paper
    assert invitation.code.split("-")[0] in paper
    note_key_paper(desk, "setup_slip")
    assert acts_of(desk)[0] == "print"


def test_what_is_missing_is_said_at_its_field(qtbot: QtBot, people: Any, desk: Desk) -> None:
    panel = invite(qtbot, people, "nigar", "Nigar Again", "lawyer")
    panel.save.click()
    assert "Somebody else" in panel.rows["user_name"].problem()
    panel.user_name.setText("rashad")
    panel.roles.boxes["lawyer"].setChecked(False)
    panel.save.click()
    assert panel.rows["user_name"].problem() == ""
    assert "at least one role" in panel.problem.text()
    assert {one.user_name for one in staff.everybody(desk)} == {"leyla", "nigar", "tural"}


def test_name_and_roles_are_changed_in_place(people: Any, member: Member, on: Any) -> None:
    panel = on("tural", "edit")
    panel.user_name.setText("tural.m")
    panel.shown_as.setText("Tural Məmmədli")
    panel.roles.boxes["reception"].setChecked(True)
    panel.save.click()
    settle()
    found = member("tural.m")
    assert found.name == "Tural Məmmədli"
    assert set(found.roles) == {"night_worker", "reception"}
    assert people.chosen == found.id


def test_the_last_who_manages_people_keeps_the_role(people: Any, member: Member, on: Any) -> None:
    panel = on("leyla", "edit")
    panel.roles.boxes["director"].setChecked(False)
    panel.save.click()
    assert "Nobody else could manage people" in panel.problem.text()
    assert "director" in member("leyla").roles


def test_a_new_code_names_first_what_it_leaves_out(
    people: Any, member: Member, on: Any, desk: Desk, house: Path
) -> None:
    staff.give(desk, member("nigar").id, [Compartment.CLINICAL])
    people.show_now()
    panel = on("nigar", "new_code")
    assert "You give again after the first sign-in: Psychological." in words_on(panel)
    panel.save.click()
    settle()
    code = people.invitation.invitation.code
    desk.close()
    with pytest.raises(ShelterDeskError):
        open_desk(house, "nigar", PASSPHRASE)
    accept_invitation(house, "nigar", code, "lantern pigeon walnut", cost=KdfCost.for_tests()).close()


def test_suspending_and_letting_in_again(people: Any, member: Member, on: Any) -> None:
    panel = on("tural", "suspend")
    panel.save.click()
    assert panel.rows["why"].problem() != ""
    panel.why.setText("Long leave")
    panel.save.click()
    settle()
    assert member("tural").standing is Standing.SUSPENDED
    assert "suspend" not in people.card.buttons
    people.card.buttons["resume"].click()
    settle()
    assert member("tural").standing is Standing.ACTIVE


def test_nobody_suspends_or_removes_oneself(people: Any, on: Any) -> None:
    on("leyla")
    assert not {"suspend", "remove", "new_code", "take_back", "give", "hand_over"} & set(people.card.buttons)


def test_removing_says_what_happens_and_replaces_the_keys(
    qtbot: QtBot, people: Any, member: Member, on: Any, desk: Desk, house: Path
) -> None:
    panel = on("nigar", "remove")
    said = words_on(panel)
    assert "This cannot be undone" in said
    assert "Replaced now: the key of the vault, House, Identity, Social work." in said
    assert "A backup is made first" in said
    panel.save.click()
    qtbot.waitUntil(lambda: panel.rows["why"].problem() != "", timeout=20_000)
    assert member("nigar").standing is Standing.ACTIVE
    panel.why.setText("Left for another town")
    panel.save.click()
    assert panel.progress.isVisible()
    qtbot.waitUntil(lambda: people.panel is None, timeout=30_000)
    settle()
    assert member("nigar").standing is Standing.REMOVED
    people.choose(member("nigar").id)
    settle()
    assert "works here no more" in words_on(people.card)
    assert people.card.buttons == {}
    desk.close()
    with pytest.raises(WrongPassphrase):
        open_desk(house, "nigar", PASSPHRASE)
    open_desk(house, "tural", PASSPHRASE).close()


def test_whoever_only_holds_keys_may_give_them_and_no_more(
    qtbot: QtBot, house: Path, tmp_path: Path, desk: Desk
) -> None:
    from shelterdesk.settings import Settings
    from ui.place import Place
    from ui.seat import Seat
    from ui.window import Window

    desk.close()
    nigar = open_desk(house, "nigar", PASSPHRASE)
    seat = Seat(nigar)
    window = Window(seat, Settings(tmp_path / "settings.toml"))
    window.resize(1366, 768)
    window.show()
    window.go(Place("settings", section="people"))
    settle()
    page: Any = window.page()
    people = page.sections["people"]
    tural = next(one for one in people.members if one.user_name == "tural")
    people.choose(tural.id)
    settle()
    assert not people.colleagues.invite.isVisible()
    assert not people.recovery.isVisible()
    assert set(people.card.buttons) == {"give", "deputise", "hand_over"}
    window.hide()
    seat.close()
    nigar.close()
    window.deleteLater()
    seat.deleteLater()
    settle()


def test_visitors_read_no_names(people: Any) -> None:
    people.seat.set_visitor(on=True)
    people.show_now()
    settle()
    assert {row.name for row in people.colleagues.list.rows()} == {"•••"}
    assert "Leyla" not in words_on(people)
