"""Family & children: who belongs to her, on file or not; for a child also its guardian, school and day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from shelterdesk import children, drafts, family, formats, vocab
from shelterdesk.access import Right
from shelterdesk.children import ChildCare
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.family import Relation, Relative
from shelterdesk.i18n import _
from ui.draft_places import CONTINUE, draft_for
from ui.forms.family_forms import child_care_form, new_child_form, relation_form
from ui.forms.inline_form import InlineForm
from ui.pages.resident.entry_card import Entry, EntryCard, answered
from ui.pages.resident.section import Section
from ui.place import Place
from ui.seat import Seat, person_words
from ui.widgets.buttons import Button
from ui.widgets.chip import ChipText
from ui.widgets.page import bring_into_view
from ui.widgets.text import Words

_SAID_ABOVE = ("kinship", "relative_id", "name", "birth", "may_collect", "guardian")
_CARE = "child_care"


class FamilySection(Section):
    """Two cards: the relatives, and the care of a child where the person is one."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Family & children"))
        self._may = seat.desk.may(Right.CHANGE_PERSON)
        self._relatives: dict[UUID, Relative] = {}
        self._care: ChildCare | None = None
        self.new_child = Button(_("Child with a record"), "baby")
        self.new_child.clicked.connect(self.add_child)
        self.new = Button(_("Add a relative"), "plus")
        self.new.clicked.connect(self.add_relative)
        for button, right in ((self.new_child, Right.ADD_PERSON), (self.new, Right.CHANGE_PERSON)):
            self.add_act(button)
            button.setVisible(self._may and seat.desk.may(right))
        self.care = EntryCard("child_care", _("Care of the child"), _("Nothing was put down yet."), _("Put down"))
        self.care.add_wanted.connect(self.edit_care)
        self.care.act_wanted.connect(lambda _key, _act: self.edit_care())
        self.content.addWidget(self.care)
        empty = _("Nobody was put down yet. Children who live here have records of their own.")
        self.card = EntryCard("relatives", _("Who belongs to her"), empty)
        self.card.act_wanted.connect(self._act)
        self.content.addWidget(self.card)
        words = _("A child’s record never shows what happened to the mother.")
        self.content.addWidget(Words(words, "small", "muted", wrap=True))

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew; an open editor stays."""
        person = self.person
        if person is None:
            return
        desk = self.seat.desk
        self.close_editor_of_another(person.id)
        found = family.relatives_of(desk, person.id)
        self._relatives = {one.relation.id: one for one in found}
        is_child = children.is_child(desk, person)
        self._care = children.child_care_of(desk, person.id)
        asked = self.editor is not None and self.editor.form.kind is ChildCare
        self.care.setVisible(is_child or self._care is not None or asked)
        self.care.add_button.setVisible(self._may and self._care is None)
        self.care.show_entries([self._care_entry(self._care)] if self._care is not None else [])
        self.card.set_title(_("Parents, brothers and sisters, others") if is_child else _("Who belongs to her"))
        self.card.show_entries([self._entry(one) for one in found])
        self.new_child.setVisible(self._may and desk.may(Right.ADD_PERSON) and not is_child)

    def _care_entry(self, care: ChildCare) -> Entry:
        with_whom = vocab.CHILD_WITH.label(care.child_with) if care.child_with else _("Guardian, school and day")
        chips: list[ChipText] = []
        if care.child_with == "unaccompanied":
            chips.append(ChipText(_("unaccompanied"), "attention", "triangle-alert"))
        if care.guardianship in ("nobody", "asked"):
            chips.append(ChipText(_("no guardian yet"), "attention", "clock"))
        facts = answered(self.seat, care, children.IN_ORDER, ("child_with",))
        return Entry(_CARE, with_whom, "", chips, facts, self._edits())

    def _edits(self) -> tuple[tuple[str, str], ...]:
        return (("edit", _("Edit")),) if self._may else ()

    def _entry(self, one: Relative) -> Entry:
        acts: list[tuple[str, str]] = []
        if one.person_id is not None and self.seat.desk.may(Right.SEE_RECORDS):
            acts.append(("open", _("Open record")))
        if not one.closed and self._may_change(one):
            acts += [("edit", _("Edit")), ("archive", _("Take off"))]
        facts = [] if one.closed else answered(self.seat, one.relation, family.IN_ORDER, _SAID_ABOVE)
        return Entry(one.relation.id, self._name(one), self._aside(one), self._chips(one), facts, acts)

    def _may_change(self, one: Relative) -> bool:
        # A row in somebody else's record that asks why is changed there, once it lies open.
        return self._may and (not one.theirs or one.person_id not in self.seat.desk.sight.asks_why)

    def _name(self, one: Relative) -> str:
        words = family.shown(one)
        return words if one.closed else self.seat.masked(words)

    def _aside(self, one: Relative) -> str:
        parts = [vocab.KINSHIPS.label(one.kinship)]
        if one.code and one.code != one.name:
            parts.append(one.code)
        if one.born is not None:
            age = one.born.age_on(self.seat.desk.today())
            parts.append(_("born {when}").format(when=formats.partial(one.born)))
            if age is not None and not one.born.about:
                parts.append(_("{n} years old").format(n=age))
        return " · ".join(parts)

    def _chips(self, one: Relative) -> list[ChipText]:
        if one.closed:
            return []
        chips: list[ChipText] = []
        relation = one.relation
        if relation.guardian:
            words = _("she is the guardian") if one.kinship in family.CHILDREN else _("guardian")
            chips.append(ChipText(words, "neutral", "shield-check"))
        if relation.may_collect:
            tone = "done" if relation.may_collect == "yes" else "attention"
            icon = "check" if relation.may_collect == "yes" else "triangle-alert"
            chips.append(ChipText(vocab.COLLECTING.label(relation.may_collect), tone, icon))
        if relation.contact == "danger":
            chips.append(ChipText(_("dangerous"), "attention", "triangle-alert"))
        if relation.order_until is not None and relation.order_until < self.seat.desk.today():
            chips.append(ChipText(_("order ended"), "attention", "clock"))
        return chips

    # --- acts ----------------------------------------------------------------------------------------------------

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to."""
        found: dict[str, Callable[[], object]] = {"show_masked": self.reveal}
        return found | super().commands()

    def reveal(self) -> None:
        """Show all masked values for a while."""
        if not self.seat.visitor:
            self.care.reveal()
            self.card.reveal()

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin one of the forms, or go on with a draft."""
        if not self._may:
            return
        if doing == CONTINUE:
            draft = draft_for(drafts.my_drafts(self.seat.desk), about)
            if draft is not None:
                self._go_on(draft)
        else:
            forms = {"new_relative": self.add_relative, "new_child": self.add_child, "edit_care": self.edit_care}
            forms.get(doing, lambda: None)()

    def _go_on(self, draft: Draft) -> None:
        if draft.record == ChildCare.__tablename__:
            self.edit_care()
        elif draft.record == Relation.__tablename__:
            known = self._relatives.get(draft.target_id)
            self.edit_relative(draft.target_id) if known is not None else self.add_relative()
        if self.editor is not None:
            self.editor.form.load_draft(draft)

    def add_relative(self) -> None:
        """Open the form of somebody who belongs to her."""
        if self.person is not None and self._may:
            self._open(relation_form(self.seat, self.person), self.card)

    def edit_relative(self, relation_id: UUID) -> None:
        """Open the form that changes what is put down of somebody."""
        found = self._relatives.get(relation_id)
        if found is not None and self.person is not None and self._may:
            self._open(relation_form(self.seat, self.person, found), self.card)

    def add_child(self) -> None:
        """Open the form that puts a child on file."""
        if self.person is not None and self._may:
            self._open(new_child_form(self.seat, self.person.id), self.card)

    def edit_care(self) -> None:
        """Open the form of what is about the child itself."""
        if self.person is not None and self._may:
            # Nobody's age may be known yet: what is about a child can be put down all the same.
            self.care.show()
            self._open(child_care_form(self.seat, self.person.id, self._care), self.care)

    def _act(self, key: Any, act: str) -> None:
        one = self._relatives.get(key)
        if one is None:
            return
        if act == "open" and one.person_id is not None:
            self.seat.go(Place("residents", person_id=one.person_id, section="family"))
        elif act == "archive":
            self._take_off(one)
        else:
            self.edit_relative(key)

    def _take_off(self, one: Relative) -> None:
        desk, relation_id = self.seat.desk, one.relation.id
        try:
            family.archive_relation(desk, relation_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        who = self._name(one) if not one.code else self.seat.masked(person_words(one.name, one.code))
        self.refresh()
        self.seat.say(
            _("{who} is off this record. No record was removed.").format(who=who),
            lambda: family.archive_relation(desk, relation_id, archived=False),
        )

    def _open(self, editor: InlineForm, card: EntryCard) -> None:
        self.open_editor(editor)
        card.take(editor)
        bring_into_view(editor)
