"""The page of a group session: one form, several people, saved and taken back as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shelterdesk import services
from shelterdesk.appointments import Appointment
from shelterdesk.drafts import Draft
from shelterdesk.i18n import _, ngettext
from ui.forms.form_page import FormPage
from ui.forms.group_form import GroupForm
from ui.seat import Seat, Undo


class GroupEntry(FormPage):
    """A new group session, from the appointments of *meeting* where there were some."""

    def __init__(self, seat: Seat, *, meeting: Sequence[Appointment] = (), draft: Draft | None = None) -> None:
        super().__init__(seat, _("Group session"), _("Save for all"))
        self.undo: Undo | None = None
        self.done_words = ""
        self.saved_on: date | None = None
        self.card.add_space(12)
        self.form = GroupForm(seat)
        self.form.setObjectName("group_form")
        self.take_form(self.form)
        self.card.end(12)
        if meeting:
            self.form.begin_from(meeting)
        if draft is not None:
            self.form.load_draft(draft)

    def begin(self) -> None:
        """Put the keyboard where people are added; the rest is right most of the time."""
        self.form.people.search.setFocus()

    def store(self, *, another: bool) -> None:  # noqa: ARG002 - a group has no «another»
        desk = self.seat.desk
        saved = self.form.store()
        ids = [one.id for one in saved]
        self.saved_on = saved[0].given_on
        self.done_words = ngettext("Saved for {n} person", "Saved for {n} people", len(ids))
        self.undo = lambda: services.archive_services(desk, ids)
