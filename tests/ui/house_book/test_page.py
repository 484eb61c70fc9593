"""The house book by keyboard and mouse: signing, marks, doses, incidents, letters, and what a night worker sees."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from sqlalchemy import select

from shelterdesk import drafts
from shelterdesk.desk import Desk
from shelterdesk.documents.handover import handover_sheet, note_handover
from shelterdesk.house_book import feedback, handovers, incidents, medicine, shifts
from shelterdesk.house_book.feedback import FeedbackLetter
from shelterdesk.house_book.roll_calls import RollMark
from tests.core.told import told
from tests.desks import TODAY, Clock
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.forms.inline_form import InlineForm
from ui.pages.house_book.feedback_panels import FeedbackPanel, LettersPanel
from ui.place import Place
from ui.widgets.buttons import PrimaryButton
from ui.widgets.rows import RowList
from ui.window import Window


def titles(rows: RowList) -> list[str]:
    return [row.title for row in rows.rows()]


def press(widget: QWidget, name: str) -> None:
    button = widget.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def words_on(widget: QWidget) -> str:
    """Return everything that stands on a page: labels, rows, banners."""
    found = [label.text() for label in widget.findChildren(QLabel)]
    found += [row.words() for rows in widget.findChildren(RowList) for row in rows.rows()]
    return "\n".join([*found, *(one.accessibleName() for one in widget.findChildren(QWidget))])


def test_the_page_shows_the_present_shift_as_it_was_handed_over(book: Any) -> None:
    assert book.choice.list.currentText() == "Tuesday 17 November, day"
    assert book.handover.heading.text() == "Night to day"
    assert "Marisol must not eat nuts. The kitchen list is changed." in titles(book.handover.know)
    laundry = next(row for row in book.handover.do.rows() if row.title == "Laundry from room 2")
    assert (laundry.checked, laundry.trailing) == (True, "done 06:50")
    assert book.handover.state.text() == "Handed over 07:52"
    marks = {row.title: (row.chip.words, row.third) for row in book.roll.rows.rows() if row.chip}
    assert marks["Aysel M."] == ("In the house", "")
    assert marks["Botir"] == ("Night away", "18:00")
    assert marks["Dilnoza"] == ("Out", "back 16:30")
    assert marks["Nərmin"] == ("Not back yet", "due 07:30")
    assert "2 out, " in book.roll.sum.text()
    assert book.roll.sum.text().endswith(" away, 1 not back")
    assert [(row.time, row.action) for row in book.medicine.rows.rows()][-2:] == [
        ("08:00", "Given"),
        ("21:00", "Given"),
    ]
    assert "TM 07:36" in [row.trailing for row in book.medicine.rows.rows()]
    assert titles(book.also.rows) == ["14:00  Visit for Jun R., in the hall", "Key 7 is with Sherzod"]
    assert [banner.accessibleName()[:15] for banner in book.incidents.banners] == ["A man at the ga"]


def test_signing_and_writing_for_the_next_shift(book: Any, sample_desk: Desk, sample_window: Window) -> None:
    press(book.handover, "handover_act")
    assert book.handover.state.text() == "Leyla A. signed 10:00"
    press(book.handover, "handover_second")
    assert book.shift.code == "night"
    press(book.handover, "add_know")
    form = book.editor.form
    QTest.keyClicks(form.row("words").editor, "Gate code is changed")
    sample_window.run("save")
    settle()
    assert "Gate code is changed" in titles(book.handover.know)
    assert "Call the electrician" in titles(book.handover.do), "what is not done goes on"
    press(book.handover, "handover_act")
    given = handovers.handover_to(sample_desk, book.shift)
    assert given is not None
    assert given.given_by == sample_desk.me.id
    assert not book.handover.primary.isVisible(), "nobody signs their own handover"
    assert acts_of(sample_desk)[:2] == ["hand_over_shift", "add_shift_line"]


def test_space_moves_a_mark_on_and_saving_keeps_the_call(book: Any, sample_desk: Desk, sample_window: Window) -> None:
    rows = book.roll.rows
    rows.setFocus()
    rows.go_to(next(row.key for row in rows.rows() if row.title == "Aysel M."))
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert rows.current_row().chip.words == "Out"
    QTest.keyClick(rows, Qt.Key.Key_Return)
    settle()
    book.editor.back_at.set_value(time(12, 30))
    QTest.mouseClick(book.editor.save, Qt.MouseButton.LeftButton)
    settle()
    assert (rows.current_row().title, rows.current_row().third) == ("Aysel M.", "back 12:30")
    sample_window.go(Place("today"))
    with sample_desk.read() as db:
        kept = db.scalars(select(RollMark).where(RollMark.on == TODAY, RollMark.shift == "day")).all()
    assert {one.called_at for one in kept} == {None}, "left unsaved, the marks are kept"
    sample_window.go(Place("house_book"))
    settle()
    assert next(row.third for row in rows.rows() if row.title == "Aysel M.") == "back 12:30"
    press(book.roll, "save_roll")
    assert book.roll.aside.text() == "Called 10:00, Leyla A."
    with sample_desk.read() as db:
        saved = db.scalars(select(RollMark).where(RollMark.on == TODAY, RollMark.shift == "day")).all()
    assert len(saved) == len(kept) == len(rows.rows())
    assert {one.called_at for one in saved} == {time(10)}


def test_a_dose_is_given_with_one_press_and_can_be_taken_back(book: Any, sample_desk: Desk) -> None:
    rows = book.medicine.rows
    key = next(row.key for row in rows.rows() if row.time == "08:00")
    rows.setFocus()
    rows.go_to(key)
    QTest.keyClick(rows, Qt.Key.Key_Space)
    settle()
    assert next(row.trailing for row in rows.rows() if row.key == key) == "LA 10:00"
    QTest.mouseClick(book.banner.acts()[0], Qt.MouseButton.LeftButton)
    settle()
    assert next(row.action for row in rows.rows() if row.key == key) == "Given"
    rows.opened.emit(key)
    settle()
    book.editor.outcome.set_value("declined")
    QTest.keyClicks(book.editor.words, "She feels sick")
    QTest.mouseClick(book.editor.save, Qt.MouseButton.LeftButton)
    settle()
    assert next(row.trailing for row in rows.rows() if row.key == key) == "Declined"
    due = next(one for one in medicine.due_in(sample_desk, book.shift) if one.key == key)
    assert due.dose is not None
    assert due.dose.words == "She feels sick"


def test_an_incident_stands_on_today_until_it_is_closed(sample_window: Window, sample_desk: Desk, clock: Clock) -> None:
    sample_window.run("new_incident")
    settle()
    page: Any = sample_window.page()
    form = page.editor.form
    form.set("kind", "fire")
    form._changed(form.fields[0])
    sample_window.run("save")
    settle()
    clock.now += timedelta(hours=12)
    sample_window.go(Place("today"))
    settle()
    today: Any = sample_window.page()
    shown = [banner.accessibleName() for banner in today.incidents.banners]
    assert len(shown) == 2
    assert shown[0].startswith("Fire or smoke")
    assert "2 shifts" in shown[0]
    banner = today.incidents.banners[0]
    QTest.mouseClick(banner.acts()[1], Qt.MouseButton.LeftButton)
    settle()
    assert isinstance(page.editor, InlineForm)
    QTest.keyClicks(page.editor.form.row("ending").editor, "A pan, aired")
    sample_window.run("save")
    settle()
    assert [one.title() for one in incidents.open_incidents(sample_desk)] == [
        "A man at the gate asked for someone by name"
    ]
    sample_window.go(Place("today"))
    settle()
    assert len(today.incidents.banners) == 1


def test_a_letter_is_sealed_and_neither_draft_nor_log_tells_of_it(book: Any, sample_desk: Desk) -> None:
    before = acts_of(sample_desk)
    book.letters.write()
    settle()
    panel = book.editor
    assert isinstance(panel, FeedbackPanel)
    QTest.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    assert panel.by_field["feedback.about"].problem()
    panel.about.set_value("colleague")
    me = sample_desk.me.id
    panel.member.set_value(me)
    panel._follow()
    assert me not in panel._boxes, "whom it is about is offered as no reader"
    panel.words.set_text("She shouted in the hall")
    other = next(one for one in panel._boxes)
    panel._boxes[other].setChecked(True)
    assert panel.seal()
    settle()
    assert acts_of(sample_desk) == before
    assert not [one for one in drafts.my_drafts(sample_desk) if "shouted" in str(one.values)]
    assert not [one for one in feedback.my_feedback(sample_desk) if "shouted" in one.words]
    with sample_desk.read() as db:
        readers = {one.reader_id for one in db.scalars(select(FeedbackLetter))}
    assert other in readers


def test_letters_are_read_and_answered(book: Any, sample_desk: Desk) -> None:
    assert book.feedback.read.words() == "2 to read"
    press(book.feedback, "read_feedback")
    assert isinstance(book.editor, LettersPanel)
    said = words_on(book.editor)
    assert "without knocking" in said
    assert "no name given" in said
    book.editor.answered.emit(feedback.my_feedback(sample_desk)[0], "Talked to him")
    settle()
    assert book.feedback.read.words() == "1 to read"
    assert sum(one.answer == "Talked to him" for one in feedback.my_feedback(sample_desk)) == 1


def test_a_night_worker_sees_what_the_house_shares_only(night: Window, night_desk: Desk, clock: Clock) -> None:
    sidebar = night.frame.sidebar
    assert [one.key for one in (*sidebar._main, *sidebar._foot)] == [
        "today",
        "house_book",
        "services",
        "settings",
        "help",
    ]
    today: Any = night.page()
    assert not today.waiting.isVisible()
    assert not [row.title for row in today.desk_card.rows.rows() if "plan" in row.title or "consent" in row.title]
    night.go(Place("residents"))
    settle()
    assert night.trail.here.page == "today"
    night.run("go_house_book")
    settle()
    page: Any = night.page()
    closed = page.roll.roll.unnamed
    assert closed == 1, "one record is closed to him; a colleague counts her"
    assert "a colleague has to count" in page.roll.unnamed.text()
    assert "knocking" not in words_on(page), "the complaint about him"
    assert not page.feedback.read.isVisible()
    assert feedback.my_feedback(night_desk) == []
    assert not page.handover.primary.isVisible(), "he handed over himself"
    clock.now += timedelta(hours=11)
    night.go(Place("house_book"))
    settle()
    assert (page.shift.code, page.handover.state.text()) == ("night", "Not handed over yet")
    assert shifts.shift_now(night_desk) == page.shift


def test_visitor_mode_masks_everybody_and_every_line(book: Any, sample_window: Window) -> None:
    names = {row.title for row in book.roll.rows.rows()} | {"Key 7 is with Sherzod", "A man at the gate"}
    sample_window.seat.set_visitor(on=True)
    settle()
    said = words_on(book)
    assert not [name for name in names if name in said]
    sample_window.seat.set_visitor(on=False)


def test_the_page_fits_small_windows_and_large_text(sample_window: Window, book: Any) -> None:
    for width, columns in ((1366, 3), (1093, 3), (911, 2), (880, 2)):
        sample_window.resize(width, 600)
        settle()
        assert book._columns == columns, width
        assert book.scroll_area.horizontalScrollBar().maximum() == 0, width


def test_shifts_are_set_in_the_settings(sample_window: Window, sample_desk: Desk) -> None:
    sample_window.go(Place("settings", section="shifts"))
    settle()
    page: Any = sample_window.page()
    section = page.sections["shifts"]
    assert {code for code, tick in section.ticks.items() if tick.isChecked()} == {"day", "night"}
    section.ticks["late"].setChecked(True)
    section.hours["late"].setText("nine")
    press(section, "save_shifts")
    assert section.problem.text().startswith("Late shift: enter the hour")
    section.hours["late"].setText("20:00")
    press(section, "save_shifts")
    assert section.problem.text() == "Two shifts cannot begin at the same hour"
    section.hours["late"].setText("14:00")
    press(section, "save_shifts")
    assert shifts.times(sample_desk) == (("day", time(8)), ("late", time(14)), ("night", time(20)))
    sample_window.go(Place("house_book"))
    settle()
    book: Any = sample_window.page()
    press(book, "handover_act")
    press(book.handover, "handover_second")
    assert book.choice.list.currentText() == "Tuesday 17 November, late"


def test_the_handover_sheet_holds_the_shift(sample_desk: Desk) -> None:
    sheet = handover_sheet(sample_desk, shifts.shift_now(sample_desk), "en")
    said = told(sheet.blocks)
    for words in (
        "A man at the gate",
        "Marisol must not eat nuts",
        "Call the electrician",
        "Drops, after food",
        "Key 7",
    ):
        assert words in said
    note_handover(sample_desk, how="print")
    assert acts_of(sample_desk)[0] == "print"


def test_while_a_form_is_open_its_save_is_the_only_main_act(book: Any, sample_window: Window) -> None:
    def main_acts() -> list[str]:
        return [one.words() for one in book.findChildren(PrimaryButton) if one.isVisible()]

    assert main_acts() == ["I have read it, sign"]
    book.new_incident()
    settle()
    assert main_acts() == ["Save incident"]
    sample_window.run("cancel")
    settle()
    assert main_acts() == ["I have read it, sign"]


def test_closed_incidents_are_read_and_opened_again(sample_window: Window, sample_desk: Desk) -> None:
    sample_window.run("incidents")
    settle()
    book: Any = sample_window.page()
    said = words_on(book.editor)
    for words in (
        "Smoke from the kitchen",
        "Everybody was outside in three minutes.",
        "Aired, nobody hurt",
        "Leyla A.",
    ):
        assert words in said
    again = next(one for one in book.editor.findChildren(QPushButton) if one.text() == "Open again")
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    settle()
    assert len(incidents.open_incidents(sample_desk)) == 2
    assert len(book.incidents.banners) == 2
