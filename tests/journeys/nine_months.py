"""Types the paper folder of nine months into the window: every sheet into the form it belongs to, by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.desks import Clock
from tests.journeys import hands
from tests.journeys.filling import field_of, is_gone, problems_of, put, row_of
from tests.journeys.folder import Answer, Sheet
from tests.journeys.hands import (
    NotOnScreen,
    answering_with,
    bring_to_front,
    button,
    click,
    click_row,
    keys,
    press,
    reads,
    spoken,
    type_text,
    wait,
)
from ui.forms.record_form import RecordForm
from ui.pages.arrival.form import ArrivalForm
from ui.widgets.fold_row import FoldRow
from ui.widgets.rows import RowList
from ui.window import Window

WHY: Final = "I fill it in from the referral papers"


@dataclass
class Typist:
    """Somebody at the window with a folder beside the keyboard."""

    window: Window
    clock: Clock
    papers: Path
    """Where the pictures of papers lie."""
    shown: str = ""
    """Whose record is on screen."""
    typed: int = 0

    def type_in(self, folder: Sequence[Sheet], after: Callable[[Sheet], None] = lambda _sheet: None) -> None:
        """Type sheet after sheet."""
        for one in folder:
            self.clock.now = one.at
            try:
                self.take(one)
            except AssertionError as error:
                raise NotOnScreen(f"{one.at:%d.%m.%Y}, {one.who}, {one.form}: {error}") from error
            self.typed += 1
            after(one)

    def take(self, one: Sheet) -> None:
        """Type one sheet."""
        form, _, more = one.form.partition(": ")
        (_MORE[form](more) if more else _WAYS[form])(self, one)

    # --- going -----------------------------------------------------------------------------------------------------

    def open_record(self, who: str) -> None:
        """Find a person by the name used in the command box, unless the record is on screen."""
        if self.shown == who and reads(self.window, "Sections of the record"):
            return
        wait(lambda: not self.window.seat.worker.is_busy(), "the search index")
        self.take_keyboard(self.window)
        keys("Ctrl+K")
        type_text(who)
        wait(lambda: any(who in row.title for row in self.window.box.rows()), f"«{who}» among what is found")
        keys("Return")
        wait(lambda: reads(self.window, "Sections of the record"), "the record")
        self.shown = who

    def go_to(self, who: str, section: str) -> None:
        """Open a section of somebody's record."""
        self.open_record(who)
        click_row(hands.named(self.window, "Sections of the record"), section)

    # --- typing ----------------------------------------------------------------------------------------------------

    def form(self) -> RecordForm:
        """Return the form that is open."""

        def look() -> RecordForm | None:
            shown = [one for one in self.window.findChildren(RecordForm) if one.isVisible()]
            return shown[-1] if shown else None

        return wait(look, "a form", 10)

    def fill(self, answers: Mapping[str, Answer]) -> RecordForm:
        """Answer what the open form asks."""
        form = self.form()
        for label, answer in answers.items():
            put(field_of(form, label), answer)
        return form

    def take_keyboard(self, where: QWidget) -> None:
        """Have the keyboard in the window again: without a window manager a list that closed keeps it."""
        if QApplication.activeWindow() is not self.window:
            self.window.activateWindow()
            wait(lambda: QApplication.activeWindow() is self.window, "the window to come to the front", 5)
        if QApplication.focusWidget() is None:
            where.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill_and_save(self, one: Sheet) -> None:
        """Answer, press Ctrl+S, and see that the form is gone."""
        form = self.fill(one.answers)
        self.take_keyboard(form)
        keys("Ctrl+S")
        wait(lambda: is_gone(form) or problems_of(form), "the form to be saved")
        assert is_gone(form), f"not saved: {problems_of(form)}"


# --- ways to the forms --------------------------------------------------------------------------------------------

Way = Callable[[Typist, Sheet], None]


def _by(section: str, *acts: str) -> Way:
    """Go to a section, press what opens the form, type and save. A line named on the sheet is opened first."""

    def way(typist: Typist, one: Sheet) -> None:
        typist.go_to(one.who, section)
        if one.row:
            click_row(typist.window, one.row, double=True)
        for words in acts:
            press(typist.window, words)
        typist.fill_and_save(one)

    return way


def _by_keys(sequence: str) -> Way:
    """Press a shortcut while the record is open, type and save."""

    def way(typist: Typist, one: Sheet) -> None:
        typist.open_record(one.who)
        bring_to_front(typist.window)
        keys(sequence)
        typist.fill_and_save(one)

    return way


def _by_command(words: str) -> Way:
    """Find a command in the command box, type and save."""

    def way(typist: Typist, one: Sheet) -> None:
        typist.open_record(one.who)
        keys("Ctrl+K")
        type_text(words)
        keys("Return")
        typist.fill_and_save(one)

    return way


