"""How often backups are made by themselves, and how many are kept."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import backup_schedule, backup_targets
from shelterdesk.backup_keeping import Keep
from shelterdesk.backup_schedule import When
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from ui.seat import Seat
from ui.widgets.card import Card, side_by_side
from ui.widgets.choice_field import ChoiceField
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.segmented import Segmented

_DAYS = (3, 7, 14, 30)
_WEEKS = (0, 4, 8, 12)
_MONTHS = (0, 6, 12, 24)


class WhenCard(QWidget):
    """Every change holds at once."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setObjectName("backup_when")
        self.when = Segmented(
            _("When"),
            [
                (When.DAILY, _("Daily and on leaving")),
                (When.ONCE, _("Daily")),
                (When.BY_HAND, _("By hand only")),
            ],
        )
        self.days = ChoiceField(_("Days"), [(n, ngettext("{n} day", "{n} days", n)) for n in _DAYS])
        self.weeks = ChoiceField(_("Weeks"), [(n, ngettext("{n} week", "{n} weeks", n)) for n in _WEEKS])
        self.months = ChoiceField(_("Months"), [(n, ngettext("{n} month", "{n} months", n)) for n in _MONTHS])
        self.keep = QWidget()
        line = side_by_side(self.days, self.weeks, self.months)
        line.setContentsMargins(0, 0, 0, 0)
        self.keep.setLayout(line)
        self.keep.setFocusProxy(self.days)
        rows = FormRows()
        self.when_row = rows.add_row(FormRow(_("When"), self.when, fill=False))
        rows.add_row(
            FormRow(
                _("Keep"),
                self.keep,
                _(
                    "The newest backup of each day, week and month, at each place. Older ones are cleared only after "
                    "the new one was opened and checked."
                ),
                editor=self.days,
                fill=False,
            )
        )
        card = Card(_("When, and how many"))
        card.add(rows)
        card.end()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.when.chosen.connect(self._choose_when)
        for field in (self.days, self.weeks, self.months):
            field.chosen.connect(lambda _value: self._choose_keep())

    def show_now(self) -> None:
        """Show what is set."""
        desk = self.seat.desk
        chosen, keep = backup_schedule.when(desk), backup_targets.keep_of(desk)
        self.when.set_value(chosen)
        self.when_row.set_help(self._help(chosen))
        for field, value in ((self.days, keep.daily), (self.weeks, keep.weekly), (self.months, keep.monthly)):
            field.set_value(value)

    def _help(self, chosen: When) -> str:
        match chosen:
            case When.DAILY:
                return _("At the first sign-in of a day, whoever signs in, and on leaving if something changed since.")
            case When.ONCE:
                return _("At the first sign-in of a day, whoever signs in.")
            case When.BY_HAND:
                return _("Nothing happens by itself. Today says how old the newest backup is.")

    def _choose_when(self, chosen: Any) -> None:
        try:
            backup_schedule.set_when(self.seat.desk, chosen)
        except ShelterDeskError as error:
            self.seat.complain(error)
        self.show_now()

    def _choose_keep(self) -> None:
        try:
            backup_targets.set_keep(self.seat.desk, Keep(self.days.value(), self.weeks.value(), self.months.value()))
        except ShelterDeskError as error:
            self.seat.complain(error)
        self.show_now()
