"""The window after unlock: frame, menus, pages and the way between them. Pages own what they do; it owns nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from shelterdesk import lock_reasons, residents, search
from shelterdesk.i18n import N_, _
from shelterdesk.reach import Reach, reach_of
from shelterdesk.settings import LOCK_MINUTES, Settings
from shelterdesk.shown_name import shown
from ui import icons
from ui.actions import BY_ID, COMMANDS, MENUS, Command
from ui.command_box import CommandBox
from ui.forms.record_form import RecordForm
from ui.pages import PAGES
from ui.place import TODAY, Place, Trail
from ui.seat import Seat, Undo
from ui.widgets.banner import Banner
from ui.widgets.page import bring_into_view
from ui.window_commands import own_commands
from ui.window_facts import fill_sidebar, is_open, show_status
from ui.window_frame import FrameWindow

_WITH_LISTS = ("residents", "people_table", "services", "work")
_UNDER = {"people_table": "residents", "arrival": "house_book", "beds": "house_book", "calls": "house_book"}
"""Pages that belong to another entry of the sidebar."""
_NOT_THEIRS = N_("Your role does not include this page. Records are opened by those who work with them.")
_WHILE_COVERED = frozenset({"lock", "change_person", "quit", "hide"})
"""Commands that show nothing and change nothing."""


@runtime_checkable
class PageWidget(Protocol):
    """What the window expects of a page. ``banner`` is where the seat's words are shown."""

    banner: Banner

    def show_place(self, place: Place) -> None:
        """Show *place*; called at every visit."""
        ...

    def refresh(self) -> None:
        """Read everything anew."""
        ...

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return the commands the page answers to at this moment, by id."""
        ...

    def keep_drafts(self) -> None:
        """Keep what was typed: the page is left, or the vault is about to lock."""
        ...


class Window(FrameWindow):
    """One person's window from unlock to lock. ``lock_wanted`` and ``hide_wanted`` are for the session."""

    lock_wanted = Signal(str)
    hide_wanted = Signal()
    quit_wanted = Signal()
    text_size_wanted = Signal(int)

    def __init__(self, seat: Seat, settings: Settings) -> None:
        super().__init__(shown(settings).name)
        self.seat = seat
        self.settings = settings
        self.trail = Trail()
        self._pages: dict[str, PageWidget] = {}
        self._actions: dict[str, QAction] = {}
        self._undo: Undo | None = None
        self._covered = False
        self._had_keyboard: QWidget | None = None
        self._day = seat.desk.today()
        self._build_actions()
        self.box = CommandBox(seat, self.top_bar.search, self.usable_commands, self.run, self)
        self.top_bar.hide_wanted.connect(self.hide_wanted)
        self.top_bar.lock_wanted.connect(lambda: self.lock_wanted.emit(lock_reasons.ASKED.code))
        sidebar = self.frame.sidebar
        sidebar.chosen.connect(self.choose)
        sidebar.list_chosen.connect(self._choose_list)
        sidebar.person_pressed.connect(lambda: self.go(Place("settings", section="me")))
        seat.place_wanted.connect(self.go)
        seat.place_named.connect(self._name_place)
        seat.said.connect(self._say)
        seat.bus.changed.connect(self._after_change)
        seat.visitor_changed.connect(lambda _on: self.refresh_all())
        seat.visitor_changed.connect(lambda _on: self._show_facts())
        seat.setting_changed.connect(lambda _setting: self._show_facts())
        seat.worker.writing.connect(self._writing)
        self._tick = QTimer(self)
        self._tick.setInterval(60_000)
        self._tick.timeout.connect(self._minute_passed)
        self._tick.start()
        self._fill_sidebar()
        self._show_facts()
        self.show_place(TODAY)
        seat.in_background(lambda task: search.build_index(seat.desk, task.cancelled), seat.take_index, owner=self)

    # --- going somewhere -------------------------------------------------------------------------------------

    def go(self, place: Place) -> None:
        """Go to *place* and remember where we came from. A record that asks why is opened before anything else."""
        if not is_open(place.page, self.seat.desk):
            self.seat.say(_(_NOT_THEIRS), kind="info")
            return
        whose = place.person_id if place.page != "residents" else None
        if whose is not None and reach_of(self.seat.desk, whose) is not Reach.OPEN:
            place = Place("residents", person_id=whose)
        self.trail.go(place)
        self.show_place(place)

    def show_place(self, place: Place) -> None:
        """Show *place* without a step in the history."""
        before = self.page()
        if before is not None:
            before.keep_drafts()
            before.banner.clear()
        self._undo = None
        page = self._page(place.page)
        assert isinstance(page, QWidget)
        focused = QApplication.focusWidget()
        beside = focused is not None and self.frame.sidebar.isAncestorOf(focused)
        inside = before is page and focused is not None and page.isAncestorOf(focused)
        self.frame.show_page(page)
        if not beside and not inside:
            # Hiding a page passes the keyboard to whatever comes next; the new page puts it where it belongs.
            page.setFocus()
        page.show_place(place)
        if not beside:
            self._bring_keyboard(page)
        self._mark_sidebar()

    def _bring_keyboard(self, page: QWidget) -> None:
        """Put the keyboard into the first list of *page*, unless the page has put it somewhere already."""
        focused = QApplication.focusWidget()
        if focused is None or focused is page or not page.isAncestorOf(focused):
            lists = (one for one in page.findChildren(QAbstractItemView) if one.isVisible() and one.isEnabled())
            next(lists, page).setFocus()

    def _name_place(self, place: Place) -> None:
        self.trail.stand_in(place)
        self._mark_sidebar()

    def page(self) -> PageWidget | None:
        """Return the page on screen."""
        shown = self.frame.surface.page()
        return shown if isinstance(shown, PageWidget) else None

    def _page(self, name: str) -> PageWidget:
        if name not in self._pages:
            self._pages[name] = PAGES[name].make(self.seat)
        return self._pages[name]

    def choose(self, key: str) -> None:
        if key == "residents":
            self.go(Place("residents", list_id=residents.HERE_NOW.id))
        else:
            self.go(Place(key))

    def _choose_list(self, key: str, list_key: str) -> None:
        self.go(Place(key, list_id=list_key))

    def step(self, place: Place | None) -> None:
        if place is not None:
            self.show_place(place)

    # --- commands --------------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        menus = {menu: self.top_bar.menu_bar.addMenu(_(menu)) for menu in MENUS}
        for command in COMMANDS:
            if not command.rights() <= self.seat.desk.rights:
                continue
            action = QAction(_(command.text), self)
            action.setObjectName(command.id)
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            action.setToolTip(_(command.help) if command.help else _(command.text))
            if command.icon:
                icons.follow(action, command.icon)
            action.triggered.connect(lambda _checked=False, one=command.id: self.run(one))
            if command.id == "visitor_mode":
                action.setCheckable(True)
            if command.begins_group:
                menus[command.menu].addSeparator()
            menus[command.menu].addAction(action)
            self._actions[command.id] = action
        for menu in menus.values():
            menu.aboutToShow.connect(self._enable_actions)
            # A disabled action would swallow its shortcut later, where a page does answer to it.
            menu.aboutToHide.connect(self._enable_all)

    def answers(self) -> dict[str, Callable[[], object]]:
        """Return what can be done at this moment: the window's own commands, overruled by those of the page."""
        page = self.page()
        return own_commands(self) | (page.commands() if page is not None else {})

    def usable_commands(self) -> list[Command]:
        """Return the commands the command box may offer now."""
        answers = self.answers()
        return [one for one in COMMANDS if one.in_box and one.id in answers and one.id in self._actions]

    def run(self, command_id: str) -> None:
        """Carry out a command; one that nothing answers to does nothing."""
        command = BY_ID[command_id]
        if self._covered and command_id not in _WHILE_COVERED:
            return
        if not command.rights() <= self.seat.desk.rights:
            return
        answer = self.answers().get(command_id)
        if answer is not None:
            answer()

    def _enable_actions(self) -> None:
        answers = self.answers()
        for command_id, action in self._actions.items():
            action.setEnabled(command_id in answers and (command_id != "undo" or self._can_undo()))
        self._actions["visitor_mode"].setChecked(self.seat.visitor)

    def _enable_all(self) -> None:
        for command_id, action in self._actions.items():
            action.setEnabled(not self._covered or command_id in _WHILE_COVERED)

    def set_covered(self, *, on: bool, keyboard: QWidget | None = None) -> None:
        """Let no key reach what lies under the cover: no shortcut, no menu, no search, no field.

        *keyboard* is the widget that gets the keyboard back afterwards.
        """
        if on == self._covered:
            return
        if on:
            self._had_keyboard = keyboard
            self.box.close()
        self._covered = on
        self.top_bar.setEnabled(not on)
        self.frame.setEnabled(not on)
        self._enable_all()
        if not on and self._had_keyboard is not None and isValid(self._had_keyboard):
            self._had_keyboard.setFocus()

    def name(self) -> str:
        """Return what stands in the title while the window can be seen."""
        return shown(self.settings).name

    def show_name(self) -> None:
        """Show the name anew; it may have been made neutral."""
        self.top_bar.set_name(self.name())
        if not self._covered:
            self.setWindowTitle(self.name())

    # --- saying something ------------------------------------------------------------------------------------

    def _say(self, kind: str, words: str, undo: Undo | None) -> None:
        page = self.page()
        if page is None:
            return
        self._undo = undo
        shown = "undo" if undo is not None else kind
        page.banner.say(words, kind=shown, acts=(_("Undo"),) if undo is not None else ())  # pyright: ignore[reportArgumentType]
        for button in page.banner.acts():
            button.clicked.connect(self._take_back)
        if undo is None:
            # Where something can be undone the list under the hand stays: the next row is perhaps ticked already.
            bring_into_view(page.banner)

    def _can_undo(self) -> bool:
        typing = QApplication.focusWidget()
        return self._undo is not None or isinstance(typing, QLineEdit | QPlainTextEdit | QTextEdit)

    def undo_last(self) -> None:
        typing = QApplication.focusWidget()
        line = isinstance(typing, QLineEdit) and typing.isUndoAvailable()
        text = isinstance(typing, QPlainTextEdit | QTextEdit) and typing.document().isUndoAvailable()
        # A field into which nobody typed got the keyboard when the list under it was done.
        if line or text or self._undo is None:
            if isinstance(typing, QLineEdit | QPlainTextEdit | QTextEdit):
                typing.undo()
            return
        self._take_back()

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        page = self.page()
        if undo is not None:
            if page is not None:
                page.banner.clear()
            undo()

    def _after_change(self, kinds: frozenset[str]) -> None:
        if kinds & {"person", "stay", "worker_since", "phase_since", "placement", "stage_since", "partner"}:
            self._fill_sidebar()
        # Whose worker somebody is decides whom one finds only where one reaches some people and not others.
        found_by = {"person", "identity_document", "contact", "knows_family", "role_limit"}
        if kinds & found_by or (kinds & {"worker_since"} and self.seat.desk.sight.sees):
            self._rebuild_index()
        self._show_facts()

    def _rebuild_index(self) -> None:
        seat = self.seat
        seat.in_background(lambda task: search.build_index(seat.desk, task.cancelled), seat.take_index, owner=self)

    def _writing(self, on: bool) -> None:
        page = self.page()
        if on and page is not None:
            page.banner.say(_("Something larger is being saved. You can read meanwhile; writing waits."), kind="info")

    # --- sidebar and status ----------------------------------------------------------------------------------

    def _fill_sidebar(self) -> None:
        fill_sidebar(self.frame.sidebar, self.seat.desk)
        self._mark_sidebar()

    def _mark_sidebar(self) -> None:
        here = self.trail.here
        list_id = here.list_id if here.page in _WITH_LISTS else ""
        self.frame.sidebar.set_current(_UNDER.get(here.page, here.page), list_id)

    def _show_facts(self) -> None:
        show_status(self.frame.status, self.seat, self.settings.value(LOCK_MINUTES))

    def _minute_passed(self) -> None:
        self._show_facts()
        today = self.seat.desk.today()
        if today != self._day:
            # On a night shift the page is still open when «today» becomes «yesterday».
            self._day = today
            self.refresh_all()

    # --- the rest --------------------------------------------------------------------------------------------

    def keep_drafts(self) -> None:
        """Keep what was typed anywhere. A page that fails keeps no other from doing so; its error is raised."""
        failed: list[Exception] = []
        steps: list[Callable[[], None]] = [page.keep_drafts for page in self._pages.values()]
        # A form that no page thought of keeps its words all the same.
        steps.append(self._keep_the_rest)
        for step in steps:
            try:
                step()
            except Exception as error:  # noqa: BLE001 - raised below
                failed.append(error)
        if failed:
            raise failed[0]

    def _keep_the_rest(self) -> None:
        for form in self.findChildren(RecordForm):
            if form.has_unkept_words():
                form.keep_draft()

    def refresh_all(self) -> None:
        page = self.page()
        if page is not None:
            page.refresh()
        self._fill_sidebar()

    def pane(self, by: int) -> None:
        panes: list[QWidget] = [self.top_bar, self.frame.sidebar, self.frame.surface]
        focused = QApplication.focusWidget()
        at = next((n for n, pane in enumerate(panes) if focused is not None and pane.isAncestorOf(focused)), 0)
        target = panes[(at + by) % len(panes)]
        stops = [
            one
            for one in target.findChildren(QWidget)
            if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        # What a pane is there for is its list; its buttons come after.
        lists = [one for one in stops if isinstance(one, QAbstractItemView)]
        for first in (lists or stops)[:1]:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.quit_wanted.emit()
