"""Widgets: names for screen readers, keyboard, signals, room for longer words."""

from __future__ import annotations

import weakref

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from tests.ui import shots
from tests.ui.acting import gathered, shown
from tests.ui.gallery.frame import window
from tests.ui.gallery.plan import day_field, plan_page
from tests.ui.gallery.residents import PEOPLE, residents_page
from tests.ui.gallery.service_form import form, service_page
from tests.ui.gallery.today import NEXT, WAITING, today_page
from tests.ui.gallery.work import GROUPS, work_page
from ui import theme
from ui.widgets.banner import Banner
from ui.widgets.bed_choice import Bed, BedChoice, BedGroup
from ui.widgets.big_toggle import BigToggle
from ui.widgets.buttons import Button, IconButton, LinkButton
from ui.widgets.check_box import CheckBox, RadioButton
from ui.widgets.chip import Chip, ChipText, chip_width
from ui.widgets.choice_field import ChoiceField
from ui.widgets.empty_state import EmptyState
from ui.widgets.facts import Fact, Facts
from ui.widgets.masked_value import MaskedValue
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.people_list import PeopleList
from ui.widgets.restricted_note import RestrictedNote
from ui.widgets.rows import Row, RowList
from ui.widgets.save_strip import SaveStrip
from ui.widgets.search_field import SearchField
from ui.widgets.section_list import SectionList
from ui.widgets.segmented import Segmented
from ui.widgets.sidebar import SavedList, Sidebar, SidebarEntry
from ui.widgets.stage_strip import StageStrip
from ui.widgets.table_view import Cell, Column, TableGroup, TableRow, TableView
from ui.widgets.text import ElidedWords
from ui.widgets.text_area import TextArea

PAGES = {
    "today": (today_page, "today", ""),
    "residents": (residents_page, "residents", "here"),
    "plan": (plan_page, "residents", "here"),
    "service form": (service_page, "residents", "here"),
    "work": (work_page, "work", ""),
}


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication):
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


@pytest.fixture(params=PAGES, ids=str)
def page_window(request: pytest.FixtureRequest, qtbot):
    make, place, saved = PAGES[request.param]
    made = window(make(), place, saved)
    qtbot.addWidget(made)
    made.show()
    shots.settle()
    return made


def samples() -> list[QWidget]:
    """One of each widget a person can reach with Tab."""
    masked = MaskedValue("Phone", lambda: "055 000 00 00")
    beds = BedChoice("Bed")
    beds.set_rooms([BedGroup("Room 1", (Bed(1, "1", "used", "used by Aysel M."), Bed(2, "2")))])
    stages = StageStrip("Stages")
    stages.set_stages([(1, "Looking", 3), (2, "Ended", 2)])
    facts = Facts()
    facts.set_facts([Fact("Agreed", "12 October"), Fact("Contact", key="c", reveal=lambda: "055")])
    banner = Banner()
    banner.say("Milestone done", acts=("Undo",))
    return [
        masked,
        beds,
        stages,
        facts,
        banner,
        Button("Save"),
        LinkButton("Add", "plus"),
        IconButton("calendar", "Open the calendar"),
        CheckBox("Password"),
        RadioButton("Yes"),
        BigToggle("Hurt or in pain", "heart-pulse"),
        Segmented("Outcome", [(1, "Took place"), (2, "Shorter")], 1),
        ChoiceField("Country", [(n, f"Country {n}") for n in range(20)]),
        PassphraseField("Passphrase"),
        TextArea("Note"),
        SearchField("Filter by name", "Ctrl+K"),
        day_field("Date given"),
        SaveStrip("Save service", "Save and add another"),
        EmptyState("Nothing is waiting.", "Add a milestone"),
        form(),
    ]


