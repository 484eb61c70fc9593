"""One domain of a plan: its heading with progress, its milestones, and the links that add to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import formats, vocab
from shelterdesk.i18n import _, ngettext
from shelterdesk.milestones import OPEN_STATES, Milestone
from shelterdesk.plans import Goal
from shelterdesk.schema.base import text_of
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.chip import ChipText
from ui.widgets.fold_row import FoldRow
from ui.widgets.rows import Row, RowShape
from ui.widgets.split_rows import SplitRows

ICONS: Final = {
    "safety": "shield-check",
    "health": "heart-pulse",
    "legal": "scale",
    "family": "users-round",
    "work": "briefcase",
    "housing": "house",
}
SHAPE: Final = RowShape(height=32, inset=40, check=16, second_at=0.442, third_at=0.608, chip_at=0.789)
_SOON = 14
_MOVE_LETTERS = frozenset("mь")
"""«M» and the letter on its key where the keyboard writes Russian."""


class DomainBlock(QWidget):
    """Signals hand back the id of a milestone; ``goal_wanted`` and ``add_wanted`` the domain."""

    edit_wanted = Signal(object)
    move_wanted = Signal(object)
    marked = Signal(object, bool)
    add_wanted = Signal(str)
    goal_wanted = Signal(str)

    def __init__(self, seat: Seat, domain: str, *, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat, self.domain = seat, domain
        self._may_change = may_change
        self.heading = FoldRow(vocab.PLAN_DOMAINS.label(domain), icon=ICONS[domain], progress=(0, 0, 0), parent=self)
        self.heading.setObjectName(f"domain {domain}")
        self.body = QWidget(self)
        self.rows = SplitRows(vocab.PLAN_DOMAINS.label(domain), SHAPE, self.body)
        self.goal_place = QVBoxLayout()
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 6)
        inner.setSpacing(0)
        inner.addLayout(self.goal_place)
        inner.addWidget(self.rows)
        inner.addWidget(self._make_links())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.heading)
        layout.addWidget(self.body)
        self.body.hide()
        self.heading.toggled.connect(self.body.setVisible)
        self.rows.opened.connect(self.edit_wanted)
        self.rows.toggled.connect(self.marked)
        self.rows.typed.connect(self._typed)

    def _make_links(self) -> QWidget:
        self.links = QWidget(self.body)
        row = QHBoxLayout(self.links)
        row.setContentsMargins(64, 2, 12, 2)
        row.setSpacing(16)
        self.add_link = LinkButton(_("Add milestone"), slim=True, parent=self.links)
        self.goal_link = LinkButton(_("Change the goal"), slim=True, parent=self.links)
        row.addWidget(self.add_link)
        row.addWidget(self.goal_link)
        row.addStretch(1)
        self.add_link.clicked.connect(lambda: self.add_wanted.emit(self.domain))
        self.goal_link.clicked.connect(lambda: self.goal_wanted.emit(self.domain))
        self.links.setVisible(self._may_change)
        return self.links

    def show_goal(self, goal: Goal | None, steps: Sequence[Milestone], today: date) -> None:
        """Show the goal and its milestones; what is open among them stays open."""
        words = goal_words(goal)
        self.heading.set_words(self.seat.masked(words) or _("No goal yet"))
        self.goal_link.set_words(_("Change the goal") if words else _("Write down the goal"))
        progress = progress_of(steps)
        number = _("{done} of {all}").format(done=progress[0], all=progress[2]) if progress[2] else ""
        self.heading.set_progress(progress, number)
        self.rows.set_rows([self._row(one, today) for one in steps])

    def is_open(self) -> bool:
        """Tell whether the milestones are shown."""
        return self.heading.isChecked()

    def set_open(self, *, on: bool) -> None:
        """Show the milestones, or fold them away."""
        self.heading.setChecked(on)

    def _row(self, one: Milestone, today: date) -> Row:
        day = one.done_on or one.due_on
        done = one.status == "done"
        return Row(
            self.seat.masked(milestone_words(one)),
            one.id,
            checked=done if self._may_change else None,
            icon="" if self._may_change else ("check" if done else "flag"),
            quiet=one.status in {"done", "stopped"},
            second=self.seat.names("member").get(one.member_id, "")
            if one.member_id
            else self.seat.masked(text_of(one, "with_words")),
            third=formats.day(day, style="day_month") if day else "–",
            chip=chip_of(one, today),
            sensitive=True,
        )

    def _typed(self, key: Any, letter: str) -> None:
        if letter.casefold() in _MOVE_LETTERS and self._may_change:
            self.move_wanted.emit(key)


def goal_words(goal: Goal | None) -> str:
    """Return the goal in its working words; those of its kind where there are none or no key."""
    if goal is None:
        return ""
    return text_of(goal, "words") or (vocab.GOAL_KINDS.label(goal.kind) if goal.kind else "")


def milestone_words(one: Milestone) -> str:
    """Return a milestone in its working words; those of its kind for who lacks the key."""
    kind = vocab.MILESTONE_KINDS.label(one.kind) if one.kind else vocab.PLAN_DOMAINS.label(one.domain)
    return text_of(one, "words") or kind


def progress_of(steps: Sequence[Milestone]) -> tuple[int, int, int]:
    """Return how many milestones are done, under way and there at all; stopped ones are no part of it."""
    counted = [one for one in steps if one.status != "stopped"]
    done = sum(one.status == "done" for one in counted)
    begun = sum(one.status == "under_way" for one in counted)
    return done, begun, len(counted)


def chip_of(one: Milestone, today: date) -> ChipText:
    """Return the state of a milestone; past its day it says for how long."""
    if one.status in OPEN_STATES and one.due_on is not None and one.due_on <= today:
        days = (today - one.due_on).days
        words = ngettext("{n} day past", "{n} days past", days) if days else _("Today")
        return ChipText(words, "attention", "clock")
    match one.status:
        case "done":
            return ChipText(_("Done"), "done", "check")
        case "under_way":
            return ChipText(_("Under way"), "info", "circle-dot")
        case "put_off":
            return ChipText(_("Put off"), "neutral", "calendar-clock")
        case "stopped":
            return ChipText(_("Stopped"), "neutral", "x")
        case _:
            return ChipText(_("Planned"), "neutral", "circle")


def needs_a_look(steps: Sequence[Milestone], today: date) -> bool:
    """Tell whether something here is past its day or due within two weeks: then the domain begins open."""
    return any(
        one.status in OPEN_STATES and one.due_on is not None and (one.due_on - today).days <= _SOON for one in steps
    )
