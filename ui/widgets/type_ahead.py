"""A drop-down for the keyboard: a few letters, then Enter or Tab takes the first entry they find."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from ui.widgets.choice_field import ChoiceField

_TAKES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class TypeAhead(ChoiceField):
    """``taken`` fires when Enter took an entry, after ``chosen`` has told which.

    ``not_found`` hands back what was typed and fits nothing, where nothing was chosen before that could stay.
    """

    taken = Signal()
    not_found = Signal(str)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        key = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if key in _TAKES and isinstance(watched, QAbstractItemView):
            self._take(watched)
            if key == Qt.Key.Key_Tab:
                self.focusNextChild()
            else:
                self.taken.emit()
            return True
        return super().eventFilter(watched, event)

    def _take(self, found: QAbstractItemView) -> None:
        index, line = found.currentIndex(), self.lineEdit()
        found.hide()
        # Arrow keys write what they stand on into the line; anything else there was typed.
        if index.isValid() and line is not None and line.text() == index.data():
            self._picked(index.data())
        else:
            self._settle()

    def _let_type(self, many: bool) -> None:  # noqa: ARG002 - few are typed like many, so that the hand learns one way
        super()._let_type(many=True)

    def _settle(self) -> None:
        """Take the entry that is called so, else the first that begins with what was typed, else the first found."""
        line = self.lineEdit()
        typed = self._fold(line.text().strip()) if line is not None else ""
        if line is None or not typed or line.text() == self.itemText(self.currentIndex()):
            super()._settle()
            return
        words = [self._fold(self.itemText(number)) for number in range(self.count())]
        found = [number for number, one in enumerate(words) if one == typed]
        found += [number for number, one in enumerate(words) if one.startswith(typed)]
        found += [number for number, one in enumerate(words) if f" {typed}" in one]
        found += self.fitting(typed)
        unknown = line.text().strip() if not found and self.currentIndex() < 0 else ""
        if found and found[0] != self.currentIndex():
            self.setCurrentIndex(found[0])
            self._tell(found[0])
        line = self.lineEdit()
        if line is not None and line.text():
            line.setText(self.itemText(self.currentIndex()))
            self._show_beginning()
        if unknown:
            self.not_found.emit(unknown)
