"""What is recorded of an incident of violence, in the values of the standard intake form of GBVIMS."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import NOT_KNOWN, RESERVED, Code, CodeList

TIMES_OF_DAY = CodeList(
    "times_of_day",
    (
        Code("morning", N_("Morning"), {"gbvims": "Morning (sunrise to noon)"}),
        Code("afternoon", N_("Afternoon"), {"gbvims": "Afternoon (noon to sunset)"}),
        Code("night", N_("Evening or night"), {"gbvims": "Evening/Night (sunset to sunrise)"}),
    ),
    reserved=(
        Code(NOT_KNOWN, RESERVED[0].label, {"gbvims": "Unknown/Not Applicable"}, aliases=RESERVED[0].aliases),
        *RESERVED[1:],
    ),
)

INCIDENT_PLACES = CodeList(
    "incident_places",
    (
        Code("her_home", N_("Where she lived"), {"gbvims": "Client's Home"}),
        Code("their_home", N_("Home of the person who caused harm"), {"gbvims": "Perpetrator's Home"}),
        Code("their_friends_home", N_("Home of that person's friends"), {"gbvims": "Perpetrator's Friend's Home"}),
        Code("work_place", N_("At work"), {"gbvims": "Other"}),
        Code("school", N_("School"), {"gbvims": "School"}),
        Code("road", N_("Road or street"), {"gbvims": "Road"}),
        Code("market", N_("Market"), {"gbvims": "Market"}),
        Code("hotel", N_("Guest house or hotel"), {"gbvims": "Guest House - Hotel"}),
        Code("entertainment", N_("Place of entertainment"), {"gbvims": "Entertainment Centre"}),
        Code("unfinished_house", N_("Unfinished house"), {"gbvims": "Unfinished House"}),
        Code("farm", N_("Farm"), {"gbvims": "Farm"}),
        Code("field", N_("Garden or field"), {"gbvims": "Garden/Cultivated Field"}),
        Code("forest", N_("Forest or open country"), {"gbvims": "Bush/Forest"}),
        Code("stream", N_("At a stream"), {"gbvims": "Streamside"}),
        Code("beach", N_("Beach"), {"gbvims": "Beach"}),
        Code("toilet", N_("Toilet or washroom"), {"gbvims": "Latrine"}),
        Code("other", N_("Other"), {"gbvims": "Other"}),
    ),
    open=True,
)

DISPLACEMENT_STAGES = CodeList(
    "displacement_stages",
    (
        Code("at_home", N_("Not displaced"), {"gbvims": "Not Displaced/Home Country"}),
        Code("before", N_("Before she had to leave"), {"gbvims": "Pre-displacement"}),
        Code("on_the_way", N_("On the way"), {"gbvims": "During Flight"}),
        Code("in_refuge", N_("In the place of refuge"), {"gbvims": "During Refuge"}),
        Code("return", N_("On the way back"), {"gbvims": "During Return/Transit"}),
        Code("after", N_("After she came back"), {"gbvims": "Post-Displacement"}),
    ),
)

ABDUCTIONS = CodeList(
    "abductions",
    (
        Code("none", N_("No"), {"gbvims": "None"}),
        Code("conscription", N_("Forced into an armed group"), {"gbvims": "Forced Conscription"}),
        Code("trafficked", N_("Trafficked"), {"gbvims": "Trafficked"}),
        Code("other", N_("Taken or held in another way"), {"gbvims": "Other Abduction/Kidnapping"}),
    ),
)

# GBVIMS leaves the names of practices to each country; ours are our own and leave by their label.
HARMFUL_PRACTICES = CodeList(
    "harmful_practices",
    (
        Code("none", N_("No"), {"gbvims": "No"}),
        Code("early_marriage", N_("Early marriage")),
        Code("bride_kidnapping", N_("Bride kidnapping")),
        Code("cutting", N_("Female genital cutting")),
        Code("honour", N_("Violence in the name of honour")),
        Code("virginity_test", N_("Forced test of virginity")),
        Code("other", N_("Other")),
    ),
    open=True,
)

REPORTED_TO = CodeList(
    "reported_to",
    (
        Code("health", N_("Hospital or clinic"), {"gbvims": "Health / Medical Services"}),
        Code("psychosocial", N_("Psychologist or counselling"), {"gbvims": "Psychosocial / Counseling Services"}),
        Code("police", N_("Police"), {"gbvims": "Police / Other Security Actor"}),
        Code("legal", N_("Lawyer or legal advice"), {"gbvims": "Legal Assistance Services"}),
        Code("livelihoods", N_("Help with work or income"), {"gbvims": "Livelihoods Program"}),
        Code("shelter", N_("Another shelter"), {"gbvims": "Safe House / Shelter"}),
        Code("other", N_("Other"), {"gbvims": "Other"}),
    ),
)

# What became of each kind of help that was offered after an incident.
HELP_PATHS = CodeList(
    "help_paths",
    (
        Code("referred", N_("Referred"), {"gbvims": "Referred"}),
        Code("given_here", N_("Given here"), {"gbvims": "Service provided by your agency"}),
        Code(
            "had_already",
            N_("She had it already"),
            {"gbvims": "Services already received from another agency"},
        ),
        Code("not_needed", N_("Not needed"), {"gbvims": "Service not applicable"}),
        Code("declined", N_("She declined"), {"gbvims": "Referral declined by survivor"}),
        Code("unavailable", N_("There is none"), {"gbvims": "Service unavailable"}),
    ),
)

LEGAL_WISHES = CodeList(
    "legal_wishes",
    (
        Code("yes", N_("Yes"), {"gbvims": "Yes"}),
        Code("no", N_("No"), {"gbvims": "No"}),
        Code("undecided", N_("Not decided"), {"gbvims": "Undecided at time of report"}),
    ),
)
