"""Words for linked records: who «given by», which partner, which bed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select, true

from shelterdesk.house_book.incidents import HouseIncident
from shelterdesk.house_book.medicine import Medicine
from shelterdesk.legal_matters import names_of
from shelterdesk.members import shown_names
from shelterdesk.partners import Partner
from shelterdesk.person_reading import listed
from shelterdesk.providers import Provider
from shelterdesk.referrals_out import ReferralOut
from shelterdesk.rooms import Bed, Project, Room, Site
from shelterdesk.schema.base import Record, text_of

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

_NAMED: dict[str, tuple[type[Record], str, str]] = {
    "site": (Site, "name", "code"),
    "room": (Room, "name", ""),
    "project": (Project, "name", "code"),
    "partner": (Partner, "name", ""),
    "provider": (Provider, "name", ""),
    "house_incident": (HouseIncident, "title", ""),
    "medicine": (Medicine, "what", ""),
    "referral_out": (ReferralOut, "organisation", ""),
}
"""Target → kind of record, the attribute that names it, and what stands in for who lacks the key."""


def names_for(desk: Desk, target: str) -> dict[UUID, str]:
    """Return the names of all records a link to *target* may point to, as far as the reader's keys go."""
    with desk.read() as db:
        if target == "member":
            return shown_names(desk, db)
        if target == "bed":
            rows = db.execute(select(Bed, Room).join(Room, Room.id == Bed.room_id))
            return {bed.id: f"{_name(room, 'name', '')}-{_name(bed, 'name', '')}" for bed, room in rows}
        if target == "person":
            # Whole records of everybody would take a second where ten thousand are on file.
            return {one.id: one.shown for one in listed(db, true())}
        if target == "legal_matter":
            return names_of(desk)
        kind, attribute, instead = _NAMED[target]
        if target == "provider":
            # Some are colleagues, who have their name as such.
            shown = shown_names(desk, db)
            found = db.scalars(select(Provider))
            return {one.id: shown.get(one.member_id, "…") if one.member_id else _name(one, "name", "") for one in found}
        return {record.id: _name(record, attribute, instead) for record in db.scalars(select(kind))}


def _name(record: Record, attribute: str, instead: str) -> str:
    return text_of(record, attribute) or (str(getattr(record, instead)) if instead else "…")
