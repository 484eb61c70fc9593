"""A record of the demo house that has to stay, whatever the years say."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from shelterdesk import i18n, removal_holds
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_

_WHY = N_("Her case against the employer is still in court.")


def hold_one(desk: Desk, left: Sequence[UUID]) -> None:
    """Hold the record of the first of those who *left*."""
    if left:
        removal_holds.hold(desk, left[0], reason="court", words=i18n.text(_WHY))
