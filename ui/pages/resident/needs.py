"""Needs & safety: what keeps her safe first; status, phase and worker; what happened is folded, opened on purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import drafts, formats
from shelterdesk.access import Right
from shelterdesk.drafts import Draft
from shelterdesk.fields import CLOSED, Field, Kind
from shelterdesk.i18n import _
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, StatusSince, WorkerSince, history_of
from shelterdesk.schema.base import Record, declared
from ui.draft_places import CONTINUE, draft_for
from ui.forms.inline_form import InlineForm
from ui.pages.resident.dated_card import DatedCard
from ui.pages.resident.field_facts import FieldsCard
from ui.pages.resident.needs_forms import person_form, phase_form, status_form, worker_form
from ui.pages.resident.section import Section
from ui.pages.resident.who_opens import WhoOpensCard
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.fold_row import FoldRow
from ui.widgets.table_view import Cell, Column, TableRow
from ui.widgets.text import Words

_SAFETY, _HAPPENED = "Needs and safety", "What happened"


class NeedsSection(Section):
    """Cards below one another; each opens its form in its own place."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Needs & safety"))
        self._may = seat.desk.may(Right.CASE_WORK)
        self._may_change = seat.desk.may(Right.CHANGE_PERSON)
        self.safety = FieldsCard(seat, _("Safety"))
        self.safety_place = QVBoxLayout()
        self.edit_safety_button = Button(_("Edit"), "pencil")
        self.edit_safety_button.clicked.connect(self.edit_safety)
        self.add_act(self.edit_safety_button)
        self.edit_safety_button.setVisible(self._may_change)
        self.content.addLayout(self.safety_place)
        self.content.addWidget(self.safety)
        self._make_dated()
        self._make_happened()
        self.opens = WhoOpensCard(seat, self.open_editor)
        self._may_restrict = seat.desk.may(Right.RESTRICT_RECORDS)
        self.content.addWidget(self.opens)
        self.opens.setVisible(self._may_restrict)

    def _make_dated(self) -> None:
        since = Column(_("Since"), width=116)
        add = _("Add")
        self.phase = DatedCard(
            "phases", _("Phase"), _("No phase yet."), [since, Column(_("Phase"), 2)], _("Next phase"), may_add=self._may
        )
        self.worker = DatedCard(
            "workers", _("Worker"), _("No worker yet."), [since, Column(_("Worker"), 2)], _("Change"), may_add=self._may
        )
        self.status = DatedCard(
            "statuses",
            _("Identification status"),
            _("No status is recorded yet."),
            [since, Column(_("Identification status"), 1.4), Column(_("Decided by"), 1.6)],
            add,
            may_add=self._may,
        )
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.phase, 1)
        row.addWidget(self.worker, 1)
        self.content.addWidget(pair)
        self.content.addWidget(self.status)
        self.phase.add_wanted.connect(lambda: self._open_dated(self.phase, phase_form))
        self.worker.add_wanted.connect(lambda: self._open_dated(self.worker, worker_form))
        self.status.add_wanted.connect(lambda: self._open_dated(self.status, status_form))

    def _make_happened(self) -> None:
        self.happened = Card()
        self.fold = FoldRow(_("What happened"), _("kinds of harm, as far as she told; open it only when you need it"))
        self.fold.setObjectName("what-happened")
        self.happened.add(self.fold, inset=1)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        note = _("She need not tell anything to be supported. Nobody asks twice.")
        column.addWidget(Words(note, "small", "muted", wrap=True))
        self.happened_place = QVBoxLayout()
        column.addLayout(self.happened_place)
        self.harm = FieldsCard(self.seat, "")
        self.harm.setObjectName("harm")
        column.addWidget(self.harm)
        self.edit_harm = Button(_("Edit"), "pencil")
        column.addWidget(self.edit_harm)
        self.edit_harm.setVisible(self._may_change)
        self.happened.add(self._inside, inset=40)
        self.happened.end(4)
        self.content.addWidget(self.happened)
        self._inside.hide()
        self.fold.toggled.connect(self._inside.setVisible)
        self.edit_harm.clicked.connect(self.edit_happened)

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew; an open editor stays."""
        if self.person is None:
            return
        desk, person = self.seat.desk, self.person
        if self._shown_person != person.id:
            # What happened stays folded for the next person, whoever looked at it before.
            self.fold.setChecked(False)
            self._shown_person = person.id
        self.close_editor_of_another(person.id)
        self.safety.show_fields(self._group(_SAFETY), person)
        self.harm.show_fields(self._group(_HAPPENED), person)
        self.phase.show_rows([self._dated(one, "phase") for one in history_of(desk, PhaseSince, person.id)])
        workers = history_of(desk, WorkerSince, person.id)
        self.worker.show_rows([self._dated(one, "member_id") for one in workers])
        statuses = history_of(desk, StatusSince, person.id)
        self.status.show_rows([self._status_row(one) for one in statuses])
        if self._may_restrict:
            self.opens.show_person(person.id)

    _shown_person: UUID | None = None

    def _group(self, group: str) -> list[Field]:
        return [field for field in self.seat.desk.fields(Person) if field.group == group]

    def _words(self, record: Record, attribute: str) -> str:
        field = declared(type(record), attribute)
        value = field.read(record)
        if value is CLOSED or value is None:
            return ""
        if self.seat.visitor and field.kind in (Kind.TEXT, Kind.LONG_TEXT):
            return self.seat.masked(str(value))
        return field.show(value, None, self.seat.names(field.target) if field.target else None)

    def _dated(self, record: PhaseSince | WorkerSince, attribute: str) -> TableRow:
        words = self._words(record, attribute) or _("nobody")
        return TableRow(record.id, (Cell(formats.day(record.since, style="short")), Cell(words)))

    def _status_row(self, one: StatusSince) -> TableRow:
        decided = Cell(self._words(one, "decided_by"), detail=self._words(one, "organisation"))
        return TableRow(
            one.id, (Cell(formats.day(one.since, style="short")), Cell(self._words(one, "status")), decided)
        )

    # --- acts ------------------------------------------------------------------------------------------------------

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to."""
        return ({"edit": self.edit_safety} if self._may_change else {}) | super().commands()

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin one of the forms, or go on with a draft."""
        acts: dict[str, Callable[[], object]] = {
            "edit": self.edit_safety,
            "new_status": self.status.add_wanted.emit,
            "new_phase": self.phase.add_wanted.emit,
            "new_worker": self.worker.add_wanted.emit,
        }
        if doing == CONTINUE:
            self._go_on(about)
        elif doing in acts:
            acts[doing]()

    def edit_safety(self) -> None:
        """Edit the safety fields in their place."""
        if self.person is not None and self._may_change:
            names = [field.attribute for field in self._group(_SAFETY)]
            self._take(person_form(self.seat, self.person, names, _("Safety")), self.safety_place)

    def edit_happened(self) -> None:
        """Edit what happened in its place."""
        if self.person is not None and self._may_change:
            self.fold.setChecked(True)
            names = [field.attribute for field in self._group(_HAPPENED)]
            self._take(person_form(self.seat, self.person, names, _("What happened")), self.happened_place)

    def _is_about_happened(self, draft: Draft) -> bool:
        return any(field.attribute in draft.values for field in self._group(_HAPPENED))

    def _open_dated(self, card: DatedCard, make: Callable[[Seat, UUID], InlineForm]) -> None:
        if self.person is None or not self._may:
            return
        editor = make(self.seat, self.person.id)
        self.open_editor(editor)
        card.take(editor)
        self.scroll_area.ensureWidgetVisible(editor)

    def _take(self, editor: InlineForm, place: QVBoxLayout) -> None:
        self.open_editor(editor)
        place.addWidget(editor)
        editor.show()
        editor.begin()

    def _go_on(self, about: UUID | None) -> None:
        draft = draft_for(drafts.my_drafts(self.seat.desk), about)
        if draft is None:
            return
        begin: dict[str, Callable[[], Any]] = {
            "status_since": self.status.add_wanted.emit,
            "phase_since": self.phase.add_wanted.emit,
            "worker_since": self.worker.add_wanted.emit,
            "restriction": self.opens.ask_why,
            "knows_family": self.opens.close_to_somebody,
            "person": self.edit_happened if self._is_about_happened(draft) else self.edit_safety,
        }
        if draft.record in begin:
            begin[draft.record]()
            if self.editor is not None:
                self.editor.form.load_draft(draft)
