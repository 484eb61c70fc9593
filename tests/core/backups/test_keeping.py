"""Only older backups of the same vault go, and never the newest of a day, week or month that is kept."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.backup_keeping import Keep, backups_in, kept, spare, tidy
from shelterdesk.desk import Desk
from shelterdesk.vault import BackupOutline, KdfCost, create_vault, make_backup, outline_of

BEGIN = datetime(2024, 1, 1, 6, tzinfo=UTC)
MOMENTS = st.lists(st.integers(0, 900 * 24).map(lambda hours: BEGIN + timedelta(hours=hours)), min_size=1, max_size=60)
KEEPS = st.builds(Keep, st.integers(1, 9), st.integers(0, 6), st.integers(0, 14))
VAULT, OTHER = UUID(int=1), UUID(int=2)


def day_of(moment: datetime) -> date:
    return moment.date()


def outline(moment: datetime, vault: UUID = VAULT) -> BackupOutline:
    return BackupOutline(Path(f"{moment:%s}"), vault, "desk-7F3A", moment, "1", b"", 1, 1, opened=False)


@given(MOMENTS, KEEPS)
def test_the_newest_and_so_many_days_weeks_and_months_stay(moments: list[datetime], keep: Keep) -> None:
    stay = kept(moments, keep, day_of)
    assert stay <= set(moments)
    assert max(moments) in stay
    assert len(stay) <= keep.daily + keep.weekly + keep.monthly
    days = sorted({day_of(one) for one in moments}, reverse=True)
    for day in days[: keep.daily]:
        assert max(one for one in moments if day_of(one) == day) in stay
    months = sorted({(one.year, one.month) for one in moments}, reverse=True)
    for month in months[: keep.monthly]:
        assert max(one for one in moments if (one.year, one.month) == month) in stay


@given(MOMENTS, KEEPS)
def test_keeping_twice_takes_no_more(moments: list[datetime], keep: Keep) -> None:
    stay = kept(moments, keep, day_of)
    assert kept(stay, keep, day_of) == stay


@given(MOMENTS, KEEPS)
def test_clearing_after_every_backup_leaves_what_clearing_once_would(moments: list[datetime], keep: Keep) -> None:
    folder: list[datetime] = []
    for moment in sorted(set(moments)):
        folder = sorted(kept([*folder, moment], keep, day_of))
    assert frozenset(folder) == kept(moments, keep, day_of)


@given(MOMENTS, MOMENTS, st.integers(0, 59), KEEPS)
def test_only_what_is_surely_older_goes(ours: list[datetime], others: list[datetime], which: int, keep: Keep) -> None:
    backups = [*(outline(one) for one in set(ours)), *(outline(one, OTHER) for one in set(others))]
    proved = outline(sorted(set(ours))[which % len(set(ours))])
    for gone in spare(backups, proved, keep, day_of):
        assert gone.vault == VAULT
        assert gone.moment < proved.moment, "a clock set back deletes nothing"


def test_seven_days_four_weeks_and_twelve_months_of_two_years_of_daily_backups() -> None:
    moments = [BEGIN + timedelta(days=number) for number in range(730)]
    stay = sorted(kept(moments, Keep(), day_of))
    assert stay[-7:] == moments[-7:]
    assert len(stay) == 7 + 2 + 11, "the newest days are also the newest of two weeks and of a month"
    assert stay[0] == datetime(2025, 1, 31, 6, tzinfo=UTC)


@pytest.fixture
def folder(desk: Desk, tmp_path: Path) -> Path:
    """A folder with backups of ten days, and things that are not backups of this vault."""
    folder = tmp_path / "backups"
    for day in range(1, 11):
        make_backup(desk.vault, folder, b"", datetime(2026, 11, day, 8, tzinfo=UTC))
    vault, _code = create_vault(
        tmp_path / "desk-0000.vault", user_name="x", roles=["director"], passphrase="x", cost=KdfCost.for_tests()
    )
    with vault:
        foreign = make_backup(vault, folder, b"", datetime(2026, 11, 1, 8, tzinfo=UTC))
    shutil.copy(foreign, folder / "desk-7F3A-2026-01-01.dbk")
    (folder / "desk-7F3A-2026-01-02.dbk").write_bytes(b"PK")
    (folder / "letter.txt").write_text("mine")
    (folder / "desk-7F3A-2026-11-01 (copy).dbk").write_bytes((folder / "desk-7F3A-2026-11-01.dbk").read_bytes())
    return folder


def test_only_backups_of_this_vault_are_cleared(desk: Desk, folder: Path) -> None:
    before = {one.name for one in folder.iterdir()}
    newest = folder / "desk-7F3A-2026-11-10.dbk"
    tidied = tidy(newest, Keep(3, 0, 0), desk.day_of)
    assert set(tidied.deleted) == {f"desk-7F3A-2026-11-{day:02}.dbk" for day in range(1, 8)}
    assert tidied.unreadable == ("desk-7F3A-2026-01-02.dbk",)
    assert {one.name for one in folder.iterdir()} == before - set(tidied.deleted)
    assert tidy(newest, Keep(3, 0, 0), desk.day_of).deleted == ()


def test_a_clock_set_back_clears_nothing_that_seems_to_come(desk: Desk, folder: Path) -> None:
    made = make_backup(desk.vault, folder, b"", datetime(2026, 11, 4, 9, tzinfo=UTC))
    assert made.name == "desk-7F3A-2026-11-04-2.dbk"
    tidied = tidy(made, Keep(1, 0, 0), desk.day_of)
    assert set(tidied.deleted) == {f"desk-7F3A-2026-11-{day:02}.dbk" for day in range(1, 5)}
    assert (folder / "desk-7F3A-2026-11-10.dbk").exists()
    assert made.exists()


def test_a_folder_where_nothing_may_be_deleted_keeps_all(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refused)
    assert tidy(folder / "desk-7F3A-2026-11-10.dbk", Keep(1, 0, 0), desk.day_of).deleted == ()


def test_backups_are_listed_the_newest_first(desk: Desk, folder: Path) -> None:
    found, unreadable = backups_in(folder, "desk-7F3A")
    assert [one.file.name for one in found] == [f"desk-7F3A-2026-11-{day:02}.dbk" for day in range(10, 0, -1)]
    assert unreadable == ["desk-7F3A-2026-01-02.dbk"]
    assert not found[0].opened
    assert outline_of(found[0].file).user_names == ("leyla",)
