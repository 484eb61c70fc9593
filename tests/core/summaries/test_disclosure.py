from __future__ import annotations

import random
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from attacker import Attacker
from houses import KINDS, REASONS, SEXES, STATUSES, Line, Month, Someone, assemble, summary_of

from shelterdesk.summaries.disclosure import Covered, covered, months_needed, protect
from shelterdesk.summaries.period import month, quarter, year
from shelterdesk.summaries.table import PREVIOUS, SINCE_JANUARY, THIS, ChartLine, ChartPoint, Figure, Summary

OCTOBER = month(date(2026, 10, 1))
# A house does not shrink in a reasonable time; the failing one is printed as it is.
SEVERAL = settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
people = st.builds(Someone, st.sampled_from(SEXES), st.sampled_from(STATUSES), st.booleans(), st.sampled_from(REASONS))


@st.composite
def houses(draw: st.DrawFn, passed: int, largest: int = 24) -> list[Month]:
    """A December and the months after it."""
    here = draw(st.lists(people, max_size=largest))
    months: list[Month] = []
    for _ in range(passed + 1):
        arrived = draw(st.lists(people, max_size=8))
        order = draw(st.permutations(range(len(here) + len(arrived))))
        rest = [*here, *arrived]
        left = [rest[place] for place in order[: draw(st.integers(0, min(8, len(rest))))]]
        served = {kind: draw(st.integers(0, 9)) for kind in KINDS}
        happened = Month(
            first=here,
            arrived=arrived,
            left=left,
            visitors=draw(st.lists(people, max_size=6)),
            sessions={kind: (3 * number, number) for kind, number in served.items()},
            nights=30 * len(here) + 7 * len(arrived),
        )
        months.append(happened)
        here = happened.last
    return months


def reports(months: list[Month], *, with_year: bool) -> tuple[list[Summary], list[Summary]]:
    exact = [summary_of(months, number) for number in range(1, len(months))]
    return exact, [protect(one, exact[:index] if with_year else ()) for index, one in enumerate(exact)]


def words(summary: Summary, row: str) -> tuple[str, ...]:
    return tuple(figure.cover for figure in summary.rows()[row].figures)


@pytest.mark.long
@SEVERAL
@given(houses(4))
def test_the_reports_of_a_year_together_pin_nobody(months: list[Month]) -> None:
    exact, protected = reports(months, with_year=True)
    reader = Attacker()
    for one, file in zip(exact, protected, strict=True):
        reader.read(one, file)
    reader.add_up_years(protected)
    assert reader.pinned() == []


@SEVERAL
@given(houses(3))
def test_reports_made_without_the_year_pin_nobody_in_a_month(months: list[Month]) -> None:
    exact, protected = reports(months, with_year=False)
    reader = Attacker()
    for one, file in zip(exact, protected, strict=True):
        reader.read(one, file)
    reader.add_up_years(protected)
    # March is hidden altogether since January then, also where it is no secret.
    march = (exact[-1].since_january.first, exact[-1].since_january.last)
    assert [found for found in reader.pinned() if found[0][1] != march] == []


@pytest.mark.parametrize("seed", [pytest.param(0, marks=pytest.mark.long), 1])
def test_each_number_promised_possible_has_a_whole_world(seed: int) -> None:
    """Exact search, not only bounds; in houses so small that it comes to an end."""
    chance = random.Random(seed)

    def some(most: int) -> list[Someone]:
        return [Someone(chance.choice(SEXES), "none", False, "planned") for _ in range(chance.randint(0, most))]

    here = some(14)
    months: list[Month] = []
    for _ in range(3):
        arrived = some(4)
        rest = [*here, *arrived]
        left = chance.sample(rest, min(len(rest), chance.randint(0, 4)))
        months.append(Month(here, arrived, left, some(3), {"legal": (9, 3), "health": (20, 8)}, 300))
        here = months[-1].last
    exact, protected = reports(months, with_year=True)
    reader = Attacker()
    for one, file in zip(exact, protected, strict=True):
        reader.read(one, file)
    reader.add_up_years(protected)
    assert reader.hidden
    assert reader.pinned(exactly=True) == []


@SEVERAL
@given(houses(2))
def test_every_few_is_covered_and_the_words_are_true(months: list[Month]) -> None:
    exact, protected = reports(months, with_year=True)
    for one, file in zip(exact, protected, strict=True):
        for row in one.rows().values():
            for plain, told in zip(row.figures, file.rows()[row.id].figures, strict=True):
                assert plain.value is not None
                assert plain.people is not None
                if 0 < plain.people < 5:
                    assert told.value is None
                if told.value is None:
                    assert told.cover in {"<5", "hidden"}
                    assert told.people is None
                else:
                    assert told.value == plain.value
                if told.cover == "<5":
                    assert row.unit == "people"
                    assert 0 < plain.value < 5


@SEVERAL
@given(houses(2))
def test_a_month_is_covered_alike_in_every_report(months: list[Month]) -> None:
    _, (january, february) = reports(months, with_year=True)
    for row in january.rows():
        assert words(january, row)[THIS] == words(february, row)[PREVIOUS], row


