"""What does not fit in stays and beds, each with the way to put it right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from shelterdesk import stay_problems
from shelterdesk.access import Right
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from shelterdesk.stay_problems import StayProblem
from ui.place import Place
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList

_SHOWN = 7


class ProblemsCard(Card):
    """Hidden where everything fits. ``person_wanted`` asks for the tile of somebody."""

    person_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("To put right"), size="body")
        self.setObjectName("stay_problems")
        self.seat = seat
        self._problems: tuple[StayProblem, ...] = ()
        self.rows = RowList(_("To put right"))
        self.add(self.rows, inset=8)
        self.end(8)
        self.rows.opened.connect(self._open)
        self.rows.acted.connect(self._put_right)

    def show_problems(self, found: Sequence[StayProblem]) -> None:
        """Show the first of *found*."""
        self._problems = tuple(found)
        may = self.seat.desk.may(Right.KEEP_STAYS)
        rows = [
            Row(
                self.seat.masked(one.person),
                number,
                icon="circle-alert",
                detail=one.words(),
                action=one.way() if may else "",
                sensitive=True,
            )
            for number, one in enumerate(found[:_SHOWN])
        ]
        more = len(found) - len(rows)
        if more > 0:
            rows.append(Row(ngettext("and {n} more", "and {n} more", more), quiet=True))
        self.rows.set_rows(rows)
        self.setVisible(bool(found))

    def _open(self, key: Any) -> None:
        if not isinstance(key, int):
            return
        one = self._problems[key]
        if self.seat.desk.may(Right.SEE_RECORDS):
            self.seat.go(Place("residents", person_id=one.person_id, section="stay"))
        else:
            self.person_wanted.emit(one.person_id)

    def _put_right(self, key: Any) -> None:
        if not isinstance(key, int):
            return
        one, desk = self._problems[key], self.seat.desk
        if one.mend in stay_problems.WITH_A_FORM:
            if one.mend == "leave" and desk.may(Right.SEE_RECORDS):
                self.seat.go(Place("residents", person_id=one.person_id, section="stay", doing="leave"))
            else:
                self.person_wanted.emit(one.person_id)
            return
        try:
            undo = stay_problems.put_right(desk, one)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.say(_("Put right: {what}").format(what=one.way()), undo)
