"""The start page: what comes next, what waits, who lives here, what lies on the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout

from shelterdesk import formats
from shelterdesk.access import Right
from shelterdesk.house_book.incidents import open_incidents
from shelterdesk.i18n import _
from shelterdesk.today import Today, read_today
from ui import theme
from ui.dialogs.print_first_papers import print_first_papers
from ui.forms.incident_banners import IncidentBanners
from ui.later import once
from ui.pages.desk_card import DeskCard
from ui.pages.heed_card import HeedCard
from ui.pages.today_cards import NextCard, PeopleCard, first_steps
from ui.pages.today_news import TodayNews
from ui.pages.waiting_card import WaitingCard
from ui.place import Place
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.page import Page

_ONE_COLUMN_BELOW = 900
_OF_RECORDS: Final[dict[str, Any]] = {
    "waiting": (), "more_waiting": 0, "without_step": (), "plans_to_review": 0, "consents_ending": (),
    "silent": (),
    "agreements_ending": (),
}  # fmt: skip
"""What the page leaves out for who works with the house and opens no record."""
_KINDS = frozenset(
    {
        "alert", "appointment", "approval", "authority_request", "bed", "bed_since", "consent", "deadline", "milestone",
        "arrival_request", "next_step", "risk_since", "safety_plan", "person", "placement", "plan", "provider", "room",
        "service", "setting", "stay", "task", "backup",
    }
)  # fmt: skip
"""Kinds of record the page shows something of."""


class TodayPage(Page):
    """Four cards, read in one go from the core."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Today"))
        self.seat = seat
        self.today: Today | None = None
        self._stale = True
        self._make_acts()
        self.next = NextCard(seat)
        self.waiting = WaitingCard(seat)
        self.heed = HeedCard(seat)
        self.people = PeopleCard(seat)
        self.desk_card = DeskCard(seat)
        self.news = TodayNews(seat)
        self.incidents = IncidentBanners(seat)
        self.desk_card.keys_wanted.connect(self.news.replace_keys)
        self._begin: Card | None = None
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.CARD_GAP)
        self._columns = 0
        self.content.addWidget(self.news)
        self.content.addWidget(self.incidents)
        self.content.addLayout(self._grid)
        self.content.addStretch(1)
        self._lay_out()
        self._later = once(self, self.refresh)
        seat.bus.changed.connect(self._changed)

    def _make_acts(self) -> None:
        seat, desk = self.seat, self.seat.desk
        wanted: list[tuple[Button, Right, Place]] = [
            (Button(_("New note"), "notebook-pen"), Right.SEE_RECORDS, Place("services", doing="new_note")),
            (Button(_("New service"), "plus"), Right.GIVE_SERVICES, Place("services", doing="new_service")),
            (PrimaryButton(_("New arrival"), "plus"), Right.ADD_PERSON, Place("arrival")),
        ]
        for button, right, place in wanted:
            if desk.may(right):
                button.clicked.connect(lambda _checked=False, place=place: seat.go(place))
                self.add_act(button)

    def show_place(self, place: Place) -> None:
        """Show the page anew; it is cheap and the clock has moved on."""
        self.refresh()
        if QApplication.focusWidget() in (None, self):
            lists = (self.waiting.rows, self.next.rows, self.people.rows, self.desk_card.rows)
            next((rows for rows in lists if rows.rows()), self.desk_card.rows).setFocus()
        if place.doing == "welcome":
            self.news.greet()
        if place.doing == "print_tonight":
            self._print_tonight()

    def refresh(self) -> None:
        """Read everything anew."""
        self._stale = False
        desk = self.seat.desk
        self.today = today = read_today(desk)
        if not desk.may(Right.SEE_RECORDS):
            self.today = today = replace(today, **_OF_RECORDS)
        self.waiting.setVisible(desk.may(Right.SEE_RECORDS))
        self.set_title(_("Today"), formats.day(today.on, style="weekday_long"))
        self.next.show_today(today)
        self.waiting.show_today(today)
        self.heed.refresh()
        self.people.show_today(today)
        self.news.refresh()
        self.incidents.show_incidents(open_incidents(desk) if desk.may(Right.SEE_HOUSE) else ())
        self.desk_card.show_today(today, self.news.rows())
        self._offer_first_steps(today)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the page answers to: moving a milestone can be saved and cancelled."""
        blank = {"print_first_papers": lambda: print_first_papers(self.seat, None, "", self)}
        return blank | self.waiting.commands() if self.seat.desk.may(Right.SEE_HOUSE) else self.waiting.commands()

    def keep_drafts(self) -> None:
        """Nothing is typed here that is worth keeping: a day picked for a milestone is picked again in seconds."""
        self.waiting.list.stop_moving()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        columns = 1 if 0 < self.width() < _ONE_COLUMN_BELOW * theme.scale() else 2
        if columns == self._columns:
            return
        self._columns = columns
        # In two columns cards side by side share top and bottom; in one, what is urgent comes first.
        wide = (self.next, self.people, self.waiting, self.desk_card)
        narrow = (self.next, self.waiting, self.people, self.desk_card)
        for number, card in enumerate(wide if columns == 2 else narrow):
            self._grid.addWidget(card, number // columns, number % columns)
            if card is self.waiting:
                # Of these two only one is ever shown.
                self._grid.addWidget(self.heed, number // columns, number % columns)
        self._grid.setColumnStretch(0, 674)
        self._grid.setColumnStretch(1, 420 if columns == 2 else 0)

    def _offer_first_steps(self, today: Today) -> None:
        if self._begin is not None:
            self._begin.hide()
            self._begin.deleteLater()
            self._begin = None
        if today.people_on_file == 0 and self.seat.desk.may(Right.SEE_HOUSE):
            self._begin = first_steps(self.seat, has_beds=bool(today.beds))
            self.content.insertWidget(1, self._begin)

    def _changed(self, kinds: frozenset[str]) -> None:
        if not kinds & _KINDS:
            return
        self._stale = True
        if self.isVisible():
            self._later.start()

    def _print_tonight(self) -> None:
        from ui.dialogs.print_papers import print_tonight

        print_tonight(self.seat, self)
