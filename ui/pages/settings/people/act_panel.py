"""The panel in which one act about a colleague is prepared: what it does, what is asked, and how far it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk.errors import Problem, ShelterDeskError
from shelterdesk.i18n import _
from ui import theme
from ui.widgets.form_row import FormRow
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.text import IconLabel, Words


class ActPanel(InlineEditor):
    """Stands in place of what it changes. ``add`` fills it from top to bottom, ``finish`` closes it."""

    def __init__(self, title: str, save: str, *, danger: bool = False) -> None:
        super().__init__(save, indent=16, danger=danger)
        self.setAccessibleName(title)
        self.heading = Words(title, "group", wrap=True)
        self.column = QVBoxLayout()
        self.column.setSpacing(8)
        self.column.addWidget(self.heading)
        self.problem = Words("", tone="error", wrap=True)
        self.problem.hide()
        self.progress = QuietProgress()
        self.progress.hide()
        self.rows: dict[str, FormRow] = {}
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.insertLayout(0, self.column)

    def tell(self, words: str, *, muted: bool = False) -> Words:
        """Add a sentence or two."""
        label = Words(words, tone="muted" if muted else "", wrap=True)
        self.column.addWidget(label)
        return label

    def tell_with(self, icon: str, words: str, tint: str = "muted") -> None:
        """Add a sentence behind an icon."""
        self.column.addWidget(IconSentence(icon, words, tint))

    def add(self, widget: QWidget) -> None:
        """Add a widget that brings its own words."""
        self.column.addWidget(widget)

    def add_labelled(self, label: str, field: QWidget) -> None:
        """Add something of several parts under a label; its problems stand at the end of the panel."""
        words = Words(label)
        words.setBuddy(field.focusProxy() or field)
        self.column.addWidget(words)
        self.column.addWidget(field)

    def ask(self, key: str, label: str, field: QWidget, help_text: str = "", *, fill: bool = True) -> FormRow:
        """Add a field under its label; problems of the field *key* are shown there."""
        row = FormRow(label, field, help_text, fill=fill)
        row.set_above(above=True)
        self.rows[key] = row
        self.column.addWidget(row)
        return row

    def ask_why(self, help_text: str) -> QLineEdit:
        """Add the field for the reason."""
        line = QLineEdit()
        line.setObjectName("why")
        self.ask("why", _("Why"), line, help_text)
        return line

    def finish(self) -> None:
        """Close the panel with its buttons."""
        self.column.addWidget(self.problem)
        self.column.addWidget(self.progress)
        self.column.addSpacing(4)
        self.column.addLayout(self._buttons)

    def say_problem(self, words: str, key: str = "") -> None:
        """Say what is to be changed, at the field it belongs to where there is one."""
        for name, row in self.rows.items():
            row.set_problem(words if name == key else "")
        here = key not in self.rows
        self.problem.setText(words if here else "")
        self.problem.setVisible(bool(words) and here)
        if key in self.rows and words:
            self.rows[key].editor.setFocus()

    def show_error(self, error: BaseException) -> None:
        """Show what went wrong; what is no error for people is a bug and is raised again."""
        if not isinstance(error, ShelterDeskError):
            raise error
        self.say_problem(error.text(), error.field if isinstance(error, Problem) else "")

    def set_busy(self, words: str) -> None:
        """Say what is under way and wait; «» ends it."""
        for widget in (self.save, self.cancel, *(row.field for row in self.rows.values())):
            widget.setEnabled(not words)
        self.progress.setVisible(bool(words))
        if words:
            self.progress.work(words)

    def let_stop(self, stop: Callable[[], None]) -> None:
        """Let what is under way be stopped, because that is safe."""
        self.progress.let_stop(_("Stop"), stop)


_ICON = 16


class IconSentence(QWidget):
    """A sentence that wraps behind an icon."""

    def __init__(self, icon: str, words: str, tint: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        lead = QVBoxLayout()
        # The icon stands beside the first line, however high a line is.
        lead.addSpacing(max((QFontMetrics(theme.font()).height() - _ICON) // 2, 0))
        lead.addWidget(IconLabel(icon, _ICON, tint, self))
        lead.addStretch(1)
        row.addLayout(lead)
        row.addWidget(Words(words, wrap=True, parent=self), 1)
