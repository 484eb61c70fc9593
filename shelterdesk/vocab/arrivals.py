"""Before and at the door: how somebody gets here, what becomes of a request for a place, and where else it went."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

ARRIVAL_DECISIONS = CodeList(
    "arrival_decisions",
    (
        Code("open", N_("Not decided yet")),
        Code("expected", N_("She comes")),
        Code("arrived", N_("Arrived")),
        Code("turned_away", N_("Turned away")),
        Code("did_not_come", N_("Did not come")),
    ),
)

ARRIVAL_TRANSPORT = CodeList(
    "arrival_transport",
    (
        Code("our_car", N_("Our car")),
        Code("police_car", N_("Police car")),
        Code("partner_car", N_("Car of another organisation")),
        Code("taxi", N_("Taxi paid by us")),
        Code("bus", N_("Bus or train")),
        Code("own_way", N_("Comes by herself")),
        Code("ambulance", N_("Ambulance")),
        Code("other", N_("Other")),
    ),
)

# The group joins reasons for summaries: no room here, or another reason.
TURNED_AWAY_REASONS = CodeList(
    "turned_away_reasons",
    (
        Code("full", N_("No free bed"), group="no_room"),
        Code("no_fitting_bed", N_("No bed that fits, such as for a family"), group="no_room"),
        Code("not_for_us", N_("Another kind of help is needed"), group="other"),
        Code("needs_care", N_("Needs care the house cannot give"), group="other"),
        Code("unsafe_here", N_("Not safe here for her or the others"), group="other"),
        Code("not_reachable", N_("No way to get here"), group="other"),
        Code("she_decided", N_("She decided not to come"), group="other"),
        Code("other", N_("Other"), group="other"),
    ),
    open=True,
)

TURNED_AWAY_TO = CodeList(
    "turned_away_to",
    (
        Code("other_shelter", N_("Another shelter")),
        Code("police", N_("Police")),
        Code("health", N_("Hospital or clinic")),
        Code("social_protection", N_("Social protection service")),
        Code("organisation", N_("Other organisation")),
        Code("hotline", N_("Hotline")),
        Code("safe_person", N_("Somebody she trusts")),
        Code("nowhere", N_("No other place was found")),
    ),
)
