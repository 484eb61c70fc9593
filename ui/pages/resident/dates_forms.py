"""The form of a date that must not be missed: each kind is asked about in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from shelterdesk import deadlines, vocab
from shelterdesk.deadlines import Deadline
from shelterdesk.fields import Field
from shelterdesk.i18n import N_, _
from ui.forms.chosen import MatterEditor
from ui.forms.editors import Editor, Unreadable
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat

_WORDS: Final = {
    "protection_order": {"until": N_("Holds until"), "since": N_("Holds from")},
    "stay_authorised": {"until": N_("Authorised until"), "since": N_("Authorised from")},
    "residence_permit": {"until": N_("Valid until"), "since": N_("Valid from")},
    "court_date": {"until": N_("Day"), "member_id": N_("Who goes along")},
    "reflection_period": {"until": N_("Ends on"), "since": N_("Begins on")},
    "other": {"until": N_("Day"), "words": N_("What it is")},
}
"""What the rows of a kind are called, where that is not the label of the field."""


class DeadlineForm(RecordForm):
    """Asks what belongs to *kind*. The end is proposed from the settings until somebody types one."""

    def __init__(self, seat: Seat, person_id: UUID, kind: str) -> None:
        self.of_kind, self._whose = kind, person_id
        everything = {field.attribute for field in Deadline.declared}
        super().__init__(
            seat,
            Deadline,
            (*deadlines.IN_ORDER.get(kind, deadlines.IN_ORDER["other"]), "kind"),
            headings=False,
            elsewhere=everything,
        )
        # The kind was chosen before; its row keeps it for the draft.
        self.row("kind").hide()
        self._proposed: Any = None
        for name in ("since", "long_term"):
            if self.has(name):
                self.editor(name).on_change(self._propose)

    def _choose(self, attributes: Any, elsewhere: Any) -> tuple[Field, ...]:
        words = _WORDS.get(self.of_kind, {})
        return tuple(
            replace(field, label=words.get(field.attribute, field.label))
            for field in super()._choose(attributes, elsewhere)
        )

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "matter_id":
            return MatterEditor(field, self.seat, self._whose)
        return super().make_editor(field)

    def _propose(self) -> None:
        """Show the end as the settings propose it, as long as nobody typed another one."""
        try:
            since, until = self.editor("since").value(), self.editor("until").value()
            long_term = bool(self.editor("long_term").value()) if self.has("long_term") else False
        except Unreadable:
            return
        if since is None or until not in (None, self._proposed):
            return
        self._proposed = deadlines.proposed_end(self.seat.desk, self.of_kind, since, long_term=long_term)
        if self._proposed is not None:
            self.set("until", self._proposed)
            self.row("until").set_help(_("Proposed from the settings. The paper itself and the national rules decide."))


def deadline_form(
    seat: Seat,
    person_id: UUID,
    kind: str,
    standing: Deadline | None = None,
    *,
    extends: Deadline | None = None,
    start: Mapping[str, Any] | None = None,
) -> InlineForm:
    """Return the form of a date of *kind*: a new one, one that goes on from *extends*, or one that stands.

    *start* is what a new one begins with beside the usual.
    """
    desk = seat.desk
    form = DeadlineForm(seat, person_id, kind)
    form.person_id = person_id
    if standing is not None:
        form.load(standing, person_id)
    else:
        form.load_values(_start(seat, kind, extends) | dict(start or {}))

    def store(form: RecordForm) -> object:
        if standing is not None:
            return deadlines.change_deadline(desk, standing, **form.changed_values())
        extends_id = extends.id if extends is not None else None
        return deadlines.record_deadline(desk, person_id, extends_id=extends_id, **form.values())

    title = vocab.DEADLINE_KINDS.label(kind)
    if extends is not None:
        title = _("{what}: extension").format(what=title)
    return InlineForm(seat, form, _("Save date"), store, title=title)


def _start(seat: Seat, kind: str, extends: Deadline | None) -> dict[str, Any]:
    start: dict[str, Any] = {"kind": kind, "member_id": seat.desk.me.id}
    if kind in ("court_date", "other", "reflection_period"):
        start["state"] = "stands"
    if extends is not None:
        start |= {"state": "asked", "issued_by": extends.issued_by, "long_term": extends.long_term}
        start["matter_id"] = extends.matter_id
        if extends.until is not None:
            start["since"] = extends.until + deadlines.ONE_DAY
    return start
