"""A section in which one thing is edited at a time, in the place where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from shelterdesk.desk import Desk
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.people import Person
from shelterdesk.residents import Head
from shelterdesk.schema.base import Record
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.pages.resident.section import Section
from ui.seat import Seat
from ui.widgets.buttons import LinkButton

Act = Callable[[], Any]


class EditingSection(Section):
    """Keeps the one open editor, its draft, and what is said after saving. Another person closes it."""

    def __init__(self, seat: Seat, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(seat, title, parent)
        self.editor: InlineForm | None = None
        self.shown: UUID | None = None
        self._close_place: Act | None = None
        self._came_from: QWidget | None = None
        self._said: tuple[str, Act | None] | None = None

    def show_person(self, head: Head, person: Person) -> None:
        if head.person_id != self.shown:
            self.keep_drafts()
            self.close_editor()
        super().show_person(head, person)

    def open_editor(self, editor: InlineForm, place: Act, close: Act, draft: Draft | None = None) -> None:
        """Open *editor* by *place*; *close* takes it out again. The draft of an editor that was open is kept."""
        self.keep_drafts()
        self.close_editor()
        self._came_from = self.window().focusWidget()
        self.editor, self._close_place, self._said = editor, close, None
        editor.finished.connect(self._finished)
        self.let_main_acts(step_back=True)
        place()
        if draft is not None:
            editor.form.load_draft(draft)
        editor.begin()
        # Where the editor will stand is known only after the layout has run.
        QTimer.singleShot(0, editor, lambda: self.scroll_area.ensureWidgetVisible(editor, 0, 24))

    def close_editor(self) -> None:
        """Close the editor that is open; the keyboard goes back to where it was before."""
        close, self._close_place = self._close_place, None
        editor, self.editor = self.editor, None
        if close is None or editor is None:
            return
        self.let_main_acts(step_back=False)
        focused = self.window().focusWidget()
        held = focused is not None and (focused is editor or editor.isAncestorOf(focused))
        close()
        if held and self._came_from is not None and isValid(self._came_from) and self._came_from.isVisible():
            self._came_from.setFocus()

    def say_after(self, words: str, undo: Act | None = None) -> None:
        """Say *words* once the page shows what was saved, with «Undo» where *undo* is given.

        A banner before that would be swept away.
        """
        self._said = (words, undo)

    def telling(self, editor: InlineForm, words: str, undo: Callable[[Any], object]) -> InlineForm:
        """Have *editor* say *words* after it saved, with *undo* for what was saved."""
        editor.finished.connect(lambda saved: self.say_after(words, lambda: undo(editor.saved)) if saved else None)
        return editor

    def telling_new(self, editor: InlineForm, words: str, archive: Callable[[Desk, UUID], object]) -> InlineForm:
        """Have *editor* say *words* after it made something, with «Undo» that takes it off by *archive*."""
        return self.telling(editor, words, lambda saved: archive(self.seat.desk, saved.id))

    def telling_change(
        self, editor: InlineForm, words: str, change: Callable[..., object], record: Record
    ) -> InlineForm:
        """Have *editor* say *words* after it changed *record*, with «Undo» that puts back by *change* what stood."""
        before = standing(editor.form, record)
        return self.telling(editor, words, lambda saved: change(self.seat.desk, saved, **before))

    def change_now(self, words: str, change: Callable[..., Any], record: Record, **values: Any) -> None:
        """Change *record* without a form and say so by *words*, with «Undo»."""
        desk, before = self.seat.desk, {name: getattr(record, name) for name in values}
        made = self.attempt(lambda: change(desk, record, **values))
        if made is not None:
            self.say_undoable(words, lambda: change(desk, made, **before))

    def offer_taking_off(self, editor: InlineForm, words: str, archive: Callable[[bool], object]) -> None:
        """Put «Take off» at the end of the form of what should never have been written.

        *archive* takes it off, or puts it back when it is given false.
        """
        link = LinkButton(_("Take off"), slim=True)
        link.setObjectName("take-off")
        editor.add_act(link)

        def take() -> None:
            editor.form.forget_draft()
            self.close_editor()
            self.take_off(words, archive)

        link.clicked.connect(take)

    def take_off(self, words: str, archive: Callable[[bool], object]) -> None:
        """Take something off and say so by *words*, with «Undo»."""
        if self.succeeds(lambda: archive(True)):
            self.say_undoable(words, lambda: archive(False))

    def attempt(self, act: Act) -> Any:
        """Do *act* and return its value; None after telling what went wrong."""
        try:
            return act()
        except ShelterDeskError as error:
            self.seat.complain(error)
            return None

    def succeeds(self, act: Act) -> bool:
        """Do *act* and return whether it was done; what went wrong is told."""
        try:
            act()
        except ShelterDeskError as error:
            self.seat.complain(error)
            return False
        return True

    def say_undoable(self, words: str, undo: Act) -> None:
        """Say *words* with «Undo» now."""
        self.seat.say(words, lambda: self._do_quietly(undo))

    def edits(self, kind: type[RecordForm]) -> bool:
        """Tell whether a form of *kind* is open."""
        return self.editor is not None and isinstance(self.editor.form, kind)

    def commands(self) -> dict[str, Callable[[], object]]:
        return self.editor.commands() if self.editor is not None else {}

    def keep_drafts(self) -> None:
        if self.editor is not None:
            self.editor.form.keep_draft()

    def _finished(self, saved: bool) -> None:
        editor = self.editor
        self.close_editor()
        self.refresh()
        if saved and editor is not None:
            self.stand_at(editor.saved)
        if saved and self._said is not None:
            words, undo = self._said
            self.seat.say(words, None if undo is None else lambda: self._do_quietly(undo))

    def stand_at(self, saved: Any) -> None:
        """Put the keyboard where *saved* is shown now. A section whose rows are made anew says where that is."""

    def _do_quietly(self, act: Act) -> None:
        self.attempt(act)


def indent(editor: InlineForm, left: int) -> InlineForm:
    """Begin the words of *editor* where those of the rows around it begin."""
    layout = editor.layout()
    assert layout is not None
    layout.setContentsMargins(left, 8, 12, 10)
    return editor


def standing(form: RecordForm, record: Record) -> dict[str, Any]:
    """Return what *record* holds in the fields of *form*, for putting it back; what the form asks besides is none."""
    return {field.attribute: field.read(record) for field in form.fields if field not in form.extra}


def take_out(place: QVBoxLayout, editor: QWidget) -> None:
    """Take *editor* out of *place* for good."""
    place.removeWidget(editor)
    editor.hide()
    editor.deleteLater()
