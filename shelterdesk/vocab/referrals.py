"""Referrals: what came with one to us, and how one to others goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList, base_of
from shelterdesk.vocab.services import SERVICE_KINDS

RECEIVED_PAPERS = CodeList(
    "received_papers",
    (
        Code("letter", N_("Letter of referral")),
        Code("identity", N_("Identity document")),
        Code("police", N_("Papers of the police or the prosecution")),
        Code("court", N_("Papers of a court")),
        Code("status", N_("Decision about her status")),
        Code("medical", N_("Medical papers")),
        Code("assessment", N_("Assessment or risk assessment")),
        Code("consent", N_("Her consent to the referral")),
        Code("belongings", N_("List of belongings")),
        Code("children", N_("Papers of the children")),
        Code("none", N_("None")),
        Code("other", N_("Other")),
    ),
    open=True,
)

DEPARTMENT_ANSWERS = CodeList(
    "department_answers",
    (
        Code("not_asked", N_("Not asked yet")),
        Code("agreed", N_("Agreed")),
        Code("declined", N_("Declined")),
    ),
)

# What a referral asks for. The group is the purpose whose consent lets it leave.
REFERRAL_SERVICES = CodeList(
    "referral_services",
    (
        Code("shelter", N_("A safe place"), {"gbvims": "Safe House / Shelter"}, "share_partner"),
        Code("health", N_("Health care"), {"gbvims": "Health / Medical Services"}, "health"),
        Code("psychological", N_("Psychological help"), {"gbvims": "Psychosocial / Counseling Services"}, "health"),
        Code("legal", N_("Legal help"), {"gbvims": "Legal Assistance Services"}, "share_partner"),
        Code("safety", N_("Police or prosecution"), {"gbvims": "Police / Other Security Actor"}, "share_authority"),
        Code("social", N_("Social protection, benefits"), group="share_authority"),
        Code("documents", N_("Identity documents, residence"), group="share_authority"),
        Code("children", N_("Protection of children"), group="share_authority"),
        Code("education", N_("School or course"), group="share_employer"),
        Code("work", N_("Work, livelihood"), {"gbvims": "Livelihoods Program"}, "share_employer"),
        Code("housing", N_("Housing"), group="share_partner"),
        Code("return", N_("Help to return home"), group="share_partner"),
        Code("other", N_("Other"), group="share_partner"),
    ),
    open=True,
)

_FOR_FAMILY: Final[Mapping[str, str]] = {
    "psychological": "psychological",
    "legal": "legal",
    "social": "social",
    "health": "health",
    "education": "education",
    "vocational": "work",
    "material_help": "social",
    "financial_help": "social",
    "documents": "documents",
    "accommodation": "housing",
    "security": "safety",
}
_FOR_KIND: Final[Mapping[str, str]] = {"return_journey": "return"}


def referral_for(service_kind: str) -> str:
    """Return what a referral is for that is to meet a need of *service_kind*."""
    family = SERVICE_KINDS.group(service_kind)
    return _FOR_KIND.get(base_of(service_kind)) or _FOR_FAMILY.get(family, "other")


REFERRAL_STATES = CodeList(
    "referral_states",
    (
        Code("prepared", N_("Being prepared")),
        Code("sent", N_("Sent")),
        Code("accepted", N_("Accepted")),
        Code("declined", N_("Not accepted")),
        Code("done", N_("Done")),
        Code("withdrawn", N_("Withdrawn")),
    ),
    reserved=(),
)

# What may stand in a letter, and what a consent may be narrowed to.
SHARED_PARTS = CodeList(
    "shared_parts",
    (
        Code("name", N_("Name")),
        Code("birth", N_("Date of birth")),
        Code("citizenship", N_("Citizenship")),
        Code("language", N_("Language and interpreter")),
        Code("phone", N_("How to reach her safely")),
        Code("children", N_("Children")),
        Code("needs", N_("What is asked for her")),
        Code("plan", N_("Goals of her plan")),
        Code("safety", N_("What keeps her safe")),
        Code("status", N_("Identification status")),
        Code("papers", N_("Copies of papers")),
    ),
    open=True,
)

SHARING_WAYS = CodeList(
    "sharing_ways",
    (
        Code("letter", N_("By letter")),
        Code("phone", N_("By phone")),
        Code("in_person", N_("In person")),
        Code("message", N_("By e-mail or message")),
    ),
)

CONSENT_STANDINGS = CodeList(
    "consent_standings",
    (
        Code("given", N_("Given")),
        Code("narrower", N_("Given, for less than that")),
        Code("not_asked", N_("Not asked yet")),
        Code("declined", N_("Declined")),
        Code("withdrawn", N_("Withdrawn")),
        Code("ended", N_("Ended")),
    ),
    reserved=(),
)

CONSENT_WAYS = CodeList(
    "consent_ways",
    (
        Code("spoken", N_("Spoken")),
        Code("signed", N_("Signed")),
        Code("thumb", N_("Thumbprint")),
        Code("guardian", N_("By guardian")),
    ),
)

ASSENTS = CodeList(
    "assents",
    (
        Code("given", N_("Agrees")),
        Code("declined", N_("Does not agree")),
        Code("too_young", N_("Too young to ask")),
    ),
)
