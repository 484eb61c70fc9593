"""Opening a vault: name and passphrase, the recovery sheet, and a clear page for everything that can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from shelterdesk import lineage
from shelterdesk.errors import NotAllowed, Problem, ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.lineage import AnotherCopy
from shelterdesk.schema.upgrade import NewerSchema
from shelterdesk.settings import Settings
from shelterdesk.vault import (
    NotAVault,
    RecoveryCodeMistyped,
    SetupCodeRunOut,
    VaultDamaged,
    VaultInUse,
    VaultNewer,
    VaultOnNetwork,
    WrongPassphrase,
)
from shelterdesk.vault.errors import PiecesUnfit
from ui import icons, theme
from ui.file_windows import choose_folder
from ui.pages.recovery_form import RecoveryForm
from ui.pages.set_up_form import SetUpForm
from ui.widgets.buttons import Button, LinkButton, PrimaryButton
from ui.widgets.choice_field import ChoiceField
from ui.widgets.front_card import FrontCard, FrontProblem, wide
from ui.widgets.front_surface import FrontSurface
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.text import IconLabel, Words

_WIDTH = 400


class UnlockPage(FrontSurface):
    """Nothing from the vault is shown here but its neutral name.

    ``unlock_wanted`` hands back folder, name, passphrase and whether the header's copy is to be used, ``set_up_wanted``
    folder, name, set-up code and the new passphrase, ``recovery_wanted`` folder, codes from paper and the reason,
    ``damage_wanted`` the folder of a vault that is damaged.
    """

    unlock_wanted = Signal(object, str, str, bool)
    set_up_wanted = Signal(object, str, str, str)
    recovery_wanted = Signal(object, object, str)
    first_run_wanted = Signal()
    damage_wanted = Signal(object)

    def __init__(self, settings: Settings, folder: Path, why: str = "", *, use_copy: bool = False) -> None:
        super().__init__()
        self._settings = settings
        self._folder = folder
        self._use_copy = use_copy
        self._forms = QStackedWidget(self)
        self._forms.setFixedWidth(theme.px(_WIDTH))
        self.by_passphrase = _PassphraseForm(self._vaults(folder), folder)
        self.by_set_up = SetUpForm()
        self.by_recovery = RecoveryForm()
        self.trouble = _Trouble()
        for form in self._all_forms():
            self._forms.addWidget(form)
        self.why = _Why(why, self)
        self.why.setFixedWidth(theme.px(_WIDTH))
        self.why.setVisible(bool(why))
        self.middle.addWidget(self.why, 0, Qt.AlignmentFlag.AlignHCenter)
        self.middle.addWidget(self._forms, 0, Qt.AlignmentFlag.AlignHCenter)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(IconLabel("shield-check", 16, "muted", self))
        line.addWidget(
            Words(
                _("Nothing from the vault is shown before it is unlocked. Ctrl+Q closes this window at once."),
                tone="muted",
                parent=self,
            )
        )
        line.addStretch(1)
        self.middle.addLayout(line)
        self.by_passphrase.submitted.connect(self._submit)
        self.by_passphrase.recovery_pressed.connect(lambda: self._show(self.by_recovery))
        self.by_passphrase.another_pressed.connect(self.choose_vault)
        self.by_passphrase.vault_chosen.connect(self._take_folder)
        self.by_passphrase.set_up_pressed.connect(self._begin_set_up)
        self.by_set_up.submitted.connect(
            lambda name, code, words: self.set_up_wanted.emit(self._folder, name, code, words)
        )
        self.by_recovery.submitted.connect(lambda codes, why: self.recovery_wanted.emit(self._folder, codes, why))
        for form in (self.by_set_up, self.by_recovery):
            form.back_pressed.connect(lambda: self._show(self.by_passphrase))
        self._show(self.by_passphrase)

    def set_busy(self, *, busy: bool) -> None:
        """Wait quietly while the passphrase is stretched, about a second."""
        for form in (self.by_passphrase, self.by_set_up, self.by_recovery):
            form.set_busy(busy=busy)

    def show_error(self, error: ShelterDeskError) -> None:
        """Show what went wrong where it happened, or on a card of its own with the ways on."""
        match error:
            case RecoveryCodeMistyped() | SetupCodeRunOut() | PiecesUnfit() | NotAllowed() | Problem():
                self._asking().say_problem(error.text())
            case WrongPassphrase():
                form = self._asking()
                words = _with_wait(error)
                if form is self.by_passphrase:
                    words += "\n" + _("If it is forgotten, whoever manages people makes you a new set-up code.")
                form.say_problem(words)
            case _:
                self._show_trouble(error)

    def choose_vault(self) -> None:
        """Let the person choose the folder of another vault, or set up a new one."""
        chosen = choose_folder(self, _("Folder of the vault"), self._folder.parent)
        if chosen is not None:
            self._take_folder(chosen)

    def _show_trouble(self, error: ShelterDeskError) -> None:
        ways: list[tuple[str, Callable[[], object]]] = []
        title = _("The vault cannot be opened")
        match error:
            case VaultDamaged():
                title = _("The vault is damaged")
                if error.copy_usable:
                    ways.append((_("Open with the copy of the header"), self._with_copy))
                ways.append((_("Backups, and what can be saved…"), lambda: self.damage_wanted.emit(self._folder)))
            case AnotherCopy():
                title = _("Another copy of the records")
                ways.append((_("Open this copy all the same"), lambda: self._open_all_the_same(error)))
                ways.append((_("Another vault…"), self.choose_vault))
            case VaultNewer() | NewerSchema():
                title = _("The vault belongs to a newer ShelterDesk")
            case VaultInUse():
                title = _("The vault is open elsewhere")
                ways.append((_("Try again"), self._submit_again))
            case VaultOnNetwork() | NotAVault():
                ways.append((_("Another vault…"), self.choose_vault))
                ways.append((_("Set up a new vault"), self.first_run_wanted.emit))
            case _:
                ways.append((_("Try again"), self._submit_again))
        ways.append((_("Back"), lambda: self._show(self.by_passphrase)))
        self.trouble.say(title, error.text(), ways)
        self._show(self.trouble)

    def _open_all_the_same(self, error: AnotherCopy) -> None:
        with suppress(OSError):
            lineage.let_open(error)
        self._submit_again()

    def _with_copy(self) -> None:
        self._use_copy = True
        self._submit_again()

    def _submit_again(self) -> None:
        self._show(self.by_passphrase)
        if self.by_passphrase.passphrase.text():
            self._submit()

    def _submit(self) -> None:
        form = self.by_passphrase
        self.unlock_wanted.emit(self._folder, form.user_name.text(), form.passphrase.text(), self._use_copy)

    def _show(self, form: FrontCard) -> None:
        self._forms.setCurrentWidget(form)
        for one in self._all_forms():
            one.setVisible(one is form)
        form.grow()
        form.setFocus()

    def _all_forms(self) -> tuple[FrontCard, ...]:
        return (self.by_passphrase, self.by_set_up, self.by_recovery, self.trouble)

    def _asking(self) -> _PassphraseForm | SetUpForm | RecoveryForm:
        """Return the form that was sent off."""
        shown = self._forms.currentWidget()
        return shown if isinstance(shown, SetUpForm | RecoveryForm) else self.by_passphrase

    def _begin_set_up(self) -> None:
        """Take the name along that was typed already."""
        if not self.by_set_up.user_name.text():
            self.by_set_up.user_name.setText(self.by_passphrase.user_name.text())
        self._show(self.by_set_up)

    def _take_folder(self, folder: Path) -> None:
        self._folder = folder
        self._use_copy = False
        self.by_passphrase.set_vaults(self._vaults(folder), folder)
        self._show(self.by_passphrase)

    @staticmethod
    def _vaults(folder: Path) -> list[Path]:
        beside = sorted(one for one in folder.parent.glob("*.vault") if one.is_dir()) if folder.parent.is_dir() else []
        return beside if folder in beside else [folder, *beside]


def _with_wait(error: WrongPassphrase) -> str:
    words = error.text()
    if error.wait_seconds > 1:
        words += " " + _("The next try takes {n} seconds longer.").format(n=error.wait_seconds)
    return words


class _Why(QWidget):
    """Why it locked, above the card."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("lock", 16, "muted", self).beside_words(), 0, Qt.AlignmentFlag.AlignTop)
        label = Words(words, tone="muted", wrap=True, parent=self)
        label.setFixedWidth(theme.px(_WIDTH) - 24)
        # A centred layout takes the height of one line unless it is told how many there are.
        label.setFixedHeight(max(label.heightForWidth(label.width()), 0))
        row.addWidget(label)


