"""Sealed values of a whole house: each opens in its own place, of its own vault and generation, and nowhere else.

The house is the one of ``tests/data``, in which every field of every kind of record holds a value.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from shelterdesk import drafts, integrity, rotation
from shelterdesk.desk import Desk
from shelterdesk.exchange import remembered
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.vault import Compartment, KeyRing, SealBroken, restore_backup
from tests.core.cli.terminal import Terminal, at
from tests.core.proofs.scenes import a_new_desk, at_a_new_computer
from tests.core.proofs.test_earlier_schemas import FILES
from tests.core.replaced_keys import cells
from tests.core.security.attackers import tell_secrets
from tests.desks import PASSPHRASE, Clock, at_another_computer

FEW_OR_MANY = pytest.mark.parametrize(
    "examples", [pytest.param(200, id="few"), pytest.param(3000, id="many", marks=pytest.mark.long)]
)


@dataclass(frozen=True)
class Cell:
    """One sealed value and the place it was sealed for."""

    compartment: Compartment
    field: str
    row: UUID
    table: str
    value: bytes

    def opened(self, ring: KeyRing) -> bytes:
        """Open the value as its place says."""
        return ring.open(self.compartment, self.field, self.row, self.value)

    @property
    def place(self) -> tuple[object, ...]:
        """Return what the seal binds."""
        return self.compartment, self.field, self.row


def cells_of(desk: Desk) -> list[Cell]:
    return [
        Cell(Compartment(compartment), field, UUID(bytes=row), where, value)
        for compartment, row, field, where, value in cells(desk)
    ]


class House:
    """The closed vault, its cells and its keys as an insider keeps them who copied the memory."""

    def __init__(self, place: Path) -> None:
        self.folder = restore_backup(FILES[-1], place / "desk-7F3A.vault")
        desk = open_desk(self.folder, "leyla", PASSPHRASE, clock=Clock())
        self.cells = cells_of(desk)
        self.vault = desk.vault.id
        self.keys = {one: desk.vault.ring.key_of(one) for one in Compartment}
        self.keys = {one: (generation, bytearray(key)) for one, (generation, key) in self.keys.items()}
        lock_desk(desk, "asked")

    def ring(self, *, vault: UUID | None = None, newer: int = 0) -> KeyRing:
        """Return the keys, also as those of another vault or of a later generation."""
        keys = {one: (generation + newer, bytearray(key)) for one, (generation, key) in self.keys.items()}
        return KeyRing(vault or self.vault, keys)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    with at_another_computer(tmp_path_factory):
        return House(tmp_path_factory.mktemp("house"))


@pytest.fixture
def copied(house: House, tmp_path: Path) -> Path:
    """A copy of the vault to spoil."""
    return Path(shutil.copytree(house.folder, tmp_path / "desk-7F3A.vault"))


def try_out(examples: int, look: Callable[[st.DataObject], None]) -> None:
    """Let hypothesis draw so many examples for *look*."""
    given(data=st.data())(settings(max_examples=examples, suppress_health_check=list(HealthCheck))(look))()


def test_every_value_opens_in_its_own_place(house: House) -> None:
    ring = house.ring()
    assert all(cell.opened(ring) is not None for cell in house.cells)
    assert {cell.compartment for cell in house.cells} == set(Compartment)
    assert {cell.table.partition(".")[0] for cell in house.cells} >= {
        "person", "note", "service", "goal", "log_content", "draft_field", "extra_values", "import_mapping",
    }  # fmt: skip


@FEW_OR_MANY
def test_no_value_opens_in_the_place_of_another(house: House, examples: int) -> None:
    ring, every = house.ring(), st.sampled_from(house.cells)

    def look(data: st.DataObject) -> None:
        one, other = data.draw(every), data.draw(every)
        assume(one.place != other.place)
        moved = replace(other, value=one.value)
        same_row = replace(one, field=other.field)
        same_field = replace(one, row=other.row)
        same_place = replace(one, compartment=other.compartment)
        for wrong in (moved, same_row, same_field, same_place):
            if wrong.place != one.place:
                with pytest.raises(SealBroken):
                    wrong.opened(ring)

    try_out(examples, look)


@FEW_OR_MANY
def test_no_value_opens_in_another_vault_or_under_another_generation(house: House, examples: int) -> None:
    foreign, newer = house.ring(vault=uuid4()), house.ring(newer=1)

    def look(data: st.DataObject) -> None:
        cell = data.draw(st.sampled_from(house.cells))
        generation = house.keys[cell.compartment][0] + 1
        relabelled = replace(cell, value=cell.value[:1] + generation.to_bytes(4, "big") + cell.value[5:])
        for ring, wrong in ((foreign, cell), (newer, cell), (newer, relabelled), (house.ring(), relabelled)):
            with pytest.raises(SealBroken):
                wrong.opened(ring)

    try_out(examples, look)


@FEW_OR_MANY
def test_no_altered_or_cut_value_opens(house: House, examples: int) -> None:
    ring = house.ring()

    def look(data: st.DataObject) -> None:
        cell = data.draw(st.sampled_from(house.cells))
        place = data.draw(st.integers(0, len(cell.value) - 1))
        altered = bytearray(cell.value)
        altered[place] ^= 1 << data.draw(st.integers(0, 7))
        for value in (bytes(altered), cell.value[:place], cell.value + data.draw(st.binary(min_size=1, max_size=9))):
            with pytest.raises(SealBroken):
                replace(cell, value=value).opened(ring)

    try_out(examples, look)


def test_values_of_a_real_other_vault_are_refused(house: House, tmp_path: Path) -> None:
    desk, _code = a_new_desk(tmp_path / "desk-0001.vault")
    tell_secrets(desk)
    ring = desk.vault.ring
    for foreign in cells_of(desk):
        foreign.opened(ring)
        with pytest.raises(SealBroken):
            foreign.opened(house.ring())
    desk.close()


def test_after_a_rotation_no_value_of_before_opens_anywhere(house: House, copied: Path) -> None:
    desk = open_desk(copied, "leyla", PASSPHRASE, clock=Clock())
    rotation.rotate(desk, [one.value for one in Compartment], why="somebody left")
    ring, now = desk.vault.ring, cells_of(desk)
    assert {cell.place for cell in house.cells} <= {cell.place for cell in now}
    for cell in house.cells:
        generation = ring.key_of(cell.compartment)[0]
        relabelled = replace(cell, value=cell.value[:1] + generation.to_bytes(4, "big") + cell.value[5:])
        for wrong in (cell, relabelled):
            with pytest.raises(SealBroken):
                wrong.opened(ring)
    kept = house.ring()
    for cell in now:
        assert cell.opened(ring) is not None
        with pytest.raises(SealBroken):
            cell.opened(kept)
    lock_desk(desk, "asked")


def spoil(folder: Path, *changes: tuple[Cell, bytes]) -> None:
    """Write values into the places of cells, as somebody does who has the key of the database."""
    desk = open_desk(folder, "leyla", PASSPHRASE, clock=Clock())
    with desk.vault.connection() as connection:
        for cell, value in changes:
            table, column = cell.table.split(".")
            place = rotation.places()[table, column]
            rest = cell.field.removeprefix(place.field)
            condition, values = f'"{place.row}" = ?', [cell.row.bytes]
            if place.field_in:
                condition, values = f'{condition} AND "{place.field_in}" = ?', [*values, rest]
            done = connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {condition}', (value, *values))
            assert done.rowcount == 1
    lock_desk(desk, "asked")


NOT_VERIFIED = ("draft_field", "import_mapping")
"""What nobody relies on: a draft or a mapping that does not open is left out where it would be offered."""


@pytest.mark.parametrize("times", [pytest.param(3, id="few"), pytest.param(25, id="many", marks=pytest.mark.long)])
def test_two_values_exchanged_in_the_file_are_named_by_verify(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    run = Terminal(capsys, monkeypatch)
    checked = [cell for cell in house.cells if cell.table.partition(".")[0] not in NOT_VERIFIED]

    def look(data: st.DataObject) -> None:
        one, other = data.draw(st.sampled_from(checked)), data.draw(st.sampled_from(checked))
        assume(one.place != other.place)
        folder = tmp_path / "desk-7F3B.vault"
        at_a_new_computer()
        shutil.copytree(house.folder, folder)
        try:
            spoil(folder, (one, other.value), (other, one.value))
            said = run("verify", *at(folder))
            assert said.code == 4
            assert "outside ShelterDesk" in said.out or "of the log" in said.out
        finally:
            shutil.rmtree(folder)

    try_out(times, look)


def test_a_spoilt_draft_or_mapping_costs_nothing_else(house: House, copied: Path) -> None:
    spoil(copied, *((cell, b"\0" * 60) for cell in house.cells if cell.table.partition(".")[0] in NOT_VERIFIED))
    desk = open_desk(copied, "leyla", PASSPHRASE, clock=Clock())
    assert [draft.values for draft in drafts.my_drafts(desk) if draft.values.get("house_text")] == []
    assert remembered.recall(desk, ["Ad", "Soyad"]) is None
    assert integrity.verify_desk(desk).findings == []
    lock_desk(desk, "asked")
