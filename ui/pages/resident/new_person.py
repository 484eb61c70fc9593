"""Somebody new: one short page, filled in under two minutes. Everything else can wait."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from shelterdesk import arrivals, drafts, duplicates, rooms
from shelterdesk.access import Right
from shelterdesk.duplicates import Candidate
from shelterdesk.errors import Problems
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, _
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.person_history import WorkerSince
from shelterdesk.records import UNANSWERED
from shelterdesk.referrals import Referral
from shelterdesk.residents import HERE_NOW, WITHOUT_STAY
from shelterdesk.search import Index
from shelterdesk.stays import BedSince, Stay
from ui import theme
from ui.draft_places import draft_for
from ui.forms.bed_editor import BedEditor
from ui.forms.editors import Unreadable, editor_for
from ui.forms.form_page import FormPage
from ui.forms.record_form import RecordForm
from ui.later import once
from ui.place import Place
from ui.seat import Seat, person_words
from ui.theme import tokens
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import ElidedWords, Words

_RAIL = 284
_RAIL_BELOW = 900
_LOOK_AFTER = 200
"""Milliseconds without typing after which the index is asked for people of that name."""
_MANY = 1500
"""People from which the worker looks for the name."""
_LIVES_HERE: Final = Field("arrival.lives_here", N_("Lives here"), Kind.FLAG, attribute="lives_here")
_IN_STAY: Final = ("arrived_on", "came_from", "bed_id")


class NewPersonPage(FormPage):
    """``made`` is the person after saving."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("New resident"), _("Save resident"), _("Save and add another"))
        self.made: Person | None = None
        self.beside_title(Words(_("nothing here is needed but the day of arrival"), tone="muted"))
        self.extra = _extra_fields(seat)
        self._not_her: set[UUID] = set()
        self._maybe: list[Candidate] = []
        self._look = once(self, self.look_for_her, _LOOK_AFTER)
        self.form = self._make_form()
        self.hint = _HintCard(seat)
        self.hint.her.clicked.connect(self._go_to_her)
        self.hint.other.clicked.connect(self._not_this_one)
        self._fill_rail()
        self.card.end()
        self.form.edited.connect(self._look.start)
        self.form.edited.connect(self._fit_rows)
        self._blank()

    # --- building ----------------------------------------------------------------------------------------------

    def _make_form(self) -> RecordForm:
        seat, desk = self.seat, self.seat.desk
        form = RecordForm(seat, Person, (), extra=tuple(self.extra.values()))
        own = {field.attribute: field for field in desk.writable(desk.fields(Person))}
        for name in ("short_name",):
            if name in own:
                form.add_editor(own[name], editor_for(own[name], seat))
        self.beds = BedEditor(seat, desk.today())
        for name in ("lives_here", "arrived_on", "came_from"):
            if name in self.extra:
                form.add_editor(self.extra[name], editor_for(self.extra[name], seat))
        for name in ("gender", "birth", "languages", "needs_interpreter"):
            if name in own:
                form.add_editor(own[name], editor_for(own[name], seat))
        if "bed_id" in self.extra:
            form.add_editor(self.extra["bed_id"], self.beds)
        for name in ("source", "referred_on", "member_id"):
            if name in self.extra:
                form.add_editor(self.extra[name], editor_for(self.extra[name], seat))
        if "must_know" in own:
            form.add_editor(own["must_know"], editor_for(own["must_know"], seat))
        self.card.add_space(16)
        self.take_form(form)
        return form

    def _fill_rail(self) -> None:
        self.hint.setFixedWidth(theme.px(_RAIL))
        self.later = later = Card(_("Not now"), size="body")
        later.setFixedWidth(theme.px(_RAIL))
        rows = RowList(_("Not now"), RowShape(height=28, inset=10))
        titles = (
            _("Legal names and papers"),
            _("Phone and family"),
            _("What happened"),
            _("Consents and house rules"),
        )
        rows.set_rows([Row(title, title, icon="circle", quiet=True) for title in titles])
        later.add(rows, inset=8)
        later.add(Words(_("The record asks for these later."), "small", "muted", wrap=True), above=4)
        later.end(12)
        self.rail.addWidget(self.hint)
        self.rail.addWidget(later)
        self.rail.addStretch(1)
        self.hint.hide()

    def begin(self, about: UUID | None) -> None:
        """Put the keyboard into the first field; go on with the draft *about* speaks of."""
        found = drafts.my_drafts(self.seat.desk, extra_fields=tuple(self.extra.values()))
        draft = draft_for(found, about)
        if draft is not None:
            self.form.load_draft(draft)
            self.look_for_her()
        self._fit_rows()
        self.form.rows.rows()[0].editor.setFocus()

    def _blank(self, kept: dict[str, Any] | None = None) -> None:
        desk = self.seat.desk
        mine = desk.me.id if desk.may(Right.CASE_WORK) else None
        empty: dict[str, Any] = {field.attribute: None for field in self.form.fields}
        start = {"lives_here": True, "arrived_on": desk.today(), "member_id": mine} | (kept or {})
        self.form.load_values(empty | {name: value for name, value in start.items() if self.form.has(name)})
        self._not_her.clear()
        self._show_maybe([])
        self._fit_rows()

    # --- saving ------------------------------------------------------------------------------------------------

    def store(self, *, another: bool) -> None:  # noqa: ARG002 - every form is asked, this one saves alike
        """Save person, stay and referral as one act."""
        values = self.form.values()
        unanswered = values.pop(UNANSWERED, None)
        part = {name: values.pop(name, None) for name in self.extra}
        if unanswered:
            values[UNANSWERED] = unanswered
        stay: dict[str, Any] | None = None
        if self.lives_here():
            stay = {"arrived_on": part.get("arrived_on"), "came_from": part.get("came_from")}
            stay["site_id"] = self._site_of(part.get("bed_id"))
        referral = {"source": part.get("source"), "referred_on": part.get("referred_on")}
        try:
            self.made = arrivals.take_in(
                self.seat.desk,
                values,
                stay=stay,
                bed_id=part.get("bed_id") if stay is not None else None,
                referral=referral,
                worker_id=part.get("member_id"),
            )
        except Problems as problems:
            # Person, stay and referral are checked one after the other; the form has an order of its own.
            order = [field.id for field in self.form.fields]
            found = sorted(problems.problems, key=lambda one: order.index(one.field) if one.field in order else -1)
            raise Problems(found) from problems

    def save(self, *, another: bool = False) -> bool:
        """Save; with *another* an empty form follows that keeps the day and who sent them."""
        if not super().save(another=another):
            return False
        if another and self.made is not None:
            made, names = self.made, ("arrived_on", "lives_here", "source", "referred_on", "member_id")
            self._blank({name: self.form.editor(name).value() for name in names if self.form.has(name)})
            self.beds.show_day(self.seat.desk.today())
            self.form.rows.rows()[0].editor.setFocus()
            say_made(self.seat, made)
        return True

    def lives_here(self) -> bool:
        """Tell whether the form records an arrival."""
        return self.form.has("lives_here") and self.form.editor("lives_here").value() is not False

    def _site_of(self, bed_id: UUID | None) -> UUID | None:
        desk = self.seat.desk
        if bed_id is not None:
            room_of = {bed.id: bed.room_id for bed in rooms.beds_of(desk)}
            site_of = {room.id: room.site_id for room in rooms.rooms_of(desk)}
            return site_of.get(room_of[bed_id])
        sites = rooms.sites_of(desk)
        return sites[0].id if sites else None

    def _fit_rows(self) -> None:
        """Show the rows of the arrival only for who lives here, and the beds of its day."""
        here = self.lives_here()
        for name in _IN_STAY:
            if self.form.has(name):
                self.form.row(name).setVisible(here)
        day = self._readable("arrived_on")
        if here and isinstance(day, date) and day != getattr(self, "_bed_day", None):
            self._bed_day = day
            self.beds.show_day(day)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _RAIL_BELOW * theme.scale()
        # Where there is no room beside the form, the hint stands above it; what can wait is left out.
        above, beside = QBoxLayout.Direction.BottomToTop, QBoxLayout.Direction.LeftToRight
        self.columns.setDirection(above if narrow else beside)
        self.later.setVisible(not narrow)
        self.strip.set_indent(tokens.PAGE_SIDE + tokens.CARD_PADDING + self.form.rows.field_column())

    def _readable(self, name: str) -> Any:
        try:
            return self.form.editor(name).value() if self.form.has(name) else None
        except Unreadable:
            return None

    # --- perhaps she is on file already ------------------------------------------------------------------------

    def look_for_her(self) -> None:
        """Look whether somebody of this name is on file; thousands are looked through by the worker."""
        name = self._readable("short_name") or ""
        birth = self._readable("birth")
        born = birth if isinstance(birth, PartialDate) else None
        gender, desk = self._readable("gender"), self.seat.desk
        index: Index = self.seat.index

        def look() -> list[Candidate]:
            return duplicates.candidates(desk, index, names=[name], birth=born, gender=gender)

        if len(index.entries) <= _MANY:
            self._show_maybe(look())
            return

        def then(found: list[Candidate]) -> None:
            if (self._readable("short_name") or "") == name:
                self._show_maybe(found)

        self.seat.in_background(lambda _task: look(), then, owner=self)

    def _show_maybe(self, found: list[Candidate]) -> None:
        self._maybe = [one for one in found if one.entry.id not in self._not_her]
        self.hint.show_maybe(self._maybe[0] if self._maybe else None)

    def _go_to_her(self) -> None:
        if self._maybe:
            # What was typed stays as a draft: it may hold what the record does not know yet.
            self.seat.go(Place("residents", person_id=self._maybe[0].entry.id, section="stay", doing="new_stay"))

    def _not_this_one(self) -> None:
        if self._maybe:
            self._not_her.add(self._maybe[0].entry.id)
            self._show_maybe(self._maybe[1:])
            self.form.row("short_name").editor.setFocus()


