"""Settings → People: the colleagues, the one chosen with what can be done, who holds which key, recovery."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from shelterdesk import staff
from shelterdesk.access import Right
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.staff import Invitation, StaffMember
from shelterdesk.vault.compartments import Compartment
from ui import theme
from ui.pages.settings.people.act_panel import ActPanel
from ui.pages.settings.people.colleagues_card import ColleaguesCard
from ui.pages.settings.people.door_panels import NewCodePanel, RemovePanel, SuspendPanel
from ui.pages.settings.people.invitation_card import InvitationCard
from ui.pages.settings.people.key_matrix import KeyMatrix
from ui.pages.settings.people.key_panels import DeputisePanel, GivePanel, HandOverPanel, TakeBackPanel
from ui.pages.settings.people.member_card import MemberCard
from ui.pages.settings.people.member_words import holds, other_holders
from ui.pages.settings.people.name_panels import InvitePanel, NamePanel
from ui.pages.settings.people.recovery_card import RecoveryCard
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.page import bring_into_view
from ui.work import Task

_SIDE_BY_SIDE_FROM = 720
_LIST = 300


class PeopleSection(QWidget):
    """One panel is open at a time. What takes longer than a moment runs in the worker and says how far it is."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.members: list[StaffMember] = []
        self.chosen: UUID = seat.desk.me.id
        self.panel: ActPanel | None = None
        self.invitation: InvitationCard | None = None
        self.colleagues = ColleaguesCard(seat, may_invite=seat.desk.may(Right.MANAGE_PEOPLE))
        self.card = MemberCard(seat)
        self.matrix = KeyMatrix(seat)
        self.recovery = RecoveryCard(seat)
        self._instead: Card | None = None
        """What stands in place of the chosen colleague: the form for inviting, or a set-up code."""
        self._right = QVBoxLayout()
        self._right.setSpacing(12)
        self._right.addWidget(self.card)
        self._right.addStretch(1)
        self._left = QVBoxLayout()
        self._left.addWidget(self.colleagues)
        self._left.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(12)
        self._columns.addLayout(self._left)
        self._columns.addLayout(self._right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        if seat.desk.me.is_recovery:
            layout.addWidget(_after_recovery())
        layout.addLayout(self._columns)
        layout.addWidget(self.matrix)
        layout.addWidget(self.recovery)
        self.colleagues.chosen.connect(self.choose)
        self.colleagues.invite_pressed.connect(self.invite)
        self.matrix.opened.connect(self._choose_and_show)
        self.card.act_wanted.connect(self.act)
        self.card.give_wanted.connect(self._give_waited_for)
        self.recovery.changed.connect(self.show_now)

    # --- showing ---------------------------------------------------------------------------------------------

    def show_now(self) -> None:
        """Read everybody anew; an open panel or a code that is still shown stays."""
        desk = self.seat.desk
        self.members = staff.everybody(desk)
        if all(one.id != self.chosen for one in self.members) and self.members:
            self.chosen = self.members[0].id
        self.colleagues.show_members(self.members)
        self.colleagues.select(self.chosen)
        self.matrix.show_members(self.members, staff.held_by_one(desk))
        self.recovery.show_members(self.members)
        self.recovery.setVisible(desk.may(Right.MANAGE_PEOPLE) or self.recovery.is_asking())
        member = self.member()
        if self.panel is None and member is not None:
            self.card.show_member(member, self.members)

    def member(self) -> StaffMember | None:
        """Return the chosen colleague."""
        return next((one for one in self.members if one.id == self.chosen), None)

    def choose(self, member_id: UUID) -> None:
        """Show somebody; what was open closes, and so does a code."""
        self.close_panel()
        self.chosen = member_id
        self._stand_back()
        self.show_now()

    def begin(self, doing: str, about: UUID | None) -> None:
        """Go to somebody, or to inviting, because another page led here."""
        if about is not None:
            self.choose(about)
        if doing == "invite" and self.seat.desk.may(Right.MANAGE_PEOPLE):
            self.invite()
        elif doing == "pieces" and self.seat.desk.may(Right.MANAGE_PEOPLE):
            self.recovery.begin()

    def _choose_and_show(self, member_id: UUID) -> None:
        self.choose(member_id)
        self.colleagues.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_SIDE_BY_SIDE_FROM)
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self.colleagues.setMaximumWidth(16777215 if narrow else theme.px(_LIST))
        self.colleagues.setMinimumWidth(0 if narrow else theme.px(_LIST))
        self.colleagues.set_low(low=narrow)

    # --- panels ----------------------------------------------------------------------------------------------

    def invite(self) -> None:
        """Open the form for inviting in place of the chosen colleague."""
        self.close_panel()
        self.colleagues.list.go_to(None)
        panel = InvitePanel(self.seat.desk)
        holder = Card("")
        holder.add_space(12)
        holder.add(panel, inset=12)
        holder.end(12)
        self._stand_in(holder)
        self._open(panel, partial(self._send_invitation, panel), panel.user_name)

    def act(self, name: str) -> None:
        """Open the panel of an act, or do at once what needs no more words."""
        member = self.member()
        if member is None:
            return
        shown = self.seat.masked(member.name)
        desk, card = self.seat.desk, self.card
        if name == "resume":
            self._do(lambda: staff.resume(desk, member.id), _("{name} may sign in again.").format(name=shown))
        elif name == "edit":
            naming = NamePanel(member)
            self._open(naming, partial(self._save_names, naming, member), naming.user_name, "roles")
        elif name == "give":
            giving = GivePanel(shown, member, card.givable(member))
            self._open(giving, partial(self._give, giving, member), giving.keys, "keys")
        elif name == "hand_over":
            handing = HandOverPanel(shown, self._mine())
            self._open(handing, partial(self._hand_over, handing, member), handing.keys, "keys")
        elif name == "deputise":
            lending = DeputisePanel(shown, desk, card.givable(member))
            self._open(lending, partial(self._deputise, lending, member), lending.keys, "keys")
        elif name == "take_back":
            taking = TakeBackPanel(shown, card.takeable(member), member.beyond_roles & card.takeable(member))
            self._open(taking, partial(self._take_back, taking, member), taking.keys, "keys")
        else:
            self._act_at_the_door(name, member, shown)

    def _act_at_the_door(self, name: str, member: StaffMember, shown: str) -> None:
        desk = self.seat.desk
        if name == "new_code":
            code = NewCodePanel(shown, desk, member)
            self._open(code, partial(self._make_code, code, member), code.days, "door")
        elif name == "suspend":
            suspending = SuspendPanel(shown)
            self._open(suspending, partial(self._suspend, suspending, member), suspending.why, "door")
        elif name == "remove":
            removing = RemovePanel(shown, desk, member, self.members, self.seat.masked)
            self._open(removing, partial(self._remove, removing, member), removing.why, "door")

    def close_panel(self) -> None:
        """Close what is open; the keyboard goes back to the list."""
        panel, self.panel = self.panel, None
        if panel is None:
            return
        focused = self.window().focusWidget()
        held = focused is not None and panel.isAncestorOf(focused)
        self.card.close_panel()
        if self.invitation is None:
            self._stand_back()
        if held:
            self.colleagues.list.setFocus()

    def _open(self, panel: ActPanel, save: Callable[[], None], first: QWidget, place: str = "") -> None:
        if place:
            self.close_panel()
            self.card.open_panel(panel, place)
        self.panel = panel
        panel.save_pressed.connect(save)
        panel.cancel_pressed.connect(self._cancel)
        first.setFocus()
        bring_into_view(panel.save, panel.heading)

    def _cancel(self) -> None:
        self.close_panel()
        self.show_now()

    def _stand_in(self, card: Card) -> None:
        self._stand_back()
        self._instead = card
        self.card.hide()
        self._right.insertWidget(0, card)

    def _stand_back(self) -> None:
        card, self._instead = self._instead, None
        self.invitation = None
        if card is not None:
            card.hide()
            card.deleteLater()
        self.card.show()

    # --- what panels do --------------------------------------------------------------------------------------

    def _send_invitation(self, panel: InvitePanel) -> None:
        desk = self.seat.desk
        name, shown, roles = panel.user_name.text(), panel.shown_as.text(), panel.roles.roles()
        days = panel.days.value()
        self._show_code(panel, lambda: staff.invite(desk, name, shown, roles, days=days))

    def _make_code(self, panel: NewCodePanel, member: StaffMember) -> None:
        desk, days = self.seat.desk, panel.days.value()
        self._show_code(panel, lambda: staff.new_setup_code(desk, member.id, days=days))

    def _show_code(self, panel: ActPanel, make: Callable[[], Invitation]) -> None:
        try:
            invitation = make()
        except ShelterDeskError as error:
            panel.show_error(error)
            return
        self.close_panel()
        self.chosen = invitation.member_id
        self.show_now()
        member = self.member()
        assert member is not None
        card = InvitationCard(self.seat, invitation, self.seat.masked(member.name), self._waiting(invitation, member))
        self._stand_in(card)
        self.invitation = card
        card.done.connect(self._put_invitation_away)
        card.begin()
        bring_into_view(card.close_button, card.heading)
        self.seat.saved.emit()

    def _put_invitation_away(self) -> None:
        self._stand_back()
        self.show_now()
        self.colleagues.list.setFocus()

    def _waiting(self, invitation: Invitation, member: StaffMember) -> dict[Compartment, str]:
        found: dict[Compartment, str] = {}
        for compartment in Compartment:
            if compartment not in invitation.waits_for:
                continue
            if compartment in self._mine():
                found[compartment] = _("you give it after the first sign-in")
                continue
            names = [self.seat.masked(one.name) for one in other_holders(compartment, self.members, member)]
            words = _("{names} can give it after the first sign-in") if names else _("nobody holds it")
            found[compartment] = words.format(names=", ".join(names))
        return found

    def _save_names(self, panel: NamePanel, member: StaffMember) -> None:
        desk, name, shown = self.seat.desk, panel.user_name.text(), panel.shown_as.text()
        roles = panel.roles.roles()

        def save() -> None:
            if (name, shown) != (member.user_name, member.name):
                staff.rename(desk, member.id, name, shown)
            if set(roles) != set(member.roles):
                staff.change_roles(desk, member.id, roles)

        self._do(save, _("Saved. New rights hold from the next sign-in."), panel)

    def _give(self, panel: GivePanel, member: StaffMember) -> None:
        keys = panel.chosen()
        if keys:
            self._give_now(member, keys, panel)

    def _give_waited_for(self, compartment: Compartment) -> None:
        member = self.member()
        if member is not None:
            self._give_now(member, (compartment,), None)

    def _give_now(self, member: StaffMember, keys: tuple[Compartment, ...], panel: ActPanel | None) -> None:
        words = _("{name} holds from now on: {keys}").format(
            name=self.seat.masked(member.name), keys=staff.compartment_words(keys)
        )
        desk = self.seat.desk
        self._do(lambda: staff.give(desk, member.id, keys), words, panel)

    def _hand_over(self, panel: HandOverPanel, member: StaffMember) -> None:
        keys = panel.chosen()
        if keys:
            name = self.seat.masked(member.name)
            words = _("Handed over. The keys are replaced when {name} next signs in.").format(name=name)
            desk = self.seat.desk
            self._do(lambda: staff.hand_over(desk, member.id, keys), words, panel)

    def _deputise(self, panel: DeputisePanel, member: StaffMember) -> None:
        keys = panel.chosen()
        until = panel.last_day() if keys else None
        if keys and until is not None:
            desk, why = self.seat.desk, panel.why.text()
            words = _("{name} stands in until then.").format(name=self.seat.masked(member.name))
            self._do(lambda: staff.deputise(desk, member.id, keys, until, why), words, panel)

    def _suspend(self, panel: SuspendPanel, member: StaffMember) -> None:
        desk, why = self.seat.desk, panel.why.text()
        words = _("{name} cannot sign in any more.").format(name=self.seat.masked(member.name))
        self._do(lambda: staff.suspend(desk, member.id, why), words, panel)

    def _take_back(self, panel: TakeBackPanel, member: StaffMember) -> None:
        keys = panel.chosen()
        if keys:
            desk, why = self.seat.desk, panel.why.text()
            words = _("Taken back. The keys are replaced for everybody else.")
            self._replace_keys(
                panel, lambda task: staff.take_back(desk, member.id, keys, why, task.progress, task.cancelled), words
            )

    def _remove(self, panel: RemovePanel, member: StaffMember) -> None:
        desk, why = self.seat.desk, panel.why.text()
        words = _("{name} works here no more.").format(name=self.seat.masked(member.name))
        self._replace_keys(panel, lambda task: staff.remove(desk, member.id, why, task.progress, task.cancelled), words)

    # --- doing -----------------------------------------------------------------------------------------------

    def _do(self, function: Callable[[], object], words: str, panel: ActPanel | None = None) -> None:
        try:
            function()
        except ShelterDeskError as error:
            if panel is None:
                self.seat.complain(error)
            else:
                panel.show_error(error)
            return
        self._done(words)

    def _done(self, words: str) -> None:
        self.close_panel()
        self.show_now()
        self.seat.saved.emit()
        self.seat.say(words)
        bring_into_view(self.colleagues.heading)

    def _replace_keys(self, panel: ActPanel, function: Callable[[Task], object], words: str) -> None:
        """Run *function* in the worker and say how far it is; stopping it leaves everything as it was."""
        panel.say_problem("")
        panel.set_busy(_("Keys are being replaced. Nothing is lost if this stops."))
        self._let_choose(on=False)

        def done(_value: object) -> None:
            self._let_choose(on=True)
            self._done(words)
            # While it ran nothing in the panel could hold the keyboard, so it went somewhere far away.
            self.colleagues.list.setFocus()

        def failed(error: BaseException) -> None:
            self._let_choose(on=True)
            panel.set_busy("")
            panel.show_error(error)

        # Not told as a task that writes: the panel itself says what is under way.
        task = self.seat.in_background(function, done, owner=self, failed=failed)
        task.progressed.connect(panel.progress.advance)
        panel.let_stop(task.cancel)

    def _let_choose(self, *, on: bool) -> None:
        """While something is under way its panel stays, so that what came of it has a place."""
        self.colleagues.setEnabled(on)
        self.matrix.setEnabled(on)

    def _mine(self) -> frozenset[Compartment]:
        me = next((one for one in self.members if one.is_me), None)
        if me is None:
            return self.seat.desk.vault.ring.compartments
        return frozenset(one for one in Compartment if holds(me, one))


def _after_recovery() -> Notice:
    words = _(
        "Make a new set-up code for whoever lost the passphrase. If they held more keys than a code opens, come back "
        "with this code after their first sign-in and give them. At the end make new papers: this code was used."
    )
    return Notice(_("The vault is open with the recovery code"), words, icon="shield-check")
