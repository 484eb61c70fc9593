"""The table of a summary on screen: exact, for who may open the records."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from shelterdesk.i18n import _
from shelterdesk.summaries.table import PREVIOUS, SINCE_JANUARY, THIS, Row, Summary
from shelterdesk.summaries.words import figure_words, people_words
from ui.widgets.table_cells import Cell, Column, TableGroup, TableRow
from ui.widgets.table_view import TableView

_ALWAYS: Final = ("", "stay", "kind", "away", "state", "result")


class SummaryTable(TableView):
    """Rows in sections; the parts of a split are shown when they are asked for."""

    def __init__(self) -> None:
        super().__init__(_("Figures of the period"), [], row_height=26, fits=True)

    def show_summary(self, summary: Summary, splits: Collection[str]) -> None:
        """Show *summary* with the parts of the chosen *splits*."""
        period, previous, since = summary.columns
        self.set_columns(
            [
                Column("", share=3),
                Column(period.label(), width=120, number=True),
                Column("", width=90, number=True),
                Column(previous.short_label(period), width=100, number=True),
                Column(since.short_label(period), width=116, number=True),
            ]
        )
        self.set_content(
            [
                TableGroup(_(section.label), rows=tuple(_row(row) for row in section.rows if _is_shown(row, splits)))
                for section in summary.sections
            ]
        )


def _is_shown(row: Row, splits: Collection[str]) -> bool:
    # New and returning, reasons and «without a stay» answer questions of their own; age, sex and status multiply rows.
    return row.split in _ALWAYS or row.split in splits


def _row(row: Row) -> TableRow:
    this, previous, since = (figure_words(row.figures[column], row.unit) for column in (THIS, PREVIOUS, SINCE_JANUARY))
    # Shares and averages repeat the people of the row they are worked out from.
    people = "" if row.same_as else people_words(row, row.figures[THIS])
    return TableRow(
        row.id,
        (
            Cell(_(row.label)),
            Cell(this, strong=True),
            Cell(people, tint="muted", small=True),
            Cell(previous, tint="muted"),
            Cell(since),
        ),
        indent=row.level > 0,
    )
