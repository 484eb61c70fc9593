"""The form of a provider: who it is, what they give, how to reach them, what was agreed."""

from __future__ import annotations

from typing import Final

from shelterdesk import providers
from shelterdesk.drafts import Draft
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import _
from shelterdesk.providers import OWN_STAFF, DirectoryRow, Provider
from shelterdesk.schema.base import text_of
from ui.forms.chosen import ChosenEditor, StaffEditor
from ui.forms.editors import Editor
from ui.forms.rail_page import RailPage
from ui.forms.record_form import RecordForm
from ui.seat import Seat, Undo
from ui.widgets.notice import Notice

_FIELD: Final = 320


class ProviderForm(RecordForm):
    """The rows of a provider. Nobody is asked about it, so what is empty is only not recorded yet."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, Provider)
        self.setObjectName("provider-form")
        self.editor("kind").on_change(self.follow_kind)
        self.follow_kind()

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "member_id":
            return StaffEditor(field, self.seat, _("Choose…"), width=_FIELD)
        if field.kind is Kind.CHOICE and field.choices is not None:
            codes = [(code.code, field.choices.label(code.code)) for code in field.choices]
            return ChosenEditor(field, codes, _("Not recorded yet"), _FIELD)
        return super().make_editor(field)

    def follow_kind(self) -> None:
        """Ask for the colleague, or for a name."""
        own = self.has("kind") and self.editor("kind").value() == OWN_STAFF
        if self.has("member_id"):
            self.row("member_id").setVisible(own)
        if self.has("name"):
            self.row("name").setVisible(not own)

    def load_draft(self, draft: Draft) -> None:
        super().load_draft(draft)
        self.follow_kind()


class ProviderFormPage(RailPage):
    """A new provider, one that stands, or more about a colleague nobody wrote anything about yet."""

    def __init__(self, seat: Seat, *, row: DirectoryRow | None = None, draft: Draft | None = None) -> None:
        title = seat.masked(row.name) if row is not None else _("New provider")
        super().__init__(seat, title, _("Save provider"))
        self.provider = row.provider if row is not None else None
        self.done_words = _("Provider saved")
        self.saved_id = row.id if row is not None else None
        self.undo: Undo | None = None
        self._others = [
            one for one in providers.providers_of(seat.desk) if self.provider is None or one.id != self.provider.id
        ]
        self.form = ProviderForm(seat)
        self.take_whole_form(self.form)
        self.alike = Notice("", "", "attention")
        self.beside.addWidget(self.alike)
        self.beside.addWidget(
            Notice(
                _("No resident in here"),
                _("Neither in words nor by code. Who was sent where stands in the record of each person."),
                "info",
                "shield-check",
            )
        )
        if self.provider is not None:
            self.form.load(self.provider)
        elif row is not None:
            self.form.load_values({"kind": OWN_STAFF, "member_id": row.member_id})
        else:
            self.form.load_values({})
        if draft is not None:
            self.form.load_draft(draft)
        self.form.follow_kind()
        self.form.edited.connect(self._look_for_the_same)
        self._look_for_the_same()

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        self.form.first_stop().setFocus()

    def store(self, *, another: bool) -> None:  # noqa: ARG002 - there is no «another» here
        desk = self.seat.desk
        if self.provider is not None:
            providers.change_provider(desk, self.provider, **self.form.changed_values())
            return
        made = providers.add_provider(desk, record_id=self.form.target_id, **self.form.values())
        self.saved_id = made.id
        self.undo = lambda: providers.archive_provider(desk, made.id)

    def _look_for_the_same(self) -> None:
        typed = self.form.editor("name").value() if self.form.has("name") else None
        same = providers.same_name(self._others, typed) if typed else None
        self.alike.setVisible(same is not None)
        if same is not None:
            name = self.seat.masked(text_of(same, "name"))
            title = _("«{name}» is in the directory already").format(name=name)
            self.alike.say(title, _("Save only if this is another one with the same name."))
