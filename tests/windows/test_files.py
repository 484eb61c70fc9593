"""Files on Windows: what is open cannot be renamed, one process holds a vault, paths are long, consoles are narrow."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shelterdesk import backup_facts, backups, paths, people, restoring, running, volumes
from shelterdesk.desk import Desk
from shelterdesk.opening import create_desk, lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.vault import KdfCost, VaultInUse

PASSPHRASE = "violin cloud harbour mustard"
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Sığınacaq Ülkər" / "desk-7F3A.vault"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """A vault with Nərmin in it, in a folder with letters no code page of the West has."""
    made = _make(folder)
    people.add_person(made, short_name="Nərmin Ə.")
    yield made
    made.close()


def _make(folder: Path) -> Desk:
    folder.parent.mkdir(parents=True, exist_ok=True)
    made, _code = create_desk(
        folder,
        user_name="leyla",
        shown_as="Leyla A.",
        passphrase=PASSPHRASE,
        shelter="House",
        roles=("director", "social_worker"),
        cost=KdfCost.for_tests(),
    )
    return made


def _people_in(folder: Path) -> int:
    opened = open_desk(folder, "leyla", PASSPHRASE)
    with opened.read() as db:
        found = db.query(Person).count()
    opened.close()
    return found


def test_one_process_holds_a_vault_and_gives_it_back_when_it_dies(desk: Desk, folder: Path) -> None:
    with pytest.raises(VaultInUse):
        open_desk(folder, "leyla", PASSPHRASE)
    words = (
        "import sys, os; from pathlib import Path; from shelterdesk.vault.locking import lock_vault;"
        "lock = lock_vault(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read(1); os._exit(9)"
    )
    desk.close()
    other = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", words, str(folder)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline().strip() == b"held"
    with pytest.raises(VaultInUse):
        open_desk(folder, "leyla", PASSPHRASE)
    other.stdin.write(b"x")
    other.stdin.close()
    other.wait(60)
    other.stdout.close()
    assert _people_in(folder) == 1


def test_a_backup_takes_the_place_of_a_vault_and_the_vault_is_kept(desk: Desk, folder: Path, tmp_path: Path) -> None:
    file = backups.back_up(desk, tmp_path / "stick")
    people.add_person(desk, short_name="Aysel M.")
    lock_desk(desk, "asked")
    desk.close()
    unlock = restoring.unlock_with("leyla", PASSPHRASE)
    destination = restoring.destination_of(file, folder)
    assert destination.there
    found = backup_facts.look_into(file, unlock, destination.folder)
    prepared = restoring.prepare_without(destination.folder, found, unlock)
    kept = restoring.put_in_place(prepared, desk.now())
    assert kept is not None
    assert kept.is_dir()
    assert _people_in(folder) == 1


def test_a_vault_that_is_open_is_not_renamed(desk: Desk, folder: Path, tmp_path: Path) -> None:
    file = backups.back_up(desk, tmp_path / "stick")
    unlock = restoring.unlock_with("leyla", PASSPHRASE)
    found = backup_facts.look_into(file, unlock, folder)
    prepared = restoring.prepare_without(folder, found, unlock)
    with pytest.raises(VaultInUse):
        restoring.put_in_place(prepared, desk.now())
    restoring.give_up(prepared)
    people.add_person(desk, short_name="Aysel M.")


def test_a_path_longer_than_old_windows_takes(tmp_path: Path) -> None:
    if hasattr(ctypes.WinDLL("ntdll"), "wine_get_version"):  # pyright: ignore[reportAttributeAccessIssue]
        pytest.skip("Wine does not resolve long paths")
    deep = tmp_path.joinpath(*[f"{number}-{'x' * 40}" for number in range(6)])
    try:
        deep.mkdir(parents=True)
    except OSError:
        pytest.skip("long paths are not switched on here")
    assert len(str(deep)) > 260
    made = _make(deep / "desk-7F3A.vault")
    people.add_person(made, short_name="Aysel M.")
    made.close()
    assert _people_in(deep / "desk-7F3A.vault") == 1


def test_a_console_of_the_west_does_not_stop_the_command_line(desk: Desk, folder: Path) -> None:
    desk.close()
    surroundings = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "", "SHELTERDESK_PASSPHRASE": PASSPHRASE}
    ended = subprocess.run(
        [sys.executable, "-m", "shelterdesk.cli", "--vault", str(folder), "--user", "leyla", "residents"],
        cwd=ROOT, env=surroundings, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "Nərmin" in ended.stdout.decode("utf-8")


def test_settings_and_vaults_lie_in_the_profile_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHELTERDESK_HOME")
    assert paths.machine_folder() == Path(os.environ["LOCALAPPDATA"]) / "ShelterDesk"


def test_disks_are_named(tmp_path: Path) -> None:
    found = volumes.mounted()
    assert found
    assert volumes.volume_of(Path(os.environ["SYSTEMDRIVE"] + "\\Windows"), found) is not None


def test_the_set_up_sees_that_the_program_runs() -> None:
    words = (
        "import ctypes, sys; k = ctypes.WinDLL('kernel32'); k.OpenMutexW.restype = ctypes.c_void_p;"
        "sys.exit(0 if k.OpenMutexW(0x00100000, False, 'Local\\\\ShelterDesk-running') else 3)"
    )

    def looked() -> int:
        return subprocess.run([sys.executable, "-c", words], check=False, timeout=60).returncode

    assert looked() == 3
    assert running.announce()
    assert looked() == 0


def test_what_is_asked_of_the_memory_harms_nothing() -> None:
    words = (
        "from shelterdesk import hardening, memory; assert hardening.harden(); memory.settle(); memory.forget();"
        "print('well')"
    )
    ended = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, check=False, timeout=120)
    assert ended.stdout.strip() == b"well", ended.stderr
