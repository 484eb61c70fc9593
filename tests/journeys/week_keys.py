"""Somebody of the shelter at the real window with nothing but the keyboard: signs in, plans, and writes down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.core.shelter_staff import Shelter
from tests.desks import Clock
from tests.journeys import hands
from tests.journeys.hands import NotOnScreen, reads, rest, wait
from tests.journeys.week_days import KINDS, MONEY, UNTIMED
from tests.journeys.week_sums import Given, Planned, name_of
from ui.pages.services.calendar.page import CalendarPage
from ui.pages.services.register import RegisterPage
from ui.pages.unlock import UnlockPage
from ui.session import Session
from ui.widgets.rows import RowList
from ui.widgets.week_view import WeekView
from ui.window import Window

_ENTER = Qt.Key.Key_Return


@dataclass
class Keyboard:
    """One keyboard, whoever sits at it. ``pressed`` counts the keys, so that one can tell how quick it is."""

    session: Session
    shelter: Shelter
    clock: Clock
    pressed: int = 0
    by_hand: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """What was done → the keys each took."""

    @property
    def window(self) -> Window:
        found = self.session.window
        assert found is not None, "nobody has signed in"
        return found

    @property
    def page(self) -> Any:
        """What is shown under «Services»: a page, or a form over it."""
        page: Any = self.window.page()
        return page.form or page.stack.currentWidget()

    # --- keys ------------------------------------------------------------------------------------------------------

    def type(self, words: str) -> None:
        """Type words into the field that has the keyboard; a list of what was found hands letters on to it."""
        self.pressed += len(words)
        for letter in words:
            target = QApplication.focusWidget() or hands.keyboard()
            if letter.isascii():
                QTest.keyClick(target, letter)
            else:
                key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(target, key)
        rest(5)

    def key(self, *keys: Qt.Key) -> None:
        """Press single keys."""
        for one in keys:
            self.pressed += 1
            QTest.keyClick(hands.keyboard(), one)
            self._settle()

    def combine(self, sequence: str) -> None:
        """Press a combination, e.g. «Ctrl+S»."""
        self.pressed += 1
        QTest.keySequence(hands.keyboard(), QKeySequence(sequence))
        self._settle()

    def _settle(self) -> None:
        """Let things happen. Without a window manager a list that closed keeps the keyboard, so it is given back."""
        for _round in range(3):
            rest(2)

    def command(self, words: str) -> None:
        """Find a command in the command box."""
        self.combine("Ctrl+K")
        self.type(words)
        self.key(_ENTER)

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until what is called *name* has the keyboard."""
        for _step in range(60):
            found = QApplication.focusWidget()
            if found is not None and name in (found.accessibleName(), getattr(found, "name", "")):
                return found
            self.key(Qt.Key.Key_Tab)
        raise NotOnScreen(f"Tab does not come to «{name}»")

    def counted(self, what: str, before: int) -> None:
        """Remember how many keys something took."""
        self.by_hand.setdefault(what, []).append(self.pressed - before)

    # --- signing in --------------------------------------------------------------------------------------------------

    def sign_in(self, user: str, at: datetime) -> None:
        """Lock what the one before left open, and sign in."""
        self.clock.now = at
        if self.session.window is not None:
            self.combine("Ctrl+L")
        page = wait(lambda: self.session.front, "the unlock page")
        assert isinstance(page, UnlockPage)
        page.activateWindow()
        wait(lambda: page.isActiveWindow() and QApplication.focusWidget() is not None, "the keyboard on the page")
        self.type(user)
        self.key(Qt.Key.Key_Tab)
        self.type(self.shelter.words[user])
        self.key(_ENTER)
        wait(lambda: self.session.window is not None, f"the window of {user}", 60)
        wait(lambda: not self.window.seat.worker.is_busy(), "the search index", 60)
        # The screen nobody sees is smaller than the one on a desk.
        self.window.resize(1366, 768)
        self.window.activateWindow()
        wait(self.window.isActiveWindow, "the window to come to the front", 5)
        if QApplication.focusWidget() is None:
            self.window.setFocus()

    # --- the register ------------------------------------------------------------------------------------------------

    def open_register(self) -> RegisterPage:
        self.command("register of")
        return wait(lambda: isinstance(self.page, RegisterPage) and self.page, "the register")

    def write_lines(self, lines: list[Given]) -> None:
        """Write line after line; Enter saves, and the next begins with the person."""
        page = self.open_register()
        for one in lines:
            before, count = self.pressed, len(page._services)
            self._line(page, one)
            wait(lambda count=count: len(page._services) == count + 1 or self._problems(page), f"the line of {one}")
            assert len(page._services) == count + 1, f"{one}: {self._problems(page)}"
            self.counted("register", before)
            self.clock.now += timedelta(minutes=1)

    def _line(self, page: RegisterPage, one: Given) -> None:
        line = page.line
        assert line is not None
        if line.editor("given_on").value() != one.on:
            self.combine("Shift+Tab")
            self.type(f"{one.on:%d.%m.}")
            self.key(Qt.Key.Key_Tab)
        self.type(one.typed)
        self.key(_ENTER)
        if line.editor("kind").value() == one.kind:
            self.key(Qt.Key.Key_Tab)
        else:
            self.type(KINDS[one.word][1])
            self.key(_ENTER)
        assert line.editor("kind").value() == one.kind, f"{one.word}: {line.editor('kind').value()}"
        if one.word not in UNTIMED:
            shown = line.editor("amount" if one.word in MONEY else "minutes").value()
            if one.word in MONEY or shown != int(one.number):
                self.type(one.number)
        if one.outcome != "took_place":
            self.key(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
            self.type({"shorter": "sh", "declined": "dec", "not_held": "not"}[one.outcome])
            self.key(_ENTER)
        self.key(_ENTER)

    def _problems(self, page: RegisterPage) -> list[str]:
        line = page.line
        assert line is not None
        return [row.problem() for row in line.rows._rows if row.problem()]

    # --- groups ------------------------------------------------------------------------------------------------------

    def write_group(self, word: str, minutes: int, names: str) -> None:
        """Write down a group nobody planned: who came, by the first letters, then what it was."""
        before = self.pressed
        self.command("new group")
        form = wait(lambda: getattr(self.page, "form", None), "the form of a group")
        for name in names.split():
            self.type(name[:3])
            self.key(_ENTER)
        if form.editor("kind").value() != KINDS[word][0]:
            while QApplication.focusWidget() is not form.editor("kind").choice:
                self.combine("Shift+Tab")
            self.type(KINDS[word][1])
            self.key(Qt.Key.Key_Tab)
        if form.editor("minutes").value() != minutes:
            self.tab_to("Duration")
            self.combine("Ctrl+A")
            self.type(str(minutes))
        self.combine("Ctrl+S")
        wait(lambda: reads(self.window, f"Saved for {len(names.split())} people"), "the group to be saved")
        self.counted(f"group of {len(names.split())}", before)

    # --- the calendar ------------------------------------------------------------------------------------------------

    def open_calendar(self) -> CalendarPage:
        self.combine("Ctrl+Shift+A")
        return wait(lambda: isinstance(self.page, CalendarPage) and self.page, "the calendar")

    def plan(self, line: str) -> None:
        """Type a line into the calendar; the keyboard is in it already. Nothing must be in the way."""
        before = self.pressed
        page = self.page
        self.type(line)
        self.key(_ENTER)
        wait(
            lambda: not page.card.text() or page.card.problem.text() or page.card.strip.isVisible(),
            f"«{line}» to be planned",
        )
        assert page.card.text() == "", f"«{line}»: {page.card.problem.text()} {page.card.strip.words.text()}"
        self.counted("appointment", before)
        self.clock.now += timedelta(minutes=1)

    def go_to_block(self, at: str, typed: str) -> WeekView:
        """Go down from the line into the week, and by the arrow keys to what is planned for somebody at an hour."""
        page = self.page
        view: WeekView = page.view
        if not view.hasFocus():
            self.key(Qt.Key.Key_Down)
        wait(view.hasFocus, "the keyboard in the week", 5)
        today, wanted = self.clock.now.date(), name_of(typed) if typed else ""
        key = next(
            block.key
            for cell in view.grid.cells.values()
            for block in cell.blocks
            if cell.day == today and block.time.startswith(at) and wanted in block.words
        )
        row, column, number = view.grid.place_of(key)
        while view.at[1] != column:
            self.key(Qt.Key.Key_Right if view.at[1] < column else Qt.Key.Key_Left)
        while view.at[0] != row:
            self.key(Qt.Key.Key_Down if view.at[0] < row else Qt.Key.Key_Up)
        while view.at[2] != number:
            self.key(Qt.Key.Key_Down if view.at[2] < number else Qt.Key.Key_Up)
        assert view.current_key() == key
        return view

    def tell(self, one: Planned) -> None:
        """Say what became of an appointment."""
        page, before = self.page, self.pressed
        view = self.go_to_block(one.at if not one.then.startswith("moved") else one.then.split()[3], one.typed)
        match one.then:
            case "did not come":
                self.key(Qt.Key.Key_X)
                wait(lambda: page.panel.editor, "the form that asks why")
                self.type("The")
                self.key(Qt.Key.Key_Tab)
                self.type("Not well")
                self.key(Qt.Key.Key_Tab)
                self.combine("Ctrl+S")
                self._see(view, one, "missed")
            case "with a note":
                self.key(Qt.Key.Key_Space)
                wait(lambda: getattr(self.page, "form", None), "the form of the service")
                self.tab_to({"nigar": "Clinical notes", "rena": "Legal notes"}[one.by])
                self.type(f"Words about {one.typed}")
                self.combine("Ctrl+S")
                wait(lambda: self.page is page, "the calendar again")
                self._see(view, one, "done")
            case _:
                self.key(Qt.Key.Key_G)
                self._see(view, one, "done")
        self.counted(f"from the diary, {one.then.split(' to ')[0]}", before)
        self.clock.now += timedelta(minutes=1)

    def _see(self, view: WeekView, one: Planned, state: str) -> None:
        wait(
            lambda: any(
                block.state == state and name_of(one.typed) in block.words
                for cell in view.grid.cells.values()
                for block in cell.blocks
                if cell.day == self.clock.now.date()
            ),
            f"«{one.line}» to read {state}",
        )

    def move(self, one: Planned) -> None:
        """Move an appointment of today to another hour."""
        view = self.go_to_block(one.at, one.typed)
        self.key(Qt.Key.Key_M)
        self.type(one.then.removeprefix("moved to "))
        self.key(_ENTER)
        wait(lambda: reads(self.window, "Moved to"), "the appointment to be moved")
        assert view.isVisible()

    # --- today -------------------------------------------------------------------------------------------------------

    def give_from_today(self, typed: str) -> None:
        """Say on the start page that something took place, and save its form as it is: two keys."""
        self.combine("Alt+1")
        rows = self.window.page().next.rows
        assert isinstance(rows, RowList)
        self.tab_to(rows.accessibleName())
        for _step in rows.rows():
            if name_of(typed) in _words_of(rows):
                break
            self.key(Qt.Key.Key_Down)
        assert name_of(typed) in _words_of(rows)
        before = self.pressed
        self.key(Qt.Key.Key_Space)
        wait(lambda: isinstance(getattr(self.window.page(), "form", None), QWidget), "the form of the service")
        self.combine("Ctrl+S")
        wait(lambda: reads(self.window, "Service saved"), "the service to be saved")
        self.counted("from Today", before)

    # --- reading -----------------------------------------------------------------------------------------------------

    def reads(self, words: str) -> bool:
        """Tell whether *words* can be read in the window."""
        return reads(self.window, words)


def _words_of(rows: RowList) -> str:
    index = rows.currentIndex()
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
