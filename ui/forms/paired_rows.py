"""Rows of a form in two columns, for editors that stand in the place of a row and should stay low."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.widgets.form_row import FormRow, FormRows

_GUTTER = 16
_BETWEEN = 12
_NARROW = 400


class PairedRows(FormRows):
    """Rows whose field ids are in *beside* stand at the right of the row before them while there is room for both."""

    def __init__(self, beside: Collection[str] = (), parent: QWidget | None = None) -> None:
        self._beside = frozenset(beside)
        self._stacked = False
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 4)
        self._grid.setColumnStretch(1, 3)
        self._layout.addLayout(self._grid)

    def add_row(self, row: FormRow) -> FormRow:
        """Put *row* in the next line, or beside the last one."""
        row.setParent(self)
        self._rows.append(row)
        self._arrange()
        return row

    def field_column(self) -> int:
        """Return how far from the left edge the fields of the left column begin."""
        if not self._rows or self._is_narrow():
            return 0
        return self._label_widths()[0] + _GUTTER

    def minimumSizeHint(self) -> QSize:
        # One below the other the rows need least; the arrangement follows the width there is.
        least = max((row.minimumSizeHint().width() for row in self._rows), default=0)
        return QSize(min(super().minimumSizeHint().width(), least), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = self.width() < self._room_for_pairs()
        if stacked != self._stacked:
            self._stacked = stacked
            self._arrange()
        else:
            self._align()

    def _pairs(self) -> list[tuple[FormRow, FormRow | None]]:
        lines: list[tuple[FormRow, FormRow | None]] = []
        for row in self._rows:
            if row.objectName() in self._beside and lines and lines[-1][1] is None and not self._stacked:
                lines[-1] = (lines[-1][0], row)
            else:
                lines.append((row, None))
        return lines

    def _room_for_pairs(self) -> int:
        was, self._stacked = self._stacked, False
        pairs = [(left, right) for left, right in self._pairs() if right is not None]
        self._stacked = was
        if not pairs:
            return 0
        left = max(one.minimumSizeHint().width() for one, _other in pairs)
        right = max(other.minimumSizeHint().width() for _one, other in pairs if other is not None)
        return left + right + _BETWEEN

    def _arrange(self) -> None:
        for row in self._rows:
            self._grid.removeWidget(row)
        for line, (left, right) in enumerate(self._pairs()):
            self._grid.addWidget(left, line, 0, 1, 1 if right is not None else 2)
            if right is not None:
                self._grid.addWidget(right, line, 1)
        self._align()
        self.updateGeometry()

    def _label_widths(self) -> tuple[int, int]:
        pairs = self._pairs()
        left = max((one.label_width() for one, _other in pairs), default=0)
        right = max((other.label_width() for _one, other in pairs if other is not None), default=0)
        return left, right

    def _is_narrow(self) -> bool:
        return 0 < self.width() < _NARROW * theme.scale()

    def _align(self) -> None:
        narrow, (left_width, right_width) = self._is_narrow(), self._label_widths()
        for left, right in self._pairs():
            for row, width in ((left, left_width), (right, right_width)):
                if row is not None:
                    row.set_above(above=narrow)
                    row.set_label_width(width)
