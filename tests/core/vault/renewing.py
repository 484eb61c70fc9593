"""What the tests of new keys for a vault have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from shelterdesk.vault import (
    OpenVault,
    store,
)
from shelterdesk.vault.changes import Change
from shelterdesk.vault.compartments import DATABASE
from shelterdesk.vault.resealing import Resealed
from shelterdesk.vault.rotation import NewRecords, rotate


def nothing_to_log(_new: NewRecords) -> None:
    """Close no log: these vaults have none."""


def new_keys(vault: OpenVault, *names: str, **more: Any) -> Resealed:
    """Replace the key of the database and those of *names*."""
    return rotate(vault, renewing(vault, *names), {}, nothing_to_log, **more)


def renewing(vault: OpenVault, *names: str) -> Change:
    change = Change(vault)
    change.renew((DATABASE, *names))
    return change


def database_files(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.glob("records*"))


def write_and(fail: Callable[[Path], None]) -> Callable[[Path, bytes], None]:
    """Return how a file is written by a disk about which *fail* decides afterwards."""

    def write(path: Path, data: bytes) -> None:
        fail(path)
        store_write(path, data)

    return write


store_write = store.write_atomically
