"""Consents & sharing: what she agreed to and for whom, whom she was referred to, who sent her, and who asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from shelterdesk import (
    authority_requests,
    consents,
    department_clock,
    drafts,
    formats,
    needs,
    referrals,
    referrals_out,
    vocab,
)
from shelterdesk.access import Right
from shelterdesk.authority_requests import Asked
from shelterdesk.consents import Consent
from shelterdesk.documents.referral_letter import REFERRAL_LETTER
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from shelterdesk.needs import Need
from shelterdesk.referrals_out import ReferralOut
from shelterdesk.schema.base import declared
from ui import theme
from ui.dialogs.print_consents import PrintConsentsDialog
from ui.dialogs.print_first_papers import print_first_papers
from ui.dialogs.print_letter import PrintLetterDialog
from ui.dialogs.print_request import print_request
from ui.draft_places import CONTINUE, draft_for
from ui.forms.inline_form import InlineForm
from ui.forms.requests_card import RequestsCard
from ui.forms.sharing_forms import NEED, ReferralOutForm, consent_form, referral_form, referral_out_form
from ui.pages.resident.dated_card import DatedCard
from ui.pages.resident.field_facts import words_of
from ui.pages.resident.help_needed import REFER_NEED
from ui.pages.resident.referral_cards import InCard, OutCard
from ui.pages.resident.section import Section
from ui.seat import Seat
from ui.theme.tokens import Tone
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.chip import ChipText
from ui.widgets.table_view import Cell, Column, TableRow
from ui.widgets.text import Words

_CHIPS: dict[str, tuple[Tone, str]] = {
    "given": ("done", "check"),
    "declined": ("neutral", "x"),
    "withdrawn": ("attention", "undo-2"),
    "not_asked": ("attention", "file-question-mark"),
}


_LARGE: Final = 1.4
"""From this text size on purposes are called by their short words."""


def _columns(*, dated: bool) -> list[Column]:
    """Return the columns of the answers; *dated* where one holds until a day."""
    until = [Column(_("Until"), width=104)] if dated else []
    purpose, whom = Column(_("Purpose"), 2.2), Column(_("For whom"), 1.5)
    return [purpose, whom, Column(_("Answer"), width=132), Column(_("On"), width=104), *until]


class ConsentsSection(Section):
    """Four cards. One form is open at a time, in the card it belongs to."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Consents & sharing"))
        self._may = seat.desk.may(Right.CASE_WORK)
        self._consents: dict[UUID, Consent] = {}
        self._earlier_shown = False
        self._dated = False
        self._make_acts()
        self.missing = Words("", tone="attention", wrap=True)
        self.content.addWidget(self.missing)
        self._make_answers()
        self.out = OutCard(seat, may_change=self._may)
        self.out.add_wanted.connect(lambda: self.refer(None))
        self.out.edit_wanted.connect(self.go_on_with)
        self.out.letter_wanted.connect(self.print_letter)
        self.out.blank_wanted.connect(lambda: print_first_papers(seat, None, "", self, paper=REFERRAL_LETTER))
        self.out.changed.connect(self.refresh)
        self.content.addWidget(self.out)
        self.referred = InCard(seat, may_change=self._may)
        self.referred.add_wanted.connect(self.record_referral)
        self.referred.opened.connect(self.correct_referral)
        self.content.addWidget(self.referred)
        self.requests = RequestsCard(seat, _("No authority has asked about her."), with_people=False)
        self.requests.changed.connect(self.refresh)
        self.requests.begun.connect(self.close_editor)
        self.requests.print_wanted.connect(lambda request: print_request(seat, self, request))
        self.content.addWidget(self.requests)
        self.requests.setVisible(self._may)

    def _make_acts(self) -> None:
        self.withdraw = Button(_("She takes it back"), "undo-2")
        self.forms = Button(_("Print forms…"), "printer")
        self.forms.setObjectName("print_consents")
        self.new = Button(_("Record an answer"), "plus")
        self.withdraw.clicked.connect(self.take_back)
        self.forms.clicked.connect(self.print_forms)
        self.new.clicked.connect(lambda _checked=False: self.record())
        for button in (self.withdraw, self.forms, self.new):
            self.add_act(button)
            button.setVisible(self._may)
        self.withdraw.hide()

    def _make_answers(self) -> None:
        self.card = DatedCard(
            "consents",
            _("What she agreed to"),
            _("Nothing was asked yet. Support does not depend on any other consent."),
            _columns(dated=False),
            "",
            may_add=False,
        )
        self.earlier = LinkButton("", slim=True)
        self.earlier.setObjectName("earlier_answers")
        self.earlier.clicked.connect(self._toggle_earlier)
        self.card.at_right(self.earlier)
        self.card.opened.connect(self.correct)
        self.card.table.chosen.connect(lambda _key: self._offer_withdrawal())
        self.content.addWidget(self.card)
        words = _("Declined is an answer like any other, and she may change her mind at any time.")
        self.content.addWidget(Words(words, "small", "muted"))

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew; an open editor stays."""
        if self.person is None or self.head is None:
            return
        desk, person = self.seat.desk, self.person
        self.close_editor_of_another(person.id)
        found = consents.consents_of(desk, person.id)
        self._consents = {one.id: one for one in found}
        self._show_answers(found)
        names = ", ".join(vocab.CONSENT_PURPOSES.label(one) for one in self.head.missing_consents)
        self.missing.setText(_("No consent yet: {what}").format(what=names))
        self.missing.setVisible(bool(names))
        self.out.show_referrals(referrals_out.referrals_out_of(desk, person.id))
        sent = referrals.referrals_of(desk, person.id)
        self.referred.show_referrals(sent, department_clock.clock_of(desk, person, sent) if self._may else None)
        if self._may:
            self._show_requests(person.id)

    def _show_answers(self, found: list[Consent]) -> None:
        holding = consents.holding(found)
        earlier = [one for one in found if one not in holding]
        shown = [*holding, *(earlier if self._earlier_shown else [])]
        self._dated = any(one.until is not None for one in shown)
        self.card.table.set_columns(_columns(dated=self._dated))
        self.card.show_rows([self._row(one, past=one in earlier) for one in shown])
        count = len(earlier)
        more = ngettext("{n} earlier answer", "{n} earlier answers", count)
        self.earlier.setText(_("Hide earlier answers") if self._earlier_shown else more)
        self.earlier.setVisible(bool(earlier))
        self._offer_withdrawal()

    def _toggle_earlier(self) -> None:
        self._earlier_shown = not self._earlier_shown
        self._show_answers(list(self._consents.values()))

    def _show_requests(self, person_id: UUID) -> None:
        if self.requests.about != person_id:
            self.requests.close_editor()
            self.requests.about = person_id
        found = authority_requests.requests_of(self.seat.desk, person_id)
        self.requests.show_requests([Asked(one, None) for one in found])

    def _row(self, one: Consent, *, past: bool) -> TableRow:
        until = formats.day(one.until, style="short") if one.until else ""
        ended = not past and one.answer == "given" and one.until is not None and one.until < self.seat.desk.today()
        # A consent whose last day has passed says so in the place of its «yes».
        words = vocab.CONSENT_STANDINGS.label("ended") if ended else vocab.CONSENT_ANSWERS.label(one.answer)
        tone, icon = ("attention", "clock") if ended else _CHIPS.get(one.answer, ("neutral", ""))
        chip = Cell(words, tint="muted") if past else Cell(chip=ChipText(words, tone, icon))
        narrowed = bool(declared(Consent, "parts").read(one))
        tint = "muted" if past else "text"
        purposes = vocab.CONSENT_PURPOSES
        # Enlarged, the whole sentence has no room beside the other columns.
        purpose = purposes.listed(one.purpose) if theme.scale() >= _LARGE else purposes.label(one.purpose)
        cells = (
            Cell(purpose, _("in part") if narrowed else "", tint=tint),
            Cell(words_of(self.seat, one, "recipient"), tint=tint),
            chip,
            Cell(formats.day(one.answered_on, style="short") if one.answered_on else "", tint=tint),
        )
        return TableRow(one.id, (*cells, Cell(until, tint=tint)) if self._dated else cells, indent=past)

    # --- acts ------------------------------------------------------------------------------------------------------

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to."""
        chosen = self.card.table.current_key()
        edit = {"edit": lambda: self.correct(chosen)} if chosen in self._consents and self._may else {}
        printing = {"print": self.print_forms} if self._may else {}
        return printing | edit | self.out.commands() | self.requests.commands() | super().commands()

    def keep_drafts(self) -> None:
        super().keep_drafts()
        self.requests.keep_drafts()

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin one of the forms, go on with a draft, or show a request or a referral to somebody else."""
        if not self._may:
            return
        if doing == CONTINUE:
            draft = draft_for(drafts.my_drafts(self.seat.desk, extra_fields=(NEED,)), about)
            if draft is not None:
                self._go_on(draft)
        elif doing == REFER_NEED and about is not None:
            self.refer(needs.need_with(self.seat.desk, about))
        elif doing == "new_request":
            self.requests.begin()
            self.scroll_area.ensureWidgetVisible(self.requests)
        elif not doing and about is not None:
            self.out.toggle(about)
            self.requests.toggle(about)
        else:
            forms: dict[str, Callable[[], None]] = {
                "new_consent": self.record,
                "new_referral": self.record_referral,
                "new_referral_out": lambda: self.refer(None),
            }
            forms.get(doing, lambda: None)()

    def _go_on(self, draft: Draft) -> None:
        if draft.record == "authority_request":
            self.requests.go_on(draft)
            return
        target, known = draft.target_id, self.out.referral(draft.target_id)
        begin: dict[str, Callable[[], object]] = {
            "consent": lambda: self.correct(target) if target in self._consents else self.record(),
            "referral": lambda: self.correct_referral(target) if self.referred.referral(target) else (
                self.record_referral()
            ),
            "referral_out": lambda: self.go_on_with(known, "") if known is not None else self.refer(None),
        }  # fmt: skip
        if draft.record in begin:
            begin[draft.record]()
            if self.editor is not None:
                self.editor.form.load_draft(draft)

    def record(self) -> None:
        """Open the form of a new answer."""
        if self.person is not None and self._may:
            self._open(consent_form(self.seat, self.person), self.card)

    def correct(self, consent_id: UUID) -> None:
        """Open the form that corrects an answer; a changed mind is a new answer instead."""
        found = self._consents.get(consent_id)
        if found is not None and self.person is not None and self._may:
            self._open(consent_form(self.seat, self.person, found), self.card)

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

    def refer(self, need: Need | None) -> None:
        """Open the form of a new referral to somebody else, for *need* where there is one."""
        if self.person is not None and self._may:
            self._open(referral_out_form(self.seat, self.person.id, need=need), self.out)

    def go_on_with(self, referral: ReferralOut, state: str) -> None:
        """Open the form of a referral; with *state* it is to get that one, and the form says what is missing for it."""
        if self.person is None or not self._may:
            return
        editor = referral_out_form(self.seat, self.person.id, referral)
        self._open(editor, self.out)
        if state and isinstance(editor.form, ReferralOutForm):
            editor.form.set("state", state)
            editor.form.fit()
            editor.save()

    def record_referral(self) -> None:
        """Open the form of a referral to us."""
        if self.person is not None and self._may:
            self._open(referral_form(self.seat, self.person.id), self.referred)

    def correct_referral(self, referral_id: UUID) -> None:
        """Open the form that corrects a referral to us."""
        found = self.referred.referral(referral_id)
        if found is not None and self.person is not None and self._may:
            self._open(referral_form(self.seat, self.person.id, found), self.referred)

    def print_letter(self, referral: ReferralOut) -> None:
        """Look at the letter of a referral before it leaves."""
        dialog = PrintLetterDialog(self.seat, referral, self.window())
        dialog.left.connect(self.refresh)
        dialog.open()

    def print_forms(self) -> None:
        """Look at the consent forms, filled or blank."""
        if self.person is not None and self._may:
            PrintConsentsDialog(self.seat, self.person.id, self.person.code, self.window()).open()

    def _offer_withdrawal(self) -> None:
        found = self._consents.get(self.card.table.current_key())
        self.withdraw.setVisible(self._may and found is not None and found.answer == "given")

    def _open(self, editor: InlineForm, card: DatedCard) -> None:
        self.requests.close_editor()
        self.out.table.close_editor()
        self.open_editor(editor)
        card.take(editor)
        self.scroll_area.ensureWidgetVisible(editor)
