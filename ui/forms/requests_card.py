"""Requests by authorities as rows: about one person in her record, or all of them in one list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from shelterdesk import authority_requests, formats, vocab
from shelterdesk.authority_requests import Asked, AuthorityRequest
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.schema.base import text_of
from ui.forms.inline_form import InlineForm
from ui.forms.request_form import RequestPanel, answer_chip, request_form
from ui.place import Place
from ui.seat import Seat, person_words
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.table_view import Cell, Column, TableRow, TableView
from ui.widgets.text import Words


class RequestsCard(Card):
    """``changed`` fires after something was saved, so that the host reads anew; ``print_wanted`` hands back a request.

    ``about`` is the person a new request is about. *with_people* says whom each is about, in place of its paper.
    """

    begun = Signal()
    """A form was opened; the host closes what else is open."""
    changed = Signal()
    print_wanted = Signal(object)

    def __init__(self, seat: Seat, empty: str, *, with_people: bool) -> None:
        super().__init__(_("Requests by authorities"), size="body")
        self.setObjectName("requests")
        self.seat = seat
        self.about: UUID | None = None
        self.editor: InlineForm | None = None
        self._with_people = with_people
        self._asked: dict[UUID, Asked] = {}
        self.add_button = LinkButton(_("Record a request"), "plus", slim=True)
        self.add_button.setObjectName("new_request")
        self.at_right(self.add_button)
        self.place = QVBoxLayout()
        self.add_layout(self.place, inset=1)
        self.empty = Words(empty, tone="muted", wrap=True)
        self.add(self.empty)
        self.table = TableView(_("Requests by authorities"), self._columns(), fits=True)
        self.table.setObjectName("request_rows")
        self.add(self.table, inset=8)
        self.end(12)
        self.add_button.clicked.connect(lambda _checked=False: self.begin())
        self.table.opened.connect(self.toggle)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(_("Received"), width=108),
            Column(_("Who asks"), 2),
            Column(_("About") if self._with_people else _("Legal paper"), 2),
            Column(_("Answer by"), width=116),
            Column(_("Answer"), width=156),
        )

    # --- rows --------------------------------------------------------------------------------------------------

    def show_requests(self, asked: Sequence[Asked]) -> None:
        """Show *asked*, or the friendly line. What is being typed stays."""
        self._asked = {one.request.id: one for one in asked}
        self.table.set_content([self._row(one) for one in asked])
        self.table.setVisible(bool(asked))
        self.empty.setVisible(not asked and not self.is_editing())

    def _row(self, asked: Asked) -> TableRow:
        one = asked.request
        name = text_of(one, "body_name")
        office = self.seat.masked(name) if name and not asked.asks_why else ""
        past = (self.seat.desk.today() - one.due_on).days if one.waits and one.due_on else 0
        due = formats.day(one.due_on, style="short") if one.due_on and one.waits else ""
        paper = Cell(vocab.LEGAL_PAPERS.label(one.paper) if one.paper else "–", tint="muted")
        return TableRow(
            one.id,
            (
                Cell(formats.day(one.received_on, style="short"), tint="muted"),
                Cell(vocab.AUTHORITY_KINDS.label(one.body), office),
                self._whom(asked) if self._with_people else paper,
                Cell(due or "–", tint="attention" if past > 0 else "muted"),
                Cell(vocab.REQUEST_ANSWERS.label(one.answer), chip=answer_chip(one, past)),
            ),
        )

    def _whom(self, asked: Asked) -> Cell:
        if asked.person is None:
            return Cell(vocab.ABOUT_WHOM.label(asked.request.about), tint="muted")
        return Cell(self.seat.masked(asked.person.name or ""), asked.person.code)

    # --- one request -------------------------------------------------------------------------------------------

    def toggle(self, request_id: Any) -> None:
        """Show a request below its row, or close it again."""
        opened, asked = self.table.editor(), self._asked.get(request_id)
        if isinstance(opened, RequestPanel) and opened.request.id == request_id:
            self.table.close_editor()
            return
        if asked is None:
            return
        request = asked.request
        if asked.asks_why:
            # The record asks for the reason, and shows the request once it is open.
            self.seat.go(Place("residents", person_id=request.person_id, section="consents", about=request.id))
            return
        panel = RequestPanel(self.seat, request, person=self._person_words(asked))
        panel.close_wanted.connect(self.table.close_editor)
        panel.edit_wanted.connect(lambda: self.begin(request))
        panel.approve_wanted.connect(lambda: self.approve(request))
        panel.print_wanted.connect(lambda: self.print_wanted.emit(request))
        panel.archive_wanted.connect(lambda: self.archive(request))
        self.table.open_editor(request_id, panel)

    def _person_words(self, asked: Asked) -> str:
        if asked.person is None or not self._with_people:
            return ""
        name = self.seat.masked(asked.person.name or "")
        return person_words(name or asked.person.code, asked.person.code)

    def approve(self, request: AuthorityRequest) -> None:
        """Approve what was given."""
        try:
            authority_requests.approve_answer(self.seat.desk, request)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.table.close_editor()
        self.changed.emit()
        self.seat.say(_("The answer is approved."))

    def archive(self, request: AuthorityRequest) -> None:
        """Take a request recorded by mistake off the list; the banner puts it back."""
        desk = self.seat.desk
        try:
            authority_requests.archive_request(desk, request.id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.table.close_editor()
        self.changed.emit()

        def undo() -> None:
            authority_requests.archive_request(desk, request.id, archived=False)
            self.changed.emit()

        self.seat.say(_("The request is taken out."), undo)

    # --- the form ----------------------------------------------------------------------------------------------

    def begin(self, request: AuthorityRequest | None = None, draft: Draft | None = None) -> None:
        """Open the form of a new request, or of one to answer; what another form held stays a draft."""
        self.begun.emit()
        self.close_editor()
        self.table.close_editor()
        editor = request_form(self.seat, self.about, request)
        if draft is not None:
            editor.form.load_draft(draft)
        self.editor = editor
        editor.finished.connect(lambda saved: self._finished(editor, saved=saved))
        self.place.addWidget(editor)
        self.empty.hide()
        editor.show()
        editor.begin()
        if request is not None and draft is None:
            editor.form.focus_field("authority_request.answer")

    def go_on(self, draft: Draft) -> None:
        """Go on with a draft, of a new request or of one on the list."""
        asked = self._asked.get(draft.target_id)
        self.begin(asked.request if asked is not None else None, draft)

    def is_editing(self) -> bool:
        """Tell whether a form is open."""
        return self.editor is not None and not self.editor.isHidden()

    def close_editor(self) -> None:
        """Close the open form; what was typed stays as a draft."""
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.form.keep_draft()
            _remove(editor)

    def keep_drafts(self) -> None:
        """Keep what was typed."""
        if self.editor is not None:
            self.editor.form.keep_draft()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the card answers to at this moment."""
        if self.editor is not None and self.is_editing():
            return self.editor.commands()
        opened = self.table.editor()
        if not isinstance(opened, RequestPanel):
            return {}
        request = opened.request
        return {
            "cancel": self.table.close_editor,
            "edit": lambda: self.begin(request),
            "print": lambda: self.print_wanted.emit(request),
            "archive": lambda: self.archive(request),
        }

    def _finished(self, editor: InlineForm, *, saved: bool) -> None:
        held = editor.isAncestorOf(focused) if (focused := self.window().focusWidget()) is not None else False
        if saved:
            if self.editor is editor:
                self.editor = None
            _remove(editor)
            self.changed.emit()
        else:
            # It stays at hand, hidden: the banner may bring back what was typed.
            editor.hide()
            self.empty.setVisible(not self._asked)
        if held:
            (self.table if self._asked else self.add_button).setFocus()


def _remove(editor: InlineForm) -> None:
    editor.hide()
    editor.deleteLater()
