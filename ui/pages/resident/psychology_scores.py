"""Scales over time: a line for one scale, the same as a table, and the answers of one day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from shelterdesk import formats, instruments, vocab
from shelterdesk.documents import charts
from shelterdesk.fields import CLOSED
from shelterdesk.i18n import _, language
from shelterdesk.instruments import said
from shelterdesk.schema.base import declared
from shelterdesk.screenings import Score, Screening
from ui import theme
from ui.forms.inline_form import InlineForm
from ui.pages.drawn_chart import DrawnChart
from ui.pages.resident.field_facts import rest_of
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.facts import Facts
from ui.widgets.table_view import Cell, Column, TableRow, TableView
from ui.widgets.text import Words

_HEIGHT: Final = 190
_MOST_POINTS: Final = 12
_IN_THE_ROW: Final = ("scale", "held_on", "member_id", "answers", "total", "words")


class ScalesCard(Card):
    """``new_wanted`` asks for a scale, ``edit_wanted`` and ``off_wanted`` hand back the id of a screening."""

    new_wanted = Signal(str)
    edit_wanted = Signal(object)
    off_wanted = Signal(object)

    def __init__(self, seat: Seat, *, may_write: bool) -> None:
        super().__init__(_("Scales over time"))
        self.setObjectName("scales")
        self.seat = seat
        self._may = may_write
        self.scores: list[Score] = []
        self.which = ChoiceField(_("Scale in the chart"), [])
        self.which.setObjectName("scale_in_chart")
        self.at_right(self.which)
        self.which.chosen.connect(lambda _code: self._draw())
        self.place = QVBoxLayout()
        self.add_layout(self.place, inset=1)
        self.chart = ScoreChart(seat)
        self.once = Words("", tone="muted", wrap=True)
        self.empty = Words(
            _("No scale was asked. A scale is a help for talking and no diagnosis; ask only what she agreed to."),
            tone="muted",
            wrap=True,
        )
        self.table = TableView(
            _("Scales over time"),
            (
                Column(_("Asked on"), width=120),
                Column(_("Scale"), 2),
                Column(_("Total"), width=96, number=True),
                Column(_("What it is called"), 1.4),
                Column(_("Asked by"), 1.2),
            ),
            fits=True,
        )
        self.table.setObjectName("scores")
        self.table.opened.connect(self.toggle)
        self.add(self.chart, above=4)
        self.add(self.once)
        self.add(self.empty)
        self.add(self.table, inset=1, above=8)
        self.end(8)

    def show_scores(self, scores: Sequence[Score]) -> None:
        """Show *scores*, the newest first; the scale that is looked at stays."""
        kept = self.which.value()
        self.scores = list(scores)
        codes = list(dict.fromkeys(one.screening.scale for one in scores if one.total is not None))
        self.which.set_choices([(code, _short(self._score_with(code))) for code in codes], None)
        self.which.set_value(kept if kept in codes else next(iter(codes), None))
        self.which.setVisible(len(codes) > 1)
        self.table.close_editor()
        self.table.set_content([self._row(one) for one in self.scores])
        self.table.setVisible(bool(scores))
        self.empty.setVisible(not scores and self.place.isEmpty())
        self._draw()

    def take(self, editor: InlineForm) -> None:
        """Put *editor* above the chart."""
        self.place.addWidget(editor)
        self.empty.hide()

    def score(self, screening_id: Any) -> Score | None:
        """Return one of the scores shown."""
        return next((one for one in self.scores if one.screening.id == screening_id), None)

    def toggle(self, screening_id: Any) -> None:
        """Show the answers below their row, or close them again."""
        opened, score = self.table.editor(), self.score(screening_id)
        same = isinstance(opened, AnswersPanel) and opened.score.screening.id == screening_id
        self.table.close_editor()
        if same or score is None:
            return
        panel = AnswersPanel(self.seat, score, may_change=self._may)
        panel.close_wanted.connect(self.table.close_editor)
        panel.edit_wanted.connect(lambda: self.edit_wanted.emit(screening_id))
        panel.off_wanted.connect(lambda: self.off_wanted.emit(screening_id))
        self.table.open_editor(screening_id, panel)

    def _score_with(self, code: str) -> Score:
        return next(one for one in self.scores if one.screening.scale == code)

    def _draw(self) -> None:
        code = self.which.value()
        shown = [one for one in reversed(self.scores) if one.screening.scale == code and one.total is not None]
        # A picture cannot be masked; the table says that there is something.
        self.chart.setVisible(len(shown) > 1 and not self.seat.visitor)
        self.chart.show_scores(shown[-_MOST_POINTS:] if len(shown) > 1 else [])
        self.once.setText(_("Asked once so far. A line is drawn from the second time on."))
        self.once.setVisible(len(shown) == 1)

    def _row(self, one: Score) -> TableRow:
        staff = self.seat.names("member")
        total = "–" if one.total is None else self._total(one)
        return TableRow(
            one.screening.id,
            (
                Cell(formats.day(one.screening.held_on, style="short")),
                Cell(_title(one)),
                Cell(total, strong=one.total is not None),
                Cell(self.seat.masked(one.band_words()), tint="muted"),
                Cell(staff.get(one.screening.member_id, "") if one.screening.member_id else "", tint="muted"),
            ),
        )

    def _total(self, one: Score) -> str:
        total = formats.number(one.total or 0)
        if one.scale is None:
            return self.seat.masked(total)
        highest = formats.number(one.scale.instrument.highest)
        return self.seat.masked(_("{total} of {highest}").format(total=total, highest=highest))


class AnswersPanel(QFrame):
    """The answers of one day. Each act is a signal of its own; the section does it."""

    edit_wanted = Signal()
    off_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, seat: Seat, score: Score, *, may_change: bool) -> None:
        super().__init__()
        self.seat, self.score = seat, score
        self.setObjectName("answers_panel")
        theme.mark(self, surface="editor")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 16, 10)
        column.setSpacing(8)
        if score.scale is not None and score.answers:
            column.addLayout(self._answers())
        else:
            # A list that was brought in may say the answers in its own way.
            told = declared(Screening, "answers").read(score.screening)
            words = seat.masked(str(told)) if told and told is not CLOSED else _("Only the total is known.")
            column.addWidget(Words(words, tone="muted", wrap=True))
        words = declared(Screening, "words").read(score.screening)
        if words and words is not CLOSED:
            column.addWidget(Words(seat.masked(str(words)), wrap=True))
        rest = rest_of(score.screening, _IN_THE_ROW, seat)
        if rest:
            facts = Facts()
            facts.set_facts(rest)
            column.addWidget(facts)
        column.addLayout(self._acts(may_change=may_change))

    def sizeHint(self) -> QSize:
        # Its height follows from the width: lines that wrap would ask for more than they need in a wide window.
        return QSize(super().sizeHint().width(), 0)

    def _answers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 1)
        assert self.score.scale is not None
        asked = self.score.scale.instrument.asked(self.score.answers)
        for number, item in enumerate(asked, 1):
            question = _("{number}. {question}").format(number=number, question=said(item.words))
            answer = "–"
            if item.id in self.score.answers:
                score = self.score.answers[item.id]
                answer = instruments.answer_words(item, score)
                answer = answer if score is None else f"{formats.number(score)}  {answer}"
            grid.addWidget(Words(question, tone="muted", wrap=True), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Words(self.seat.masked(answer), wrap=True), number, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _acts(self, *, may_change: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        edit = Button(_("Edit"), "pencil")
        edit.clicked.connect(self.edit_wanted)
        off = LinkButton(_("Take off"), slim=True)
        off.clicked.connect(self.off_wanted)
        close = LinkButton(_("Close"), slim=True)
        close.clicked.connect(self.close_wanted)
        for button, shown in ((edit, may_change), (off, may_change), (close, True)):
            row.addWidget(button)
            button.setVisible(shown)
        row.addStretch(1)
        return row


class ScoreChart(DrawnChart):
    """The totals of one scale as a line; the grid lies where its bands begin."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.setObjectName("score_chart")
        self._labels: tuple[str, ...] = ()
        self._line = charts.Series("", ())
        self._marks: tuple[float, ...] = ()
        self.setAccessibleName(_("Scales over time"))

    def show_scores(self, scores: Sequence[Score]) -> None:
        """Show *scores* of one scale, the oldest first; nothing while somebody visits."""
        shown = [] if self._seat.visitor else list(scores)
        self._labels = tuple(formats.day(one.screening.held_on, style="day_month_short") for one in shown)
        if shown:
            last = shown[-1]
            end = " · ".join(filter(None, (formats.number(last.total or 0), last.band_words())))
            self._line = charts.Series(_short(last), tuple(one.total for one in shown), end)
            self._marks = _marks(last)
            self.setAccessibleDescription(charts.line_in_words(self._line.name, self._labels, self._line, language()))
        self.show_anew()

    def content(self) -> object:
        return (self._labels, self._line, self._marks) if self._labels else ()

    def wanted_height(self) -> int:
        return _HEIGHT

    def drawing(self, palette: charts.Palette, size: charts.Size) -> Callable[[], bytes]:
        labels, line, marks = self._labels, self._line, self._marks
        return lambda: charts.line_chart(labels, [line], None, palette, size, None, marks)


def _marks(score: Score) -> tuple[float, ...]:
    if score.scale is None:
        return ()
    instrument = score.scale.instrument
    return tuple(sorted({*(float(band.start) for band in instrument.bands), 0.0, float(instrument.highest)}))


def _short(score: Score) -> str:
    return score.scale.title() if score.scale is not None else _title(score)


def _title(score: Score) -> str:
    if score.scale is not None and score.scale.own:
        return score.scale.title()
    return vocab.SCREENING_SCALES.label(score.screening.scale)
