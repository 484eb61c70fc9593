"""Where things lie on disk. No path here ever holds a person's or the shelter's name."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import platformdirs

_APP = "ShelterDesk"
PORTABLE_MARK: Final = "portable.txt"
"""Beside the packaged program: everything it keeps lies beside it too, nothing in the profile of the user."""
PORTABLE_FOLDER: Final = "data"


def resources() -> Path:
    """Return the folder with icons, fonts, catalogues and help, also inside a frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources"


def program_folder() -> Path | None:
    """Return the folder of the packaged program, None when it runs from its source."""
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else None


def is_portable() -> bool:
    """Tell whether the program runs from a stick or another folder that is carried about."""
    folder = program_folder()
    return folder is not None and not os.environ.get("SHELTERDESK_HOME") and (folder / PORTABLE_MARK).is_file()


def machine_folder() -> Path:
    """Return the folder for this machine's settings and log (never for records).

    A portable program keeps them beside itself. ``SHELTERDESK_HOME`` moves it, which the tests use.
    """
    chosen, folder = os.environ.get("SHELTERDESK_HOME"), program_folder()
    if chosen:
        return Path(chosen)
    if folder is not None and is_portable():
        return folder / PORTABLE_FOLDER
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def default_vault_folder() -> Path:
    """Return the folder that offers itself for new vaults."""
    return machine_folder() / "vaults"


def default_backup_folder() -> Path:
    """Return the folder that offers itself for backups until the shelter chooses another."""
    return machine_folder() / "backups"


def remembered(folder: Path) -> str:
    """Return *folder* as it is written down: on a stick, which has another letter elsewhere, from where we are."""
    here = machine_folder()
    return folder.relative_to(here).as_posix() if is_portable() and folder.is_relative_to(here) else str(folder)


def found_again(kept: str) -> Path:
    """Return the folder that was written down by :func:`remembered`."""
    return machine_folder() / kept if is_portable() else Path(kept)
