"""The environment ``.venv/``: made once, recognised in milliseconds, mended after an interruption."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from installer import system_packages
from installer.console import ROOT, Stop, run, say, surroundings

VENV = ROOT / ".venv"
LOCKS = {
    "run": ROOT / "installer" / "requirements.txt",
    "test": ROOT / "installer" / "dev.txt",
    "build": ROOT / "installer" / "build.txt",
    "package": ROOT / "installer" / "package.txt",
}
WINDOWS = sys.platform == "win32"
PROGRAMS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = PROGRAMS / ("python.exe" if WINDOWS else "python")
PIP_SECONDS = 1800

_STAMP = VENV / "set-up.json"
_UNFINISHED = VENV / "set-up-unfinished"
_LOCK = ROOT / ".venv.lock"

_SHELL_START = """\
#!/bin/sh
'''exec' "$(dirname "$(readlink -f "$0")")/python" "$0" "$@"
' '''
import sys

from {module} import {function}

sys.exit({function}())
"""
_CMD_START = """\
@echo off
"%~dp0python.exe" -c "import sys; sys.argv[0] = '{name}'; from {module} import {function}; sys.exit({function}())" %*
"""


def digest(*files: Path) -> str:
    """Return one hash over the contents of *files*."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(stamp: dict[str, str]) -> None:
    fresh = _STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=2, sort_keys=True), encoding="utf-8")
    fresh.replace(_STAMP)


