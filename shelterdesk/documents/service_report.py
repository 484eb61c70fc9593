"""Services of one person on paper: a period, the families that were chosen, with or without notes.

For the file it stays in the house. For somebody else her consent is looked up, notes stay behind unless they are
chosen, and colleagues are not named.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    Aside,
    Block,
    Boxed,
    Column,
    Document,
    Heading,
    LabelledRow,
    Paragraph,
    Row,
    Side,
    Table,
)
from shelterdesk.documents.confidential import FOR_THE_RECIPIENT, code_box, confidential
from shelterdesk.documents.legal_paper import standing_table
from shelterdesk.errors import ShelterDeskError
from shelterdesk.fields import CLOSED
from shelterdesk.help_given import amount_words
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.names import names_for
from shelterdesk.note_parts import written_parts
from shelterdesk.person_reading import codes_by_person
from shelterdesk.printed import log_paper
from shelterdesk.reach import require_reach
from shelterdesk.schema.base import declared
from shelterdesk.service_history import History, history_of
from shelterdesk.services import Service, restricted_note
from shelterdesk.sharing import Standing, may_share, note_shared

PAPER: Final = "service_report"
"""What the log calls the paper."""
PURPOSES: Final = ("share_authority", "share_partner")
"""For what it may leave: to a named authority or court, or to a named service."""
_PART: Final = frozenset({"services"})
_IN_THE_HOUSE: Final = N_("For the file; it stays in the house.")
_CONSENT: Final = N_("She agreed that this is shared with «{recipient}».")
_WITHOUT: Final = N_("This is passed on without her consent. Ask the sender for the reason before it is used.")


class NobodyNamed(ShelterDeskError):
    """The report would leave without anybody being named for whom it is."""


@dataclass(frozen=True)
class Wanted:
    """What is to stand on the report."""

    families: frozenset[str] = frozenset()
    """Nothing for all."""
    first: date | None = None
    last: date | None = None
    rows: bool = True
    """Every service by itself; without, only what they add up to."""
    notes: bool = False
    """With the notes whose key the reader holds."""
    matters: bool = False
    """With how legal matters stand, in coded words; it stays in the house."""


def report_standing(desk: Desk, person_id: UUID, purpose: str, recipient: str) -> Standing:
    """Return how her consent stands for handing the report to *recipient*. Raises NotAllowed, NeedsReason."""
    return may_share(desk, person_id, purpose, recipient).sharing(_PART)


def service_report(
    desk: Desk, person_id: UUID, wanted: Wanted, language: str, *, standing: Standing | None = None
) -> Document:
    """Return the report, with *standing* for somebody else. Raises NotAllowed, RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    with desk.read(everybody=True) as db:
        code = codes_by_person(db).get(person_id, "")
    history = history_of(desk, person_id, families=wanted.families, first=wanted.first, last=wanted.last)
    day = formats.day(desk.today(), language)
    head = [(say(N_("Period")), _period(wanted, history, language)), (say(N_("Date")), day)]
    if standing is not None:
        head.insert(0, (say(N_("To")), standing.recipient or "–"))
    blocks: list[Block] = [LabelledRow(tuple(head)), Paragraph(_added_up(history, language))]
    blocks.append(_kinds(history, language))
    if wanted.rows and history.services:
        blocks.append(Heading(say(N_("Services"))))
        blocks += _rows(desk, history.services, wanted, language, outside=standing is not None)
    if wanted.matters and standing is None:
        blocks += [Heading(say(N_("Legal matters"))), standing_table(desk, person_id, language)]
    if standing is not None:
        agreed = say(_CONSENT, recipient=standing.recipient) if standing.given else say(_WITHOUT)
        blocks.append(Boxed(say(N_("Consent")), agreed))
    return Document(
        title=say(N_("Services")),
        language=language,
        file_name="services",
        key=code_box(code, language),
        blocks=tuple(blocks),
        foot=confidential(_IN_THE_HOUSE if standing is None else FOR_THE_RECIPIENT, language, code, day),
    )


