"""Where people meet, what has to be arranged for it, and why it did not come about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList, base_of
from shelterdesk.vocab.services import SERVICE_KINDS

# The group says whether only one appointment at a time has room there.
MEETING_ROOMS = CodeList(
    "meeting_rooms",
    (
        Code("room_one", N_("Room 1"), group="one_at_a_time"),
        Code("room_two", N_("Room 2"), group="one_at_a_time"),
        Code("hall", N_("Hall"), group="one_at_a_time"),
        Code("office", N_("Office"), group="one_at_a_time"),
        Code("childrens_room", N_("Children's room"), group="one_at_a_time"),
        Code("kitchen", N_("Kitchen"), group="many"),
        Code("garden", N_("Garden"), group="many"),
        Code("own_room", N_("The resident's own room"), group="many"),
        Code("by_phone", N_("By phone or video"), group="many"),
        Code("outside", N_("Out of the house"), group="many"),
    ),
    open=True,
)

ARRANGED = CodeList(
    "arranged",
    (
        Code("needed", N_("Needed, not arranged yet")),
        Code("arranged", N_("Arranged")),
    ),
)

CANCELLED_BY = CodeList(
    "cancelled_by",
    (
        Code("resident", N_("The resident")),
        Code("worker", N_("The worker")),
        Code("house", N_("The shelter")),
        Code("other_side", N_("The office, clinic or whoever was to be met")),
        Code("nobody", N_("Nobody cancelled it")),
    ),
)

CANCEL_REASONS = CodeList(
    "cancel_reasons",
    (
        Code("unwell", N_("Not well")),
        Code("did_not_want", N_("Did not want to go")),
        Code("afraid", N_("Did not feel safe to go")),
        Code("forgot", N_("Forgot")),
        Code("at_work", N_("Was at work or on a course")),
        Code("child", N_("A child needed care")),
        Code("no_transport", N_("No transport")),
        Code("no_interpreter", N_("No interpreter")),
        Code("worker_away", N_("The worker was away")),
        Code("put_off", N_("Put off by the office, clinic or court")),
        Code("not_needed", N_("Not needed any more")),
        Code("other", N_("Other")),
    ),
    open=True,
)

_BECOMES: Final[Mapping[str, str]] = {
    "session": "psychological_session",
    "group": "psychological_group",
    "assessment": "first_assessment",
    "talk": "social_talk",
    "clinic": "doctor_visit",
    "court": "court_accompaniment",
    "police": "statement_support",
    "lawyer": "legal_advice",
    "check_in": "placement_check_in",
    "family": "family_contact",
    "follow_up": "follow_up_contact",
}
"""Kind of appointment → the service it usually becomes."""
_OF_FAMILY: Final[Mapping[str, str]] = {
    "psychological": "session",
    "legal": "lawyer",
    "social": "talk",
    "health": "clinic",
    "education": "lesson",
    "vocational": "lesson",
    "family_mediation": "family",
    "documents": "office",
}


def service_it_becomes(appointment_kind: str | None) -> str | None:
    """Return the kind of service an appointment usually becomes; None where there is none of its own."""
    return _BECOMES.get(base_of(appointment_kind)) if appointment_kind else None


def appointment_for(service_kind: str) -> str:
    """Return the kind under which the calendar shows what will be a service of *service_kind*."""
    base = base_of(service_kind)
    found = next((kind for kind, service in _BECOMES.items() if service == base), None)
    return found or _OF_FAMILY.get(SERVICE_KINDS.group(service_kind), "other")
