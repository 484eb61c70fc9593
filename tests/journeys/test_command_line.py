"""The same week without the window: each command a process of its own, as a schedule or somebody in support runs it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import msoffcrypto
import openpyxl
import pytest

from shelterdesk import milestones, plans, stays
from shelterdesk.opening import open_desk
from shelterdesk.person_reading import person_by_code
from tests.journeys.conftest import ROOT, own_surroundings
from tests.journeys.searching import found_in
from tests.journeys.story import ROWS, STORY, Days, fill_workbook

BAD_ROWS = 2


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it said on standard output, read as JSON."""
        return json.loads(self.out)


class Terminal:
    """A terminal with the vault's options at hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vault = folder / "desk-7F3A.vault"
        self.secret = folder / "secret"
        self.secret.write_text(STORY.passphrase + "\n", encoding="utf-8")
        self._surroundings = own_surroundings(folder / "computer")

    def run(self, *words: str | Path, typed: str = "") -> Said:
        """Run ``shelterdesk-cli`` with *words*."""
        done = subprocess.run(
            [sys.executable, "-m", "shelterdesk.cli", *map(os.fspath, words)],
            cwd=ROOT,
            env=self._surroundings,
            input=typed,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def at(self, *words: str | Path) -> Said:
        """Run a command on the vault, signed in."""
        return self.run(*words, "--vault", self.vault, "--user", STORY.user, "--passphrase-file", self.secret)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def spoil(workbook: Path, rows: list[int]) -> None:
    """Write days into *rows* that no calendar has."""
    book = openpyxl.load_workbook(workbook)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[2] if cell.value == "Birthdate")
    for row in rows:
        sheet.cell(row, column).value = "32.13.1990"
    book.save(workbook)


@pytest.mark.long
def test_the_week_on_the_command_line(terminal: Terminal, tmp_path: Path) -> None:
    made = terminal.run(
        "create",
        terminal.vault,
        "--user",
        STORY.user,
        "--shelter",
        STORY.shelter,
        "--passphrase-file",
        "-",
        typed=STORY.passphrase + "\n",
    )
    assert made.code == 0, made.err
    assert made.out.startswith("Recovery code: ")

    bring_in(terminal, tmp_path)
    code = find_her(terminal)
    make_a_plan(terminal, code)
    write_papers(terminal, tmp_path, code)
    summarise_october(terminal, tmp_path)
    go_on_from_a_backup(terminal, tmp_path)
    look_at_the_log(terminal)
    wrong_ends(terminal, tmp_path)
    clear = [tmp_path / name for name in ("people.xlsx", "mend.xlsx", "hers.docx", "file.docx", "secret")]
    typed = {name: words for name, words in STORY.canaries().items() if name != "folder"}
    assert found_in(tmp_path, typed, clear) == []


def bring_in(terminal: Terminal, folder: Path) -> None:
    workbook, mend = folder / "people.xlsx", folder / "mend.xlsx"
    meant = fill_workbook(workbook)
    spoil(workbook, [meant[10].row, meant[20].row])
    done = terminal.at("import", workbook, "--rejects", mend, "--json")
    assert done.code == 1, done.err
    assert (done.json["added"], done.json["rejected"]) == (ROWS - BAD_ROWS, BAD_ROWS)
    book = openpyxl.load_workbook(mend)
    titles = [cell.value for cell in book.worksheets[0][1]]
    for row in (2, 3):
        book.worksheets[0].cell(row, titles.index("Birthdate") + 1).value = 1990
    book.save(mend)
    mended = terminal.at("import", mend, "--json")
    assert mended.code == 0, mended.err
    assert (mended.json["added"], mended.json["on_file"], mended.json["rejected"]) == (BAD_ROWS, 0, 0)


def find_her(terminal: Terminal) -> str:
    everybody = terminal.at("residents", "--json", "--why", "tried")
    assert everybody.code == 0, everybody.err
    assert len(everybody.json) == ROWS
    hers = [row for row in everybody.json if row["given_names"] == STORY.given]
    assert [row["family_name"] for row in hers] == [STORY.family]
    return str(hers[0]["code"])


def make_a_plan(terminal: Terminal, code: str) -> None:
    """What only the window does: her stay and her plan."""
    desk = open_desk(terminal.vault, STORY.user, STORY.passphrase)
    try:
        her = person_by_code(desk, code)
        stays.add_stay(desk, her.id, arrived_on=Days().october().replace(day=3))
        plan = plans.add_plan(desk, her.id, agreed_on=desk.today())
        words = {"words": STORY.milestone, "paper_words": STORY.paper_words}
        milestones.add_milestone(desk, plan, domain="work", status="planned", **words)
    finally:
        desk.close()


def write_papers(terminal: Terminal, folder: Path, code: str) -> None:
    hers, for_the_file = folder / "hers.docx", folder / "file.docx"
    assert terminal.at("plan", code, "-o", hers).code == 0
    assert terminal.at("plan", code, "--for-file", "-o", for_the_file).code == 0
    assert STORY.paper_words in words_of(hers)
    for never in (STORY.milestone, STORY.family, code, STORY.shelter):
        assert never not in words_of(hers)
    assert STORY.milestone in words_of(for_the_file)
    assert code in words_of(for_the_file)


def words_of(file: Path | io.BytesIO) -> str:
    """Return the text of a Word file."""
    document = docx.Document(file if isinstance(file, io.BytesIO) else os.fspath(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    ends = [
        one.text for section in document.sections for one in (*section.footer.paragraphs, *section.header.paragraphs)
    ]
    return " ".join([*(one.text for one in document.paragraphs), *cells, *ends])


def summarise_october(terminal: Terminal, folder: Path) -> None:
    month = f"{Days().october():%Y-%m}"
    word, plain, password = folder / "october.docx", folder / "october.json", folder / "password"
    password.write_text("lantern-oyster-velvet\n", encoding="utf-8")
    exact = ("--exact", "--recipient", STORY.recipient)
    done = terminal.at("summary", "--month", month, *exact, "--protect-with", password, "-o", word)
    assert done.code == 0, done.err
    opened = io.BytesIO()
    with word.open("rb") as stream:
        office = msoffcrypto.OfficeFile(stream)
        office.load_key(password="lantern-oyster-velvet")
        office.decrypt(opened)
    assert STORY.recipient in words_of(opened)
    protected = terminal.at("summary", "--month", month, "-o", plain)
    assert protected.code == 0, protected.err
    assert '"1"' not in plain.read_text(encoding="utf-8")
    assert terminal.at("summary", "--month", month, "--exact", "-o", folder / "x.json").code == 2


def go_on_from_a_backup(terminal: Terminal, folder: Path) -> None:
    made = terminal.at("backup", folder / "stick", "--json")
    assert made.code == 0, made.err
    file = Path(made.json["file"])
    assert terminal.run("verify", file).code == 0
    again = folder / "restored.vault"
    restored = terminal.run("restore", file, again)
    assert restored.code == 0, restored.err
    signed = ("--vault", again, "--user", STORY.user, "--passphrase-file", terminal.secret)
    assert terminal.run("verify", again, *signed).code == 0
    bytes_of_it = bytearray(file.read_bytes())
    bytes_of_it[len(bytes_of_it) // 2] ^= 1
    damaged = file.with_name("fell-down.dbk")
    damaged.write_bytes(bytes_of_it)
    assert terminal.run("verify", damaged).code == 4
    damaged.unlink()


def look_at_the_log(terminal: Terminal) -> None:
    log = terminal.at("log", "--json")
    assert log.code == 0, log.err
    acts = [row["act"] for row in log.json]
    assert {"create_vault", "sign_in", "lock", "import", "add_stay", "add_plan", "export", "backup"} <= set(acts)


def wrong_ends(terminal: Terminal, folder: Path) -> None:
    wrong = folder / "wrong"
    wrong.write_text("not this one\n", encoding="utf-8")
    said = terminal.run("residents", "--vault", terminal.vault, "--user", STORY.user, "--passphrase-file", wrong)
    assert (said.code, said.out) == (3, "")
    assert "Traceback" not in said.err
    assert terminal.at("import", folder / "nothing.xlsx").code == 1
