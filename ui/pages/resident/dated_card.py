"""A card of rows that hold from a day on, with a form to add the next: status, phase, worker, referrals."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from ui.forms.inline_form import InlineForm
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.table_view import Column, TableRow, TableView
from ui.widgets.text import Words


class DatedCard(Card):
    """``add_wanted`` asks for the form of a new row, ``opened`` hands back the id of one."""

    add_wanted = Signal()
    opened = Signal(object)

    def __init__(
        self, name: str, title: str, empty: str, columns: Sequence[Column], add: str, *, may_add: bool
    ) -> None:
        super().__init__(title, size="body")
        self.setObjectName(name)
        self._title = title
        self.add_button = LinkButton(add, "plus", slim=True)
        self.add_button.setAccessibleName(f"{title}: {add}")
        self.at_right(self.add_button)
        self.add_button.setVisible(may_add)
        self.empty = Words(empty, tone="muted", wrap=True)
        self.table = TableView(title, fits=True)
        self.table.set_columns(columns)
        self.place = QVBoxLayout()
        self.add_layout(self.place, inset=1)
        self.add(self.empty)
        self.add(self.table, inset=8)
        self.end(12)
        self.add_button.clicked.connect(self.add_wanted)
        self.table.opened.connect(self.opened)

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show *rows*, or the friendly line."""
        self.table.set_content(rows)
        self.table.setVisible(bool(rows))
        self._show_empty()

    def take(self, editor: InlineForm) -> None:
        """Put *editor* above the rows."""
        self.place.addWidget(editor)
        editor.show()
        self.empty.hide()
        editor.finished.connect(lambda _saved: self._show_empty(besides=editor))
        editor.begin()

    def name_act(self, words: str) -> None:
        """Call the act that adds a row by *words*: the first of a kind is called otherwise than the next."""
        self.add_button.set_words(words)
        self.add_button.setAccessibleName(f"{self._title}: {words}")

    def _show_empty(self, besides: InlineForm | None = None) -> None:
        """Show the friendly line where there is no row and no form is being filled in."""
        items = (self.place.itemAt(number) for number in range(self.place.count()))
        forms = (item.widget() for item in items if item is not None)
        typing = any(form is not None and form is not besides and not form.isHidden() for form in forms)
        self.empty.setVisible(not self.table.model().rowCount() and not typing)
