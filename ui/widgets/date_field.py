"""A typed date with a calendar beside it and the weekday in words. Reading dates is given from outside."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk.i18n import _, language
from ui import icons, theme
from ui.widgets.text import Words


class DateField(QWidget):
    """``changed`` fires with a date or None once the typed text can be read.

    *parse* raises ValueError for words that are no date; *show* writes the date into the line, *note* the muted
    words beside it («Tuesday, today»). While the line shows a complete date, T, +, -, W, M (with Shift backwards)
    move it.
    """

    changed = Signal(object)

    def __init__(
        self,
        name: str,
        parse: Callable[[str], date | None],
        show: Callable[[date], str],
        today: Callable[[], date],
        *,
        note: Callable[[date], str] | None = None,
        width: int = 128,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parse, self._show, self._note, self._today = parse, show, note, today
        self._value: date | None = None
        self._readable = True
        self._width = width
        self._popup: _Calendar | None = None
        self.line = _DateLine(self)
        self.line.setAccessibleName(name)
        action = self.line.addAction(icons.icon("calendar", 16, "muted"), QLineEdit.ActionPosition.TrailingPosition)
        icons.follow(action, "calendar", 16, "muted")
        action.setText(_("Open the calendar"))
        action.setToolTip(_("Open the calendar (Alt+Down)"))
        action.triggered.connect(self.open_calendar)
        self.note = Words("", tone="muted", parent=self)
        self.note.setVisible(note is not None)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line)
        row.addWidget(self.note)
        row.addStretch(1)
        across = QSizePolicy.Policy.Maximum if note is None else QSizePolicy.Policy.Preferred
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.line)
        self.setAccessibleName(name)
        self.line.editingFinished.connect(self.read)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def value(self) -> date | None:
        """Return the date, after reading what was typed last; None when empty or unreadable."""
        self._read(show=not self.line.hasFocus())
        return self._value

    def is_readable(self) -> bool:
        """Say whether the typed text is a date or empty."""
        self._read(show=not self.line.hasFocus())
        return self._readable

    def set_value(self, value: date | None) -> None:
        """Show *value* without telling anybody."""
        self._value, self._readable = value, True
        self.line.setText("" if value is None else self._show(value))
        self._show_note()

    def set_name(self, name: str) -> None:
        """Change the name screen readers say."""
        self.setAccessibleName(name)
        self.line.setAccessibleName(name)

    def read(self) -> None:
        """Read what was typed and show it back in full."""
        self._read(show=True)

    def _read(self, *, show: bool) -> None:
        # While somebody types, the line is left alone: «2» may become «24.11.2026».
        before = self._value
        typed = self.line.text().strip()
        if before is not None and typed == self._show(before):
            self._readable = True
            return
        try:
            self._value = self._parse(typed) if typed else None
            self._readable = True
        except ValueError:
            self._value, self._readable = None, False
            self._show_note()
            return
        if self._value is not None and show:
            self.line.setText(self._show(self._value))
        self._show_note()
        if self._value != before:
            self.changed.emit(self._value)

    def move_by(self, key: int, *, back: bool) -> bool:
        """Move a shown date by the meaning of *key*; return whether the key had one."""
        if self._value is None or self.line.text() != self._show(self._value):
            return False
        moved = self._moved(self._value, key, -1 if back else 1)
        if moved is None:
            return False
        self.set_value(moved)
        self.changed.emit(moved)
        return True

    def open_calendar(self) -> None:
        """Show the calendar below the line."""
        self.read()
        if self._popup is None:
            self._popup = _Calendar(self)
            self._popup.days.clicked.connect(self._take)
            self._popup.days.activated.connect(self._take)
        shown = self._value or self._today()
        self._popup.days.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._popup.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 4)))
        self._popup.show()
        self._popup.days.setFocus()

    def _take(self, day: QDate) -> None:
        if self._popup is not None:
            self._popup.hide()
        self.set_value(date(day.year(), day.month(), day.day()))
        self.line.setFocus()
        self.changed.emit(self._value)

    def _moved(self, value: date, key: int, sign: int) -> date | None:
        if key == Qt.Key.Key_T:
            return self._today()
        if key == Qt.Key.Key_M:
            month = value.year * 12 + value.month - 1 + sign
            year, month = divmod(month, 12)
            return date(year, month + 1, min(value.day, calendar.monthrange(year, month + 1)[1]))
        days = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_W: 7 * sign}.get(Qt.Key(key))
        return value + timedelta(days=days) if days else None

    def _show_note(self) -> None:
        self.note.setText(self._note(self._value) if self._note and self._value else "")

    def _fit(self) -> None:
        self.line.setFixedWidth(theme.px(self._width))


class _DateLine(QLineEdit):
    def __init__(self, field: DateField) -> None:
        super().__init__(field)
        self._field = field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers()
        if event.key() == Qt.Key.Key_Down and held & Qt.KeyboardModifier.AltModifier:
            self._field.open_calendar()
            return
        free = not held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        back = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if free and self._field.move_by(event.key(), back=back):
            return
        super().keyPressEvent(event)


class _Calendar(QFrame):
    def __init__(self, field: DateField) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        theme.mark(self, surface="card")
        self.days = QCalendarWidget(self)
        self.days.setLocale(QLocale(language()))
        self.days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.days.setAccessibleName(_("Calendar"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.days)
