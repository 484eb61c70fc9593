"""Referrals of a person as cards: to somebody else with what comes next, and to us with the hours that may run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from shelterdesk import formats, referrals, referrals_out
from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.referrals import Referral
from shelterdesk.referrals_out import ReferralOut
from ui.pages.resident.dated_card import DatedCard
from ui.pages.resident.field_facts import words_of
from ui.pages.resident.referral_panel import ReferralPanel, state_chip
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.table_view import Cell, Column, TableRow
from ui.widgets.text import Words


class OutCard(DatedCard):
    """``edit_wanted`` hands back a referral and the state it shall get, «» for none; ``letter_wanted`` a referral."""

    edit_wanted = Signal(object, str)
    letter_wanted = Signal(object)
    blank_wanted = Signal()
    changed = Signal()

    def __init__(self, seat: Seat, *, may_change: bool) -> None:
        super().__init__(
            "referrals_out",
            _("Referrals to others"),
            _("She has not been referred to anybody."),
            [
                Column(_("What for"), 2.6),
                Column(_("Sent on"), width=108),
                Column(_("State"), width=156),
                Column(_("Ask on"), width=116),
            ],
            _("New referral"),
            may_add=may_change,
        )
        self.seat = seat
        self._may_change = may_change
        self._shown: dict[UUID, ReferralOut] = {}
        self.blank = LinkButton(_("Blank letter…"), "printer", slim=True)
        self.blank.setObjectName("blank_letter")
        self.at_right(self.blank)
        self.blank.setVisible(may_change)
        self.blank.clicked.connect(self.blank_wanted)
        self.opened.connect(self.toggle)

    def show_referrals(self, found: Sequence[ReferralOut]) -> None:
        """Show *found*; a panel that was open is closed."""
        self._shown = {one.id: one for one in found}
        self.show_rows([self._row(one) for one in found])

    def referral(self, referral_id: Any) -> ReferralOut | None:
        """Return a referral of the card by its id."""
        return self._shown.get(referral_id)

    def _row(self, one: ReferralOut) -> TableRow:
        ask = one.follow_up_on if one.is_open else None
        past = ask is not None and ask <= self.seat.desk.today()
        return TableRow(
            one.id,
            (
                Cell(words_of(self.seat, one, "service"), words_of(self.seat, one, "organisation")),
                Cell(formats.day(one.sent_on, style="short") if one.sent_on else "–", tint="muted"),
                Cell(chip=state_chip(one.state)),
                Cell(formats.day(ask, style="short") if ask else "", tint="attention" if past else "muted"),
            ),
        )

    def toggle(self, referral_id: Any) -> None:
        """Show a referral below its row, or close it again."""
        opened, one = self.table.editor(), self._shown.get(referral_id)
        if isinstance(opened, ReferralPanel) and opened.referral.id == referral_id:
            self.table.close_editor()
            return
        if one is None:
            return
        panel = ReferralPanel(self.seat, one, may_change=self._may_change)
        panel.close_wanted.connect(self.table.close_editor)
        panel.step_wanted.connect(lambda state: self.step(one, state))
        panel.letter_wanted.connect(lambda: self.letter_wanted.emit(one))
        panel.edit_wanted.connect(lambda: self.edit_wanted.emit(one, ""))
        panel.archive_wanted.connect(lambda: self.archive(one))
        self.table.open_editor(one.id, panel)

    def step(self, one: ReferralOut, state: str) -> None:
        """Go on to *state* today. Where something is missing for it, the form opens and says what."""
        desk = self.seat.desk
        before = {name: getattr(one, name) for name in ("state", "sent_on", "consent", "answered_on", "ended_on")}
        try:
            made = referrals_out.change_referral_out(desk, one, state=state)
        except Problems:
            self.edit_wanted.emit(one, state)
            return
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.changed.emit()
        self.toggle(one.id)

        def undo() -> None:
            referrals_out.change_referral_out(desk, made, **before)
            self.changed.emit()

        self.seat.say(_("The referral is now: {state}").format(state=words_of(self.seat, made, "state")), undo)

    def archive(self, one: ReferralOut) -> None:
        """Take a referral recorded by mistake off the list; the banner puts it back."""
        desk = self.seat.desk
        try:
            referrals_out.archive_referral_out(desk, one.id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.changed.emit()

        def undo() -> None:
            referrals_out.archive_referral_out(desk, one.id, archived=False)
            self.changed.emit()

        self.seat.say(_("The referral is taken out."), undo)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what an open panel answers to."""
        opened = self.table.editor()
        if not isinstance(opened, ReferralPanel):
            return {}
        one, found = opened.referral, {"cancel": self.table.close_editor}
        if not self._may_change:
            return {**found}
        return {
            **found,
            "edit": lambda: self.edit_wanted.emit(one, ""),
            "print": lambda: self.letter_wanted.emit(one),
            "archive": lambda: self.archive(one),
        }


class InCard(DatedCard):
    """Who sent her to us. Where the shelter has a rule for it, the hours to tell the department stand above."""

    changed = Signal()

    def __init__(self, seat: Seat, *, may_change: bool) -> None:
        super().__init__(
            "referrals",
            _("Referrals to us"),
            _("No referral is recorded."),
            [Column(_("Referred on"), width=168), Column(_("Referred by"), 1.8), Column(_("Reason"), 1.2)],
            _("Add"),
            may_add=may_change,
        )
        self.seat = seat
        self._shown: dict[UUID, Referral] = {}
        self.clock = Words("", tone="attention", wrap=True)
        self.clock.setObjectName("department_clock")
        self.clock.setContentsMargins(15, 0, 15, 8)
        self.place.addWidget(self.clock)
        self.clock.hide()

    def show_referrals(self, found: Sequence[Referral], ends: datetime | None) -> None:
        """Show *found*, and until when the department is to be told where a clock runs."""
        self._shown = {one.id: one for one in found}
        self.show_rows([self._row(one) for one in found])
        self.clock.setVisible(ends is not None)
        if ends is not None:
            desk = self.seat.desk
            until = formats.moment(ends, desk.zone)
            past = _("The hours to tell the anti-trafficking department ended on {when}.")
            left = _("The anti-trafficking department is to be told by {when}, unless she declines.")
            self.clock.setText((past if ends < desk.now() else left).format(when=until))

    def referral(self, referral_id: Any) -> Referral | None:
        """Return a referral of the card by its id."""
        return self._shown.get(referral_id)

    def archive(self, referral_id: Any) -> None:
        """Take a referral recorded by mistake off the list; the banner puts it back."""
        desk = self.seat.desk
        try:
            referrals.archive_referral(desk, referral_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.changed.emit()

        def undo() -> None:
            referrals.archive_referral(desk, referral_id, archived=False)
            self.changed.emit()

        self.seat.say(_("The referral is taken out."), undo)

    def _row(self, one: Referral) -> TableRow:
        on = formats.day(one.referred_on, style="short") if one.referred_on else "–"
        at = one.referred_at.strftime("%H:%M") if one.referred_at else ""
        source = Cell(words_of(self.seat, one, "source"), words_of(self.seat, one, "organisation"))
        return TableRow(one.id, (Cell(on, at), source, Cell(words_of(self.seat, one, "reason"))))
