"""Forms of «Consents & sharing»: an answer of hers, a referral to us, and one to somebody else."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from shelterdesk import consents, formats, providers, referrals, referrals_out, sharing, vocab
from shelterdesk.consents import Consent
from shelterdesk.department_clock import is_child
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, _
from shelterdesk.needs import Need
from shelterdesk.people import Person
from shelterdesk.referrals import Referral
from shelterdesk.referrals_out import ANSWERS, ENDINGS, PREPARED, ReferralOut
from shelterdesk.schema.base import text_of
from shelterdesk.sharing import Standing, State
from ui.forms.editors import ChoicesEditor, Editor
from ui.forms.fitting_form import FittingForm
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.forms.service_editors import KeptEditor
from ui.seat import Seat

_BY_THE_PROGRAM: Final = ("consent",)
"""What follows from what is done, and is typed by nobody."""
NEED: Final = Field("referral_out.need", N_("Need it is to meet"), Kind.LINK, attribute="need_id", target="need")
"""What a referral is written for; a draft remembers it."""
_OF_A_CHILD: Final = ("given_by", "assent")


class ConsentForm(FittingForm):
    """One answer. Guardian and child are asked for children, or where somebody says that a guardian answered."""

    def __init__(self, seat: Seat, person: Person) -> None:
        super().__init__(seat, Consent, consents.IN_ORDER, headings=False, elsewhere=())
        self.person_id = person.id
        self._child = is_child(seat.desk, person)

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "told" and field.choices is not None:
            return ChoicesEditor(field, field.choices, all_words=_("All of them"))
        return super().make_editor(field)

    def fit(self) -> None:
        purpose, answered = self.read("purpose"), self.read("answer") not in (None, "not_asked")
        shares = purpose is not None and consents.is_for_somebody(purpose)
        self.show_where("recipient", fits=shares)
        self.show_where("parts", fits=shares and self.read("answer") == "given")
        for attribute in ("answered_on", "way", "told"):
            self.show_where(attribute, fits=answered)
        self.show_where("until", fits=self.read("answer") == "given")
        for attribute in _OF_A_CHILD:
            self.show_where(attribute, fits=answered and (self._child or self.read("way") == "guardian"))


class ReferralOutForm(FittingForm):
    """A referral to somebody else; it says at once how the consent stands for whom is typed."""

    def __init__(self, seat: Seat, person_id: UUID) -> None:
        super().__init__(seat, ReferralOut, referrals_out.IN_ORDER, elsewhere=_BY_THE_PROGRAM, extra=(NEED,))
        self.add_beside(NEED, KeptEditor(), "service")
        self.person_id = person_id
        self._consents = consents.consents_of(seat.desk, person_id)

    def standing(self) -> Standing:
        """Return how the consent stands for what is typed."""
        purpose = referrals_out.purpose_of(self.read("service"))
        standing = sharing.standing_in(self._consents, self.seat.desk, purpose, self.read("organisation") or "")
        return standing.sharing(self.read("shared") or frozenset())

    def fit(self) -> None:
        state = self.read("state")
        left = state is not None and (state != PREPARED or self.read("sent_on") is not None)
        standing = self.standing()
        for attribute in ("sent_on", "way", "shared"):
            self.show_where(attribute, fits=left)
        self.show_where("without_consent", fits=left and not standing.given)
        for attribute in ("answered_on", "answer"):
            self.show_where(attribute, fits=state in ANSWERS or state in ENDINGS)
        self.show_where("ended_on", fits=state in ENDINGS)
        self.show_where("follow_up_on", fits=state not in ENDINGS and state != "declined")
        if self.has("organisation"):
            self.row("organisation").set_help(standing_words(standing) if self.read("organisation") else "")


def standing_words(standing: Standing) -> str:
    """Return a sentence about how a consent stands."""
    purpose = vocab.CONSENT_PURPOSES.label(standing.purpose)
    on = standing.consent.answered_on if standing.consent is not None else None
    day = formats.day(on, style="short") if on else _("without a day")
    if standing.state is State.GIVEN:
        return _("She agreed, {day}.").format(day=day)
    if standing.state is State.NARROWER and standing.consent is not None:
        parts = ", ".join(vocab.SHARED_PARTS.label(one) for one in sorted(standing.parts))
        return _("She agreed to less, {day}. Only: {parts}").format(day=day, parts=parts)
    if standing.state in (State.DECLINED, State.WITHDRAWN, State.ENDED):
        words = vocab.CONSENT_STANDINGS.label(standing.state.value)
        return _("«{purpose}»: {answer}, {day}. Nothing is shared without a reason.").format(
            purpose=purpose, answer=words, day=day
        )
    return _("«{purpose}»: nobody has asked her about this one yet.").format(purpose=purpose)


def consent_form(seat: Seat, person: Person, consent: Consent | None = None, **start: Any) -> InlineForm:
    """Return the form of an answer, a new one that begins with *start*, or one to correct."""
    form = ConsentForm(seat, person)
    if consent is None:
        form.load_values({"answered_on": seat.desk.today()} | start)
    else:
        form.load(consent, person.id)
    form.watch()

    def store(form: RecordForm) -> None:
        if consent is None:
            consents.record_consent(seat.desk, person.id, **form.values())
        else:
            consents.change_consent(seat.desk, consent, **form.changed_values())

    title = _("Record an answer") if consent is None else _("Correct the answer")
    return InlineForm(seat, form, _("Save answer"), store, title=title)


def referral_form(seat: Seat, person_id: UUID, referral: Referral | None = None) -> InlineForm:
    """Return the form of a referral to us, a new one or one to correct."""
    form = RecordForm(seat, Referral, referrals.IN_ORDER, headings=False, elsewhere=())
    if referral is not None:
        form.load(referral, person_id)
    form.person_id = person_id

    def store(form: RecordForm) -> None:
        if referral is None:
            referrals.record_referral(seat.desk, person_id, **form.values())
        else:
            referrals.change_referral(seat.desk, referral, **form.changed_values())

    return InlineForm(seat, form, _("Save referral"), store, title=_("Referral to us"))


def referral_out_form(
    seat: Seat, person_id: UUID, referral: ReferralOut | None = None, need: Need | None = None
) -> InlineForm:
    """Return the form of a referral to somebody else: one to go on with or a new one, for *need* if there is one."""
    form = ReferralOutForm(seat, person_id)
    if referral is None:
        form.load_values({"state": PREPARED} | (_for_need(seat, need) if need is not None else {}))
    else:
        form.load(referral, person_id)
    form.watch()

    def store(form: RecordForm) -> None:
        if referral is None:
            referrals_out.record_referral_out(seat.desk, person_id, **form.values())
        else:
            changed = form.changed_values()
            changed.pop("need_id", None)
            referrals_out.change_referral_out(seat.desk, referral, **changed)

    return InlineForm(seat, form, _("Save referral"), store, title=_("Referral to somebody else"))


def _for_need(seat: Seat, need: Need) -> dict[str, Any]:
    """Return what the form begins with where a need is sent on. Its words stay here: they were not written for others.

    Who is asked is named where the directory knows only one who gives it.
    """
    known = providers.offering(seat.desk, need.kind)
    found = {"need_id": need.id, "service": vocab.referral_for(need.kind)}
    return found | ({"organisation": text_of(known[0], "name")} if len(known) == 1 else {})