class _HintCard(Card):
    """«May already be on file» beside the form. It never stands in the way of saving."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("May already be on file"), size="body")
        self.setObjectName("maybe-on-file")
        self._seat = seat
        self.name = ElidedWords("", strong=True, sensitive=True)
        self.code = Words("", "small", "muted")
        self.more = Words("", "small", "muted", wrap=True)
        who = QWidget()
        line = QHBoxLayout(who)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.name, 1)
        line.addWidget(self.code)
        self.her = Button(_("It is her"))
        self.other = LinkButton(_("Not her"))
        self.add(who)
        self.add(self.more, above=2)
        self.add_row(self.her, self.other, above=8)
        self.her.setVisible(seat.desk.may(Right.SEE_RECORDS))
        self.end(12)

    def show_maybe(self, found: Candidate | None) -> None:
        """Show who it may be, or nothing."""
        self.setVisible(found is not None)
        if found is None:
            return
        entry = found.entry
        self.name.setText(self._seat.masked(entry.name))
        self.code.setText(entry.code if entry.code != entry.name else "")
        parts = [_(reason) for reason in found.reasons[:1]]
        if entry.birth_year:
            parts.append(_("born {year}").format(year=entry.birth_year))
        if entry.archived:
            parts.append(_("archived"))
        self.more.setText(" · ".join(parts))
        self.more.setVisible(bool(parts))


def form_list(*, lives_here: bool) -> str:
    """Return the saved list somebody new is on."""
    return HERE_NOW.id if lives_here else WITHOUT_STAY.id


def say_made(seat: Seat, made: Person) -> None:
    """Say that she is on file, and offer to undo it."""
    words = _("{who} is on file.").format(who=seat.masked(person_words(made.shown_name, made.code)))
    seat.say(words, lambda: arrivals.take_back(seat.desk, made.id))


def _extra_fields(seat: Seat) -> dict[str, Field]:
    """Return the fields of stay, bed, referral and worker as rows of the person's form."""
    desk = seat.desk
    found: list[Field] = []
    if desk.may(Right.KEEP_STAYS):
        stay = {field.attribute: field for field in desk.fields(Stay)}
        found += [_LIVES_HERE, *(stay[name] for name in ("arrived_on", "came_from") if name in stay)]
        found.append(desk.field(BedSince, "bed_id").with_changes(help=""))
    referral = {field.attribute: field for field in desk.fields(Referral)}
    found += [referral[name] for name in ("source", "referred_on") if name in referral]
    if desk.may(Right.CASE_WORK):
        found.append(desk.field(WorkerSince, "member_id"))
    return {field.attribute: field for field in found}
