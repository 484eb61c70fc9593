"""One appointment opened: what is known of it, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelterdesk import appointments, formats, vocab
from shelterdesk.access import Right
from shelterdesk.appointments import GIVEN, NOT_ATTENDED, PLANNED, Appointment
from shelterdesk.calendar import Entry
from shelterdesk.clashes import span_of
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.schema.base import text_of
from ui.forms.appointment_form import WHY, change_form, why_form
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.pages.services.calendar.acts import EntryActs
from ui.pages.services.calendar.rows import shown_title
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.flow import Flow


class EntryPanel(Card):
    """``closed`` fires when it is done with; ``move_wanted`` hands back the entry that is to be moved."""

    closed = Signal()
    move_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__(" ")
        self.seat = seat
        self.acts = EntryActs(seat)
        self.entry: Entry | None = None
        self.rows: list[Appointment] = []
        self.editor: InlineForm | None = None
        self.close_button = LinkButton(_("Close"), slim=True)
        self.at_right(self.close_button)
        self.facts = Facts()
        self.add(self.facts)
        self.buttons = QWidget()
        self._flow = Flow(self.buttons)
        self.add(self.buttons, above=8)
        self.add_space(12)
        self.close_button.clicked.connect(self.close_panel)

    def show_entry(self, entry: Entry) -> None:
        """Show an appointment as it stands."""
        try:
            self.rows = self.acts.rows(entry)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.entry = entry
        self._drop_editor()
        self.set_title(self._title(entry))
        self.facts.set_facts(self._facts(entry, self.rows[0]))
        self._show_buttons(entry)
        self.show()
        # Enter twice may tell how it went, but must not take back what was told.
        first = self._flow.itemAt(0) if entry.state == PLANNED else None
        widget = first.widget() if first is not None else None
        (widget or self.close_button).setFocus()

    def close_panel(self) -> None:
        """Close, and keep what was typed as a draft."""
        was_open = self.isVisible()
        self.keep_drafts()
        self._drop_editor()
        self.entry = None
        self.hide()
        if was_open:
            self.closed.emit()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the panel answers to while it is open."""
        if self.editor is not None:
            return self.editor.commands()
        if self.entry is None:
            return {}
        found: dict[str, Callable[[], object]] = {"cancel": self.close_panel}
        if self._may_change(self.entry):
            found["edit"] = self.change
        return found

    def keep_drafts(self) -> None:
        """Keep what was typed."""
        if self.editor is not None:
            self.editor.form.keep_draft()

    # --- what is shown -------------------------------------------------------------------------------------------

    def _title(self, entry: Entry) -> str:
        title = shown_title(entry, self.seat.masked)
        return _("{what}, {day}").format(what=title, day=formats.day(entry.on, style="weekday_day_month"))

    def _facts(self, entry: Entry, one: Appointment) -> list[Fact]:
        desk, found = self.seat.desk, list[Fact]()
        hours = ""
        if entry.at is not None:
            ends = f"–{span_of(entry.on, entry.at, entry.minutes)[1]:%H:%M}" if entry.minutes else ""
            hours = f"{entry.at:%H:%M}{ends}"
        found.append(Fact(_("When"), hours or _("no hour named")))
        codes = desk.choices(vocab.APPOINTMENT_KINDS)
        # Who opens no record reads here what lies open anyway, and nothing that is written about somebody.
        of_records = desk.may(Right.SEE_RECORDS)
        kind = codes.label(entry.kind) if of_records and not self.seat.visitor else codes.listed(entry.kind)
        found.append(Fact(_("Kind"), kind))
        if one.member_id is not None:
            found.append(Fact(_("With"), self.seat.names("member").get(one.member_id, "")))
        if len(entry.people) > 1:
            names = self.seat.names("person")
            found.append(Fact(_("Who comes"), ", ".join(self.seat.masked(names.get(who, "…")) for who in entry.people)))
        parts = [desk.choices(vocab.MEETING_ROOMS).label(one.room) if one.room else "", self._written(one, "place")]
        found.append(Fact(_("Where"), ", ".join(part for part in parts if part)))
        if of_records or len(entry.people) != 1:
            found.append(Fact(_("In words"), self._written(one, "words")))
        for name, label in (("interpreter", _("Interpreter")), ("transport", _("Transport"))):
            value = getattr(one, name)
            found.append(Fact(label, vocab.ARRANGED.label(value) if value else ""))
        if entry.state != PLANNED:
            found.append(Fact(_("State"), vocab.APPOINTMENT_STATES.label(entry.state)))
        if of_records and (one.cancelled_by or one.cancel_why):
            why = desk.choices(vocab.CANCEL_REASONS).label(one.cancel_why) if one.cancel_why else ""
            by = vocab.CANCELLED_BY.label(one.cancelled_by) if one.cancelled_by else ""
            found.append(Fact(_("Who cancelled, why"), ", ".join(part for part in (by, why) if part)))
        for field in desk.fields(Appointment):
            if field.own and of_records:
                shown = field.show(field.read(one))
                found.append(Fact(_(field.label), self.seat.masked(shown) if field.compartment else shown))
        return [fact for fact in found if fact.value]

    def _written(self, one: Appointment, attribute: str) -> str:
        return self.seat.masked(text_of(one, attribute))

    def _may_change(self, entry: Entry) -> bool:
        return entry.can_change and self.seat.desk.may(Right.KEEP_APPOINTMENTS)

    def _show_buttons(self, entry: Entry) -> None:
        self._flow.empty()
        if self._may_change(entry):
            if entry.state == PLANNED:
                if entry.on <= self.seat.desk.today() and self.acts.may_tell(entry):
                    given = _("It took place…") if self.acts.becomes_service(entry) else _("It took place")
                    self._button(given, "check", lambda: self._then_close(self.acts.toggle_given(entry)))
                    if self.acts.becomes_service(entry) and len(entry.ids) == 1:
                        words = _("Took place as planned")
                        self._button(words, "check", lambda: self._then_close(self.acts.give_at_once(entry)))
                self._button(_("Move…"), "arrow-right", lambda: self.move_wanted.emit(entry))
            elif self.acts.may_tell(entry):
                self._button(
                    _("It is planned after all"), "undo-2", lambda: self._then_close(self.acts.plan_again(entry))
                )
            self._button(_("Change…"), "pencil", self.change)
            if entry.state == PLANNED:
                self._button(_("Not attended…"), "x", self.ask_why)
        if len(entry.people) == 1 and self.seat.desk.may(Right.SEE_RECORDS):
            self._button(_("Open the record"), "user-round", lambda: self._open_record(entry))
        if self._may_change(entry) and entry.state == PLANNED:
            self._button(_("Take out"), "archive", lambda: self._then_close(self.acts.take_out(entry)))
            if entry.series_id is not None:
                self._button(
                    _("Take out this and the later ones"), "archive",
                    lambda: self._then_close(self.acts.take_out(entry, later=True)),
                )  # fmt: skip

    def _button(self, words: str, icon: str, press: Callable[[], object]) -> None:
        button = Button(words, icon, parent=self.buttons)
        button.clicked.connect(lambda _on=False: press())
        self._flow.addWidget(button)
        button.show()

    def _then_close(self, done: bool) -> None:
        if done:
            self.close_panel()

    def _open_record(self, entry: Entry) -> None:
        self.seat.go(Place("residents", person_id=entry.people[0]))

    # --- forms ---------------------------------------------------------------------------------------------------

    def change(self) -> None:
        """Open the form of the appointment; what it says holds for everybody of a group."""
        form = change_form(self.seat)
        self._edit(form, _("Save appointment"), lambda form: appointments.change_meeting(
            self.seat.desk, self.rows, **form.changed_values()))  # fmt: skip

    def ask_why(self) -> None:
        """Ask who cancelled and why; both may be left empty."""
        form = why_form(self.seat)

        def store(form: RecordForm) -> object:
            values = form.values()
            return appointments.mark(
                self.seat.desk, self.rows, NOT_ATTENDED, cancelled_by=values["cancelled_by"],
                cancel_why=values["cancel_why"],
            )  # fmt: skip

        self._edit(form, _("Save as not attended"), store)

    def go_on(self, entry: Entry | None, draft: Draft) -> None:
        """Go on with a draft of an appointment that stands."""
        if entry is None:
            self.closed.emit()
            return
        self.show_entry(entry)
        if set(draft.values) <= set(WHY):
            self.ask_why()
        else:
            self.change()
        if self.editor is not None:
            self.editor.form.load_draft(draft)

    def _edit(self, form: RecordForm, save_words: str, store: Callable[[RecordForm], object]) -> None:
        if self.entry is None or not self._may_change(self.entry):
            return
        self._drop_editor()
        form.load(self.rows[0], self.rows[0].person_id)
        self.editor = InlineForm(self.seat, form, save_words, store)
        self.editor.finished.connect(self._finished)
        self.add(self.editor, inset=1)
        self.buttons.hide()
        self.facts.hide()
        self.editor.show()
        self.editor.begin()

    def _finished(self, saved: bool) -> None:
        entry = self.entry
        if saved and entry is not None:
            self.seat.say(_("Not attended") if entry.state == GIVEN else _("Appointment saved"))
            self.close_panel()
            return
        self._drop_editor()

    def _drop_editor(self) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self.buttons.show()
        self.facts.show()
