"""«Not recorded yet»: what an arrival leaves for the day shift, named on the overview until it is answered.

An answer is enough, «prefers not to say» included; nothing of it is ever required. The shelter chooses what is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from shelterdesk import house_settings
from shelterdesk.access import Right, require
from shelterdesk.contacts import HERSELF, contacts_of
from shelterdesk.fields import CLOSED, Field
from shelterdesk.i18n import N_
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, WorkerSince, history_of
from shelterdesk.risk import risk_of
from shelterdesk.safety_plan import safety_plans_of

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

SETTING: Final = "not_asked_for"
"""Holds what is left out, so that what a later program asks for is named without anybody choosing it."""


@dataclass(frozen=True)
class Prompt:
    """Something that may be missing, and where it is added."""

    id: str
    label: str
    """A message id."""
    section: str
    doing: str


FIELDS: Final = (
    "birth",
    "gender",
    "citizenships",
    "languages",
    "needs_interpreter",
)
"""Attributes of a person that are asked for."""
RISK: Final = Prompt("risk", N_("Risk level"), "needs", "new_risk")
WORKER: Final = Prompt("worker", N_("Worker"), "needs", "new_worker")
PHASE: Final = Prompt("phase", N_("Phase"), "needs", "new_phase")
REACHED: Final = Prompt("person.phone", N_("How to reach her"), "personal", "new_own_contact")
EMERGENCY: Final = Prompt(
    "person.emergency_contact", N_("Person to call in an emergency"), "personal", "new_emergency_contact"
)
"""Both are contacts; the ids are those of the fields of her record that answer them as well."""
SAFETY_PLAN: Final = Prompt("safety_plan", N_("Safety plan"), "needs", "new_safety_plan")


def prompts(desk: Desk) -> list[Prompt]:
    """Return everything that can be asked for, in the order it is named."""
    fields = {field.attribute: field for field in desk.fields(Person)}
    asked = [
        Prompt(fields[name].id, fields[name].label, "personal", "add_missing") for name in FIELDS if name in fields
    ]
    return [RISK, WORKER, *asked, REACHED, EMERGENCY, PHASE, SAFETY_PLAN]


def left_out(desk: Desk) -> frozenset[str]:
    """Return the ids of what this shelter does not ask for."""
    return frozenset(house_settings.get(desk, SETTING))


def leave_out(desk: Desk, ids: Iterable[str]) -> None:
    """Keep what this shelter does not ask for."""
    require(desk, Right.CHANGE_SETTINGS)
    known = {one.id for one in prompts(desk)}
    house_settings.put(desk, SETTING, sorted(known & set(ids)))


def not_recorded(desk: Desk, person: Person) -> list[Prompt]:
    """Return what nobody has recorded about *person* and the signed-in person could add. Raises NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    missing: set[str] = set()
    if desk.may(Right.CHANGE_PERSON):
        missing = {field.id for field in missing_fields(person, desk.fields(Person))}
        missing = missing - {REACHED.id, EMERGENCY.id} | _missing_contacts(desk, person)
    if desk.may(Right.CASE_WORK):
        missing |= _missing_topics(desk, person)
    out = left_out(desk)
    return [one for one in prompts(desk) if one.id in missing and one.id not in out]


def missing_fields(person: Person, fields: Collection[Field]) -> list[Field]:
    """Return those of *fields* nobody has asked about yet: no value and no reason."""
    missing: list[Field] = []
    for field in fields:
        value: Any = field.read(person)
        if value is CLOSED or field.id in person.unanswered:
            continue
        if value is None or value == "" or value == frozenset():
            missing.append(field)
    return missing


def _missing_contacts(desk: Desk, person: Person) -> set[str]:
    """Return which of the two contacts nobody answered, be it in a row of their own or in the fields of her record."""
    missing = {field.id for field in missing_fields(person, (Person.phone.field, Person.emergency_contact.field))}
    if missing:
        known = contacts_of(desk, person.id)
        if any(one.kind == HERSELF for one in known):
            missing.discard(REACHED.id)
        if any(one.emergency for one in known):
            missing.discard(EMERGENCY.id)
    return missing


def _missing_topics(desk: Desk, person: Person) -> set[str]:
    found: set[str] = set()
    if risk_of(desk, person.id) is None:
        found.add(RISK.id)
    if not safety_plans_of(desk, person.id):
        found.add(SAFETY_PLAN.id)
    if not history_of(desk, WorkerSince, person.id):
        found.add(WORKER.id)
    if not history_of(desk, PhaseSince, person.id):
        found.add(PHASE.id)
    return found
