"""Database files that no header names: what a rotation left that was killed, or whose old file was still open."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, read_header
from shelterdesk.vault.writing import sync_folder

BESIDES = ("-wal", "-shm", "-journal")
"""What SQLite puts beside a database file."""
_FILE = re.compile(rf"(records(?:-[1-9][0-9]{{0,5}})?\.db)(?:{'|'.join(BESIDES)})?", re.ASCII)
_PATIENT_TRIES = 5


def clear_unnamed(folder: Path) -> bool:
    """Delete the database files in *folder* that neither header names; only for who holds the vault's lock.

    Says whether none is left. As long as one of the two headers cannot be read nothing is deleted, because the other
    may be put back. Never raises.
    """
    with suppress(OSError, ShelterDeskError):
        named = {read_header(folder, file).database for file in (HEADER_FILE, COPY_FILE)}
        found = [path for path in folder.iterdir() if (name := _FILE.fullmatch(path.name)) and name[1] not in named]
        return _all_gone(found)
    return False


def delete_database(path: Path) -> bool:
    """Delete a database file nobody needs with what lies beside it; say whether nothing of it is left."""
    gone = _all_gone(path.with_name(path.name + ending) for ending in ("", *BESIDES))
    with suppress(OSError):
        sync_folder(path.parent)
    return gone


def _all_gone(paths: Iterable[Path]) -> bool:
    left = [path for path in paths if not _delete(path)]
    return not left


def _delete(path: Path) -> bool:
    for _ in range(_PATIENT_TRIES):
        try:
            path.unlink(missing_ok=True)
        except PermissionError:
            # Windows deletes no file that somebody, such as a virus scanner, has open.
            if sys.platform != "win32":
                return False
            time.sleep(0.1)
        except OSError:
            return False
        else:
            return True
    return False
