"""Personal details: read by groups first; Ctrl+E edits all of them in place.

Identity documents and contacts stand below, as many as there are, each with a form of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from shelterdesk import contacts, drafts, identity_documents, people
from shelterdesk.access import Right
from shelterdesk.contacts import Contact
from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.fields import Field
from shelterdesk.i18n import _, ngettext
from shelterdesk.identity_documents import IdentityDocument
from shelterdesk.not_recorded import missing_fields
from shelterdesk.people import Person
from ui import theme
from ui.draft_places import CONTINUE, draft_for
from ui.forms.family_forms import contact_form, document_form
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.forms.tab_order import tab_on_from
from ui.pages.resident.entry_card import EntryCard
from ui.pages.resident.field_facts import FieldsCard, by_group
from ui.pages.resident.merge_card import MergeCard
from ui.pages.resident.personal_cards import SHOWN_HERE, contact_entries, document_entries
from ui.pages.resident.section import Section
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.page import bring_into_view
from ui.widgets.save_strip import SaveStrip

ELSEWHERE: Final = frozenset({"Needs and safety", "What happened"})
"""Groups that stand in the section «Needs & safety»."""
_ONE_COLUMN_BELOW = 720


class PersonalSection(Section):
    """Cards of facts, or one form in their place."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Personal details"))
        self.edit_button = Button(_("Edit"), "pencil")
        self.edit_button.clicked.connect(lambda _checked=False: self.edit())
        self.add_act(self.edit_button)
        self.problems = Banner("error")
        self.problems.link_pressed.connect(self._go_to_field)
        self.content.addWidget(self.problems)
        self._cards = QWidget()
        self._grid = QGridLayout(self._cards)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.RECORD_GAP)
        self._by_group: dict[str, FieldsCard] = {}
        self._columns = 0
        self.content.addWidget(self._cards)
        self._documents: dict[UUID, IdentityDocument] = {}
        self._contacts: dict[UUID, Contact] = {}
        self._make_beside()
        self._form_card: Card | None = None
        self.form: RecordForm | None = None
        self.strip = SaveStrip(_("Save changes"))
        self.strip.save_pressed.connect(self.save)
        self.strip.cancel_pressed.connect(self.cancel)
        self.set_strip(self.strip)
        self.strip.hide()

    def _make_beside(self) -> None:
        may = self.seat.desk.may(Right.CHANGE_PERSON)
        nothing = _("Nothing was put down yet.")
        self.documents = EntryCard("documents", _("Identity documents"), nothing, _("Add a document"), may_add=may)
        self.documents.add_wanted.connect(self.add_document)
        self.documents.act_wanted.connect(self._act_on_document)
        self.contacts = EntryCard("contacts", _("People and numbers to call"), nothing, _("Add a contact"), may_add=may)
        self.contacts.add_wanted.connect(self.add_contact)
        self.contacts.act_wanted.connect(self._act_on_contact)
        self.merged = MergeCard(self.seat)
        self.merged.changed.connect(self.seat.saved)
        self.merged.looking.connect(self._make_room)
        for card in (self.documents, self.contacts, self.merged):
            self.content.addWidget(card)

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the person anew; an open form stays."""
        person = self.person
        if person is None:
            return
        if self.form is not None and self.form.target_id != person.id:
            self._close()
        free = self.form is None and self.merged.panel is None
        self.edit_button.setVisible(free and self.seat.desk.may(Right.CHANGE_PERSON))
        self.close_editor_of_another(person.id)
        groups = by_group([field for field in self._fields() if field.attribute not in SHOWN_HERE])
        for group, fields in groups.items():
            if group not in self._by_group:
                card = FieldsCard(self.seat, _(group) if group else _("More"))
                self._grid.addWidget(card, len(self._by_group), 0)
                self._by_group[group] = card
            self._by_group[group].show_fields(fields, person)
        for group, card in self._by_group.items():
            if group not in groups:
                card.hide()
        self._show_beside(person)
        self._lay_out(anew=True)

    def _show_beside(self, person: Person) -> None:
        desk, may = self.seat.desk, self.seat.desk.may(Right.CHANGE_PERSON)
        documents = identity_documents.documents_of(desk, person.id)
        self._documents = {one.id: one for one in documents}
        self.documents.show_entries(document_entries(self.seat, person, documents, may=may))
        found = contacts.contacts_of(desk, person.id)
        self._contacts = {one.id: one for one in found}
        self.contacts.show_entries(contact_entries(self.seat, person, found, may=may))
        self.merged.show_person(person)

    def _fields(self) -> list[Field]:
        fields = self.seat.desk.fields(Person)
        companions = {field.companion for field in fields if field.companion}
        return [field for field in fields if field.group not in ELSEWHERE and field.attribute not in companions]

    def _lay_out(self, *, anew: bool = False) -> None:
        columns = 1 if 0 < self.width() < _ONE_COLUMN_BELOW * theme.scale() else 2
        if columns == self._columns and not anew:
            return
        self._columns = columns
        shown = [card for card in self._by_group.values() if not card.isHidden()]
        for number, card in enumerate(shown):
            self._grid.addWidget(card, number // columns, number % columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if columns == 2 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self._align_strip()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to."""
        if self.form is not None:
            return {"save": self.save, "save_and_add": self.save, "cancel": self.cancel}
        found: dict[str, Callable[[], object]] = {"show_masked": self.reveal}
        if self.editor is not None and self.editor.isVisible():
            return found | super().commands()
        if self.seat.desk.may(Right.CHANGE_PERSON):
            found["edit"] = self.edit
        return found

    def reveal(self) -> None:
        """Show all masked values for a while."""
        if not self.seat.visitor:
            for card in self._by_group.values():
                card.reveal()
            self.documents.reveal()
            self.contacts.reveal()

    # --- editing -------------------------------------------------------------------------------------------------

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin «edit», «add_missing», a new document or contact, or go on with a draft."""
        beside: dict[str, Callable[[], object]] = {
            "new_document": self.add_document,
            "new_contact": self.add_contact,
            "new_own_contact": lambda: self.add_contact(kind=contacts.HERSELF),
            "new_emergency_contact": lambda: self.add_contact(emergency=True),
            "merge": lambda: self.merge_with(about),
        }
        if doing in beside:
            beside[doing]()
            return
        if doing == CONTINUE and self._go_on_beside(about):
            return
        if doing not in ("edit", "add_missing", CONTINUE) or self.person is None:
            return
        missing = missing_fields(self.person, self._fields()) if doing == "add_missing" else []
        self.edit()
        form = self.form
        if form is None:
            return
        if doing == CONTINUE:
            draft = draft_for(drafts.my_drafts(self.seat.desk), about)
            if draft is not None:
                form.load_draft(draft)
        first = next((field for field in missing if form.has(field.attribute)), None)
        if first is not None:
            form.focus_field(first.id)
            self.scroll_area.ensureWidgetVisible(form.row(first.attribute))

    def _go_on_beside(self, about: UUID | None) -> bool:
        """Go on with the draft of a document or a contact; tell whether it was one."""
        draft = draft_for(drafts.my_drafts(self.seat.desk), about)
        if draft is None or draft.record == Person.__tablename__ or self.person is None:
            return False
        if draft.record == Contact.__tablename__:
            known = self._contacts.get(draft.target_id)
            self._open(contact_form(self.seat, self.person.id, known), self.contacts)
        elif draft.record == IdentityDocument.__tablename__:
            self._open(document_form(self.seat, self.person.id, self._documents.get(draft.target_id)), self.documents)
        if self.editor is not None:
            self.editor.form.load_draft(draft)
        return True

    def add_document(self) -> None:
        """Open the form of a new identity document."""
        if self.person is not None and self.seat.desk.may(Right.CHANGE_PERSON):
            self._open(document_form(self.seat, self.person.id), self.documents)

    def add_contact(self, **start: Any) -> None:
        """Open the form of somebody to call, which begins with *start*."""
        if self.person is not None and self.seat.desk.may(Right.CHANGE_PERSON):
            self._open(contact_form(self.seat, self.person.id, **start), self.contacts)

    def _make_room(self, looking: bool) -> None:
        """Put the rest aside while two records are looked at."""
        for part in (self._cards, self.documents, self.contacts):
            part.setVisible(not looking and self.form is None)
        self.edit_button.setVisible(not looking and self.form is None and self.seat.desk.may(Right.CHANGE_PERSON))

    def merge_with(self, other_id: UUID | None) -> None:
        """Look at this record beside another one of the same person."""
        self.merged.begin(other_id)

    def _act_on_document(self, key: Any, act: str) -> None:
        document = self._documents.get(key)
        if document is None:
            self.edit(str(key))
        elif act == "archive":
            self._take_off(_("The document is off this record."), identity_documents.archive_document, document.id)
        elif self.person is not None:
            self._open(document_form(self.seat, self.person.id, document), self.documents)

    def _act_on_contact(self, key: Any, act: str) -> None:
        contact = self._contacts.get(key)
        if contact is None:
            self.edit(str(key))
        elif act == "archive":
            self._take_off(_("The contact is off this record."), contacts.archive_contact, contact.id)
        elif self.person is not None:
            self._open(contact_form(self.seat, self.person.id, contact), self.contacts)

    def _take_off(self, words: str, archive: Callable[..., None], record_id: UUID) -> None:
        desk = self.seat.desk
        try:
            archive(desk, record_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.refresh()
        self.seat.say(words, lambda: archive(desk, record_id, archived=False))

    def _open(self, editor: InlineForm, card: EntryCard) -> None:
        if self.form is not None:
            self.cancel()
        self.open_editor(editor)
        card.take(editor)
        bring_into_view(editor)

    def edit(self, first: str = "") -> None:
        """Put the form in the place of the cards."""
        person = self.person
        if person is None or self.form is not None or not self.seat.desk.may(Right.CHANGE_PERSON):
            return
        names = [field.attribute for field in self._fields() if field.attribute != "code"]
        form = RecordForm(self.seat, Person, names)
        form.load(person, person.id)
        form.kept.connect(lambda at: self.strip.say_draft(self.draft_words(at)))
        self.form = form
        self._form_card = Card()
        self._form_card.add_space(16)
        self._form_card.add(form)
        self._form_card.end()
        self.content.addWidget(self._form_card)
        self._form_card.show()
        self.close_editor()
        for part in (self._cards, self.documents, self.contacts, self.merged):
            part.hide()
        self.edit_button.hide()
        self.strip.say_draft("")
        self.strip.show()
        tab_on_from(form, self.strip.save, self.strip.cancel)
        if form.has(first):
            form.row(first).editor.setFocus()
            self.scroll_area.ensureWidgetVisible(form.row(first))
        else:
            form.rows.rows()[0].editor.setFocus()
            self.scroll_area.verticalScrollBar().setValue(0)
        self._align_strip()

    def save(self) -> None:
        """Save what was changed, or say what is to be changed first."""
        form, person = self.form, self.person
        if form is None or person is None:
            return
        form.clear_problems()
        self.problems.clear()
        try:
            people.change_person(self.seat.desk, person, **form.changed_values())
        except Problems as problems:
            count = len(problems.problems)
            title = ngettext("One thing to change before saving:", "{n} things to change before saving:", count)
            self.problems.say(title, links=tuple((one.field, one.text()) for one in problems.problems[:3]))
            form.show_problems(problems)
            return
        except ShelterDeskError as error:
            form.keep_draft()
            self.problems.say(error.text())
            return
        self._close()
        self.seat.saved.emit()

    def cancel(self) -> None:
        """Read again without saving; what was typed can be had back from the banner."""
        form = self.form
        if form is None:
            return
        kept = form.as_draft() if form.is_dirty() else None
        self._close()
        if kept is None:
            return

        def again() -> None:
            if self.person is not None and self.person.id == kept.target_id:
                self.edit()
                if self.form is not None:
                    self.form.load_draft(kept)

        self.seat.say(_("What was typed is not saved."), again, kind="info")

    def keep_drafts(self) -> None:
        """Keep what was typed."""
        super().keep_drafts()
        if self.form is not None:
            self.form.keep_draft()

    def _close(self) -> None:
        form, card = self.form, self._form_card
        self.form = self._form_card = None
        if form is not None:
            form.forget_draft()
        self.problems.clear()
        for part in (self._cards, self.documents, self.contacts, self.merged):
            part.show()
        self.edit_button.setVisible(self.seat.desk.may(Right.CHANGE_PERSON))
        if card is not None:
            self.rest_keyboard(card)
            card.hide()
            card.deleteLater()
        self.rest_keyboard(self.strip)
        self.strip.hide()

    def _go_to_field(self, field_id: str) -> None:
        if self.form is not None:
            self.form.focus_field(field_id)

    def _align_strip(self) -> None:
        if self.form is not None:
            self.strip.set_indent(tokens.CARD_PADDING + 1 + self.form.rows.field_column())
