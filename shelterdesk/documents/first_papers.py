"""Papers of the first weeks: intake, handover act for goods and money, certificate of support. Blank or filled.

The intake asks what a record asks, in the shelter's own words and order; names and contact stand on a sheet of their
own, which a filled form leaves out. The act is signed with a code. The certificate names the person and says nothing
else about her: no reason, no address, no kind of place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from shelterdesk import formats
from shelterdesk.access import Right, require
from shelterdesk.alerts import Alert, alerts_of
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    Block,
    Column,
    Document,
    Field,
    FieldRow,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Ruled,
    Signatures,
    Spacer,
    Table,
    Tone,
)
from shelterdesk.documents.confidential import FOR_WHO_FINDS_IT, code_box, confidential
from shelterdesk.fields import Field as Described
from shelterdesk.fields import Kind, says
from shelterdesk.i18n import N_, text
from shelterdesk.names import names_for
from shelterdesk.people import Person
from shelterdesk.person_reading import read_person
from shelterdesk.printed import log_paper
from shelterdesk.reach import require_reach
from shelterdesk.referrals import Referral, referrals_of
from shelterdesk.schema.base import Record
from shelterdesk.stays import Stay, stays_of

INTAKE: Final = "intake"
HANDOVER_ACT: Final = "handover_act"
CERTIFICATE: Final = "certificate"
"""What the log calls the papers."""
_ARRIVAL: Final = ("arrived_on", "arrived_at", "came_from", "distance_km", "brought_by", "brought_by_words")
_PERSON_GROUPS: Final = ("Name and birth", "Background", "Contact and documents")
_NOT_ON_PAPER: Final = frozenset({"other_names", "strengths_paper"})
_LINES_BY_HAND: Final = 10
_LONG_LINES: Final = 2


@dataclass(frozen=True)
class _Source:
    """The fields of one record with what it holds, or with nothing on a blank paper."""

    fields: tuple[Described, ...]
    record: Record | None


def intake(desk: Desk, person_id: UUID | None, language: str) -> Document:
    """Return the intake form of a person, or with None a blank one. Raises NotAllowed, NeedsReason, RecordClosed."""
    require(desk, Right.SEE_HOUSE if person_id is None else Right.SEE_RECORDS)
    person = None if person_id is None else read_person(desk, person_id)
    stay = None if person_id is None else next(iter(stays_of(desk, person_id)), None)
    referral = None if person_id is None else next(iter(referrals_of(desk, person_id)), None)
    known = [] if person_id is None else alerts_of(desk, person_id)

    def say(message: str) -> str:
        return text(message, language)

    on_file = [one for one in desk.fields(Person) if one.attribute not in _NOT_ON_PAPER]
    of_person = [one for one in on_file if not one.sensitive]
    beside = {one.companion for one in of_person if one.companion}
    blocks: list[Block] = [
        Paragraph(
            say(
                N_(
                    "Only what is needed now, and only what she wants to say. «Not known», «does not say» and an empty "
                    "line are answers. What happened is not asked here."
                )
            ),
            Tone.MUTED,
        ),
        Heading(say(N_("Arrival"))),
        *_rows(desk, _Source(_named(desk, Stay, _ARRIVAL), stay), language),
        Heading(say(N_("Who sent her"))),
        *_rows(desk, _Source(desk.fields(Referral)[:6], referral), language),
    ]
    for group in _PERSON_GROUPS:
        fields = tuple(one for one in of_person if one.group == group and one.attribute not in beside)
        if fields:
            blocks += [Heading(say(group)), *_rows(desk, _Source(fields, person), language)]
    blocks += [Heading(say(N_("What every shift must know"))), *_alerts(desk, known, language)]
    blocks.append(Signatures((Field(say(N_("Written by")), 3), Field(say(N_("Day and time")), 2))))
    if person is None:
        apart = tuple(one for one in on_file if one.sensitive and one.attribute not in beside)
        blocks += [
            PageBreak(),
            Heading(say(N_("Names and contact"))),
            Paragraph(say(N_("Kept apart from the form: one leads to the other by the code alone.")), Tone.MUTED),
            FieldRow((Field(say(N_("Code")), 1), Field("", 1))),
            *_rows(desk, _Source(apart, None), language),
        ]
    return _document(desk, person, language, say(N_("Intake")), "", INTAKE, blocks)


def handover_act(desk: Desk, person_id: UUID | None, language: str) -> Document:
    """Return the act by which goods or money are handed over, with her code if it is hers. Raises NotAllowed."""
    require(desk, Right.SEE_HOUSE if person_id is None else Right.SEE_RECORDS)
    person = None if person_id is None else read_person(desk, person_id)

    def say(message: str) -> str:
        return text(message, language)

    columns = (
        Column(say(N_("What")), 3.2),
        Column(say(N_("How many")), 0.9),
        Column(say(N_("Amount and currency")), 1.4),
        Column(say(N_("Paid by the project")), 1.5),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(say(N_("Today the shelter hands over, and the resident receives, what is written here."))),
        Table(columns, tuple(Row(("", "", "", "")) for _line in range(_LINES_BY_HAND))),
        Paragraph(say(N_("It is hers. Nothing is asked for it.")), Tone.MUTED),
        Signatures((Field(say(N_("Received, code and signature")), 3), Field(say(N_("Day")), 1.4))),
        Signatures((Field(say(N_("Handed over by")), 3), Field(say(N_("Witness")), 3))),
    )
    subtitle = say(N_("Goods and money. One copy for the resident, one for the accounts."))
    return _document(desk, person, language, say(N_("Handover act")), subtitle, HANDOVER_ACT, blocks)


def certificate(desk: Desk, person_id: UUID | None, language: str) -> Document:
    """Return the certificate that somebody is supported, for her to show where she wants. Raises NotAllowed.

    It carries her legal name, because it is for others; no code, so that it leads back to no record.
    """
    require(desk, Right.CASE_WORK)
    person = None if person_id is None else read_person(desk, person_id)

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    name, born, since = _who(desk, person, language)
    blocks: tuple[Block, ...] = (
        Spacer(8),
        FieldRow((Field(say(N_("Organisation, stamp")), 3), Field(say(N_("Number")), 1.2), Field(say(N_("Day")), 1.4))),
        Spacer(10),
        Paragraph(say(N_("This certifies that"))),
        FieldRow((Field(say(N_("Name")), 4, name), Field(say(N_("Born")), 1.6, born))),
        Paragraph(say(N_("has received support from our organisation since"))),
        FieldRow((Field(say(N_("Month and year")), 2, since),)),
        Spacer(6),
        Paragraph(say(N_("The certificate is given at her own request, to be shown wherever she needs it."))),
        Spacer(14),
        Signatures((Field(say(N_("For the organisation, name and signature")), 3), Field(say(N_("Stamp")), 2))),
    )
    return Document(
        title=say(N_("Certificate of support")),
        language=language,
        file_name=CERTIFICATE,
        blocks=blocks,
        roomy=True,
    )


def note_first_paper(desk: Desk, person_id: UUID | None, *, what: str, how: str) -> None:
    """Log that a paper leaves the program; *how* is ``print``, ``pdf`` or ``docx``. Raises NotAllowed, NeedsReason."""
    require(desk, Right.SEE_HOUSE if person_id is None else Right.SEE_RECORDS)
    if what == CERTIFICATE:
        require(desk, Right.CASE_WORK)
    if person_id is not None:
        require_reach(desk, person_id)
    log_paper(desk, what, how=how, about=person_id)


def _who(desk: Desk, person: Person | None, language: str) -> tuple[str, str, str]:
    if person is None:
        return "", "", ""
    names = [_value(desk, field, person, language) for field in _named(desk, Person, ("given_names", "family_name"))]
    born = formats.partial(person.born, language) if person.born is not None else ""
    return " ".join(filter(None, names)), born, formats.month(_first_day(desk, person), language)


def _first_day(desk: Desk, person: Person) -> date:
    return min([person.registered_on, *(stay.arrived_on for stay in stays_of(desk, person.id))])


def _named(desk: Desk, kind: type[Record], attributes: Sequence[str]) -> tuple[Described, ...]:
    used = {field.attribute: field for field in desk.fields(kind)}
    return tuple(used[one] for one in attributes if one in used)


def _rows(desk: Desk, source: _Source, language: str) -> list[Block]:
    """Return two fields side by side, long texts over the whole width; lines to write on where nothing is known."""
    blocks: list[Block] = []
    line: list[Field] = []
    for field in source.fields:
        label, value = text(field.label, language), _value(desk, field, source.record, language)
        if field.kind is Kind.LONG_TEXT:
            blocks += [FieldRow(tuple(line))] if line else []
            line = []
            blocks.append(FieldRow((Field(label, 1, value),)) if value else Ruled(_LONG_LINES, label))
            continue
        line.append(Field(label, 1, value))
        if len(line) == 2:
            blocks.append(FieldRow(tuple(line)))
            line = []
    return [*blocks, FieldRow((*line, Field("", 1)))] if line else blocks


def _alerts(desk: Desk, known: Sequence[Alert], language: str) -> list[Block]:
    if not known:
        return [Ruled(3)]
    fields = {field.attribute: field for field in desk.fields(Alert)}
    say: Callable[[str, Alert], str] = lambda name, one: _value(desk, fields[name], one, language)  # noqa: E731
    return [Paragraph(": ".join(filter(None, (say("kind", one), say("words", one))))) for one in known]


def _value(desk: Desk, field: Described, record: Record | None, language: str) -> str:
    value: Any = field.read(record) if record is not None else None
    if not says(value):
        return ""
    return field.show(value, language, names_for(desk, field.target) if field.target else None)


def _document(
    desk: Desk, person: Person | None, language: str, title: str, subtitle: str, name: str, blocks: Sequence[Block]
) -> Document:
    code = person.code if person is not None else ""
    day = formats.day(desk.today(), language)
    return Document(
        title=title,
        subtitle=subtitle,
        language=language,
        file_name=name,
        key=code_box(code, language),
        blocks=tuple(blocks),
        foot=confidential(FOR_WHO_FINDS_IT, language, code, day),
        size_pt=9.5,
    )
