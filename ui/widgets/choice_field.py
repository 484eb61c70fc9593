"""A drop-down whose value the wheel never changes; with more than ten entries one can type to find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QSizePolicy, QWidget

from ui import icons, theme

_MANY = 10
_BESIDE_WORDS = 48
"""Pixels of a list beside its words: their margins and the scroll bar."""
_WIDEST_FOUND = 440


class ChoiceField(QComboBox):
    """``chosen`` hands back the value, only when a person chose it.

    *fold* brings words to the letters they are compared by; where nothing is found by letters, *heard* brings them to
    their sounds, so that «ner» finds «Nərmin».
    """

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[Any, str]] = (),
        value: Any = None,
        *,
        fold: Callable[[str], str] = str.casefold,
        heard: Callable[[str], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values: list[Any] = []
        self._fold = fold
        self._heard = heard
        self._filter: _Found | None = None
        self.setAccessibleName(name)
        view = QListView(self)
        self.setView(view)
        view.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(12)
        self.activated.connect(self._tell)
        theme.notifier.changed.connect(self.update)
        self.set_choices(choices, value)

    def set_choices(self, choices: Sequence[tuple[Any, str]], value: Any = None) -> None:
        """Offer (value, words) pairs and choose *value* without telling anybody."""
        with QSignalBlocker(self):
            self.clear()
            self._values = [one for one, _words in choices]
            self.addItems([words for _one, words in choices])
            self._let_type(len(choices) > _MANY)
            self._widen_found()
        self.set_value(value)

    def choices(self) -> list[tuple[Any, str]]:
        """Return what is offered."""
        return [(value, self.itemText(number)) for number, value in enumerate(self._values)]

    def value(self) -> Any:
        """Return the chosen value; None while nothing is chosen."""
        number = self.currentIndex()
        return self._values[number] if 0 <= number < len(self._values) else None

    def set_value(self, value: Any) -> None:
        """Choose *value* without telling anybody; an unknown one leaves nothing chosen."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self._values.index(value) if value in self._values else -1)
        self._show_beginning()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel belongs to the page: a value changed while scrolling goes unnoticed.
        event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # An open list would keep the keyboard: Tab takes the entry it stands on and goes on, as in any other field.
        if watched is self.view() and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            keys = {Qt.Key.Key_Tab.value: True, Qt.Key.Key_Backtab.value: False}
            if event.key() in keys:
                self._take_and_go(on=keys[event.key()])
                return True
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and is_escape and isinstance(watched, QListView):
            # A list lets the keys of the window through: Esc is to close what was found, not the form below it.
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._settle()
        self._show_beginning()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        tint = theme.color("muted" if self.isEnabled() else "border")
        left = self.width() - 23 if self.isLeftToRight() else 7
        icons.paint_icon(painter, "chevron-down", left, (self.height() - 16) / 2, 16, tint)

    def _let_type(self, many: bool) -> None:
        if many and self._filter is not None:
            self._filter.look_for("")
            return
        self.setEditable(many)
        if not many:
            self._filter = None
            return
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.lineEdit()
        if line is None:
            return
        line.setAccessibleName(self.accessibleName())
        self._filter = _Found(self.fitting, self)
        self._filter.setSourceModel(self.model())
        completer = QCompleter(self._filter, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        found = QListView()
        theme.mark(found, popup=True)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer.setPopup(found)
        found.installEventFilter(self)
        self.setCompleter(completer)
        line.textEdited.connect(self._filter.look_for)
        completer.activated.connect(self._picked)
        line.editingFinished.connect(self._settle)

    def _widen_found(self) -> None:
        """Give what is found room for its words where the field itself is narrow."""
        completer = self.completer() if self.isEditable() else None
        popup = completer.popup() if completer is not None else None
        if popup is not None:
            words = (self.itemText(number) for number in range(self.count()))
            longest = max(map(self.fontMetrics().horizontalAdvance, words), default=0)
            popup.setMinimumWidth(min(longest + theme.px(_BESIDE_WORDS), theme.px(_WIDEST_FOUND)))

    def fitting(self, typed: str) -> list[int]:
        """Return the numbers of the entries that *typed* finds: by their letters, else by how they sound."""
        letters = self._fold(typed.strip())
        found = [number for number in range(self.count()) if letters in self._fold(self.itemText(number))]
        return found or self._sounding(typed)

    def _sounding(self, typed: str) -> list[int]:
        """Return the entries of which a word begins with the sounds of *typed*."""
        wanted = self._heard(typed.strip()) if self._heard is not None else ""
        if self._heard is None or not wanted:
            return []
        return [number for number in range(self.count()) if f" {wanted}" in f" {self._heard(self.itemText(number))}"]

    def _take_and_go(self, *, on: bool) -> None:
        number = self.view().currentIndex().row()
        self.hidePopup()
        if number >= 0 and number != self.currentIndex():
            self.setCurrentIndex(number)
            self._tell(number)
        self.setFocus()
        self.focusNextPrevChild(on)

    def _picked(self, words: str) -> None:
        number = self.findText(words)
        if number >= 0:
            self.setCurrentIndex(number)
            self._tell(number)

    def _settle(self) -> None:
        """Take typed words for the entry they name, else go back to the last choice."""
        line = self.lineEdit()
        if line is None or line.text() == self.itemText(self.currentIndex()):
            return
        typed = self._fold(line.text().strip())
        fitting = [number for number in range(self.count()) if self._fold(self.itemText(number)).startswith(typed)]
        fitting = fitting or self._sounding(line.text())
        exact = [number for number in fitting if self._fold(self.itemText(number)) == typed]
        found = exact or (fitting if typed and len(fitting) == 1 else [])
        if found and found[0] != self.currentIndex():
            self.setCurrentIndex(found[0])
            self._tell(found[0])
        else:
            line.setText(self.itemText(self.currentIndex()))

    def _show_beginning(self) -> None:
        """Let long words be cut off at their end, not at their beginning."""
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _tell(self, number: int) -> None:
        self._show_beginning()
        if 0 <= number < len(self._values):
            self.chosen.emit(self._values[number])


class _Found(QSortFilterProxyModel):
    """Shows the entries that what was typed finds."""

    def __init__(self, fitting: Callable[[str], list[int]], parent: QWidget) -> None:
        super().__init__(parent)
        self._fitting = fitting
        self._found: frozenset[int] | None = None

    def look_for(self, typed: str) -> None:
        self._found = frozenset(self._fitting(typed)) if typed.strip() else None
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:  # noqa: ARG002 - a flat list
        return self._found is None or row in self._found
