"""Two copies of one vault: which is newer, whether they parted, and which one this computer knows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from shelterdesk import lineage, people
from shelterdesk.desk import Desk
from shelterdesk.lineage import AnotherCopy, Kinship, kinship
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.vault import open_vault
from tests.desks import PASSPHRASE, Clock

Open = Callable[[Path], Desk]


@pytest.fixture
def sit_down(clock: Clock) -> Open:
    return lambda folder: open_desk(folder, "leyla", PASSPHRASE, clock=clock)


def work(desk: Desk, clock: Clock, name: str) -> None:
    clock.now += timedelta(hours=1)
    people.add_person(desk, short_name=name)


def copied(desk: Desk, folder: Path, name: str) -> Path:
    lock_desk(desk, "asked")
    target = folder.with_name(name)
    shutil.copytree(folder, target)
    return target


def test_copies_are_told_older_newer_same_or_parted(
    desk: Desk, clock: Clock, vault_folder: Path, sit_down: Open
) -> None:
    work(desk, clock, "Aysel M.")
    second = copied(desk, vault_folder, "desk-0002.vault")
    one, two = sit_down(vault_folder), open_still(second)
    with one.vault.connection() as this, two.vault.connection() as other:
        assert kinship(this, this) == (Kinship.SAME, lineage.head_of(this))
        assert kinship(this, other) == (Kinship.OLDER, lineage.head_of(other))
        assert kinship(other, this) == (Kinship.NEWER, lineage.head_of(other))
        parted = lineage.head_of(other)
    work(one, clock, "Rəna Q.")
    work(two, clock, "Jun R.")
    with one.vault.connection() as this, two.vault.connection() as other:
        assert kinship(this, other) == (Kinship.FORKED, parted)
        assert kinship(other, this) == (Kinship.FORKED, parted)
    one.close()
    two.close()


def open_still(folder: Path) -> Desk:
    """Open a copy without signing in, so that it gets no row of its own."""
    return Desk(open_vault(folder, "leyla", PASSPHRASE))


def test_the_vault_last_open_here_opens_without_a_question(
    desk: Desk, clock: Clock, vault_folder: Path, sit_down: Open
) -> None:
    for number in range(5):
        work(desk, clock, f"Person {number}")
        lock_desk(desk, "asked")
        desk = sit_down(vault_folder)
    desk.close()


def test_a_vault_worked_in_on_another_computer_opens_without_a_question(
    desk: Desk, clock: Clock, vault_folder: Path, sit_down: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_desk(desk, "asked")
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("SHELTERDESK_HOME", str(tmp_path / "another computer"))
        there = sit_down(vault_folder)
        work(there, clock, "Aysel M.")
        lock_desk(there, "asked")
    sit_down(vault_folder).close()


def test_an_older_copy_put_back_is_named_with_both_dates_and_not_written_to(
    desk: Desk, clock: Clock, vault_folder: Path, sit_down: Open
) -> None:
    old = copied(desk, vault_folder, "desk-0002.vault")
    desk = sit_down(vault_folder)
    clock.now += timedelta(days=4)
    work(desk, clock, "Aysel M.")
    lock_desk(desk, "asked")
    before = (old / "records.db").read_bytes()
    with pytest.raises(AnotherCopy) as told:
        sit_down(old)
    assert not told.value.forked
    assert "17 November 2026, 10:00" in told.value.text()
    assert "21 November 2026, 11:00" in told.value.text()
    assert (old / "records.db").read_bytes() == before
    sit_down(vault_folder).close()


def test_who_chooses_the_older_copy_works_on_in_it_and_is_told_when_the_other_comes_back(
    desk: Desk, clock: Clock, vault_folder: Path, sit_down: Open
) -> None:
    old = copied(desk, vault_folder, "desk-0002.vault")
    desk = sit_down(vault_folder)
    work(desk, clock, "Aysel M.")
    lock_desk(desk, "asked")
    with pytest.raises(AnotherCopy) as told:
        sit_down(old)
    lineage.let_open(told.value)
    again = sit_down(old)
    clock.now += timedelta(days=1)
    work(again, clock, "Rəna Q.")
    lock_desk(again, "asked")
    with pytest.raises(AnotherCopy) as forked:
        sit_down(vault_folder)
    assert forked.value.forked or "older copy" in forked.value.text()
    sit_down(old).close()


def test_a_copy_worked_in_elsewhere_is_named_as_parted(
    desk: Desk, clock: Clock, vault_folder: Path, sit_down: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = copied(desk, vault_folder, "desk-0002.vault")
    desk = sit_down(vault_folder)
    work(desk, clock, "Aysel M.")
    lock_desk(desk, "asked")
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("SHELTERDESK_HOME", str(tmp_path / "another computer"))
        there = sit_down(other)
        clock.now += timedelta(days=2)
        for name in ("Rəna Q.", "Jun R."):
            work(there, clock, name)
        lock_desk(there, "asked")
    with pytest.raises(AnotherCopy) as told:
        sit_down(other)
    assert told.value.forked
    for words in ("both were worked in", "the same until 17 November 2026, 10:00", "19 November 2026, 13:00"):
        assert words in told.value.text()


def test_what_is_remembered_says_nothing_about_anybody(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    work(desk, clock, "Aysel M.")
    lock_desk(desk, "asked")
    kept = (tmp_path / "home" / "copies.json").read_text()
    for word in ("Aysel", "leyla", "House", "desk-7F3A"):
        assert word not in kept


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format": 2}', b'{"format": 1, "vaults": {"x": []}}', b"\xff" * 100, b"[" * 100_000],
)
def test_a_memory_nobody_can_read_locks_nobody_out(
    desk: Desk, vault_folder: Path, sit_down: Open, tmp_path: Path, content: bytes
) -> None:
    lock_desk(desk, "asked")
    (tmp_path / "home" / "copies.json").write_bytes(content)
    sit_down(vault_folder).close()
