"""A segmented choice: a few words side by side, one (or none) of them chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui import theme

_SIDES = 27


class Segmented(QWidget):
    """``chosen`` hands back the value. Arrow keys move the choice, Tab goes in and out."""

    chosen = Signal(object)

    def __init__(
        self, name: str, choices: Sequence[tuple[Any, str]], value: Any = None, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._values: list[Any] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (one, words) in enumerate(choices):
            button = _Segment(words, self)
            theme.mark(button, segment=True, first=number == 0, last=number == len(choices) - 1)
            button.setAccessibleName(f"{name}: {words}")
            self._group.addButton(button, number)
            self._values.append(one)
            row.addWidget(button)
        self._group.idClicked.connect(self._tell)
        self.set_value(value)

    def value(self) -> Any:
        """Return the chosen value; None while nothing is chosen."""
        number = self._group.checkedId()
        return self._values[number] if number >= 0 else None

    def set_value(self, value: Any) -> None:
        """Choose *value* without telling anybody; an unknown one leaves nothing chosen."""
        number = self._values.index(value) if value in self._values else -1
        self._group.setExclusive(False)
        for index, button in enumerate(self._group.buttons()):
            button.setChecked(index == number)
        self._group.setExclusive(True)
        if self._values:
            # The keyboard enters at the chosen segment.
            self.setFocusProxy(self._group.button(max(number, 0)))

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the segments."""
        return tuple(button for button in self._group.buttons() if isinstance(button, QPushButton))

    def _tell(self, number: int) -> None:
        self.chosen.emit(self._values[number])


class _Segment(QPushButton):
    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = {Qt.Key.Key_Right, Qt.Key.Key_Down}
        back = {Qt.Key.Key_Left, Qt.Key.Key_Up}
        if event.key() not in forward | back:
            super().keyPressEvent(event)
            return
        group = self.group()
        buttons = group.buttons()
        step = 1 if event.key() in forward else -1
        if not self.isLeftToRight() and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = -step
        other = buttons[(buttons.index(self) + step) % len(buttons)]
        other.setFocus(Qt.FocusReason.TabFocusReason)
        other.click()

    def _fit(self) -> None:
        # The chosen segment is bold; the width is fixed from that, so that nothing moves or clips.
        words = self.text().replace("&", "")
        self.setFixedWidth(QFontMetrics(theme.font(strong=True)).horizontalAdvance(words) + _SIDES)
