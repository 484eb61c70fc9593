"""A form of something that belongs to what it stands in: to which, nobody has to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shelterdesk.fields import Field
from shelterdesk.schema.base import Record
from ui.forms.chosen import ChosenEditor
from ui.forms.record_form import RecordForm
from ui.seat import Seat


class PartForm(RecordForm):
    """*link* is the field that leads to *whole*, called *words*. It is no value of the form; its draft knows it."""

    def __init__(
        self, seat: Seat, kind: type[Record], attributes: Sequence[str], link: Field, whole: UUID, words: str
    ) -> None:
        self._link = link
        super().__init__(seat, kind, attributes, headings=False, extra=(link,), elsewhere=())
        self.add_editor(link, ChosenEditor(link, [(whole, words)]))
        self.set(link.attribute, whole)
        self.row(link.attribute).hide()

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != self._link.attribute}
