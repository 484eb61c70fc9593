"""Incidents that were closed in the last months, one below the other, with all that was done."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from shelterdesk import formats
from shelterdesk.access import Right
from shelterdesk.house_book.incidents import Incident, since_words
from shelterdesk.i18n import _
from shelterdesk.schema.base import text_of
from ui import theme
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.facts import Fact, Facts
from ui.widgets.text import Words


class PastIncidents(QFrame):
    """``edit_wanted`` and ``again_wanted`` hand back the id of an incident."""

    closed = Signal()
    edit_wanted = Signal(object)
    again_wanted = Signal(object)

    def __init__(self, seat: Seat, found: Sequence[Incident]) -> None:
        super().__init__()
        self.setObjectName("past_incidents")
        self.setAccessibleName(_("Closed incidents"))
        theme.mark(self, surface="editor")
        self.seat = seat
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(Words(_("Closed incidents"), "group"))
        head.addStretch(1)
        self.close_button = LinkButton(_("Close"))
        self.close_button.clicked.connect(self.closed)
        head.addWidget(self.close_button)
        column.addLayout(head)
        if not found:
            column.addWidget(Words(_("None was closed in the last three months."), tone="muted"))
        for one in found:
            column.addLayout(self._incident(one))

    def begin(self) -> None:
        """Put the keyboard into the panel."""
        self.close_button.setFocus()

    def _incident(self, one: Incident) -> QVBoxLayout:
        seat, record = self.seat, one.record
        column = QVBoxLayout()
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Words(seat.masked(one.title()), strong=True))
        head.addWidget(Words(since_words(seat.desk, one), tone="muted"))
        head.addStretch(1)
        if seat.desk.may(Right.KEEP_HOUSE_BOOK):
            for words, signal in ((_("Edit"), self.edit_wanted), (_("Open again"), self.again_wanted)):
                head.addWidget(self._link(words, signal, record.id))
        column.addLayout(head)
        happened = formats.day(record.happened_on)
        if record.happened_at is not None:
            happened = f"{happened}, {record.happened_at:%H:%M}"
        facts = [Fact(_("Happened"), happened)]
        if told := one.told():
            facts.append(Fact(_("What was done"), seat.masked(told)))
        ending = text_of(record, "ending")
        if ending:
            facts.append(Fact(_("How it ended"), seat.masked(ending)))
        if record.closed_by is not None:
            facts.append(Fact(_("Closed by"), seat.names("member").get(record.closed_by, "")))
        table = Facts()
        table.set_facts(facts)
        column.addWidget(table)
        return column

    def _link(self, words: str, signal: SignalInstance, about: UUID) -> LinkButton:
        link = LinkButton(words, slim=True)
        link.clicked.connect(lambda: signal.emit(about))
        return link
