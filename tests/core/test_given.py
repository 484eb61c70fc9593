"""What was given: from an appointment, to a group in one go, with money, and what all of it adds up to."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from shelterdesk import (
    appointments,
    given_from,
    group_sessions,
    help_given,
    house_settings,
    people,
    restrictions,
    rooms,
    services,
)
from shelterdesk.access import Role
from shelterdesk.appointments import Appointment
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.group_sessions import Attendee, add_group, group_of, places_for_remarks
from shelterdesk.people import Person
from shelterdesk.reach import RecordClosed
from shelterdesk.service_history import first_day, history_of
from shelterdesk.services import Service, add_service, archive_service, archive_services, services_of
from shelterdesk.summaries.disclosure import protect
from shelterdesk.summaries.period import month
from shelterdesk.summaries.summary import summarise
from shelterdesk.summaries.table import THIS
from shelterdesk.summaries.words import figure_words
from tests.core.seats import seat
from tests.desks import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay")


def give(desk: Desk, person: Person, kind: str = "social_talk", days: int = 0, **values: Any) -> Service:
    return add_service(
        desk, person.id, **({"kind": kind, "given_on": TODAY - days * DAY, "outcome": "took_place"} | values)
    )


def planned(desk: Desk, person: Person, **values: Any) -> Appointment:
    return appointments.add_appointment(desk, person.id, **({"kind": "session", "on": TODAY} | values))


def state_of(desk: Desk, appointment: Appointment) -> tuple[str, Any]:
    found = appointments.appointment_with(desk, appointment.id)
    return found.state, found.service_id


# --- from an appointment --------------------------------------------------------------------------------------------


def test_the_form_begins_with_what_was_planned(desk: Desk, ay: Person) -> None:
    with_length = planned(desk, ay, at=time(14), minutes=70, member_id=desk.me.id, room="room_one")
    values = given_from.values_from(desk, with_length)
    assert (values["kind"], values["minutes"], values["place"]) == ("psychological_session", 70, "house")
    assert (values["given_by"], values["given_on"], values["outcome"]) == (desk.me.id, TODAY, "took_place")
    usual = given_from.values_from(desk, planned(desk, ay, kind="court"))
    assert (usual["kind"], usual["minutes"], usual["place"]) == ("court_accompaniment", 180, "court")
    unsaid = given_from.values_from(desk, planned(desk, ay, kind="other", service_kind="eye_care"))
    assert unsaid["kind"] == "eye_care"
    assert given_from.values_from(desk, planned(desk, ay, kind="other"))["kind"] is None


def test_a_service_given_at_once_ends_the_appointment_and_taking_it_out_plans_it_again(desk: Desk, ay: Person) -> None:
    one = planned(desk, ay, minutes=50, room="by_phone")
    made = given_from.give_at_once(desk, one)
    assert (made.kind, made.minutes, made.place, made.given_on) == ("psychological_session", 50, "phone", TODAY)
    assert state_of(desk, one) == ("given", made.id)
    archive_service(desk, made.id)
    assert state_of(desk, one) == ("planned", made.id)
    archive_service(desk, made.id, archived=False)
    assert state_of(desk, one) == ("given", made.id)


def test_what_was_taken_out_stands_in_nobodys_way(desk: Desk, ay: Person) -> None:
    one = planned(desk, ay)
    made = given_from.give_at_once(desk, one)
    with pytest.raises(Problems):
        appointments.mark(desk, [appointments.appointment_with(desk, one.id)], "planned")
    assert state_of(desk, one) == ("given", made.id)
    archive_service(desk, made.id)
    (again,) = appointments.mark(desk, [appointments.appointment_with(desk, one.id)], "given")
    assert not appointments.has_service(again)
    (back,) = appointments.mark(desk, [again], "planned")
    assert (back.state, back.service_id) == ("planned", None)
    archive_service(desk, made.id, archived=False)
    assert state_of(desk, one) == ("planned", None), "somebody has said anew how it stands"


@pytest.mark.parametrize("values", [{"on": TODAY + DAY}, {"kind": "other"}, {"state": "not_attended"}])
def test_what_cannot_have_been_given_changes_nothing(desk: Desk, ay: Person, values: dict[str, Any]) -> None:
    one = planned(desk, ay, **values)
    with pytest.raises(Problems):
        given_from.give_at_once(desk, one)
    assert services_of(desk, ay.id) == []
    assert state_of(desk, one) == (values.get("state", "planned"), None)


def test_the_next_appointment_is_of_the_same_kind_and_length(desk: Desk, ay: Person) -> None:
    give(
        desk, ay, "psychological_session", minutes=50, given_by=desk.me.id, next_on=TODAY + 7 * DAY, next_words="Eight"
    )
    (coming,) = appointments.appointments_of(desk, ay.id, TODAY)
    assert (coming.kind, coming.service_kind, coming.minutes, coming.words, coming.member_id) == (
        "session",
        "psychological_session",
        50,
        "Eight",
        desk.me.id,
    )


# --- a group --------------------------------------------------------------------------------------------------------


def test_eight_people_in_one_write_each_with_her_own_remark(desk: Desk) -> None:
    circle = [people.add_person(desk, short_name=f"P{number}") for number in range(8)]
    own = planned(desk, circle[0], kind="group")
    attending = [
        Attendee(circle[0].id, remark="Spoke first.", appointment_id=own.id),
        *(Attendee(one.id) for one in circle[1:7]),
        Attendee(circle[7].id, outcome="declined", remark="Tired."),
    ]
    made = add_group(
        desk,
        attending,
        remarks_in="clinical_note",
        kind="psychological_group",
        given_on=TODAY,
        minutes=90,
        given_by=desk.me.id,
        clinical_note="Theme: rest.",
        next_on=TODAY + 7 * DAY,
    )
    assert len({one.group_id for one in made}) == 1
    assert [one.id for one in group_of(desk, made[0])] == [one.id for one in made]
    first, quiet, absent = (services_of(desk, circle[number].id)[0] for number in (0, 1, 7))
    assert (first.clinical_note, quiet.clinical_note) == ("Spoke first.\nTheme: rest.", "Theme: rest.")
    assert (absent.outcome, absent.minutes, absent.clinical_note) == ("declined", None, "Tired.\nTheme: rest.")
    assert state_of(desk, own) == ("given", first.id)
    coming = [appointments.appointments_of(desk, one.id, TODAY) for one in circle]
    assert [len(rows) for rows in coming] == [1] * 7 + [0]
    assert len({rows[0].meeting_id for rows in coming if rows}) == 1
    archive_services(desk, [one.id for one in made])
    assert [services_of(desk, one.id) for one in circle] == [[]] * 8
    assert state_of(desk, own)[0] == "planned"


def test_a_group_with_something_wrong_in_it_is_not_half_saved(desk: Desk, ay: Person) -> None:
    other = people.add_person(desk, short_name="Nur")
    with pytest.raises(Problems):
        add_group(desk, [Attendee(ay.id), Attendee(other.id, outcome="?")], kind="life_skills", given_on=TODAY)
    with pytest.raises(Problems):
        add_group(desk, [], kind="life_skills", given_on=TODAY)
    assert services_of(desk, ay.id) == []


def test_remarks_go_where_the_key_is_held(desk: Desk) -> None:
    assert places_for_remarks(desk, "psychological_group") == ("clinical_note", "team_note")
    social = seat(desk, Role.SOCIAL_WORKER)
    assert places_for_remarks(social, "psychological_group") == ("team_note",)
    assert places_for_remarks(social, "life_skills") == ("case_note", "team_note")


# --- things and money -----------------------------------------------------------------------------------------------


def test_sums_are_kept_apart_by_money_person_and_project(desk: Desk, ay: Person) -> None:
    nur = people.add_person(desk, short_name="Nur")
    fund = rooms.add_project(desk, code="EU-1", name="Fund")
    give(desk, ay, "transport_costs", amount=1250, receipt="77/26", project_id=fund.id)
    give(desk, ay, "cash_help", amount=10000, currency="usd", project_id=fund.id)
    give(desk, ay, "food", amount=500, quantity=2)
    give(desk, nur, "food", amount=700, project_id=fund.id)
    give(desk, ay, "cash_help", amount=99900, outcome="declined")
    archive_service(desk, give(desk, ay, "food", amount=11100).id)
    assert [one.words("en") for one in help_given.sums_of_person(desk, ay.id)] == ["17.50\u00a0AZN", "100\u00a0USD"]
    assert [one.words("en") for one in help_given.sums_of(desk, services_of(desk, ay.id))] == [
        "17.50\u00a0AZN",
        "100\u00a0USD",
    ]
    found = help_given.sums_by_project(desk, TODAY - 30 * DAY, TODAY)
    assert [(one.project_id, one.total.currency, one.total.amount, one.people) for one in found] == [
        (fund.id, "azn", 1950, 2),
        (fund.id, "usd", 10000, 1),
        (None, "azn", 500, 1),
    ]
    assert help_given.sums_by_project(desk, TODAY - 30 * DAY, TODAY - DAY) == []


def test_an_amount_without_its_money_is_in_that_of_the_house(desk: Desk, ay: Person) -> None:
    house_settings.put(desk, "currency", "GEL")
    made = give(desk, ay, "food", amount=2000)
    assert (made.currency, help_given.amount_words(desk, made, "en")) == ("gel", "20\u00a0GEL")
    assert give(desk, ay, "food").currency is None


def test_an_amount_below_zero_is_refused(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems, match="less than zero"):
        give(desk, ay, "food", amount=-1)


# --- what it adds up to ---------------------------------------------------------------------------------------------


def test_a_history_is_picked_by_family_and_period_and_added_up(desk: Desk, ay: Person) -> None:
    give(desk, ay, "psychological_session", days=1, minutes=50)
    give(desk, ay, "psychological_session", days=80, minutes=40)
    give(desk, ay, "psychological_session", days=2, minutes=50, outcome="not_held")
    give(desk, ay, "food", days=3, amount=500)
    whole = history_of(desk, ay.id)
    assert (len(whole.services), whole.given, whole.minutes) == (4, 3, 90)
    assert [(one.kind, one.times, one.minutes) for one in whole.kinds] == [
        ("psychological_session", 2, 90),
        ("food", 1, 0),
    ]
    assert [one.amount for one in whole.money] == [500]
    month = history_of(desk, ay.id, families={"psychological"}, first=first_day(desk, "month"))
    assert (len(month.services), month.given, month.minutes, list(month.money)) == (2, 1, 50, [])
    assert first_day(desk, "all") is None
    assert first_day(desk, "quarter") == date(2026, 8, 17)
    assert history_of(desk, ay.id, last=TODAY - 70 * DAY).given == 1


def test_only_who_gives_services_writes_them_down(desk: Desk, ay: Person) -> None:
    one = planned(desk, ay)
    made = give(desk, ay)
    night = seat(desk, Role.NIGHT_WORKER)
    for act in (
        lambda: given_from.give_at_once(night, one),
        lambda: group_sessions.add_group(night, [Attendee(ay.id)], kind="life_skills", given_on=TODAY),
        lambda: services.archive_services(night, [made.id]),
        lambda: help_given.sums_of_person(night, ay.id),
        lambda: help_given.sums_by_project(night, TODAY, TODAY),
        lambda: history_of(night, ay.id),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_summary_counts_amounts_each_money_by_itself(desk: Desk, ay: Person) -> None:
    nur = people.add_person(desk, short_name="Nur")
    give(desk, ay, "food", amount=1250)
    give(desk, nur, "cash_help", amount=10000, days=20)
    give(desk, nur, "cash_help", amount=5000, currency="usd")
    give(desk, nur, "cash_help", amount=7000, outcome="declined")
    rows = summarise(desk, month(TODAY)).rows()
    assert [figure.value for figure in rows["paid"].figures] == [2, 1, 3]
    assert [figure.value for figure in rows["paid.azn"].figures] == [1250, 10000, 11250]
    assert [figure.people for figure in rows["paid.usd"].figures] == [1, 0, 1]
    assert figure_words(rows["paid.azn"].figures[THIS], "money", "en") == "12.50"
    covered = protect(summarise(desk, month(TODAY))).rows()
    shown = [figure.value for row in ("paid.azn", "paid.usd") for figure in covered[row].figures]
    assert set(shown) <= {None, 0}
    assert None in shown


def test_what_a_closed_record_was_given_is_in_no_sum_of_who_is_closed_out(desk: Desk, ay: Person) -> None:
    nur = people.add_person(desk, short_name="Nur")
    give(desk, ay, "food", amount=700)
    give(desk, nur, "food", amount=500)
    mine = seat(desk, Role.SOCIAL_WORKER)
    restrictions.close_to(desk, ay.id, mine.me.id, "Her cousin")
    house_settings.load(mine)
    (found,) = help_given.sums_by_project(mine, TODAY, TODAY)
    assert (found.total.amount, found.people) == (500, 1)
    with pytest.raises(RecordClosed):
        help_given.sums_of_person(mine, ay.id)
    with pytest.raises(RecordClosed):
        history_of(mine, ay.id)
