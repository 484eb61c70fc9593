"""Raising a flag for every shift from a note: a link that opens a choice and a line of what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shelterdesk import alerts, vocab
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.note_flags import FLAG_WORDS, FLAGS, flag_kinds, take_back_flags
from ui.forms.editors import ChoicesEditor, editor_for
from ui.forms.record_form import RecordForm
from ui.seat import Undo
from ui.widgets.buttons import LinkButton
from ui.widgets.form_row import FormRow


class FlagRows:
    """Two rows of *form* that stay folded until somebody wants them. Who may keep no alerts gets none."""

    def __init__(self, form: RecordForm) -> None:
        self._form = form
        self.offered = alerts.may_keep_alerts(form.seat.desk)
        self._raised: tuple[list[str], datetime] = ([], form.seat.desk.now())
        if not self.offered:
            return
        self.link = LinkButton(_("Raise a flag for every shift…"), "flag", slim=True)
        self.link.setObjectName("raise_flag")
        self.link.setToolTip(_(FLAGS.help))
        self.link.clicked.connect(lambda: self.unfold(begin=True))
        self._link_row = form.rows.add_row(FormRow("", self.link, fill=False))
        self._flags = form.add_editor(FLAGS, ChoicesEditor(FLAGS, flag_kinds(form.seat.desk)))
        self._words = form.add_editor(FLAG_WORDS, editor_for(FLAG_WORDS, form.seat))
        form.editor("flags").on_change(self.show)
        self.fold()

    def fold(self) -> None:
        """Empty the rows and show the link again."""
        if self.offered:
            self._form.set("flags", None)
            self._form.set("flag_words", None)
            self._open = False
            self.show()

    def unfold(self, *, begin: bool = False) -> None:
        """Show the rows, with the flags that are up already in words; *begin* puts the keyboard into the first."""
        if not self.offered:
            return
        self._open = True
        self._flags.set_help(" ".join(filter(None, (_(FLAGS.help), self._standing()))))
        self.show()
        if begin:
            self._flags.editor.setFocus()

    def unfold_if_written(self) -> None:
        """Show the rows where a draft brought a flag."""
        if self.offered and (self._form.editor("flags").value() or self._form.editor("flag_words").value()):
            self.unfold()

    def show(self) -> None:
        """Show what belongs into view; words are asked once there is a flag."""
        chosen = bool(self._form.editor("flags").value())
        self._link_row.setVisible(not self._open)
        self._flags.setVisible(self._open)
        self._words.setVisible(self._open and chosen)

    def set_visible(self, *, on: bool) -> None:
        """Take the rows out of view where a flag makes no sense, e.g. at a note everybody reads."""
        if self.offered and not on:
            for row in (self._link_row, self._flags, self._words):
                row.hide()
        elif self.offered:
            self.show()

    def about_to_save(self) -> None:
        """Remember which flags are about to be raised, for taking them back."""
        chosen = self._form.editor("flags").value() if self.offered else None
        self._raised = (list(chosen or ()), self._form.seat.desk.now())

    def undo_with(self, undo: Undo) -> Undo:
        """Return what undoes a save just made: *undo*, and the flags that were raised by it."""
        kinds, since = self._raised
        person_id, desk = self._form.person_id, self._form.seat.desk
        if not kinds or person_id is None:
            return undo

        def both() -> None:
            undo()
            take_back_flags(desk, person_id, kinds, since)

        return both

    def _standing(self) -> str:
        person_id = self._form.person_id
        if person_id is None:
            return ""
        try:
            up = [vocab.ALERT_KINDS.label(one.kind) for one in alerts.alerts_of(self._form.seat.desk, person_id)]
        except ShelterDeskError:
            return ""
        return _("Up already: {flags}.").format(flags=", ".join(up)) if up else ""


def flags_in(values: dict[str, Any]) -> dict[str, Any]:
    """Take the flags out of *values* of a form, as the core asks for them."""
    return {"flags": values.pop("flags", None) or (), "flag_words": values.pop("flag_words", None)}
