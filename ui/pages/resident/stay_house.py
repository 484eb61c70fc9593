"""What the house writes down beside a stay: nights away, visitors, belongings, leaving and the days after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk import absences, approvals, belongings, follow_ups, leaving, visits
from shelterdesk.absences import Absence
from shelterdesk.access import Right
from shelterdesk.appointments import Appointment
from shelterdesk.approvals import Standing
from shelterdesk.belongings import Belonging
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.follow_ups import FollowUp
from shelterdesk.i18n import _
from shelterdesk.stays import Stay
from shelterdesk.visits import Visit
from ui.dialogs.print_receipt import print_receipt
from ui.forms.approval_forms import AskForm, GiveBackForm
from ui.forms.house_forms import absence_form, belonging_form, follow_up_form, visit_form
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.pages.resident.dated_card import DatedCard
from ui.pages.resident.section import Section
from ui.pages.resident.stay_cards import AbsenceCard, AfterCard, BelongingCard, VisitCard
from ui.pages.resident.stay_leaving import ClosingCard
from ui.seat import Seat


class StayHouse(Section):
    """Cards with their forms. The section that knows the stays says which of them is at hand."""

    def __init__(self, seat: Seat, title: str, parent: QWidget | None = None) -> None:
        super().__init__(seat, title, parent)
        self._may = seat.desk.may(Right.KEEP_STAYS)
        self._case_work = seat.desk.may(Right.CASE_WORK)
        self.absences: list[Absence] = []
        self.away: Absence | None = None
        self._at_hand: Stay | None = None
        self._last: Stay | None = None
        self._visits: dict[UUID, Visit] = {}
        self._kept: dict[UUID, Belonging] = {}
        self._planned: dict[UUID, Appointment] = {}
        self._found: dict[UUID, FollowUp] = {}
        self._standing = Standing()

    def add_house_cards(self) -> None:
        """Put the cards into the section, in their order."""
        seat, may = self.seat, self._may
        self.belonging_card = BelongingCard(seat, may_change=may)
        self.absence_card = AbsenceCard(seat, may_change=may)
        self.visit_card = VisitCard(seat, may_change=may)
        self.closing_card = ClosingCard(seat, may_change=may)
        self.after_card = AfterCard(seat, may_change=self._case_work)
        for card in (self.after_card, self.belonging_card, self.absence_card, self.visit_card, self.closing_card):
            self.content.addWidget(card)
        self.absence_card.add_wanted.connect(lambda: self._open_in(self.absence_card, absence_form))
        self.absence_card.opened.connect(self.correct_absence)
        self.absence_card.back_wanted.connect(self.came_back)
        self.visit_card.add_wanted.connect(lambda: self._open_in(self.visit_card, visit_form))
        self.visit_card.opened.connect(self.correct_visit)
        self.belonging_card.add_wanted.connect(lambda: self._open_in(self.belonging_card, belonging_form))
        self.belonging_card.opened.connect(self.correct_belonging)
        self.belonging_card.hand_back_wanted.connect(self.hand_back)
        self.belonging_card.receipt_wanted.connect(self.print_receipt)
        self.after_card.add_wanted.connect(lambda: self._open_in(self.after_card, follow_up_form))
        self.after_card.opened.connect(self.open_follow_up)
        self.closing_card.ticked.connect(self.tick)
        self.closing_card.ask_wanted.connect(self.ask_approval)
        notice = self.closing_card.approval
        notice.ask_wanted.connect(self.ask_approval)
        notice.approve_wanted.connect(self.approve)
        notice.give_back_wanted.connect(self.give_back)
        notice.take_back_wanted.connect(self.withdraw)

    def show_house(self, now: Stay | None, found: Sequence[Stay]) -> None:
        """Read everything anew; *now* is the stay at hand, *found* are all of them, newest first."""
        assert self.person is not None
        desk, whose = self.seat.desk, self.person.id
        self._at_hand, self._last = now, found[0] if found else None
        self.absences = absences.absences_of(desk, whose)
        self.away = next((one for one in self.absences if one.back_on is None), None) if now is not None else None
        self._visits = {one.id: one for one in visits.visits_of(desk, whose)}
        self._kept = {one.id: one for one in belongings.belongings_of(desk, whose)}
        self._planned = {one.id: one for one in follow_ups.planned_of(desk, whose)}
        self._found = {one.id: one for one in follow_ups.follow_ups_of(desk, whose)}
        lived = bool(found)
        self.absence_card.show_absences(self.absences, may_change=self._may)
        self.visit_card.show_visits(list(self._visits.values()))
        self.belonging_card.show_belongings(list(self._kept.values()))
        left_on = self._last.left_on if self._last is not None else None
        self.after_card.show_after(list(self._planned.values()), list(self._found.values()), left_on)
        for card in (self.absence_card, self.visit_card):
            card.setVisible(now is not None or bool(self.absences if card is self.absence_card else self._visits))
        self.belonging_card.setVisible(lived or bool(self._kept))
        self.after_card.setVisible(bool(self._planned or self._found) or (lived and now is None))
        self._show_closing()

    def _show_closing(self) -> None:
        stay = self._at_hand or self._last
        self.closing_card.setVisible(stay is not None)
        if stay is not None:
            self._standing = leaving.standing_of(self.seat.desk, stay)
            self.closing_card.show_stay(stay, self._standing, may_ask=self._may)

    # --- forms ---------------------------------------------------------------------------------------------------

    def correct_absence(self, absence_id: UUID) -> None:
        """Open the form of one time away."""
        one = next((one for one in self.absences if one.id == absence_id), None)
        if one is not None and self._may:
            self._open_in(self.absence_card, absence_form, one)

    def correct_visit(self, visit_id: UUID) -> None:
        """Open the form of one visitor."""
        if visit_id in self._visits and self._may:
            self._open_in(self.visit_card, visit_form, self._visits[visit_id])

    def correct_belonging(self, belonging_id: UUID) -> None:
        """Open the form of one thing that is kept."""
        if belonging_id in self._kept and self._may:
            self._open_in(self.belonging_card, belonging_form, self._kept[belonging_id])

    def open_follow_up(self, one_id: UUID) -> None:
        """Open the form of a day to ask, or of what was found."""
        if self.person is None or not self._case_work:
            return
        if one_id in self._planned:
            self._open_in(self.after_card, follow_up_form, self._planned[one_id])
        elif one_id in self._found:
            self._open_in(self.after_card, follow_up_form, None, self._found[one_id])

    def _open_in(self, card: DatedCard, make: Callable[..., InlineForm], *values: Any) -> None:
        if self.person is not None:
            self._take(card, make(self.seat, self.person.id, *values))

    def _take(self, card: DatedCard, editor: InlineForm) -> None:
        self.open_editor(editor)
        editor.finished.connect(lambda _saved: self.refresh())
        card.show()
        card.take(editor)

    def go_on_in_house(self, draft: Draft) -> bool:
        """Open the form *draft* was typed into, if it is one of these; tell whether it was."""
        match draft.record:
            case "follow_up" if draft.target_id in self._found:
                self.open_follow_up(draft.target_id)
            case "follow_up":
                self._open_in(self.after_card, follow_up_form)
            case "approval" if self._standing.approval is not None and draft.target_id == self._standing.approval.id:
                self.give_back()
            case "approval":
                self.ask_approval()
            case _:
                return False
        if self.editor is not None:
            self.editor.form.load_draft(draft)
        return True

    # --- acts ----------------------------------------------------------------------------------------------------

    def came_back(self) -> None:
        """Record that she is back today."""
        away = next((one for one in self.absences if one.back_on is None), None)
        desk = self.seat.desk
        if away is None:
            return
        before = {"back_on": away.back_on}
        made = self._attempt(lambda: absences.came_back(desk, away, desk.today()))
        if made is None:
            return
        self.refresh()
        if made.back_on is None:
            self.seat.say(
                _("She was not away a night."), lambda: absences.archive_absence(desk, made.id, archived=False)
            )
        else:
            self.seat.say(_("She is back."), lambda: absences.change_absence(desk, made, **before))

    def hand_back(self) -> None:
        """Record that everything was handed back to her today."""
        desk = self.seat.desk
        kept = [one for one in self._kept.values() if one.back_on is None]
        given = self._attempt(lambda: belongings.hand_back(desk, kept, desk.today(), "her"))
        if given is not None:
            self.refresh()
            self.seat.say(_("Everything was handed back to her today."), lambda: belongings.keep_again(desk, given))

    def print_receipt(self) -> None:
        """Look at the receipt of what is kept, and print it."""
        if self.person is not None:
            print_receipt(self.seat, self, self.person.id)

    def tick(self, done: frozenset[str]) -> None:
        """Keep what is done of the list."""
        stay = self._at_hand or self._last
        if stay is not None and self._attempt(lambda: leaving.tick(self.seat.desk, stay, done)) is not None:
            self.refresh()

    def ask_approval(self) -> None:
        """Open the words for whoever approves the leaving."""
        stay = self._at_hand or self._last
        if stay is None or not self._may:
            return
        form, desk = AskForm(self.seat, leaving.LEAVING, stay.person_id, stay.id), self.seat.desk

        def store(_form: RecordForm) -> Any:
            asked = form.store()
            self.seat.say(_("Approval asked for"), lambda: approvals.withdraw(desk, asked))
            return asked

        self._open_closing(InlineForm(self.seat, form, _("Ask"), store, title=_("Ask for approval")))

    def approve(self) -> None:
        """Approve the leaving as it is; it can still be given back."""
        one = self._standing.approval
        if one is not None and self._attempt(lambda: approvals.approve(self.seat.desk, one)) is not None:
            self.refresh()
            self.seat.say(_("Leaving approved"))

    def give_back(self) -> None:
        """Open the words with which the leaving goes back to whoever asked."""
        one = self._standing.approval
        if one is None:
            return
        form = GiveBackForm(self.seat, one)

        def store(_form: RecordForm) -> Any:
            returned = form.store()
            self.seat.say(_("Given back"))
            return returned

        self._open_closing(InlineForm(self.seat, form, _("Give back"), store, title=_("Give back")))

    def withdraw(self) -> None:
        """Take the own request back."""
        one = self._standing.approval
        if one is not None and self._attempt(lambda: approvals.withdraw(self.seat.desk, one)) is not None:
            self.refresh()
            self.seat.say(_("The request is taken back."))

    def _open_closing(self, editor: InlineForm) -> None:
        self.open_editor(editor)
        editor.finished.connect(lambda _saved: self.refresh())
        self.closing_card.fold.setChecked(True)
        self.closing_card.place.addWidget(editor)
        editor.show()
        editor.begin()

    def _attempt(self, act: Callable[[], Any]) -> Any:
        """Do *act* and return its value; None after telling what went wrong."""
        try:
            return act() or True
        except ShelterDeskError as error:
            self.seat.complain(error)
            return None
