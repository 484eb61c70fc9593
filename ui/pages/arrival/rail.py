"""What stands beside the arrival form: what to say first, who is expected, who it may be, and what can wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import formats, stays
from shelterdesk.arrival_requests import ArrivalRequest
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, _
from shelterdesk.search import Entry
from shelterdesk.vault.compartments import Compartment
from ui import theme
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import ElidedWords, IconLabel, Words

WIDTH: Final = 284
_LATER: Final = (
    N_("Legal name and birth date"),
    N_("Papers and phone number"),
    N_("What happened"),
    N_("Consents and house rules"),
    N_("Referral and documents"),
)
_EXPECTED_SHOWN: Final = 3


class SayFirst(QFrame):
    """Words for the first minute, before anything is typed."""

    def __init__(self) -> None:
        super().__init__()
        theme.mark(self, banner="info")
        self.setObjectName("say-first")
        self.setAccessibleName(_("Say first"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 11)
        column.setSpacing(4)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(IconLabel("info", 16, "info"))
        heading.addWidget(Words(_("Say first"), tone="info", strong=True))
        heading.addStretch(1)
        column.addLayout(heading)
        said = _("She is safe to rest now. She need not tell anything tonight. Water, food, a closed door.")
        column.addWidget(Words(said, wrap=True))


class MaybeOnFile(Card):
    """«May already be on file» beside the form. It never stands in the way of saving.

    ``chosen`` hands back whom it is, or None where she is new after all; ``refused`` who it is not.
    """

    chosen = Signal(object)
    refused = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("May already be on file"), size="body")
        self.setObjectName("maybe-on-file")
        self._seat = seat
        self._entry: Entry | None = None
        self._is_her = False
        self.at_right(IconLabel("users-round", 16, "muted"))
        self.name = ElidedWords("", strong=True, sensitive=True)
        self.code = Words("", "small", "muted")
        self.more = Words("", "small", "muted", wrap=True)
        who = QWidget()
        line = QHBoxLayout(who)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.name, 1)
        line.addWidget(self.code)
        self.her = Button(_("It is her"))
        self.other = LinkButton(_("Not her"))
        self.add(who)
        self.add(self.more, above=2)
        self.add_row(self.her, self.other, above=8)
        self.end(12)
        self.her.clicked.connect(self._say_it_is)
        self.other.clicked.connect(self._say_it_is_not)
        self.hide()

    def show_maybe(self, entry: Entry | None) -> None:
        """Show who it may be, or nothing."""
        self._show(entry, is_her=False)

    def show_her(self, entry: Entry) -> None:
        """Show that the arrival is that of somebody on file."""
        self._show(entry, is_her=True)

    def is_her(self) -> bool:
        """Tell whether somebody said that it is her."""
        return self._is_her and self._entry is not None

    def _show(self, entry: Entry | None, *, is_her: bool) -> None:
        self._entry, self._is_her = entry, is_her
        self.setVisible(entry is not None)
        if entry is None:
            return
        self.set_title(_("On file: her record gets a new stay") if is_her else _("May already be on file"))
        self.name.setText(self._seat.masked(entry.name))
        self.code.setText(entry.code if entry.code != entry.name else "")
        said = self._words(entry)
        self.more.setText(said)
        self.more.setVisible(bool(said))
        self.her.setVisible(not is_her)
        self.other.set_words(_("Not her after all") if is_her else _("Not her"))

    def _words(self, entry: Entry) -> str:
        parts = [self._last_stay(entry.id)]
        # Who holds only the key of the house knows people by what they are called here.
        if entry.birth_year and self._seat.desk.holds(Compartment.IDENTITY):
            parts.append(_("born {year}").format(year=entry.birth_year))
        if entry.archived:
            parts.append(_("archived"))
        return " · ".join(part for part in parts if part)

    def _last_stay(self, person_id: UUID) -> str:
        desk = self._seat.desk
        try:
            found = stays.stays_of(desk, person_id)
        except ShelterDeskError:
            return ""
        if not found:
            return _("On file, never lived here")
        last = found[0]
        if last.left_on is None:
            return _("Lives here now")
        return _("Was here before, until {day}").format(day=formats.day(last.left_on, style="short"))

    def _say_it_is(self) -> None:
        if self._entry is not None:
            self.show_her(self._entry)
            self.chosen.emit(self._entry)

    def _say_it_is_not(self) -> None:
        entry, was = self._entry, self._is_her
        if was:
            self.chosen.emit(None)
        if entry is not None:
            self.refused.emit(entry.id)


class Expected(Card):
    """Who is expected; a press fills in what the call told. ``chosen`` hands back the id of the call."""

    chosen = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Expected"), size="body")
        self.setObjectName("expected")
        self._seat = seat
        self.rows = RowList(_("Expected"), RowShape(height=32, inset=10))
        self.rows.opened.connect(self.chosen)
        self.rows.acted.connect(self.chosen)
        self.all = LinkButton(_("All requests"), slim=True)
        self.at_right(self.all)
        self.add(self.rows, inset=8)
        self.end(8)
        self.hide()

    def show_calls(self, calls: Sequence[ArrivalRequest]) -> None:
        """Show who may come, the first expected first."""
        self.setVisible(bool(calls))
        self.rows.set_rows([_row_of(self._seat, one) for one in calls[:_EXPECTED_SHOWN]])


def _row_of(seat: Seat, call: ArrivalRequest) -> Row:
    name = seat.masked(call.name_used) if call.name_used else _("Somebody")
    return Row(name, call.id, icon="door-open", detail=when_words(seat, call), action=_("Is here"))


def when_words(seat: Seat, call: ArrivalRequest) -> str:
    """Return when somebody is expected, in short: «04:00» today, else the day."""
    if call.expected_on is None:
        return ""
    at = call.expected_at.strftime("%H:%M") if call.expected_at is not None else ""
    if call.expected_on == seat.desk.today():
        return at or _("today")
    return " ".join(part for part in (formats.day(call.expected_on, style="day_month_short"), at) if part)


def later_card() -> Card:
    """Return the card of what is not asked tonight."""
    card = Card(_("Not now, not tonight"), size="body")
    card.setObjectName("not-tonight")
    rows = RowList(_("Not now, not tonight"), RowShape(height=28, inset=10))
    rows.set_rows([Row(_(title), title, icon="circle", quiet=True) for title in _LATER])
    card.add(rows, inset=8)
    card.add(Words(_("The day shift is asked for these."), "small", "muted", wrap=True), above=4)
    card.end(12)
    return card


def entry_of(seat: Seat, person_id: Any) -> Entry | None:
    """Return whom the index knows by this id."""
    return next((one for one in seat.index.entries if one.id == person_id), None)
