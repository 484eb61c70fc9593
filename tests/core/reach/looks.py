"""What shows many people at once, and the traces somebody's record would leave there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any, Final

from shelterdesk import (
    absences,
    alerts,
    approvals,
    authority_requests,
    bed_use,
    booking,
    calendar,
    caseload,
    clashes,
    drafts,
    due,
    duplicates,
    family,
    names,
    placements,
    printed,
    providers,
    residents,
    search,
    services,
    stay_problems,
    to_do,
    today,
    visits,
    work,
)
from shelterdesk.cli.plain import plain_people
from shelterdesk.desk import Desk
from shelterdesk.documents import handover, tomorrow, tonight, work_list
from shelterdesk.house_book import book, incidents, shifts
from shelterdesk.people import Person
from tests.core.access_stock import Stock

CANARY: Final = "Xatirə-4711"
"""Stands in every text of the record in question, and nowhere else."""


def traces(ay: Person) -> tuple[str, ...]:
    return (CANARY, str(ay.id), ay.code)


OVERVIEWS: Final[Mapping[str, Callable[[Desk, Stock], Any]]] = {
    "today": lambda d, s: today.read_today(d),
    "house book": lambda d, s: book.read_book(d, shifts.shift_now(d)),
    "open incidents": lambda d, s: incidents.open_incidents(d),
    "past incidents": lambda d, s: incidents.past_incidents(d),
    "handover sheet": lambda d, s: handover.handover_sheet(d, shifts.shift_now(d), "en"),
    "lists": lambda d, s: [residents.list_rows(d, one.id) for one in residents.SAVED_LISTS],
    "rows of": lambda d, s: residents.rows_of(d, [s.person.id]),
    "search": lambda d, s: search.build_index(d).entries,
    "found": lambda d, s: search.build_index(d).find(CANARY),
    "by code": lambda d, s: search.build_index(d).find(s.person.code),
    "sounding like": lambda d, s: search.build_index(d).sounding_like(f"{CANARY} {CANARY}", 0),
    "may be on file": lambda d, s: duplicates.candidates(d, search.build_index(d), names=[f"{CANARY} {CANARY}"]),
    "at the door": lambda d, s: family.at_the_door(d, [s.person.id]),
    "calendar": lambda d, s: calendar.read_days(d, d.today(), d.today() + timedelta(days=7)),
    "words of the calendar": lambda d, s: booking.lexicon_of(d),
    "tomorrow's list": lambda d, s: tomorrow.tomorrow_rows(d, d.today()),
    "clashes": lambda d, s: clashes.clashes(d, clashes.Wanted(d.today(), time(10), 60, d.me.id)),
    "services": lambda d, s: services.services_between(d, date(2020, 1, 1), d.today()),
    "directory of providers": lambda d, s: providers.directory(d),
    "agreements that end": lambda d, s: providers.ending_agreements(d),
    "last service": lambda d, s: services.last_given(d),
    "placements": lambda d, s: placements.all_placements(d),
    "legal matters": lambda d, s: names.names_for(d, "legal_matter"),
    "work": lambda d, s: work.read_work(d),
    "work list": lambda d, s: work_list.work_list(work.read_work(d), "en"),
    "due past": lambda d, s: due.milestones_due(d, "past"),
    "due this week": lambda d, s: due.milestones_due(d, "this_week"),
    "due later": lambda d, s: due.milestones_due(d, "later"),
    "done": lambda d, s: due.milestones_due(d, "done"),
    "review": lambda d, s: due.plans_to_review(d),
    "papers": lambda d, s: due.papers_to_print(d),
    "reminders": lambda d, s: due.reminders(d),
    "to do": lambda d, s: to_do.to_dos(d),
    "done lately": lambda d, s: to_do.to_dos(d, done=True),
    "caseload": lambda d, s: caseload.read_caseload(d),
    "without contact": lambda d, s: caseload.silent_residents(d),
    "heed": lambda d, s: alerts.alerts_in_house(d),
    "printed": lambda d, s: printed.papers_of(d, [s.person.id]),
    "tonight": lambda d, s: tonight.tonight_list(tonight.tonight_rows(d), d.today(), "en"),
    "beds": lambda d, s: bed_use.beds_on(d, d.today()),
    "without a bed": lambda d, s: bed_use.without_bed(d, d.today()),
    "away tonight": lambda d, s: absences.away_on(d, d.today()),
    "visits today": lambda d, s: visits.visits_on(d, d.today()),
    "stay problems": lambda d, s: stay_problems.problems_of_stays(d),
    "bed names": lambda d, s: bed_use.bed_names(d, [s.person.id], d.today()),
    "names": lambda d, s: names.names_for(d, "person"),
    "drafts": lambda d, s: drafts.my_drafts(d),
    "to approve": lambda d, s: approvals.waiting(d),
    "given back": lambda d, s: approvals.given_back(d),
    "requests": lambda d, s: authority_requests.all_requests(d),
    "unfinished requests": lambda d, s: authority_requests.unfinished(d),
    "json": lambda d, s: plain_people(d, residents.list_rows(d, "everybody"), {}),
}
"""What shows many people at once."""
