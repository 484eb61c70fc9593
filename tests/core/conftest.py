"""One record of everything, made once for all tests that try rights and reach on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from shelterdesk.desk import Desk
from shelterdesk.schema.base import Record, whole
from tests.core.access_stock import Stock, make_stock
from tests.desks import Clock, at_another_computer, copied_desk


@pytest.fixture(scope="session")
def stocked(new_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stock]:
    """A closed vault with one record of everything, and these records as they came out of the making."""
    folder = tmp_path_factory.mktemp("stocked") / new_vault.name
    with at_another_computer(tmp_path_factory):
        desk = copied_desk(new_vault, folder, Clock())
        made = make_stock(desk)
        desk.close()
    return folder, made


@pytest.fixture
def vault_to_copy(request: pytest.FixtureRequest, new_vault: Path) -> Path:
    """The vault with everything for who asks for the ``stock``, an empty one for everybody else."""
    return request.getfixturevalue("stocked")[0] if "stock" in request.fixturenames else new_vault


@pytest.fixture
def stock(desk: Desk, stocked: tuple[Path, Stock]) -> Stock:
    """One record of everything, read from the vault of this test."""
    with desk.read() as db:
        read = {
            name: db.get_one(type(one), one.id, options=whole(type(one))) if isinstance(one, Record) else one
            for name, one in vars(stocked[1]).items()
        }
    return Stock(**read)
