"""Looking into a backup: what it holds beside what the vault holds now, and putting it in the vault's place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import backup_facts, backup_keeping, backup_targets, formats, lock_reasons, restoring
from shelterdesk.access import Right
from shelterdesk.backup_facts import Comparison
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.restoring import NotWhole, Prepared
from shelterdesk.vault import BackupOutline, Course, Stopped
from shelterdesk.volumes import mounted
from ui.file_windows import choose_file
from ui.forms.backup_words import comparison_rows, kinship_words, returning_words, size_words
from ui.pages.settings.backup.line import below
from ui.seat import Front, Seat
from ui.widgets.beside import Beside
from ui.widgets.buttons import Button
from ui.widgets.card import Card, side_by_side
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.notice import Notice
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words
from ui.work import Task

_SHOWN = 6


class LookCard(QWidget):
    """A list of the backups that can be reached; one that was looked into is told below it."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setObjectName("backup_look")
        self.found: Comparison | None = None
        self.rows = RowList(_("Backups that can be reached"), RowShape(height=34, inset=8, second_at=0.42))
        self.choose = Button(_("Another backup…"), "folder-open")
        self.progress = QuietProgress()
        self.nothing = Words(_("No backup can be reached at the places above."), wrap=True)
        self.told = _Told()
        self.confirm: InlineEditor | None = None
        card = Card(_("Look into a backup"))
        card.add(
            Words(
                _("Opens the file, checks every page, and says what is in it. The vault is not touched."),
                tone="muted",
                wrap=True,
            )
        )
        card.add(self.rows, inset=8, above=8)
        card.add_row(self.choose, above=8)
        card.add(self.nothing)
        card.add(below(self.progress))
        card.add(below(self.told))
        self._place = QVBoxLayout()
        card.add_layout(self._place, inset=0)
        card.end()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.progress.hide()
        self.rows.hide()
        self.nothing.hide()
        self.rows.opened.connect(self.look_into)
        self.rows.acted.connect(self.look_into)
        self.choose.clicked.connect(self._choose)
        self.told.put_back.clicked.connect(self._ask)

    def find(self) -> None:
        """List the backups that can be reached now, the newest first."""
        desk = self.seat.desk
        self.seat.over_files(lambda _task: _reachable(desk), self._list, owner=self)

    def look_into(self, file: Any) -> None:
        """Open a backup, check it and set it beside the vault."""
        desk, path = self.seat.desk, Path(file)

        def work(task: Task) -> Comparison:
            return backup_facts.compare(desk, path, Course(task.progress, task.cancelled))

        self._begin(_("{name} is being opened and checked.").format(name=path.name), work, self._looked)

    def _list(self, found: Any) -> None:
        desk = self.seat.desk
        rows = [
            Row(
                formats.moment(one.moment, desk.zone),
                one.file,
                icon="archive",
                second=str(one.file.parent),
                trailing=size_words(one.size),
                action=_("Look into it"),
            )
            for one in found[:_SHOWN]
        ]
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _choose(self) -> None:
        file = choose_file(self, _("Choose a backup"), _("Backups (*.dbk)"))
        if file is not None:
            self.look_into(file)

    def _looked(self, found: Any) -> None:
        self.found = found
        desk = self.seat.desk
        self.told.show_comparison(found, desk, may_put_back=desk.may(Right.CHANGE_SETTINGS))

    # --- putting it back ---------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._close_question()
        assert self.found is not None
        words = _(
            "The backup is opened beside the vault and looked through first. Then the vault is locked, renamed and "
            "kept, and the backup takes its place. Everybody signs in with the passphrase of that day."
        )
        panel = InlineEditor(_("Put it in the vault's place"), indent=16)
        panel.setAccessibleName(_("Put the backup in the vault's place"))
        panel.add_field("", Words(words, wrap=True), whole=True)
        panel.end()
        panel.save_pressed.connect(self._prepare)
        panel.cancel_pressed.connect(self._close_question)
        self.confirm = panel
        self._place.setContentsMargins(0, 12, 0, 0)
        self._place.addWidget(panel)
        self.told.put_back.setEnabled(False)
        panel.save.setFocus()

    def _close_question(self) -> None:
        panel, self.confirm = self.confirm, None
        self._place.setContentsMargins(0, 0, 0, 0)
        self.told.put_back.setEnabled(True)
        if panel is not None:
            panel.hide()
            panel.deleteLater()

    def _prepare(self) -> None:
        desk, found = self.seat.desk, self.found
        assert found is not None
        self._close_question()

        def work(task: Task) -> Prepared:
            return restoring.prepare(desk, found, Course(task.progress, task.cancelled))

        self._begin(_("The backup is being opened beside the vault and looked through."), work, self._prepared)

    def _prepared(self, prepared: Any) -> None:
        desk = self.seat.desk
        now, zone = desk.now(), desk.zone

        def then(front: Front) -> None:
            try:
                kept = restoring.put_in_place(prepared, now)
            except ShelterDeskError as error:
                if prepared.place.exists():
                    restoring.give_up(prepared)
                front.show_unlock(prepared.place, error.text())
                return
            words = _("The backup of {when} is in place. What was here before is kept as {name}.")
            name = kept.name.removesuffix(".vault") if kept is not None else ""
            front.show_unlock(prepared.place, words.format(when=formats.moment(prepared.made, zone), name=name))

        self.seat.lock_then.emit(lock_reasons.RESTORED.code, then)

    # --- work --------------------------------------------------------------------------------------------------

    def _begin(self, words: str, work: Any, then: Any) -> None:
        self.told.clear()
        self._close_question()
        self.rows.setEnabled(False)
        self.choose.setEnabled(False)
        self.progress.work(words)
        self.progress.show()

        def done(value: Any) -> None:
            self._end()
            then(value)

        def failed(error: BaseException) -> None:
            self._end()
            if not isinstance(error, ShelterDeskError):
                raise error
            if not isinstance(error, Stopped):
                self.told.show_error(error)

        task = self.seat.over_files(work, done, owner=self, failed=failed)
        task.progressed.connect(self.progress.advance)
        self.progress.let_stop(_("Stop"), task.cancel)

    def _end(self) -> None:
        self.progress.hide()
        self.rows.setEnabled(True)
        self.choose.setEnabled(True)


