"""Editors of a service that know more than their field: what is offered, what is proposed, what nobody types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from shelterdesk import catalogue, vocab
from shelterdesk.fields import CLOSED, Field
from shelterdesk.i18n import _
from ui.forms.chosen import ChosenEditor
from ui.forms.editors import AreaEditor, Editor, Unreadable
from ui.seat import Seat
from ui.widgets.text_area import TextArea


def typed_in(editor: Editor) -> Any:
    """Return what stands in *editor*, something false and not None where it cannot be read yet."""
    try:
        return editor.value()
    except Unreadable:
        return CLOSED


def select_when_entered(line: QLineEdit) -> None:
    """Let typing replace what stands in *line*, however the keyboard came there."""
    line.installEventFilter(_WholeWhenEntered(line))


def kinds_to_choose(seat: Seat) -> list[tuple[Any, str]]:
    """Return the kinds of service that are offered, those the signed-in person may give first."""
    return [(one.kind, one.label) for one in catalogue.offered(seat.desk, mine=True)]


class _WholeWhenEntered(QObject):
    """Selects what was proposed as soon as the keyboard comes, so that typing replaces it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            watched.selectAll()
            # The mouse sets its cursor after this.
            QTimer.singleShot(0, watched, watched.selectAll)
        return super().eventFilter(watched, event)


class TeamNoteEditor(AreaEditor):
    """A note of one line that grows when it is longer."""

    def __init__(self, field: Field) -> None:
        # Who reads it is said before anything is written; a line below would take the room of another field.
        self.area = TextArea(_(field.label), _(field.help), lines=1)
        self.widget: QWidget = self.area


class KindEditor(ChosenEditor):
    """The kind of service. What is no longer offered is no choice, but stays where it was chosen before."""

    def __init__(self, field: Field, kinds: list[tuple[Any, str]], width: int) -> None:
        self._kinds = kinds
        super().__init__(field, kinds, width=width)

    def set_value(self, value: Any) -> None:
        if value and value not in dict(self._kinds):
            self.offer([*self._kinds, (value, vocab.SERVICE_KINDS.label(value))])
        super().set_value(value)


class KeptEditor:
    """A value nobody types, which belongs to the draft all the same."""

    fills = False

    def __init__(self) -> None:
        self.widget = QWidget()
        self._value: Any = None

    def value(self) -> Any:
        return self._value

    def set_value(self, value: Any) -> None:
        self._value = value

    def on_change(self, listener: Callable[[], None]) -> None:
        """Nobody changes it."""
