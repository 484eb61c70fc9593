"""Starts a built program on a screen of its own, lets somebody use it, and looks at what is left afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from installer import system_packages
from installer.console import ROOT, Stop, expect, run, say, step
from installer.drive import versions, walk
from installer.drive.person import Person
from installer.drive.place import Place, a_place, words_beside
from installer.drive.screen import SIZE, Screen, open_screen

_WORDS_SECONDS = 180
SAID = "said.txt"
_SIZE_FOR_WINE = (1400, 840)
"""Wine leaves room for a frame around its windows, which nobody draws here."""


@contextmanager
def at_the_desk(command: Sequence[str], place: Place, screen: Screen, shots: Path) -> Iterator[Person]:
    """Start the program *command* on *screen* for somebody; whatever still runs afterwards is ended."""
    said = place.folder / SAID
    process = subprocess.Popen(
        list(command),
        cwd=place.folder,
        env=place.surroundings() | screen.surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    # What it says goes through a pipe: a Python inside Wine cannot start when it is to write into a file.
    listener = Thread(target=_listen, args=(process, said), daemon=True)
    listener.start()
    # Where the pointer lies, something is lit.
    screen.ask("mousemove", "1365", "767")
    try:
        yield Person(screen, process, shots)
    except Stop as stop:
        told = said.read_text(encoding="utf-8", errors="replace").strip()
        logged = [one.read_text(encoding="utf-8", errors="replace") for one in (place.folder / "desk").rglob("*.log")]
        noted = "\n".join(logged).strip()
        raise Stop(
            f"{stop}\n\nThe program said: {told or 'nothing'}\nIts log: {noted or 'nothing'}\nPictures: {shots}"
        ) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)
        listener.join(5)


def _listen(process: subprocess.Popen[bytes], said: Path) -> None:
    assert process.stdout is not None
    with said.open("wb") as log:
        shutil.copyfileobj(process.stdout, log)


def drive(command: Sequence[str], shots: Path, *, wine: bool, extra: Mapping[str, str] | None = None) -> None:
    """Use the program *command* with the keyboard for its first day, with a picture of each step in *shots*.

    Afterwards its papers are read, its vault is opened by the shelterdesk-cli that lies beside it, and what it left on
    the disk is searched for names; vaults of other versions are tried too. Raises Stop when anything is not as it has
    to be.
    """
    system_packages.provide(system_packages.DRIVE)
    shutil.rmtree(shots, ignore_errors=True)
    shots.mkdir(parents=True)
    with a_place(wine=wine, extra=extra) as place:
        sheet, plan = place.papers / "her-sheet.pdf", place.papers / "plan-for-the-file.pdf"
        papers = walk.Papers(sheet, plan, place.told(sheet), place.told(plan))
        with (
            step("A vault, a resident, her plan on paper, locked and unlocked, by keyboard"),
            open_screen(_SIZE_FOR_WINE if wine else SIZE) as screen,
            at_the_desk(command, place, screen, shots) as person,
        ):
            walk.take_the_whole_way(person, papers)
        open_a_backup(command, place, shots)
        with step("What is left: the papers, the vault, and nothing else that can be read"):
            read_papers(papers)
            ask_in_words(command, place)
            search_for_names(place)
            if not wine:
                said = (place.folder / SAID).read_text(encoding="utf-8", errors="replace").strip()
                if said:
                    raise Stop(f"The program was used as it should be, and yet it said:\n{said}")
    versions.check(command, wine=wine, extra=extra)


def open_a_backup(command: Sequence[str], place: Place, shots: Path) -> None:
    """Start the program with a backup, as a double click on one does."""
    backup = max((place.folder / "desk").rglob("*.dbk"), default=None)
    if backup is None:
        raise Stop("The program made no backup by itself.")
    with (
        step("A backup that was clicked twice"),
        open_screen(_SIZE_FOR_WINE if place.wine else SIZE) as screen,
        at_the_desk([*command, place.told(backup)], place, screen, shots) as person,
    ):
        walk.look_at_a_backup(person)


def read_papers(papers: walk.Papers) -> None:
    """Check that both papers have their pages and their words."""
    for paper, wanted in ((papers.sheet, walk.PAPER_WORDS), (papers.plan, walk.MILESTONE)):
        if not paper.is_file():
            raise Stop(f"{paper.name} was saved, but it is not there.")
        told = run(["pdftotext", "-layout", paper, "-"], seconds=60)
        expect(told, f"{paper.name} is no PDF that can be read.")
        if wanted not in " ".join(told.output.split()):
            raise Stop(f"{paper.name} does not say «{wanted}», but:\n{told.output}")
        say(f"    {paper.name}: {told.output.count(chr(12))} page(s), {paper.stat().st_size / 1000:.0f} kB")


def ask_in_words(command: Sequence[str], place: Place) -> None:
    """Open the vault without the window and find the resident in it."""
    secret = {"SHELTERDESK_PASSPHRASE": walk.PASSPHRASE}
    vault = ["--vault", place.told(place.vault()), "--user", walk.USER]
    words = words_beside(command)
    told = run(
        [*words, "residents", "--json", "--why", "to try the program", *vault],
        seconds=_WORDS_SECONDS,
        extra=place.surroundings() | secret,
    )
    expect(told, "The packaged shelterdesk-cli does not open the vault the window made.")
    start = told.output.find("[")
    names = [one.get("short_name") for one in json.loads(told.output[start:])] if start >= 0 else []
    if names != [walk.RESIDENT]:
        raise Stop(f"One resident called {walk.RESIDENT} should be listed, but there are: {told.output}")
    checked = run([*words, "verify", *vault], seconds=_WORDS_SECONDS, extra=place.surroundings() | secret)
    expect(checked, "The packaged shelterdesk-cli finds the vault damaged.")


def search_for_names(place: Place) -> None:
    """Search everything the program wrote for words that must stand nowhere in clear."""
    wanted = (walk.RESIDENT, walk.MILESTONE, walk.PAPER_WORDS, walk.PASSPHRASE)
    for file in place.folder.rglob("*"):
        if not file.is_file() or place.papers in file.parents:
            continue
        content = file.read_bytes()
        for words in wanted:
            if any(words.encode(encoding) in content for encoding in ("utf-8", "utf-16-le")):
                raise Stop(f"«{words}» stands in clear in {file.relative_to(place.folder)}.")


def where_pictures_go(into: Path, system: str) -> Path:
    """Return the folder of the pictures beside what was built."""
    return (into if into.is_absolute() else ROOT / into) / f"pictures-{system}"
