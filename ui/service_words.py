"""How services are shown in lists: icons of their families, words and chips of their outcomes."""

from __future__ import annotations

from typing import Final

from shelterdesk import vocab
from shelterdesk.schema.base import text_of
from shelterdesk.services import Service
from ui.seat import Seat
from ui.widgets.chip import ChipText

FAMILY_ICONS: Final = {
    "psychological": "heart-pulse",
    "legal": "scale",
    "social": "hand-heart",
    "health": "stethoscope",
    "education": "graduation-cap",
    "vocational": "briefcase",
    "material_help": "wallet",
    "financial_help": "wallet",
    "interpreting": "languages",
    "family_mediation": "users-round",
    "documents": "id-card",
    "accommodation": "house",
    "security": "shield-check",
    "other": "hand-heart",
}


def icon_of(kind: str) -> str:
    """Return the icon of a kind of service."""
    return FAMILY_ICONS.get(vocab.SERVICE_KINDS.group(kind), "hand-heart")


def outcome_words(service: Service) -> str:
    """Return the outcome in words."""
    return vocab.SERVICE_OUTCOMES.label(service.outcome)


def outcome_chip(service: Service) -> ChipText | None:
    """Return a chip for an outcome that is worth a look; «took place» needs none."""
    if service.outcome == "took_place":
        return None
    tones = {"declined": "neutral", "not_held": "neutral", "shorter": "info"}
    icons = {"declined": "x", "not_held": "minus", "shorter": "clock"}
    return ChipText(outcome_words(service), tones[service.outcome], icons[service.outcome])  # pyright: ignore[reportArgumentType]


def given_by(seat: Seat, service: Service) -> str:
    """Return who gave a service: somebody who works here, else the provider outside, for who holds that key."""
    if service.given_by:
        return seat.names("member").get(service.given_by, "")
    if service.provider_id:
        return seat.masked(seat.names("provider").get(service.provider_id, ""))
    return seat.masked(text_of(service, "provider"))
