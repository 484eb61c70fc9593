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
        Code("repatriated", N_("Returned to the home country"), group="planned", aliases=("repatriation",)),
        Code("own_choice", N_("Own choice"), group="own_choice"),
        Code("left_without_word", N_("Did not come back"), group="own_choice", aliases=("left without a word",)),
        Code("referred", N_("Moved to another service"), group="moved_on"),
        Code("safety", N_("Safer elsewhere"), group="moved_on"),
        Code("hospital", N_("Hospital"), group="moved_on"),
        Code("authority", N_("Taken by an authority"), group="moved_on"),
        Code("maximum_stay", N_("Longest stay reached"), group="other"),
        Code("house_rules", N_("Asked to leave"), group="other", aliases=("house rules",)),
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
        Code("host_family", N_("Host family"), group="temporary"),
        Code("transitional_flat", N_("Transitional flat"), group="temporary"),
        Code("work_housing", N_("Housing at work or school"), group="temporary"),
        Code("halfway_house", N_("Half-way house"), group="temporary"),
        Code("hotel", N_("Hotel or hostel"), group="temporary"),
        Code("state_shelter", N_("State shelter"), group="shelter"),
        Code("other_shelter", N_("Another shelter"), group="shelter"),
        Code("child_home", N_("Children’s home or foster family"), group="institution"),
        Code("hospital", N_("Hospital or clinic"), group="institution"),
        Code("psychiatric", N_("Psychiatric hospital"), group="institution"),
        Code("treatment", N_("Treatment for addiction"), group="institution"),
        Code("care_home", N_("Care home"), group="institution"),
        Code("detention", N_("Detention"), group="institution"),
        Code("no_home", N_("No place to live"), group="other"),
        Code("did_not_say", N_("Left without saying where"), group="other"),
        Code("died", N_("Died"), group="other"),
        Code("other", N_("Other"), group="other"),
    ),
    open=True,
)

# Destinations where a family or a partner may be: leaving to them asks who lives there.
HOMES = frozenset({"own_home", "family", "spouse_home", "family_for_now"})

LIVES_THERE = CodeList(
    "lives_there",
    (
        Code("yes", N_("Yes")),
        Code("perhaps", N_("Perhaps")),
        Code("no", N_("No")),
    ),
)

# What is gone through before somebody leaves, in the order it is best done.
CLOSING_CHECKS = CodeList(
    "closing_checks",
    (
        Code("plan_reviewed", N_("Plan gone through together"), group="together"),
        Code("safety_plan", N_("Safety plan for outside agreed"), group="together"),
        Code("safe_contact", N_("Safe way to reach her agreed"), group="together"),
        Code("numbers_given", N_("Phone numbers to call given"), group="together"),
        Code("appointments_told", N_("Next appointments told"), group="together"),
        Code("documents_back", N_("Documents handed back"), group="hand_over"),
        Code("belongings_back", N_("Belongings and money handed back"), group="hand_over"),
        Code("medicine_with_her", N_("Medicine and prescriptions with her"), group="hand_over"),
        Code("papers_given", N_("Certificate or letter given"), group="hand_over"),
        Code("keys_returned", N_("Keys returned"), group="hand_over"),
        Code("next_place_told", N_("Next place knows she is coming"), group="others"),
        Code("school_told", N_("School or kindergarten told"), group="others"),
        Code("authorities_told", N_("Authorities told where the law asks for it"), group="others"),
        Code("journey_arranged", N_("Journey arranged"), group="others"),
    ),
    open=True,
)

ABSENCE_KINDS = CodeList(
    "absence_kinds",
    (
        Code("family", N_("With family or friends")),
        Code("hospital", N_("In hospital")),
        Code("work", N_("At work or training")),
        Code("journey", N_("On a journey")),
        Code("authority", N_("With an authority")),
        Code("not_returned", N_("Did not come back")),
        Code("other", N_("Other")),
    ),
    open=True,
)

VISITOR_KINDS = CodeList(
    "visitor_kinds",
    (
        Code("family", N_("Family")),
        Code("friend", N_("Friend")),
        Code("lawyer", N_("Lawyer")),
        Code("authority", N_("Authority")),
        Code("organisation", N_("Organisation")),
        Code("employer", N_("Employer or school")),
        Code("other", N_("Other")),
    ),
    open=True,
)

VISIT_OUTCOMES = CodeList(
    "visit_outcomes",
    (
        Code("expected", N_("Expected")),
        Code("in_house", N_("Met in the house")),
        Code("outside", N_("Met outside")),
        Code("not_let_in", N_("Not let in")),
        Code("did_not_come", N_("Did not come")),
    ),
)

BELONGING_KINDS = CodeList(
    "belonging_kinds",
    (
        Code("identity_document", N_("Identity document")),
        Code("other_document", N_("Other document")),
        Code("phone", N_("Phone or SIM card")),
        Code("money", N_("Money or bank card")),
        Code("valuables", N_("Jewellery or valuables")),
        Code("medicine", N_("Medicine")),
        Code("keys", N_("Keys")),
        Code("clothes", N_("Bag or clothes")),
        Code("other", N_("Other")),
    ),
    open=True,
)

HANDED_TO = CodeList(
    "handed_to",
    (
        Code("her", N_("To her")),
        Code("named_by_her", N_("To somebody she named")),
        Code("next_place", N_("To the next place")),
        Code("authority", N_("To an authority")),
        Code("thrown_away", N_("Thrown away with her consent")),
    ),
)

FOLLOW_UP_RESULTS = CodeList(
    "follow_up_results",
    (
        Code("spoke", N_("Spoke with her"), group="reached"),
        Code("through_someone", N_("Heard through somebody she trusts"), group="reached"),
        Code("not_reached", N_("Not reached"), group="not_reached"),
        Code("declined", N_("Declined"), group="not_reached"),
        Code("not_safe_to_call", N_("Not safe to call"), group="not_reached"),
    ),
)
