"""The card at a bed tells what she is called, where she sleeps and what she speaks, and nothing else."""

from __future__ import annotations

from datetime import date, time

import pytest

from shelterdesk import arrivals, rooms
from shelterdesk.access import Role
from shelterdesk.arrivals import WithHer
from shelterdesk.desk import Desk
from shelterdesk.documents.bed_card import bed_card, note_bed_card
from shelterdesk.errors import NotAllowed
from shelterdesk.schema import log_reading
from tests.core.seats import seat

TODAY = date(2026, 11, 17)


def test_it_says_what_the_night_needs_and_nothing_that_tells_why_she_is_here(desk: Desk) -> None:
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 1, name="Family room")
    night = seat(desk, Role.NIGHT_WORKER)
    arrived = arrivals.arrive(
        night,
        {"short_name": "Lalə", "languages": frozenset({"uz"})},
        {"arrived_on": TODAY, "arrived_at": time(3, 12), "brought_by": "police", "came_from": "abroad"},
        bed_id=rooms.beds_of(desk)[0].id,
        flags={"looked_for", "pregnant"},
        children=(WithHer("Timur", 6),),
    )
    paper = bed_card(night, arrived.person_id, "en")
    said = str(paper)
    assert paper.title == "Lalə"
    for words in ("Family room, bed 1", "Timur", "Uzbek", "17 November 2026"):
        assert words in said
    for words in (arrived.code, "olice", "broad", "regnant", "look for", "House", "03:12"):
        assert words not in said
    note_bed_card(night, arrived.person_id, how="print")
    with desk.read() as db:
        newest = log_reading.logged(db, limit=1)[0]
    assert (newest.act, newest.person_id) == ("print", arrived.person_id)
    with pytest.raises(NotAllowed):
        bed_card(seat(desk, Role.REPORTING_OFFICER), arrived.person_id, "en")
