"""The table of a summary on screen: exact, for who may open the records."""

from __future__ import annotations

from collections.abc import Collection

from shelterdesk import formats
from shelterdesk.i18n import _, ngettext
from shelterdesk.summaries.table import PREVIOUS, SINCE_JANUARY, THIS, Figure, Row, Summary
from ui.widgets.table_cells import Cell, Column, TableGroup, TableRow
from ui.widgets.table_view import TableView

PEOPLE_UNITS = ("people", "count")


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


def shown_value(row: Row, figure: Figure) -> str:
    """Spell one figure in its unit; «–» where it cannot be told."""
    if figure.value is None:
        return "–"
    match row.unit:
        case "percent":
            return formats.percent(float(figure.value))
        case "hours":
            return formats.number(figure.value, decimals=1)
        case _:
            return formats.number(figure.value, decimals=0 if float(figure.value).is_integer() else 1)


def _is_shown(row: Row, splits: Collection[str]) -> bool:
    # New and returning, reasons and «without a stay» answer questions of their own; age, sex and status multiply rows.
    return row.split in ("", "stay", "kind") or row.split in splits


def _row(row: Row) -> TableRow:
    this, previous, since = row.figures[THIS], row.figures[PREVIOUS], row.figures[SINCE_JANUARY]
    people = ""
    if row.unit not in PEOPLE_UNITS and row.unit != "percent" and this.people is not None and not row.same_as:
        people = ngettext("{n} person", "{n} people", this.people)
    return TableRow(
        row.id,
        (
            Cell(_(row.label)),
            Cell(shown_value(row, this), strong=True),
            Cell(people, tint="muted", small=True),
            Cell(shown_value(row, previous), tint="muted"),
            Cell(shown_value(row, since)),
        ),
        indent=row.level > 0,
    )
