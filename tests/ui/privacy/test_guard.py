"""From the cover back with a PIN, and from everywhere to the lock with its reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelterdesk import lock_reasons, opening
from shelterdesk.settings import (
    ALLOW_PICTURES,
    COVER_MINUTES,
    LOCK_MINIMISED,
    LOCK_MINUTES,
    SHOWN_AS,
    TEXT_SCALE,
    THREE_SHIFTS,
    Settings,
)
from tests.ui.privacy.conftest import Told, window_of
from tests.ui.privacy.covering import covered, guard_of, reason_in_log, why_shown
from tests.ui.shots import settle
from ui.place import Place
from ui.session import Session
from ui.widgets.masked_value import MaskedValue

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
    seat.change_setting(SHOWN_AS, "notebook")
    assert window.windowTitle() == "Notebook"
    assert window.top_bar.name.text() == "Notebook"
    guard.cover()
    assert window.windowTitle() == "Notebook"
    guard._take_off()
    session.lock()
    assert session.front is not None
    assert session.front.windowTitle() == "Notebook"


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
