"""The five steps of the first run. A step collects and checks; making and going on is the wizard's."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import vocab
from shelterdesk.documents.recovery_sheet import recovery_sheet
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_, _, language
from ui import theme
from ui.forms.new_passphrase import NewPassphrase
from ui.pages.recovery_preview import RecoveryPreview
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, LinkButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.check_box import CheckBox
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.front_surface import OWN_NAMES
from ui.widgets.page import PageScroll
from ui.widgets.segmented import Segmented
from ui.widgets.text import IconLabel, Words

_COLUMN = 440
_SIDE_BY_SIDE_FROM = 940

PROTECTS: Final = (
    N_("Everything you write is encrypted on this computer. Nothing is sent anywhere; there is no internet in it."),
    N_("Who has the computer but no passphrase sees user names, roles and the size of the files. No record."),
    N_("Psychological, legal and health notes open only for people who hold their key, whatever they click."),
    N_("What was saved stays saved: after a power cut, a crash or a pulled plug. Typing is kept as a draft."),
    N_("The log keeps who opened, changed, printed and exported what, and shows if somebody altered it."),
)
PROTECTS_NOT: Final = (
    N_("A camera over your shoulder, a program that records keys, or a computer somebody else controls."),
    N_("Somebody who makes a colleague open the vault."),
    N_("Paper and exported files. They are logged and hold little, but they are out of our hands."),
    N_("What you remove later is still in older backups until these are destroyed."),
    N_("A lost passphrase and a lost recovery sheet together. Nobody can open the vault then, and nobody can help."),
)
_NEEDED_ROLE: Final = "director"
_OFFERED_ROLES: Final = ("director", "case_manager", "social_worker", "psychologist", "lawyer", "nurse")


class Step(PageScroll):
    """One step; ``content`` is its column, problems stand on top."""

    def __init__(self, title: str, under: str = "") -> None:
        super().__init__()
        inner = QWidget()
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(40, 32, 40, 24)
        outer.setSpacing(0)
        self.title = Words(title, "title")
        outer.addWidget(self.title)
        if under:
            outer.addSpacing(10)
            words = Words(under, wrap=True)
            words.setMaximumWidth(theme.px(_COLUMN + 10))
            outer.addWidget(words)
        self.banner = Banner("error")
        outer.addSpacing(8)
        outer.addWidget(self.banner)
        outer.addSpacing(8)
        self.content = QVBoxLayout()
        self.content.setSpacing(12)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        outer.addLayout(self._columns)
        outer.addLayout(self.content)
        outer.addStretch(1)
        self.setWidget(inner)
        self.setAccessibleName(title)

    def put_side_by_side(self, left: QVBoxLayout, right: QVBoxLayout, shares: tuple[int, int], gap: int) -> None:
        """Put two columns beside each other, or one below the other where the window is narrow."""
        self._columns.setSpacing(gap)
        self._columns.addLayout(left, shares[0])
        self._columns.addLayout(right, shares[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_SIDE_BY_SIDE_FROM)
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def begin(self) -> None:
        """The step is shown: put the keyboard where it begins."""

    def check(self) -> None:
        """Raise Problems for what is missing."""

    def show_problems(self, problems: Problems) -> None:
        """Say what is missing."""
        self.banner.say(" ".join(problem.text() for problem in problems.problems), kind="error")


class LanguageStep(Step):
    """Language, and the other ways to begin."""

    language_chosen = Signal(str)
    existing_pressed = Signal()
    restore_pressed = Signal()
    demo_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Welcome"),
            _("A few steps set up a vault for your shelter. It takes about three minutes and one sheet of paper."),
        )
        self.languages = Segmented(_("Language"), OWN_NAMES, language())
        self.languages.chosen.connect(self.language_chosen.emit)
        rows = FormRows()
        rows.add_row(FormRow(_("Language"), self.languages, fill=False))
        self.content.addWidget(rows)
        self.content.addSpacing(16)
        self.content.addWidget(Words(_("Or begin in another way"), "group"))
        self.demo = self._way("users-round", _("Look around with invented people"), self.demo_pressed)
        self.existing = self._way("archive", _("Open a vault that is on this computer…"), self.existing_pressed)
        self.restore = self._way("history", _("Restore a backup…"), self.restore_pressed)

    def _way(self, icon: str, words: str, signal: SignalInstance) -> LinkButton:
        line = QHBoxLayout()
        line.setSpacing(8)
        button = LinkButton(words)
        button.clicked.connect(lambda _checked=False: signal.emit())
        line.addWidget(IconLabel(icon, 16, "accent"))
        line.addWidget(button)
        line.addStretch(1)
        self.content.addLayout(line)
        return button


class ProtectStep(Step):
    """What the program protects and what not, and who sets it up."""

    def __init__(self) -> None:
        super().__init__(_("What this protects, and what it does not"))
        left = QVBoxLayout()
        left.setSpacing(8)
        for icon, tint, lines in (("shield-check", "done", PROTECTS), ("circle-alert", "attention", PROTECTS_NOT)):
            for line in lines:
                row = QHBoxLayout()
                row.setSpacing(8)
                row.addWidget(IconLabel(icon, 16, tint).beside_words(), 0, Qt.AlignmentFlag.AlignTop)
                row.addWidget(Words(_(line), wrap=True), 1)
                left.addLayout(row)
            left.addSpacing(8)
        left.addStretch(1)
        self.user = QLineEdit()
        self.user.setPlaceholderText("leyla")
        self.shown = QLineEdit()
        self.shown.setPlaceholderText(_("Leyla A."))
        self.house = QLineEdit()
        self.boxes = {code: CheckBox(vocab.ROLES.label(code)) for code in _OFFERED_ROLES}
        self.boxes[_NEEDED_ROLE].setChecked(True)
        self.boxes["social_worker"].setChecked(True)
        card = Card(_("You and the shelter"))
        for label, field, help_text in (
            (_("&User name"), self.user, _("Short, to sign in with. Anybody who has the computer can read it.")),
            (_("Your &name"), self.shown, _("As colleagues see it on screen.")),
            (_("&Shelter"), self.house, _("Kept inside the vault; it appears in no file name.")),
        ):
            row = FormRow(label, field, help_text)
            row.set_above(above=True)
            card.add(row)
            card.add_space(8)
        card.add(Words(_("What you do here (several add up)")))
        boxes = QVBoxLayout()
        boxes.setSpacing(6)
        for box in self.boxes.values():
            boxes.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        card.add_layout(boxes, above=6)
        card.end()
        right = QVBoxLayout()
        right.addWidget(card)
        right.addStretch(1)
        self.put_side_by_side(left, right, (3, 2), 32)

    def begin(self) -> None:
        self.user.setFocus()

    def user_name(self) -> str:
        """Return the sign-in name."""
        return self.user.text().strip()

    def shown_as(self) -> str:
        """Return the name colleagues see."""
        return self.shown.text().strip()

    def shelter(self) -> str:
        """Return the name of the shelter."""
        return self.house.text().strip() or _("Shelter")

    def roles(self) -> tuple[str, ...]:
        """Return the chosen roles."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def check(self) -> None:
        problems: list[Problem] = []
        if not self.user_name():
            problems.append(Problem("user_name", N_("Enter a user name.")))
            self.user.setFocus()
        if _NEEDED_ROLE not in self.roles():
            message = N_("Whoever sets up the vault begins as director too. It can be handed over later.")
            problems.append(Problem("roles", message))
        if problems:
            raise Problems(problems)
        self.banner.clear()


