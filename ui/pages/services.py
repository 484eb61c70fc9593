"""Services: the list of all residents, and the forms of a service and of a note, one shown at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from shelterdesk import drafts, notes, services
from shelterdesk.access import Right
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.notes import Note
from shelterdesk.services import Service
from ui.draft_places import draft_for
from ui.forms.note_form import PERSON as NOTE_PERSON
from ui.forms.service_form import EXTRA
from ui.pages.service_entry import NoteEntry, ServiceEntry
from ui.pages.service_list import ServiceListPage
from ui.place import Place
from ui.seat import Seat
from ui.widgets.banner import Banner

_KINDS = frozenset({"service", "person"})


class ServicesPage(QStackedWidget):
    """What was given to whom, by day or week."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.place = Place("services")
        self.list = ServiceListPage(seat)
        self.list.opened.connect(self._open)
        self.addWidget(self.list)
        self.form: ServiceEntry | NoteEntry | None = None
        seat.bus.changed.connect(self._changed)

    @property
    def banner(self) -> Banner:
        """The banner of what is shown."""
        return self._shown().banner

    def show_place(self, place: Place) -> None:
        """Show the list, or a form."""
        self.place = place
        self._drop_form()
        if place.doing:
            try:
                self._show_form(place)
            except ShelterDeskError as error:
                self.seat.complain(error)
        if self.form is None:
            self.setCurrentWidget(self.list)
            self.list.refresh()

    def refresh(self) -> None:
        """Read everything anew. A form keeps what was typed."""
        if self.form is None:
            self.list.refresh()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what is answered to at this moment."""
        return self._shown().commands()

    def keep_drafts(self) -> None:
        """Keep what was typed."""
        self._shown().keep_drafts()

    def _shown(self) -> ServiceListPage | ServiceEntry | NoteEntry:
        shown: Any = self.currentWidget()
        return shown

    def _show_form(self, place: Place) -> None:
        seat, desk = self.seat, self.seat.desk
        draft = draft_for(drafts.my_drafts(desk, extra_fields=(*EXTRA, NOTE_PERSON)), place.about)
        whose = place.person_id or (draft.person_id if draft is not None else None)
        match place.doing:
            case "new_service" | "edit_service" if desk.may(Right.GIVE_SERVICES):
                service = self._service(place, draft)
                self._show(ServiceEntry(seat, person_id=whose, service=service, draft=draft))
            case "new_note" | "edit_note" if desk.may(Right.SEE_RECORDS):
                self._show(NoteEntry(seat, person_id=whose, note=self._note(place, draft), draft=draft))
            case _:
                return

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

    def _show(self, form: ServiceEntry | NoteEntry) -> None:
        self.form = form
        self.addWidget(form)
        self.setCurrentWidget(form)
        form.finished.connect(self._finish)
        form.begin()

    def _finish(self, saved: bool) -> None:
        """Go back to where the form was asked for, and say there what was done."""
        form, person_id = self.form, self.place.person_id
        assert form is not None
        section = "notes" if isinstance(form, NoteEntry) else "services"
        if person_id is not None:
            self.seat.go(Place("residents", person_id=person_id, section=section))
        else:
            self.seat.go(Place("services"))
        if saved:
            self.seat.say(form.done_words, form.undo)

    def _drop_form(self) -> None:
        if self.form is not None:
            self.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _open(self, service: Service) -> None:
        self.seat.go(Place("residents", person_id=service.person_id, section="services", about=service.id))

    def _changed(self, kinds: frozenset[str]) -> None:
        # A visit reads everything anew, so only what is on screen has to follow.
        if kinds & _KINDS and self.isVisible():
            self.refresh()
