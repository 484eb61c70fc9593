"""Residents: the list of people and the record of one of them; and the form that takes somebody in."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedLayout, QWidget

from shelterdesk import episodes, people
from shelterdesk.access import Right
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from ui import theme
from ui.later import once
from ui.pages.resident.header import Standing
from ui.pages.resident.new_person import NewPersonPage, form_list, say_made
from ui.pages.resident.people_column import PeopleColumn
from ui.pages.resident.record import RecordView
from ui.place import Place
from ui.seat import Seat
from ui.widgets.banner import Banner
from ui.widgets.card import Line

_FOLDED_BELOW = 1280
_FOLDED_BELOW_WIDE = 1600
_LIST_KINDS = frozenset(
    {
        "absence",
        "bed_since",
        "colleague",
        "consent",
        "knows_family",
        "next_step",
        "person",
        "phase_since",
        "role_limit",
        "stay",
        "worker_since",
    }
)


class ResidentsPage(QWidget):
    """List and record side by side; in a narrow window the list lies over the record when it is asked for."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setAccessibleName(_("Residents"))
        self._left = True
        self._open_id: UUID | None = None
        self._asked: Place | None = None
        """Where one wanted to go when a record asked why."""
        self.form: NewPersonPage | None = None
        self.pane = PeopleColumn(seat)
        self.record = RecordView(seat)
        self._drawer = QFrame(self)
        self._line = Line(upright=True)
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._main = QWidget()
        self._pages.addWidget(self._lay_out())
        self._connect()

    def _lay_out(self) -> QWidget:
        inside = QHBoxLayout(self._drawer)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.pane)
        self._row = QHBoxLayout(self._main)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._drawer)
        self._row.addWidget(self._line)
        self._row.addWidget(self.record, 1)
        self._is_drawer = False
        return self._main

    def _connect(self) -> None:
        seat, pane = self.seat, self.pane
        self._later = once(self, self._catch_up)
        self._changes: frozenset[str] = frozenset()
        pane.listed.connect(self._listed)
        pane.list_chosen.connect(lambda list_id: seat.go(Place("residents", list_id=list_id)))
        pane.act_pressed.connect(lambda: seat.go(Place("residents", doing="new_person")))
        pane.people.pressed_on.connect(self._go_to_person)
        pane.people.opened.connect(self._enter)
        pane.people.previewed.connect(self._preview)
        self.record.section_chosen.connect(self._choose_section)
        self.record.reason_given.connect(self._open_with_reason)
        self.record.header.list_wanted.connect(self.show_list)
        self.record.header.step_wanted.connect(self.step)
        seat.bus.changed.connect(self._changed)

    # --- what the window asks ------------------------------------------------------------------------------------

    @property
    def banner(self) -> Banner:
        """Where the seat's words are shown: above the form while one is open, else in the record."""
        return self.form.banner if self.form is not None else self.record.banner

    def show_place(self, place: Place) -> None:
        """Show a saved list, a record, or the form for somebody new."""
        if place.doing == "new_person":
            self._show_form(place.about)
            return
        self._close_form()
        self._hide_drawer()
        self.pane.choose(place.list_id)
        if place.person_id is None:
            self._open_id = None
            self.pane.go_to(None)
            self.record.show_nobody(self.pane.nobody_words())
        else:
            self._show_record(place)
        self._arrange()
        if QApplication.focusWidget() in (None, self):
            (self.record.sections if self._is_drawer else self.pane.people).setFocus()

    def refresh(self) -> None:
        """Read list and record anew."""
        self._changes = frozenset()
        if self.form is None:
            self.pane.load()
            self.record.refresh()
            self._stand()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what can be done here at this moment."""
        if self.form is not None:
            return self.form.commands()
        found: dict[str, Callable[[], object]] = {
            "next_record": lambda: self.step(1),
            "previous_record": lambda: self.step(-1),
        }
        if self._is_drawer and self._drawer.isVisible():
            found["cancel"] = self._hide_drawer
        if self._open_id is not None and self.record.person is not None:
            found |= self._record_commands(self._open_id) | self.record.commands()
        return found

    def _record_commands(self, person_id: UUID) -> dict[str, Callable[[], object]]:
        desk, seat, record = self.seat.desk, self.seat, self.record
        place = Place("residents", self.pane.saved_list.id, person_id)
        found: dict[str, Callable[[], object]] = {
            "next_section": lambda: record.step_section(1),
            "previous_section": lambda: record.step_section(-1),
        }
        sections = {kind.id for kind in record.kinds}
        if desk.may(Right.CHANGE_PERSON):
            found["edit"] = lambda: seat.go(place.with_(section="personal", doing="edit"))
            found["archive"] = self.archive
            found["merge"] = lambda: seat.go(place.with_(section="personal", doing="merge"))
        if desk.may(Right.PRINT_PLANS):
            found["print"] = record.print_plan
        if "documents" in sections:
            found["new_scan"] = lambda: seat.go(place.with_(section="documents", doing="new_scan"))
        found["print_first_papers"] = record.print_first_papers
        if "legal" in sections and desk.may(Right.CASE_WORK):
            found["new_matter"] = lambda: seat.go(place.with_(section="legal", doing="new_matter"))
        if "psychology" in sections and episodes.may_work(desk):
            found["ask_scale"] = lambda: seat.go(place.with_(section="psychology", doing="new_screening"))
        if "plan" in sections and desk.may(Right.CASE_WORK):
            found["new_referral"] = lambda: seat.go(place.with_(section="consents", doing="new_referral_out"))
            found["new_milestone"] = lambda: seat.go(place.with_(section="plan", doing="new_milestone"))
        return found

    def keep_drafts(self) -> None:
        """Keep what was typed in the form or in any section."""
        if self.form is not None:
            self.form.keep_drafts()
        self.record.keep_drafts()

    # --- the record ----------------------------------------------------------------------------------------------

    def _go_to_person(self, person_id: UUID) -> None:
        section = self.record.kind().id if self.record.person is not None else ""
        self.seat.go(Place("residents", self.pane.saved_list.id, person_id, section))

    def _enter(self, person_id: UUID) -> None:
        self._go_to_person(person_id)
        self.record.sections.setFocus()

    def _preview(self, person_id: UUID) -> None:
        self._go_to_person(person_id)
        self.pane.people.setFocus()

    def _open_with_reason(self, why: str) -> None:
        if self._asked is not None:
            self._show_record(self._asked, why)
            self._arrange()
            self.record.sections.setFocus()

    def _show_record(self, place: Place, why: str = "") -> None:
        person_id = place.person_id
        assert person_id is not None
        stays = person_id == self._open_id and not self._left and self.record.person is not None
        section = place.section or (self.record.kind().id if stays else "overview")
        self._open_id = person_id
        if stays:
            self.record.show_section(section)
        elif not self.record.open(person_id, section, why):
            self._asked = place
            self.pane.go_to(person_id)
            self._stand()
            if self.record.reason.isVisibleTo(self.record):
                self.record.reason.begin()
            return
        self._left = False
        self.pane.go_to(person_id)
        self._stand()
        kind = self.record.kind(section)
        self.seat.name_place(Place("residents", self.pane.saved_list.id, person_id, kind.id))
        self.record.do(place.doing, place.about)

    def _choose_section(self, section: str) -> None:
        if self._open_id is None or section == self.record.kind().id:
            return
        self.record.show_section(section)
        self.seat.name_place(Place("residents", self.pane.saved_list.id, self._open_id, section))
        self._arrange()

    def step(self, by: int) -> None:
        """Open the next (+1) or previous (-1) record of the list."""
        keys, place = self.pane.keys, self.pane.place()
        at = place - 1 + by if place else 0
        if 0 <= at < len(keys):
            self._go_to_person(keys[at])

    def archive(self) -> None:
        """Take the open record off the lists; the banner undoes it."""
        desk, person = self.seat.desk, self.record.person
        if person is None:
            return
        person_id, archived = person.id, person.archived_at is None
        try:
            people.archive_person(desk, person_id, archived=archived)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        words = _("The record is archived.") if archived else _("The record is back on the lists.")
        self.seat.say(words, lambda: people.archive_person(desk, person_id, archived=not archived))

    def _stand(self) -> None:
        title = _(self.pane.saved_list.label)
        self.record.stand(Standing(title, self.pane.place(), len(self.pane.keys), self._is_folded()))

    def _listed(self) -> None:
        if self.record.person is None:
            self.record.show_nobody(self.pane.nobody_words())
        self._stand()

    # --- how much room there is ------------------------------------------------------------------------------------

    def show_list(self) -> None:
        """Lay the folded list over the record and put the keyboard into its filter."""
        self._drawer.setGeometry(0, 0, self.pane.width() + 1, self.height())
        self._drawer.show()
        self._drawer.raise_()
        self.pane.filter.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self.pane.offer_saved_lists()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        # Coming back to a record from another page opens it again, and that is written down again.
        if not event.spontaneous():
            self._left = True
        super().hideEvent(event)

    def _is_folded(self) -> bool:
        if self._open_id is None or self.record.person is None:
            return False
        least = _FOLDED_BELOW_WIDE if self.record.kind().wide else _FOLDED_BELOW
        return self.window().width() < least * theme.scale()

    def _arrange(self) -> None:
        folded = self._is_folded()
        if folded != self._is_drawer:
            self._is_drawer = folded
            theme.mark(self._drawer, surface="drawer" if folded else "")
            if folded:
                self._row.removeWidget(self._drawer)
                self._drawer.setParent(self._main)
            else:
                self._row.insertWidget(0, self._drawer)
            self._drawer.setVisible(not folded)
            self._line.setVisible(not folded)
        elif folded and self._drawer.isVisible():
            self._drawer.setGeometry(0, 0, self.pane.width() + 1, self.height())
        self._stand()

    def _hide_drawer(self) -> None:
        if self._is_drawer:
            self._drawer.hide()

    # --- somebody new ----------------------------------------------------------------------------------------------

    def _show_form(self, about: UUID | None) -> None:
        self._close_form()
        self.form = NewPersonPage(self.seat)
        self.form.finished.connect(self._form_finished)
        self._pages.addWidget(self.form)
        self._pages.setCurrentWidget(self.form)
        self.form.begin(about)

    def _form_finished(self, saved: bool) -> None:
        form = self.form
        if form is not None and form.made is not None and saved:
            made = form.made
            self.seat.go(Place("residents", form_list(lives_here=form.lives_here()), made.id))
            say_made(self.seat, made)
        else:
            self.seat.go(Place("residents", self.pane.saved_list.id, self._open_id))

    def _close_form(self) -> None:
        if self.form is not None:
            form, self.form = self.form, None
            focused = QApplication.focusWidget()
            if focused is not None and form.isAncestorOf(focused):
                self.setFocus()
            self._pages.removeWidget(form)
            form.hide()
            form.deleteLater()

    # --- changes -----------------------------------------------------------------------------------------------------

    def _changed(self, kinds: frozenset[str]) -> None:
        if kinds <= {"log"}:
            return
        self._changes |= kinds
        if self.isVisible():
            self._later.start()
        elif kinds & _LIST_KINDS:
            self.pane.forget()

    def _catch_up(self) -> None:
        """Show what writes have changed, once for several of them and after they are done."""
        changes, self._changes = self._changes, frozenset()
        if self.form is not None or not changes:
            return
        if changes & _LIST_KINDS:
            self.pane.renew(self._open_id)
        self.record.refresh()
        self._stand()
