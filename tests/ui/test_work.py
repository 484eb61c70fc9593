"""Work and training with real widgets: stages, moves and check-ins by keys, forms, cautions, undo, masks."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from shelterdesk import consents, drafts, notes, partners, people, placements, stays
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.placements import Placement
from shelterdesk.work import read_work
from tests.ui.shots import settle
from ui.pages.resident.work import WorkSection
from ui.pages.work.board import BoardPage
from ui.pages.work.page import WorkPage
from ui.pages.work.partner_list import PartnerListPage
from ui.pages.work.partner_page import PartnerPage
from ui.pages.work.placement_page import PlacementPage
from ui.place import Place
from ui.widgets.masked_value import MaskedValue
from ui.widgets.table_view import TableView
from ui.window import Window

TODAY = date(2026, 11, 17)


@pytest.fixture
def aysel(desk: Desk) -> UUID:
    """Somebody who lives here."""
    person = people.add_person(desk, short_name="Aysel M.")
    stays.add_stay(desk, person.id, arrived_on=TODAY - timedelta(days=47))
    return person.id


@pytest.fixture
def iryna(desk: Desk) -> UUID:
    """Somebody else."""
    return people.add_person(desk, short_name="Iryna").id


@pytest.fixture
def bakery(desk: Desk) -> UUID:
    """A partner with everything recorded."""
    return partners.add_partner(
        desk,
        name="Sarı Sünbül Bakery",
        sector="accommodation_food",
        contact="Rauf, 055 000 00 11",
        vetted_on=TODAY - timedelta(days=100),
        visit_by=TODAY + timedelta(days=200),
        agreement_until=TODAY + timedelta(days=100),
        paid_in_full=True,
        papers_with_worker=False,
        told="First name only.",
        posts="Early shift: 1 place",
    ).id


@pytest.fixture
def trial(desk: Desk, iryna: UUID, bakery: UUID) -> Placement:
    """A trial whose check-in is two days past."""
    return placements.add_placement(
        desk, iryna, stage="trial", since=TODAY - timedelta(days=6), kind="work", post="Early shift",
        partner_id=bakery, check_in_on=TODAY - timedelta(days=2),
    )  # fmt: skip


def work_page(window: Window, **place) -> WorkPage:
    window.seat.go(Place("work", **place))
    settle()
    page = window.page()
    assert isinstance(page, WorkPage)
    return page


def board_of(window: Window, **place) -> BoardPage:
    page = work_page(window, **place)
    assert page.currentWidget() is page.board
    return page.board


def placement_form(window: Window) -> PlacementPage:
    page = window.page()
    assert isinstance(page, WorkPage)
    assert isinstance(page.form, PlacementPage)
    return page.form


def words_in(table: TableView) -> list[str]:
    model = table.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    lines = []
    for row in range(model.rowCount()):
        cells = [model.index(row, column).data(role) or "" for column in range(model.columnCount())]
        lines.append(" | ".join(cell for cell in cells if cell))
    return lines


def stage_of(desk: Desk, placement: Placement) -> str:
    row = read_work(desk).row(placement.id)
    assert row is not None
    return row.stage


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
    board._editor.form.keeps_drafts = False
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


def test_a_second_resident_at_one_partner_is_said_before_saving(
    desk: Desk, window: Window, aysel: UUID, trial: Placement, bakery: UUID
) -> None:
    work_page(window, doing="new_placement", person_id=aysel)
    form = placement_form(window)
    form.form.editor("partner_id").set_value(bakery)
    form.form.edited.emit()
    titles = [notice.title.text() for notice in form.notices]
    assert titles == [
        "Another resident is there already",
        "Not as it should be at the last visit",
        "No consent yet: employer or school",
    ]
    assert form.notices[0].words.text().startswith("Iryna, trial\n")
    assert form.form.editor("sector").value() == "accommodation_food"
    consents.record_consent(desk, aysel, purpose="share_employer", answer="given", answered_on=TODAY)
    form._shown_for = None
    form.form.edited.emit()
    assert "No consent yet: employer or school" not in [notice.title.text() for notice in form.notices]


def test_a_new_placement_says_all_that_is_missing_and_saves_with_undo(
    desk: Desk, window: Window, aysel: UUID, bakery: UUID
) -> None:
    work_page(window, doing="new_placement")
    form = placement_form(window)
    form.form.set("since", None)
    window.run("save")
    assert [link.text() for link in form.banner.links()] == ["Enter «Resident»", "Enter «Kind»", "Enter «Since»"]
    assert QApplication.focusWidget() is form.form.row("person_id").editor
    form.form.set("person_id", aysel)
    form.form.set("kind", "work")
    form.form.set("since", TODAY + timedelta(days=8))
    form.form.set("stage", "trial")
    window.run("save")
    settle()
    page = window.page()
    assert isinstance(page, WorkPage)
    (row,) = read_work(desk).rows
    assert (row.person_id, row.stage, row.placement.started_on) == (aysel, "trial", TODAY + timedelta(days=8))
    assert page.board.table.current_key() == row.placement.id
    assert words_in(page.board.table)[1].endswith("from 25 Nov | no date yet")
    page.board.banner.acts()[0].click()
    settle()
    assert read_work(desk).rows == ()


def test_a_placement_begun_in_the_record_leads_back_there(window: Window, aysel: UUID) -> None:
    work_page(window, doing="new_placement", person_id=aysel)
    form = placement_form(window)
    assert not form.form.has("person_id")
    places: list[Place] = []
    window.seat.place_wanted.connect(places.append)
    window.run("cancel")
    settle()
    assert places == [Place("residents", person_id=aysel, section="work")]


def test_editing_keeps_what_was_not_touched(desk: Desk, window: Window, trial: Placement) -> None:
    board = board_of(window)
    window.run("edit")
    settle()
    form = placement_form(window)
    assert form.form.editor("post").value() == "Early shift"
    form.form.set("post", "Late shift")
    window.run("save")
    settle()
    assert board.isVisible()
    again = placements.placement_with(desk, trial.id)
    assert (again.post, again.partner_id, again.check_in_on) == ("Late shift", trial.partner_id, trial.check_in_on)


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


def test_partners_show_who_is_there_and_are_edited(
    qtbot: QtBot, desk: Desk, window: Window, trial: Placement, bakery: UUID
) -> None:
    page = work_page(window, list_id="partners")
    assert page.currentWidget() is page.partners
    listed = page.partners
    assert isinstance(listed, PartnerListPage)
    assert words_in(listed.table) == ["Sarı Sünbül Bakery | 1 | 25 Feb 2027 | 5 Jun 2027"]
    qtbot.keyClick(listed.table, Qt.Key.Key_Return)
    settle()
    form = page.form
    assert isinstance(form, PartnerPage)
    form.form.set("name", "")
    window.run("save")
    assert form.form.row("name").problem() == "Enter «Name»"
    form.form.set("name", "Sarı Sünbül")
    window.run("save")
    settle()
    assert words_in(listed.table)[0].startswith("Sarı Sünbül | ")
    assert listed.table.current_key() == bakery
    assert partners.partner_with(desk, bakery).contact == "Rauf, 055 000 00 11"


def test_a_partner_of_the_same_name_is_said_while_typing(window: Window, bakery: UUID) -> None:
    page = work_page(window, doing="new_partner")
    form = page.form
    assert isinstance(form, PartnerPage)
    assert not form.alike.isVisible()
    form.form.set("name", "sari sunbul bakery")
    form.form.edited.emit()
    assert form.alike.isVisible()
    assert "Sarı Sünbül Bakery" in form.alike.title.text()


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
