"""Legal matters of the demo: wages before the court this week, an investigation, papers on their way, two ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any, Final
from uuid import UUID

from shelterdesk.deadlines import COURT, Deadline
from shelterdesk.files import StoredFile
from shelterdesk.i18n import N_
from shelterdesk.legal_matters import LegalMatter, MatterStage
from shelterdesk.notes import LEGAL, Note
from shelterdesk.sample.cast import CAST
from shelterdesk.sample.names import LAWYER
from shelterdesk.sample.rows import Loom, Row


@dataclass(frozen=True)
class _Matter:
    """One matter; days are counted back from today. *dates* and *scans* are kinds told before that belong to it."""

    name: str
    kind: str
    subject: str
    opened: int
    body: str
    body_name: str
    number: str
    stages: tuple[tuple[int, str, str], ...]
    words: str = ""
    lawyer: str = ""
    dates: tuple[str, ...] = ()
    scans: tuple[str, ...] = ()
    noted: bool = False
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    ended: int | None = None
    result_words: str = ""


_COURT, _OFFICE = N_("District court"), N_("Migration service, district office")
_MATTERS: Final[tuple[_Matter, ...]] = (
    _Matter(
        "Aysel M.", "labour_claim", N_("Wages of seven months at the workshop"), 44, "court", _COURT,
        "2(104)-4471/2026",
        (
            (44, "prepared", N_("Her notebook with the days was copied; two women will bear witness.")),
            (36, "talks", N_("The employer was written to and did not answer.")),
            (30, "filed", N_("Claim handed in by the legal aid office, without court fees.")),
            (20, "first_instance", N_("The other side has to answer before the hearing.")),
        ),
        N_("She does not want to sit opposite him. The address in the claim is that of the legal aid office."),
        N_("Elçin M., free legal aid office"), (COURT,), noted=True, values={"claimed": 420_000, "currency": "azn"},
    ),
    _Matter(
        "Aysel M.", "criminal_injured", N_("Papers kept back and unpaid work"), 40, "prosecution",
        N_("City prosecution"), "26-0417",
        (
            (40, "reported", N_("Statement given with an interpreter waiting outside; she needed none.")),
            (31, "investigation", N_("She is recognised as the injured party. The investigator calls the house only.")),
        ),
        lawyer=N_("Elçin M., free legal aid office"), scans=("court_paper", "photo_of_her"),
    ),
    _Matter(
        "Nərmin", "protection_order", N_("Her uncles may not come near her or the college"), 60, "court", _COURT,
        "3-0912/2026",
        (
            (60, "filed", N_("Asked for on the day she came.")),
            (24, "decided", N_("Granted for thirty days; a longer one can be asked for.")),
            (12, "enforcement", N_("One of them stood before the college. The police took it down.")),
        ),
        dates=("protection_order",),
    ),
    _Matter(
        "Jun R.", "residence", N_("Permission to stay and work while the case goes on"), 10, "migration", _OFFICE,
        "M-77120",
        (
            (10, "filed", N_("Handed in together; the number is on the slip in the file.")),
            (4, "papers_missing", N_("They ask for two photos and a letter of the department.")),
        ),
        dates=("residence_permit",),
    ),
    _Matter(
        "Marisol", "documents", N_("A new passport through the embassy"), 25, "embassy",
        N_("Embassy, consular section"), "",
        (
            (20, "filed", N_("Form and fingerprints on the same morning.")),
            (1, "ready", N_("To be fetched in person.")),
        ),
    ),
    _Matter(
        "Olha K.", "family", N_("Maintenance for her son"), 50, "court", _COURT, "2(107)-5120/2026",
        (
            (50, "prepared", N_("Birth certificate translated and certified.")),
            (30, "filed", N_("Claim handed in.")),
            (8, "first_instance", N_("First hearing set.")),
        ),
        lawyer=N_("Elçin M., free legal aid office"),
    ),
    _Matter(
        "Sevda", "compensation", N_("What she had to pay for the journey"), 110, "court", _COURT, "2(104)-3005/2026",
        ((110, "prepared", ""), (90, "talks", N_("His lawyer called: they would rather pay than be heard.")),
         (20, "decided", N_("The court put the agreement on record."))),
        values={"claimed": 260_000, "awarded": 200_000, "received": 120_000, "currency": "azn", "result": "settled"},
        ended=14, result_words=N_("The rest comes in two parts; the account is hers alone."),
    ),
    _Matter(
        "Iryna", "documents", N_("Identity card lost on the way"), 120, "registry", N_("Registry office"), "",
        ((112, "filed", ""), (95, "ready", "")), values={"result": "given"}, ended=93,
        result_words=N_("She keeps it herself."),
    ),
)  # fmt: skip


def tell_legal(loom: Loom, named: Mapping[str, UUID]) -> None:
    """Add matters and their stages, and tell the dates, notes and scans of before which matter they belong to."""
    lived = {one.name: one.arrived for one in CAST}
    who = loom.colleagues.get(LAWYER)
    for one in _MATTERS:
        if one.name in named:
            matter_id = _tell(loom, one, named[one.name], lived[one.name], who)
            for row in _told_before(loom.rows, one, named[one.name]):
                row.values["matter_id"] = matter_id
            if one.name == "Olha K.":
                _hearing(loom, named[one.name], matter_id)


def _tell(loom: Loom, one: _Matter, person_id: UUID, lived: int, who: UUID | None) -> UUID:
    def say(message: str) -> str | None:
        return loom.say(message) if message else None

    opened = min(one.opened, lived)
    matter_id = loom.add(
        LegalMatter,
        loom.ago(opened),
        who,
        person_id=person_id,
        kind=one.kind,
        subject=say(one.subject),
        opened_on=loom.ago(opened),
        body=one.body,
        body_name=say(one.body_name),
        number=one.number or None,
        words=say(one.words),
        member_id=who or loom.desk.me.id,
        lawyer=say(one.lawyer),
        ended_on=None if one.ended is None else loom.ago(min(one.ended, opened)),
        result_words=say(one.result_words),
        **one.values,
    )
    for since, stage, words in one.stages:
        on = loom.ago(min(since, opened))
        loom.add(
            MatterStage, on, who, matter_id=matter_id, person_id=person_id, since=on, stage=stage, words=say(words)
        )
    return matter_id


def _told_before(rows: list[Row], one: _Matter, person_id: UUID) -> list[Row]:
    hers = [row for row in rows if row.values.get("person_id") == person_id]
    dates = [row for row in hers if row.kind is Deadline and row.values["kind"] in one.dates]
    notes = [row for row in hers if row.kind is Note and row.values["kind"] == LEGAL]
    scans = [row for row in hers if row.kind is StoredFile and row.values["kind"] in one.scans]
    return dates + scans + (notes if one.noted else [])


def _hearing(loom: Loom, person_id: UUID, matter_id: UUID) -> None:
    loom.add(
        Deadline,
        loom.ago(8),
        person_id=person_id,
        matter_id=matter_id,
        kind=COURT,
        state="stands",
        until=loom.ago(-9),
        at=time(11, 30),
        organisation=loom.say(_COURT),
        words=loom.say(N_("The boy stays in the house. Bring the school's letter.")),
        member_id=loom.desk.me.id,
    )
