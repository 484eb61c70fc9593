"""What stands in the line of the calendar and is not planned yet: it is kept like the words of any form."""

from __future__ import annotations

from PySide6.QtCore import QObject

from shelterdesk import drafts
from shelterdesk.appointments import Appointment
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.schema.types import new_id
from ui.forms.record_form import KEEP_EVERY
from ui.later import once
from ui.pages.services.calendar.planning import Planning
from ui.seat import Seat

_LINE = "words"


class LineDraft(QObject):
    """Keeps the line of *planning* after seconds and when it is left; forgets it with what was planned or emptied."""

    def __init__(self, seat: Seat, planning: Planning) -> None:
        super().__init__(planning)
        self.seat, self.planning = seat, planning
        self._draft_id, self._target_id = new_id(), new_id()
        self._kept = ""
        self._timer = once(self, self.keep, KEEP_EVERY)
        planning.card.line.textChanged.connect(self._changed)

    def keep(self) -> None:
        """Keep what stands in the line. Where something is moved to is no words of anybody."""
        self._timer.stop()
        words = "" if self.planning.moving is not None else self.planning.card.text().strip()
        if words == self._kept:
            return
        try:
            if words:
                kind = Appointment.__tablename__
                drafts.keep_draft(self.seat.desk, self._draft_id, kind, self._target_id, {_LINE: words})
            else:
                drafts.drop_draft(self.seat.desk, self._draft_id)
        except ShelterDeskError as error:
            self._timer.start()
            self.seat.not_kept(self._draft_id, error)
        else:
            self._kept = words
            self.seat.unkept.discard(self._draft_id)

    def go_on(self, draft: Draft) -> None:
        """Put the words of *draft* back into the line, with the keyboard behind them."""
        self.keep()
        self._draft_id, self._target_id = draft.id, draft.target_id
        self._kept = str(draft.values.get(_LINE) or "")
        self.planning.card.set_text(self._kept)
        self.planning.card.line.setFocus()

    def _changed(self, words: str) -> None:
        if not words:
            self.keep()
            self._draft_id, self._target_id = new_id(), new_id()
        elif not self._timer.isActive():
            # Whoever goes on typing for a minute is not to wait a minute.
            self._timer.start()
