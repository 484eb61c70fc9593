"""One colleague: roles, keys held and waited for, last sign-in, and what can be done about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import vocab
from shelterdesk.access import Right
from shelterdesk.i18n import _
from shelterdesk.staff import StaffMember, compartment_words
from shelterdesk.vault import membership
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import Standing
from ui.pages.settings.people.member_words import (
    holds,
    is_here,
    key_label,
    key_remark,
    last_sign_in,
    other_holders,
    short_day,
    standing_of,
    waits_to_begin,
)
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow
from ui.widgets.panel_lines import add_part, add_rule
from ui.widgets.text import ElidedWords, IconLabel, Words

PLACES = ("roles", "keys", "door")


class MemberCard(Card):
    """``act_wanted`` hands back the name of an act, ``give_wanted`` a compartment somebody waits for."""

    act_wanted = Signal(str)
    give_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setObjectName("member")
        self.buttons: dict[str, Button] = {}
        self.places: dict[str, QVBoxLayout] = {}
        self._panel: QWidget | None = None
        self._body: QWidget | None = None
        self._everyone: Sequence[StaffMember] = ()

    def show_member(self, member: StaffMember, everyone: Sequence[StaffMember]) -> None:
        """Show *member*; *everyone* tells who else holds what."""
        self._everyone = everyone
        self._panel = None
        if self._body is not None:
            self._layout.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self.buttons, self.places = {}, {}
        self._body = QWidget(self)
        self._layout.addWidget(self._body, 1)
        self.setAccessibleName(self.seat.masked(member.name))
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 14, 0, 16)
        body.setSpacing(0)
        self._head(body, member)
        if member.standing is Standing.REMOVED:
            words = _("This person works here no more. The name stays beside what they wrote; it opens nothing.")
            add_part(body, Words(words, tone="muted", wrap=True), above=12)
        else:
            add_rule(body, space=12)
            self._roles(body, member)
            add_rule(body, space=12)
            self._keys(body, member)
            self._door(body, member)
        body.addStretch(1)

    def open_panel(self, panel: QWidget, place: str) -> None:
        """Open *panel* at the end of a part of the card; one is open at a time."""
        self.close_panel()
        self._panel = panel
        self.places[place].addWidget(panel)
        self.places[place].setContentsMargins(0, 10, 0, 0)
        for button in self.buttons.values():
            button.setEnabled(False)
        panel.show()

    def close_panel(self) -> None:
        """Close what is open."""
        panel, self._panel = self._panel, None
        for place in self.places.values():
            place.setContentsMargins(0, 0, 0, 0)
        for button in self.buttons.values():
            button.setEnabled(True)
        if panel is not None:
            panel.hide()
            panel.deleteLater()

    # --- parts -----------------------------------------------------------------------------------------------

    def _head(self, body: QVBoxLayout, member: StaffMember) -> None:
        seat = self.seat
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel("user-round", 20, "accent"))
        row.addWidget(ElidedWords(seat.masked(member.name), "group", sensitive=True), 1)
        chip = standing_of(member)
        row.addWidget(Chip(chip.words, chip.tone, chip.icon))
        body.addLayout(row)
        gone = member.standing is Standing.REMOVED
        as_whom = _("Signed in as {name}") if gone else _("Signs in as {name}")
        words = [as_whom.format(name=seat.masked(member.user_name))]
        if waits_to_begin(member):
            words.append(_("the set-up code was not used yet"))
        elif not gone:
            words.append(last_sign_in(member, seat.desk))
        add_part(body, Words(" · ".join(words), tone="muted", wrap=True), above=6)

    def _roles(self, body: QVBoxLayout, member: StaffMember) -> None:
        edit: LinkButton | None = None
        if self.seat.desk.may(Right.MANAGE_PEOPLE):
            edit = LinkButton(_("Change name or roles"), "pencil")
            self._wire("edit", edit)
        self._heading(body, _("Roles"), edit)
        for code in member.roles:
            role = vocab.ROLES.get(code)
            add_part(body, Words(vocab.ROLES.label(code)), above=4)
            if role is not None and role.help:
                add_part(body, Words(_(role.help), "small", "muted", wrap=True))
        if not member.roles:
            add_part(body, Words(_("No role yet: signing in opens nothing."), tone="muted", wrap=True), above=4)
        self._place(body, "roles")

    def _keys(self, body: QVBoxLayout, member: StaffMember) -> None:
        self._heading(body, _("Keys"))
        today = self.seat.desk.today()
        for key in member.keys:
            others = [self.seat.masked(one.name) for one in other_holders(key.compartment, self._everyone, member)]
            remark = key_remark(key, others, today)
            tint = "muted" if key.ending else "accent"
            self._key(body, "key-round", tint, key_label(key.compartment), remark)
        ending = {key.compartment for key in member.keys if key.ending}
        for compartment in Compartment:
            if compartment in member.waits_for - ending:
                self._waiting(body, member, compartment)
        if member.beyond_roles:
            words = _("Beyond the roles: {keys}.").format(keys=compartment_words(member.beyond_roles))
            add_part(body, Words(words, "small", "muted", wrap=True), above=6)
        if not member.keys and not member.waits_for:
            add_part(body, Words(_("No key: opens no record."), tone="muted", wrap=True), above=4)
        acts: list[tuple[str, str, str]] = []
        if self.givable(member):
            acts += [("give", _("Give keys…"), "key-round"), ("deputise", _("Deputise until…"), "calendar-clock")]
        if not member.is_me and is_here(member) and self._mine():
            acts.append(("hand_over", _("Hand over…"), "arrow-right"))
        if self.takeable(member):
            acts.append(("take_back", _("Take back…"), "undo-2"))
        self._acts(body, acts)
        self._place(body, "keys")

    def _waiting(self, body: QVBoxLayout, member: StaffMember, compartment: Compartment) -> None:
        if compartment in self.givable(member):
            give = LinkButton(_("Give"), slim=True)
            give.setAccessibleName(_("Give {key}").format(key=key_label(compartment)))
            give.setObjectName(f"give-{compartment.value}")
            give.clicked.connect(lambda: self.give_wanted.emit(compartment))
            self.buttons[f"give-{compartment.value}"] = give
            self._key(body, "clock", "attention", key_label(compartment), _("waits"), give)
            return
        holders = [self.seat.masked(one.name) for one in other_holders(compartment, self._everyone, member)]
        if waits_to_begin(member):
            remark = _("waits for the first sign-in")
        elif holders:
            remark = _("waits for {names}").format(names=", ".join(holders))
        else:
            remark = _("nobody holds it; the recovery sheet opens it")
        self._key(body, "clock", "attention", key_label(compartment), remark)

    def _door(self, body: QVBoxLayout, member: StaffMember) -> None:
        if member.is_me or not self.seat.desk.may(Right.MANAGE_PEOPLE):
            return
        add_rule(body, space=12)
        self._heading(body, _("Signing in"))
        if waits_to_begin(member) and member.invited_until is not None:
            today = self.seat.desk.today()
            words = (
                _("The set-up code ran out on {day}.")
                if member.code_ran_out
                else _("The set-up code works until {day}, once.")
            )
            day = short_day(member.invited_until, today)
            add_part(body, Words(words.format(day=day), tone="muted", wrap=True), above=4)
        acts = [("new_code", _("New set-up code…"), "refresh-cw")]
        if member.standing is Standing.SUSPENDED:
            acts.append(("resume", _("Let in again"), "log-in"))
        else:
            acts.append(("suspend", _("Suspend…"), "lock"))
        remove = Button(_("Remove…"), "trash-2", "danger")
        self._wire("remove", remove)
        self._acts(body, acts, apart=remove)
        self._place(body, "door")

    # --- what can be done ------------------------------------------------------------------------------------

    def givable(self, member: StaffMember) -> frozenset[Compartment]:
        """Return the keys I can give to *member*: held by me, not by them, and not barred from a set-up code."""
        if member.is_me or member.standing is not Standing.ACTIVE:
            return frozenset()
        has = {key.compartment for key in member.keys if not key.ending and key.until is None}
        found = self._mine() - has
        if waits_to_begin(member):
            found &= membership.fit_for_a_code(self.seat.desk.vault, member.id)
        return found

    def takeable(self, member: StaffMember) -> frozenset[Compartment]:
        """Return the keys I can take back from *member*: taking one back replaces it, so I have to hold it."""
        if member.is_me or waits_to_begin(member) or not self.seat.desk.may(Right.MANAGE_PEOPLE):
            return frozenset()
        return frozenset(key.compartment for key in member.keys) & self._mine()

    def _mine(self) -> frozenset[Compartment]:
        me = next((one for one in self._everyone if one.is_me), None)
        if me is None:
            return self.seat.desk.vault.ring.compartments
        return frozenset(one for one in Compartment if holds(me, one))

    # --- lines -----------------------------------------------------------------------------------------------

    def _key(
        self, body: QVBoxLayout, icon: str, tint: str, label: str, remark: str, act: LinkButton | None = None
    ) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 16, 2)
        row.setSpacing(10)
        row.addWidget(IconLabel(icon, 16, tint).beside_words(), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(label))
        row.addWidget(Words(remark, tone="muted", wrap=True), 1)
        if act is not None:
            act.set_slim()
            row.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(row)

    def _heading(self, body: QVBoxLayout, words: str, act: LinkButton | None = None) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(Words(words, strong=True))
        row.addStretch(1)
        if act is not None:
            act.set_slim()
            row.addWidget(act)
        body.addLayout(row)

    def _acts(self, body: QVBoxLayout, acts: Sequence[tuple[str, str, str]], apart: Button | None = None) -> None:
        """Add buttons in a line; *apart* is kept away from the others, because it does harm."""
        if not acts:
            return
        holder = QWidget()
        flow = Flow(holder)
        for key, words, icon in acts:
            button = Button(words, icon)
            self._wire(key, button)
            flow.addWidget(button)
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 0)
        row.setSpacing(16)
        row.addWidget(holder, 1)
        if apart is not None:
            row.addWidget(apart, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(row)

    def _wire(self, key: str, button: Button) -> None:
        button.setObjectName(f"member-{key}")
        button.clicked.connect(self._pressed(key))
        self.buttons[key] = button

    def _pressed(self, key: str) -> Callable[[], None]:
        return lambda: self.act_wanted.emit(key)

    def _place(self, body: QVBoxLayout, key: str) -> None:
        self.places[key] = QVBoxLayout()
        body.addLayout(self.places[key])
