"""Services: the pages under this entry of the sidebar, and the forms of a service and of a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from shelterdesk import appointments, drafts, notes, services
from shelterdesk.access import Right
from shelterdesk.drafts import Draft
from shelterdesk.errors import NotAllowed, ShelterDeskError
from shelterdesk.i18n import N_, _
from shelterdesk.notes import Note
from shelterdesk.services import Service
from ui.draft_places import draft_for
from ui.forms.group_form import ATTENDEES, SHARED
from ui.forms.note_form import EXTRA as OF_NOTES
from ui.forms.service_form import EXTRA
from ui.pages.services.entry import NoteEntry, ServiceEntry
from ui.pages.services.group import GroupEntry
from ui.place import TODAY, Place
from ui.seat import Seat
from ui.service_pages import open_pages
from ui.theme import tokens
from ui.widgets.banner import Banner
from ui.widgets.list_picker import ListPicker

_FORMS = frozenset({"new_service", "edit_service", "give", "new_group", "new_note", "edit_note"})
_FROM_TODAY = "today"
"""Section of a place that says that a form was opened there, and that its end leads back."""


class ServicePage(Protocol):
    """What is expected of a page under «Services». It follows what is saved by itself."""

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
        """Keep what was typed."""
        ...


class ServicesPage(QWidget):
    """The page that was asked for, or a form over it."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.place = Place("services")
        self.kinds = {kind.id: kind for kind in open_pages(seat.desk)}
        self.pages: dict[str, Any] = {}
        self.form: ServiceEntry | NoteEntry | GroupEntry | None = None
        self.stack = QStackedWidget()
        self.picker = ListPicker([(kind.id, _(kind.label)) for kind in self.kinds.values()])
        self.picker.setObjectName("service_pages")
        self.picker.chosen.connect(lambda list_id: seat.go(Place("services", list_id=list_id)))
        self.picker.setContentsMargins(tokens.PAGE_SIDE, 12, tokens.PAGE_SIDE, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.picker, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.stack, 1)
        self._show_picker()

    @property
    def banner(self) -> Banner:
        """The banner of what is shown."""
        return self._shown().banner

    def show_place(self, place: Place) -> None:
        """Show one of the pages, or a form."""
        self._drop_form()
        list_id = place.list_id if place.list_id in self.kinds else self._usual(place)
        self.place = place.with_(list_id=list_id)
        if place.doing in _FORMS:
            try:
                self._show_form(place)
            except ShelterDeskError as error:
                self.seat.complain(error)
        if self.form is None:
            page, before, focused = self._page(list_id), self.stack.currentWidget(), QApplication.focusWidget()
            if page is not before and focused is not None and before is not None and before.isAncestorOf(focused):
                # Hiding a page passes the keyboard to whatever comes next; the new one puts it where it belongs.
                self.setFocus()
            self.stack.setCurrentWidget(page)
            page.show_place(self.place)
            self.seat.name_place(self.place)
        self._show_picker()

    def _usual(self, place: Place) -> str:
        """Return the page where none was asked for: what was written down stands in the register."""
        return "register" if place.doing in _FORMS and "register" in self.kinds else next(iter(self.kinds))

    def refresh(self) -> None:
        """Read everything anew. A form keeps what was typed."""
        if self.form is None:
            self._shown().refresh()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what is answered to at this moment; nothing before the first visit."""
        return self._shown().commands() if self.stack.count() else {}

    def keep_drafts(self) -> None:
        """Keep what was typed."""
        self._shown().keep_drafts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_picker()

    def _show_picker(self) -> None:
        self.picker.show_list(self.place.list_id)
        if self.form is not None:
            self.picker.hide()

    def _page(self, list_id: str) -> Any:
        if list_id not in self.pages:
            self.pages[list_id] = self.kinds[list_id].make(self.seat)
            self.stack.addWidget(self.pages[list_id])
        return self.pages[list_id]

    def _shown(self) -> ServicePage:
        shown: Any = self.stack.currentWidget()
        return shown

    # --- the forms ---------------------------------------------------------------------------------------------

    def _show_form(self, place: Place) -> None:
        seat, desk = self.seat, self.seat.desk
        draft = draft_for(drafts.my_drafts(desk, extra_fields=(*EXTRA, *OF_NOTES, ATTENDEES, SHARED)), place.about)
        whose = place.person_id or (draft.person_id if draft is not None else None)
        match place.doing:
            case "new_service" | "edit_service" if desk.may(Right.GIVE_SERVICES):
                service = self._service(place, draft)
                self._show(ServiceEntry(seat, person_id=whose, service=service, draft=draft))
            case "give" if place.about is not None and desk.may(Right.GIVE_SERVICES):
                self._show_giving(place.about)
            case "new_group" if desk.may(Right.GIVE_SERVICES):
                self._show(GroupEntry(seat, draft=draft))
            case "new_note" | "edit_note" if desk.may(Right.SEE_RECORDS):
                self._show(NoteEntry(seat, person_id=whose, note=self._note(place, draft), draft=draft))
            case _:
                return

    def _show_giving(self, appointment_id: UUID) -> None:
        """Show the form of what an appointment became, or of all in its group."""
        desk = self.seat.desk
        appointment = appointments.appointment_with(desk, appointment_id)
        meeting = appointments.meeting_of(desk, appointment)
        if appointment.person_id is None:
            raise NotAllowed(N_("This meeting is for the house. A service is written down for somebody."))
        if len(meeting) > 1:
            self._show(GroupEntry(self.seat, meeting=meeting))
        else:
            self._show(ServiceEntry(self.seat, person_id=appointment.person_id, appointment=appointment))

    def _service(self, place: Place, draft: Draft | None) -> Service | None:
        """Return the service that is changed; None for a new one, whose id only its draft knows."""
        wanted = draft.target_id if draft is not None else place.about
        if wanted is None or place.person_id is None:
            return None
        return next((one for one in services.services_of(self.seat.desk, place.person_id) if one.id == wanted), None)

    def _note(self, place: Place, draft: Draft | None) -> Note | None:
        wanted = draft.target_id if draft is not None else place.about
        if wanted is None or place.person_id is None:
            return None
        return next((one for one in notes.notes_of(self.seat.desk, place.person_id) if one.id == wanted), None)

    def _show(self, form: ServiceEntry | NoteEntry | GroupEntry) -> None:
        self.form = form
        self.stack.addWidget(form)
        self.stack.setCurrentWidget(form)
        form.finished.connect(self._finish)
        form.begin()

    def _finish(self, saved: bool) -> None:
        """Go back to where the form was asked for, and say there what was done."""
        form, person_id, list_id = self.form, self.place.person_id, self.place.list_id
        assert form is not None
        section = "notes" if isinstance(form, NoteEntry) else "services"
        if form.saved_on is not None and "register" in self.pages:
            self.pages["register"].take_in(form.saved_on)
        if self.place.section == _FROM_TODAY:
            self.seat.go(TODAY)
        elif self.place.doing == "give":
            self.seat.go(Place("services", list_id=list_id))
        elif person_id is not None:
            self.seat.go(Place("residents", person_id=person_id, section=section))
        else:
            self.seat.go(Place("services", list_id=list_id))
        if saved:
            self.seat.say(form.done_words, form.undo)

    def _drop_form(self) -> None:
        if self.form is not None:
            self.stack.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
