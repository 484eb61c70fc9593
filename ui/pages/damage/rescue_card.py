"""Saving what can still be read into a new vault beside the damaged one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from shelterdesk import formats, rescue
from shelterdesk.damage import Outlook
from shelterdesk.documents.protect import suggest_password
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from shelterdesk.rescue import Rescued, Saved, Survey
from shelterdesk.vault import Course, Unlock
from shelterdesk.vault.writing import told_plainly
from ui.file_windows import choose_target
from ui.pages.damage.backup_card import WithKeys
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words
from ui.work import Task

_NAMED = 12


class RescueCard(Card):
    """``done`` hands back the new vault and a sentence."""

    done = Signal(object, str)

    def __init__(self, folder: Path, with_keys: WithKeys) -> None:
        super().__init__(_("Save what can be read"))
        self._folder = folder
        self._with_keys = with_keys
        self._into = folder
        self.told = Words(
            _(
                "Reads the records row by row past what is damaged, from a copy of the file, and writes what is found "
                "into a new vault with the same people and passphrases. It may hold newer entries than the last "
                "backup, and it may lack some."
            ),
            tone="muted",
            wrap=True,
        )
        self.look = Button(_("See what can be read"), "search")
        self.progress = QuietProgress()
        self.trouble = Notice("", kind="error")
        self.summary = Words("", wrap=True)
        self.rows = RowList(_("What is missing"), RowShape(height=32, inset=8))
        self.save = Button(_("Save it into a new vault"), "save")
        self.open = Button(_("Open the new vault"), "log-in")
        self.write = Button(_("Write it into an Excel file with a password…"), "file-output")
        self.written = Words("", wrap=True)
        self.password = QLineEdit()
        self.password.setReadOnly(True)
        self.password.setAccessibleName(_("Password of the file"))
        self.add(self.told)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.look, self.progress, self.trouble, self.summary):
            column.addWidget(widget)
        self.add(holder, above=12)
        self.add(self.rows, inset=8, above=4)
        below = QWidget()
        last = QVBoxLayout(below)
        last.setContentsMargins(0, 0, 0, 0)
        for widget in (self.save, self.open, self.write, self.written, self.password):
            last.addWidget(widget)
        self.add(below, above=4)
        self.end()
        for widget in (self.progress, self.trouble, self.summary, self.rows):
            widget.hide()
        for widget in (self.save, self.open, self.write, self.written, self.password):
            widget.hide()
        self.write.clicked.connect(self.write_out)
        self.look.clicked.connect(self.look_through)
        self.save.clicked.connect(self.save_it)
        self.open.clicked.connect(lambda: self.done.emit(self._into, _("This is what could be saved.")))

    def show_outlook(self, found: Outlook) -> None:
        """Offer it where the keys can be read."""
        if not found.has_keys:
            self.told.setText(
                _("Neither file with the keys can be read, and without them nothing else can be. A backup has both.")
            )
        self.look.setVisible(found.has_keys)

    def look_through(self) -> None:
        """Read everything once and count what can be read."""
        self._clear()

        def work(task: Task, unlock: Unlock) -> Survey:
            return rescue.survey(self._folder, unlock, Course(task.progress, task.cancelled))

        words = _("The records are being read.")
        self._begin(words, self._with_keys(words, work, self._counted, self._failed))

    def save_it(self) -> None:
        """Write what can be read into a new vault."""
        into = self._free()

        def work(task: Task, unlock: Unlock) -> Rescued:
            return rescue.rescue(self._folder, into, unlock, course=Course(task.progress, task.cancelled))

        words = _("What can be read is being saved.")
        self.save.hide()
        self._begin(words, self._with_keys(words, work, self._saved, self._failed))

    def write_out(self) -> None:
        """Write everything that can be read into a workbook; its password is shown once and kept nowhere."""
        name = f"{self._into.name.removesuffix('.vault')}.xlsx"
        target = choose_target(self, _("Where the file goes"), name, _("Excel files (*.xlsx)"))
        if target is None:
            return
        password, into = suggest_password(), self._into

        def work(_task: Task, unlock: Unlock) -> Path:
            data = rescue.write_out(into, unlock, password)
            with told_plainly(target.parent):
                target.write_bytes(data)
            return target

        def written(file: Any) -> None:
            self._end()
            words = _("Saved as {name}. Write the password down before you go on; it is kept nowhere.")
            self.written.setText(words.format(name=file.name))
            self.password.setText(password)
            self.written.show()
            self.password.show()

        words = _("The file is being written.")
        self._begin(words, self._with_keys(words, work, written, self._failed))

    def _counted(self, survey: Any) -> None:
        self._end()
        found: Survey = survey
        if found.file:
            words = _("The first page of {file} is damaged. Without it nothing in it can be read; only a backup helps.")
            self.summary.setText(words.format(file=found.file))
            self.summary.show()
            return
        self._tell(found, saved=False)
        self.save.show()

    def _saved(self, rescued: Any) -> None:
        self._end()
        result: Rescued = rescued
        self._into = result.folder
        self._tell(result.survey, saved=True)
        more = [self.summary.text()]
        name = result.folder.name.removesuffix(".vault")
        more.append(_("They are in the new vault {name}. You sign in as before.").format(name=name))
        if result.set_aside:
            more.append(
                ngettext(
                    "{n} row belonged to something that is lost, and was left out.",
                    "{n} rows belonged to something that is lost, and were left out.",
                    result.set_aside,
                )
            )
        self.summary.setText(" ".join(more))
        self.look.hide()
        self.open.show()
        self.write.show()
        self.open.setFocus()

    def _tell(self, found: Survey, *, saved: bool) -> None:
        rows = formats.number(found.rows)
        words = _("{n} rows were saved.") if saved else _("{n} rows can be read.")
        self.summary.setText(words.format(n=rows) + (" " + _("Nothing is missing.") if not found.harmed else ""))
        self.summary.show()
        self.rows.set_rows([_row(one) for one in found.harmed[:_NAMED]])
        self.rows.setVisible(bool(found.harmed))

    def _failed(self, error: ShelterDeskError) -> None:
        self._end()
        self.trouble.say(error.text(), _("The damaged vault was not touched."))
        self.trouble.show()

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
        for widget in (self.trouble, self.summary, self.rows, self.save):
            widget.hide()

    def _free(self) -> Path:
        stem = f"{self._folder.stem}-rescued"
        number = 1
        while (free := self._folder.with_name(f"{stem}{f'-{number}' if number > 1 else ''}.vault")).exists():
            number += 1
        return free


def _row(one: Saved) -> Row:
    if one.lost is None:
        detail = _("{read} can be read; how many are missing cannot be told")
    else:
        detail = _("{read} can be read, {lost} are missing")
    words = detail.format(read=formats.number(one.read), lost=formats.number(one.lost or 0))
    if one.rebuilt:
        words += ", " + _("{n} written again from the log").format(n=formats.number(one.rebuilt))
    return Row(one.words(), one.table, icon="circle-alert", icon_tint="attention", trailing=words)
