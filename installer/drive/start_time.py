"""``python3 -m installer.drive.start_time PROGRAM``: how soon its first window shows, against the program from source.

Both start in turn, so that whatever else the computer does slows both. As root on Linux a cold start is measured too:
what the system keeps of files in memory is dropped before.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from installer import environment
from installer.console import ROOT, Stop, say
from installer.drive.place import Place, a_place
from installer.drive.screen import Screen, open_screen

_SECONDS = 120
_CACHES = Path("/proc/sys/vm/drop_caches")


def first_window(command: Sequence[str], place: Place, screen: Screen, root: Path) -> float:
    """Return the seconds from starting *command* to the first thing on *screen*."""
    if not screen.is_empty():
        raise Stop("Something else is on the screen already.")
    begun = time.monotonic()
    process = subprocess.Popen(
        list(command),
        cwd=root,
        env=place.surroundings() | screen.surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while screen.is_empty():
            if process.poll() is not None or time.monotonic() - begun > _SECONDS:
                raise Stop(f"{command[0]} shows no window.")
            time.sleep(0.01)
        return time.monotonic() - begun
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


def _drop_caches() -> None:
    os.sync()
    _CACHES.write_text("3", encoding="ascii")


def measure(program: Path, rounds: int, *, cold: bool) -> dict[str, list[float]]:
    """Start both programs in turn and return the seconds of each."""
    commands = {"packaged": [str(program)], "from source": [str(environment.PYTHON), "-m", "ui.app"]}
    found: dict[str, list[float]] = {name: [] for name in commands}
    # One round more, which nobody counts: it makes the first two alike.
    for number in range(rounds + (0 if cold else 1)):
        for name, command in commands.items():
            with open_screen() as screen, a_place(wine=False) as place:
                if cold:
                    _drop_caches()
                seconds = first_window(command, place, screen, ROOT)
            if cold or number:
                found[name].append(seconds)
    return found


def main() -> int:
    """Measure and print medians and their ratio."""
    parser = argparse.ArgumentParser(prog="python3 -m installer.drive.start_time", description=__doc__)
    parser.add_argument("program", type=Path, help="the packaged ShelterDesk")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cold", action="store_true", help="drop the caches of the system before each start (root)")
    chosen = parser.parse_args()
    try:
        found = measure(chosen.program.absolute(), chosen.rounds, cold=chosen.cold)
    except (Stop, PermissionError) as error:
        say(str(error), error=True)
        return 1
    middle = {name: statistics.median(seconds) for name, seconds in found.items()}
    for name, seconds in found.items():
        say(f"{name:12} {middle[name]:.2f} s ({min(seconds):.2f} to {max(seconds):.2f})")
    say(f"ratio        {middle['packaged'] / middle['from source']:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
