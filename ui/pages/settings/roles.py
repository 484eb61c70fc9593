"""Settings → Roles and rights: what each role may do here, and whose records it reaches. Only ever less than usual."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import members, restrictions, role_limits, vocab
from shelterdesk.access import ROLE_COMPARTMENTS, ROLE_RIGHTS, Caseload, Limit, Right, Role
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from ui import theme
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.card import Card
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.page import bring_into_view
from ui.widgets.people_list import PeopleList, PersonRow
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

_SIDE_BY_SIDE_FROM = 720
_LIST = 300
_MOST_ROWS, _MOST_WHERE_LOW = 12, 4
_CASELOAD: Mapping[Caseload, Callable[[], str]] = {
    Caseload.TEAM: lambda: _("the team's records"),
    Caseload.MINE: lambda: _("own records"),
}


class RolesSection(QWidget):
    """The roles at the left, what the chosen one may do at the right, teams below."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.role = Role.SOCIAL_WORKER
        self._limits: Mapping[Role, Limit] = {}
        self._editor: InlineEditor | None = None
        self._most = _MOST_ROWS
        self.roles = PeopleList(_("Roles"))
        self.roles.setObjectName("roles")
        self.rights = RowList(_("What this role may do"), RowShape(height=32, inset=8))
        self.rights.setObjectName("rights")
        self.keys = Words("", tone="muted", wrap=True)
        self.caseload = Segmented(
            _("Whose records"), [(Caseload(code.code), _(code.label)) for code in vocab.CASELOADS]
        )
        self.caseload_row = FormRow(
            _("Whose records"),
            self.caseload,
            _("Whoever has no worker yet is seen by everybody."),
            fill=False,
        )
        self._list_card = self._make_list()
        self.card = self._make_card()
        self.teams_card = self._make_teams()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(12)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, card in ((left, self._list_card), (right, self.card)):
            column.addWidget(card)
            column.addStretch(1)
        self._columns.addLayout(left)
        self._columns.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(self._columns)
        layout.addWidget(self.teams_card)
        self.roles.chosen.connect(self.choose)
        theme.notifier.changed.connect(self._fit_list)
        self.rights.toggled.connect(self._allow)
        self.caseload.chosen.connect(self._set_caseload)
        self.teams.acted.connect(self._edit_team)
        self.teams.opened.connect(self._edit_team)

    def _make_list(self) -> Card:
        card = Card(_("Roles"))
        card.add(self.roles, inset=0)
        card.end(8)
        return card

    def _make_card(self) -> Card:
        card = Card("")
        card.setObjectName("role-card")
        card.add(self.keys)
        rows = FormRows()
        rows.add_row(self.caseload_row)
        card.add(rows, above=12)
        card.add(self.rights, inset=8, above=12)
        note = _(
            "A role can do less than usual here, never more. A change holds at once; pages that are open show it after "
            "the next unlocking."
        )
        card.add(Words(note, "small", "muted", wrap=True), above=8)
        card.end()
        return card

    def _make_teams(self) -> Card:
        card = Card(_("Teams"))
        card.setObjectName("teams-card")
        card.add(Words(_("Colleagues with the same word are one team."), tone="muted", wrap=True))
        self.teams = RowList(_("Teams"), RowShape(inset=8))
        self.teams.setObjectName("teams")
        card.add(self.teams, inset=8, above=8)
        self._team_place = QVBoxLayout()
        card.add_layout(self._team_place, inset=1)
        card.end(8)
        return card

    # --- showing ---------------------------------------------------------------------------------------------------

    def show_now(self) -> None:
        """Read what every role is limited to."""
        desk = self.seat.desk
        self._limits = role_limits.limits(desk)
        people = [role for member in desk.vault.members if member.active for role in member.roles]
        self.roles.set_rows([self._role_row(role, people.count(role.value)) for role in Role])
        self.roles.go_to(self.role)
        self._fit_list()
        self._show_role()
        self._show_teams()

    def choose(self, role: Role) -> None:
        """Show what *role* may do."""
        if role != self.role:
            self.role = role
            self._show_role()

    def _role_row(self, role: Role, people: int) -> PersonRow:
        limit = self._limits.get(role, Limit())
        less = [_("does less")] if limit.without else []
        less += [_CASELOAD[limit.caseload]()] if limit.caseload is not Caseload.ALL else []
        counted = ngettext("{n} person", "{n} people", people) if people else ""
        return PersonRow(role, vocab.ROLES.label(role.value), counted, step=", ".join(less) or _("as usual"))

    def _show_role(self) -> None:
        limit = self._limits.get(self.role, Limit())
        self.card.set_title(vocab.ROLES.label(self.role.value))
        held = [vocab.COMPARTMENTS.label(one.value) for one in ROLE_COMPARTMENTS[self.role]]
        opens = sorted(held) if held else [_("none")]
        self.keys.setText(_("Keys of this role: {keys}").format(keys=", ".join(opens)))
        self.caseload_row.setVisible(Right.SEE_RECORDS in ROLE_RIGHTS[self.role])
        self.caseload.set_value(limit.caseload)
        rows: list[Row] = []
        for group in vocab.RIGHT_GROUPS:
            of_group = [Right(code.code) for code in vocab.RIGHTS.of_group(group.code)]
            theirs = [right for right in of_group if right in ROLE_RIGHTS[self.role]]
            if theirs:
                rows.append(Row(_(group.label), header=True))
                rows += [self._right_row(right, limit) for right in theirs]
        self.rights.set_rows(rows)

    def _right_row(self, right: Right, limit: Limit) -> Row:
        words = vocab.RIGHTS.label(right.value)
        if right in role_limits.FIXED:
            return Row(words, right, icon="check", detail=_("goes with the role"), quiet=True)
        allowed = right not in limit.without
        said = _("allowed") if allowed else _("not allowed")
        return Row(words, right, checked=allowed, spoken=f"{words}, {said}")

    def _show_teams(self) -> None:
        desk = self.seat.desk
        in_use = any(limit.caseload is Caseload.TEAM for limit in self._limits.values())
        self.teams_card.setVisible(in_use and desk.may(Right.SEE_HOUSE))
        if not in_use:
            return
        teams = restrictions.teams(desk)
        self.teams.set_rows(
            [
                Row(
                    self.seat.masked(who.name),
                    who.id,
                    icon="user-round",
                    second=teams.get(who.id) or _("no team"),
                    action=_("Change"),
                    sensitive=True,
                )
                for who in members.colleagues(desk)
            ]
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_SIDE_BY_SIDE_FROM)
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._list_card.setMaximumWidth(16777215 if narrow else theme.px(_LIST))
        self._list_card.setMinimumWidth(0 if narrow else theme.px(_LIST))
        self._most = _MOST_WHERE_LOW if narrow else _MOST_ROWS
        self._fit_list()

    def _fit_list(self) -> None:
        self.roles.setFixedHeight(min(len(Role), self._most) * theme.px(tokens.PERSON_ROW))

    # --- changing --------------------------------------------------------------------------------------------------

    def _allow(self, right: Any, allowed: bool) -> None:
        role = self.role
        self._do(lambda: role_limits.allow(self.seat.desk, role, right, allowed=allowed))

    def _set_caseload(self, caseload: Any) -> None:
        role = self.role
        self._do(lambda: role_limits.set_caseload(self.seat.desk, role, caseload))

    def _edit_team(self, member_id: UUID) -> None:
        desk = self.seat.desk
        self._close_editor()
        name = QLineEdit(restrictions.teams(desk).get(member_id, ""))
        name.setObjectName("team")
        who = next(one for one in members.colleagues(desk) if one.id == member_id)
        self._editor = InlineEditor(_("Save team"))
        self._editor.add_field(_("Team of {name}").format(name=self.seat.masked(who.name)), name)
        self._editor.end()

        def save() -> None:
            self._do(lambda: restrictions.set_team(desk, member_id, name.text()))
            self._close_editor()

        self._editor.save_pressed.connect(save)
        self._editor.cancel_pressed.connect(self._close_editor)
        self._team_place.addWidget(self._editor)
        self._editor.show()
        name.setFocus()
        bring_into_view(self._editor)

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            self.teams.setFocus()
            editor.hide()
            editor.deleteLater()

    def _do(self, act: Any) -> None:
        try:
            act()
        except ShelterDeskError as error:
            self.seat.complain(error)
        else:
            self.seat.saved.emit()
        self.show_now()