def nameless(root: QWidget) -> list[str]:
    """Return what takes the keyboard but says nothing to a screen reader."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or isinstance(widget, QScrollBar):
            continue
        if not isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractItemView | QPlainTextEdit):
            continue
        if not widget.isVisibleTo(root) or widget.objectName().startswith("qt_"):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} «{widget.objectName()}»")
    return found


def test_everything_that_takes_the_keyboard_has_a_name(qtbot) -> None:
    for widget in samples():
        qtbot.addWidget(widget)
        widget.show()
        shots.settle()
        assert nameless(widget) == [], type(widget).__name__


def test_whole_pages_have_names(page_window) -> None:
    assert nameless(page_window) == []


def test_controls_are_tall_enough_to_hit(qtbot) -> None:
    for widget in samples():
        qtbot.addWidget(widget)
        widget.show()
        shots.settle()
        for child in [widget, *widget.findChildren(QWidget)]:
            reachable = isinstance(child, QAbstractButton | QComboBox) and child.isVisibleTo(widget)
            if reachable and not isinstance(child.parent(), QLineEdit):
                assert child.height() >= 24, f"{type(child).__name__} «{child.accessibleName()}»"


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_words_forty_per_cent_longer_are_not_clipped(page_window, qapp, scale: float) -> None:
    page = page_window.frame.surface.page()
    assert page is not None
    for widget in page.findChildren(QWidget):
        if isinstance(widget, Button):
            widget.set_words(longer(widget.words()))
        elif isinstance(widget, QLabel) and not widget.wordWrap():
            widget.setText(longer(widget.text()))
    theme.apply(qapp, "light", scale)
    page_window.resize(round(1366 * 1.4 * scale), round(768 * scale))
    shots.settle()
    for widget in page.findChildren(QWidget):
        if isinstance(widget, ElidedWords) or not widget.isVisible():
            continue
        if isinstance(widget, QLabel | Button):
            text = widget.text()
            assert widget.width() >= widget.sizeHint().width() or getattr(widget, "wordWrap", bool)(), text
            assert widget.height() >= widget.fontMetrics().height(), text


def longer(text: str) -> str:
    """Return *text* as long as Azerbaijani or Russian may make it."""
    return text + " " + text[: round(len(text) * 0.4)] if text else text


def test_rows_skip_headings_and_follow_the_arrows(qtbot) -> None:
    rows = RowList("Next")
    rows.set_rows(NEXT)
    shown(qtbot, rows, 640)
    moves, opened = gathered(rows.moved_to), gathered(rows.opened)
    assert rows.current_key() == 1
    for _step in range(4):
        QTest.keyClick(rows, Qt.Key.Key_Down)
    assert moves == [2, 3, 4, 5]
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert opened == [5]


def test_space_marks_a_row_and_letters_are_handed_on(qtbot) -> None:
    rows = RowList("Waiting")
    rows.set_rows(WAITING)
    shown(qtbot, rows, 640)
    toggled, typed = gathered(rows.toggled), gathered(rows.typed)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Space)
    QTest.keyClick(rows, Qt.Key.Key_M)
    assert toggled == [(2, True)]
    assert typed == [(2, "m")]


def test_mouse_reaches_check_box_action_and_row(qtbot) -> None:
    rows = RowList("Desk")
    rows.set_rows([Row("Drafts", 1, icon="file-pen", action="Continue"), Row("Call", 2, checked=True)])
    shown(qtbot, rows, 640)
    acted, toggled, opened = gathered(rows.acted), gathered(rows.toggled), gathered(rows.opened)
    click = rows.viewport()
    QTest.mouseClick(click, Qt.MouseButton.LeftButton, pos=QPoint(rows.viewport().width() - 20, 18))
    QTest.mouseClick(click, Qt.MouseButton.LeftButton, pos=QPoint(20, 54))
    QTest.mouseClick(click, Qt.MouseButton.LeftButton, pos=QPoint(200, 18))
    assert (acted, toggled, opened) == ([1], [(2, False)], [1])


def test_rows_keep_the_keyboard_where_it_was(qtbot) -> None:
    rows = RowList("Waiting")
    rows.set_rows(WAITING)
    shown(qtbot, rows, 640)
    rows.go_to(4)
    rows.set_rows(WAITING[2:])
    assert rows.current_key() == 4
    assert rows.height() == 3 * theme.px(36)


def test_a_row_that_wraps_is_as_high_as_its_words(qtbot) -> None:
    rows = RowList("To know")
    words = "Lalə came at 03:12 with her son Timur, family room. She sleeps; do not wake her before 09:00."
    rows.set_rows([Row(words, 1, icon="log-in", lines=3)])
    shown(qtbot, rows, 320)
    narrow = rows.height()
    rows.resize(900, 40)
    shots.settle()
    assert narrow > rows.height() == theme.px(36)


def test_rows_speak_their_distinctive_part_and_chip() -> None:
    assert WAITING[0].words() == "Visit the college about a place, Nərmin, 8 days past"
    assert Row("Phone ••• ••", spoken="Phone").words() == "Phone"


def test_people_list_tells_only_what_a_person_did(qtbot) -> None:
    people = PeopleList("Here now")
    chosen, opened, previewed = gathered(people.chosen), gathered(people.opened), gathered(people.previewed)
    people.set_rows(PEOPLE)
    people.go_to(1)
    shown(qtbot, people, 300)
    QTest.keyClick(people, Qt.Key.Key_Down)
    QTest.keyClick(people, Qt.Key.Key_Space)
    QTest.keyClick(people, Qt.Key.Key_Return)
    people.set_rows(PEOPLE[1:])
    assert (chosen, previewed, opened) == ([2], [2], [2])
    assert people.current_key() == 2


def test_sidebar_shows_saved_lists_under_the_active_entry_only(qtbot) -> None:
    side = Sidebar("Places")
    lists = (SavedList("here", "Here now", "11"), SavedList("mine", "Mine", "5"))
    side.set_entries(
        [SidebarEntry("today", "Today", "sun"), SidebarEntry("people", "Residents", "user-round", lists=lists)]
    )
    side.set_current("today")
    assert side.places.model().rowCount() == 2
    side.set_current("people", "here")
    assert side.places.model().rowCount() == 4
    shown(qtbot, side, 208)
    chosen, lists_chosen = gathered(side.chosen), gathered(side.list_chosen)
    side.places.setFocus()
    QTest.keyClick(side.places, Qt.Key.Key_Down)
    QTest.keyClick(side.places, Qt.Key.Key_Return)
    QTest.keyClick(side.places, Qt.Key.Key_Home)
    QTest.keyClick(side.places, Qt.Key.Key_Space)
    assert (chosen, lists_chosen) == (["today"], [("people", "mine")])
    side.set_rail(rail=True)
    assert side.width() == 56
    assert side.places.model().rowCount() == 2
    assert side.places.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == "Residents"


def test_window_becomes_a_rail_and_never_smaller_than_its_minimum(qtbot) -> None:
    made = window(today_page(), "today", size=(1366, 768))
    qtbot.addWidget(made)
    made.show()
    shots.settle()
    told = gathered(made.frame.rail_changed)
    made.resize(1093, 534)
    shots.settle()
    assert made.frame.sidebar.is_rail()
    assert told == [True]
    made.resize(400, 200)
    shots.settle()
    assert (made.width(), made.height()) == (880, 430)


def test_section_list_follows_the_arrows_and_steps(qtbot) -> None:
    sections = SectionList("Sections")
    sections.set_sections([("a", "Overview"), ("b", "Stay"), ("c", "Notes")], "a")
    shown(qtbot, sections, 200)
    chosen = gathered(sections.chosen)
    QTest.keyClick(sections, Qt.Key.Key_Down)
    sections.step(1)
    sections.step(1)
    sections.set_current("a")
    assert chosen == ["b", "c"]
    assert sections.current() == "a"


def test_stage_is_chosen_and_let_go(qtbot) -> None:
    stages = StageStrip("Stages")
    stages.set_stages([("looking", "Looking", 3), ("trial", "Trial", 2), ("ended", "Ended", 2)])
    shown(qtbot, stages, 700)
    chosen = gathered(stages.chosen)
    for stage in (0, 1, 1):
        QTest.keyClick(stages.stages()[stage], Qt.Key.Key_Space)
    assert chosen == ["looking", "trial", None]
    assert stages.stages()[0].accessibleName() == "Looking, 3"


def test_banner_has_at_most_two_acts_and_hands_back_links(qtbot) -> None:
    banner = Banner("error")
    shown(qtbot, banner, 700)
    banner.say("One thing to change", links=(("next", "Next session"),), acts=("Undo", "Close", "More"))
    assert [act.words() for act in banner.acts()] == ["Undo", "Close"]
    pressed, links = gathered(banner.pressed), gathered(banner.link_pressed)
    banner.acts()[1].click()
    banner.links()[0].click()
    assert (pressed, links) == ([1], ["next"])
    assert banner.accessibleName() == "One thing to change Next session"
    banner.clear()
    assert banner.isHidden()


def test_table_opens_folds_and_keeps_its_selection(qtbot) -> None:
    table = TableView("Placements", (Column("Resident", 2), Column("Work"), Column("Hours", number=True)))
    rows = (TableRow(1, (Cell("Jun R."), Cell("Bakery"), Cell("8"))), TableRow(2, (Cell("Olha"), Cell("-"), Cell("4"))))
    table.set_content([TableGroup("Looking", "2", "looking", rows=rows)])
    shown(qtbot, table, 600)
    chosen, opened, folded = gathered(table.chosen), gathered(table.opened), gathered(table.folded)
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert (chosen, opened, folded) == ([1], [1], ["looking"])
    table.set_content([TableGroup("Before"), *rows])
    assert table.current_key() == 1
    assert table.columnSpan(0, 0) == 3
    table.set_content([TableGroup("Looking", "2", "looking", open=False, rows=rows)])
    assert table.model().rowCount() == 1


def test_table_columns_share_the_width(qtbot) -> None:
    table = TableView("Placements", (Column("Resident", 2), Column("Work", 1), Column("Since", width=92)))
    table.set_content([])
    shown(qtbot, table, 692)
    assert table.columnWidth(0) == pytest.approx(2 * table.columnWidth(1), abs=2)
    assert sum(table.columnWidth(n) for n in range(3)) == table.viewport().width()


def test_sample_groups_are_shown_without_the_folded_ones(qtbot) -> None:
    table = TableView("Placements", [Column(str(n)) for n in range(5)])
    table.set_content(GROUPS)
    shown(qtbot, table, 900)
    assert table.model().rowCount() == 4 + 7


def test_chip_keeps_its_word_and_grows_with_it(qtbot) -> None:
    chip = Chip("Done", "done", "check")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Done"
    assert chip_width(ChipText("Not back yet", "attention", "clock")) > chip.sizeHint().width()


def test_who_can_read_is_said_whole_before_how_many_they_are(qtbot) -> None:
    note = RestrictedNote(
        "Social work notes", "Readable by social workers, psychologists and lawyers", "you and 2 others"
    )
    qtbot.addWidget(note)
    note.resize(560, 140)
    with qtbot.waitExposed(note):
        note.show()
    assert not note.who.isVisible()
    assert note.readers.width() >= chip_width(note.readers.chip())
    note.resize(900, 140)
    qtbot.waitUntil(note.who.isVisible)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_one_line_stands_in_the_middle_of_its_box(qtbot, qapp, scale: float) -> None:
    theme.apply(qapp, "light", scale)
    area = TextArea("Agreed", lines=1)
    qtbot.addWidget(area)
    area.resize(300, area.height())
    with qtbot.waitExposed(area):
        area.show()
    line = area.cursorRect()
    middle = area.viewport().mapTo(area, line.center()).y()
    assert abs(middle - area.height() / 2) <= 2
    theme.apply(qapp, "light", 1.0)


def test_pages_survive_a_change_of_scheme_and_scale(page_window, qapp) -> None:
    light = shots.picture(page_window, "light").toImage()
    dark = shots.picture(page_window, "dark", text_scale=1.5).toImage()
    assert light.pixelColor(4, 100).lightness() > 200
    assert dark.pixelColor(4, 100).lightness() < 60


def test_pages_can_be_mirrored(page_window) -> None:
    page_window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shots.settle()
    assert page_window.frame.sidebar.x() > page_window.frame.surface.x()
    assert not shots.picture(page_window).isNull()


def test_lists_let_go_of_names_as_soon_as_they_are_deleted(qtbot) -> None:
    rows, people = RowList("Next"), PeopleList("Here now")
    side, table = Sidebar("Places"), TableView("Placements", [Column(str(n)) for n in range(5)])
    rows.set_rows(NEXT)
    people.set_rows(PEOPLE)
    table.set_content(GROUPS)
    masked = MaskedValue("Phone", lambda: "055")
    seen = [weakref.ref(widget) for widget in (rows, people, side, table, masked)]
    for widget in (rows, people, side, table, masked):
        widget.deleteLater()
    del rows, people, side, table, masked, widget
    shots.settle()
    assert [type(one()).__name__ for one in seen if one() is not None] == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_reached_with_tab_is_pressed_by_enter_and_space(qtbot, key: Qt.Key) -> None:
    for button in (Button("Print slip…"), LinkButton("Add"), IconButton("calendar", "Calendar")):
        qtbot.addWidget(button)
        pressed: list[str] = []
        button.clicked.connect(lambda _on, pressed=pressed: pressed.append("once"))
        QTest.keyClick(button, key)
        assert len(pressed) == 1


def test_ctrl_enter_on_a_button_belongs_to_the_form(qtbot) -> None:
    button = Button("Print slip…")
    qtbot.addWidget(button)
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("once"))
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not pressed
