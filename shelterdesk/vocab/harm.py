"""What is asked about harm: how each topic stands, answers to signs, and the person who caused harm.

``htcds`` names are those of the Human Trafficking Case Data Standard 2.0, ``gbvims`` those of the standard intake form
of GBVIMS. What no source confirms has no mapping.
"""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

HARM_TOPICS = CodeList(
    "harm_topics",
    (
        Code("status", N_("Identification status")),
        Code("exploitation", N_("Exploitation")),
        Code("signs", N_("Signs of forced labour")),
        Code("incidents", N_("Violence at home or elsewhere")),
        Code("who_harmed", N_("Person who caused harm")),
    ),
)

# How a topic stands, so that nobody asks twice. Without a row nobody has asked yet.
TOPIC_ANSWERS = CodeList(
    "topic_answers",
    (
        Code("from_papers", N_("Filled from referral papers"), help=N_("Nobody has to ask her again.")),
        Code("told_elsewhere", N_("Already told elsewhere, do not ask again")),
        Code("told_here", N_("She told it here")),
        Code("later", N_("She may tell it later")),
        Code("not_now", N_("Prefers not to tell")),
        Code("nothing", N_("Nothing of this kind")),
    ),
)

SIGN_ANSWERS = CodeList(
    "sign_answers",
    (
        Code("yes", N_("Yes"), aliases=("y", "true", "1", "x", "bəli", "hə", "var", "да", "есть")),
        Code("no", N_("No"), aliases=("n", "false", "0", "xeyr", "yox", "нет")),
        Code("not_clear", N_("Not clear")),
    ),
)

KNOWLEDGE = CodeList(
    "knowledge",
    (
        Code("yes", N_("Yes")),
        Code("perhaps", N_("Perhaps")),
        Code("no", N_("No")),
    ),
)

PERSONS_WHO_HARMED = CodeList(
    "persons_who_harmed",
    (
        Code("partner", N_("Husband or partner"), {"gbvims": "Intimate partner / Former partner"}),
        Code("former_partner", N_("Former husband or partner"), {"gbvims": "Intimate partner / Former partner"}),
        Code("caregiver", N_("Parent or who cared for her"), {"gbvims": "Primary caregiver"}),
        Code("family", N_("Somebody else in the family"), {"gbvims": "Family other than spouse or caregiver"}),
        Code("in_law", N_("Family of the husband or partner"), {"gbvims": "Family other than spouse or caregiver"}),
        Code("employer", N_("Employer or supervisor"), {"gbvims": "Supervisor / Employer"}),
        Code("schoolmate", N_("Schoolmate"), {"gbvims": "Schoolmate"}),
        Code("teacher", N_("Teacher or school official"), {"gbvims": "Teacher / School official"}),
        Code("service_provider", N_("Somebody who gives services"), {"gbvims": "Service Provider"}),
        Code("housemate", N_("Shares the flat or room"), {"gbvims": "Cotenant / Housemate"}),
        Code("friend_or_neighbour", N_("Friend or neighbour"), {"gbvims": "Family Friend / Neighbor"}),
        Code(
            "fellow_displaced", N_("Fellow refugee or displaced person"), {"gbvims": "Other refugee / IDP / Returnee"}
        ),
        Code("community", N_("Somebody of the community"), {"gbvims": "Other resident community member"}),
        Code("recruiter", N_("Somebody who offered work or travel"), {"gbvims": "Other"}),
        Code("stranger", N_("Nobody she knew"), {"gbvims": "No relation"}),
        Code("other", N_("Other"), {"gbvims": "Other"}),
    ),
    open=True,
)

HARM_ROLES = CodeList(
    "harm_roles",
    (
        Code("travelling_partner", N_("Travelled with her"), {"htcds": "TravellingPartner"}),
        Code("transporter", N_("Drove or carried her"), {"htcds": "Transporter"}),
        Code("recruiter", N_("Recruited her or brought her to others"), {"htcds": "RecruiterOrIntermediary"}),
        Code("travel_agent", N_("Arranged the travel"), {"htcds": "BrokerTravelAgent"}),
        Code("transferred", N_("Passed her on"), {"htcds": "TransferredIndividual"}),
        Code("harboured", N_("Housed or hid her"), {"htcds": "HarbouredIndividual"}),
        Code("sold", N_("Sold her"), {"htcds": "SoldIndividual"}),
        Code("bought", N_("Bought her"), {"htcds": "BoughtIndividual"}),
        Code("received", N_("Received her"), {"htcds": "ReceivedIndividual"}),
        Code("controlled", N_("Controlled her"), {"htcds": "ControlledIndividual"}),
        Code("smuggler", N_("Took her across a border"), {"htcds": "Smuggler"}),
        Code("hurt", N_("Hurt her"), {"htcds": "Abuser"}),
        Code("abducted", N_("Took her away by force"), {"htcds": "Kidnapper"}),
        Code("exploited", N_("Gained from her work"), {"htcds": "Exploiter"}),
        Code("other", N_("Other"), {"htcds": "Other"}),
    ),
)

HARM_AGE_GROUPS = CodeList(
    "harm_age_groups",
    (
        Code("child", N_("Younger than 12"), {"gbvims": "0-11"}, aliases=("0–11",)),
        Code("youth", N_("12 to 17"), {"gbvims": "12-17"}, aliases=("12–17",)),
        Code("young_adult", N_("18 to 25"), {"gbvims": "18-25"}, aliases=("18–25",)),
        Code("adult", N_("26 to 40"), {"gbvims": "26-40"}, aliases=("26–40",)),
        Code("middle", N_("41 to 60"), {"gbvims": "41-60"}, aliases=("41–60",)),
        Code("older", N_("61 or older"), {"gbvims": "61+"}),
    ),
)

HARM_OCCUPATIONS = CodeList(
    "harm_occupations",
    (
        Code("farmer", N_("Farmer")),
        Code("trader", N_("Trader or owner of a business")),
        Code("driver", N_("Driver")),
        Code("builder", N_("Builder")),
        Code("student", N_("Student or pupil")),
        Code("teacher", N_("Teacher")),
        Code("health_worker", N_("Works in health care")),
        Code("civil_servant", N_("Civil servant")),
        Code("police", N_("Police")),
        Code("military", N_("Military or border guard")),
        Code("armed_group", N_("Member of another armed group")),
        Code("religious_leader", N_("Religious leader")),
        Code("community_leader", N_("Leader in the community")),
        Code("aid_worker", N_("Works for an aid organisation")),
        Code("unemployed", N_("Without work"), {"gbvims": "Unemployed"}),
        Code("other", N_("Other"), {"gbvims": "Other"}),
    ),
    open=True,
)
