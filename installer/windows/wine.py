"""Wine: a prefix of its own, the three libraries it lacks, and running Windows programs in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from installer.console import Outcome, expect, run, say
from installer.drive.screen import open_screen
from installer.windows.made import once
from installer.windows.places import HERE, PREFIX

STUBS = tuple(sorted((HERE / "stubs").glob("*.c")))
_COMPILER = "x86_64-w64-mingw32-gcc"
_SYSTEM = Path("drive_c") / "windows" / "system32"


def surroundings(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables that keep Wine inside the prefix: no menu entries, no folders of the real home."""
    # Wine takes what is meant for a Qt of Linux away from its programs, unless the name says that they shall have it.
    for_qt = {f"WINE{name}": value for name, value in (extra or {}).items() if name.startswith("QT_")}
    return {
        "WINEPREFIX": str(PREFIX),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        # Without it Wine cannot name files with letters beyond ASCII.
        "LC_ALL": "C.UTF-8",
        "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=;mscms=n",
        "HOME": str(PREFIX / "home"),
        # Windows programs meet what Windows would give them, not what suits the build.
        "PYTHONUTF8": "",
        **for_qt,
        **(extra or {}),
    }


def provide() -> None:
    """Make the prefix with everything in it that the program asks Windows for."""
    once(PREFIX, (*STUBS, Path(__file__)), _make)


def _make() -> None:
    try:
        _fill()
    except BaseException:
        # What still runs there would hold fast to files that the next build removes.
        end()
        raise


def _fill() -> None:
    (PREFIX / "home").mkdir()
    for words in (("wineboot", "-i"), ("winecfg", "-v", "win10")):
        expect(start(words, seconds=180), "Wine could not be prepared.")
    for source in STUBS:
        target = PREFIX / _SYSTEM / f"{source.stem}.dll"
        words = [_COMPILER, "-shared", "-nostartfiles", "-o", target, source, "-ladvapi32", "-Wl,-e,DllMain"]
        expect(run(words, seconds=60), f"{source.name} could not be compiled.")
    say(f"    {', '.join(source.stem for source in STUBS)} stand in for what Wine lacks")


def start(
    words: Sequence[str | Path],
    *,
    seconds: float,
    extra: Mapping[str, str] | None = None,
    display: bool = False,
) -> Outcome:
    """Run a Windows program, with ``display`` on a screen of its own.

    Its output goes through a pipe, never straight to a file: Python on Wine cannot start on that.
    """
    with open_screen() if display else nullcontext() as screen:
        shown = screen.surroundings() if screen is not None else {}
        return run(["wine", *words], seconds=seconds, extra=surroundings({**(extra or {}), **shown}))


def end() -> None:
    """End everything that still runs in the prefix."""
    run(["wineserver", "-k"], seconds=30, extra=surroundings())


def inside(folder: Path) -> str:
    """Return how a Windows program calls a folder or file of this machine."""
    return "Z:" + str(folder).replace("/", "\\")