@SEVERAL
@given(houses(2))
def test_protecting_is_repeatable_and_protecting_twice_changes_nothing(months: list[Month]) -> None:
    exact = summary_of(months, 2)
    once = protect(exact)
    assert once.protected
    assert protect(exact) == once
    assert protect(once) == once
    assert protect(once) is once


def test_nothing_is_hidden_where_all_counts_are_zero_or_five_and_more() -> None:
    columns = [
        {"here_first": 20, "here_first.women": 15, "here_first.men": 5, "here_first.boys": 0},
        {"here_first": 21, "here_first.women": 10, "here_first.men": 11, "here_first.boys": 0},
        {"here_first": 12, "here_first.women": 5, "here_first.men": 7, "here_first.boys": 0},
    ]
    exact = assemble(OCTOBER, [{row: (number, number) for row, number in column.items()} for column in columns])
    protected = protect(exact, quiet_months(exact))
    assert [row.figures[0].value for row in protected.rows().values()] == [20, 15, 5, 0]
    assert all(words(protected, row) == ("", "", "") for row in protected.rows())
    assert covered(exact, protected) == ()


def test_figures_told_keep_their_value_when_the_house_is_large() -> None:
    quiet = [Someone(sex, status, True, "planned") for sex in SEXES for status in STATUSES for _ in range(5)]
    months = [Month(quiet, sessions=dict.fromkeys(KINDS, (80, 40)), nights=1800) for _ in range(3)]
    exact = summary_of(months, 2)
    protected = protect(exact)  # January and February are told, so there is nothing else to know
    for row in exact.rows().values():
        assert [one.value for one in protected.rows()[row.id].figures] == [one.value for one in row.figures]


def october() -> Summary:
    """A house of ten in October, where four arrive, three leave and three are served from outside."""
    numbers: dict[str, tuple[int, int, int]] = {
        "here_first": (10, 12, 9),
        "arrived": (4, 5, 36),
        "left": (3, 7, 34),
        "here_last": (11, 10, 11),
        "supported": (17, 19, 49),
        "supported.stayed": (14, 17, 43),
        "supported.not_stayed": (3, 2, 6),
    }
    columns = [{row: (three[at], three[at]) for row, three in numbers.items()} for at in range(3)]
    given_out = {
        "bed_nights": ((318, 14), (295, 17), (3012, 43)),
        "psychological": ((64, 12), (58, 13), (602, 40)),
        "social": ((41, 14), (44, 15), (431, 44)),
        "health": ((31, 11), (28, 10), (297, 38)),
        "legal": ((22, 7), (17, 6), (204, 31)),
        "interpreting": ((9, 3), (12, 5), (118, 14)),
        "milestones": ((27, 9), (22, 8), (231, 30)),
        "work": ((5, 5), (6, 6), (34, 28)),
    }
    for at, column in enumerate(columns):
        column.update({row: three[at] for row, three in given_out.items()})
    known = [
        Line("here_first", "people", flow=False),
        Line("arrived", "people"),
        Line("left", "people"),
        Line("here_last", "people", flow=False),
        Line("bed_nights", "nights", people_as="supported.stayed"),
        Line("supported", "people", flow=False),
        Line("supported.stayed", "people", "supported", "stay", flow=False),
        Line("supported.not_stayed", "people", "supported", "stay", flow=False),
        *(Line(row, "sessions") for row in given_out if row != "bed_nights"),
    ]
    return assemble(OCTOBER, columns, known)


def quiet_months(summary: Summary) -> list[Summary]:
    """Return months with nothing to hide for those *summary* does not tell."""
    found: list[Summary] = []
    for period in months_needed(summary):
        sections = tuple(
            replace(section, rows=tuple(replace(row, figures=(Figure(50, 20),) * 3) for row in section.rows))
            for section in summary.sections
        )
        found.append(replace(summary, period=period, previous=period.previous(), sections=sections, series=()))
    return found


def test_the_months_needed_are_those_the_columns_do_not_tell() -> None:
    assert [period.id for period in months_needed(october())] == [f"2026-0{number}" for number in range(1, 9)]
    third = quarter(date(2026, 8, 1))
    summary = replace(october(), period=third, previous=third.previous(), since_january=third.since_january())
    assert [period.id for period in months_needed(summary)] == [f"2026-0{number}" for number in range(1, 10)]


def test_months_to_come_are_not_needed() -> None:
    whole = year(date(2026, 10, 1))
    running = replace(
        october(),
        period=whole,
        previous=whole.previous(),
        since_january=whole.since_january(),
        until=date(2026, 3, 9),
    )
    assert [period.id for period in months_needed(running)][-3:] == ["2026-01", "2026-02", "2026-03"]
    protected = protect(running, quiet_months(running))
    assert words(protected, "milestones") == ("", "", "")


def test_without_its_months_a_longer_column_tells_nothing_but_its_first_and_last_day() -> None:
    exact = october()
    protected = protect(exact, quiet_months(exact)[1:])
    told = [row for row in protected.rows() if not words(protected, row)[SINCE_JANUARY]]
    assert told == ["here_first", "here_last"]


