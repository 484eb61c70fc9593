"""Which shifts the house has, and at which hour each begins."""

from __future__ import annotations

from datetime import time
from typing import Final

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.house_book import shifts
from shelterdesk.i18n import _
from shelterdesk.vocab.house_book import SHIFTS
from ui import theme
from ui.forms.editors import parse_time
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.check_box import CheckBox
from ui.widgets.text import Words

_USUAL: Final = {"early": "06:00", "day": "08:00", "late": "14:00", "night": "20:00", "whole_day": "08:00"}
"""The hour that is offered for a shift the house did not have until now."""


class ShiftsSection(QWidget):
    """A tick and an hour for each kind of shift; a shift runs until the next one begins."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.ticks: dict[str, CheckBox] = {}
        self.hours: dict[str, QLineEdit] = {}
        self.problem = Words("", tone="error", wrap=True)
        self.save = Button(_("Save shifts"), "check")
        self.save.setObjectName("save_shifts")
        card = Card(_("Shifts"))
        words = _(
            "The house book has one page for each shift. A shift runs until the next one begins; a night belongs to "
            "the day it begins on. What was written for a shift you give up is shown in the first one of its day."
        )
        card.add(Words(words, tone="muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for number, one in enumerate(SHIFTS):
            tick, hour = CheckBox(_(one.label)), QLineEdit()
            tick.setObjectName(f"shift_{one.code}")
            hour.setObjectName(f"hour_{one.code}")
            hour.setAccessibleName(_("{shift} begins at").format(shift=_(one.label)))
            hour.setFixedWidth(theme.px(88))
            tick.toggled.connect(hour.setEnabled)
            grid.addWidget(tick, number, 0)
            grid.addWidget(hour, number, 1)
            self.ticks[one.code], self.hours[one.code] = tick, hour
        holder = QWidget()
        holder.setLayout(grid)
        card.add(holder, above=8)
        card.add(self.problem, above=4)
        card.add_row(self.save, above=12)
        card.end()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.save.clicked.connect(self.store)

    def show_now(self) -> None:
        """Show the shifts as they are."""
        used = dict(shifts.times(self.seat.desk))
        for code, tick in self.ticks.items():
            tick.setChecked(code in used)
            self.hours[code].setText(used[code].strftime("%H:%M") if code in used else _USUAL[code])
            self.hours[code].setEnabled(code in used)
        self._say("")

    def store(self) -> None:
        """Save, or say what is to be changed."""
        chosen: list[tuple[str, time]] = []
        for code, tick in self.ticks.items():
            if tick.isChecked():
                try:
                    chosen.append((code, parse_time(self.hours[code].text().strip())))
                except ValueError:
                    self._say(_("{shift}: enter the hour, such as 20:00").format(shift=SHIFTS.label(code)))
                    self.hours[code].setFocus()
                    return
        try:
            shifts.set_times(self.seat.desk, chosen)
        except Problems as problems:
            self._say(" ".join(one.text() for one in problems.problems))
        except ShelterDeskError as error:
            self._say(error.text())
        else:
            self._say("")
            self.seat.say(_("Shifts saved."))

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
