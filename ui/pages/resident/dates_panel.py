"""One date, opened below its row: everything about it, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from shelterdesk.deadlines import Deadline
from shelterdesk.i18n import _
from ui import theme
from ui.pages.resident.field_facts import fact_of
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.facts import Fact, Facts

_OF_PAPERS = frozenset({"protection_order", "stay_authorised", "residence_permit", "reflection_period"})
_SAID_IN_THE_ROW = frozenset({"kind", "state"})


class DatePanel(QFrame):
    """Each act is a signal of its own; the section does it."""

    edit_wanted = Signal()
    extend_wanted = Signal()
    seen_wanted = Signal()
    off_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, seat: Seat, deadline: Deadline, *, may_change: bool) -> None:
        super().__init__()
        self.seat, self.deadline = seat, deadline
        self.setObjectName("date_panel")
        theme.mark(self, surface="editor")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 16, 10)
        column.setSpacing(8)
        facts = Facts()
        facts.set_facts(self._facts())
        column.addWidget(facts)
        column.addLayout(self._acts(may_change=may_change))

    def _facts(self) -> list[Fact]:
        found: list[Fact] = []
        for field in self.seat.desk.fields(Deadline):
            if field.attribute in _SAID_IN_THE_ROW or field.read(self.deadline) in (None, ""):
                continue
            fact = fact_of(field, self.deadline, self.seat)
            if fact is not None:
                found.append(fact)
        return found

    def _acts(self, *, may_change: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        one = self.deadline
        if may_change:
            seen = Button(
                _("Remind again") if one.prepared_on else _("Seen to"), "clock" if one.prepared_on else "check"
            )
            seen.setObjectName("seen-to")
            seen.clicked.connect(self.seen_wanted)
            seen.setVisible(one.is_open and one.until is not None)
            edit = Button(_("Edit"), "pencil")
            edit.clicked.connect(self.edit_wanted)
            extend = Button(_("Extension"), "plus")
            extend.setObjectName("extend")
            extend.clicked.connect(self.extend_wanted)
            extend.setVisible(one.kind in _OF_PAPERS)
            off = LinkButton(_("Take off"), slim=True)
            off.clicked.connect(self.off_wanted)
            for button in (seen, edit, extend, off):
                row.addWidget(button)
        close = LinkButton(_("Close"), slim=True)
        close.clicked.connect(self.close_wanted)
        row.addWidget(close)
        row.addStretch(1)
        return row
