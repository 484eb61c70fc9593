"""What opens below a row of the log: each field as it was and as it became, and ways on from there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import formats
from shelterdesk.i18n import _
from shelterdesk.record_log import FieldLine, LogLine
from ui import theme
from ui.seat import Seat
from ui.tables.log_lines import was_and_is
from ui.widgets.buttons import LinkButton
from ui.widgets.text import Words

_LEAD = 40


class OpenedLine(QFrame):
    """``record_wanted`` asks for the record, ``only_person_wanted`` for the rows of its person alone."""

    close_wanted = Signal()
    record_wanted = Signal()
    only_person_wanted = Signal()

    def __init__(self, seat: Seat, line: LogLine) -> None:
        super().__init__()
        self.seat, self.line = seat, line
        self.setObjectName("opened_line")
        theme.mark(self, surface="editor")
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEAD, 10, 16, 10)
        column.setSpacing(8)
        when = formats.moment(line.at, seat.desk.zone)
        parts = [_("Row {number}").format(number=formats.number(line.number)), when, line.kind]
        column.addWidget(Words("  ·  ".join(part for part in parts if part), "small", "muted"))
        if line.fields:
            column.addLayout(self._values())
        else:
            column.addWidget(Words(_("Nothing was changed."), tone="muted"))
        column.addLayout(self._links())

    def _values(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        changes = any(not one.is_fact for one in self.line.fields)
        for place, stretch in ((0, 2), (1, 3), (2, 3)):
            grid.setColumnStretch(place, stretch)
        if changes:
            for place, words in ((1, _("Before")), (2, _("After"))):
                grid.addWidget(Words(words, "small", "muted"), 0, place)
        for number, field in enumerate(self.line.fields, 1):
            self._add(grid, number, field)
        return grid

    def _add(self, grid: QGridLayout, number: int, field: FieldLine) -> None:
        was, now = was_and_is(field, visitor=self.seat.visitor)
        grid.addWidget(Words(field.label, tone="muted", wrap=True), number, 0, Qt.AlignmentFlag.AlignTop)
        if field.state != "readable" or field.is_fact:
            tone = "error" if field.state == "altered" else "" if field.state == "readable" else "muted"
            grid.addWidget(_value(field.label, now, tone), number, 1, 1, 2, Qt.AlignmentFlag.AlignTop)
            return
        grid.addWidget(_value(field.label, was or "–", "muted"), number, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_value(field.label, now or "–", ""), number, 2, Qt.AlignmentFlag.AlignTop)

    def _links(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        close = LinkButton(_("Close"), slim=True)
        close.clicked.connect(self.close_wanted)
        row.addWidget(close)
        if self.line.person:
            for words, signal in (
                (_("Open the record"), self.record_wanted),
                (_("Only this record"), self.only_person_wanted),
            ):
                link = LinkButton(words, slim=True)
                link.clicked.connect(signal)
                row.addWidget(link)
        row.addStretch(1)
        return row


def _value(label: str, words: str, tone: str) -> QWidget:
    value = Words(words, tone=tone, wrap=True)  # pyright: ignore[reportArgumentType]
    value.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    value.setAccessibleName(f"{label}: {words}")
    return value
