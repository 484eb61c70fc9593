"""``python3 -m installer.drive [--wine] [--pictures FOLDER] PROGRAM …``: use a built program as a person would."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from installer.console import Stop, say
from installer.drive.driving import drive


def main() -> int:
    """Drive the program named on the command line."""
    parser = argparse.ArgumentParser(prog="python3 -m installer.drive", description=__doc__)
    parser.add_argument("--wine", action="store_true", help="it is a program for Windows: wine goes before it")
    parser.add_argument("--pictures", type=Path, default=Path("dist/pictures"), metavar="FOLDER")
    parser.add_argument("command", nargs="+", metavar="PROGRAM", help="the program, and what goes before it")
    chosen = parser.parse_args()
    # The program is started in a folder of its own.
    command = [str(Path(word).absolute()) if Path(word).exists() else word for word in chosen.command]
    command = [*(["wine"] if chosen.wine else []), *command]
    try:
        drive(command, chosen.pictures, wine=chosen.wine)
    except Stop as stop:
        say(str(stop), error=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
