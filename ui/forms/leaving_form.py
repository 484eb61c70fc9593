"""The form that ends a stay: when, why, where to; who goes with her, and when she is asked how she is."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import follow_ups, formats, leaving
from shelterdesk.follow_ups import Due
from shelterdesk.i18n import _, ngettext
from shelterdesk.leaving import Along, Left
from shelterdesk.stays import Stay
from ui.forms.editors import Unreadable
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.widgets.check_box import CheckBox
from ui.widgets.form_row import FormRow

_FIELDS: Final = (
    "left_on", "leaving_reason", "destination", "harm_lives_there", "may_call", "call_how", "words"
)  # fmt: skip
_DECIDES: Final = ("left_on", "leaving_reason", "destination", "harm_lives_there", "may_call")
"""Fields on whose answers it depends what else is asked, and on which days."""


class LeavingForm(RecordForm):
    """The question who lives there stands only where it is needed; the days to ask follow the answers."""

    def __init__(self, seat: Seat, stay: Stay) -> None:
        super().__init__(seat, Stay, _FIELDS, headings=False)
        self.stay = stay
        self.load(stay, stay.person_id)
        if stay.left_on is None:
            self.set("left_on", seat.desk.today())
        self.along: dict[UUID, CheckBox] = {}
        self.days: dict[date, CheckBox] = {}
        self._refused: set[date] = set()
        """Days somebody took the tick from; other answers do not put it back."""
        self._day_box = QWidget()
        self._day_column = QVBoxLayout(self._day_box)
        self._day_column.setContentsMargins(0, 0, 0, 0)
        self._day_column.setSpacing(4)
        children = leaving.along(seat.desk, stay)
        if children:
            self.rows.add_row(FormRow(_("Leaves with her"), self._boxes_for(children), fill=True))
        self.days_row = FormRow(
            _("Ask how she is"),
            self._day_box,
            _("These days go into the calendar as appointments, by neutral words."),
            fill=True,
        )
        self.days_row.setObjectName("ask_on")
        self.rows.add_row(self.days_row)
        for name in _DECIDES:
            if self.has(name):
                self.editor(name).on_change(self._follow)
        self._follow()

    def ask_on(self) -> list[date]:
        """Return the days that are ticked."""
        return [on for on, box in self.days.items() if box.isChecked()]

    def with_her(self) -> list[UUID]:
        """Return the stays of those who leave with her."""
        return [stay_id for stay_id, box in self.along.items() if box.isChecked()]

    def store(self) -> Left:
        """Save the leaving with all that goes along. Raises Problems, StaleRecord."""
        values = self.values()
        asked = leaving.asks_who_lives_there(values["leaving_reason"], values["destination"])
        if not asked and "harm_lives_there" in values:
            # An answer to a question that no longer stands there is none.
            values["harm_lives_there"] = None
        return leaving.leave(self.seat.desk, self.stay, ask_on=self.ask_on(), with_her=self.with_her(), **values)

    def _boxes_for(self, children: list[Along]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        for one in children:
            check = CheckBox(self.seat.masked(one.name))
            check.setChecked(True)
            self.along[one.stay_id] = check
            column.addWidget(check)
        return box

    def _value(self, name: str) -> Any:
        with suppress(Unreadable, KeyError):
            return self.editor(name).value()
        return None

    def _follow(self) -> None:
        reason, harm = self._value("leaving_reason"), None
        if self.has("harm_lives_there"):
            asked = leaving.asks_who_lives_there(reason, self._value("destination"))
            self.row("harm_lives_there").setVisible(asked)
            harm = self._value("harm_lives_there") if asked else None
        left_on = self._value("left_on")
        found: list[Due] = []
        if isinstance(left_on, date) and self._value("may_call") != "no":
            found = follow_ups.days_to_ask(self.seat.desk, left_on, reason=reason, harm_lives_there=harm)
        self._refused |= {on for on, box in self.days.items() if not box.isChecked()}
        self._refused -= set(self.ask_on())
        if [due.on for due in found] == list(self.days):
            return
        for box in self.days.values():
            box.hide()
            box.deleteLater()
        self.days = {}
        for due in found:
            check = CheckBox(_due_words(due))
            check.setChecked(due.on not in self._refused)
            check.clicked.connect(self.edited)
            self.days[due.on] = check
            self._day_column.addWidget(check)
        self.days_row.setVisible(bool(found))


def _due_words(due: Due) -> str:
    day = formats.day(due.on, style="weekday_long")
    if not due.months:
        return _("within a week: {day}").format(day=day)
    months = ngettext("after {n} month", "after {n} months", due.months)
    return f"{months}: {day}"


def leaving_form(seat: Seat, stay: Stay) -> InlineForm:
    """Return the form that ends a stay."""
    form = LeavingForm(seat, stay)

    def store(_form: RecordForm) -> Left:
        left = form.store()
        seat.say(_("The day of leaving is saved."), lambda: leaving.take_back(seat.desk, left))
        return left

    return InlineForm(seat, form, _("Save leaving"), store, title=_("Leaving"))
