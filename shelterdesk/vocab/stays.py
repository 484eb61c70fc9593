"""Arriving, rooms, leaving and where people go next."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

COMES_FROM = CodeList(
    "comes_from",
    (
        Code("this_city", N_("This city")),
        Code("another_district", N_("Another district")),
        Code("abroad", N_("Abroad")),
    ),
)

# What a night worker sees or is told; nothing is asked beyond it.
ARRIVAL_FLAGS = CodeList(
    "arrival_flags",
    (
        Code("doctor_now", N_("Doctor needed now"), group="health"),
        Code("hurt", N_("Hurt or in pain"), group="health"),
        Code("pregnant", N_("Pregnant"), group="health"),
        Code("takes_medicine", N_("Takes medicine"), group="health"),
        Code("looked_for", N_("Someone may look for her"), group="safety"),
        Code("phone_followed", N_("Phone can be followed"), group="safety"),
        Code("may_harm_herself", N_("May harm herself"), group="safety"),
        Code("allergy", N_("Allergy"), group="health"),
    ),
)

ROOM_KINDS = CodeList(
    "room_kinds",
    (
        Code("women", N_("Women")),
        Code("men", N_("Men")),
        Code("girls", N_("Girls")),
        Code("boys", N_("Boys")),
        Code("family", N_("Family")),
        Code("mixed", N_("Anyone")),
        Code("accessible", N_("Without steps")),
        Code("emergency", N_("Emergency")),
    ),
)

BED_KINDS = CodeList(
    "bed_kinds",
    (
        Code("women", N_("Women")),
        Code("men", N_("Men")),
        Code("family", N_("Family")),
        Code("cot", N_("Cot for a small child")),
        Code("accessible", N_("Without steps")),
        Code("emergency", N_("Emergency")),
    ),
)

# The group joins reasons for summaries: as planned, own choice, moved on, other.
LEAVING_REASONS = CodeList(
    "leaving_reasons",
    (
        Code("plan_reached", N_("Plan reached"), group="planned"),
        Code("support_complete", N_("No longer needs the shelter"), group="planned"),
        Code("returned_home", N_("Returned home as planned"), group="planned"),
        Code("own_choice", N_("Own choice"), group="own_choice"),
        Code("left_without_word", N_("Left without a word"), group="own_choice"),
        Code("referred", N_("Moved to another service"), group="moved_on"),
        Code("safety", N_("Safer elsewhere"), group="moved_on"),
        Code("hospital", N_("Hospital"), group="moved_on"),
        Code("maximum_stay", N_("Longest stay reached"), group="other"),
        Code("house_rules", N_("House rules"), group="other"),
        Code("no_place", N_("No place or no means"), group="other"),
        Code("died", N_("Died"), group="other"),
        Code("other", N_("Other"), group="other"),
    ),
    open=True,
)

# The group joins destinations for summaries: lasting, temporary, shelter, institution, other.
DESTINATIONS = CodeList(
    "destinations",
    (
        Code("own_home", N_("Own home"), group="lasting"),
        Code("rented", N_("Rented room or flat"), group="lasting"),
        Code("rented_with_help", N_("Rented with help"), group="lasting"),
        Code("family", N_("With family"), group="lasting"),
        Code("spouse_home", N_("Back to husband, wife or partner"), group="lasting"),
        Code("friends", N_("With friends"), group="lasting"),
        Code("home_country", N_("Home country"), group="lasting", aliases=("repatriated", "repatriation")),
        Code("third_country", N_("Another country"), group="lasting"),
        Code("family_for_now", N_("With family for now"), group="temporary"),
        Code("friends_for_now", N_("With friends for now"), group="temporary"),
        Code("transitional_flat", N_("Transitional flat"), group="temporary"),
        Code("work_housing", N_("Housing at work or school"), group="temporary"),
        Code("hotel", N_("Hotel or hostel"), group="temporary"),
        Code("state_shelter", N_("State shelter"), group="shelter"),
        Code("other_shelter", N_("Another shelter"), group="shelter"),
        Code("child_home", N_("Children’s home or foster family"), group="institution"),
        Code("hospital", N_("Hospital or clinic"), group="institution"),
        Code("detention", N_("Detention"), group="institution"),
        Code("no_home", N_("No place to live"), group="other"),
        Code("other", N_("Other"), group="other"),
    ),
    open=True,
)
