"""Giving keys, handing them over, lending them until a day, taking them back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from shelterdesk import formats
from shelterdesk.desk import Desk
from shelterdesk.i18n import _
from shelterdesk.staff import StaffMember
from shelterdesk.vault.compartments import Compartment
from ui.pages.settings.people.act_panel import ActPanel
from ui.pages.settings.people.boxes import KeyBoxes
from ui.widgets.date_field import DateField

_A_FORTNIGHT = timedelta(days=14)


class KeysPanel(ActPanel):
    """Keys to choose from, and what choosing them does."""

    def __init__(
        self, title: str, save: str, offered: Collection[Compartment], ticked: Collection[Compartment] = ()
    ) -> None:
        super().__init__(title, save)
        self.keys = KeyBoxes(offered, ticked)

    def chosen(self) -> tuple[Compartment, ...]:
        """Return the ticked keys; says so where there are none."""
        found = self.keys.keys()
        if not found:
            self.say_problem(_("Choose at least one key."))
            self.keys.setFocus()
        return found


class GivePanel(KeysPanel):
    """For good: both hold the key afterwards."""

    def __init__(self, name: str, member: StaffMember, offered: Collection[Compartment]) -> None:
        super().__init__(
            _("Give keys to {name}").format(name=name), _("Give"), offered, frozenset(offered) & member.waits_for
        )
        self.tell(
            _("You keep what you give. Until it is taken back, it opens everything sealed under it, old and new.")
        )
        self.add(self.keys)
        self.finish()


class HandOverPanel(KeysPanel):
    """For good, and I hold it no more."""

    def __init__(self, name: str, mine: Collection[Compartment]) -> None:
        super().__init__(_("Hand keys over to {name}").format(name=name), _("Hand over"), mine)
        self.tell(
            _(
                "You hold these keys no more from now on. They are replaced when {name} next signs in; until then "
                "they are still known to you, and the list says so."
            ).format(name=name)
        )
        self.add(self.keys)
        self.finish()


class DeputisePanel(KeysPanel):
    """Until a day, with the reason: for leave and illness."""

    def __init__(self, name: str, desk: Desk, offered: Collection[Compartment]) -> None:
        super().__init__(_("Let {name} stand in").format(name=name), _("Give until then"), offered)
        self.tell(
            _(
                "For leave and illness. It ends by itself after the last day; the next holder who signs in replaces "
                "the keys. Nobody lends a passphrase for this."
            )
        )
        self.add(self.keys)
        self.until = DateField(
            _("Last day"),
            lambda typed: formats.parse_day(typed, desk.today()),
            lambda day: formats.day(day, style="numeric"),
            desk.today,
            note=lambda day: formats.day(day, style="weekday"),
        )
        self.until.set_value(desk.today() + _A_FORTNIGHT)
        self.ask("until", _("Last day"), self.until, fill=False)
        self.why = self.ask_why(_("Such as «on leave until the new year». Kept in the log."))
        self.finish()

    def last_day(self) -> date | None:
        """Return the last day; says so where there is none."""
        found = self.until.value()
        if found is None:
            self.say_problem(_("Enter the last day."), "until")
        return found


class TakeBackPanel(KeysPanel):
    """Replaces the keys at once, so that what comes later opens for everybody but this person."""

    def __init__(self, name: str, offered: Collection[Compartment], ticked: Collection[Compartment]) -> None:
        super().__init__(_("Take keys back from {name}").format(name=name), _("Take back"), offered, ticked)
        self.tell(
            _(
                "The chosen keys are replaced at once for everybody else. A backup is made first. What {name} has read "
                "cannot be taken back, and older backups still open with the old keys."
            ).format(name=name)
        )
        self.add(self.keys)
        self.why = self.ask_why(_("Kept in the log."))
        self.finish()
