"""Places of backups: folders, sticks known by their label, each with what came of it last."""

from __future__ import annotations

import errno
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shelterdesk import backup_targets, backups, people
from shelterdesk.access import Role, rights_of
from shelterdesk.backup_keeping import Keep
from shelterdesk.backup_targets import FOLDER, STICK, Target, add_target, place_of, remove_target, target_for, targets
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.schema import log_reading
from shelterdesk.vault import Course, DiskFull, Stopped, VaultNotWritable, backup_opening, check_backup
from shelterdesk.vault import backup as vault_backup
from shelterdesk.volumes import Volume
from tests.desks import Clock


class Sticks:
    """What is plugged in, as a test wishes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plugged: list[Volume] = []

    def __call__(self) -> list[Volume]:
        return self.plugged

    def plug(self, label: str, number: str = "", at: str = "") -> Volume:
        root = self.folder / (at or label)
        root.mkdir(parents=True, exist_ok=True)
        self.plugged.append(Volume(root, label, number))
        return self.plugged[-1]


@pytest.fixture
def sticks(tmp_path: Path) -> Sticks:
    return Sticks(tmp_path / "media")


def backup_acts(desk: Desk) -> list[Any]:
    with desk.read() as db:
        return [row for row in log_reading.logged(db) if row.act == "backup"]


def test_a_new_vault_has_one_place_and_is_told_where(desk: Desk, tmp_path: Path) -> None:
    (place,) = targets(desk)
    assert (place.kind, Path(place.path)) == (FOLDER, tmp_path / "home" / "backups")
    backup_targets.begin_with(desk, tmp_path / "chosen")
    assert [one.words() for one in targets(desk)] == [str(tmp_path / "chosen")]


def test_a_stick_is_known_by_its_label_wherever_it_lies(desk: Desk, sticks: Sticks) -> None:
    rosa = sticks.plug("ROSA", "5A3B")
    target = add_target(desk, rosa.root / "desk", sticks)
    assert (target.kind, target.label, target.path) == (STICK, "ROSA", "desk")
    assert place_of(target, sticks()) == rosa.root / "desk"
    sticks.plugged = []
    assert place_of(target, sticks()) is None
    again = sticks.plug("Rosa", "5A3B", at="elsewhere")
    assert place_of(target, sticks()) == again.root / "desk"


def test_of_sticks_with_one_label_the_known_number_counts_then_the_known_folder(sticks: Sticks) -> None:
    one, two = sticks.plug("USB", "1", at="one"), sticks.plug("USB", "2", at="two")
    assert place_of(Target("a", STICK, "desk", "USB", "2"), sticks()) == two.root / "desk"
    unnumbered = Target("a", STICK, "desk", "USB")
    assert place_of(unnumbered, sticks()) == one.root / "desk"
    (two.root / "desk").mkdir()
    assert place_of(unnumbered, sticks()) == two.root / "desk"
    assert place_of(Target("a", STICK, "desk", "USB", "3"), sticks()) == two.root / "desk", "formatted anew"


def test_what_cannot_be_taken_away_or_has_no_name_is_a_folder(tmp_path: Path, sticks: Sticks) -> None:
    home = Volume(Path("/"), "SYSTEM")
    assert target_for(tmp_path, [home]).kind == FOLDER
    assert target_for(sticks.plug("").root / "x", sticks()).kind == FOLDER
    assert target_for(Path("/mnt/nas/x"), []).kind == FOLDER


def test_places_are_not_named_twice_lie_outside_and_are_never_none(desk: Desk, tmp_path: Path, sticks: Sticks) -> None:
    with pytest.raises(Problems, match="outside"):
        add_target(desk, desk.vault.folder / "backups", sticks)
    add_target(desk, tmp_path / "second", sticks)
    with pytest.raises(Problems, match="already"):
        add_target(desk, tmp_path / "second", sticks)
    first, second = targets(desk)
    remove_target(desk, first.id)
    with pytest.raises(Problems, match="at least one"):
        remove_target(desk, second.id)


def test_one_backup_reaches_every_place_and_each_remembers(
    desk: Desk, clock: Clock, sticks: Sticks, tmp_path: Path
) -> None:
    rosa = sticks.plug("ROSA")
    add_target(desk, rosa.root / "desk", sticks)
    made = backups.back_up_everywhere(desk, sticks)
    names = {one.file.name for one in made if one.file}
    assert names == {"desk-7F3A-2026-11-17.dbk"}
    assert [one.file and one.file.parent for one in made] == [tmp_path / "home" / "backups", rosa.root / "desk"]
    for one in made:
        assert one.file
        assert check_backup(one.file, desk.vault).opened
    assert (made[0].file or Path()).read_bytes() == (made[1].file or Path()).read_bytes()
    for state in backups.states(desk):
        assert state.memory.made == clock.now
        assert not state.memory.has_failed
    (row,) = backup_acts(desk)
    assert {change.field_id: change.after for change in row.changes} == {
        "log.what": "desk-7F3A-2026-11-17.dbk", "log.count": "2"
    }  # fmt: skip
    assert [one.name for one in rosa.root.iterdir()] == ["desk"], "nothing else is left on a stick"


def test_an_absent_stick_is_told_calmly_and_keeps_nobody_from_the_others(
    desk: Desk, clock: Clock, sticks: Sticks
) -> None:
    rosa = sticks.plug("ROSA")
    add_target(desk, rosa.root, sticks)
    backups.back_up_everywhere(desk, sticks)
    plugged_in = clock.now
    sticks.plugged = []
    clock.now += timedelta(days=3)
    here, away = backups.back_up_everywhere(desk, sticks)
    assert here.file
    assert away.absent
    memory = backups.states(desk)[1].memory
    assert (memory.made, memory.seen, memory.has_failed) == (plugged_in, plugged_in, False)
    assert backups.last_backup(desk) == clock.now


def test_a_place_that_fails_is_remembered_with_the_reason_and_forgotten_when_it_works(
    desk: Desk, clock: Clock, sticks: Sticks
) -> None:
    rosa = sticks.plug("ROSA")
    add_target(desk, rosa.root, sticks)

    def full(folder: Path, _size: int) -> None:
        if folder == rosa.root:
            raise DiskFull(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault_backup, "refuse_full", full)
        here, there = backups.back_up_everywhere(desk, sticks)
    assert here.file
    assert isinstance(there.error, DiskFull)
    memory = backups.states(desk)[1].memory
    assert memory.has_failed
    assert "no room left" in memory.why()
    assert list(rosa.root.iterdir()) == []
    clock.now += timedelta(minutes=1)
    backups.back_up_everywhere(desk, sticks)
    assert not backups.states(desk)[1].memory.has_failed


def test_the_first_place_failing_the_next_one_still_gets_a_checked_backup(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "home" / "backups").parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "home" / "backups").write_text("a file where the folder should be")
    target = add_target(desk, tmp_path / "second")
    wrong, right = backups.back_up_everywhere(desk)
    assert isinstance(wrong.error, VaultNotWritable)
    assert right.target.id == target.id
    assert right.file
    assert check_backup(right.file, desk.vault).opened


@pytest.mark.parametrize("number", [errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOSPC, errno.EROFS])
def test_a_stick_pulled_out_or_full_in_the_middle_is_told_and_leaves_nothing_that_looks_like_a_backup(
    desk: Desk, sticks: Sticks, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    rosa = sticks.plug("ROSA")
    add_target(desk, rosa.root, sticks)

    def pulled(_stream: object) -> None:
        raise OSError(number, "gone")

    monkeypatch.setattr(vault_backup, "forget_cached", pulled)
    here, there = backups.back_up_everywhere(desk, sticks)
    assert here.file
    assert isinstance(there.error, VaultNotWritable)
    assert not list(rosa.root.rglob("*.dbk"))
    people.add_person(desk, short_name="Aysel M.")


def test_a_read_only_folder_is_told(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(**_how: Any) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(backup_opening.tempfile, "mkdtemp", read_only)
    (outcome,) = backups.back_up_everywhere(desk)
    assert outcome.error
    assert "read-only" in outcome.error.text()


def test_a_backup_can_be_stopped_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    told: list[int] = []
    with pytest.raises(Stopped):
        backups.back_up_everywhere(desk, course=Course(lambda done, _all: told.append(done), lambda: len(told) > 3))
    assert list((tmp_path / "home" / "backups").iterdir()) == []
    assert backups.last_backup(desk) is None
    assert backup_acts(desk) == []


def test_progress_goes_once_from_nothing_to_all(desk: Desk, sticks: Sticks) -> None:
    add_target(desk, sticks.plug("ROSA").root, sticks)
    told: list[tuple[int, int]] = []
    backups.back_up_everywhere(desk, sticks, Course(lambda done, whole: told.append((done, whole))))
    assert told[-1] == (1000, 1000)
    assert [done for done, _whole in told] == sorted(done for done, _whole in told)


def test_older_backups_are_cleared_at_each_place_by_its_own_days(desk: Desk, clock: Clock, sticks: Sticks) -> None:
    rosa = sticks.plug("ROSA")
    add_target(desk, rosa.root, sticks)
    backup_targets.set_keep(desk, Keep(2, 0, 0))
    for day in range(5):
        if day == 3:
            sticks.plugged = []
        backups.back_up_everywhere(desk, sticks)
        clock.now += timedelta(days=1)
    here = sorted(one.name for one in Path(targets(desk)[0].path).iterdir())
    assert here == ["desk-7F3A-2026-11-20.dbk", "desk-7F3A-2026-11-21.dbk"]
    assert sorted(one.name for one in rosa.root.iterdir()) == ["desk-7F3A-2026-11-18.dbk", "desk-7F3A-2026-11-19.dbk"]


def test_a_clock_set_back_is_named_and_keeps_no_backup_from_being_made(desk: Desk, clock: Clock) -> None:
    backups.back_up_everywhere(desk)
    ahead = clock.now
    clock.now -= timedelta(days=400)
    assert backups.backup_is_due(desk)
    assert backups.clock_was_set_back(desk) == ahead
    backups.back_up_everywhere(desk)
    assert not backups.backup_is_due(desk)
    assert len(list(Path(targets(desk)[0].path).iterdir())) == 2


def test_where_it_goes_and_how_many_stay_is_for_who_may_change_settings(desk: Desk, tmp_path: Path) -> None:
    desk.rights = rights_of([Role.CASE_MANAGER.value])
    for act in (
        lambda: add_target(desk, tmp_path / "x"),
        lambda: remove_target(desk, "first"),
        lambda: backup_targets.begin_with(desk, tmp_path / "x"),
        lambda: backup_targets.set_keep(desk, Keep(1, 1, 1)),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert backups.back_up_everywhere(desk)[0].file
    desk.rights = rights_of([Role.NURSE.value])
    with pytest.raises(NotAllowed):
        backups.back_up_everywhere(desk)


def test_seeing_a_place_is_remembered_once_a_day(desk: Desk, clock: Clock, sticks: Sticks) -> None:
    rosa = sticks.plug("ROSA")
    target = add_target(desk, rosa.root, sticks)
    assert backups.see(desk, sticks) == {target.id}
    assert backups.states(desk)[1].memory.seen == clock.now
    shutil.rmtree(rosa.root)
    assert backups.see(desk, sticks) == frozenset()
