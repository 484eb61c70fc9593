"""Settings → Services: the kinds the shelter offers, how long each usually takes and who gives it."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk import catalogue, formats, own_choices, vocab
from shelterdesk.catalogue import Entry
from shelterdesk.errors import ShelterDeskError
from shelterdesk.folding import fold
from shelterdesk.i18n import _
from ui.pages.settings.service_editor import KindEditor, NewKindEditor
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.empty_state import EmptyState
from ui.widgets.search_field import SearchField
from ui.widgets.table_view import Cell, Column, TableGroup, TableRow, TableView
from ui.widgets.text import Words

_ROW: Final = 34


class ServicesSection(QWidget):
    """Enter opens the editor of a kind below its row; what is saved holds at once."""

    fills = True
    """The table scrolls by itself, so that the filter stays in sight."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.entries: list[Entry] = []
        self.editor: KindEditor | NewKindEditor | None = None
        self.filter = SearchField(_("Service, family or role"))
        self.filter.setObjectName("filter-services")
        self.add_one = Button(_("Add a service of your own"), "plus")
        self.add_one.setObjectName("add-service-kind")
        self.table = TableView(
            _("Services"),
            (
                Column(_("Service"), 250),
                Column(_("Usual length"), 110, number=True),
                Column(_("Given by"), 190),
                Column(_("Restricted note"), 130),
            ),
            row_height=_ROW,
        )
        self.table.setObjectName("service-kinds")
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.empty = EmptyState(_("No service fits this filter."), "", "hand-heart")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._make_card(), 1)
        self.filter.textChanged.connect(lambda _text: self._show())
        self.filter.left_downwards.connect(self.table.setFocus)
        self.add_one.clicked.connect(self.add)
        self.table.opened.connect(self.edit)

    def _make_card(self) -> Card:
        card = Card(_("Services"))
        words = _(
            "Forms suggest the usual length and put first what one gives by role. The restricted note follows the "
            "family. What is no longer offered stays readable where it was chosen."
        )
        card.add(Words(words, tone="muted", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.filter, 1)
        line.addWidget(self.add_one)
        card.add_layout(line, above=8)
        self._above = QVBoxLayout()
        self._above.setContentsMargins(0, 8, 0, 0)
        card.add_layout(self._above, inset=1)
        card.add(self.table, inset=1, stretch=1)
        card.add(self.empty)
        hint = Words(_("Enter: change"), "small", "muted")
        card.add(hint, above=6)
        card.add_space(tokens.CARD_PADDING // 2)
        return card

    def show_now(self) -> None:
        """Read what the shelter chose."""
        self.entries = catalogue.every_kind(self.seat.desk)
        self._show()

    def edit(self, kind: Any) -> None:
        """Open the editor of a kind below its row."""
        entry = next((one for one in self.entries if one.kind == kind), None)
        if entry is None:
            return
        self.close_editor()
        self.editor = editor = KindEditor(self.seat.desk, entry)
        editor.save_pressed.connect(self._save)
        editor.cancel_pressed.connect(self.close_editor)
        editor.usual_wanted.connect(self._restore)
        self.table.open_editor(kind, editor)
        editor.begin()

    def add(self) -> None:
        """Open the editor of a kind of one's own above the table."""
        self.close_editor()
        self.editor = editor = NewKindEditor(self.seat.desk)
        editor.save_pressed.connect(self._save)
        editor.cancel_pressed.connect(self.close_editor)
        self._above.addWidget(editor)
        editor.begin()

    def close_editor(self) -> None:
        """Close what is open; the keyboard goes back to the table."""
        editor, self.editor = self.editor, None
        if editor is None:
            return
        had_keyboard = editor.isAncestorOf(editor.window().focusWidget() or self)
        self.table.close_editor()
        self._above.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        if had_keyboard:
            self.table.setFocus()

    # --- showing -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.close_editor()
        words = fold(self.filter.text()).split()
        shown = [one for one in self.entries if all(word in self._reads(one) for word in words)]
        groups = [
            TableGroup(vocab.SERVICE_FAMILIES.label(family), rows=tuple(self._row(one) for one in of_family))
            for family, of_family in groupby(shown, key=lambda one: one.family)
        ]
        self.table.set_content(groups)
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)

    def _reads(self, one: Entry) -> str:
        roles = catalogue.role_words(one.roles)
        return fold(f"{one.label} {vocab.SERVICE_FAMILIES.label(one.family)} {roles}")

    def _row(self, one: Entry) -> TableRow:
        tint = "text" if one.active else "muted"
        own = _("your own") if own_choices.is_own(one.kind) else ""
        chip = None if one.active else ChipText(_("not offered"), "neutral", "minus")
        minutes = formats.duration(one.minutes) if one.minutes else "–"
        return TableRow(
            one.kind,
            (
                Cell(one.label, own, tint=tint),
                Cell(minutes, tint=tint if one.minutes else "muted"),
                Cell(catalogue.role_words(one.roles), tint=tint if one.roles else "muted"),
                Cell("" if chip else vocab.COMPARTMENTS.label(one.compartment.value), tint="muted", chip=chip),
            ),
        )

    # --- keeping -------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        editor = self.editor
        if editor is None:
            return
        try:
            kind = editor.store()
        except ShelterDeskError as error:
            editor.complain(error)
            # What holds already is read anew next time; the words typed stay.
            self.entries = catalogue.every_kind(self.seat.desk)
            return
        self._saved(kind)

    def _restore(self) -> None:
        editor = self.editor
        if not isinstance(editor, KindEditor):
            return
        kind = editor.entry.kind
        try:
            catalogue.restore_entry(self.seat.desk, kind)
        except ShelterDeskError as error:
            editor.complain(error)
            return
        self._saved(kind)

    def _saved(self, kind: str) -> None:
        self.close_editor()
        self.seat.saved.emit()
        self.show_now()
        self.table.go_to(kind)
        self.table.setFocus()
