"""The letter of a referral, filled or blank for handwriting: what is asked, and only what was chosen about the person.

It names no address of the shelter. Whoever gets it reads whether the person agreed, and how to answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    Aside,
    Block,
    Boxed,
    Check,
    Checks,
    Document,
    Field,
    FieldRow,
    Heading,
    LabelledRow,
    PageBreak,
    Paragraph,
    Ruled,
    Signatures,
    Tone,
)
from shelterdesk.documents.confidential import FOR_THE_RECIPIENT, code_box, confidential
from shelterdesk.i18n import N_, text
from shelterdesk.names import names_for
from shelterdesk.people import Person
from shelterdesk.person_history import StatusSince, current_on
from shelterdesk.person_reading import read_person
from shelterdesk.plans import goals_of, plans_of
from shelterdesk.printed import log_paper
from shelterdesk.referrals_out import ReferralOut, note_letter
from shelterdesk.same_person import current_id
from shelterdesk.schema.base import text_of
from shelterdesk.sharing import Standing, State, facts_of, require_consent

REFERRAL_LETTER: Final = "referral_letter"
"""What the log calls the paper."""
USUAL: Final = frozenset({"name", "language", "phone", "needs"})
"""What a letter says where she drew no line and nobody chose: enough to meet her, nothing of what happened."""
_ANSWERS: Final = (
    N_("We expect her on:"),
    N_("Not at the moment, because:"),
    N_("We need to know more. Call:"),
)
_CONSENT: Final[Mapping[State, str]] = {
    State.GIVEN: N_("She agreed that this is shared with «{organisation}»."),
    State.NARROWER: N_("She agreed that a part of this is shared with «{organisation}», and not to all of it."),
}
_WITHOUT: Final = N_("This is passed on without her consent. Ask the sender for the reason before it is used.")


@dataclass(frozen=True)
class Said:
    """One line about the person: its label and its words."""

    label: str
    words: str


@dataclass(frozen=True)
class Letter:
    """What a letter is made of; a blank one is empty."""

    code: str = ""
    organisation: str = ""
    contact: str = ""
    service: str = ""
    reason: str = ""
    asks: str = ""
    sender: str = ""
    about: tuple[Said, ...] = ()
    consent: str = ""
    encloses: bool = False
    printed: date | None = None


def parts_of(desk: Desk, referral: ReferralOut, language: str) -> dict[str, tuple[Said, ...]]:
    """Return what a letter could say, by the codes of ``vocab.SHARED_PARTS``, as far as it is known and keys go.

    Raises NotAllowed, NeedsReason.
    """
    require(desk, Right.CASE_WORK)
    person = read_person(desk, current_id(desk, referral.person_id))
    found: dict[str, tuple[Said, ...]] = {}
    names = " ".join(one for one in (text_of(person, "given_names"), text_of(person, "family_name")) if one)
    found["name"] = (Said(text(N_("Name"), language), names),)
    born = formats.partial(person.born, language) if person.born else ""
    found["birth"] = (Said(text(N_("Born"), language), born),)
    found["citizenship"] = (_field(desk, person, "citizenships", language),)
    interpreter = text(N_("Needs an interpreter"), language) if person.needs_interpreter else ""
    found["language"] = (_with_more(_field(desk, person, "languages", language), interpreter),)
    when = text_of(person, "phone_when")
    found["phone"] = (_with_more(_field(desk, person, "phone", language), when),)
    found["children"] = (_field(desk, person, "children", language),)
    found["needs"] = (Said("", text_of(referral, "details")),)
    found["plan"] = (Said(vocab.SHARED_PARTS.label("plan", language), "\n".join(_goals(desk, person, language))),)
    safety = _field(desk, person, "safety", language)
    found["safety"] = (Said(vocab.SHARED_PARTS.label("safety", language), safety.words),)
    found["status"] = (_status(desk, person, language),)
    found["papers"] = (Said(text(N_("Papers enclosed"), language), " "),)
    known = {code: tuple(one for one in lines if one.words) for code, lines in found.items()}
    return {code.code: known[code.code] for code in vocab.SHARED_PARTS if known.get(code.code)}


def usual_parts(standing: Standing, known: Collection[str]) -> frozenset[str]:
    """Return what a letter says unless somebody chooses: what she agreed to, else the usual few things."""
    return frozenset(known) & (standing.parts or USUAL)


def referral_letter(
    desk: Desk, referral: ReferralOut, standing: Standing, parts: Collection[str], language: str
) -> Document:
    """Return the letter that says *parts* about the person. Raises NotAllowed, NeedsReason."""
    known = parts_of(desk, referral, language)
    about = tuple(one for code, lines in known.items() if code in parts and code not in _APART for one in lines)
    organisation = text_of(referral, "organisation")
    standing = standing.sharing(parts)
    consent = text(_CONSENT.get(standing.state, _WITHOUT), language, organisation=organisation)
    if standing.consent is not None and standing.state in _CONSENT:
        consent = " ".join([consent, *_how_given(standing, language)])
    letter = Letter(
        code=read_person(desk, current_id(desk, referral.person_id)).code,
        organisation=organisation,
        contact=text_of(referral, "contact"),
        service=vocab.REFERRAL_SERVICES.label(referral.service, language),
        reason=vocab.REFERRAL_REASONS.label(referral.reason, language) if referral.reason else "",
        asks=text_of(referral, "details") if "needs" in parts else "",
        sender=names_for(desk, "member").get(desk.me.id, ""),
        about=about,
        consent=consent,
        encloses="papers" in parts,
        printed=desk.today(),
    )
    return letter_document(letter, language)


def letter_document(letter: Letter, language: str) -> Document:
    """Return the paper; an empty letter is the blank one, with room for handwriting."""

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    blank = not letter.code
    blocks: list[Block] = []
    if blank:
        blocks += [
            FieldRow((Field(say(N_("To"))), Field(say(N_("Person there"))))),
            FieldRow((Field(say(N_("What for"))), Field(say(N_("Code")), 0.5), Field(say(N_("Date")), 0.5))),
        ]
    else:
        facts = [(say(N_("To")), letter.organisation), (say(N_("What for")), letter.service)]
        if letter.contact:
            facts.insert(1, (say(N_("Person there")), letter.contact))
        facts.append((say(N_("Date")), formats.day(letter.printed, language) if letter.printed else "–"))
        blocks.append(LabelledRow(tuple(facts)))
    blocks.append(Heading(say(N_("What is asked"))))
    if letter.reason:
        blocks.append(Aside(say(N_("Reason")), letter.reason))
    blocks.append(Paragraph(letter.asks) if letter.asks else Ruled(4))
    blocks.append(Heading(say(N_("About the person"))))
    if blank:
        choices = [code for code in vocab.SHARED_PARTS if code.code not in _APART]
        words = say(N_("Write only what they need in order to help, and tick what is said below."))
        blocks.append(Paragraph(words, Tone.MUTED))
        blocks.append(Checks(tuple(Check(say(code.label)) for code in choices)))
        blocks.append(Ruled(6))
    elif letter.about:
        blocks += [Aside(one.label, one.words) for one in letter.about]
    else:
        blocks.append(Paragraph(say(N_("Nothing but the code. More is told by the sender, when she agrees."))))
    if letter.encloses or blank:
        blocks.append(Ruled(2, say(N_("Papers enclosed"))))
    if blank:
        blocks.append(Checks(_consent_choices(language), stacked=True))
    else:
        blocks.append(Boxed(say(N_("Consent")), letter.consent))
    blocks += [
        FieldRow((Field(say(N_("Sender")), value=letter.sender), Field(say(N_("How to reach the sender"))))),
        Signatures(
            (
                Field(say(N_("For the shelter")), 3),
                Field(say(N_("Person, sign or mark")), 3),
                Field(say(N_("Date")), 2),
            )
        ),
        # What is sent back may lie open on another desk: it has a page of its own and names nobody.
        PageBreak(),
        Heading(say(N_("Answer"))),
        Paragraph(say(N_("Only this page is sent back. It says the code and no name."))),
        FieldRow(
            (
                Field(say(N_("To")), value=letter.sender),
                Field(say(N_("About")), 0.6, letter.code),
                Field(say(N_("Date")), 0.6),
            )
        ),
        Checks(tuple(Check(say(one)) for one in _ANSWERS), stacked=True),
        Ruled(3),
        FieldRow((Field(say(N_("Name"))), Field(say(N_("Phone"))), Field(say(N_("Sign or stamp"))))),
    ]
    printed = formats.day(letter.printed, language) if letter.printed else ""
    return Document(
        title=say(N_("Letter of referral")),
        language=language,
        file_name="letter",
        key=code_box(letter.code, language),
        blocks=tuple(blocks),
        foot=confidential(FOR_THE_RECIPIENT, language, letter.code, printed),
    )


def note_referral_letter(
    desk: Desk, referral: ReferralOut, standing: Standing, *, parts: Collection[str], how: str, why: str = ""
) -> ReferralOut:
    """Log that the letter leaves; *how* is ``print``, ``pdf`` or ``docx``. The referral is sent from then on.

    Raises ConsentMissing, StaleRecord; then nothing is logged and nothing may leave.
    """
    require(desk, Right.CASE_WORK)
    standing = standing.sharing(parts)
    require_consent(standing, why)
    facts = facts_of(standing, what=REFERRAL_LETTER, how=how, why="" if standing.given else why)
    return note_letter(desk, referral, standing, parts=frozenset(parts), facts=facts)


def note_blank_letter(desk: Desk, how: str) -> None:
    """Log that a blank letter leaves; *how* is ``print``, ``pdf`` or ``docx``."""
    require(desk, Right.CASE_WORK)
    log_paper(desk, REFERRAL_LETTER, how=how)


def blank_letter(language: str) -> Document:
    """Return the letter for handwriting."""
    return letter_document(Letter(), language)


_APART: Final = frozenset({"needs", "papers"})
"""Parts with a place of their own in the letter."""


def _consent_choices(language: str) -> tuple[Check, ...]:
    return (
        Check(text(N_("She agreed that this is shared with the recipient, on:"), language)),
        Check(text(_WITHOUT, language)),
    )


def _how_given(standing: Standing, language: str) -> list[str]:
    assert standing.consent is not None
    said: list[str] = []
    if standing.consent.answered_on:
        on = formats.day(standing.consent.answered_on, language)
        way = vocab.CONSENT_WAYS.label(standing.consent.way, language) if standing.consent.way else ""
        said.append(f"{way}, {on}." if way else f"{on}.")
    if standing.consent.until:
        said.append(text(N_("Until {day}."), language, day=formats.day(standing.consent.until, language)))
    return said


def _field(desk: Desk, person: Person, attribute: str, language: str) -> Said:
    """Return a field in the shelter's words; nothing where the shelter does not use it."""
    field = next((one for one in desk.fields(Person) if one.attribute == attribute), None)
    if field is None:
        return Said("", "")
    value = field.read(person)
    return Said(text(field.label, language), field.show(value, language))


def _with_more(said: Said, more: str) -> Said:
    return Said(said.label, ". ".join(one for one in (said.words, more) if one))


def _goals(desk: Desk, person: Person, language: str) -> list[str]:
    """Return one line for each goal of the newest plan, under its domain of life."""
    plan = next(iter(plans_of(desk, person.id)), None)
    if plan is None:
        return []
    found: list[str] = []
    for goal in goals_of(desk, plan.id):
        kind = vocab.GOAL_KINDS.filed(goal.kind, language) if goal.kind else ""
        words = text_of(goal, "words") or kind
        if words:
            found.append(f"{vocab.PLAN_DOMAINS.label(goal.domain, language)}: {words}")
    return found


def _status(desk: Desk, person: Person, language: str) -> Said:
    with desk.read() as db:
        status = current_on(db, StatusSince, "status", desk.today(), [person.id]).get(person.id)
    words = vocab.STATUSES.label(status, language) if status else ""
    return Said(text(N_("Identification status"), language), words)
