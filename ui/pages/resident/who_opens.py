"""Who may open a record: whether it asks why, and to which colleagues it is closed because they know the family."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from shelterdesk import formats, restrictions
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.restrictions import KnowsFamily, Restriction
from shelterdesk.schema.base import Record, text_of
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.page import bring_into_view
from ui.widgets.rows import Row, RowList, RowShape

_ASKS = "asks"


class WhoOpensCard(Card):
    """The section puts the editors it asks for in their place with ``take``."""

    def __init__(self, seat: Seat, open_editor: Callable[[InlineForm], None]) -> None:
        super().__init__(_("Who may open this record"), size="body")
        self.setObjectName("who-opens")
        self.seat = seat
        self._open_editor = open_editor
        self._person_id: UUID | None = None
        self._restriction: Restriction | None = None
        self._closed: dict[UUID, KnowsFamily] = {}
        self.rows = RowList(_("Who may open this record"), RowShape(inset=8))
        self.rows.setObjectName("who-opens-rows")
        self.close_button = LinkButton(_("Close to a colleague"), "plus", slim=True)
        self.at_right(self.close_button)
        self.place = QVBoxLayout()
        self.add_layout(self.place, inset=1)
        self.add(self.rows, inset=8)
        self.end(8)
        self.close_button.clicked.connect(self.close_to_somebody)
        self.rows.acted.connect(self._act)

    def show_person(self, person_id: UUID) -> None:
        """Read who may open the record of a person."""
        desk = self.seat.desk
        self._person_id = person_id
        self._restriction = restrictions.restriction_of(desk, person_id)
        self._closed = {one.member_id: one for one in restrictions.who_knows(desk, person_id)}
        names = self.seat.names("member")
        self.rows.set_rows(
            [
                self._asks_row(names),
                *(
                    Row(
                        _("Closed to {name}").format(name=self.seat.masked(names.get(member_id, "…"))),
                        member_id,
                        icon="eye-off",
                        detail=self._said(one, "why") or _("knows the family"),
                        action=_("Open again"),
                        sensitive=True,
                    )
                    for member_id, one in self._closed.items()
                ),
            ]
        )

    def _asks_row(self, names: dict[UUID, str]) -> Row:
        one = self._restriction
        if one is None:
            return Row(_("Opens without a question"), _ASKS, icon="file-text", action=_("Ask for a reason…"))
        by = names.get(one.created_by, "") if one.created_by else ""
        day = formats.day(self.seat.desk.day_of(one.created_at), style="short")
        said = [self._said(one, "why"), _("since {day}").format(day=day), by]
        return Row(
            _("Asks everybody why"),
            _ASKS,
            icon="lock",
            icon_tint="accent",
            detail=" · ".join(filter(None, said)),
            action=_("Ask no more"),
            sensitive=True,
        )

    def _said(self, record: Record, attribute: str) -> str:
        return self.seat.masked(text_of(record, attribute))

    # --- acts ------------------------------------------------------------------------------------------------------

    def ask_why(self) -> None:
        """Open the form that has the record ask why."""
        person_id, desk = self._person_id, self.seat.desk
        if person_id is None:
            return
        form = RecordForm(self.seat, Restriction, headings=False)
        form.person_id = person_id

        def store(form: RecordForm) -> None:
            restrictions.restrict(desk, person_id, form.values().get("why") or "")

        self._take(InlineForm(self.seat, form, _("Ask from now on"), store, title=_("Ask why it is opened")))

    def close_to_somebody(self) -> None:
        """Open the form that closes the record to a colleague."""
        person_id, desk = self._person_id, self.seat.desk
        if person_id is None:
            return
        form = RecordForm(self.seat, KnowsFamily, headings=False)
        form.person_id = person_id

        def store(form: RecordForm) -> None:
            values = form.values()
            restrictions.close_to(desk, person_id, values.get("member_id"), values.get("why") or "")

        title = _("This colleague knows the family")
        self._take(InlineForm(self.seat, form, _("Close to this colleague"), store, title=title))

    def _take(self, editor: InlineForm) -> None:
        self._open_editor(editor)
        self.place.addWidget(editor)
        editor.show()
        editor.begin()
        bring_into_view(editor)

    def _act(self, key: Any) -> None:
        if key == _ASKS and self._restriction is None:
            self.ask_why()
        elif key == _ASKS:
            self._lift()
        else:
            self._open_again(key)

    def _lift(self) -> None:
        person_id, one, desk = self._person_id, self._restriction, self.seat.desk
        if person_id is None or one is None:
            return
        why = text_of(one, "why")
        self._do(
            lambda: restrictions.lift(desk, person_id),
            _("The record opens without a question again."),
            lambda: restrictions.restrict(desk, person_id, why),
        )

    def _open_again(self, member_id: UUID) -> None:
        person_id, one, desk = self._person_id, self._closed.get(member_id), self.seat.desk
        if person_id is None or one is None:
            return
        why = text_of(one, "why")
        self._do(
            lambda: restrictions.open_to(desk, person_id, member_id),
            _("The record is open to {name} again.").format(name=self.seat.names("member").get(member_id, "…")),
            lambda: restrictions.close_to(desk, person_id, member_id, why),
        )

    def _do(self, act: Callable[[], object], words: str, undo: Callable[[], object]) -> None:
        try:
            act()
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.say(words, undo)
