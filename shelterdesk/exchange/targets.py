"""What a column may stand for: the fields of a person and of what hangs on her, and a few readings of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shelterdesk import vocab, what_happened
from shelterdesk.consents import Consent
from shelterdesk.exchange.kinds import IN_A_LIST
from shelterdesk.exploitation import Exploitation, HarmEvent, LabourSigns
from shelterdesk.fields import Field, Kind
from shelterdesk.gbv_incidents import GbvIncident
from shelterdesk.i18n import N_, text
from shelterdesk.log_words import kind_words
from shelterdesk.note_parts import PARTS
from shelterdesk.notes import TEXTS, Note
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, StatusSince, WorkerSince
from shelterdesk.referrals import Referral
from shelterdesk.referrals_out import ReferralOut
from shelterdesk.schema.base import RECORDS, Record
from shelterdesk.vault.compartments import Compartment
from shelterdesk.who_harmed import WhoHarmed

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

CODE: Final = "import.code"
FULL_NAME: Final = "import.full_name"
FAMILY_FIRST: Final = "import.full_name_family_first"
PATRONYMIC: Final = "import.patronymic"
AGE: Final = "import.age"
TAKEN_BACK: Final = "import.taken_back"
TAKEN_BACK_TITLE: Final = N_("Taken back on")

WHAT_HAPPENED: Final[tuple[tuple[type[Record], str], ...]] = (
    (Exploitation, N_("Exploitation")),
    (HarmEvent, N_("Place and time of exploitation")),
    (LabourSigns, N_("Signs of forced labour")),
    (GbvIncident, N_("Incident of violence")),
    (WhoHarmed, N_("Person who caused harm")),
)
"""Records of what happened; a row of a list says at most one of each."""
_READ: Final[tuple[tuple[type[Record], str], ...]] = (
    (StatusSince, N_("Identification")),
    (Referral, N_("Referral")),
    (Consent, N_("Consent to support and keeping a record")),
    (PhaseSince, N_("Phase of support")),
    (WorkerSince, N_("Worker")),
    (Note, N_("Notes")),
    (ReferralOut, N_("Referral to somebody else")),
    *WHAT_HAPPENED,
)
NOT_READ: Final = frozenset(
    {
        # Our own code is given out by the program; the day of birth comes with the birth date.
        "person.code",
        "person.birth_day",
        "relation.birth_day",
        # The consent of a list is the one to support, as it stands today.
        "consent.purpose",
        "consent.recipient",
        "consent.until",
        "consent.told",
        "consent.parts",
        "consent.way",
        "consent.given_by",
        "consent.assent",
        # How a referral to somebody else went is told in its record; a list says that there was one.
        "referral_out.state",
        "referral_out.way",
        "referral_out.shared",
        "referral_out.consent",
        "referral_out.without_consent",
        "referral_out.answered_on",
        "referral_out.answer",
        "referral_out.ended_on",
        "referral_out.follow_up_on",
        # The worker of a list has been hers since she was registered.
        "worker_since.since",
        # The text decides the kind of the note, and it is written on the day of the import.
        "note.kind",
        "note.written_on",
    }
)
"""Fields no column may stand for."""
_SEVERAL: Final = frozenset({Kind.CHOICES, Kind.LONG_TEXT})


@dataclass(frozen=True)
class Target:
    """One thing a column may stand for. ``kind`` is the name of the record it belongs to."""

    id: str
    label: str
    group: str
    record: str
    field: Field
    several: bool = False
    """Several columns may say it together: first and second language, two telephone numbers."""

    def words(self, language: str | None = None) -> str:
        """Return the label for people."""
        return text(self.label, language)


def targets_of(desk: Desk) -> Mapping[str, Target]:
    """Return everything a column may stand for, by id and in the order of the forms, the shelter's own fields included.

    Nothing is left out for lack of a key: what cannot be written is said by name.
    """
    found: list[Target] = []
    for field in desk.fields(Person):
        if field.id not in NOT_READ:
            found.append(_target(field, field.group or N_("Fields of this shelter")))
        if field.attribute == "family_name":
            found += _READINGS
    for kind, group in (*_READ, *((RECORDS[name], kind_words(name)) for name in IN_A_LIST)):
        found += [_target(field, group) for field in desk.fields(kind) if field.id not in NOT_READ]
    return {target.id: target for target in found}


def why_not_written(desk: Desk, target: Target) -> str:
    """Return why the signed-in person cannot write *target*, as a message id with a {key}; «» where they can."""
    if what_happened.belongs_here(target.record, target.field.id) and not what_happened.may_open(desk):
        return N_("only who may open what happened can write it")
    return "" if desk.holds(target.field.compartment) else N_("only who holds the key «{key}» can write it")


def _target(field: Field, group: str) -> Target:
    several = field.kind in _SEVERAL or field.id in {"person.given_names", "person.phone", "person.other_names"}
    return Target(field.id, field.label, group, field.record, field, several)


def _reading(target_id: str, label: str, compartment: Compartment | None, kind: Kind = Kind.TEXT) -> Target:
    field = Field(target_id, label, kind, compartment=compartment)
    return Target(target_id, label, N_("Name and birth"), "person", field)


_READINGS: Final = (
    _reading(FULL_NAME, N_("Whole name, given name first"), Compartment.IDENTITY),
    _reading(FAMILY_FIRST, N_("Whole name, family name first"), Compartment.IDENTITY),
    _reading(PATRONYMIC, N_("Patronymic, second given name"), Compartment.IDENTITY),
    _reading(AGE, N_("Age"), None, Kind.NUMBER),
    _reading(CODE, N_("Code or number in this list"), None),
    _reading(TAKEN_BACK, TAKEN_BACK_TITLE, None, Kind.DAY),
)

NAMED: Final = frozenset(
    {
        "person.given_names",
        "person.family_name",
        "person.short_name",
        "person.other_names",
        FULL_NAME,
        FAMILY_FIRST,
        CODE,
    }
)
"""A row that says one of these says whom it is about."""

NOTE_KIND_OF: Final = {
    attribute: next(code.code for code in vocab.NOTE_KINDS if code.group == compartment)
    for compartment, text_of in TEXTS.items()
    for attribute in (text_of, *PARTS.get(compartment, ()))
}
"""What the note is called that a text or a part is kept in: the first kind of its compartment."""
