"""Help she needs: what is looked for, what was found, and why something could not be had."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from shelterdesk import formats, needs, providers, referrals_out, vocab
from shelterdesk.drafts import Draft
from shelterdesk.fields import Field
from shelterdesk.i18n import _
from shelterdesk.needs import Need
from shelterdesk.schema.base import text_of
from ui.forms.chosen import ChosenEditor
from ui.forms.editors import Editor
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.pages.resident.dated_card import DatedCard
from ui.place import Place
from ui.seat import Seat
from ui.theme.tokens import Tone
from ui.widgets.buttons import LinkButton
from ui.widgets.chip import ChipText
from ui.widgets.table_view import Cell, Column, TableRow

_CHIPS: Final[dict[str, tuple[Tone, str]]] = {
    "open": ("info", "circle-dot"),
    "referred": ("info", "arrow-right"),
    "met": ("done", "check"),
    "not_available": ("attention", "circle-alert"),
    "declined": ("neutral", "circle"),
    "no_longer": ("neutral", "circle"),
}


REFER_NEED: Final = "refer_need"
"""What is done where a need is sent on."""
_NAMED: Final = 3
"""How many providers are named below what is needed."""


class HelpNeededCard(DatedCard):
    """What is open stands first."""

    def __init__(self, seat: Seat, *, may_write: bool) -> None:
        super().__init__(
            "needs",
            _("Help she needs"),
            _("Nothing is looked for at the moment."),
            [Column(_("What is needed"), 2.2), Column(_("Since"), width=116), Column(_("How it stands"), 2.4)],
            _("Add"),
            may_add=may_write,
        )
        self.seat = seat
        self.needs: list[Need] = []

    def show_person(self, person_id: UUID) -> None:
        """Read the needs of a person anew."""
        self.needs = needs.needs_of(self.seat.desk, person_id)
        self.show_rows([self._row(one) for one in self.needs])

    def need(self, need_id: Any) -> Need | None:
        """Return one of the needs shown."""
        return next((one for one in self.needs if one.id == need_id), None)

    def _row(self, one: Need) -> TableRow:
        seat, words = self.seat, text_of(one, "words")
        said = [vocab.NEED_REASONS.label(one.why)] if one.why else []
        if one.referral_id is not None:
            said.append(seat.masked(seat.names("referral_out").get(one.referral_id, "")))
        if words:
            said.append(seat.masked(words))
        settled = one.state not in needs.OPEN
        tone, icon = _CHIPS.get(one.state, ("neutral", "circle"))
        return TableRow(
            one.id,
            (
                Cell(vocab.SERVICE_KINDS.label(one.kind), tint="muted" if settled else "text"),
                Cell(formats.day(one.since, style="short"), tint="muted"),
                Cell(
                    " · ".join(said),
                    tint="muted",
                    chip=ChipText(vocab.NEED_STATES.label(one.state), tone, icon),
                ),
            ),
        )


class _NeedForm(RecordForm):
    """A referral is chosen among her own; who in the directory gives what is needed is said below it."""

    def __init__(self, seat: Seat, person_id: UUID) -> None:
        self._whose = person_id
        super().__init__(seat, Need, headings=False)
        if self.has("kind"):
            self.editor("kind").on_change(self.name_providers)

    def name_providers(self) -> None:
        """Say who in the directory gives what is needed."""
        kind = self.editor("kind").value() if self.has("kind") else None
        if not kind:
            return
        names = [self.seat.masked(text_of(one, "name")) for one in providers.offering(self.seat.desk, kind)]
        said = _("In the directory: {names}").format(names=", ".join(names[:_NAMED]))
        self.row("kind").set_help(said if names else _("Nobody in the directory gives this."))

    def load_draft(self, draft: Draft) -> None:
        super().load_draft(draft)
        self.name_providers()

    def make_editor(self, field: Field) -> Editor:
        if field.attribute != "referral_id":
            return super().make_editor(field)
        names = self.seat.names("referral_out")
        hers = referrals_out.referrals_out_of(self.seat.desk, self._whose)
        return ChosenEditor(field, [(one.id, names.get(one.id, "")) for one in hers], _("Nobody yet"))


def need_form(seat: Seat, person_id: UUID, need: Need | None = None) -> InlineForm:
    """Return the form of a need, new or standing."""
    desk = seat.desk
    form = _NeedForm(seat, person_id)
    form.person_id = person_id
    if need is None:
        form.load_values({"since": desk.today(), "state": "open"})
    else:
        form.load(need, person_id)
    form.name_providers()

    def store(form: RecordForm) -> object:
        if need is None:
            return needs.record_need(desk, person_id, record_id=form.target_id, **form.values())
        return needs.change_need(desk, need, **form.changed_values())

    editor = InlineForm(seat, form, _("Save"), store, title=_("Help she needs"))
    if need is not None and need.state in needs.OPEN:
        _offer_referral(seat, editor, need)
    return editor


def _offer_referral(seat: Seat, editor: InlineForm, need: Need) -> None:
    """Put the way to a referral at the end of the form; what is typed goes with it as a draft."""
    link = LinkButton(_("Refer to somebody else…"), "arrow-right", slim=True)
    link.setObjectName("refer-need")
    link.setToolTip(_("Opens a referral for this need. Once it is done, the need is met."))
    editor.add_act(link)
    place = Place("residents", person_id=need.person_id, section="consents", doing=REFER_NEED, about=need.id)
    link.clicked.connect(lambda: seat.go(place))
