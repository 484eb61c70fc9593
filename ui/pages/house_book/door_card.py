"""Who may collect the children who are here, and who must not: what the door has to know at any hour."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import family, residents, vocab
from shelterdesk.family import Relative
from shelterdesk.i18n import _
from shelterdesk.schema.base import text_of
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.text import Words


class DoorCard(Card):
    """Nothing is shown while nothing was put down of any child who is here."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Who collects the children"), size="body")
        self.setObjectName("at_the_door")
        self.seat = seat
        self._lines = QWidget()
        self._column = QVBoxLayout(self._lines)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.add(self._lines)
        self.end(12)
        self.hide()

    def show_tonight(self) -> None:
        """Read anew what holds for the children who are here."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        here = {row.id: row.name for row in residents.list_rows(self.seat.desk, residents.HERE_NOW.id)}
        said = family.at_the_door(self.seat.desk, here)
        for child, lines in sorted(said.items(), key=lambda one: here[one[0]].casefold()):
            self._column.addWidget(Words(self.seat.masked(here[child]), strong=True, parent=self._lines))
            for one in lines:
                tone = "attention" if one.relation.may_collect == "no" else "muted"
                self._column.addWidget(Words(self._words(one), tone=tone, wrap=True, parent=self._lines))
        self.setVisible(bool(said))

    def _words(self, one: Relative) -> str:
        kinship = vocab.KINSHIPS.label(one.kinship)
        who = f"{kinship}, {self.seat.masked(one.name)}" if one.name else kinship
        how = vocab.COLLECTING.label(one.relation.may_collect)
        at_door = text_of(one.relation, "at_door")
        words = _("{how}: {who}.").format(how=how, who=who)
        return f"{words} {self.seat.masked(at_door)}" if at_door else words
