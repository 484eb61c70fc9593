"""What a table says, as a screen reader would read it."""

from __future__ import annotations

from ui.widgets.table_cells import CELL_ROLE
from ui.widgets.table_view import TableView


def lines_of(table: TableView) -> list[str]:
    """Return its rows, the cells of each between bars."""
    model = table.model()
    return [
        " | ".join(model.index(row, column).data(CELL_ROLE).spoken() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
