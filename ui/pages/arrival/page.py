"""The arrival at the door: one page, by keyboard, for whoever is on shift. Everything else can wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from shelterdesk import arrival_requests, arrivals, bed_holds, drafts, duplicates
from shelterdesk.access import Right
from shelterdesk.arrival_requests import ArrivalRequest
from shelterdesk.arrivals import Arrived
from shelterdesk.duplicates import Candidate
from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.search import Entry
from ui import theme
from ui.draft_places import draft_for
from ui.forms.form_page import FormPage
from ui.later import once
from ui.pages.arrival.form import ArrivalForm
from ui.pages.arrival.rail import WIDTH, Expected, MaybeOnFile, SayFirst, entry_of, later_card
from ui.place import Place
from ui.seat import Seat, person_words
from ui.theme import tokens
from ui.widgets.buttons import LinkButton
from ui.widgets.text import Words

FROM_CALL: Final = "from_call"
"""What a place does where the page begins with what a call told; ``about`` is the id of the call."""
_LOOK_AFTER = 200
"""Milliseconds without typing after which the index is asked for people of that name."""
_MANY = 1500
"""People from which the worker looks for the name."""
_CALLS: Final = Place("calls")


class ArrivalPage(FormPage):
    """``arrived`` is who was taken in after saving."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("New arrival"), _("Save arrival"), _("Save and print bed card"))
        self.setObjectName("arrival")
        self.arrived: Arrived | None = None
        self._prints = False
        self._not_her: set[UUID] = set()
        self._maybe: list[Candidate] = []
        self.beside_title(Words(_("only the bed is required"), tone="muted"))
        self.away = LinkButton(_("Turned away…"))
        self.away.clicked.connect(lambda: seat.go(_CALLS.with_(doing="turn_away")))
        self.add_act(self.away)
        self._look = once(self, self.look_for_her, _LOOK_AFTER)
        self.form = ArrivalForm(seat)
        self.card.add_space(12)
        self.take_form(self.form)
        self.card.end()
        self._fill_rail()
        self._later = once(self, self._arrange)
        self.form.edited.connect(self._later.start)
        self.form.edited.connect(self._look.start)
        self.form.name.installEventFilter(self)
        self.form.name.setToolTip(_("Arrow down goes to who may be on file"))
        self.finished.connect(self._leave)
        seat.index_ready.connect(self.look_for_her)
        seat.visitor_changed.connect(lambda _on: self._renew())
        self._blank()

    def _fill_rail(self) -> None:
        seat = self.seat
        self.hint = MaybeOnFile(seat)
        self.hint.chosen.connect(self._take_her)
        self.hint.refused.connect(self._not_this_one)
        self.expected = Expected(seat)
        self.expected.chosen.connect(lambda call_id: seat.go(Place("arrival", doing=FROM_CALL, about=call_id)))
        self.expected.all.clicked.connect(lambda: seat.go(_CALLS))
        self.say_first, self.later = SayFirst(), later_card()
        for widget in (self.say_first, self.hint, self.expected, self.later):
            widget.setFixedWidth(theme.px(WIDTH))
            self.rail.addWidget(widget)
        self.rail.addStretch(1)

    # --- what the window asks --------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show the form: that of a draft, that of a call, or what was being typed when somebody went away."""
        if place.doing == FROM_CALL and place.about is not None:
            self._begin_from(place.about)
        elif place.about is not None:
            self._go_on_with(place.about)
        elif not self.form.is_dirty():
            self._blank()
        self._renew()
        self._later.start()
        self.form.name.setFocus()

    def refresh(self) -> None:
        """Read beds and calls anew; what was typed stays."""
        self._renew()

    def _renew(self) -> None:
        holds = self._holds_of(self.form.request_id)
        self.form.beds.show_day(self.form.beds.day, holds=holds)
        self.expected.show_calls([] if self.form.request_id is not None else self._waiting())
        self._fit_rail()
        if not self.hint.is_her():
            self._show_maybe(self._maybe)

    def _waiting(self) -> list[ArrivalRequest]:
        desk = self.seat.desk
        return arrival_requests.waiting_requests(desk) if desk.may(Right.SEE_HOUSE) else []

    def _holds_of(self, call_id: UUID | None) -> frozenset[UUID]:
        if call_id is None:
            return frozenset()
        desk = self.seat.desk
        return frozenset(one.id for one in bed_holds.holds_on(desk, desk.today()) if one.about_id == call_id)

    # --- beginning -------------------------------------------------------------------------------------------------

    def _blank(self) -> None:
        self.form.begin()
        self.form.clear_problems()
        self._not_her.clear()
        self._show_maybe([])
        self.strip.say_draft("")

    def _begin_from(self, call_id: UUID) -> None:
        self._put_aside()
        try:
            call = arrival_requests.read_request(self.seat.desk, call_id)
        except ShelterDeskError as error:
            self.banner.say(error.text(), kind="error")
            return
        if call.waits:
            self.form.take_call(call, self._holds_of(call_id))
            self.look_for_her()

    def _put_aside(self) -> None:
        """Leave what was typed to its draft, which Today offers; the form begins anew."""
        self.form.put_aside()
        self._blank()

    def _go_on_with(self, about: UUID) -> None:
        if self.form.is_dirty() and about == self.form.draft_id:
            return
        draft = draft_for(drafts.my_drafts(self.seat.desk, extra_fields=self.form.extra), about)
        if draft is None:
            return
        self._put_aside()
        self.form.load_draft(draft)
        her = entry_of(self.seat, self.form.returning_id)
        if her is not None:
            self.hint.show_her(her)
        else:
            self.look_for_her()

    # --- saving ----------------------------------------------------------------------------------------------------

    def save(self, *, another: bool = False) -> bool:
        """Save; with *another* the bed card is printed afterwards."""
        self._prints = another
        self.arrived = None
        return super().save()

    def store(self, *, another: bool) -> None:  # noqa: ARG002 - every form is asked, this one saves alike
        """Save person, stay, alerts and children as one act."""
        form = self.form
        person, stay, rest = form.parted()
        try:
            self.arrived = arrivals.arrive(
                self.seat.desk,
                person,
                stay,
                bed_id=rest.get("bed_id"),
                without_bed=bool(rest.get("without_bed")),
                flags=rest.get("flags") or (),
                flag_words=form.words_by_flag(rest.get("flag_words")),
                children=form.along(),
                returning_id=form.returning_id,
                request_id=form.request_id,
            )
        except Problems as problems:
            if any(one.field == "bed_since.bed" for one in problems.problems):
                # Another hand may have given the bed away meanwhile.
                form.beds.show_day(form.beds.day, holds=self._holds_of(form.request_id))
            # Person, stay and children are checked one after the other; the form has an order of its own.
            order = [field.id for field in form.fields]
            found = sorted(problems.problems, key=lambda one: order.index(one.field) if one.field in order else -1)
            raise Problems(found) from problems

    def _leave(self, saved: bool) -> None:
        arrived, seat = self.arrived, self.seat
        words = self.form.beds.words_of(self.form.beds.value())
        prints = self._prints and saved
        self._blank()
        if arrived is None or not saved:
            seat.go(self._home())
            return
        seat.go(self._after(arrived))
        who = seat.masked(person_words(arrived.shown, arrived.code))
        said = _("{who} is here: {bed}.") if words else _("{who} is here.")
        seat.say(said.format(who=who, bed=words), lambda: arrivals.undo_arrival(seat.desk, arrived))
        if prints:
            self._print(arrived)

    def _print(self, arrived: Arrived) -> None:
        from ui.dialogs.print_bed_card import print_bed_card

        print_bed_card(self.seat, self.window(), arrived.person_id)

    def _after(self, arrived: Arrived) -> Place:
        if self.seat.desk.may(Right.SEE_RECORDS):
            return Place("residents", "here_now", arrived.person_id)
        return self._home()

    @staticmethod
    def _home() -> Place:
        return Place("house_book")

    # --- perhaps she is on file already ----------------------------------------------------------------------------

    def look_for_her(self) -> None:
        """Look whether somebody of this name is on file; thousands are looked through by the worker."""
        if self.hint.is_her():
            return
        name = self.form.name.text().strip()
        desk, index = self.seat.desk, self.seat.index

        def look() -> list[Candidate]:
            return duplicates.candidates(desk, index, names=[name])

        if len(index.entries) <= _MANY:
            self._show_maybe(look())
            return

        def then(found: list[Candidate]) -> None:
            if self.form.name.text().strip() == name and not self.hint.is_her():
                self._show_maybe(found)

        self.seat.in_background(lambda _task: look(), then, owner=self)

    def _show_maybe(self, found: list[Candidate]) -> None:
        self._maybe = [one for one in found if one.entry.id not in self._not_her]
        self.hint.show_maybe(self._maybe[0].entry if self._maybe else None)

    def _take_her(self, entry: Entry | None) -> None:
        self.form.come_back(entry.id if entry is not None else None)
        self.form.show_whose(entry.code if entry is not None else None)
        self.form.name.setFocus()

    def _not_this_one(self, person_id: UUID) -> None:
        self._not_her.add(person_id)
        self._show_maybe(self._maybe)
        self.form.name.setFocus()

    # --- how much room there is ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        # Only once everything is laid out the form tells truly how much room it needs.
        self._later.start()

    def _arrange(self) -> None:
        # Words are longer in some languages, so the form itself tells how much room it needs.
        needed = self.card.minimumSizeHint().width() + theme.px(WIDTH) + tokens.CARD_GAP + 2 * tokens.PAGE_SIDE
        narrow = self.width() < needed
        # Where there is no room beside the form, the hint stands above it; what can wait is left out.
        above, beside = QBoxLayout.Direction.BottomToTop, QBoxLayout.Direction.LeftToRight
        self.columns.setDirection(above if narrow else beside)
        self.rail.setDirection(beside if narrow else QBoxLayout.Direction.TopToBottom)
        self.later.setVisible(not narrow)
        self.say_first.setVisible(not narrow)
        self._fit_rail()
        self.strip.set_indent(tokens.PAGE_SIDE + tokens.CARD_PADDING + self.form.rows.field_column())

    def _fit_rail(self) -> None:
        """Leave out who is expected where that would push down a form that was begun."""
        begun = self.form.is_dirty() or self.form.request_id is not None
        narrow = self.columns.direction() != QBoxLayout.Direction.LeftToRight
        self.expected.setVisible(bool(self.expected.rows.rows()) and not (begun and narrow))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.form.name
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and self.hint.isVisible()
        ):
            (self.hint.her if self.hint.her.isVisible() else self.hint.other).setFocus()
            return True
        return super().eventFilter(watched, event)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what this page answers to."""
        return super().commands() | {"print": lambda: self.save(another=True)}
