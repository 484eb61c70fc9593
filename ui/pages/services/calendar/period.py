"""The field that names the days that are shown, with a calendar to choose others."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.i18n import _, language
from ui import theme
from ui.widgets.buttons import Button, IconButton


class PeriodField(QWidget):
    """``stepped`` hands back 1 or -1, ``chosen`` a day, ``today_wanted`` nothing."""

    stepped = Signal(int)
    chosen = Signal(object)
    today_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.back = IconButton("chevron-left", _("Earlier"))
        self.on_button = IconButton("chevron-right", _("Later"))
        self.button = Button("", "calendar")
        self.button.setObjectName("period")
        self.today = Button(_("Today"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.back, self.button, self.on_button, self.today):
            row.addWidget(widget)
        self._day = date.min
        self._popup: _Days | None = None
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on_button.clicked.connect(lambda: self.stepped.emit(1))
        self.today.clicked.connect(self.today_wanted)
        self.button.clicked.connect(self.open_calendar)

    def show_period(self, words: str, day: date) -> None:
        """Name the days that are shown."""
        self._day = day
        self.button.set_words(words)
        self.button.setAccessibleName(_("Days shown: {words}").format(words=words))
        # Wide enough for most weeks, so that the arrows stay where they are while one turns the leaves.
        self.button.setMinimumWidth(theme.px(196))

    def open_calendar(self) -> None:
        """Show a calendar below the field."""
        if self._popup is None:
            self._popup = _Days(self)
            self._popup.days.clicked.connect(self._take)
            self._popup.days.activated.connect(self._take)
        self._popup.days.setSelectedDate(QDate(self._day.year, self._day.month, self._day.day))
        self._popup.move(self.button.mapToGlobal(QPoint(0, self.button.height() + 4)))
        self._popup.show()
        self._popup.days.setFocus()

    def _take(self, day: QDate) -> None:
        if self._popup is not None:
            self._popup.hide()
        self.chosen.emit(date(day.year(), day.month(), day.day()))


class _Days(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        theme.mark(self, surface="popup")
        self.days = QCalendarWidget(self)
        self.days.setLocale(QLocale(language()))
        self.days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.days.setAccessibleName(_("Calendar"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.days)
