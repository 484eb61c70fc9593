"""The services of one person: what, how often, by whom, and what was noted where."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from shelterdesk import vocab
from shelterdesk.people import ADULT_AGE
from shelterdesk.sample import words
from shelterdesk.sample.house import House
from shelterdesk.sample.names import LAWYER, PSYCHOLOGIST, VOCATIONAL
from shelterdesk.sample.people import Sketch
from shelterdesk.sample.rows import Loom
from shelterdesk.services import RESTRICTED_NOTES, Service
from shelterdesk.vault.compartments import Compartment

_FAMILIES = (
    ("psychological", 26),
    ("social", 20),
    ("health", 14),
    ("legal", 10),
    ("education", 7),
    ("vocational", 7),
    ("material_help", 7),
    ("documents", 3),
    ("family_mediation", 3),
    ("financial_help", 2),
    ("security", 2),
)
_A_WEEK = 2.9
_KINDS = {
    "psychological": (("psychological_session", 8), ("psychological_group", 3), ("creative_session", 1)),
    "social": (
        ("social_talk", 6),
        ("accompaniment", 3),
        ("plan_talk", 2),
        ("benefit_application", 1),
        ("life_skills", 1),
    ),
    "health": (("doctor_visit", 5), ("health_check", 2), ("dental_care", 2), ("tests", 2), ("medicine", 1)),
    "legal": (("legal_advice", 5), ("court_accompaniment", 1), ("compensation_claim", 1)),
}
_BY_NAME = {"psychological": PSYCHOLOGIST, "legal": LAWYER, "vocational": VOCATIONAL}
_PLACES = {"health": "clinic", "legal": "office", "documents": "office", "education": "school"}
_RESTRICTED = {
    Compartment.CASE: words.CASE_NOTES,
    Compartment.CLINICAL: words.CLINICAL_NOTES,
    Compartment.MEDICAL: words.MEDICAL_NOTES,
    Compartment.LEGAL: words.LEGAL_NOTES,
}


def give_services(loom: Loom, house: House, one: Sketch, person_id: UUID) -> None:
    """Add the services of one person over the time she was supported."""
    for on in sorted(_days(loom, one)):
        _service(loom, house, person_id, on, loom.weighted(_FAMILIES))
    if one.part.interpreter if one.part else "az" not in one.origin.languages and loom.chance(0.3):
        for on in _spread(loom, one.registered, min(one.until, loom.today), 0.35):
            _service(loom, house, person_id, on, "interpreting")
    if one.registered <= loom.today:
        _service(loom, house, person_id, one.registered, "social", "first_assessment")


def _days(loom: Loom, one: Sketch) -> list[date]:
    last = min(one.until, loom.today)
    if loom.services_per_person is not None:
        length = max(1, (last - one.registered).days)
        wanted = max(0, loom.services_per_person - 1)
        return [
            loom.working_day(one.registered + timedelta(days=int(loom.dice.random() * length))) for _ in range(wanted)
        ]
    rate = _A_WEEK if one.age >= ADULT_AGE else _A_WEEK / 2
    found: list[date] = []
    for span in one.stays:
        found += _spread(loom, span.first, min(span.until or loom.today, loom.today), rate)
    if not one.stays:
        found += _spread(loom, one.registered, min(loom.today, one.registered + timedelta(days=220)), 0.6)
    if one.until < loom.today:
        # Contact goes on for a while after leaving.
        found += _spread(loom, one.until, min(loom.today, one.until + timedelta(days=60)), 0.3)
    return found


def _spread(loom: Loom, first: date, last: date, a_week: float) -> list[date]:
    length = (last - first).days
    count = int(length / 7 * a_week + loom.dice.random())
    days = (first + timedelta(days=int(loom.dice.random() * (length + 1))) for _ in range(count))
    return [max(first, loom.working_day(on)) for on in days]


def _service(loom: Loom, house: House, person_id: UUID, on: date, family: str, kind: str = "") -> None:
    if not kind:
        weighted = _KINDS.get(family)
        kind = loom.weighted(weighted) if weighted else loom.one_of(vocab.SERVICE_KINDS.of_group(family)).code
    outcome = loom.weighted((("took_place", 85), ("shorter", 6), ("declined", 5), ("not_held", 4)))
    held = outcome in ("took_place", "shorter")
    minutes = loom.one_of((30, 45, 50, 60, 90)) if outcome == "took_place" else 30 if held else None
    help_given: dict[str, Any] = {}
    if family in vocab.HELP_FAMILIES:
        # Things and money take no time worth writing down; the day decides what they cost.
        minutes = None
        help_given = _help(family, on) if held else {}
    notes: dict[str, str] = {}
    if loom.chance(0.25):
        notes["team_note"] = loom.say(loom.one_of(words.TEAM_NOTES))
    if held and loom.chance(0.35):
        compartment = Compartment(vocab.note_compartment(kind))
        notes[RESTRICTED_NOTES[compartment]] = loom.say(loom.one_of(_RESTRICTED[compartment]))
    colleague = loom.colleagues.get(_BY_NAME.get(family, ""))
    listed = None if colleague else house.providers.get(family)
    provider = None if colleague or listed else words.PROVIDERS.get(family)
    loom.add(
        Service,
        on,
        colleague,
        person_id=person_id,
        kind=kind,
        given_on=on,
        given_by=colleague or (None if provider or listed else loom.desk.me.id),
        provider_id=listed,
        provider=loom.say(provider, name=_BY_NAME.get(family, "")) if provider else None,
        minutes=minutes,
        form="group" if kind == "psychological_group" else "one_person",
        outcome=outcome,
        project_id=loom.one_of(house.projects),
        place=_PLACES.get(family, "house"),
        **help_given,
        **notes,
    )


def _help(family: str, on: date) -> dict[str, Any]:
    number = on.toordinal()
    amount = (number % 9 + 2) * (500 if family == "material_help" else 1500)
    pieces = number % 3 + 1 if family == "material_help" else None
    return {"amount": amount, "currency": "azn", "quantity": pieces, "receipt": f"{number % 400 + 100}/{on:%y}"}
