"""The cover: an opaque neutral sheet over the window, drawn before anything slow happens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.i18n import _
from ui import theme
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.text import Words

_WIDTH = 334


class Cover(QWidget):
    """Lies over everything in its window. ``tried`` hands back the passphrase, ``lock_wanted`` gives up."""

    tried = Signal(str)
    lock_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("cover")
        self.setAccessibleName(_("Covered"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        self.passphrase = PassphraseField(_("Passphrase"), self)
        self.passphrase.setFixedWidth(theme.px(_WIDTH))
        self.problem = Words("", tone="error", wrap=True, parent=self)
        self.problem.setFixedWidth(theme.px(_WIDTH))
        self.open = PrimaryButton(_("Continue"), parent=self)
        self.lock = LinkButton(_("Lock"), parent=self)
        column = QVBoxLayout()
        column.setSpacing(8)
        label = Words(_("Passphrase"), parent=self)
        label.setBuddy(self.passphrase)
        column.addWidget(label)
        column.addWidget(self.passphrase)
        column.addWidget(self.problem)
        column.addWidget(self.open)
        column.addWidget(self.lock)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(column)
        layout.setAlignment(column, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.problem.hide()
        self.open.clicked.connect(self._try)
        self.passphrase.submitted.connect(self._try)
        self.lock.clicked.connect(self.lock_wanted)
        window.installEventFilter(self)
        self.hide()

    def draw_over(self) -> None:
        """Cover the window at once: painted synchronously, before this call returns."""
        self.setGeometry(self._window.rect())
        self.passphrase.clear()
        self.say_problem("")
        self.show()
        self.raise_()
        self.repaint()
        self.passphrase.setFocus()

    def take_off(self) -> None:
        """Show the window again."""
        self.passphrase.clear()
        self.hide()

    def say_problem(self, words: str) -> None:
        """Say why it did not open; «» takes it away."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        # A centred layout takes the height of one line unless it is told how many there are.
        self.problem.setFixedHeight(max(self.problem.heightForWidth(self.problem.width()), 0))
        self.set_busy(busy=False)
        if words:
            self.passphrase.clear()
            self.passphrase.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Wait quietly while the passphrase is stretched."""
        self.open.setEnabled(not busy)
        self.passphrase.setEnabled(not busy)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("sidebar"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def _try(self) -> None:
        self.set_busy(busy=True)
        self.tried.emit(self.passphrase.text())
