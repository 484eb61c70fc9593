"""The register: services of a day or week, a line to write the next one down in, and a filter while typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout

from shelterdesk import formats, help_given, residents, services, vocab
from shelterdesk.access import Right
from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.fields import within_reach
from shelterdesk.folding import fold
from shelterdesk.i18n import _, ngettext
from shelterdesk.residents import ListRow
from shelterdesk.services import COUNTED_OUTCOMES, Service
from ui.forms.register_line import RegisterLine
from ui.place import Place
from ui.seat import Seat
from ui.service_words import given_by, outcome_chip
from ui.widgets.buttons import Button, IconButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.search_field import SearchField
from ui.widgets.segmented import Segmented
from ui.widgets.table_view import Cell, Column, TableGroup, TableRow, TableView

DAY, WEEK = "day", "week"
_WEEK = timedelta(days=7)


_KINDS = frozenset({"service", "person"})
_OFFERED = frozenset({"list_choice", "person", "restriction", "knows_family", "service_kind", "stay"})
"""Kinds of record that change whom and what the line offers."""


class RegisterPage(Page):
    """Every service of a day or a week."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Register"))
        self.seat = seat
        self.on = seat.desk.today()
        self._services: list[Service] = []
        self._people: dict[UUID, ListRow] = {}
        if seat.desk.may(Right.GIVE_SERVICES):
            note = Button(_("New note"), "notebook-pen")
            note.clicked.connect(lambda: seat.go(Place("services", doing="new_note")))
            self.add_act(note)
            group = Button(_("Group session"), "users-round")
            group.setObjectName("new_group")
            group.clicked.connect(lambda: seat.go(Place("services", list_id="register", doing="new_group")))
            self.add_act(group)
            self.new_button = PrimaryButton(_("New service"), "plus")
            self.new_button.clicked.connect(self._add)
            self.add_act(self.new_button)
        self.line: RegisterLine | None = None
        if seat.desk.may(Right.GIVE_SERVICES):
            self._make_line()
        self.content.addLayout(self._make_controls())
        self.card = Card()
        self.table = TableView(
            _("Services"),
            (
                Column(_("Resident"), 3),
                Column(_("Service"), 5),
                Column(_("Given by"), 3),
                Column(_("Time, amount"), width=112, number=True),
                Column(_("Outcome"), width=132),
            ),
            fits=True,
        )
        self.table.setObjectName("services")
        self.table.opened.connect(self._open)
        if self.line is not None:
            self.line.save_wanted.connect(self.save_line)
        self.empty = EmptyState("", _("New service") if seat.desk.may(Right.GIVE_SERVICES) else "", "hand-heart")
        self.empty.pressed.connect(self._add)
        self.card.add(self.table, inset=1, above=1)
        self.card.add(self.empty)
        self.card.end(4)
        self.content.addWidget(self.card)
        self.projects = Card(_("Things and money by project"))
        self.projects.setObjectName("by_project")
        self.sums = TableView(
            _("Things and money by project"),
            (
                Column(_("Project"), 5),
                Column(_("People"), width=96, number=True),
                Column(_("Times"), width=96, number=True),
                Column(_("Sum"), width=140, number=True),
            ),
            fits=True,
        )
        self.sums.setObjectName("project_sums")
        self.projects.add(self.sums, inset=1, above=4)
        self.projects.end(8)
        self.content.addWidget(self.projects)
        self.content.addStretch(1)
        seat.bus.changed.connect(self._changed)
        seat.visitor_changed.connect(self._offer_anew)

    def _make_line(self) -> None:
        """Put the line for the next service above the list, with what it answers to in words."""
        self.line_card = Card(_("Write down"))
        self.line_card.setObjectName("write_down")
        self.line_card.set_aside(_("Enter saves and begins the next; the day carries over"))
        self.line = RegisterLine(self.seat)
        self.line_card.add(self.line, above=4)
        self.line_card.end(12)
        self.content.addWidget(self.line_card)

    def save_line(self) -> bool:
        """Save the line and begin the next, or show what is to be changed."""
        line = self.line
        assert line is not None
        line.clear_problems()
        try:
            saved = line.store()
        except Problems as problems:
            line.show_problems(problems)
            return False
        except ShelterDeskError as error:
            line.keep_draft()
            self.seat.complain(error)
            return False
        desk = self.seat.desk
        line.forget_draft()
        line.begin_anew(keep=True)
        self.take_in(saved.given_on)
        self.refresh()
        self.table.go_to(saved.id)
        line.begin()
        self.seat.saved.emit()
        self.seat.say(_("Service saved"), lambda: services.archive_service(desk, saved.id))
        return True

    def _cancel_line(self) -> None:
        """Empty the line; what was typed can be had back from the banner."""
        line = self.line
        assert line is not None
        typed = line.as_draft()
        line.forget_draft()
        line.begin_anew()
        line.clear_problems()
        line.begin()
        self.seat.say(_("What was typed is not saved."), lambda: line.load_draft(typed), kind="info")

    def _make_controls(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.length = Segmented(_("Show"), [(DAY, _("Day")), (WEEK, _("Week"))], WEEK)
        self.back = IconButton("chevron-left", _("Earlier"))
        self.on_button = IconButton("chevron-right", _("Later"))
        self.today = Button(_("Today"))
        self.filter = SearchField(_("Filter by name, code, service or worker"))
        self.filter.setObjectName("filter")
        families = [(code.code, _(code.label)) for code in vocab.SERVICE_FAMILIES]
        self.family = ChoiceField(_("Kind of service"), [("", _("All kinds")), *families], "", fold=fold)
        self.family.setObjectName("family")
        for widget in (self.length, self.back, self.on_button, self.today):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.filter, 1)
        row.addWidget(self.family)
        self.length.chosen.connect(lambda _length: self.refresh())
        self.back.clicked.connect(lambda: self.step(-1))
        self.on_button.clicked.connect(lambda: self.step(1))
        self.today.clicked.connect(lambda: self.show_day(self.seat.desk.today()))
        self.filter.textChanged.connect(lambda _text: self._show())
        self.filter.left_downwards.connect(self.table_focus)
        self.family.chosen.connect(lambda _family: self._show())
        return row

    def table_focus(self) -> None:
        """Put the keyboard on the first service."""
        self.table.setFocus()

    def period(self) -> tuple[date, date]:
        """Return the first and the last day shown."""
        if self.length.value() == DAY:
            return self.on, self.on
        first = self.on - timedelta(days=self.on.weekday())
        return first, first + timedelta(days=6)

    def step(self, by: int) -> None:
        """Go one day or week on or back."""
        self.show_day(self.on + (timedelta(days=by) if self.length.value() == DAY else _WEEK * by))

    def show_day(self, day: date) -> None:
        """Show the day or week of *day*."""
        self.on = within_reach(day, self.seat.desk.today())
        self.refresh()

    def take_in(self, day: date) -> None:
        """Turn to the day of what was just written down where it is not shown; it is read with the next look."""
        first, last = self.period()
        if not first <= day <= last:
            self.on = day

    def refresh(self) -> None:
        """Read the services of the period anew."""
        first, last = self.period()
        self._services = services.services_between(self.seat.desk, first, last)
        self._people = residents.rows_of(self.seat.desk, {one.person_id for one in self._services})
        self._show_sums(first, last)
        self._show()

    def _show_sums(self, first: date, last: date) -> None:
        """Show what each project paid in these days; where nothing was paid there is no card."""
        found = help_given.sums_by_project(self.seat.desk, first, last)
        names = self.seat.names("project")
        self.sums.set_content(
            [
                TableRow(
                    (one.project_id, one.total.currency),
                    (
                        Cell(names.get(one.project_id, "") if one.project_id else _("No project")),
                        Cell(formats.number(one.people), tint="muted"),
                        Cell(formats.number(one.total.times), tint="muted"),
                        Cell(one.total.words()),
                    ),
                )
                for one in found
            ]
        )
        self.projects.setVisible(bool(found))

    def _show(self) -> None:
        shown = [one for one in self._services if self._fits(one)]
        first, last = self.period()
        period = formats.day(first, style="weekday_long") if first == last else formats.span(first, last)
        given = sum(one.outcome in COUNTED_OUTCOMES for one in shown)
        counted = ngettext("{n} service given", "{n} services given", given)
        money = [one.words() for one in help_given.sums_of(self.seat.desk, shown)]
        self.set_title(_("Register"), "  ·  ".join((period, counted, *money)))
        groups = [
            TableGroup(formats.day(day, style="weekday_day_month"), rows=tuple(self._row(one) for one in on_day))
            for day, on_day in groupby(shown, key=lambda one: one.given_on)
        ]
        self.table.set_content(groups)
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        searched = bool(self.filter.text().strip() or self.family.value())
        nothing = _("No service fits this filter.") if searched else _("No service is written down for these days.")
        self.empty.say(nothing, "" if searched else self.empty.button.words())

    def _fits(self, one: Service) -> bool:
        if self.family.value() and vocab.SERVICE_KINDS.group(one.kind) != self.family.value():
            return False
        words = fold(self.filter.text()).split()
        if not words:
            return True
        person = self._people.get(one.person_id)
        by = given_by(self.seat, one)
        whole = fold(f"{person.name if person else ''} {person.code if person else ''} {_listed(one)} {by}")
        return all(word in whole for word in words)

    def _row(self, one: Service) -> TableRow:
        person = self._people.get(one.person_id)
        by = given_by(self.seat, one)
        return TableRow(
            one.id,
            (
                Cell(self.seat.masked(person.name) if person else "", person.code if person else ""),
                Cell(_listed(one)),
                Cell(by or "–", tint="muted"),
                Cell(self._measure(one), tint="muted"),
                Cell(vocab.SERVICE_OUTCOMES.label(one.outcome), tint="muted", chip=outcome_chip(one)),
            ),
        )

    def _measure(self, one: Service) -> str:
        """Return what it cost or was worth, else how long it took."""
        amount = help_given.amount_words(self.seat.desk, one)
        return amount or (formats.duration(one.minutes) if one.minutes else "–")

    def _open(self, service_id: Any) -> None:
        found = next((one for one in self._services if one.id == service_id), None)
        if found is not None:
            self.seat.go(Place("residents", person_id=found.person_id, section="services", about=found.id))

    def _add(self) -> None:
        self.seat.go(Place("services", doing="new_service"))

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the line answers to."""
        if self.line is None:
            return {}
        found: dict[str, Callable[[], object]] = {"save": self.save_line, "save_and_add": self.save_line}
        if self.line.is_dirty():
            found["cancel"] = self._cancel_line
        return found

    def keep_drafts(self) -> None:
        """Keep what stands in the line."""
        if self.line is not None:
            self.line.keep_draft()

    def show_place(self, _place: Place) -> None:
        """Show the days that were shown last."""
        self.refresh()
        if self.line is not None:
            self.line.offer_anew()
            self.line.begin()

    def _changed(self, kinds: frozenset[str]) -> None:
        # A visit reads everything anew, so only what is on screen has to follow.
        if kinds & _KINDS and self.isVisible():
            self.refresh()
        if kinds & _OFFERED and self.isVisible():
            self._offer_anew()

    def _offer_anew(self) -> None:
        if self.line is not None:
            self.line.offer_anew()


def _listed(one: Service) -> str:
    """Return the neutral words for a list that lies open on a desk."""
    return vocab.SERVICE_KINDS.listed(one.kind)
