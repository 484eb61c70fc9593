"""Consents & sharing: every answer with its purpose, for whom and until when. They can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from shelterdesk import authority_requests, consents, drafts, formats, vocab
from shelterdesk.access import Right
from shelterdesk.authority_requests import Asked
from shelterdesk.consents import Consent
from shelterdesk.errors import ShelterDeskError
from shelterdesk.fields import CLOSED
from shelterdesk.i18n import _
from shelterdesk.schema.base import declared
from ui.dialogs.print_request import print_request
from ui.draft_places import CONTINUE, draft_for
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.forms.requests_card import RequestsCard
from ui.pages.resident.dated_card import DatedCard
from ui.pages.resident.section import Section
from ui.seat import Seat
from ui.theme.tokens import Tone
from ui.widgets.buttons import Button
from ui.widgets.chip import ChipText
from ui.widgets.table_view import Cell, Column, TableRow
from ui.widgets.text import Words

_CHIPS: dict[str, tuple[Tone, str]] = {
    "given": ("done", "check"),
    "declined": ("neutral", "x"),
    "withdrawn": ("attention", "undo-2"),
    "not_asked": ("attention", "file-question-mark"),
}


class ConsentsSection(Section):
    """One table and one form."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Consents & sharing"))
        self._may = seat.desk.may(Right.CASE_WORK)
        self._consents: dict[UUID, Consent] = {}
        self.new = Button(_("Record an answer"), "plus")
        self.new.clicked.connect(self.record)
        self.withdraw = Button(_("She takes it back"), "undo-2")
        self.withdraw.clicked.connect(self.take_back)
        self.add_act(self.withdraw)
        self.add_act(self.new)
        self.new.setVisible(self._may)
        self.withdraw.hide()
        self.card = DatedCard(
            "consents",
            _("Answers"),
            _("Nothing was asked yet. Support does not depend on any other consent."),
            [
                Column(_("Purpose"), 2),
                Column(_("For whom"), 1.4),
                Column(_("Answer"), width=136),
                Column(_("On"), width=108),
                Column(_("Until"), width=140),
            ],
            "",
            may_add=False,
        )
        self.card.opened.connect(self.correct)
        self.card.table.chosen.connect(lambda _key: self._offer_withdrawal())
        self.content.addWidget(self.card)
        self.requests = RequestsCard(seat, _("No authority has asked about her."), with_people=False)
        self.requests.changed.connect(self.refresh)
        self.requests.begun.connect(self.close_editor)
        self.requests.print_wanted.connect(lambda request: print_request(seat, self, request))
        self.missing = Words("", tone="attention", wrap=True)
        self.content.insertWidget(0, self.missing)
        self.content.addWidget(
            Words(_("Declined is an answer like any other, and she may change her mind at any time."), "small", "muted")
        )
        self.content.addWidget(self.requests)
        self.requests.setVisible(self._may)

    def refresh(self) -> None:
        """Read the answers anew; an open editor stays."""
        if self.person is None or self.head is None:
            return
        self.close_editor_of_another(self.person.id)
        found = consents.consents_of(self.seat.desk, self.person.id)
        self._consents = {one.id: one for one in found}
        self.card.show_rows([self._row(one) for one in found])
        names = ", ".join(vocab.CONSENT_PURPOSES.label(one) for one in self.head.missing_consents)
        self.missing.setText(_("No consent yet: {what}").format(what=names))
        self.missing.setVisible(bool(names))
        self._offer_withdrawal()
        if self._may:
            self._show_requests(self.person.id)

    def _show_requests(self, person_id: UUID) -> None:
        if self.requests.about != person_id:
            self.requests.close_editor()
            self.requests.about = person_id
        found = authority_requests.requests_of(self.seat.desk, person_id)
        self.requests.show_requests([Asked(one, None) for one in found])

    def _row(self, one: Consent) -> TableRow:
        recipient = declared(Consent, "recipient").read(one)
        whom = self.seat.masked(str(recipient)) if recipient and recipient is not CLOSED else ""
        tone, icon = _CHIPS.get(one.answer, ("neutral", ""))
        until = formats.day(one.until, style="short") if one.until else ""
        ended = one.until is not None and one.until < self.seat.desk.today()
        return TableRow(
            one.id,
            (
                Cell(vocab.CONSENT_PURPOSES.label(one.purpose)),
                Cell(whom),
                Cell(chip=ChipText(vocab.CONSENT_ANSWERS.label(one.answer), tone, icon)),
                Cell(formats.day(one.answered_on, style="short") if one.answered_on else ""),
                Cell(_("ended {day}").format(day=until) if ended else until, tint="attention" if ended else "text"),
            ),
        )

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to."""
        chosen = self.card.table.current_key()
        edit = {"edit": lambda: self.correct(chosen)} if chosen in self._consents and self._may else {}
        return edit | self.requests.commands() | super().commands()

    def keep_drafts(self) -> None:
        super().keep_drafts()
        self.requests.keep_drafts()

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin «new_consent», or go on with a draft."""
        if doing == "new_consent":
            self.record()
        elif doing == "new_request" and self._may:
            self.requests.begin()
            self.scroll_area.ensureWidgetVisible(self.requests)
        elif not doing and about is not None and self._may:
            self.requests.toggle(about)
        elif doing == CONTINUE:
            draft = draft_for(drafts.my_drafts(self.seat.desk), about)
            if draft is not None and draft.record == "authority_request" and self._may:
                self.requests.go_on(draft)
            elif draft is not None and draft.record == "consent":
                if draft.target_id in self._consents:
                    self.correct(draft.target_id)
                else:
                    self.record()
                if self.editor is not None:
                    self.editor.form.load_draft(draft)

    def record(self) -> None:
        """Open the form of a new answer."""
        if self.person is None or not self._may:
            return
        person_id, desk = self.person.id, self.seat.desk
        form = RecordForm(self.seat, Consent, headings=False)
        form.person_id = person_id
        form.load_values({"answered_on": desk.today()})

        def store(form: RecordForm) -> None:
            consents.record_consent(desk, person_id, **form.values())

        self._open(InlineForm(self.seat, form, _("Save answer"), store, title=_("Record an answer")))

    def correct(self, consent_id: UUID) -> None:
        """Open the form that corrects an answer; a changed mind is a new answer instead."""
        found = self._consents.get(consent_id)
        if found is None or self.person is None or not self._may:
            return
        desk = self.seat.desk
        form = RecordForm(self.seat, Consent, headings=False)
        form.load(found, self.person.id)

        def store(form: RecordForm) -> None:
            consents.change_consent(desk, found, **form.changed_values())

        self._open(InlineForm(self.seat, form, _("Save answer"), store, title=_("Correct the answer")))

    def take_back(self) -> None:
        """Record today that the chosen consent is withdrawn; the banner undoes it."""
        found = self._consents.get(self.card.table.current_key())
        if found is None or self.person is None:
            return
        desk, seat = self.seat.desk, self.seat
        recipient = declared(Consent, "recipient").read(found)
        values = {"purpose": found.purpose, "answer": "withdrawn", "answered_on": desk.today(), "recipient": recipient}
        try:
            made = consents.record_consent(desk, self.person.id, **values)
        except ShelterDeskError as error:
            seat.complain(error)
            return
        seat.say(_("The consent is withdrawn."), lambda: consents.archive_consent(desk, made.id))

    def _offer_withdrawal(self) -> None:
        found = self._consents.get(self.card.table.current_key())
        self.withdraw.setVisible(self._may and found is not None and found.answer == "given")

    def _open(self, editor: InlineForm) -> None:
        self.requests.close_editor()
        self.open_editor(editor)
        self.card.take(editor)
        self.scroll_area.ensureWidgetVisible(editor)
