"""Rows of a form: label, field, help or problem beneath; and the column that keeps them in line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.theme import tokens
from ui.widgets.text import IconLabel, Words

_GUTTER = 16


class FormRow(QWidget):
    """One field with its words. ``left`` fires when the keyboard leaves the field, the moment to check it."""

    left = Signal()

    def __init__(
        self,
        label: str,
        field: QWidget,
        help_text: str = "",
        *,
        editor: QWidget | None = None,
        fill: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = editor or field.focusProxy() or field
        self.label = Words(label, parent=self)
        self.label.setBuddy(self.editor)
        self.label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        self._help_text, self._problem = help_text, ""
        self._teller: Callable[[], None] | None = None
        self._described = self.editor.accessibleDescription()
        self._below = LineBelow(self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(_GUTTER)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(field, 1 if fill else 0)
        if not fill:
            line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._below)
        self._box.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if not self.editor.accessibleName():
            self.editor.setAccessibleName(label.replace("&", ""))
        self.editor.installEventFilter(self)
        self._show_below()
        self.set_above(above=False)

    def label_width(self) -> int:
        """Return the width the label needs."""
        return self.label.sizeHint().width()

    def set_label_width(self, width: int) -> None:
        """Put the field this far from the left edge; only while the label stands beside it."""
        if self._box.direction() == QBoxLayout.Direction.LeftToRight:
            self.label.setFixedWidth(width)

    def set_above(self, *, above: bool) -> None:
        """Put the label above the field (narrow) or at its left."""
        if above:
            self._box.setDirection(QBoxLayout.Direction.TopToBottom)
            self._box.setSpacing(4)
            self.label.setMinimumWidth(0)
            self.label.setMaximumWidth(16777215)
            self.label.setFixedHeight(self.label.fontMetrics().height() + 2)
        else:
            self._box.setDirection(QBoxLayout.Direction.LeftToRight)
            self._box.setSpacing(_GUTTER)
            self.label.setFixedHeight(theme.px(tokens.CONTROL))

    def set_help(self, text: str) -> None:
        """Change the sentence below the field."""
        self._help_text = text
        self._show_below()

    def tell_elsewhere(self, teller: Callable[[], None]) -> None:
        """Let *teller* show the words of this row, whose field is too narrow for them; called at every change."""
        self._teller = teller
        self._show_below()

    def problem(self) -> str:
        """Return the problem shown, «» without one."""
        return self._problem

    def set_problem(self, text: str) -> None:
        """Show what is to be changed; «» takes it away."""
        self._problem = text
        theme.mark(self.editor, wrong=bool(text))
        self._show_below()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _show_below(self) -> None:
        if self._teller is None:
            self._below.say(self._problem or self._help_text, wrong=bool(self._problem))
        else:
            self._below.say("", wrong=False)
            self._teller()
        said = ". ".join(filter(None, (self._problem or self._help_text, self._described)))
        self.editor.setAccessibleDescription(said)


class LineBelow(QWidget):
    """Help or a problem below what it is about."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = IconLabel("circle-alert", 14, "error", self)
        self._words = Words("", "small", "muted", wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)

    def say(self, text: str, *, wrong: bool) -> None:
        """Show *text*, «» hides it."""
        self._icon.setVisible(wrong)
        self._words.set_tone("error" if wrong else "muted")
        theme.mark(self._words, type="body" if wrong else "small")
        self._words.setText(text)
        self.setVisible(bool(text))


class FormRows(QWidget):
    """A column of rows and headings. Labels share one width; in a narrow window they go above their fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[FormRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        theme.notifier.changed.connect(self._align)

    def add_heading(self, text: str, aside: QWidget | None = None) -> Words:
        """Begin a group."""
        heading = Words(text, "group", parent=self)
        line = QHBoxLayout()
        line.setContentsMargins(0, 4 if self._layout.count() else 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(heading)
        if aside is not None:
            line.addWidget(aside)
        line.addStretch(1)
        self._layout.addLayout(line)
        return heading

    def add_row(self, row: FormRow) -> FormRow:
        """Put *row* at the end and return it."""
        self._rows.append(row)
        self._layout.addWidget(row)
        self._align()
        return row

    def add(self, widget: QWidget) -> None:
        """Put a widget without a label of its own at the end."""
        self._layout.addWidget(widget)

    def rows(self) -> tuple[FormRow, ...]:
        """Return the rows in their order."""
        return tuple(self._rows)

    def field_column(self) -> int:
        """Return how far from the left edge the fields begin; a save strip starts there too."""
        if not self._rows or self._is_narrow():
            return 0
        return self._width() + _GUTTER

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._align()

    def _width(self) -> int:
        return max([theme.px(tokens.LABEL_COLUMN), *(row.label_width() for row in self._rows)])

    def _is_narrow(self) -> bool:
        return self.window().width() < tokens.NARROW_FORM_BELOW * theme.scale()

    def _align(self) -> None:
        narrow = self._is_narrow()
        width = self._width()
        for row in self._rows:
            row.set_above(above=narrow)
            row.set_label_width(width)
