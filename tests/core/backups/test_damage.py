"""What can be told of a damaged vault without a key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from shelterdesk import backups, damage
from shelterdesk.damage import FileState
from shelterdesk.desk import Desk
from shelterdesk.opening import lock_desk
from shelterdesk.volumes import Volume
from tests.desks import Clock


@pytest.fixture
def closed(desk: Desk, clock: Clock, vault_folder: Path, tmp_path: Path) -> Path:
    """A closed vault with backups in the usual folder, on a stick, and beside it."""
    backups.back_up_everywhere(desk)
    clock.now += timedelta(days=1)
    backups.back_up(desk, tmp_path / "media" / "ROSA" / "shelter")
    backups.back_up_beside(desk)
    lock_desk(desk, "asked")
    return vault_folder


def no_sticks() -> list[Volume]:
    return []


def states(found: damage.Outlook) -> list[FileState]:
    return [one.state for one in found.files]


def test_a_whole_vault_and_its_backups_are_found(closed: Path, tmp_path: Path) -> None:
    found = damage.look(closed, lambda: [Volume(tmp_path / "media" / "ROSA", "ROSA"), Volume(Path("/"), "")])
    assert found.name == "desk-7F3A"
    assert states(found) == [FileState.WHOLE, FileState.WHOLE, FileState.UNKNOWN]
    assert [one.moment.day for one in found.backups] == [18, 18, 17]
    assert {one.file.parent.name for one in found.backups} == {"backups", "shelter", "before-update"}
    assert found.has_keys
    assert not found.copy_could_stand_in


@pytest.mark.parametrize(
    ("harm", "expected", "keys", "copy"),
    [
        (lambda f: (f / "header.json").write_bytes(b"{}"), [FileState.DAMAGED, FileState.WHOLE], True, True),
        (lambda f: (f / "header.json").unlink(), [FileState.MISSING, FileState.WHOLE], True, True),
        (lambda f: (f / "header-copy.json").unlink(), [FileState.WHOLE, FileState.MISSING], True, False),
    ],
)
def test_each_file_is_told_by_itself(
    closed: Path, harm: Callable[[Path], None], expected: list[FileState], keys: bool, copy: bool
) -> None:
    harm(closed)
    found = damage.look(closed, no_sticks)
    assert states(found)[:2] == expected
    assert (found.has_keys, found.copy_could_stand_in) == (keys, copy)
    assert len(found.backups) == 2


def test_without_any_header_backups_are_known_by_the_name_of_the_folder(closed: Path) -> None:
    for name in ("header.json", "header-copy.json"):
        (closed / name).unlink()
    (closed / "records.db").write_bytes(b"short")
    found = damage.look(closed, no_sticks)
    assert states(found) == [FileState.MISSING, FileState.MISSING, FileState.DAMAGED]
    assert not found.has_keys
    assert len(found.backups) == 2


def test_a_folder_with_nothing_in_it_is_told_as_it_is(tmp_path: Path) -> None:
    found = damage.look(tmp_path / "nowhere", no_sticks)
    assert states(found) == [FileState.MISSING] * 3
    assert found.backups == ()
