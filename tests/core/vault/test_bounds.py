"""What is never accepted: weak or absurd costs, network shares, folders that cannot be written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shelterdesk.vault import (
    KdfCost,
    OpenVault,
    VaultNotWritable,
    VaultOnNetwork,
    create_vault,
    inspect_vault,
    kdf,
    locking,
    network,
    open_vault,
)

from .conftest import NAME, PASSPHRASE

Elsewhere = Callable[[str, Path], "subprocess.Popen[str]"]


def test_costs_are_bounded_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    for memory, iterations, lanes in [(2**31, 3, 4), (65536, 13, 4), (65536, 3, 17), (65536, 3, 0), (65536, 0, 4)]:
        with pytest.raises(ValueError, match="Argon2id"):
            KdfCost(memory, iterations, lanes)
    assert KdfCost.default() == KdfCost(262_144, 3, 4)
    assert KdfCost.lowest() == KdfCost(65_536, 3, 4)
    monkeypatch.delenv("SHELTERDESK_TEST_KDF")
    for memory, iterations in [(65_535, 3), (65_536, 2)]:
        with pytest.raises(ValueError, match="below"):
            KdfCost(memory, iterations, 4)
    with pytest.raises(ValueError, match="below"):
        KdfCost.for_tests()


def test_a_built_program_never_accepts_the_cost_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(ValueError, match="below"):
        KdfCost.for_tests()


def test_a_small_computer_gets_the_lowest_cost_and_no_less(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[KdfCost] = []

    def stretch(passphrase: str, salt: bytes, cost: KdfCost) -> bytearray:
        asked.append(cost)
        if cost.memory_kib > 65_536:
            raise kdf.NotEnoughMemory(256)
        return bytearray(32)

    monkeypatch.setattr(kdf, "stretch", stretch)
    assert kdf.stretch_as_strongly_as_possible("x", bytes(16))[1] == KdfCost.lowest()
    assert asked == [KdfCost.default(), KdfCost.lowest()]


def test_a_vault_made_without_asking_is_strong(folder: Path) -> None:
    made, _ = create_vault(folder, user_name="a", roles=["director"], passphrase="b")
    with made:
        assert made.header.slots[0].cost in {KdfCost.default(), KdfCost.lowest()}


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/office\\040files cifs rw 0 0
host:/export /home/user/nfs nfs4 rw 0 0
/dev/sdb1 /home/user/nfs/stick vfat rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/user/vaults", "ext4"),
        ("/mnt/office files/desk", "cifs"),
        ("/mnt/office filesystem", "ext4"),
        ("/home/user/nfs", "nfs4"),
        ("/home/user/nfs/stick/desk", "vfat"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="reads the mounts of Linux")
def test_the_file_system_of_a_path(path: str, kind: str) -> None:
    assert network.file_system_of(Path(path), MOUNTS) == kind


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the mounts of Linux")
def test_a_share_is_refused(vault: OpenVault, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.close()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr(network, "_MOUNTS", mounts)
    for attempt in (
        lambda: inspect_vault(folder),
        lambda: open_vault(folder, NAME, PASSPHRASE),
        lambda: create_vault(tmp_path / "new", user_name="a", roles=["director"], passphrase="b"),
    ):
        with pytest.raises(VaultOnNetwork):
            attempt()


def test_a_read_only_folder_is_told(vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    vault.close()
    monkeypatch.setattr(locking.FileLock, "acquire", read_only)
    with pytest.raises(VaultNotWritable, match="read-only"):
        open_vault(folder, NAME, PASSPHRASE)
