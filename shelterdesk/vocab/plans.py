"""Plans: six domains, goals, milestones and their words for three readers.

Every goal and milestone kind carries a working label for the desk and ``paper`` words for the person's own sheet.
Paper words must stay harmless in the wrong hands: no trade, court, lawyer, staff, relatives, partner or shelter.
"""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

# How a milestone is named on lists that lie open, when its kind has no neutral words of its own.
NEUTRAL_MILESTONE = N_("Appointment")

PLAN_DOMAINS = CodeList(
    "plan_domains",
    (
        Code("safety", N_("Safety"), filed=N_("Feeling settled"), paper=N_("Feeling settled")),
        Code("health", N_("Health & wellbeing"), filed=N_("Health and wellbeing"), paper=N_("Health and wellbeing")),
        Code("legal", N_("Legal"), filed=N_("Papers and rights"), paper=N_("My papers")),
        Code("family", N_("Family & social"), filed=N_("Family and friends"), paper=N_("People I trust")),
        Code("work", N_("Work & education"), filed=N_("Work and learning"), paper=N_("Learning")),
        Code("housing", N_("Housing & money"), filed=N_("Home and money"), paper=N_("Home and money")),
    ),
)

GOAL_KINDS = CodeList(
    "goal_kinds",
    (
        Code("safe_where_i_live", N_("I feel safe where I live"), group="safety", paper=N_("I feel at ease")),
        Code("safe_on_my_way", N_("I feel safe on my way"), group="safety", paper=N_("I go where I like")),
        Code("know_what_to_do", N_("I know what to do in danger"), group="safety", paper=N_("I know what helps me")),
        Code("safe_online", N_("My phone and accounts are mine"), group="safety", paper=N_("My phone is mine")),
        Code("children_safe", N_("My children are safe"), group="safety", paper=N_("We feel at ease")),
        Code("trust_again", N_("I decide whom I trust"), group="safety", paper=N_("I decide for myself")),
        Code(
            "sleep_stronger",
            N_("I sleep well and feel stronger"),
            group="health",
            paper=N_("I sleep well and feel stronger"),
        ),
        Code("treatment", N_("My illness is treated"), group="health", paper=N_("I feel better")),
        Code("calm", N_("I can calm myself"), group="health", paper=N_("I find calm")),
        Code("healthy_pregnancy", N_("A healthy pregnancy"), group="health", paper=N_("I look after myself")),
        Code("without_substances", N_("I live without drugs or alcohol"), group="health", paper=N_("I stay strong")),
        Code("enjoy", N_("I enjoy things again"), group="health", paper=N_("I enjoy things again")),
        Code(
            "papers_and_pay",
            N_("My papers are mine and I am paid what I earned"),
            group="legal",
            paper=N_("My papers are mine"),
        ),
        Code("papers", N_("I have all my papers"), group="legal", paper=N_("I have all my papers")),
        Code("right_to_stay", N_("I may stay in this country"), group="legal", paper=N_("My papers are in order")),
        Code("recognised", N_("My status is decided"), group="legal", paper=N_("I have my answer")),
        Code("heard", N_("I am heard and protected in court"), group="legal", paper=N_("I say what matters to me")),
        Code("custody", N_("I have custody of my children"), group="legal", paper=N_("My papers are in order")),
        Code(
            "close_to_family",
            N_("I am close to my family again"),
            group="family",
            paper=N_("I am close to people I trust"),
        ),
        Code("return_home", N_("I return to my family safely"), group="family", paper=N_("I am where I want to be")),
        Code("children_with_me", N_("My children live with me"), group="family", paper=N_("We are together")),
        Code("good_parent", N_("I am at ease with my child"), group="family", paper=N_("Good days together")),
        Code("friends", N_("I have friends"), group="family", paper=N_("I have friends")),
        Code("own_decision", N_("I decide about contact with my family"), group="family", paper=N_("I decide myself")),
        Code("earn", N_("I earn my living with my skills"), group="work", paper=N_("I use what I am good at")),
        Code("learn_trade", N_("I learn a trade"), group="work", paper=N_("I learn something new")),
        Code("own_business", N_("I run a small business"), group="work", paper=N_("I make my idea come true")),
        Code("finish_school", N_("I finish school"), group="work", paper=N_("I finish what I began")),
        Code("speak_language", N_("I speak the language"), group="work", paper=N_("I speak with everyone")),
        Code("fair_work", N_("I work in fair conditions"), group="work", paper=N_("I know what is fair")),
        Code("own_room", N_("I have a room of my own"), group="housing", paper=N_("I plan my own money")),
        Code("rent", N_("I can pay my rent"), group="housing", paper=N_("I plan my own money")),
        Code("savings", N_("I have savings"), group="housing", paper=N_("I put money aside")),
        Code("own_money", N_("I decide about my own money"), group="housing", paper=N_("I plan my own money")),
        Code("without_debts", N_("My debts are settled"), group="housing", paper=N_("I keep count of my money")),
        Code("benefits", N_("I receive the help I have a right to"), group="housing", paper=N_("I have what I need")),
    ),
    open=True,
)

