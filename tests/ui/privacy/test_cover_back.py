"""Back from the cover: by PIN, by passphrase, and what happens when neither is right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.vault import failures
from tests.desks import PASSPHRASE
from tests.ui.privacy.conftest import window_of
from tests.ui.privacy.covering import PIN, covered, reason_in_log, type_pin, why_shown
from tests.ui.shots import settle
from ui.privacy.cover import Cover
from ui.privacy.guard import PASSPHRASE_TRIES
from ui.session import Session

# --- PIN ---------------------------------------------------------------------------------------------------------


def test_the_pin_brings_back_and_nothing_needs_to_be_pressed(qtbot: QtBot, session: Session) -> None:
    assert session.seat is not None
    session.seat.pin.choose(PIN)
    sheet = covered(session)
    assert QApplication.focusWidget() is sheet.pin
    assert not sheet.passphrase.isVisible()
    type_pin(qtbot, sheet, PIN)
    assert sheet.isHidden()
    assert window_of(session).frame.isEnabled()


def test_letters_are_no_digits(qtbot: QtBot, session: Session) -> None:
    assert session.seat is not None
    session.seat.pin.choose(PIN)
    sheet = covered(session)
    type_pin(qtbot, sheet, "a4-8 0")
    assert sheet.pin.text() == "480"


def test_three_wrong_pins_lock_and_the_unlock_page_says_so(qtbot: QtBot, session: Session, vault_folder: Path) -> None:
    assert session.seat is not None
    session.seat.pin.choose(PIN)
    sheet = covered(session)
    type_pin(qtbot, sheet, "111112")
    assert "2 tries left" in sheet.problem.text()
    assert QApplication.focusWidget() is sheet.pin
    assert sheet.pin.text() == ""
    type_pin(qtbot, sheet, "111113")
    assert "1 try left" in sheet.problem.text()
    type_pin(qtbot, sheet, "111114")
    assert "PIN was wrong three times" in why_shown(session)
    assert reason_in_log(session, vault_folder) == "pin"


def test_tries_are_not_given_back_by_covering_again(qtbot: QtBot, session: Session) -> None:
    assert session.seat is not None
    session.seat.pin.choose(PIN)
    for digits in ("111112", "111113"):
        type_pin(qtbot, covered(session), digits)
    type_pin(qtbot, covered(session), "111114")
    assert session.window is None


def test_the_passphrase_serves_where_the_pin_is_forgotten(qtbot: QtBot, session: Session) -> None:
    assert session.seat is not None
    session.seat.pin.choose(PIN)
    sheet = covered(session)
    qtbot.mouseClick(sheet.other_way, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(sheet.passphrase.line, PASSPHRASE)
    qtbot.keyClick(sheet.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.isHidden)


def test_a_pin_is_offered_once_and_the_offer_leads_to_its_field(qtbot: QtBot, session: Session) -> None:
    window = window_of(session)

    def come_back() -> Any:
        sheet = covered(session)
        qtbot.keyClicks(sheet.passphrase.line, PASSPHRASE)
        qtbot.keyClick(sheet.passphrase.line, Qt.Key.Key_Return)
        qtbot.waitUntil(sheet.isHidden)
        settle()
        page = window.page()
        assert page is not None
        return page

    page = come_back()
    assert "PIN" in page.banner.accessibleName()
    qtbot.mouseClick(page.banner.acts()[0], Qt.MouseButton.LeftButton)
    settle()
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, PIN)
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert session.seat is not None
    assert session.seat.pin.fits(PIN)
    session.seat.pin.drop()
    page = come_back()
    assert "PIN" not in page.banner.accessibleName(), "once is enough"


def test_a_pin_that_is_none_is_explained_beside_its_field(qtbot: QtBot, session: Session) -> None:
    window = window_of(session)
    window.run("choose_pin")
    settle()
    chooser: Any = window.page().sections["window"].pin
    qtbot.keyClicks(chooser.line, "123456")
    qtbot.mouseClick(chooser.keep, Qt.MouseButton.LeftButton)
    assert "not in a row" in chooser.said.text()
    assert session.seat is not None
    assert not session.seat.pin.is_set()


def test_locking_forgets_the_pin(session: Session) -> None:
    seat = session.seat
    assert seat is not None
    seat.pin.choose(PIN)
    pin = seat.pin
    session.lock()
    assert not pin.is_set()


# --- wrong passphrases -------------------------------------------------------------------------------------------


def try_passphrase(qtbot: QtBot, sheet: Cover, words: str) -> None:
    qtbot.waitUntil(sheet.passphrase.isEnabled)
    qtbot.keyClicks(sheet.passphrase.line, words)
    qtbot.keyClick(sheet.passphrase.line, Qt.Key.Key_Return)


@pytest.mark.long
def test_wrong_passphrases_on_the_cover_count_as_at_unlock(qtbot: QtBot, session: Session, vault_folder: Path) -> None:
    sheet = covered(session)
    try_passphrase(qtbot, sheet, "not this one")
    qtbot.waitUntil(sheet.problem.isVisible)
    kept = failures.failed_sign_ins(vault_folder)
    assert [one.user_name for one in kept] == ["leyla"]
    try_passphrase(qtbot, sheet, "nor this one")
    qtbot.waitUntil(sheet.is_held_back)
    assert "The next try is possible in" in sheet.problem.text()
    assert not sheet.passphrase.isEnabled()
    qtbot.waitUntil(sheet.passphrase.isEnabled, timeout=10_000)
    assert QApplication.focusWidget() is sheet.passphrase.line
    try_passphrase(qtbot, sheet, PASSPHRASE)
    qtbot.waitUntil(sheet.isHidden)
    assert failures.seconds_to_wait(vault_folder) == 0
    assert len(failures.failed_sign_ins(vault_folder)) == 2, "they stay until the log has them"


def test_several_wrong_passphrases_lock(
    qtbot: QtBot, session: Session, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "seconds_to_wait", lambda _folder: 0.0)
    sheet = covered(session)
    for number in range(PASSPHRASE_TRIES):
        try_passphrase(qtbot, sheet, f"not this one {number}")
        qtbot.waitUntil(lambda: session.window is None or (sheet.passphrase.text() == "" and sheet.open.isEnabled()))
    assert "passphrase was wrong several times" in why_shown(session)


def test_after_the_recovery_sheet_there_is_only_the_lock_until_a_pin_is_chosen(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session.seat is not None
    desk = session.seat.desk
    monkeypatch.setattr(desk, "me", replace(desk.me, is_recovery=True))
    sheet = covered(session)
    assert "recovery sheet" in sheet.label.text()
    assert not sheet.open.isVisible()
    assert QApplication.focusWidget() is sheet.lock
    session.seat.pin.choose(PIN)
    assert covered(session).pin.isVisible()
