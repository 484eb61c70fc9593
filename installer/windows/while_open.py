"""Run by the Windows Python: open the program, run the set-up meanwhile, and end as the set-up ended.

``python while_open.py PROGRAM SETUP``. One process does all of it, for under Wine two that begin at the same moment
wait for each other.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
import time
from typing import Any

_NAME = "Local\\ShelterDesk-running"
_TO_WAIT_FOR_IT = 0x00100000
_SECONDS_OPEN = 60
_NEVER_RAN = 99


def main(words: list[str]) -> int:
    """Return the exit code of the set-up, 99 when the program never said that it is running."""
    program, set_up = words
    system: Any = ctypes.WinDLL("kernel32")  # pyright: ignore[reportAttributeAccessIssue]
    opened = subprocess.Popen([program, "--demo", "--quit-after", str(_SECONDS_OPEN)])
    code = _NEVER_RAN
    while opened.poll() is None and code == _NEVER_RAN:
        time.sleep(0.5)
        if system.OpenMutexW(_TO_WAIT_FOR_IT, 0, _NAME):
            code = subprocess.call([set_up, "/S"])
    return code if opened.wait() == 0 else _NEVER_RAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
