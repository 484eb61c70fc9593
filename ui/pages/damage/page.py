"""The page: cards below each other, each with one way on. Nothing is ever written into the damaged vault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from shelterdesk import damage
from shelterdesk.damage import FileState, Outlook, VaultFile
from shelterdesk.i18n import _
from ui.forms.backup_words import size_words
from ui.pages.damage.backup_card import BackupCard
from ui.pages.damage.rescue_card import RescueCard
from ui.pages.damage.surface import KeysSurface
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.text import Words
from ui.widgets.top_bar import MarkLabel


class DamagePage(KeysSurface):
    """``opened_wanted`` hands back a vault to sign in to, with a sentence.

    ``copy_wanted`` asks to open the vault by the second copy of the keys.
    """

    opened_wanted = Signal(object, str)
    copy_wanted = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.state = _StateCard(folder)
        self.backup = BackupCard(folder, self.work_with_keys)
        self.rescue = RescueCard(folder, self.work_with_keys)
        self.back = LinkButton(_("Back to signing in"), icon="arrow-left")
        for card in (self.state, self.sign_in, self.backup, self.rescue):
            self.cards.addWidget(card)
        self.cards.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
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

    def set_busy(self, words: str) -> None:
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
        self.add_row(self.use_copy, above=8)
        self.end()
        self.use_copy.hide()

    def show_outlook(self, found: Outlook) -> None:
        labels = (_("Keys"), _("Second copy of the keys"), _("Records"))
        self.facts.set_facts([Fact(label, _state_words(file)) for label, file in zip(labels, found.files, strict=True)])
        self.use_copy.setVisible(found.copy_could_stand_in)

    def say_busy(self, words: str) -> None:
        self.busy.setText(words)
        self.busy.setVisible(bool(words))


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
