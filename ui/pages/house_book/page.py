"""The house book of one shift: open incidents, what was handed over, roll call, medicine, visits and feedback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from shelterdesk import drafts
from shelterdesk.access import Right
from shelterdesk.errors import ShelterDeskError
from shelterdesk.house_book import feedback, handovers, incidents, medicine, roll_calls, shifts
from shelterdesk.house_book.book import Book, read_book
from shelterdesk.house_book.handovers import ShiftLine
from shelterdesk.house_book.medicine import Due
from shelterdesk.house_book.shifts import Shift
from shelterdesk.i18n import _
from ui import theme
from ui.dialogs.print_handover import print_handover
from ui.dialogs.print_papers import print_tonight
from ui.draft_places import CONTINUE, draft_for
from ui.forms.house_book_forms import closing_form, incident_form, line_form, medicine_form, step_form
from ui.forms.incident_banners import IncidentBanners
from ui.forms.inline_form import InlineForm
from ui.later import once
from ui.pages.house_book.door_card import DoorCard
from ui.pages.house_book.drafts import form_for
from ui.pages.house_book.feedback_acts import FeedbackActs
from ui.pages.house_book.feedback_panels import FeedbackPanel
from ui.pages.house_book.handover_card import HandoverCard
from ui.pages.house_book.mark_editors import DoseEditor, MarkEditor
from ui.pages.house_book.past_incidents import PastIncidents
from ui.pages.house_book.roll_card import RollCard
from ui.pages.house_book.shift_choice import ShiftChoice
from ui.pages.house_book.side_cards import AlsoCard, FeedbackCard, MedicineCard
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.page import Page, bring_into_view

_THREE_COLUMNS_FROM: Final = 960
_TWO_COLUMNS_FROM: Final = 600
_ALL_ACTS_FROM: Final = 850
_PLACES: Final = {
    3: ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)),
    2: ((0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)),
    1: ((0, 0, 1, 1), (1, 0, 1, 1), (2, 0, 1, 1)),
}
"""Row, column and spans of handover, roll call and the narrow cards, by the number of columns."""
_KINDS: Final = frozenset(
    {
        "shift_line", "handover", "roll_mark", "medicine", "dose", "house_incident", "incident_step", "person", "stay",
        "bed_since", "room", "bed", "relation", "knows_family", "restriction", "setting", "colleague",
    }
)  # fmt: skip
"""Kinds of record the page shows something of."""


class HouseBookPage(Page):
    """One shift at a time, the present one at first. Forms open above the cards, never as a dialog."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("House book"))
        self.seat = seat
        self.shift = shifts.shift_now(seat.desk)
        self.book: Book | None = None
        self.editor: QWidget | None = None
        self._columns = 0
        self.acts_by_name: dict[str, Button] = {}
        self.choice = ShiftChoice(seat)
        self.choice.chosen.connect(self.show_shift)
        self.beside_title(self.choice)
        self._make_acts()
        self.incidents = IncidentBanners(seat)
        self.place = QVBoxLayout()
        self.handover = HandoverCard(seat)
        self.roll = RollCard(seat)
        self.medicine = MedicineCard(seat)
        self.also = AlsoCard(seat)
        self.feedback = FeedbackCard(seat)
        self.door = DoorCard(seat)
        self.letters = FeedbackActs(seat, self.open_editor, self._leave_editor, self.refresh)
        self.side = QWidget()
        side = QVBoxLayout(self.side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self.medicine)
        side.addWidget(self.also, 1)
        side.addWidget(self.feedback)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self.content.setSpacing(12)
        self.content.addWidget(self.incidents)
        self.content.addLayout(self.place)
        self.content.addLayout(self._grid, 1)
        self.content.addWidget(self.door)
        self._connect()
        self._lay_out()
        self._later = once(self, self.refresh)
        seat.bus.changed.connect(self._changed)

    def _make_acts(self) -> None:
        seat, desk = self.seat, self.seat.desk
        wanted: list[tuple[str, str, str, Right, Callable[[], object]]] = [
            (_("Tonight's list"), "printer", "tonight", Right.SEE_HOUSE, lambda: print_tonight(seat, self)),
            (_("Beds"), "bed", "beds", Right.SEE_HOUSE, lambda: seat.go(Place("beds"))),
            (_("New incident"), "triangle-alert", "new_incident", Right.KEEP_HOUSE_BOOK, self.new_incident),
            (_("New arrival"), "log-in", "new_arrival", Right.ADD_PERSON, lambda: seat.go(Place("arrival"))),
        ]
        for words, icon, name, right, act in wanted:
            if desk.may(right):
                button = Button(words, icon)
                button.setObjectName(name)
                self.acts_by_name[name] = button
                button.clicked.connect(lambda _checked=False, act=act: act())
                self.add_act(button)

    def _connect(self) -> None:
        self.handover.add_wanted.connect(self.new_line)
        self.handover.line_wanted.connect(self.edit_line)
        self.handover.done_wanted.connect(self._mark_done)
        self.handover.act_wanted.connect(self._hand_over)
        self.roll.mark_wanted.connect(self.edit_mark)
        self.roll.save_wanted.connect(self.save_roll)
        self.medicine.given.connect(self.give)
        self.medicine.opened.connect(self.open_dose)
        self.medicine.add_wanted.connect(self.new_medicine)
        self.also.add_wanted.connect(self.new_line)
        self.also.line_wanted.connect(self.edit_line)
        self.also.back_wanted.connect(lambda key: self._mark_done(key, done=True))
        self.feedback.write_wanted.connect(self.letters.write)
        self.feedback.read_wanted.connect(self.letters.read)

    # --- showing ---------------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show the present shift, and begin what the place asks for."""
        if not place.doing:
            self.shift = shifts.shift_now(self.seat.desk)
        self.refresh()
        match place.doing:
            case "new_incident":
                self.new_incident()
            case "add_step":
                self.add_step(place.about)
            case "close" | "edit_incident" if place.about is not None:
                self._about_incident(place.about, closes=place.doing == "close")
            case "incidents":
                self.past_incidents()
            case _ if place.doing == CONTINUE:
                self._go_on(place.about)
            case _:
                if QApplication.focusWidget() in (None, self):
                    self.roll.rows.setFocus()

    def refresh(self) -> None:
        """Read everything anew."""
        desk = self.seat.desk
        now = shifts.shift_now(desk)
        self.book = book = read_book(desk, self.shift)
        self.choice.show_shift(self.shift, now)
        self.incidents.show_incidents(book.incidents)
        self.handover.show_book(book, now)
        self.roll.show_roll(book.roll, live=self.shift == now)
        self.medicine.show_book(book)
        self.door.show_tonight()
        self.also.show_book(book)
        letters = feedback.my_feedback(desk)
        self.feedback.show_letters(sum(one.waits for one in letters), len(letters))

    def show_shift(self, shift: Shift) -> None:
        """Show another shift; marks that were moved are kept before."""
        self.keep_drafts()
        self.close_editor()
        self.shift = shift
        self.refresh()

    def _lay_out(self) -> None:
        width = self.width()
        # In the smallest window the menu alone has tonight's list.
        self.acts_by_name["tonight"].setVisible(width >= _ALL_ACTS_FROM * theme.scale())
        columns = (
            3 if width >= _THREE_COLUMNS_FROM * theme.scale() else 1 + (width >= _TWO_COLUMNS_FROM * theme.scale())
        )
        if columns == self._columns:
            return
        self._columns = columns
        for widget, place in zip((self.handover, self.roll, self.side), _PLACES[columns], strict=True):
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, *place)
        for number, share in enumerate((400, 402 if columns > 1 else 0, 284 if columns == 3 else 0)):
            self._grid.setColumnStretch(number, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    # --- the editor above the cards --------------------------------------------------------------------------

    def open_editor(self, editor: QWidget) -> None:
        """Put *editor* above the cards in place of what is open; what was typed there stays as a draft."""
        self.close_editor()
        self.editor = editor
        self.place.addWidget(editor)
        self.handover.set_quiet(quiet=True)
        if isinstance(editor, InlineForm):
            editor.finished.connect(lambda saved: self._finished(editor, saved=saved))
        editor.show()
        bring_into_view(editor)
        if isinstance(editor, InlineForm | FeedbackPanel | PastIncidents | DoseEditor | MarkEditor):
            editor.begin()

    def close_editor(self) -> None:
        """Close what is open; what was typed stays as a draft."""
        editor, self.editor = self.editor, None
        self.handover.set_quiet(quiet=False)
        if editor is not None:
            if isinstance(editor, InlineForm):
                editor.form.keep_draft()
            self.place.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    def _finished(self, editor: InlineForm, *, saved: bool) -> None:
        if saved and self.editor is editor:
            self.close_editor()
            self.refresh()
        else:
            # It stays at hand, hidden: the banner may bring back what was typed.
            editor.hide()
            self.handover.set_quiet(quiet=False)
        self.roll.rows.setFocus()

    def _people(self) -> list[tuple[UUID, str]]:
        return [(row.person_id, row.name) for row in self.book.roll.rows] if self.book else []

    def _go_on(self, about: UUID | None) -> None:
        """Go on with a draft."""
        draft = draft_for(drafts.my_drafts(self.seat.desk), about)
        if draft is not None and (editor := form_for(self.seat, draft, self.shift, self._people())) is not None:
            self.open_editor(editor)
            editor.form.load_draft(draft)

    # --- incidents -------------------------------------------------------------------------------------------

    def new_incident(self) -> None:
        """Open the form of an incident."""
        self.open_editor(incident_form(self.seat, self._people()))

    def add_step(self, about: UUID | None) -> None:
        """Open the form of what was done."""
        self.open_editor(step_form(self.seat, incidents.open_incidents(self.seat.desk), about))

    def _about_incident(self, about: UUID, *, closes: bool) -> None:
        try:
            found = incidents.incident_with(self.seat.desk, about)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        if closes and found.record.is_open:
            self.open_editor(closing_form(self.seat, found.record, found.title()))
        else:
            self.open_editor(incident_form(self.seat, self._people(), found.record))

    def past_incidents(self) -> None:
        """Open those that were closed."""
        panel = PastIncidents(self.seat, incidents.past_incidents(self.seat.desk))
        panel.closed.connect(self._leave_editor)
        panel.edit_wanted.connect(lambda about: self._about_incident(about, closes=False))
        panel.again_wanted.connect(self._open_again)
        self.open_editor(panel)

    def _open_again(self, about: UUID) -> None:
        if self._try(lambda: incidents.open_again(self.seat.desk, about)):
            self._leave_editor()

    # --- lines and handing over ------------------------------------------------------------------------------

    def new_line(self, kind: str) -> None:
        """Open the form of a line for the shift that is shown."""
        self.open_editor(line_form(self.seat, self.shift, self._people(), kind=kind))

    def edit_line(self, line_id: UUID) -> None:
        """Open the form of a line that stands."""
        line = self._line(line_id)
        if line is not None and self.seat.desk.may(Right.KEEP_HOUSE_BOOK):
            self.open_editor(line_form(self.seat, self.shift, self._people(), line))

    def _line(self, line_id: UUID) -> ShiftLine | None:
        return next((one for one in self.book.lines if one.id == line_id), None) if self.book else None

    def _mark_done(self, line_id: UUID, done: bool) -> None:
        line, desk = self._line(line_id), self.seat.desk
        if line is None:
            return
        if self._try(lambda: handovers.mark_done(desk, line, done=done)):

            def back() -> None:
                current = handovers.line_with(desk, line_id)
                self._try(lambda: handovers.mark_done(desk, current, done=not done))

            self.seat.say(_("Done") if done else _("To do again"), back)

    def _hand_over(self, act: str) -> None:
        desk, given = self.seat.desk, self.book.handover if self.book else None
        if act == "next":
            self.show_shift(shifts.after(desk, shifts.shift_now(desk)))
        elif act == "hand_over":
            if self._try(lambda: handovers.hand_over(desk, self.shift)):
                self.seat.say(_("Handed over. The next shift reads and signs it."))
        elif act == "sign" and given is not None:
            if self._try(lambda: handovers.sign(desk, given)):
                self.seat.say(_("Signed: you have read what was handed over."))
        elif act == "take_back" and given is not None:
            self._try(lambda: handovers.take_back_handover(desk, given))

    # --- roll call and medicine ------------------------------------------------------------------------------

    def edit_mark(self, person_id: UUID) -> None:
        """Open what is said about coming back."""
        name = next((name for one, name in self._people() if one == person_id), "")
        editor = MarkEditor(self.seat, self.seat.masked(name), self.roll.mark_of(person_id))
        editor.cancel_pressed.connect(self._leave_editor)

        def take() -> None:
            mark = editor.mark()
            if mark is not None:
                self.roll.set_mark(person_id, mark)
                self._leave_editor()

        editor.save_pressed.connect(take)
        self.open_editor(editor)

    def save_roll(self) -> None:
        """Save where everybody is."""
        if self._save_marks(finished=True):
            self.seat.say(_("Roll call saved."))

    def _save_marks(self, *, finished: bool) -> bool:
        self.roll.changed, before = False, self.roll.changed
        saved = self._try(
            lambda: roll_calls.save_roll(self.seat.desk, self.shift, dict(self.roll.marks()), finished=finished)
        )
        if not saved:
            self.roll.changed = before
        return saved

    def open_dose(self, due: Due) -> None:
        """Open what else may have become of a dose, or take back what was recorded."""
        desk = self.seat.desk
        if not desk.may(Right.KEEP_HOUSE_BOOK):
            return
        editor = DoseEditor(self.seat, due)
        editor.cancel_pressed.connect(self._leave_editor)
        editor.medicine_wanted.connect(lambda: self._edit_medicine(due))

        def save() -> None:
            values = editor.values()
            if values is not None and self.give(due, **values):
                self._leave_editor()

        def take_back() -> None:
            dose = due.dose
            if dose is not None and self._try(lambda: medicine.take_back_dose(desk, dose.id)):
                self._leave_editor()

        editor.save_pressed.connect(save)
        editor.back_wanted.connect(take_back)
        self.open_editor(editor)

    def new_medicine(self) -> None:
        """Open the form of a medicine."""
        self.open_editor(medicine_form(self.seat, self._people()))

    def _edit_medicine(self, due: Due) -> None:
        self.open_editor(medicine_form(self.seat, [(due.medicine.person_id, due.person)], due.medicine))

    def give(self, due: Due, **values: object) -> bool:
        """Record that a dose was given now, or what else *values* say."""
        desk, made = self.seat.desk, list[UUID]()
        if not self._try(lambda: made.append(medicine.give(desk, due, **values).id)):
            return False
        self.seat.say(_("Recorded."), lambda: self._try(lambda: medicine.take_back_dose(desk, made[0])))
        return True

    # --- what a page answers to ------------------------------------------------------------------------------

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the page answers to at this moment."""
        found: dict[str, Callable[[], object]] = {
            "print": lambda: print_handover(self.seat, self, self.shift),
            "incidents": self.past_incidents,
        }
        if self.seat.desk.may(Right.KEEP_HOUSE_BOOK):
            found["new_incident"] = self.new_incident
            if self.roll.changed:
                found["save"] = self.save_roll
        if isinstance(self.editor, InlineForm) and not self.editor.isHidden():
            found |= self.editor.commands()
        elif isinstance(self.editor, FeedbackPanel):
            found |= {"save": self.editor.seal, "cancel": self._leave_editor}
        elif self.editor is not None and not isinstance(self.editor, InlineForm):
            found["cancel"] = self._leave_editor
        return found

    def keep_drafts(self) -> None:
        """Keep what was typed, and the marks that were moved on."""
        if isinstance(self.editor, InlineForm):
            self.editor.form.keep_draft()
        elif self.editor is not None:
            # Neither a letter nor its reading stays open behind somebody's back.
            self.close_editor()
        if self.roll.changed:
            self._save_marks(finished=False)

    def _leave_editor(self) -> None:
        self.close_editor()
        self.roll.rows.setFocus()

    def _try(self, act: Callable[[], object]) -> bool:
        """Carry *act* out and show what it changed, or say why not."""
        try:
            act()
        except ShelterDeskError as error:
            self.seat.complain(error)
            return False
        self.refresh()
        return True

    def _changed(self, kinds: frozenset[str]) -> None:
        if kinds & _KINDS and self.isVisible():
            self._later.start()
