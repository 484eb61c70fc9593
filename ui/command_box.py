"""The command box: type part of a command, a code or a name. It shows the shortcut, so it teaches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from shelterdesk.folding import fold
from shelterdesk.i18n import _
from ui import theme
from ui.actions import Command
from ui.place import Place
from ui.seat import Seat
from ui.widgets.row import Row
from ui.widgets.rows import RowList
from ui.widgets.search_field import SearchField

_MOST = 8


class CommandBox(QObject):
    """Looks after the search field of the top bar and the list below it."""

    def __init__(
        self,
        seat: Seat,
        field: SearchField,
        commands: Callable[[], list[Command]],
        run: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._seat, self._field, self._commands, self._run = seat, field, commands, run
        self._recent: list[Any] = []
        self._parent = parent
        self._frame = QFrame(parent)
        self._frame.setObjectName("command-box")
        theme.mark(self._frame, surface="popup")
        self._frame.setFrameShape(QFrame.Shape.StyledPanel)
        self._frame.setAutoFillBackground(True)
        self._list = RowList(_("Commands and people"), parent=self._frame)
        layout = QVBoxLayout(self._frame)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._list)
        self._frame.hide()
        field.textEdited.connect(lambda _text: self.show_found())
        field.installEventFilter(self)
        self._list.opened.connect(self._take)
        self._list.clicked.connect(lambda _index: self._take(self._list.current_key()))

    def open(self) -> None:
        """Put the keyboard into the field and offer what was used last."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self.show_found()

    def close(self) -> None:
        """Take the list away."""
        self._frame.hide()
        self._field.clear()

    def is_open(self) -> bool:
        """Tell whether the list is shown."""
        return self._frame.isVisible()

    def show_found(self) -> None:
        """Show what fits what was typed."""
        rows = self._found(self._field.text())
        self._list.set_rows(rows or [Row(_("Nothing found"), header=True)])
        if rows:
            self._list.go_to(rows[0].key)
        self._place()
        self._frame.show()
        self._frame.raise_()

    def rows(self) -> tuple[Row, ...]:
        """Return what is offered."""
        return self._list.rows()

    def _found(self, typed: str) -> list[Row]:
        words = fold(typed).split()
        commands = [one for one in self._commands() if all(word in fold(_(one.text)) for word in words)]
        if words:
            people = [
                Row(
                    self._seat.masked(entry.name),
                    ("person", entry.id),
                    icon="user-round",
                    trailing=entry.code if entry.code != entry.name else "",
                    sensitive=True,
                )
                for entry in self._seat.index.find(typed, _MOST)
            ]
        else:
            people = []
            order = {key: place for place, key in enumerate(self._recent)}
            commands.sort(key=lambda one: order.get(("command", one.id), len(order)))
        found = people + [
            Row(
                _(one.text),
                ("command", one.id),
                icon=one.icon or "chevron-right",
                trailing=one.keys[0] if one.keys else "",
            )
            for one in commands
        ]
        return found[:_MOST]

    def _place(self) -> None:
        parent = self._parent
        corner = self._field.mapTo(parent, QPoint(0, self._field.height() + 4))
        width = max(self._field.width(), theme.px(420))
        left = min(corner.x(), parent.width() - width - 12)
        height = min(len(self._list.rows()) * theme.px(36) + 18, parent.height() - corner.y() - 20)
        self._frame.setGeometry(max(12, left), corner.y(), width, height)

    def _take(self, key: Any) -> None:
        if key is None:
            return
        self._recent = [key, *(one for one in self._recent if one != key)][:_MOST]
        self.close()
        self._field.clearFocus()
        kind, value = key
        if kind == "person":
            assert isinstance(value, UUID)
            self._seat.go(Place("residents", person_id=value))
        else:
            self._run(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field:
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                # Esc closes the box first; only then does it mean «cancel» to the page.
                if event.key() == Qt.Key.Key_Escape:
                    event.accept()
                    return True
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if isinstance(event, QFocusEvent) and event.lostFocus() and self._is_left(event):
                self.close()
        return super().eventFilter(watched, event)

    def _is_left(self, event: QFocusEvent) -> bool:
        """Tell whether the keyboard goes somewhere else in the window, and not just to the menu of the field."""
        aside = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
        return event.reason() not in aside and not self._list.hasFocus()

    def _key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                if not self.is_open():
                    self.show_found()
                self._move(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.is_open():
                    self._take(self._list.current_key())
                return True
            case Qt.Key.Key_Escape:
                self.close()
                self._field.clearFocus()
                return True
            case _:
                return False

    def _move(self, by: int) -> None:
        keys = [row.key for row in self._list.rows() if not row.header]
        if keys:
            current = self._list.current_key()
            at = keys.index(current) + by if current in keys else 0
            self._list.go_to(keys[at % len(keys)])