def _just(section: str, *acts: str) -> Way:
    """Press something that needs no form."""

    def way(typist: Typist, one: Sheet) -> None:
        typist.go_to(one.who, section)
        if one.row:
            click_row(typist.window, one.row, double=True)
        for words in acts:
            press(typist.window, words)

    return way


def _what_happened(topic: str, act: str) -> Way:
    """Give the reason once, unfold the topic, and press what opens the form."""

    def way(typist: Typist, one: Sheet) -> None:
        window = typist.window
        typist.go_to(one.who, "What happened")
        if reads(window, "What happened is opened on purpose"):
            press(window, WHY)
            press(window, "Open what happened")
        folds = [fold for fold in window.findChildren(FoldRow) if fold.isVisible() and fold.accessibleName() == topic]
        fold = folds[0] if folds else button(window, topic)
        if not fold.isChecked():
            click(fold)
        press(window, act)
        typist.fill_and_save(one)

    return way


def _arrive(typist: Typist, one: Sheet) -> None:
    """Fill the page of an arrival at night; children stand there by name, age, and girl or boy."""
    window = typist.window
    keys("Ctrl+N")
    form = typist.form()
    assert isinstance(form, ArrivalForm)
    answers = dict(one.answers)
    for flag in answers.pop("flags"):
        press(window, flag)
    for number, child in enumerate(answers.pop("children")):
        name, age, gender = child.split(", ")
        press(window, "Another child" if number else "Add a child")
        hands.write(window, f"Child {number + 1}: Name used", name)
        hands.write(window, f"Child {number + 1}: Age in years", age)
        hands.choose(window, f"Child {number + 1}: Girl or boy", gender)
    bed = answers.pop("bed")
    assert isinstance(bed, str)
    click(next(one for one in hands.buttons(form) if one.accessibleName().startswith(bed) and one.isEnabled()))
    for label, words in answers.items():
        parts = (words,) if isinstance(words, str) else words
        for part in parts:
            put(hands.named(form, label) if label in _NAMED else row_of(form, label).field, part)
    keys("Ctrl+S")
    wait(lambda: is_gone(form) or problems_of(form), "the arrival to be saved")
    assert not problems_of(form), problems_of(form)


_NAMED: Final = ("Distance in kilometres", "Who brought her", "Which allergy, which medicine and when", "Speaks")


def _date(kind: str) -> Way:
    """Choose the kind of date in the menu below the button, type and save."""

    def way(typist: Typist, one: Sheet) -> None:
        typist.go_to(one.who, "Dates & deadlines")
        press(typist.window, "Add a date")
        menu = wait(QApplication.activePopupWidget, "the menu", 5)
        assert isinstance(menu, QMenu)
        action = next(action for action in menu.actions() if spoken(action.text()) == kind)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
        typist.fill_and_save(one)

    return way


def _child_care(typist: Typist, one: Sheet) -> None:
    typist.go_to(one.who, "Family & children")
    found = [there for there in hands.buttons(typist.window) if spoken(there.text()) == "Put down"]
    if found:
        click(found[0])
    else:
        press(typist.window, "Edit: With a parent")
    typist.fill_and_save(one)


def _done_by_space(typist: Typist, one: Sheet) -> None:
    """Mark a milestone done, unfolding the part of the plan it stands in."""
    typist.go_to(one.who, "Plan & milestones")
    for fold in typist.window.findChildren(FoldRow):
        if fold.isVisible() and not fold.isChecked():
            click(fold)
    for rows in typist.window.findChildren(RowList):
        found = [index for index, shown in hands.cells(rows) if one.row in shown] if rows.isVisible() else []
        if found:
            rows.setFocus(Qt.FocusReason.TabFocusReason)
            rows.setCurrentIndex(found[0])
            QTest.keyClick(rows, Qt.Key.Key_Space)
            hands.rest()
            return
    raise NotOnScreen(f"no milestone «{one.row}»")


def _scan(typist: Typist, one: Sheet) -> None:
    """Choose a picture from the folder of papers, say what it is, and keep the clear copy for now."""
    typist.go_to(one.who, "Documents")
    press(typist.window, "Add a scan or photo")
    answers = dict(one.answers)
    name = answers.pop("file")
    assert isinstance(name, str)
    with answering_with(typist.papers / name):
        press(typist.window, "Choose a file…")
    form = typist.fill(answers)
    wait(lambda: reads(typist.window, " KB"), "the scan to be looked at")
    typist.take_keyboard(form)
    keys("Ctrl+S")
    wait(lambda: is_gone(form) or problems_of(form), "the scan to be saved")
    assert is_gone(form), problems_of(form)


