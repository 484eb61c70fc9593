"""Where things lie on disk. No path here ever holds a person's or the shelter's name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_APP = "ShelterDesk"


def resources() -> Path:
    """Return the folder with icons, fonts, catalogues and help, also inside a frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources"


def machine_folder() -> Path:
    """Return the folder for this machine's settings and log (never for records).

    ``SHELTERDESK_HOME`` moves it, which the portable edition and the tests use.
    """
    chosen = os.environ.get("SHELTERDESK_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def default_vault_folder() -> Path:
    """Return the folder that offers itself for new vaults."""
    return machine_folder() / "vaults"


def default_backup_folder() -> Path:
    """Return the folder that offers itself for backups until the shelter chooses another."""
    return machine_folder() / "backups"
