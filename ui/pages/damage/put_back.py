"""A backup opened from outside, by a double click: looked into, then put where its vault belongs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from shelterdesk import formats, restoring
from shelterdesk.desk import system_clock
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.restoring import Destination
from ui.forms.backup_words import size_words
from ui.pages.damage.backup_card import BackupCard
from ui.pages.damage.surface import KeysSurface
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.notice import Notice
from ui.widgets.text import Words
from ui.widgets.top_bar import MarkLabel


class PutBackPage(KeysSurface):
    """``opened_wanted`` hands back the vault that was put in place, with a sentence; ``left`` gives it up.

    Nothing is read of the backup before somebody signs in but what it tells about itself, and nothing is replaced
    before it was opened and every page checked.
    """

    opened_wanted = Signal(object, str)
    left = Signal()

    def __init__(self, file: Path, last: Path | None) -> None:
        super().__init__()
        self.file = Path(file).absolute()
        self.about = _AboutCard(self.file)
        self.backup: BackupCard | None = None
        self.back = LinkButton(_("Leave it and go to the vault") if last else _("Leave it"), icon="arrow-left")
        for card in (self.about, self.sign_in):
            self.cards.addWidget(card)
        self.cards.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        self.sign_in.hide()
        self.back.clicked.connect(self.left)
        self.work(
            _("The backup is being looked at."),
            lambda _task: restoring.destination_of(self.file, last),
            self._show_destination,
            self.about.show_trouble,
        )

    def _show_destination(self, found: Any) -> None:
        destination: Destination = found
        self.about.show_destination(destination)
        self.sign_in.show()
        card = BackupCard(destination.folder, self.work_with_keys, _("Put it back"))
        card.offer_only(self.file)
        card.done.connect(self.opened_wanted)
        self.cards.insertWidget(2, card)
        self.backup = card
        self.sign_in.user_name.setFocus()
        self.sign_in.passphrase.submitted.connect(card.look.click)

    def set_busy(self, words: str) -> None:
        for widget in (self.sign_in, self.backup, self.back):
            if widget is not None:
                widget.setEnabled(not words)
        self.about.say_busy(words)


class _AboutCard(Card):
    """Which backup it is, and where it would go."""

    def __init__(self, file: Path) -> None:
        super().__init__("")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(MarkLabel(32))
        title = _("Put a backup back")
        head.addWidget(Words(title, "title", wrap=True), 1)
        self.setAccessibleName(title)
        self._file = file
        self.facts = Facts()
        self.busy = Words("", tone="muted", wrap=True)
        self.where = Words("", wrap=True)
        self.trouble = Notice("", kind="error")
        self.add_space(20)
        self.add_layout(head)
        self.add(self.facts, above=12)
        self.add(self.where, above=8)
        self.add(self.busy, above=4)
        self.add(self.trouble, above=4)
        self.end()
        for widget in (self.where, self.trouble):
            widget.hide()
        self.facts.set_facts([Fact(_("Backup"), file.name)])

    def show_destination(self, found: Destination) -> None:
        outline = found.outline
        zone = system_clock().astimezone().tzinfo
        assert zone is not None
        self.facts.set_facts(
            [
                Fact(_("Backup"), self._file.name),
                Fact(_("Made on"), formats.moment(outline.moment, zone)),
                Fact(_("Of the vault"), outline.name),
                Fact(_("Size"), size_words(outline.size)),
            ]
        )
        name = found.folder.name.removesuffix(".vault")
        if found.there:
            words = _(
                "The vault {name} is on this computer. It stays as it is until the backup was opened and checked; then "
                "it is kept beside, under another name, and the backup takes its place. Whatever was written since the "
                "backup is only in the vault that is kept."
            )
        else:
            words = _("The vault {name} is not on this computer. It is made anew from the backup, in {folder}.")
        self.where.setText(words.format(name=name, folder=str(found.folder.parent)))
        self.where.show()

    def show_trouble(self, error: ShelterDeskError) -> None:
        self.trouble.say(error.text(), _("Nothing was changed. Try another backup, or copy this one again."))
        self.trouble.show()

    def say_busy(self, words: str) -> None:
        self.busy.setText(words)
        self.busy.setVisible(bool(words))
