"""Another record of the same person: who it may be, both side by side, merging them, and taking them apart again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from shelterdesk import duplicates, merging
from shelterdesk.access import Right
from shelterdesk.duplicates import Candidate
from shelterdesk.errors import ShelterDeskError
from shelterdesk.fields import Field, Kind
from shelterdesk.folding import fold, sounds
from shelterdesk.i18n import _
from shelterdesk.merging import Difference, Preview
from shelterdesk.people import Person
from shelterdesk.schema.base import text_of
from ui.forms.request_form import people_on_file
from ui.pages.resident.entry_card import Entry, EntryCard
from ui.seat import Seat, person_words
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.choice_field import ChoiceField
from ui.widgets.masked_value import DOTS
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

KEEP, TAKE = "keep", "take"


class MergeCard(EntryCard):
    """``changed`` fires when two records became one, or two again; ``looking`` while both are looked at."""

    changed = Signal()
    looking = Signal(bool)

    def __init__(self, seat: Seat) -> None:
        may = seat.desk.may(Right.CHANGE_PERSON)
        nothing = _("No other record was merged into this one.")
        super().__init__(
            "merged", _("Other records of the same person"), nothing, _("Merge with another…"), may_add=may
        )
        self.seat = seat
        self.person: Person | None = None
        self.panel: MergePanel | None = None
        self._may = may
        self.add_wanted.connect(lambda: self.begin(None))
        self.act_wanted.connect(self._act)

    def show_person(self, person: Person) -> None:
        """Read what was merged into her record, and who may be the same person."""
        if self.person is not None and self.person.id != person.id:
            self.close_panel()
        self.person = person
        joined = merging.merged_into(self.seat.desk, person.id)
        entries = [self._merged(one) for one in joined]
        if self._may:
            entries += [self._maybe(one) for one in candidates_for(self.seat, person)]
        self.show_entries(entries)

    def begin(self, other_id: UUID | None) -> None:
        """Open the panel, with *other_id* as the other record where it is known."""
        if self.person is None or not self._may:
            return
        self.close_panel()
        self.panel = MergePanel(self.seat, self.person.id, other_id)
        self.panel.done.connect(self._done)
        self.panel.cancelled.connect(self.close_panel)
        self.place.addWidget(self.panel)
        self.panel.begin()
        self.add_button.hide()
        self.looking.emit(True)

    def close_panel(self) -> None:
        """Close the panel; nothing was changed by looking."""
        panel, self.panel = self.panel, None
        if panel is not None:
            panel.hide()
            panel.deleteLater()
            self.add_button.setVisible(self._may)
            self.looking.emit(False)

    def _merged(self, one: Person) -> Entry:
        name = self.seat.masked(one.shown_name)
        acts = (("part", _("Take apart")),) if self._may else ()
        return Entry(
            ("merged", one.id), name, _("{code}, read as part of this record").format(code=one.code), (), (), acts
        )

    def _maybe(self, one: Candidate) -> Entry:
        why = ", ".join(_(reason) for reason in one.reasons)
        code = f"{one.entry.code}: " if one.entry.code != one.entry.name else ""
        aside = _("may be the same person: {why}").format(why=f"{code}{why}")
        return Entry(("maybe", one.id), self.seat.masked(one.entry.name), aside, (), (), (("look", _("Look at both")),))

    def _act(self, key: tuple[str, UUID], act: str) -> None:
        if act == "look":
            self.begin(key[1])
        elif act == "part":
            self._part(key[1])

    def _part(self, other_id: UUID) -> None:
        try:
            merging.part(self.seat.desk, other_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.changed.emit()
        self.seat.say(_("They are two records again. What was written since stays where it was written."))

    def _done(self, merged: merging.Merged) -> None:
        self.close_panel()
        self.changed.emit()
        desk = self.seat.desk
        self.seat.say(_("The two are one record now."), lambda: merging.part(desk, merged.other_id, merged))


class MergePanel(QWidget):
    """Choose the other record, look at both, say which words are right, merge. Nothing changes before «Merge»."""

    done = Signal(object)
    cancelled = Signal()

    def __init__(self, seat: Seat, kept_id: UUID, other_id: UUID | None) -> None:
        super().__init__()
        self.setObjectName("merge_panel")
        self.seat, self.kept_id, self.other_id = seat, kept_id, other_id
        self.look: Preview | None = None
        self.choices: dict[str, Segmented] = {}
        people = [one for one in people_on_file(seat) if one[0] != kept_id]
        self.other = ChoiceField(
            _("The other record"), [(None, _("Choose a person")), *people], fold=fold, heard=sounds
        )
        self.other.setMinimumWidth(320)
        self.other.setObjectName("other_record")
        self.hint = Words("", tone="muted", wrap=True)
        self.hindrances = Words("", tone="error", wrap=True)
        self.swap = LinkButton(_("Let the other record go on instead"), slim=True)
        self.swap.setObjectName("swap")
        self.merge_button = PrimaryButton(_("Merge"))
        self.cancel_button = LinkButton(_("Cancel"))
        self._rows = QWidget()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 16, 12)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.addWidget(Words(_("The other record")), 0, 0)
        self._grid.addWidget(self.other, 0, 1, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self.hint, 1, 0, 1, 2)
        self._grid.addWidget(self.swap, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self._rows, 3, 0, 1, 2)
        self._grid.addWidget(self.hindrances, 4, 0, 1, 2)
        buttons = QHBoxLayout()
        buttons.addWidget(self.merge_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        self._grid.addLayout(buttons, 5, 0, 1, 2)
        self._grid.setColumnStretch(1, 1)
        self.other.chosen.connect(self._chosen)
        self.swap.clicked.connect(self._swap)
        self.merge_button.clicked.connect(self.merge)
        self.cancel_button.clicked.connect(self.cancelled)

    def begin(self) -> None:
        """Show the two, or ask for the other one."""
        if self.other_id is not None:
            self.other.set_value(self.other_id)
        self._read()
        (self.other if self.other_id is None else self.merge_button).setFocus()

    def merge(self) -> None:
        """Merge the two as they were looked at."""
        if self.look is None:
            return
        take = [name for name, choice in self.choices.items() if choice.value() == TAKE]
        try:
            done = merging.merge(self.seat.desk, self.look.kept, self.look.other, take_over=take)
        except ShelterDeskError as error:
            self.hindrances.setText(error.text())
            self.hindrances.show()
            return
        self.done.emit(done)

    def _chosen(self, other_id: UUID | None) -> None:
        self.other_id = other_id
        self._read()

    def _swap(self) -> None:
        if self.other_id is not None:
            self.kept_id, self.other_id = self.other_id, self.kept_id
            self._read()

    def _read(self) -> None:
        self.look = None
        problem = ""
        if self.other_id is not None:
            try:
                self.look = merging.preview(self.seat.desk, self.kept_id, self.other_id)
            except ShelterDeskError as error:
                problem = error.text()
        look = self.look
        self.swap.setVisible(look is not None)
        self._show_differences(look)
        if look is None:
            words = _(
                "Both stay as they are. The other one is then read as part of this record; it can be taken apart."
            )
            self.hint.setText(words)
        else:
            kept, other = (self._who(one) for one in (look.kept, look.other))
            words = _("{kept} goes on. {other} is read as part of it: its rows stay where they were written.")
            self.hint.setText(words.format(kept=kept, other=other) + " " + self._numbers(look))
            problem = " ".join(one.text() for one in look.hindrances)
        self.hindrances.setText(problem)
        self.hindrances.setVisible(bool(problem))
        self.merge_button.setEnabled(look is not None and not look.hindrances)

    def _who(self, person: Person) -> str:
        return self.seat.masked(person_words(person.shown_name, person.code), person.code)

    def _numbers(self, look: Preview) -> str:
        parts = [f"{_(label)} {kept} + {other}" for label, kept, other in look.counts]
        return _("In both together: {what}.").format(what=", ".join(parts)) if parts else ""

    def _show_differences(self, look: Preview | None) -> None:
        old, self._rows = self._rows, QWidget(self)
        self._grid.replaceWidget(old, self._rows)
        old.hide()
        old.deleteLater()
        self.choices = {}
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(3, 1)
        for number, one in enumerate(look.differences if look is not None else ()):
            self._add_difference(grid, number, one)

    def _add_difference(self, grid: QGridLayout, number: int, one: Difference) -> None:
        label = _(one.field.label)
        choice = Segmented(label, [(KEEP, _("Keep")), (TAKE, _("Take over"))], value=TAKE if one.fills else KEEP)
        choice.setObjectName(f"difference_{one.field.attribute}")
        self.choices[one.field.attribute] = choice
        grid.addWidget(Words(label, tone="muted"), number, 0)
        grid.addWidget(choice, number, 1)
        kept = self._shown(one.field, one.kept) or _("nothing")
        grid.addWidget(Words(kept, tone="muted" if one.fills else "", wrap=True), number, 2)
        grid.addWidget(Words(_("other: {value}").format(value=self._shown(one.field, one.other)), wrap=True), number, 3)

    def _shown(self, field: Field, value: object) -> str:
        if value in (None, "", frozenset()):
            return ""
        if self.seat.visitor and (field.sensitive or field.kind in (Kind.TEXT, Kind.LONG_TEXT)):
            return DOTS
        names = self.seat.names(field.target) if field.kind is Kind.LINK else None
        return field.show(value, None, names)


def candidates_for(seat: Seat, person: Person) -> list[Candidate]:
    """Return who may be the same person as *person*, from what is on file."""
    read: Callable[[str], str] = partial(_read, person)
    full = f"{read('given_names')} {read('family_name')}".strip()
    names = [read("short_name"), full, *read("other_names").splitlines()]
    return duplicates.candidates(
        seat.desk,
        seat.index,
        names=[name for name in names if len(name.split()) > 1],
        birth=person.born,
        gender=person.gender,
        paper=read("document_number"),
        phone=read("phone"),
        but=[person.id],
    )


def _read(person: Person, attribute: str) -> str:
    return text_of(person, attribute)
