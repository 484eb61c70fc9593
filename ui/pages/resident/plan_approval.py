"""Above what is to be approved: whether somebody waits for a yes to it, and what came back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import approvals, formats
from shelterdesk.approvals import Approval, Standing
from shelterdesk.i18n import N_, _
from shelterdesk.schema.base import text_of
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.facts import Fact
from ui.widgets.notice import Notice

PLAN_WORDS = (N_("{who} gave this plan back"), N_("{who} asks you to approve this plan"))
"""What is said of a plan: that it came back, and that a yes is waited for."""


class ApprovalNotice(QWidget):
    """Shown while a decision is waited for, and to whoever asked after it was given back."""

    approve_wanted = Signal()
    give_back_wanted = Signal()
    take_back_wanted = Signal()
    ask_wanted = Signal()

    def __init__(
        self, seat: Seat, *, may_ask: bool, said: tuple[str, str] = PLAN_WORDS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.seat = seat
        self._gave_back, self._asks = said
        self._may_ask = may_ask
        self.notice = Notice("", icon="file-check", parent=self)
        self.approve = PrimaryButton(_("Approve"), "check", parent=self)
        self.give_back = Button(_("Give back…"), parent=self)
        self.take_back = Button(_("Take the request back"), parent=self)
        self.ask_again = Button(_("Ask again…"), parent=self)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button, signal in (
            (self.approve, self.approve_wanted),
            (self.give_back, self.give_back_wanted),
            (self.take_back, self.take_back_wanted),
            (self.ask_again, self.ask_wanted),
        ):
            button.clicked.connect(signal)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addLayout(buttons)

    def show_standing(self, standing: Standing) -> None:
        """Show what is waited for; nothing where nobody asked or the answer was yes."""
        one = standing.approval
        desk = self.seat.desk
        mine = one is not None and one.asked_by == desk.me.id
        decides = one is not None and one.state == approvals.ASKED and approvals.may_decide(desk, one)
        returned = one is not None and one.state == approvals.RETURNED
        self.approve.setVisible(decides)
        self.give_back.setVisible(decides and not mine)
        self.take_back.setVisible(mine and one is not None and one.state == approvals.ASKED)
        self.ask_again.setVisible(returned and self._may_ask)
        waits = one is not None and (returned or one.state == approvals.ASKED)
        self.setVisible(waits)
        if one is not None and waits:
            self._say(one, decides=decides, mine=mine)

    def _say(self, one: Approval, *, decides: bool, mine: bool) -> None:
        names = self.seat.names("member")
        if one.state == approvals.RETURNED:
            who = names.get(one.decided_by, "") if one.decided_by else ""
            self.notice.say(_(self._gave_back).format(who=who), text_of(one, "answer"))
        elif decides and not mine:
            who = names.get(one.asked_by, "")
            self.notice.say(_(self._asks).format(who=who), text_of(one, "request"))
        else:
            day = formats.day(one.asked_on, style="day_month")
            self.notice.say(_("Approval was asked for on {day}").format(day=day), text_of(one, "request"))


def approval_fact(seat: Seat, standing: Standing) -> Fact:
    """Return how the plan stands in one line."""
    one = standing.approval
    if one is None:
        return Fact(_("Approved"), _("not asked for"))
    if one.state == approvals.ASKED:
        return Fact(_("Approved"), _("asked for {day}").format(day=formats.day(one.asked_on, style="day_month")))
    if one.state == approvals.RETURNED:
        return Fact(_("Approved"), _("given back"), "attention")
    day = formats.day(one.decided_on, style="day_month") if one.decided_on else ""
    if standing.changed:
        return Fact(_("Approved"), _("{day}, changed since").format(day=day), "attention")
    who = seat.names("member").get(one.decided_by, "") if one.decided_by else ""
    return Fact(_("Approved"), _("{day}, {who}").format(day=day, who=who))
