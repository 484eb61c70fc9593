"""The set-up as a shelter meets it: installed over an older version, tried, refused while in use, removed again."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from installer.console import Stop, expect, say, step
from installer.outputs import digest
from installer.program import Built
from installer.windows import packing, wine
from installer.windows.places import PREFIX, PYTHON, WORK

PROOF_SECONDS = 300
SETUP_SECONDS = 300
IS_RUNNING = 5
_OLDER = "0.0.9"
_UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\ShelterDesk"
_BACKUP = r"HKCU\Software\Classes\.dbk"
# Letters as a folder on a shelter's PC may have them. No space: Wine would put quotation marks around the word, and the
# set-up takes a folder only without.
_OTHER_FOLDER = "C:\\Əlavə-ш\\ShelterDesk"


def home() -> Path:
    """Return the folder of the person in Wine."""
    return next(folder for folder in sorted((PREFIX / "drive_c" / "users").iterdir()) if folder.name != "Public")


def installed() -> Path:
    """Return where the set-up puts the program when nobody says otherwise."""
    return home() / "AppData" / "Local" / "Programs" / "ShelterDesk"


def _other_folder() -> Path:
    return PREFIX / "drive_c" / _OTHER_FOLDER.removeprefix("C:\\").replace("\\", "/")


def menu() -> Path:
    """Return the folder of the Start menu."""
    return home() / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"


def prove_program(folder: Path, report: Path) -> None:
    """Start both programs in *folder*; the window program tests itself on a real screen and checks its own files."""
    expect(wine.start([folder / "shelterdesk-cli.exe", "--help"], seconds=PROOF_SECONDS), "shelterdesk-cli fails.")
    report.unlink(missing_ok=True)
    words = [folder / "ShelterDesk.exe", "--self-test", wine.inside(report)]
    outcome = wine.start(words, seconds=PROOF_SECONDS, display=True, extra={"QT_QPA_PLATFORM": "windows"})
    if not report.exists():
        said = f"It ended with {outcome.code}.\n{outcome.tail(40)}"
        raise Stop(f"{said}\n\nThe Windows program wrote no report of its self-test.")
    found = json.loads(report.read_text(encoding="utf-8"))
    if outcome.code != 0 or not found["ok"]:
        raise Stop(f"{report.read_text(encoding='utf-8')}\n\nThe Windows program failed its self-test.")
    shown = next(each for each in found["steps"] if each["step"] == "window")
    if not shown["said"].startswith("windows,"):
        raise Stop(f"The Windows program opened no window of Windows but of «{shown['said']}».")
    say(f"    a real window, {sum(each['seconds'] for each in found['steps']):.1f} s of work")
    whole = wine.start([folder / "shelterdesk-cli.exe", "verify-program"], seconds=PROOF_SECONDS)
    expect(whole, "The Windows program does not find its own files whole.")


def prove(built: Built, set_up: Path, report: Path, *, drive: Callable[[Path], None] | None = None) -> None:
    """Install, try, update, refuse and remove; raise :class:`Stop` with the first thing that is not as it has to be.

    The installed program writes *report* about itself, and *drive* uses its window as somebody would.
    """
    _remove_everything()
    older = _older_set_up(built)
    with step(f"Set-up of an older version, {_OLDER}, under another name"):
        _install(older, "/NAME=Notebook", "/ICON=notebook")
        _expect_shown("Notebook", _OLDER)
    with step("Update over it"):
        _install(set_up)
        _expect_shown("Notebook", built.version)
        _expect_payload(built, installed())
        if (installed() / "_internal" / "old part.dll").exists():
            raise Stop("The update left a file of the older version.")
    with step("Set-up after one that was cut short"):
        (installed() / built.window.name).unlink()
        _install(set_up)
        _expect_payload(built, installed())
    with step("Records made by the installed program, self-test and its own files"):
        vault, sign_in = _make_vault()
        before = _content(vault)
        prove_program(installed(), report)
    if drive is not None:
        drive(installed() / built.window.name)
    with step("Set-up while the program is open"):
        _expect_refused(set_up)
    with step("An older version over it is refused"):
        _expect_code(older, 6)
    kept = installed() / "written by somebody.txt"
    kept.write_text("stays", encoding="utf-8")
    with step("Removing"):
        _remove(installed())
        if not kept.exists() or _content(vault) != before:
            raise Stop("Removing the program took more than the program.")
        _expect_nothing_shown("Notebook")
        shutil.rmtree(installed())
    with step("Set-up into a folder with other letters, under its own name"):
        place = _other_folder()
        _install(set_up, f"/D={_OTHER_FOLDER}")
        _expect_payload(built, place)
        _expect_shown("ShelterDesk", built.version)
        prove_program(place, WORK / "self-test-other-folder.json")
        _verify_vault(place, vault, sign_in)
        _remove(place)
        _expect_nothing_shown("ShelterDesk")
    shutil.rmtree(vault)


def _older_set_up(built: Built) -> Path:
    """Return a set-up of an older version: small, with a part that the newer one no longer has."""
    folder = WORK / "older"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "old part.dll").write_text("old", encoding="utf-8")
    shutil.copytree(built.folder / "icons", folder / "icons")
    for name in (built.window.name, built.words.name):
        (folder / name).write_text("old", encoding="utf-8")
    old = Built(folder, folder / built.window.name, folder / built.words.name, "windows", _OLDER)
    return packing.set_up(old, WORK / f"ShelterDesk-{_OLDER}-Setup.exe", quick=True)


def _run_set_up(set_up: Path, *words: str) -> int:
    return wine.start([set_up, "/S", *words], seconds=SETUP_SECONDS, display=True).code


def _install(set_up: Path, *words: str) -> None:
    began = time.monotonic()
    _expect_code(set_up, 0, *words)
    say(f"    installed in {time.monotonic() - began:.1f} s")


def _expect_code(set_up: Path, code: int, *words: str) -> None:
    ended = _run_set_up(set_up, *words)
    if ended != code:
        raise Stop(f"{set_up.name} ended with {ended}, not {code}.")


def _remove(folder: Path) -> None:
    wine.start([folder / "uninstall.exe", "/S"], seconds=SETUP_SECONDS, display=True)
    # It goes on from a copy of itself, for nobody can delete the file that is running.
    _wait("The program is still there after its removal.", lambda: not (folder / "uninstall.exe").exists())
    _wait("The library folder is still there.", lambda: not (folder / "_internal").exists())
    _wait("The uninstall entry is still there.", lambda: _registered(_UNINSTALL, "DisplayName") == "")


def _remove_everything() -> None:
    """Take away what an earlier trial left that did not come to its end."""
    shutil.rmtree(installed(), ignore_errors=True)
    shutil.rmtree(_other_folder(), ignore_errors=True)
    shutil.rmtree(home() / "AppData" / "Local" / "ShelterDesk", ignore_errors=True)
    for link in menu().glob("*.lnk"):
        link.unlink()
    for key in (_UNINSTALL, _BACKUP, r"HKCU\Software\ShelterDesk", r"HKCU\Software\Classes\ShelterDesk.backup"):
        wine.start(["reg", "delete", key, "/f"], seconds=60)


def _registered(key: str, name: str) -> str:
    """Return a value of the registry, «» when there is none."""
    outcome = wine.start(["reg", "query", key, "/v", name] if name else ["reg", "query", key, "/ve"], seconds=60)
    lines = [line for line in outcome.output.splitlines() if "REG_SZ" in line]
    return lines[0].partition("REG_SZ")[2].strip() if outcome.code == 0 and lines else ""


def _expect_shown(name: str, version: str) -> None:
    found = (_registered(_UNINSTALL, "DisplayName"), _registered(_UNINSTALL, "DisplayVersion"))
    if found != (name, version):
        raise Stop(f"Windows lists the program as {found}, not as {(name, version)}.")
    links = [link.stem for link in menu().glob("*.lnk")]
    if links != [name]:
        raise Stop(f"The Start menu has {links}, not «{name}».")
    if _registered(_BACKUP, "") != "ShelterDesk.backup":
        raise Stop("Windows does not know what to open a backup with.")


def _expect_nothing_shown(name: str) -> None:
    if (menu() / f"{name}.lnk").exists() or _registered(_BACKUP, ""):
        raise Stop("The removed program is still in the Start menu or in the register.")


def _expect_payload(built: Built, place: Path) -> None:
    """Compare every file that was installed with the build's."""
    for file in sorted(built.folder.rglob("*")):
        name = file.relative_to(built.folder)
        if file.is_file() and _digest(place / name) != _digest(file):
            raise Stop(f"{name} was not installed as it was built.")


