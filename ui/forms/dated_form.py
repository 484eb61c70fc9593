"""The form of a dated row that stands: it asks whether something changed, or was written down wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from shelterdesk.i18n import _
from shelterdesk.schema.base import Record
from shelterdesk.schema.types import new_id
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

CORRECT: Final = "correct"
CHANGE: Final = "change"

Add = Callable[[dict[str, Any]], object]
Correct = Callable[[dict[str, Any]], object]


class DatedForm(InlineForm):
    """Begins with a correction, because what stands is what was pressed; «it has changed» adds a row of its own.

    *start* are the values a new row begins with.
    """

    def __init__(
        self,
        seat: Seat,
        form: RecordForm,
        row: Record,
        person_id: UUID,
        *,
        add: Add,
        correct: Correct,
        start: Mapping[str, Any],
        title: str,
        save: str,
    ) -> None:
        super().__init__(seat, form, save, self._store_as_asked, title=title)
        self._row, self._person_id, self._start = row, person_id, dict(start)
        self._add, self._correct = add, correct
        self.which = Segmented(
            _("What this is"), [(CORRECT, _("Correct it")), (CHANGE, _("It has changed"))], CORRECT, parent=self
        )
        self.which.setObjectName("correct-or-change")
        self._said = Words("", "small", "muted", wrap=True, parent=self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self.which, 0, Qt.AlignmentFlag.AlignLeading)
        layout.insertWidget(2, self._said)
        form.load(row, person_id)
        self.which.chosen.connect(self._choose)
        self._say_which()

    def is_change(self) -> bool:
        """Tell whether saving adds a row."""
        return self.which.value() == CHANGE

    def _choose(self, _which: object) -> None:
        form = self.form
        typed = form.changed_values() if form.is_dirty() else {}
        form.forget_draft()
        if self.is_change():
            form.target_id = new_id()
            form.load_values(dict.fromkeys((field.attribute for field in form.fields), None) | self._start)
        else:
            form.load(self._row, self._person_id)
        form.draft_id = new_id()
        # Whoever finds out while typing that it is the other thing types nothing twice.
        for attribute, value in typed.items():
            if form.has(attribute):
                form.set(attribute, value)
        self._say_which()

    def _say_which(self) -> None:
        self._said.setText(
            _("What stands stays in the history. From the day below on this holds.")
            if self.is_change()
            else _("It was written down wrong. The log keeps what stood before.")
        )

    def _store_as_asked(self, form: RecordForm) -> object:
        return self._add(form.values()) if self.is_change() else self._correct(form.changed_values())
