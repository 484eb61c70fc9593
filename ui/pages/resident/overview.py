"""Overview: the next step first, then how the plan goes, what comes up, strengths, safety — not the harm."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from shelterdesk import appointments, drafts, not_recorded, people, person_reading
from shelterdesk.access import Right
from shelterdesk.i18n import _, ngettext
from shelterdesk.not_recorded import Prompt
from shelterdesk.people import Person
from ui import theme
from ui.draft_places import CONTINUE, draft_for
from ui.forms.appointment_form import appointment_form
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.pages.resident.next_step_card import NextStepCard
from ui.pages.resident.overview_cards import ComingCard, ProgressCard, StrengthsCard
from ui.pages.resident.overview_safety import SafetyCard
from ui.pages.resident.section import Section
from ui.place import Place
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import LinkButton
from ui.widgets.text import ElidedWords, IconLabel

_ONE_COLUMN_BELOW = 520
_NAMED = 3


class OverviewSection(Section):
    """Composed by hand like a page; editors open in the place of what they change."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.step_card = NextStepCard(seat)
        self.progress = ProgressCard(seat)
        self.coming = ComingCard(seat)
        self.strengths = StrengthsCard(seat)
        self.safety = SafetyCard(seat)
        self.missing = _MissingLine()
        self._missing: list[Prompt] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.RECORD_GAP)
        self._columns = 0
        self.content.addLayout(self._grid)
        self._lay_out()
        self.step_card.change_wanted.connect(self.edit_next_step)
        self.strengths.change_wanted.connect(self.edit_strengths)
        self.coming.appointment_wanted.connect(self.edit_appointment)
        self.missing.add.clicked.connect(self._add_missing)

    def refresh(self) -> None:
        """Read everything anew; an open editor stays."""
        person = self.person
        if person is None:
            return
        self.close_editor_of_another(person.id)
        self.step_card.show_person(person.id)
        self.progress.show_person(person.id)
        self.coming.show_person(person.id)
        self.strengths.show_person(person)
        self.safety.show_person(person)
        self._missing = not_recorded.not_recorded(self.seat.desk, person) if person.archived_at is None else []
        self.missing.show_labels([_(one.label) for one in self._missing])
        self.step_card.setVisible(self.editor is None or self.editor.form.kind.__tablename__ != "next_step")

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the overview answers to."""
        return {"show_masked": self.safety.reveal_all} | super().commands()

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin «next_step», or go on with a draft."""
        if doing == "next_step":
            self.edit_next_step()
        elif doing == CONTINUE:
            draft = draft_for(drafts.my_drafts(self.seat.desk), about)
            match draft.record if draft is not None else "":
                case "next_step":
                    self.edit_next_step()
                case "appointment" if draft is not None:
                    self.edit_appointment(appointments.existing_id(self.seat.desk, draft.target_id))
                case "person":
                    self.edit_strengths()
                case _:
                    return
            if self.editor is not None and draft is not None:
                self.editor.form.load_draft(draft)

    def edit_next_step(self) -> None:
        """Open the editor of the next step in the place of its card."""
        if self.person is None or not self.seat.desk.may(Right.CASE_WORK):
            return
        person_id, card = self.person.id, self.step_card
        form = card.form(person_id)
        editor = InlineForm(
            self.seat, form, _("Save next step"), lambda form: card.store(person_id, form), title=_("Next step")
        )
        self._open(editor, 0)
        card.hide()
        editor.finished.connect(lambda _saved: card.show())

    def edit_appointment(self, appointment_id: UUID | None) -> None:
        """Open the editor of an appointment, or of a new one, below the cards."""
        if self.person is None or not self.seat.desk.may(Right.KEEP_APPOINTMENTS):
            return
        standing = None if appointment_id is None else appointments.appointment_with(self.seat.desk, appointment_id)
        self._open(appointment_form(self.seat, self.person.id, standing), 3)

    def edit_strengths(self) -> None:
        """Open the editor of the strengths below their card."""
        if self.person is None:
            return
        person, desk = self.person, self.seat.desk
        form = RecordForm(self.seat, Person, ("strengths", "strengths_paper"), headings=False)
        form.load(person, person.id)

        def store(form: RecordForm) -> None:
            people.change_person(desk, person_reading.read_person(desk, person.id), **form.changed_values())

        self._open(InlineForm(self.seat, form, _("Save strengths"), store, title=_("Strengths")), 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _open(self, editor: InlineForm, row: int) -> None:
        self.open_editor(editor)
        self._grid.addWidget(editor, row, 0, 1, self._columns)
        editor.show()
        editor.begin()
        self.scroll_area.ensureWidgetVisible(editor)

    def _add_missing(self) -> None:
        if self.person is not None and self._missing:
            first = self._missing[0]
            self.seat.go(Place("residents", person_id=self.person.id, section=first.section, doing=first.doing))

    def _lay_out(self) -> None:
        columns = 1 if 0 < self.width() < _ONE_COLUMN_BELOW * theme.scale() else 2
        if columns == self._columns:
            return
        self._columns = columns
        grid = self._grid
        grid.addWidget(self.step_card, 0, 0, 1, columns)
        if columns == 2:
            for card, row, column in (
                (self.progress, 1, 0),
                (self.coming, 1, 1),
                (self.strengths, 2, 0),
                (self.safety, 2, 1),
            ):
                grid.addWidget(card, row, column)
        else:
            for number, card in enumerate((self.coming, self.progress, self.safety, self.strengths)):
                grid.addWidget(card, 4 + number, 0)
        grid.addWidget(self.missing, 9, 0, 1, columns)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1 if columns == 2 else 0)


class _MissingLine(QWidget):
    """«Not recorded yet: … Add»."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ElidedWords("", tone="muted")
        self.words.setObjectName("not-recorded-yet")
        self.add = LinkButton(_("Add"), slim=True)
        self.add.setAccessibleName(_("Add what is not recorded yet"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("info", 16, "muted"))
        row.addWidget(self.words)
        row.addWidget(self.add)
        row.addStretch(1)

    def show_labels(self, labels: list[str]) -> None:
        """Name what is missing and the reader could add; nothing hides the line."""
        self.setVisible(bool(labels))
        names = ", ".join(label[:1].lower() + label[1:] for label in labels[:_NAMED])
        more = len(labels) - _NAMED
        if more > 0:
            names = ngettext("{names} and {n} more", "{names} and {n} more", more, names=names)
        self.words.setText(_("Not recorded yet: {names}").format(names=names))
