"""Beds of the house by day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from shelterdesk.summaries.capacity import Capacity

BAKU = ZoneInfo("Asia/Baku")


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def test_beds_of_the_first_day_count_for_all_earlier_days() -> None:
    beds = Capacity.of([("A", moment(2026, 5, 3), None, None), ("A", moment(2026, 5, 3, 9), None, None)], BAKU)
    assert beds.on(date(2020, 1, 1)) == 2
    assert beds.nights(date(2026, 1, 1), date(2026, 1, 31)) == 62


def test_later_beds_count_from_their_day_and_given_up_ones_until_theirs() -> None:
    beds = Capacity.of(
        [
            ("A", moment(2026, 5, 3), None, None),
            ("A", moment(2026, 10, 10, 21), None, None),  # already the 11th in Baku
            ("A", moment(2026, 5, 3), moment(2026, 10, 21, 6), None),
            ("A", moment(2026, 5, 3), None, moment(2026, 10, 2, 6)),
        ],
        BAKU,
    )
    assert [beds.on(date(2026, 10, number)) for number in (1, 2, 10, 11, 20, 21)] == [3, 2, 2, 3, 3, 2]
    assert beds.nights(date(2026, 10, 1), date(2026, 10, 31)) == 31 + 21 + 20 + 1


def test_each_site_is_founded_on_its_own_day() -> None:
    beds = Capacity.of([("A", moment(2026, 5, 3), None, None), ("B", moment(2026, 9, 3), None, None)], BAKU)
    assert beds.on(date(2026, 1, 1)) == 2


def test_a_span_that_has_not_begun_offers_nothing() -> None:
    beds = Capacity.of([("A", moment(2026, 5, 3), None, None)], BAKU)
    assert beds.nights(date(2026, 12, 1), date(2026, 11, 17)) == 0
