"""The calendar: the line that is typed, the grid of days by worker, room or resident, and what one does with both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from shelterdesk import appointments, drafts
from shelterdesk.access import Right
from shelterdesk.appointments import GIVEN, NOT_ATTENDED, PLANNED
from shelterdesk.calendar import APPOINTMENT, CHECK_IN, DEADLINE, LEGEND, Days, Entry, read_days
from shelterdesk.errors import ShelterDeskError
from shelterdesk.fields import within_reach
from shelterdesk.i18n import _
from ui import theme
from ui.dialogs.print_tomorrow import print_tomorrow
from ui.draft_places import CONTINUE, draft_for
from ui.pages.services.calendar.entry_card import EntryCard
from ui.pages.services.calendar.line_draft import LineDraft
from ui.pages.services.calendar.panel import EntryPanel
from ui.pages.services.calendar.period import PeriodField
from ui.pages.services.calendar.planning import Planning
from ui.pages.services.calendar.rows import (
    DAY,
    EVERYBODY,
    MONTH,
    RESIDENT,
    ROOM,
    WEEK,
    WORKER,
    GridMaker,
    period,
    title,
    turned,
)
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.segmented import Segmented
from ui.widgets.text import IconLabel, Words
from ui.widgets.week_view import WeekView

_KINDS: Final = frozenset(
    {
        "appointment", "colleague", "deadline", "knows_family", "list_choice", "person", "placement", "restriction",
        "role_limit", "setting", "stay",
    }
)  # fmt: skip
"""Kinds of record the calendar shows something of."""
_SECTIONS: Final = {DEADLINE: "dates", CHECK_IN: "work"}


class CalendarPage(Page):
    """Everything planned of a day, a week or a month."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Calendar"))
        self.seat = seat
        self.may = seat.desk.may(Right.KEEP_APPOINTMENTS)
        self.on = seat.desk.today()
        self.days: Days | None = None
        self._only: dict[str, Any] = {}
        self._standing: dict[str, Any] = {}
        """What the place says where something new was begun."""
        self.card = EntryCard()
        self.planning = Planning(seat, self.card, self.where)
        self.line_draft = LineDraft(seat, self.planning)
        self.panel = EntryPanel(seat)
        self.panel.hide()
        self._make_controls()
        self.content.setSpacing(12)
        self.content.addWidget(self.card)
        if not self.may:
            self.card.hide()
        self.content.addWidget(self.panel)
        self.grid_card = Card()
        self.grid_card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.view = WeekView(_("Appointments"))
        self.view.setObjectName("week")
        self.grid_card.add(self.view, inset=1, above=1, stretch=1)
        self.grid_card.add_space(1)
        self.content.addWidget(self.grid_card, 1)
        self.content.addWidget(_Legend())
        self._connect()

    def _make_controls(self) -> None:
        self.period = PeriodField()
        self.span = Segmented(_("Show"), [(DAY, _("Day")), (WEEK, _("Week")), (MONTH, _("Month"))], WEEK)
        self.axis = Segmented(_("By"), [(WORKER, _("Worker")), (ROOM, _("Room")), (RESIDENT, _("Resident"))], WORKER)
        self.whose = ChoiceField(_("Whose month"))
        self.whose.setObjectName("whose_month")
        self.whose.hide()
        self.tomorrow = Button(_("Print tomorrow"), "printer")
        self.beside_title(self.period)
        self.controls = QWidget()
        row = Flow(self.controls)
        for widget in (self.whose, self.span, self.axis, self.tomorrow):
            row.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.controls.setSizePolicy(policy)
        self.add_act(self.controls)

    def _connect(self) -> None:
        self.period.stepped.connect(self.step)
        self.period.chosen.connect(self.show_day)
        self.period.today_wanted.connect(lambda: self.show_day(self.seat.desk.today()))
        self.span.chosen.connect(lambda _span: self.refresh())
        self.axis.chosen.connect(lambda _axis: self.refresh())
        self.whose.chosen.connect(self._choose_whose)
        self.tomorrow.clicked.connect(self.print_tomorrow)
        self.view.opened.connect(self.open)
        self.view.placed.connect(self.begin_at)
        self.view.acted.connect(self.act)
        self.view.moved.connect(self._dragged)
        self.view.turned.connect(self.step)
        self.view.asked.connect(self._show_menu)
        self.card.left_downwards.connect(self.view.setFocus)
        self.planning.preview_changed.connect(self._show)
        self.planning.planned.connect(self._planned)
        self.panel.closed.connect(self._panel_closed)
        self.panel.move_wanted.connect(self._move)
        self.seat.bus.changed.connect(self._changed)

    # --- what the window asks ------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show the week, or go on with a draft; ``about`` is an appointment."""
        self.panel.close_panel()
        self.refresh()
        if place.doing == CONTINUE:
            self._go_on(place.about)
        elif place.doing == "print_tomorrow":
            self.print_tomorrow()
        elif place.about is not None:
            self.go_to_appointment(place.about)
        elif self.may:
            self.card.line.setFocus()

    def refresh(self) -> None:
        """Read the days anew. What was typed stays."""
        self.days = read_days(self.seat.desk, *period(self.span.value(), self.on))
        self.planning.forget_words()
        self._show()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the calendar answers to at this moment."""
        found: dict[str, Callable[[], object]] = {
            "print": self.print_tomorrow,
            "help": lambda: self.seat.go(Place("help", section="calendar")),
        }
        line, acts = self.card.line, self.banner.acts()
        if self.planning.moving is not None or line.text():
            found["cancel"] = self.planning.cancel
        if line.hasFocus() and not line.isUndoAvailable() and self.banner.isVisible() and acts:
            # Nothing was typed since, so what was planned last is meant, not the line.
            found["undo"] = acts[0].click
        return found | self.panel.commands()

    def print_tomorrow(self) -> None:
        """Open the preview of tomorrow's list."""
        print_tomorrow(self.seat, self)

    def keep_drafts(self) -> None:
        """Keep what was typed into a form, or into the line."""
        self.line_draft.keep()
        self.panel.keep_drafts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_controls()

    # --- where one is --------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go one day, week or month on or back."""
        self.show_day(turned(self.span.value(), self.on, by))

    def show_day(self, day: date) -> None:
        """Show the day, week or month of *day*."""
        self.on = within_reach(day, self.seat.desk.today())
        self.refresh()

    def go_to_appointment(self, appointment_id: UUID) -> None:
        """Show the days of an appointment with the keyboard on it."""
        self.show_day(appointments.appointment_with(self.seat.desk, appointment_id).on)
        self._go_to(appointment_id)

    def where(self) -> tuple[date, dict[str, Any]]:
        """Return the first day that is looked at, and what the place of the keyboard says about something new."""
        first, _last = period(self.span.value(), self.on)
        base = max(first, self.seat.desk.today()) if first <= self.seat.desk.today() else first
        if self.span.value() == MONTH and self.on.replace(day=1) > base:
            base = self.on.replace(day=1)
        return base, self._standing

    def _show(self) -> None:
        if self.days is None:
            return
        span, axis = self.span.value(), self.axis.value()
        maker = GridMaker(self.seat.desk, self.days, self.seat.masked)
        self.period.show_period(title(span, self.on), self.on)
        self.whose.setVisible(span == MONTH)
        self._fit_controls()
        self.view.titles_head = span != MONTH
        preview = self.planning.preview
        if span == MONTH:
            only = self._only.get(axis, EVERYBODY)
            choices = maker.choices(axis)
            only = only if only in {key for key, _words in choices} else EVERYBODY
            self.whose.set_choices(choices, only)
            self.view.set_grid(maker.month(axis, self.on, only, preview))
        else:
            self.view.set_grid(maker.by(axis, self.on, span, preview))

    def _choose_whose(self, key: Any) -> None:
        self._only[self.axis.value()] = key
        self._show()

    def _changed(self, kinds: frozenset[str]) -> None:
        if kinds & _KINDS and self.isVisible():
            self.refresh()

    def _fit_controls(self) -> None:
        """Let the controls take a second line where the window is narrow."""
        flow = self.controls.layout()
        assert flow is not None
        room = self.width() - self.title.sizeHint().width() - self.period.sizeHint().width() - theme.px(112)
        width = max(min(room, flow.sizeHint().width()), self.axis.sizeHint().width())
        self.controls.setFixedWidth(width)
        self.controls.setFixedHeight(flow.heightForWidth(width))

    # --- something new -------------------------------------------------------------------------------------------

    def begin_at(self, row: Any, day: date) -> None:
        """Begin something new on *day* in the row of a worker, room or resident."""
        if not self.may:
            return
        axis, standing = self.axis.value(), dict[str, Any](on=day)
        if self.span.value() == MONTH:
            row = self._only.get(axis, EVERYBODY)
        if row not in (None, EVERYBODY, "nobody") and not isinstance(row, date):
            standing[{WORKER: "member_id", ROOM: "room", RESIDENT: "person_id"}[axis]] = row
        self._standing = standing
        self.card.line.setFocus()
        self.planning.read()

    def _planned(self, made: object) -> None:
        self._standing = {}
        if isinstance(made, UUID):
            self._go_to(made)

    def _go_to(self, appointment_id: UUID) -> None:
        entry = self._entry_of_row(appointment_id)
        if entry is None:
            return
        key = next((block.key for cell in self.view.grid.cells.values() for block in cell.blocks
                    if block.key[0] == entry.id), None)  # fmt: skip
        if key is not None:
            self.view.go_to(key)

    def _entry_of_row(self, appointment_id: UUID) -> Entry | None:
        entries = self.days.entries if self.days is not None else ()
        return next((one for one in entries if appointment_id in one.ids), None)

    def entry(self, key: Any) -> Entry | None:
        """Return the entry of a block."""
        entries = self.days.entries if self.days is not None else ()
        return next((one for one in entries if key is not None and one.id == key[0]), None)

    # --- something that stands -----------------------------------------------------------------------------------

    def open(self, key: Any) -> None:
        """Open an entry: an appointment in the panel, a court date or check-in in the record."""
        if key and key[0] == MONTH:
            self.span.set_value(DAY)
            self.show_day(key[1])
            return
        entry = self.entry(key)
        if entry is None:
            return
        if entry.source == APPOINTMENT:
            self.card.hide()
            self.panel.show_entry(entry)
            # Whose it is stands at the top; in a low window the keyboard below would have scrolled it away.
            QTimer.singleShot(0, self, lambda: self.scroll_area.verticalScrollBar().setValue(0))
        elif entry.people and self.seat.desk.may(Right.SEE_RECORDS):
            self.seat.go(Place("residents", person_id=entry.people[0], section=_SECTIONS.get(entry.source, "")))

    def act(self, key: Any, what: str) -> None:
        """Do what a key of the calendar stands for with an entry."""
        entry = self.entry(key)
        if entry is None or not self.may:
            return
        if not entry.can_change:
            self.seat.say(_("It stands in a record and is changed there. Enter opens it."), kind="info")
            return
        match what:
            case "given":
                self.panel.acts.toggle_given(entry)
            case "at_once":
                self.panel.acts.give_at_once(entry)
            case "missed":
                self.open(key)
                self.panel.ask_why()
            case _:
                self._move(entry)

    def _move(self, entry: Entry) -> None:
        self.panel.close_panel()
        self.planning.begin_move(entry)

    def _dragged(self, key: Any, row: Any, day: date) -> None:
        entry = self.entry(key)
        if entry is None or not self.may:
            return
        changes: dict[str, Any] = {"on": day}
        axis = self.axis.value()
        if self.span.value() != MONTH and axis != RESIDENT and row != "nobody":
            changes["member_id" if axis == WORKER else "room"] = row
        self.planning.move_at_once(entry, changes)

    def _panel_closed(self) -> None:
        self.card.setVisible(self.may)
        self.view.setFocus()

    def _show_menu(self, key: Any, where: QPoint) -> None:
        entry = self.entry(key)
        if entry is None:
            return
        menu = QMenu(self.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Open")).triggered.connect(lambda: self.open(key))
        if entry.can_change and self.may:
            given = _("It is planned after all") if entry.state == GIVEN else _("It took place")
            if entry.state == GIVEN or entry.on <= self.seat.desk.today():
                menu.addAction(given).triggered.connect(lambda: self.act(key, "given"))
            if entry.state != NOT_ATTENDED:
                menu.addAction(_("Not attended…")).triggered.connect(lambda: self.act(key, "missed"))
            if entry.state == PLANNED:
                menu.addAction(_("Move…")).triggered.connect(lambda: self.act(key, "move"))
        menu.popup(where)

    def _go_on(self, about: UUID | None) -> None:
        draft = draft_for(drafts.my_drafts(self.seat.desk), about)
        if draft is None:
            return
        try:
            standing = appointments.existing_id(self.seat.desk, draft.target_id)
            if standing is None and self.may:
                self.line_draft.go_on(draft)
                return
            if standing is not None:
                self.go_to_appointment(standing)
            entry = self._entry_of_row(standing) if standing is not None else None
            self.card.hide()
            self.panel.go_on(entry, draft)
        except ShelterDeskError as error:
            self.seat.complain(error)


class _Legend(QWidget):
    """What the icons stand for, in words."""

    def __init__(self) -> None:
        super().__init__()
        row = Flow(self, gap=16)
        for icon, words in LEGEND:
            row.addWidget(_Sign(icon, _(words)))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(", ".join(_(words) for _icon, words in LEGEND))


class _Sign(QWidget):
    def __init__(self, icon: str, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel(icon, 14, "muted"))
        row.addWidget(Words(words, "small", "muted"))
