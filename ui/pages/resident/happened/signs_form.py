"""The eleven signs of forced labour: yes, no or not clear for each, and a line beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.exploitation import SIGNS, LabourSigns
from shelterdesk.fields import Field
from shelterdesk.i18n import _
from ui.forms.editors import Editor, LineEditor, editor_for
from ui.forms.record_form import RecordForm
from ui.seat import Seat

NOTE = "_note"
_NOTES = frozenset(f"{sign}{NOTE}" for sign in SIGNS)
_LINE_EM = 60
"""As wide as the row leaves it."""


class SignsForm(RecordForm):
    """One row for each sign; its note stands in the same row. An answer is taken back by pressing it again."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, LabourSigns)

    def _build(self, *, headings: bool) -> None:
        notes = {field.attribute: field for field in self.fields if field.attribute in _NOTES}
        self.fields = tuple(field for field in self.fields if field.attribute not in _NOTES)
        super()._build(headings=headings)
        for attribute in SIGNS:
            editor = self._editors.get(attribute)
            note = notes.get(attribute + NOTE)
            if note is not None and isinstance(editor, _SignEditor):
                self.add_beside(note, editor.note, attribute)

    def make_editor(self, field: Field) -> Editor:
        if field.attribute in SIGNS:
            return _SignEditor(field, self.seat)
        return editor_for(field, self.seat)


class _SignEditor:
    """The answer, with the line of its note at the right."""

    fills = True

    def __init__(self, field: Field, seat: Seat) -> None:
        self._answer = editor_for(field, seat)
        self.note = LineEditor(field, _LINE_EM)
        self.note.line.setPlaceholderText(_("Note, may stay empty"))
        self.note.line.setAccessibleName(_("{sign}: note").format(sign=_(field.label)))
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._answer.widget)
        row.addWidget(self.note.line, 1)
        self.widget.setFocusProxy(self._answer.widget)

    def value(self) -> Any:
        return self._answer.value()

    def set_value(self, value: Any) -> None:
        self._answer.set_value(value)

    def on_change(self, listener: Callable[[], None]) -> None:
        self._answer.on_change(listener)