class _PassphraseForm(FrontCard):
    submitted = Signal()
    set_up_pressed = Signal()
    recovery_pressed = Signal()
    another_pressed = Signal()
    vault_chosen = Signal(object)

    def __init__(self, vaults: list[Path], folder: Path) -> None:
        super().__init__(_("Open the vault"))
        self.vault = ChoiceField(_("Vault"))
        self.vault.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.user_name = QLineEdit()
        self.user_name.setAccessibleName(_("User name"))
        self.passphrase = PassphraseField(_("Passphrase"))
        self.problem = FrontProblem(self)
        self.unlock = wide(PrimaryButton(_("Unlock")))
        self.set_up = LinkButton(_("I have a set-up code"))
        self.recovery = LinkButton(_("Use the recovery sheet"))
        self.another = LinkButton(_("Another vault…"))
        self.add_field(_("&Vault"), self.vault)
        self.add_field(_("&User name"), self.user_name)
        self.add_field(_("&Passphrase"), self.passphrase, self.passphrase.line)
        self.column.addWidget(self.problem)
        self.column.addWidget(self.unlock)
        self.column.addSpacing(10)
        links = QHBoxLayout()
        links.addWidget(self.set_up)
        links.addStretch(1)
        links.addWidget(self.another)
        self.column.addLayout(links)
        self.column.addWidget(self.recovery, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_vaults(vaults, folder)
        self.vault.chosen.connect(self.vault_chosen)
        self.user_name.returnPressed.connect(self.passphrase.setFocus)
        self.passphrase.submitted.connect(self._submit)
        self.unlock.clicked.connect(self._submit)
        self.set_up.clicked.connect(self.set_up_pressed)
        self.recovery.clicked.connect(self.recovery_pressed)
        self.another.clicked.connect(self.another_pressed)
        self.passphrase.changed.connect(lambda _text: self.problem.say(""))

    def set_vaults(self, vaults: list[Path], folder: Path) -> None:
        self.vault.set_choices([(one, one.name.removesuffix(".vault")) for one in vaults], folder)
        for number in range(self.vault.count()):
            self.vault.setItemIcon(number, icons.icon("archive", 16, "muted"))

    def set_busy(self, *, busy: bool) -> None:
        links = (self.set_up, self.recovery, self.another)
        for widget in (self.vault, self.user_name, self.passphrase, self.unlock, *links):
            widget.setEnabled(not busy)
        self.unlock.setText(_("Opening…") if busy else _("Unlock"))
        if not busy:
            self.passphrase.setFocus()

    def say_problem(self, words: str) -> None:
        self.passphrase.clear()
        self.problem.say(words)
        self.passphrase.setFocus()
        self.grow()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802 - Qt's name
        (self.passphrase if self.user_name.text() else self.user_name).setFocus(reason)

    def _submit(self) -> None:
        if not self.user_name.text().strip():
            self.problem.say(_("Enter your user name."))
            self.user_name.setFocus()
        elif not self.passphrase.text():
            self.problem.say(_("Enter your passphrase."))
            self.passphrase.setFocus()
        else:
            self.problem.say("")
            self.submitted.emit()
        self.grow()


class _Trouble(FrontCard):
    """What is wrong, what is safe, and the ways on."""

    def __init__(self) -> None:
        super().__init__("")
        self.words = Words("", wrap=True)
        self.column.addWidget(self.words)
        self.column.addSpacing(16)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(8)
        self.column.addLayout(self._ways)
        self.buttons: list[Button] = []

    def say(self, title: str, words: str, ways: list[tuple[str, Callable[[], object]]]) -> None:
        """Show the trouble; the first way on is the primary one."""
        self.title_words.setText(title)
        self.words.setText(words)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        for number, (label, way) in enumerate(ways):
            button = wide(PrimaryButton(label, parent=self) if number == 0 else Button(label, parent=self))
            button.clicked.connect(lambda _checked=False, way=way: way())
            self._ways.addWidget(button)
            self.buttons.append(button)
        self.setAccessibleName(f"{title}. {words}")
        self.column.activate()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802 - Qt's name
        if self.buttons:
            self.buttons[0].setFocus(reason)
