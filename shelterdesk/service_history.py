"""What was done for one person so far: picked by family and period, with hours by kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shelterdesk import vocab
from shelterdesk.day_texts import add_months
from shelterdesk.desk import Desk
from shelterdesk.help_given import Sum, sums_of
from shelterdesk.i18n import N_
from shelterdesk.services import COUNTED_OUTCOMES, Service, services_of

PERIODS: tuple[tuple[str, str], ...] = (
    ("all", N_("Whole time")),
    ("month", N_("Last month")),
    ("quarter", N_("Last three months")),
    ("year", N_("Last year")),
)
"""What may be picked by name, with its words."""
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class KindTotal:
    """How often and how long one kind of service took place."""

    kind: str
    times: int
    minutes: int


@dataclass(frozen=True)
class History:
    """The services that were picked, newest first, and what they add up to."""

    services: Sequence[Service]
    given: int
    minutes: int
    kinds: Sequence[KindTotal]
    """By minutes, the longest first."""
    money: Sequence[Sum]


def history_of(
    desk: Desk,
    person_id: UUID,
    *,
    families: Collection[str] = (),
    first: date | None = None,
    last: date | None = None,
) -> History:
    """Return the services of a person, of *families* or all, in a period. Raises RecordClosed, NeedsReason."""
    return added_up(desk, pick(services_of(desk, person_id), families=families, first=first, last=last))


def pick(
    services: Sequence[Service],
    *,
    families: Collection[str] = (),
    first: date | None = None,
    last: date | None = None,
) -> list[Service]:
    """Return those of *services* that are of *families*, or of any, and lie in a period."""
    return [
        one
        for one in services
        if (not families or vocab.SERVICE_KINDS.group(one.kind) in families)
        and (first is None or one.given_on >= first)
        and (last is None or one.given_on <= last)
    ]


def added_up(desk: Desk, services: Sequence[Service]) -> History:
    """Return *services* with what they add up to; what did not take place adds nothing."""
    held = [one for one in services if one.outcome in COUNTED_OUTCOMES]
    totals: dict[str, list[int]] = {}
    for one in held:
        totals.setdefault(one.kind, []).append(one.minutes or 0)
    kinds = [KindTotal(kind, len(minutes), sum(minutes)) for kind, minutes in totals.items()]
    kinds.sort(key=lambda one: (-one.minutes, -one.times, one.kind))
    return History(services, len(held), sum(one.minutes or 0 for one in held), kinds, sums_of(desk, held))


def first_day(desk: Desk, period: str) -> date | None:
    """Return the first day of one of :data:`PERIODS`; None for the whole time."""
    months = _MONTHS.get(period)
    return None if months is None else add_months(desk.today(), -months)
