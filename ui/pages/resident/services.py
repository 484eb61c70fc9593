"""Services of one person: by month, each opened where it stands, with its notes as far as the keys go."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk import formats, help_given, note_versions, notes, services, vocab
from shelterdesk.access import Right
from shelterdesk.group_sessions import group_of
from shelterdesk.i18n import _, ngettext
from shelterdesk.note_parts import EVERY_PART, has_words
from shelterdesk.schema.base import text_of
from shelterdesk.service_history import added_up, first_day, pick
from shelterdesk.services import COUNTED_OUTCOMES, RESTRICTED_NOTES, Service, restricted_note
from ui.dialogs.print_services import print_help_receipt, print_services
from ui.pages.resident.editing import EditingSection
from ui.pages.resident.field_facts import rest_of
from ui.pages.resident.note_panel import (
    SUPERVISE,
    add_earlier,
    add_lock,
    service_before,
    supervision_for,
    way_to_hearing,
    who_wrote,
)
from ui.pages.resident.opened import OpenedPanel
from ui.pages.resident.service_history import TABLE, TIMELINE, HistoryBar, HoursCard
from ui.place import Place
from ui.seat import Seat
from ui.service_words import given_by, icon_of, outcome_chip
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.facts import Fact
from ui.widgets.rows import Row, RowShape
from ui.widgets.split_rows import SplitRows
from ui.widgets.table_view import Cell, Column, TableRow, TableView

_SHAPE = RowShape(height=36, inset=14, day_column=52, second_at=0.62, third_at=0.775, chip_at=0.865, rule=True)

_PLACED = (
    "kind", "given_on", "given_by", "provider", "minutes", "form", "outcome", "project_id", "team_note",
    "amount", "currency",
    *RESTRICTED_NOTES.values(), *EVERY_PART,
)  # fmt: skip
"""What the row and the panel below it show by hand."""


class ServicesSection(EditingSection):
    """Enter opens a service below its row; the restricted note takes a second step."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, _("Services"), parent)
        self.services: list[Service] = []
        self.may_give = seat.desk.may(Right.GIVE_SERVICES)
        self.new_button = PrimaryButton(_("New service"), "plus")
        self.new_button.clicked.connect(self.add)
        self.add_act(self.new_button)
        self.new_button.setVisible(self.may_give)
        self.bar = HistoryBar()
        self.bar.changed.connect(self.refresh)
        self.bar.print_wanted.connect(self.print_report)
        self.content.addWidget(self.bar)
        self.card = Card()
        self.rows = SplitRows(_("Services"), _SHAPE)
        self.rows.opened.connect(self.toggle)
        self.rows.marked.connect(self.toggle)
        self.card.add(self.rows, inset=1, above=4)
        self.card.end(8)
        self.empty_card = Card()
        empty = EmptyState(
            _("No service is written down yet."), _("New service") if self.may_give else "", "hand-heart"
        )
        empty.pressed.connect(self.add)
        self.empty_card.add(empty)
        self.table = TableView(
            _("Services"),
            (
                Column(_("Date given"), width=124),
                Column(_("Service"), 5),
                Column(_("Given by"), 3),
                Column(_("Time, amount"), width=112, number=True),
                Column(_("Outcome"), width=132),
            ),
            fits=True,
        )
        self.table.setObjectName("services_table")
        self.table.opened.connect(self._open_in_timeline)
        self.table_card = Card()
        self.table_card.add(self.table, inset=1, above=1)
        self.table_card.end(4)
        self.none_card = Card()
        self.none_card.add(EmptyState(_("Nothing of this kind was written down in this period."), icon="hand-heart"))
        self.hours = HoursCard(seat)
        for card in (self.card, self.table_card, self.none_card, self.hours, self.empty_card):
            self.content.addWidget(card)

    def refresh(self) -> None:
        if self.head is None:
            return
        if self.head.person_id != self.shown:
            self.rows.close_panel()
        self.shown = self.head.person_id
        whole = services.services_of(self.seat.desk, self.head.person_id)
        first = first_day(self.seat.desk, self.bar.period.value())
        picked = pick(whole, families=self.bar.families(), first=first)
        self.services = whole
        rows: list[Row] = []
        for month, of_month in groupby(picked, key=lambda one: one.given_on.replace(day=1)):
            rows.append(Row(formats.month(month), header=True))
            rows += [self._row(one) for one in of_month]
        open_key = self.rows.panel_key()
        self.rows.set_rows(rows)
        if open_key is not None:
            self._reopen(open_key)
        given = sum(one.outcome in COUNTED_OUTCOMES for one in self.services)
        self.aside.setText(ngettext("{n} given", "{n} given", given) if self.services else "")
        as_table = self.bar.way.value() == TABLE
        self.table.set_content([self._table_row(one) for one in picked])
        self.hours.show_history(added_up(self.seat.desk, picked))
        self.bar.setVisible(bool(self.services))
        self.card.setVisible(bool(picked) and not as_table)
        self.table_card.setVisible(bool(picked) and as_table)
        self.hours.setVisible(bool(picked))
        self.none_card.setVisible(bool(self.services) and not picked)
        self.empty_card.setVisible(not self.services)

    def _row(self, one: Service) -> Row:
        team = text_of(one, "team_note")
        by = given_by(self.seat, one)
        return Row(
            vocab.SERVICE_KINDS.label(one.kind),
            one.id,
            icon=icon_of(one.kind),
            day=formats.day(one.given_on, style="day_month_short"),
            detail=self.seat.masked(team),
            second=by or "–",
            third=self._measure(one),
            chip=outcome_chip(one),
            quiet=one.outcome not in COUNTED_OUTCOMES,
            sensitive=True,
        )

    def _table_row(self, one: Service) -> TableRow:
        return TableRow(
            one.id,
            (
                Cell(formats.day(one.given_on, style="short")),
                Cell(vocab.SERVICE_KINDS.label(one.kind)),
                Cell(given_by(self.seat, one) or "–", tint="muted"),
                Cell(self._measure(one), tint="muted"),
                Cell(vocab.SERVICE_OUTCOMES.label(one.outcome), tint="muted", chip=outcome_chip(one)),
            ),
        )

    def _measure(self, one: Service) -> str:
        """Return what it cost or was worth, else how long it took."""
        amount = help_given.amount_words(self.seat.desk, one)
        return amount or (formats.duration(one.minutes) if one.minutes else "–")

    def _open_in_timeline(self, service_id: Any) -> None:
        """Show the service of a row with all it says, where it stands in the timeline."""
        self.bar.way.set_value(TIMELINE)
        self.refresh()
        self.toggle(service_id)

    def print_report(self) -> None:
        """Open the report on what is picked."""
        if self.head is not None:
            first = first_day(self.seat.desk, self.bar.period.value())
            print_services(self.seat, self, self.head.person_id, self.bar.family.value() or "", first)

    # --- opening one -------------------------------------------------------------------------------------------

    def toggle(self, service_id: Any) -> None:
        """Open a service below its row, or close it."""
        if self.rows.panel_key() == service_id:
            self.rows.close_panel()
            return
        one = self._service(service_id)
        if one is not None:
            self.rows.open_panel(self._panel(one), service_id)
            self.rows.focus_row(service_id)

    def _reopen(self, service_id: Any) -> None:
        one = self._service(service_id)
        if one is None:
            self.rows.close_panel()
        else:
            self.rows.open_panel(self._panel(one), service_id)

    def _panel(self, one: Service) -> OpenedPanel:
        desk = self.seat.desk
        panel = OpenedPanel()
        facts = [
            (_("Day"), formats.day(one.given_on, style="weekday_long")),
            (_("Outcome"), vocab.SERVICE_OUTCOMES.label(one.outcome)),
            (_("With"), self._with(one)),
            (_("Amount"), help_given.amount_words(desk, one)),
            (_("Outside provider"), self.seat.masked(text_of(one, "provider"))),
            (_("Project"), self.seat.names("project").get(one.project_id, "") if one.project_id else ""),
            (_("For the team"), self.seat.masked(text_of(one, "team_note"))),
        ]
        versions = note_versions.versions_of(desk, one)
        shown = [Fact(label, value) for label, value in facts if value] + rest_of(one, _PLACED, self.seat)
        panel.add_facts(shown + (who_wrote(self.seat, versions) if len(versions) > 1 else []))
        text = restricted_note(desk, one.kind)
        panel.add_note(self.seat, text, one, folded=True)
        if has_words(desk, one, text):
            add_lock(panel, self.seat, one, text)
        if self.may_give:
            if help_given.is_help(one.kind):
                panel.add_link(_("Receipt…"), lambda: print_help_receipt(self.seat, self, one.id))
            panel.add_link(_("Edit"), lambda: self.edit(one.id))
            panel.add_link(_("Take out"), lambda: self.archive(one.id))
            if supervision_for(vocab.SERVICE_KINDS.group(one.kind)) in notes.kinds_for(desk):
                panel.add_link(_("Write from supervision"), lambda: self.supervise(one.id))
        hearing = way_to_hearing(self.seat, one, self.head.person_id) if self.head is not None else None
        if hearing is not None:
            panel.add_link(*hearing)
        add_earlier(panel, self.seat, versions, service_before)
        panel.close_wanted.connect(self.rows.close_panel)
        return panel

    def _with(self, one: Service) -> str:
        form = vocab.SERVICE_FORMS.label(one.form) if one.form else ""
        others = len(group_of(self.seat.desk, one)) - 1
        if others < 1:
            return form
        words = ngettext("with {n} other person", "with {n} other people", others)
        return f"{form}, {words}" if form else words

    def _service(self, service_id: Any) -> Service | None:
        return next((one for one in self.services if one.id == service_id), None)

    # --- acts --------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Go to the form of a new service for this person."""
        if self.head is not None:
            self.seat.go(Place("services", doing="new_service", person_id=self.head.person_id))

    def edit(self, service_id: UUID) -> None:
        """Go to the form of a service."""
        if self.head is not None and self.may_give:
            place = Place("services", doing="edit_service", person_id=self.head.person_id, about=service_id)
            self.seat.go(place)

    def supervise(self, service_id: UUID) -> None:
        """Go to a note from supervision that speaks of a service."""
        if self.head is not None:
            place = Place(
                "residents", person_id=self.head.person_id, section="notes", doing=SUPERVISE, about=service_id
            )
            self.seat.go(place)

    def archive(self, service_id: UUID) -> None:
        """Take a service out of lists and counts; the banner puts it back. Locked notes ask in its form why."""
        desk, one = self.seat.desk, self._service(service_id)
        if one is None or not self.may_give:
            return
        if services.needs_reason(desk, one):
            self.edit(service_id)
            self.seat.say(_("Its notes are locked. Say below why it is taken out, then archive it here."), kind="info")
            return
        self.rows.close_panel()
        if self.succeeds(lambda: services.archive_service(desk, service_id)):
            self.say_undoable(
                _("Service taken out"), lambda: services.archive_service(desk, service_id, archived=False)
            )

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {}
        current = self.rows.current_key()
        if current is not None and self.may_give:
            found |= {"edit": lambda: self.edit(current), "archive": lambda: self.archive(current)}
        if self.rows.panel() is not None:
            found["cancel"] = self.rows.close_panel
        return found

    def do(self, doing: str, about: UUID | None) -> None:
        if doing == "new_service":
            self.add()
        elif about is not None and self._service(about) is not None and self.rows.panel_key() != about:
            self.toggle(about)
