"""The benchmarks run: on a small stock, every line has numbers, and both sides did the same work."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from shelterdesk.vault import KdfCost
from tests.benchmarks.__main__ import lines_of
from tests.benchmarks.backups import measure_backups
from tests.benchmarks.house import measure_house
from tests.benchmarks.long_log import measure_log
from tests.benchmarks.measures import measure_core
from tests.benchmarks.rotation import measure_rotation
from tests.benchmarks.stock import Stock, make_stock


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small stock, made once; tests measure copies of it."""
    folder = tmp_path_factory.mktemp("made") / "stock"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHELTERDESK_TEST_KDF", "1")
        patch.setenv("SHELTERDESK_HOME", str(tmp_path_factory.mktemp("home")))
        make_stock(folder, 14, 140, lambda _words: None, KdfCost.for_tests())
    return folder


@pytest.fixture
def stock(made: Path, tmp_path: Path, said: list[str]) -> Stock:
    shutil.copytree(made, tmp_path / "stock")
    found = make_stock(tmp_path / "stock", 14, 140, said.append)
    assert [line.split()[0] for line in said] == ["using"]
    said.clear()
    return found


@pytest.mark.long
def test_every_measure_gives_a_number(stock: Stock) -> None:
    times = measure_core(stock, 1) + measure_house(stock, 1)

    assert {one.name for one in times} >= {
        "Monthly summary, reading",
        "Opening a record",
        "One saved write",
        "Filter, one keystroke (core)",
        "Arrival, saved",
        "Today, reading",
        "Table of people, everybody, reading",
        "Workbook of everything, with its password",
    }
    for one in times:
        assert one.our_median > 0
        if one.plain:
            assert len(one.plain) == len(one.ours)
            assert one.ratio is not None
            assert one.ratio > 0
    assert len(lines_of(times)) == len(times) + 1


@pytest.mark.long
def test_replacing_keys_is_measured_against_copying_the_file(stock: Stock, said: list[str]) -> None:
    for _ in range(2):
        time, pause, memory = measure_rotation(stock, 1, said.append)
        assert time.ratio is not None
        assert time.ratio > 1
        assert pause.our_median > 0
        assert memory.our_median > 0
        assert "0 cells" not in time.name
    assert said[-1].startswith("writing the log"), "once is enough"


@pytest.mark.long
def test_a_long_log_is_read_by_every_filter_and_walked(tmp_path: Path, said: list[str]) -> None:
    times = measure_log(tmp_path, 800, 1, said.append, KdfCost.for_tests())
    assert len(times) == 8
    assert all(one.our_median > 0 for one in times)
    assert "800 rows" in said[0]
    assert list(tmp_path.iterdir()) == [], "the vault is thrown away"


def test_what_was_written_was_written_on_both_sides(stock: Stock) -> None:
    before = services_in(stock.connect())
    measure_core(stock, 2)

    desk = stock.open()
    with desk.vault.connection() as connection:
        ours = connection.execute("SELECT id, person_id, team_note_sealed FROM service ORDER BY id").fetchall()
    desk.close()
    plain = stock.connect()
    theirs = plain.execute("SELECT id, person_id, team_note_sealed FROM service ORDER BY id").fetchall()
    plain.close()

    assert ours == theirs
    assert len(theirs) == before + 3


@pytest.mark.long
def test_a_stock_is_used_again_and_made_anew_for_another_size(tmp_path: Path, said: list[str]) -> None:
    make_stock(tmp_path / "stock", 12, 12, said.append, KdfCost.for_tests())
    said.clear()
    make_stock(tmp_path / "stock", 12, 12, said.append, KdfCost.for_tests())
    assert [line.split()[0] for line in said] == ["using"]
    said.clear()
    make_stock(tmp_path / "stock", 13, 13, said.append, KdfCost.for_tests())
    assert said[0].startswith("inventing 13 people")


def services_in(connection: sqlite3.Connection) -> int:
    count = connection.execute("SELECT count(*) FROM service").fetchone()[0]
    connection.close()
    return int(count)


def test_a_backup_is_measured_beside_a_window_and_a_save(tmp_path: Path, said: list[str]) -> None:
    whole, window, save = measure_backups(tmp_path / "large", 8, 1, said.append, KdfCost.for_tests())
    assert whole.ratio is not None
    assert whole.ratio > 0
    assert window.our_median >= 0
    assert save.our_median > 0
    assert not (tmp_path / "large").exists()
