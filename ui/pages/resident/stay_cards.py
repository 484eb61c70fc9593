"""Cards of the stay: nights away, visitors, what is kept for her, the days after leaving."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from shelterdesk import formats
from shelterdesk.absences import Absence, nights_away
from shelterdesk.appointments import Appointment
from shelterdesk.belongings import Belonging
from shelterdesk.follow_ups import FollowUp
from shelterdesk.i18n import _, ngettext
from shelterdesk.stays import Stay
from shelterdesk.visits import Visit
from ui.pages.resident.dated_card import DatedCard
from ui.pages.resident.field_facts import words_of
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.chip import ChipText
from ui.widgets.table_view import Cell, Column, TableRow


class AbsenceCard(DatedCard):
    """Nights away. ``back_wanted`` asks to record that she is back today."""

    back_wanted = Signal()

    def __init__(self, seat: Seat, *, may_change: bool) -> None:
        super().__init__(
            "absences",
            _("Nights away"),
            _("No night away is recorded."),
            [
                Column(_("First night"), width=140),
                Column(_("Back"), width=170),
                Column(_("Nights"), width=72, number=True),
                Column(_("Why"), 2),
            ],
            _("Add"),
            may_add=may_change,
        )
        self.seat = seat
        self.back_button = LinkButton(_("She is back"), "check", slim=True)
        self.back_button.clicked.connect(self.back_wanted)
        self.at_right(self.back_button)

    def show_absences(self, found: Sequence[Absence], *, may_change: bool) -> None:
        """Show *found*, newest first."""
        today = self.seat.desk.today()
        self.back_button.setVisible(may_change and any(one.back_on is None for one in found))
        self.show_rows([self._row(one, today) for one in found])

    def _row(self, one: Absence, today: date) -> TableRow:
        if one.back_on is not None:
            back = Cell(formats.day(one.back_on))
        elif one.until is not None:
            past = one.until < today
            words = _("expected {day}").format(day=formats.day(one.until, style="day_month"))
            back = Cell(words, tint="attention" if past else "muted")
        else:
            back = Cell(_("away"), tint="muted")
        nights = nights_away([one], one.since, max(today, one.since))
        why = words_of(self.seat, one, "kind") or _("Not recorded")
        return TableRow(
            one.id,
            (
                Cell(formats.day(one.since)),
                back,
                Cell(formats.number(nights)),
                Cell(why, words_of(self.seat, one, "words")),
            ),
        )


class VisitCard(DatedCard):
    """Visitors."""

    def __init__(self, seat: Seat, *, may_change: bool) -> None:
        super().__init__(
            "visits",
            _("Visitors"),
            _("No visitor is recorded."),
            [
                Column(_("Day"), width=180),
                Column(_("Visitor"), 2),
                Column(_("Did she agree?"), width=130),
                Column(_("How it went"), 1.2),
            ],
            _("Add"),
            may_add=may_change,
        )
        self.seat = seat

    def show_visits(self, found: Sequence[Visit]) -> None:
        """Show *found*, newest first."""
        self.show_rows([self._row(one) for one in found])

    def _row(self, one: Visit) -> TableRow:
        times = "–".join(at.strftime("%H:%M") for at in (one.came_at, one.went_at) if at is not None)
        who = words_of(self.seat, one, "visitor") or words_of(self.seat, one, "kind") or _("Not recorded")
        detail = words_of(self.seat, one, "kind") if words_of(self.seat, one, "visitor") else ""
        return TableRow(
            one.id,
            (
                Cell(formats.day(one.on, style="short"), times),
                Cell(who, detail),
                Cell(words_of(self.seat, one, "agreed")),
                Cell(words_of(self.seat, one, "outcome"), words_of(self.seat, one, "words")),
            ),
        )


class BelongingCard(DatedCard):
    """What is kept for her. ``hand_back_wanted`` asks to hand everything back, ``receipt_wanted`` for the paper."""

    hand_back_wanted = Signal()
    receipt_wanted = Signal()

    def __init__(self, seat: Seat, *, may_change: bool) -> None:
        super().__init__(
            "belongings",
            _("Kept for her"),
            _("The shelter keeps nothing for her."),
            [
                Column(_("What"), 2.4),
                Column(_("Taken in"), width=150),
                Column(_("Where"), 1.2),
                Column(_("Handed back"), width=170),
            ],
            _("Take in"),
            may_add=may_change,
        )
        self.seat = seat
        self._may_change = may_change
        self.receipt_button = LinkButton(_("Receipt…"), "printer", slim=True)
        self.receipt_button.setAccessibleName(_("Print a receipt for what is kept"))
        self.back_button = LinkButton(_("Hand back all"), "log-out", slim=True)
        self.receipt_button.clicked.connect(self.receipt_wanted)
        self.back_button.clicked.connect(self.hand_back_wanted)
        self.at_right(self.back_button)
        self.at_right(self.receipt_button)

    def show_belongings(self, found: Sequence[Belonging]) -> None:
        """Show *found*, what is still kept first."""
        kept = [one for one in found if one.back_on is None]
        self.back_button.setVisible(self._may_change and bool(kept))
        self.show_rows([self._row(one) for one in found])

    def _row(self, one: Belonging) -> TableRow:
        kind = words_of(self.seat, one, "kind")
        what = words_of(self.seat, one, "what")
        pieces = f"{formats.number(one.pieces)} × " if one.pieces is not None and one.pieces > 1 else ""
        back = Cell(_("kept"), tint="muted")
        if one.back_on is not None:
            back = Cell(formats.day(one.back_on, style="short"), words_of(self.seat, one, "back_to"))
        return TableRow(
            one.id,
            (
                Cell(pieces + (what or kind), kind if what else ""),
                Cell(formats.day(one.taken_on, style="short"), words_of(self.seat, one, "taken_by")),
                Cell(words_of(self.seat, one, "place")),
                back,
            ),
        )


class AfterCard(DatedCard):
    """The days on which she is asked how she is, and what was found. Ids of both kinds are handed back."""

    def __init__(self, seat: Seat, *, may_change: bool) -> None:
        super().__init__(
            "follow_ups",
            _("After leaving"),
            _("No day to ask how she is stands in the calendar."),
            [
                Column(_("Day"), width=208),
                Column(_("How it went"), 1.6),
                Column(_("Where she lives"), 1.4),
                Column(_("Safe"), width=84),
                Column(_("Works"), width=84),
                Column(_("Asks for help with"), 1.2),
            ],
            _("Add"),
            may_add=may_change,
        )
        self.seat = seat

    def show_after(self, planned: Sequence[Appointment], found: Sequence[FollowUp], left_on: date | None) -> None:
        """Show what comes first, then what was found, newest first."""
        rows = [self._planned(one, left_on) for one in planned]
        self.show_rows([*rows, *(self._found(one) for one in found)])

    def _planned(self, one: Appointment, left_on: date | None) -> TableRow:
        past = one.on <= self.seat.desk.today()
        months = round((one.on - left_on).days / 30.44) if left_on is not None else 0
        after = ngettext("after {n} month", "after {n} months", months) if months else ""
        state = ChipText(_("to ask"), "attention" if past else "neutral")
        day = Cell(formats.day(one.on, style="short"), after)
        return TableRow(one.id, (day, Cell(chip=state), Cell(""), Cell(""), Cell(""), Cell("")))

    def _found(self, one: FollowUp) -> TableRow:
        say = lambda name: words_of(self.seat, one, name)  # noqa: E731
        return TableRow(
            one.id,
            (
                Cell(formats.day(one.on, style="short")),
                Cell(say("result"), say("words")),
                Cell(say("lives")),
                Cell(say("safe")),
                Cell(say("works")),
                Cell(say("needs")),
            ),
        )


def nights_words(stay: Stay, absences: Sequence[Absence], today: date) -> str:
    """Return how many nights a stay has had, and how many of them she was away."""
    end = stay.left_on or max(today, stay.arrived_on)
    nights = formats.number((end - stay.arrived_on).days)
    away = nights_away(absences, stay.arrived_on, end)
    if not away:
        return nights
    return _("{nights}, {away} of them away").format(nights=nights, away=formats.number(away))
