"""What the list would change about people on file: each line is taken only where it is ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.exchange.changes import Change
from shelterdesk.i18n import _, ngettext
from shelterdesk.log_words import kind_words
from ui.seat import Seat
from ui.tables.lazy_rows import LazyRows
from ui.widgets.buttons import LinkButton
from ui.widgets.table_view import Cell, Column, TableView
from ui.widgets.text import Words


class ChangesView(QWidget):
    """``ticked_changed`` says how many lines are ticked. Space or a click ticks, Ctrl+A ticks all of them."""

    ticked_changed = Signal(int)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.changes: tuple[Change, ...] = ()
        self.ticked: set[int] = set()
        self.table = _TickTable(_("Changes"))
        self.table.setObjectName("changes")
        self.table.toggled.connect(self.toggle)
        self.table.all_wanted.connect(self.tick_all)
        self.count = Words("", tone="muted")
        self.all = LinkButton(_("Tick all"))
        self.hers = LinkButton(_("Tick this person"))
        self.none = LinkButton(_("Tick none"))
        self.all.clicked.connect(self.tick_all)
        self.hers.clicked.connect(self.tick_hers)
        self.none.clicked.connect(self.tick_none)
        row = QHBoxLayout()
        row.setContentsMargins(15, 0, 15, 0)
        row.setSpacing(16)
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.hers, self.all, self.none):
            row.addWidget(button)
        self.whole = Words("", wrap=True)
        self.whole.setObjectName("whole-change")
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        below = QHBoxLayout()
        below.setContentsMargins(15, 0, 15, 12)
        below.addWidget(self.whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Show *changes*, person by person, none of them ticked."""
        self.ticked = set()
        self._put(tuple(sorted(changes, key=lambda change: (change.code, change.number))))

    def refresh(self) -> None:
        """Show the same lines anew, e.g. with values masked."""
        self._put(self.changes)

    def toggle(self, number: int) -> None:
        """Tick the line, or take its tick away."""
        if 0 <= number < len(self.changes):
            self.ticked ^= {self.changes[number].number}
            self._reword()

    def tick_all(self) -> None:
        """Tick every line."""
        self.ticked = {change.number for change in self.changes}
        self._reword()

    def tick_none(self) -> None:
        """Take every tick away."""
        self.ticked = set()
        self._reword()

    def tick_hers(self) -> None:
        """Tick every line of the person the selected one is about."""
        number = self.table.currentIndex().row()
        if 0 <= number < len(self.changes):
            whose = self.changes[number].person_id
            self.ticked |= {change.number for change in self.changes if change.person_id == whose}
            self._reword()

    def _put(self, changes: tuple[Change, ...]) -> None:
        self.changes = changes
        columns = (
            Column("", width=46),
            Column(_("Person"), width=112),
            Column(_("What"), 1.1),
            Column(_("On file"), 1),
            Column(_("In the list"), 1.2),
        )
        titles = [_("Taken"), *(column.title for column in columns[1:])]
        self.table.set_columns(columns)
        before = self.table.model()
        model = LazyRows(changes, titles, self._cells, self.table)
        self.table.setModel(model)
        if isinstance(before, LazyRows):
            before.deleteLater()
        self.table.selectionModel().currentRowChanged.connect(self._say_whole)
        self.table.share_width()
        if changes:
            self.table.setCurrentIndex(model.index(0, 0))
        else:
            self.whole.setText("")
        self._say_count()

    def _cells(self, change: Change) -> tuple[Cell, ...]:
        return (
            Cell(ticked=change.number in self.ticked),
            Cell(change.code),
            Cell(what_changes(change)),
            Cell(self.seat.masked(change.old) if change.old else "—", tint="muted"),
            Cell(self.seat.masked(change.new) if change.new else "—"),
        )

    def _reword(self) -> None:
        model = self.table.model()
        if isinstance(model, LazyRows):
            model.reword(0, len(self.changes) - 1)
        self._say_count()

    def _say_count(self) -> None:
        count = len(self.ticked)
        if count:
            words = ngettext("{n} change is taken", "{n} changes are taken", count)
        else:
            words = _("Nothing is taken until you tick it.")
        self.count.setText(words)
        self.ticked_changed.emit(count)

    def _say_whole(self, now: QModelIndex) -> None:
        """Say the whole of both values below the table, where a line has no room for them."""
        if not 0 <= now.row() < len(self.changes):
            return
        change = self.changes[now.row()]
        new = self.seat.masked(change.new)
        if change.field is None:
            words = _("Row {row}. Added to {person}: {new}").format(row=change.row, person=change.code, new=new)
        else:
            old = self.seat.masked(change.old) or _("nothing")
            words = _("Row {row}. {what}: {old} → {new}").format(
                row=change.row, what=what_changes(change), old=old, new=new
            )
        self.whole.setText(words)


class _TickTable(TableView):
    """``toggled`` is a row whose tick changes, ``all_wanted`` Ctrl+A."""

    toggled = Signal(int)
    all_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.all_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.column() == 0:
            self.toggled.emit(index.row())


def what_changes(change: Change) -> str:
    """Return what a line is about: «Phone», «Stay: Day of leaving», «New: Service»."""
    kind = kind_words(change.kind)
    if change.field is None:
        return _("New: {kind}").format(kind=kind)
    label = _(change.field.label)
    return label if change.kind == "person" else _("{kind}: {label}").format(kind=kind, label=label)
