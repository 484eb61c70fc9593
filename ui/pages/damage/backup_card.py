"""Putting a backup in the place of the damaged vault, which is put aside and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import backup_facts, formats, restoring
from shelterdesk.backup_facts import Comparison
from shelterdesk.damage import Outlook
from shelterdesk.desk import system_clock
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.vault import Course, Unlock, WrongPassphrase
from ui.file_windows import choose_file
from ui.forms.backup_words import comparison_rows, returning_words, size_words
from ui.widgets.beside import Beside
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words
from ui.work import Task

_SHOWN = 5

WithKeys = Callable[
    [str, Callable[[Task, Unlock], Any], Callable[[Any], None], Callable[[ShelterDeskError], None]], Task | None
]


class BackupCard(Card):
    """``done`` hands back the vault that took the place, and a sentence about what became of the other."""

    done = Signal(object, str)

    def __init__(self, folder: Path, with_keys: WithKeys, title: str = "") -> None:
        super().__init__(title or _("Put a backup in its place"))
        self._folder = folder
        self._with_keys = with_keys
        self.found: Comparison | None = None
        self.rows = RowList(_("Backups that can be reached"), RowShape(height=34, inset=8, second_at=0.4))
        self.nothing = Words(
            _("No backup was found in the usual places or on a stick. Plug one in and come back, or choose a file."),
            wrap=True,
        )
        self.choose = Button(_("Another backup…"), "folder-open")
        self.look = PrimaryButton(_("Look into the newest one"), "archive")
        self.progress = QuietProgress()
        self.beside = Beside()
        self.returning = Notice("", kind="attention")
        self.trouble = Notice("", kind="error")
        self.put_back = PrimaryButton(_("Put it in its place"), "history")
        self._lay_out()
        self.rows.opened.connect(self.look_into)
        self.rows.acted.connect(self.look_into)
        self.choose.clicked.connect(self._choose)
        self.look.clicked.connect(lambda: self.look_into(self.rows.rows()[0].key))
        self.put_back.clicked.connect(self._put_back)

    def _lay_out(self) -> None:
        self.add(Words(_("It is opened and every page checked before anything is replaced."), tone="muted", wrap=True))
        self.add(self.rows, inset=8, above=8)
        self.add(self.nothing, above=4)
        buttons = QWidget()
        column = QVBoxLayout(buttons)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.look, self.choose, self.progress, self.trouble, self.beside, self.returning, self.put_back):
            column.addWidget(widget)
        self.add(buttons, above=12)
        self.end()
        for widget in (
            self.nothing,
            self.look,
            self.progress,
            self.trouble,
            self.beside,
            self.returning,
            self.put_back,
        ):
            widget.hide()

    def show_outlook(self, found: Outlook) -> None:
        """List the backups that can be reached."""
        self.rows.setVisible(bool(found.backups))
        self.nothing.setVisible(not found.backups)
        self.look.setVisible(bool(found.backups))
        self.rows.set_rows(
            [
                Row(
                    _moment(one.moment),
                    one.file,
                    icon="archive",
                    second=str(one.file.parent),
                    trailing=size_words(one.size),
                    action=_("Look into it"),
                )
                for one in found.backups[:_SHOWN]
            ]
        )

    def offer_only(self, file: Path) -> None:
        """Offer *file* and nothing else: somebody has chosen it already."""
        self.rows.hide()
        self.choose.hide()
        self.rows.set_rows([Row(file.name, file)])
        self.look.setText(_("Open and check it"))
        self.look.show()

    def look_into(self, file: Any) -> None:
        """Open a backup with the sign-in above and say what is in it."""
        path = Path(file)
        self._clear()

        def work(task: Task, unlock: Unlock) -> Comparison:
            course = Course(task.progress, task.cancelled)
            return backup_facts.look_into(path, unlock, self._folder, course)

        words = _("{name} is being opened and checked.").format(name=path.name)
        self._begin(words, self._with_keys(words, work, self._looked, self._failed))

    def _choose(self) -> None:
        file = choose_file(self, _("Choose a backup"), _("Backups (*.dbk)"))
        if file is not None:
            self.look_into(file)

    def _looked(self, found: Any) -> None:
        self.found = found
        self._end()
        zone = system_clock().astimezone().tzinfo
        assert zone is not None
        self.beside.set_rows((_("This backup"), ""), comparison_rows(found, zone))
        self.beside.show()
        names = returning_words(found)
        if names:
            again = _("They are removed and suspended again, and the keys they knew are replaced, in the same step.")
            self.returning.say(_("It would let in again: {names}.").format(names=names), again)
        elif not found.people_known:
            self.returning.say(
                _("Who was removed since cannot be told, because the keys of the vault cannot be read."),
                _("Look at «People and keys» after signing in."),
            )
        self.returning.setVisible(bool(names) or not found.people_known)
        self.look.hide()
        self.put_back.setVisible(found.entitled and not found.then.newer_tables)
        self.put_back.setFocus()

    def _put_back(self) -> None:
        found = self.found
        assert found is not None
        self.put_back.hide()

        def work(task: Task, unlock: Unlock) -> tuple[Path | None, Path]:
            course = Course(task.progress, task.cancelled)
            prepared = restoring.prepare_without(self._folder, found, unlock, course=course)
            return restoring.put_in_place(prepared, system_clock()), prepared.place

        words = _("The backup is being opened beside its place and looked through.")
        self._begin(words, self._with_keys(words, work, self._in_place, self._failed))

    def _in_place(self, places: Any) -> None:
        kept, place = places
        found = self.found
        assert found is not None
        words = _("The backup of {when} is in place.").format(when=_moment(found.outline.moment))
        if kept is not None:
            name = kept.name.removesuffix(".vault")
            words += " " + _("The vault that was there is kept as {name}.").format(name=name)
        self.done.emit(place, words)

    def _failed(self, error: ShelterDeskError) -> None:
        self._end()
        kept = _("The vault and the backup were not touched.")
        if isinstance(error, WrongPassphrase):
            kept = _("For a backup, the passphrase is the one that was valid on its day.")
        self.trouble.say(error.text(), kept)
        self.trouble.show()
        self.look.setVisible(bool(self.rows.rows()))

    def _begin(self, words: str, task: Task | None) -> None:
        if task is None:
            return
        self.trouble.hide()
        self.progress.work(words)
        self.progress.show()
        task.progressed.connect(self.progress.advance)
        self.progress.let_stop(_("Stop"), task.cancel)

    def _end(self) -> None:
        self.progress.hide()

    def _clear(self) -> None:
        self.found = None
        for widget in (self.trouble, self.beside, self.returning, self.put_back):
            widget.hide()


def _moment(value: Any) -> str:
    zone = value.astimezone().tzinfo
    return formats.moment(value, zone)
