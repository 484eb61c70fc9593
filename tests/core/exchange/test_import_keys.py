"""Who lacks a key or the right: columns left out by name, nothing planned, nothing written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.exchange.mapping import remember_mapping
from shelterdesk.exchange.people_import import plan_import
from shelterdesk.notes import Note
from shelterdesk.vault import Compartment
from tests.core.exchange.lists import write_sheet
from tests.core.exchange.planning import all_of, everybody, people_on_file, planned, run_import


class FewKeys:
    """A ring that holds some compartments only, as a colleague's does."""

    def __init__(self, ring: Any, *held: Compartment) -> None:
        self._ring, self._held = ring, frozenset(held)

    def holds(self, compartment: Compartment) -> bool:
        """Tell whether the compartment is one of the few."""
        return compartment in self._held

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ring, name)


def test_columns_whose_key_is_missing_are_left_out_by_name(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = FewKeys(desk.vault.ring, Compartment.HOUSE, Compartment.IDENTITY)
    monkeypatch.setattr(type(desk.vault), "ring", property(lambda _vault: few))
    rows = [
        ["Name", "Comments", "Safety", "Born", "Referred by"],
        ["Aysel Q", "case text", "no calls", "21.05.1994", "Auntie"],
    ]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", rows))
    run_import(desk, plan)

    assert [(left.column.title, left.why.text()) for left in plan.left_out] == [
        ("Comments", "only who holds the key «Social work» can write it"),
        ("Safety", "only who holds the key «Social work» can write it"),
    ]
    (person,) = everybody(desk)
    assert (person.safety_sealed, person.given_names, person.birth_day) == (None, "Aysel", 21)
    assert all_of(desk, Note) == []


def test_without_the_key_of_names_only_the_short_name_comes_in(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = FewKeys(desk.vault.ring, Compartment.HOUSE)
    monkeypatch.setattr(type(desk.vault), "ring", property(lambda _vault: few))
    rows = [
        ["Short name", "First name", "Born", "Referral date", "Reason for referral"],
        ["Ay", "Aysel", "21.05.1994", "2025-03-01", None],
        ["Ni", "Nigar", "21.05.1994", "2025", None],
    ]
    file = write_sheet(tmp_path / "a.xlsx", rows)
    plan = planned(desk, file)
    run_import(desk, plan)

    assert [left.column.title for left in plan.left_out] == ["First name"]
    assert [rejected.reason() for rejected in plan.rejected] == [
        "«Referred on: 2025» can only be kept as text, and you do not hold the key that text is sealed with."
    ]
    (person,) = everybody(desk)
    assert (person.short_name, str(person.birth), person.birth_day_sealed) == ("Ay", "1994-05", None)
    assert person.given_names_sealed is None
    assert any("you do not hold the key for the day" in notice.text() for notice in plan.notices)
    assert not remember_mapping(desk, plan.table, plan.mapping)


def test_who_may_not_import_cannot_even_plan(desk: Desk, tmp_path: Path) -> None:
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", [["Name"], ["Aysel"]]))
    desk.rights = rights_of(("nurse",))

    with pytest.raises(NotAllowed):
        plan_import(desk, plan.table, plan.mapping)
    with pytest.raises(NotAllowed):
        run_import(desk, plan)
    with pytest.raises(NotAllowed):
        remember_mapping(desk, plan.table, plan.mapping)
    assert people_on_file(desk) == 0
