"""«What happened» in the window: it asks why, stays folded, and forgets what it showed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelterdesk import exploitation, gbv_incidents, people, person_history, what_happened, who_harmed
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.drafts import my_drafts
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import declared
from shelterdesk.what_happened import ToldTopic
from tests.desks import TODAY
from tests.ui.conftest import acts_of
from tests.ui.record_acts import fill, words_on
from tests.ui.shots import settle
from ui.draft_places import place_of, words_for
from ui.pages.resident.record import _used_sections
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.window import Window

CANARY = "Xatirə-4711"
WHY = "She asked me to look it up"


@pytest.fixture
def section(go: Callable[..., Any]) -> Any:
    """The section of Aysel, closed."""
    return go("happened")


@pytest.fixture
def opened(section: Any) -> Any:
    """The section of Aysel, opened with a reason."""
    section.reason.given.emit(WHY)
    settle()
    return section


def save(window: Window) -> None:
    window.run("save")
    settle()


def all_words(widget: Any) -> str:
    """Return every word in labels of *widget*, hidden ones included."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_it_asks_why_by_keyboard_and_opens_folded(
    qtbot: QtBot, section: Any, desk: Desk, window: Window, aysel: Person
) -> None:
    assert section.reason.isVisible()
    assert not section.inside.isVisible()
    assert Act.OPEN_WHAT_HAPPENED.code not in acts_of(desk, aysel.id)
    section.reason.begin()
    qtbot.keyClick(section.reason.line, Qt.Key.Key_Return)
    assert section.reason.isVisible(), "without a reason it stays closed"
    qtbot.keyClicks(section.reason.line, WHY)
    qtbot.keyClick(section.reason.line, Qt.Key.Key_Return)
    settle()
    assert section.inside.isVisible()
    assert acts_of(desk, aysel.id)[0] == Act.OPEN_WHAT_HAPPENED.code
    assert not any(topic.card.fold.isChecked() for topic in section.topics.values())
    assert "Forced labour" not in words_on(section)
    assert section.statuses.card.fold.hasFocus()
    section.exploited.card.fold.setFocus()
    qtbot.keyClick(section.exploited.card.fold, Qt.Key.Key_Space)
    assert "Forced labour" in words_on(section)


def test_closing_it_leaves_no_word_behind(opened: Any, desk: Desk, aysel: Person) -> None:
    gbv_incidents.record_incident(desk, aysel.id, violence="physical_assault")
    exploitation.set_exploitation(desk, aysel.id, None, words=CANARY)
    exploitation.set_signs(desk, aysel.id, None, deception="yes", deception_note=CANARY)
    opened.refresh()
    assert CANARY in all_words(opened)
    opened.close_it()
    settle()
    assert opened.reason.isVisible()
    assert not what_happened.is_open(desk, aysel.id)
    left = all_words(opened)
    assert CANARY not in left
    assert "Forced labour" not in left
    assert opened.incidents.rows() == ()


def test_another_person_has_to_be_opened_for_herself(opened: Any, desk: Desk, window: Window, aysel: Person) -> None:
    exploitation.set_exploitation(desk, aysel.id, None, words=CANARY)
    opened.refresh()
    opened.exploited.card.open()
    other = people.add_person(desk, short_name="Botir")
    window.go(Place("residents", person_id=other.id, section="happened"))
    settle()
    assert opened.reason.isVisible()
    assert CANARY not in all_words(opened)
    window.go(Place("residents", person_id=aysel.id, section="happened"))
    settle()
    assert opened.inside.isVisible(), "once until the vault is locked"
    assert not opened.exploited.card.fold.isChecked()


def test_who_may_not_open_it_has_no_such_section(seat: Seat) -> None:
    for role, sees in (("nurse", False), ("vocational_officer", False), ("social_worker", True), ("lawyer", True)):
        seat.desk.rights = rights_of([role])
        assert ("happened" in [kind.id for kind in _used_sections(seat)]) == sees, role


