from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.folding import (
    ALIKE,
    fold,
    key_similarity,
    matches,
    name_key,
    search_text,
    similarity,
    sort_key,
    sounds,
)

LETTERS = st.text(alphabet="abcçdeəfgğhxıijkqlmnoöprsştuüvyzABCÇDEƏİIZабвгдежзийклмнопрстуфхцчшщыэюяЁЯ '-", max_size=24)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Əliyeva", "aliyeva"),
        ("Алиева", "aliyeva"),
        ("ALIYEVA", "aliyeva"),
        ("Alieva", "aliyeva"),
        ("İlhamə", "ilhama"),
        ("ILHAMƏ", "ilhama"),
        ("Xədicə", "xadica"),
        ("Хадиджа", "xadica"),
        ("Гюльнара", "gulnara"),
        ("Gülnarə", "gulnara"),
        ("Çinarə", "cinara"),
        ("Чинара", "cinara"),
        ("Юлія", "yuliya"),
        ("Ağa-Cavad", "aga cavad"),
        ("O‘g‘iloy", "ogiloy"),
        ("R-2026-014", "r 2026 014"),
        ("  ", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    "spellings",
    [
        ("Xədicə Quliyeva", "Хадиджа Кулиева", "Khadija Guliyeva", "Хадиджа Гулиева"),
        ("Məmmədova", "Мамедова", "Mammadova", "Mamedova"),
        ("Şahin", "Шахин", "Shahin", "Sahin"),
        ("Cəmilə", "Джамиля", "Jamila"),
        ("Gülnarə", "Гюльнара", "Gyulnara", "Gulnara"),
        ("Leyla", "Лейла", "Leila"),
        ("Çinarə", "Чинара", "Chinara"),
        ("Aygün", "Айгюн", "Aigun"),
        ("Zöhrə", "Зохра", "Zohra"),
        ("Əhməd", "Ахмед", "Ahmad", "Akhmed"),
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len({sounds(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("Xədicə Quliyeva", "Хадиджа Кулиева", 95),
        ("Əliyeva Gülnarə", "Алиева Гюльнара", 95),
        ("Məmmədova Lalə", "Mammadova Lala", 95),
        ("Həsən Hüseynov", "Гасан Гусейнов", ALIKE),
        ("Olha Kovalenko", "Ольга Коваленко", ALIKE),
        ("Aysel Məmmədova Elçin qızı", "Мамедова Айсель", ALIKE),
        ("Lalə S.", "Лала Сулейманова", ALIKE),
        ("Gülnar Abbasova", "Gulnara Abbasova", ALIKE),
        ("Lalə", "Лала", 95),
    ],
)
def test_one_person_in_two_spellings(one: str, other: str, least: int) -> None:
    assert similarity(one, other) >= least


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Əliyeva Nigar", "Vəliyeva Nigar"),
        ("Əliyeva Gülnarə", "Vəliyeva Nigar"),
        ("Nigar Əliyeva", "Nərgiz Əliyeva"),
        ("Aysel Məmmədova", "Aysun Məmmədova"),
        ("Leyla Həsənova", "Leyla Hüseynova"),
        ("Lalə Quliyeva", "Jalə Quliyeva"),
        ("Elnarə Kərimova", "Gülnarə Kərimova"),
        ("Sevda Quliyeva", "Sevinc Quliyeva"),
        ("Nərmin", "Nigar"),
    ],
)
def test_different_people_stay_apart(one: str, other: str) -> None:
    assert similarity(one, other) <= 70


def test_a_first_name_alone_is_no_proof() -> None:
    assert 70 < similarity("Aysel", "Aysel Məmmədova") < ALIKE


@given(LETTERS, LETTERS)
def test_similarity_is_mutual_and_bounded(one: str, other: str) -> None:
    alike = similarity(one, other)
    assert 0 <= alike <= 100
    assert alike == similarity(other, one)
    assert alike == key_similarity(name_key(one), name_key(other))


@given(LETTERS)
def test_a_name_is_like_itself(name: str) -> None:
    assert similarity(name, name) == (100 if name_key(name) else 0)


@given(st.text(max_size=40))
def test_folding_ends_in_plain_letters_and_stays(name: str) -> None:
    folded = fold(name)
    assert all(sign == " " or (sign.isascii() and sign.isalnum() and not sign.isupper()) for sign in folded)
    assert fold(folded) == folded
    assert len(sounds(name).split()) == len(folded.split())


@given(LETTERS, st.integers(1, 24))
def test_every_beginning_finds_the_name(name: str, length: int) -> None:
    folded = fold(name)
    assert matches(folded[:length], search_text(name))
    assert matches(name, search_text("Somebody", name))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("aliyeva", "Алиева Гюльнара"),
        ("aliy", "Əliyeva"),
        ("alie", "Əliyeva"),
        ("gül əl", "Алиева Гюльнара"),
        ("мамед", "Məmmədova"),
        ("khad", "Xədicə"),
        ("2026-014", "R-2026-014"),
        ("", "Lalə"),
    ],
)
def test_search_finds_across_scripts(query: str, name: str) -> None:
    assert matches(query, search_text(name))


def test_search_does_not_find_everything() -> None:
    assert not matches("liyeva", search_text("Əliyeva"))
    assert not matches("gul x", search_text("Алиева Гюльнара"))


def test_order_follows_the_alphabet_of_the_language() -> None:
    names = ["Zəhra", "Əli", "Elçin", "Xalid", "Həsən", "İlham", "Qəmər", "Kənan", "Şəlalə", "Sara", "Алина"]
    assert sorted(names, key=lambda name: sort_key(name, "az")) == [
        "Elçin", "Əli", "Həsən", "Xalid", "İlham", "Kənan", "Qəmər", "Sara", "Şəlalə", "Zəhra", "Алина",
    ]  # fmt: skip
    assert sorted(["Яна", "Ёлка", "Анна", "Aysel"], key=lambda name: sort_key(name, "ru")) == [
        "Анна", "Ёлка", "Яна", "Aysel",
    ]  # fmt: skip
    assert sorted(["Xalid", "Qəmər", "Leyla"], key=lambda name: sort_key(name, "en")) == ["Leyla", "Qəmər", "Xalid"]


def test_undotted_capital_comes_first_in_azerbaijani() -> None:
    assert sorted(["İlham", "Iraq"], key=lambda name: sort_key(name, "az")) == ["Iraq", "İlham"]


def test_the_whole_azerbaijani_alphabet() -> None:
    letters = list("ABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ")
    assert sorted("ZYVÜUTŞSRPÖONMLQKJİIXHĞGFƏEDÇCBA", key=lambda letter: sort_key(letter, "az")) == letters


def test_rooms_order_by_number() -> None:
    assert sorted(["Room 10", "Room 2", "room 1"], key=lambda name: sort_key(name, "en")) == [
        "room 1", "Room 2", "Room 10",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=10), max_size=8), st.randoms(), st.sampled_from(["az", "en", "ru"]))
def test_any_text_has_one_order(names: list[str], chance: Random, language: str) -> None:
    ordered = sorted(names, key=lambda name: sort_key(name, language))
    chance.shuffle(names)
    assert sorted(names, key=lambda name: sort_key(name, language)) == ordered
