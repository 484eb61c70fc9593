"""The card that says who may open a record, and the settings of what each role may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shelterdesk import drafts, restrictions, role_limits
from shelterdesk.access import Caseload, Limit, Right, Role
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from tests.ui.record_acts import fill, words_on
from tests.ui.shots import settle
from ui.place import Place
from ui.window import Window

ASKS = "asks"


def titles(card: Any) -> list[str]:
    return [row.title for row in card.rows.rows()]


def test_a_record_is_made_to_ask_why_and_asks_no_more(
    qtbot: QtBot, window: Window, go: Callable[..., Any], desk: Desk, aysel: Person
) -> None:
    section = go("needs")
    card = section.opens
    assert titles(card) == ["Opens without a question"]
    card.rows.setFocus()
    card.rows.go_to(ASKS)
    qtbot.keyClick(card.rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert section.editor is not None
    qtbot.keyClicks(section.editor.form.row("why").editor, "Her brother is with the police")
    window.run("save")
    settle()
    standing = restrictions.restriction_of(desk, aysel.id)
    assert standing is not None
    assert standing.why == "Her brother is with the police"
    assert titles(card) == ["Asks everybody why"]
    assert card.rows.rows()[0].detail == "Her brother is with the police · since 17 Nov 2026 · Leyla A."
    assert section.person.id == aysel.id, "it stays open before whoever said so"
    card.rows.acted.emit(ASKS)
    settle()
    assert restrictions.restriction_of(desk, aysel.id) is None
    window.run("undo")
    settle()
    again = restrictions.restriction_of(desk, aysel.id)
    assert again is not None
    assert again.why == "Her brother is with the police"


def test_asking_why_needs_a_why(window: Window, go: Callable[..., Any], desk: Desk, aysel: Person) -> None:
    section = go("needs")
    section.opens.ask_why()
    window.run("save")
    assert section.editor.form.row("why").problem() == "Enter «Why it asks»"
    assert restrictions.restriction_of(desk, aysel.id) is None


def test_a_record_is_closed_to_a_colleague_and_opened_again(
    window: Window, go: Callable[..., Any], desk: Desk, aysel: Person, colleague: UUID
) -> None:
    section = go("needs")
    card = section.opens
    card.close_button.click()
    settle()
    fill(section.editor.form, member_id=colleague, why="Her cousin")
    window.run("save")
    settle()
    assert [(one.member_id, one.why) for one in restrictions.who_knows(desk, aysel.id)] == [(colleague, "Her cousin")]
    assert titles(card)[1:] == ["Closed to Nigar H."]
    assert card.rows.rows()[1].detail == "Her cousin"
    card.rows.acted.emit(colleague)
    settle()
    assert restrictions.who_knows(desk, aysel.id) == []
    window.run("undo")
    settle()
    assert [one.member_id for one in restrictions.who_knows(desk, aysel.id)] == [colleague]


def test_who_would_close_out_everybody_is_told_beside_the_form(
    window: Window, go: Callable[..., Any], desk: Desk, aysel: Person
) -> None:
    section = go("needs")
    section.opens.close_to_somebody()
    fill(section.editor.form, member_id=desk.me.id)
    window.run("save")
    assert "has to keep this one open" in section.editor.form.row("member_id").problem()
    window.run("save")
    fill(section.editor.form, member_id=None)
    window.run("save")
    assert section.editor.form.row("member_id").problem() == "Enter «Colleague»"


def test_what_was_typed_is_a_draft_and_goes_on(
    window: Window, go: Callable[..., Any], desk: Desk, aysel: Person
) -> None:
    section = go("needs")
    section.opens.ask_why()
    fill(section.editor.form, why="Her uncle")
    section.keep_drafts()
    (draft,) = drafts.my_drafts(desk)
    go("notes")
    section = go("needs", "continue", draft.id)
    assert section.editor.form.values()["why"] == "Her uncle"


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.PSYCHOLOGIST, Role.NURSE])
def test_who_may_not_does_not_see_the_card(go: Callable[..., Any], desk: Desk, role: Role) -> None:
    role_limits.allow(desk, Role.DIRECTOR, Right.RESTRICT_RECORDS, allowed=False)
    assert Right.RESTRICT_RECORDS not in desk.rights
    assert not go("needs").opens.isVisible()


# --- settings -----------------------------------------------------------------------------------------------------


@pytest.fixture
def roles(window: Window) -> Any:
    window.go(Place("settings", section="roles"))
    settle()
    page: Any = window.page()
    return page.sections["roles"]


def right_row(section: Any, right: Right) -> Any:
    return next(row for row in section.rights.rows() if row.key == right)


def test_a_right_is_taken_with_the_keyboard_and_said_in_words(qtbot: QtBot, roles: Any, desk: Desk) -> None:
    roles.roles.go_to(Role.NURSE)
    roles.choose(Role.NURSE)
    assert roles.card.heading.text() == "Nurse"
    assert "Health" in roles.keys.text()
    roles.rights.setFocus()
    roles.rights.go_to(Right.GIVE_SERVICES)
    qtbot.keyClick(roles.rights, Qt.Key.Key_Space)
    assert role_limits.limits(desk)[Role.NURSE] == Limit(frozenset({Right.GIVE_SERVICES}))
    row = right_row(roles, Right.GIVE_SERVICES)
    assert row.checked is False
    assert row.words() == "Record services, not allowed"
    assert roles.rights.current_key() == Right.GIVE_SERVICES
    assert roles.roles.model().row([*Role].index(Role.NURSE)).step == "does less"
    qtbot.keyClick(roles.rights, Qt.Key.Key_Space)
    assert right_row(roles, Right.GIVE_SERVICES).checked is True


def test_only_what_a_role_has_is_offered(roles: Any) -> None:
    for role in Role:
        roles.choose(role)
        offered = {row.key for row in roles.rights.rows() if row.checked is not None}
        assert offered == set(role_limits.adjustable(role))
        assert roles.caseload_row.isVisibleTo(roles) == (role_limits.Right.SEE_RECORDS in offered)
    roles.choose(Role.DIRECTOR)
    assert right_row(roles, Right.MANAGE_PEOPLE).detail == "goes with the role"


def test_teams_are_asked_for_once_a_role_reaches_its_team(qtbot: QtBot, window: Window, roles: Any, desk: Desk) -> None:
    assert not roles.teams_card.isVisible()
    roles.choose(Role.NURSE)
    team = roles.caseload.buttons()[1]
    qtbot.mouseClick(team, Qt.MouseButton.LeftButton)
    settle()
    assert role_limits.limits(desk)[Role.NURSE].caseload is Caseload.TEAM
    assert roles.teams_card.isVisible()
    roles.teams.setFocus()
    roles.teams.go_to(desk.me.id)
    qtbot.keyClick(roles.teams, Qt.Key.Key_Return)
    settle()
    line = roles.findChild(QLineEdit, "team")
    qtbot.keyClicks(line, "Early shift")
    qtbot.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert restrictions.teams(desk) == {desk.me.id: "Early shift"}
    assert [row.second for row in roles.teams.rows()] == ["Early shift"]
    assert roles.findChild(QLineEdit, "team") is None or not line.isVisible()


def test_the_words_of_a_role_fit(roles: Any, window: Window) -> None:
    roles.choose(Role.CASE_MANAGER)
    settle()
    assert "less than usual here, never more" in words_on(roles)
