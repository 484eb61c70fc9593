"""Open incidents on top of Today and of the house book: what it is, since when, what was done, and two acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.access import Right
from shelterdesk.house_book.incidents import Incident, since_words
from shelterdesk.i18n import _, ngettext
from ui.place import Place
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton
from ui.widgets.chip import ChipText

MOST: Final = 3
"""So many stand open at once; the rest is one line, and all of them stand in the house book."""


class IncidentBanners(QWidget):
    """Takes no room while nothing is open. Its acts lead to the house book, where they are carried out."""

    def __init__(self, seat: Seat, *, most: int = MOST) -> None:
        super().__init__()
        self.setObjectName("open_incidents")
        self.setAccessibleName(_("Open incidents"))
        self.seat = seat
        self.banners: list[Banner] = []
        self._most = most
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.CARD_GAP // 2)
        self.more = LinkButton("", slim=True)
        self.more.clicked.connect(lambda: seat.go(Place("house_book")))
        self._column.addWidget(self.more)
        self.hide()

    def show_incidents(self, found: Sequence[Incident]) -> None:
        """Show *found*, the newest first."""
        for banner in self.banners:
            banner.hide()
            banner.deleteLater()
        self.banners = [self._banner(one) for one in found[: self._most]]
        for number, banner in enumerate(self.banners):
            self._column.insertWidget(number, banner)
        rest = len(found) - len(self.banners)
        self.more.set_words(ngettext("{n} more open incident", "{n} more open incidents", rest))
        self.more.setVisible(rest > 0)
        self.setVisible(bool(found))

    def _banner(self, one: Incident) -> Banner:
        seat, keeps = self.seat, self.seat.desk.may(Right.KEEP_HOUSE_BOOK)
        acts = (_("Add what was done"), _("Close…")) if keeps and one.record.is_open else ()
        count = ngettext("{n} shift", "{n} shifts", one.shifts)
        banner = Banner("attention", self)
        banner.say(
            seat.masked(one.title()),
            seat.masked(one.told()),
            acts=acts,
            links=(("incident", count),),
            chip=ChipText(since_words(seat.desk, one), "outline", "clock"),
        )
        banner.setObjectName("incident")
        for link in banner.links():
            link.setToolTip(_("Open the incident"))
            link.setAccessibleName(_("{words}, open the incident").format(words=count))
        banner.link_pressed.connect(lambda _key, about=one.record.id: self._go("edit_incident", about))
        banner.pressed.connect(lambda number, about=one.record.id: self._go(("add_step", "close")[number], about))
        for button, icon in zip(banner.acts(), ("pencil", ""), strict=False):
            button.set_words(button.words(), icon)
        return banner

    def _go(self, doing: str, about: UUID) -> None:
        self.seat.go(Place("house_book", doing=doing, about=about))
