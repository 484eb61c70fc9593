"""Signing in: a new set-up code, suspending, removing. Each says first what it does and what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shelterdesk import staff
from shelterdesk.desk import Desk
from shelterdesk.i18n import _
from shelterdesk.staff import StaffMember
from shelterdesk.vault import membership
from shelterdesk.vault.compartments import Compartment
from ui.pages.settings.people.act_panel import ActPanel
from ui.pages.settings.people.member_words import key_label, other_holders
from ui.pages.settings.people.name_panels import days_choice

Shown = Callable[[str], str]
"""Masks a name while visitors may see the screen."""


class NewCodePanel(ActPanel):
    """For a forgotten passphrase, or a set-up code that ran out."""

    def __init__(self, name: str, desk: Desk, member: StaffMember) -> None:
        super().__init__(_("New set-up code for {name}").format(name=name), _("Make a new code"))
        if member.invited:
            self.tell(_("The code made before opens nothing any more."))
        else:
            self.tell(
                _("The passphrase opens nothing any more; with the code {name} chooses a new one.").format(name=name)
            )
        left_out = staff.what_a_new_code_leaves_out(desk, member.id)
        if left_out:
            lacks = frozenset(one for one in left_out if not desk.holds(one))
            if left_out - lacks:
                words = _("You give again after the first sign-in: {keys}.")
                self.tell_with("key-round", words.format(keys=staff.compartment_words(left_out - lacks)), "accent")
            if lacks:
                words = _("You do not hold, so another holder has to give again: {keys}.")
                self.tell_with("triangle-alert", words.format(keys=staff.compartment_words(lacks)), "attention")
        else:
            self.tell_with("check", _("Nothing is left out: the code opens what {name} holds now.").format(name=name))
        self.days = days_choice()
        self.ask("days", _("The code works for"), self.days, fill=False)
        self.finish()


class SuspendPanel(ActPanel):
    """Sign-in refused until somebody is let in again."""

    def __init__(self, name: str) -> None:
        super().__init__(_("Suspend {name}").format(name=name), _("Suspend"))
        self.tell(
            _(
                "{name} cannot sign in from now on, until you let them in again. Keys stay as they are. If somebody "
                "will not come back, or must not read what comes next, remove them: only that replaces the keys."
            ).format(name=name)
        )
        self.why = self.ask_why(_("Kept in the log."))
        self.finish()


class RemovePanel(ActPanel):
    """What is replaced now, what waits for whom, why; it cannot be undone."""

    def __init__(
        self, name: str, desk: Desk, member: StaffMember, everyone: Sequence[StaffMember], shown: Shown
    ) -> None:
        super().__init__(
            _("Remove {name}").format(name=name), _("Remove {name} for good").format(name=name), danger=True
        )
        replaceable = membership.replaceable_keys_of(desk.vault, member.id)
        now = frozenset(one for one in Compartment if one.value in replaceable)
        waiting = frozenset(key.compartment for key in member.keys) - now
        self.tell(_("This cannot be undone. What {name} wrote stays, with the name beside it.").format(name=name))
        self.tell_with("log-out", _("From this moment the passphrase opens nothing."))
        keys = staff.compartment_words(now)
        words = _("Replaced now: the key of the vault, {keys}.") if keys else _("Replaced now: the key of the vault.")
        self.tell_with("refresh-cw", words.format(keys=keys))
        for compartment in sorted(waiting, key=list(Compartment).index):
            names = ", ".join(shown(one.name) for one in other_holders(compartment, everyone, member))
            waits = _("{key} waits until a holder signs in: {names}.")
            if not names:
                waits = _("{key}: nobody else holds it. It has to be given to somebody before.")
            self.tell_with("clock", waits.format(key=key_label(compartment), names=names), "attention")
        self.tell_with(
            "hard-drive", _("A backup is made first. Backups from before still open with the old passphrase.")
        )
        self.why = self.ask_why(_("Kept in the log."))
        self.finish()
