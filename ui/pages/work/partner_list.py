"""The partners: who gives work and courses, when somebody looked last, and who is there now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from shelterdesk import formats, partners, vocab
from shelterdesk.access import Right
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.partners import Partner
from shelterdesk.schema.base import text_of
from shelterdesk.work import LISTS, Work, read_work
from ui.pages.work.partner_card import PartnerCard
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_picker import ListPicker
from ui.widgets.page import Page
from ui.widgets.table_parts import BesideTable, hint_line, stacked, take_keyboard
from ui.widgets.table_view import Cell, Column, TableRow, TableView

_CARD_BELOW = 900


class PartnerListPage(Page):
    """``list_wanted`` asks for another saved list."""

    list_wanted = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Partners"))
        self.seat = seat
        self.work: Work | None = None
        self._may = seat.desk.may(Right.KEEP_PLACEMENTS)
        self.picker = ListPicker([(key, _(label)) for key, label in LISTS])
        self.beside_title(self.picker)
        self.picker.chosen.connect(self.list_wanted)
        if self._may:
            new_placement = Button(_("New placement"), "plus")
            new_partner = PrimaryButton(_("New partner"), "building")
            new_placement.clicked.connect(lambda: seat.go(Place("work", doing="new_placement")))
            new_partner.clicked.connect(lambda: seat.go(Place("work", doing="new_partner")))
            self.add_act(new_placement)
            self.add_act(new_partner)
        self.table = TableView(
            _("Partners"),
            (
                Column(_("Partner"), 176),
                Column(_("Kind"), 180),
                Column(_("There now"), width=96, number=True),
                Column(_("Agreement"), 118),
                Column(_("Visit again"), 112),
            ),
        )
        self.table.setObjectName("partners")
        new = _("New partner") if self._may else ""
        self.empty = EmptyState(_("No partner is on file yet. Add the first firm or school."), new, "building")
        self.hint = hint_line(_("Enter: edit"))
        listed = Card()
        listed.add(stacked(self.table, self.empty, self.hint), inset=1, stretch=1)
        self.card = PartnerCard(seat)
        self._grid = BesideTable(listed, self.card, (750, 344), _CARD_BELOW)
        self.content.addLayout(self._grid, 1)
        self._grid.fit(self.width())
        self.table.chosen.connect(lambda _key: self._show_card())
        self.table.opened.connect(self.edit)
        self.card.edit_wanted.connect(self.edit)
        self.empty.pressed.connect(lambda: seat.go(Place("work", doing="new_partner")))

    def show_partner(self, partner_id: UUID | None) -> None:
        """Show the list, with the keyboard on a partner."""
        self.refresh()
        if partner_id is not None:
            self.table.go_to(partner_id)
        take_keyboard(self, self.table)

    def refresh(self) -> None:
        """Read everything anew."""
        self.work = work = read_work(self.seat.desk)
        found = work.partners_in_use()
        self.table.set_content([TableRow(one.id, self._cells(one, work)) for one in found])
        self.table.setVisible(bool(found))
        self.hint.setVisible(bool(found) and self._may)
        self.empty.setVisible(not found)
        if self.current() is None and found:
            self.table.go_to(found[0].id)
        self.picker.show_list("partners")
        self._show_card()

    def current(self) -> Partner | None:
        """Return the chosen partner."""
        return self.work.partners.get(self.table.current_key()) if self.work is not None else None

    def edit(self, partner_id: Any) -> None:
        """Go to the form of a partner."""
        if self._may:
            self.seat.go(Place("work", doing="edit_partner", about=partner_id))

    def archive_current(self) -> None:
        """Take the chosen partner off the list; the banner undoes it."""
        partner = self.current()
        if partner is None:
            return
        desk, partner_id = self.seat.desk, partner.id
        try:
            partners.archive_partner(desk, partner_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.say(_("Partner archived"), undo=lambda: partners.archive_partner(desk, partner_id, archived=False))

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the page answers to."""
        found: dict[str, Callable[[], object]] = {"show_masked": self.card.toggle_masked}
        partner = self.current()
        if self._may and partner is not None:
            found |= {"edit": lambda: self.edit(partner.id), "archive": self.archive_current}
        return found

    def keep_drafts(self) -> None:
        """Nothing is typed here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grid.fit(self.width())
        self.picker.show_list("partners")

    def _cells(self, one: Partner, work: Work) -> tuple[Cell, ...]:
        there = len(work.at_partner(one.id))
        return (
            Cell(self.seat.masked(text_of(one, "name"))),
            Cell(vocab.PARTNER_KINDS.label(one.kind) if one.kind else "", tint="muted"),
            Cell(formats.number(there) if there else "–", tint="text" if there else "muted"),
            _day_cell(one.agreement_until, work.on, _("none recorded"), _("ended")),
            _day_cell(one.visit_by, work.on, _("no date yet"), ""),
        )

    def _show_card(self) -> None:
        partner = self.current()
        if partner is None or self.work is None:
            self.card.show_nothing(_("Choose a partner to see more."))
        else:
            self.card.show_partner(partner, self.work)


def _day_cell(on: date | None, today: date, none: str, past: str) -> Cell:
    if on is None:
        return Cell(none, tint="muted")
    if on < today:
        return Cell(chip=ChipText(past or formats.days_past((today - on).days), "attention", "clock"))
    return Cell(formats.day(on, style="short"))
