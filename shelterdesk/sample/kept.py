"""A record of the demo house that has to stay, whatever the years say."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from shelterdesk.i18n import N_
from shelterdesk.removal_holds import RemovalHold
from shelterdesk.sample.rows import Loom


def tell_kept(loom: Loom, left: Sequence[UUID]) -> None:
    """Hold the record of the first of those who *left*."""
    if left:
        words = loom.say(N_("Her case against the employer is still in court."))
        loom.add(RemovalHold, loom.ago(20), person_id=left[0], reason="court", since=loom.ago(20), words=words)
