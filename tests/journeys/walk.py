"""The first week as a path through the window. Each function is one thing a person does, with keys and mouse only."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.journeys import hands
from tests.journeys.hands import (
    answering_with,
    choose,
    choose_in,
    click,
    click_row,
    dialog_with,
    keys,
    press,
    reads,
    rest,
    type_text,
    wait,
    write,
    write_into,
)
from tests.journeys.story import STORY, Days, Story, fill_workbook
from ui.pages.first_run import FirstRunPage
from ui.pages.unlock import UnlockPage
from ui.session import Session
from ui.window import Window

SLOW = 120.0


@dataclass
class Walk:
    """One person at one window, the story she types, and where her files go."""

    session: Session
    folder: Path
    story: Story = STORY
    days: Days = field(default_factory=Days)
    shoot: Callable[[str], None] = lambda _station: None
    files: dict[str, Path] = field(default_factory=dict)
    password: str = ""
    """Of the summary that left."""

    @property
    def window(self) -> Window:
        """The window, once somebody has signed in."""
        found = self.session.window
        assert found is not None, "nobody has signed in"
        return found

    def out(self, name: str) -> Path:
        """Return where a file goes."""
        folder = self.folder / self.story.folder
        folder.mkdir(parents=True, exist_ok=True)
        self.files[name] = folder / name
        return self.files[name]

    def station(self, name: str) -> None:
        """Take a picture of where we are."""
        rest(40)
        self.shoot(name)


def have_a_workbook(walk: Walk) -> None:
    """Put the list they have kept so far where she keeps her files, unless it lies there already."""
    if not walk.out("people.xlsx").exists():
        fill_workbook(walk.files["people.xlsx"], walk.story)


def take_the_whole_way(walk: Walk) -> None:
    """Go from the empty computer to the second morning."""
    set_up_a_vault(walk)
    bring_in_the_spreadsheet(walk)
    open_her_record(walk)
    give_her_a_short_name(walk)
    record_her_arrival(walk)
    record_a_service(walk)
    write_down_a_partner(walk)
    record_a_placement(walk)
    make_a_plan(walk)
    print_both_papers(walk)
    export_october(walk)
    leave_a_note_unfinished(walk)
    lock(walk)
    unlock(walk)
    go_on_with_the_note(walk)


# --- first run ---------------------------------------------------------------------------------------------------


def set_up_a_vault(walk: Walk) -> None:
    """Answer the five steps of the first run."""
    page, story = _first_run(walk), walk.story
    walk.station("01-welcome")
    press(page, "Continue")
    write(page, "User name", story.user)
    write(page, "Your name", story.shown_as)
    write(page, "Shelter", story.shelter)
    press(page, "Psychologist")
    walk.station("02-what-it-protects")
    press(page, "Continue")
    write_into(page.passphrase_step.first.line, story.passphrase)
    write_into(page.passphrase_step.again.line, story.passphrase)
    walk.station("03-passphrase")
    press(page, "Continue")
    wait(lambda: page.desk is not None, "the vault", SLOW)
    walk.station("04-recovery-sheet")
    press(page, "The sheet is printed and in a safe place")
    press(page, "Continue")
    walk.station("05-backups")
    press(page, "Continue")
    walk.station("06-ready")
    press(page, "Bring in the spreadsheet you have…")
    wait(lambda: walk.session.window is not None, "the window", SLOW)
    _be_ready(walk)


def _first_run(walk: Walk) -> FirstRunPage:
    page = walk.session.front
    assert isinstance(page, FirstRunPage), f"the first run is not shown, but {page}"
    return page


def _be_ready(walk: Walk) -> None:
    window = walk.window
    wait(lambda: not window.seat.worker.is_busy(), "the search index", SLOW)
    window.activateWindow()
    if QApplication.focusWidget() is None:
        window.setFocus()
    rest()


# --- people ------------------------------------------------------------------------------------------------------


def bring_in_the_spreadsheet(walk: Walk) -> None:
    """Import the HTCDS workbook they have kept so far, then delete it."""
    workbook, window = walk.files["people.xlsx"], walk.window
    walk.station("07-import")
    with answering_with(workbook):
        press(window, "Choose a file…")
    wait(lambda: reads(window, "Recognised: HTCDS 2.0"), "the workbook to be recognised", SLOW)
    walk.station("08-import-result")
    press(window, "Import 300 people")
    wait(lambda: reads(window, "300 people were imported"), "the import", SLOW)
    walk.station("09-imported")
    press(window, "Delete people.xlsx")
    press(window, "Delete for good")
    wait(lambda: not workbook.exists(), "the clear copy to be gone")
    walk.station("10-clear-copy-deleted")


def open_her_record(walk: Walk) -> None:
    """Find her by part of her name in the command box."""
    _be_ready(walk)
    keys("Ctrl+K")
    type_text(walk.story.given[:6])
    names = (walk.story.given, walk.story.short_name)
    wait(lambda: any(name in row.title for row in walk.window.box.rows() for name in names), "her name")
    walk.station("11-search")
    keys("Return")
    wait(lambda: reads(walk.window, "Sections of the record"), "the record")
    walk.station("12-record")


def _go_to_section(walk: Walk, title: str) -> None:
    click_row(hands.named(walk.window, "Sections of the record"), title)


def give_her_a_short_name(walk: Walk) -> None:
    """Write down what she is called in the house."""
    _go_to_section(walk, "Personal details")
    keys("Ctrl+E")
    write(walk.window, "Short name", walk.story.short_name)
    walk.station("13-personal-details")
    keys("Ctrl+S")
    wait(lambda: reads(walk.window, walk.story.short_name), "her short name in the record")


def record_her_arrival(walk: Walk) -> None:
    """Record a stay that began in October."""
    window = walk.window
    _go_to_section(walk, "Stay")
    press(window, "New arrival")
    write(window, "Day of arrival", walk.days.typed(3))
    walk.station("14-arrival")
    press(window, "Save arrival")
    wait(lambda: reads(window, "The arrival is saved."), "the arrival")
    walk.station("15-stay")


def record_a_service(walk: Walk) -> None:
    """Record a psychological session with a note only psychologists can read."""
    window, story = walk.window, walk.story
    keys("Ctrl+Shift+N")
    choose(window, "Service", "Psychological session")
    write(window, "Date given", walk.days.typed(12))
    write(window, "Duration", "50")
    write(window, "For the team", story.team_note)
    write(window, "Clinical notes", story.restricted_note)
    walk.station("16-service")
    press(window, "Save service")
    wait(lambda: reads(window, "Service saved"), "the service")
    walk.station("17-services")


# --- work --------------------------------------------------------------------------------------------------------


def write_down_a_partner(walk: Walk) -> None:
    """Write down a workshop, by a command found in the command box."""
    window, story = walk.window, walk.story
    keys("Ctrl+K")
    type_text("new partner")
    keys("Return")
    write(window, "Name", story.partner)
    write(window, "What we tell this partner", story.told)
    walk.station("18-partner")
    keys("Ctrl+S")
    wait(lambda: reads(window, "Partner saved"), "the partner")


def record_a_placement(walk: Walk) -> None:
    """Record that she works there since October."""
    window, story = walk.window, walk.story
    open_her_record(walk)
    _go_to_section(walk, "Work & training")
    press(window, "New placement")
    choose(window, "Kind", "Work")
    write(window, "Work or course", story.post)
    choose(window, "Partner", story.partner)
    press(window, "Working")
    write(window, "Since", walk.days.typed(19))
    walk.station("19-placement")
    press(window, "Save placement")
    wait(lambda: reads(window, "Placement saved"), "the placement")
    walk.station("20-work")


# --- plan --------------------------------------------------------------------------------------------------------


def make_a_plan(walk: Walk) -> None:
    """Begin a plan, write a goal and two milestones, and mark one of them done."""
    window, story = walk.window, walk.story
    _go_to_section(walk, "Plan & milestones")
    press(window, "Begin a plan")
    press(window, "Begin the plan")
    wait(lambda: reads(window, "Plan begun"), "the plan")
    keys("Ctrl+Shift+M")
    choose(window, "Domain", "Work & education")
    write(window, "Milestone", story.milestone)
    write(window, "Due", walk.days.soon())
    write(window, "On her sheet", story.paper_words)
    walk.station("21-milestone")
    press(window, "Save milestone")
    wait(lambda: reads(window, "Milestone added"), "the milestone")
    wait(lambda: reads(window, story.milestone), "the milestone in the plan")
    walk.station("22-plan")


def print_both_papers(walk: Walk) -> None:
    """Save her own sheet and the plan for the file as PDF."""
    window = walk.window
    keys("Ctrl+P")
    dialog = dialog_with("print_plan")
    walk.station("23-she-takes-no-paper")
    for choice, name in (("Her own sheet", "her-sheet.pdf"), ("Plan for the file", "plan-for-the-file.pdf")):
        press(dialog, choice)
        walk.station(f"24-{name.removesuffix('.pdf')}")
        with answering_with(walk.out(name)):
            press(dialog, "Save as PDF…")
        wait(walk.files[name].exists, f"the file {name}")
        wait(lambda name=name: reads(dialog, f"Saved as {name}"), f"the words that {name} is saved")
    press(dialog, "Close")
    wait(lambda: not dialog_is_open("print_plan"), "the dialog to close")
    _be_ready(walk)
    assert reads(window, walk.story.milestone)


def dialog_is_open(name: str) -> bool:
    """Tell whether a dialog of this name is open."""
    found = (one.findChild(QWidget, name) or one for one in QApplication.topLevelWidgets())
    return any(one.objectName() == name and one.isVisible() for one in found)


# --- the month ---------------------------------------------------------------------------------------------------


def export_october(walk: Walk) -> None:
    """Export October for a named recipient, as a Word file with a password."""
    window, story = walk.window, walk.story
    keys("Alt+7")
    choose_in(hands.field(window, "Period"), f"October {walk.days.october().year}")
    wait(lambda: not window.seat.worker.is_busy(), "October to be counted", SLOW)
    rest(300)
    walk.station("25-october")
    press(window, "Named recipient")
    write(window, "Name of the recipient", story.recipient)
    press(window, "Export…")
    dialog = dialog_with("export_summary")
    write(dialog, "Why", story.why)
    shown = hands.field(dialog, "Password of the file")
    assert isinstance(shown, QLineEdit)
    walk.password = shown.text()
    walk.station("26-export")
    with answering_with(walk.out("october.docx")):
        press(dialog, "Save file…")
    wait(walk.files["october.docx"].exists, "the file of October")
    wait(lambda: reads(dialog, "Note the password before you close"), "the words that it is saved")
    walk.station("27-exported")
    press(dialog, "Close")
    wait(lambda: not dialog_is_open("export_summary"), "the dialog to close")
    _be_ready(walk)


# --- lock and come back ------------------------------------------------------------------------------------------


def leave_a_note_unfinished(walk: Walk) -> None:
    """Begin a note about her and be called away."""
    open_her_record(walk)
    keys("Ctrl+Shift+O")
    text = wait(lambda: _text_of_note(walk), "the box of the note")
    click(text)
    type_text(walk.story.draft)
    walk.station("28-unfinished-note")


def _text_of_note(walk: Walk) -> QWidget | None:
    label = wait(lambda: hands.field(walk.window, "Text"), "the text of the note")
    return hands.line_of(label)


def lock(walk: Walk) -> None:
    """Lock with the keyboard."""
    keys("Ctrl+L")
    wait(lambda: isinstance(walk.session.front, UnlockPage), "the unlock page")
    rest(100)
    walk.station("29-locked")


def unlock(walk: Walk) -> None:
    """Type name and passphrase."""
    page = walk.session.front
    assert isinstance(page, UnlockPage)
    page.activateWindow()
    write(page, "User name", walk.story.user)
    click(page.by_passphrase.passphrase.line)
    type_text(walk.story.passphrase)
    QTest.keyClick(page.by_passphrase.passphrase.line, Qt.Key.Key_Return)
    wait(lambda: walk.session.window is not None, "the window after unlocking", SLOW)
    _be_ready(walk)


def go_on_with_the_note(walk: Walk) -> None:
    """Find the draft on Today, go on with it, and save it."""
    window = walk.window
    walk.station("30-unlocked")
    click_row(window, "1 unfinished draft")
    text = wait(lambda: _text_of_note(walk), "the note that was begun")
    typed = getattr(text, "toPlainText", lambda: "")()
    assert typed == walk.story.draft, f"the draft reads «{typed}»"
    walk.station("31-draft-again")
    keys("Ctrl+S")
    wait(lambda: reads(window, "Note saved"), "the note")
    walk.station("32-note-saved")


def picture_taker(folder: Path) -> Callable[[str], None]:
    """Return what saves a picture of the whole screen, or of the active window where there is no screen."""
    folder.mkdir(parents=True, exist_ok=True)

    def shoot(station: str) -> None:
        target = folder / f"{station}.png"
        if target.exists():
            return
        if QGuiApplication.platformName() == "xcb":
            picture = QGuiApplication.primaryScreen().grabWindow(0)
        else:
            shown = QApplication.activeModalWidget() or QApplication.activeWindow()
            tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
            picture = (shown or tops[0]).grab()
        assert picture.save(os.fspath(target)), station

    return shoot