@contextlib.contextmanager
def alone(file: Path, what: str) -> Iterator[None]:
    """Let one *what* work at a time, by a lock on *file*; the second says so, waits and then finds everything done."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as lock:
        if WINDOWS:
            import msvcrt

            lock.seek(0)
            try:
                msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
            except OSError as error:
                raise Stop(f"Another {what} is at work in this folder. Wait until it is done.") from error
        else:
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(f"  Another {what} is at work in this folder; this one waits until it is done …")
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def python_version() -> str:
    """Return the version of the environment's Python, empty when it does not start."""
    if not PYTHON.exists():
        return ""
    try:
        answer = subprocess.run(
            [PYTHON, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=surroundings(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip()


def site_packages(version: str) -> Path:
    """Return the folder of libraries of the environment."""
    return VENV / ("Lib" if WINDOWS else f"lib/python{version}") / "site-packages"


def _usable(version: str) -> bool:
    """Say whether the environment can be kept. After an interruption nothing in it is trusted."""
    this = "{}.{}".format(*sys.version_info[:2])
    return not _UNFINISHED.exists() and version == this and (site_packages(version) / "pip").is_dir()


def _make() -> None:
    if VENV.exists():
        say("  Environment: the one here is unfinished or of another Python and is made anew …")
        try:
            shutil.rmtree(VENV)
        except OSError as error:
            raise Stop(
                f"The folder {VENV} cannot be removed ({error.strerror}). "
                "Close ShelterDesk, then run the same command again."
            ) from error
    else:
        say("  Environment: making .venv …")
    VENV.mkdir()
    _UNFINISHED.touch()
    made = run([sys.executable, "-m", "venv", VENV], seconds=300)
    if made.code != 0:
        raise Stop(
            f"{made.tail()}\n\nThe Python environment could not be made. "
            "Check that the disk has 2 GB free, then run the same command again."
        )


def _install(layer: str) -> None:
    lock = LOCKS[layer]
    total = sum(line.endswith("\\") and not line.startswith(" ") for line in lock.read_text("utf-8").splitlines())
    say(f"  Libraries ({layer}): fetching and checking up to {total}, the first time for a minute or two …")
    seen: list[str] = []

    def count(line: str) -> None:
        if line.startswith("Collecting ") and sys.stdout.isatty():
            seen.append(line)
            name = line.split()[1].partition("==")[0]
            print(f"\r  {len(seen)} of {total}: {name:<40}", end="", flush=True)

    _UNFINISHED.touch()
    outcome = run(
        [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--require-hashes",
         "--only-binary", ":all:", "--progress-bar", "off", "-r", lock],
        seconds=PIP_SECONDS,
        on_line=count,
    )  # fmt: skip
    if seen:
        print(f"\r{'':<56}\r", end="", flush=True)
    if outcome.code not in {0, 124}:
        # pip changes nothing before everything is fetched and checked, so what was there still works.
        _UNFINISHED.unlink()
    if outcome.code != 0:
        raise Stop(
            f"{outcome.tail()}\n\nThe libraries could not be installed. Check the internet connection and that the "
            "disk has 2 GB free, then run the same command again; what was fetched is kept."
        )


def _entry_points() -> dict[str, tuple[str, str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    entries: dict[str, str] = {**project.get("scripts", {}), **project.get("gui-scripts", {})}
    return {name: (target.partition(":")[0], target.partition(":")[2]) for name, target in entries.items()}


def _write_if_new(file: Path, content: str) -> None:
    encoded = content.replace("\n", "\r\n").encode() if file.suffix == ".cmd" else content.encode()
    if not file.exists() or file.read_bytes() != encoded:
        file.write_bytes(encoded)
        file.chmod(0o755)


def _join_project(version: str) -> None:
    """Make the checkout importable and its programs startable, without building or copying anything.

    The path is relative: a letter outside ASCII in a folder name cannot break it.
    """
    folder = site_packages(version)
    _write_if_new(folder / "shelterdesk.pth", os.path.relpath(ROOT, folder) + "\n")
    for name, (module, function) in _entry_points().items():
        if WINDOWS:
            _write_if_new(PROGRAMS / f"{name}.cmd", _CMD_START.format(name=name, module=module, function=function))
        else:
            _write_if_new(PROGRAMS / name, _SHELL_START.format(module=module, function=function))


def _compile_catalogues(stamp: dict[str, str]) -> None:
    sources = sorted((ROOT / "resources" / "i18n").glob("*.po"))
    hashed = digest(*sources)
    compiled = all(source.with_suffix(".mo").exists() for source in sources)
    if not sources or (compiled and stamp.get("catalogues") == hashed):
        return
    outcome = run(
        [PYTHON, "-c", "from installer.catalogues import compile_catalogues; compile_catalogues()"], seconds=120
    )
    if outcome.code != 0:
        raise Stop(f"{outcome.tail()}\n\nThe translations under resources/i18n could not be compiled.")
    stamp["catalogues"] = hashed
    _write_stamp(stamp)


def prepare(*layers: str) -> None:
    """Bring the environment to what *layers* of :data:`LOCKS` ask for; quick and silent when it already is.

    Raises :class:`Stop` with the next step when something of the system is missing or the network fails.
    """
    system_packages.provide((*system_packages.WINDOW, *system_packages.ENVIRONMENT))
    with alone(_LOCK, "set-up"):
        version = python_version()
        stamp = _read_stamp() if _usable(version) else {}
        wanted = {layer: digest(LOCKS[layer]) for layer in layers}
        due = [layer for layer in layers if stamp.get(layer) != wanted[layer]]
        if due:
            say("Setting up ShelterDesk (later starts skip this).")
            if not _usable(version):
                _make()
                version = python_version()
            for layer in due:
                _install(layer)
                stamp[layer] = wanted[layer]
                _write_stamp(stamp)
                _UNFINISHED.unlink()
        _join_project(version)
        _compile_catalogues(stamp)


def start(words: list[str]) -> int:
    """Start the window program in the environment with the arguments *words*."""
    prepare("run")
    chosen = os.environ.get("QT_QPA_PLATFORM")
    if sys.platform == "linux" and not (chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise Stop("ShelterDesk opens a window, and there is no screen here. Start it from a desktop session.")
    module, function = _entry_points()["shelterdesk"]
    command = [
        str(PYTHON),
        "-c",
        f"import sys; sys.argv[0] = 'shelterdesk'; from {module} import {function}; sys.exit({function}())",
    ]
    if not WINDOWS:
        os.execve(PYTHON, [*command, *words], surroundings())
    return subprocess.call([*command, *words], env=surroundings())
