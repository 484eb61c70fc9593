"""Where each program file of the build comes from: nothing unknown, and nothing of Wine, gets into the program."""

from __future__ import annotations

from installer.console import Stop
from installer.outputs import digest
from installer.program import Built
from installer.windows.places import PYTHON

_KINDS = {".exe", ".dll", ".pyd"}
# Windows has its own of these; one in the folder would be Wine's or a stub of ours.
_OF_THE_SYSTEM = ("api-ms-", "ext-ms-", "ucrtbase", "icuuc", "icuin", "mscms", "bcryptprimitives", "kernel32", "ntdll")


def check(built: Built) -> int:
    """Return how many program files there are; raises :class:`Stop` when one is not as its publisher made it.

    The Windows Python is covered by signatures and the libraries by hashes, so it is enough that a file is the same.
    The two programs themselves are made by PyInstaller, from a start that came by hash too.
    """
    files = [file for file in sorted(built.folder.rglob("*")) if file.suffix.lower() in _KINDS]
    foreign = [file.name for file in files if file.name.lower().startswith(_OF_THE_SYSTEM)]
    if foreign:
        raise Stop(f"These belong to the system, not into the program: {', '.join(foreign)}")
    known = {digest(file) for file in PYTHON.rglob("*") if file.suffix.lower() in _KINDS}
    unknown = [file for file in files if file not in {built.window, built.words} and digest(file) not in known]
    if unknown:
        names = ", ".join(str(file.relative_to(built.folder)) for file in unknown)
        raise Stop(f"Nobody knows where these come from: {names}")
    return len(files)