def test_the_october_of_a_small_house() -> None:
    exact = october()
    protected = protect(exact, quiet_months(exact))
    on_the_page = set(exact.rows()) - {"supported.stayed"}
    assert covered(exact, protected, on_the_page) == (
        # 10 and 11 are told, so «<5» twice would leave 2–4 and 1–3.
        Covered(THIS, "arrived", "arrived", "hidden"),
        Covered(THIS, "left", "left", "hidden"),
        # 14 people with nights would be 10 + 4, and 17 − 3.
        Covered(THIS, "bed_nights", "bed_nights", "hidden", only_people=True),
        Covered(THIS, "supported.not_stayed", "supported.not_stayed", "<5"),
        Covered(THIS, "interpreting", "interpreting", "hidden"),
        Covered(PREVIOUS, "", "", "hidden", 3),
        Covered(SINCE_JANUARY, "", "", "hidden", 4),
    )
    assert words(protected, "supported.stayed") == ("hidden", "hidden", "hidden")
    assert protected.rows()["bed_nights"].figures[THIS] == Figure(318, None, people_cover="hidden")
    reader = Attacker()
    reader.read(exact, protected)
    assert reader.pinned(exactly=True) == []


def sums(parts: dict[str, int], total: str = "here_first") -> Summary:
    column = {total: (sum(parts.values()), sum(parts.values()))}
    column |= {f"{total}.{part}": (number, number) for part, number in parts.items()}
    return assemble(OCTOBER, [column, column, column])


def test_a_single_hidden_part_takes_the_smallest_other_part_with_it() -> None:
    protected = protect(sums({"women": 20, "men": 9, "girls": 3, "boys": 0}))
    assert [words(protected, f"here_first.{sex}")[THIS] for sex in SEXES] == ["", "hidden", "<5", ""]
    assert words(protected, "here_first")[THIS] == ""


def test_no_word_tells_what_the_number_beside_it_hides() -> None:
    """One woman and five men of six: «<5» beside «hidden» could only be 1 and 5."""
    protected = protect(sums({"women": 1, "men": 5}))
    assert [words(protected, f"here_first.{sex}")[THIS] for sex in ("women", "men")] == ["hidden", "hidden"]


def test_one_arrival_and_nobody_leaving_hides_the_zero_as_well() -> None:
    column = {row: (number, number) for row, number in (("here_first", 10), ("arrived", 1), ("left", 0))}
    column["here_last"] = (11, 11)
    protected = protect(assemble(OCTOBER, [column, column, column]))
    assert words(protected, "arrived")[THIS] == words(protected, "left")[THIS] == "hidden"


def test_five_stays_of_four_people_are_hidden_but_not_called_fewer_than_five() -> None:
    column = {"referrals": (5, 4), "arrived": (5, 4)}
    known = [Line("referrals", "count"), Line("arrived", "people")]
    protected = protect(assemble(OCTOBER, [column, column, column], known))
    assert words(protected, "referrals")[THIS] == words(protected, "arrived")[THIS] == "hidden"


def test_a_row_hidden_in_spring_stays_hidden_since_january() -> None:
    sessions = [(20, 8), (20, 8), (6, 2), (20, 8), (20, 8)]
    months = [Month(sessions={"legal": one, "health": (30, 9)}) for one in sessions]
    exact, protected = reports(months, with_year=True)
    assert words(protected[0], "services.legal") == ("", "", "")
    assert words(protected[-1], "services.legal") == ("", "", "hidden")
    assert words(protected[-1], "services") == ("", "", "")
    with pytest.raises(ValueError, match="exact"):
        protect(exact[-1], protected[:-1])


def test_what_is_worked_out_from_a_hidden_figure_is_hidden_and_so_is_its_point_in_a_chart() -> None:
    column = {"bed_nights": (60, 3), "beds_used": (2, 3)}
    full = {"bed_nights": (300, 12), "beds_used": (10, 12)}
    known = [Line("bed_nights", "nights"), Line("beds_used", "count", same_as="bed_nights", flow=False)]
    june = month(date(2026, 6, 1))
    line = ChartLine(
        "line",
        "Beds used",
        "count",
        (
            ChartPoint(june, Figure(1, 2)),
            ChartPoint(month(date(2026, 7, 1)), Figure(9, 11)),
            ChartPoint(OCTOBER.previous(), Figure(10, 12), ("beds_used", PREVIOUS)),
            ChartPoint(OCTOBER, Figure(2, 3), ("beds_used", THIS)),
        ),
        flow_row="bed_nights",
    )
    exact = replace(assemble(OCTOBER, [column, full, full], known), series=(line,))
    protected = protect(exact, quiet_months(exact))
    assert words(protected, "beds_used") == words(protected, "bed_nights") == ("hidden", "", "hidden")
    drawn = protected.series[0]
    assert isinstance(drawn, ChartLine)
    assert [point.figure.value for point in drawn.points] == [None, 9, 10, None]
    assert all(point.figure.people is None for point in drawn.points)
