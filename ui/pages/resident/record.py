"""One record: its head, the list of sections, and the section that is open. Sections are made at their first visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shelterdesk import house_settings, person_reading, residents
from shelterdesk.access import Right
from shelterdesk.errors import NotAllowed, ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason, RecordClosed
from shelterdesk.residents import Head
from ui.dialogs.print_first_papers import print_first_papers
from ui.dialogs.print_papers import print_plan
from ui.pages.resident.header import HeadAct, RecordHeader, Standing
from ui.pages.resident.reason_card import ReasonCard
from ui.pages.resident.section import RecordSection
from ui.place import Place
from ui.record_sections import ALWAYS_USED, SECTIONS, SectionKind
from ui.seat import Seat
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.section_list import SectionList


class RecordView(QWidget):
    """``section_chosen`` fires when somebody picks another section, ``reason_given`` when a record may open now."""

    section_chosen = Signal(str)
    reason_given = Signal(str)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self.person: Person | None = None
        self.head: Head | None = None
        self.standing = Standing()
        self.kinds = _used_sections(seat)
        self._made: dict[str, RecordSection] = {}
        self._current = ""
        self.header = RecordHeader(seat, self)
        self.banner = Banner(parent=self)
        self._banner_room = _RoomFor(self.banner, self)
        self.empty = EmptyState("", parent=self)
        self.reason = ReasonCard(seat, self)
        self.sections = SectionList(_("Sections of the record"), self)
        self.sections.set_sections([(kind.id, _(kind.label)) for kind in self.kinds])
        self._stack = QStackedWidget(self)
        self._body = QWidget(self)
        body = QHBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(16)
        left = QVBoxLayout()
        left.setContentsMargins(0, 12, 0, 0)
        left.addWidget(self.sections, 1)
        body.addLayout(left)
        body.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._banner_room)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.reason, 1)
        layout.addWidget(self._body, 1)
        self.sections.chosen.connect(self.section_chosen)
        self.reason.given.connect(self.reason_given)
        self.show_nobody("")

    # --- who ---------------------------------------------------------------------------------------------------

    def show_nobody(self, words: str) -> None:
        """Show *words* in the place of a record."""
        self.person = self.head = None
        self.empty.say(words)
        self._show_only(self.empty)

    def ask_why(self, person_id: UUID) -> None:
        """Ask why a record is opened, in its place."""
        self.person = self.head = None
        self.reason.ask(person_id)
        self._show_only(self.reason)

    def _show_only(self, *shown: QWidget) -> None:
        for part in (self.empty, self.reason, self.header, self._body):
            part.setVisible(part in shown)

    def open(self, person_id: UUID, section: str, why: str = "") -> bool:
        """Open a record, which is logged with the reason it asks for, and show a section of it."""
        try:
            self.person = person_reading.open_person(self.seat.desk, person_id, why)
            self.head = residents.head_of(self.seat.desk, self.person)
        except NeedsReason:
            self.ask_why(person_id)
            return False
        except RecordClosed as error:
            self.show_nobody(error.text())
            return False
        except NotAllowed:
            self.show_nobody(_("Your role shows who lives here; records are opened by those who work with them."))
            return False
        except ShelterDeskError as error:
            self.show_nobody(error.text())
            return False
        self._show_only(self.header, self._body)
        self.show_section(section)
        return True

    def refresh(self) -> None:
        """Read the open record anew, without a further row in the log."""
        if self.person is None:
            return
        try:
            self.person = person_reading.read_person(self.seat.desk, self.person.id)
            self.head = residents.head_of(self.seat.desk, self.person)
        except (NeedsReason, RecordClosed) as error:
            # It was closed meanwhile, or given to a colleague whose people one does not reach.
            self.keep_drafts()
            self.show_nobody(error.text())
            return
        self._show_head()
        section = self.section()
        if section is not None:
            section.show_person(self.head, self.person)

    # --- sections ----------------------------------------------------------------------------------------------

    def kind(self, section_id: str = "") -> SectionKind:
        """Return a section by id, without one that which is open; the first where there is no such section."""
        wanted = section_id or self._current
        return next((kind for kind in self.kinds if kind.id == wanted), self.kinds[0])

    def section(self) -> RecordSection | None:
        """Return the section that is open."""
        return self._made.get(self._current) if self.person is not None else None

    def show_section(self, section_id: str) -> None:
        """Show a section of the open record."""
        assert self.person is not None
        assert self.head is not None
        kind = self.kind(section_id)
        before = self.section()
        if before is not None and kind.id != self._current:
            before.keep_drafts()
        if kind.id not in self._made:
            made = kind.make(self.seat)
            self._made[kind.id] = made
            self._stack.addWidget(made)
        self._current = kind.id
        section = self._made[kind.id]
        section.show_person(self.head, self.person)
        self._stack.setCurrentWidget(cast("QWidget", section))
        self.sections.set_current(kind.id)
        self._show_head()

    def do(self, doing: str, about: UUID | None) -> None:
        """Let the open section begin what a place asks for."""
        section = self.section()
        act = getattr(section, "do", None)
        if act is not None and (doing or about is not None):
            act(doing, about)

    def step_section(self, by: int) -> None:
        """Go to the next or the previous section."""
        self.sections.step(by)

    def print_plan(self) -> None:
        """Open the dialog for the papers of the plan."""
        if self.person is not None:
            print_plan(self.seat, self.person.id, self)

    def print_first_papers(self) -> None:
        """Open the dialog for the papers of the first weeks."""
        if self.person is not None:
            print_first_papers(self.seat, self.person.id, self.person.code, self)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the open section answers to."""
        section = self.section()
        return dict(section.commands()) if section is not None else {}

    def keep_drafts(self) -> None:
        """Keep what was typed in any section."""
        for section in self._made.values():
            section.keep_drafts()

    # --- head --------------------------------------------------------------------------------------------------

    def stand(self, standing: Standing) -> None:
        """Say where the record stands on its list."""
        if standing != self.standing:
            self.standing = standing
            if self.head is not None:
                self._show_head()

    def _show_head(self) -> None:
        assert self.head is not None
        full = self._current == "overview"
        self.header.show_head(self.head, self.standing, self._acts() if full else (), full=full)

    def _acts(self) -> tuple[HeadAct, ...]:
        assert self.head is not None
        desk, seat, person_id = self.seat.desk, self.seat, self.head.person_id
        acts: list[HeadAct] = []
        if desk.may(Right.CHANGE_PERSON) and any(kind.id == "personal" for kind in self.kinds):
            edit = Place("residents", person_id=person_id, section="personal", doing="edit")
            acts.append(HeadAct(lambda: Button(_("Edit"), "pencil"), lambda: seat.go(edit)))
        if desk.may(Right.PRINT_PLANS):
            acts.append(HeadAct(lambda: Button(_("Print plan"), "printer"), self.print_plan))
        if desk.may(Right.GIVE_SERVICES):
            service = Place("services", doing="new_service", person_id=person_id)
            acts.append(HeadAct(lambda: PrimaryButton(_("New service"), "plus"), lambda: seat.go(service)))
        return tuple(acts)


def _used_sections(seat: Seat) -> tuple[SectionKind, ...]:
    unused = set(house_settings.get(seat.desk, "unused_sections")) - ALWAYS_USED
    return tuple(kind for kind in SECTIONS if seat.desk.may(kind.right) and kind.id not in unused)


class _RoomFor(QWidget):
    """Keeps a banner off what stands around it, and takes no room while the banner is hidden."""

    def __init__(self, banner: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 20, 0)
        layout.addWidget(banner, 0, Qt.AlignmentFlag.AlignTop)
        banner.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(event.type() == QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)
