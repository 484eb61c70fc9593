"""How far something is: words, a thin bar, and a way to stop where stopping is safe."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from shelterdesk.i18n import _
from ui.widgets.buttons import LinkButton
from ui.widgets.text import Words


class QuietProgress(QWidget):
    """Shows words over a bar. Until the first step is told, the bar runs without an end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Words("", wrap=True, parent=self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.stop = LinkButton("", parent=self)
        self.stop.hide()
        self._stop: Callable[[], None] | None = None
        self.stop.clicked.connect(self._stopped)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addLayout(line)

    def work(self, words: str) -> None:
        """Say what is under way; how far is not known yet."""
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.bar.setRange(0, 0)

    def advance(self, done: int, whole: int) -> None:
        """Say how far it is."""
        self.bar.setRange(0, max(whole, 1))
        self.bar.setValue(done)

    def let_stop(self, words: str, stop: Callable[[], None]) -> None:
        """Offer to stop in these *words*."""
        self._stop = stop
        self.stop.set_words(words)
        self.stop.show()

    def _stopped(self) -> None:
        self.stop.setEnabled(False)
        if self._stop is not None:
            self._stop()
