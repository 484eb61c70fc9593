"""Every feature with tables of its own. Importing this module makes the metadata complete."""

from __future__ import annotations

from shelterdesk import (
    appointments,
    approvals,
    authority_requests,
    consents,
    drafts,
    house_settings,
    members,
    milestones,
    notes,
    partners,
    people,
    person_history,
    placements,
    plans,
    referrals,
    restrictions,
    role_limits,
    rooms,
    services,
    stays,
    wellbeing,
)
from shelterdesk.exchange import remembered

MODULES = (
    people,
    person_history,
    rooms,
    stays,
    referrals,
    consents,
    services,
    appointments,
    partners,
    placements,
    plans,
    milestones,
    notes,
    wellbeing,
    approvals,
    authority_requests,
    members,
    restrictions,
    role_limits,
    drafts,
    house_settings,
    remembered,
)
