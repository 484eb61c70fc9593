"""A request by an authority on paper: everything the reader may open, the code only, and logged when it leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shelterdesk import authority_requests, people, person_reading, record_log, restrictions, rooms
from shelterdesk.access import Right, Role
from shelterdesk.authority_requests import AuthorityRequest
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Aside, KeyBox, Ruled
from shelterdesk.documents.request_paper import note_request_paper, request_paper
from shelterdesk.errors import NotAllowed
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason
from tests.core.seats import seat
from tests.desks import TODAY


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ayselcik")


@pytest.fixture
def request_(desk: Desk, ay: Person) -> AuthorityRequest:
    return authority_requests.record_request(
        desk,
        person_id=ay.id,
        received_on=TODAY - timedelta(days=3),
        body="court",
        asked_by="Clerk Əliyeva",
        paper="court_order",
        asked="Her whole record.",
        answer="part",
        given="One page with two days.",
        without_consent="Article 7, order 12/2026",
    )


def said(desk: Desk, request: AuthorityRequest, language: str = "en") -> dict[str, str]:
    return {one.label: one.text for one in request_paper(desk, request, language).blocks if isinstance(one, Aside)}


def test_it_says_what_was_asked_and_given_and_by_whom(desk: Desk, ay: Person, request_: AuthorityRequest) -> None:
    approved = authority_requests.approve_answer(desk, request_)
    found = said(desk, approved)
    assert found["Who asks"] == "Court"
    assert found["Consent when it was answered"] == "Not asked yet"
    assert found["What obliges without her consent"] == "Article 7, order 12/2026"
    assert found["Person asking"] == "Clerk Əliyeva"
    assert found["What was given, or why not"] == "One page with two days."
    assert found["Approved by"] == found["Answered by"] == "Leyla A."
    assert request_paper(desk, approved, "en").key == KeyBox("Code", ay.code)


def test_the_code_is_all_that_says_whom_and_no_shelter_is_named(desk: Desk, request_: AuthorityRequest) -> None:
    rooms.change_house(desk, rooms.sites_of(desk)[0], name="Haven of the Sea")
    words = repr(request_paper(desk, request_, "en"))
    assert "Ayselcik" not in words
    assert "Haven" not in words


def test_one_that_waits_has_room_for_the_answer(desk: Desk) -> None:
    waiting = authority_requests.record_request(desk, received_on=TODAY, body="police", about="nobody")
    document = request_paper(desk, waiting, "en")
    assert any(isinstance(block, Ruled) for block in document.blocks)
    assert document.key is None
    assert said(desk, waiting)["About whom"] == "Nobody on file"


def test_what_the_reader_cannot_open_says_so(desk: Desk, request_: AuthorityRequest) -> None:
    nurse = seat(desk, Role.NURSE)
    nurse.rights |= {Right.CASE_WORK}
    with nurse.read() as db:
        found = said(nurse, db.get_one(AuthorityRequest, request_.id))
    assert found["What they ask for"] == "sealed"
    assert "record" not in found.values()


def test_it_is_logged_when_it_leaves(desk: Desk, ay: Person, request_: AuthorityRequest) -> None:
    note_request_paper(desk, request_, how="print", for_whom="the file")
    line = record_log.log_of(desk, ay.id, language="en")[0]
    assert [field.after for field in line.fields] == ["Request by an authority", "on paper", "the file"]


def test_who_may_not_do_social_work_makes_no_paper(desk: Desk, request_: AuthorityRequest) -> None:
    reception = seat(desk, Role.RECEPTION)
    for tried in (
        lambda: request_paper(reception, request_, "en"),
        lambda: note_request_paper(reception, request_, how="print"),
    ):
        with pytest.raises(NotAllowed):
            tried()


def test_a_record_that_asks_why_is_opened_first(desk: Desk, ay: Person, request_: AuthorityRequest) -> None:
    restrictions.restrict(desk, ay.id, "known in town")
    worker = seat(desk, Role.SOCIAL_WORKER)
    with pytest.raises(NeedsReason):
        request_paper(worker, request_, "en")
    (listed,) = authority_requests.all_requests(worker)
    assert listed.asks_why, "the list says that there is one, and shows no word of it"
    person_reading.open_person(worker, ay.id, why="she is my resident now")
    assert said(worker, request_)
    assert [one.asks_why for one in authority_requests.all_requests(worker)] == [False]
