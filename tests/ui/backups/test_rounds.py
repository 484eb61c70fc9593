"""Backups by themselves: at the first look of a day, while nobody is there, and on leaving."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk import backup_schedule, backups, people
from shelterdesk.access import Role, rights_of
from shelterdesk.backup_schedule import When
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from tests.desks import Clock
from tests.ui.shots import settle
from ui import backup_rounds
from ui.backup_rounds import BackupRounds
from ui.seat import Seat


def quiet(qtbot: QtBot, seat: Seat) -> None:
    qtbot.waitUntil(lambda: not seat.files.is_busy(), timeout=30_000)
    settle()


def test_the_first_look_of_a_day_makes_one_for_anybody_and_the_next_none(
    qtbot: QtBot, seat: Seat, desk: Desk, clock: Clock
) -> None:
    desk.rights = rights_of([Role.NIGHT_WORKER.value])
    rounds = BackupRounds(seat)
    told: list[frozenset[str]] = []
    seat.bus.changed.connect(told.append)
    rounds.look()
    quiet(qtbot, seat)
    first = backups.last_backup(desk)
    assert first == clock.now
    assert frozenset({"backup"}) in told, "Today shows how old it is"
    clock.now += timedelta(hours=4)
    rounds.look()
    assert not seat.files.is_busy()
    clock.now += timedelta(days=1)
    rounds.look()
    quiet(qtbot, seat)
    assert backups.last_backup(desk) == clock.now


def test_a_round_that_is_under_way_is_not_begun_again(
    qtbot: QtBot, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait, begun = threading.Event(), []
    monkeypatch.setattr(backup_schedule, "run", lambda *_a, **_k: (begun.append(1), wait.wait(10)))
    rounds = BackupRounds(seat)
    rounds.look()
    rounds.look()
    wait.set()
    quiet(qtbot, seat)
    assert begun == [1]


def test_what_changed_is_backed_up_while_nobody_is_there(qtbot: QtBot, seat: Seat, desk: Desk, clock: Clock) -> None:
    rounds = BackupRounds(seat)
    rounds.look()
    quiet(qtbot, seat)
    rounds.while_nobody_is_there()
    assert not seat.files.is_busy(), "nothing changed"
    clock.now += timedelta(minutes=5)
    people.add_person(desk, short_name="Rəna Q.")
    rounds.while_nobody_is_there()
    quiet(qtbot, seat)
    assert backups.last_backup(desk) == clock.now


def test_on_leaving_a_small_vault_is_backed_up_at_once_and_a_large_one_is_not(
    seat: Seat, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = BackupRounds(seat)
    rounds.before_leaving("sleep")
    assert backups.last_backup(desk) is None, "the computer does not wait"
    rounds.before_leaving("asked")
    assert backups.last_backup(desk) == clock.now
    clock.now += timedelta(minutes=5)
    people.add_person(desk, short_name="Rəna Q.")
    monkeypatch.setattr(backup_rounds, "_QUICK", 1000)
    rounds.before_leaving("asked")
    assert backups.last_backup(desk) == clock.now - timedelta(minutes=5)


def test_leaving_waits_for_no_slow_stick(seat: Seat, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_rounds, "_PATIENCE", -1.0)
    BackupRounds(seat).before_leaving("closed")
    assert backups.last_backup(desk) is None


def test_at_the_end_a_large_vault_is_backed_up_in_the_background_and_the_way_on_is_taken_in_any_case(
    qtbot: QtBot, seat: Seat, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds, gone_on = BackupRounds(seat), []
    assert rounds.before_the_end(lambda: gone_on.append(1)) is None, "a small one is made on leaving"
    monkeypatch.setattr(backup_rounds, "_QUICK", 1000)
    assert rounds.before_the_end(lambda: gone_on.append(1)) is not None
    qtbot.waitUntil(lambda: gone_on == [1], timeout=30_000)
    assert backups.last_backup(desk) == clock.now
    people.add_person(desk, short_name="Rəna Q.")
    task = rounds.before_the_end(lambda: gone_on.append(2))
    assert task is not None
    task.cancel()
    qtbot.waitUntil(lambda: len(gone_on) == 2, timeout=30_000)


def test_by_hand_means_by_hand(seat: Seat, desk: Desk) -> None:
    backup_schedule.set_when(desk, When.BY_HAND)
    rounds = BackupRounds(seat)
    rounds.look()
    rounds.while_nobody_is_there()
    rounds.before_leaving("asked")
    assert not seat.files.is_busy()
    assert backups.last_backup(desk) is None


def test_trouble_raises_no_dialog_and_is_kept_for_the_page(
    qtbot: QtBot, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **_more: Any) -> None:
        raise ShelterDeskError("The stick is gone.")

    said: list[Any] = []
    seat.said.connect(lambda *words: said.append(words))
    monkeypatch.setattr(backup_schedule, "run", broken)
    rounds = BackupRounds(seat)
    rounds.look()
    quiet(qtbot, seat)
    rounds.before_leaving("asked")
    monkeypatch.setattr(backup_schedule, "due", broken)
    rounds.look()
    assert said == []


def test_no_round_begins_after_the_vault_was_left(qtbot: QtBot, seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_rounds, "_FIRST_LOOK", 20)
    rounds, asked = BackupRounds(seat), []
    monkeypatch.setattr(backup_rounds.backup_schedule, "due", lambda _desk: asked.append(1) or ())
    rounds.begin()
    rounds.stop()
    qtbot.wait(80)
    assert not asked
    rounds.begin()
    qtbot.waitUntil(lambda: bool(asked), timeout=2_000)
