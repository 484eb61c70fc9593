"""The form of a call for a place: who asks, who needs it, how she gets here, and what was decided."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from PySide6.QtGui import QResizeEvent

from shelterdesk import arrival_requests, drafts, rooms, stays
from shelterdesk.access import Right
from shelterdesk.arrival_requests import TURNED_AWAY, WAITING, ArrivalRequest
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, _
from ui.draft_places import draft_for
from ui.forms.bed_editor import BedEditor
from ui.forms.chosen import ChosenEditor
from ui.forms.editors import Editor
from ui.forms.form_page import FormPage
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.text import Words

_DECIDED: Final = ("decision", "decided_on", "reason", "went_to", "words")
_CALL: Final = ("received_on", "received_at", "source", "caller", "safe_number")
_WHO: Final = ("name_used", "place", "came_from", "distance_km", "children", "alerts", "needs")
_WAY: Final = ("transport", "escort", "meeting_point", "expected_on", "expected_at")
_BY_THE_PROGRAM: Final = ("person_id",)
"""Who she is on file follows from her arrival."""
_KEPT: Final = Field("arrival_request.kept_bed", N_("Keep a bed for her"), Kind.LINK, attribute="bed_id", target="bed")
_ONLY_ENDED: Final = ("reason", "went_to")


class CallForm(RecordForm):
    """All of a call; of one that is turned away the decision stands first and the way here is left out."""

    def __init__(self, seat: Seat, call: ArrivalRequest | None = None, *, turned_away: bool = False) -> None:
        parts = (_DECIDED, _CALL, _WHO) if turned_away else (_CALL, _WHO, _WAY, _DECIDED)
        names = [name for part in parts for name in part]
        placed = [*_BY_THE_PROGRAM, *(_WAY if turned_away else ())]
        if len(rooms.sites_of(seat.desk)) < 2:
            placed.append("site_id")
        keeps = call is None or call.waits
        self._keeps = keeps and not turned_away and seat.desk.may(Right.KEEP_STAYS)
        super().__init__(seat, ArrivalRequest, names, elsewhere=placed, extra=(_KEPT,) if self._keeps else ())
        if self._keeps:
            self.beds = BedEditor(seat, seat.desk.today(), nothing=_("No bed is kept"))
            self.add_editor(_KEPT, self.beds)
        self.edited.connect(self.follow)
        self.follow()

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "decision" and field.choices is not None:
            # «Not known» is no decision.
            return ChosenEditor(field, [(one.code, field.choices.label(one.code)) for one in field.choices], width=320)
        return super().make_editor(field)

    def follow(self) -> None:
        """Show what belongs to the decision that was made."""
        decision = self.editor("decision").value() if self.has("decision") else None
        for name in _ONLY_ENDED:
            if self.has(name):
                self.row(name).setVisible(decision in (TURNED_AWAY, "did_not_come"))
        if self.has("decided_on"):
            self.row("decided_on").setVisible(decision not in (*WAITING, None))
        if self._keeps:
            self.row("bed_id").setVisible(decision in WAITING)


class CallPage(FormPage):
    """``made`` is the request after saving."""

    def __init__(self, seat: Seat, call: ArrivalRequest | None = None, *, turned_away: bool = False) -> None:
        title = _("Turned away") if turned_away else _("Request for a place")
        super().__init__(seat, title, _("Save request"))
        self.made: ArrivalRequest | None = None
        self._call = call
        if call is None:
            said = _("only the reason is required") if turned_away else _("only the day of the call is required")
            self.beside_title(Words(said, tone="muted"))
        self.form = CallForm(seat, call, turned_away=turned_away)
        self.card.add_space(16)
        self.take_form(self.form)
        self.card.end()
        if call is not None:
            self.form.load(call)
        else:
            self._blank(TURNED_AWAY if turned_away else arrival_requests.OPEN)
        self.form.follow()

    def _blank(self, decision: str) -> None:
        desk = self.seat.desk
        now = desk.now().astimezone(desk.zone)
        start = {"received_on": now.date(), "received_at": now.time().replace(second=0, microsecond=0)}
        self.form.load_values(start | {"decision": decision})

    def begin(self, about: UUID | None) -> None:
        """Go on with the draft *about* speaks of, and put the keyboard into the first field."""
        draft = draft_for(drafts.my_drafts(self.seat.desk, extra_fields=self.form.extra), about)
        if draft is not None:
            self.form.load_draft(draft)
        first = "reason" if self.form.row("reason").isVisibleTo(self.form) else "source"
        (self.form.row(first) if self.form.has(first) else self.form.rows.rows()[0]).editor.setFocus()

    def store(self, *, another: bool) -> None:  # noqa: ARG002 - every form is asked, this one saves alike
        """Save the call, and keep the bed that was chosen for her."""
        desk = self.seat.desk
        bed_id = self.form.editor("bed_id").value() if self.form.has("bed_id") else None
        if self._call is None:
            values = self.form.values()
            values.pop("bed_id", None)
            self._call = arrival_requests.record_arrival_request(desk, **values)
        else:
            changed = self.form.changed_values()
            changed.pop("bed_id", None)
            if changed:
                self._call = arrival_requests.change_arrival_request(desk, self._call, **changed)
        self.made = self._call
        if bed_id is not None and self._call.waits:
            until = max(self._call.expected_on or desk.today(), desk.today())
            stays.hold_bed(desk, bed_id, until, for_whom=self._call.name_used, about_id=self._call.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.set_indent(tokens.PAGE_SIDE + tokens.CARD_PADDING + self.form.rows.field_column())
