"""Cards of the overview: how the plan goes, what comes up, what she is good at, what keeps her safe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from shelterdesk import appointments, formats, milestones, placements, plans, vocab
from shelterdesk.access import Right
from shelterdesk.appointments import Appointment
from shelterdesk.fields import CLOSED
from shelterdesk.folding import fold
from shelterdesk.i18n import _, ngettext
from shelterdesk.people import Person
from shelterdesk.schema.base import declared
from ui import theme
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.masked_value import SHOWN_FOR_SECONDS
from ui.widgets.progress_segments import ProgressSegments
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words

_COMING = 5
_MASKED = {"phone": "phone", "family_lives_in": "map-pin", "emergency_contact": "user-round"}
"""Sensitive values of the safety card, with their icons."""
_SOON = timedelta(days=6)
_ICONS = {
    "session": "hand-heart",
    "group": "users-round",
    "assessment": "notebook-pen",
    "clinic": "stethoscope",
    "court": "scale",
    "lawyer": "scale",
    "police": "scale",
    "check_in": "briefcase",
    "lesson": "graduation-cap",
}


class ProgressCard(Card):
    """One line of segments for each domain of the plan."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Plan progress"), size="body")
        self.seat = seat
        self.aside.setProperty("type", "body")
        self._place: Place | None = None
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._lines: dict[str, tuple[ProgressSegments, Words]] = {}
        for number, domain in enumerate(vocab.PLAN_DOMAINS):
            segments, count = ProgressSegments(), Words("", tone="muted")
            self._grid.addWidget(Words(vocab.PLAN_DOMAINS.label(domain.code)), number, 0)
            self._grid.addWidget(segments, number, 1)
            self._grid.addWidget(count, number, 2)
            self._grid.setRowMinimumHeight(number, theme.px(28))
            self._lines[domain.code] = (segments, count)
        self.empty = Words(_("No plan yet."), tone="muted")
        self.begin = LinkButton(_("Begin a plan"))
        self.begin.clicked.connect(self._begin)
        self.add(self.empty)
        line = QHBoxLayout()
        line.addWidget(self.begin)
        line.addStretch(1)
        self.add_layout(line, inset=11)
        self.add(self._table)
        self.end(14)

    def show_person(self, person_id: UUID) -> None:
        """Show how far the plan of a person is."""
        desk = self.seat.desk
        self._place = Place("residents", person_id=person_id, section="plan", doing="new_plan")
        made = plans.plans_of(desk, person_id)
        found = milestones.milestones_of(desk, made[0].id) if made else []
        counted = [one for one in found if one.status != "stopped"]
        for domain, (segments, count) in self._lines.items():
            states = [one.status for one in counted if one.domain == domain]
            done, begun, whole = states.count("done"), states.count("under_way"), len(states)
            words = _("{done} of {all}").format(done=done, all=whole)
            title = vocab.PLAN_DOMAINS.label(domain)
            segments.set_progress(done, begun, whole, _("{title}: {words}").format(title=title, words=words))
            count.setText(words if whole else "–")
        finished = sum(one.status == "done" for one in counted)
        aside = ngettext("{done} of {n} milestone", "{done} of {n} milestones", len(counted), done=finished)
        self.set_aside(aside if made else "")
        self._table.setVisible(bool(made))
        self.empty.setVisible(not made)
        self.begin.setVisible(not made and desk.may(Right.CASE_WORK))

    def _begin(self) -> None:
        if self._place is not None:
            self.seat.go(self._place)


