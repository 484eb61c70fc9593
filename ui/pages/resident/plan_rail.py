"""Beside the goals of a plan: the next step, how she rates her wellbeing, and what is known of the plan itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shelterdesk import formats, vocab
from shelterdesk.documents import charts
from shelterdesk.i18n import _, language, ngettext
from shelterdesk.plans import NextStep, Plan
from shelterdesk.printed import FOR_THE_FILE, Paper
from shelterdesk.schema.base import text_of
from shelterdesk.wellbeing import HIGHEST, LOWEST, Rating
from ui import theme
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.text import IconLabel, Words

_ROUNDS_IN_CHART: Final = 5
_ROUNDS_IN_TABLE: Final = 4
_CHART_HEIGHT: Final = 156
_MONTH_DAYS: Final = 30


class NextStepCard(Card):
    """The one thing that comes next, and what her sheet says about it."""

    change_wanted = Signal()
    done_wanted = Signal()

    def __init__(self, seat: Seat, *, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Next step"), size="body", parent=parent)
        self.seat = seat
        self.change = LinkButton(_("Change"), slim=True)
        self.change.clicked.connect(self.change_wanted)
        self.at_right(self.change)
        self.change.setVisible(may_change)
        line = QHBoxLayout()
        line.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.words = Words("", strong=True, wrap=True)
        self.day = Words("", tone="muted", wrap=True)
        self.paper = Words("", "small", "muted", wrap=True)
        for label in (self.words, self.day, self.paper):
            words.addWidget(label)
        line.addWidget(IconLabel("flag", 16, "accent"), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.add_layout(line)
        self.done = LinkButton(_("Mark done"), "check", slim=True)
        self.done.clicked.connect(self.done_wanted)
        self._may_change = may_change
        row = QHBoxLayout()
        row.addSpacing(25)
        row.addWidget(self.done)
        row.addStretch(1)
        self.add_layout(row, above=4)
        self.end(12)

    def show_step(self, step: NextStep | None) -> None:
        """Show the open next step."""
        self.done.setVisible(step is not None and self._may_change)
        self.change.set_words(_("Change") if step is not None else _("Write it down"))
        if step is None:
            self.words.setText(_("No next step yet"))
            self.day.hide()
            self.paper.hide()
            return
        said = text_of(step, "words")
        kind = vocab.APPOINTMENT_KINDS.label(step.kind or "other")
        self.words.setText(self.seat.masked(said) if said else kind)
        day = formats.day(step.on, style="weekday_day_month") if step.on else ""
        at = f"{step.at:%H:%M}" if step.at else ""
        self.day.setText(", ".join(filter(None, (day, at))))
        self.day.setVisible(bool(day or at))
        paper = text_of(step, "paper_words")
        on_sheet = self.seat.masked(paper) if paper else _("Appointment")
        self.paper.setText(_("On her sheet: {words}").format(words=on_sheet))
        self.paper.show()


class PlanCard(Card):
    """When the plan was agreed and is looked at again, and which of its papers there are."""

    change_wanted = Signal()
    new_wanted = Signal()
    ask_wanted = Signal()
    give_back_wanted = Signal()

    def __init__(self, *, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("This plan"), size="body", parent=parent)
        self.change = LinkButton(_("Change"), slim=True)
        self.change.clicked.connect(self.change_wanted)
        self.at_right(self.change)
        self.change.setVisible(may_change)
        self.facts = Facts()
        self.add(self.facts)
        self.new = LinkButton(_("Begin a new plan"), slim=True)
        self.new.clicked.connect(self.new_wanted)
        self.ask = LinkButton(_("Ask for approval…"), slim=True)
        self.ask.clicked.connect(self.ask_wanted)
        self.give_back = LinkButton(_("Give back…"), slim=True)
        self.give_back.clicked.connect(self.give_back_wanted)
        column = QVBoxLayout()
        column.setSpacing(2)
        for link in (self.ask, self.give_back, self.new):
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)
        self.add_layout(column, inset=tokens.CARD_PADDING - self.new.side(), above=6)
        self.new.setVisible(may_change)
        self.offer(ask=False, give_back=False)
        self.end(12)

    def offer(self, *, ask: bool, give_back: bool) -> None:
        """Offer to ask for approval, or to give back what was approved."""
        self.ask.setVisible(ask)
        self.give_back.setVisible(give_back)

    def show_plan(self, plan: Plan, papers: dict[str, Paper], approval: Fact, today: date) -> None:
        """Show the plan at work."""
        past = plan.review_on is not None and plan.review_on <= today
        facts = [Fact(_("Number"), formats.number(plan.number))] if plan.number > 1 else []
        facts += [
            Fact(_("Agreed"), formats.day(plan.agreed_on) if plan.agreed_on else _("not yet")),
            Fact(
                _("Review"),
                formats.day(plan.review_on) if plan.review_on else _("no day yet"),
                "attention" if past else "",
            ),
            approval,
            Fact(_("Her sheet"), sheet_words(plan)),
            Fact(_("For the file"), _file_words(papers.get(FOR_THE_FILE), today)),
        ]
        self.facts.set_facts(facts)


class WellbeingCard(Card):
    """Her own ratings as lines and as numbers; a round is added where they stand."""

    add_wanted = Signal()

    def __init__(self, seat: Seat, *, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Wellbeing"), size="body", parent=parent)
        self.seat = seat
        self.add_link = LinkButton(_("Add round"), slim=True)
        self.add_link.clicked.connect(self.add_wanted)
        self.at_right(self.add_link)
        self.add_link.setVisible(may_change)
        self.add(Words(_("Own rating, 1 low to 5 high"), "small", "muted"))
        self.editor_place = QVBoxLayout()
        self.add_layout(self.editor_place, inset=0, above=6)
        self.chart = QLabel()
        self.chart.setObjectName("wellbeing_chart")
        self.chart.setFixedHeight(theme.px(_CHART_HEIGHT))
        self.add(self.chart, inset=8, above=2)
        self.empty = Words(
            _("She has not rated yet. Mood and feeling safe, from 1 to 5, are asked together."), wrap=True
        )
        self.empty.set_tone("muted")
        self.add(self.empty, above=4)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(12)
        self._table.setVerticalSpacing(4)
        self._table.setColumnStretch(0, 1)
        holder = QWidget()
        holder.setLayout(self._table)
        self._table.setContentsMargins(0, 0, 0, 0)
        self.add(holder, above=4)
        self.end(14)
        self._ratings: tuple[Rating, ...] = ()
        self._arrived: date | None = None
        self._drawn: tuple[Any, ...] = ()
        self._dated: list[QWidget] = []
        theme.notifier.changed.connect(self._draw)

    def show_ratings(self, ratings: Sequence[Rating], arrived: date | None) -> None:
        """Show all rounds of a person."""
        self._ratings, self._arrived = tuple(ratings), arrived
        self.chart.setVisible(len(ratings) > 1)
        self.empty.setVisible(not ratings)
        self._fill_table()
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _fill_table(self) -> None:
        for widget in self._dated:
            self._table.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._dated = []
        rounds = self._ratings[-_ROUNDS_IN_TABLE:]
        if not rounds:
            return
        for row, (title, attribute) in enumerate(((_("Mood"), "mood"), (_("Safety"), "safety")), 1):
            self._cell(row, 0, Words(title, "small", "muted"))
            for column, one in enumerate(rounds, 1):
                value = getattr(one, attribute)
                label = Words("–" if value is None else formats.number(value), "small")
                day = formats.day(one.rated_on, style="day_month")
                label.setAccessibleName(f"{title}, {day}: {label.text()}")
                self._cell(row, column, label)
        for column, one in enumerate(rounds, 1):
            self._cell(0, column, Words(formats.day(one.rated_on, style="day_month_short"), "small", "muted"))

    def _cell(self, row: int, column: int, label: Words) -> None:
        side = Qt.AlignmentFlag.AlignLeading if column == 0 else Qt.AlignmentFlag.AlignTrailing
        self._table.addWidget(label, row, column, side)
        self._dated.append(label)

    def _draw(self) -> None:
        """Let the worker draw the lines; the drawing library is too slow to be loaded while somebody waits."""
        rounds = self._ratings[-_ROUNDS_IN_CHART:]
        if len(rounds) < 2 or self.chart.width() < 80:
            return
        ratio, now = self.devicePixelRatioF(), theme.current()
        size = charts.Size(self.chart.width(), self.chart.height(), ratio, tokens.SMALL_POINTS * theme.scale())
        key = (tuple(one.id for one in rounds), size, now.dark, language())
        if key == self._drawn:
            return
        self._drawn = key
        labels = self._labels(rounds)
        series = [
            _series(_("Mood"), [one.mood for one in rounds]),
            _series(_("Safety"), [one.safety for one in rounds]),
        ]
        palette = charts.Palette(
            series=tokens.CHART_DARK if now.dark else tokens.CHART_LIGHT,
            text=now.text,
            muted=now.muted,
            axis=now.btnborder,
            grid=now.soft,
            mark=now.text,
            hidden=now.muted,
        )
        self.chart.setAccessibleName(
            " ".join(charts.line_in_words(line.name, labels, line, language()) for line in series)
        )

        def draw(_task: Any) -> bytes:
            return charts.line_chart(labels, series, None, palette, size, _mark_words, range(LOWEST, HIGHEST + 1))

        self.seat.in_background(draw, lambda png: self._take(key, png), owner=self)

    def _take(self, key: tuple[Any, ...], png: bytes) -> None:
        if key != self._drawn:
            return
        picture = QPixmap()
        picture.loadFromData(png)
        picture.setDevicePixelRatio(key[1].scale)
        self.chart.setPixmap(picture)

    def _labels(self, rounds: Sequence[Rating]) -> list[str]:
        """Name the rounds by how long she was here; days alone where she never lived here."""
        today = self.seat.desk.today()
        first = self._ratings[0].rated_on
        labels: list[str] = []
        for number, one in enumerate(rounds):
            weeks = (one.rated_on - first).days // 7
            if number == len(rounds) - 1 and (today - one.rated_on).days <= 21:
                labels.append(_("Now"))
            elif one is self._ratings[0] and self._arrived is not None and (first - self._arrived).days <= 14:
                labels.append(_("Arrival"))
            elif weeks * 7 < _MONTH_DAYS - 3 and weeks:
                labels.append(ngettext("{n} week", "{n} weeks", weeks))
            elif weeks:
                months = round((one.rated_on - first).days / _MONTH_DAYS)
                labels.append(ngettext("{n} month", "{n} months", months))
            else:
                labels.append(formats.day(one.rated_on, style="day_month_short"))
        return labels


def sheet_words(plan: Plan) -> str:
    """Return in words whether her sheet was offered, and where it is."""
    if plan.sheet_taken:
        return _("offered, taken along")
    if plan.sheet_offered:
        return _("offered, she takes none") if plan.sheet_taken is False else _("offered, kept here")
    return _("not offered yet")


def _file_words(paper: Paper | None, today: date) -> str:
    if paper is None:
        return _("not printed yet")
    style = "day_month" if paper.on.year == today.year else "long"
    return _("printed {day}").format(day=formats.day(paper.on, style=style))


def _series(name: str, values: Sequence[int | None]) -> charts.Series:
    last = next((value for value in reversed(values) if value is not None), None)
    end = f"{name} {formats.number(last)}" if last is not None else name
    return charts.Series(name, tuple(values), end)


def _mark_words(mark: float) -> str:
    return formats.number(int(mark)) if mark in (LOWEST, (LOWEST + HIGHEST) / 2, HIGHEST) else ""
