"""The bed of an arrival: what is free in which room, with a legend, and the choice again in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk import bed_use, formats, vocab
from shelterdesk.bed_use import BedUse
from shelterdesk.folding import fold
from shelterdesk.i18n import _, language
from ui import theme
from ui.seat import Seat
from ui.widgets.bed_choice import Bed, BedChoice, BedGroup
from ui.widgets.bed_strip import BedState, paint_bed
from ui.widgets.check_box import CheckBox
from ui.widgets.flow import Flow
from ui.widgets.text import ElidedWords, Words, baseline_in, draw_words, width_of

_BOX = 12


class ArrivalBeds:
    """Offers the beds that are free on a day; a house that is full says so and offers a night without a bed."""

    fills = True

    def __init__(self, seat: Seat, on: date) -> None:
        self._seat = seat
        self._words: dict[UUID, str] = {}
        self._holds: frozenset[UUID] = frozenset()
        self._listeners: list[Callable[[], None]] = []
        self.widget: QWidget = QWidget()
        self.choice = BedChoice(_("Bed"))
        self.legend = _Legend()
        self.said = ElidedWords("", strong=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.full = Words("", tone="attention", wrap=True)
        self.without = CheckBox(_("She sleeps without a bed of her own tonight"))
        self.without.setObjectName("without-bed")
        self.without.clicked.connect(self._tell)
        heading = QHBoxLayout()
        heading.setContentsMargins(0, 4, 0, 0)
        heading.setSpacing(12)
        heading.addWidget(Words(_("Bed"), "group"))
        heading.addWidget(self.legend, 1)
        heading.addWidget(self.said)
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(heading)
        layout.addWidget(self.choice)
        layout.addWidget(self.full)
        layout.addWidget(self.without)
        self.widget.setFocusProxy(self.choice)
        self.choice.chosen.connect(self._chosen)
        self.day = on
        self.show_day(on)

    def show_day(self, on: date, *, holds: frozenset[UUID] = frozenset()) -> None:
        """Show which beds are used on *on*; beds of *holds* are kept for who arrives. A free choice stays chosen."""
        self.day, self._holds = on, holds
        kept = self.choice.value()
        names = self._seat.names("person")
        rooms: dict[UUID, tuple[str, list[Bed]]] = {}
        uses = bed_use.beds_on(self._seat.desk, on)
        for use in uses:
            self._words[use.bed_id] = _("{room}, bed {bed}").format(room=use.room, bed=use.bed)
            state, reason = self._state(use, names)
            rooms.setdefault(use.room_id, (_title(use), []))[1].append(Bed(use.bed_id, use.bed, state, reason))
        self.choice.set_rooms([BedGroup(title, tuple(beds)) for title, beds in rooms.values()])
        self.legend.show_states(_legend_of([self._state(use, {})[0] for use in uses], uses))
        self.choice.setVisible(bool(rooms))
        self.set_value(kept)
        self._offer_none()

    def value(self) -> Any:
        return self.choice.value()

    def set_value(self, value: Any) -> None:
        self.choice.set_value(value)
        self._say()

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def offer_without(self) -> None:
        """Offer a night without a bed, because saving asked for one."""
        self.without.show()

    def words_of(self, bed_id: UUID | None) -> str:
        """Return «Family room, bed 4»."""
        return self._words.get(bed_id, "") if bed_id is not None else ""

    def _state(self, use: BedUse, names: dict[UUID, str]) -> tuple[BedState, str]:
        if use.person_id is not None:
            return "used", _("used by {name}").format(name=self._seat.masked(names.get(use.person_id, "…")))
        if use.closed or use.sharing or use.given_up:
            return "used", _("used")
        if use.held_until is not None and use.hold_id not in self._holds:
            day = formats.day(use.held_until, style="weekday_long")
            whom = self._seat.masked(use.held_for)
            words = _("held until {day} for {name}") if whom else _("held until {day}")
            return "held", words.format(day=day, name=whom)
        return "free", _("kept for her") if use.hold_id in self._holds and use.hold_id else ""

    def _offer_none(self) -> None:
        free = bool(self.choice.free_buttons())
        if free:
            self.full.setText("")
        elif self._words:
            self.full.setText(_("Every bed is used or held tonight. Nobody has to be sent away for that."))
        else:
            self.full.setText(_("No rooms are set up yet; a bed can be given later."))
        self.full.setVisible(not free)
        self.without.setVisible(not free or self.without.isChecked())

    def _chosen(self, _key: Any) -> None:
        if self.choice.value() is not None:
            self.without.setChecked(False)
        self._say()
        self._tell()

    def _tell(self) -> None:
        if self.without.isChecked() and self.choice.value() is not None:
            self.choice.set_value(None)
            self._say()
        for listener in self._listeners:
            listener()

    def _say(self) -> None:
        bed = self.choice.value()
        self.said.setText(self._words.get(bed, "") if bed is not None else _("No bed chosen"))


def _title(use: BedUse) -> str:
    """Return «Room 1 · women», or the name alone where it says for whom already or nobody said."""
    kind = vocab.ROOM_KINDS.label(use.room_kind) if use.room_kind not in (None, "mixed") else ""
    if not kind or fold(kind) in fold(use.room):
        return use.room
    return f"{use.room} · {QLocale(language()).toLower(kind)}"


def _legend_of(states: list[BedState], uses: list[BedUse]) -> list[tuple[BedState, str]]:
    """Return the states that are there, in words; what is held says until when where that is one day."""
    days = [use.held_until for use, state in zip(uses, states, strict=True) if state == "held" and use.held_until]
    held = (
        _("held until {day}").format(day=formats.day(min(days), style="weekday")) if len(set(days)) == 1 else _("held")
    )
    words: dict[BedState, str] = {"chosen": _("chosen"), "free": _("free"), "held": held, "used": _("used")}
    return [(state, said) for state, said in words.items() if state == "chosen" or state in states]


class _Legend(QWidget):
    """Small beds with words, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self, 12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_states(self, states: list[tuple[BedState, str]]) -> None:
        self._flow.empty()
        for state, words in states:
            entry = _Entry(state, words, self)
            self._flow.addWidget(entry)
            entry.show()
        self.setAccessibleName(", ".join(words for _state, words in states))


class _Entry(QWidget):
    def __init__(self, state: BedState, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._state: BedState = state
        self._words = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(_BOX + 7 + round(width_of(self._words, theme.font("small"))) + 2, theme.px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        box = QRectF(0, rect.center().y() - _BOX / 2, _BOX, _BOX)
        paint_bed(painter, box, self._state, person=False)
        draw_words(painter, _BOX + 7, baseline_in(rect), self._words, theme.font("small"), theme.color("muted"))
