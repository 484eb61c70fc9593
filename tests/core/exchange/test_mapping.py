"""Guessing what columns stand for, and remembering what a person chose."""

from __future__ import annotations

from pathlib import Path

from shelterdesk import house_settings
from shelterdesk.desk import Desk
from shelterdesk.exchange.mapping import Why, guess_mapping, remember_mapping, same_columns
from shelterdesk.exchange.sheets import Column
from shelterdesk.exchange.targets import targets_of
from shelterdesk.fields import Kind
from shelterdesk.vault import Compartment
from tests.core.exchange.lists import write_sheet
from tests.core.exchange.planning import everybody, guessed, planned, run_import, table_in


def test_status_is_read_by_what_stands_beneath_it(desk: Desk, tmp_path: Path) -> None:
    identified = write_sheet(
        tmp_path / "a.xlsx", [["Name", "Status"], ["Aysel Q", "identified"], ["Nigar Q", "presumed"]]
    )
    phase = write_sheet(tmp_path / "b.xlsx", [["Name", "Status"], ["Aysel Q", "closed"], ["Nigar Q", "reintegration"]])
    neither = write_sheet(tmp_path / "c.xlsx", [["Name", "Status"], ["Aysel Q", "green"], ["Nigar Q", "red"]])

    assert guessed(desk, identified)["Status"] == "status_since.status"
    assert guessed(desk, phase)["Status"] == "phase_since.phase"
    assert guessed(desk, neither)["Status"] is None


def test_much_alike_is_said_to_be_only_that(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(tmp_path / "a.xlsx", [["First name", "Familly name", "Nationalty"], ["Aysel", "Quliyeva", "AZ"]])
    choices = {choice.column.title: choice for choice in guess_mapping(desk, table_in(desk, file)).choices}

    assert (choices["Familly name"].target, choices["Familly name"].why) == ("person.family_name", Why.ALIKE)
    assert choices["Nationalty"].target == "person.citizenships"


def test_what_a_person_chose_is_remembered_for_the_next_sheet(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(tmp_path / "a.xlsx", [["Ad", "Rəng", "Sex"], ["Aysel", "qırmızı", "F"]])
    table = table_in(desk, file)
    mapping = guess_mapping(desk, table).with_target(1, "person.strengths").with_target(2, None)
    assert remember_mapping(desk, table, mapping)

    other = write_sheet(tmp_path / "b.xlsx", [["Sex", "Rəng", "Ad"], ["F", "mavi", "Nigar"]])
    again = guess_mapping(desk, table_in(desk, other))
    assert {choice.column.title: (choice.target, choice.why) for choice in again.choices} == {
        "Sex": (None, Why.REMEMBERED),
        "Rəng": ("person.strengths", Why.REMEMBERED),
        "Ad": ("import.full_name", Why.NAME),
    }
    assert remember_mapping(desk, table_in(desk, other), again.with_target(1, None))
    assert guess_mapping(desk, table_in(desk, file)).target_of(1) is None
    desk.vault.checkpoint()
    assert "Rəng".encode() not in (desk.vault.folder / "records.db").read_bytes()


def test_fields_of_the_shelter_and_its_own_words_are_read(desk: Desk, tmp_path: Path) -> None:
    house_settings.add_own_field(desk, "person", "Shoe size", Kind.NUMBER, None)
    house_settings.add_own_field(desk, "person", "Favourite song", Kind.TEXT, Compartment.HOUSE)
    house_settings.change_field(desk, "person.children", label="Little ones")
    house_settings.change_field(desk, "person.phone", hidden=True)
    rows = [["Name", "Shoe size", "Favourite song", "Little ones", "Phone"], ["Aysel", 38, "Sarı gəlin", 2, "050"]]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", rows))
    run_import(desk, plan)
    (person,) = everybody(desk)
    size, song = desk.own_fields["person"]

    assert (size.read(person), song.read(person), person.children) == (38, "Sarı gəlin", 2)
    assert [left.column.title for left in plan.left_out] == ["Phone"]
    assert "person.phone" not in targets_of(desk)


def test_two_columns_of_one_title_are_remembered_apart(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(tmp_path / "a.xlsx", [["Name", "Name", None], ["Aysel", "Quliyeva", "calm"]])
    table = table_in(desk, file)
    chosen = guess_mapping(desk, table).with_target(1, "person.family_name").with_target(2, "person.strengths")
    remember_mapping(desk, table, chosen)

    again = guess_mapping(desk, table)
    assert [choice.target for choice in again.choices] == [choice.target for choice in chosen.choices]


def test_columns_are_the_same_by_their_titles_and_by_their_places_where_titles_changed() -> None:
    before = [Column(0, "Имя"), Column(1, "Kod"), Column(2, "Kod"), Column(3, ""), Column(4, "Telefon"), Column(5, "№")]
    now = [Column(0, "Èìÿ"), Column(1, "Telefon"), Column(2, "Kod"), Column(3, ""), Column(5, "№")]
    same = same_columns(before, now)
    assert {index: column.index for index, column in same.items()} == {0: 0, 1: 2, 3: 3, 4: 1, 5: 5}