def test_an_incident_is_asked_question_by_question(
    qtbot: QtBot, opened: Any, window: Window, desk: Desk, aysel: Person
) -> None:
    opened.add_incident()
    settle()
    form = opened.editor.form
    questions = form.editor("violence").questions
    shown = [row.isVisible() for row in questions.rows]
    assert shown == [True, False, False, False, False, False]
    assert not form.row("other_words").isVisible()
    for number in range(2):
        yes, no = questions.rows[number].segments.buttons()
        qtbot.mouseClick(no, Qt.MouseButton.LeftButton)
        assert questions.value() is None
        assert questions.rows[number + 1].isVisible()
        assert questions.rows[number + 1].segments.focusProxy().hasFocus()
    yes, _no = questions.rows[2].segments.buttons()
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert questions.result.text() == "Physical assault"
    assert [row.isVisible() for row in questions.rows] == [True, True, True, False, False, False]
    fill(form, happened=PartialDate(2025, 11))
    save(window)
    (kept,) = gbv_incidents.incidents_of(desk, aysel.id)
    assert (kept.violence, kept.happened, kept.reported_on) == ("physical_assault", PartialDate(2025, 11), TODAY)
    table = opened.incidents.table
    shown = [str(table.model().index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)) for column in range(4)]
    assert "Physical assault" in " ".join(shown)


def test_changing_an_earlier_answer_asks_on_from_there(opened: Any) -> None:
    opened.add_incident()
    questions = opened.editor.form.editor("violence").questions
    questions.set_value("psychological_abuse")
    assert questions.value() == "psychological_abuse"
    questions._answer(1, True)
    assert questions.value() == "sexual_assault"
    questions._answer(1, False)
    assert questions.value() is None
    assert [row.isVisibleTo(questions) for row in questions.rows] == [True, True, True, False, False, False]
    questions.say_none("prefers_not")
    assert (questions.value(), questions.result.text()) == ("prefers_not", "Prefers not to say")
    questions.begin_again()
    assert questions.value() is None
    for number in range(6):
        questions._answer(number, False)
    assert questions.value() == "not_gbv"
    assert opened.editor.form.row("other_words").isVisibleTo(opened.editor.form)


def test_a_standing_incident_shows_its_answers_and_what_is_filled(
    opened: Any, window: Window, desk: Desk, aysel: Person
) -> None:
    kept = gbv_incidents.record_incident(desk, aysel.id, violence="forced_marriage", persons=2)
    opened.refresh()
    opened.correct(kept.id)
    form = opened.editor.form
    assert form.editor("violence").value() == "forced_marriage"
    assert {group: fold.isChecked() for group, fold in form.folds.items()} == {
        gbv_incidents.AROUND: True,
        gbv_incidents.HELP: False,
    }
    fill(form, health="referred")
    save(window)
    assert gbv_incidents.incidents_of(desk, aysel.id)[0].health == "referred"
    assert gbv_incidents.incidents_of(desk, aysel.id)[0].violence == "forced_marriage"


def test_everything_else_is_recorded_and_shown(opened: Any, window: Window, desk: Desk, aysel: Person) -> None:
    opened.add_status()
    fill(opened.editor.form, status="presumed", decided_by="ngo")
    save(window)
    (status,) = person_history.history_of(desk, person_history.StatusSince, aysel.id)
    opened.correct(status.id)
    fill(opened.editor.form, decided_by="police")
    save(window)
    (status,) = person_history.history_of(desk, person_history.StatusSince, aysel.id)
    assert (status.status, status.decided_by) == ("presumed", "police")
    opened.edit_kinds()
    fill(opened.editor.form, labour_sector="households")
    save(window)
    opened.edit_circumstances()
    fill(opened.editor.form, promised=CANARY, age_then=25)
    save(window)
    opened.edit_circumstances()
    fill(opened.editor.form, months=7)
    save(window)
    opened.add_event()
    fill(opened.editor.form, kind="transit", city="Bakı", country="AZ")
    save(window)
    opened.edit_signs()
    fill(opened.editor.form, deception="yes", deception_note="the pay", isolation="no")
    save(window)
    opened.add_who_harmed()
    fill(opened.editor.form, relationship="employer", knows_where="perhaps")
    save(window)
    found = exploitation.exploitation_of(desk, aysel.id)
    assert found is not None
    assert (found.age_then, found.months, found.promised) == (25, 7, CANARY)
    assert [one.city for one in exploitation.events_of(desk, aysel.id)] == ["Bakı"]
    signs = exploitation.signs_of(desk, aysel.id)
    assert signs is not None
    assert (signs.deception, signs.deception_note, signs.isolation) == ("yes", "the pay", "no")
    assert [one.relationship for one in who_harmed.who_harmed(desk, aysel.id)] == ["employer"]
    for topic in opened.topics.values():
        topic.card.open()
    shown = words_on(opened)
    for words in (CANARY, "1 sign is there. One may suffice; a body in charge decides."):
        assert words in shown
    assert "Yes   ·   the pay" in shown


