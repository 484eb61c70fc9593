"""A form of declared fields: rows are generated, their order and grouping is the page's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from shelterdesk import drafts, vocab
from shelterdesk.errors import Problem, Problems, ShelterDeskError
from shelterdesk.fields import CLOSED, Field, Kind
from shelterdesk.i18n import _
from shelterdesk.partial_date import PartialDate
from shelterdesk.records import UNANSWERED
from shelterdesk.schema.base import Record
from shelterdesk.schema.types import new_id
from ui.forms.editors import Editor, Unreadable, editor_for
from ui.later import once
from ui.seat import Seat
from ui.widgets.form_row import FormRow, FormRows

KEEP_EVERY = 5_000
"""Milliseconds of typing after which a draft is kept at the latest."""


class RecordForm(QWidget):
    """Rows for the fields of one kind of record that the signed-in person may write.

    *attributes* stand in their order. With *elsewhere*, the attributes that have their place in another form, every
    field that neither names stands below them: a new field, or one of the shelter's own, needs no word here.
    ``edited`` fires at every change by a person, ``kept`` with the moment a draft was kept.
    """

    edited = Signal()
    kept = Signal(object)

    def __init__(
        self,
        seat: Seat,
        kind: type[Record],
        attributes: Sequence[str] | None = None,
        *,
        headings: bool = True,
        extra: Sequence[Field] = (),
        elsewhere: Collection[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.seat = seat
        self.kind = kind
        self.rows = self.make_rows()
        self.draft_id = new_id()
        self.target_id = new_id()
        """Id of the record that will be made, or of the one that is changed."""
        self.person_id: UUID | None = None
        self.extra = tuple(extra)
        self._editors: dict[str, Editor] = {}
        self._rows: dict[str, FormRow] = {}
        self._reasons: dict[str, str | None] = {}
        self._start: dict[str, Any] = {}
        self._dirty = False
        self._left: set[str] = set()
        self._damaged: set[str] = set()
        """Attributes whose text does not open though its key is held: kept as they are."""
        self._told: set[str] = set()
        """Fields with a problem that saving found; it stands until a person changes the field."""
        self._timer = once(self, self.keep_draft, KEEP_EVERY)
        self.fields = self._choose(attributes, elsewhere)
        self._build(headings=headings)

    def _choose(self, attributes: Sequence[str] | None, elsewhere: Collection[str] | None) -> tuple[Field, ...]:
        desk = self.seat.desk
        if attributes is None:
            return desk.writable(desk.rest(self.kind, ())) + self.extra
        by_attribute = {field.attribute: field for field in (*desk.writable(desk.fields(self.kind)), *self.extra)}
        named = tuple(by_attribute[name] for name in attributes if name in by_attribute)
        return named if elsewhere is None else named + self.rest((*attributes, *elsewhere))

    def rest(self, placed: Collection[str]) -> tuple[Field, ...]:
        """Return the fields a form has to show besides those that are *placed* by hand."""
        return self.seat.desk.writable(self.seat.desk.rest(self.kind, placed))

    def _build(self, *, headings: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        group = ""
        for field in self.fields:
            if headings and field.group and field.group != group:
                self.rows.add_heading(_(field.group))
                group = field.group
            self.add_editor(field, self.make_editor(field))

    def make_rows(self) -> FormRows:
        """Return what arranges the rows; forms in narrow places use an arrangement of their own."""
        return FormRows(self)

    def make_editor(self, field: Field) -> Editor:
        """Return the editor of a field; forms with a better one for their purpose say so here."""
        return editor_for(field, self.seat)

    def add_editor(self, field: Field, editor: Editor, label: str | None = None) -> FormRow:
        """Put *editor* for *field* at the end; pages use this for editors of their own."""
        words = _(field.label) if label is None else label
        if field.required:
            words = _("{label} (needed)").format(label=words)
        row = FormRow(words, editor.widget, _(field.help) if field.help else "", fill=editor.fills)
        row.setObjectName(field.id)
        row.left.connect(lambda: self._check_one(field))
        editor.on_change(lambda: self._changed(field))
        self._editors[field.attribute] = editor
        self._rows[field.attribute] = row
        if field not in self.fields:
            self.fields = (*self.fields, field)
        self._offer_reasons(field, row)
        return self.rows.add_row(row)

    def add_beside(self, field: Field, editor: Editor, attribute: str) -> None:
        """Take *editor* for *field*, which stands in the row of *attribute* already and shows its problems there."""
        editor.on_change(lambda: self._changed(field))
        self._editors[field.attribute] = editor
        self._rows[field.attribute] = self._rows[attribute]
        if field not in self.fields:
            self.fields = (*self.fields, field)

    # --- values ----------------------------------------------------------------------------------------------

    def row(self, attribute: str) -> FormRow:
        """Return the row of a field."""
        return self._rows[attribute]

    def has(self, attribute: str) -> bool:
        """Tell whether the form has a row for *attribute*."""
        return attribute in self._rows

    def editor(self, attribute: str) -> Editor:
        """Return the editor of a field."""
        return self._editors[attribute]

    def load(self, record: Record, person_id: UUID | None = None) -> None:
        """Show what *record* holds."""
        self.target_id = record.id
        self.person_id = person_id
        self._reasons = dict(record.unanswered)
        own = [field for field in self.fields if not self._is_extra(field)]
        self.load_values({field.attribute: self._standing(field, record) for field in own})

    def load_values(self, values: Mapping[str, Any]) -> None:
        """Show *values* (by attribute) as the state to go back to."""
        for attribute, value in values.items():
            if attribute not in self._editors:
                continue
            if value is CLOSED:
                self._close(attribute)
            else:
                self._editors[attribute].set_value(value)
        self._dirty = False
        self._start = self._quiet_values()

    def _close(self, attribute: str) -> None:
        # Forms hold only fields whose key the person has, so this is no question of rights.
        self._damaged.add(attribute)
        self._editors[attribute].widget.setEnabled(False)
        self._rows[attribute].set_help(_("This text is damaged and is kept as it is. A backup may hold it whole."))

    def load_draft(self, draft: drafts.Draft) -> None:
        """Go on with *draft*: its values count as typed."""
        self.draft_id, self.target_id, self.person_id = draft.id, draft.target_id, draft.person_id
        for attribute, value in draft.values.items():
            if attribute in self._editors:
                self._editors[attribute].set_value(value)
        self._dirty = True
        self.edited.emit()

    def set(self, attribute: str, value: Any) -> None:
        """Show one value, e.g. one proposed from another field."""
        self._editors[attribute].set_value(value)

    def values(self) -> dict[str, Any]:
        """Return everything by attribute. Raises Problems for what cannot be read."""
        found: dict[str, Any] = {}
        problems: list[Problem] = []
        for field in self.fields:
            if field.attribute in self._damaged:
                found[field.attribute] = CLOSED
                continue
            try:
                found[field.attribute] = self._editors[field.attribute].value()
            except Unreadable as error:
                problems.append(Problem(field.id, error.message))
        if problems:
            raise Problems(problems)
        self._split_companions(found)
        own = [field for field in self.fields if not self._is_extra(field)]
        reasons = {
            field_id: reason
            for field_id, reason in self._reasons.items()
            if any(field.id == field_id and not found.get(field.attribute) for field in own)
        }
        if reasons:
            found[UNANSWERED] = reasons
        return found

    def changed_values(self) -> dict[str, Any]:
        """Return what differs from the state the form was loaded with. Raises Problems."""
        now = self.values()
        return {key: value for key, value in now.items() if key == UNANSWERED or value != self._start.get(key)}

    def is_dirty(self) -> bool:
        """Tell whether a person changed something since loading."""
        return self._dirty

    def _standing(self, field: Field, record: Record) -> Any:
        value = field.read(record)
        if field.companion and isinstance(value, PartialDate) and value.month is not None:
            day = self._companion(field).read(record)
            if isinstance(day, int):
                return PartialDate(value.year, value.month, day, about=value.about)
        return value

    def _companion(self, field: Field) -> Field:
        return self.seat.desk.field(self.kind, field.companion)

    def _split_companions(self, found: dict[str, Any]) -> None:
        for field in self.fields:
            if field.companion and self.seat.desk.holds(self._companion(field).compartment):
                value = found[field.attribute]
                found[field.companion] = value.day if isinstance(value, PartialDate) else None
                if isinstance(value, PartialDate) and value.day is not None:
                    found[field.attribute] = PartialDate(value.year, value.month, about=value.about)

    def _quiet_values(self) -> dict[str, Any]:
        try:
            return self.values()
        except Problems:
            return {}

    def _is_extra(self, field: Field) -> bool:
        return field in self.extra

    # --- problems --------------------------------------------------------------------------------------------

    def show_problems(self, problems: Problems) -> None:
        """Show each problem at its field and put the keyboard into the first."""
        self.clear_problems()
        by_id = {field.id: field.attribute for field in self.fields}
        first: FormRow | None = None
        for problem in problems.problems:
            attribute = by_id.get(problem.field)
            if attribute is not None:
                row = self._rows[attribute]
                row.set_problem(problem.text())
                self._told.add(attribute)
                first = first or row
        if first is not None:
            first.editor.setFocus()

    def clear_problems(self) -> None:
        """Take all problems away."""
        self._told.clear()
        for row in self._rows.values():
            row.set_problem("")

    def first_stop(self) -> QWidget:
        """Return what gets the keyboard when the form opens."""
        return self.rows.rows()[0].editor

    def focus_field(self, field_id: str) -> None:
        """Put the keyboard into the field with this id."""
        for field in self.fields:
            if field.id == field_id:
                self._rows[field.attribute].editor.setFocus()

    def _check_one(self, field: Field) -> None:
        # A field speaks up only after it was left, and falls silent as soon as it is right.
        self._left.add(field.attribute)
        if field.attribute not in self._told:
            self._recheck(field)

    def _recheck(self, field: Field) -> None:
        row = self._rows[field.attribute]
        try:
            self._editors[field.attribute].value()
        except Unreadable as error:
            if field.attribute in self._left:
                row.set_problem(_(error.message))
        else:
            row.set_problem("")

    def _changed(self, field: Field) -> None:
        self._dirty = True
        self._reasons[field.id] = None
        self._told.discard(field.attribute)
        if self._rows[field.attribute].problem():
            self._recheck(field)
        self.edited.emit()
        if not self._timer.isActive():
            self._timer.start()

    # --- why there is no answer ------------------------------------------------------------------------------

    def _offer_reasons(self, field: Field, row: FormRow) -> None:
        if field.required or field.kind in (Kind.CHOICE, Kind.CHOICES) or self._is_extra(field):
            return
        action = QAction(_("No answer, because…"), row)
        action.setShortcut(QKeySequence("Alt+U"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: self._ask_reason(field, row))
        row.addAction(action)

    def _ask_reason(self, field: Field, row: FormRow) -> None:
        menu = QMenu(row)
        menu.addAction(_("Not asked yet")).setData("")
        for code in vocab.RESERVED:
            menu.addAction(_(code.label)).setData(code.code)
        chosen = menu.exec(row.editor.mapToGlobal(row.editor.rect().bottomLeft()))
        if chosen is not None:
            self.answer_none(field, chosen.data() or None)

    def answer_none(self, field: Field, reason: str | None) -> None:
        """Say that *field* has no value for *reason*, a reserved code."""
        self._editors[field.attribute].set_value(None)
        self._changed(field)
        self._reasons[field.id] = reason
        words = next((_(code.label) for code in vocab.RESERVED if code.code == reason), "")
        self._rows[field.attribute].set_help(words or (_(field.help) if field.help else ""))

    # --- drafts ----------------------------------------------------------------------------------------------

    def _readable_values(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field in self.fields:
            try:
                values[field.attribute] = self._editors[field.attribute].value()
            except Unreadable:
                continue
        return values

    def as_draft(self) -> drafts.Draft:
        """Return what was typed so that it can be shown again, without keeping it in the vault."""
        kind = self.kind.__tablename__
        now = self.seat.desk.now()
        return drafts.Draft(self.draft_id, kind, self.target_id, self.person_id, now, self._readable_values())

    def has_unkept_words(self) -> bool:
        """Tell whether something was typed since the draft was kept last."""
        return self._timer.isActive()

    def keep_draft(self) -> None:
        """Keep what was typed in the vault, if anything was."""
        self._timer.stop()
        if not self._dirty:
            return
        values = self._readable_values()
        try:
            kept: datetime = drafts.keep_draft(
                self.seat.desk,
                self.draft_id,
                self.kind.__tablename__,
                self.target_id,
                values,
                person_id=self.person_id,
                extra_fields=self.extra,
            )
        except ShelterDeskError as error:
            # The words still stand in the form; the next try comes with the next five seconds.
            self._timer.start()
            self.seat.not_kept(self.draft_id, error)
        else:
            self.seat.unkept.discard(self.draft_id)
            self.kept.emit(kept)

    def forget_draft(self) -> None:
        """The form was saved or thrown away: its draft goes, and a next form begins anew."""
        self._timer.stop()
        self._dirty = False
        self.seat.unkept.discard(self.draft_id)
        try:
            drafts.drop_draft(self.seat.desk, self.draft_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
        self.draft_id, self.target_id = new_id(), new_id()
