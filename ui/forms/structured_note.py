"""A sealed text in a box with a lock, divided into parts where that helps, for notes and for services."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from shelterdesk import formats
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import _
from shelterdesk.readers import readable_by, who_reads
from ui import theme
from ui.forms.editors import AreaEditor, DayEditor, Editor, Unreadable
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import LinkButton
from ui.widgets.form_row import FormRow
from ui.widgets.restricted_note import RestrictedNote
from ui.widgets.text import Words
from ui.widgets.text_area import TextArea

_LABEL: Final = 104
"""Width the names of the parts have at least."""


class SealedTextEditor:
    """A box with a lock that says who can read what is written in it."""

    fills = True

    def __init__(self, seat: Seat, field: Field, lines: int = 4) -> None:
        assert field.compartment is not None
        readers, who = readable_by(field.compartment), who_reads(seat.desk, field.compartment)
        self.panel = RestrictedNote(_(field.label), readers, who, lines=lines)
        self.panel.area.setObjectName(field.attribute)
        self.panel.area.setPlaceholderText(" ".join(_(line) for line in field.lines))
        self.widget: QWidget = self.panel

    def value(self) -> Any:
        return self.panel.text().strip() or None

    def set_value(self, value: Any) -> None:
        self.panel.set_text(value or "")

    def on_change(self, listener: Callable[[], None]) -> None:
        self.panel.area.textChanged.connect(listener)


class _PartEditor(AreaEditor):
    """A part: one line that grows."""

    def __init__(self, field: Field, readers: str) -> None:
        self.area = TextArea(_(field.label), " ".join(_(line) for line in field.lines), lines=1, most=6)
        self.area.setObjectName(field.attribute)
        self.area.setAccessibleDescription(readers)
        self.widget: QWidget = self.area


class StructuredNote:
    """The box of one *text* with its *parts* above, which fold away while nothing is written in them."""

    def __init__(
        self, seat: Seat, text: Field, parts: Sequence[Field], lines: int = 4, *, unfolded: bool = False
    ) -> None:
        self.text, self.parts = text, tuple(parts)
        self.box = SealedTextEditor(seat, text, lines)
        self._holder = QWidget(self.box.panel)
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, theme.px(_LABEL))
        self._grid.setColumnStretch(1, 1)
        self._editors: dict[str, Editor] = {
            field.attribute: self._add(number, field, seat) for number, field in enumerate(self.parts)
        }
        self._besides = Words(_("Anything else"), "small", "muted", parent=self.box.panel)
        self._besides.setBuddy(self.box.panel.area)
        self.link = LinkButton(_("Write it in parts"), "list-checks", slim=True, parent=self.box.panel)
        self.link.setObjectName(f"parts_of_{text.attribute}")
        self.link.setAccessibleDescription(", ".join(_(field.label) for field in self.parts))
        self.link.setToolTip(", ".join(_(field.label) for field in self.parts))
        self.link.clicked.connect(lambda: self.unfold(on=True))
        self.box.panel.add_above(self._holder)
        self.box.panel.add_above(self._besides)
        self.box.panel.add_below(self.link)
        # The box was made before its parts; whoever goes on from the last part has to land in it, not on a button.
        parts_in_order = (editor.widget for _field, editor in self.editors())
        stops = [*(one.focusProxy() or one for one in parts_in_order), self.box.panel.area, self.link]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self._unfolded = unfolded
        self._divides = bool(self.parts)
        self.unfold_if_written()

    def _add(self, line: int, field: Field, seat: Seat) -> Editor:
        readers = readable_by(self.text.compartment) if self.text.compartment else ""
        editor: Editor = DayEditor(field, seat) if field.kind is Kind.DAY else _PartEditor(field, readers)
        label = Words(_(field.label), tone="muted", parent=self._holder)
        label.setFixedHeight(theme.px(tokens.CONTROL))
        label.setBuddy(editor.widget)
        self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(editor.widget, line, 1)
        return editor

    def editors(self) -> Iterator[tuple[Field, Editor]]:
        """Return each part with its editor."""
        return ((field, self._editors[field.attribute]) for field in self.parts)

    def first_stop(self) -> QWidget:
        """Return what gets the keyboard when somebody begins to write."""
        if self.is_unfolded():
            widget = self._editors[self.parts[0].attribute].widget
            return widget.focusProxy() or widget
        return self.box.panel.area

    def is_unfolded(self) -> bool:
        """Tell whether the parts are shown."""
        return self._divides and self._unfolded

    def unfold(self, *, on: bool) -> None:
        """Show the parts, or fold them away; the keyboard goes to the first of them."""
        self._unfolded = on
        self._show()
        if on:
            self.first_stop().setFocus()

    def unfold_if_written(self) -> None:
        """Show the parts where one of them says something; otherwise they stay as they were."""
        self._unfolded = self._unfolded or any(_typed(editor) for _field, editor in self.editors())
        self._show()

    def divide(self, *, on: bool) -> None:
        """Offer the parts, or not; what stands in them goes into the text where they are no longer offered."""
        self._divides = on and bool(self.parts)
        if not self._divides and any(_typed(editor) for _field, editor in self.editors()):
            self.box.set_value(self.take_words())
        self._show()

    def take_words(self) -> str:
        """Return everything that is written as one text, each part with its name, and empty the box."""
        said = [f"{_(field.label)}: {words}" for field, editor in self.editors() if (words := _typed(editor))]
        said += [self.box.value()] if self.box.value() else []
        for editor in (*self._editors.values(), self.box):
            editor.set_value(None)
        return "\n".join(said)

    def _show(self) -> None:
        shown = self._divides and self._unfolded
        self._holder.setVisible(shown)
        self._besides.setVisible(shown)
        self.link.setVisible(self._divides and not shown)


class NoteBoxes:
    """The boxes of a form, one for each compartment; the chosen kind shows one of them."""

    def __init__(self, form: RecordForm) -> None:
        self._form = form
        self._boxes: dict[str, StructuredNote] = {}
        self._rows: dict[str, FormRow] = {}
        self.shown = ""
        """Attribute of the box that was shown last; where a key is not held there is none to show."""

    def add(self, box: StructuredNote, label: str) -> None:
        """Give *box* a row in the form."""
        attribute = box.text.attribute
        self._rows[attribute] = self._form.add_editor(box.text, box.box, label)
        for field, editor in box.editors():
            self._form.add_beside(field, editor, attribute)
        self._boxes[attribute] = box

    def box(self, attribute: str) -> StructuredNote | None:
        """Return the box of a text, None where its key is not held."""
        return self._boxes.get(attribute)

    def follow(self, attribute: str) -> None:
        """Show the box of *attribute*; what was typed goes there, and who can read it changes with it."""
        now, last = self._boxes.get(attribute), self._boxes.get(self.shown)
        if now is not None and last is not None and now is not last:
            words = last.take_words()
            if words:
                standing = now.box.value()
                now.box.set_value("\n".join(filter(None, (standing, words))))
        self.show(attribute)

    def show(self, attribute: str) -> None:
        """Show the box of *attribute* and no other."""
        if attribute in self._boxes:
            self.shown = attribute
        for name, row in self._rows.items():
            row.setVisible(name == attribute)
            self._boxes[name].unfold_if_written()

    def says_something(self, values: Mapping[str, Any]) -> bool:
        """Tell whether *values* of the form hold a word in the box that is shown."""
        box = self._boxes.get(self.shown)
        return box is not None and any(values.get(field.attribute) for field in (box.text, *box.parts))


def _typed(editor: Editor) -> str:
    """Return what stands in *editor* in words; what cannot be read yet says nothing."""
    try:
        value = editor.value()
    except Unreadable:
        return ""
    return formats.day(value) if isinstance(value, date) else str(value or "")
