"""Whether the program may write where it keeps its settings and its log; told in words before anything else happens."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_
from shelterdesk.paths import is_portable, machine_folder

_CARRIED = N_(
    "The program runs from a folder that is carried about and keeps everything beside itself, but it cannot write into "
    "{folder}. Nothing was changed. The stick may be locked against writing, or full: open the lock or make room. "
    "Or copy the whole folder to a place that can be written to. Then start it again."
)
_HERE = N_(
    "The program cannot write into {folder}, where it keeps the settings of this computer and its log. Nothing was "
    "changed. The disk may be full, or the folder may belong to somebody else: whoever looks after this computer can "
    "mend that. Then start it again."
)


class PlaceNotWritable(ShelterDeskError):
    """The folder for settings and log takes nothing; the program does not start."""

    def __init__(self, folder: Path) -> None:
        super().__init__(_CARRIED if is_portable() else _HERE, folder=folder)


def make_ready() -> None:
    """Make the folder for settings and log, and see that it takes a file. Raises PlaceNotWritable."""
    folder = machine_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Rights alone say little: a stick can be locked, a disk full. What was written tells.
        handle, name = tempfile.mkstemp(prefix="looking-", suffix=".tmp", dir=folder)
        try:
            os.write(handle, b"1")
        finally:
            os.close(handle)
            Path(name).unlink()
    except OSError as error:
        raise PlaceNotWritable(folder) from error
