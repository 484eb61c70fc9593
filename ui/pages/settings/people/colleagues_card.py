"""Everybody who works here, one below the other: name and roles, and whether they may sign in."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from shelterdesk.i18n import _
from shelterdesk.staff import StaffMember
from ui import theme
from ui.pages.settings.people.member_words import is_here, roles_of, standing_of
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.people_list import PeopleList, PersonRow

_MOST_ROWS, _MOST_WHERE_LOW = 9, 4


class ColleaguesCard(Card):
    """``chosen`` hands back the id of whoever the list is on, ``invite_pressed`` is the link beside the heading."""

    chosen = Signal(object)
    invite_pressed = Signal()

    def __init__(self, seat: Seat, *, may_invite: bool) -> None:
        super().__init__(_("Colleagues"))
        self.seat = seat
        self._most = _MOST_ROWS
        self.list = PeopleList(_("Colleagues"))
        self.list.setObjectName("colleagues")
        self.invite = LinkButton(_("Invite…"), "plus")
        self.at_right(self.invite)
        self.invite.setVisible(may_invite)
        self.add(self.list, inset=0)
        self.end(8)
        self.list.chosen.connect(self.chosen)
        self.invite.clicked.connect(self.invite_pressed)
        theme.notifier.changed.connect(self._fit_list)

    def show_members(self, members: Sequence[StaffMember]) -> None:
        """Show *members* in their order; the list stays on whom it was on."""
        self.list.set_rows([self._row(one) for one in members])
        self._fit_list()

    def set_low(self, *, low: bool) -> None:
        """Show fewer rows at a time, because the chosen colleague stands below the list."""
        self._most = _MOST_WHERE_LOW if low else _MOST_ROWS
        self._fit_list()

    def select(self, member_id: UUID) -> None:
        """Put the list on somebody without telling anybody."""
        self.list.go_to(member_id)

    def _row(self, one: StaffMember) -> PersonRow:
        trailing = _("you") if one.is_me else "" if is_here(one) else standing_of(one).words
        return PersonRow(one.id, self.seat.masked(one.name), trailing, step=roles_of(one))

    def _fit_list(self) -> None:
        rows = min(max(len(self.list.keys()), 1), self._most)
        self.list.setFixedHeight(rows * theme.px(tokens.PERSON_ROW))
