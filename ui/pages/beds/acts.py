"""What is done on the bed board: moving, holding, going away, coming back, visitors, belongings, leaving."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from shelterdesk import absences, bed_holds, belongings, drafts, stays, visits
from shelterdesk.absences import Absence
from shelterdesk.access import Right
from shelterdesk.bed_use import BedUse
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.schema.base import Record
from shelterdesk.stays import Stay
from ui.dialogs.print_receipt import print_receipt
from ui.draft_places import draft_for
from ui.forms.house_forms import absence_form, belonging_form, hold_form, visit_form
from ui.forms.inline_form import InlineForm
from ui.forms.leaving_form import leaving_form
from ui.pages.beds.panel import ACTS, BedPanel
from ui.place import Place
from ui.seat import Seat
from ui.widgets.bed_board import BedBoard
from ui.widgets.buttons import Button
from ui.widgets.page import Page

R = TypeVar("R", bound=Record)
_TURNS: Final = {"away": "back", "hold": "end_hold"}
"""Acts on one letter: the second is meant where it is offered."""
_LETTERS: Final = {
    letter.casefold(): name for name, (_words, _icon, letter) in ACTS.items() if letter and name not in _TURNS.values()
}


class BedActs(Page):
    """Acts on the bed that is shown. The page itself reads and shows."""

    def __init__(self, seat: Seat, title: str) -> None:
        super().__init__(title)
        self.seat = seat
        self.may = seat.desk.may(Right.KEEP_STAYS)
        self.uses: dict[UUID, BedUse] = {}
        self.without: dict[UUID, date] = {}
        self.away: dict[UUID, Absence] = {}
        self.editor: InlineForm | None = None
        self.form_place = QVBoxLayout()
        self._moving: UUID | None = None
        """Who gets the bed that is pressed next."""
        self.board = BedBoard(_("Beds"))
        self.board.setObjectName("bed_board")
        self.panel = BedPanel(seat)
        self.board.picked.connect(self.pick)
        self.board.moved.connect(self.drop)
        self.board.typed.connect(self.type_letter)
        self.board.cancelled.connect(self.stop_moving)
        self.panel.act_wanted.connect(self.do)
        self.panel.own_bed_wanted.connect(self.begin_moving)

    def refresh(self) -> None:
        """Read the beds anew."""

    def arrange(self) -> None:
        """Make room for a form, or take it back."""

    def show_key(self, key: Any) -> None:
        """Show the bed with *key*, or somebody without one, in the panel."""

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the page answers to at this moment."""
        if self._moving is not None:
            return {"cancel": self.stop_moving}
        return self.editor.commands() if self.editor is not None and self.editor.isVisible() else {}

    def keep_drafts(self) -> None:
        """Keep what was typed."""
        if self.editor is not None:
            self.editor.form.keep_draft()

    def go_to_person(self, person_id: UUID) -> None:
        """Put the keyboard on the tile of somebody."""
        for use in self.uses.values():
            if person_id == use.person_id or person_id in use.sharing:
                self.board.go_to(use.bed_id)
                return
        if person_id in self.without:
            self.board.go_to(person_id)

    # --- acts ----------------------------------------------------------------------------------------------------

    def do(self, act: str) -> None:
        """Do one of the acts the panel offers."""
        shown = self.panel.shown
        if shown is None or act not in self.panel.offered():
            return
        whose, use, seat = shown.person_id, shown.use, self.seat
        if act == "arrival":
            seat.go(Place("arrival"))
        elif whose is not None:
            self._do_for(act, whose)
        elif use is not None and act == "hold":
            self.take(hold_form(seat, use.bed_id))
        elif use is not None and use.hold_id is not None:
            self._end_hold(use.hold_id)

    def _do_for(self, act: str, whose: UUID) -> None:
        seat = self.seat
        makes = {"away": absence_form, "visitor": visit_form, "take_in": belonging_form}
        if act in makes:
            self.take(makes[act](seat, whose))
        elif act == "move":
            self.begin_moving(whose)
        elif act == "back":
            self._came_back(whose)
        elif act == "receipt":
            print_receipt(seat, self, whose)
        elif act == "record":
            seat.go(Place("residents", person_id=whose, section="stay"))
        elif (stay := self._stay_of(whose)) is not None:
            self.take(leaving_form(seat, stay))

    def begin_moving(self, person_id: UUID) -> None:
        """Wait for a free bed to be pressed for *person_id*."""
        self._moving = person_id
        name = self.seat.masked(self.seat.names("person").get(person_id, "…"))
        words = _("Choose a free bed for {name}: arrow keys and Enter, or a click. Esc leaves it.")
        self.panel.wait_for_bed(words.format(name=name))
        self.board.look_for_free(on=True)
        first = next((use.bed_id for use in self.uses.values() if use.free), None)
        if first is None:
            self.stop_moving()
            self.seat.say(_("No bed is free tonight."), kind="attention")
        else:
            self.board.go_to(first)

    def stop_moving(self) -> None:
        """Leave it as it is."""
        if self._moving is not None:
            self._moving = None
            self.board.look_for_free(on=False)
            self.refresh()
            self.board.go_to(self.board.current())

    def pick(self, key: Any) -> None:
        """Open what can be done about a bed, or give it to whoever is moved."""
        if self._moving is None:
            self.board.mark(key)
            self.show_key(key)
            first = next((self.panel.findChild(Button, f"act_{name}") for name in self.panel.offered()), None)
            if isinstance(first, Button):
                first.setFocus()
            return
        use = self.uses.get(key)
        if use is not None and use.free:
            person, self._moving = self._moving, None
            self.board.look_for_free(on=False)
            self._move(person, use)

    def drop(self, source: Any, target: Any) -> None:
        """Give a free bed to who was dragged to it."""
        use = self.uses.get(source)
        person = use.person_id if use is not None else source
        free = self.uses.get(target)
        if person is not None and free is not None and free.free:
            self._move(person, free)

    def _move(self, person_id: UUID, use: BedUse) -> None:
        desk, stay = self.seat.desk, self._stay_of(person_id)
        if stay is None:
            return
        try:
            moved = stays.move_bed(desk, stay, use.bed_id, desk.today())
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.board.mark(use.bed_id)
        self.refresh()
        self.board.go_to(use.bed_id)
        name = self.seat.masked(self.seat.names("person").get(person_id, "…"))
        words = _("{name} sleeps in {room}, bed {bed} from today.").format(name=name, room=use.room, bed=use.bed)
        self.seat.say(words, lambda: stays.take_back_move(desk, moved.id))

    def _end_hold(self, hold_id: UUID) -> None:
        desk = self.seat.desk
        try:
            bed_holds.end_hold(desk, hold_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.say(_("The bed is free again."), lambda: bed_holds.hold_again(desk, hold_id))

    def _came_back(self, person_id: UUID) -> None:
        desk, away = self.seat.desk, self.away.get(person_id)
        if away is None:
            return
        try:
            made = absences.came_back(desk, away, desk.today())
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        if made.back_on is None:
            undo: Callable[[], object] = lambda: absences.archive_absence(desk, made.id, archived=False)  # noqa: E731
        else:
            undo = lambda: absences.change_absence(desk, made, back_on=None)  # noqa: E731
        self.seat.say(_("She is back."), undo)

    def _stay_of(self, person_id: UUID) -> Stay | None:
        today = self.seat.desk.today()
        found = stays.stays_of(self.seat.desk, person_id)
        return next(
            (one for one in found if one.arrived_on <= today and (one.left_on is None or one.left_on > today)), None
        )

    def type_letter(self, _key: Any, letter: str) -> None:
        """Do what a letter stands for."""
        name = _LETTERS.get(letter, "")
        other = _TURNS.get(name, "")
        name = other if other in self.panel.offered() else name
        if self._moving is None and name:
            self.do(name)

    def take(self, editor: InlineForm) -> None:
        """Show a form above the board."""
        self.close_editor()
        self.editor = editor
        self.form_place.addWidget(editor)
        self.arrange()
        editor.show()
        editor.begin()
        self.scroll_area.verticalScrollBar().setValue(0)
        editor.finished.connect(lambda saved: self._finished(editor, saved=saved))

    def close_editor(self) -> None:
        """Take the open form out; what was typed stays as a draft."""
        if self.editor is not None:
            editor, self.editor = self.editor, None
            editor.form.keep_draft()
            self.form_place.removeWidget(editor)
            editor.hide()
            editor.deleteLater()
            self.arrange()

    def _finished(self, editor: InlineForm, *, saved: bool) -> None:
        if saved:
            self.close_editor()
        else:
            # It stays at hand, hidden: the banner may bring back what was typed.
            editor.hide()
        self.refresh()
        self.board.go_to(self.board.current())

    def go_on(self, about: UUID | None) -> None:
        """Go on with a draft."""
        draft = draft_for(drafts.my_drafts(self.seat.desk), about)
        if draft is None or not self.may:
            return
        editor = self._form_of(draft)
        if editor is not None:
            self.take(editor)
            editor.form.load_draft(draft)

    def _form_of(self, draft: Draft) -> InlineForm | None:
        seat, whose = self.seat, draft.person_id
        if draft.record == "bed_hold":
            self.board.go_to(draft.target_id)
            return hold_form(seat, draft.target_id)
        if whose is None:
            return None
        self.go_to_person(whose)
        match draft.record:
            case "absence":
                return absence_form(seat, whose, _of_draft(absences.absences_of(seat.desk, whose), draft))
            case "visit":
                return visit_form(seat, whose, _of_draft(visits.visits_of(seat.desk, whose), draft))
            case "belonging":
                return belonging_form(seat, whose, _of_draft(belongings.belongings_of(seat.desk, whose), draft))
            case _:
                return None


def _of_draft(found: Iterable[R], draft: Draft) -> R | None:
    """Return what *draft* changes; None where it is something new."""
    return next((one for one in found if one.id == draft.target_id), None)
