"""A form in which an answer decides what is asked next."""

from __future__ import annotations

from typing import Any

from ui.forms.editors import Unreadable
from ui.forms.record_form import RecordForm


class FittingForm(RecordForm):
    """A form whose rows follow what was answered so far; a row that holds something always stays in view."""

    def watch(self) -> None:
        """Begin to show and hide rows."""
        self.edited.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Show the rows that belong to what is answered."""

    def read(self, attribute: str) -> Any:
        """Return what stands in a field now, None where it cannot be read or is not there."""
        if not self.has(attribute):
            return None
        try:
            return self.editor(attribute).value()
        except Unreadable:
            return None

    def show_where(self, attribute: str, *, fits: bool) -> None:
        """Show a row where it *fits*, or where something stands in it."""
        if self.has(attribute):
            self.row(attribute).setVisible(fits or bool(self.read(attribute)))