class _Told(QWidget):
    """What was found in a backup."""

    def __init__(self) -> None:
        super().__init__()
        self.notice = Notice("")
        self.beside = Beside()
        self.kinship = Words("", wrap=True)
        self.returning = Notice("", kind="attention")
        self.put_back = Button(_("Put this backup back…"), "history")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for widget in (self.notice, self.beside, self.kinship, self.returning):
            layout.addWidget(widget)
        layout.addLayout(side_by_side(self.put_back))
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.hide()

    def show_comparison(self, found: Comparison, desk: Desk, *, may_put_back: bool) -> None:
        """Show what is in it beside what the vault holds."""
        self._say(
            _("This backup is whole"), _("It was opened with your keys, and every page of it was checked."), "done"
        )
        self.beside.set_rows((_("This backup"), _("The vault now")), comparison_rows(found, desk.zone))
        self.kinship.setText(kinship_words(found, desk.zone))
        returning = returning_words(found)
        again = _("Putting it back removes and suspends them again and replaces the keys they knew, in the same step.")
        self.returning.say(_("It would let in again: {names}.").format(names=returning), again)
        self.returning.setVisible(bool(returning))
        self.put_back.setVisible(may_put_back and found.entitled and not found.then.newer_tables)
        for widget in (self.beside, self.kinship):
            widget.show()
        self.show()

    def show_error(self, error: ShelterDeskError) -> None:
        """Show why it cannot be used."""
        said = error.text()
        if isinstance(error, NotWhole):
            said = "\n".join([said, *(finding.text() for finding in error.report.findings[:3])])
        self._say(said, _("The vault itself was not touched."), "error")
        for widget in (self.beside, self.kinship, self.returning, self.put_back):
            widget.hide()
        self.show()

    def _say(self, title: str, text: str, kind: Any) -> None:
        old, self.notice = self.notice, Notice(title, text, kind)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.replaceWidget(old, self.notice)
        old.hide()
        old.deleteLater()


def _reachable(desk: Desk) -> list[BackupOutline]:
    found: list[BackupOutline] = []
    plugged_in = mounted()
    for target in backup_targets.targets(desk):
        place = backup_targets.place_of(target, plugged_in)
        if place is not None and place.is_dir():
            found += [one for one in backup_keeping.backups_in(place, desk.vault.name)[0] if one.vault == desk.vault.id]
    return sorted(found, key=lambda one: one.moment, reverse=True)
