"""Keys that somebody knows who should not are replaced after sign-in: how far it is, and «Later»."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from shelterdesk import members, rotation
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.vault import Stopped
from shelterdesk.vault.members import Standing
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.text import Words
from ui.work import Task


class KeysCard(Card):
    """Begins by itself; stopping it leaves everything as it was. ``finished`` fires when there is nothing to show."""

    finished = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Keys are being replaced"))
        self.seat = seat
        self.setObjectName("keys-card")
        self._task: Task | None = None
        self.why = Words("", wrap=True)
        self.progress = QuietProgress()
        self.progress.let_stop(_("Later"), self.put_off)
        self.now = Button(_("Replace now"), "refresh-cw")
        self.close_button = LinkButton(_("Close"))
        self.add(self.why)
        progress = QVBoxLayout()
        progress.addWidget(self.progress)
        self.add_layout(progress, above=10)
        self.add_row(self.now, self.close_button, above=4)
        self.end()
        self.now.clicked.connect(self.begin)
        self.close_button.clicked.connect(self.finished)
        self._show_buttons(on=False)

    def is_at_work(self) -> bool:
        """Tell whether keys are being replaced at this moment."""
        return self._task is not None

    def begin(self) -> None:
        """Replace what is due and the signed-in person holds."""
        desk = self.seat.desk
        due = rotation.due_here(desk)
        if self._task is not None or not due:
            return
        because = self._because(desk)
        self.set_title(_("Keys are being replaced"))
        safe = _("Nothing is lost if this stops. You can read meanwhile; writing waits.")
        self.why.setText(f"{because} {safe}")
        self._show_buttons(on=False)
        self.progress.work("")
        self.progress.stop.setEnabled(True)
        # Not told as a task that writes: the card itself says that writing waits.
        self._task = task = self.seat.in_background(
            lambda task: rotation.rotate(desk, due, why=because, progress=task.progress, cancelled=task.cancelled),
            self._done,
            owner=self,
            failed=self._failed,
        )
        task.progressed.connect(self.progress.advance)

    def put_off(self) -> None:
        """Stop; it is due again at the next sign-in."""
        if self._task is not None:
            self._task.cancel()

    def _because(self, desk: Desk) -> str:
        held = set(rotation.due_here(desk))
        know = {member for name, ids in rotation.due(desk).items() if name in held for member in ids}
        left = {member.id for member in desk.vault.members if member.standing is Standing.REMOVED}
        if know & left:
            return _("Because {names} left.").format(names=self._names(know & left))
        return _("Because {names} may hold them no longer.").format(names=self._names(know))

    def _names(self, ids: Collection[UUID]) -> str:
        names = {who.id: who.name for who in members.colleagues(self.seat.desk, former=True)}
        return ", ".join(sorted(self.seat.masked(names[one]) for one in ids if one in names))

    def _done(self, _value: object) -> None:
        self._task = None
        self.finished.emit()
        self.seat.saved.emit()
        self.seat.say(_("The keys are replaced. Everything opens as before, for everybody who holds them."))

    def _failed(self, error: BaseException) -> None:
        self._task = None
        if not isinstance(error, ShelterDeskError):
            raise error
        self.set_title(_("Keys have to be replaced"))
        put_off = _("Put off. Everything is as it was; it begins again at your next sign-in.")
        self.why.setText(put_off if isinstance(error, Stopped) else error.text())
        self._show_buttons(on=True)
        self.now.setFocus()

    def _show_buttons(self, *, on: bool) -> None:
        self.progress.setVisible(not on)
        self.now.setVisible(on)
        self.close_button.setVisible(on)
