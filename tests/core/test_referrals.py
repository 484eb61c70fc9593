"""Referrals to us with their clock, and referrals to others with consent, states and days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from shelterdesk import (
    consents,
    department_clock,
    due,
    house_settings,
    merging,
    needs,
    people,
    person_history,
    referrals,
    referrals_out,
    restrictions,
)
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.documents import referral_letter
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason
from shelterdesk.referrals_out import ReferralOut
from tests.core.seats import seat
from tests.desks import Clock

CLINIC = "Klinika Ümid"


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay")


# --- the clock ----------------------------------------------------------------------------------------------------


def suspect(desk: Desk, person: Person, status: str = "potential") -> None:
    person_history.record_status(desk, person.id, status=status, since=desk.today())


def refer(desk: Desk, person: Person, **values: Any) -> datetime | None:
    referrals.record_referral(desk, person.id, **({"referred_on": desk.today(), "source": "ngo"} | values))
    return department_clock.clock_of(desk, person, referrals.referrals_of(desk, person.id))


def hurried(desk: Desk) -> list[str]:
    """Return whom the start page reminds of in the words of the clock."""
    return [one.person for one in due.reminders(desk) if one.source == "referral"]


def switch_on(desk: Desk, hours: int = 24, children: int | None = None) -> None:
    house_settings.put(desk, "department_clock", value=True)
    house_settings.put(desk, "department_hours", hours)
    if children is not None:
        house_settings.put(desk, "department_children", value=True)
        house_settings.put(desk, "department_hours_children", children)


def test_no_clock_runs_until_it_is_switched_on(desk: Desk, ay: Person) -> None:
    suspect(desk, ay)
    assert refer(desk, ay) is None
    assert department_clock.running(desk) == []
    switch_on(desk)
    assert department_clock.clock_of(desk, ay, referrals.referrals_of(desk, ay.id)) is not None
    assert hurried(desk) == ["Ay"]


def test_it_ends_so_many_hours_after_day_and_hour_in_the_zone_of_the_vault(desk: Desk, ay: Person) -> None:
    switch_on(desk, 48)
    suspect(desk, ay)
    end = refer(desk, ay, referred_at=time(9, 30))
    assert end is not None
    assert end.astimezone(UTC) == datetime(2026, 11, 19, 5, 30, tzinfo=UTC)
    assert refer(desk, ay, referred_at=time(8)) == end, "the newest referral counts"
    (shown,) = department_clock.running(desk)
    assert shown.ends == end


@pytest.mark.parametrize(
    ("status", "values"),
    [
        (None, {}),
        ("identified", {}),
        ("not_trafficked", {}),
        ("potential", {"department": "declined"}),
        ("potential", {"source": "anti_trafficking"}),
        ("presumed", {"department": "agreed", "department_told_on": "today"}),
        ("potential", {"referred_on": None}),
    ],
)
def test_it_runs_for_nobody_else(desk: Desk, ay: Person, status: str | None, values: dict[str, Any]) -> None:
    switch_on(desk)
    if status:
        suspect(desk, ay, status)
    given = {name: desk.today() if value == "today" else value for name, value in values.items()}
    assert refer(desk, ay, **given) is None
    assert department_clock.running(desk) == []


def test_an_adult_who_declined_is_never_hurried_and_children_follow_their_own_rule(desk: Desk) -> None:
    switch_on(desk, 24)
    child = people.add_person(desk, short_name="Nur", birth=PartialDate(2012))
    suspect(desk, child)
    assert refer(desk, child, department="declined") is None, "no rule for children is set"
    switch_on(desk, 24, children=6)
    end = department_clock.clock_of(desk, child, referrals.referrals_of(desk, child.id))
    assert end == datetime(2026, 11, 17, 6, tzinfo=desk.zone), "what a child says does not end it"
    grown = people.add_person(desk, short_name="Lale", birth=PartialDate(1990))
    suspect(desk, grown)
    assert refer(desk, grown, department="declined") is None
    assert hurried(desk) == ["Nur"]


def test_the_start_page_forgets_a_clock_after_a_week_and_closed_support_at_once(desk: Desk, clock: Clock) -> None:
    switch_on(desk)
    ay, nur = (people.add_person(desk, short_name=name) for name in ("Ay", "Nur"))
    for person in (ay, nur):
        suspect(desk, person)
        refer(desk, person)
    assert len(department_clock.running(desk)) == 2
    person_history.record_phase(desk, nur.id, phase="closed", since=desk.today())
    assert hurried(desk) == ["Ay"]
    clock.now += timedelta(days=7)
    assert hurried(desk) == ["Ay"]
    clock.now += timedelta(days=2)
    assert department_clock.running(desk) == []
    assert department_clock.clock_of(desk, ay, referrals.referrals_of(desk, ay.id)) is not None


def test_a_record_that_asks_why_is_reminded_of_by_name_only(desk: Desk, ay: Person) -> None:
    switch_on(desk)
    suspect(desk, ay)
    refer(desk, ay)
    restrictions.restrict(desk, ay.id, "Her brother is with the police")
    mine = seat(desk, Role.SOCIAL_WORKER)
    assert hurried(mine) == ["Ay"]
    with pytest.raises(NeedsReason):
        referrals.referrals_of(mine, ay.id)
    assert department_clock.running(seat(desk, Role.NIGHT_WORKER)) == []


def test_a_referral_keeps_what_came_with_her(desk: Desk, ay: Person) -> None:
    made = referrals.record_referral(
        desk, ay.id, source="anti_trafficking", referred_on=desk.today(), referred_at=time(3, 10),
        papers=frozenset({"letter", "medical"}), department="agreed",
    )  # fmt: skip
    with pytest.raises(Problems):
        referrals.change_referral(desk, made, department_told_on=desk.today() - timedelta(days=1))
    (kept,) = referrals.referrals_of(desk, ay.id)
    assert (kept.referred_at, kept.papers, kept.department) == (time(3, 10), {"letter", "medical"}, "agreed")
    referrals.archive_referral(desk, kept.id)
    assert referrals.referrals_of(desk, ay.id) == []


# --- to others ----------------------------------------------------------------------------------------------------


def agree(desk: Desk, person: Person, **values: Any) -> None:
    given = {"purpose": "health", "recipient": CLINIC, "answer": "given", "answered_on": desk.today()}
    consents.record_consent(desk, person.id, **(given | values))


def prepare(desk: Desk, person: Person, **values: Any) -> ReferralOut:
    given = {"service": "health", "organisation": CLINIC, "details": "A first visit, with an interpreter"}
    return referrals_out.record_referral_out(desk, person.id, **(given | values))


def test_it_is_prepared_without_asking_and_sent_with_her_consent(desk: Desk, ay: Person) -> None:
    made = prepare(desk, ay)
    assert (made.state, made.sent_on, made.consent) == ("prepared", None, None)
    with pytest.raises(Problems) as problems:
        referrals_out.change_referral_out(desk, made, state="sent")
    assert [one.field for one in problems.value.problems] == ["referral_out.without_consent"]
    agree(desk, ay)
    sent = referrals_out.change_referral_out(desk, made, state="sent")
    assert (sent.state, sent.sent_on, sent.consent) == ("sent", desk.today(), "given")


def test_past_a_missing_consent_it_goes_with_a_reason_which_stays(desk: Desk, ay: Person) -> None:
    agree(desk, ay, answer="declined")
    with pytest.raises(Problems):
        prepare(desk, ay, state="sent")
    made = prepare(desk, ay, state="sent", without_consent="Her life is in danger")
    assert made.consent == "declined"
    (kept,) = referrals_out.referrals_out_of(desk, ay.id)
    assert kept.without_consent == "Her life is in danger"
    with pytest.raises(Problems):
        referrals_out.change_referral_out(desk, kept, without_consent=None)


def test_a_narrow_consent_holds_what_is_shared(desk: Desk, ay: Person) -> None:
    agree(desk, ay, parts=frozenset({"name", "needs"}))
    with pytest.raises(Problems, match="less than that"):
        prepare(desk, ay, state="sent", shared=frozenset({"name", "safety"}))
    assert prepare(desk, ay, state="sent", shared=frozenset({"name"})).consent == "given"


def test_each_state_gets_its_day_and_the_days_follow_one_another(desk: Desk, ay: Person, clock: Clock) -> None:
    agree(desk, ay)
    begun = desk.today()
    made = prepare(desk, ay, state="sent")
    clock.now += timedelta(days=2)
    made = referrals_out.change_referral_out(desk, made, state="accepted", answer="Thursday at nine")
    clock.now += timedelta(days=5)
    made = referrals_out.change_referral_out(desk, made, state="done")
    days = (made.sent_on, made.answered_on, made.ended_on)
    assert days == (begun, begun + timedelta(days=2), begun + timedelta(days=7))
    assert not made.is_open
    with pytest.raises(Problems):
        referrals_out.change_referral_out(desk, made, answered_on=begun - timedelta(days=1))
    with pytest.raises(Problems):
        referrals_out.change_referral_out(desk, made, ended_on=begun + timedelta(days=1))


def test_what_becomes_of_a_referral_becomes_of_the_need_it_is_to_meet(desk: Desk, ay: Person) -> None:
    agree(desk, ay)
    need = needs.record_need(desk, ay.id, kind="dental_care")

    def stands() -> tuple[str, date | None]:
        one = needs.need_with(desk, need.id)
        return one.state, one.ended_on

    made = prepare(desk, ay, need_id=need.id)
    assert (stands(), needs.need_with(desk, need.id).referral_id) == (("open", None), made.id)
    for state, expected in (
        ("sent", "referred"),
        ("declined", "open"),
        ("accepted", "referred"),
        ("done", "met"),
        ("accepted", "referred"),
        ("done", "met"),
    ):
        made = referrals_out.change_referral_out(desk, made, state=state)
        assert stands() == (expected, desk.today() if expected == "met" else None)
    referrals_out.archive_referral_out(desk, made.id)
    assert stands() == ("open", None)
    referrals_out.archive_referral_out(desk, made.id, archived=False)
    assert stands() == ("met", desk.today())


def test_a_need_that_was_settled_otherwise_stays_as_it_is(desk: Desk, ay: Person) -> None:
    agree(desk, ay)
    need = needs.record_need(desk, ay.id, kind="dental_care")
    made = prepare(desk, ay, need_id=need.id, state="sent")
    needs.change_need(desk, needs.need_with(desk, need.id), state="declined")
    referrals_out.change_referral_out(desk, made, state="accepted")
    assert needs.need_with(desk, need.id).state == "declined"
    with pytest.raises(NotAllowed):
        prepare(seat(desk, Role.NURSE), ay, need_id=need.id)


def test_a_state_is_followed_by_known_ones_only() -> None:
    codes = {code.code for code in ReferralOut.state.info["field"].choices}  # type: ignore[attr-defined]
    assert set(referrals_out.NEXT) == codes
    assert {state for states in referrals_out.NEXT.values() for state in states} <= codes
    assert {state for state, after in referrals_out.NEXT.items() if after} == set(referrals_out.OPEN_STATES)


def asked(desk: Desk) -> list[tuple[str, date]]:
    """Return after whom the start page says to ask, and since when."""
    found = [one for one in due.reminders(desk) if one.source == "referral_out"]
    assert {one.words for one in found} <= {"Ask how it stands"}, "no organisation and no kind of help lie open"
    return [(one.person, one.on) for one in found]


def test_what_is_to_be_asked_after_is_told_until_it_ended(desk: Desk, ay: Person) -> None:
    agree(desk, ay)
    made = prepare(desk, ay, state="sent", follow_up_on=desk.today())
    prepare(desk, ay, state="sent", follow_up_on=desk.today() + timedelta(days=1))
    assert asked(desk) == [("Ay", desk.today())]
    restrictions.restrict(desk, ay.id, "Her brother is with the police")
    mine = seat(desk, Role.SOCIAL_WORKER)
    assert asked(mine) == [("Ay", desk.today())], "a name and a day lie open"
    with pytest.raises(NeedsReason):
        referrals_out.referrals_out_of(mine, ay.id)
    assert asked(seat(desk, Role.NURSE)) == []
    referrals_out.change_referral_out(desk, made, state="withdrawn")
    assert asked(desk) == []


def test_who_was_faster_is_not_overwritten(desk: Desk, ay: Person) -> None:
    prepare(desk, ay)
    (mine,) = referrals_out.referrals_out_of(desk, ay.id)
    (theirs,) = referrals_out.referrals_out_of(desk, ay.id)
    referrals_out.change_referral_out(desk, theirs, contact="Dr. Sevda")
    with pytest.raises(StaleRecord):
        referrals_out.change_referral_out(desk, mine, contact="Dr. Nigar")


def test_taken_back_it_is_gone_and_can_be_put_back(desk: Desk, ay: Person) -> None:
    made = prepare(desk, ay, follow_up_on=desk.today())
    referrals_out.archive_referral_out(desk, made.id)
    assert referrals_out.referrals_out_of(desk, ay.id) == []
    assert asked(desk) == []
    referrals_out.archive_referral_out(desk, made.id, archived=False)
    assert len(referrals_out.referrals_out_of(desk, ay.id)) == 1


def test_only_case_work_refers(desk: Desk, ay: Person) -> None:
    with pytest.raises(NotAllowed):
        prepare(seat(desk, Role.NURSE), ay)
    with pytest.raises(NotAllowed):
        referrals_out.referrals_out_of(seat(desk, Role.RECEPTION), ay.id)


def test_needed_is_only_to_whom_and_what_for(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems) as problems:
        referrals_out.record_referral_out(desk, ay.id)
    assert [one.field for one in problems.value.problems] == ["referral_out.service", "referral_out.organisation"]


def test_records_that_were_merged_are_reminded_of_as_one_person(desk: Desk, ay: Person) -> None:
    switch_on(desk)
    kept = people.change_person(desk, ay, given_names="Aysel")
    twin = people.add_person(desk, short_name="Aya", given_names="Aisel")
    suspect(desk, twin)
    refer(desk, twin, referred_at=time(8))
    made = prepare(desk, twin, follow_up_on=desk.today())
    agree(desk, twin)
    merging.merge(desk, kept, twin)
    assert asked(desk) == [("Ay", desk.today())]
    assert hurried(desk) == ["Ay"]
    (hers,) = referrals_out.referrals_out_of(desk, ay.id)
    assert hers.id == made.id
    known = referral_letter.parts_of(desk, hers, "en")
    assert [one.words for one in known["name"]] == ["Aysel"], "the letter says who she is now"
    assert referrals_out.change_referral_out(desk, hers, state="sent").consent == "given"
