"""Forms of the family, of a child, of identity documents and of contacts."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from shelterdesk import children, contacts, family, identity_documents
from shelterdesk.children import ChildCare
from shelterdesk.contacts import Contact
from shelterdesk.family import Relation, Relative
from shelterdesk.fields import Field
from shelterdesk.i18n import _
from shelterdesk.identity_documents import IdentityDocument
from shelterdesk.people import Person
from ui.forms.editors import ChoiceEditor, Editor
from ui.forms.fitting_form import FittingForm
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.forms.request_form import people_on_file
from ui.seat import Seat

_NOT_ON_FILE: Final = ("name", "birth", "gender")
_OF_A_CHILD: Final = ("guardian", "may_collect", "at_door")
_OF_AN_ORDER: Final = ("order_words", "order_until")
_LOOKED_AFTER: Final = frozenset({"child", "ward", "parent", "guardian", "grandparent", "grandchild", "sibling"})
NEW_CHILD: Final = ("short_name", "birth", "gender")


class RelationForm(FittingForm):
    """Who belongs to a person; what is only asked of a child or of an order appears with it."""

    def __init__(self, seat: Seat, person: Person, relative: Relative | None = None) -> None:
        self._but = {person.id} | ({relative.person_id} if relative is not None and relative.theirs else set())
        self._theirs = relative is not None and relative.theirs
        super().__init__(seat, Relation, family.IN_ORDER, headings=False, elsewhere=())
        self.person_id = person.id
        self._about_a_child = children.is_child(seat.desk, person)
        if self._theirs:
            # The row stands in the other's record and is read from there, so its words must not turn round.
            for attribute in ("kinship", "relative_id"):
                self.row(attribute).hide()

    def make_editor(self, field: Field) -> Editor:
        if field.attribute != "relative_id":
            return super().make_editor(field)
        on_file = [one for one in people_on_file(self.seat) if one[0] not in self._but]
        return ChoiceEditor(field, on_file)

    def fit(self) -> None:
        on_file = self.read("relative_id") is not None
        for attribute in _NOT_ON_FILE:
            self.show_where(attribute, fits=not on_file)
        with_child = self._about_a_child or self.read("kinship") in _LOOKED_AFTER
        for attribute in _OF_A_CHILD:
            self.show_where(attribute, fits=with_child)
        ordered = self.read("order") not in (None, "none")
        for attribute in _OF_AN_ORDER:
            self.show_where(attribute, fits=ordered)


class ContactForm(FittingForm):
    """One person or number to call."""

    def __init__(self, seat: Seat, person_id: UUID) -> None:
        super().__init__(seat, Contact, contacts.IN_ORDER, headings=False, elsewhere=())
        self.person_id = person_id

    def fit(self) -> None:
        self.show_where("knows_here", fits=self.read("kind") != "herself")
        self.show_where("name", fits=self.read("kind") != "herself")


def relation_form(seat: Seat, person: Person, relative: Relative | None = None) -> InlineForm:
    """Return the form of a relative, a new one or one to change."""
    form = RelationForm(seat, person, relative)
    if relative is not None:
        form.load(relative.relation, person.id)
    form.watch()
    desk = seat.desk

    def store(form: RecordForm) -> None:
        if relative is None:
            made = family.add_relation(desk, person.id, **form.values())
            seat.say(_("Put down."), lambda: family.archive_relation(desk, made.id))
        else:
            family.change_relation(desk, relative.relation, **form.changed_values())

    return InlineForm(seat, form, _("Save relative"), store, title=_("A relative"))


def new_child_form(seat: Seat, mother_id: UUID) -> InlineForm:
    """Return the form that puts a child on file with a record of its own."""
    form = RecordForm(seat, Person, NEW_CHILD, headings=False)
    desk = seat.desk

    def store(form: RecordForm) -> None:
        child = family.add_child(desk, mother_id, **form.values())
        who = seat.masked(child.shown_name)
        seat.say(_("{who} has a record now, {code}.").format(who=who, code=child.code))

    return InlineForm(seat, form, _("Save child"), store, title=_("A child with a record of its own"))


def child_care_form(seat: Seat, person_id: UUID, care: ChildCare | None = None) -> InlineForm:
    """Return the form of what is about a child itself."""
    form = RecordForm(seat, ChildCare, children.IN_ORDER, elsewhere=())
    form.person_id = person_id
    if care is not None:
        form.load(care, person_id)
    desk = seat.desk

    def store(form: RecordForm) -> None:
        if care is None:
            children.record_child_care(desk, person_id, **form.values())
        else:
            children.change_child_care(desk, care, **form.changed_values())

    return InlineForm(seat, form, _("Save"), store)


def document_form(seat: Seat, person_id: UUID, document: IdentityDocument | None = None) -> InlineForm:
    """Return the form of an identity document, a new one or one to change."""
    form = RecordForm(seat, IdentityDocument, identity_documents.IN_ORDER, headings=False, elsewhere=())
    form.person_id = person_id
    if document is not None:
        form.load(document, person_id)
    desk = seat.desk

    def store(form: RecordForm) -> None:
        if document is None:
            identity_documents.record_document(desk, person_id, **form.values())
        else:
            identity_documents.change_document(desk, document, **form.changed_values())

    return InlineForm(seat, form, _("Save document"), store)


def contact_form(seat: Seat, person_id: UUID, contact: Contact | None = None, **start: Any) -> InlineForm:
    """Return the form of a contact, a new one that begins with *start* or one to change."""
    form = ContactForm(seat, person_id)
    if contact is not None:
        form.load(contact, person_id)
    elif start:
        form.load_values(start)
    form.watch()
    desk = seat.desk

    def store(form: RecordForm) -> None:
        if contact is None:
            contacts.record_contact(desk, person_id, **form.values())
        else:
            contacts.change_contact(desk, contact, **form.changed_values())

    return InlineForm(seat, form, _("Save contact"), store)
