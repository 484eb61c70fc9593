"""The portable folder as somebody carries it about: it works, and leaves nothing on the computer."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from installer.console import Stop, expect
from installer.windows import wine
from installer.windows.installing import PROOF_SECONDS, home
from installer.windows.places import PREFIX

_STICK = PREFIX / "drive_c" / "stick"
_SECONDS_OPEN = 12


def prove(zipped: Path) -> None:
    """Unpack the zip, let the program run, and compare the computer before and after."""
    shutil.rmtree(_STICK, ignore_errors=True)
    with zipfile.ZipFile(zipped) as packed:
        packed.extractall(_STICK)
    folder = _STICK / "ShelterDesk"
    before = _traces()
    words = [folder / "ShelterDesk.exe", "--demo", "--quit-after", str(_SECONDS_OPEN)]
    expect(wine.start(words, seconds=PROOF_SECONDS, display=True), "The portable program does not run.")
    new = _traces() - before
    if new:
        raise Stop(f"The portable program left traces on the computer: {', '.join(sorted(new))}")
    if not (folder / "data").is_dir():
        raise Stop("The portable program kept nothing beside itself.")
    shutil.rmtree(_STICK)


def _traces() -> set[str]:
    """Return the names of everything in the profile, and of the programs that keep something in the registry."""
    asked = expect(wine.start(["reg", "query", r"HKCU\Software", "/s"], seconds=120), "The registry cannot be read.")
    keys = {line.strip() for line in asked.output.splitlines() if line.startswith("HKEY_")}
    files = {str(path.relative_to(home())) for path in home().rglob("*")}
    return keys | files
