"""Settings → Backups: places, schedule, looking into a backup, putting it back, the check of everything."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk import backup_schedule, backup_targets, backups, integrity, people
from shelterdesk.access import Role, rights_of
from shelterdesk.backup_keeping import Keep
from shelterdesk.backup_schedule import When
from shelterdesk.backup_targets import FOLDER, STICK, Memory, Target
from shelterdesk.desk import Desk
from tests.desks import Clock
from tests.ui.shots import settle
from ui.forms.backup_words import size_words, state_words, trouble_words
from ui.pages.settings.backup import BackupSection, look_card, places_card
from ui.place import Place
from ui.seat import Seat
from ui.window import Window


def quiet(qtbot: QtBot, seat: Seat) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not seat.files.is_busy() and not seat.worker.is_busy(), timeout=30_000)
    settle()


@pytest.fixture
def section(qtbot: QtBot, window: Window, seat: Seat) -> BackupSection:
    """The section, on screen."""
    window.go(Place("settings", section="backup"))
    quiet(qtbot, seat)
    page: Any = window.page()
    found: BackupSection = page.sections["backup"]
    return found


def chips(section: BackupSection) -> list[str]:
    return [row.chip.words for row in section.places.rows.rows() if row.chip]


def test_a_backup_is_made_at_once_and_told_for_each_place(
    qtbot: QtBot, section: BackupSection, desk: Desk, seat: Seat, tmp_path: Path
) -> None:
    assert chips(section) == ["Due"]
    assert section.places.rows.rows()[0].below == "No backup there yet."
    backup_targets.add_target(desk, tmp_path / "second")
    section.places.make.click()
    assert section.places.progress.isVisible()
    assert not section.places.make.isEnabled()
    quiet(qtbot, seat)
    assert chips(section) == ["Up to date", "Up to date"]
    assert section.places.result.text().count("was made, opened and checked") == 2
    assert not section.places.progress.isVisible()
    assert [row.second for row in section.look.rows.rows()] == [
        str(tmp_path / "home" / "backups"), str(tmp_path / "second")
    ]  # fmt: skip


def test_the_command_comes_here_and_makes_one(qtbot: QtBot, window: Window, seat: Seat, desk: Desk) -> None:
    window.run("back_up")
    quiet(qtbot, seat)
    assert backups.last_backup(desk)


def test_a_place_is_added_and_taken_out_again_with_undo(
    qtbot: QtBot, section: BackupSection, window: Window, desk: Desk, seat: Seat, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(places_card, "choose_folder", lambda *_: tmp_path / "second")
    section.places.choose.click()
    quiet(qtbot, seat)
    assert [one.path for one in backup_targets.targets(desk)][1] == str(tmp_path / "second")
    section.places.choose.click()
    assert "already" in section.places.result.text()
    rows = section.places.rows.rows()
    assert [row.action for row in rows] == ["Take out", "Take out"]
    section.places.take_out(rows[1].key)
    quiet(qtbot, seat)
    assert len(backup_targets.targets(desk)) == 1
    assert [row.action for row in section.places.rows.rows()] == [""], "the last place stays"
    window.run("undo")
    assert len(backup_targets.targets(desk)) == 2


def test_an_absent_stick_and_a_full_one_are_told_calmly(
    qtbot: QtBot, section: BackupSection, desk: Desk, seat: Seat, clock: Clock, tmp_path: Path
) -> None:
    backup_targets.set_targets(
        desk,
        [Target("a", STICK, "desk", "ROSA"), Target("b", FOLDER, str(tmp_path / "full")), Target("c", STICK, ".", "X")],
    )
    (tmp_path / "full").mkdir()
    before = clock.now - timedelta(days=12)
    full = "There is no room left on the disk of {folder}. What was saved before is safe."
    backup_targets.remember(
        desk,
        {
            "a": Memory(made=before, seen=before),
            "b": Memory(failed=clock.now, seen=clock.now, message=full, values={"folder": "full"}),
        },
    )
    section.show_now()
    quiet(qtbot, seat)
    stick, folder, unknown = section.places.rows.rows()
    assert stick.below == "Not plugged in since 5 November. Last backup 5 November 10:00."
    assert (
        folder.below
        == "Did not work today 10:00: There is no room left on the disk of full. What was saved before is safe."
    )
    assert unknown.below == "Not plugged in yet."
    assert chips(section) == ["Not there", "Did not work", "Due"]
    assert trouble_words(desk) == "ROSA (stick): 5 November"


def test_schedule_and_numbers_hold_at_once(section: BackupSection, desk: Desk) -> None:
    section.when.when.chosen.emit(When.BY_HAND)
    assert backup_schedule.when(desk) is When.BY_HAND
    section.when.days.set_value(14)
    section.when.days.chosen.emit(14)
    assert backup_targets.keep_of(desk) == Keep(14, 4, 12)


def test_who_may_not_change_settings_sees_no_way_to(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    desk.rights = rights_of([Role.CASE_MANAGER.value])
    section = BackupSection(seat)
    assert section.when.isHidden()
    assert section.places.choose.isHidden()
    assert not section.places.make.isHidden()
    section.deleteLater()
    settle()


def look_at_newest(qtbot: QtBot, section: BackupSection, desk: Desk, seat: Seat, clock: Clock) -> None:
    backups.back_up_everywhere(desk)
    clock.now += timedelta(hours=3)
    people.add_person(desk, short_name="Rəna Q.")
    section.look.find()
    quiet(qtbot, seat)
    section.look.look_into(section.look.rows.rows()[0].key)
    quiet(qtbot, seat)


def test_a_backup_is_looked_into_beside_the_vault(
    qtbot: QtBot, section: BackupSection, desk: Desk, seat: Seat, clock: Clock
) -> None:
    look_at_newest(qtbot, section, desk, seat, clock)
    told = section.look.told
    assert told.isVisible()
    rows = {label: (left, right) for label, left, right in told.beside.rows()}
    assert rows["People on file"] == ("0", "1")
    assert rows["Last entry"] == ("17 November 2026, 10:00", "17 November 2026, 13:00")
    assert rows["Who could sign in"] == ("leyla", "leyla")
    assert "an earlier state of this vault" in told.kinship.text()
    assert told.returning.isHidden()
    assert told.put_back.isVisible()


def test_a_damaged_backup_says_so_and_offers_nothing(
    qtbot: QtBot, section: BackupSection, desk: Desk, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made,) = backups.back_up_everywhere(desk)
    assert made.file
    data = bytearray(made.file.read_bytes())
    data[5000] ^= 1
    made.file.write_bytes(data)
    monkeypatch.setattr(look_card, "choose_file", lambda *_: made.file)
    section.look.choose.click()
    quiet(qtbot, seat)
    assert "not a whole ShelterDesk backup" in section.look.told.notice.accessibleName()
    assert not section.look.told.put_back.isVisible()


def test_putting_back_asks_first_and_hands_a_looked_through_vault_to_the_session(
    qtbot: QtBot, section: BackupSection, desk: Desk, seat: Seat, clock: Clock, vault_folder: Path
) -> None:
    look_at_newest(qtbot, section, desk, seat, clock)
    asked: list[tuple[str, Any]] = []
    seat.lock_then.connect(lambda why, then: asked.append((why, then)))
    section.look.told.put_back.click()
    assert section.look.confirm is not None
    section.look.confirm.cancel.click()
    assert section.look.confirm is None
    section.look.told.put_back.click()
    assert section.look.confirm is not None
    section.look.confirm.save.click()
    qtbot.waitUntil(lambda: bool(asked), timeout=30_000)
    assert asked[0][0] == "restored"
    (beside,) = vault_folder.parent.glob("*.restored-*")
    assert beside.is_dir()
    assert vault_folder.is_dir(), "the vault itself is where it was until the session has locked it"


def test_the_check_names_damage_and_leads_on(
    qtbot: QtBot, section: BackupSection, desk: Desk, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    section.whole.verify.click()
    quiet(qtbot, seat)
    assert "Everything is whole" in section.whole.whole.accessibleName()
    finding = integrity.Finding(
        "records.db", "The file {file} of this vault is damaged.", {"file": "records.db"}, False
    )
    monkeypatch.setattr(integrity, "verify_desk", lambda *_: integrity.Report([finding]))
    asked: list[str] = []
    seat.lock_then.connect(lambda why, _then: asked.append(why))
    section.whole.verify.click()
    quiet(qtbot, seat)
    assert "records.db" in section.whole.harmed.accessibleName()
    assert section.whole.whole.isHidden()
    section.whole.way_on.click()
    assert asked == ["damaged"]


@pytest.mark.parametrize(
    ("size", "words"), [(0, "1 KB"), (999_000, "999 KB"), (7_900_000, "7.9 MB"), (2_500_000_000, "2.5 GB")]
)
def test_sizes_are_told_in_round_numbers(size: int, words: str) -> None:
    assert size_words(size) == words


def test_files_nobody_can_read_are_counted(desk: Desk, clock: Clock) -> None:
    state = backups.State(Target("a", FOLDER, "/x"), Memory(made=clock.now, unreadable=2))
    assert "2 older files there cannot be read" in state_words(state, desk, there=True)
