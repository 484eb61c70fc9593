"""Stay: who lives here since when and in which bed; arriving, moving and leaving in place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from shelterdesk import drafts, formats, stays
from shelterdesk.i18n import _
from shelterdesk.schema.base import declared, text_of
from shelterdesk.stays import BedSince, Stay
from ui.draft_places import CONTINUE, draft_for
from ui.forms.inline_form import InlineForm
from ui.forms.leaving_form import leaving_form
from ui.forms.stay_forms import ARRIVAL, LEAVING, arrival_form, correct_form, move_form
from ui.pages.resident.field_facts import rest_of
from ui.pages.resident.stay_cards import nights_words
from ui.pages.resident.stay_house import StayHouse
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.table_view import Cell, Column, TableRow, TableView
from ui.widgets.text import Words


class StaySection(StayHouse):
    """The stay at hand as facts, what the house writes down about it, all stays as a table."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Stay"))
        self._stays: dict[UUID, Stay] = {}
        self.arrive_button = Button(_("New arrival"), "log-in")
        self.move_button = Button(_("Move to another bed"), "bed")
        self.leave_button = Button(_("Record leaving"), "log-out")
        for button, act in (
            (self.move_button, self.move_bed),
            (self.leave_button, self.record_leaving),
            (self.arrive_button, self.new_stay),
        ):
            button.clicked.connect(act)
            self.add_act(button)
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)
        self.now = Card(_("Lives here"), size="body")
        self.facts = Facts()
        self.now.add(self.facts)
        self.change_button = Button(_("Change"), "pencil")
        self.now.add_row(self.change_button, above=8)
        self.now.end(12)
        self.change_button.clicked.connect(self._change_now)
        self.content.addWidget(self.now)
        self.add_house_cards()
        self.past = Card(_("All stays"), size="body")
        self.table = TableView(_("All stays"), fits=True)
        self.table.setObjectName("stays")
        self.table.set_columns(
            [
                Column(_("Arrived"), width=152),
                Column(_("Left"), width=152),
                Column(_("Nights"), width=72, number=True),
                Column(_("Came from"), 1.1),
                Column(_("Reason for leaving"), 1.6),
            ]
        )
        self.table.opened.connect(self.correct)
        self.hint = Words(_("Enter corrects a stay."), "small", "muted")
        self.empty = Words(
            _("No stay is recorded. People can be supported without living here."), tone="muted", wrap=True
        )
        self.past.add(self.empty)
        self.past.add(self.table, inset=8)
        self.past.add(self.hint, above=4)
        self.past.end(12)
        self.content.addWidget(self.past)

    def refresh(self) -> None:
        """Read the stays anew; an open editor stays."""
        if self.person is None or self.head is None:
            return
        self.close_editor_of_another(self.person.id)
        found = stays.stays_of(self.seat.desk, self.person.id)
        self._stays = {stay.id: stay for stay in found}
        now = self._now()
        self.arrive_button.setVisible(self._may and now is None)
        self.move_button.setVisible(self._may and now is not None)
        self.leave_button.setVisible(self._may and now is not None)
        self.show_house(now, found)
        self._show_now(now)
        self.table.set_content([self._row(stay) for stay in found])
        self.table.setVisible(bool(found))
        self.hint.setVisible(bool(found) and self._may)
        self.empty.setVisible(not found)
        self.aside.setText("" if now is not None else _("not living here"))

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to."""
        return ({"edit": self._change_now} if self._now() is not None and self._may else {}) | super().commands()

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin «new_stay», «leave», «move» or «edit», or go on with a draft."""
        acts: dict[str, Callable[[], object]] = {
            "new_stay": self.new_stay,
            "leave": self.record_leaving,
            "move": self.move_bed,
            "edit": self._change_now,
        }
        if doing == CONTINUE:
            self._go_on(about)
        elif doing in acts and self._may:
            acts[doing]()

    # --- editors -------------------------------------------------------------------------------------------------

    def new_stay(self) -> None:
        """Open the form of an arrival."""
        if self.person is not None and self._now() is None:
            self._open(arrival_form(self.seat, self.person.id))

    def record_leaving(self) -> None:
        """Open the form that ends the stay at hand."""
        now = self._now()
        if now is not None:
            self._open(leaving_form(self.seat, now))

    def move_bed(self) -> None:
        """Open the form that gives another bed."""
        now = self._now()
        if now is not None:
            self._open(move_form(self.seat, now))

    def correct(self, stay_id: UUID) -> None:
        """Open the form that corrects a stay."""
        if self._may and stay_id in self._stays:
            self._open(correct_form(self.seat, self._stays[stay_id]))

    def _change_now(self) -> None:
        now = self._now()
        if now is not None:
            self.correct(now.id)

    def _open(self, editor: InlineForm) -> None:
        self.open_editor(editor)
        self._place.addWidget(editor)
        editor.show()
        editor.begin()
        self.scroll_area.verticalScrollBar().setValue(0)

    def _go_on(self, about: UUID | None) -> None:
        extra = (declared(BedSince, "bed_id"),)
        draft = draft_for(drafts.my_drafts(self.seat.desk, extra_fields=extra), about)
        if draft is None or not self._may:
            return
        if self.go_on_in_house(draft):
            return
        stay = self._stays.get(draft.target_id)
        if draft.record == "bed_since":
            self.move_bed()
        elif stay is None:
            self.new_stay()
        elif "left_on" in draft.values and stay.left_on is None:
            self.record_leaving()
        else:
            self.correct(stay.id)
        if self.editor is not None:
            self.editor.form.load_draft(draft)

    # --- what is shown ---------------------------------------------------------------------------------------------

    def _now(self) -> Stay | None:
        today = self.seat.desk.today()
        return next(
            (
                stay
                for stay in self._stays.values()
                if stay.arrived_on <= today and (stay.left_on is None or stay.left_on > today)
            ),
            None,
        )

    def _show_now(self, now: Stay | None) -> None:
        self.now.setVisible(now is not None)
        if now is None or self.head is None:
            return
        today, seat = self.seat.desk.today(), self.seat
        facts = [Fact(_("Since"), formats.day(now.arrived_on, style="weekday_long"))]
        facts.append(Fact(_("Nights"), nights_words(now, self.absences, today)))
        if self.away is not None:
            back = self.away.until
            words = _("away since {day}").format(day=formats.day(self.away.since, style="day_month"))
            if back is not None:
                expected = formats.day(back, style="day_month")
                awaited = _("expected back on {day}").format(day=expected)
                words = f"{words}, {awaited}"
            facts.append(Fact(_("Tonight"), words, "attention" if back is not None and back < today else ""))
        facts.append(Fact(_("Bed"), self.head.bed or _("No bed yet"), "" if self.head.bed else "muted"))
        for name in ("came_from", "site_id", "project_id", "expected_until"):
            field = declared(Stay, name)
            value = getattr(now, name)
            if value is not None:
                words = field.show(value, None, seat.names(field.target) if field.target else None)
                facts.append(Fact(_(field.label), words))
        house = text_of(now, "house_words")
        if house:
            facts.append(Fact(_(declared(Stay, "house_words").label), seat.masked(house)))
        facts += rest_of(now, ARRIVAL + LEAVING, seat)
        moves = [move for move in stays.moves_of(seat.desk, now.person_id) if move.stay_id == now.id][1:]
        if moves:
            beds = seat.names("bed")
            words = ", ".join(f"{beds.get(one.bed_id, '…')} ({_since(one.since)})" for one in moves if one.bed_id)
            facts.append(Fact(_("Before"), words))
        self.facts.set_facts(facts)
        self.change_button.setVisible(self._may)

    def _row(self, stay: Stay) -> TableRow:
        today = self.seat.desk.today()
        nights = ((stay.left_on or max(today, stay.arrived_on)) - stay.arrived_on).days
        reason = declared(Stay, "leaving_reason").show(stay.leaving_reason)
        words = text_of(stay, "words")
        detail = words if words and not self.seat.visitor else ""
        return TableRow(
            stay.id,
            (
                Cell(formats.day(stay.arrived_on)),
                Cell(formats.day(stay.left_on)) if stay.left_on else Cell(_("lives here"), tint="muted"),
                Cell(formats.number(nights)),
                Cell(declared(Stay, "came_from").show(stay.came_from)),
                Cell(reason, detail=detail),
            ),
        )


def _since(day: date) -> str:
    return _("since {day}").format(day=formats.day(day, style="day_month"))
