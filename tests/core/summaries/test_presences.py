"""Days in the house against a model that walks through the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.summaries.movements import NEW, RETURNING, movements
from shelterdesk.summaries.presences import Presence, presences

DAY_ZERO = date(2026, 1, 1)
DAYS = 24
Stay = tuple[str, date, date | None, str | None]


def day(number: int) -> date:
    return DAY_ZERO + timedelta(days=number)


@st.composite
def stays(draw: st.DrawFn) -> list[Stay]:
    """Stays of up to four people in three weeks, overlapping, touching and of no length as chance will have it."""
    found: list[Stay] = []
    for _ in range(draw(st.integers(0, 9))):
        arrived = draw(st.integers(0, DAYS - 1))
        left = draw(st.none() | st.integers(arrived, DAYS))
        reason = None if left is None else draw(st.sampled_from(["own_choice", "plan_reached", None]))
        found.append((draw(st.sampled_from("abcd")), day(arrived), None if left is None else day(left), reason))
    return found


@st.composite
def apart(draw: st.DrawFn) -> list[Stay]:
    """Stays as the program lets them be recorded: those of one person do not overlap."""
    found: list[Stay] = []
    for person in "abcd":
        at = 0
        for _ in range(draw(st.integers(0, 4))):
            at += draw(st.integers(0, 5))
            left = at + draw(st.integers(0, 6))
            found.append((person, day(at), day(left), "own_choice"))
            at = left
        if draw(st.booleans()):
            found.append((person, day(at + 1), None, None))
    return found


spans = st.tuples(st.integers(0, DAYS), st.integers(0, 12)).map(lambda pair: (day(pair[0]), day(sum(pair))))


def asleep(found: list[Stay], night: date) -> set[str]:
    """Return who slept here the night that follows a day, by looking at every stay."""
    return {person for person, arrived, left, _reason in found if arrived <= night and (left is None or left > night)}


@given(stays(), spans)
def test_who_is_here_and_the_nights_are_those_of_the_calendar(found: list[Stay], span: tuple[date, date]) -> None:
    first, last = span
    moves = movements(presences(found), first, last)
    nights = [asleep(found, first + timedelta(days=number)) for number in range((last - first).days + 1)]

    assert sorted(str(event.person) for event in moves.before) == sorted(asleep(found, first - timedelta(days=1)))
    assert sorted(str(event.person) for event in moves.after) == sorted(nights[-1])
    assert sum(moves.nights.values()) == sum(len(night) for night in nights)
    assert set(moves.nights) == set().union(*nights)


@given(stays(), spans)
def test_first_day_and_arrived_less_left_is_the_last_day(found: list[Stay], span: tuple[date, date]) -> None:
    moves = movements(presences(found), *span)
    assert len(moves.before) + len(moves.arrived) - len(moves.left) == len(moves.after)


@given(apart(), spans)
def test_stays_that_lie_apart_count_each(found: list[Stay], span: tuple[date, date]) -> None:
    first, last = span
    moves = movements(presences(found), first, last)
    assert len(moves.arrived) == sum(first <= arrived <= last for _, arrived, _, _ in found)
    assert len(moves.left) == sum(left is not None and first <= left <= last for _, _, left, _ in found)
    seen: set[str] = set()
    new = 0
    for person, arrived, _left, _reason in sorted(found, key=lambda stay: stay[:2]):
        new += first <= arrived <= last and person not in seen
        seen.add(person)
    assert sum(event.code == NEW for event in moves.arrived) == new
    assert sum(event.code == RETURNING for event in moves.arrived) == len(moves.arrived) - new


@given(apart(), st.integers(0, DAYS), st.integers(0, 12), st.integers(0, 12))
def test_neighbouring_periods_meet_and_add_up(found: list[Stay], start: int, length: int, more: int) -> None:
    everybody = presences(found)
    one = movements(everybody, day(start), day(start + length))
    two = movements(everybody, day(start + length + 1), day(start + length + 1 + more))
    both = movements(everybody, day(start), day(start + length + 1 + more))
    assert {event.person for event in one.after} == {event.person for event in two.before}
    assert len(one.arrived) + len(two.arrived) == len(both.arrived)
    assert len(one.left) + len(two.left) == len(both.left)
    assert sum(one.nights.values()) + sum(two.nights.values()) == sum(both.nights.values())


@given(stays())
def test_presences_of_a_person_never_overlap(found: list[Stay]) -> None:
    by_person: dict[str, list[Presence]] = {}
    for one in presences(found):
        by_person.setdefault(str(one.person), []).append(one)
    for theirs in by_person.values():
        for earlier, later in pairwise(theirs):
            assert earlier.left is not None
            assert earlier.left <= later.arrived
            assert later.returning
        assert not theirs[0].returning


def test_somebody_who_leaves_and_comes_back_on_one_day_is_counted_both_times() -> None:
    moves = movements(
        presences([("a", day(2), day(5), "own_choice"), ("a", day(5), None, None)]), first=day(4), last=day(6)
    )
    assert [len(moves.before), len(moves.arrived), len(moves.left), len(moves.after)] == [1, 1, 1, 1]
    assert moves.nights == {"a": 3}


def test_a_visit_within_a_day_is_an_arrival_and_a_leaving_and_no_night() -> None:
    moves = movements(presences([("a", day(5), day(5), None)]), day(5), day(5))
    assert [len(moves.before), len(moves.arrived), len(moves.left), len(moves.after)] == [0, 1, 1, 0]
    assert not moves.nights


def test_in_a_period_that_has_not_begun_nobody_moves() -> None:
    everybody = presences([("a", day(0), None, None), ("b", day(1), day(3), None)])
    moves = movements(everybody, first=day(20), last=day(9))
    assert [len(moves.before), len(moves.arrived), len(moves.left), len(moves.after)] == [1, 0, 0, 1]
    assert not moves.nights


def test_overlapping_stays_of_two_merged_records_end_with_the_later_one() -> None:
    (one,) = presences([("a", day(0), day(4), "own_choice"), ("a", day(2), day(8), "plan_reached")])
    assert (one.arrived, one.left, one.reason) == (day(0), day(8), "plan_reached")
