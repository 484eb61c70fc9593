"""The recovery code on the page: one sheet or pieces, the present code where it is needed, papers shown once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shelterdesk import recovery, staff
from shelterdesk.desk import Desk
from shelterdesk.opening import open_desk_with_pieces, open_desk_with_recovery
from shelterdesk.staff import StaffMember
from shelterdesk.vault import WrongRecoveryCode
from shelterdesk.vault.compartments import Compartment
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.widgets.text import Words

Member = Callable[[str], StaffMember]


def words_on(widget: Any) -> str:
    return " ".join(one.text() for one in widget.findChildren(Words) if one.isVisible())


def make_pieces(people: Any) -> Any:
    people.recovery.make_pieces.click()
    settle()
    people.recovery.panel.save.click()
    settle()
    return people.recovery.papers


def test_one_sheet_is_told_and_pieces_are_offered_as_soon_as_there_are_two(people: Any) -> None:
    said = words_on(people.recovery)
    assert "One sheet opens the vault" in said
    assert "It opens everything." in said
    assert people.recovery.offer.isVisible()


def test_pieces_are_offered_on_today_until_a_code_is_made_with_two_people(desk: Desk) -> None:
    assert recovery.is_from_one_person_alone(desk)
    # Signed moments are whole seconds; the second colleague may have joined in this very one.
    time.sleep(1.0)
    recovery.new_recovery_sheet(desk)
    assert not recovery.is_from_one_person_alone(desk)
    recovery.split_recovery(desk)
    assert not recovery.is_from_one_person_alone(desk)


def test_pieces_open_the_vault_together_and_the_sheet_no_more(people: Any, desk: Desk, house: Path) -> None:
    sheet = recovery.new_recovery_sheet(desk)
    papers = make_pieces(people)
    assert len(papers.rows) == 3
    codes = [row._code for row in papers.rows]
    papers.close_button.click()
    settle()
    assert people.recovery.papers is papers, "they are shown nowhere else"
    assert "shown nowhere else" in papers.problem.text()
    papers.rows[0].toggle()
    assert codes[0].replace("-", " ") in papers.rows[0].groups.accessibleName()
    papers.rows[0].toggle()
    assert not papers.rows[0].groups.isVisible()
    papers.safe.setChecked(True)
    papers.close_button.click()
    settle()
    assert people.recovery.papers is None
    assert "3 pieces; any 2 together open the vault" in words_on(people.recovery)
    assert not people.recovery.offer.isVisible()
    desk.close()
    with pytest.raises(WrongRecoveryCode):
        open_desk_with_recovery(house, sheet, why="test")
    open_desk_with_pieces(house, codes[1:], why="test").close()


def test_a_printed_piece_carries_its_keeper_on_paper_only(people: Any, desk: Desk) -> None:
    from shelterdesk.documents.key_papers import recovery_piece

    papers = make_pieces(people)
    row = papers.rows[1]
    row.keeper.setText("Gülnar from the board")
    paper = repr(recovery_piece(row._code.split("-"), 2, 3, 2, desk.vault.name, "en", keeper=row.keeper.text()))
    assert "Gülnar from the board" in paper
    assert "House" not in paper
    assert "Piece 2 of 3" in paper
    assert row._leave()
    settle()
    assert row.printed.isVisible()
    assert acts_of(desk)[0] == "print"
    with desk.read() as db:
        from shelterdesk.schema import log_reading

        logged = repr(log_reading.logged(db, limit=5))
    assert "Gülnar" not in logged


def test_without_a_key_the_present_code_is_asked_for(people: Any, desk: Desk, member: Member, house: Path) -> None:
    sheet = recovery.new_recovery_sheet(desk)
    staff.hand_over(desk, member("nigar").id, [Compartment.CLINICAL])
    people.show_now()
    people.recovery.new_sheet.click()
    settle()
    panel = people.recovery.panel
    assert "You do not hold: Psychological." in words_on(panel)
    panel.save.click()
    assert "whole" in panel.problem.text()
    panel._old[0].line.setText(sheet)
    panel.save.click()
    settle()
    papers = people.recovery.papers
    assert recovery.recovery_state(desk).lacks == frozenset()
    papers.safe.setChecked(True)
    papers.close_button.click()
    settle()
    assert "It opens everything." in words_on(people.recovery)


def test_without_the_present_code_it_says_who_can_complete_it(people: Any, desk: Desk, member: Member) -> None:
    staff.hand_over(desk, member("nigar").id, [Compartment.CLINICAL])
    people.show_now()
    people.recovery.make_pieces.click()
    settle()
    panel = people.recovery.panel
    panel.at_hand.set_value(False)
    panel._show_old(here=False)
    assert "a holder has to add on this page: Psychological" in words_on(panel)
    panel.save.click()
    settle()
    people.recovery.papers.safe.setChecked(True)
    people.recovery.papers.close_button.click()
    settle()
    assert recovery.recovery_state(desk).lacks == {Compartment.CLINICAL}
    said = words_on(people.recovery)
    assert "Not yet in it: Psychological. Who holds the key can add it: Nigar H." in said


def test_a_wrong_present_code_changes_nothing(people: Any, desk: Desk, member: Member) -> None:
    old = recovery.new_recovery_sheet(desk)
    recovery.new_recovery_sheet(desk)
    staff.hand_over(desk, member("nigar").id, [Compartment.CLINICAL])
    people.show_now()
    before = recovery.recovery_state(desk)
    people.recovery.new_sheet.click()
    settle()
    people.recovery.panel._old[0].line.setText(old)
    people.recovery.panel.save.click()
    settle()
    assert people.recovery.papers is None
    assert people.recovery.panel.problem.text() != ""
    assert recovery.recovery_state(desk) == before


def test_a_holder_is_told_who_made_a_code_before_letting_it_open_a_key(
    people: Any, desk: Desk, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff.hand_over(desk, member("nigar").id, [Compartment.CLINICAL])
    people.show_now()
    assert people.recovery.let_open.isHidden()
    recovery.new_recovery_sheet(desk)
    people.show_now()
    assert people.recovery.let_open.isHidden(), "what one holds oneself is in it already"
    state = replace(recovery.recovery_state(desk), can_add=frozenset({Compartment.CLINICAL}))
    monkeypatch.setattr(recovery, "recovery_state", lambda _desk: state)
    let: list[Desk] = []
    monkeypatch.setattr(recovery, "let_recovery_open", let.append)
    people.show_now()
    said = words_on(people.recovery)
    assert "You can let it open: Psychological." in said
    assert "Leyla" in said
    assert not people.recovery.let_open.isHidden()
    people.recovery.let_open.click()
    assert let == [desk]
