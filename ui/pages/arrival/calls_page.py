"""Calls for a place: who may still come, what was decided of late, and the form of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from shelterdesk import arrival_requests, drafts, formats, vocab
from shelterdesk.access import Right
from shelterdesk.arrival_requests import TURNED_AWAY, ArrivalRequest
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from ui.draft_places import CONTINUE, draft_for
from ui.later import once
from ui.pages.arrival.call_form import CallPage
from ui.pages.arrival.page import FROM_CALL
from ui.pages.arrival.rail import when_words
from ui.place import Place
from ui.seat import Seat
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.page import Page
from ui.widgets.rows import Row, RowList
from ui.widgets.text import Words

NEW: Final = "new_call"
TURN_AWAY: Final = "turn_away"
EDIT: Final = "edit_call"
_KINDS: Final = frozenset({"arrival_request", "stay", "bed_hold"})


class CallsPage(QWidget):
    """A list and, over it, the form of one call."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setAccessibleName(_("Requests for a place"))
        self.form: CallPage | None = None
        self._calls: dict[UUID, ArrivalRequest] = {}
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self.list = Page(_("Requests for a place"), _("Who may still come, and what became of the others"))
        self.waiting = _CallCard(_("May still come"), _("Nobody is expected."))
        self.decided = _CallCard(_("Decided in the last 30 days"), _("Nothing was decided in the last 30 days."))
        for card in (self.waiting, self.decided):
            card.rows.opened.connect(self._open)
            card.rows.acted.connect(self._take_in)
            self.list.content.addWidget(card)
        self.list.content.addStretch(1)
        self._pages.addWidget(self.list)
        self._make_acts()
        self._later = once(self, self.refresh)
        seat.bus.changed.connect(self._changed)

    def _make_acts(self) -> None:
        if not self.seat.desk.may(Right.ADD_PERSON):
            return
        away, new = Button(_("Turned away…")), PrimaryButton(_("New request"), "plus")
        away.clicked.connect(lambda: self.seat.go(Place("calls", doing=TURN_AWAY)))
        new.clicked.connect(lambda: self.seat.go(Place("calls", doing=NEW)))
        self.list.add_act(away)
        self.list.add_act(new)

    # --- what the window asks ----------------------------------------------------------------------------------------

    @property
    def banner(self) -> Banner:
        """Where the seat's words are shown."""
        return self.form.banner if self.form is not None else self.list.banner

    def show_place(self, place: Place) -> None:
        """Show the list, or the form of a new call, of one that stands, or of a draft."""
        self._close_form()
        self.refresh()
        if place.doing in (NEW, TURN_AWAY):
            self._show_form(CallPage(self.seat, turned_away=place.doing == TURN_AWAY), place.about)
        elif place.doing == CONTINUE and place.about is not None:
            self._go_on(place.about)
        elif place.doing == EDIT and place.about is not None:
            call = self._read(place.about)
            if call is not None:
                self._show_form(CallPage(self.seat, call), None)
        elif QApplication.focusWidget() in (None, self):
            next((card.rows for card in (self.waiting, self.decided) if card.rows.rows()), self.waiting.rows).setFocus()

    def refresh(self) -> None:
        """Read the lists anew; a form that is open stays."""
        desk = self.seat.desk
        if not desk.may(Right.SEE_HOUSE):
            return
        waiting, decided = arrival_requests.waiting_requests(desk), arrival_requests.decided_requests(desk)
        self._calls = {one.id: one for one in (*waiting, *decided)}
        self.waiting.show_rows([self._waiting_row(one) for one in waiting])
        self.decided.show_rows([self._decided_row(one) for one in decided])

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what can be done here at this moment."""
        return self.form.commands() if self.form is not None else {}

    def keep_drafts(self) -> None:
        """Keep what was typed in the form."""
        if self.form is not None:
            self.form.keep_drafts()

    # --- the form ----------------------------------------------------------------------------------------------------

    def _go_on(self, about: UUID) -> None:
        draft = draft_for(drafts.my_drafts(self.seat.desk), about)
        if draft is None:
            return
        standing = self._read(draft.target_id) if draft.target_id in self._calls else None
        away = standing is None and draft.values.get("decision") == TURNED_AWAY
        self._show_form(CallPage(self.seat, standing, turned_away=away), about)

    def _read(self, call_id: UUID) -> ArrivalRequest | None:
        try:
            return arrival_requests.read_request(self.seat.desk, call_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return None

    def _show_form(self, form: CallPage, about: UUID | None) -> None:
        self.form = form
        form.finished.connect(self._form_finished)
        self._pages.addWidget(form)
        self._pages.setCurrentWidget(form)
        form.begin(about)

    def _form_finished(self, saved: bool) -> None:
        form, seat = self.form, self.seat
        made = form.made if form is not None and saved else None
        seat.go(Place("calls"))
        if made is not None:
            said = _("The request is recorded as turned away.") if made.decision == TURNED_AWAY else _("Request saved.")
            undo = (lambda: arrival_requests.archive_arrival_request(seat.desk, made.id)) if made.version == 1 else None
            seat.say(said, undo)

    def _close_form(self) -> None:
        if self.form is not None:
            form, self.form = self.form, None
            form.keep_drafts()
            focused = QApplication.focusWidget()
            if focused is not None and form.isAncestorOf(focused):
                self.setFocus()
            self._pages.removeWidget(form)
            form.hide()
            form.deleteLater()

    # --- rows --------------------------------------------------------------------------------------------------------

    def _open(self, call_id: UUID) -> None:
        if self.seat.desk.may(Right.ADD_PERSON):
            self.seat.go(Place("calls", doing=EDIT, about=call_id))

    def _take_in(self, call_id: UUID) -> None:
        self.seat.go(Place("arrival", doing=FROM_CALL, about=call_id))

    def _waiting_row(self, call: ArrivalRequest) -> Row:
        expected = call.decision == arrival_requests.EXPECTED
        chip = ChipText(vocab.ARRIVAL_DECISIONS.label(call.decision), "info" if expected else "attention")
        may = self.seat.desk.may(Right.ADD_PERSON)
        return Row(
            self._who(call),
            call.id,
            icon="door-open" if expected else "phone",
            second=self._source(call),
            detail=when_words(self.seat, call),
            chip=chip,
            action=_("Is here") if may else "",
        )

    def _decided_row(self, call: ArrivalRequest) -> Row:
        why = vocab.TURNED_AWAY_REASONS.label(call.reason) if call.reason else self._source(call)
        day = formats.day(call.decided_on, style="day_month_short") if call.decided_on is not None else ""
        chip = ChipText(
            vocab.ARRIVAL_DECISIONS.label(call.decision), "done" if call.decision == "arrived" else "neutral"
        )
        return Row(self._who(call), call.id, icon="phone", second=why, detail=day, chip=chip, quiet=True)

    def _who(self, call: ArrivalRequest) -> str:
        name = self.seat.masked(call.name_used) if call.name_used else _("Somebody")
        if not call.children:
            return name
        return ngettext("{name} with {n} child", "{name} with {n} children", call.children, name=name)

    def _source(self, call: ArrivalRequest) -> str:
        return vocab.REFERRAL_SOURCES.label(call.source) if call.source else ""

    def _changed(self, kinds: frozenset[str]) -> None:
        if kinds & _KINDS and self.isVisible():
            self._later.start()


class _CallCard(Card):
    def __init__(self, title: str, empty: str) -> None:
        super().__init__(title)
        self.rows = RowList(title)
        self.nothing = Words(empty, tone="muted", wrap=True)
        self.add(self.rows, inset=8)
        self.add(self.nothing)
        self.end(12)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show *rows*, or that there are none."""
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
