from __future__ import annotations

from pathlib import Path

from shelterdesk.volumes import Volume, mounted, volume_of, volumes_of

MOUNTS = """\
sysfs /sys sysfs rw 0 0
/dev/sda2 / ext4 rw 0 0
/dev/sda1 /boot/efi vfat rw 0 0
/dev/sdb1 /media/leyla/G\\303\\274l\\040stick vfat rw 0 0
nas:/share /mnt/nas nfs4 rw 0 0
/dev/sdc1 /media/leyla/OTHER exfat rw 0 0
tmpfs /run tmpfs rw 0 0
half a line
"""
LABELS = {"/dev/sdb1": "Gül stick", "/dev/sdc1": "OTHER"}
IDS = {"/dev/sda2": "1111", "/dev/sdb1": "5A3B-77F1"}


def test_only_disks_and_sticks_are_volumes() -> None:
    found = volumes_of(MOUNTS, LABELS, IDS)
    assert [one.root for one in found] == [
        Path("/"), Path("/boot/efi"), Path("/media/leyla/Gül stick"), Path("/media/leyla/OTHER")
    ]  # fmt: skip
    assert found[2] == Volume(Path("/media/leyla/Gül stick"), "Gül stick", "5A3B-77F1")
    assert found[0] == Volume(Path("/"), "", "1111")


def test_the_innermost_volume_is_the_one_a_folder_lies_on() -> None:
    found = volumes_of(MOUNTS, LABELS, IDS)
    assert volume_of(Path("/media/leyla/OTHER/a/b"), found) == found[3]
    assert volume_of(Path("/home/leyla"), found) == found[0]
    assert volume_of(Path("/home/leyla"), found[2:]) is None


def test_this_computer_has_volumes_or_none_and_says_so_without_complaint() -> None:
    assert all(one.root.is_absolute() for one in mounted())
