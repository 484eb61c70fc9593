"""Telling a network share from a disk of this computer."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from shelterdesk.vault.errors import VaultOnNetwork

_MOUNTS = Path("/proc/self/mounts")

# File systems whose locks and shared memory are not those of one computer; SQLite's write-ahead log needs both.
_NETWORK_TYPES = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "davfs", "beegfs",
        "gpfs", "orangefs", "coda", "vboxsf", "prl_fs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.s3fs",
        "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.ceph", "fuse.vmhgfs-fuse", "fuse.cifs", "fuse.smbnetfs",
        "fuse.curlftpfs", "fuse.onedriver", "fuse.google-drive-ocamlfuse",
    }
)  # fmt: skip

_DRIVE_REMOTE = 4


def refuse_network(folder: Path) -> None:
    """Raise VaultOnNetwork if *folder*, which need not exist yet, lies on a network share."""
    if is_on_network(folder):
        raise VaultOnNetwork(folder)


def is_on_network(folder: Path) -> bool:
    """Say whether *folder* lies on a network share, as far as the system tells."""
    resolved = folder.resolve()
    if sys.platform == "win32":
        import ctypes

        anchor = resolved.anchor
        return anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system_of(resolved, mounts) in _NETWORK_TYPES


def file_system_of(path: Path, mounts: str) -> str:
    """Return the type of the file system *path* lies on, given the text of ``/proc/self/mounts``."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), parts[1]))
        # Of two file systems mounted on the same place, the later one is seen.
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), parts[2]
    return kind
