"""Rows among which one thing can be opened: the panel or editor stands in the list, never in a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.rows import Row, RowList, RowShape


class SplitRows(QWidget):
    """A list in two halves with room between them. Signals are those of the list and hand back the row's key.

    Arrow keys run through both halves; at the ends they go on to whatever comes before or after.
    """

    opened = Signal(object)
    toggled = Signal(object, bool)
    marked = Signal(object)
    typed = Signal(object, str)
    moved_to = Signal(object)

    def __init__(self, name: str, shape: RowShape | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._rows: tuple[Row, ...] = ()
        self._panel: QWidget | None = None
        self._panel_key: Any = None
        self._replaces = False
        self.above = RowList(name, shape, parent=self)
        self.below = RowList(name, shape, parent=self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.above)
        self._layout.addWidget(self.below)
        for half in (self.above, self.below):
            half.opened.connect(self.opened)
            half.toggled.connect(self.toggled)
            half.marked.connect(self.marked)
            half.typed.connect(self.typed)
            half.moved_to.connect(self.moved_to)
            half.installEventFilter(self)
        self.setFocusProxy(self.above)
        self._share()

    def rows(self) -> tuple[Row, ...]:
        """Return what is shown, the row a panel stands for included."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show *rows*; an open panel stays at its row, or at the end where the row is gone."""
        self._rows = tuple(rows)
        self._share()

    def panel(self) -> QWidget | None:
        """Return what is open."""
        return self._panel

    def panel_key(self) -> Any:
        """Return the key of the row the panel belongs to."""
        return self._panel_key if self._panel is not None else None

    def open_panel(self, panel: QWidget, key: Any = None, *, instead: bool = False) -> None:
        """Open *panel* below the row with *key*, or *instead* of it; without a key at the end."""
        self.close_panel()
        self._panel, self._panel_key, self._replaces = panel, key, instead
        self._layout.insertWidget(1, panel)
        panel.show()
        self._share()

    def close_panel(self) -> None:
        """Close what is open; the keyboard goes back to its row."""
        panel, key = self._panel, self._panel_key
        if panel is None:
            return
        held = panel.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self._panel, self._panel_key = None, None
        self._layout.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self._share()
        if key is not None:
            self.go_to(key)
        if held:
            self.above.setFocus()

    def go_to(self, key: Any) -> None:
        """Put the current row on the one with *key*."""
        half = self.below if any(row.key == key for row in self.below.rows()) else self.above
        half.go_to(key)

    def focus_row(self, key: Any) -> None:
        """Put the keyboard on the row with *key*."""
        half = self.below if any(row.key == key for row in self.below.rows()) else self.above
        half.go_to(key)
        half.setFocus()

    def current_key(self) -> Any:
        """Return the key of the row the keyboard is on; of the panel's row while that holds the keyboard."""
        for half in (self.above, self.below):
            if half.hasFocus():
                return half.current_key()
        if self._panel is not None:
            return self._panel_key
        return self.above.current_key()

    def has_keyboard(self) -> bool:
        """Tell whether the keyboard is on one of the rows."""
        return self.above.hasFocus() or self.below.hasFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, RowList):
            if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                return super().eventFilter(watched, event)
            keys = [row.key for row in watched.rows() if not row.header]
            if event.key() == Qt.Key.Key_Down and keys and watched.current_key() == keys[-1]:
                return watched.focusNextChild()
            if event.key() == Qt.Key.Key_Up and keys and watched.current_key() == keys[0]:
                return watched.focusPreviousChild()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        at = len(self._rows)
        skip = 0
        if self._panel is not None and self._panel_key is not None:
            found = next((number for number, row in enumerate(self._rows) if row.key == self._panel_key), None)
            if found is not None:
                at, skip = (found, 1) if self._replaces else (found + 1, 0)
        self.above.set_rows(self._rows[:at])
        self.below.set_rows(self._rows[at + skip :])
        self.above.setVisible(bool(self.above.rows()) or self._panel is None)
        self.below.setVisible(bool(self.below.rows()))
