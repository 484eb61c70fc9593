"""The panel beside the board: one bed, who sleeps there, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from shelterdesk import formats, vocab
from shelterdesk.absences import Absence
from shelterdesk.access import Right
from shelterdesk.bed_use import BedUse
from shelterdesk.i18n import N_, _
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.text import Words

ACTS: Final = {
    "move": (N_("Move to another bed"), "bed", "M"),
    "back": (N_("She is back"), "check", "A"),
    "away": (N_("Away tonight…"), "moon", "A"),
    "visitor": (N_("Visitor…"), "door-open", "V"),
    "take_in": (N_("Take belongings in…"), "briefcase", "B"),
    "receipt": (N_("Receipt…"), "printer", ""),
    "leave": (N_("Record leaving…"), "log-out", "L"),
    "record": (N_("Open the record"), "user-round", ""),
    "hold": (N_("Hold the bed…"), "clock", "H"),
    "end_hold": (N_("End the hold"), "x", "H"),
    "arrival": (N_("New arrival"), "log-in", "N"),
}
"""What can be done: words, icon, and the letter that does it on the board."""


@dataclass(frozen=True)
class Shown:
    """What the panel speaks about: a bed, or somebody without one."""

    use: BedUse | None
    person_id: UUID | None
    since: date | None = None
    away: Absence | None = None


class BedPanel(Card):
    """``act_wanted`` hands back the id of an act, ``own_bed_wanted`` somebody who shares a bed and gets one alone."""

    act_wanted = Signal(str)
    own_bed_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__("", size="body")
        self.setObjectName("bed_panel")
        self.seat = seat
        self.shown: Shown | None = None
        self.facts = Facts()
        self.add(self.facts)
        self.hint = Words("", tone="muted", wrap=True)
        self.add(self.hint, above=4)
        self._acts = QVBoxLayout()
        self._acts.setSpacing(6)
        self.add_layout(self._acts, above=8)
        self.end(12)
        self._buttons: dict[str, Button] = {}
        for name, (words, icon, letter) in ACTS.items():
            button = Button(_(words), icon, tip=_("Key: {key}").format(key=letter) if letter else "")
            button.setObjectName(f"act_{name}")
            button.clicked.connect(self._wish(name))
            self._buttons[name] = button
            self._acts.addWidget(button)
        self._own: list[Button] = []

    def offered(self) -> tuple[str, ...]:
        """Return the acts that are offered now."""
        return tuple(name for name, button in self._buttons.items() if not button.isHidden())

    def show_bed(self, shown: Shown | None) -> None:
        """Show one bed, or one person without a bed; None says that there is nothing to show."""
        self.shown = shown
        acts = self._acts_of(shown)
        for name, button in self._buttons.items():
            button.setVisible(name in acts)
        for button in self._own:
            self._acts.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._own = []
        if shown is None:
            self.set_title(_("No bed yet"))
            self.facts.set_facts([])
            self.hint.setText(_("Rooms and beds are set up in the settings."))
            self.hint.show()
            return
        self.hint.hide()
        self.set_title(self._title(shown))
        self.facts.set_facts(self._facts_of(shown))
        for person_id in shown.use.sharing if shown.use is not None and self._keeps() else ():
            self._offer_own(person_id)

    def wait_for_bed(self, words: str) -> None:
        """Show a line on what to do now in place of the acts."""
        self.hint.setText(words)
        self.hint.show()
        for button in (*self._buttons.values(), *self._own):
            button.hide()

    def _wish(self, name: str) -> Callable[[], None]:
        return lambda: self.act_wanted.emit(name)

    def _offer_own(self, person_id: UUID) -> None:
        name = self.seat.masked(self.seat.names("person").get(person_id, "…"))
        button = Button(_("Give {name} a bed of her own").format(name=name), "bed")
        button.clicked.connect(lambda: self.own_bed_wanted.emit(person_id))
        self._acts.insertWidget(1, button)
        self._own.append(button)

    def _keeps(self) -> bool:
        return self.seat.desk.may(Right.KEEP_STAYS)

    def _acts_of(self, shown: Shown | None) -> frozenset[str]:
        if shown is None:
            return frozenset()
        found: set[str] = set()
        if shown.person_id is not None:
            if self._keeps():
                found |= {"move", "visitor", "take_in", "receipt", "leave", "back" if shown.away else "away"}
            if self.seat.desk.may(Right.SEE_RECORDS):
                found.add("record")
        elif shown.use is not None and self._keeps():
            if shown.use.held_until is not None:
                found.add("end_hold")
            elif shown.use.free:
                found |= {"hold", "arrival"}
        return frozenset(found)

    def _title(self, shown: Shown) -> str:
        if shown.use is None:
            return self._name(shown.person_id)
        return _("{room}, bed {bed}").format(room=shown.use.room, bed=shown.use.bed)

    def _name(self, person_id: UUID | None) -> str:
        if person_id is None:
            return _("Somebody")
        return self.seat.masked(self.seat.names("person").get(person_id, "…"))

    def _facts_of(self, shown: Shown) -> list[Fact]:
        use, facts = shown.use, list[Fact]()
        if use is not None:
            if use.taken:
                facts.append(Fact(_("Sleeps here"), self._name(use.person_id)))
            if use.sharing:
                facts.append(Fact(_("Shares the bed"), ", ".join(self._name(one) for one in use.sharing)))
            if use.held_until is not None:
                facts.append(Fact(_("On hold until"), formats.day(use.held_until, style="weekday_long")))
                if use.held_for:
                    facts.append(Fact(_("For whom"), self.seat.masked(use.held_for)))
            kind = vocab.BED_KINDS.label(use.kind) if use.kind else ""
            room = vocab.ROOM_KINDS.label(use.room_kind) if use.room_kind else ""
            if kind or room:
                facts.append(Fact(_("For whom the bed is") if not use.held_for else _("Kind of bed"), kind or room))
            if use.given_up:
                facts.append(Fact(_("Bed"), _("no longer in use"), "attention"))
        elif shown.person_id is not None:
            facts.append(Fact(_("Bed"), _("No bed yet"), "attention"))
        if shown.since is not None:
            facts.append(Fact(_("Lives here since"), formats.day(shown.since)))
        if shown.away is not None:
            facts.append(Fact(_("Tonight"), away_words(shown.away), "attention"))
        return facts


def away_words(away: Absence) -> str:
    """Return «away» with the day she is expected back."""
    if away.until is None:
        return _("away")
    return _("away until {day}").format(day=formats.day(away.until, style="day_month"))
