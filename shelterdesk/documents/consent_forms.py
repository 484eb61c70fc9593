"""Two forms to go through together: support with rights and house rules, and data with those who may know.

Blank, or filled with what is on file. They are signed, marked or answered by word, and stay in the shelter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from shelterdesk import formats, house_settings, vocab
from shelterdesk.access import Right, require
from shelterdesk.consents import NAMED, Consent, consents_of, holding
from shelterdesk.department_clock import is_child
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    Block,
    Check,
    Checks,
    Column,
    Document,
    Field,
    FieldRow,
    Heading,
    LabelledRow,
    Paragraph,
    Row,
    Signatures,
    Table,
    Tick,
    Tone,
)
from shelterdesk.documents.confidential import code_box, confidential
from shelterdesk.i18n import N_, text
from shelterdesk.people import Person
from shelterdesk.person_reading import read_person
from shelterdesk.printed import log_paper
from shelterdesk.reach import require_reach
from shelterdesk.schema.base import declared, text_of

CONSENT_TO_SERVICES: Final = "consent_to_services"
CONSENT_TO_DATA: Final = "consent_to_data"
"""What the log calls the papers."""
_RIGHTS: Final = (
    N_("Being here is my choice. I can leave at any time, and I can come back and ask for help."),
    N_("Help does not depend on what I tell, or on whether I speak to the police or in court."),
    N_("I decide about each kind of help. A no to one thing takes nothing else away."),
    N_("What I say is confidential. I am told beforehand when it cannot be: danger to life, a child at risk, a court."),
    N_("I may read what is written about me, have mistakes corrected, and ask for a copy."),
    N_("I may have an interpreter, and somebody I trust beside me."),
    N_("I may complain, also without my name. Nothing gets worse for me because of it."),
    N_("My children have these rights too, and are asked in words they understand."),
)  # fmt: skip
_RULES: Final = (
    N_("I tell nobody where this place is, and I switch off location on my phone."),
    N_("I take no photos of others here, and I tell nobody outside who lives here."),
    N_("Nobody hits, threatens or insults anybody. No weapons, no alcohol, no drugs in the house."),
    N_("I say when I go out and when I think I am back, so that nobody has to worry."),
    N_("Visits are agreed with staff first, and are not in the house."),
    N_("I look after my children and my room, keep medicine out of reach, and take my turn in the shared work."),
)
_HELP: Final = (
    N_("A place to stay"), N_("Support by a worker of my own"), N_("Talks with a psychologist"), N_("Health care"),
    N_("Legal help"), N_("School, course or work"), N_("Help for my children"),
)  # fmt: skip
_TOLD: Final[Mapping[str, str]] = {
    "interview": N_("I may say yes or no to the interview, and stop it."),
    "purpose": N_("What the interview is for."),
    "use": N_("What is written about me is used for, now and perhaps later."),
    "research": N_("Facts without my name may serve research, if I agree."),
    "own_data": N_("I may ask for what is written about me at any time."),
    "storage_time": N_("How long it is kept."),
    "withdrawal": N_("How I take my consent back."),
}
_WAYS: Final = (N_("I said yes"), N_("I sign"), N_("My thumbprint"), N_("My guardian signs"))
_EMPTY_ROWS: Final = 3
_KEEPING: Final = N_("Stays in the file. A copy is offered. Destroy after the retention time.")


@dataclass(frozen=True)
class Answered:
    """One answer for one purpose and recipient, as far as there is one."""

    purpose: str
    recipient: str = ""
    given: bool | None = None
    until: date | None = None


@dataclass(frozen=True)
class FormFacts:
    """What is on file; of a blank form nothing is."""

    code: str = ""
    child: bool | None = None
    languages: str = ""
    interpreter: bool = False
    told: frozenset[str] = frozenset()
    answers: tuple[Answered, ...] = ()
    rules: tuple[str, ...] = ()
    printed: date | None = None


def usual_rules(language: str) -> tuple[str, ...]:
    """Return the house rules of a shelter that has written none of its own."""
    return tuple(text(rule, language) for rule in _RULES)


def form_facts(desk: Desk, person_id: UUID | None, language: str) -> FormFacts:
    """Return what the forms of a person say, or None for blank ones. Raises NotAllowed, NeedsReason."""
    rules = tuple(house_settings.get(desk, "house_rules"))
    if person_id is None:
        require(desk, Right.SEE_HOUSE)
        return FormFacts(rules=rules)
    require(desk, Right.CASE_WORK)
    person = read_person(desk, person_id)
    held = holding(consents_of(desk, person_id))
    spoken = declared(Person, "languages")
    return FormFacts(
        code=person.code,
        child=is_child(desk, person),
        languages=spoken.show(spoken.read(person), language),
        interpreter=bool(person.needs_interpreter),
        told=frozenset[str]().union(*(one.told for one in held)),
        answers=tuple(_answered(one) for one in held),
        rules=rules,
        printed=desk.today(),
    )


def consent_to_services(facts: FormFacts, language: str) -> Document:
    """Return the form about support: rights, house rules, and what the person wants."""

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    rules = facts.rules or usual_rules(language)
    agreed = any(one.purpose == "support" and one.given for one in facts.answers)
    blocks: list[Block] = [
        *_head(facts, language),
        Heading(say(N_("My rights"))),
        Checks(tuple(Check(say(right)) for right in _RIGHTS), stacked=True),
        Heading(say(N_("House rules"))),
        Checks(tuple(Check(rule) for rule in rules), stacked=True),
        Heading(say(N_("What I want"))),
        Checks(tuple(Check(say(one)) for one in _HELP)),
        Checks(
            (Check(say(N_("I agree to be supported, and that a record is kept about it")), ticked=agreed),),
            stacked=True,
        ),
        *_answer_and_signatures(facts, language),
    ]  # fmt: skip
    return _document(
        facts,
        language,
        say(N_("My support here")),
        say(N_("Gone through together. A box is ticked once a point is clear.")),
        "support",
        blocks,
    )


def consent_to_data(facts: FormFacts, language: str) -> Document:
    """Return the form about data: what the person was told, and who may know for what."""

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    columns = (
        Column(say(N_("I agree to")), 3.2), Column(say(N_("For whom")), 2.4), Column(say(N_("Yes")), 0.6),
        Column(say(N_("No")), 0.6), Column(say(N_("Until")), 1.4),
    )  # fmt: skip
    blocks: list[Block] = [
        *_head(facts, language),
        Heading(say(N_("I was told"))),
        Checks(
            tuple(Check(say(words), ticked=code in facts.told) for code, words in _TOLD.items()),
            stacked=True,
        ),
        Heading(say(N_("Who may know what"))),
        Paragraph(say(N_("A no changes nothing about the support. For each name there is one line.")), Tone.MUTED),
        Table(columns, tuple(_rows(facts.answers, language))),
        FieldRow((Field(say(N_("Only this may be shared"))),)),
        Paragraph(say(N_("I can take any of this back at any time, by word or in writing."))),
        FieldRow((
            Field(say(N_("Taken back: what")), 3), Field(say(N_("On")), 1), Field(say(N_("Sign or mark")), 2),
        )),
        *_answer_and_signatures(facts, language),
    ]  # fmt: skip
    return _document(
        facts,
        language,
        say(N_("My data, and who may know it")),
        say(N_("Consent to data and sharing")),
        "data",
        blocks,
    )


def note_consent_form(desk: Desk, person_id: UUID | None, *, what: str, how: str) -> None:
    """Log that a form leaves the program; *how* is ``print``, ``pdf`` or ``docx``. Raises NotAllowed, NeedsReason."""
    if person_id is None:
        require(desk, Right.SEE_HOUSE)
    else:
        require(desk, Right.CASE_WORK)
        require_reach(desk, person_id)
    log_paper(desk, what, how=how, about=person_id)


def _answered(one: Consent) -> Answered:
    given = {"given": True, "declined": False, "withdrawn": False}.get(one.answer)
    return Answered(one.purpose, text_of(one, "recipient"), given, one.until)


def _rows(answers: Sequence[Answered], language: str) -> list[Row]:
    """Return one line for each answer, one for each purpose nobody asked about, and empty ones."""
    rows: list[Row] = []
    for code in vocab.CONSENT_PURPOSES:
        known = [one for one in answers if one.purpose == code.code] or [Answered(code.code)]
        for one in known:
            whom = one.recipient or ("" if one.purpose in NAMED else "–")
            until = formats.day(one.until, language, style="numeric") if one.until else ""
            ticks = (Tick(one.given is True), Tick(one.given is False))
            rows.append(Row((text(code.label, language), whom, *ticks, until)))
    rows += [Row(("", "", Tick(), Tick(), "")) for _number in range(_EMPTY_ROWS)]
    return rows


def _head(facts: FormFacts, language: str) -> list[Block]:
    if not facts.code:
        fields = (N_("Code"), N_("Language"), N_("Interpreter, if any"), N_("Date"))
        return [FieldRow(tuple(Field(text(one, language)) for one in fields))]
    needed = text(N_("needed") if facts.interpreter else N_("not needed"), language)
    pairs = (
        (text(N_("Language"), language), facts.languages or "–"),
        (text(N_("Interpreter"), language), needed),
        (text(N_("Printed"), language), formats.day(facts.printed, language) if facts.printed else "–"),
    )
    return [LabelledRow(pairs)]


def _answer_and_signatures(facts: FormFacts, language: str) -> list[Block]:
    """Return how the answer was given and who signs; a child's form also asks guardian and child."""
    ways = Checks(tuple(Check(text(words, language)) for words in _WAYS))
    fields = [
        Field(text(N_("Resident, sign or mark"), language), 3),
        Field(text(N_("Worker"), language), 3),
        Field(text(N_("Interpreter, if any"), language), 2),
        Field(text(N_("Date"), language), 1.4),
    ]
    blocks: list[Block] = [ways]
    if facts.child is not False:
        # A blank form may be for anybody, so it has room for both.
        guardian = (
            Field(text(N_("Guardian or guardianship body"), language), 3),
            Field(text(N_("As what"), language), 2),
            Field(text(N_("The child agrees, sign or mark"), language), 3),
        )
        blocks += [Paragraph(text(N_("For a child:"), language), Tone.STRONG), Signatures(guardian)]
    return [*blocks, Signatures(tuple(fields))]


def _document(
    facts: FormFacts, language: str, title: str, subtitle: str, file_name: str, blocks: Sequence[Block]
) -> Document:
    day = formats.day(facts.printed, language) if facts.printed else ""
    return Document(
        title=title,
        subtitle=subtitle,
        language=language,
        file_name=file_name,
        key=code_box(facts.code, language),
        blocks=tuple(blocks),
        foot=confidential(_KEEPING, language, facts.code, day),
        # A little smaller than other papers, so that what is signed stands on the page of the signature.
        size_pt=9.5,
    )
