"""The first day: a vault, a resident, her plan on paper, locking and coming back. Each function is one act."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from installer.drive.person import Person

USER = "nadia"
SHOWN_AS = "Nadia T."
PASSPHRASE = "copper lantern walks slowly home 47"
RESIDENT = "Aysel"
CODE = "R-"
MILESTONE = "Learn the way to the clinic"
PAPER_WORDS = "Find the way by bus"
"""What her own sheet says; the plan for the file says what MILESTONE says."""
SLOW = 180.0
"""Seconds for what stretches a passphrase or makes files, on a slow and busy computer."""


@dataclass(frozen=True)
class Papers:
    """Where the two papers are saved: the path as this computer knows it, and as the program is told."""

    sheet: Path
    plan: Path
    typed_sheet: str
    typed_plan: str


def take_the_whole_way(person: Person, papers: Papers) -> None:
    """Go from the empty computer to the end of the day."""
    set_up_a_vault(person)
    take_her_in(person)
    begin_a_plan(person)
    print_both_papers(person, papers)
    lock(person)
    unlock(person)
    find_her_again(person)
    leave(person)


def set_up_a_vault(person: Person) -> None:
    """Answer the five steps of the first run."""
    person.see("Welcome", seconds=SLOW)
    person.picture("welcome")
    person.press("Return")
    person.see("You and the shelter")
    person.fill(USER, SHOWN_AS, "Lighthouse")
    person.picture("who-sets-it-up")
    person.press("Return")
    person.see("Choose a passphrase")
    person.press("alt+p")
    person.type(PASSPHRASE)
    person.press("alt+a")
    person.type(PASSPHRASE)
    person.see("Both are the same")
    person.press("Return")
    person.see("The vault is made", seconds=SLOW)
    person.tab_to("The sheet is printed")
    person.press("space")
    person.picture("recovery-sheet")
    person.press("Return")
    person.see("Where backups are kept")
    person.press("Return")
    person.see("The vault is ready")
    # Where the keyboard begins, and whether white words can be read, differs between systems; the next button is plain.
    person.tab_to("Bring in the spreadsheet")
    person.press("shift+Tab", "space")
    person.see("Nobody is on file yet", seconds=SLOW)
    person.picture("today")


def take_her_in(person: Person) -> None:
    """Record an arrival at night: a name, and that there is no bed yet."""
    person.press("ctrl+n")
    person.see("Name used")
    person.type(RESIDENT)
    person.tab_to("She sleeps without a bed")
    person.press("space")
    person.picture("arrival")
    person.press("ctrl+s")
    person.see(f"{RESIDENT}, {CODE}", "is here")
    person.picture("record")


def begin_a_plan(person: Person) -> None:
    """Begin her plan and write down one milestone."""
    person.tab_to("Begin a plan")
    person.press("space")
    person.see("A new plan")
    person.press("ctrl+s")
    person.see("Plan begun")
    person.press("ctrl+shift+m")
    person.see("On her sheet")
    person.tab_to("Milestone", right=200)
    person.type(MILESTONE)
    person.tab_to("On her sheet", right=200)
    person.type(PAPER_WORDS)
    person.picture("milestone")
    person.press("ctrl+s")
    person.see("Milestone added", MILESTONE)
    person.picture("plan")


def print_both_papers(person: Person, papers: Papers) -> None:
    """Save her own sheet and the plan for the file as PDF."""
    person.press("ctrl+p")
    person.see("Ask her first")
    for chosen, typed, name in (
        ("She takes no paper", papers.typed_sheet, papers.sheet),
        ("Her own sheet", papers.typed_plan, papers.plan),
    ):
        if name is papers.plan:
            person.tab_to(chosen)
        person.press("Down")
        person.picture(f"print-{name.stem}")
        person.tab_to("Save as PDF")
        person.press("space")
        person.see("Files of type")
        person.press("ctrl+a")
        person.type(typed)
        person.press("Return")
        person.see(f"Saved as {name.name}", seconds=SLOW)
    person.press("Escape")
    person.see(MILESTONE)


def lock(person: Person) -> None:
    """Lock with the keyboard; nothing of her stays on the screen."""
    person.press("ctrl+l")
    person.see("Nothing from the vault is shown", seconds=SLOW)
    person.must_not_see(RESIDENT, MILESTONE)
    person.picture("locked")


def unlock(person: Person) -> None:
    """Type name and passphrase."""
    person.type(USER)
    person.press("Return")
    person.type(PASSPHRASE)
    person.press("Return")
    person.see("Today", RESIDENT, seconds=SLOW)
    person.picture("unlocked")


def find_her_again(person: Person) -> None:
    """Find her by part of her name in the command box."""
    person.press("ctrl+k")
    person.type(RESIDENT[:3].lower())
    person.see("R-20")
    person.picture("search")
    person.press("Return")
    person.see("Personal details", RESIDENT)
    person.picture("found-again")


def leave(person: Person) -> None:
    """Quit; the program has to end by itself, without an error."""
    person.press("ctrl+q")
    person.see_it_end()


def look_at_a_backup(person: Person) -> None:
    """The program was started with a backup: it says what that is, and nothing happens by itself."""
    person.see("Put a backup back", "is on this computer", seconds=SLOW)
    person.picture("backup-opened")
    leave(person)
