"""The bed board: who sleeps where tonight, what is free or on hold, and what does not fit together."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from shelterdesk import absences, bed_use, formats, stay_problems, stays, vocab
from shelterdesk.access import Right
from shelterdesk.bed_use import BedUse, Capacity
from shelterdesk.i18n import _, ngettext
from ui import theme
from ui.dialogs.print_receipt import print_receipt
from ui.draft_places import CONTINUE
from ui.pages.beds.acts import BedActs
from ui.pages.beds.panel import Shown, away_words
from ui.pages.beds.problems_card import ProblemsCard
from ui.place import Place
from ui.seat import Seat
from ui.widgets.bed_board import Tile, TileGroup, TileState
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.text import Words

_KINDS: Final = frozenset(
    {"absence", "bed", "bed_hold", "bed_since", "knows_family", "person", "restriction", "role_limit", "room", "stay"}
)
_PANEL, _BELOW, _BELOW_WITH_FORM = 340, 760, 1080


class BedsPage(BedActs):
    """The board at the left, the panel of the chosen bed at the right or below."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Beds"))
        if self.may:
            blank = Button(_("Blank receipt…"), "printer")
            blank.clicked.connect(lambda: print_receipt(seat, self, None))
            self.add_act(blank)
        self.turn_away = Button(_("Turned away…"), "phone")
        self.turn_away.clicked.connect(lambda: seat.go(Place("calls", doing="turn_away")))
        self.add_act(self.turn_away)
        self.hint = Words("", "small", "muted", wrap=True)
        self.empty = EmptyState(
            _("No bed is set up yet."),
            _("Set up rooms and beds") if seat.desk.may(Right.CHANGE_SETTINGS) else "",
            "bed",
        )
        self.empty.pressed.connect(lambda: seat.go(Place("settings", section="house")))
        self.problems = ProblemsCard(seat)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self.form_place)
        column.addWidget(self.problems)
        column.addWidget(self.empty)
        column.addWidget(self.board)
        column.addWidget(self.hint)
        column.addStretch(1)
        right = QWidget()
        self._right = right
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.panel)
        beside.addStretch(1)
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(16)
        self.columns.addWidget(left, 1)
        self.columns.addWidget(right)
        self.content.addLayout(self.columns)
        self.content.addStretch(1)
        self.board.chosen.connect(self.show_key)
        self.problems.person_wanted.connect(self.go_to_person)
        seat.bus.changed.connect(self._changed)

    # --- what the window asks ------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show the board; with a draft go on with it."""
        self.stop_moving()
        self.close_editor()
        self.refresh()
        if place.doing == CONTINUE:
            self.go_on(place.about)
        elif place.about is not None:
            self.go_to_person(place.about)

    def refresh(self) -> None:
        """Read the beds anew. A form that is open stays."""
        desk, today = self.seat.desk, self.seat.desk.today()
        self.uses = {use.bed_id: use for use in bed_use.beds_on(desk, today)}
        self.without = bed_use.without_bed(desk, today)
        self.away = absences.away_on(desk, today)
        with desk.read() as db:
            self._arrived = {person: stay.arrived_on for person, stay in stays.open_stays(db, today).items()}
        capacity = Capacity.of(self.uses.values())
        self.set_title(_("Beds"), self._counted(capacity))
        self.turn_away.setVisible(self.may and capacity.is_full)
        self.board.set_groups(self._groups())
        self.board.setVisible(bool(self.uses or self.without))
        self.empty.setVisible(not self.uses)
        self.problems.show_problems(stay_problems.problems_of_stays(desk))
        self.show_key(self.board.current())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Put the panel beside the board, or below it where a form or the window leaves no room."""
        below = self.width() / theme.scale() < (_BELOW_WITH_FORM if self.editor is not None else _BELOW)
        directions = QBoxLayout.Direction
        self.columns.setDirection(directions.TopToBottom if below else directions.LeftToRight)
        self._right.setMinimumWidth(0)
        self._right.setMaximumWidth(16777215)
        if not below:
            self._right.setFixedWidth(theme.px(_PANEL))

    # --- what is shown -------------------------------------------------------------------------------------------

    def _counted(self, capacity: Capacity) -> str:
        day = formats.day(self.seat.desk.today(), style="weekday_long")
        parts = [day, _("{used} of {all} beds used").format(used=capacity.used, all=capacity.beds)]
        if capacity.held:
            parts.append(_("{n} on hold").format(n=capacity.held))
        parts.append(_("full tonight") if capacity.is_full else _("{n} free").format(n=capacity.free))
        return "  ·  ".join(parts)

    def _groups(self) -> list[TileGroup]:
        rooms: dict[UUID, tuple[BedUse, list[Tile]]] = {}
        for use in self.uses.values():
            rooms.setdefault(use.room_id, (use, []))[1].append(self._tile(use))
        found = [
            TileGroup(use.room, tuple(tiles), vocab.ROOM_KINDS.label(use.room_kind) if use.room_kind else "")
            for use, tiles in rooms.values()
        ]
        if self.without:
            names = self.seat.names("person")
            tiles = [
                Tile(
                    person,
                    "",
                    self.seat.masked(names.get(person, "…")),
                    "used",
                    away_words(self.away[person]) if person in self.away else _("no bed yet"),
                    "moon" if person in self.away else "",
                    movable=self.may,
                )
                for person in self.without
            ]
            found.append(TileGroup(_("Without a bed"), tuple(tiles)))
        return found

    def _tile(self, use: BedUse) -> Tile:
        names = self.seat.names("person")
        state: TileState = "free" if use.free else "held" if use.held_until is not None and not use.taken else "used"
        if use.person_id is not None:
            words = self.seat.masked(names.get(use.person_id, "…"))
        elif use.taken:
            words = _("Somebody")
        elif use.sharing:
            words = ", ".join(self.seat.masked(names.get(one, "…")) for one in use.sharing)
        else:
            words = _("On hold") if state == "held" else _("Free")
        detail, icon, tint = self._detail(use)
        return Tile(use.bed_id, use.bed, words, state, detail, icon, tint, self.may and use.person_id is not None)

    def _detail(self, use: BedUse) -> tuple[str, str, str]:
        """Return what to know of a bed at a glance, with icon and tint."""
        away = self.away.get(use.person_id) if use.person_id is not None else None
        if use.given_up:
            return _("no longer in use"), "triangle-alert", "attention"
        if away is not None:
            late = away.until is not None and away.until < self.seat.desk.today()
            return away_words(away), "moon", "attention" if late else "muted"
        if use.taken and use.sharing:
            return ngettext("with {n} child", "with {n} children", len(use.sharing)), "baby", "muted"
        if use.held_until is not None and not use.taken:
            day = formats.day(use.held_until, style="day_month")
            whom = self.seat.masked(use.held_for)
            until = _("until {day}").format(day=day)
            return f"{until}, {whom}" if whom else until, "clock", "muted"
        return vocab.BED_KINDS.label(use.kind) if use.kind else "", "", "muted"

    def show_key(self, key: Any) -> None:
        """Show the bed with *key*, or somebody without one, in the panel."""
        if key not in self.uses and key not in self.without:
            key = next(iter(self.uses), None) or next(iter(self.without), None)
            self.board.mark(key)
        use = self.uses.get(key)
        if use is None and key is None:
            self.panel.show_bed(None)
            return
        person = use.person_id if use is not None else key
        away = self.away.get(person) if person is not None else None
        self.panel.show_bed(Shown(use, person, self._arrived.get(person) if person is not None else None, away))
        words = _("Arrow keys go from bed to bed, Enter opens what can be done. People can also be dragged.")
        self.hint.setText(words if self.may else "")

    def _changed(self, kinds: frozenset[str]) -> None:
        # A visit reads everything anew, so only what is on screen has to follow.
        if kinds & _KINDS and self.isVisible():
            self.refresh()
