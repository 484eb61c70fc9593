"""A packaged program, as far as the core notices that it is one."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from shelterdesk import own_files

CONTENT = {
    "ShelterDesk": b"the window",
    "shelterdesk-cli": b"the words",
    "_internal/base_library.zip": b"modules",
    "_internal/resources/icons/app-mark.svg": b"<svg/>",
}


def pretend_packaged(folder: Path, monkeypatch: pytest.MonkeyPatch, *, portable: bool = False) -> Path:
    """Lay out a small program in *folder* and let this process take itself for it; return the folder."""
    for name, content in CONTENT.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in CONTENT.items()]
    (folder / own_files.LIST).write_text("# ShelterDesk\n" + "".join(lines), encoding="utf-8")
    if portable:
        (folder / "portable.txt").touch()
        # Everything lies beside it then; without the mark the home of the test stays, or the real profile would be met.
        monkeypatch.delenv("SHELTERDESK_HOME", raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "ShelterDesk"))
    return folder