class ComingCard(Card):
    """Appointments, check-ins and the review of the plan, the nearest first.

    ``appointment_wanted`` asks for the editor of an appointment, by its id or None for a new one.
    """

    appointment_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Coming up"), size="body")
        self.seat = seat
        self.act = LinkButton(_("Add"), slim=True)
        self.act.setAccessibleName(_("Add an appointment"))
        self.at_right(self.act)
        self.rows = RowList(_("Coming up"), RowShape(height=32, day_column=60, inset=10))
        self.empty = Words(_("Nothing is planned."), tone="muted")
        self.add(self.empty)
        self.add(self.rows, inset=8)
        self.end(12)
        self.rows.opened.connect(self._open)
        self.act.clicked.connect(lambda: self.appointment_wanted.emit(None))

    def _open(self, key: object) -> None:
        if isinstance(key, Place):
            self.seat.go(key)
        elif isinstance(key, tuple):
            self.appointment_wanted.emit(key[1])

    def show_person(self, person_id: UUID) -> None:
        """Show what comes up for a person."""
        self.act.setVisible(self.seat.desk.may(Right.KEEP_APPOINTMENTS))
        desk = self.seat.desk
        today = desk.today()
        found: list[tuple[date, time, Row]] = []
        for one in appointments.appointments_of(desk, person_id, today):
            key = ("appointment", one.id)
            found.append((one.on, one.at or time.max, self._row(self._words(one), one.on, _icon(one.kind), key)))
        for placement, _stage in placements.placements_of(desk, person_id):
            on = placement.check_in_on
            if on is not None and on >= today:
                row = self._row(vocab.APPOINTMENT_KINDS.label("check_in"), on, "briefcase", self._at(person_id, "work"))
                found.append((on, time.max, row))
        made = plans.plans_of(desk, person_id)
        if made and made[0].review_on is not None and made[0].review_on >= today:
            review = made[0].review_on
            found.append(
                (review, time.max, self._row(_("Plan review"), review, "list-checks", self._at(person_id, "plan")))
            )
        found.sort(key=lambda one: one[:2])
        self.rows.set_rows([row for _on, _time, row in found[:_COMING]])
        self.rows.setVisible(bool(found))
        self.empty.setVisible(not found)

    @staticmethod
    def _at(person_id: UUID, section: str) -> Place:
        return Place("residents", person_id=person_id, section=section)

    def _words(self, one: Appointment) -> str:
        written = declared(Appointment, "words").read(one)
        if self.seat.visitor:
            words = vocab.APPOINTMENT_KINDS.listed(one.kind)
        elif written and written is not CLOSED:
            words = str(written)
        else:
            words = vocab.APPOINTMENT_KINDS.label(one.kind)
        return _("{what}, {time}").format(what=words, time=f"{one.at:%H:%M}") if one.at else words

    def _row(self, words: str, on: date, icon: str, key: Any) -> Row:
        return Row(words, key, icon=icon, day=short_day(on, self.seat.desk.today()), sensitive=True)


def _icon(kind: str) -> str:
    return _ICONS.get(kind, "calendar")


def short_day(on: date, today: date) -> str:
    """Return «Today», «Thu 19» within the week, else «12 Dec»."""
    if on == today:
        return _("Today")
    if today < on <= today + _SOON:
        return f"{formats.day(on, style='weekday_short')} {on.day}"
    return formats.day(on, style="day_month_short")


class StrengthsCard(Card):
    """What she is good at and what she wants, in her own lines. ``change_wanted`` asks for the editor."""

    change_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Strengths"), size="body")
        self.seat = seat
        self.act = LinkButton(_("Add"), slim=True)
        self.act.setAccessibleName(_("Add strengths"))
        self.at_right(self.act)
        self.rows = RowList(_("Strengths"), RowShape(height=28, inset=10))
        self.empty = Words(_("What is she good at? What does she want?"), tone="muted", wrap=True)
        self.add(self.empty)
        self.add(self.rows, inset=8)
        self.end(12)
        self.act.clicked.connect(self.change_wanted)

    def show_person(self, person: Person) -> None:
        """Show the lines of a person."""
        written = declared(Person, "strengths").read(person)
        lines = lines_of(written)
        closed = written is CLOSED
        self.rows.set_rows(
            [
                Row(self.seat.masked(line), number, icon="sprout", icon_tint="done", lines=3, sensitive=True)
                for number, line in enumerate(lines)
            ]
        )
        self.rows.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.empty.setText(closed_words() if closed else _("What is she good at? What does she want?"))
        self.act.setVisible(self.seat.desk.may(Right.CHANGE_PERSON) and not closed)


