"""A shelter of twelve beds with six people who work there, as it stands on the Monday the week begins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from shelterdesk import people, people_table, rooms, stays
from shelterdesk.desk import Desk
from tests.core.shelter_staff import CLINICAL, LEGAL, MEDICAL, Shelter

MONDAY: Final = date(2026, 11, 16)
STAFF: Final = {
    "leyla": ("Leyla A.", "director"),
    "sevinc": ("Sevinc H.", "social_worker"),
    "gunel": ("Gunel H.", "case_manager"),
    "nigar": ("Nigar H.", "psychologist"),
    "aytac": ("Aytac H.", "nurse"),
    "rena": ("Rena H.", "lawyer"),
}
"""User name → the name shown, and the role. The first made the vault."""
KEYS: Final = {"nigar": (CLINICAL,), "aytac": (MEDICAL,), "rena": (LEGAL,)}
LIVE_HERE: Final = (
    "Aysel M.", "Botir", "Dilnoza", "Iryna", "Jun R.", "Lalə", "Marisol", "Nərmin", "Olena", "Səbinə", "Tamar", "Umida",
)  # fmt: skip
LIVE_ELSEWHERE: Final = ("Vusalə", "Zarina")
WITH_GUNEL: Final = ("Marisol", "Nərmin", "Olena", "Səbinə", "Tamar", "Umida", "Zarina")
"""Whom the case manager works with; all others have the social worker."""


def found_the_house(shelter: Shelter) -> dict[str, UUID]:
    """Make the vault with everybody who works and lives there; nobody is signed in afterwards."""
    desk = shelter.found()
    site = rooms.sites_of(desk)[0].id
    for number, beds in enumerate((4, 4, 4), 1):
        rooms.add_room(desk, site, beds, name=f"Room {number}", kind="women")
    found = {
        name: people.add_person(desk, short_name=name, gender="woman").id for name in (*LIVE_HERE, *LIVE_ELSEWHERE)
    }
    for number, name in enumerate(LIVE_HERE):
        stays.add_stay(desk, found[name], arrived_on=MONDAY - timedelta(days=50 + 3 * number))
    for name in STAFF:
        if name != "leyla":
            shelter.hire(name, STAFF[name][1], keys=KEYS.get(name, ()))
    desk = shelter.sign_in()
    _give_workers(desk, found, shelter)
    shelter.leave()
    return found


def _give_workers(desk: Desk, found: dict[str, UUID], shelter: Shelter) -> None:
    for worker in ("sevinc", "gunel"):
        theirs = [who for name, who in found.items() if (name in WITH_GUNEL) == (worker == "gunel")]
        people_table.assign_all(desk, theirs, shelter.ids[worker])
