"""The form of a placement: who, what, where, how far. What to think of stands beside it before anything is saved."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout

from shelterdesk import placements, residents, vocab
from shelterdesk.drafts import Draft
from shelterdesk.fields import Field
from shelterdesk.i18n import N_, _
from shelterdesk.partners import Partner
from shelterdesk.placement_cautions import Caution, cautions
from shelterdesk.placements import PERSON, Placement, StageSince
from shelterdesk.schema.base import text_of
from shelterdesk.work import ENDED, posts_of, read_work
from ui.forms.chosen import PersonEditor
from ui.forms.editors import Editor, SegmentEditor
from ui.forms.placement_forms import placement_editor
from ui.forms.rail_page import RailPage
from ui.forms.record_form import RecordForm
from ui.seat import Seat, Undo
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.notice import Notice
from ui.widgets.text import ElidedWords, Words

_NEW: Final = (
    "person_id", "kind", "post", "partner_id", "sector", "stage", "since", "check_in_on", "check_in_words", "member_id",
    "project_id",
)  # fmt: skip
_KNOWN: Final = (
    "kind", "post", "partner_id", "sector", "started_on", "ended_on", "end_reason", "check_in_on", "check_in_words",
    "member_id", "project_id",
)  # fmt: skip
_ENDS: Final = ("started_on", "ended_on", "end_reason")
"""Moving a placement to a stage fills these in; only one that stands is corrected in them."""
_HEADINGS: Final = {
    "person_id": N_("Who and what"),
    "kind": N_("Who and what"),
    "stage": N_("How far it is"),
    "started_on": N_("How far it is"),
    "check_in_on": N_("Looking after it"),
}
"""The field a group begins with; of two for the same group the first that is there."""


class PlacementForm(RecordForm):
    """The rows of a placement. A new one says whose it is, unless that is known, and its first stage."""

    def __init__(self, seat: Seat, *, known: bool, asks_person: bool) -> None:
        desk = seat.desk
        extra: tuple[Field, ...] = ()
        if not known:
            extra = (PERSON, desk.field(StageSince, "stage"), desk.field(StageSince, "since"))
        chosen = _KNOWN if known else _NEW if asks_person else _NEW[1:]
        self._heading = ""
        super().__init__(seat, Placement, chosen, headings=False, extra=extra, elsewhere=_ENDS)
        # What is filled in from the start need not be called needed.
        for attribute, label in (("stage", N_("Stage")), ("since", N_("Since")), ("check_in_words", N_("What for"))):
            if self.has(attribute):
                self.row(attribute).label.setText(_(label))

    def add_editor(self, field: Field, editor: Editor, label: str | None = None) -> Any:
        """Begin a group where the field is the first of one."""
        heading = _HEADINGS.get(field.attribute, self._heading)
        if heading != self._heading:
            self._heading = heading
            self.rows.add_heading(_(heading))
        return super().add_editor(field, editor, label)

    def make_editor(self, field: Field) -> Editor:
        match field.attribute:
            case "person_id":
                return PersonEditor(field, self.seat, width=320)
            case "stage":
                open_stages = [code for code in vocab.PLACEMENT_STAGES if code.code != ENDED]
                return SegmentEditor(field, [(code.code, _(code.label)) for code in open_stages])
            case _:
                return placement_editor(field, self.seat)


class PlacementPage(RailPage):
    """A new placement, or one that stands. ``person_id`` is known when the form was opened from a record."""

    def __init__(
        self,
        seat: Seat,
        *,
        person_id: UUID | None = None,
        placement: Placement | None = None,
        draft: Draft | None = None,
    ) -> None:
        super().__init__(seat, _("Placement") if placement else _("New placement"), _("Save placement"))
        self.placement = placement
        self.person_id = placement.person_id if placement is not None else person_id
        if self.person_id is None and draft is not None:
            self.person_id = draft.person_id
        self.work = read_work(seat.desk)
        self.done_words = _("Placement saved")
        self.saved_id = placement.id if placement is not None else None
        self.undo: Undo | None = None
        self.notices: tuple[Notice, ...] = ()
        self._shown_for: tuple[Any, ...] | None = None
        self._say_whose()
        self.form = PlacementForm(seat, known=placement is not None, asks_person=self.person_id is None)
        self.form.setObjectName("placement-form")
        self.take_whole_form(self.form)
        self._load(draft)
        self.form.edited.connect(self._follow)
        self._follow()

    def store(self, *, another: bool) -> None:  # noqa: ARG002 - there is no «another» here
        desk = self.seat.desk
        if self.placement is not None:
            placements.change_placement(desk, self.placement, **self.form.changed_values())
            return
        values = self.form.values()
        person_id = values.pop("person_id", self.person_id)
        made = placements.add_placement(desk, person_id, record_id=self.form.target_id, **values)
        self.person_id, self.saved_id = made.person_id, made.id
        self.undo = lambda: placements.archive_placement(desk, made.id)

    # --- parts -----------------------------------------------------------------------------------------------

    def _say_whose(self) -> None:
        asked = [] if self.person_id is None else [self.person_id]
        for row in residents.rows_of(self.seat.desk, asked).values():
            if row.has_name:
                name = self.seat.masked(row.name)
                self.beside_title(ElidedWords(_("for {name}").format(name=name), tone="muted", sensitive=True))
            self.beside_title(Chip(row.code, "outline"))

    def _load(self, draft: Draft | None) -> None:
        seat = self.seat
        self.form.person_id = self.person_id
        if self.placement is not None:
            self.form.load(self.placement, self.placement.person_id)
        else:
            self.form.load_values({"stage": "looking", "since": seat.desk.today(), "member_id": seat.desk.me.id})
        if draft is not None:
            self.form.load_draft(draft)

    def _follow(self) -> None:
        """Say beside the form what to think of, and take the partner's sector where none was chosen."""
        values = {name: self.form.editor(name).value() for name in ("partner_id", "person_id") if self.form.has(name)}
        person_id = values.get("person_id", self.person_id)
        partner_id = values.get("partner_id")
        if (person_id, partner_id) == self._shown_for:
            return
        before, self._shown_for = self._shown_for, (person_id, partner_id)
        partner = self.work.partners.get(partner_id) if partner_id is not None else None
        if partner is not None and before is not None and self.form.has("sector"):
            sector = self.form.editor("sector")
            if sector.value() is None and partner.sector is not None:
                sector.set_value(partner.sector)
        placement_id = self.placement.id if self.placement is not None else None
        found = cautions(self.seat.desk, self.work, person_id, partner_id, placement_id)
        self._show_beside(partner, found)

    def _show_beside(self, partner: Partner | None, found: list[Caution]) -> None:
        while (item := self.beside.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.notices = tuple(Notice(one.title_text(), self._words(one), "attention") for one in found)
        for notice in self.notices:
            self.beside.addWidget(notice)
        if partner is not None:
            self.beside.addWidget(self._partner_card(partner))
        else:
            self.beside.addWidget(self._posts_card())

    def _words(self, caution: Caution) -> str:
        seat = self.seat
        people = [
            _("{name}, {stage}").format(
                name=seat.masked(row.person) if row.has_name else row.code,
                stage=_lower(vocab.PLACEMENT_STAGES.label(row.stage)),
            )
            for row in caution.people
        ]
        return "\n".join([*people, caution.text()])

    def _partner_card(self, partner: Partner) -> Card:
        card = Card(self.seat.masked(text_of(partner, "name")), size="body")
        told = text_of(partner, "told")
        words = self.seat.masked(told) or _("Nobody wrote this down yet. Agree on it before the first day.")
        card.add(Notice(_("What we tell this partner"), words, "info" if told else "attention", "shield-check"))
        for what, places in posts_of(partner):
            card.add_layout(_pair(self.seat.masked(what), places), above=8)
        card.end(14)
        return card

    def _posts_card(self) -> Card:
        card = Card(_("Open posts"), size="body")
        shown = [
            (self.seat.masked(what), self.seat.masked(text_of(partner, "name")))
            for partner in self.work.partners_in_use()
            for what, _places in posts_of(partner)
        ]
        for what, where in shown[:8]:
            card.add_layout(_pair(what, where), above=4)
        if not shown:
            card.add(Words(_("No partner has an open post now."), tone="muted", wrap=True))
        card.end(14)
        return card


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _pair(left: str, right: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(ElidedWords(left, sensitive=True), 1)
    row.addWidget(Words(right, "small", "muted"))
    return row
