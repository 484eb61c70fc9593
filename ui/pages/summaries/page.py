"""The summary page (director): which period, the exact figures with the people behind them, charts, the way out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from shelterdesk.access import Right
from shelterdesk.i18n import N_, _
from shelterdesk.summaries import period as periods
from shelterdesk.summaries.period import Period
from shelterdesk.summaries.summary import summarise
from shelterdesk.summaries.table import ChartBars, Summary
from shelterdesk.summaries.words import balance_words
from ui import theme
from ui.dialogs.export_everything import ExportEverythingDialog
from ui.dialogs.export_tables import ExportTablesDialog
from ui.pages.summaries.charts import ChartPicture
from ui.pages.summaries.definitions import DefinitionsPanel
from ui.pages.summaries.export_strip import ExportStrip
from ui.pages.summaries.table import SummaryTable
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.page import Page
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

_LENGTHS: Final = (("month", N_("Month")), ("quarter", N_("Quarter")), ("year", N_("Year")))
_SPLITS: Final = (
    ("sex_age", N_("Women, men, girls, boys")),
    ("status", N_("Identification status")),
    ("returning", N_("New and returning")),
    ("reason", N_("Reasons")),
    ("source", N_("Referred by")),
    ("incident", N_("Kind of alert and incident")),
)
_OFFERED: Final = {"month": 24, "quarter": 12, "year": 6}
_CHARTS_BELOW: Final = 1080
_MAKE: Final = {"month": periods.month, "quarter": periods.quarter, "year": periods.year}


class SummariesPage(Page):
    """One period at a time, counted by the worker."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Monthly summary"))
        self.seat = seat
        self.summary: Summary | None = None
        # The month that is over is the one to report; the running one is a step away.
        self.period = periods.month(seat.desk.today()).previous()
        self.splits: set[str] = {"returning"}
        self._stale = True
        self.back = IconButton("chevron-left", _("Earlier period"))
        self.on = IconButton("chevron-right", _("Later period"))
        self.chooser = ChoiceField(_("Period"))
        self.chooser.setMinimumWidth(theme.px(152))
        self.length = Segmented(_("Length"), [(key, _(label)) for key, label in _LENGTHS], "month")
        self._lay_out_header()
        self._lay_out_body()
        self.strip = ExportStrip(seat)
        self.set_strip(self.strip)
        self.strip.setVisible(seat.desk.may(Right.EXPORT_SUMMARIES))
        self.back.clicked.connect(lambda: self.choose(self.period.previous()))
        self.on.clicked.connect(lambda: self.choose(self.period.next()))
        self.chooser.chosen.connect(self.choose)
        self.length.chosen.connect(self._change_length)
        self.split.clicked.connect(self._offer_splits)
        self.what.clicked.connect(self._toggle_definitions)
        seat.bus.changed.connect(self._after_change)

    def _lay_out_header(self) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.back, self.chooser, self.on):
            row.addWidget(widget)
        row.addSpacing(4)
        row.addWidget(self.length)
        self.beside_title(line)

    def _lay_out_body(self) -> None:
        self.table = SummaryTable()
        self.table_card = Card("")
        self.table_card.add(self.table, inset=1)
        self.split = LinkButton(_("Split by…"), icon="users-round")
        self.what = LinkButton(_("What is counted"), icon="info")
        self.tables = LinkButton(_("HTCDS and GBVIMS…"), icon="file-output")
        self.tables.setObjectName("tables")
        may = self.seat.desk.may(Right.EXPORT_EXACT) and self.seat.desk.may(Right.SEE_RECORDS)
        self.tables.setEnabled(may)
        self.tables.clicked.connect(self._export_tables)
        self.sum = Words("", "small", "muted")
        foot = QHBoxLayout()
        foot.addWidget(self.split)
        foot.addSpacing(8)
        foot.addWidget(self.what)
        foot.addSpacing(8)
        foot.addWidget(self.tables)
        foot.addStretch(1)
        foot.addWidget(self.sum)
        self.table_card.add_layout(foot, inset=8, above=8)
        self.tables.setVisible(may)
        self.table_card.end(8)
        self.definitions = DefinitionsPanel()
        self.definitions.hide()
        self.chart_column = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.chart_column.setSpacing(12)
        self.chart_column.addStretch(1)
        self.chart_cards: list[tuple[Card, ChartPicture]] = []
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.table_card)
        left.addWidget(self.definitions)
        left.addStretch(1)
        self.columns.addLayout(left, 3)
        self.columns.addLayout(self.chart_column, 2)
        self.content.addLayout(self.columns)
        self.content.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Beside charts the figures would have no room left for their names.
        below = self.width() < _CHARTS_BELOW * theme.scale()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.columns.setDirection(down if below else across)
        self.chart_column.setDirection(across if below else down)

    # --- what the window asks --------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        if self._stale or self.summary is None:
            self.choose(self.period)
        if place.doing == "export_tables" and self.tables.isEnabled():
            self._export_tables()
        elif place.doing == "export_everything" and self.tables.isEnabled():
            ExportEverythingDialog(self.seat, self.window()).open()

    def refresh(self) -> None:
        self.choose(self.period)

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"export": self.strip.export} if self.seat.desk.may(Right.EXPORT_SUMMARIES) else {}

    def keep_drafts(self) -> None:
        return

    # --- choosing --------------------------------------------------------------------------------------------

    def choose(self, period: Period) -> None:
        """Count *period* in the worker and show it."""
        self.period = period
        self._stale = False
        self._fill_chooser()
        desk = self.seat.desk
        self.on.setEnabled(period.next().first <= desk.today())
        self.seat.in_background(lambda _task: summarise(desk, period), self._show, owner=self)

    def _change_length(self, length: str) -> None:
        self.choose(_MAKE[length](min(self.period.last, self.seat.desk.today())))

    def _fill_chooser(self) -> None:
        newest = _MAKE[self.period.length](self.seat.desk.today())
        offered = [newest]
        while len(offered) < _OFFERED[self.period.length]:
            offered.append(offered[-1].previous())
        if self.period not in offered:
            offered.append(self.period)
        self.chooser.set_choices([(one, one.label()) for one in offered], self.period)

    def _show(self, summary: Summary) -> None:
        if summary.period != self.period:
            return  # somebody has chosen another period meanwhile
        self.summary = summary
        self.table.show_summary(summary, self.splits)
        self.sum.setText(balance_words(summary))
        self.definitions.show_summary(summary)
        self._show_charts(summary)
        self.strip.show_summary(summary)

    def _show_charts(self, summary: Summary) -> None:
        while len(self.chart_cards) < len(summary.series):
            card, picture = Card(""), ChartPicture(self.seat)
            card.add(picture, stretch=1)
            card.end()
            self.chart_column.insertWidget(len(self.chart_cards), card)
            self.chart_cards.append((card, picture))
        for series, (card, picture) in zip(summary.series, self.chart_cards, strict=False):
            card.set_title(_(series.label))
            mark = summary.previous.short_label(summary.period) if isinstance(series, ChartBars) else ""
            card.set_aside(_("▏{period}").format(period=mark) if mark else "")
            picture.show_series(summary, series)

    def _offer_splits(self) -> None:
        menu = QMenu(self)
        for key, label in _SPLITS:
            action = menu.addAction(_(label))
            action.setCheckable(True)
            action.setChecked(key in self.splits)
            action.toggled.connect(partial(self._split, key))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.split.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _split(self, key: str, on: bool) -> None:
        self.splits = self.splits | {key} if on else self.splits - {key}
        if self.summary is not None:
            self.table.show_summary(self.summary, self.splits)

    def _export_tables(self) -> None:
        ExportTablesDialog(self.seat, self.window()).open()

    def _toggle_definitions(self) -> None:
        self.definitions.setVisible(self.definitions.isHidden())
        if self.definitions.isVisible():
            self.scroll_area.ensureWidgetVisible(self.definitions)

    def _after_change(self, _kinds: frozenset[str]) -> None:
        # Counting again at every change would keep the worker busy for nothing; the next visit counts anew.
        self._stale = True
