"""The program without its window: every command, exit code and output, and what it leaves on the disk."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest

from shelterdesk import sample, what_happened
from shelterdesk.cli.entry import VARIABLE
from shelterdesk.opening import open_desk
from shelterdesk.people import add_person
from shelterdesk.vault import KdfCost
from tests.core.cli.terminal import Terminal, at, words_of
from tests.desks import PASSPHRASE


def test_create_prints_the_recovery_code_once_and_it_opens_the_vault(tmp_path: Path, run: Terminal) -> None:
    from shelterdesk.vault import open_with_recovery

    folder = tmp_path / "desk-7F3A.vault"
    said = run("create", folder, "--user", "leyla", "--shelter", "House")

    assert said.code == 0
    code = said.out.strip().removeprefix("Recovery code: ")
    assert re.fullmatch(r"[0-9A-Z]+([ -][0-9A-Z]+)+", code)
    open_with_recovery(folder, code).close()
    assert "only this once" in said.err
    for file in folder.iterdir():
        assert code.encode() not in file.read_bytes()


def test_create_touches_nothing_that_is_there(vault: Path, run: Terminal) -> None:
    before = {file.name: file.read_bytes() for file in vault.iterdir()}

    said = run("create", vault, "--user", "other", "--shelter", "Other")

    assert said.code == 1
    assert "is not empty" in said.err
    assert {file.name: file.read_bytes() for file in vault.iterdir()} == before


@pytest.mark.long
def test_demo_prints_the_two_lines_that_open_it(tmp_path: Path, run: Terminal) -> None:
    folder = tmp_path / "desk-DE30.vault"
    said = run("demo", folder, "--residents", "5", "--months", "3", passphrase=None)

    assert said.code == 0
    user, passphrase = (line.split(": ", 1) for line in said.out.splitlines())
    assert (user[0], passphrase[0]) == ("user", "passphrase")
    again = run(
        "residents",
        "--here",
        "--json",
        "--why",
        "tried",
        "--vault",
        folder,
        "--user",
        user[1],
        passphrase=passphrase[1],
    )
    assert again.code == 0
    assert len(again.json) == 5


def test_residents_tells_everybody_and_who_is_here(demo: Path, run: Terminal) -> None:
    everybody = run("residents", *at(demo), passphrase=sample.PASSPHRASE)
    here = run("residents", "--here", *at(demo), passphrase=sample.PASSPHRASE)

    assert everybody.code == here.code == 0
    assert len(everybody.out.splitlines()) == 14, "twelve, one whose record is due for removal, and the heading"
    assert len(here.out.splitlines()) == 12
    assert re.search(r"^R-\d{4}-\d{3}  Aysel M\.\s+47\s+Room 1-3\s+Leyla A\.$", here.out, re.MULTILINE)


def test_residents_as_json_names_the_fields_as_they_are_declared(demo: Path, run: Terminal) -> None:
    from shelterdesk.people import Person

    rows = run("residents", "--json", "--why", "tried", *at(demo), passphrase=sample.PASSPHRASE).json

    aysel = next(row for row in rows if row["short_name"] == "Aysel M.")
    shown = {field.id.split(".", 1)[1] for field in what_happened.without_it(Person.declared)}
    assert shown <= set(aysel)
    assert not {"exploitation_types", "control_methods"} & set(aysel), "what happened stays in its place"
    assert aysel["given_names"] == "Aysel"
    assert aysel["citizenships"] == ["AZ"]
    assert aysel["here"] is True
    assert aysel["days_here"] == 47
    assert aysel["phase"] == "transition"
    assert aysel["status"] in ("presumed", "identified")
    # What leaves the vault as a file of names is noted.
    log = run("log", "--json", *at(demo), passphrase=sample.PASSPHRASE).json
    export = next(row for row in log if row["act"] == "export")
    assert {"field": "log.what", "state": "readable", "before": None, "after": "residents"} in export["changes"]


def test_names_leave_as_json_with_a_reason_only(demo: Path, run: Terminal) -> None:
    refused = run("residents", "--json", *at(demo), passphrase=sample.PASSPHRASE)
    assert refused.code != 0
    assert "Aysel" not in refused.out
    run("residents", "--json", "--why", "For the audit", *at(demo), passphrase=sample.PASSPHRASE)
    log = run("log", "--json", *at(demo), passphrase=sample.PASSPHRASE).json
    export = next(row for row in log if row["act"] == "export")
    assert {one["after"] for one in export["changes"] if one["field"] == "log.why"} == {"For the audit"}


def test_what_a_person_has_no_key_for_is_left_out(desk: Any) -> None:
    from shelterdesk.cli.plain import plain_record
    from shelterdesk.people import Person
    from shelterdesk.schema.base import whole
    from shelterdesk.vault.seal import KeyRing

    person = add_person(desk, short_name="Aysel M.", given_names="Aysel", gender="woman")
    with desk.read() as db:
        db.info["ring"] = KeyRing.for_tests()
        keyless = db.get_one(Person, person.id, options=whole(Person))
    values = plain_record(desk.fields(Person), keyless)

    assert values["gender"] == "woman"
    assert values["code"] == person.code
    assert "given_names" not in values
    assert "short_name" not in values


@pytest.mark.parametrize("for_file", [False, True])
def test_plan_writes_her_sheet_or_the_plan_for_the_file(
    demo: Path, run: Terminal, tmp_path: Path, for_file: bool
) -> None:
    rows = run("residents", "--json", "--why", "tried", "--here", *at(demo), passphrase=sample.PASSPHRASE).json
    code = next(row["code"] for row in rows if row["short_name"] == "Aysel M.")
    target = tmp_path / "paper.docx"
    more = ("--for-file",) if for_file else ()

    said = run("plan", code.lower(), *more, "-o", target, *at(demo), passphrase=sample.PASSPHRASE)

    assert said.code == 0
    words = words_of(target)
    if for_file:
        assert code in words
        assert "Go to court together" in words
        assert "Claim for unpaid wages" in words
    else:
        assert "Read the letter" in words
        for secret in (code, "court", "wages", "Leyla", "Nigar", "Aysel", "Reintegration", "Confidential"):
            assert secret not in words
    log = run("log", "--json", *at(demo), passphrase=sample.PASSPHRASE).json
    assert any(row["act"] == "export" and row["person"] == code for row in log)


def test_a_plan_of_a_record_that_asks_why_is_written_for_a_reason(demo: Path, run: Terminal, tmp_path: Path) -> None:
    listed = run("residents", "--json", "--why", "tried", *at(demo), passphrase=sample.PASSPHRASE).json
    (row,) = [one for one in listed if one["restricted"]]
    assert "given_names" not in row
    code, target = row["code"], tmp_path / "plan.docx"
    asked = run("plan", code, "-o", target, *at(demo), passphrase=sample.PASSPHRASE)
    assert asked.code == 3
    assert "asks why" in asked.err
    assert "--why" in asked.err
    assert not target.exists()
    given = run("plan", code, "-o", target, "--why", "Court", *at(demo), passphrase=sample.PASSPHRASE)
    assert given.code == 0
    assert target.exists()


def test_plan_for_nobody_and_plan_in_another_format(demo: Path, run: Terminal, tmp_path: Path) -> None:
    nobody = run("plan", "R-1999-001", "-o", tmp_path / "x.docx", *at(demo), passphrase=sample.PASSPHRASE)
    format_ = run("plan", "R-1999-001", "-o", tmp_path / "x.pdf", *at(demo), passphrase=sample.PASSPHRASE)

    assert nobody.code == 1
    assert "R-1999-001" in nobody.err
    assert format_.code == 2
    assert not list(tmp_path.glob("x.*"))


def test_backup_restores_beside_and_verifies(demo: Path, run: Terminal, tmp_path: Path) -> None:
    made = run("backup", tmp_path / "backups", *at(demo), passphrase=sample.PASSPHRASE)
    file = Path(made.out.strip())
    assert made.code == 0
    assert file.suffix == ".dbk"

    again = tmp_path / "again.vault"
    assert run("restore", file, again).code == 0
    assert run("restore", file, again).code == 1, "never over a vault"
    assert run("restore", file, demo).code == 1
    checked = run("verify", again, "--user", "leyla", "--json", passphrase=sample.PASSPHRASE)
    assert checked.code == 0
    assert checked.json["whole"] is True
    assert checked.json["log_rows"] > 100
    assert checked.json["seals"] > 100
    assert run("verify", file, "--user", "leyla", passphrase=sample.PASSPHRASE).code == 0


def test_verify_names_a_flipped_byte_and_changes_nothing(demo: Path, run: Terminal) -> None:
    records = demo / "records.db"
    whole = records.read_bytes()
    for place in (len(whole) // 3, len(whole) // 2, len(whole) - 2000):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        records.write_bytes(damaged)

        said = run("verify", *at(demo), passphrase=sample.PASSPHRASE)

        assert said.code == 4, place
        assert "records.db" in said.out + said.err
        assert "restore" in said.err
        assert records.read_bytes() == damaged
    records.write_bytes(whole)
    assert run("verify", demo, "--user", "leyla", passphrase=sample.PASSPHRASE).code == 0


@pytest.mark.parametrize("file", ["header.json", "header-copy.json"])
def test_verify_names_a_damaged_header(vault: Path, run: Terminal, file: str) -> None:
    header = vault / file
    data = bytearray(header.read_bytes())
    data[len(data) // 2] ^= 1
    header.write_bytes(data)

    said = run("verify", *at(vault))

    assert said.code == 4
    assert file in said.out + said.err


def test_verify_notices_a_seal_that_was_moved_to_another_row(demo: Path, run: Terminal) -> None:
    from sqlalchemy import text

    desk = open_desk(demo, "leyla", sample.PASSPHRASE)
    with desk.quietly() as db:
        db.execute(
            text(
                "UPDATE person SET short_name_sealed = (SELECT short_name_sealed FROM person ORDER BY code LIMIT 1)"
                " WHERE code = (SELECT max(code) FROM person)"
            )
        )
    desk.close()

    said = run("verify", "--json", *at(demo), passphrase=sample.PASSPHRASE)

    assert said.code == 4
    assert [one["where"] for one in said.json["findings"]] == ["seals"]


def test_verify_notices_a_row_missing_from_the_log(demo: Path, run: Terminal) -> None:
    from sqlalchemy import text

    desk = open_desk(demo, "leyla", sample.PASSPHRASE)
    with desk.quietly() as db:
        db.execute(text("DELETE FROM log WHERE number = 7"))
    desk.close()

    said = run("verify", *at(demo), passphrase=sample.PASSPHRASE)

    assert said.code == 4
    assert "Row 7 of the log is missing." in said.out


def test_a_damaged_backup_is_told_apart(demo: Path, run: Terminal, tmp_path: Path) -> None:
    file = Path(run("backup", tmp_path, *at(demo), passphrase=sample.PASSPHRASE).out.strip())
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)

    assert run("verify", file).code == 4
    said = run("restore", file, tmp_path / "again.vault")
    assert said.code == 4
    assert "Use another one" in said.err
    assert not (tmp_path / "again.vault").exists()


def test_log_tells_who_did_what_without_content(demo: Path, run: Terminal) -> None:
    said = run("log", *at(demo), passphrase=sample.PASSPHRASE)

    assert said.code == 0
    assert "Signed in" in said.out.splitlines()[1]
    assert said.out.count("Filled the vault with invented people") > 100
    assert "Aysel" not in said.out
    rows = run("log", "--json", *at(demo), passphrase=sample.PASSPHRASE).json
    assert [row["number"] for row in rows] == list(range(len(rows), 0, -1))


def test_wrong_passphrase_and_unknown_name_end_with_three(vault: Path, run: Terminal) -> None:
    wrong = run("residents", *at(vault), passphrase="something else entirely")
    unknown = run("residents", "--vault", vault, "--user", "nobody")

    assert (wrong.code, unknown.code) == (3, 3)
    assert "do not open the vault" in wrong.err
    assert wrong.err.splitlines()[0] == unknown.err.splitlines()[0]
    assert wrong.out == unknown.out == ""


def test_no_right_ends_with_three(tmp_path: Path, run: Terminal) -> None:
    from shelterdesk.opening import create_desk

    folder = tmp_path / "desk-0001.vault"
    desk, _code = create_desk(
        folder, user_name="leyla", passphrase=PASSPHRASE, shelter="House", roles=("administrator",),
        cost=KdfCost.for_tests(),
    )  # fmt: skip
    desk.close()

    assert run("residents", *at(folder)).code == 3
    assert run("log", *at(folder)).code == 3
    assert run("backup", tmp_path / "backups", *at(folder)).code == 0


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["unheard-of"],
        ["residents", "--unheard-of"],
        ["plan", "R-2026-001"],
        ["create"],
        ["demo", "x", "--residents", "0"],
        ["residents", "--user", "leyla"],
        ["residents", "--vault", "x"],
    ],
)
def test_usage_ends_with_two(words: list[str], run: Terminal) -> None:
    said = run(*words)

    assert said.code == 2
    assert said.err
    assert said.out == ""


def test_no_vault_there_ends_with_one_before_a_passphrase_is_asked(tmp_path: Path, run: Terminal) -> None:
    said = run("residents", "--vault", tmp_path / "none", "--user", "leyla", passphrase=None)

    assert said.code == 1
    assert "There is no vault" in said.err


def test_without_a_passphrase_and_a_terminal_it_is_usage(
    vault: Path, run: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    said = run("residents", *at(vault), passphrase=None)

    assert said.code == 2
    assert VARIABLE in said.err


def test_a_vault_in_use_is_left_alone(vault: Path, run: Terminal) -> None:
    desk = open_desk(vault, "leyla", PASSPHRASE)
    try:
        said = run("residents", *at(vault))
    finally:
        desk.close()
    assert said.code == 1
    assert "already open" in said.err


def test_the_passphrase_comes_from_a_file_or_from_standard_input(
    vault: Path, run: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "passphrase.txt"
    file.write_bytes(f"\ufeff{PASSPHRASE}\r\nsecond line\r\n".encode())
    assert run("--passphrase-file", file, "residents", *at(vault), passphrase=None).code == 0
    # The option wins over the environment.
    assert run("residents", *at(vault), "--passphrase-file", file, passphrase="wrong").code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n"))
    assert run("residents", *at(vault), "--passphrase-file", "-", passphrase=None).code == 0


def test_options_may_stand_before_the_command(vault: Path, run: Terminal) -> None:
    assert run(*at(vault), "--json", "residents", "--why", "tried").json == []


def test_an_unforeseen_error_quotes_no_content(vault: Path, run: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise KeyError("Aysel Mehdiyeva")

    monkeypatch.setattr("shelterdesk.residents.list_rows", fail)
    said = run("residents", *at(vault))

    assert said.code == 1
    assert "KeyError" in said.err
    assert "Aysel" not in said.out + said.err
