"""What the Windows build depends on besides the program's own code, and whether it changed since the last one.

``python3 -m installer.windows.inputs`` ends with 0 when the Windows program has to be built again and with 3 when not.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from installer import program
from installer.console import ROOT, say

LAST_BUILT = ROOT / "installer" / "windows" / "last-built.txt"
UNCHANGED = 3
"""Not 1: that is how Python ends when something went wrong."""
_FOLDERS = ("installer", "resources")
_MADE = {".pyc", ".mo"}


def digest() -> str:
    """Return one hash over the version and every file of the build, of the lists of libraries and of the resources."""
    total = hashlib.sha256(program.version().encode())
    for folder in _FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and file.suffix not in _MADE and file != LAST_BUILT:
                total.update(file.relative_to(ROOT).as_posix().encode())
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def changed(last_built: Path = LAST_BUILT) -> bool:
    """Say whether anything is other than at the last build that came to its end."""
    return not last_built.exists() or last_built.read_text(encoding="utf-8").strip() != digest()


def keep(built: str, last_built: Path = LAST_BUILT) -> None:
    """Note that what has the digest *built* was built and tried in every way."""
    last_built.write_text(built + "\n", encoding="utf-8")


if __name__ == "__main__":
    due = changed()
    say("The Windows program has to be built again." if due else "Nothing changed since the last Windows build.")
    sys.exit(0 if due else UNCHANGED)