class SafetyCard(Card):
    """What to heed, and values that are dots until somebody asks. ``change_wanted`` asks for the editor."""

    change_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Safety"), size="body")
        self.seat = seat
        self.rows = RowList(_("Safety"), RowShape(height=28, inset=10))
        self.rows.setObjectName("safety")
        self.empty = Words(_("Nothing to heed is written down."), tone="muted", wrap=True)
        self.add(self.empty)
        self.add(self.rows, inset=8)
        self.end(12)
        self._person: Person | None = None
        self._shown: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_FOR_SECONDS * 1000)
        self._timer.timeout.connect(self.mask)
        self.rows.acted.connect(self._reveal)

    def show_person(self, person: Person) -> None:
        """Show what keeps a person safe, sensitive values masked."""
        if self._person is None or self._person.id != person.id:
            self._shown.clear()
        self._person = person
        reviewed = person.safety_reviewed_on
        words = _("reviewed {day}").format(day=formats.day(reviewed, style="day_month")) if reviewed else ""
        self.set_aside(words)
        self._show()

    def mask(self) -> None:
        """Show dots again."""
        self._timer.stop()
        if self._shown:
            self._shown.clear()
            self._show()

    def reveal_all(self) -> None:
        """Show all masked values for a while."""
        self._shown |= set(_MASKED)
        self._timer.start()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        self.mask()
        super().hideEvent(event)

    def _show(self) -> None:
        person = self._person
        assert person is not None
        safety = declared(Person, "safety").read(person)
        lines = lines_of(safety)
        when = declared(Person, "phone_when").read(person)
        if when and when is not CLOSED and not any(fold(str(when)) in fold(line) for line in lines):
            label = _(declared(Person, "phone_when").label)
            lines.append(_("{label}: {value}").format(label=label, value=when))
        rows = [
            Row(
                self.seat.masked(line),
                ("line", number),
                icon="triangle-alert",
                icon_tint="attention",
                lines=3,
                sensitive=True,
            )
            for number, line in enumerate(lines)
        ]
        rows += self._masked_rows(person)
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.setText(closed_words() if safety is CLOSED else _("Nothing to heed is written down."))

    def _masked_rows(self, person: Person) -> list[Row]:
        rows: list[Row] = []
        for attribute, icon in (
            ("phone", "phone"),
            ("family_lives_in", "map-pin"),
            ("emergency_contact", "user-round"),
        ):
            field = declared(Person, attribute)
            value = field.read(person)
            if not value or value is CLOSED:
                continue
            label = _(field.label)
            shown = attribute in self._shown and not self.seat.visitor
            rows.append(
                Row(
                    f"{label}  {value}" if shown else f"{label}  •••••••••",
                    attribute,
                    icon=icon,
                    action="" if self.seat.visitor else (_("Hide") if shown else _("Show")),
                    sensitive=True,
                    spoken=f"{label} {value}" if shown else _("{name}, hidden").format(name=label),
                )
            )
        return rows

    def _reveal(self, key: Any) -> None:
        if key in self._shown:
            self._shown.discard(key)
        else:
            self._shown.add(key)
            self._timer.start()
        self._show()


def lines_of(written: Any) -> list[str]:
    """Return the lines of a text, without empty ones."""
    if not isinstance(written, str):
        return []
    return [line.strip(" -•\t") for line in written.splitlines() if line.strip(" -•\t")]


def closed_words() -> str:
    """Return what stands where the reader lacks the key."""
    return _("Only readable by those whose work needs it.")


def missing_fields(person: Person, fields: Sequence[Any]) -> list[Any]:
    """Return those of *fields* nobody has asked about yet: no value and no reason."""
    missing: list[Any] = []
    for field in fields:
        value = field.read(person)
        if value is CLOSED or field.id in person.unanswered:
            continue
        if value is None or value == "" or value == frozenset():
            missing.append(field)
    return missing
