"""Legal matters in spreadsheets: out with everything and in again, and in from the lists of others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from shelterdesk import deadlines, legal_matters, legal_threads, notes, people
from shelterdesk.desk import Desk
from shelterdesk.exchange.book_import import run_book
from shelterdesk.legal_matters import LegalMatter
from tests.core.exchange.books import empty_desk, planned_book, write_book, write_everything
from tests.core.exchange.planning import all_of, everybody
from tests.desks import TODAY


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    made = empty_desk(tmp_path / "desk-6F21.vault")
    yield made
    made.close()


def test_a_thread_leaves_and_comes_in_whole(desk: Desk, other: Desk, tmp_path: Path) -> None:
    ay = people.add_person(desk, short_name="Ay")
    legal_matters.record_matter(desk, ay.id, kind="documents", subject="A passport")
    matter = legal_matters.record_matter(
        desk, ay.id, kind="labour_claim", subject="Seven months", number="2-4471", claimed=420_050,
        opened_on=TODAY - timedelta(30), stage="prepared",
    )  # fmt: skip
    legal_matters.record_stage(desk, matter, stage="filed", since=TODAY - timedelta(9), words="By post.")
    legal_threads.add_date(desk, matter, until=TODAY + timedelta(2))
    deadlines.record_deadline(desk, ay.id, kind="other", until=TODAY, words="Of no matter")
    notes.add_note(desk, ay.id, kind="legal", written_on=TODAY, legal_text="He has to answer.", matter_id=matter.id)
    file = write_everything(desk, tmp_path / "all.xlsx")
    plan = planned_book(other, file)
    assert plan.problems == ()
    run_book(other, plan)
    (person,) = everybody(other)
    threads = {one.matter.kind: one for one in legal_threads.threads_of(other, person.id)}
    hers = threads["labour_claim"]
    assert (hers.matter.subject, hers.matter.number, hers.matter.claimed) == ("Seven months", "2-4471", 420_050)
    assert [(one.stage, one.words) for one in hers.stages] == [("filed", "By post."), ("prepared", None)]
    assert [one.until for one in hers.dates] == [TODAY + timedelta(2)]
    assert [one.legal_text for one in hers.notes] == ["He has to answer."]
    assert (threads["documents"].stages, threads["documents"].dates) == ([], [])
    assert run_book(other, planned_book(other, file)).records == 0, "it comes but once"


def test_a_list_of_court_cases_is_understood(desk: Desk, tmp_path: Path) -> None:
    book = {
        "Residents": [["Code", "First name"], ["T-1", "Səbinə"]],
        "Court cases": [
            ["Code", "Type of case", "Case number", "Court", "Lawyer", "Date opened", "Date closed", "Outcome"],
            ["T-1", "Labour claim", "2-4471", "District court", "Elçin M.", "05.03.2026", "01.10.2026",
             "Settled by agreement"],
            ["T-1", "Divorce, children, maintenance", None, None, None, "06.03.2026", None, None],
        ],
    }  # fmt: skip
    plan = planned_book(desk, write_book(tmp_path / "cases.xlsx", book))
    assert {part.table.sheet: part.kind for part in plan.parts} == {
        "Residents": "person", "Court cases": "legal_matter",
    }  # fmt: skip
    assert plan.problems == ()
    run_book(desk, plan)
    claim, divorce = sorted(all_of(desk, LegalMatter), key=lambda one: one.opened_on)
    assert (claim.kind, claim.number, claim.body_name, claim.lawyer) == (
        "labour_claim", "2-4471", "District court", "Elçin M.",
    )  # fmt: skip
    assert (claim.ended_on, claim.result) == (date(2026, 10, 1), "settled")
    assert (divorce.kind, divorce.is_open) == ("family", True)
