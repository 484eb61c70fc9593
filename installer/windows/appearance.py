"""What Windows shows of the two programs, and what they ask of Windows. The specification reads it."""

from __future__ import annotations

from typing import Any

from installer import program
from installer.windows.places import HERE, ICONS

# The name of the program's file is there for all to see; the description, which Task Manager shows, stays neutral.
_DESCRIPTIONS = {"ShelterDesk": "Desk", "shelterdesk-cli": "Desk, for the command line"}


def appearance(name: str) -> dict[str, Any]:
    """Return the arguments of PyInstaller's ``EXE`` for the program *name*."""
    from PyInstaller.utils.win32 import versioninfo as info

    numbers = (*(int(part) for part in program.version().split(".")), 0)
    words = {
        "FileDescription": _DESCRIPTIONS[name],
        "FileVersion": program.version(),
        "InternalName": name,
        "LegalCopyright": "",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "ShelterDesk",
        "ProductVersion": program.version(),
    }
    # 0409 is English, 04B0 says that the words are Unicode; 40004 and 1 say: a program for Windows NT and later.
    version = info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=numbers, prodvers=numbers, mask=0x3F, OS=0x40004, fileType=1),
        kids=[
            info.StringFileInfo(
                [info.StringTable("040904B0", [info.StringStruct(key, value) for key, value in words.items()])]
            ),
            info.VarFileInfo([info.VarStruct("Translation", [0x409, 0x4B0])]),
        ],
    )
    manifest = (HERE / "program.manifest").read_text(encoding="utf-8")
    return {"icon": str(ICONS / "shelterdesk.ico"), "version": version, "manifest": manifest}
