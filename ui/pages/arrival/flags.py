"""Safety and health at the door: eight big toggles, one stop of Tab, arrow keys between them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from shelterdesk import alerts, vocab
from ui import theme
from ui.widgets.big_toggle import BigToggle

_ICONS: Final = {
    "doctor_needed": "stethoscope",
    "hurt": "bandage",
    "pregnant": "baby",
    "takes_medicine": "pill",
    "looked_for": "triangle-alert",
    "phone_followed": "smartphone",
    "may_harm_herself": "heart-pulse",
    "allergy": "wheat-off",
}
_LEAST: Final = 170
"""Width of a toggle at normal text size below which there are fewer beside one another."""


class FlagChoice(QWidget):
    """``changed`` fires when a person switched one on or off. Arrow keys move, Space switches."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._toggles = {code: self._make(code) for code in alerts.AT_ARRIVAL}
        self._stop_at(self.toggles()[0])
        self._lay_out(4)

    def _make(self, code: str) -> BigToggle:
        toggle = BigToggle(vocab.ALERT_KINDS.label(code), _ICONS[code], parent=self)
        toggle.setObjectName(f"flag-{code}")
        toggle.clicked.connect(self.changed)
        toggle.installEventFilter(self)
        # Words wrap into two lines; the toggles of a row share its width evenly.
        toggle.setMinimumWidth(1)
        return toggle

    def toggles(self) -> tuple[BigToggle, ...]:
        """Return the toggles in their order."""
        return tuple(self._toggles.values())

    def value(self) -> frozenset[str]:
        """Return the codes of what is on."""
        return frozenset(code for code, toggle in self._toggles.items() if toggle.isChecked())

    def set_value(self, codes: Collection[str]) -> None:
        """Switch on exactly *codes*, without telling anybody."""
        for code, toggle in self._toggles.items():
            toggle.setChecked(code in codes)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._stop().setFocus(event.reason())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, BigToggle):
            aim = self._aim(watched, event.key())
            if aim is not None:
                self._stop_at(aim)
                aim.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = max(1, self.width() // theme.px(_LEAST))
        self._lay_out(4 if fitting >= 4 else 2 if fitting >= 2 else 1)

    def _aim(self, start: BigToggle, key: int) -> BigToggle | None:
        """Return where an arrow key leads from *start*; None for other keys and at the edge."""
        along = 1 if self.isLeftToRight() else -1
        steps = {
            Qt.Key.Key_Right: along,
            Qt.Key.Key_Left: -along,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Up: -self._columns,
        }
        step = steps.get(Qt.Key(key))
        if step is None:
            return None
        toggles = self.toggles()
        at = toggles.index(start) + step
        # At the edge the key is still an arrow of this field: it must not leave it or scroll the page.
        return toggles[at] if 0 <= at < len(toggles) else start

    def _stop(self) -> BigToggle:
        return next(one for one in self.toggles() if one.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def _stop_at(self, stop: BigToggle) -> None:
        """Make *stop* the one toggle Tab comes to."""
        for one in self.toggles():
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, toggle in enumerate(self.toggles()):
            self._grid.addWidget(toggle, number // columns, number % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def needs_words(codes: Any) -> bool:
    """Tell whether something is on that every shift has to know in words: an allergy, a medicine."""
    return bool({"allergy", "takes_medicine"} & frozenset(codes or ()))
