"""Second step: what each column becomes, with its first values beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk.exchange.book import Part
from shelterdesk.exchange.delimited import ENCODINGS
from shelterdesk.exchange.kinds import PERSON, brought
from shelterdesk.exchange.mapping import ColumnChoice, Why, targets_for
from shelterdesk.exchange.sheets import Column
from shelterdesk.exchange.targets import Target
from shelterdesk.folding import fold, sort_key
from shelterdesk.i18n import _, language, ngettext
from shelterdesk.log_words import kind_words
from ui import theme
from ui.pages.import_people.list_file import ListFile, shown_value
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.text import ElidedWords, Words

_GUESSED: Final = (Why.ALIKE, Why.HINT)
_TO_LOOK_AT: Final = (*_GUESSED, Why.NO_FIELD)


class ColumnsStep(QWidget):
    """``changed`` hands back (column, target), ``sheet_wanted`` a table, ``kind_wanted`` what its rows are.

    ``header_wanted`` is the number of the row with the titles, ``encoding_wanted`` what the text is to be read as.
    """

    changed = Signal(object, object)
    sheet_wanted = Signal(object)
    kind_wanted = Signal(str)
    header_wanted = Signal(int)
    encoding_wanted = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.fields: dict[int, ChoiceField] = {}
        self._why: dict[int, Words] = {}
        self._choices_made: dict[int, Why] = {}
        self._targets: Mapping[str, Target] = {}
        self.sheet = ChoiceField(_("Sheet"))
        self.sheet.setMinimumWidth(theme.px(220))
        self.sheet.setObjectName("sheet")
        self.kind = ChoiceField(_("Each row is"), fold=fold)
        self.kind.setObjectName("kind")
        self.kind.setMinimumWidth(theme.px(200))
        self.kind.chosen.connect(self.kind_wanted.emit)
        self.header = QLineEdit()
        self.header.setFixedWidth(theme.px(56))
        self.header.setAccessibleName(_("Row with the titles"))
        self.sheet.chosen.connect(self.sheet_wanted.emit)
        self.header.editingFinished.connect(self._header_typed)
        self._header_row = 0
        self._sheet_words = Words(_("Sheet"), tone="muted")
        self._sheet_words.setBuddy(self.sheet)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._sheet_words)
        top.addWidget(self.sheet)
        kind_label = Words(_("Each row is"), tone="muted")
        kind_label.setBuddy(self.kind)
        top.addWidget(kind_label)
        top.addWidget(self.kind)
        header_words = Words(_("Titles stand in row"), tone="muted")
        header_words.setBuddy(self.header)
        top.addWidget(header_words)
        top.addWidget(self.header)
        top.addStretch(1)
        self.encoding = ChoiceField(_("Text read as"))
        self.encoding.setObjectName("encoding")
        self.encoding.chosen.connect(self.encoding_wanted.emit)
        self._encoding_line = QWidget()
        line = QHBoxLayout(self._encoding_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        read_as = Words(_("Letters look wrong? The text was read as"), "small", "muted")
        read_as.setBuddy(self.encoding)
        line.addWidget(read_as)
        line.addWidget(self.encoding)
        line.addStretch(1)
        self.empty_columns = Words("", "small", "muted")
        self.nothing = Words(
            _("Nothing is taken from this sheet. Choose what each row is to bring it in."), tone="muted", wrap=True
        )
        self._card = Card()
        self._rows: QWidget | None = None
        self._card.add_space(12)
        self._card.add_layout(top)
        self._card.add_line(above=12, below=8)
        self._place = QVBoxLayout()
        self._card.add_layout(self._place)
        self._card.add(self.nothing)
        self._card.add(self.empty_columns, above=8)
        self._card.add(self._encoding_line, above=4)
        self._card.end(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._card)
        layout.addStretch(1)

    def show_list(self, one: ListFile) -> None:
        """Show the columns of the sheet that is looked at."""
        kind = one.part.kind
        self._targets = targets_for(self.seat.desk, kind)
        tables = sorted(one.parts, key=lambda part: one.grid_place(part.table))
        self.sheet.set_choices([(part.table, _sheet_title(part)) for part in tables], one.table)
        several = len(one.parts) > 1
        self.sheet.setVisible(several)
        self._sheet_words.setVisible(several)
        self.kind.set_choices(_kinds(), kind)
        self._header_row = one.table.header_row
        self.header.setText(str(one.table.header_row))
        filled = one.filled_columns() if kind else []
        self._fill(one, filled)
        self.nothing.setVisible(not kind)
        empty = len(one.table.columns) - len(filled)
        words = ngettext("{n} empty column is not shown.", "{n} empty columns are not shown.", empty)
        self.empty_columns.setText(words)
        self.empty_columns.setVisible(empty > 0 and bool(kind))
        self.encoding.set_choices([(name, name) for name in ENCODINGS], one.encoding or None)
        self._encoding_line.setVisible(bool(one.encoding))

    def show_choices(self, one: ListFile) -> None:
        """Say anew why each column is what it is."""
        for choice in one.mapping.choices:
            if choice.column.index in self._why:
                self._say_why(choice)

    def begin(self) -> None:
        """Put the keyboard on the first column to look at, else on the first."""
        to_look_at = [self.fields[index] for index in self.fields if self._choices_made[index] in _TO_LOOK_AT]
        for field in (to_look_at or list(self.fields.values()))[:1]:
            field.setFocus()

    def _fill(self, one: ListFile, columns: list[Column]) -> None:
        if self._rows is not None:
            self._place.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self.fields, self._why, self._choices_made = {}, {}, {}
        self._rows = QWidget()
        if not columns:
            self._rows.hide()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, title in enumerate((_("Column in your list"), _("First values"), _("Becomes"), "")):
            grid.addWidget(Words(title, tone="muted"), 0, place)
        for place, stretch in enumerate((3, 4, 0, 3)):
            grid.setColumnStretch(place, stretch)
        choices = self._choices()
        by_column = {choice.column.index: choice for choice in one.mapping.choices}
        for number, column in enumerate(columns, start=1):
            self._row(grid, number, one, by_column[column.index], choices)
        self._place.addWidget(self._rows)

    def _row(
        self, grid: QGridLayout, number: int, one: ListFile, choice: ColumnChoice, choices: list[tuple[Any, str]]
    ) -> None:
        column = choice.column
        title = ElidedWords(column.shown, strong=bool(column.named))
        title.setToolTip(_("Column {letter}").format(letter=column.letter))
        values = ", ".join(self.seat.masked(shown_value(value)) for value in one.examples(column))
        field = ChoiceField(column.shown, choices, choice.target, fold=fold)
        field.setFixedWidth(theme.px(300))
        field.setObjectName(f"column-{column.index}")
        field.chosen.connect(lambda target, column=column: self.changed.emit(column, target))
        why = Words("", "small", "muted", wrap=True)
        self.fields[column.index], self._why[column.index] = field, why
        grid.addWidget(title, number, 0)
        grid.addWidget(ElidedWords(values, tone="muted", sensitive=True), number, 1)
        grid.addWidget(field, number, 2)
        grid.addWidget(why, number, 3)
        self._say_why(choice)

    def _say_why(self, choice: ColumnChoice) -> None:
        words = self._why[choice.column.index]
        words.setText(choice.why.words())
        words.set_tone("attention" if choice.why in _GUESSED else "muted")
        self._choices_made[choice.column.index] = choice.why

    def _choices(self) -> list[tuple[Any, str]]:
        """Return everything a column may become; what is called alike is told apart by its group."""
        targets = list(self._targets.values())
        everywhere = Counter(target.words() for target in targets)
        hers = Counter(target.words() for target in targets if target.record == PERSON)
        named: list[tuple[Any, str]] = []
        for target in targets:
            words = target.words()
            # What a list says of the person herself needs no heading, unless two of her fields are called alike.
            alone = everywhere[words] == 1 or (target.record == PERSON and hers[words] == 1)
            named.append((target.id, words if alone else f"{words} ({_(target.group)})"))
        return [(None, _("Leave out")), *named]

    def _header_typed(self) -> None:
        typed = self.header.text().strip()
        if typed.isascii() and typed.isdigit() and int(typed) != self._header_row:
            self.header_wanted.emit(int(typed))
        else:
            self.header.setText(str(self._header_row))


def _sheet_title(part: Part) -> str:
    table = part.table
    rows = ngettext("{n} row", "{n} rows", len(table.rows))
    if not part.kind:
        rows = _("stays out")
    return _("{sheet}, {rows}").format(sheet=table.sheet, rows=rows) if table.sheet else rows


def _kinds() -> list[tuple[str, str]]:
    """Return what the rows of a sheet may be, by how it is called; people first, leaving the sheet out last."""
    kinds = sorted(((kind, kind_words(kind)) for kind in brought()), key=lambda one: sort_key(one[1], language()))
    return [(PERSON, _("A person")), *kinds, ("", _("Leave this sheet out"))]
