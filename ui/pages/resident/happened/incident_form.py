"""The form of an incident: when, where and its one type first; what else may be known is folded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout

from shelterdesk.drafts import Draft
from shelterdesk.errors import Problems
from shelterdesk.fields import Field
from shelterdesk.gbv_incidents import AROUND, HELP, GbvIncident
from shelterdesk.i18n import N_, _
from shelterdesk.violence_types import NOT_GBV
from ui.forms.editors import Editor, Unreadable, editor_for
from ui.forms.record_form import RecordForm
from ui.pages.resident.happened.type_questions import TypeEditor
from ui.seat import Seat
from ui.widgets.fold_row import FoldRow

_FOLDED: Final = {
    AROUND: N_("as far as she told"),
    HELP: N_("which help she was offered, and what became of it"),
}


class IncidentForm(RecordForm):
    """Groups under headings; two of them stay folded until somebody opens them or they hold something."""

    def __init__(self, seat: Seat) -> None:
        self.folds: dict[str, FoldRow] = {}
        super().__init__(seat, GbvIncident)

    def _build(self, *, headings: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        group = ""
        for field in self.fields:
            if headings and field.group and field.group != group:
                group = field.group
                self._begin(group)
            row = self.add_editor(field, self.make_editor(field))
            if field.group in self.folds:
                self.folds[field.group].toggled.connect(row.setVisible)
                row.hide()

        if self.has("violence") and self.has("other_words"):
            self.editor("violence").on_change(self._ask_for_other_words)
            self._ask_for_other_words()

    def make_editor(self, field: Field) -> Editor:
        return TypeEditor(field) if field.attribute == "violence" else editor_for(field, self.seat)

    def load_values(self, values: Mapping[str, Any]) -> None:
        super().load_values(values)
        self._open_what_is_filled()

    def load_draft(self, draft: Draft) -> None:
        super().load_draft(draft)
        self._open_what_is_filled()

    def show_problems(self, problems: Problems) -> None:
        told = {problem.field for problem in problems.problems}
        self._open({field.group for field in self.fields if field.id in told})
        super().show_problems(problems)

    def _begin(self, group: str) -> None:
        if group in _FOLDED:
            self.folds[group] = FoldRow(_(group), _(_FOLDED[group]), parent=self.rows)
            self.rows.add(self.folds[group])
        else:
            self.rows.add_heading(_(group))

    def _ask_for_other_words(self) -> None:
        """Ask what it was only where none of the questions was answered «yes»."""
        if self.has("violence") and self.has("other_words"):
            none_of_them = self.editor("violence").value() == NOT_GBV
            self.row("other_words").setVisible(none_of_them or bool(self.editor("other_words").value()))

    def _open_what_is_filled(self) -> None:
        self._ask_for_other_words()
        self._open({field.group for field in self.fields if self._holds_something(field)})

    def _open(self, groups: set[str]) -> None:
        for group in groups & set(self.folds):
            self.folds[group].setChecked(True)

    def _holds_something(self, field: Field) -> bool:
        try:
            return self.editor(field.attribute).value() not in (None, frozenset())
        except Unreadable:
            return True
