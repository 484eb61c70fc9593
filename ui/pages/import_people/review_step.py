"""Third step: who would come in, who is on file already and why, and which rows have problems. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import formats, vocab
from shelterdesk.consents import Consent
from shelterdesk.exchange.book_import import BookPlan
from shelterdesk.exchange.cells import RowProblem
from shelterdesk.exchange.people_import import LeftOut, NewPerson
from shelterdesk.exchange.recognition import Alike, OnFile
from shelterdesk.exchange.record_rows import RecordDraft
from shelterdesk.i18n import _, ngettext
from shelterdesk.log_words import kind_words
from shelterdesk.people import Person
from shelterdesk.person_history import StatusSince
from shelterdesk.referrals import Referral
from ui import theme
from ui.pages.import_people.changes_view import ChangesView
from ui.seat import Seat
from ui.tables.lazy_rows import LazyRows
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.page import PageScroll
from ui.widgets.segmented import Segmented
from ui.widgets.table_view import Cell, Column, TableView
from ui.widgets.text import ElidedWords, Words, width_of

RAIL = 316
_RAIL_BELOW = 860
_SHOWN = 12
NEW, RECORDS, CHANGES, ON_FILE, PROBLEMS = "new", "records", "changes", "on_file", "problems"


class ReviewStep(QWidget):
    """``rejects_wanted`` asks to save the rows with problems, ``compare_wanted`` to look at what is on file.

    ``ticked`` says that other changes are ticked.
    """

    rejects_wanted = Signal()
    compare_wanted = Signal()
    ticked = Signal(int)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.plan: BookPlan | None = None
        self.choice = Segmented(_("Rows"), [])
        self.save_rejects = Button(_("Save rows with problems…"), "save")
        self.save_rejects.setObjectName("save-rejects")
        self.save_rejects.clicked.connect(self.rejects_wanted)
        self.table = TableView(_("Rows"))
        self.table.setObjectName("rows")
        self.changes = ChangesView(seat)
        self.changes.ticked_changed.connect(self.ticked)
        self.changes.hide()
        self.empty = Words("", tone="muted", wrap=True)
        self.sentence = Words("", wrap=True)
        self.sentence.setObjectName("sentence")
        self._top = QHBoxLayout()
        self._top.setSpacing(12)
        self._top.addWidget(self.choice)
        self._top.addStretch(1)
        card = Card()
        card.add_space(12)
        card.add_layout(self._top)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(_inset(self.empty))
        column.addWidget(_inset(self.sentence))
        saving = QHBoxLayout()
        saving.setContentsMargins(15, 0, 15, 12)
        saving.addWidget(self.save_rejects)
        saving.addStretch(1)
        column.addLayout(saving)
        self._holder = holder
        # One of the two is shown, so that the other leaves no room behind.
        both = QWidget()
        one_of = QVBoxLayout(both)
        one_of.setContentsMargins(0, 0, 0, 0)
        one_of.addWidget(holder)
        one_of.addWidget(self.changes)
        card.add(both, inset=1, stretch=1)
        self._beside = QWidget()
        self._notes = QVBoxLayout(self._beside)
        self._notes.setContentsMargins(0, 0, 0, 0)
        self._notes.setSpacing(12)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        self._columns.addWidget(card, 1)
        # The notes scroll by themselves, so that the rows and the reason below them stay in view.
        self._rail = PageScroll(self)
        self._rail.setWidget(self._beside)
        self._columns.addWidget(self._rail)

    def show_plan(self, plan: BookPlan) -> None:
        """Show what an import would do."""
        self.plan = plan
        words = _tabs(plan)
        first = next((one for one in (CHANGES, PROBLEMS, NEW, RECORDS) if words.get(one) and _count(plan, one)), NEW)
        self._top.removeWidget(self.choice)
        self.choice.hide()
        self.choice.deleteLater()
        self.choice = Segmented(_("Rows"), list(words.items()), first if first in words else next(iter(words)))
        self.choice.chosen.connect(self.show_rows)
        self._top.insertWidget(0, self.choice)
        self.changes.show_changes(plan.changes)
        self.show_rows(self.choice.value())
        self._show_notes(plan)

    def refresh(self) -> None:
        """Show the same rows anew, e.g. with names masked."""
        if self.plan is not None:
            self.changes.refresh()
            self.show_rows(self.choice.value())
            self._show_notes(self.plan)

    def show_rows(self, which: str) -> None:
        """Show the new people, those on file, or the problems."""
        plan = self.plan
        if plan is None:
            return
        self.changes.setVisible(which == CHANGES and bool(plan.changes))
        self._holder.setVisible(not (which == CHANGES and plan.changes))
        self.save_rejects.setVisible(which == PROBLEMS and bool(plan.rejected))
        kinds: dict[str, tuple[Sequence[Any], tuple[Column, ...], Callable[[Any], tuple[Cell, ...]], str]] = {
            NEW: (
                plan.new,
                (
                    _number(_("Row")),
                    Column(_("Name"), 1.5),
                    Column(_("Born"), 1),
                    Column(_("Identification"), 1.2),
                    Column(_("Referred"), 1),
                    Column(_("Consent"), 1),
                ),
                self._new,
                _("Nobody in this list is new."),
            ),
            ON_FILE: (
                plan.on_file,
                (_number(_("Row")), Column(_("On file as"), width=136), Column(_("Why"), 1)),
                self._on_file,
                _("Nobody in this list is on file yet."),
            ),
            RECORDS: (
                plan.records,
                (
                    _number(_("Row")),
                    Column(_("Entry"), 1),
                    Column(_("Person"), 0.7),
                    Column(_("What it says"), 2),
                ),
                self._record,
                _("No other sheet brings anything."),
            ),
            CHANGES: ((), (Column(""),), self._problem, _("Nothing about people on file would change.")),
            PROBLEMS: (
                plan.problems,
                (_number(_("Row")), Column(_("Column"), 1), Column(_("What to change"), 2.6)),
                self._problem,
                _("Every row can be taken as it is."),
            ),
        }
        rows, columns, words, nobody = kinds[which]
        self.table.set_columns(columns)
        before = self.table.model()
        model = LazyRows(rows, [column.title for column in columns], words, self.table)
        self.table.setModel(model)
        if isinstance(before, LazyRows):
            before.deleteLater()
        self.table.selectionModel().currentRowChanged.connect(self._say_row)
        self.table.share_width()
        self.table.setVisible(bool(rows))
        self.empty.setText(nobody)
        self.empty.parentWidget().setVisible(not rows)  # pyright: ignore[reportOptionalMemberAccess]
        self._say(rows[0] if rows else None)
        if rows:
            self.table.setCurrentIndex(model.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _RAIL_BELOW * theme.scale()
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)
        self._rail.setMinimumWidth(RAIL if wide else 0)
        self._rail.setMaximumWidth(RAIL if wide else 16777215)
        self._rail.setMinimumHeight(0 if wide else theme.px(240))
        self.table.setMinimumHeight(theme.px(140 if wide else 240))
        QTimer.singleShot(0, self, lambda: self._say_row(self.table.currentIndex()))

    # --- rows ------------------------------------------------------------------------------------------------

    def _new(self, one: NewPerson) -> tuple[Cell, ...]:
        draft = one.draft
        person, consent = draft.of(Person), draft.of(Consent).get("answer")
        status, referred = draft.of(StatusSince).get("status"), draft.of(Referral).get("referred_on")
        born = person.get("birth")
        name = self.seat.masked(one.name) if one.name else draft.code or ""
        return (
            Cell(formats.number(one.row), tint="muted"),
            Cell(name) if name else Cell(_("only a new code"), tint="muted"),
            Cell("" if self.seat.visitor or born is None else formats.partial(born)),
            Cell(vocab.STATUSES.label(status) if status else ""),
            Cell(formats.day(referred, style="short") if referred else ""),
            Cell(vocab.CONSENT_ANSWERS.label(consent or "not_asked"), tint=_CONSENT_TINTS.get(consent, "muted")),
        )

    @staticmethod
    def _on_file(one: OnFile) -> tuple[Cell, ...]:
        return Cell(formats.number(one.row), tint="muted"), Cell(one.code), Cell(one.why.text())

    def _record(self, one: RecordDraft) -> tuple[Cell, ...]:
        fields = self.seat.desk.fields(one.kind)
        shown = [
            field.show(one.values[field.attribute]) for field in fields if one.values.get(field.attribute) is not None
        ]
        words = self.seat.masked(" · ".join(words for words in shown if words))
        kind = kind_words(one.kind.__tablename__)
        return Cell(formats.number(one.row.number), tint="muted"), Cell(kind), Cell(one.code or ""), Cell(words)

    def _problem(self, one: RowProblem) -> tuple[Cell, ...]:
        # A reason repeats what stands in the cell, and that may be a name.
        column = Cell(one.column.shown) if one.column else Cell(_("the whole row"), tint="muted")
        if one.sheet:
            column = Cell(column.words, detail=one.sheet, tint=column.tint)
        return Cell(formats.number(one.row), tint="muted"), column, Cell(self.seat.masked(one.text()))

    def _say_row(self, now: QModelIndex) -> None:
        model = self.table.model()
        if isinstance(model, LazyRows) and 0 <= now.row() < len(model.rows):
            self._say(model.rows[now.row()])

    def _say(self, row: Any) -> None:
        """Say the whole reason below the table, where a line has no room for it."""
        words = ""
        room = self.table.columnWidth(2) - 16
        if isinstance(row, RowProblem) and width_of(row.text(), theme.font()) > room:
            words = _("Row {row}. {reason}").format(row=row.row, reason=self.seat.masked(row.line()))
        self.sentence.setText(words)
        self.sentence.parentWidget().setVisible(bool(words))  # pyright: ignore[reportOptionalMemberAccess]

    # --- beside ----------------------------------------------------------------------------------------------

    def _show_notes(self, plan: BookPlan) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if plan.waiting:
            self._notes.addWidget(self._waiting(plan.waiting))
        for said in plan.notices:
            self._notes.addWidget(Notice("", said.text(), "attention"))
        if plan.alike:
            self._notes.addWidget(self._alike(plan.alike))
        if plan.left_out:
            self._notes.addWidget(left_out_card(plan.left_out))
        passed: list[str] = []
        if plan.skipped.empty:
            passed.append(ngettext("{n} empty row", "{n} empty rows", plan.skipped.empty))
        if plan.skipped.totals:
            passed.append(ngettext("{n} row of totals", "{n} rows of totals", plan.skipped.totals))
        if passed:
            self._notes.addWidget(Words(_("Passed over: {what}.").format(what=", ".join(passed)), "small", "muted"))
        self._notes.addStretch(1)

    def _waiting(self, count: int) -> Card:
        card = Card(_("On file already"), size="body")
        rows = ngettext("{n} row is about somebody on file.", "{n} rows are about people on file.", count)
        card.add(Words(rows, wrap=True), above=2)
        words = _("Nothing about them is changed, unless you look at what the list says and tick it.")
        card.add(Words(words, "small", "muted", wrap=True), above=4)
        card.add_layout(self._compare("compare"), above=10)
        card.end(14)
        return card

    def _compare(self, name: str) -> QHBoxLayout:
        button = Button(_("See what would change"), "refresh-cw")
        button.setObjectName(name)
        button.clicked.connect(self.compare_wanted)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        return row

    def _alike(self, found: Sequence[Alike]) -> Card:
        card = Card(_("May be on file already"), size="body")
        for one in found[:_SHOWN]:
            other = one.shown if one.person_id is not None else _("row {row}").format(row=one.shown)
            words = _("Row {row} and {other}: {why}").format(row=one.row, other=other, why=one.why.text())
            card.add(Words(words, "small", wrap=True), above=2)
        more(card, len(found))
        card.add(
            Words(_("They come in as they are. Look at both records afterwards."), "small", "muted", wrap=True), above=8
        )
        if any(one.sure for one in found) and self.plan is not None and not self.plan.compared:
            words = _("Or take who has the same name and birth for the same person, and see what would change.")
            card.add(Words(words, "small", "muted", wrap=True), above=4)
            card.add_layout(self._compare("compare-alike"), above=8)
        card.end(14)
        return card


def _tabs(plan: BookPlan) -> dict[str, str]:
    """Return the lists of rows that are offered, with how many each holds."""
    numbers = {one: _count(plan, one) for one in (NEW, RECORDS, CHANGES, ON_FILE, PROBLEMS)}
    words: dict[str, str] = {}
    if plan.people is not None:
        words[NEW] = ngettext("{n} new", "{n} new", numbers[NEW])
    if plan.records or plan.people is None:
        words[RECORDS] = ngettext("{n} entry", "{n} entries", numbers[RECORDS])
    if plan.compared:
        words[CHANGES] = ngettext("{n} change", "{n} changes", numbers[CHANGES])
    if plan.people is not None:
        words[ON_FILE] = ngettext("{n} on file already", "{n} on file already", numbers[ON_FILE])
    words[PROBLEMS] = ngettext("{n} row with problems", "{n} rows with problems", numbers[PROBLEMS])
    return words


def _count(plan: BookPlan, which: str) -> int:
    found: dict[str, Sequence[Any]] = {
        NEW: plan.new,
        RECORDS: plan.records,
        CHANGES: plan.changes,
        ON_FILE: plan.on_file,
        PROBLEMS: plan.rejected,
    }
    return len(found[which])


_CONSENT_TINTS: dict[Any, str] = {"given": "done", "declined": "attention", "withdrawn": "attention"}


def left_out_card(columns: Sequence[LeftOut]) -> Card:
    """Return the columns that are not taken, each with its reason."""
    card = Card(ngettext("{n} column stays out", "{n} columns stay out", len(columns)), size="body")
    for one in columns[:_SHOWN]:
        card.add(ElidedWords(one.column.shown), above=4)
        card.add(Words(one.why.text(), "small", "muted", wrap=True))
    more(card, len(columns))
    card.end(14)
    return card


def more(card: Card, count: int) -> None:
    """Say how many there are beyond those shown."""
    if count > _SHOWN:
        words = ngettext("and {n} more", "and {n} more", count - _SHOWN)
        card.add(Words(words, "small", "muted"), above=6)


def _number(title: str) -> Column:
    return Column(title, width=64)


def _inset(words: Words) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(15, 10, 15, 12)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row.addWidget(words, 1)
    return holder
