"""Which sections of the record this shelter uses."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from shelterdesk import house_settings
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from ui.record_sections import ALWAYS_USED, SECTIONS
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.row import Row
from ui.widgets.rows import RowList, RowShape
from ui.widgets.text import Words


class SectionsCard(Card):
    """Space takes a section out of every record, or brings it back."""

    changed = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Sections of the record"))
        self.seat = seat
        self.rows = RowList(_("Sections of the record"), RowShape(height=36, inset=8))
        self.rows.setObjectName("record-sections")
        explained = _("Only what your shelter uses. What was written in a section stays, and is there again with it.")
        self.add(Words(explained, tone="muted", wrap=True))
        self.add(self.rows, inset=8, above=8)
        self.end()
        self.rows.toggled.connect(self._use)

    def show_now(self) -> None:
        """Show which sections are used."""
        unused = house_settings.get(self.seat.desk, "unused_sections")
        self.rows.set_rows(
            [
                Row(_(kind.label), kind.id, icon="check", detail=_("always there"), quiet=True)
                if kind.id in ALWAYS_USED
                else Row(_(kind.label), kind.id, checked=kind.id not in unused)
                for kind in SECTIONS
            ]
        )

    def _use(self, key: Any, used: bool) -> None:
        unused = set(house_settings.get(self.seat.desk, "unused_sections"))
        unused ^= {key} if used == (key in unused) else set()
        try:
            house_settings.put(self.seat.desk, "unused_sections", sorted(unused))
        except ShelterDeskError as error:
            self.seat.complain(error)
        else:
            self.changed.emit()
