"""The strip under the import: buttons while a person decides, a bar while the program works."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QStackedWidget

from shelterdesk import formats
from shelterdesk.i18n import _
from ui import theme
from ui.theme import tokens
from ui.widgets.buttons import LinkButton
from ui.widgets.save_strip import SaveStrip
from ui.widgets.text import Words


class ImportStrip(QStackedWidget):
    """``stop_wanted`` is Cancel while something is under way."""

    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.decide = SaveStrip("", "·")
        self.working = QFrame()
        theme.mark(self.working, surface="strip")
        self.words = Words("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.px(320))
        self.bar.setAccessibleName(_("Progress"))
        self.stop = LinkButton(_("Cancel"))
        self.stop.clicked.connect(self.stop_wanted)
        row = QHBoxLayout(self.working)
        row.setContentsMargins(tokens.PAGE_SIDE, 0, tokens.PAGE_SIDE, 0)
        row.setSpacing(16)
        row.addWidget(self.words)
        row.addWidget(self.bar)
        row.addWidget(self.stop)
        row.addStretch(1)
        self.addWidget(self.decide)
        self.addWidget(self.working)
        self.setFixedHeight(theme.px(tokens.SAVE_STRIP))

    def ask(self, save: str, second: str, cancel: str) -> None:
        """Show buttons; one without words is left out."""
        for button, words in ((self.decide.save, save), (self.decide.second, second), (self.decide.cancel, cancel)):
            button.set_words(words)
            button.setVisible(bool(words))
        self.setCurrentWidget(self.decide)
        self.show()

    def work(self, words: str, *, may_stop: bool = True) -> None:
        """Say what is under way; how far is not known yet."""
        self.words.setText(words)
        self.bar.setRange(0, 0)
        self.stop.setVisible(may_stop)
        self.setCurrentWidget(self.working)
        self.show()

    def advance(self, words: str, done: int, whole: int) -> None:
        """Say how far the work is; *words* name {done} and {whole}."""
        self.words.setText(words.format(done=formats.number(done), whole=formats.number(whole)))
        self.bar.setRange(0, max(whole, 1))
        self.bar.setValue(done)

    def is_working(self) -> bool:
        """Tell whether something is under way."""
        return self.currentWidget() is self.working and not self.isHidden()
