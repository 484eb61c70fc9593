"""What happened, on paper for a named recipient: only the topics that were chosen, and only what is recorded.

It is never part of another paper. Her consent for this recipient is looked up, and without it a reason is needed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from shelterdesk import exploitation, formats, gbv_incidents, vocab, what_happened, who_harmed
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Aside, Block, Boxed, Document, Heading, LabelledRow, Paragraph
from shelterdesk.documents.confidential import FOR_THE_RECIPIENT, code_box, confidential
from shelterdesk.errors import ShelterDeskError
from shelterdesk.fields import Field, says
from shelterdesk.i18n import N_, text
from shelterdesk.people import Person
from shelterdesk.person_history import StatusSince, history_of
from shelterdesk.person_reading import read_person
from shelterdesk.schema.base import Record
from shelterdesk.sharing import Standing, may_share, note_shared

PAPER: Final = "what_happened"
"""What the log calls the paper."""
PURPOSES: Final = ("share_authority", "share_partner")
"""For what it may leave: to a named authority or court, or to a named service."""
_PART: Final = frozenset({"what_happened"})
"""No consent that is narrowed to parts of a letter covers it."""
_CONSENT: Final = N_("She agreed that this is shared with «{recipient}».")
_WITHOUT: Final = N_("This is passed on without her consent. Ask the sender for the reason before it is used.")


class NobodyNamed(ShelterDeskError):
    """The paper would leave without anybody being named for whom it is."""


def standing_for(desk: Desk, person_id: UUID, purpose: str, recipient: str) -> Standing:
    """Return how her consent stands for handing this to *recipient*. Raises NotAllowed, NeedsReason."""
    return may_share(desk, person_id, purpose, recipient).sharing(_PART)


def happened_paper(desk: Desk, person_id: UUID, topics: Collection[str], standing: Standing, language: str) -> Document:
    """Return the paper with the chosen *topics*. Raises what ``what_happened.require_open`` raises."""
    what_happened.require_open(desk, person_id)
    require(desk, Right.CASE_WORK)

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    person = read_person(desk, person_id)
    day = formats.day(desk.today(), language)
    blocks: list[Block] = [LabelledRow(((say(N_("To")), standing.recipient or "–"), (say(N_("Date")), day)))]
    chosen = [code.code for code in vocab.HARM_TOPICS if code.code in topics]
    for topic in chosen:
        blocks.append(Heading(vocab.HARM_TOPICS.label(topic, language)))
        records = _records(desk, person, topic)
        blocks += _lines(desk, records, language) or [Paragraph(say(N_("Nothing is recorded.")))]
    if not chosen:
        blocks.append(Paragraph(say(N_("Choose what it is to say. Nothing of what happened stands here yet."))))
    agreed = say(_CONSENT, recipient=standing.recipient) if standing.given else say(_WITHOUT)
    blocks.append(Boxed(say(N_("Consent")), agreed))
    return Document(
        title=say(N_("From the record")),
        language=language,
        file_name="from-the-record",
        key=code_box(person.code, language),
        blocks=tuple(blocks),
        foot=confidential(FOR_THE_RECIPIENT, language, person.code, day),
    )


def note_happened(desk: Desk, person_id: UUID, standing: Standing, *, how: str, why: str = "") -> None:
    """Log that the paper leaves; *how* is ``print``, ``pdf`` or ``docx``. Raises ConsentMissing, NobodyNamed."""
    what_happened.require_open(desk, person_id)
    require(desk, Right.CASE_WORK)
    if not standing.recipient:
        raise NobodyNamed(N_("Write for whom it is. Nothing has left."))
    note_shared(desk, person_id, standing, what=PAPER, how=how, why="" if standing.given else why)


def _records(desk: Desk, person: Person, topic: str) -> list[tuple[Record, Sequence[Field]]]:
    """Return the records of a topic, each with the fields it may say."""
    whose = person.id
    by_topic: Mapping[str, Sequence[Record | None]] = {
        "status": history_of(desk, StatusSince, whose),
        "exploitation": [person, exploitation.exploitation_of(desk, whose), *exploitation.events_of(desk, whose)],
        "signs": [exploitation.signs_of(desk, whose)],
        "incidents": gbv_incidents.incidents_of(desk, whose),
        "who_harmed": who_harmed.who_harmed(desk, whose),
    }
    found: list[tuple[Record, Sequence[Field]]] = []
    for record in by_topic[topic]:
        if record is not None:
            fields = desk.fields(type(record))
            if record is person:
                fields = tuple(field for field in fields if field.group == what_happened.GROUP)
            found.append((record, fields))
    return found


def _lines(desk: Desk, records: Sequence[tuple[Record, Sequence[Field]]], language: str) -> list[Block]:
    blocks: list[Block] = []
    for record, fields in records:
        said = [
            Aside(text(field.label, language), field.show(value, language))
            for field in fields
            if desk.holds(field.compartment) and says(value := field.read(record))
        ]
        if said and blocks:
            # A blank line between two incidents or persons, so that nobody reads one into the other.
            blocks.append(Paragraph(""))
        blocks += said
    return blocks
