"""Settings → Referrals and consents: hours within which a department is told, and the house rules on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import department_clock, house_settings
from shelterdesk.documents.consent_forms import usual_rules
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
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


class SharingSection(QWidget):
    """Both hold for everybody in this vault."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.adults = self._hours(_("Adults"), "department_hours_adults", _ADULTS)
        self.children_ = self._hours(_("Children"), "department_hours_children", _CHILDREN)
        self.rules = TextArea(_("House rules"), "\n".join(usual_rules(language())), lines=7, most=16)
        self.rules.setObjectName("house_rules")
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
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.save_rules)
        line.addWidget(self.usual)
        line.addStretch(1)
        card.add_layout(line, above=8)
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
            self._show_rules()
            self.seat.say(_("The house rules are saved."))

    def _use_usual(self) -> None:
        self.rules.set_text("")
        self._save_rules()

    def _show_rules(self) -> None:
        self.rules.set_text("\n".join(house_settings.get(self.seat.desk, "house_rules")))
        self.rules.document().setModified(False)

    def _keep(self, keep: Callable[[], None]) -> bool:
        try:
            keep()
        except ShelterDeskError as error:
            self.seat.complain(error)
            self.show_now()
            return False
        return True