MILESTONE_KINDS = CodeList(
    "milestone_kinds",
    (
        Code(
            "safety_plan",
            N_("Safety plan made"),
            group="safety",
            listed=N_("Talk"),
            paper=N_("Find what helps me rest"),
        ),
        Code(
            "safety_review",
            N_("Safety plan looked at again"),
            group="safety",
            listed=N_("Talk"),
            paper=N_("Look again at what helps"),
        ),
        Code(
            "risk_assessment",
            N_("Risk assessment"),
            group="safety",
            listed=N_("Talk"),
            paper=N_("Talk about what helps"),
        ),
        Code(
            "whom_to_call",
            N_("Knows whom to call"),
            group="safety",
            listed=N_("Talk"),
            paper=N_("Learn a number by heart"),
        ),
        Code(
            "protection_order",
            N_("Protection order"),
            group="safety",
            listed=NEUTRAL_MILESTONE,
            paper=N_("Appointment"),
        ),
        Code(
            "phone_check",
            N_("Phone and accounts checked"),
            group="safety",
            listed=N_("Talk"),
            paper=N_("Set up my phone"),
        ),
        Code("safe_way", N_("Safe way planned"), group="safety", listed=N_("Talk"), paper=N_("Plan my way")),
        Code(
            "other_safety",
            N_("Other step for safety"),
            group="safety",
            listed=NEUTRAL_MILESTONE,
            paper=N_("One more step"),
        ),
        Code("health_check", N_("First health check"), group="health", paper=N_("Health check")),
        Code("psychological_sessions", N_("Eight psychological sessions"), group="health", paper=N_("Eight talks")),
        Code("group_sessions", N_("Group sessions"), group="health", paper=N_("Time for myself")),
        Code("eye_test", N_("Eye test"), group="health", paper=N_("Eye test")),
        Code("dental_care", N_("Dental care"), group="health", paper=N_("Dental check")),
        Code(
            "specialist",
            N_("Visit to a specialist"),
            group="health",
            listed=N_("Clinic visit"),
            paper=N_("Appointment"),
        ),
        Code(
            "treatment",
            N_("Treatment completed"),
            group="health",
            listed=N_("Clinic visit"),
            paper=N_("Finish what I began"),
        ),
        Code(
            "pregnancy_care", N_("Pregnancy check-ups"), group="health", listed=N_("Clinic visit"), paper=N_("Check-up")
        ),
        Code(
            "medicine_plan", N_("Medicine plan"), group="health", listed=N_("Health check"), paper=N_("My daily plan")
        ),
        Code(
            "other_health",
            N_("Other step for health"),
            group="health",
            listed=N_("Clinic visit"),
            paper=N_("One more step"),
        ),
        Code(
            "lawyer_talk",
            N_("Speak with a lawyer"),
            group="legal",
            listed=NEUTRAL_MILESTONE,
            paper=N_("Get my questions answered"),
        ),
        Code("identity_card", N_("New identity card"), group="legal", paper=N_("New card")),
        Code("passport", N_("Passport"), group="legal", paper=N_("Pick up a paper")),
        Code(
            "residence_permit", N_("Residence permit"), group="legal", listed=N_("Papers"), paper=N_("Pick up a paper")
        ),
        Code(
            "wage_claim",
            N_("Claim for unpaid wages"),
            group="legal",
            listed=NEUTRAL_MILESTONE,
            paper=N_("Read the letter"),
        ),
        Code(
            "compensation_claim",
            N_("Claim for compensation"),
            group="legal",
            listed=NEUTRAL_MILESTONE,
            paper=N_("Read the letter"),
        ),
        Code(
            "statement",
            N_("Statement to the investigator"),
            group="legal",
            listed=NEUTRAL_MILESTONE,
            paper=N_("Appointment"),
        ),
        Code("court_hearing", N_("Court hearing"), group="legal", listed=NEUTRAL_MILESTONE, paper=N_("Appointment")),
        Code(
            "status_decision",
            N_("Decision on official status"),
            group="legal",
            listed=N_("Papers"),
            paper=N_("Wait for the answer"),
        ),
        Code(
            "custody", N_("Custody or guardianship"), group="legal", listed=NEUTRAL_MILESTONE, paper=N_("Appointment")
        ),
        Code("other_legal", N_("Other legal step"), group="legal", listed=NEUTRAL_MILESTONE, paper=N_("One more step")),
        Code(
            "family_contact", N_("First contact with family"), group="family", paper=N_("Make a call I look forward to")
        ),
        Code("family_visit", N_("Family visits"), group="family", paper=N_("A good afternoon")),
        Code("mediation", N_("Family mediation"), group="family", listed=N_("Talk"), paper=N_("A good talk")),
        Code(
            "home_assessment",
            N_("Home of the family assessed"),
            group="family",
            listed=NEUTRAL_MILESTONE,
            paper=N_("Think about where I feel well"),
        ),
        Code("reunion", N_("Return to family"), group="family", listed=NEUTRAL_MILESTONE, paper=N_("A new start")),
        Code("child_school", N_("Child in school"), group="family", paper=N_("Fill in the form")),
        Code(
            "child_papers", N_("Papers for a child"), group="family", listed=N_("Papers"), paper=N_("Pick up a paper")
        ),
        Code("child_care", N_("Child care arranged"), group="family", paper=N_("Plan my week")),
        Code("friends", N_("Joined a club or group"), group="family", paper=N_("Meet people I like")),
        Code(
            "other_family",
            N_("Other step with family and friends"),
            group="family",
            listed=N_("Talk"),
            paper=N_("One more step"),
        ),
        Code("skills_talk", N_("Skills and wishes talk"), group="work", paper=N_("Write down what I am good at")),
        Code("course_start", N_("Course begun"), group="work", paper=N_("First lesson")),
        Code("course_certificate", N_("Course certificate"), group="work", paper=N_("Certificate")),
        Code("school_return", N_("Back in school or college"), group="work", paper=N_("First lesson")),
        Code("language_class", N_("Language class"), group="work", paper=N_("Learn new words")),
        Code("applications", N_("CV and applications"), group="work", paper=N_("A page about me")),
        Code("trial_week", N_("Trial week"), group="work", paper=N_("Try-out week")),
        Code("work_start", N_("Work begun"), group="work", paper=N_("First day")),
        Code("work_three_months", N_("Three months in work"), group="work", paper=N_("Three months")),
        Code("business_plan", N_("Small-business plan"), group="work", paper=N_("My idea on paper")),
        Code("business_grant", N_("Small-business grant"), group="work", paper=N_("Get what I need")),
        Code("other_work", N_("Other step for work and learning"), group="work", paper=N_("One more step")),
        Code("bank_account", N_("Bank account"), group="housing", paper=N_("Bank account")),
        Code("rent_savings", N_("Savings for the first rent"), group="housing", paper=N_("Put some money aside")),
        Code("budget", N_("Monthly budget"), group="housing", paper=N_("Plan my month")),
        Code(
            "social_assistance", N_("Application for social assistance"), group="housing", paper=N_("Fill in the form")
        ),
        Code(
            "one_time_allowance",
            N_("One-time allowance"),
            group="housing",
            listed=N_("Papers"),
            paper=N_("Fill in the form"),
        ),
        Code("debt_plan", N_("Plan for debts"), group="housing", paper=N_("Plan my money")),
        Code("housing_search", N_("Visits to rooms or flats"), group="housing", paper=N_("Look around")),
        Code("rental_contract", N_("Rental contract"), group="housing", paper=N_("Sign and keep a copy")),
        Code("moving", N_("Moved into own room"), group="housing", paper=N_("New keys")),
        Code("leaving_plan", N_("Plan for after leaving"), group="housing", paper=N_("My list")),
        Code("other_housing", N_("Other step for housing and money"), group="housing", paper=N_("One more step")),
    ),
    open=True,
)

