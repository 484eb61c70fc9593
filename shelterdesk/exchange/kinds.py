"""Which kinds of record a workbook may bring, who may bring them, and by what an entry is known to be the same one.

A kind of record that a feature adds is brought in without being named here, as long as it belongs to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from shelterdesk import features, services
from shelterdesk.access import Right
from shelterdesk.fields import Kind
from shelterdesk.schema.base import RECORDS, Record

PERSON: Final = "person"
DIRECTORIES: Final = ("site", "project", "partner", "provider", "room", "bed")
"""Kinds that belong to the house and are known by a name, in the order they need each other."""
NOT_BROUGHT: Final = frozenset(
    {
        PERSON,
        # Who may open what is decided here, and scans come with their content.
        "restriction",
        "knows_family",
        "file",
        # These say what people did in this program.
        "approval",
        "own_list",
        "draft_field",
    }
)
IN_A_LIST: Final = (
    "stay",
    "absence",
    "risk_since",
    "alert",
    "safety_plan",
    "deadline",
    "identity_document",
    "contact",
    "relation",
    "child_care",
    "belonging",
    "next_step",
    "appointment",
    "service",
    "placement",
    "follow_up",
    "rating",
)
"""Kinds of which a list of people may say one for each person, beside what it always could."""
USUAL: Final[Mapping[str, str]] = {
    "service.outcome": "took_place",
    "appointment.state": "planned",
    "milestone.status": "planned",
    "safety_plan.state": "made",
    "referral_out.state": "prepared",
    "episode_goal.state": "open",
}
"""What an entry says that a sheet without such a column means."""
SINGLE: Final = frozenset({"child_care", "exploitation", "labour_signs"})
"""Kinds of which a person has one."""
KEPT_AS_WRITTEN: Final = frozenset({"note"})
"""Kinds whose entries on file no list changes; it may only add to them."""
NOTE_FIELDS: Final = frozenset(f"service.{name}" for name in services.NOTED)
"""Notes within other records, which no list changes either."""

_SAME: Final[Mapping[str, tuple[str, ...]]] = {
    "stay": ("arrived_on",),
    "bed_since": ("since",),
    "status_since": ("since",),
    "phase_since": ("since",),
    "worker_since": ("since",),
    "risk_since": ("since",),
    "absence": ("since",),
    "told_topic": ("topic",),
    "alert": ("kind", "since"),
    "appointment": ("kind", "on", "at"),
    "plan": ("agreed_on",),
    "goal": ("domain", "words"),
    "milestone": ("domain", "words"),
    "next_step": ("words",),
    "belonging": ("kind", "what", "taken_on"),
    "identity_document": ("kind", "number"),
    "relation": ("kinship", "name", "relative_id"),
    "child_care": (),
    "consent": ("purpose", "recipient", "answered_on"),
    "contact": ("kind", "name"),
    "deadline": ("kind", "until"),
    "episode": ("begun_on",),
    "episode_goal": ("words",),
    "screening": ("scale", "held_on"),
    "legal_matter": ("kind", "opened_on"),
    "matter_stage": ("since", "stage"),
    "exploitation": (),
    "labour_signs": (),
    "harm_event": ("kind", "since", "country"),
    "gbv_incident": ("happened", "violence"),
    "who_harmed": ("relationship", "called"),
    "placement": ("kind", "post", "started_on"),
    "stage_since": ("since", "stage"),
    "referral": ("referred_on",),
    "referral_out": ("service", "organisation", "sent_on"),
    "safety_plan": ("made_on",),
    "service": ("kind", "given_on"),
    "visit": ("on", "came_at", "visitor"),
    "rating": ("rated_on",),
    "follow_up": ("on",),
    "removal_hold": ("reason", "since"),
    "medicine": ("what", "at", "since"),
    "roll_mark": ("on", "shift"),
}
_RIGHTS: Final[Mapping[Right, tuple[str, ...]]] = {
    Right.CHANGE_PERSON: (PERSON, "identity_document", "relation", "child_care", "contact", "alert"),
    Right.KEEP_STAYS: ("stay", "bed_since", "absence", "visit", "belonging", "bed_hold", "arrival_request"),
    Right.GIVE_SERVICES: ("service", "provider"),
    Right.KEEP_APPOINTMENTS: ("appointment",),
    Right.KEEP_PLACEMENTS: ("placement", "stage_since", "partner"),
    Right.KEEP_HOUSE_BOOK: (
        "shift_line",
        "handover",
        "roll_mark",
        "medicine",
        "dose",
        "house_incident",
        "incident_step",
    ),
    Right.CHANGE_SETTINGS: ("site", "room", "bed", "project"),
}


@dataclass(frozen=True)
class Parent:
    """A column that points to an entry of another sheet: the bed to its stay, the goal to its plan."""

    column: str
    kind: str
    needed: bool

    @property
    def target(self) -> str:
        """What a column of a sheet may stand for, to name that entry."""
        return f"import.parent_{self.column}"


def brought() -> Mapping[str, type[Record]]:
    """Return the kinds a sheet of its own may bring, by name; people themselves are not among them."""
    modules = {module.__name__ for module in features.MODULES}
    return {
        name: kind
        for name, kind in RECORDS.items()
        if kind.__module__ in modules
        and name not in NOT_BROUGHT
        and kind.declared
        and (name in DIRECTORIES or "person_id" in kind.__table__.columns)
    }


@cache
def parents_of(kind: type[Record]) -> tuple[Parent, ...]:
    """Return the columns of *kind* that point to an entry of another kind, people and named records left out."""
    named = set(DIRECTORIES) if kind.__tablename__ not in DIRECTORIES else set[str]()
    found: list[Parent] = []
    for column in kind.__table__.columns:
        for key in column.foreign_keys:
            other = key.column.table.name
            if other != PERSON and other not in named and other in RECORDS:
                found.append(Parent(column.key, other, not column.nullable))
    return tuple(found)


@cache
def belongs_to_a_person(kind: type[Record]) -> bool:
    """Tell whether every entry of *kind* is about somebody; of some kinds it may be about the house."""
    column = kind.__table__.columns.get("person_id")
    return column is not None and not column.nullable


def right_for(kind: str) -> Right:
    """Return what it takes to bring records of *kind*, beside the right to import."""
    return next((right for right, kinds in _RIGHTS.items() if kind in kinds), Right.CASE_WORK)


def known_by(kind: str) -> tuple[str, ...] | None:
    """Return the attributes by which an entry on file is the one a sheet says; None where only all of them do."""
    return _SAME.get(kind)


def with_usual(kind: type[Record], values: Mapping[str, Any], on: date | None) -> dict[str, Any]:
    """Return *values* with what a list means that does not say it: «other», what is usual, and *on* as the day."""
    found = dict(values)
    for field in kind.declared:
        if not field.required or found.get(field.attribute) is not None:
            continue
        if field.id in USUAL:
            found[field.attribute] = USUAL[field.id]
        elif field.kind is Kind.DAY and on is not None:
            found[field.attribute] = on
        elif field.kind is Kind.CHOICE and field.choices is not None and "other" in field.choices:
            found[field.attribute] = "other"
    return found
