"""Backups and checks: where they go, how old the newest is, make one, check one, verify the vault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import backup_targets, backups, formats, integrity
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from shelterdesk.vault import check_backup
from ui.file_windows import choose_file, choose_folder
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.text import Words


class BackupSection(QWidget):
    """Work on files runs in the worker; what came of it is said in the card."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.facts = Facts()
        self.make = PrimaryButton(_("Back up now"), "hard-drive")
        self.choose = Button(_("Another folder…"), "folder-open")
        self.check = Button(_("Check a backup…"), "shield-check")
        self.result = Words("", wrap=True)
        self.verify = Button(_("Check the whole vault"), "shield-check")
        self.found = Words("", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        first = Card(_("Backups"))
        first.add(self.facts)
        first.add_layout(_line(self.make, self.choose, self.check), above=12)
        first.add(self.result, above=8)
        first.end()
        second = Card(_("Is everything whole?"))
        second.add(
            Words(
                _("Reads every page of the vault, walks the whole log, and opens a sample of sealed texts."), wrap=True
            )
        )
        second.add_layout(_line(self.verify), above=12)
        second.add(self.found, above=8)
        second.end()
        layout.addWidget(first)
        layout.addWidget(second)
        self.make.clicked.connect(self.back_up)
        self.choose.clicked.connect(self._choose)
        self.check.clicked.connect(self._check)
        self.verify.clicked.connect(self._verify)

    def show_now(self) -> None:
        """Show where backups go and how old the newest is."""
        desk = self.seat.desk
        newest = backups.last_backup(desk)
        when = formats.moment(newest, desk.zone) if newest else _("No backup yet")
        self.facts.set_facts(
            [Fact(_("Newest backup"), when), Fact(_("Folder"), backup_targets.targets(desk)[0].words())]
        )

    def back_up(self) -> None:
        """Make a backup and verify it by opening."""
        desk = self.seat.desk
        self._work(self.make, self.result, lambda: backups.back_up_everywhere(desk), self._made)

    def _made(self, outcomes: tuple[backups.Outcome, ...]) -> None:
        made = next((one.file for one in outcomes if one.file is not None), None)
        wrong = next((one.error for one in outcomes if one.error is not None), None)
        if made is not None:
            self.result.setText(_("Backup {name} was made and checked.").format(name=made.name))
        elif wrong is not None:
            self.result.setText(wrong.text())
        self.show_now()

    def _choose(self) -> None:
        chosen = choose_folder(self, _("Folder for backups"), Path.home())
        if chosen is not None:
            backup_targets.begin_with(self.seat.desk, chosen)
            self.show_now()

    def _check(self) -> None:
        file = choose_file(self, _("Choose a backup"), _("Backups (*.dbk)"))
        if file is not None:
            self._work(self.check, self.result, lambda: check_backup(file), self._checked)

    def _checked(self, outline: Any) -> None:
        desk = self.seat.desk
        words = _("This backup is whole. It was made on {when}.")
        self.result.setText(words.format(when=formats.moment(outline.moment, desk.zone)))

    def _verify(self) -> None:
        desk = self.seat.desk
        self._work(self.verify, self.found, lambda: integrity.verify_desk(desk), self._verified)

    def _verified(self, report: integrity.Report) -> None:
        findings = report.findings
        if report.whole:
            words = _("Everything is whole: {rows} rows of the log and {seals} sealed texts were looked at.")
            rows, seals = formats.number(report.log_rows), formats.number(report.seals)
            self.found.setText(words.format(rows=rows, seals=seals))
            return
        count = ngettext("One thing is not as it should be:", "{n} things are not as they should be:", len(findings))
        self.found.setText("\n".join([count, *(finding.text() for finding in findings)]))

    def _work(self, button: Button, words: Words, function: Any, then: Any) -> None:
        button.setEnabled(False)
        words.setText(_("Working…"))

        def done(value: Any) -> None:
            button.setEnabled(True)
            then(value)

        def failed(error: BaseException) -> None:
            button.setEnabled(True)
            if not isinstance(error, ShelterDeskError):
                raise error
            words.setText(error.text())

        self.seat.in_background(lambda _task: function(), done, owner=self, failed=failed)


def _line(*buttons: Button) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    return line
