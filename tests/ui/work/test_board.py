"""The board with real widgets: stages, moves and check-ins by keys, undo, masks, the sidebar, rights."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from shelterdesk import drafts, notes, placements
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.documents.work_list import work_list
from shelterdesk.placements import Placement
from shelterdesk.work import read_work
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from tests.ui.work.boards import TODAY, board_of, placement_form, stage_of, words_in, work_page
from ui.dialogs import print_only
from ui.place import Place
from ui.widgets.masked_value import MaskedValue
from ui.window import Window


def test_an_empty_house_is_offered_its_first_placement(window: Window) -> None:
    board = board_of(window)
    assert board.empty.isVisible()
    assert not board.table.isVisible()
    board.empty.button.click()
    settle()
    assert placement_form(window).form.has("person_id")


def test_placements_stand_in_their_stage_and_the_late_check_in_is_chosen(
    desk: Desk, window: Window, aysel: UUID, trial: Placement
) -> None:
    placements.add_placement(desk, aysel, stage="looking", since=TODAY, kind="course")
    board = board_of(window)
    assert words_in(board.table) == [
        "Looking 1",
        "Aysel M., R-2026-001 | Vocational course | not yet | 17 Nov | no date yet",
        "Trial 1",
        "Iryna, R-2026-002 | Early shift | Sarı Sünbül Bakery | 11 Nov | 2 days past",
    ]
    assert board.table.current_key() == trial.id
    assert [stage.accessibleName() for stage in board.strip.stages()][:3] == ["Looking, 1", "Applied, 0", "Trial, 1"]


def test_a_stage_filters_and_says_when_nobody_is_there(window: Window, trial: Placement) -> None:
    board = board_of(window)
    board.strip.stages()[0].click()
    assert board.empty.words.text() == "Nobody is at «Looking» now."
    board.strip.stages()[2].click()
    assert words_in(board.table)[0] == "Trial 1"
    board.strip.stages()[2].click()
    assert board.strip.value() is None


def test_m_moves_to_the_next_stage_and_undo_takes_it_back(
    qtbot: QtBot, desk: Desk, window: Window, trial: Placement
) -> None:
    board = board_of(window)
    qtbot.keyClick(board.table, Qt.Key.Key_M)
    settle()
    assert board.is_editing()
    editor = board.table.editor()
    assert editor is not None
    assert editor.isAncestorOf(QApplication.focusWidget())
    window.run("save")
    settle()
    assert stage_of(desk, trial) == "working"
    assert not board.is_editing()
    assert words_in(board.table)[0] == "Working 1"
    board.banner.acts()[0].click()
    settle()
    assert stage_of(desk, trial) == "trial"
    assert words_in(board.table)[0] == "Trial 1"


def test_a_move_without_a_day_is_refused_at_the_field(
    qtbot: QtBot, desk: Desk, window: Window, trial: Placement
) -> None:
    board = board_of(window)
    board.begin_move(trial.id)
    assert board._editor is not None
    form = board._editor.form
    form.set("since", None)
    window.run("save")
    assert form.row("since").problem() == "Enter «Since»"
    assert board.is_editing()
    form.set("since", TODAY - timedelta(days=30))
    form.set("stage", "ended")
    window.run("save")
    assert form.row("since").problem() == "It cannot end before it starts"
    assert stage_of(desk, trial) == "trial"
    window.run("cancel")
    settle()
    assert not board.is_editing()


def test_the_end_asks_why(desk: Desk, window: Window, trial: Placement) -> None:
    board = board_of(window)
    board.begin_move(trial.id)
    assert board._editor is not None
    form = board._editor.form
    assert not form.row("end_reason").isVisible()
    segments = form.editor("stage").widget
    segments.buttons()[-1].click()  # type: ignore[attr-defined]
    assert form.row("end_reason").isVisible()
    form.set("end_reason", "contract_ended")
    window.run("save")
    settle()
    row = read_work(desk).row(trial.id)
    assert row is not None
    assert (row.stage, row.placement.end_reason, row.placement.ended_on) == ("ended", "contract_ended", TODAY)
    assert words_in(board.table) == ["Ended 1"]


def test_c_records_a_check_in_with_a_note(
    qtbot: QtBot, desk: Desk, window: Window, iryna: UUID, trial: Placement
) -> None:
    board = board_of(window)
    qtbot.keyClick(board.table, Qt.Key.Key_C)
    settle()
    assert board._editor is not None
    form = board._editor.form
    form.set("words", "Paid on Friday.")
    form.set("check_in_on", TODAY + timedelta(days=14))
    form.set("check_in_words", "First pay slip")
    window.run("save")
    settle()
    assert words_in(board.table)[1].endswith("1 Dec, First pay slip")
    assert [note.work_text for note in notes.notes_of(desk, iryna)] == ["Paid on Friday."]
    board.banner.acts()[0].click()
    settle()
    assert words_in(board.table)[1].endswith("2 days past")
    assert notes.notes_of(desk, iryna) == []


def test_a_cancelled_check_in_can_be_had_back(qtbot: QtBot, window: Window, trial: Placement) -> None:
    board = board_of(window)
    board.begin_check_in(trial.id)
    assert board._editor is not None
    area = board._editor.form.row("words").editor
    area.setFocus()
    qtbot.keyClicks(area, "Likes it")
    window.run("cancel")
    settle()
    assert not board.is_editing()
    board.banner.acts()[0].click()
    settle()
    assert board.is_editing()
    assert board._editor.form.editor("words").value() == "Likes it"
    window.run("cancel")


def test_a_check_in_draft_is_continued_below_its_row(
    qtbot: QtBot, desk: Desk, window: Window, trial: Placement
) -> None:
    board = board_of(window)
    board.begin_check_in(trial.id)
    assert board._editor is not None
    area = board._editor.form.row("words").editor
    area.setFocus()
    qtbot.keyClicks(area, "Half a sentence")
    window.keep_drafts()
    (draft,) = drafts.my_drafts(desk)
    board._close_editor()
    board = board_of(window, doing="new_placement", about=draft.target_id)
    assert board.is_editing()
    assert board._editor is not None
    assert board._editor.form.editor("words").value() == "Half a sentence"


def test_enter_opens_the_record_at_work_and_training(qtbot: QtBot, window: Window, trial: Placement) -> None:
    board = board_of(window)
    places: list[Place] = []
    window.seat.place_wanted.connect(places.append)
    qtbot.keyClick(board.table, Qt.Key.Key_Return)
    settle()
    assert places[0].page == "residents"
    assert (places[0].section, places[0].about) == ("work", trial.id)


def test_the_menu_of_a_row_offers_what_its_keys_do(desk: Desk, window: Window, trial: Placement) -> None:
    board = board_of(window)
    menu = board.menu_for(trial.id)
    assert [action.text() for action in menu.actions()] == [
        "Open the record", "Move to another stage…", "Record a check-in…", "Edit", "Archive",
    ]  # fmt: skip
    menu.actions()[-1].trigger()
    settle()
    assert read_work(desk).rows == ()
    board.banner.acts()[0].click()
    settle()
    assert len(read_work(desk).rows) == 1
    menu.deleteLater()


def test_the_contact_of_a_partner_is_masked_until_asked_for(window: Window, trial: Placement) -> None:
    board = board_of(window)
    (contact,) = board.card.findChildren(MaskedValue)
    assert "055" not in contact.words.text()
    contact.button.click()
    assert contact.words.text() == "Rauf, 055 000 00 11"
    window.run("show_masked")
    assert contact.is_masked()


def test_visitor_mode_masks_people_and_partners(window: Window, trial: Placement) -> None:
    board = board_of(window)
    window.seat.set_visitor(on=True)
    settle()
    text = " ".join(words_in(board.table))
    assert "Iryna" not in text
    assert "Sünbül" not in text
    (contact,) = board.card.findChildren(MaskedValue)
    contact.button.click()
    assert "055" not in contact.words.text()
    work_page(window, doing="new_placement")
    form = placement_form(window)
    choice = form.form.editor("person_id").widget
    assert "Iryna" not in " ".join(choice.itemText(n) for n in range(choice.count()))  # type: ignore[attr-defined]


def test_check_ins_are_listed_by_their_day(desk: Desk, window: Window, aysel: UUID, trial: Placement) -> None:
    for days in (0, 3, 30):
        placements.add_placement(
            desk,
            aysel,
            stage="looking",
            since=TODAY,
            kind="work",
            post=f"in {days}",
            check_in_on=TODAY + timedelta(days),
        )
    board = board_of(window, list_id="check_ins")
    assert not board.strip.isVisible()
    lines = words_in(board.table)
    assert [line for line in lines if "|" not in line] == ["Past their day 1", "Today 1", "In the next seven days 1"]
    assert "Trial" in lines[1]
    assert "in 30" not in " ".join(lines)


def test_the_sidebar_counts_what_its_lists_show(window: Window, trial: Placement) -> None:
    board_of(window)
    role = Qt.ItemDataRole.AccessibleTextRole
    models = [view.model() for view in window.frame.sidebar.findChildren(QListView)]
    entries = [model.index(row, 0).data(role) for model in models for row in range(model.rowCount())]
    at = entries.index("Work & training")
    assert entries[at + 1 : at + 4] == ["Placements 1", "Check-ins due 1", "Partners 1"]


class TestReader:
    """Somebody who may read and not write placements."""

    @pytest.fixture
    def desk(self, desk: Desk) -> Desk:
        desk.rights = rights_of(["nurse"])
        return desk

    def test_there_is_nothing_to_press(self, window: Window) -> None:
        board = board_of(window)
        assert board.empty.button.isHidden()
        assert "edit" not in board.commands()
        assert work_page(window, doing="new_placement").form is None


def test_the_list_on_paper_names_nobody_and_is_logged(
    desk: Desk, window: Window, aysel: UUID, trial: Placement, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = board_of(window)
    dialog = board.print_list()
    assert dialog is not None
    settle()
    shown = repr(work_list(read_work(desk), "en"))
    assert "R-2026-002" in shown
    assert "Early shift" in shown
    assert "Iryna" not in shown
    assert "Sünbül" not in shown
    monkeypatch.setattr(print_only, "ask_printer", lambda _parent, _document, leave: leave())
    dialog.print_requested.emit()
    settle()
    assert acts_of(desk)[0] == "print"
    assert board.banner.accessibleName() == "Printed"
