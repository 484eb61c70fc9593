"""Settings → Referrals and consents: hours within which a department is told, and the house rules on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import department_clock, drafts, house_settings
from shelterdesk.desk import Busy
from shelterdesk.documents.consent_forms import usual_rules
from shelterdesk.errors import ShelterDeskError
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, _, language
from shelterdesk.schema.types import new_id
from shelterdesk.vault.compartments import Compartment
from ui.forms.record_form import KEEP_EVERY
from ui.later import once
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words
from ui.widgets.text_area import TextArea

_HOURS: Final = (0, 12, 24, 48, 72)
_ADULTS: Final = ("department_clock", "department_hours")
_CHILDREN: Final = ("department_children", "department_hours_children")


RULES: Final = Field(
    "site.house_rules", N_("House rules"), Kind.LONG_TEXT, attribute="house_rules", compartment=Compartment.HOUSE
)
"""The house rules as a draft keeps them: among what is typed about the house."""


class SharingSection(QWidget):
    """Both hold for everybody in this vault. House rules that are being written are kept as a draft."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.adults = self._hours(_("Adults"), "department_hours_adults", _ADULTS)
        self.children_ = self._hours(_("Children"), "department_hours_children", _CHILDREN)
        self.rules = TextArea(_("House rules"), "\n".join(usual_rules(language())), lines=7, most=16)
        self.rules.setObjectName("house_rules")
        self.unsaved = Words(_("What you wrote is not saved yet."), "small", "attention")
        self.unsaved.setObjectName("rules_unsaved")
        self.unsaved.hide()
        self._draft_id = new_id()
        self._timer = once(self, self.keep_drafts, KEEP_EVERY)
        self.rules.textChanged.connect(self._typed)
        self.save_rules = Button(_("Save house rules"), "save")
        self.save_rules.clicked.connect(self._save_rules)
        self.usual = LinkButton(_("Use the usual ones"))
        self.usual.clicked.connect(self._use_usual)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._clock_card())
        layout.addWidget(self._rules_card())

    def show_now(self) -> None:
        """Read both anew; rules that are being written stay."""
        found = department_clock.hours(self.seat.desk)
        self.adults.set_value(found.adults or 0)
        self.children_.set_value(found.children or 0)
        if not self.rules.document().isModified():
            self._show_rules()
            self._go_on_with_draft()

    def keep_drafts(self) -> None:
        """Keep what was written of the house rules, if anything was."""
        self._timer.stop()
        if not self.rules.document().isModified():
            return
        desk = self.seat.desk
        try:
            drafts.keep_draft(
                desk, self._draft_id, "site", self._draft_id, {"house_rules": self.rules.text()}, extra_fields=(RULES,)
            )
        except Busy:
            self._timer.start()
        except ShelterDeskError as error:
            self.seat.complain(error)

    def _typed(self) -> None:
        changed = self.rules.document().isModified()
        self.unsaved.setVisible(changed)
        if changed and not self._timer.isActive():
            self._timer.start()

    def _go_on_with_draft(self) -> None:
        """Show what somebody wrote before and did not save."""
        for draft in drafts.my_drafts(self.seat.desk, extra_fields=(RULES,)):
            if draft.record == "site" and RULES.attribute in draft.values:
                self._draft_id = draft.id
                self.rules.set_text(draft.values[RULES.attribute] or "")
                self.rules.document().setModified(True)
                self.unsaved.show()
                return

    def _forget_draft(self) -> None:
        self._timer.stop()
        drafts.drop_draft(self.seat.desk, self._draft_id)
        self._draft_id = new_id()

    def _hours(self, name: str, object_name: str, keys: tuple[str, str]) -> Segmented:
        choices = [(hours, _("{n} hours").format(n=hours) if hours else _("Off")) for hours in _HOURS]
        made = Segmented(name, choices)
        made.setObjectName(object_name)
        made.chosen.connect(lambda hours: self._keep_hours(keys, hours))
        return made

    def _clock_card(self) -> Card:
        card = Card(_("Telling the anti-trafficking department"))
        rows = FormRows()
        rows.add_row(FormRow(_("Adults"), self.adults, _("Never for an adult who declined."), fill=False))
        words = _("The hours run whatever the child says; guardian or guardianship body decide.")
        rows.add_row(FormRow(_("Children"), self.children_, words, fill=False))
        card.add(rows)
        note = _(
            "Check national rules before you switch this on. The hours run from the referral, only where there are "
            "signs of trafficking and nobody has decided yet, until «Department told on» is filled in."
        )
        card.add(Words(note, "small", "muted", wrap=True), above=8)
        card.end()
        return card

    def _rules_card(self) -> Card:
        card = Card(_("House rules on the consent form"))
        card.add(Words(_("One rule for each line. Nothing written means the usual ones."), tone="muted", wrap=True))
        card.add(self.rules, above=8)
        card.add_row(self.save_rules, self.usual, self.unsaved, above=8)
        card.end()
        return card

    def _keep_hours(self, keys: tuple[str, str], hours: int) -> None:
        on, length = keys

        def keep() -> None:
            if hours:
                house_settings.put(self.seat.desk, length, hours)
            house_settings.put(self.seat.desk, on, value=bool(hours))

        self._keep(keep)

    def _save_rules(self) -> None:
        rules = [line.strip() for line in self.rules.text().splitlines() if line.strip()]
        if self._keep(lambda: house_settings.put(self.seat.desk, "house_rules", rules)):
            self._forget_draft()
            self._show_rules()
            self.seat.say(_("The house rules are saved."))

    def _use_usual(self) -> None:
        self.rules.set_text("")
        self._save_rules()

    def _show_rules(self) -> None:
        self.rules.set_text("\n".join(house_settings.get(self.seat.desk, "house_rules")))
        self.rules.document().setModified(False)
        self.unsaved.hide()
        self._timer.stop()

    def _keep(self, keep: Callable[[], None]) -> bool:
        try:
            keep()
        except ShelterDeskError as error:
            self.seat.complain(error)
            self.show_now()
            return False
        return True
