"""The commands of ``python3 installer`` (``py installer`` on Windows).

This file has to start on a Python that is too old for ShelterDesk, in order to say so or to find a newer one.
"""

from __future__ import annotations

import argparse
import errno
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from installer.program import Wishes

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
NEWEST = (3, 14)
OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
ROOM = "Check that the disk has 3 GB free and that this folder may be written to, then run the same command again."


def newer_python() -> list[str] | None:
    """Return the command of a Python on this machine that ShelterDesk can use."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        commands = [["py", f"-3.{minor}"]] if sys.platform == "win32" else [[f"python3.{minor}"]]
        for command in commands:
            if shutil.which(command[0]) is None:
                continue
            answer = subprocess.run([*command, "-c", "print('ok')"], capture_output=True, text=True, check=False)
            if answer.stdout.strip() == "ok":
                return command
    return None


def use_a_fitting_python() -> None:
    """Go on with this Python, start again with a fitting one, or stop and say what to install."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    command = newer_python()
    if command is not None:
        sys.exit(subprocess.call([*command, str(Path(__file__).parent), *sys.argv[1:]]))
    sys.exit(
        "ShelterDesk needs Python 3.{} to 3.{}; this is {}.{}.\n".format(OLDEST[1], NEWEST[1], *sys.version_info[:2])
        + "Install one of them beside it (on Debian: apt-get install python3), then run the same command again."
    )


def arguments() -> argparse.ArgumentParser:
    """Describe the commands."""
    parser = argparse.ArgumentParser(
        prog="python3 installer", description="Set up, start, check and package ShelterDesk."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("setup", help="make the environment .venv/ and stop there")
    run = commands.add_parser("run", help="set up if needed and start the program")
    run.add_argument("words", nargs="*", metavar="WORD", help="passed to the program, such as --demo")
    test = commands.add_parser("test", help="set up if needed and run every check")
    test.add_argument("--long", action="store_true", help="also the tests that take minutes")
    test.add_argument("words", nargs="*", metavar="WORD", help="passed to pytest: run just those tests")
    _describe_build(commands.add_parser("build", help="make the program and its packages under dist/ and try them"))
    lock = commands.add_parser("lock", help="remake the lists of exact versions")
    lock.add_argument("--upgrade", action="store_true", help="go to the newest versions")
    return parser


def _describe_build(build: argparse.ArgumentParser) -> None:
    build.add_argument("--windows", action="store_true", help="the Windows program and its set-up, through Wine")
    build.add_argument("--into", type=Path, metavar="FOLDER", help="another folder than dist/")
    build.add_argument("--folder-only", action="store_true", help="stop when the program folder stands and works")
    build.add_argument("--release", action="store_true", help="pack as small as it gets; takes minutes longer")
    build.add_argument("--bare", action="store_true", help="also install the packages on bare Debian systems")
    build.add_argument("--test", action="store_true", help="with --windows: also the tests of the Windows parts")
    build.add_argument("--no-drive", action="store_true", help="do not drive the built program by keyboard")
    build.add_argument("--twice", action="store_true", help="build twice and compare byte for byte")
    build.add_argument("--sign-with", default="", metavar="COMMAND", help="a command that signs the file named last")


def wishes(chosen: argparse.Namespace) -> Wishes:
    """Return what the options of ``build`` ask for."""
    from installer import program

    plain = program.Wishes()
    return program.Wishes(
        system="windows" if chosen.windows else plain.system,
        into=chosen.into.resolve() if chosen.into else plain.into,
        folder_only=chosen.folder_only,
        release=chosen.release,
        bare=chosen.bare,
        twice=chosen.twice,
        test=chosen.test,
        drive=not chosen.no_drive,
        sign_with=chosen.sign_with,
    )


def carry_out(words: list[str]) -> int:
    """Carry out one command and return the exit code."""
    from installer import checks, environment, locks, program
    from installer.console import say

    # What follows `run` and `test` belongs to other programs, options too; argparse would claim them.
    if words[:1] == ["run"] and words[1:] not in (["-h"], ["--help"]):
        return environment.start(words[1:])
    if words[:1] == ["test"] and words[1:] not in (["-h"], ["--help"]):
        return checks.check([word for word in words[1:] if word != "--long"], long="--long" in words)
    chosen = arguments().parse_args(words)
    if chosen.command == "build":
        return program.build(wishes(chosen))
    if chosen.command == "lock":
        return locks.remake(upgrade=chosen.upgrade)
    environment.prepare("run", "test", "build")
    say("Ready. Start with: python3 installer run")
    return 0


def main(words: list[str]) -> int:
    """Carry out one command; what people can mend is said in a sentence, without a traceback."""
    from installer.console import Stop, say

    # Who ends this from outside, or closes its terminal, ends what it started, too. `nohup` keeps its meaning.
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    try:
        return carry_out(words)
    except Stop as stop:
        say(str(stop), error=True)
        return 1
    except OSError as error:
        # copytree gathers what went wrong into an error of its own, which has no number.
        if not isinstance(error, shutil.Error) and error.errno not in OF_THE_DISK:
            raise
        told = textwrap.shorten(str(error), 400, placeholder=" …")
        say(f"{told}\n\n{ROOM}", error=True)
        return 1
    except KeyboardInterrupt:
        say("Stopped. Run the same command again to go on.", error=True)
        return 130


if __name__ == "__main__":
    use_a_fitting_python()
    # The folder itself stands first on the path when it is run; the package is found from the root.
    sys.path[0] = str(ROOT)
    sys.exit(main(sys.argv[1:]))