def _make_vault() -> tuple[Path, dict[str, str]]:
    """Return the folder of a vault the installed program made, and who may open it."""
    vault = home() / "AppData" / "Local" / "ShelterDesk" / "vaults" / "desk-0000.vault"
    vault.parent.mkdir(parents=True, exist_ok=True)
    words = [installed() / "shelterdesk-cli.exe", "--json", "demo", wine.inside(vault), "--residents", "5"]
    told = expect(wine.start(words, seconds=PROOF_SECONDS), "The installed shelterdesk-cli made no vault.")
    return vault, json.loads(told.output[told.output.index("{") :])


def _verify_vault(place: Path, vault: Path, sign_in: dict[str, str]) -> None:
    words = [place / "shelterdesk-cli.exe", "--vault", wine.inside(vault), "--user", sign_in["user"], "verify"]
    secret = {"SHELTERDESK_PASSPHRASE": sign_in["passphrase"]}
    outcome = wine.start(words, seconds=PROOF_SECONDS, extra=secret)
    expect(outcome, "The vault made before the removal is no longer whole.")


def _expect_refused(set_up: Path) -> None:
    script = Path(__file__).with_name("while_open.py")
    words = [script, installed() / "ShelterDesk.exe", set_up]
    told = [PYTHON / "python.exe", *(wine.inside(word) for word in words)]
    ended = wine.start(told, seconds=PROOF_SECONDS, display=True)
    if ended.code != IS_RUNNING:
        raise Stop(f"{ended.tail()}\n\nWhile the program is open, the set-up ended with {ended.code}.")


def _wait(what: str, done: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            raise Stop(what)
        time.sleep(0.5)


def _digest(file: Path) -> str:
    return digest(file) if file.is_file() else ""


def _content(folder: Path) -> dict[str, str]:
    return {file.name: _digest(file) for file in sorted(folder.rglob("*")) if file.is_file()}
