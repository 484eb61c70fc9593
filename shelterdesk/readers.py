"""Who can read what is sealed: said beside every restricted text, before it is written."""

from __future__ import annotations

from typing import Final

from shelterdesk.desk import Desk
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.vault.compartments import Compartment

_READABLE: Final = {
    Compartment.HOUSE: N_("Readable by everybody on shift"),
    Compartment.IDENTITY: N_("Readable by all who work with records"),
    Compartment.CASE: N_("Readable by social workers, psychologists and lawyers"),
    Compartment.MEDICAL: N_("Readable by nurses and doctors only"),
    Compartment.CLINICAL: N_("Readable by psychologists only"),
    Compartment.LEGAL: N_("Readable by lawyers only"),
}


def readable_by(compartment: Compartment, language: str | None = None) -> str:
    """Return «Readable by psychologists only»: the roles that are given this key."""
    return text(_READABLE[compartment], language)


def who_reads(desk: Desk, compartment: Compartment, language: str | None = None) -> str:
    """Return how many people hold the key today: «only you», «you and 1 other», «2 people»."""
    holders = {member.id for member in desk.vault.holders(compartment.value)}
    others = len(holders - {desk.me.id})
    if desk.me.id not in holders:
        return ngettext("{n} person", "{n} people", others, language)
    if not others:
        return text(N_("only you"), language)
    return ngettext("you and {n} other", "you and {n} others", others, language)
