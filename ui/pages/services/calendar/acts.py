"""What is done with an appointment that stands: it took place, was not attended, is planned again, is taken out."""

from __future__ import annotations

from collections.abc import Callable

from shelterdesk import appointments, given_from, services
from shelterdesk.access import Right
from shelterdesk.appointments import GIVEN, PLANNED, Appointment
from shelterdesk.calendar import Entry
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from ui.place import Place
from ui.seat import Seat


class EntryActs:
    """Acts on entries of the calendar; each can be taken back from the banner."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat

    def rows(self, entry: Entry) -> list[Appointment]:
        """Return the rows of an entry as they stand now."""
        desk = self.seat.desk
        first = appointments.appointment_with(desk, entry.ids[0])
        return [one for one in appointments.meeting_of(desk, first) if one.id in entry.ids]

    def becomes_service(self, entry: Entry) -> bool:
        """Tell whether what took place is written down as a service by who is signed in."""
        return bool(entry.people) and self.seat.desk.may(Right.GIVE_SERVICES)

    def may_tell(self, entry: Entry) -> bool:
        """Tell whether who is signed in says that it took place: a colleague's would be lost without its service."""
        mine = entry.member_id in (None, self.seat.desk.me.id)
        return mine or not entry.people or self.seat.desk.may(Right.GIVE_SERVICES)

    def toggle_given(self, entry: Entry) -> bool:
        """Say that it took place, in the form of the service it became; what took place already is planned again."""
        if not self.may_tell(entry):
            self.seat.say(_("Who was there says that it took place, and writes the service down."), kind="info")
            return False
        if entry.state == GIVEN:
            return self.plan_again(entry)
        if self.becomes_service(entry) and entry.on <= self.seat.desk.today():
            self.seat.go(Place("services", list_id="calendar", doing="give", about=entry.ids[0]))
            return False
        return self._mark(entry, GIVEN, _("Took place"))

    def give_at_once(self, entry: Entry) -> bool:
        """Say that it took place as it was planned; of one person the service is written down with it."""
        if not self.becomes_service(entry) or len(entry.ids) > 1 or entry.state != PLANNED:
            return self.toggle_given(entry)

        def do() -> Callable[[], object]:
            desk = self.seat.desk
            made = given_from.give_at_once(desk, self.rows(entry)[0])
            return lambda: services.archive_service(desk, made.id)

        return self._do(do, _("Took place as planned, the service is written down"))

    def plan_again(self, entry: Entry) -> bool:
        """Say that it is planned after all; where a service was written down for it, that goes first."""
        if any(appointments.has_service(one) for one in self.rows(entry)):
            self.seat.say(_("A service is written down for it. Take that out in the record first."), kind="info")
            return False
        return self._mark(entry, PLANNED, _("Planned again"))

    def take_out(self, entry: Entry, *, later: bool = False) -> bool:
        """Take an appointment out of the calendar, with *later* also those of its series that come after it."""

        def do() -> Callable[[], object]:
            desk = self.seat.desk
            ids = list(entry.ids)
            if later:
                first = appointments.appointment_with(desk, entry.ids[0])
                ids = [one.id for one in appointments.later_of_series(desk, first)]
            appointments.archive_appointments(desk, ids)
            return lambda: appointments.archive_appointments(desk, ids, archived=False)

        words = _("The later ones are taken out too") if later else _("Taken out of the calendar")
        return self._do(do, words)

    def _mark(self, entry: Entry, state: str, words: str) -> bool:
        def do() -> Callable[[], object]:
            before = self.rows(entry)
            was = [(one.state, one.cancelled_by, one.cancel_why) for one in before]
            marked = appointments.mark(self.seat.desk, before, state)

            def undo() -> None:
                for one, (old, by, why) in zip(marked, was, strict=True):
                    appointments.mark(self.seat.desk, [one], old, cancelled_by=by, cancel_why=why)

            return undo

        if len(entry.ids) > 1:
            words = ngettext("{what}: {n} person", "{what}: {n} people", len(entry.ids), what=words)
        return self._do(do, words)

    def _do(self, what: Callable[[], Callable[[], object]], words: str) -> bool:
        try:
            undo = what()
        except ShelterDeskError as error:
            self.seat.complain(error)
            return False
        self.seat.saved.emit()
        self.seat.say(words, undo)
        return True
