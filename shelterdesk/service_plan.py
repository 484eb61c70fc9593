"""How a service stands in the plan: the milestone it belongs to, and which of the meant sessions it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.milestones import OPEN_STATES, Milestone, milestones_of
from shelterdesk.plans import plans_of
from shelterdesk.reach import require_reach
from shelterdesk.same_person import same_person
from shelterdesk.services import COUNTED_OUTCOMES, Service

_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "psychological_sessions": ("psychological_session",),
    "group_sessions": ("psychological_group",),
    "risk_assessment": ("risk_assessment",),
    "safety_plan": ("safety_plan",),
    "safety_review": ("safety_plan",),
    "phone_check": ("phone_check",),
    "protection_order": ("protection_order",),
    "health_check": ("health_check",),
    "eye_test": ("eye_care",),
    "dental_care": ("dental_care",),
    "specialist": ("doctor_visit",),
    "treatment": ("doctor_visit", "hospital_care"),
    "pregnancy_care": ("pregnancy_care",),
    "lawyer_talk": ("legal_advice",),
    "wage_claim": ("compensation_claim", "legal_advice"),
    "compensation_claim": ("compensation_claim", "legal_advice"),
    "court_hearing": ("court_accompaniment", "legal_representation"),
    "statement": ("statement_support",),
    "identity_card": ("identity_document",),
    "passport": ("identity_document",),
    "residence_permit": ("residence_permit",),
    "family_contact": ("family_contact",),
    "mediation": ("family_talk",),
    "child_papers": ("birth_certificate",),
    "skills_talk": ("career_talk",),
    "language_class": ("language_class",),
    "applications": ("job_search",),
    "business_plan": ("business_training",),
    "social_assistance": ("benefit_application",),
    "one_time_allowance": ("one_time_allowance",),
    "housing_search": ("housing_search",),
}
"""Kind of milestone → the kinds of service that bring it nearer."""
_MEANT: Final = {"psychological_sessions": 8}
"""How many sessions a kind of milestone speaks of, where it does."""


@dataclass(frozen=True)
class InPlan:
    """The open milestone a service belongs to; ``given`` of ``meant`` sessions where it speaks of a number."""

    milestone: Milestone
    given: int
    meant: int | None


def in_plan(desk: Desk, person_id: UUID, kind: str) -> InPlan | None:
    """Return the open milestone of the plan at work that services of *kind* bring nearer."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    plan = next(iter(plans_of(desk, person_id)), None)
    if plan is None:
        return None
    for one in milestones_of(desk, plan.id):
        kinds = _KINDS.get(one.kind or "", ())
        if one.status in OPEN_STATES and kind in kinds:
            since = plan.agreed_on or plan.created_at.astimezone(desk.zone).date()
            query = select(func.count()).where(
                Service.person_id.in_(same_person(desk, person_id)),
                Service.kind.in_(kinds),
                Service.given_on >= since,
                Service.outcome.in_(COUNTED_OUTCOMES),
                Service.archived_at.is_(None),
            )
            with desk.read() as db:
                given = db.execute(query).scalar_one()
            return InPlan(one, given, _MEANT.get(one.kind or ""))
    return None
