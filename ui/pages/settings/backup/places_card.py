"""The places backups go to, each with what came of it last; one at once; another place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import backup_targets, backups, formats
from shelterdesk.access import Right
from shelterdesk.backup_targets import STICK, Target
from shelterdesk.backups import Outcome, State
from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.vault import Course, Stopped
from ui.file_windows import choose_folder
from ui.forms.backup_words import place_words, state_words
from ui.pages.settings.backup.line import below
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words
from ui.work import Task


class PlacesCard(QWidget):
    """``made`` fires after backups were made."""

    made = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setObjectName("backup_places")
        self._there: frozenset[str] | None = None
        self.card = Card(_("Backups"))
        self.told = Words(
            _(
                "A backup is one encrypted file, opened and checked before it counts. Keep one of the places away from "
                "this computer: a stick in the safe, or a folder of the network."
            ),
            tone="muted",
            wrap=True,
        )
        self.rows = RowList(_("Places of backups"), RowShape(height=50, inset=8))
        self.make = PrimaryButton(_("Back up now"), "hard-drive")
        self.choose = Button(_("Add a place…"), "folder-open")
        self.progress = QuietProgress()
        self.result = Words("", wrap=True)
        self.card.add(self.told)
        self.card.add(self.rows, inset=8, above=8)
        self.card.add_row(self.make, self.choose, above=12)
        self.card.add(below(self.progress))
        self.card.add(below(self.result))
        self.card.end()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)
        self.progress.hide()
        self.result.hide()
        self.choose.setVisible(seat.desk.may(Right.CHANGE_SETTINGS))
        self.make.clicked.connect(self.back_up)
        self.choose.clicked.connect(self.add_place)
        self.rows.acted.connect(self.take_out)

    def show_now(self) -> None:
        """Show what is known of each place, and look in the background which of them are there."""
        self._show()
        desk = self.seat.desk
        self.seat.over_files(lambda _task: backups.see(desk), self._seen, owner=self)

    def back_up(self) -> None:
        """Make a backup at every place that is there, and say what came of each."""
        if not self.make.isEnabled():
            return
        desk = self.seat.desk
        self.make.setEnabled(False)
        self.result.hide()
        self.progress.work(_("The backup is being made. You can go on working."))
        self.progress.show()

        def work(task: Task) -> tuple[Outcome, ...]:
            return backups.back_up_everywhere(desk, course=Course(task.progress, task.cancelled))

        task = self.seat.over_files(work, self._made, owner=self, failed=self._failed)
        task.progressed.connect(self.progress.advance)
        self.progress.let_stop(_("Stop"), task.cancel)

    def add_place(self) -> None:
        """Let backups go to one folder more."""
        chosen = choose_folder(self, _("Folder for backups"), Path.home())
        if chosen is None:
            return
        try:
            target = backup_targets.add_target(self.seat.desk, chosen)
        except ShelterDeskError as error:
            problem = error.problems[0] if isinstance(error, Problems) else error
            self._say(problem.text())
            return
        words = _("Backups go to {place} too, from the next one on.")
        if target.kind == STICK:
            words = _("Backups go to {place} too, whenever this stick is plugged in.")
        self._say(words.format(place=place_words(target)))
        self.show_now()

    def take_out(self, target_id: Any) -> None:
        """Let backups no more go to a place; what lies there stays."""
        desk = self.seat.desk
        before = backup_targets.targets(desk)
        gone = next(one for one in before if one.id == target_id)
        try:
            backup_targets.remove_target(desk, gone.id)
        except Problems as problems:
            self._say(problems.problems[0].text())
            return
        words = _("Backups go to {place} no more. What lies there stays.").format(place=place_words(gone))
        self.seat.say(words, lambda: self._put_back(before))
        self.show_now()

    def _put_back(self, before: Sequence[Target]) -> None:
        backup_targets.set_targets(self.seat.desk, before)
        self.show_now()

    def _seen(self, there: Any) -> None:
        self._there = there
        self._show()

    def _made(self, outcomes: Any) -> None:
        self._end()
        self._say("\n".join(self._words_for(one) for one in outcomes))
        self.show_now()
        self.made.emit()

    def _words_for(self, one: Outcome) -> str:
        place = place_words(one.target)
        if one.file is not None:
            return _("{place}: {name} was made, opened and checked.").format(place=place, name=one.file.name)
        if one.error is not None:
            return _("{place}: {why}").format(place=place, why=one.error.text())
        return _("{place} is not there now. It gets its backup when it is back.").format(place=place)

    def _failed(self, error: BaseException) -> None:
        self._end()
        if not isinstance(error, ShelterDeskError):
            raise error
        self._say("" if isinstance(error, Stopped) else error.text())

    def _end(self) -> None:
        self.make.setEnabled(True)
        self.progress.hide()

    def _say(self, words: str) -> None:
        self.result.setText(words)
        self.result.setVisible(bool(words))

    def _show(self) -> None:
        desk = self.seat.desk
        ahead = backups.clock_was_set_back(desk)
        states = backups.states(desk)
        removable = desk.may(Right.CHANGE_SETTINGS) and len(states) > 1
        rows = [self._row(state, removable=removable) for state in states]
        self.rows.set_rows(rows)
        self.card.set_aside("")
        if ahead is not None:
            words = _("The clock of this computer stands before the newest backup ({when}). Check the date.")
            self._say(words.format(when=formats.moment(ahead, desk.zone)))

    def _row(self, state: State, *, removable: bool) -> Row:
        there = None if self._there is None else state.target.id in self._there
        return Row(
            place_words(state.target),
            state.target.id,
            icon="hard-drive" if state.target.kind == STICK else "folder-open",
            below=state_words(state, self.seat.desk, there=there),
            chip=self._chip(state, there=there),
            action=_("Take out") if removable else "",
        )

    def _chip(self, state: State, *, there: bool | None) -> ChipText:
        if there is False and state.memory.made is not None:
            return ChipText(_("Not there"), "neutral")
        if state.memory.has_failed:
            return ChipText(_("Did not work"), "attention", "triangle-alert")
        if backups.is_old(self.seat.desk, state.memory.made):
            return ChipText(_("Due"), "attention", "clock")
        return ChipText(_("Up to date"), "done", "check")
