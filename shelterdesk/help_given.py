"""Things and money that were given: sums so far, for a person and for a project, each money by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.reach import require_reach
from shelterdesk.same_person import same_person
from shelterdesk.services import COUNTED_OUTCOMES, Service, house_currency


@dataclass(frozen=True)
class Sum:
    """One sum in one money; ``times`` is how often something was given."""

    currency: str
    amount: int
    times: int

    def words(self, language: str | None = None) -> str:
        """Return «125 AZN»."""
        return money_words(self.amount, self.currency, language)


@dataclass(frozen=True)
class ProjectSum:
    """What a project paid in one money, and for how many people."""

    project_id: UUID | None
    total: Sum
    people: int


def is_help(kind: str | None) -> bool:
    """Tell whether services of *kind* are things or money."""
    return vocab.SERVICE_KINDS.group(kind) in vocab.HELP_FAMILIES


def money_words(amount: int, currency: str | None, language: str | None = None) -> str:
    """Return an amount with the code of its money: «40 AZN»."""
    return formats.money(amount, (currency or "azn").upper(), language)


def amount_words(desk: Desk, service: Service, language: str | None = None) -> str:
    """Return what a service cost or was worth, «» where nothing is said."""
    if service.amount is None:
        return ""
    return money_words(service.amount, service.currency or house_currency(desk), language)


def sums_of(desk: Desk, services: Iterable[Service]) -> list[Sum]:
    """Return the sums of *services* that took place, the money of the house first."""
    house = house_currency(desk)
    found: dict[str, list[int]] = {}
    for one in services:
        if one.amount is not None and one.outcome in COUNTED_OUTCOMES and one.archived_at is None:
            found.setdefault(one.currency or house, []).append(one.amount)
    return _in_order(house, [Sum(currency, sum(amounts), len(amounts)) for currency, amounts in found.items()])


def sums_of_person(desk: Desk, person_id: UUID) -> list[Sum]:
    """Return what was ever spent for a person, merged records together. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    query = (
        select(Service.currency, func.sum(Service.amount), func.count())
        .where(Service.person_id.in_(same_person(desk, person_id)), *_paid())
        .group_by(Service.currency)
    )
    house = house_currency(desk)
    with desk.read(everybody=True) as db:
        rows = db.execute(query).all()
    return _added_up(house, [(currency, amount or 0, times) for currency, amount, times in rows])


def sums_by_project(desk: Desk, first: date, last: date) -> list[ProjectSum]:
    """Return what each project paid from *first* to *last*; help without a project comes last.

    What stands in records that are closed to the reader, or ask why, is left out, as it is in the register.
    """
    require(desk, Right.SEE_RECORDS)
    query = (
        select(
            Service.project_id,
            Service.currency,
            func.sum(Service.amount),
            func.count(),
            func.count(Service.person_id.distinct()),
        )
        .where(Service.given_on.between(first, last), *_paid())
        .group_by(Service.project_id, Service.currency)
    )
    house = house_currency(desk)
    with desk.read() as db:
        rows = db.execute(query).all()
    found = [
        ProjectSum(project, Sum(currency or house, amount or 0, times), people)
        for project, currency, amount, times, people in rows
    ]
    return sorted(found, key=lambda one: (one.project_id is None, str(one.project_id), one.total.currency != house))


def _paid() -> Collection[Any]:
    return (
        Service.amount.is_not(None),
        Service.outcome.in_(COUNTED_OUTCOMES),
        Service.archived_at.is_(None),
    )


def _added_up(house: str, rows: Iterable[tuple[str | None, int, int]]) -> list[Sum]:
    found: dict[str, tuple[int, int]] = {}
    for currency, amount, times in rows:
        before = found.get(currency or house, (0, 0))
        found[currency or house] = (before[0] + amount, before[1] + times)
    return _in_order(house, [Sum(currency, amount, times) for currency, (amount, times) in found.items()])


def _in_order(house: str, sums: Iterable[Sum]) -> list[Sum]:
    return sorted(sums, key=lambda one: (one.currency != house, one.currency))
