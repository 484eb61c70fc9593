"""A disk that is really full: small, of the system's own making, filled to the last byte and freed again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shelterdesk import backups, integrity, people
from shelterdesk.errors import ShelterDeskError
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.vault import DiskFull, VaultNotWritable
from tests.core.proofs.scenes import USER, a_new_desk
from tests.desks import PASSPHRASE

MEBIBYTES = 12


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEBIBYTES}m", "shelterdesk-test", str(place)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except OSError:
        done = None
    if sys.platform != "linux" or done is None or done.returncode != 0:
        pytest.skip("only who administers this computer can make a disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path, *, leaving: int) -> Path:
    """Put a file there that leaves so many bytes free."""
    filler = place / "films"
    with filler.open("wb", buffering=0) as stream, suppress(OSError):
        while stream.write(bytes(4096)) == 4096:
            pass
    with filler.open("r+b") as stream:
        stream.truncate(max(0, filler.stat().st_size - leaving))
    return filler


@pytest.mark.parametrize(
    "leaving", [40_960, *(pytest.param(one, marks=pytest.mark.long) for one in (0, 4096, 12_288, 200_000))]
)
def test_what_fits_is_kept_what_does_not_is_told_and_room_mends_it(small_disk: Path, leaving: int) -> None:
    desk, _code = a_new_desk(small_disk / "desk-7F3A.vault")
    filler = fill(small_disk, leaving=leaving)
    saved, told = 0, ""
    while not told and saved < 10_000:
        try:
            people.add_person(desk, short_name=f"x {saved}", given_names="y" * 400)
            saved += 1
        except VaultNotWritable as error:
            told = error.text("en")
    assert "no room left" in told or "cannot be written" in told
    with pytest.raises(DiskFull):
        backups.back_up(desk, small_disk / "backups")
    try:
        lock_desk(desk, "asked")
    except ShelterDeskError as error:
        told = error.text("en")
    filler.unlink()
    again = open_desk(small_disk / "desk-7F3A.vault", USER, PASSPHRASE)
    with again.read() as db:
        assert db.scalar(select(func.count()).select_from(Person)) == saved
    assert integrity.verify_desk(again).findings == []
    people.add_person(again, short_name="there is room again")
    assert backups.back_up(again, small_disk / "backups").stat().st_size > 0
    lock_desk(again, "asked")
