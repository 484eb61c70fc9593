"""Cards of the overview: how the plan goes, what comes up, what she is good at."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from shelterdesk import appointments, deadlines, formats, milestones, placements, plans, tasks, vocab
from shelterdesk.access import Right
from shelterdesk.appointments import Appointment
from shelterdesk.deadlines import Deadline
from shelterdesk.fields import CLOSED
from shelterdesk.i18n import _, ngettext
from shelterdesk.people import Person
from shelterdesk.schema.base import declared, text_of
from shelterdesk.tasks import Task
from ui import theme
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card, side_by_side
from ui.widgets.progress_segments import ProgressSegments
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words

_COMING = 6
_SOON = timedelta(days=6)
_TAKE_PLACE = frozenset({"court_date", "other"})
"""Dates on which something happens; the rest are days on which something ends."""
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
        self.add_layout(side_by_side(self.begin), inset=11)
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
        hours = {(on, at) for on, at, _row in found}
        for one in deadlines.minded(deadlines.deadlines_of(desk, person_id)):
            on, at = one.until, one.at or time.max
            if on is not None and on >= today and (on, at) not in hours:
                found.append((on, at, self._date_row(one, on)))
        found += [self._task_row(one) for one in tasks.open_tasks_of(desk, person_id)]
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

    def _task_row(self, one: Task) -> tuple[date, time, Row]:
        written = text_of(one, "words")
        words = written if written and not self.seat.visitor else _("Task")
        place = Place("services", list_id="tasks", doing="edit_task", about=one.id)
        # What has no day or is past it is to be done today.
        on = max(one.due_on or self.seat.desk.today(), self.seat.desk.today())
        return on, time.max, self._row(words, on, "list-checks", place)

    @staticmethod
    def _at(person_id: UUID, section: str) -> Place:
        return Place("residents", person_id=person_id, section=section)

    def _words(self, one: Appointment) -> str:
        written = text_of(one, "words")
        if self.seat.visitor:
            words = vocab.APPOINTMENT_KINDS.listed(one.kind)
        elif written:
            words = written
        else:
            words = vocab.APPOINTMENT_KINDS.label(one.kind)
        return _("{what}, {time}").format(what=words, time=f"{one.at:%H:%M}") if one.at else words

    def _date_row(self, one: Deadline, on: date) -> Row:
        words = vocab.DEADLINE_KINDS.label(one.kind)
        if self.seat.visitor:
            words = vocab.DEADLINE_KINDS.listed(one.kind)
        elif one.kind not in _TAKE_PLACE:
            words = _("{what} ends").format(what=words)
        if one.at:
            words = _("{what}, {time}").format(what=words, time=f"{one.at:%H:%M}")
        place = Place("residents", person_id=one.person_id, section="dates", about=one.id)
        return self._row(words, on, "calendar-clock" if one.kind not in _TAKE_PLACE else "scale", place)

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


def lines_of(written: Any) -> list[str]:
    """Return the lines of a text, without empty ones."""
    if not isinstance(written, str):
        return []
    return [line.strip(" -•\t") for line in written.splitlines() if line.strip(" -•\t")]


def closed_words() -> str:
    """Return what stands where the reader lacks the key."""
    return _("Only readable by those whose work needs it.")
