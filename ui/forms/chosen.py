"""A choice among given words, where the words are better known to the form than to the field's list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from shelterdesk import legal_matters, residents
from shelterdesk.fields import Field
from shelterdesk.folding import fold, sort_key, sounds
from shelterdesk.i18n import _, language
from shelterdesk.members import colleagues
from ui import theme
from ui.seat import Seat, person_words
from ui.widgets.choice_field import ChoiceField


class ChosenEditor:
    """One of *choices* (value, words); *nothing* stands first where no answer is an answer."""

    fills = True

    def __init__(
        self, field: Field, choices: Sequence[tuple[Any, str]], nothing: str | None = None, width: int = 0
    ) -> None:
        self._nothing = nothing
        self.choice = ChoiceField(_(field.label), fold=fold, heard=sounds)
        self.offer(choices)
        if width:
            self.fills = False
            self.choice.setFixedWidth(theme.px(width))
        else:
            self.choice.setMinimumWidth(theme.px(150))
        self.widget: QWidget = self.choice

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other choices; the chosen one stays if it is among them."""
        first = [] if self._nothing is None else [(None, self._nothing)]
        offered = [*first, *choices]
        # What stands half typed in the line is not lost for nothing.
        if offered != self.choice.choices():
            self.choice.set_choices(offered, self.choice.value())

    def value(self) -> Any:
        return self.choice.value()

    def set_value(self, value: Any) -> None:
        self.choice.set_value(value)

    def on_change(self, listener: Callable[[], None]) -> None:
        self.choice.chosen.connect(lambda _value: listener())


class StaffEditor(ChosenEditor):
    """Somebody who works here. Who does no longer is no choice, but stays where they were chosen before."""

    def __init__(self, field: Field, seat: Seat, nothing: str, width: int = 0) -> None:
        self._here = [(who.id, who.with_role()) for who in colleagues(seat.desk)]
        self._known = {who.id: who.with_role() for who in colleagues(seat.desk, former=True)}
        super().__init__(field, self._here, nothing, width)

    def set_value(self, value: Any) -> None:
        if value in self._known and value not in dict(self._here):
            self.offer([*self._here, (value, self._known[value])])
        super().set_value(value)


class MatterEditor(ChosenEditor):
    """One of the legal matters of somebody, or none."""

    def __init__(self, field: Field, seat: Seat, whose: UUID | None) -> None:
        self._seat = seat
        super().__init__(field, self._of(whose), _("None of hers"))

    def offer_of(self, whose: UUID | None) -> None:
        """Offer the matters of somebody else."""
        self.offer(self._of(whose))

    def has_any(self) -> bool:
        """Tell whether there is a matter to choose."""
        return len(self.choice.choices()) > 1

    def _of(self, whose: UUID | None) -> list[tuple[Any, str]]:
        hers = {} if whose is None else legal_matters.names_of(self._seat.desk, of=whose)
        return [(one, self._seat.masked(name)) for one, name in hers.items()]


class PersonEditor(ChosenEditor):
    """Somebody who is supported. Who came meanwhile is offered too, and while somebody visits only codes are."""

    def __init__(self, field: Field, seat: Seat, nothing: str | None = None, width: int = 0) -> None:
        super().__init__(field, supported_people(seat), nothing, width)
        offer_people(seat, self)


class _Renewing(QObject):
    """Offers people anew; it goes with the choice it belongs to."""

    def __init__(self, seat: Seat, editor: ChosenEditor) -> None:
        super().__init__(editor.choice)
        self._seat, self._editor = seat, editor

    def renew(self) -> None:
        """Offer who is supported now, if that is somebody else."""
        self._editor.offer(supported_people(self._seat))


def offer_people(seat: Seat, editor: ChosenEditor) -> None:
    """Have *editor* offer people by their codes as soon as somebody visits, and by name again afterwards."""
    renewing = _Renewing(seat, editor)
    seat.visitor_changed.connect(renewing.renew)


_SUPPORTED = ("here_now", "without_stay")


def supported_people(seat: Seat) -> list[tuple[Any, str]]:
    """Return who lives here or is supported, by name; visitor mode leaves the codes only."""
    found = {row.id: row for list_id in _SUPPORTED for row in residents.list_rows(seat.desk, list_id)}
    if seat.visitor:
        return sorted(((row.id, row.code) for row in found.values()), key=lambda one: one[1])
    chosen = language()
    rows = sorted(found.values(), key=lambda row: sort_key(row.name, chosen))
    return [(row.id, person_words(row.name, row.code)) for row in rows]
