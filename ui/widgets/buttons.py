"""Buttons: primary, secondary, danger, link, and icon-only ones that still have a name."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons, theme

Kind = Literal["primary", "secondary", "danger", "link"]
_THIN_SPACE = "\u2009"


def _pressed_by_enter(button: QPushButton, event: QKeyEvent) -> bool:
    """Click *button* for Enter alone; Ctrl+Enter belongs to the form, and a key held down presses nothing."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or modifiers or event.isAutoRepeat():
        return False
    if button.menu() is not None:
        button.showMenu()
    else:
        button.click()
    return True


class Button(QPushButton):
    """A button with words, and an icon where one helps."""

    def __init__(
        self, text: str, icon: str = "", kind: Kind = "secondary", *, tip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._words = "", ""
        self._kind: Kind = kind
        self._tone = ""
        self._action: QAction | None = None
        theme.mark(self, kind=kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_words(text, icon)
        if tip:
            self.setToolTip(tip)
        theme.notifier.changed.connect(self.redraw)

    def words(self) -> str:
        """Return the text without the space that keeps it off the icon."""
        return self._words

    def set_words(self, text: str, icon: str | None = None) -> None:
        """Change the text, and the icon if one is given («» removes it)."""
        self._words = text
        if icon is not None:
            self._icon = icon
        self.setText(_THIN_SPACE + text if self._icon else text)
        self.setAccessibleName(text.replace("&", ""))
        self.redraw()

    def set_tone(self, tone: Literal["", "error", "attention"]) -> None:
        """Give a link the colour of the banner it stands in."""
        self._tone = tone
        theme.mark(self, tone=tone)
        self.redraw()

    def set_slim(self) -> None:
        """Lower a link to the height of a line of text, for use beside words."""
        theme.mark(self, slim=True)

    def redraw(self) -> None:
        """Draw the icon in today's colour."""
        if not self._icon:
            if not self.icon().isNull():
                self.setIcon(QIcon())
            return
        tints = {"primary": "onaccent", "link": self._tone or "accent", "danger": "error"}
        self.setIconSize(QSize(16, 16))
        self.setIcon(icons.icon(self._icon, 16, tints.get(self._kind, "text")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt leaves Enter to dialogs; on a page whoever came here with Tab would press it for nothing.
        if not _pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def follow(self, action: QAction) -> None:
        """Trigger *action* when pressed and be enabled, visible and described as the action is."""
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._mirror)
        self._mirror()

    def _mirror(self) -> None:
        action = self._action
        if action is None:
            return
        self.setEnabled(action.isEnabled())
        self.setVisible(action.isVisible())
        if action.toolTip():
            self.setToolTip(action.toolTip())


class PrimaryButton(Button):
    """The one main act of a page; there is never a second."""

    def __init__(self, text: str, icon: str = "", *, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, icon, "primary", tip=tip, parent=parent)

    def step_back(self, *, back: bool) -> None:
        """Look like any other button while a form is open, whose Save is the main act then."""
        self._kind = "secondary" if back else "primary"
        theme.mark(self, kind=self._kind)
        self.redraw()


class LinkButton(Button):
    """An act written as a link; ``slim`` ones stand in a line of text."""

    def __init__(
        self, text: str, icon: str = "", *, slim: bool = False, tip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, icon, "link", tip=tip, parent=parent)
        if slim:
            self.set_slim()

    def side(self) -> int:
        """Return how far the words stand from the edge; the room is for the focus ring."""
        return 2 if self.property("slim") else 5


class IconButton(QPushButton):
    """A square button with an icon only (calendar, eye, arrows). Its name is its tooltip."""

    def __init__(self, icon: str, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, only=True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(16, 16))
        icons.follow(self, icon)
        self.set_name(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def set_name(self, name: str) -> None:
        """Change name and tooltip."""
        self.setToolTip(name)
        self.setAccessibleName(name)
