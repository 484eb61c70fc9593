"""Signing what was built, by a command of whoever holds the key. Off unless it is asked for.

The order is: the two programs before the list of files is made, the uninstaller while the set-up is packed, the set-up
last. Repeatability is compared unsigned: a signature has a time in it.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from installer.console import Stop, expect, run, say

VARIABLE: Final = "SHELTERDESK_SIGN_COMMAND"
SECONDS: Final = 300


def command(option: str = "") -> list[str] | None:
    """Return the words of the command, from the *option* or the environment; None when nothing is to be signed."""
    chosen = option or os.environ.get(VARIABLE, "")
    return shlex.split(chosen) or None


def sign(words: Sequence[str], *files: Path) -> None:
    """Have each file signed in place: the command gets its path as the last word. Raises Stop when it fails."""
    for file in files:
        before = file.read_bytes()
        expect(run([*words, file], seconds=SECONDS), f"{file.name} could not be signed.")
        if file.read_bytes() == before:
            if file.suffix == ".exe":
                raise Stop(f"The signing command ended well, but {file.name} is as it was.")
            say(f"    {file.name}: the signing command left it as it was")


def nsis_lines(words: Sequence[str] | None) -> list[str]:
    """Return what the set-up script needs so that the uninstaller and the set-up are signed while it is packed."""
    if words is None:
        return []
    spelled = shlex.join(words)
    if set(spelled) & set("`$"):
        raise Stop("The set-up cannot call a signing command with «`» or «$» in it. Put it into a script of its own.")
    return [f'!uninstfinalize `{spelled} "%1"` = 0', f'!finalize `{spelled} "%1"` = 0']
