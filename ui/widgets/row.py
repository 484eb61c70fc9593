"""What one row of a list shows. A plain description; how it is drawn lies in ``row_delegate``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from ui.widgets.chip import ChipText

ROW_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Row:
    """One row: lead (time, icon, check box), title, second column, trailing words, chip, action link.

    ``key`` is handed back by the signals. A ``header`` row shows its title and a line and cannot be chosen.
    ``day`` stands small between icon and title where the list has a column for it, ``detail`` is small text right
    after the title. ``current`` is the row that is on now. A ``quiet`` row is done and stays, muted. ``under``
    marks a row that belongs to the one above it. ``sensitive`` keeps the text out of the tooltip. ``lines`` > 1
    lets the title wrap; ``below`` is a small second line and needs a list with rows high enough.
    """

    title: str
    key: Any = None
    time: str = ""
    icon: str = ""
    day: str = ""
    icon_tint: str = "muted"
    checked: bool | None = None
    detail: str = ""
    detail_tint: str = "muted"
    below: str = ""
    second: str = ""
    third: str = ""
    trailing: str = ""
    trailing_icon: str = ""
    chip: ChipText | None = None
    action: str = ""
    current: bool = False
    quiet: bool = False
    strong: bool = False
    under: bool = False
    header: bool = False
    sensitive: bool = False
    lines: int = 1
    spoken: str = ""

    def words(self) -> str:
        """Return the row as a screen reader says it: the distinctive part first."""
        if self.spoken:
            return self.spoken
        chip = self.chip.words if self.chip else ""
        parts = ", ".join(filter(None, (self.time, self.day, self.title, self.detail, self.below, self.second)))
        ends = ", ".join(filter(None, (self.third, self.trailing, chip)))
        return f"{parts}, {ends}" if ends else parts
