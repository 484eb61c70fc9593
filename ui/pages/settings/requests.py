"""Settings → Requests by authorities: all of them, about people on file and about nobody on file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import authority_requests, drafts
from shelterdesk.authority_requests import Asked
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from ui.dialogs.print_request import print_request
from ui.draft_places import CONTINUE, draft_for
from ui.forms.requests_card import RequestsCard
from ui.seat import Seat
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

NEW: Final = "new_request"
_OPEN: Final = "open"
_ALL: Final = "all"


class RequestsSection(QWidget):
    """Opens with what waits for an answer or an approval, if anything does."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self._asked: list[Asked] = []
        self._seen = False
        self.which = Segmented(_("Show"), [(_OPEN, _("Unfinished")), (_ALL, _("All"))], _ALL)
        self.which.setObjectName("which_requests")
        self.count = Words("", tone="muted")
        self.card = RequestsCard(
            seat,
            _("No authority has asked for anything. What is asked is recorded here, whoever it is about."),
            with_people=True,
        )
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.which)
        top.addWidget(self.count)
        top.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self.card)
        layout.addWidget(
            Words(
                _(
                    "Nobody has to be told on the phone whether somebody is here. Ask for the paper, write down who "
                    "asks, and answer after somebody else has looked at it."
                ),
                "small",
                "muted",
                wrap=True,
            )
        )
        self.which.chosen.connect(lambda _which: self._show())
        self.card.changed.connect(self.show_now)
        self.card.print_wanted.connect(lambda request: print_request(seat, self, request))

    def show_now(self) -> None:
        """Read everything anew. A form that is open stays."""
        try:
            self._asked = authority_requests.all_requests(self.seat.desk)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        if not self._seen:
            self._seen = True
            self.which.set_value(_OPEN if self._unfinished() else _ALL)
        self._show()

    def begin(self, doing: str, about: UUID | None) -> None:
        """Begin a new request, go on with a draft, or show one request."""
        if doing == NEW:
            self.card.begin()
        elif doing == CONTINUE:
            draft = draft_for(drafts.my_drafts(self.seat.desk), about)
            if draft is not None and draft.record == "authority_request":
                self.card.go_on(draft)
        elif about is not None:
            self.card.toggle(about)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to at this moment."""
        return self.card.commands()

    def keep_drafts(self) -> None:
        """Keep what was typed."""
        self.card.keep_drafts()

    def _unfinished(self) -> list[Asked]:
        return [one for one in self._asked if one.request.waits or one.request.needs_approval]

    def _show(self) -> None:
        unfinished = self._unfinished()
        self.card.show_requests(unfinished if self.which.value() == _OPEN else self._asked)
        waits = ngettext("{n} is not finished", "{n} are not finished", len(unfinished))
        self.count.setText(waits if unfinished else "")
