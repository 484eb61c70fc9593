"""The door of the demo house: how people came, who is expected tonight, and who had to be sent on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

from shelterdesk.arrival_requests import ArrivalRequest
from shelterdesk.i18n import N_
from shelterdesk.sample.rows import Loom

_DISTANCES = {"this_city": (4, 9, 15), "another_district": (64, 120, 210), "abroad": (480, 900, 1700)}
_BROUGHT = ("police", "alone", "organisation", "police", "someone_else")
_POST = N_("Duty officer, post 4")
_TURNED_AWAY = (("full", "other_shelter", 12, 1), ("needs_care", "health", 26, 0), ("full", "organisation", 71, 2))
"""Why, where to instead, days ago, and children with her."""


def came(on: date, came_from: str, loom: Loom) -> dict[str, Any]:
    """Return how somebody came who arrived on *on*: counted from the day, so that no story changes."""
    number = on.toordinal()
    brought = _BROUGHT[number % len(_BROUGHT)]
    return {
        "arrived_at": time((number * 7 + 15) % 24, number % 4 * 15),
        "distance_km": _DISTANCES[came_from][number % 3],
        "brought_by": brought,
        "brought_by_words": loom.say(_POST) if brought == "police" and number % 2 else None,
        "nothing_seen": True if number % 3 else None,
        "interpreter_called_at": time(3, 5) if came_from == "abroad" and number % 2 else None,
    }


def tell_calls(loom: Loom, living: Sequence[UUID]) -> None:
    """Add calls for a place: one expected, one undecided, one that became an arrival, and those turned away."""
    loom.add(
        ArrivalRequest,
        loom.today,
        received_on=loom.today,
        received_at=time(8, 40),
        source="hotline",
        caller=loom.say(N_("Hotline, evening shift")),
        safe_number="012 000 00 40",
        name_used="Humay",
        place=loom.say(N_("Bus station of another town")),
        came_from="another_district",
        distance_km=95,
        children=1,
        alerts=frozenset({"looked_for"}),
        needs=loom.say(N_("A bed for two, something warm to eat.")),
        transport="partner_car",
        escort=loom.say(N_("Sevda of the hotline")),
        meeting_point=loom.say(N_("Pharmacy at the roundabout, not the house")),
        expected_on=loom.today,
        expected_at=time(19, 30),
        decision="expected",
    )
    loom.add(
        ArrivalRequest,
        loom.ago(1),
        received_on=loom.ago(1),
        received_at=time(21, 15),
        source="health",
        caller=loom.say(N_("Nurse of the clinic")),
        place=loom.say(N_("Ward 2")),
        came_from="this_city",
        alerts=frozenset({"hurt", "takes_medicine"}),
        transport="ambulance",
        decision="open",
    )
    if living:
        loom.add(
            ArrivalRequest,
            loom.ago(8),
            received_on=loom.ago(8),
            source="police",
            came_from="another_district",
            transport="police_car",
            expected_on=loom.ago(8),
            decision="arrived",
            decided_on=loom.ago(8),
            person_id=living[-1],
        )
    for reason, went_to, days, children in _TURNED_AWAY:
        loom.add(
            ArrivalRequest,
            loom.ago(days),
            received_on=loom.ago(days),
            source="social_protection",
            children=children,
            decision="turned_away",
            decided_on=loom.ago(days),
            reason=reason,
            went_to=went_to,
        )
