"""Setup.exe and the portable zip, out of the program folder."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from installer import environment, program
from installer.console import ROOT, Stop, expect, run
from installer.program import Built
from installer.windows.made import once
from installer.windows.places import HERE, ICONS, PREPARED

PORTABLE_WORDS = (
    "ShelterDesk keeps its settings and records in the folder data beside this file, and nothing on the computer.\r\n"
    "Remove this file, and it keeps them in the profile of the person who is signed in to Windows.\r\n"
)


def provide_icons() -> None:
    """Have the marks of the program drawn as icons; the specification and the set-up take them from there."""
    sources = sorted((ROOT / "resources" / "icons").glob("app-mark*.svg"))
    once(ICONS, (*sources, HERE / "icons.py"), _draw)


def _draw() -> None:
    words = [environment.PYTHON, "-m", "installer.windows.icons", ICONS]
    expect(run(words, seconds=60, extra={"QT_QPA_PLATFORM": "offscreen"}), "The icons could not be drawn.")


def list_for_setup(folder: Path) -> str:
    """Return the two macros of the set-up: what is taken away of an older program, and what is put in its place."""
    entries = sorted(folder.iterdir())
    away = [f'  {"RMDir /r" if entry.is_dir() else "Delete"} "$INSTDIR\\{entry.name}"' for entry in entries]
    placed = [f'  Rename "$INSTDIR\\_next\\{entry.name}" "$INSTDIR\\{entry.name}"' for entry in entries]
    return "\n".join(["!macro REMOVE_OWN", *away, "!macroend", "", "!macro PUT_IN_PLACE", *placed, "!macroend", ""])


def set_up(built: Built, out: Path, *, signing: Sequence[str] = (), quick: bool = False) -> Path:
    """Write the set-up program *out* for the folder of *built*."""
    PREPARED.mkdir(parents=True, exist_ok=True)
    listed = PREPARED / f"{out.stem}.nsh"
    listed.write_text(list_for_setup(built.folder), encoding="utf-8")
    given = {
        "VERSION": built.version,
        "PAYLOAD": built.folder,
        "FILES": listed,
        "ICONS": ICONS,
        "HERE": HERE / "setup",
        "OUT": out,
        "SIZE": program.size_of(built.folder) // 1024,
    }
    words = [f"-D{name}={value}" for name, value in given.items()]
    if signing:
        hooks = PREPARED / "signing.nsh"
        hooks.write_text("\n".join([*signing, ""]), encoding="utf-8")
        words.append(f"-DSIGNING={hooks}")
    if quick:
        words.append("-DQUICK")
    # Without a language that has them, it cannot read letters beyond ASCII in the names of folders.
    fixed = {"SOURCE_DATE_EPOCH": program.source_moment(), "LC_ALL": "C.UTF-8"}
    made = run(["makensis", "-V2", "-WX", *words, HERE / "setup" / "setup.nsi"], seconds=1200, extra=fixed)
    expect(made, f"{out.name} could not be made.")
    return out


def portable(built: Built, out: Path) -> Path:
    """Write a zip that works from a stick: the program folder with the mark that keeps everything beside it."""
    moment = time.gmtime(int(program.source_moment()))[:6]
    if moment[0] < 1980:
        raise Stop("SOURCE_DATE_EPOCH lies before 1980, which a zip cannot hold.")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(built.folder.rglob("*")):
            if file.is_file():
                name = f"ShelterDesk/{file.relative_to(built.folder).as_posix()}"
                packed.writestr(_entry(name, moment), file.read_bytes(), zipfile.ZIP_DEFLATED, 9)
        packed.writestr(_entry("ShelterDesk/portable.txt", moment), PORTABLE_WORDS)
    return out


def _entry(name: str, moment: tuple[int, ...]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (moment[0], moment[1], moment[2], moment[3], moment[4], moment[5]))
    # As if packed on Windows, so that no rights of this machine travel with it.
    entry.create_system = 0
    return entry
