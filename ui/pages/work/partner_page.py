"""The form of a partner: who they are, what was agreed, what was seen at the last visit, what they are told."""

from __future__ import annotations

from shelterdesk import partners
from shelterdesk.drafts import Draft
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import _
from shelterdesk.partners import Partner
from shelterdesk.schema.base import text_of
from shelterdesk.work import is_alike
from ui.forms.chosen import ChosenEditor
from ui.forms.editors import Editor
from ui.forms.rail_page import RailPage
from ui.forms.record_form import RecordForm
from ui.seat import Seat, Undo
from ui.widgets.notice import Notice


class PartnerForm(RecordForm):
    """The rows of a partner. Nobody is asked about it, so what is empty is only not recorded yet."""

    def make_editor(self, field: Field) -> Editor:
        if field.kind is Kind.CHOICE and field.choices is not None:
            codes = [(code.code, _(code.label)) for code in field.choices]
            return ChosenEditor(field, codes, _("Not recorded yet"), 320)
        return super().make_editor(field)


class PartnerPage(RailPage):
    """A new partner, or one that stands."""

    def __init__(self, seat: Seat, *, partner: Partner | None = None, draft: Draft | None = None) -> None:
        title = seat.masked(text_of(partner, "name")) if partner is not None else _("New partner")
        super().__init__(seat, title, _("Save partner"))
        self.partner = partner
        self.done_words = _("Partner saved")
        self.saved_id = partner.id if partner is not None else None
        self.undo: Undo | None = None
        self.form = PartnerForm(seat, Partner)
        self.form.setObjectName("partner-form")
        self.take_whole_form(self.form)
        self.alike = Notice("", "", "attention")
        self.beside.addWidget(self.alike)
        self.beside.addWidget(
            Notice(
                _("A number that is not the house's"),
                _("Give a partner the work phone of one person. The number and the address of the house stay here."),
                "info",
                "phone",
            )
        )
        self._others = [one for one in partners.partners_of(seat.desk) if partner is None or one.id != partner.id]
        if partner is not None:
            self.form.load(partner)
        else:
            self.form.load_values({})
        if draft is not None:
            self.form.load_draft(draft)
        self.form.edited.connect(self._look_for_the_same)
        self._look_for_the_same()

    def store(self, *, another: bool) -> None:  # noqa: ARG002 - there is no «another» here
        desk = self.seat.desk
        if self.partner is not None:
            partners.change_partner(desk, self.partner, **self.form.changed_values())
            return
        made = partners.add_partner(desk, record_id=self.form.target_id, **self.form.values())
        self.saved_id = made.id
        self.undo = lambda: partners.archive_partner(desk, made.id)

    def _look_for_the_same(self) -> None:
        typed = self.form.editor("name").value() if self.form.has("name") else None
        same = next((one for one in self._others if typed and is_alike(typed, text_of(one, "name"))), None)
        self.alike.setVisible(same is not None)
        if same is not None:
            title = _("«{name}» is on file already").format(name=self.seat.masked(text_of(same, "name")))
            self.alike.say(title, _("Save only if this is another one with the same name."))
