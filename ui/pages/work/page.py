"""Work and training: the lists and the forms of one place, one shown at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget

from shelterdesk import drafts, partners, placements
from shelterdesk.access import Right
from shelterdesk.drafts import Draft
from shelterdesk.work import LISTS
from ui.draft_places import draft_for
from ui.forms.placement_forms import check_in_fields, is_check_in, stage_fields
from ui.pages.work.board import BoardPage
from ui.pages.work.partner_list import PartnerListPage
from ui.pages.work.partner_page import PartnerPage
from ui.pages.work.placement_page import PlacementPage
from ui.place import Place
from ui.seat import Seat
from ui.widgets.banner import Banner

_KINDS = frozenset({"placement", "stage_since", "partner", "person"})
"""Kinds of record the page shows something of."""


class WorkPage(QStackedWidget):
    """Placements, check-ins and partners, and the forms for them."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.place = Place("work")
        self.board = BoardPage(seat)
        self.partners = PartnerListPage(seat)
        self.form: PlacementPage | PartnerPage | None = None
        self._may = seat.desk.may(Right.KEEP_PLACEMENTS)
        for page in (self.board, self.partners):
            self.addWidget(page)
            page.list_wanted.connect(lambda list_id: seat.go(Place("work", list_id=list_id)))
        seat.bus.changed.connect(self._changed)

    @property
    def banner(self) -> Banner:
        """The banner of what is shown."""
        return self._shown().banner

    def show_place(self, place: Place) -> None:
        """Show a list or a form."""
        self.place = place
        self._drop_form()
        if place.doing and self._may:
            self._show_form(place)
        else:
            self._show_list(place.list_id, place.about)

    def refresh(self) -> None:
        """Read everything anew. A form keeps what was typed."""
        if self.form is None:
            page = self._shown()
            assert isinstance(page, BoardPage | PartnerListPage)
            page.refresh()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what is answered to at this moment."""
        return self._shown().commands()

    def keep_drafts(self) -> None:
        """Keep what was typed."""
        self._shown().keep_drafts()

    def _shown(self) -> BoardPage | PartnerListPage | PlacementPage | PartnerPage:
        shown: Any = self.currentWidget()
        return shown

    def _show_list(self, list_id: str, about: UUID | None = None) -> None:
        list_id = list_id if list_id in dict(LISTS) else "placements"
        if list_id == "partners":
            self.setCurrentWidget(self.partners)
            self.partners.show_partner(about)
        else:
            self.setCurrentWidget(self.board)
            self.board.show_list(list_id, about)
        self.seat.name_place(Place("work", list_id=list_id, about=about))

    def _show_form(self, place: Place) -> None:
        desk = self.seat.desk
        found = drafts.my_drafts(desk, extra_fields=(*check_in_fields(self.seat), *stage_fields(self.seat)))
        draft = draft_for(found, place.about)
        match place.doing:
            case "new_partner" | "edit_partner":
                known = {one.id: one for one in partners.partners_of(desk)}
                partner = known.get(draft.target_id if draft is not None else place.about)  # pyright: ignore[reportArgumentType]
                self._open(PartnerPage(self.seat, partner=partner, draft=draft))
            case "new_placement" | "edit_placement":
                self._show_placement(place, draft)
            case "move" if draft is not None and draft.record == "stage_since":
                self._show_list("placements", draft.target_id)
                self.board.begin_move(draft.target_id, draft)
            case "check_in" | "move":
                self._show_list("placements", place.about)
                begin = self.board.begin_check_in if place.doing == "check_in" else self.board.begin_move
                begin(place.about)
            case _:
                self._show_list(place.list_id)

    def _show_placement(self, place: Place, draft: Draft | None) -> None:
        desk = self.seat.desk
        known = {placement.id for placement, _stage in placements.all_placements(desk)}
        wanted = draft.target_id if draft is not None else place.about
        placement = placements.placement_with(desk, wanted) if wanted is not None and wanted in known else None
        if placement is not None and draft is not None and is_check_in(draft):
            self._show_list("placements", placement.id)
            self.board.begin_check_in(placement.id, draft)
            return
        self._open(PlacementPage(self.seat, person_id=place.person_id, placement=placement, draft=draft))

    def _open(self, form: PlacementPage | PartnerPage) -> None:
        self.form = form
        self.addWidget(form)
        self.setCurrentWidget(form)
        form.finished.connect(self._finish)
        form.begin()

    def _finish(self, saved: bool) -> None:
        """Go back to where the form was asked for, and say what was done there."""
        form = self.form
        assert form is not None
        if isinstance(form, PartnerPage):
            about = form.saved_id if saved else self.place.about
            self.seat.go(Place("work", list_id="partners", about=about))
        elif self.place.person_id is not None:
            self.seat.go(Place("residents", person_id=self.place.person_id, section="work"))
        else:
            about = form.saved_id if saved else self.place.about
            self.seat.go(Place("work", list_id="placements", about=about))
        if saved:
            self.seat.say(form.done_words, form.undo)

    def _drop_form(self) -> None:
        if self.form is not None:
            self.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _changed(self, kinds: frozenset[str]) -> None:
        # A visit reads everything anew, so only what is on screen has to follow.
        if kinds & _KINDS and self.isVisible():
            self.refresh()
