"""The disks and sticks that are plugged in, with the labels people gave them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_BY_LABEL = Path("/dev/disk/by-label")
_BY_ID = Path("/dev/disk/by-uuid")
_VOLUMES = Path("/Volumes")

_DRIVE_NOWHERE, _DRIVE_REMOTE = 1, 4
_NO_QUESTIONS = 0x0001
"""Windows asks for a disk where a card reader is empty, unless it is told not to."""


@dataclass(frozen=True)
class Volume:
    """One file system: where it is to be found, its label, and the number it was given when it was formatted."""

    root: Path
    label: str
    id: str = ""


Volumes = Callable[[], Sequence[Volume]]


def mounted() -> list[Volume]:
    """Return what is plugged in now. Network drives are left out: nobody unplugs them. Never raises."""
    try:
        if sys.platform == "win32":
            return list(_windows())
        if sys.platform == "darwin":
            return [Volume(root, root.name) for root in sorted(_VOLUMES.iterdir()) if not root.is_symlink()]
        return volumes_of(
            _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"), _links(_BY_LABEL), _links(_BY_ID)
        )
    except OSError:
        return []


def volumes_of(mounts: str, labels: dict[str, str], ids: dict[str, str]) -> list[Volume]:
    """Return the volumes of a text such as ``/proc/self/mounts``; *labels* and *ids* are those of devices."""
    found: dict[Path, Volume] = {}
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) >= 3 and parts[0].startswith("/dev/"):
            root = Path(_plain(parts[1], r"\\([0-7]{3})", 8))
            found[root] = Volume(root, labels.get(parts[0], ""), ids.get(parts[0], ""))
    return list(found.values())


def volume_of(path: Path, volumes: Sequence[Volume]) -> Volume | None:
    """Return the volume *path* lies on, which need not exist."""
    around = [one for one in volumes if path.is_relative_to(one.root)]
    return max(around, key=lambda one: len(one.root.parts), default=None)


def _links(folder: Path) -> dict[str, str]:
    """Return which device each name in *folder* stands for; signs that no file name has are written as ``\\x20``."""
    if not folder.is_dir():
        return {}
    return {str(link.resolve()): _plain(link.name, r"\\x([0-9a-fA-F]{2})", 16) for link in folder.iterdir()}


def _plain(spelled: str, code: str, base: int) -> str:
    raw = re.sub(code.encode(), lambda found: bytes([int(found[1], base)]), spelled.encode("utf-8", "surrogateescape"))
    return raw.decode("utf-8", "surrogateescape")


def _windows() -> Iterator[Volume]:
    if sys.platform != "win32":
        return
    import ctypes

    kernel = ctypes.windll.kernel32
    before = ctypes.c_uint32()
    kernel.SetThreadErrorMode(_NO_QUESTIONS, ctypes.byref(before))
    try:
        drives = kernel.GetLogicalDrives()
        for number in range(26):
            root = f"{chr(ord('A') + number)}:\\"
            if not drives >> number & 1 or kernel.GetDriveTypeW(root) in {_DRIVE_NOWHERE, _DRIVE_REMOTE}:
                continue
            label, serial = ctypes.create_unicode_buffer(261), ctypes.c_uint32()
            if kernel.GetVolumeInformationW(root, label, 261, ctypes.byref(serial), None, None, None, 0):
                yield Volume(Path(root), label.value, f"{serial.value:08X}")
    finally:
        kernel.SetThreadErrorMode(before.value, None)
