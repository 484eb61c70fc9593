"""The days on which nothing is planned, and the hours in which appointments are usually held."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import holidays
from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.i18n import _
from ui import theme
from ui.forms.editors import parse_time
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.text import Words
from ui.widgets.text_area import TextArea


class CalendarSection(QWidget):
    """One line for each holiday, and two hours."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.days = TextArea(_("Holidays, one a line"))
        self.days.setObjectName("holidays")
        self.first, self.last = QLineEdit(), QLineEdit()
        self.problem = Words("", tone="error", wrap=True)
        self.save = Button(_("Save calendar"), "check")
        self.save.setObjectName("save_calendar")
        card = Card(_("Calendar"))
        words = _(
            "Appointments that repeat leave these days out. A day without a year comes every year. Add those that "
            "move, such as 20.03.2027: Ramazan. Rooms to meet in are a list of their own under «Lists and fields»."
        )
        card.add(Words(words, tone="muted", wrap=True))
        label = Words(_("&Holidays, one a line"))
        label.setBuddy(self.days)
        card.add(label, above=8)
        card.add(self.days, above=4)
        hours = QHBoxLayout()
        hours.setSpacing(8)
        for words, line, name in (
            (_("Free hours are looked for from"), self.first, "first_hour"),
            (_("until"), self.last, "last_hour"),
        ):
            caption = Words(words)
            caption.setBuddy(line)
            line.setObjectName(name)
            line.setAccessibleName(words)
            line.setFixedWidth(theme.px(88))
            hours.addWidget(caption)
            hours.addWidget(line)
        hours.addStretch(1)
        card.add_layout(hours, above=12)
        card.add(self.problem, above=4)
        card.add_row(self.save, above=12)
        card.end()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.save.clicked.connect(self.store)

    def show_now(self) -> None:
        """Show the holidays and hours as they are."""
        self.days.setPlainText("\n".join(holidays.holidays_of(self.seat.desk).lines()))
        first, last = holidays.hours_of(self.seat.desk)
        self.first.setText(f"{first:%H:%M}")
        self.last.setText(f"{last:%H:%M}")
        self._say("")

    def store(self) -> None:
        """Save, or say what is to be changed."""
        try:
            first, last = parse_time(self.first.text().strip()), parse_time(self.last.text().strip())
        except ValueError:
            self._say(_("Enter both hours, such as 09:00 and 18:00"))
            self.first.setFocus()
            return
        try:
            holidays.put_hours(self.seat.desk, first, last)
            holidays.put_holidays(self.seat.desk, self.days.toPlainText().splitlines())
        except Problems as problems:
            self._say(" ".join(one.text() for one in problems.problems))
        except ShelterDeskError as error:
            self._say(error.text())
        else:
            self.show_now()
            self.seat.say(_("Calendar saved."))

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
