"""Where an unfinished form is continued."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from shelterdesk.drafts import Draft
from shelterdesk.i18n import N_
from shelterdesk.people import Person
from shelterdesk.what_happened import GROUP
from ui.place import Place

CONTINUE: Final = "continue"
"""What a place does where a section goes on with a draft; ``about`` is the draft's own id."""

_SECTIONS: Final = {
    "person": "personal",
    "identity_document": "personal",
    "contact": "personal",
    "relation": "family",
    "child_care": "family",
    "stay": "stay",
    "bed_since": "stay",
    "follow_up": "stay",
    "status_since": "happened",
    "told_topic": "happened",
    "exploitation": "happened",
    "harm_event": "happened",
    "labour_signs": "happened",
    "gbv_incident": "happened",
    "who_harmed": "happened",
    "phase_since": "needs",
    "worker_since": "needs",
    "risk_since": "needs",
    "alert": "needs",
    "safety_plan": "needs",
    "deadline": "dates",
    "legal_matter": "legal",
    "matter_stage": "legal",
    "referral": "consents",
    "referral_out": "consents",
    "need": "needs",
    "episode": "psychology",
    "episode_goal": "psychology",
    "screening": "psychology",
    "restriction": "needs",
    "knows_family": "needs",
    "consent": "consents",
    "authority_request": "consents",
    "next_step": "overview",
    "appointment": "overview",
    "plan": "plan",
    "goal": "plan",
    "milestone": "plan",
    "rating": "plan",
    "approval": "plan",
    "file": "documents",
}
_OF_NEEDS: Final = frozenset({"Needs and safety"})
_OF_OVERVIEW: Final = frozenset({"Strengths"})
"""Groups of fields of a person that are changed in other sections than the rest, the latter also among the rest."""
_OF_HOUSE: Final = frozenset({"absence", "visit", "belonging", "bed_hold"})
"""What the bed board goes on with."""
_FORMS: Final = {
    "service": ("services", "new_service"),
    "note": ("services", "new_note"),
    "placement": ("work", "new_placement"),
    "partner": ("work", "new_partner"),
    "stage_since": ("work", "move"),
    "shift_line": ("house_book", CONTINUE),
    "medicine": ("house_book", CONTINUE),
    "house_incident": ("house_book", CONTINUE),
    "incident_step": ("house_book", CONTINUE),
}
_WORDS: Final = {
    "person": N_("Personal details"),
    "identity_document": N_("Identity document"),
    "contact": N_("Contact"),
    "site": N_("House rules"),
    "task": N_("Task"),
    "need": N_("Help she needs"),
    # Today lies open on a desk, so it does not say which of them, or what kind of work it is.
    "episode": N_("Work that goes on"),
    "episode_goal": N_("Work that goes on"),
    "screening": N_("Work that goes on"),
    "relation": N_("Relative"),
    "child_care": N_("Care of the child"),
    "stay": N_("Stay"),
    "arrival_request": N_("Request for a place"),
    "bed_since": N_("Move to another bed"),
    "absence": N_("Nights away"),
    "visit": N_("Visitor"),
    "belonging": N_("What is kept"),
    "bed_hold": N_("Hold the bed"),
    "follow_up": N_("Follow-up after leaving"),
    "status_since": N_("Identification status"),
    # Today lies open on a desk: all of these are called alike.
    "told_topic": N_("What happened"),
    "exploitation": N_("What happened"),
    "harm_event": N_("What happened"),
    "labour_signs": N_("What happened"),
    "gbv_incident": N_("What happened"),
    "who_harmed": N_("What happened"),
    "phase_since": N_("Phase"),
    "worker_since": N_("Worker"),
    "risk_since": N_("Risk level"),
    "alert": N_("What every shift must know"),
    "safety_plan": N_("Safety plan"),
    "deadline": N_("A date to prepare"),
    # Neither says here that it has to do with the law.
    "legal_matter": N_("A matter"),
    "matter_stage": N_("A matter"),
    "referral": N_("Referral"),
    "referral_out": N_("Referral to somebody else"),
    "restriction": N_("Record that asks why"),
    "knows_family": N_("Colleague who knows the family"),
    "consent": N_("Consent"),
    "authority_request": N_("Request by an authority"),
    "next_step": N_("Next step"),
    "plan": N_("Plan"),
    "goal": N_("Goal"),
    "milestone": N_("Milestone"),
    "rating": N_("Wellbeing"),
    "approval": N_("Approval"),
    "service": N_("Service"),
    "appointment": N_("Appointment"),
    "note": N_("Note"),
    "file": N_("Scan or photo"),
    "placement": N_("Placement"),
    "partner": N_("Partner"),
    "provider": N_("Provider"),
    "stage_since": N_("Stage"),
    "shift_line": N_("Line of the house book"),
    "medicine": N_("Medicine"),
    "house_incident": N_("Incident"),
    "incident_step": N_("What was done"),
}


def place_of(draft: Draft) -> Place | None:
    """Return where *draft* is continued, None where this program has no form for it."""
    if draft.record == "person" and draft.person_id is None:
        return Place("residents", doing="new_person", about=draft.id)
    if draft.record == "stay" and draft.person_id is None:
        return Place("arrival", about=draft.id)
    if draft.record == "arrival_request":
        return Place("calls", doing=CONTINUE, about=draft.id)
    if draft.record == "provider":
        return Place("services", list_id="providers", doing=CONTINUE, about=draft.id)
    if draft.record == "site":
        return Place("settings", section="sharing")
    if draft.record == "task":
        return Place("services", list_id="tasks", doing=CONTINUE, about=draft.id)
    if draft.record in _OF_HOUSE:
        # Whoever holds only the key of the house goes on with them too, and opens no record for it.
        return Place("beds", doing=CONTINUE, about=draft.id)
    if draft.record == "authority_request" and draft.person_id is None:
        return Place("settings", section="requests", doing=CONTINUE, about=draft.id)
    if draft.record == "appointment" and draft.person_id is None:
        return Place("services", list_id="calendar", doing=CONTINUE, about=draft.id)
    if draft.record in _SECTIONS and draft.person_id is not None:
        section = _section_of_person(draft) if draft.record == "person" else _SECTIONS[draft.record]
        # One person may have several drafts, so each is named by its own id.
        return Place("residents", person_id=draft.person_id, section=section, doing=CONTINUE, about=draft.id)
    if draft.record in _FORMS:
        page, doing = ("services", "new_group") if _is_group(draft) else _FORMS[draft.record]
        return Place(page, person_id=draft.person_id, doing=doing, about=draft.id)
    return None


def _is_group(draft: Draft) -> bool:
    return draft.record == "service" and draft.person_id is None and draft.values.get("form") == "group"


def _section_of_person(draft: Draft) -> str:
    groups = {field.group for field in Person.declared if field.attribute in draft.values}
    if GROUP in groups:
        return "happened"
    if groups & _OF_NEEDS:
        return "needs"
    return "overview" if groups and groups <= _OF_OVERVIEW else _SECTIONS["person"]


def words_for(draft: Draft) -> str:
    """Return the message id that names what the draft is."""
    if draft.record == "stay" and draft.person_id is None:
        return N_("Arrival")
    return _WORDS.get(draft.record, draft.record)


def draft_for(found: Iterable[Draft], about: UUID | None) -> Draft | None:
    """Return the draft a place speaks about, by its own id or by that of the record it is meant for."""
    return next((draft for draft in found if about is not None and about in (draft.id, draft.target_id)), None)
