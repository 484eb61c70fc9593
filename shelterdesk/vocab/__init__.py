"""Code lists: stable codes, plain labels, and their values in outside standards.

A code is stored and never changes; a label is a message id and may be reworded. Mappings named ``htcds`` follow the
Human Trafficking Case Data Standard 2.0 (IOM, CC BY 4.0), ``gbvims`` the standard intake form of GBVIMS. What no
source confirms has no mapping.
"""

from __future__ import annotations

from shelterdesk.vocab.approvals import APPROVAL_STATES, APPROVAL_SUBJECTS
from shelterdesk.vocab.authorities import (
    ABOUT_WHOM,
    AUTHORITY_KINDS,
    LEGAL_PAPERS,
    REQUEST_ANSWERS,
    REQUEST_WAYS,
    TOLD_OF_REQUEST,
)
from shelterdesk.vocab.consents import (
    COMPARTMENTS,
    CONSENT_ANSWERS,
    CONSENT_PURPOSES,
    CONSENT_TOLD,
    ROLES,
)
from shelterdesk.vocab.identification import (
    BROUGHT_BY,
    CONTROL_METHODS,
    DECIDING_BODIES,
    EVENT_KINDS,
    EXPLOITATION_TYPES,
    FORCED_LABOUR_SIGNS,
    RECORD_STATES,
    RECRUITMENT_METHODS,
    REFERRAL_OUTCOMES,
    REFERRAL_REASONS,
    REFERRAL_SOURCES,
    RELATIONSHIPS,
    SEXUAL_EXPLOITATION_TYPES,
    STATUSES,
    VIOLENCE_TYPES,
    VULNERABILITIES,
    WEBSITES,
)
from shelterdesk.vocab.lists import (
    DOES_NOT_APPLY,
    NOT_ASKED,
    NOT_KNOWN,
    PREFERS_NOT,
    RESERVED,
    Code,
    CodeList,
    plain,
)
from shelterdesk.vocab.person import (
    CIVIL_STATUSES,
    DOCUMENT_KINDS,
    EDUCATION_LEVELS,
    GENDERS,
    INTERPRETING_NEEDS,
    KINSHIPS,
    MIGRATION_STATUSES,
    YES_NO,
)
from shelterdesk.vocab.places import (
    COUNTRIES,
    LANGUAGE_NAMES,
    PlaceList,
    country_codes,
    country_name,
    find_country,
    find_language,
    language_codes,
    language_name,
)
from shelterdesk.vocab.plans import (
    GOAL_KINDS,
    MILESTONE_KINDS,
    MILESTONE_STATUSES,
    NEUTRAL_MILESTONE,
    PHASES,
    PLAN_DOMAINS,
    SUPPORT_TYPES,
)
from shelterdesk.vocab.referrals import (
    ASSENTS,
    CONSENT_STANDINGS,
    CONSENT_WAYS,
    DEPARTMENT_ANSWERS,
    RECEIVED_PAPERS,
    REFERRAL_SERVICES,
    REFERRAL_STATES,
    SHARED_PARTS,
    SHARING_WAYS,
)
from shelterdesk.vocab.rights import CASELOADS, RIGHT_GROUPS, RIGHTS
from shelterdesk.vocab.safety import ALERT_KINDS, RISK_LEVELS, SAFETY_PLAN_STATES
from shelterdesk.vocab.services import (
    APPOINTMENT_KINDS,
    APPOINTMENT_STATES,
    NOTE_KINDS,
    SERVICE_FAMILIES,
    SERVICE_FORMS,
    SERVICE_KINDS,
    SERVICE_OUTCOMES,
    note_compartment,
)
from shelterdesk.vocab.stays import (
    ARRIVAL_FLAGS,
    COMES_FROM,
    DESTINATIONS,
    LEAVING_REASONS,
    ROOM_KINDS,
)
from shelterdesk.vocab.work import (
    PARTNER_KINDS,
    PLACEMENT_END_REASONS,
    PLACEMENT_KINDS,
    PLACEMENT_STAGES,
    SECTORS,
)

_EVERY_LIST = tuple(value for value in tuple(globals().values()) if isinstance(value, CodeList))


def every_list() -> tuple[CodeList, ...]:
    """Return all code lists, for checks and for the settings page."""
    return _EVERY_LIST


__all__ = [
    "ABOUT_WHOM",
    "ALERT_KINDS",
    "APPOINTMENT_KINDS",
    "APPOINTMENT_STATES",
    "APPROVAL_STATES",
    "APPROVAL_SUBJECTS",
    "ARRIVAL_FLAGS",
    "ASSENTS",
    "AUTHORITY_KINDS",
    "BROUGHT_BY",
    "CASELOADS",
    "CIVIL_STATUSES",
    "COMES_FROM",
    "COMPARTMENTS",
    "CONSENT_ANSWERS",
    "CONSENT_PURPOSES",
    "CONSENT_STANDINGS",
    "CONSENT_TOLD",
    "CONSENT_WAYS",
    "CONTROL_METHODS",
    "COUNTRIES",
    "DECIDING_BODIES",
    "DEPARTMENT_ANSWERS",
    "DESTINATIONS",
    "DOCUMENT_KINDS",
    "DOES_NOT_APPLY",
    "EDUCATION_LEVELS",
    "EVENT_KINDS",
    "EXPLOITATION_TYPES",
    "FORCED_LABOUR_SIGNS",
    "GENDERS",
    "GOAL_KINDS",
    "INTERPRETING_NEEDS",
    "KINSHIPS",
    "LANGUAGE_NAMES",
    "LEAVING_REASONS",
    "LEGAL_PAPERS",
    "MIGRATION_STATUSES",
    "MILESTONE_KINDS",
    "MILESTONE_STATUSES",
    "NEUTRAL_MILESTONE",
    "NOTE_KINDS",
    "NOT_ASKED",
    "NOT_KNOWN",
    "PARTNER_KINDS",
    "PHASES",
    "PLACEMENT_END_REASONS",
    "PLACEMENT_KINDS",
    "PLACEMENT_STAGES",
    "PLAN_DOMAINS",
    "PREFERS_NOT",
    "RECEIVED_PAPERS",
    "RECORD_STATES",
    "RECRUITMENT_METHODS",
    "REFERRAL_OUTCOMES",
    "REFERRAL_REASONS",
    "REFERRAL_SERVICES",
    "REFERRAL_SOURCES",
    "REFERRAL_STATES",
    "RELATIONSHIPS",
    "REQUEST_ANSWERS",
    "REQUEST_WAYS",
    "RESERVED",
    "RIGHTS",
    "RIGHT_GROUPS",
    "RISK_LEVELS",
    "ROLES",
    "ROOM_KINDS",
    "SAFETY_PLAN_STATES",
    "SECTORS",
    "SERVICE_FAMILIES",
    "SERVICE_FORMS",
    "SERVICE_KINDS",
    "SERVICE_OUTCOMES",
    "SEXUAL_EXPLOITATION_TYPES",
    "SHARED_PARTS",
    "SHARING_WAYS",
    "STATUSES",
    "SUPPORT_TYPES",
    "TOLD_OF_REQUEST",
    "VIOLENCE_TYPES",
    "VULNERABILITIES",
    "WEBSITES",
    "YES_NO",
    "Code",
    "CodeList",
    "PlaceList",
    "country_codes",
    "country_name",
    "every_list",
    "find_country",
    "find_language",
    "language_codes",
    "language_name",
    "note_compartment",
    "plain",
]
