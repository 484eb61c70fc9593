"""Vaults of another age, for a built program to open or to refuse. Run inside the environment: the product makes them.

``python -m installer.drive.aged_vaults BACKUP OLDER NEWER``: BACKUP is one of the first schema, made with the cheap key
stretching of tests, which no built program accepts.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from sqlalchemy import text

from installer.drive.versions import PASSPHRASE, SIGN_IN
from shelterdesk.vault import KdfCost, open_vault, restore_backup

_EVERYBODY = ((SIGN_IN, PASSPHRASE), ("rena", "lantern orbit pickle sunday"))
_FAR_AHEAD = 9999


def make(backup: Path, older: Path, newer: Path) -> None:
    """Restore *backup* as it was written into *older*; in *newer* say that a program of the future has been there."""
    restore_backup(backup, older)
    for name, passphrase in _EVERYBODY:
        with open_vault(older, name, passphrase) as vault:
            # The schema stays as it is: only the desk above the vault brings it up to date.
            vault.change_passphrase(passphrase, passphrase, KdfCost.lowest())
    shutil.copytree(older, newer)
    with (
        open_vault(newer, SIGN_IN, PASSPHRASE) as vault,
        vault.new_engine().execution_options(writes=True).begin() as connection,
    ):
        connection.execute(text("UPDATE schema_revision SET number = :number"), {"number": _FAR_AHEAD})


if __name__ == "__main__":
    make(*(Path(word) for word in sys.argv[1:4]))
