"""The strip at the bottom: what was saved at the left, quiet facts at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.theme import tokens
from ui.widgets.text import IconLabel, Words


class StatusStrip(QWidget):
    """``say`` changes the left side, ``set_facts`` the right side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(6)
        self._icon = IconLabel("", 14, "muted", self)
        self._words = Words("", "small", "muted", parent=self)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(6)
        self._shown: list[tuple[QWidget, QWidget]] = []
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self._count_icon = IconLabel("timer", 14, "muted", self)
        self._count = Words("", "small", "muted", parent=self)
        row.addWidget(self._count_icon)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addLayout(self._facts)
        self.count_down("")
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def say(self, words: str, icon: str = "check") -> None:
        """Say quietly what was done last."""
        self._icon.set_icon(icon if words else "")
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._make_room()

    def said(self) -> str:
        """Return the words at the left."""
        return self._words.text()

    def count_down(self, words: str) -> None:
        """Say quietly for how long something still is as it is; «» takes it away."""
        self._count.setText(words)
        # A reader that spoke every second would be no help; the words are there for who asks.
        self._count.setAccessibleName(words)
        for widget in (self._count_icon, self._count):
            widget.setVisible(bool(words))
        # It stands where the strip says what was saved last, for as long as it counts.
        for widget in (self._icon, self._words):
            widget.setVisible(not words)
        self._make_room()

    def counted_down(self) -> str:
        """Return the words of the count-down."""
        return self._count.text()

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show (icon, words) pairs at the right."""
        for pair in self._shown:
            for widget in pair:
                widget.hide()
                widget.deleteLater()
        self._shown = []
        while self._facts.count():
            self._facts.takeAt(0)
        for number, (icon, words) in enumerate(facts):
            if number:
                self._facts.addSpacing(16)
            pair = (IconLabel(icon, 14, "muted", self), Words(words, "small", "muted", parent=self))
            for widget in pair:
                self._facts.addWidget(widget)
                widget.show()
            self._shown.append(pair)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Leave out facts from the end where they do not all fit; half a word says less than none."""
        left = self._count if self._count.text() else self._words
        room = self.width() - 2 * 20 - left.sizeHint().width() - 14 - 6
        for icon, words in self._shown:
            room -= icon.width() + 6 + words.sizeHint().width() + 16
            for widget in (icon, words):
                widget.setVisible(room > 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("sidebar"))

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(tokens.STATUS_BAR))