MILESTONE_STATUSES = CodeList(
    "milestone_statuses",
    (
        Code("planned", N_("Planned")),
        Code("under_way", N_("Under way")),
        Code("done", N_("Done")),
        Code("put_off", N_("Put off")),
        Code("stopped", N_("Stopped")),
    ),
)

# Three stages of recovery, then follow-up and closing. The group is the state of the record for other systems.
PHASES = CodeList(
    "phases",
    (
        Code("crisis", N_("Crisis"), group="active"),
        Code("transition", N_("Transition"), group="active"),
        Code("reintegration", N_("Reintegration"), group="active"),
        Code("follow_up", N_("Follow-up"), group="follow_up"),
        Code("closed", N_("Closed"), group="closed"),
    ),
)

# Kinds of support plan in HTCDS; the group is the domain of our plan that comes nearest.
SUPPORT_TYPES = CodeList(
    "support_types",
    (
        Code("education", N_("Education"), {"htcds": "Education"}, "work"),
        Code("financial", N_("Financial"), {"htcds": "Financial"}, "housing"),
        Code("health", N_("Health"), {"htcds": "Health"}, "health"),
        Code(
            "labour_rehabilitation",
            N_("Recovery after labour exploitation"),
            {"htcds": "LabourExploitationRehabilitation"},
            "health",
        ),
        Code("legal", N_("Legal"), {"htcds": "Legal"}, "legal"),
        Code("livelihood", N_("Livelihood"), {"htcds": "Livelihood"}, "work"),
        Code("rights_training", N_("Training about rights"), {"htcds": "RightsBasedTraining"}, "legal"),
        Code(
            "sexual_rehabilitation",
            N_("Recovery after sexual exploitation"),
            {"htcds": "SexualExploitationRehabilitation"},
            "health",
        ),
        Code("social_care", N_("Social care"), {"htcds": "SocialCare"}, "family"),
    ),
)
