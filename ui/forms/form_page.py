"""A page with one form: banner on top, groups in a card, save strip fixed below. Never «Save changes?»."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from shelterdesk import drafts, formats
from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.i18n import _, ngettext
from ui.draft_places import place_of
from ui.forms.record_form import RecordForm
from ui.forms.tab_order import tab_on_from
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.page import Page
from ui.widgets.save_strip import SaveStrip


class FormPage(Page):
    """Subclasses put rows into ``form`` and cards into ``rail`` and say how to save.

    ``finished`` fires after Save (True) or Cancel (False); after «Save and add another» the page stays.
    """

    finished = Signal(bool)

    def __init__(self, seat: Seat, title: str, save_words: str, another_words: str = "") -> None:
        super().__init__(title)
        self.seat = seat
        self.columns = QHBoxLayout()
        self.columns.setSpacing(16)
        self.card = Card("")
        self.rail = QVBoxLayout()
        self.rail.setSpacing(12)
        self.columns.addWidget(self.card, 1)
        self.columns.addLayout(self.rail)
        self.content.addLayout(self.columns)
        self.content.addStretch(1)
        self.strip = SaveStrip(save_words, another_words)
        self.set_strip(self.strip)
        self.strip.save_pressed.connect(self.save)
        self.strip.second_pressed.connect(lambda: self.save(another=True))
        self.strip.cancel_pressed.connect(self.cancel)
        self.banner.link_pressed.connect(self._go_to_problem)
        self.forms: list[RecordForm] = []

    def take_form(self, form: RecordForm) -> None:
        """Put *form* into the card and look after its drafts."""
        self.forms.append(form)
        self.card.add(form)
        form.kept.connect(lambda at: self.strip.say_draft(_("Draft kept {time}").format(time=self._clock(at))))
        form.edited.connect(self._quieten)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.forms:
            tab_on_from(self.forms[-1], self.strip.save, self.strip.second, self.strip.cancel)

    def store(self, *, another: bool) -> None:
        """Save what the form holds. Subclasses implement it; Problems are shown by the caller."""
        raise NotImplementedError

    def save(self, *, another: bool = False) -> bool:
        """Save, or show what is to be changed and change nothing."""
        for form in self.forms:
            form.clear_problems()
        try:
            self.store(another=another)
        except Problems as problems:
            self.show_problems(problems)
            return False
        except ShelterDeskError as error:
            self.keep_drafts()
            self.banner.say(error.text(), kind="error")
            return False
        self.banner.clear()
        for form in self.forms:
            form.forget_draft()
        self.strip.say_draft("")
        self.seat.saved.emit()
        if not another:
            self.finished.emit(True)
        return True

    def show_problems(self, problems: Problems) -> None:
        """Say on top how many things are to be changed, and show each at its field."""
        count = len(problems.problems)
        title = ngettext("One thing to change before saving:", "{n} things to change before saving:", count)
        links = tuple((problem.field, problem.text()) for problem in problems.problems[:3])
        self.banner.say(title, kind="error", links=links)
        for form in self.forms:
            form.show_problems(problems)
        # The banner moves everything down; the field is brought into view after that.
        QTimer.singleShot(0, self, self._show_focused)

    def cancel(self) -> None:
        """Leave the form; what was typed is thrown away, and can be had back from the banner."""
        thrown = [(form.as_draft(), form.extra) for form in self.forms if form.is_dirty()]
        for form in self.forms:
            form.forget_draft()
        seat = self.seat
        self.finished.emit(False)
        if not thrown:
            return

        def again() -> None:
            for draft, extra in thrown:
                drafts.keep_again(seat.desk, draft, extra_fields=extra)
            place = place_of(thrown[0][0])
            if place is not None:
                seat.go(place)

        seat.say(_("What was typed is not saved."), again, kind="info")

    def keep_drafts(self) -> None:
        """Keep what was typed, because the page is left or the vault locks."""
        for form in self.forms:
            form.keep_draft()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what this page answers to."""
        found: dict[str, Callable[[], object]] = {"save": self.save, "cancel": self.cancel}
        if self.strip.second.text():
            found["save_and_add"] = lambda: self.save(another=True)
        return found

    def _show_focused(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            self.scroll_area.ensureWidgetVisible(focused, 0, 48)

    def _go_to_problem(self, field_id: str) -> None:
        for form in self.forms:
            form.focus_field(field_id)

    def _quieten(self) -> None:
        if (
            self.banner.isVisible()
            and self.banner.kind() == "error"
            and not any(row.problem() for form in self.forms for row in form.rows.rows())
        ):
            self.banner.clear()

    def _clock(self, at: object) -> str:
        assert isinstance(at, datetime)
        return formats.clock(at, self.seat.desk.zone)
