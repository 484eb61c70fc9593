"""A banner under the page title: what happened, what to do, at most two acts. Read out by screen readers."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.chip import Chip, ChipText
from ui.widgets.text import IconLabel, Words

BannerKind = Literal["info", "attention", "error", "done", "undo"]
_ICONS = {"info": "info", "attention": "triangle-alert", "error": "circle-alert", "done": "check", "undo": "undo-2"}


class Banner(QFrame):
    """One message. ``pressed`` hands back the number of the act; ``link_pressed`` the key of the link.

    It is hidden until something is said and reserves no room while hidden.
    """

    pressed = Signal(int)
    link_pressed = Signal(str)

    def __init__(self, kind: BannerKind = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: BannerKind = kind
        theme.mark(self, banner=kind)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(13, 0, 13, 0)
        self._row.setSpacing(8)
        self._icon = IconLabel(_ICONS[kind], 16, kind, self)
        self._title = Words("", strong=True, parent=self)
        self._text = Words("", parent=self)
        self._text.setWordWrap(True)
        self._chip = Chip(parent=self)
        self._first_line = QHBoxLayout()
        self._first_line.setSpacing(8)
        self._links = QHBoxLayout()
        self._links.setSpacing(8)
        self._first_line.addWidget(self._title)
        self._first_line.addWidget(self._chip)
        self._first_line.addLayout(self._links)
        self._first_line.addStretch(1)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 5, 0, 5)
        self._lines.setSpacing(4)
        self._lines.addLayout(self._first_line)
        self._lines.addWidget(self._text)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(self._lines, 1)
        self._row.addLayout(self._buttons)
        self._acts: list[Button] = []
        self._link_buttons: list[LinkButton] = []
        self._fit()
        theme.notifier.changed.connect(self._fit)
        self.hide()

    def _fit(self) -> None:
        self.setMinimumHeight(theme.px(44 if self._acts else 36))

    def kind(self) -> BannerKind:
        """Return which kind of message this is."""
        return self._kind

    def say(
        self,
        title: str,
        text: str = "",
        *,
        kind: BannerKind | None = None,
        acts: tuple[str, ...] = (),
        links: tuple[tuple[str, str], ...] = (),
        chip: ChipText | None = None,
        icon: str = "",
    ) -> None:
        """Show a message. *links* are (key, words) after the title, *acts* at most two buttons at the right."""
        if kind is not None:
            self._kind = kind
            theme.mark(self, banner=kind)
        self._icon.set_icon(icon or _ICONS[self._kind], "muted" if self._kind == "undo" else self._kind)
        coloured = self._kind in {"error", "done"}
        self._title.set_tone(self._kind if coloured else "")  # pyright: ignore[reportArgumentType]
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._chip.setVisible(chip is not None)
        if chip is not None:
            self._chip.set_chip(chip)
        self._set_links(links)
        self._let_title_wrap(wraps=not links and chip is None)
        self._set_acts(acts[:2])
        self._row.setSpacing(16 if text and acts else 8)
        room = 14 if text and title else 5
        self._lines.setContentsMargins(0, room, 0, room)
        self._fit()
        words = " ".join(filter(None, (title, text, *(link for _key, link in links))))
        self.setAccessibleName(words)
        self.show()
        self._announce(words)

    def clear(self) -> None:
        """Take the message away."""
        self.hide()
        self.setAccessibleName("")

    def acts(self) -> tuple[Button, ...]:
        """Return the buttons at the right."""
        return tuple(self._acts)

    def links(self) -> tuple[LinkButton, ...]:
        """Return the links in the first line."""
        return tuple(self._link_buttons)

    def _let_title_wrap(self, *, wraps: bool) -> None:
        """Give the title the whole line, or just its own width where something stands behind it."""
        self._title.setWordWrap(wraps)
        self._first_line.setStretchFactor(self._title, int(wraps))
        self._first_line.setStretch(self._first_line.count() - 1, int(not wraps))

    def _set_links(self, links: tuple[tuple[str, str], ...]) -> None:
        for button in self._link_buttons:
            button.hide()
            button.deleteLater()
        self._link_buttons = []
        for key, words in links:
            button = LinkButton(words, slim=True, parent=self)
            if self._kind == "error" or self._kind == "attention":
                button.set_tone(self._kind)
            button.setProperty("key", key)
            button.clicked.connect(self._link_clicked)
            self._links.addWidget(button)
            self._link_buttons.append(button)

    def _set_acts(self, acts: tuple[str, ...]) -> None:
        for button in self._acts:
            button.hide()
            button.deleteLater()
        self._acts = []
        for number, words in enumerate(acts):
            button = Button(words, parent=self)
            button.setProperty("number", number)
            button.clicked.connect(self._act_clicked)
            self._buttons.addWidget(button)
            self._acts.append(button)

    def _link_clicked(self) -> None:
        self.link_pressed.emit(str(self.sender().property("key")))

    def _act_clicked(self) -> None:
        self.pressed.emit(int(self.sender().property("number")))

    def _announce(self, words: str) -> None:
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, words)
            if self._kind == "error":
                event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(event)
