"""The section of one person's record: her placements, moved and checked in place."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelterdesk.desk import Desk
from shelterdesk.placements import Placement
from tests.ui.shots import settle
from tests.ui.work.boards import stage_of, words_in
from ui.pages.resident.work import WorkSection
from ui.place import Place
from ui.window import Window


class TestRecord:
    """The section of one person's record."""

    @pytest.fixture
    def section(self, window: Window, iryna: UUID, trial: Placement) -> WorkSection:
        window.seat.go(Place("residents", person_id=iryna, section="work", about=trial.id))
        settle()
        found = window.findChild(WorkSection)
        assert isinstance(found, WorkSection)
        return found

    def test_it_lists_her_placements(self, section: WorkSection, trial: Placement) -> None:
        assert words_in(section.table) == ["Early shift | Sarı Sünbül Bakery | Trial | 11 Nov | 2 days past"]
        assert section.table.current_key() == trial.id
        assert section.check_in.isVisible()

    def test_moving_and_undo(
        self, qtbot: QtBot, desk: Desk, window: Window, section: WorkSection, trial: Placement
    ) -> None:
        section.table.setFocus()
        qtbot.keyClick(section.table, Qt.Key.Key_M)
        settle()
        assert section.is_editing()
        window.run("save")
        settle()
        assert stage_of(desk, trial) == "working"
        assert not section.is_editing()
        window.run("undo")
        settle()
        assert stage_of(desk, trial) == "trial"

    def test_a_form_does_not_follow_to_another_person(
        self, window: Window, section: WorkSection, aysel: UUID, trial: Placement
    ) -> None:
        section.begin_check_in(trial.id)
        assert section.is_editing()
        window.seat.go(Place("residents", person_id=aysel, section="work"))
        settle()
        assert not section.is_editing()
        assert section.empty.isVisible()
