"""The settings page: a list of sections, one shown at a time. Every change holds at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.access import Right
from shelterdesk.i18n import N_, _
from ui.pages.settings.about import AboutSection
from ui.pages.settings.backup import BackupSection
from ui.pages.settings.calendar import CalendarSection
from ui.pages.settings.deadlines import DeadlinesSection
from ui.pages.settings.fields import FieldsSection
from ui.pages.settings.house import HouseSection
from ui.pages.settings.log import LogSection
from ui.pages.settings.me import MeSection
from ui.pages.settings.notes import NotesSection
from ui.pages.settings.people import PeopleSection
from ui.pages.settings.removal import RemovalSection
from ui.pages.settings.requests import RequestsSection
from ui.pages.settings.roles import RolesSection
from ui.pages.settings.scales import ScalesSection
from ui.pages.settings.services import ServicesSection
from ui.pages.settings.sharing import SharingSection
from ui.pages.settings.shifts import ShiftsSection
from ui.pages.settings.window import WindowSection
from ui.place import CHOOSE_PIN, Place
from ui.seat import Seat
from ui.widgets.page import Page
from ui.widgets.section_list import SectionList


class Section(Protocol):
    """One part of the settings."""

    def show_now(self) -> None:
        """Read everything anew, because the section comes into view."""
        ...


_SECTIONS: Final[tuple[tuple[str, str, Callable[[Seat], QWidget], Right | None], ...]] = (
    ("me", N_("You"), MeSection, None),
    ("people", N_("People and keys"), PeopleSection, None),
    ("roles", N_("Roles and rights"), RolesSection, Right.MANAGE_PEOPLE),
    ("house", N_("Rooms, beds and projects"), HouseSection, Right.CHANGE_SETTINGS),
    ("services", N_("Services"), ServicesSection, Right.CHANGE_SETTINGS),
    ("notes", N_("Notes"), NotesSection, Right.CHANGE_SETTINGS),
    ("scales", N_("Screening scales"), ScalesSection, Right.CASE_WORK),
    ("calendar", N_("Calendar"), CalendarSection, Right.CHANGE_SETTINGS),
    ("shifts", N_("Shifts"), ShiftsSection, Right.CHANGE_SETTINGS),
    ("fields", N_("Lists and fields"), FieldsSection, Right.CHANGE_SETTINGS),
    ("deadlines", N_("Dates and safety"), DeadlinesSection, Right.CHANGE_SETTINGS),
    ("window", N_("Language, look and safety"), WindowSection, None),
    ("backup", N_("Backups and checks"), BackupSection, Right.BACK_UP),
    ("log", N_("Log"), LogSection, Right.READ_LOG),
    ("removal", N_("Removal of old records"), RemovalSection, Right.REMOVE_RECORDS),
    ("requests", N_("Requests by authorities"), RequestsSection, Right.CASE_WORK),
    ("sharing", N_("Referrals and consents"), SharingSection, Right.CHANGE_SETTINGS),
    ("about", N_("About ShelterDesk"), AboutSection, None),
)


class SettingsPage(Page):
    """Sections at the left, the chosen one beside it."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Settings"))
        self.seat = seat
        offered = [one for one in _SECTIONS if one[3] is None or seat.desk.may(one[3])]
        self.list = SectionList(_("Settings"))
        self._column = QVBoxLayout()
        self._shown = ""
        self.sections: dict[str, QWidget] = {}
        self._holders: dict[str, QWidget] = {}
        for key, _title, make, _right in offered:
            section = make(seat)
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            fills = bool(getattr(section, "fills", False))
            column.addWidget(section, int(fills))
            if not fills:
                column.addStretch(1)
            # A stack would be as high as its longest section, even where a short one is in view.
            holder.hide()
            self._column.addWidget(holder)
            self._holders[key] = holder
            self.sections[key] = section
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addLayout(self._column, 1)
        self.content.addLayout(row, 1)
        self.list.set_sections([(key, _(title)) for key, title, _make, _right in offered], "me")
        self.list.chosen.connect(self.open)

    def show_place(self, place: Place) -> None:
        self.open(place.section if place.section in self.sections else self.list.current() or "me")
        people = self.sections["people"]
        if place.section == "people" and isinstance(people, PeopleSection):
            people.begin(place.doing, place.about)
        backup = self.sections.get("backup")
        if place.doing == "back_up" and isinstance(backup, BackupSection):
            backup.back_up()
        requests = self.sections.get("requests")
        if place.section == "requests" and isinstance(requests, RequestsSection):
            requests.begin(place.doing, place.about)
        window = self.sections.get("window")
        if place.doing == CHOOSE_PIN.doing and isinstance(window, WindowSection):
            window.choose_pin()

    def open(self, key: str) -> None:
        """Show the section with this key."""
        if key != self._shown:
            self.keep_drafts()
            self._shown = key
            for name, holder in self._holders.items():
                holder.setVisible(name == key)
        self.list.set_current(key)
        section: Section = self.sections[key]  # pyright: ignore[reportAssignmentType]
        section.show_now()

    def refresh(self) -> None:
        self.open(self.list.current() or "me")

    def commands(self) -> dict[str, Callable[[], object]]:
        section = self.sections.get(self._shown)
        return section.commands() if isinstance(section, LogSection | RequestsSection) else {}

    def keep_drafts(self) -> None:
        requests = self.sections.get("requests")
        if isinstance(requests, RequestsSection):
            requests.keep_drafts()
        sharing = self.sections.get("sharing")
        if isinstance(sharing, SharingSection):
            sharing.keep_drafts()
