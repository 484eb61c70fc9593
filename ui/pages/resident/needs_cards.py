"""Cards of «Needs & safety»: what every shift must know, and the safety plan, folded until somebody needs it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import alerts, formats, safety_plan, vocab
from shelterdesk.alerts import Alert
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.people import Person
from shelterdesk.safety_plan import SafetyPlan
from shelterdesk.schema.base import declared
from ui import theme
from ui.forms.inline_form import InlineForm
from ui.pages.resident.field_facts import fact_of
from ui.pages.resident.overview_cards import lines_of
from ui.safety_words import alert_icon, alert_words
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.fold_row import FoldRow
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words

_BESIDE_FROM = 640
_LINE = "must_know"


class AlertsCard(Card):
    """``add_wanted`` asks for the form of a new alert, ``opened`` hands back the id of one, ``lines_wanted`` asks for
    the form of the free lines."""

    add_wanted = Signal()
    opened = Signal(object)
    lines_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("What every shift must know"), size="body")
        self.setObjectName("alerts")
        self.seat = seat
        self._may = alerts.may_keep_alerts(seat.desk)
        self._standing: dict[UUID, Alert] = {}
        self.add_button = LinkButton(_("Add"), "plus", slim=True)
        self.add_button.setAccessibleName(_("Add what every shift must know"))
        self.at_right(self.add_button)
        self.add_button.setVisible(self._may)
        self.rows = RowList(_("What every shift must know"), RowShape(height=32, inset=10))
        self.rows.setObjectName("alert-rows")
        self.empty = Words(
            _("Nothing is put down. Allergies, medicine, who must not be told."), tone="muted", wrap=True
        )
        self.place = QVBoxLayout()
        self.add_layout(self.place, inset=1)
        self.add(self.empty)
        self.add(self.rows, inset=8)
        self.end(12)
        self.add_button.clicked.connect(self.add_wanted)
        self.rows.opened.connect(self._open)
        self.rows.acted.connect(self.end_alert)

    def show_person(self, person: Person) -> None:
        """Show what holds, the free lines, and muted what has passed."""
        today = self.seat.desk.today()
        found = alerts.every_alert_of(self.seat.desk, person.id)
        self._standing = {one.id: one for one in found if alerts.is_standing(one, today)}
        rows = [self._row(one) for one in found if one.id in self._standing]
        for number, line in enumerate(lines_of(declared(Person, "must_know").read(person))):
            rows.append(Row(self.seat.masked(line), (_LINE, number), icon="info", lines=3, sensitive=True))
        rows += [self._past(one) for one in found if one.id not in self._standing]
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def _row(self, one: Alert) -> Row:
        since = _("since {day}").format(day=formats.day(one.since, style="short"))
        until = _("until {day}").format(day=formats.day(one.until, style="short")) if one.until else ""
        # The day stands in the words: they may need several lines, and all of them are read.
        return Row(
            _("{words} ({day})").format(words=alert_words(one, self.seat), day=until or since),
            one.id,
            icon=alert_icon(one.kind),
            icon_tint="attention",
            action=_("Has passed") if self._may and not until else "",
            lines=3,
            sensitive=True,
        )

    def _past(self, one: Alert) -> Row:
        begins = one.since > self.seat.desk.today()
        day = one.since if begins or one.until is None else one.until
        words = _("from {day}") if begins else _("until {day}")
        return Row(
            alert_words(one, self.seat),
            one.id,
            icon=alert_icon(one.kind),
            trailing=words.format(day=formats.day(day, style="short")),
            quiet=True,
            sensitive=True,
        )

    def _open(self, key: Any) -> None:
        if isinstance(key, tuple):
            self.lines_wanted.emit()
        elif self._may:
            self.opened.emit(key)

    def end_alert(self, key: Any) -> None:
        """Say that an alert has passed; the banner takes that back."""
        one, desk = self._standing.get(key), self.seat.desk
        if one is None:
            return
        try:
            ended = alerts.end_alert(desk, one)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.say(_("It has passed"), lambda: alerts.change_alert(desk, ended, until=None))

    def take(self, editor: InlineForm) -> None:
        """Put *editor* above the rows."""
        self.place.addWidget(editor)
        editor.show()
        editor.begin()


class SafetyPlanCard(Card):
    """The plan that holds, folded. ``edit_wanted`` hands back a plan to change, None for a new one."""

    edit_wanted = Signal(object)

    def __init__(self, seat: Seat, *, may_write: bool) -> None:
        super().__init__()
        self.setObjectName("safety-plan")
        self.seat = seat
        self._may = may_write
        self._plan: SafetyPlan | None = None
        self._shown_person: UUID | None = None
        self.fold = FoldRow(_("Safety plan"), "")
        self.fold.setObjectName("safety-plan-fold")
        self.add(self.fold, inset=1)
        self.place = QVBoxLayout()
        self.add_layout(self.place, inset=1)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.facts = Facts()
        self.older = Words("", "small", "muted", wrap=True)
        column.addWidget(self.facts)
        column.addWidget(self.older)
        column.addLayout(self._make_acts())
        self.add(self._inside, inset=40)
        self.end(4)
        self._inside.hide()
        self.fold.toggled.connect(self._inside.setVisible)

    def _make_acts(self) -> QHBoxLayout:
        self.begin_button = Button(_("Make a safety plan"), "plus")
        self.looked = Button(_("Looked at today"), "check")
        self.edit_button = Button(_("Edit"), "pencil")
        self.again = LinkButton(_("Make a new one"), slim=True)
        self.off = LinkButton(_("Take off"), slim=True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(8)
        for button in (self.begin_button, self.looked, self.edit_button, self.again, self.off):
            row.addWidget(button)
        row.addStretch(1)
        self.begin_button.clicked.connect(lambda: self.edit_wanted.emit(None))
        self.again.clicked.connect(lambda: self.edit_wanted.emit(None))
        self.edit_button.clicked.connect(lambda: self.edit_wanted.emit(self._plan))
        self.looked.clicked.connect(self.look_at)
        self.off.clicked.connect(self.take_off)
        return row

    def show_person(self, person_id: UUID) -> None:
        """Show the plan of a person; it stays folded for the next one, whoever opened it before."""
        if self._shown_person != person_id:
            self.fold.setChecked(False)
            self._shown_person = person_id
        found = safety_plan.safety_plans_of(self.seat.desk, person_id)
        plan = self._plan = found[0] if found else None
        self.fold.set_words(self._words(plan))
        self.facts.set_facts(self._facts(plan) if plan is not None else [])
        self.facts.setVisible(plan is not None)
        older = [formats.day(one.made_on, style="short") for one in found[1:]]
        self.older.setText(_("Older ones are kept: {days}").format(days=", ".join(older)))
        self.older.setVisible(bool(older))
        self.begin_button.setVisible(self._may and plan is None)
        for button in (self.edit_button, self.again, self.off):
            button.setVisible(self._may and plan is not None)
        self.looked.setVisible(self._may and plan is not None and plan.state in safety_plan.AT_WORK)

    def _words(self, plan: SafetyPlan | None) -> str:
        if plan is None:
            return _("not asked yet")
        parts = [vocab.SAFETY_PLAN_STATES.label(plan.state), formats.day(plan.made_on, style="short")]
        if plan.state in safety_plan.AT_WORK and plan.review_on is not None:
            day = formats.relative_day(plan.review_on, self.seat.desk.today())
            parts.append(_("look again: {day}").format(day=day[:1].lower() + day[1:]))
        return " · ".join(parts)

    def _facts(self, plan: SafetyPlan) -> list[Fact]:
        found: list[Fact] = []
        for field in self.seat.desk.fields(SafetyPlan):
            value = field.read(plan)
            if value in (None, "") and field.id not in plan.unanswered:
                continue
            fact = fact_of(field, plan, self.seat)
            if fact is not None:
                found.append(fact)
        return found

    def open_up(self) -> None:
        """Unfold the card."""
        self.fold.setChecked(True)

    def look_at(self) -> None:
        """Say that the plan was looked at today; the next look is as far away as the last was."""
        plan, desk = self._plan, self.seat.desk
        if plan is None:
            return
        before = {"reviewed_on": plan.reviewed_on, "review_on": plan.review_on}
        today = desk.today()
        try:
            seen = safety_plan.look_at(desk, plan)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        words = _("Looked at {day}").format(day=formats.day(today, style="day_month"))
        self.seat.say(words, lambda: safety_plan.change_safety_plan(desk, seen, **before))

    def take_off(self) -> None:
        """Take a plan written by mistake off the record; the banner puts it back."""
        plan, desk = self._plan, self.seat.desk
        if plan is None:
            return
        try:
            safety_plan.archive_safety_plan(desk, plan.id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.say(
            _("The safety plan is taken off"), lambda: safety_plan.archive_safety_plan(desk, plan.id, archived=False)
        )

    def take(self, editor: InlineForm) -> None:
        """Put *editor* under the heading."""
        self.open_up()
        self.place.addWidget(editor)
        editor.show()
        editor.begin()


class SideBySide(QWidget):
    """Two cards beside each other, or below where there is little room or one of them holds an open form."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens.RECORD_GAP)
        self._row.addWidget(left, 1)
        self._row.addWidget(right, 1)
        self._one_column = False

    def set_one_column(self, *, wanted: bool) -> None:
        """Put the cards below each other, as long as it is *wanted*."""
        self._one_column = wanted
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = not self._one_column and self.width() >= _BESIDE_FROM * theme.scale()
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != direction:
            self._row.setDirection(direction)
