"""Keys on the page: who holds which, giving, handing over, lending, taking back; with the real core."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import staff
from shelterdesk.desk import Desk
from shelterdesk.staff import StaffMember
from shelterdesk.vault.compartments import Compartment
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.widgets.table_view import TableRow
from ui.widgets.text import Words

Member = Callable[[str], StaffMember]


def today() -> date:
    # The vault counts days in UTC.
    return datetime.now(UTC).date()


def matrix_of(people: Any) -> dict[str, list[str]]:
    """Return what the matrix says about each colleague, key by key."""
    rows = [one for one in people.matrix.table._shown if isinstance(one, TableRow)]
    return {row.cells[0].words: [cell.words for cell in row.cells[1:]] for row in rows}


def words_on(widget: Any) -> str:
    return " ".join(one.text() for one in widget.findChildren(Words) if one.isVisible())


def tick(people: Any, *keys: Compartment) -> None:
    for box in people.panel.keys.boxes.values():
        box.setChecked(False)
    for key in keys:
        people.panel.keys.boxes[key.value].setChecked(True)


def test_the_matrix_says_who_holds_what_and_who_alone(people: Any) -> None:
    assert matrix_of(people) == {
        "Leyla A.": ["holds"] * 6,
        "Nigar H.": ["holds", "holds", "holds", "–", "waits", "–"],
        "Tural M.": ["holds", "–", "–", "–", "–", "–"],
    }
    assert people.matrix.alone.isVisible()
    assert people.matrix.alone.title.text() == "Leyla A. alone holds: Health, Psychological, Legal."


def test_in_a_narrow_window_each_key_names_its_holders(people: Any) -> None:
    people.window().resize(880, 700)
    settle()
    assert not people.matrix.table.isVisible()
    rows = {row.title: row.second for row in people.matrix.lines.rows()}
    assert rows["Psychological"] == "Leyla A."
    assert rows["House"] == "Leyla A., Nigar H., Tural M."


def test_what_somebody_waits_for_is_given_with_one_press(qtbot: QtBot, people: Any, member: Member, on: Any) -> None:
    on("nigar")
    give = people.card.buttons["give-clinical"]
    give.setFocus()
    qtbot.keyClick(give, Qt.Key.Key_Space)
    settle()
    assert Compartment.CLINICAL in member("nigar").opens
    assert matrix_of(people)["Nigar H."][4] == "holds"
    assert people.matrix.alone.title.text() == "Leyla A. alone holds: Health, Legal."


def test_keys_are_given_by_keyboard_alone(qtbot: QtBot, people: Any, member: Member, on: Any) -> None:
    panel = on("tural", "give")
    assert QApplication.focusWidget() is panel.keys.boxes["identity"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert member("tural").opens == {Compartment.HOUSE, Compartment.IDENTITY}
    assert people.panel is None
    on("tural")
    assert "Beyond the roles: Identity." in words_on(people.card)


def test_without_a_tick_nothing_is_given(people: Any, member: Member, on: Any) -> None:
    panel = on("tural", "give")
    panel.save.click()
    assert "at least one" in panel.problem.text()
    assert member("tural").opens == {Compartment.HOUSE}


def test_escape_closes_the_panel_and_changes_nothing(qtbot: QtBot, people: Any, member: Member, on: Any) -> None:
    panel = on("tural", "give")
    panel.keys.boxes["legal"].setChecked(True)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert people.panel is None
    assert people.colleagues.list.hasFocus()
    assert member("tural").opens == {Compartment.HOUSE}


def test_a_key_handed_over_says_until_when_it_is_known(people: Any, member: Member, on: Any, desk: Desk) -> None:
    on("nigar", "hand_over")
    tick(people, Compartment.CLINICAL)
    people.panel.save.click()
    settle()
    assert not desk.holds(Compartment.CLINICAL)
    assert matrix_of(people)["Leyla A."][4] == "ending"
    on("leyla")
    assert "until Nigar H. next signs in" in words_on(people.card)
    assert "hand_over" in acts_of(desk)


def test_a_deputy_holds_until_a_day_with_a_reason(people: Any, member: Member, on: Any) -> None:
    panel = on("nigar", "deputise")
    tick(people, Compartment.MEDICAL)
    until = today() + timedelta(days=20)
    panel.until.set_value(until)
    panel.save.click()
    assert panel.rows["why"].problem() != ""
    assert not member("nigar").opens & {Compartment.MEDICAL}
    panel.why.setText("Leave until the new year")
    panel.save.click()
    settle()
    held = next(key for key in member("nigar").keys if key.compartment is Compartment.MEDICAL)
    assert held.until == until
    assert matrix_of(people)["Nigar H."][3].startswith("until ")
    assert "Leyla A. alone holds" in people.matrix.alone.title.text()
    assert "Health" in people.matrix.alone.title.text(), "a deputy is no second holder"


def test_taking_back_replaces_the_key_with_progress(
    qtbot: QtBot, people: Any, member: Member, on: Any, desk: Desk
) -> None:
    staff.give(desk, member("nigar").id, [Compartment.CLINICAL])
    people.show_now()
    before = desk.vault.database_path.name
    panel = on("nigar", "take_back")
    tick(people, Compartment.CLINICAL)
    panel.save.click()
    assert panel.rows["why"].problem() != "" or panel.progress.isVisible()
    qtbot.waitUntil(lambda: not people.seat.worker.is_busy(), timeout=30_000)
    settle()
    assert panel.rows["why"].problem() != ""
    panel.why.setText("Works with adults only from now on")
    panel.save.click()
    assert panel.progress.isVisible()
    assert not people.colleagues.isEnabled()
    qtbot.waitUntil(lambda: people.panel is None, timeout=30_000)
    settle()
    assert Compartment.CLINICAL not in member("nigar").opens
    assert desk.vault.database_path.name != before
    assert people.colleagues.isEnabled()
    assert "take_back" in acts_of(desk)
