"""Settings of the vault, changed fields and a shelter's own fields, which every reader gets through the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shelterdesk import house_settings, people, person_reading
from shelterdesk.desk import Desk
from shelterdesk.errors import Problems
from shelterdesk.fields import Kind
from shelterdesk.opening import open_desk
from shelterdesk.people import Person
from shelterdesk.schema.base import RECORDS
from shelterdesk.stays import Stay
from shelterdesk.vault import Compartment
from tests.desks import PASSPHRASE, Clock


def reopened(desk: Desk, folder: Path, clock: Clock) -> Desk:
    desk.close()
    return open_desk(folder, "leyla", PASSPHRASE, clock=clock)


def test_settings_have_defaults_and_are_kept(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    assert {key: house_settings.get(desk, key) for key in house_settings.DEFAULTS} == house_settings.DEFAULTS
    house_settings.put(desk, "zone", "Europe/Berlin")
    house_settings.note(desk, "last_backup", "2026-11-17T06:00:00+00:00")
    again = reopened(desk, vault_folder, clock)
    assert str(again.zone) == "Europe/Berlin"
    assert house_settings.get(again, "last_backup") == "2026-11-17T06:00:00+00:00"
    with pytest.raises(KeyError):
        house_settings.put(again, "colour", "red")
    again.close()


def test_changes_of_a_field_add_up_and_reach_every_reader(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    house_settings.change_field(desk, "person.civil_status", label="Family status")
    house_settings.change_field(desk, "person.civil_status", required=True)
    house_settings.change_field(desk, "person.education", hidden=True)
    for one in (desk, reopened(desk, vault_folder, clock)):
        field = one.field(Person, "civil_status")
        assert (field.label, field.required, field.id) == ("Family status", True, "person.civil_status")
        assert "education" not in {field.attribute for field in one.fields(Person)}
        with pytest.raises(KeyError):
            one.field(Person, "education")
    house_settings.change_field(one, "person.education", hidden=False)
    assert one.field(Person, "education").label
    with pytest.raises(Problems):
        people.add_person(one, civil_status=None)
    one.close()


def test_a_hidden_field_keeps_what_it_holds(desk: Desk) -> None:
    ay = people.add_person(desk, education="no_schooling")
    house_settings.change_field(desk, "person.education", hidden=True)
    people.change_person(desk, ay, gender="woman")
    assert person_reading.person_by_code(desk, ay.code).education == "no_schooling"


@pytest.mark.parametrize(
    ("field_id", "changes"),
    [("person.gender", {"kind": "text"}), ("person.gender", {"compartment": None}), ("person.shoes", {"hidden": True})],
)
def test_nothing_else_about_a_field_can_change(desk: Desk, field_id: str, changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="declared field"):
        house_settings.change_field(desk, field_id, **changes)
    assert desk.field_changes == {}


@pytest.mark.parametrize("changes", [{"hidden": True}, {"required": False}])
def test_a_record_keeps_what_it_cannot_do_without(desk: Desk, changes: dict[str, Any]) -> None:
    with pytest.raises(Problems, match="Day of arrival"):
        house_settings.change_field(desk, "stay.arrived_on", **changes)
    assert desk.field(Stay, "arrived_on").required


def test_own_fields_follow_the_declared_ones(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    made = [
        house_settings.add_own_field(desk, "stay", " Taxi ", Kind.TEXT, Compartment.HOUSE),
        house_settings.add_own_field(desk, "stay", "Bags", Kind.NUMBER, None),
    ]
    assert [(one.id, one.label, one.own) for one in made] == [
        ("stay.own_1.house", "Taxi", True),
        ("stay.own_2", "Bags", True),
    ]
    again = reopened(desk, vault_folder, clock)
    assert again.fields(Stay) == (*Stay.declared, *made)
    assert again.fields(Person) == Person.declared
    again.close()


@pytest.mark.parametrize(
    ("record", "label", "kind"),
    [
        ("person", "Notes", Kind.TEXT),
        ("person", "Notes", Kind.LONG_TEXT),
        ("person", "Friend", Kind.LINK),
        ("diary", "Visits", Kind.NUMBER),
    ],
)
def test_an_own_field_that_would_hold_text_unsealed_is_refused(desk: Desk, record: str, label: str, kind: Kind) -> None:
    with pytest.raises(ValueError, match=r"."):
        house_settings.add_own_field(desk, record, label, kind, None)
    assert desk.own_fields == {}


@pytest.mark.parametrize(
    ("label", "kind", "choices", "told"),
    [
        ("  ", Kind.NUMBER, [], "name"),
        ("gender", Kind.NUMBER, [], "already"),
        ("Colour", Kind.CHOICE, [], "choices"),
        ("Colours", Kind.CHOICES, ["Red", "red "], "choices"),
    ],
)
def test_an_own_field_that_makes_no_sense_is_told(
    desk: Desk, label: str, kind: Kind, choices: list[str], told: str
) -> None:
    with pytest.raises(Problems, match=told):
        house_settings.add_own_field(desk, "person", label, kind, None, choices=choices)
    assert desk.own_fields == {}


def test_a_field_of_ones_own_can_be_reworded_needed_hidden_and_taken_back(desk: Desk) -> None:
    made = house_settings.add_own_field(desk, "stay", "Bags", Kind.NUMBER, None, advice="As many as she carries")
    house_settings.change_field(desk, made.id, label="Suitcases", required=True)
    field = desk.field(Stay, made.attribute)
    assert (field.label, field.required, field.help) == ("Suitcases", True, "As many as she carries")
    house_settings.change_field(desk, made.id, hidden=True)
    assert made.id not in {field.id for field in desk.fields(Stay)}
    assert made.id in {field.id for field in house_settings.all_fields(desk, "stay")}
    house_settings.restore_field(desk, made.id)
    assert desk.field(Stay, made.attribute).label == "Bags"


def test_the_order_of_fields_is_the_shelters(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    usual = [field.id for field in desk.fields(Stay)]
    house_settings.order_fields(desk, "stay", usual[::-1])
    assert [field.id for field in desk.fields(Stay)] == usual[::-1]
    made = house_settings.add_own_field(desk, "stay", "Bags", Kind.NUMBER, None)
    assert [field.id for field in desk.fields(Stay)] == [*usual[::-1], made.id]
    with pytest.raises(ValueError, match="once"):
        house_settings.order_fields(desk, "stay", usual)
    again = reopened(desk, vault_folder, clock)
    assert [field.id for field in again.fields(Stay)] == [*usual[::-1], made.id]
    again.close()


def test_ids_of_own_fields_are_apart_from_declared_ones() -> None:
    declared = {field.id for kind in RECORDS.values() for field in kind.declared}
    assert not any(".own_" in field_id for field_id in declared)
