"""Who was here, came and went in one column of a summary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from shelterdesk import vocab
from shelterdesk.summaries.counts import Event
from shelterdesk.summaries.measures import NO_CODE, REASON_LABELS
from shelterdesk.summaries.presences import Presence, Someone

NEW, RETURNING = "new", "returning"


@dataclass
class Movements:
    """Lists for one span of days; in a span that is not reached yet nobody moves."""

    before: list[Event] = field(default_factory=list[Event])
    arrived: list[Event] = field(default_factory=list[Event])
    """The code tells new from returning."""
    left: list[Event] = field(default_factory=list[Event])
    """The code is the group of the reason."""
    after: list[Event] = field(default_factory=list[Event])
    nights: dict[Someone, int] = field(default_factory=dict[Someone, int])
    """Nights by person, for those with any."""


def movements(presences: Iterable[Presence], first: date, last: date) -> Movements:
    """Work out who moved from *first* to *last* by the rules of :mod:`shelterdesk.summaries.presences`."""
    found = Movements()
    end = last + timedelta(days=1)
    for one in presences:
        person, arrived, left = one.person, one.arrived, one.left
        if left is not None and left < first:
            continue
        if arrived < first:
            found.before.append(Event(person, first))
        elif arrived <= last:
            found.arrived.append(Event(person, arrived, RETURNING if one.returning else NEW))
        else:
            continue
        if left is None or left > last:
            found.after.append(Event(person, last))
        else:
            found.left.append(Event(person, left, _group(one.reason)))
        nights = ((end if left is None else min(end, left)) - max(arrived, first)).days
        if nights > 0:
            found.nights[person] = found.nights.get(person, 0) + nights
    return found


def _group(reason: str | None) -> str:
    if not reason:
        return NO_CODE
    group = vocab.LEAVING_REASONS.group(reason)
    return group if group in REASON_LABELS else "other" if vocab.plain(reason) not in _UNSAID else NO_CODE


_UNSAID = {vocab.plain(code.code) for code in vocab.RESERVED}
"""Reserved answers say that there is no reason."""
