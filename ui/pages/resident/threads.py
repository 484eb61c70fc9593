"""A section of what goes on over time with somebody: a row for each thread, and the one looked at below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol
from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk import drafts
from shelterdesk.drafts import Draft
from shelterdesk.fields import Field
from shelterdesk.i18n import _, ngettext
from ui.draft_places import CONTINUE, draft_for
from ui.forms.inline_form import InlineForm
from ui.pages.resident.editing import Act, EditingSection, take_out
from ui.pages.resident.editor_card import EditorCard
from ui.pages.resident.thread_card import ThreadCard
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import bring_into_view
from ui.widgets.rows import Row, RowList, RowShape

_AT_REST: Final = 30
"""Milliseconds in which a form that is laid out does not move any more: its rows find their heights in passes."""
_THREADS: Final = RowShape(height=38, inset=14, rule=True)


class GoesOn(Protocol):
    """What is at the bottom of a thread: a legal matter, an episode of psychological work."""

    @property
    def id(self) -> Any: ...

    @property
    def is_open(self) -> bool: ...


class ThreadsSection(EditingSection):
    """Arrow keys go through the rows, and the card below follows. What is typed about another thread stays a draft.

    A subclass says in ``read``, ``make_rows`` and ``show_chosen`` what there is, and in ``add``, ``edit``, ``end`` and
    ``reopen`` how it is written. *begin* are the words on the button of the first of these.
    """

    extra: tuple[Field, ...] = ()
    """What the forms of the section ask beyond their columns; drafts are read with it."""
    asked_at_first = ""
    """The attribute that a thread has from its first form on, and that the form of its end does not ask."""

    def __init__(
        self, seat: Seat, title: str, card: ThreadCard, *, begin: str, icon: str, nothing: str, may_write: bool
    ) -> None:
        super().__init__(seat, title)
        self.writes = may_write
        self.chosen: UUID | None = None
        self._every: Sequence[GoesOn] = ()
        self.print_button = Button(_("Print…"), "printer")
        self.print_button.clicked.connect(lambda _checked=False: self.print_threads())
        self.new_button = PrimaryButton(begin, icon)
        self.new_button.clicked.connect(lambda _checked=False: self.add())
        self.top_card = EditorCard()
        self.empty_card = Card()
        self.empty = EmptyState(nothing, begin if may_write else "", icon)
        self.empty.pressed.connect(self.add)
        self.empty_card.add(self.empty)
        self.list_card = Card()
        self.rows = RowList(title, _THREADS)
        self.rows.opened.connect(self.choose)
        self.rows.moved_to.connect(self.choose)
        self.list_card.add(self.rows, inset=1, above=4)
        self.list_card.end(4)
        self.thread_card = card
        card.wanted.connect(self._act)

    # --- reading ---------------------------------------------------------------------------------------------------

    def read(self, person_id: UUID) -> Sequence[GoesOn]:
        """Read everything about a person and return the threads, the first to be looked at first."""
        raise NotImplementedError

    def make_rows(self) -> list[Row]:
        """Return a row for each thread that was read."""
        raise NotImplementedError

    def show_chosen(self) -> None:
        """Show the thread that is chosen, if there is one, in the card below."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read everything anew; an open form stays."""
        if self.head is None:
            return
        if self.head.person_id != self.shown:
            self.chosen = None
        self.shown = self.head.person_id
        self._every = self.read(self.shown)
        going_on = sum(one.is_open for one in self._every)
        words = ngettext("{n} goes on", "{n} go on", going_on) if going_on else _("none goes on")
        self.aside.setText(words if self._every else "")
        self.look()

    def look(self) -> None:
        """Show the thread that is chosen; the first where that one is gone."""
        ids = [one.id for one in self._every]
        if self.chosen not in ids:
            self.chosen = next(iter(ids), None)
        self.rows.set_rows(self.make_rows())
        self.list_card.setVisible(bool(ids))
        self.thread_card.setVisible(bool(ids))
        self.empty_card.setVisible(not ids and self.editor is None)
        self.show_chosen()

    def choose(self, thread_id: Any) -> None:
        """Look at another thread; what is being typed about this one stays a draft."""
        if thread_id != self.chosen and any(one.id == thread_id for one in self._every):
            self.close_quietly()
            self.chosen = thread_id
            self.look()

    def stand_at(self, saved: Any) -> None:
        if any(one.id == saved.id for one in self._every):
            self.chosen = saved.id
            self.look()
            self.rows.go_to(saved.id)
            self.rows.setFocus()
        else:
            self.thread_card.go_to(saved.id)

    # --- writing ---------------------------------------------------------------------------------------------------

    def add(self, draft: Draft | None = None) -> None:
        """Open the form of a new thread."""
        raise NotImplementedError

    def edit(self, draft: Draft | None = None) -> None:
        """Change the thread that is looked at."""
        raise NotImplementedError

    def end(self, draft: Draft | None = None) -> None:
        """Say how the thread ended."""
        raise NotImplementedError

    def reopen(self) -> None:
        """Let a thread that ended go on."""
        raise NotImplementedError

    def open_editor(self, editor: InlineForm, place: Act, close: Act, draft: Draft | None = None) -> None:
        super().open_editor(editor, place, close, draft)
        # All of it if there is room; or else its heading, and for certain what has the keyboard.
        bring_into_view(editor.save_button, editor.heading, self.first_seen(editor), after=_AT_REST)

    def first_seen(self, editor: InlineForm) -> QWidget:
        """Return where somebody begins to fill in *editor*."""
        return editor.form.first_stop()

    def open_at_top(self, editor: InlineForm, draft: Draft | None = None) -> None:
        """Open *editor* above everything."""

        def place() -> None:
            self.top_card.take(editor)
            self.empty_card.hide()

        self.open_editor(editor, place, lambda: self.top_card.let_go(editor), draft)

    def open_in_card(self, editor: InlineForm, draft: Draft | None = None) -> None:
        """Open *editor* below what is known of the thread."""
        card = self.thread_card
        self.open_editor(editor, lambda: card.take(editor), lambda: take_out(card.place, editor), draft)

    def close_quietly(self) -> None:
        """Close the form that is open; what was typed stays a draft."""
        self.keep_drafts()
        self.close_editor()

    # --- what a button, a key or a place asks for ------------------------------------------------------------------

    def acts_on(self, about: Any) -> dict[str, Act]:
        """Return what the card may ask for about its row *about*, besides what every thread knows."""
        raise NotImplementedError

    def _act(self, name: str, about: Any) -> None:
        acts: dict[str, Act] = {"edit": self.edit, "end": self.end, "reopen": self.reopen, "close": self.close_quietly}
        acts |= self.acts_on(about)
        if name in acts:
            acts[name]()

    def print_threads(self) -> None:
        """Offer the threads on paper for the file."""
        raise NotImplementedError

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to."""
        found: dict[str, Callable[[], object]] = {}
        if not self.print_button.isHidden():
            found["print"] = self.print_threads
        if self.chosen is not None and self.writes and self.editor is None:
            found["edit"] = self.edit
        return found | super().commands()

    def begins(self) -> dict[str, Callable[[UUID | None], object]]:
        """Return what a place may begin by a word; each is told what the place is about."""
        raise NotImplementedError

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin something, go on with a draft, or look at a thread."""
        acts = self.begins()
        if doing == CONTINUE:
            draft = draft_for(drafts.my_drafts(self.seat.desk, extra_fields=self.extra), about)
            if draft is not None:
                self.go_on(draft)
        elif doing in acts:
            acts[doing](about)
        else:
            self.choose(about)

    def go_on(self, draft: Draft) -> None:
        """Open the form a draft belongs to."""
        raise NotImplementedError

    def go_on_with_thread(self, draft: Draft) -> None:
        """Open the form of a thread, or that of its end."""
        thread = next((one for one in self._every if one.id == draft.target_id), None)
        if thread is None:
            self.add(draft)
            return
        self.choose(thread.id)
        # Ending it is a form of its own, which asks nothing else.
        ends = thread.is_open and self.asked_at_first not in draft.values
        (self.end if ends else self.edit)(draft)

    def go_on_with_part(
        self,
        draft: Draft,
        owners: Mapping[UUID, UUID],
        link: Field,
        begin: Callable[[UUID | None, Draft], object],
    ) -> None:
        """Open the form of what belongs to a thread: by *owners* where it stands, or by what its *link* names."""
        thread_id = owners.get(draft.target_id) or draft.values.get(link.attribute)
        self.choose(thread_id)
        # A part of a thread that was taken off belongs to no other; it stays a draft.
        if thread_id is not None and self.chosen == thread_id:
            begin(draft.target_id if draft.target_id in owners else None, draft)
