"""Who holds which key: people across, six keys beside each other; in a narrow window one line for each key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from shelterdesk import formats
from shelterdesk.i18n import _
from shelterdesk.staff import StaffMember, compartment_words
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import Standing
from ui import theme
from ui.pages.settings.people.member_words import holds, keeps, key_label, waits_to_begin
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.rows import Row, RowList
from ui.widgets.table_view import Cell, Column, TableRow, TableView
from ui.widgets.text import Words

_TABLE_FROM = 720


class KeyMatrix(Card):
    """Words and icons, never colour alone. ``opened`` hands back the id of the person of a row."""

    opened = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Who holds which key"))
        self.seat = seat
        self._members: tuple[StaffMember, ...] = ()
        self.alone = Notice("", kind="attention", icon="key-round")
        self.alone.setObjectName("held-by-one")
        columns = [Column(_("Colleague"), share=1.6), *(Column(key_label(one)) for one in Compartment)]
        self.table = TableView(_("Who holds which key"), columns, fits=True)
        self.table.setObjectName("key-matrix")
        self.lines = RowList(_("Who holds which key"))
        self.told = Words(
            _(
                "A key opens what is sealed under it, and nothing else does. Only who holds a key can give it; who "
                "manages people does not need to hold it."
            ),
            tone="muted",
            wrap=True,
        )
        self.add(self.told)
        notice = QVBoxLayout()
        notice.addWidget(self.alone)
        self.add_layout(notice, above=12)
        self.add(self.table, inset=0, above=8)
        self.add(self.lines, inset=8, above=8)
        self.end(8)
        self.table.opened.connect(self.opened)
        self._choose_form()

    def show_members(self, members: Sequence[StaffMember], held_by_one: Sequence[Compartment]) -> None:
        """Show who of *members* holds what, and name the keys one person alone holds."""
        self._members = tuple(one for one in members if one.standing is not Standing.REMOVED)
        self.table.set_content(
            [
                TableRow(one.id, (Cell(self.seat.masked(one.name)), *(self._cell(one, key) for key in Compartment)))
                for one in self._members
            ]
        )
        self.lines.set_rows(
            [Row(key_label(key), key, icon="key-round", second=self._holders(key)) for key in Compartment]
        )
        self._warn(held_by_one)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_form()

    def _choose_form(self) -> None:
        wide = self.width() >= theme.px(_TABLE_FROM)
        self.table.setVisible(wide)
        self.lines.setVisible(not wide)

    def _cell(self, member: StaffMember, compartment: Compartment) -> Cell:
        key = next((one for one in member.keys if one.compartment is compartment), None)
        if key is None:
            if compartment in member.waits_for:
                return Cell(_("waits"), icon="clock", tint="attention")
            return Cell("–", tint="muted")
        if key.ending:
            return Cell(_("ending"), icon="log-out", tint="muted")
        if waits_to_begin(member):
            return Cell(_("with code"), icon="clock", tint="info")
        if key.until is not None:
            return Cell(self._until(key.until), icon="clock", small=True)
        return Cell(_("holds"), icon="check")

    @staticmethod
    def _until(day: date) -> str:
        # The year stands beside the name; here there is little room.
        return _("until {day}").format(day=formats.day(day, style="day_month_short"))

    def _holders(self, compartment: Compartment) -> str:
        names = [self.seat.masked(one.name) for one in self._members if holds(one, compartment)]
        return ", ".join(names) or _("nobody")

    def _warn(self, held_by_one: Sequence[Compartment]) -> None:
        self.alone.setVisible(bool(held_by_one))
        by_name: dict[str, list[Compartment]] = {}
        for compartment in held_by_one:
            holder = next((one for one in self._members if keeps(one, compartment)), None)
            if holder is not None:
                by_name.setdefault(self.seat.masked(holder.name), []).append(compartment)
        words = _("{name} alone holds: {keys}.")
        lines = [words.format(name=name, keys=compartment_words(keys)) for name, keys in by_name.items()]
        advice = _("If that person falls ill, only recovery opens what is sealed there. Give each to a second person.")
        self.alone.say(" ".join(lines), advice)
