"""From the source to the Linux packages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from installer import program
from installer.console import step

# Libraries that a wheel carries and has patched; stripping them makes them unloadable.
_PATCHED = re.compile(r"-[0-9a-f]{8}\.so")


def strip(folder: Path) -> None:
    """Take debug information out of the shared libraries, where that is safe."""
    for file in sorted(folder.rglob("*.so*")):
        patched = any(part.endswith(".libs") for part in file.parts) or _PATCHED.search(file.name)
        if file.is_file() and not file.is_symlink() and not patched:
            subprocess.run(["strip", "--strip-debug", file], capture_output=True, check=False)


def build(wishes: program.Wishes) -> list[Path]:
    """Build everything *wishes* ask for and return what lies there then."""
    built = program.make(wishes)
    with step("Taking out debug information"):
        strip(built.folder)
    program.prove(built)
    return [built.folder]
