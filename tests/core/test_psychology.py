"""Psychological work: episodes, goals, sessions that are counted, and scales that were asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shelterdesk import alerts, appointments, episodes, people, screenings, services, stays
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.fields import CLOSED
from shelterdesk.people import Person
from shelterdesk.record_log import log_of
from shelterdesk.schema.base import declared
from tests.core.seats import seat
from tests.desks import TODAY

DAY = timedelta(days=1)
GAD = " ".join(f"{number}=2" for number in range(1, 8))
PHQ = " ".join(f"{number}=1" for number in range(1, 10)) + " difficulty=0"


@pytest.fixture
def ay(desk: Desk) -> Person:
    person = people.add_person(desk, short_name="Ay")
    stays.add_stay(desk, person.id, arrived_on=TODAY - 90 * DAY)
    return person


def test_an_episode_begins_today_and_ends_with_how(desk: Desk, ay: Person) -> None:
    one = episodes.record_episode(desk, ay.id, about="Sleeps four hours")
    assert (one.begun_on, one.member_id, one.is_open) == (TODAY, desk.me.id, True)
    with pytest.raises(Problems) as found:
        episodes.change_episode(desk, one, ended_on=TODAY)
    assert found.value.problems[0].field == "episode.how_ended"
    with pytest.raises(Problems):
        episodes.change_episode(desk, one, ended_on=TODAY - DAY, how_ended="agreed")
    ended = episodes.change_episode(desk, one, how_ended="goals_reached", ended_on=None)
    assert (ended.ended_on, ended.is_open) == (TODAY, False)
    with pytest.raises(StaleRecord):
        episodes.change_episode(desk, one, about="Later")


def test_an_ending_without_a_day_ends_today(desk: Desk, ay: Person) -> None:
    one = episodes.record_episode(desk, ay.id, begun_on=TODAY - DAY)
    ended = episodes.change_episode(desk, one, how_ended="agreed")
    assert (ended.ended_on, ended.is_open) == (TODAY, False)


def test_what_goes_on_stands_first(desk: Desk, ay: Person) -> None:
    newest = episodes.record_episode(desk, ay.id, begun_on=TODAY - 5 * DAY, ended_on=TODAY, how_ended="left")
    going_on = episodes.record_episode(desk, ay.id, begun_on=TODAY - 50 * DAY)
    assert [one.id for one in episodes.episodes_of(desk, ay.id)] == [going_on.id, newest.id]
    episodes.archive_episode(desk, going_on.id)
    assert [one.id for one in episodes.episodes_of(desk, ay.id)] == [newest.id]
    episodes.archive_episode(desk, going_on.id, archived=False)
    assert len(episodes.episodes_of(desk, ay.id)) == 2


def test_goals_have_words_and_a_state_with_its_day(desk: Desk, ay: Person) -> None:
    one = episodes.record_episode(desk, ay.id, begun_on=TODAY - 30 * DAY)
    goal = episodes.add_goal(desk, one, words="Sleep through", state_on=TODAY - 30 * DAY)
    assert (goal.state, goal.episode_id, goal.person_id) == ("open", one.id, ay.id)
    reached = episodes.change_goal(desk, goal, state="reached")
    assert reached.state_on == TODAY
    with pytest.raises(Problems):
        episodes.add_goal(desk, one, words=" ")
    episodes.archive_goal(desk, goal.id)
    assert episodes.goals_of(desk, ay.id) == []


def test_sessions_are_counted_between_the_days(desk: Desk, ay: Person) -> None:
    first = episodes.record_episode(
        desk, ay.id, begun_on=TODAY - 60 * DAY, ended_on=TODAY - 31 * DAY, how_ended="agreed"
    )
    second = episodes.record_episode(desk, ay.id, begun_on=TODAY - 30 * DAY)

    def given(ago: int, kind: str = "psychological_session", outcome: str = "took_place") -> None:
        services.add_service(desk, ay.id, kind=kind, given_on=TODAY - ago * DAY, outcome=outcome)

    for ago in (70, 60, 31, 30, 2):
        given(ago)
    given(3, "social_talk")
    given(4, outcome="declined")
    given(5, "psychological_group")
    taken_off = services.add_service(desk, ay.id, kind="psychological_session", given_on=TODAY, outcome="took_place")
    services.archive_service(desk, taken_off.id)
    missed = appointments.add_appointment(desk, ay.id, kind="session", on=TODAY - 6 * DAY)
    appointments.mark(desk, [missed], "not_attended")
    appointments.add_appointment(desk, ay.id, kind="session", on=TODAY + 3 * DAY)
    appointments.add_appointment(desk, ay.id, kind="other", service_kind="creative_session", on=TODAY + 2 * DAY)
    appointments.add_appointment(desk, ay.id, kind="session", service_kind="social_talk", on=TODAY + DAY)
    found = episodes.sessions_of(desk, episodes.episodes_of(desk, ay.id))
    assert (found[first.id].given, found[first.id].planned, found[first.id].last_on) == (2, 0, TODAY - 31 * DAY)
    assert (found[second.id].given, found[second.id].planned, found[second.id].missed) == (3, 2, 1)
    assert (found[second.id].next_on, found[second.id].last_on) == (TODAY + 2 * DAY, TODAY - 2 * DAY)


def test_a_scale_is_kept_with_its_total(desk: Desk, ay: Person) -> None:
    screenings.record_screening(desk, ay.id, scale="gad7", answers=GAD, words="Worse at night")
    (score,) = screenings.scores_of(desk, ay.id)
    assert (score.total, score.band_words(), score.closed) == (14, "Moderate", False)
    assert score.answers["7"] == 2
    changed = screenings.change_screening(desk, score.screening, answers=GAD.replace("7=2", "7=-"))
    assert changed.total is None
    assert screenings.scores_of(desk, ay.id)[0].band_words() == ""
    screenings.archive_screening(desk, changed.id)
    assert screenings.scores_of(desk, ay.id) == []


def test_a_scale_that_is_partly_answered_says_which_questions_wait(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems) as found:
        screenings.record_screening(desk, ay.id, scale="gad7", answers="1=2 3=0")
    (problem,) = found.value.problems
    assert problem.field == "screening.answers"
    assert "2, 4, 5, 6, 7" in problem.text("en")
    for answers in ("1=9 2=0", "x=1", "nonsense"):
        with pytest.raises(Problems):
            screenings.record_screening(desk, ay.id, scale="gad7", answers=answers)
    with pytest.raises(Problems):
        screenings.record_screening(desk, ay.id, scale="other", answers="1=1")
    assert screenings.screenings_of(desk, ay.id) == []


def test_a_total_from_other_papers_may_stand_alone(desk: Desk, ay: Person) -> None:
    screenings.record_screening(desk, ay.id, scale="phq9", total=21, held_on=TODAY - 9 * DAY)
    (score,) = screenings.scores_of(desk, ay.id)
    assert (score.total, score.band_words(), dict(score.answers)) == (21, "Severe", {})


def test_a_total_that_the_scale_cannot_reach_is_refused(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems) as found:
        screenings.record_screening(desk, ay.id, scale="phq9", total=28)
    assert found.value.problems[0].field == "screening.total"
    assert screenings.scores_of(desk, ay.id) == []


def test_answers_that_are_taken_back_leave_the_total_there_was(desk: Desk, ay: Person) -> None:
    one = screenings.record_screening(desk, ay.id, scale="phq9", total=20)
    answered = screenings.change_screening(desk, one, answers=PHQ)
    assert answered.total == 9
    back = screenings.change_screening(desk, answered, answers=None, total=20)
    assert (back.answers, back.total) == (None, 20)


def test_a_flag_is_raised_in_the_same_write_and_says_nothing(desk: Desk, ay: Person) -> None:
    screenings.record_screening(
        desk, ay.id, scale="phq9", answers=PHQ, flags=["may_harm_herself"], flag_words="Look in at night"
    )
    (alert,) = alerts.alerts_of(seat(desk, Role.NIGHT_WORKER), ay.id)
    assert (alert.kind, alert.words) == ("may_harm_herself", "Look in at night")


def test_the_colleague_without_the_key_reads_days_only(desk: Desk, ay: Person) -> None:
    one = episodes.record_episode(desk, ay.id, about="Sleeps four hours", scales=frozenset({"phq9"}))
    episodes.add_goal(desk, one, words="Sleep through")
    screenings.record_screening(desk, ay.id, scale="phq9", answers=PHQ, words="She cried")
    director = seat(desk, Role.DIRECTOR)
    (hers,) = episodes.episodes_of(director, ay.id)
    assert hers.begun_on == TODAY
    (score,) = screenings.scores_of(director, ay.id)
    assert (score.closed, score.total, dict(score.answers), score.band_words()) == (True, None, {}, "")
    closed = [
        declared(type(record), attribute).read(record)
        for record, attribute in (
            (hers, "about"), (score.screening, "answers"), (score.screening, "total"), (score.screening, "words"),
            (episodes.goals_of(director, ay.id)[0], "words"),
        )
    ]  # fmt: skip
    assert closed == [CLOSED] * 5
    told = [line for row in log_of(director, ay.id) for line in row.fields]
    said = " ".join(f"{line.before} {line.after}" for line in told)
    assert not any(words in said for words in ("Sleep", "cried", "1=1"))


def test_who_may_not_write_writes_nothing(desk: Desk, ay: Person) -> None:
    one = episodes.record_episode(desk, ay.id)
    for role in (Role.DIRECTOR, Role.SOCIAL_WORKER, Role.NURSE):
        other = seat(desk, role)
        for act in (
            lambda other=other: episodes.record_episode(other, ay.id),
            lambda other=other: episodes.change_episode(other, one, ended_on=TODAY, how_ended="left"),
            lambda other=other: episodes.add_goal(other, one, words="x"),
            lambda other=other: screenings.record_screening(other, ay.id, scale="gad7", answers=GAD),
            lambda other=other: screenings.record_screening(other, ay.id, scale="gad7", total=3),
        ):
            with pytest.raises(NotAllowed):
                act()
    hers = seat(desk, Role.PSYCHOLOGIST)
    assert episodes.change_episode(hers, one, about="By the psychologist").about == "By the psychologist"
