"""What a process opens for writing and which sockets it makes, as Python's audit events tell it.

A socket that leads anywhere but to this computer itself is noted and refused.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_LOCAL = frozenset({getattr(socket, "AF_UNIX", None)})
_MAKES = {"os.mkdir", "os.rename", "os.link", "os.symlink", "shutil.copyfile", "shutil.move", "tempfile.mkstemp"}


class Watch:
    """An audit hook. Hooks cannot be taken off again, so it can be switched off instead."""

    def __init__(self) -> None:
        self.on = True
        self._written: set[str] = set()
        self._sockets: set[str] = set()
        self._started: set[str] = set()

    def __call__(self, event: str, values: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            path, mode, flags = (*values, None, None, None)[:3]
            if isinstance(path, str | bytes | os.PathLike) and self._writes(mode, flags):
                self._written.add(str(Path(os.fsdecode(path)).absolute()))
        elif event in _MAKES:
            path = values[1] if event in ("os.rename", "os.link", "os.symlink") else values[0]
            self._written.add(str(Path(os.fsdecode(path)).absolute()))
        elif event.startswith("socket."):
            self._sockets.add(f"{event} {values[1:]!r}")
            if event == "socket.__new__" and values[1] not in _LOCAL:
                raise PermissionError("the program asked for a network")
        elif event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
            self._started.add(f"{event} {values[0]!r}")

    def seen(self) -> dict[str, list[str]]:
        """Return what was seen."""
        return {"written": sorted(self._written), "sockets": sorted(self._sockets), "started": sorted(self._started)}

    @staticmethod
    def _writes(mode: Any, flags: Any) -> bool:
        if isinstance(mode, str) and set(mode) & set("wax+"):
            return True
        return isinstance(flags, int) and bool(flags & _WRITING)