def note_report(desk: Desk, person_id: UUID, standing: Standing | None, *, how: str, why: str = "") -> None:
    """Log that the report leaves; *how* is ``print``, ``pdf`` or ``docx``. Raises ConsentMissing, NobodyNamed."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    if standing is None:
        log_paper(desk, PAPER, how=how, about=person_id)
        return
    if not standing.recipient:
        raise NobodyNamed(N_("Write for whom it is. Nothing has left."))
    note_shared(desk, person_id, standing, what=PAPER, how=how, why="" if standing.given else why)


def _period(wanted: Wanted, history: History, language: str) -> str:
    days = [one.given_on for one in history.services]
    first, last = wanted.first or min(days, default=None), wanted.last or max(days, default=None)
    return formats.span(first, last, language) if first is not None and last is not None else "–"


def _added_up(history: History, language: str) -> str:
    given = ngettext("{n} service given", "{n} services given", history.given, language)
    parts = [given, formats.duration(history.minutes, language) if history.minutes else ""]
    parts += [one.words(language) for one in history.money]
    return "  ·  ".join(part for part in parts if part)


def _kinds(history: History, language: str) -> Table:
    return Table(
        columns=(
            Column(text(N_("Kind of service"), language), 60),
            Column(text(N_("Times"), language), 14, Side.RIGHT),
            Column(text(N_("Time"), language), 22, Side.RIGHT),
        ),
        rows=tuple(
            Row(
                (
                    vocab.SERVICE_KINDS.label(one.kind, language),
                    formats.number(one.times, language),
                    formats.duration(one.minutes, language) if one.minutes else "–",
                )
            )
            for one in history.kinds
        ),
        empty=text(N_("Nothing was given in this period."), language),
    )


def _rows(desk: Desk, services: Sequence[Service], wanted: Wanted, language: str, *, outside: bool) -> list[Block]:
    staff = {} if outside else names_for(desk, "member")
    columns = [
        Column(text(N_("Date given"), language), 22),
        Column(text(N_("Service"), language), 46),
        Column(text(N_("Time, amount"), language), 24, Side.RIGHT),
        Column(text(N_("Outcome"), language), 24),
    ]
    if not outside:
        columns.insert(2, Column(text(N_("Given by"), language), 30))
    if not wanted.notes:
        rows = tuple(_row(desk, one, staff, language, outside=outside) for one in services)
        return [Table(tuple(columns), rows)]
    blocks: list[Block] = []
    for one in services:
        blocks.append(Table(tuple(columns), (_row(desk, one, staff, language, outside=outside),)))
        blocks += _notes(desk, one, language)
    return blocks


def _row(desk: Desk, one: Service, staff: dict[UUID, str], language: str, *, outside: bool) -> Row:
    measure = amount_words(desk, one, language)
    cells = [
        formats.day(one.given_on, language, style="short"),
        vocab.SERVICE_KINDS.label(one.kind, language),
        measure or (formats.duration(one.minutes, language) if one.minutes else "–"),
        vocab.SERVICE_OUTCOMES.label(one.outcome, language),
    ]
    if not outside:
        cells.insert(2, staff.get(one.given_by, "–") if one.given_by else "–")
    return Row(tuple(cells))


def _notes(desk: Desk, one: Service, language: str) -> list[Block]:
    """Return what is written about a service, as far as the reader's keys go; what is closed is left out."""
    team = declared(Service, "team_note")
    said: list[tuple[str, str]] = []
    words = team.read(one)
    if words:
        said.append((text(team.label, language), str(words)))
    for field, value in written_parts(desk, one, restricted_note(desk, one.kind)):
        if value is not CLOSED:
            said.append((text(field.label, language), field.show(value, language)))
    return [Aside(label, words) for label, words in said]


def families_in(desk: Desk, person_id: UUID) -> Collection[str]:
    """Return the families of which a person was given something, in the order of the list."""
    require(desk, Right.SEE_RECORDS)
    found = {vocab.SERVICE_KINDS.group(one.kind) for one in history_of(desk, person_id).services}
    return [code.code for code in vocab.SERVICE_FAMILIES if code.code in found]
