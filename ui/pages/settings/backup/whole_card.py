"""The check of the whole vault, and the way on where something is damaged."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import formats, integrity, lock_reasons, log_check
from shelterdesk.i18n import _, ngettext
from ui.pages.settings.backup.line import below
from ui.seat import Front, Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.text import Words


class WholeCard(QWidget):
    """Reads everything and says what it found."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setObjectName("backup_whole")
        self.verify = Button(_("Check the whole vault"), "shield-check")
        self.progress = QuietProgress()
        self.whole = Notice("", kind="done")
        self.harmed = Notice("", kind="attention")
        self.way_on = Button(_("Lock, and see what can be saved…"), "lock")
        card = Card(_("Is everything whole?"))
        card.add(
            Words(
                _("Reads every page of the vault, walks the whole log, and opens a sample of sealed texts."),
                tone="muted",
                wrap=True,
            )
        )
        card.add_row(self.verify, above=12)
        for widget in (self.progress, self.whole, self.harmed, self.way_on):
            card.add(below(widget))
        card.end()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        for widget in (self.progress, self.whole, self.harmed, self.way_on):
            widget.hide()
        self.verify.clicked.connect(self._verify)
        self.way_on.clicked.connect(self._leave)

    def _verify(self) -> None:
        desk = self.seat.desk
        for widget in (self.whole, self.harmed, self.way_on):
            widget.hide()
        self.verify.setEnabled(False)
        self.progress.work(_("Everything is being read. You can go on working."))
        self.progress.show()

        def failed(error: BaseException) -> None:
            self._end()
            self.seat.complain(error)

        self.seat.over_files(
            lambda _task: integrity.verify_desk(desk, log_check.known_heads(desk)),
            self._verified,
            owner=self,
            failed=failed,
        )

    def _verified(self, report: Any) -> None:
        self._end()
        if report.whole:
            words = _("{rows} rows of the log and {seals} sealed texts were looked at.")
            rows, seals = formats.number(report.log_rows), formats.number(report.seals)
            self.whole.say(_("Everything is whole"), words.format(rows=rows, seals=seals))
            self.whole.show()
            return
        count = len(report.findings)
        title = ngettext("One thing is not as it was saved", "{n} things are not as they were saved", count)
        self.harmed.say(title, "\n".join(finding.text() for finding in report.findings))
        self.harmed.show()
        self.way_on.setVisible(any(not finding.readable for finding in report.findings))

    def _leave(self) -> None:
        folder = self.seat.desk.vault.folder

        def then(front: Front) -> None:
            front.show_damage(folder)

        self.seat.lock_then.emit(lock_reasons.DAMAGED.code, then)

    def _end(self) -> None:
        self.verify.setEnabled(True)
        self.progress.hide()
