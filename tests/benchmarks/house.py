"""What is measured of the work of a house: start page, calendar, register, arrivals, table of people, exports."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta

from shelterdesk import (
    arrivals,
    calendar,
    caseload,
    duplicates,
    own_lists,
    people_table,
    rooms,
    services,
    to_do,
    today,
    work,
)
from shelterdesk.desk import Desk
from shelterdesk.everything import protected_workbook
from shelterdesk.exchange.standard_sheets import htcds_table
from shelterdesk.own_lists import Filter
from shelterdesk.search import build_index
from tests.benchmarks.replay import Times, compare, timed
from tests.benchmarks.stock import Stock

_NAMES = ("Aysel", "Gülnar Əliyeva", "Svetlana", "Алия", "Nobody Quite Like Her")
_TYPED = ("a", "ay", "aysel", "leyla", "r-2026")


def measure_house(stock: Stock, rounds: int, *, everything: bool = True) -> list[Times]:
    """Return the times of what a house does all day; *everything* is the large workbook, which takes minutes."""
    desk = stock.open()
    plain = stock.connect()
    try:
        times = [
            *_at_the_door(desk, plain, rounds),
            *_start_page(desk, plain, rounds),
            *_daily_work(desk, plain, rounds),
            *_table(desk, plain, rounds),
            compare("Export in the words of HTCDS", desk, plain, [lambda: htcds_table(desk)]),
        ]
        if everything:
            whole = Times("Workbook of everything, with its password")
            whole.ours.append(timed(lambda: protected_workbook(desk, "violin cloud harbour", "Measured")))
            times.append(whole)
        return times
    finally:
        plain.close()
        desk.close()


def _at_the_door(desk: Desk, plain: sqlite3.Connection, rounds: int) -> list[Times]:
    index = build_index(desk)
    known = Times("Arrival: who may be on file", aim="under 300 ms")
    for name in _NAMES * rounds:
        known.ours.append(timed(lambda name=name: duplicates.candidates(desk, index, names=[name])))
    site = rooms.sites_of(desk)[0].id

    def arrive() -> None:
        stay = {"arrived_on": desk.today(), "site_id": site}
        arrivals.arrive(desk, {"short_name": "Measured"}, stay, bed_id=None, without_bed=True)

    return [known, compare("Arrival, saved", desk, plain, [arrive] * (rounds + 1), "under 150 ms")]


def _start_page(desk: Desk, plain: sqlite3.Connection, rounds: int) -> list[Times]:
    reads: dict[str, Callable[[], object]] = {
        "Today, reading": lambda: today.read_today(desk),
        "Counts beside the lists of people": lambda: own_lists.counts(desk),
        "Counts beside the lists of work": lambda: work.list_counts(desk),
    }
    return [compare(name, desk, plain, [read] * (rounds + 1), "under 150 ms") for name, read in reads.items()]


def _daily_work(desk: Desk, plain: sqlite3.Connection, rounds: int) -> list[Times]:
    monday = desk.today() - timedelta(days=desk.today().weekday())
    sunday, fifth = monday + timedelta(days=6), monday + timedelta(days=34)
    reads: dict[str, Callable[[], object]] = {
        "Calendar, a week": lambda: calendar.read_days(desk, monday, sunday),
        "Calendar, five weeks of a month": lambda: calendar.read_days(desk, monday, fifth),
        "Register, a week": lambda: services.services_between(desk, monday, sunday),
        "Tasks, everything that is open": lambda: to_do.to_dos(desk),
        "Caseload of everybody": lambda: caseload.read_caseload(desk),
        "Who had no contact": lambda: caseload.silent_residents(desk),
    }
    return [compare(name, desk, plain, [read] * (rounds + 1), "under 150 ms") for name, read in reads.items()]


def _table(desk: Desk, plain: sqlite3.Connection, rounds: int) -> list[Times]:
    chosen = Filter("everybody")

    def read() -> None:
        rows = own_lists.rows_of_filter(desk, chosen)
        people_table.facts_of(desk, rows, people_table.USUAL_COLUMNS)

    rows = own_lists.rows_of_filter(desk, chosen)
    keys = Times("Table of people, one keystroke (core)", aim="under 50 ms")
    for typed in _TYPED * rounds:
        keys.ours.append(timed(lambda typed=typed: own_lists.with_words(rows, typed)))
    return [compare("Table of people, everybody, reading", desk, plain, [read] * min(3, rounds + 1)), keys]