_WAYS: dict[str, Way] = {
    "arrival": _arrive,
    "referral to us": _by("Consents & sharing", "Referrals to us: Add"),
    "referral": _by("Consents & sharing", "New referral"),
    "referral sent": _just("Consents & sharing", "Mark as sent"),
    "referral accepted": _just("Consents & sharing", "They accept"),
    "referral done": _just("Consents & sharing", "Done"),
    "referral changed": _by("Consents & sharing", "Edit"),
    "consent": _by("Consents & sharing", "Record an answer"),
    "request by an authority": _by("Consents & sharing", "Record a request"),
    "personal details": _by("Personal details", "Edit"),
    "identity document": _by("Personal details", "Add a document"),
    "contact": _by("Personal details", "Add a contact"),
    "relative": _by("Family & children", "Add a relative"),
    "care of a child": _child_care,
    "bed": _by("Stay", "Move to another bed"),
    "belongings": _by("Stay", "Kept for her: Take in"),
    "night away": _by("Stay", "Nights away: Add"),
    "back": _just("Stay", "She is back"),
    "visitor": _by("Stay", "Visitors: Add"),
    "leaving": _by("Stay", "Record leaving"),
    "handed back": _just("Stay", "Hand back all"),
    "follow-up": _by("Stay"),
    "alert": _by("Needs & safety", "Add what every shift must know"),
    "alert over": _by("Needs & safety"),
    "first risk": _by("Needs & safety", "Risk level: Put down"),
    "risk": _by("Needs & safety", "Risk level: Look again"),
    "safety": _by("Needs & safety", "Edit"),
    "safety plan": _by("Needs & safety", "Safety plan", "Make a safety plan"),
    "first phase": _by("Needs & safety", "Phase: Put down"),
    "phase": _by("Needs & safety", "Phase: Next phase"),
    "worker": _by("Needs & safety", "Worker: Choose"),
    "status": _what_happened("Identification status", "Add a status"),
    "kinds of exploitation": _what_happened("Exploitation", "Kinds of exploitation"),
    "circumstances": _what_happened("Exploitation", "Circumstances"),
    "place and time": _what_happened("Exploitation", "Add a place and time"),
    "signs": _what_happened("Signs of forced labour", "Look at the signs"),
    "incident": _what_happened("Violence at home or elsewhere", "Add an incident"),
    "who caused harm": _what_happened("Person who caused harm", "Add a person who caused harm"),
    "protection order": _date("Protection order"),
    "residence permit": _date("Residence permit"),
    "court date": _date("Court date"),
    "other date": _date("Another date"),
    "extension": _by("Dates & deadlines", "Extension"),
    "seen to": _just("Dates & deadlines", "Seen to"),
    "date changed": _by("Dates & deadlines", "Edit"),
    "plan": _by("Plan & milestones", "Begin a plan"),
    "milestone done": _done_by_space,
    "milestone": _by_keys("Ctrl+Shift+M"),
    "wellbeing": _by("Plan & milestones", "Add round"),
    "service": _by_keys("Ctrl+Shift+N"),
    "note": _by_keys("Ctrl+Shift+O"),
    "step done": _just("Overview", "Mark done"),
    "next step": _by("Overview", "Add a next step"),
    "appointment": _by("Overview", "Add an appointment"),
    "strengths": _by("Overview", "Add strengths"),
    "placement": _by("Work & training", "New placement"),
    "stage": _by("Work & training", "Move"),
    "check-in": _by("Work & training", "Record a check-in"),
    "partner": _by_command("new partner"),
    "scan": _scan,
    "incident in the house": _by_command("new incident"),
}


def _tick(words: str) -> Way:
    """Tick a line of the list before she leaves."""

    def way(typist: Typist, one: Sheet) -> None:
        typist.go_to(one.who, "Stay")
        fold = next(fold for fold in typist.window.findChildren(FoldRow) if fold.objectName() == "closing-fold")
        if not fold.isChecked():
            click(fold)
        press(typist.window, words)

    return way


def _stage(words: str) -> Way:
    """Move a placement to the stage of these words: the menu of «Move»."""

    def way(typist: Typist, one: Sheet) -> None:
        typist.go_to(one.who, "Work & training")
        click_row(typist.window, one.row)
        press(typist.window, "Move")
        put(field_of(typist.form(), "Stage"), words)
        typist.fill_and_save(one)

    return way


def _on_placement(act: str) -> Way:
    def way(typist: Typist, one: Sheet) -> None:
        typist.go_to(one.who, "Work & training")
        click_row(typist.window, one.row)
        press(typist.window, act)
        typist.fill_and_save(one)

    return way


_WAYS["check-in"] = _on_placement("Record a check-in")
_MORE: dict[str, Callable[[str], Way]] = {"checked": _tick, "stage": _stage}
