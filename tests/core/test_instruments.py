"""Screening scales: those the program brings, how totals are counted, and files that are hostile or wrong."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from shelterdesk import instruments, own_choices, scales, vocab
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.instrument_files import LARGEST_FILE, WrongInstrument, read_instrument
from shelterdesk.instruments import Instrument, read_answers, said, spell
from shelterdesk.paths import resources
from tests.core.seats import seat

OURS: dict[str, Any] = {
    "format": 1,
    "id": "calm",
    "version": "1",
    "title": {"en": "Calm", "az": "Sakitlik"},
    "about": "How calm the days are",
    "period": "The last week",
    "answers": [{"score": 0, "text": "Never"}, {"score": 1, "text": "Often"}],
    "items": [{"id": "a", "text": "I slept"}, {"id": "b", "text": "I ate"}],
    "bands": [{"from": 0, "text": "Little"}, {"from": 2, "text": "Much"}],
    "licence": "Ours",
    "source": "Written in the house",
    "who": "Anybody here",
}


def filed(changes: dict[str, Any] | None = None) -> bytes:
    return json.dumps(OURS | (changes or {})).encode()


def brought(name: str) -> Instrument:
    return read_instrument((resources() / "instruments" / f"{name}.json").read_bytes())


def wrong(data: bytes) -> list[str]:
    with pytest.raises(Problems) as found:
        read_instrument(data)
    return [problem.text("en") for problem in found.value.problems]


# --- the scales that are brought ----------------------------------------------------------------------------------


def test_every_file_that_is_brought_is_offered_and_says_where_it_is_from(desk: Desk) -> None:
    files = {path.stem for path in (resources() / "instruments").glob("*.json")}
    assert files == set(scales.BROUGHT) == {code.code for code in vocab.SCREENING_SCALES} - {"other"}
    for scale in scales.offered(desk):
        one = scale.instrument
        assert one.id == scale.code
        assert one.source.startswith("https://")
        assert "No permission required" in one.licence or "public domain" in one.licence
        assert "no diagnosis" in said(one.who)
        assert scale.title() in vocab.SCREENING_SCALES.label(scale.code)


@pytest.mark.parametrize(
    ("name", "highest", "questions", "cuts"),
    [
        ("phq9", 27, 10, [0, 5, 10, 15, 20]),
        ("gad7", 21, 7, [0, 5, 10, 15]),
        ("pcptsd5", 5, 6, [0, 3, 4]),
        ("pcl5", 80, 20, [0, 31]),
    ],
)
def test_scores_and_cut_points_are_those_that_were_published(
    name: str, highest: int, questions: int, cuts: list[int]
) -> None:
    one = brought(name)
    assert (one.highest, len(one.items), [band.start for band in one.bands]) == (highest, questions, cuts)


def test_the_question_beside_phq_9_adds_nothing_and_the_ninth_thinks_of_a_flag() -> None:
    one = brought("phq9")
    answers: dict[str, int | None] = {str(number): 1 for number in range(1, 10)} | {"difficulty": 3}
    assert one.total(answers) == 9
    band = one.band(9)
    assert band is not None
    assert said(band.words) == "Mild"
    assert one.flags(answers) == ("may_harm_herself",)
    assert one.flags(answers | {"9": 0}) == ()
    assert one.flags(answers | {"9": None}) == ()


def test_pc_ptsd_5_ends_where_nothing_of_the_kind_happened() -> None:
    one = brought("pcptsd5")
    assert [item.id for item in one.missing({})] == ["event", "1", "2", "3", "4", "5"]
    assert one.missing({"event": 0}) == ()
    assert one.total({"event": 0}) == 0
    assert one.total({"event": 0, "1": 1}) == 0, "what is no longer asked adds nothing"
    assert [item.id for item in one.missing({"event": 1, "1": 1})] == ["2", "3", "4", "5"]
    assert one.total({"event": 1} | {str(number): 1 for number in range(1, 6)}) == 5


def test_an_answer_she_prefers_not_to_give_leaves_no_total() -> None:
    one = brought("gad7")
    answers: dict[str, int | None] = {str(number): 2 for number in range(1, 7)} | {"7": None}
    assert one.missing(answers) == ()
    assert one.total(answers) is None
    assert spell(one, answers) == "1=2 2=2 3=2 4=2 5=2 6=2 7=-"
    assert read_answers(spell(one, answers)) == answers
    assert instruments.answer_words(one.items[6], None) == "Prefers not to say"


@pytest.mark.parametrize("spelled", ["", "1", "1=", "1=2;2=3", "A=1", "1=2  2=3", "1=2222", "1=2\n"])
def test_what_is_spelled_otherwise_holds_no_answers(spelled: str) -> None:
    assert read_answers(spelled) == {}


# --- files --------------------------------------------------------------------------------------------------------


def test_a_file_of_the_shelter_is_read() -> None:
    one = read_instrument(filed())
    assert (said(one.title, "az"), said(one.title, "ru"), one.languages) == ("Sakitlik", "Calm", ("en",))


def test_the_file_shown_in_the_help_is_a_scale() -> None:
    page = (resources() / "help" / "en" / "psychology.md").read_text(encoding="utf-8")
    shown = "".join(line for line in page.splitlines() if line.startswith("    "))
    assert read_instrument(shown.encode()).highest == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"{",
        b'{"format": 1, "format": 1}',
        b'{"format": 2}',
        b'{"format": true}',
        filed({"format": 1.0}),
        b'{"format": 1, "id": NaN}',
        b"[" * 50_000,
        b'{"format": 1, "x": ' + b"[" * 100_000 + b"}",
        b" " * (LARGEST_FILE + 1),
    ],
    ids=lambda data: data[:12].decode("latin-1"),
)
def test_what_is_no_scale_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(WrongInstrument) as found:
        read_instrument(data)
    assert "Nothing was taken" in found.value.text("en")


@pytest.mark.parametrize(
    ("path", "value", "said_so"),
    [
        (("colour",), "red", "colour: is not known here"),
        (("title",), None, "title: is missing"),
        (("title",), {"xx": "Calm"}, "title.xx: is not known here"),
        (("title",), "x" * 121, "title: is too long: at most 120 characters"),
        (("title",), "Calm\u202e", "title: holds signs that cannot be shown"),
        (("title",), {"en": "Calm", "az": "Sa\u2028kit"}, "title.az: holds signs that cannot be shown"),
        (("version",), "1\u2029", "version: holds signs that cannot be shown"),
        (("items", 0, "text"), "I\nslept", "items[1].text: holds signs that cannot be shown"),
        (("items", 1, "intro"), {"ru": "\u0085x"}, "items[2].intro.ru: holds signs that cannot be shown"),
        (("answers", 0, "text"), "Ne\x00ver", "answers[1].text: holds signs that cannot be shown"),
        (("bands", 1, "text"), "Mu\u2028ch", "bands[2].text: holds signs that cannot be shown"),
        (("about",), ["a"], "about: has to be words, or words by language (az, en, ru), and none may be empty"),
        (("id",), "../calm", "id: has to be 1 to 20 small letters, digits or _"),
        (("items",), [], "items: has to be a list with 1 to 100 entries"),
        (("items",), [OURS["items"][0]] * 101, "items: has to be a list with 1 to 100 entries"),
        (("items", 0), "I slept", "items[1]: has to be a group of named values"),
        (("items", 0, "id"), "b", "items[2].id: stands there twice"),
        (("items", 0, "counts"), "no", "items[1].counts: has to be true or false"),
        (("items", 0, "ends_with"), [7], "items[1].ends_with[1]: is no answer to this question"),
        (("items", 0, "flag"), {"kind": "pregnant", "from": 1}, "items[1].flag.kind: is no flag: looked_for"),
        (("items", 0, "flag"), {"kind": "may_harm_herself", "from": 9}, "items[1].flag.from: is no answer"),
        (("answers", 1, "score"), 0, "answers[2].score: stands there twice"),
        (("answers", 1, "score"), 1.5, "answers[2].score: has to be a whole number from 0 to 100"),
        (("answers", 1, "score"), True, "answers[2].score: has to be a whole number from 0 to 100"),
        (("answers", 1, "score"), -1, "answers[2].score: has to be a whole number from 0 to 100"),
        (("bands", 0, "from"), 1, "bands[1].from: the first band has to begin at 0"),
        (("bands", 1, "from"), 0, "bands[2].from: has to be higher than the one before"),
        (("bands", 1, "from"), 3, "bands[2].from: is higher than any total can be (2)"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(path: tuple[str | int, ...], value: Any, said_so: str) -> None:
    found = copy.deepcopy(OURS)
    inside: Any = found
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    told = wrong(json.dumps(found).encode())
    assert any(one.startswith(said_so) for one in told), told


def test_several_mistakes_are_told_at_once_and_not_too_many() -> None:
    told = wrong(filed({"title": None, "about": None, "period": None}))
    assert told == ["title: is missing", "about: is missing", "period: is missing"]
    assert len(wrong(b'{"format": 1}')) == 6


def test_questions_in_no_common_language_are_refused() -> None:
    mixed = [{"id": "a", "text": {"az": "x"}}, {"id": "b", "text": {"ru": "y"}}]
    assert wrong(filed({"items": mixed})) == ["items: the questions do not all stand in one and the same language"]
    beside = [{"id": "a", "text": "x", "counts": False}]
    assert "items: no question counts, so there is no total" in wrong(
        filed({"items": beside, "bands": OURS["bands"][:1]})
    )


# --- scales of the shelter ----------------------------------------------------------------------------------------


def test_a_psychologist_loads_a_scale_and_takes_it_out_of_use(desk: Desk) -> None:
    hers = seat(desk, Role.PSYCHOLOGIST)
    made = scales.load_scale(hers, filed())
    assert made.code == "other.own_1"
    assert [one.code for one in scales.offered(hers)][-1] == made.code
    label = hers.choices(vocab.SCREENING_SCALES).label(made.code)
    assert label == "Calm, version 1"
    with pytest.raises(Problems):
        scales.load_scale(hers, filed())
    newer = scales.load_scale(hers, filed({"version": "2"}))
    assert newer.code == "other.own_2"
    scales.use_scale(hers, made.code, in_use=False)
    assert made.code not in [one.code for one in scales.offered(hers)]
    assert hers.choices(vocab.SCREENING_SCALES).label(made.code) == label, "it stays readable"
    scales.use_scale(hers, made.code, in_use=True)
    scales.use_scale(hers, "pcl5", in_use=False)
    assert [one.code for one in scales.every_scale(hers) if not one.in_use] == ["pcl5"]
    assert vocab.SCREENING_SCALES.name not in {codes.name for codes in own_choices.open_lists(hers)}


def test_who_neither_changes_settings_nor_holds_the_key_loads_nothing(desk: Desk) -> None:
    for role in (Role.SOCIAL_WORKER, Role.LAWYER, Role.RECEPTION):
        with pytest.raises(NotAllowed):
            scales.load_scale(seat(desk, role), filed())
    assert scales.may_load(seat(desk, Role.DIRECTOR))


def test_the_title_of_a_scale_of_the_program_is_left_to_it(desk: Desk) -> None:
    for title, place in (("phq  9", "title"), ({"en": "Calm", "az": "PHQ9"}, "title.az")):
        with pytest.raises(Problems) as found:
            scales.load_scale(desk, filed({"title": title}))
        (problem,) = found.value.problems
        assert problem.text("en").startswith(f"{place}: is the title of a scale that comes with the program: «")
        assert "another title" in problem.text("en")
        assert "the id phq9" in problem.text("en")
    assert [one.code for one in scales.every_scale(desk)] == list(scales.BROUGHT)
    translated = scales.load_scale(desk, filed({"id": "phq9", "title": {"az": "PHQ-9"}}))
    assert translated.title() == "PHQ-9"


def test_a_wrong_file_changes_nothing(desk: Desk) -> None:
    for data in (b"{", filed({"items": []})):
        with pytest.raises((Problems, WrongInstrument)):
            scales.load_scale(desk, data)
    assert [one.code for one in scales.every_scale(desk)] == list(scales.BROUGHT)
