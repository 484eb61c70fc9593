"""The forms of a service and of a note, with what was before and what is planned beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import formats, notes, services, vocab
from shelterdesk.access import Right
from shelterdesk.appointments import Appointment, appointments_of
from shelterdesk.drafts import Draft
from shelterdesk.errors import Problems
from shelterdesk.i18n import _, ngettext
from shelterdesk.legal_threads import hearing_to_add
from shelterdesk.notes import Note
from shelterdesk.reach import Reach, reach_of
from shelterdesk.residents import ListRow, rows_of
from shelterdesk.schema.base import text_of
from shelterdesk.service_plan import in_plan
from shelterdesk.services import Service
from ui import theme
from ui.forms.form_page import FormPage
from ui.forms.note_form import TAKEN_BACK, NoteForm
from ui.forms.service_form import ServiceForm
from ui.seat import Seat, Undo
from ui.service_words import FAMILY_ICONS, outcome_words
from ui.theme import tokens
from ui.widgets.card import Card
from ui.widgets.chip import Chip, ChipText
from ui.widgets.progress_segments import ProgressSegments
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import ElidedWords, IconLabel, Words

_RAIL: Final = 292
_FORM: Final = 600
"""Width the form needs beside the rail."""
_EARLIER: Final = 4
_COMING: Final = 4


class EntryPage(FormPage):
    """A form about one person, whose name stands beside the title."""

    def __init__(self, seat: Seat, title: str, save_words: str, another_words: str = "") -> None:
        super().__init__(seat, title, save_words, another_words)
        self.undo: Undo | None = None
        self.done_words = ""
        self.saved_on: date | None = None
        """The day of the service that was saved."""
        self.whose = Words("", tone="muted")
        self.code = Chip("-", "outline")
        self.beside_title(self.whose)
        self.beside_title(self.code)
        self.person: ListRow | None = None
        self.side = QWidget()
        self.side_column = QVBoxLayout(self.side)
        self.side_column.setContentsMargins(0, 0, 0, 0)
        self.side_column.setSpacing(12)
        self.rail.addWidget(self.side)
        self.rail.addStretch(1)
        self.card.add_space(12)

    def begin(self) -> None:
        """Put the keyboard into the first field, so that typing replaces what stands there."""
        self.forms[0].first_stop().setFocus(Qt.FocusReason.TabFocusReason)

    def show_whose(self, person_id: UUID | None) -> None:
        """Say whom the form is about."""
        self.person = rows_of(self.seat.desk, [person_id]).get(person_id) if person_id is not None else None
        for label in (self.whose, self.code):
            label.setVisible(self.person is not None)
        if self.person is not None:
            self.whose.setText(_("for {name}").format(name=self.seat.masked(self.person.name)))
            self.code.set_chip(ChipText(self.person.code, "outline"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        rail = theme.px(_RAIL)
        room = self.width() - 2 * tokens.PAGE_SIDE - tokens.CARD_GAP
        # Own widths, because those of the parts are not settled yet while the page is first laid out.
        below = room < theme.px(_FORM) + rail
        directions = QBoxLayout.Direction
        self.columns.setDirection(directions.TopToBottom if below else directions.LeftToRight)
        self.side.setMinimumWidth(0)
        self.side.setMaximumWidth(16777215)
        if not below:
            self.side.setFixedWidth(rail)
        self.strip.set_indent(self.content.contentsMargins().left() + 44 + self.forms[0].rows.field_column())


class ServiceEntry(EntryPage):
    """A new service, or one that stands."""

    def __init__(
        self,
        seat: Seat,
        *,
        person_id: UUID | None = None,
        service: Service | None = None,
        draft: Draft | None = None,
        appointment: Appointment | None = None,
    ) -> None:
        another = "" if service is not None else _("Save and add another")
        super().__init__(seat, _("Service") if service else _("New service"), _("Save service"), another)
        self.service = service
        whose = service.person_id if service is not None else person_id
        self.form = ServiceForm(seat, service, whose, asks_person=whose is None)
        self.form.setObjectName("service_form")
        self.take_form(self.form)
        self.card.end(8)
        if appointment is not None:
            self.form.begin_from(appointment)
        if draft is not None:
            self.form.load_draft(draft)
        self.form.about_changed.connect(self._show_beside)
        self._show_beside()

    def store(self, *, another: bool) -> None:  # noqa: ARG002 - the form is emptied after its draft is gone
        desk = self.seat.desk
        before = self.form.standing()
        saved = self.form.store()
        self.saved_on = saved.given_on
        self.done_words = _("Service saved")
        if reach_of(desk, saved.person_id) is Reach.OPEN and hearing_to_add(desk, saved) is not None:
            self.done_words = _(
                "Service saved. Its hearing is not among the dates yet: open the service to put it there."
            )
        if self.service is not None:
            flags = self.form.flags
            self.undo = flags.undo_with(lambda: services.change_service(desk, saved, why=_(TAKEN_BACK), **before))
            return
        self.undo = self.form.flags.undo_with(lambda: services.archive_service(desk, saved.id))

    def save(self, *, another: bool = False) -> bool:
        """Save; after «another» the form stays, with the same kind and day."""
        if not super().save(another=another):
            return False
        if another:
            self.form.begin_anew(keep=True)
            if self.form.asks_person:
                self.form.person_id = None
            self._show_beside()
            self.begin()
            self.seat.say(self.done_words, self.undo)
        return True

    def archive(self) -> None:
        """Take the service out of lists and counts; the banner puts it back. Locked notes ask in the form why."""
        service, desk = self.service, self.seat.desk
        if service is None:
            return
        try:
            services.archive_service(desk, service.id, why=self.form.editor("why").value())
        except Problems as problems:
            self.show_problems(problems)
            return
        self.done_words = _("Service taken out")
        self.undo = lambda: services.archive_service(desk, service.id, archived=False)
        for form in self.forms:
            form.forget_draft()
        self.finished.emit(True)

    def commands(self) -> dict[str, Callable[[], object]]:
        found = super().commands()
        return found | {"archive": self.archive} if self.service is not None else found

    # --- beside the form ---------------------------------------------------------------------------------------

    def _show_beside(self) -> None:
        while (item := self.side_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        person_id = self.form.person_id
        if self.person is None or person_id != self.person.id:
            self.show_whose(person_id)
        if person_id is None:
            return
        if reach_of(self.seat.desk, person_id) is not Reach.OPEN:
            # What stands in her record is not told beside a form; writing one down for her needs no reason.
            return
        for card in (self._earlier(person_id), self._in_plan(person_id), self._coming(person_id)):
            if card is not None:
                self.side_column.addWidget(card)

    def _earlier(self, person_id: UUID) -> Card:
        family = vocab.SERVICE_KINDS.group(self.form.kind_value())
        own = self.service.id if self.service is not None else None
        before = [
            one
            for one in services.services_of(self.seat.desk, person_id)
            if vocab.SERVICE_KINDS.group(one.kind) == family and one.id != own and one.given_on <= self.form.day()
        ]
        title = _("Earlier: {family}").format(family=vocab.SERVICE_FAMILIES.label(family).lower())
        card = Card(title, ngettext("{n} so far", "{n} so far", len(before)) if before else "", size="body")
        if not before:
            card.add(Words(_("None yet."), tone="muted"))
            card.end(14)
            return card
        rows = RowList(title, RowShape(height=48, inset=8))
        rows.set_rows([self._earlier_row(one) for one in before[:_EARLIER]])
        card.add(rows, inset=8)
        card.end(8)
        return card

    def _earlier_row(self, one: Service) -> Row:
        said = text_of(one, "team_note")
        words = [outcome_words(one), said or vocab.SERVICE_KINDS.label(one.kind)]
        style = "day_month" if one.given_on.year == self.seat.desk.today().year else "long"
        return Row(
            formats.day(one.given_on, style=style),
            one.id,
            below=" · ".join(words),
            trailing=formats.duration(one.minutes) if one.minutes else "–",
            sensitive=True,
        )

    def _in_plan(self, person_id: UUID) -> Card | None:
        found = in_plan(self.seat.desk, person_id, self.form.kind_value())
        if found is None:
            return None
        one = found.milestone
        card = Card(_("In the plan"), size="body")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconLabel("flag", 16, "accent"))
        said = text_of(one, "words")
        line.addWidget(ElidedWords(said or vocab.MILESTONE_KINDS.label(one.kind)), 1)
        card.add_layout(line)
        words: list[str] = []
        if found.meant is not None:
            begun = 1 if self.service is None and found.given < found.meant else 0
            sentence = _("{n} of {all}").format(n=found.given, all=found.meant)
            given = min(found.given, found.meant)
            card.add(ProgressSegments(given, begun, found.meant, sentence), above=8)
            if begun:
                words.append(_("With this one {n} of {all}.").format(n=given + 1, all=found.meant))
        if one.due_on is not None:
            words.append(_("Due {day}.").format(day=formats.day(one.due_on, style="day_month")))
        if words:
            card.add(Words(" ".join(words), "small", "muted", wrap=True), above=8)
        card.end(14)
        return card

    def _coming(self, person_id: UUID) -> Card | None:
        if not self.seat.desk.may(Right.SEE_HOUSE):
            return None
        coming = appointments_of(self.seat.desk, person_id, self.seat.desk.today())[:_COMING]
        if not coming:
            return None
        card = Card(_("Coming up"), size="body")
        rows = RowList(_("Coming up"), RowShape(height=32, inset=8, day_column=52))
        rows.set_rows(
            [
                Row(
                    ", ".join(
                        filter(None, (vocab.APPOINTMENT_KINDS.label(one.kind), f"{one.at:%H:%M}" if one.at else ""))
                    ),
                    one.id,
                    icon=FAMILY_ICONS.get(vocab.APPOINTMENT_KINDS.group(one.kind), "calendar"),
                    day=formats.day(one.on, style="day_month_short"),
                )
                for one in coming
            ]
        )
        card.add(rows, inset=8)
        card.end(10)
        return card


class NoteEntry(EntryPage):
    """A new note, or one that stands."""

    def __init__(
        self, seat: Seat, *, person_id: UUID | None = None, note: Note | None = None, draft: Draft | None = None
    ) -> None:
        super().__init__(seat, _("Note") if note else _("New note"), _("Save note"))
        self.note = note
        whose = note.person_id if note is not None else person_id
        self.form = NoteForm(seat, note, whose, asks_person=whose is None, lines=8)
        self.form.setObjectName("note_form")
        self.take_form(self.form)
        self.card.end(12)
        self.side.hide()
        if draft is not None:
            self.form.load_draft(draft)
        self.show_whose(whose)

    def store(self, *, another: bool) -> None:  # noqa: ARG002 - a note has no «another»
        desk = self.seat.desk
        before = self.form.standing()
        saved = self.form.store()
        self.done_words = _("Note saved")
        if self.note is not None:
            flags = self.form.flags
            self.undo = flags.undo_with(lambda: notes.change_note(desk, saved, why=_(TAKEN_BACK), **before))
        else:
            self.undo = self.form.flags.undo_with(lambda: notes.archive_note(desk, saved.id))
