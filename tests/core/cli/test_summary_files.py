"""The summary of a month without the window: four kinds of file, protected or exact, and what the log keeps."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msoffcrypto
import pytest
from openpyxl import load_workbook

from shelterdesk import sample
from shelterdesk.opening import create_desk, open_desk
from shelterdesk.summaries.period import month
from shelterdesk.summaries.summary import summarise
from shelterdesk.vault import KdfCost
from tests.core.cli.terminal import Said, Terminal, at, words_of


@pytest.fixture
def demo(tmp_path: Path, prepared: Callable[[int], Path]) -> Path:
    """Enough people for numbers that are told and numbers that are covered."""
    return Path(shutil.copytree(prepared(20), tmp_path / "desk-DE30.vault"))


@pytest.fixture
def last_month(demo: Path) -> str:
    from datetime import timedelta

    desk = open_desk(demo, "leyla", sample.PASSPHRASE)
    found = desk.today().replace(day=1) - timedelta(days=1)
    desk.close()
    return f"{found:%Y-%m}"


def summary(run: Terminal, demo: Path, *words: object) -> Said:
    return run("summary", *words, *at(demo), passphrase=sample.PASSPHRASE)


def exports(run: Terminal, demo: Path) -> list[dict[str, Any]]:
    rows = run("log", "--json", *at(demo), passphrase=sample.PASSPHRASE).json
    return [{one["field"]: one.get("after") for one in row["changes"]} for row in rows if row["act"] == "export"]


def test_without_a_name_small_numbers_are_covered(demo: Path, run: Terminal, last_month: str, tmp_path: Path) -> None:
    target = tmp_path / "summary.docx"

    said = summary(run, demo, "--month", last_month, "-o", target)

    assert said.code == 0, said.err
    words = words_of(target)
    assert "hidden" in words
    assert "Aysel" not in words
    assert "--protect-with" in said.err
    (logged,) = exports(run, demo)
    assert logged["log.what"] == f"summary {last_month} protected"


def test_a_named_recipient_gets_exact_numbers_behind_a_password(
    demo: Path, run: Terminal, last_month: str, tmp_path: Path
) -> None:
    target, password = tmp_path / "summary.xlsx", tmp_path / "password.txt"
    password.write_text("acorn-album-alley-amber-anchor\n", encoding="utf-8")

    said = summary(
        run, demo, "--month", last_month, "--exact", "--recipient", "Ministry", "--protect-with", password, "-o", target
    )

    assert said.code == 0, said.err
    assert said.err == ""
    opened = io.BytesIO()
    with target.open("rb") as stream:
        office = msoffcrypto.OfficeFile(stream)
        office.load_key(password="acorn-album-alley-amber-anchor")
        office.decrypt(opened)
    book = load_workbook(opened)
    values = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    book.close()
    with zipfile.ZipFile(opened) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist())
    assert b"Exact figures for Ministry" in everything
    assert "hidden" not in values
    (logged,) = exports(run, demo)
    assert (logged["log.for_whom"], logged["log.how"]) == ("Ministry", "xlsx")


def test_json_carries_every_row_by_its_name(demo: Path, run: Terminal, last_month: str) -> None:
    desk = open_desk(demo, "leyla", sample.PASSPHRASE)
    year, number = map(int, last_month.split("-"))
    counted = summarise(desk, month(desk.today().replace(year=year, month=number, day=1)))
    desk.close()

    said = summary(run, demo, "--month", last_month, "--exact", "--recipient", "Ministry", "--json")

    assert said.code == 0, said.err
    for name in counted.rows():
        assert f'"{name}"' in said.out
    assert json.loads(said.out)


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_files_without_a_password_say_so(
    demo: Path, run: Terminal, last_month: str, tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"summary.{ending}"

    said = summary(run, demo, "--month", last_month, "-o", target)

    assert said.code == 0, said.err
    assert "cannot have a password" in said.err
    content = target.read_text(encoding="utf-8-sig")
    if ending == "csv":
        assert len(list(csv.reader(io.StringIO(content)))) > 10
    else:
        assert json.loads(content)


@pytest.mark.parametrize(
    "words",
    [
        ("--month", "october", "-o", "x.docx"),
        ("--month", "2026", "-o", "x.docx"),
        ("--month", "2026-10", "-o", "x.pdf"),
        ("--month", "2026-10"),
        ("--month", "2026-10", "--exact", "-o", "x.docx"),
        ("--month", "2026-10", "--recipient", "Ministry", "-o", "x.docx"),
        ("--month", "2026-10", "--protect-with", "p.txt", "-o", "x.csv"),
    ],
)
def test_what_does_not_fit_together_is_usage(
    run: Terminal, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("summary", *words, "--vault", tmp_path / "none", "--user", "leyla")

    assert said.code == 2
    assert not list(tmp_path.glob("x.*"))


def test_a_month_ahead_has_no_summary(demo: Path, run: Terminal, tmp_path: Path) -> None:
    said = summary(run, demo, "--month", "2149-01", "-o", tmp_path / "x.docx")

    assert said.code == 1
    assert "has not begun" in said.err
    assert exports(run, demo) == []


def test_who_may_not_export_gets_nothing(tmp_path: Path, run: Terminal) -> None:
    folder = tmp_path / "desk-0001.vault"
    desk, _code = create_desk(
        folder, user_name="leyla", passphrase="violin cloud", shelter="House", roles=("administrator",),
        cost=KdfCost.for_tests(),
    )  # fmt: skip
    desk.close()

    said = run("summary", "--month", "2025-01", "-o", tmp_path / "x.docx", *at(folder), passphrase="violin cloud")

    assert said.code == 3
    assert not (tmp_path / "x.docx").exists()
