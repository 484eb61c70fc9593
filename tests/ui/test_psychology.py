"""Psychology in the record: an episode with its goals, a scale asked by keyboard, and scales in the settings."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk import alerts, drafts, episodes, residents, scales, screenings, services
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.documents import psychology_paper
from shelterdesk.documents.blocks import Aside, Block, Document, Heading, Paragraph, Table
from shelterdesk.people import Person
from shelterdesk.schema.base import whole
from tests.core.seats import seat as seat_of
from tests.core.test_instruments import filed
from tests.desks import TODAY
from tests.ui.record_acts import fill, words_on
from tests.ui.shots import settle
from ui.forms.screening_form import ScreeningForm
from ui.pages.resident.psychology import PsychologySection
from ui.pages.settings.scales import ScalesSection
from ui.seat import Seat
from ui.widgets.question_rows import Question, QuestionRows
from ui.window import Window

DAY = timedelta(days=1)
KEY = Qt.Key
Go = Callable[..., Any]


def press(*keys: Qt.Key | str) -> None:
    """Press keys wherever the keyboard is."""
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def words_of(document: Document) -> str:
    """Return everything a paper says."""
    said: list[str] = []

    def read(block: Block) -> None:
        if isinstance(block, Heading | Paragraph):
            said.append(block.text)
        elif isinstance(block, Aside):
            said.extend((block.label, block.text))
        elif isinstance(block, Table):
            said.extend(str(cell) for row in block.rows for cell in row.cells)

    for block in document.blocks:
        read(block)
    return "\n".join(said)


# --- the work ------------------------------------------------------------------------------------------------------


def test_work_is_begun_gets_a_goal_and_ends(window: Window, desk: Desk, aysel: Person, go: Go) -> None:
    section: PsychologySection = go("psychology")
    assert "No psychological work is put down" in words_on(section)
    section.empty.button.click()
    settle()
    assert section.editor is not None
    fill(section.editor.form, about="Sleeps four hours", begun_on=TODAY - 20 * DAY)
    window.run("save")
    settle()
    services.add_service(
        desk, aysel.id, kind="psychological_session", given_on=TODAY - 3 * DAY, outcome="took_place", minutes=50
    )
    section.refresh()
    settle()
    assert "Sleeps four hours" in words_on(section)
    assert "1 session given" in section.thread_card.lead.text()

    section.thread_card.buttons["new_goal"].click()
    settle()
    QTest.keyClicks(QApplication.focusWidget(), "I sleep through")
    window.run("save")
    settle()
    (goal,) = section.goals
    section.thread_card.rows.setFocus()
    press(KEY.Key_Down, KEY.Key_Space)
    settle()
    assert episodes.goals_of(desk, aysel.id)[0].state == "reached"
    window.run("undo")
    settle()
    assert episodes.goals_of(desk, aysel.id)[0].state == "open"

    section.thread_card.buttons["end"].click()
    settle()
    window.run("save")
    settle()
    assert section.editor is not None
    assert section.editor.form.row("how_ended").problem() == "Say how it ended"
    fill(section.editor.form, how_ended="goals_reached", ending="She knows whom to call")
    window.run("save")
    settle()
    (ended,) = episodes.episodes_of(desk, aysel.id)
    assert (ended.ended_on, ended.how_ended) == (TODAY, "goals_reached")
    window.run("undo")
    settle()
    assert episodes.episodes_of(desk, aysel.id)[0].is_open
    assert goal.episode_id == ended.id


# --- a scale --------------------------------------------------------------------------------------------------------


def test_a_scale_is_answered_by_digits_alone(window: Window, desk: Desk, aysel: Person, go: Go) -> None:
    section: PsychologySection = go("psychology", "new_screening")
    assert section.editor is not None
    form = section.editor.form
    assert isinstance(form, ScreeningForm)
    for digit in "10210100":
        press(digit)
    press(KEY.Key_Up, KEY.Key_Up)
    press("2")
    settle()
    form.keep_draft()
    (draft,) = drafts.my_drafts(desk)
    assert draft.values["answers"] == "1=1 2=0 3=2 4=1 5=0 6=1 7=2 8=0"
    window.run("save")
    assert "9, 10" in form.row("answers").problem(), "what is missing is named"
    press("-", "0")
    settle()
    window.run("save")
    settle()
    (score,) = screenings.scores_of(desk, aysel.id)
    assert score.total is None, "she prefers not to answer everything"
    assert (score.answers["7"], score.answers["9"]) == (2, None)
    assert drafts.my_drafts(desk) == []
    window.run("undo")
    settle()
    assert screenings.scores_of(desk, aysel.id) == []


def test_an_answer_about_death_asks_for_a_flag_that_says_nothing(
    window: Window, desk: Desk, aysel: Person, go: Go
) -> None:
    section: PsychologySection = go("psychology", "new_screening")
    assert section.editor is not None
    form = section.editor.form
    assert isinstance(form, ScreeningForm)
    for _number in range(8):
        press("1")
    assert form.notice.isHidden()
    press("1", "0")
    settle()
    assert form.notice.isVisible()
    assert "Total 9 of 27 · Mild" in words_on(form)
    assert alerts.alerts_of(desk, aysel.id) == [], "nothing is raised by itself"
    form.raise_button.click()
    settle()
    QTest.keyClicks(QApplication.focusWidget(), "Look in at night")
    window.run("save")
    settle()
    (alert,) = alerts.alerts_of(desk, aysel.id)
    assert (alert.kind, alert.words) == ("may_harm_herself", "Look in at night")
    window.run("undo")
    settle()
    assert alerts.alerts_of(desk, aysel.id) == [], "what was raised with it goes with it"
    assert screenings.scores_of(desk, aysel.id) == []


def test_a_scale_that_ends_early_hides_the_other_questions(aysel: Person, go: Go) -> None:
    section: PsychologySection = go("psychology", "new_screening")
    assert section.editor is not None
    form = section.editor.form
    assert isinstance(form, ScreeningForm)
    fill(form, scale="pcptsd5")
    form._follow_scale()
    settle()
    rows = form.answers.questions.rows
    assert [row.isVisible() for row in rows] == [True] * 6
    rows[0].take_keyboard()
    press("0")
    settle()
    assert [row.isVisible() for row in rows] == [True] + [False] * 5
    assert "Total 0 of 5" in words_on(form)


def test_questions_of_many_words_are_not_cut_off(qtbot: QtBot) -> None:
    rows = QuestionRows("Answers")
    qtbot.addWidget(rows)
    long = "Did something keep you from what you usually do, at home, at work or with others? " * 2
    rows.set_questions([Question(str(number), long, ((0, "Not at all"), (1, "Nearly every day"))) for number in (1, 2)])
    rows.resize(300, 800)
    rows.show()
    settle()
    for row in rows.rows:
        assert row.height() >= row.heightForWidth(row.width())
        lowest = max(button.mapTo(row, button.rect().bottomLeft()).y() for button in row.findChildren(QPushButton))
        assert lowest < row.height()


def test_scores_stand_as_a_line_and_as_a_table(qtbot: QtBot, window: Window, desk: Desk, aysel: Person, go: Go) -> None:
    episodes.record_episode(desk, aysel.id)
    for ago, score in ((30, 3), (2, 1)):
        answers = " ".join(f"{number}={score}" for number in range(1, 8))
        screenings.record_screening(desk, aysel.id, scale="gad7", answers=answers, held_on=TODAY - ago * DAY)
    section: PsychologySection = go("psychology")
    card = section.scales
    qtbot.waitUntil(lambda: not card.chart._picture.isNull())
    told = card.chart.accessibleDescription()
    assert "21" in told
    assert "7" in told
    table = card.table
    role = Qt.ItemDataRole.AccessibleTextRole
    cells = [[table.model().index(row, column).data(role) for column in (2, 3)] for row in range(2)]
    assert cells == [["7 of 21", "Mild"], ["21 of 21", "Severe"]]
    table.go_to(card.scores[0].screening.id)
    table.setFocus()
    press(KEY.Key_Return)
    settle()
    assert "Trouble relaxing" in words_on(table.editor())
    window.seat.set_visitor(on=True)
    settle()
    section.refresh()
    settle()
    assert "Trouble relaxing" not in words_on(section.scales)
    assert not card.chart.isVisible()
    assert card.chart._picture.isNull(), "nothing of the line stays behind"
    shown = [table.model().index(row, 2).data(role) for row in range(2)]
    assert not any("21" in cell for cell in shown)


# --- who lacks the key; paper ---------------------------------------------------------------------------------------


def test_without_the_key_days_are_shown_and_nothing_that_was_said(
    qapp: QApplication, desk: Desk, aysel: Person
) -> None:
    one = episodes.record_episode(desk, aysel.id, about="Sleeps four hours")
    episodes.add_goal(desk, one, words="I sleep through")
    screenings.record_screening(desk, aysel.id, scale="phq9", total=12)
    seat = Seat(seat_of(desk, Role.DIRECTOR))
    section = PsychologySection(seat)
    try:
        with seat.desk.read() as db:
            person = db.get_one(Person, aysel.id, options=whole(Person))

        section.show_person(residents.head_of(seat.desk, person), person)
        section.show()
        settle()
        said = words_on(section)
        assert "since" in said
        assert "sealed" in said
        assert not any(words in said for words in ("four hours", "sleep through", "PHQ", "12"))
        assert section.new_button.isHidden()
        assert section.print_button.isHidden()
        assert section.scales.isHidden()
        assert "ask_scale" not in section.commands()
    finally:
        section.hide()
        section.deleteLater()
        seat.close()
        seat.deleteLater()
        settle()


def test_the_paper_says_what_was_chosen(desk: Desk, aysel: Person) -> None:
    one = episodes.record_episode(desk, aysel.id, about="Sleeps four hours")
    episodes.add_goal(desk, one, words="I sleep through")
    answers = " ".join(f"{number}=2" for number in range(1, 8))
    screenings.record_screening(desk, aysel.id, scale="gad7", answers=answers)
    said = words_of(psychology_paper.psychology_paper(desk, aysel.id, "en"))
    for words in ("Sleeps four hours", "I sleep through", "14 of 21", "Moderate", "no diagnosis"):
        assert words in said
    assert "Trouble relaxing" not in said
    whole_paper = words_of(psychology_paper.psychology_paper(desk, aysel.id, "en", answers=True))
    assert "Trouble relaxing" in whole_paper
    assert "14 of 21" not in words_of(psychology_paper.psychology_paper(desk, aysel.id, "en", scales=False))


# --- settings -------------------------------------------------------------------------------------------------------


@pytest.fixture
def settings(qtbot: QtBot, seat: Seat) -> ScalesSection:
    made = ScalesSection(seat)
    qtbot.addWidget(made)
    made.resize(900, 620)
    made.show_now()
    made.show()
    made.activateWindow()
    settle()
    return made


def test_a_scale_is_loaded_from_a_file_and_taken_out_of_use(
    settings: ScalesSection, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "calm.json"
    file.write_bytes(filed())
    settings.load(file)
    settle()
    assert "«Calm» is in use" in words_on(settings)
    assert scales.offered(desk)[-1].title() == "Calm"
    settings.table.setFocus()
    press(KEY.Key_Return)
    settle()
    assert "Written in the house" in words_on(settings)
    panel: Any = settings.table.editor()
    panel.use_wanted.emit()
    settle()
    assert scales.every_scale(desk)[-1].in_use is False


def test_a_wrong_file_is_answered_with_its_places(settings: ScalesSection, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "wrong.json"
    file.write_bytes(json.dumps(json.loads(filed()) | {"items": [], "title": None}).encode())
    settings.load(file)
    settle()
    said = words_on(settings)
    assert "Nothing was taken" in said
    assert "title: is missing" in said
    assert "items: has to be a list" in said
    settings.load(tmp_path / "nowhere.json")
    assert "could not be read" in words_on(settings)
    assert len(scales.every_scale(desk)) == len(scales.BROUGHT)
