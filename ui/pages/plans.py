"""Plans of all people: milestones by day, plans to look at again, papers to print."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import due, formats, milestones
from shelterdesk.access import Right
from shelterdesk.due import WHEN, DueMilestone, DuePlan, Reminder, When
from shelterdesk.errors import ShelterDeskError
from shelterdesk.folding import fold
from shelterdesk.i18n import N_, _, ngettext
from shelterdesk.milestones import OPEN_STATES, Milestone
from ui import theme
from ui.forms.inline_form import InlineForm
from ui.forms.milestone_form import MoveForm
from ui.forms.record_form import RecordForm
from ui.place import Place
from ui.safety_words import day_chip
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.search_field import SearchField
from ui.widgets.segmented import Segmented
from ui.widgets.split_rows import SplitRows
from ui.widgets.text import Words

_TITLES: Final[dict[When, str]] = {
    "past": N_("Past their day"),
    "this_week": N_("This week"),
    "later": N_("Later"),
    "done": N_("Done"),
}
_EMPTY: Final[dict[When, str]] = {
    "past": N_("Nothing is past its day."),
    "this_week": N_("Nothing else is due this week."),
    "later": N_("Nothing is planned for later."),
    "done": N_("Nothing was reached in the last 30 days."),
}
_SHAPE: Final = RowShape(height=36, second_at=0.44, chip_at=0.82, rule=True)
_MOST: Final = 200
"""Rows shown at the most; the filter finds the others."""
_QUEUE: Final = 8
_RAIL: Final = 326
_RAIL_BELOW: Final = 900
_MOVE_LETTERS: Final = frozenset("mь")
_KINDS: Final = frozenset(
    {"milestone", "plan", "person", "phase_since", "deadline", "risk_since", "safety_plan", "log"}
)


class PlansPage(Page):
    """Space marks done, M moves to another day, Enter opens the plan; all can be undone."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Plans"))
        self.seat = seat
        self.may_change = seat.desk.may(Right.CASE_WORK)
        self.editor: InlineForm | None = None
        self._due: dict[UUID, DueMilestone] = {}
        first: When = "past" if due.milestones_due(seat.desk, "past") else "this_week"
        self.when = Segmented(_("Show"), [(when, _(_TITLES[when])) for when in WHEN], first)
        self.when.chosen.connect(lambda _when: self.refresh())
        self.filter = SearchField(_("Filter by name, code or step"))
        self.filter.setObjectName("filter")
        self.filter.textChanged.connect(lambda _text: self._show())
        controls = QHBoxLayout()
        controls.setSpacing(12)
        controls.addWidget(self.when)
        controls.addWidget(self.filter, 1)
        self.content.addLayout(controls)
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(tokens.CARD_GAP)
        self.columns.addLayout(self._make_left(), 1)
        self.columns.addWidget(self._make_rail())
        self.content.addLayout(self.columns)
        self.content.addStretch(1)
        self.filter.left_downwards.connect(self.rows.setFocus)
        seat.bus.changed.connect(self._changed)

    def _make_left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        self.card = Card(_("Milestones"))
        self.rows = SplitRows(_("Milestones"), _SHAPE)
        self.rows.opened.connect(self.open)
        self.rows.toggled.connect(self.mark)
        self.rows.typed.connect(self._typed)
        self.empty = EmptyState("", icon="flag")
        self.more = Words("", "small", "muted")
        self.more.setContentsMargins(20, 4, 0, 0)
        self.card.add(self.rows, inset=1)
        self.card.add(self.empty)
        self.card.add(self.more, inset=0)
        self.card.end(10)
        left.addWidget(self.card)
        left.addStretch(1)
        return left

    def _make_rail(self) -> QWidget:
        self.rail = QWidget()
        self.rail_row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.rail)
        self.rail_row.setContentsMargins(0, 0, 0, 0)
        self.rail_row.setSpacing(12)
        self.review_card, self.review = self._queue(_("To look at again"))
        self.print_card, self.to_print = self._queue(_("To print for the file"))
        self.review.opened.connect(self._go)
        self.to_print.opened.connect(self._go)
        self.to_print.acted.connect(self.print)
        self.days_card, self.days = self._queue(_("Days not to be missed"))
        self.days.opened.connect(self._go_to_day)
        self.rail_row.addWidget(self.days_card)
        self.rail_row.addWidget(self.review_card)
        self.rail_row.addWidget(self.print_card)
        self.rail_row.addStretch(1)
        return self.rail

    def _queue(self, title: str) -> tuple[Card, RowList]:
        card = Card(title, size="body")
        rows = RowList(title, RowShape(height=34, inset=8))
        card.add(rows, inset=8)
        card.end(10)
        return card, rows

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:  # noqa: ARG002 - there is only one view
        """Show the plans."""
        self.close_editor()
        self.refresh()

    def refresh(self) -> None:
        """Read what is due anew."""
        desk = self.seat.desk
        self._due = {one.milestone.id: one for one in due.milestones_due(desk, self.when.value())}
        self._show()
        self._show_days(due.reminders(desk))
        self._show_queue(self.review_card, self.review, due.plans_to_review(desk), printing=False)
        self._show_queue(self.print_card, self.to_print, due.papers_to_print(desk), printing=True)

    def _show(self) -> None:
        shown = [one for one in self._due.values() if self._fits(one)]
        rows: list[Row] = []
        for heading, group in groupby(shown[:_MOST], key=self._heading):
            if heading:
                rows.append(Row(heading, header=True))
            rows += [self._row(one) for one in group]
        self.rows.set_rows(rows)
        self.card.set_aside(_("Space: done     M: move     Enter: open") if self.may_change and shown else "")
        self.rows.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self.empty.say(_("Nothing fits this filter.") if self._due else _(_EMPTY[self.when.value()]))
        more = len(shown) - _MOST
        self.more.setVisible(more > 0)
        self.more.setText(ngettext("and {n} more; type to find it", "and {n} more; type to find them", max(more, 1)))

    def _fits(self, one: DueMilestone) -> bool:
        whole = fold(f"{one.person} {one.code} {one.words}")
        return all(word in whole for word in fold(self.filter.text()).split())

    def _heading(self, one: DueMilestone) -> str:
        when, milestone = self.when.value(), one.milestone
        if when == "past":
            return ""
        day = milestone.done_on if when == "done" else milestone.due_on
        if day is None:
            return _("Without a day")
        return formats.month(day) if when == "later" else formats.day(day, style="weekday_day_month")

    def _row(self, one: DueMilestone) -> Row:
        milestone, today = one.milestone, self.seat.desk.today()
        done = milestone.status == "done"
        day = milestone.done_on if done else milestone.due_on
        return Row(
            self.seat.masked(one.words),
            milestone.id,
            checked=done if self.may_change else None,
            icon="" if self.may_change else "flag",
            quiet=done,
            second=self.seat.masked(one.person),
            trailing=formats.day(day, style="day_month") if day else "–",
            chip=_chip(milestone, (today - day).days if day and not done else None),
            sensitive=True,
        )

    def _show_days(self, found: list[Reminder]) -> None:
        """Show all days of the records that have come near; on Today stand only the first."""
        today = self.seat.desk.today()
        self.days_card.set_aside(formats.number(len(found)) if found else "")
        rows = [
            Row(
                self.seat.masked(one.person),
                Place("residents", person_id=one.person_id, section=one.section, about=one.id),
                detail=self.seat.masked(one.words),
                chip=day_chip(one.on, today),
                sensitive=True,
            )
            for one in found
        ]
        self.days.set_rows(rows or [Row(_("No day has come near."), None, quiet=True, lines=2)])

    def _go_to_day(self, place: Any) -> None:
        if isinstance(place, Place):
            self.seat.go(place)

    def _show_queue(self, card: Card, rows: RowList, found: list[DuePlan], *, printing: bool) -> None:
        today = self.seat.desk.today()
        card.set_aside(formats.number(len(found)) if found else "")
        shown: list[Row] = []
        for one in found[:_QUEUE]:
            review = one.plan.review_on
            past = review is not None and review <= today and not printing
            trailing = formats.day(review, style="day_month_short") if review and not printing and not past else ""
            chip = ChipText(_past((today - review).days), "attention", "clock") if past and review else None
            action = _("Print…") if printing and self.seat.desk.may(Right.PRINT_PLANS) else ""
            person = self.seat.masked(one.person)
            shown.append(Row(person, one.person_id, detail=one.code, trailing=trailing, chip=chip, action=action))
        if len(found) > _QUEUE:
            more = len(found) - _QUEUE
            shown.append(Row(ngettext("and {n} more", "and {n} more", more), None, quiet=True))
        if not found:
            nothing = _("No plan waits for its paper.") if printing else _("No plan is to be looked at this week.")
            shown.append(Row(nothing, None, quiet=True, lines=2))
        rows.set_rows(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        below = self.width() / theme.scale() < _RAIL_BELOW
        directions = QBoxLayout.Direction
        self.columns.setDirection(directions.TopToBottom if below else directions.LeftToRight)
        self.rail_row.setDirection(directions.LeftToRight if below else directions.TopToBottom)
        self.rail.setMinimumWidth(0)
        self.rail.setMaximumWidth(16777215)
        if not below:
            self.rail.setFixedWidth(theme.px(_RAIL))

    # --- acts --------------------------------------------------------------------------------------------------

    def open(self, milestone_id: Any) -> None:
        """Open the plan a milestone belongs to."""
        one = self._due.get(milestone_id)
        if one is not None:
            self.seat.go(Place("residents", person_id=one.person_id, section="plan", about=milestone_id))

    def mark(self, milestone_id: Any, done: bool) -> None:
        """Mark a milestone done, or open again; the banner takes it back."""
        one = self._due.get(milestone_id)
        if one is None or not self.may_change:
            return
        self._to_neighbour(milestone_id)
        before, desk = one.milestone, self.seat.desk
        status, done_on = before.status, before.done_on
        try:
            after = milestones.mark_done(desk, before, done=done)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        said = _("Marked done") if done else _("Open again")
        self.seat.say(said, lambda: self._put_back(after, status=status, done_on=done_on))

    def move(self, milestone_id: Any) -> None:
        """Ask for another day below the row of a milestone."""
        one = self._due.get(milestone_id)
        if one is None or not self.may_change:
            return
        self.close_editor()
        was = one.milestone.due_on
        form = MoveForm(self.seat, one.milestone)
        said: list[tuple[str, Callable[[], None]]] = []

        def store(_form: RecordForm) -> Milestone:
            moved = form.store()
            day = formats.day(moved.due_on, style="weekday_day_month") if moved.due_on else _("no day")
            said.append((_("Moved to {day}").format(day=day), lambda: self._put_back(moved, due_on=was)))
            return moved

        def finished(_saved: bool) -> None:
            self.close_editor()
            self.refresh()
            if said:
                self.seat.say(*said[0])

        self.editor = InlineForm(self.seat, form, _("Move"), store, parent=self.rows)
        self.editor.finished.connect(finished)
        self.rows.open_panel(self.editor, milestone_id)
        form.select_day()

    def print(self, person_id: Any) -> None:
        """Offer the papers of a plan."""
        from ui.dialogs.print_papers import print_plan

        if person_id is not None:
            print_plan(self.seat, person_id, self)

    def close_editor(self) -> None:
        """Close the editor that is open."""
        self.editor = None
        self.rows.close_panel()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the page answers to at this moment."""
        if self.editor is not None:
            return self.editor.commands()
        return {}

    def keep_drafts(self) -> None:
        """Nothing is typed here that is worth keeping."""

    def _go(self, person_id: Any) -> None:
        if person_id is not None:
            self.seat.go(Place("residents", person_id=person_id, section="plan"))

    def _typed(self, key: Any, letter: str) -> None:
        if letter.casefold() in _MOVE_LETTERS:
            self.move(key)

    def _put_back(self, milestone: Milestone, **values: Any) -> None:
        try:
            milestones.change_milestone(self.seat.desk, milestone, **values)
        except ShelterDeskError as error:
            self.seat.complain(error)

    def _to_neighbour(self, milestone_id: Any) -> None:
        """Put the keyboard on the next row, because this one is about to leave the list."""
        keys = [row.key for row in self.rows.rows() if not row.header]
        at = keys.index(milestone_id)
        near = keys[at + 1 :] or keys[:at][::-1]
        if near:
            self.rows.go_to(near[0])

    def _changed(self, kinds: frozenset[str]) -> None:
        # A visit reads everything anew, so only what is on screen has to follow.
        if kinds & _KINDS and self.isVisible():
            self.refresh()


def _chip(milestone: Milestone, days: int | None) -> ChipText | None:
    if milestone.status == "done":
        return ChipText(_("Done"), "done", "check")
    if days is not None and days >= 0 and milestone.status in OPEN_STATES:
        return ChipText(_past(days), "attention", "clock")
    if milestone.status == "under_way":
        return ChipText(_("Under way"), "info", "circle-dot")
    return ChipText(_("Planned"), "neutral", "circle")


def _past(days: int) -> str:
    return formats.days_past(days) if days else _("Today")
