"""The first run: language, what this protects, passphrase and recovery sheet, backups, start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shelterdesk import backup_targets, opening, paths
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems, ShelterDeskError
from shelterdesk.i18n import N_, _, language
from shelterdesk.settings import Settings
from shelterdesk.shown_name import shown
from shelterdesk.vault import neutral_name, restore_backup
from ui import theme
from ui.file_windows import choose_file, choose_folder
from ui.pages.first_steps import BackupStep, LanguageStep, PassphraseStep, ProtectStep, StartStep, Step
from ui.theme import tokens
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.front_surface import OWN_NAMES, close_program
from ui.widgets.page_surface import PageSurface
from ui.widgets.steps_list import StepsList
from ui.widgets.text import Words
from ui.widgets.top_bar import MarkLabel
from ui.work import Worker

STEPS: Final = (
    (N_("Language"), ""),
    (N_("What this protects"), N_("and what it does not")),
    (N_("Passphrase"), N_("and recovery sheet")),
    (N_("Backups"), N_("where copies are kept")),
    (N_("Start"), N_("empty, or with invented people")),
)
_SIDEBAR = 272


class FirstRunPage(QWidget):
    """A wizard of five steps; nothing is made before the third.

    ``finished`` hands back the open desk and the page to begin at.
    """

    finished = Signal(object, str)
    existing_wanted = Signal(object)
    language_chosen = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.name = neutral_name()
        self.folder = paths.default_vault_folder() / f"{self.name}.vault"
        self.desk: Desk | None = None
        self._worker = Worker(self)
        self.setMinimumSize(*tokens.MINIMUM_WINDOW)
        self.language_step = LanguageStep()
        self.protect_step = ProtectStep()
        self.passphrase_step = PassphraseStep(self.name)
        self.backup_step = BackupStep(paths.default_backup_folder())
        self.start_step = StartStep()
        self._steps: tuple[Step, ...] = (
            self.language_step,
            self.protect_step,
            self.passphrase_step,
            self.backup_step,
            self.start_step,
        )
        self._at = 0
        self._lay_out()
        self.language_step.language_chosen.connect(self.language_chosen)
        self.language_step.existing_pressed.connect(self._choose_existing)
        self.language_step.restore_pressed.connect(self._restore)
        self.language_step.demo_pressed.connect(self.look_around)
        self.backup_step.choose_pressed.connect(self._choose_backup_folder)
        self.start_step.chosen.connect(self._finish)
        self._show(0)

    def _lay_out(self) -> None:
        top = _TopLine(shown(self._settings).name, _("Setting up the vault {name}").format(name=self.name))
        self.steps_list = StepsList([(_(title), self._under(number)) for number, (title, _under) in enumerate(STEPS)])
        self.steps_list.setFixedWidth(theme.px(_SIDEBAR))
        surface = PageSurface()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step)
        column.addWidget(self._stack, 1)
        foot = QFrame()
        theme.mark(foot, surface="strip")
        line = QHBoxLayout(foot)
        line.setContentsMargins(40, 15, 40, 15)
        line.setSpacing(8)
        self.count = Words("", tone="muted")
        self.back = Button(_("Back"))
        self.on = PrimaryButton(_("Continue"))
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.on)
        column.addWidget(foot)
        surface.show_page(inside)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.steps_list)
        middle.addWidget(surface, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addLayout(middle, 1)
        self.back.clicked.connect(lambda: self._show(self._at - 1))
        self.on.clicked.connect(self.go_on)

    def go_on(self) -> None:
        """Go to the next step, or say in the step what is missing."""
        step = self._steps[self._at]
        try:
            step.check()
        except Problems as problems:
            step.show_problems(problems)
            return
        if step is self.passphrase_step and self.desk is None:
            self._create()
        elif step is self.backup_step:
            self._keep_backup_folder()
        else:
            self._show(self._at + 1)

    def look_around(self) -> None:
        """Make a vault with invented people and open it. It cannot be mixed with real records."""
        from shelterdesk.sample import demo_folder, open_demo

        self._in_background(
            _("Inventing people…"), lambda: open_demo(demo_folder()), lambda desk: self.finished.emit(desk, "today")
        )

    # --- what the steps do -----------------------------------------------------------------------------------

    def _create(self) -> None:
        about, passphrase = self.protect_step, self.passphrase_step.passphrase()

        def make() -> tuple[Desk, str]:
            return opening.create_desk(
                self.folder,
                user_name=about.user_name(),
                shown_as=about.shown_as(),
                shelter=about.shelter(),
                roles=about.roles(),
                passphrase=passphrase,
            )

        def made(result: tuple[Desk, str]) -> None:
            self.desk, code = result
            self.passphrase_step.show_sheet(code.split("-"), self.desk.vault.fingerprint)
            self.back.setEnabled(False)

        self._in_background(_("Making the vault…"), make, made)

    def _keep_backup_folder(self) -> None:
        assert self.desk is not None
        try:
            backup_targets.begin_with(self.desk, self.backup_step.folder)
        except ShelterDeskError as error:
            self.backup_step.show_problems(Problems([Problem("backup", error.message, **error.values)]))
            return
        self._show(self._at + 1)

    def _finish(self, how: str) -> None:
        desk, self.desk = self.desk, None
        assert desk is not None
        self.finished.emit(desk, how)

    def _choose_existing(self) -> None:
        chosen = choose_folder(self, _("Folder of the vault"), paths.default_vault_folder())
        if chosen is not None:
            self.existing_wanted.emit(chosen)

    def _restore(self) -> None:
        file = choose_file(self, _("Choose a backup"), _("Backups (*.dbk)"))
        if file is not None:
            self._in_background(_("Restoring…"), lambda: restore_backup(file, self.folder), self.existing_wanted.emit)

    def _choose_backup_folder(self) -> None:
        chosen = choose_folder(self, _("Folder for backups"), self.backup_step.folder)
        if chosen is not None:
            self.backup_step.set_folder(chosen)

    def _in_background(self, words: str, function: Callable[[], object], then: Callable[..., object]) -> None:
        self._set_busy(words)

        def done(value: object) -> None:
            self._set_busy("")
            then(value)

        def failed(error: BaseException) -> None:
            self._set_busy("")
            if isinstance(error, Problems):
                self._steps[self._at].show_problems(error)
            elif isinstance(error, ShelterDeskError):
                field = error.field if isinstance(error, Problem) else ""
                self._steps[self._at].show_problems(Problems([Problem(field, error.message, **error.values)]))
            else:
                raise error

        self._worker.run(lambda _task: function(), then=done, failed=failed, owner=self)

    def _set_busy(self, words: str) -> None:
        for widget in (self.on, self.back, self._stack):
            widget.setEnabled(not words)
        self.count.setText(words or self._counted())
        if not words:
            self.back.setEnabled(self._at > 0 and self.desk is None)

    def _show(self, number: int) -> None:
        self._at = number
        about = self.protect_step
        self.passphrase_step.chosen.set_avoid((about.user_name(), about.shown_as(), about.shelter()))
        self._stack.setCurrentWidget(self._steps[number])
        self.steps_list.set_current(number)
        self.count.setText(self._counted())
        self.back.setEnabled(0 < number < len(STEPS) and self.desk is None)
        self.back.setVisible(number > 0)
        self.on.setVisible(number < len(STEPS) - 1)
        # Where nothing has to be typed, Enter goes on.
        self.on.setFocus()
        self._steps[number].begin()

    def _counted(self) -> str:
        return _("Step {n} of {all}").format(n=self._at + 1, all=len(STEPS))

    @staticmethod
    def _under(number: int) -> str:
        return dict(OWN_NAMES)[language()] if number == 0 else _(STEPS[number][1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.on.isVisible() and self.on.isEnabled():
            self.go_on()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("sidebar"))

    def closeEvent(self, _event: QCloseEvent) -> None:
        if self.desk is not None:
            opening.lock_desk(self.desk, "closed")
        close_program()


class _TopLine(QWidget):
    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setFixedHeight(theme.px(tokens.TOP_BAR))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(MarkLabel(24))
        row.addWidget(Words(name, strong=True))
        row.addSpacing(10)
        row.addWidget(Words(words, tone="muted"))
        row.addStretch(1)
