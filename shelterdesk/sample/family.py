"""Families of the demo: children with records of their own, who may collect them, papers with an end, who to call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from shelterdesk.children import ChildCare
from shelterdesk.contacts import Contact
from shelterdesk.family import Relation
from shelterdesk.i18n import N_
from shelterdesk.identity_documents import IdentityDocument
from shelterdesk.partial_date import PartialDate
from shelterdesk.sample.people import Sketch
from shelterdesk.sample.rows import Loom

_DAUGHTER: Final = {"Sevda": "Əminə"}
"""Who of the house is whose child."""


@dataclass(frozen=True)
class _Call:
    """Somebody to call, of the people who live here in turn."""

    kind: str
    name: str
    phone: str
    safe: str
    when: str = ""
    emergency: bool = False
    knows: bool | None = None


_CALLS: Final = (
    _Call("relative", "Sevinc", "055 000 41 07", "at_times", N_("after 18:00, never on Sundays"), True, True),
    _Call("lawyer", "Elçin M.", "055 000 12 80", "yes"),
    _Call("friend", "Nata", "+380 55 000 19 44", "ask_first", N_("say you call from the clinic"), False, False),
    _Call("embassy", "", "055 000 77 00", "yes", N_("mornings")),
    _Call("relative", "Rauf", "055 000 23 15", "no", knows=False),
)
_PAPERS: Final[tuple[tuple[str, str, int | None, str], ...]] = (
    ("passport", "with_her", 900, ""),
    ("residence_permit", "our_safe", 41, N_("The form for the new one is filled in.")),
    ("identity_card", "taken", None, N_("The employer kept it; asked for through the police.")),
    ("passport", "applied_for", None, N_("Asked for at the consulate.")),
    ("birth_certificate", "with_her", None, ""),
)
"""Kind, where it is, in how many days it ends, note; of the people who live here in turn."""


def tell_families(loom: Loom, everybody: Mapping[UUID, Sketch], named: Mapping[str, UUID]) -> None:
    """Put down who belongs to whom. Nothing is left to chance: no other story changes by it."""
    _tell_the_family(loom, everybody)
    for mother, child in _DAUGHTER.items():
        if mother in named and child in named:
            _child(loom, named[mother], named[child], everybody[named[child]])
    for number, person_id in enumerate(named.values()):
        one = everybody[person_id]
        _papers_and_calls(loom, person_id, one, number)
        if number % 3 == 0:
            _relatives_elsewhere(loom, person_id, one, number)


def _tell_the_family(loom: Loom, everybody: Mapping[UUID, Sketch]) -> None:
    mother = next((person_id for person_id, one in everybody.items() if one.role == "mother"), None)
    if mother is None:
        return
    since = everybody[mother].registered
    for child, one in everybody.items():
        if one.role == "child":
            _child(loom, mother, child, one)
    loom.add(
        Relation,
        since,
        person_id=mother,
        kinship="former_partner",
        name="Vüqar Səmədov",
        birth=PartialDate(1984),
        gender="man",
        lives="own_home",
        where="Şəmkir",
        knows_here=False,
        contact="danger",
        order="no_contact",
        order_words=loom.say(N_("District court: keeps 200 metres away from her and from the children.")),
        order_until=loom.ago(-20),
    )


def _child(loom: Loom, mother: UUID, child: UUID, one: Sketch) -> None:
    since = one.registered
    loom.add(
        Relation,
        since,
        person_id=mother,
        relative_id=child,
        kinship="child",
        lives="here",
        guardian=True,
        may_collect="yes",
    )
    loom.add(
        Relation,
        since,
        person_id=child,
        kinship="parent",
        name="Vüqar",
        gender="man",
        lives="own_home",
        knows_here=False,
        contact="danger",
        may_collect="no",
        at_door=loom.say(N_("Tall, grey van. Do not open; call the police and the coordinator.")),
    )
    loom.add(
        Relation,
        since,
        person_id=child,
        kinship="grandparent",
        name="Sevinc",
        lives="own_home",
        contact="with_us",
        may_collect="agreed",
        at_door=loom.say(N_("She calls before she comes.")),
    )
    small = one.age < 6
    loom.add(
        ChildCare,
        since,
        person_id=child,
        child_with="parent",
        guardianship="parents",
        body_told_on=min(one.registered, loom.today),
        schooling="kindergarten" if small else "school",
        school=loom.say(N_("Kindergarten no. 7")) if small else loom.say(N_("School no. 31, class 3b")),
        school_contact=loom.say(N_("The head knows; the class does not.")),
        without_address=True,
        school_since=one.registered,
        brings=loom.say(N_("Her mother; on Tuesdays somebody of the team.")),
        comfort=loom.say(N_("Sleeps with the light on. No milk.")),
    )


def _relatives_elsewhere(loom: Loom, person_id: UUID, one: Sketch, number: int) -> None:
    since = one.registered
    loom.add(
        Relation, since, person_id=person_id, kinship="parent", name="Zemfira", lives="own_home", contact="free",
        knows_here=False,
    )  # fmt: skip
    if number % 2 == 0:
        loom.add(
            Relation, since, person_id=person_id, kinship="child", name="Murad", birth=PartialDate(2017, 9),
            gender="man", lives="with_family", where=loom.say(N_("With her mother, in the village")), contact="written",
            guardian=True,
        )  # fmt: skip


def _papers_and_calls(loom: Loom, person_id: UUID, one: Sketch, number: int) -> None:
    call = _CALLS[number % len(_CALLS)]
    loom.add(
        Contact,
        one.registered,
        person_id=person_id,
        kind=call.kind,
        name=call.name or None,
        phone=call.phone,
        safe=call.safe,
        when=loom.say(call.when) if call.when else None,
        emergency=call.emergency or None,
        knows_here=call.knows,
    )
    kind, place, ends, note = _PAPERS[number % len(_PAPERS)]
    if kind == "residence_permit" and one.origin.country == "AZ":
        kind = "identity_card"
    values: dict[str, Any] = {"expires_on": loom.ago(-ends)} if ends is not None else {}
    loom.add(
        IdentityDocument,
        one.registered,
        person_id=person_id,
        kind=kind,
        number=f"{one.origin.country} {4100000 + number * 7919}" if place != "applied_for" else None,
        country=one.origin.country,
        place=place,
        note=loom.say(note) if note else None,
        **values,
    )
