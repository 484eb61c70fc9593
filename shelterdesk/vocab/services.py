"""What the shelter does for a person, in families that summaries count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

SERVICE_FAMILIES = CodeList(
    "service_families",
    (
        Code("psychological", N_("Psychological"), group="clinical"),
        Code("legal", N_("Legal"), group="legal"),
        Code("social", N_("Social"), group="case"),
        Code("health", N_("Health"), group="medical"),
        Code("education", N_("Education"), group="case"),
        Code("vocational", N_("Skills and work"), group="case"),
        Code("material_help", N_("Material help"), group="case"),
        Code("financial_help", N_("Financial help"), group="case"),
        Code("interpreting", N_("Interpreting"), group="case"),
        Code("family_mediation", N_("Family"), group="case"),
        Code("documents", N_("Papers"), group="case"),
        Code("accommodation", N_("Housing"), group="case"),
        Code("security", N_("Safety"), group="case"),
        Code("other", N_("Other"), group="case"),
    ),
)

SERVICE_KINDS = CodeList(
    "service_kinds",
    (
        Code("psychological_session", N_("Psychological session"), group="psychological", aliases=("counselling",)),
        Code("psychological_group", N_("Group session"), group="psychological"),
        Code("psychological_first_aid", N_("Psychological first aid"), group="psychological"),
        Code("psychological_assessment", N_("Psychological assessment"), group="psychological"),
        Code("creative_session", N_("Creative or body-based session"), group="psychological"),
        Code(
            "psychiatric_consultation", N_("Talk with a psychiatrist"), group="psychological", listed=N_("Clinic visit")
        ),
        Code("legal_advice", N_("Legal advice"), group="legal"),
        Code("legal_representation", N_("Legal representation"), group="legal", listed=N_("Appointment")),
        Code("court_accompaniment", N_("Going along to court"), group="legal", listed=N_("Appointment")),
        Code("statement_support", N_("Going along to a statement"), group="legal", listed=N_("Appointment")),
        Code("compensation_claim", N_("Claim for wages or compensation"), group="legal", listed=N_("Legal advice")),
        Code("first_assessment", N_("First assessment"), group="social"),
        Code("social_talk", N_("Social work talk"), group="social"),
        Code("plan_talk", N_("Plan made or looked at together"), group="social"),
        Code("accompaniment", N_("Going along"), group="social", listed=N_("Appointment")),
        Code("benefit_application", N_("Application for social assistance"), group="social"),
        Code("referral", N_("Referral to another service"), group="social"),
        Code("life_skills", N_("Life skills"), group="social"),
        Code("child_care", N_("Child care"), group="social"),
        Code("leisure", N_("Leisure and outings"), group="social"),
        Code("follow_up_contact", N_("Contact after leaving"), group="social"),
        Code("health_check", N_("Health check"), group="health"),
        Code("doctor_visit", N_("Visit to a doctor"), group="health", listed=N_("Clinic visit")),
        Code("dental_care", N_("Dental care"), group="health", listed=N_("Clinic visit")),
        Code("eye_care", N_("Eye care"), group="health", listed=N_("Clinic visit")),
        Code("tests", N_("Medical tests"), group="health", listed=N_("Clinic visit")),
        Code("pregnancy_care", N_("Pregnancy care"), group="health", listed=N_("Clinic visit")),
        Code("hospital_care", N_("Hospital care"), group="health", listed=N_("Clinic visit")),
        Code("medicine", N_("Medicine"), group="health", listed=N_("Health check")),
        Code("substance_support", N_("Support with dependence"), group="health", listed=N_("Clinic visit")),
        Code("school_enrolment", N_("Enrolment in school"), group="education"),
        Code("school_lessons", N_("School lessons"), group="education"),
        Code("language_class", N_("Language class"), group="education"),
        Code("literacy_class", N_("Reading and writing"), group="education"),
        Code("tutoring", N_("Help with school work"), group="education"),
        Code("career_talk", N_("Skills and wishes talk"), group="vocational"),
        Code("skills_course", N_("Vocational course"), group="vocational"),
        Code("computer_course", N_("Computer course"), group="vocational"),
        Code("business_training", N_("Small-business training"), group="vocational"),
        Code("job_search", N_("Help with looking for work"), group="vocational"),
        Code("placement_check_in", N_("Placement check-in"), group="vocational"),
        Code("food", N_("Food"), group="material_help"),
        Code("clothing", N_("Clothing and shoes"), group="material_help"),
        Code("hygiene", N_("Hygiene items"), group="material_help"),
        Code("child_items", N_("Things for a child"), group="material_help"),
        Code("school_supplies", N_("School supplies"), group="material_help"),
        Code("tools", N_("Tools for work"), group="material_help"),
        Code("household_items", N_("Things for a first home"), group="material_help"),
        Code("phone", N_("Phone or phone card"), group="material_help"),
        Code("one_time_allowance", N_("One-time allowance"), group="financial_help"),
        Code("cash_help", N_("Cash help"), group="financial_help"),
        Code("transport_costs", N_("Travel costs"), group="financial_help"),
        Code("rent_help", N_("Help with rent"), group="financial_help"),
        Code("medical_costs", N_("Medical costs"), group="financial_help"),
        Code("business_grant", N_("Small-business grant"), group="financial_help"),
        Code("interpreting_in_person", N_("Interpreting in person"), group="interpreting"),
        Code("interpreting_phone", N_("Interpreting by phone"), group="interpreting"),
        Code("translation", N_("Written translation"), group="interpreting"),
        Code("family_contact", N_("Contact with family"), group="family_mediation"),
        Code("family_tracing", N_("Looking for family"), group="family_mediation"),
        Code("family_talk", N_("Family mediation"), group="family_mediation", aliases=("mediation",)),
        Code("home_visit", N_("Home visit"), group="family_mediation"),
        Code("family_reunion", N_("Reunion with family"), group="family_mediation"),
        Code("identity_document", N_("Identity card or passport"), group="documents"),
        Code("birth_certificate", N_("Birth certificate"), group="documents"),
        Code("residence_permit", N_("Residence permit"), group="documents"),
        Code("other_document", N_("Other paper"), group="documents"),
        Code("emergency_night", N_("Emergency night"), group="accommodation"),
        Code("housing_search", N_("Help with looking for housing"), group="accommodation"),
        Code("transitional_housing", N_("Transitional flat"), group="accommodation"),
        Code("return_journey", N_("Journey home"), group="accommodation", aliases=("repatriation",)),
        Code("risk_assessment", N_("Risk assessment"), group="security", listed=N_("Talk")),
        Code("safety_plan", N_("Safety plan"), group="security", listed=N_("Talk")),
        Code("protection_order", N_("Help with a protection order"), group="security", listed=N_("Appointment")),
        Code("phone_check", N_("Phone and accounts check"), group="security", listed=N_("Talk")),
        Code("safe_transport", N_("Safe transport"), group="security"),
        Code("other", N_("Other"), group="other"),
    ),
    open=True,
)

USUAL_MINUTES: Final[Mapping[str, int]] = {
    "psychological_session": 50,
    "psychological_group": 90,
    "psychological_first_aid": 30,
    "psychological_assessment": 60,
    "creative_session": 60,
    "psychiatric_consultation": 45,
    "legal_advice": 45,
    "legal_representation": 120,
    "court_accompaniment": 180,
    "statement_support": 120,
    "compensation_claim": 60,
    "first_assessment": 60,
    "social_talk": 30,
    "plan_talk": 45,
    "accompaniment": 120,
    "benefit_application": 60,
    "referral": 20,
    "life_skills": 60,
    "child_care": 60,
    "leisure": 120,
    "follow_up_contact": 20,
    "health_check": 20,
    "doctor_visit": 60,
    "dental_care": 60,
    "eye_care": 60,
    "tests": 45,
    "pregnancy_care": 60,
    "substance_support": 60,
    "school_enrolment": 60,
    "school_lessons": 45,
    "language_class": 60,
    "literacy_class": 60,
    "tutoring": 60,
    "career_talk": 45,
    "skills_course": 120,
    "computer_course": 90,
    "business_training": 90,
    "job_search": 45,
    "placement_check_in": 30,
    "interpreting_in_person": 60,
    "interpreting_phone": 20,
    "translation": 60,
    "family_contact": 20,
    "family_tracing": 30,
    "family_talk": 60,
    "home_visit": 120,
    "identity_document": 60,
    "birth_certificate": 60,
    "residence_permit": 60,
    "other_document": 60,
    "housing_search": 60,
    "risk_assessment": 45,
    "safety_plan": 45,
    "protection_order": 60,
    "phone_check": 30,
    "safe_transport": 45,
}
"""How long a kind of service usually takes, until the shelter says otherwise; the others have no usual length."""

_PSYCHOLOGIST: Final = frozenset({"psychologist"})
_LAWYER: Final = frozenset({"lawyer"})
_HEALTH: Final = frozenset({"nurse", "doctor"})
USUAL_GIVERS: Final[Mapping[str, frozenset[str]]] = {
    "psychological_session": _PSYCHOLOGIST,
    "psychological_assessment": _PSYCHOLOGIST,
    "legal_advice": _LAWYER,
    "legal_representation": _LAWYER,
    "compensation_claim": _LAWYER,
    "health_check": _HEALTH,
    "medicine": _HEALTH,
}
"""Roles that give a kind of service, until the shelter says otherwise; what is left out is given by everybody."""

NEEDS_NO_NOTE: Final = frozenset({"life_skills", "child_care", "leisure"})
"""Services of families that are written up, of which nobody expects a note."""

SERVICE_OUTCOMES = CodeList(
    "service_outcomes",
    (
        Code("took_place", N_("Took place")),
        Code("shorter", N_("Shorter")),
        Code("declined", N_("Declined")),
        Code("not_held", N_("Not held")),
    ),
)

SERVICE_FORMS = CodeList(
    "service_forms",
    (
        Code("one_person", N_("One person")),
        Code("group", N_("Group")),
    ),
)

# What the diary shows before a service is given; kinds that could give away too much share «Appointment».
APPOINTMENT_KINDS = CodeList(
    "appointment_kinds",
    (
        Code("session", N_("Psychological session"), group="psychological"),
        Code("group", N_("Group session"), group="psychological"),
        Code("assessment", N_("First assessment"), group="social"),
        Code("talk", N_("Talk"), group="social"),
        Code("clinic", N_("Clinic visit"), group="health"),
        Code("court", N_("Court"), group="legal", listed=N_("Appointment")),
        Code("police", N_("Police or prosecution"), group="legal", listed=N_("Appointment")),
        Code("lawyer", N_("Lawyer"), group="legal", listed=N_("Appointment")),
        Code("office", N_("Visit to an office"), group="documents", listed=N_("Appointment")),
        Code("check_in", N_("Placement check-in"), group="vocational"),
        Code("lesson", N_("Lesson or course"), group="education"),
        Code("family", N_("Contact with family"), group="family_mediation", listed=N_("Appointment")),
        Code("follow_up", N_("Follow-up after leaving"), group="social", listed=N_("Appointment")),
        Code("house", N_("House meeting"), group="house"),
        Code("other", N_("Appointment"), group="other"),
    ),
    open=True,
)

APPOINTMENT_STATES = CodeList(
    "appointment_states",
    (
        Code("planned", N_("Planned")),
        Code("given", N_("Took place")),
        Code("not_attended", N_("Not attended")),
        Code("moved", N_("Moved")),
    ),
)


def note_compartment(service_kind: str | None) -> str:
    """Return the compartment in which the restricted note of a service of *service_kind* is sealed.

    A foreign or missing kind falls back to ``case``, which fewer people can open than ``house``.
    """
    return SERVICE_FAMILIES.group(SERVICE_KINDS.group(service_kind)) or "case"