def test_told_elsewhere_is_an_answer_for_each_topic(opened: Any, window: Window, desk: Desk, aysel: Person) -> None:
    for topic in opened.topics:
        opened.say_how_it_stands(topic)
        assert not opened.editor.form.row("topic").isVisible()
        fill(opened.editor.form, answer="told_elsewhere", where=f"Hotline {topic}")
        save(window)
    found = what_happened.topics_of(desk, aysel.id)
    assert {topic: one.answer for topic, one in found.items()} == dict.fromkeys(opened.topics, "told_elsewhere")
    where = declared(ToldTopic, "where")
    assert {where.read(one) for one in found.values()} == {f"Hotline {topic}" for topic in opened.topics}
    assert "Already told elsewhere, do not ask again" in opened.signs.card.fold.accessibleDescription()


def test_a_row_is_taken_back_and_the_banner_undoes_it(
    qtbot: QtBot, opened: Any, window: Window, desk: Desk, aysel: Person
) -> None:
    gbv_incidents.record_incident(desk, aysel.id, violence="rape")
    opened.refresh()
    opened.incidents.card.open()
    table = opened.incidents.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Home)
    table.selectRow(0)
    (back,) = [one for one in opened.incidents.card.findChildren(LinkButton) if "back" in one.words()]
    assert back.isVisible()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    settle()
    assert gbv_incidents.incidents_of(desk, aysel.id) == []
    opened.close_it()
    undo = window._undo
    assert undo is not None
    window._take_back()
    settle()
    assert "opened on purpose" in window.page().banner.accessibleName(), "closed again, the banner says so"
    opened.reason.given.emit(WHY)
    settle()
    undo()
    settle()
    assert [one.violence for one in gbv_incidents.incidents_of(desk, aysel.id)] == ["rape"]


def test_a_draft_is_called_nothing_and_goes_on_only_after_a_reason(
    opened: Any, window: Window, desk: Desk, aysel: Person, go: Callable[..., Any]
) -> None:
    opened.add_incident()
    fill(opened.editor.form, account=CANARY)
    opened.editor.form.edited.emit()
    opened.editor.form._dirty = True
    opened.close_it()
    (draft,) = my_drafts(desk)
    assert words_for(draft) == "What happened", "Today lies open on a desk"
    place = place_of(draft)
    assert place is not None
    window.go(place)
    settle()
    assert opened.reason.isVisible()
    assert opened.editor is None
    opened.reason.given.emit(WHY)
    settle()
    assert opened.editor is not None
    assert opened.editor.form.editor("account").value() == CANARY


def test_visitor_mode_masks_words(opened: Any, window: Window, desk: Desk, aysel: Person) -> None:
    what_happened.set_topic(desk, aysel.id, "signs", answer="told_elsewhere", where=CANARY)
    exploitation.set_exploitation(desk, aysel.id, None, promised=CANARY, words=CANARY)
    exploitation.set_signs(desk, aysel.id, None, deception="yes", deception_note=CANARY)
    exploitation.record_event(desk, aysel.id, city=CANARY, description=CANARY)
    who_harmed.record_who_harmed(desk, aysel.id, called=CANARY)
    window.seat.set_visitor(on=True)
    opened.refresh()
    for topic in opened.topics.values():
        topic.card.open()
    assert CANARY not in all_words(opened)
    tables = (opened.exploited.table, opened.harming.table)
    assert CANARY not in "".join(
        str(table.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))
        for table in tables
        for row in range(table.model().rowCount())
        for column in range(table.model().columnCount())
    )
    window.seat.set_visitor(on=False)
