"""From the cover back with a PIN, and from everywhere to the lock with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk import lock_reasons, opening
from shelterdesk.opening import open_desk
from shelterdesk.schema import log_reading
from shelterdesk.settings import (
    ALLOW_PICTURES,
    COVER_MINUTES,
    LOCK_MINIMISED,
    LOCK_MINUTES,
    NEUTRAL_TITLE,
    TEXT_SCALE,
    THREE_SHIFTS,
    Settings,
)
from shelterdesk.vault import failures
from tests.desks import PASSPHRASE
from tests.ui.privacy.conftest import Told, window_of
from tests.ui.shots import settle
from ui.pages.unlock import UnlockPage
from ui.place import Place
from ui.privacy.cover import Cover
from ui.privacy.guard import PASSPHRASE_TRIES, Guard
from ui.session import Session
from ui.widgets.masked_value import MaskedValue

PIN = "480263"


def guard_of(session: Session) -> Guard:
    assert session.guard is not None
    return session.guard


def covered(session: Session) -> Cover:
    session.cover()
    settle()
    sheet = guard_of(session).cover_sheet
    assert sheet is not None
    assert sheet.isVisible()
    return sheet


def type_pin(qtbot: QtBot, sheet: Cover, digits: str) -> None:
    qtbot.keyClicks(sheet.pin, digits)
    settle()


def why_shown(session: Session) -> str:
    """Return what the unlock page says."""
    assert session.window is None
    page = session.front
    assert isinstance(page, UnlockPage)
    return page.why.findChildren(QLabel)[-1].text() if not page.why.isHidden() else ""


def reason_in_log(session: Session, folder: Path) -> str:
    """Return why the vault was locked last, as its log says."""
    desk = open_desk(folder, "leyla", PASSPHRASE)
    try:
        with desk.read() as db:
            row = next(one for one in log_reading.logged(db) if one.act == "lock")
        return next(one.after for one in row.changes if one.field_id == "log.why_locked")
    finally:
        desk.close()


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


# --- what the system tells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reason",
    [
        lock_reasons.SCREEN,
        lock_reasons.SLEEP,
        lock_reasons.USER_SWITCHED,
        lock_reasons.ENDING,
        lock_reasons.IDLE,
        lock_reasons.PERSON,
        lock_reasons.MINIMISED,
        lock_reasons.PIN,
        lock_reasons.PASSPHRASE,
        lock_reasons.FAILURE,
    ],
    ids=lambda reason: reason.code,
)
def test_the_vault_is_closed_before_the_system_goes_on_and_the_unlock_page_says_why(
    session: Session, told: Told, vault_folder: Path, reason: lock_reasons.LockReason
) -> None:
    assert session.seat is not None
    ring = session.seat.desk.vault.ring
    told.say(reason.code)
    assert ring.compartments == frozenset(), "closed when the call returns"
    assert told.stopped
    assert why_shown(session) == reason.sentence
    assert reason.sentence.startswith("Locked")
    assert reason_in_log(session, vault_folder) == reason.code


def test_who_locked_it_needs_no_reason(session: Session) -> None:
    window_of(session).run("lock")
    assert why_shown(session) == ""


def test_a_second_reason_meanwhile_does_nothing(session: Session, told: Told) -> None:
    told.say("screen")
    page = session.front
    told.say("sleep")
    assert session.front is page


def test_every_reason_has_words_of_its_own() -> None:
    assert len({one.code for one in lock_reasons.EVERY}) == len(lock_reasons.EVERY)
    assert len({one.label for one in lock_reasons.EVERY}) == len(lock_reasons.EVERY)
    assert lock_reasons.in_words("idle") == "nobody used the computer"
    assert lock_reasons.in_words("later") == "later"
    assert lock_reasons.sentence_for("later") == ""


# --- hiding, minimising, three times Shift -----------------------------------------------------------------------


def test_a_hidden_window_does_not_come_back_when_it_is_locked_meanwhile(session: Session) -> None:
    session.cover(minimise=True)
    settle()
    session.lock("idle")
    assert session.front is not None
    assert session.front.isMinimized()
    session.front.showNormal()


def test_minimising_locks_only_where_that_is_wanted(qtbot: QtBot, session: Session) -> None:
    window = window_of(session)
    window.showMinimized()
    settle()
    assert session.window is not None
    window.showNormal()
    assert session.seat is not None
    session.seat.change_setting(LOCK_MINIMISED, True)
    session.cover(minimise=True)
    settle()
    assert session.window is not None, "hiding is quicker to come back from"
    window.showNormal()
    guard_of(session)._take_off()
    window.showMinimized()
    qtbot.waitUntil(lambda: session.window is None)
    assert "minimised" in why_shown(session)


def shift(window: QWidget, times: int) -> None:
    handle = window.windowHandle()
    for _ in range(times):
        QTest.keyClick(handle, Qt.Key.Key_Shift)
    settle()


def test_shift_three_times_hides_only_where_that_is_wanted(session: Session) -> None:
    window = window_of(session)
    shift(window, 3)
    assert not guard_of(session).is_covered()
    assert session.seat is not None
    session.seat.change_setting(THREE_SHIFTS, True)
    shift(window, 2)
    QTest.keyClick(window.windowHandle(), "a")
    shift(window, 2)
    assert not guard_of(session).is_covered(), "typing capitals is no wish to hide"
    shift(window, 1)
    assert guard_of(session).is_covered()
    window.showNormal()


def test_slow_shifts_do_not_count(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.privacy import input_watch

    assert session.seat is not None
    session.seat.change_setting(THREE_SHIFTS, True)
    now = iter([0.0, 1.0, 2.0, 3.0])
    monkeypatch.setattr(input_watch.time, "monotonic", lambda: next(now))
    shift(window_of(session), 4)
    assert not guard_of(session).is_covered()


def test_what_was_shown_for_a_moment_is_masked_below_the_cover(session: Session) -> None:
    window = window_of(session)
    assert session.seat is not None
    window.go(Place("residents", "everybody", window.trail.here.person_id, "personal"))
    settle()
    page = window.page()
    assert page is not None
    value = MaskedValue("Phone", lambda: "+994 50 000 00 00", parent=page)  # type: ignore[arg-type]
    value.show()
    value.toggle()
    assert not value.is_masked()
    covered(session)
    assert value.is_masked()


# --- settings ----------------------------------------------------------------------------------------------------


def test_settings_of_safety_hold_at_once(session: Session) -> None:
    seat, guard, window = session.seat, guard_of(session), window_of(session)
    assert seat is not None
    seat.change_setting(COVER_MINUTES, 2)
    seat.change_setting(LOCK_MINUTES, 5)
    seen: list[str] = []
    guard.idle.cover_due.connect(lambda: seen.append("cover"))
    start = guard.idle._last
    guard.idle.look(start + 119)
    assert seen == []
    guard.idle.look(start + 121)
    assert seen == ["cover"]
    guard._take_off()
    seat.change_setting(NEUTRAL_TITLE, True)
    assert window.windowTitle() == "Desk"
    assert window.top_bar.name.text() == "Desk"
    session.lock()
    assert session.front is not None
    assert session.front.windowTitle() == "Desk"


def test_one_place_keeps_the_settings_so_none_is_lost(session: Session, tmp_path: Path) -> None:
    assert session.seat is not None
    session.seat.change_setting(COVER_MINUTES, 10)
    window_of(session).run("larger")
    kept = Settings(tmp_path / "settings.toml")
    assert kept.value(COVER_MINUTES) == 10
    assert kept.value(TEXT_SCALE) == 1.1


def test_a_folder_that_takes_no_settings_is_told(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    assert session.seat is not None

    def full(*_values: object) -> None:
        raise OSError

    monkeypatch.setattr(session.seat.settings, "change", full)
    session.seat.change_setting(ALLOW_PICTURES, True)
    page = window_of(session).page()
    assert page is not None
    assert "could not be written" in page.banner.accessibleName()


def test_a_computer_that_slept_without_a_word_is_locked_when_it_wakes(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle = guard_of(session).idle
    slept = idle._time_asleep() + 60
    monkeypatch.setattr(idle, "_time_asleep", lambda: slept)
    idle.look()
    assert "went to sleep" in why_shown(session)


# --- whatever goes wrong on the way ------------------------------------------------------------------------------


def test_a_bug_in_a_page_keeps_no_vault_open(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    seat, window = session.seat, window_of(session)
    assert seat is not None
    ring = seat.desk.vault.ring

    def broken(*_values: object) -> None:
        raise ZeroDivisionError

    for page in window._pages.values():
        monkeypatch.setattr(page, "keep_drafts", broken)
    monkeypatch.setattr(opening, "lock_desk", broken)
    session.lock("failure")
    assert session.window is None
    assert ring.compartments == frozenset()
    assert "unexpected error" in why_shown(session)


class Watcher(QObject):
    """Notes the first paint of a widget."""

    def __init__(self, widget: QWidget, seen: Callable[[], None]) -> None:
        super().__init__(widget)
        self._seen = seen
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._seen()
        return False


def test_the_cover_is_painted_before_any_draft_is_written(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    window, order = window_of(session), []
    sheet = guard_of(session)._make_cover()
    watcher = Watcher(sheet, lambda: order.append("painted"))
    monkeypatch.setattr(window, "keep_drafts", lambda: order.append("written"))
    session.cover()
    assert order == ["painted"]
    settle()
    assert "written" in order
    watcher.deleteLater()
