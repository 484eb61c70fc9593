"""Requests by authorities: what is kept, who may read, answer and approve, and what an approval is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from shelterdesk import authority_requests as requests
from shelterdesk import consents, people, record_log
from shelterdesk.access import Right, Role
from shelterdesk.authority_requests import AuthorityRequest
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.fields import CLOSED
from shelterdesk.people import Person
from tests.core.seats import seat
from tests.desks import TODAY, Clock

OFFICER = "Officer Xatirə 4711"


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody on file."""
    return people.add_person(desk, short_name="Ay")


def asked(desk: Desk, **values: Any) -> AuthorityRequest:
    """Record a request of the police."""
    about = {} if "person_id" in values else {"about": "nobody"}
    return requests.record_request(desk, **({"received_on": TODAY, "body": "police"} | about | values))


def problems_of(desk: Desk, **values: Any) -> set[str]:
    with pytest.raises(Problems) as found:
        asked(desk, **values)
    return {one.field for one in found.value.problems}


@pytest.fixture
def crowded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of a house in which more than two people work."""
    members = [desk.me, *(replace(desk.me, user_name=name) for name in ("nigar", "sevda"))]
    monkeypatch.setattr(type(desk.vault), "members", property(lambda _vault: members))
    return desk


# --- what is kept -------------------------------------------------------------------------------------------------


def test_a_request_is_kept_whole(desk: Desk, ay: Person) -> None:
    made = asked(
        desk,
        person_id=ay.id,
        received_at=time(9, 40),
        came_by="in_person",
        asked_by=OFFICER,
        paper="court_order",
        paper_number="12/2026",
        paper_on=TODAY - timedelta(days=4),
        paper_until=TODAY + timedelta(days=30),
        asked="Her whole record.",
        due_on=TODAY + timedelta(days=3),
    )
    (kept,) = requests.requests_of(desk, ay.id)
    assert (kept.id, kept.body, kept.asked_by, kept.asked) == (made.id, "police", OFFICER, "Her whole record.")
    assert (kept.about, kept.answer, kept.answered_by) == ("on_file", "waiting", None)
    assert kept.waits
    assert not kept.needs_approval


def test_a_request_about_nobody_on_file_has_its_place_in_the_list_only(desk: Desk, ay: Person) -> None:
    mine = asked(desk, person_id=ay.id)
    other = asked(desk, about="not_said", received_on=TODAY - timedelta(days=1))
    assert [(one.request.id, one.person.shown if one.person else None) for one in requests.all_requests(desk)] == [
        (mine.id, "Ay"),
        (other.id, None),
    ]
    assert [one.id for one in requests.requests_of(desk, ay.id)] == [mine.id]


def test_everything_about_it_stands_in_the_log_of_the_person(desk: Desk, ay: Person) -> None:
    made = asked(desk, person_id=ay.id, asked="Her whole record.")
    made = requests.change_request(desk, made, answer="part", given="Her code and days.", without_consent="Order 12")
    requests.approve_answer(desk, made)
    approved, answered, recorded = record_log.log_of(desk, ay.id, language="en")[:3]
    assert recorded.act == "Recorded a request by an authority"
    assert ("Person on file", "Ay") in {(one.label, one.after) for one in recorded.fields}
    assert answered.act == "Answered a request by an authority"
    assert {one.label: (one.before, one.after) for one in answered.fields}["Answer"] == ("Waiting", "Given in part")
    assert approved.act == "Approved the answer to an authority"
    assert ("Approved by", "Leyla A.") in {(one.label, one.after) for one in approved.fields}


def test_one_recorded_by_mistake_is_taken_off_and_put_back(desk: Desk, ay: Person) -> None:
    made = asked(desk, person_id=ay.id)
    requests.archive_request(desk, made.id)
    assert requests.requests_of(desk, ay.id) == []
    assert requests.all_requests(desk) == []
    requests.archive_request(desk, made.id, archived=False)
    assert [one.id for one in requests.requests_of(desk, ay.id)] == [made.id]


# --- what cannot be saved -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"body": None}, "body"),
        ({"received_on": None}, "received_on"),
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"about": "on_file"}, "person"),
        ({"about": None}, "about"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"paper_on": TODAY, "paper_until": TODAY - timedelta(days=1)}, "paper_until"),
        ({"answered_on": TODAY}, "answer"),
        ({"answer": "declined", "answered_on": TODAY - timedelta(days=1)}, "answered_on"),
        ({"answer": "given"}, "given"),
        ({"answer": "part", "given": "  "}, "given"),
    ],
)
def test_what_does_not_fit_is_named_at_its_field(desk: Desk, values: dict[str, Any], field: str) -> None:
    assert problems_of(desk, **values) == {f"authority_request.{field}"}
    assert requests.all_requests(desk) == []


def test_nobody_on_file_is_no_person(desk: Desk, ay: Person) -> None:
    assert problems_of(desk, person_id=ay.id, about="nobody") == {"authority_request.about"}


def test_whoever_saves_second_is_told(desk: Desk, ay: Person) -> None:
    made = asked(desk, person_id=ay.id)
    requests.change_request(desk, made, due_on=TODAY)
    with pytest.raises(StaleRecord):
        requests.change_request(desk, made, due_on=TODAY + timedelta(days=2))


# --- answers and approvals ----------------------------------------------------------------------------------------


def test_an_answer_says_who_gave_it_and_when(desk: Desk) -> None:
    declined = requests.change_request(desk, asked(desk), answer="declined", given="No paper was shown.")
    assert (declined.answered_by, declined.answered_on) == (desk.me.id, TODAY)
    assert not declined.needs_approval, "nothing left the house"
    given = asked(desk, answer="given", given="One page.", answered_on=TODAY)
    assert given.needs_approval
    taken_back = requests.change_request(desk, given, answer="waiting", answered_on=None)
    assert (taken_back.answered_by, taken_back.waits) == (None, True)


def test_an_answer_that_changes_has_to_be_approved_anew(desk: Desk) -> None:
    given = requests.approve_answer(desk, asked(desk, answer="given", given="One page."))
    assert (given.approved_by, given.approved_on) == (desk.me.id, TODAY)
    noted = requests.change_request(desk, given, told="told", given="One page.")
    assert noted.approved_by == desk.me.id, "who was told is not what was approved"
    changed = requests.change_request(desk, noted, given="Two pages.")
    assert (changed.approved_by, changed.approved_on) == (None, None)
    assert changed.needs_approval


def test_nobody_approves_their_own_answer_where_enough_people_work(crowded: Desk) -> None:
    given = asked(crowded, answer="given", given="One page.")
    assert not requests.may_approve(crowded, given)
    with pytest.raises(NotAllowed, match="Somebody else"):
        requests.approve_answer(crowded, given)
    director = seat(crowded, Role.DIRECTOR)
    assert requests.may_approve(director, given)
    assert requests.approve_answer(director, given).approved_by == director.me.id


def test_only_what_was_given_and_not_approved_is_approved(desk: Desk) -> None:
    with pytest.raises(StaleRecord):
        requests.approve_answer(desk, asked(desk))
    given = requests.approve_answer(desk, asked(desk, answer="given", given="One page."))
    with pytest.raises(StaleRecord):
        requests.approve_answer(desk, given)


@pytest.mark.parametrize("recipient", ["District office 4", "Police"])
def test_what_she_agreed_to_needs_no_other_ground(desk: Desk, ay: Person, recipient: str) -> None:
    consents.record_consent(
        desk, ay.id, purpose="share_authority", recipient=recipient, answer="given", answered_on=TODAY
    )
    made = asked(desk, person_id=ay.id, body_name="District Office 4", answer="given", given="One page.")
    assert (made.consent, made.without_consent) == ("given", None)


def test_without_her_consent_somebody_writes_what_obliges(desk: Desk, ay: Person) -> None:
    gives: dict[str, Any] = {"person_id": ay.id, "answer": "given", "given": "One page."}
    assert problems_of(desk, **gives) == {"authority_request.without_consent"}
    consents.record_consent(
        desk, ay.id, purpose="share_authority", recipient="Police", answer="declined", answered_on=TODAY
    )
    made = asked(desk, **gives, without_consent="Order of the court 12/2026")
    assert made.consent == "declined"
    made = requests.approve_answer(desk, made)
    changed = requests.change_request(desk, made, without_consent="Order 13/2026")
    assert changed.approved_by is None, "another ground has to be approved anew"
    with pytest.raises(Problems):
        requests.change_request(desk, changed, without_consent="")
    declined = requests.change_request(desk, changed, answer="declined", without_consent="")
    assert declined.consent is None, "nothing was given, so nothing had to be agreed to"


def test_an_answer_about_nobody_on_file_asks_for_no_consent(desk: Desk) -> None:
    assert asked(desk, answer="given", given="We say it of nobody.").consent is None


# --- who ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_who_may_do_what(desk: Desk, ay: Person, role: Role) -> None:
    made = asked(desk, person_id=ay.id, asked="Her record.", answer="given", given="One page.", without_consent="x")
    somebody = seat(desk, role)
    works = somebody.may(Right.CASE_WORK)
    assert works == (role in (Role.DIRECTOR, Role.CASE_MANAGER, Role.SOCIAL_WORKER, Role.PSYCHOLOGIST, Role.LAWYER))
    if works:
        (found,) = requests.requests_of(somebody, ay.id)
        assert found.given == "One page."
        assert asked(somebody).created_by == somebody.me.id
    else:
        for refused in (
            lambda: requests.requests_of(somebody, ay.id),
            lambda: requests.all_requests(somebody),
            lambda: asked(somebody),
            lambda: requests.change_request(somebody, made, told="told"),
            lambda: requests.archive_request(somebody, made.id),
        ):
            with pytest.raises(NotAllowed):
                refused()
        assert requests.unfinished(somebody) == []
    assert requests.may_approve(somebody, made) == (role is Role.DIRECTOR)
    if role is not Role.DIRECTOR:
        with pytest.raises(NotAllowed):
            requests.approve_answer(somebody, made)


def test_names_and_words_open_with_the_key_of_social_work_only(desk: Desk, ay: Person) -> None:
    asked(desk, person_id=ay.id, asked_by=OFFICER, asked="Her record.")
    nurse = seat(desk, Role.NURSE)
    nurse.rights |= {Right.CASE_WORK}
    (found,) = requests.requests_of(nurse, ay.id)
    fields = {field.attribute: field for field in nurse.fields(AuthorityRequest)}
    assert fields["body"].read(found) == "police"
    assert fields["asked_by"].read(found) is CLOSED
    assert fields["asked"].read(found) is CLOSED


# --- what waits ---------------------------------------------------------------------------------------------------


def test_what_waits_comes_by_the_day_it_is_due(desk: Desk, clock: Clock) -> None:
    def due(day: date | None) -> AuthorityRequest:
        return asked(desk, due_on=day)

    late, none, soon = due(TODAY + timedelta(days=9)), due(None), due(TODAY)
    asked(desk, answer="declined")
    given = asked(desk, answer="given", given="One page.")
    assert [one.request.id for one in requests.unfinished(desk)] == [soon.id, late.id, none.id, given.id]
    requests.approve_answer(desk, given)
    requests.change_request(desk, soon, answer="not_ours")
    assert [one.request.id for one in requests.unfinished(desk)] == [late.id, none.id]
