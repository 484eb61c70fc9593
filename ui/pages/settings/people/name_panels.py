"""Inviting a colleague, and changing name and roles of one: who somebody is, and what that brings along."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from shelterdesk import staff
from shelterdesk.desk import Desk
from shelterdesk.i18n import _
from shelterdesk.staff import StaffMember
from shelterdesk.vault import membership
from shelterdesk.vault.compartments import Compartment
from ui.pages.settings.people.act_panel import ActPanel
from ui.pages.settings.people.boxes import RoleBoxes
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

_DAYS = (3, 7, 14)


class InvitePanel(ActPanel):
    """Sign-in name, name, roles; and at once what the set-up code will open and what waits."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Invite a colleague"), _("Make a set-up code"))
        self._desk = desk
        self.user_name, self.shown_as = QLineEdit(), QLineEdit()
        self.user_name.setObjectName("user_name")
        self.shown_as.setObjectName("shown_as")
        self.shown_as.setPlaceholderText(_("Nigar H."))
        self.roles = RoleBoxes()
        self.days = days_choice()
        self.gets = Words("", wrap=True)
        self.waits = Words("", tone="muted", wrap=True)
        self.tell(
            _("A code that works once lets your colleague sign in and choose a passphrase of their own."),
            muted=True,
        )
        self.ask("user_name", _("User name"), self.user_name, user_name_help())
        self.ask("colleague.shown_as", _("Name"), self.shown_as, _("As colleagues see it on screen and paper."))
        self.add_labelled(_("Roles (several add up)"), self.roles)
        self.add(self.gets)
        self.add(self.waits)
        self.ask("days", _("The code works for"), self.days, fill=False)
        self.finish()
        self.roles.changed.connect(self._preview)
        self._preview()

    def _preview(self) -> None:
        desk = self._desk
        wanted = staff.compartments_of(self.roles.roles())
        gets = membership.lent_by_code(desk.vault, wanted)
        self.gets.setText(_("Opens with the code: {keys}").format(keys=staff.compartment_words(gets) or _("no record")))
        self.waits.setText(self._waiting(wanted - gets))
        self.waits.setVisible(bool(wanted - gets))

    def _waiting(self, waits: frozenset[Compartment]) -> str:
        mine = frozenset(one for one in waits if self._desk.holds(one))
        parts: list[str] = []
        if mine:
            words = _("You give after the first sign-in: {keys}")
            parts.append(words.format(keys=staff.compartment_words(mine)))
        if waits - mine:
            words = _("Another holder has to give: {keys}")
            parts.append(words.format(keys=staff.compartment_words(waits - mine)))
        return ". ".join(parts)


class NamePanel(ActPanel):
    """Sign-in name, name and roles of somebody who is here already."""

    def __init__(self, member: StaffMember) -> None:
        super().__init__(_("Name and roles"), _("Save"))
        self.user_name, self.shown_as = QLineEdit(member.user_name), QLineEdit(member.name)
        self.user_name.setObjectName("user_name")
        self.shown_as.setObjectName("shown_as")
        self.roles = RoleBoxes(member.roles)
        self.ask("user_name", _("User name"), self.user_name, user_name_help())
        self.ask("colleague.shown_as", _("Name"), self.shown_as, _("As colleagues see it on screen and paper."))
        self.add_labelled(_("Roles (several add up)"), self.roles)
        self.tell(
            _("Keys stay as they are: give or take them back below. New rights hold from the next sign-in."), muted=True
        )
        self.finish()


def days_choice() -> Segmented:
    """Return the choice of how long a set-up code works."""
    return Segmented(_("The code works for"), [(n, _("{n} days").format(n=n)) for n in _DAYS], 7)


def user_name_help() -> str:
    """Return what is to be known about a sign-in name."""
    return _("Short, to sign in with. Anybody who has the computer can read it.")