class PassphraseStep(Step):
    """The passphrase, advice in words, and the recovery sheet."""

    def __init__(self, vault_name: str) -> None:
        super().__init__(
            _("Choose a passphrase"),
            _(
                "The passphrase opens the vault. Nobody can read the records without it, and nobody can send you a new "
                "one."
            ),
        )
        self._vault_name = vault_name
        self._made = False
        self.chosen = NewPassphrase(marks=True)
        self.first, self.again = self.chosen.first, self.chosen.again
        self.preview = RecoveryPreview()
        self.safe = CheckBox(_("The sheet is printed and in a safe place"))
        self.safe.setEnabled(False)
        for field in (self.first, self.again):
            field.setMinimumWidth(min(theme.px(_COLUMN), 420))
        left = QVBoxLayout()
        left.addWidget(self.chosen)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.preview)
        right.addWidget(self.safe)
        right.addStretch(1)
        self.put_side_by_side(left, right, (1, 1), 56)
        self.chosen.changed.connect(self.banner.clear)
        self.preview.set_document(recovery_sheet(["•"] * 8, vault_name, "", language(), hidden=True), None)

    def begin(self) -> None:
        self.first.setFocus()

    def passphrase(self) -> str:
        """Return what was chosen."""
        return self.first.text()

    def show_sheet(self, groups: list[str], fingerprint: str) -> None:
        """The vault is made: the sheet can be printed now."""
        self._made = True
        self.banner.say(_("The vault is made. Print the recovery sheet now; it is shown only here."), kind="info")
        self.chosen.set_open(on=False)
        self.safe.setEnabled(True)
        self.preview.set_document(
            recovery_sheet(groups, self._vault_name, fingerprint, language(), hidden=True),
            recovery_sheet(groups, self._vault_name, fingerprint, language()),
        )
        self.preview.print_button.setFocus()

    def check(self) -> None:
        if self._made:
            if not self.safe.isChecked():
                raise Problems([Problem("safe", N_("Print the sheet or write the code down, then tick the box."))])
            self.banner.clear()
            return
        self.chosen.check()
        self.banner.clear()


class BackupStep(Step):
    """Where backups go."""

    choose_pressed = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Where backups are kept"),
            _(
                "A backup is one encrypted file. Keep it away from this computer: on a stick in the safe, or on a "
                "network drive. It opens only with a passphrase or the recovery sheet."
            ),
        )
        self.folder = folder
        self.place = Words("", wrap=True)
        self.choose = Button(_("Choose a folder…"), "folder-open")
        self.choose.clicked.connect(self.choose_pressed)
        card = Card(_("Folder for backups"))
        card.add(self.place)
        card.add_row(self.choose, above=12)
        card.end()
        self.content.addWidget(card)
        self.content.addWidget(
            Words(
                _(
                    "A backup is made by itself every day, and Today says how old the newest one is. More places, such "
                    "as a second stick, can be added in the settings."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self.set_folder(folder)

    def set_folder(self, folder: Path) -> None:
        """Show *folder* as the chosen one."""
        self.folder = folder
        self.place.setText(str(folder))


class StartStep(Step):
    """How to begin."""

    chosen = Signal(str)
    """The page to begin at."""

    def __init__(self) -> None:
        super().__init__(_("Ready"), _("The vault is ready. How would you like to begin?"))
        self.empty = PrimaryButton(_("Begin with an empty desk"), "sun")
        self.bring = Button(_("Bring in the spreadsheet you have…"), "upload")
        self.house = Button(_("Set up rooms and beds"), "bed")
        for button, page in ((self.empty, "today"), (self.bring, "import"), (self.house, "settings")):
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            self.content.addLayout(line)
            button.clicked.connect(lambda _checked=False, page=page: self.chosen.emit(page))

    def begin(self) -> None:
        self.empty.setFocus()
