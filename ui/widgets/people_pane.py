"""The pane beside a record: title with count, a link, filter box, people. In rail mode also the saved lists."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.i18n import _
from ui import theme
from ui.theme import tokens
from ui.widgets.buttons import LinkButton
from ui.widgets.choice_field import ChoiceField
from ui.widgets.people_list import PeopleList
from ui.widgets.search_field import SearchField
from ui.widgets.sidebar import SavedList
from ui.widgets.text import ElidedWords, Words


class PeoplePane(QWidget):
    """``filtered`` fires while typing, ``list_chosen`` when a saved list is picked here."""

    filtered = Signal(str)
    list_chosen = Signal(object)
    act_pressed = Signal()

    def __init__(self, title: str, placeholder: str, act: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedWords(title, "group", parent=self)
        self.count = Words("", tone="muted", parent=self)
        self.act = LinkButton(act, "plus", parent=self)
        self.act.setVisible(bool(act))
        self.picker = ChoiceField(_("Saved list"), parent=self)
        self.picker.hide()
        self.filter = SearchField(placeholder, parent=self)
        self.people = PeopleList(title, self)
        self._lists: tuple[SavedList, ...] = ()
        heading = QHBoxLayout()
        heading.setContentsMargins(24, 0, 16, 0)
        heading.setSpacing(8)
        heading.addWidget(self.title)
        heading.addWidget(self.count)
        heading.addStretch(1)
        heading.addWidget(self.act)
        self._heading = heading
        fields = QVBoxLayout()
        fields.setContentsMargins(16, 0, 16, 0)
        fields.setSpacing(8)
        fields.addWidget(self.picker)
        fields.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 8)
        layout.setSpacing(4)
        layout.addLayout(heading)
        layout.addLayout(fields)
        layout.addSpacing(4)
        layout.addWidget(self.people, 1)
        self.filter.textChanged.connect(self.filtered)
        self.filter.left_downwards.connect(self._enter_list)
        self.picker.chosen.connect(self.list_chosen)
        self.act.clicked.connect(self.act_pressed)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def set_heading(self, title: str, count: str = "") -> None:
        """Name the saved list that is shown."""
        self.title.setText(title)
        self.people.setAccessibleName(title)
        self.count.setText(count)

    def add_act(self, widget: QWidget) -> None:
        """Put a further act before the link at the right of the heading."""
        self._heading.insertWidget(self._heading.indexOf(self.act), widget)

    def offer_lists(self, lists: Sequence[SavedList], current: str) -> None:
        """Offer saved lists in a drop-down (rail mode); none hides it."""
        self._lists = tuple(lists)
        self.picker.set_choices([(one.key, f"{one.title} {one.count}".strip()) for one in lists], current)
        self.picker.setVisible(bool(lists))

    def _enter_list(self) -> None:
        self.people.setFocus()
        if not self.people.currentIndex().isValid() and self.people.keys():
            self.people.setCurrentIndex(self.people.model().index(0, 0))

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(tokens.PEOPLE_PANE))
