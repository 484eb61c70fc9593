"""A sensitive value: dots, and «Show» for thirty seconds. The value is fetched only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.i18n import _
from ui.later import once
from ui.widgets.buttons import LinkButton
from ui.widgets.text import ElidedWords

SHOWN_FOR_SECONDS = 30
DOTS = "•••••••••"


class MaskedValue(QWidget):
    """``shown`` fires when somebody looks, so that the page can log it. Nothing reveals it but the button."""

    shown = Signal()

    def __init__(
        self, name: str, reveal: Callable[[], str], *, dots: str = DOTS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._reveal, self._dots = name, reveal, dots
        self.words = ElidedWords(dots, sensitive=True, parent=self)
        self.button = LinkButton(_("Show"), slim=True, parent=self)
        self.button.clicked.connect(self.toggle)
        self._timer = once(self, self.mask, SHOWN_FOR_SECONDS * 1000)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.button)
        self.mask()

    def is_masked(self) -> bool:
        """Say whether dots are shown."""
        return not self._timer.isActive()

    def toggle(self) -> None:
        """Show the value for a while, or hide it at once."""
        if self.is_masked():
            self.words.setText(self._reveal())
            self._say(_("Hide"))
            self.words.setAccessibleName("")
            self._timer.start()
            self.shown.emit()
        else:
            self.mask()

    def mask(self) -> None:
        """Show dots again."""
        self._timer.stop()
        self.words.setText(self._dots)
        self.words.setAccessibleName(_("{name}, hidden").format(name=self._name))
        self._say(_("Show"))

    def hideEvent(self, event: QHideEvent) -> None:
        self.mask()
        super().hideEvent(event)

    def _say(self, words: str) -> None:
        self.button.set_words(words)
        self.button.setAccessibleName(f"{words}: {self._name}")
