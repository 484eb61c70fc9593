"""A card with rows in an order of one's own, and an editor below them. Alt+Up and Alt+Down move a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.row import Row
from ui.widgets.rows import RowList, RowShape
from ui.widgets.text import Words


class OrderedCard(Card):
    """Subclasses fill ``rows`` and say what opening, moving and adding mean. ``changed`` fires after a save."""

    changed = Signal()

    def __init__(self, seat: Seat, name: str, adding: str, explained: str) -> None:
        super().__init__(name)
        self.seat = seat
        self.explained = Words(explained, tone="muted", wrap=True)
        self.rows = RowList(name, RowShape(height=36, inset=8), fits=False)
        self.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.up = LinkButton(_("Move up"), "chevron-up", tip=_("Alt+Up"))
        self.down = LinkButton(_("Move down"), "chevron-down", tip=_("Alt+Down"))
        self.add_one = Button(adding, "plus")
        self.editor: InlineEditor | None = None
        self.problem = Words("", tone="error", wrap=True)
        self.add(self.explained)
        self.add(self.rows, inset=8, above=8, stretch=1)
        line = QHBoxLayout()
        line.addWidget(self.add_one)
        line.addStretch(1)
        line.addWidget(self.up)
        line.addWidget(self.down)
        self.add_layout(line, above=8)
        self._place = QVBoxLayout()
        self.add_layout(self._place, inset=0, above=8)
        self.add_space(tokens.CARD_PADDING)
        self.rows.opened.connect(self.edit)
        self.rows.acted.connect(self.edit)
        self.add_one.clicked.connect(lambda: self.edit(None))
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self.rows, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda by=by: self._move(by))

    def edit(self, key: Any) -> None:
        """Open the editor of a row; of None, that of a new one."""
        raise NotImplementedError

    def order(self, keys: Sequence[Any]) -> None:
        """Keep the order of *keys*."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show *rows*, and close what was open for others."""
        self.rows.set_rows(rows)
        for button in (self.up, self.down):
            button.setVisible(len(rows) > 1)

    def _move(self, by: int) -> None:
        keys = [row.key for row in self.rows.rows()]
        current = self.rows.current_key()
        if current not in keys:
            return
        place = keys.index(current)
        if 0 <= place + by < len(keys):
            keys[place], keys[place + by] = keys[place + by], keys[place]
            self.do(lambda: self.order(keys))
            self.rows.go_to(current)

    # --- editor ---------------------------------------------------------------------------------------------------

    def open_editor(self, editor: InlineEditor, first: QWidget, save: Callable[[], object]) -> None:
        """Put *editor* below the rows; *save* raises what is wrong."""
        self.close_editor()
        self.editor = editor
        self.problem = Words("", tone="error", wrap=True)
        self.problem.setObjectName("problem")
        self.problem.hide()
        editor.add_field("", self.problem, whole=True)
        editor.end()
        editor.save_pressed.connect(lambda: self._save(save))
        editor.cancel_pressed.connect(self.close_editor)
        self._place.addWidget(editor)
        editor.show()
        first.setFocus()
        # The rows give the editor its room; the one it is about stays in sight.
        QTimer.singleShot(0, self, lambda: self.rows.scrollTo(self.rows.currentIndex()))

    def close_editor(self) -> None:
        """Close what is open; the keyboard goes back to the rows."""
        editor, self.editor = self.editor, None
        if editor is not None:
            if editor.isAncestorOf(editor.window().focusWidget() or self):
                self.rows.setFocus()
            editor.hide()
            editor.deleteLater()

    def do(self, act: Callable[[], object]) -> None:
        """Do what holds at once, or say why not."""
        try:
            act()
        except ShelterDeskError as error:
            self.seat.complain(error)
        else:
            self.changed.emit()

    def _save(self, save: Callable[[], object]) -> None:
        try:
            save()
        except ShelterDeskError as error:
            self.problem.setText(error.text())
            self.problem.show()
            return
        self.close_editor()
        self.changed.emit()
