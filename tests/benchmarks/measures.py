"""What is measured without a window."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from shelterdesk import (
    appointments,
    consents,
    milestones,
    own_lists,
    person_reading,
    plans,
    residents,
    services,
)
from shelterdesk.desk import Desk
from shelterdesk.plans import Plan
from shelterdesk.search import build_index
from shelterdesk.summaries.period import month
from shelterdesk.summaries.queries import columns_until, kinds_in_use, statements
from shelterdesk.summaries.summary import summarise
from tests.benchmarks.replay import Times, compare, timed
from tests.benchmarks.stock import NOW, Stock

TYPED = ("a", "ay", "ays", "ayse", "aysel", "g", "gü", "gül", "r", "r-2", "r-20", "r-202", "r-2026", "leyla")
"""What somebody types into the filter, letter by letter."""


def measure_core(stock: Stock, rounds: int) -> list[Times]:
    """Return the times of everything that needs no window."""
    desk = stock.open()
    plain = stock.connect()
    try:
        return [*_summaries(desk, plain, rounds), *_records(desk, plain, rounds), *_finding(desk, plain, rounds)]
    finally:
        plain.close()
        desk.close()


def _summaries(desk: Desk, plain: sqlite3.Connection, rounds: int) -> list[Times]:
    october = month(NOW.date() - timedelta(days=30))

    def read() -> None:
        with desk.read() as db:
            kinds = [row.kind for row in db.execute(kinds_in_use())]
            for query in statements(october, until=desk.today(), site_id=None, own_kinds=kinds).values():
                db.execute(query).all()

    assert columns_until(october, desk.today())
    whole: list[Callable[[], object]] = [lambda: summarise(desk, october)] * (rounds + 1)
    return [
        compare("Monthly summary, reading", desk, plain, [read] * (rounds + 1), "at most 2 ×"),
        compare("Monthly summary, reading and counting", desk, plain, whole),
    ]


def _records(desk: Desk, plain: sqlite3.Connection, rounds: int) -> list[Times]:
    with desk.read() as db:
        found = list(db.scalars(select(Plan.person_id).order_by(Plan.person_id)).unique())
    chosen = random.Random(1).choices(found, k=rounds + 1)

    def overview(person_id: UUID) -> None:
        person = person_reading.open_person(desk, person_id)
        residents.head_of(desk, person)
        plans.next_step_of(desk, person_id)
        plan = plans.plans_of(desk, person_id)[0]
        plans.goals_of(desk, plan.id)
        milestones.milestones_of(desk, plan.id)
        appointments.appointments_of(desk, person_id, desk.today())
        consents.consents_of(desk, person_id)

    def save(person_id: UUID) -> None:
        services.add_service(
            desk, person_id, kind="social_talk", given_on=desk.today(), outcome="took_place", minutes=45,
            given_by=desk.me.id, team_note="Came on time.", case_note="Talked about the week and the next one.",
        )  # fmt: skip

    return [
        compare("Opening a record", desk, plain, [lambda one=one: overview(one) for one in chosen], "under 150 ms"),
        compare(
            "Services of one person", desk, plain, [lambda one=one: services.services_of(desk, one) for one in chosen]
        ),
        compare("One saved write", desk, plain, [lambda one=one: save(one) for one in chosen]),
    ]


def _finding(desk: Desk, plain: sqlite3.Connection, rounds: int) -> list[Times]:
    everybody: list[Callable[[], object]] = [lambda: residents.list_rows(desk, "everybody")] * min(3, rounds + 1)
    rows = residents.list_rows(desk, "everybody")
    keys = Times("Filter, one keystroke (core)", aim="under 50 ms")
    for typed in TYPED * rounds:
        keys.ours.append(timed(lambda typed=typed: own_lists.with_words(rows, typed)))
    index = Times("Building the index of names")
    index.ours.append(timed(lambda: build_index(desk)))
    built = build_index(desk)
    find = Times("Finding by name, one keystroke (core)", aim="under 50 ms")
    for typed in TYPED * rounds:
        find.ours.append(timed(lambda typed=typed: built.find(typed)))
    return [
        compare("Reading the list of everybody", desk, plain, everybody),
        keys,
        index,
        find,
        compare("Here now, the list", desk, plain, [lambda: residents.list_rows(desk, "here_now")] * (rounds + 1)),
        compare(
            "People, one by code",
            desk,
            plain,
            [lambda: person_reading.person_by_code(desk, rows[0].code)] * (rounds + 1),
        ),
    ]
