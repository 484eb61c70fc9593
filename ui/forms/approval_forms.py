"""Forms of an approval: what to look at, and what to change. Each has one field, so that words survive a lock."""

from __future__ import annotations

from uuid import UUID

from shelterdesk import approvals
from shelterdesk.approvals import Approval
from ui.forms.record_form import RecordForm
from ui.seat import Seat


class AskForm(RecordForm):
    """Ask for approval of something of a person."""

    def __init__(self, seat: Seat, subject: str, person_id: UUID, about_id: UUID) -> None:
        super().__init__(seat, Approval, ("request",), headings=False)
        self._subject, self._about_id = subject, about_id
        self.person_id = person_id
        # The words belong to what they are about: whoever goes on with the draft finds it there.
        self.target_id = about_id

    def store(self) -> Approval:
        """Ask. Raises Problems, NotAllowed."""
        return approvals.ask(self.seat.desk, self._subject, self.person_id, self._about_id, **self.values())


class GiveBackForm(RecordForm):
    """Give a request back with words."""

    def __init__(self, seat: Seat, approval: Approval) -> None:
        super().__init__(seat, Approval, ("answer",), headings=False)
        self._approval = approval
        self.person_id = approval.person_id
        self.target_id = approval.id

    def store(self) -> Approval:
        """Give it back. Raises Problems, NotAllowed, StaleRecord."""
        return approvals.give_back(self.seat.desk, self._approval, self.values()["answer"] or "")
