"""The parts a note may be written in, where that helps; they are sealed like the free text beside them.

Notes and services have the same parts under the same attributes. Nothing in them is needed, and what fits no part
stands in the free text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from shelterdesk.desk import Desk
from shelterdesk.fields import CLOSED, Field, Kind
from shelterdesk.i18n import N_
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import Sealed, sealed
from shelterdesk.vault.compartments import Compartment

PARTS: Final[Mapping[Compartment, tuple[str, ...]]] = {
    Compartment.CLINICAL: ("clinical_presenting", "clinical_intervention", "clinical_risk", "clinical_plan"),
    Compartment.LEGAL: ("legal_matter", "legal_stage", "legal_deadlines", "legal_next_hearing"),
    Compartment.CASE: ("case_contact", "case_agreed"),
}
"""What a text in a compartment may be divided into, in its order."""
EVERY_PART: Final = tuple(attribute for attributes in PARTS.values() for attribute in attributes)

_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "clinical_presenting": (N_("Presenting"), N_("What does she bring, and how is she?")),
    "clinical_intervention": (N_("Intervention"), N_("What was done, and how did it go?")),
    "clinical_risk": (N_("Risk"), N_("To herself, to or from others; what protects her")),
    "clinical_plan": (N_("Plan"), N_("What comes next?")),
    "legal_matter": (N_("Matter"), N_("What is it about, and before whom?")),
    "legal_stage": (N_("Stage"), N_("Where does it stand, and who has to act?")),
    "legal_deadlines": (N_("Deadlines"), N_("What has to be done until when?")),
    "legal_next_hearing": (N_("Next hearing"), ""),
    "case_contact": (N_("Contact"), N_("Who was spoken to, and how?")),
    "case_agreed": (N_("Agreed"), N_("What was agreed, who does it, until when?")),
}


def part(record: str, attribute: str, **more: Any) -> Sealed:
    """A part of the notes of *record*; its compartment is the one its text is sealed in."""
    compartment = next(one for one, attributes in PARTS.items() if attribute in attributes)
    label, ghost = _LABELS[attribute]
    if attribute == "legal_next_hearing":
        return sealed(f"{record}.{attribute}", label, compartment, kind=Kind.DAY, **more)
    return sealed(f"{record}.{attribute}", label, compartment, kind=Kind.LONG_TEXT, lines=(ghost,), **more)


def parts_of(desk: Desk, kind: type[Record], compartment: Compartment | None) -> tuple[Field, ...]:
    """Return the parts into which a text of *compartment* may be divided, those the shelter hides left out."""
    wanted: Collection[str] = PARTS.get(compartment, ()) if compartment is not None else ()
    return tuple(field for field in desk.fields(kind) if field.attribute in wanted)


def written_parts(desk: Desk, record: Record, text: Field) -> list[tuple[Field, Any]]:
    """Return the parts beside *text* that say something or are closed to the reader, then the text itself."""
    fields = (*parts_of(desk, type(record), text.compartment), text)
    return [(field, value) for field in fields if (value := field.read(record)) is CLOSED or value not in (None, "")]


def has_words(desk: Desk, record: Record, text: Field) -> bool:
    """Tell whether anything is written in *text* or its parts, without opening it."""
    return any(_stands(record, field) for field in (*parts_of(desk, type(record), text.compartment), text))


def _stands(record: Record, field: Field) -> bool:
    descriptor = vars(type(record))[field.attribute]
    return isinstance(descriptor, Sealed) and getattr(record, descriptor.column) is not None
