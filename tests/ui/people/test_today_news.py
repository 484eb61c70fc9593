"""What Today tells about colleagues and keys, and how keys are replaced after sign-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import recovery, rotation, staff
from shelterdesk.desk import Desk
from shelterdesk.opening import open_desk, open_desk_with_recovery
from shelterdesk.settings import Settings
from shelterdesk.staff import StaffMember
from shelterdesk.vault.compartments import Compartment
from tests.desks import PASSPHRASE
from tests.ui.shots import settle
from ui import theme
from ui.pages.today import TodayPage
from ui.place import Place
from ui.seat import Seat
from ui.widgets.text import Words
from ui.window import Window


def words_on(widget: Any) -> str:
    return " ".join(one.text() for one in widget.findChildren(Words) if one.isVisible())


@contextmanager
def signed_in(qtbot: QtBot, house: Path, name: str, tmp_path: Path, *, wait: bool = True) -> Iterator[TodayPage]:
    """Sign somebody in and show Today, as after the unlock page."""
    desk = open_desk(house, name, PASSPHRASE)
    seat = Seat(desk)
    window = Window(seat, Settings(tmp_path / "settings.toml"))
    window.resize(1366, 900)
    window.show()
    settle()
    if wait:
        qtbot.waitUntil(lambda: not seat.worker.is_busy(), timeout=30_000)
        settle()
    page = window.page()
    assert isinstance(page, TodayPage)
    yield page
    window.hide()
    seat.close()
    desk.close()
    window.deleteLater()
    seat.deleteLater()
    settle()


@pytest.fixture
def prepared(house: Path, qapp: QApplication) -> Callable[[Callable[[Desk, dict[str, StaffMember]], None]], None]:
    """Let Leyla do something before somebody signs in."""
    theme.apply(qapp, "light")

    def do(what: Callable[[Desk, dict[str, StaffMember]], None]) -> None:
        desk = open_desk(house, "leyla", PASSPHRASE)
        what(desk, {one.user_name: one for one in staff.everybody(desk)})
        desk.close()

    return do


def test_the_desk_tells_who_waits_and_what_one_holds_alone(
    qtbot: QtBot, prepared: Any, house: Path, tmp_path: Path
) -> None:
    prepared(lambda desk, _staff: None)
    with signed_in(qtbot, house, "leyla", tmp_path) as page:
        rows = {row.title: row for row in page.desk_card.rows.rows()}
        waits = rows["Waits for keys"]
        assert (waits.detail, waits.action) == ("Nigar H.", "Give")
        alone = rows["3 keys have one holder only"]
        assert alone.detail == "Health, Psychological, Legal"
        offer = rows["One recovery sheet opens all"]
        assert offer.action == "Make pieces"
        page.desk_card.rows.acted.emit(waits.key)
        settle()
        settings: Any = page.window().page()
        assert settings.list.current() == "people"
        people = settings.sections["people"]
        assert people.member().user_name == "nigar"
        page.seat.go(offer.key)
        settle()
        assert people.recovery.panel is not None


def test_a_worker_is_told_what_waits_for_them_and_not_who_alone_holds(
    qtbot: QtBot, prepared: Any, house: Path, tmp_path: Path
) -> None:
    prepared(lambda desk, _staff: None)
    with signed_in(qtbot, house, "nigar", tmp_path) as page:
        titles = [row.title for row in page.desk_card.rows.rows()]
        assert "You wait for keys" in titles
        assert not any("one holder" in title for title in titles)


def test_keys_handed_over_are_replaced_when_the_new_holder_signs_in(
    qtbot: QtBot, prepared: Any, house: Path, tmp_path: Path
) -> None:
    prepared(lambda desk, known: staff.hand_over(desk, known["nigar"].id, [Compartment.CLINICAL]))
    with signed_in(qtbot, house, "nigar", tmp_path, wait=False) as page:
        card = page.news.keys
        assert card is not None
        assert card.isVisible()
        assert "Leyla A. may hold them no longer" in words_on(card)
        qtbot.waitUntil(lambda: page.news.keys is None, timeout=30_000)
        settle()
        assert "The keys are replaced" in page.banner.accessibleName()
        assert rotation.due(page.seat.desk) == {}
        me = next(one for one in staff.everybody(page.seat.desk) if one.is_me)
        assert Compartment.CLINICAL in me.opens
    with signed_in(qtbot, house, "leyla", tmp_path) as page:
        assert page.news.keys is None
        leyla = next(one for one in staff.everybody(page.seat.desk) if one.is_me)
        assert Compartment.CLINICAL not in {key.compartment for key in leyla.keys}


def test_replacing_can_be_put_off_and_is_offered_again(
    qtbot: QtBot, prepared: Any, house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shelterdesk.vault import Stopped

    def stopped(*_values: object, **_names: object) -> None:
        raise Stopped

    prepared(lambda desk, known: staff.hand_over(desk, known["nigar"].id, [Compartment.CLINICAL]))
    with monkeypatch.context() as patch:
        patch.setattr(rotation, "rotate", stopped)
        with signed_in(qtbot, house, "nigar", tmp_path) as page:
            card = page.news.keys
            assert card is not None
            assert "Put off" in words_on(card)
            assert card.now.isVisible()
            card.close_button.click()
            page.refresh()
            settle()
            rows = {row.title: row.key for row in page.desk_card.rows.rows()}
            assert "Keys to be replaced" in rows
            patch.undo()
            page.desk_card.open_row(rows["Keys to be replaced"])
            qtbot.waitUntil(lambda: page.news.keys is None, timeout=30_000)
            assert rotation.due(page.seat.desk) == {}


def test_the_use_of_the_recovery_code_is_told_until_it_is_read(
    qtbot: QtBot, prepared: Any, house: Path, tmp_path: Path
) -> None:
    codes: list[str] = []
    prepared(lambda desk, _staff: codes.append(recovery.new_recovery_sheet(desk)))
    with signed_in(qtbot, house, "nigar", tmp_path) as page:
        assert "Leyla A. made a new recovery code" in words_on(page.news)
    open_desk_with_recovery(house, codes[0], why="Nobody knew the passphrase").close()
    for _time in range(2):
        with signed_in(qtbot, house, "nigar", tmp_path) as page:
            assert "The vault was opened with the recovery code" in words_on(page.news)
            assert "Nobody knew the passphrase" in words_on(page.news)
    with signed_in(qtbot, house, "nigar", tmp_path) as page:
        assert page.news.recovery is not None
        page.news.recovery.closed.click()
        settle()
        assert not page.news.isVisible()
    with signed_in(qtbot, house, "nigar", tmp_path) as page:
        assert "recovery code" not in words_on(page.news)


def test_somebody_new_is_welcomed_in_three_lines(qtbot: QtBot, prepared: Any, house: Path, tmp_path: Path) -> None:
    prepared(lambda desk, _staff: None)
    with signed_in(qtbot, house, "nigar", tmp_path) as page:
        page.show_place(Place("today", doing="welcome"))
        settle()
        said = words_on(page.news)
        assert "Welcome, Nigar H." in said
        assert "You can read and write: House, Identity, Social work." in said
        assert "Still waits for a colleague who holds it: Psychological." in said
        assert page.news.welcome is not None
        page.news.welcome.closed.click()
        settle()
        assert not page.news.isVisible()
