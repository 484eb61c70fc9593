"""The page: cards below each other, each with one way on. Nothing is ever written into the damaged vault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import damage, restoring
from shelterdesk.damage import FileState, Outlook, VaultFile
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.vault import Stopped, Unlock
from ui import theme
from ui.forms.backup_words import size_words
from ui.pages.damage.backup_card import BackupCard
from ui.pages.damage.rescue_card import RescueCard
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.front_surface import FrontSurface
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.text import Words
from ui.widgets.top_bar import MarkLabel
from ui.work import Task, Worker

_WIDTH = 680


class DamagePage(FrontSurface):
    """``opened_wanted`` hands back a vault to sign in to, with a sentence.

    ``copy_wanted`` asks to open the vault by the second copy of the keys.
    """

    opened_wanted = Signal(object, str)
    copy_wanted = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._worker = Worker(self)
        self.state = _StateCard(folder)
        self.sign_in = _SignInCard()
        self.backup = BackupCard(folder, self.work_with_keys)
        self.rescue = RescueCard(folder, self.work_with_keys)
        self.back = LinkButton(_("Back to signing in"), icon="arrow-left")
        holder = QWidget()
        holder.setFixedWidth(theme.px(_WIDTH))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (self.state, self.sign_in, self.backup, self.rescue):
            column.addWidget(card)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        self.middle.addWidget(holder, 0, Qt.AlignmentFlag.AlignHCenter)
        self.back.clicked.connect(lambda: self.opened_wanted.emit(folder, ""))
        self.state.use_copy.clicked.connect(lambda: self.copy_wanted.emit(folder))
        self.backup.done.connect(self.opened_wanted)
        self.rescue.done.connect(self.opened_wanted)
        self.work(_("Looking at the files and for backups…"), lambda _task: damage.look(folder), self.show_outlook)

    def show_outlook(self, found: Any) -> None:
        """Show what was found without a key."""
        outlook: Outlook = found
        self.state.show_outlook(outlook)
        self.backup.show_outlook(outlook)
        self.rescue.show_outlook(outlook)
        self.sign_in.user_name.setFocus()

    def work_with_keys(
        self,
        words: str,
        work: Callable[[Task, Unlock], Any],
        then: Callable[[Any], None],
        failed: Callable[[ShelterDeskError], None],
    ) -> Task | None:
        """Run *work* with what the sign-in opens; say at its fields what is missing."""
        unlock = self.sign_in.unlock()
        if unlock is None:
            self.scroll_area.ensureWidgetVisible(self.sign_in)
            return None
        return self.work(words, lambda task: work(task, unlock), then, failed)

    def work(
        self,
        words: str,
        function: Callable[[Task], Any],
        then: Callable[[Any], None],
        failed: Callable[[ShelterDeskError], None] | None = None,
    ) -> Task:
        """Run *function* in the background; everything else waits."""
        self._set_busy(words)

        def done(value: Any) -> None:
            self._set_busy("")
            then(value)

        def not_done(error: BaseException) -> None:
            self._set_busy("")
            if not isinstance(error, ShelterDeskError):
                raise error
            if isinstance(error, Stopped):
                return
            (failed or self.sign_in.say_problem_of)(error)

        return self._worker.run(function, then=done, failed=not_done, owner=self)

    def _set_busy(self, words: str) -> None:
        for widget in (self.sign_in, self.backup, self.rescue, self.back, self.state.use_copy):
            widget.setEnabled(not words)
        self.state.say_busy(words)


class _StateCard(Card):
    """Which files there are, and in which state."""

    def __init__(self, folder: Path) -> None:
        super().__init__("")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(MarkLabel(32))
        title = _("The vault {name} is damaged").format(name=folder.name.removesuffix(".vault"))
        head.addWidget(Words(title, "title", wrap=True), 1)
        self.setAccessibleName(title)
        self.facts = Facts()
        self.busy = Words("", tone="muted", wrap=True)
        self.use_copy = Button(_("Open with the second copy of the keys"), "log-in")
        self.add_space(20)
        self.add_layout(head)
        self.add(
            Words(
                _(
                    "Nothing of it was changed, and nothing will be: a backup takes its place only after the damaged "
                    "vault was put aside, and what can be read is saved into a vault of its own."
                ),
                wrap=True,
            ),
            above=12,
        )
        self.add(self.facts, above=12)
        self.add(self.busy, above=4)
        line = QHBoxLayout()
        line.addWidget(self.use_copy)
        line.addStretch(1)
        self.add_layout(line, above=8)
        self.end()
        self.use_copy.hide()

    def show_outlook(self, found: Outlook) -> None:
        labels = (_("Keys"), _("Second copy of the keys"), _("Records"))
        self.facts.set_facts([Fact(label, _state_words(file)) for label, file in zip(labels, found.files, strict=True)])
        self.use_copy.setVisible(found.copy_could_stand_in)

    def say_busy(self, words: str) -> None:
        self.busy.setText(words)
        self.busy.setVisible(bool(words))


class _SignInCard(Card):
    """Name and passphrase, used for whatever is chosen below."""

    def __init__(self) -> None:
        super().__init__(_("Sign in to go on"))
        self.user_name = QLineEdit()
        self.user_name.setAccessibleName(_("User name"))
        self.passphrase = PassphraseField(_("Passphrase"))
        rows = FormRows()
        help_text = _("With the recovery sheet, leave the name empty and type its code below.")
        rows.add_row(FormRow(_("User name"), self.user_name, help_text))
        self.passphrase_row = rows.add_row(
            FormRow(
                _("Passphrase"),
                self.passphrase,
                _("For a backup, the one that was valid on its day."),
                editor=self.passphrase.line,
            )
        )
        self.add(rows)
        self.end()

    def unlock(self) -> Unlock | None:
        """Return what the typed words open, None where something is missing, which is said."""
        self.passphrase_row.set_problem("")
        if not self.passphrase.text():
            self.passphrase_row.set_problem(_("Enter your passphrase."))
            self.passphrase.setFocus()
            return None
        try:
            return restoring.unlock_with(self.user_name.text(), self.passphrase.text())
        except ShelterDeskError as error:
            self.say_problem_of(error)
            return None

    def say_problem_of(self, error: ShelterDeskError) -> None:
        """Show why the words do not open anything."""
        self.passphrase_row.set_problem(error.text())
        self.passphrase.setFocus()


def _state_words(file: VaultFile) -> str:
    match file.state:
        case FileState.WHOLE:
            return _("{file}: whole").format(file=file.name)
        case FileState.MISSING:
            return _("{file}: not there").format(file=file.name)
        case FileState.DAMAGED:
            return _("{file}: damaged").format(file=file.name)
        case FileState.UNKNOWN:
            size = size_words(file.size)
            return _("{file}, {size}: how much can be read shows after signing in").format(file=file.name, size=size)
