"""One flipped bit or a cut at any kind of place is noticed by ``verify``: exit code 4, a named reason, never a crash.

Two limits are stated: a header whose checksum somebody recomputed may read as a wrong passphrase (exit code 3), and a
damaged write-ahead log may lose its last transactions without being noticed.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shelterdesk import backups, people
from shelterdesk.opening import lock_desk
from shelterdesk.vault import failures
from shelterdesk.vault.encoding import canonical
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE
from tests.core.cli.terminal import Said, Terminal, at
from tests.core.proofs.scenes import a_new_desk
from tests.core.security.attackers import tell_secrets
from tests.desks import at_another_computer

DATABASE = "records.db"
PAGE, IV, MAC = 4096, 16, 64
INSIDE = PAGE - IV - MAC
UNFORESEEN = "did not expect"

Place = Callable[[random.Random, int], int]
"""Takes the size of the file and answers a position in it."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a closed vault, one as a power cut leaves it, and a backup."""
    place = tmp_path_factory.mktemp("made")
    with at_another_computer(tmp_path_factory):
        desk, _code = a_new_desk(place / "desk-7F3A.vault")
        tell_secrets(desk)
        backups.back_up(desk, place).rename(place / "a.dbk")
        desk.vault.checkpoint()
        people.add_person(desk, short_name="Nur")
        shutil.copytree(desk.vault.folder, place / "desk-C070.vault")
        lock_desk(desk, "asked")
    return place


@pytest.fixture
def vault(made: Path, tmp_path: Path) -> Path:
    """A copy of the closed vault to spoil."""
    return Path(shutil.copytree(made / "desk-7F3A.vault", tmp_path / "desk-7F3A.vault"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The command line, with a person at it who waits for nothing."""
    monkeypatch.setattr(failures, "seconds_to_wait", lambda _folder: 0.0)
    return Terminal(capsys, monkeypatch)


def flipped(data: bytes, place: int, bit: int = 0) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1 << bit
    return bytes(changed)


def expect_damage(said: Said, file: str, what: object) -> None:
    """Exit code 4, the file by its name, and what to do."""
    told = said.out + said.err
    assert said.code == 4, (what, told)
    assert file in told, (what, told)
    assert UNFORESEEN not in told, (what, told)
    assert "Traceback" not in told, (what, told)


# --- records.db ---------------------------------------------------------------------------------------------------


def _within(first: int, beyond: int) -> Place:
    return lambda chance, _size: chance.randrange(first, beyond)


def _in_a_page(first: int, beyond: int) -> Place:
    return lambda chance, size: chance.randrange(1, size // PAGE - 1) * PAGE + chance.randrange(first, beyond)


def _in_the_last_page(first: int, beyond: int) -> Place:
    return lambda chance, size: size - PAGE + chance.randrange(first, beyond)


PLACES: dict[str, Place] = {
    "the salt": _within(0, 16),
    "the header page": _within(16, INSIDE),
    "the IV of the header page": _within(INSIDE, INSIDE + IV),
    "the MAC of the header page": _within(INSIDE + IV, PAGE),
    "a page": _in_a_page(0, INSIDE),
    "the IV of a page": _in_a_page(INSIDE, INSIDE + IV),
    "the MAC of a page": _in_a_page(INSIDE + IV, PAGE),
    "the last page": _in_the_last_page(0, INSIDE),
    "the IV of the last page": _in_the_last_page(INSIDE, INSIDE + IV),
    "the MAC of the last page": _in_the_last_page(INSIDE + IV, PAGE),
}


def spoil_database(run: Terminal, vault: Path, place: Place, chance: random.Random) -> None:
    """Flip a bit in one place of the class and cut the file in another."""
    path = vault / DATABASE
    whole = path.read_bytes()
    where = place(chance, len(whole))
    path.write_bytes(flipped(whole, where, chance.randrange(8)))
    expect_damage(run("verify", *at(vault)), DATABASE, f"a bit at {where}")
    where = place(chance, len(whole))
    path.write_bytes(whole[:where])
    expect_damage(run("verify", *at(vault)), DATABASE, f"cut at {where}")
    path.write_bytes(whole)


@pytest.mark.parametrize("what", PLACES)
def test_a_bit_or_a_cut_in_the_records_is_named(vault: Path, run: Terminal, what: str) -> None:
    spoil_database(run, vault, PLACES[what], random.Random())
    assert run("verify", *at(vault)).code == 0


@pytest.mark.long
@pytest.mark.parametrize("what", PLACES)
def test_many_bits_and_cuts_in_the_records_are_named(vault: Path, run: Terminal, what: str) -> None:
    chance = random.Random()
    for _ in range(10):
        spoil_database(run, vault, PLACES[what], chance)


@pytest.mark.long
def test_every_single_page_counts(vault: Path, run: Terminal) -> None:
    path = vault / DATABASE
    whole = path.read_bytes()
    chance = random.Random()
    for page in range(len(whole) // PAGE):
        path.write_bytes(flipped(whole, page * PAGE + chance.randrange(16, PAGE), chance.randrange(8)))
        expect_damage(run("verify", *at(vault)), DATABASE, f"page {page}")


# --- the write-ahead log ------------------------------------------------------------------------------------------

FRAME = 24
LOG_PLACES: dict[str, Place] = {
    "its first words": _within(0, 12),
    "its salts and checksums": _within(12, 32),
    "the head of a frame": lambda chance, size: 32 + _a_frame(chance, size) + chance.randrange(FRAME),
    "a page in a frame": lambda chance, size: 32 + _a_frame(chance, size) + FRAME + chance.randrange(PAGE),
    "the last frame": lambda chance, size: size - chance.randrange(1, PAGE + FRAME),
}


def _a_frame(chance: random.Random, size: int) -> int:
    return chance.randrange((size - 32) // (FRAME + PAGE)) * (FRAME + PAGE)


@pytest.mark.parametrize("what", LOG_PLACES)
def test_a_damaged_write_ahead_log_may_lose_its_last_writes_but_nothing_before(
    made: Path, tmp_path: Path, run: Terminal, what: str
) -> None:
    """A stated limit: the log of the engine has checksums without a key, and ends where they end."""
    chance = random.Random()
    for number, change in enumerate((flipped, lambda data, place: data[:place])):
        folder = Path(shutil.copytree(made / "desk-C070.vault", tmp_path / f"desk-C07{number}.vault"))
        log = folder / f"{DATABASE}-wal"
        whole = log.read_bytes()
        log.write_bytes(change(whole, LOG_PLACES[what](chance, len(whole))))
        said = run("verify", "--json", *at(folder))
        assert said.code in (0, 4), said.err
        assert UNFORESEEN not in said.err
        if said.code == 0:
            assert said.json["whole"]
            assert said.json["log_rows"] >= 6, "what was checkpointed before is all there"


# --- the two header files -----------------------------------------------------------------------------------------


def tokens(data: bytes) -> Iterator[tuple[int, int]]:
    """Give where each word and number of a JSON text begins and ends: the names of its members and their values."""
    for found in re.finditer(rb'"((?:[^"\\]|\\.)*)"|\d+|true|false', data):
        if found.end() - found.start() > 2:
            yield found.start(), found.end()


def spoil_headers(run: Terminal, vault: Path, file: str, step: int) -> None:
    """Flip a bit in every *step*-th word of *file*, and cut it there."""
    path = vault / file
    whole = path.read_bytes()
    chance = random.Random()
    found = list(tokens(whole))
    assert len(found) > 200
    for begin, end in found[chance.randrange(step) :: step]:
        where = chance.randrange(begin, end)
        path.write_bytes(flipped(whole, where, chance.randrange(8)))
        expect_damage(run("verify", *at(vault)), file, f"a bit at {where}")
        path.write_bytes(whole[:where])
        expect_damage(run("verify", *at(vault)), file, f"cut at {where}")
    path.write_bytes(whole)


@pytest.mark.parametrize(("file", "step"), [(HEADER_FILE, 20), (COPY_FILE, 200)])
def test_a_bit_or_a_cut_in_a_header_is_named(vault: Path, run: Terminal, file: str, step: int) -> None:
    spoil_headers(run, vault, file, step)
    assert run("verify", *at(vault)).code == 0


@pytest.mark.long
@pytest.mark.parametrize(("file", "step"), [(HEADER_FILE, 1), (COPY_FILE, 25)])
def test_every_member_of_a_header_counts(vault: Path, run: Terminal, file: str, step: int) -> None:
    spoil_headers(run, vault, file, step)


@pytest.mark.parametrize("file", [HEADER_FILE, COPY_FILE, DATABASE])
def test_a_file_that_is_gone_is_named(vault: Path, run: Terminal, file: str) -> None:
    (vault / file).unlink()
    expect_damage(run("verify", *at(vault)), file, "gone")


def leaves(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to every single value of a JSON document."""
    if isinstance(document, dict | list) and document:
        for key in document if isinstance(document, dict) else range(len(document)):
            yield from leaves(document[key], (*path, key))
    else:
        yield path


def altered(value: Any) -> Any:
    """Return a value of the same kind that differs as little as possible."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, str) and value:
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    return "0" if value == "" else [0]


def rewritten(whole: bytes, path: tuple[Any, ...]) -> bytes:
    """Return the header with one value altered and its checksum mended, as anybody can."""
    document = json.loads(whole)
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = altered(inner[path[-1]])
    del document["checksum"]
    return canonical({**document, "checksum": hashlib.sha256(canonical(document)).hexdigest()})


def mend_headers(run: Terminal, vault: Path, step: int) -> None:
    whole = (vault / HEADER_FILE).read_bytes()
    ways = [path for path in leaves(json.loads(whole)) if path[0] not in ("checksum", "format")]
    assert len(ways) > 100
    for path in ways[random.Random().randrange(step) :: step]:
        for file in (HEADER_FILE, COPY_FILE):
            (vault / file).write_bytes(rewritten(whole, path))
        said = run("verify", *at(vault))
        assert said.code in (3, 4), (path, said.out + said.err)
        assert UNFORESEEN not in said.err, path
        assert said.err, path


def test_a_header_with_a_mended_checksum_opens_nothing(vault: Path, run: Terminal) -> None:
    mend_headers(run, vault, 12)


@pytest.mark.long
def test_no_member_of_a_header_can_be_changed_with_a_mended_checksum(vault: Path, run: Terminal) -> None:
    mend_headers(run, vault, 1)


# --- a backup -----------------------------------------------------------------------------------------------------


def regions(file: Path) -> dict[str, tuple[int, int]]:
    """Return where the parts of a backup begin and end: heads and contents of its files, the list, the end."""
    found: dict[str, tuple[int, int]] = {}
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            start = entry.header_offset
            head = file.read_bytes()[start : start + 30]
            names, more = struct.unpack("<HH", head[26:30])
            begin = start + 30 + names + more
            found[f"the head of {entry.filename}"] = (start, begin)
            found[entry.filename] = (begin, begin + entry.compress_size)
        end = file.stat().st_size - len(archive.comment) - 22
        found["the list of files"] = (archive.start_dir, end)
        found["the end record"] = (end, end + 22)
        found["the checksum of the file"] = (end + 22, file.stat().st_size)
    return found


def spoil_backup(run: Terminal, file: Path, times: int) -> None:
    """Flip bits and cut in every region; in the files within also with the checksum over everything mended."""
    whole = file.read_bytes()
    chance = random.Random()
    for what, (begin, end) in regions(file).items():
        for _ in range(times):
            where = chance.randrange(begin, end)
            spoilt = flipped(whole, where, chance.randrange(8))
            ways = {"a bit": spoilt, "a cut": whole[:where]}
            if not what.startswith("the "):
                ways["a bit, mended"] = spoilt[:-64] + hashlib.sha256(spoilt[:-64]).hexdigest().encode()
            for way, data in ways.items():
                file.write_bytes(data)
                expect_damage(run("verify", file), file.name, f"{way} at {where} in {what}")
                restored = run("restore", file, file.parent / "new")
                assert restored.code == 4, (way, where, what)
    assert not (file.parent / "new").exists()
    file.write_bytes(whole)
    assert run("verify", file, "--user", "leyla").code == 0


def test_a_bit_or_a_cut_in_a_backup_is_named(made: Path, tmp_path: Path, run: Terminal) -> None:
    spoil_backup(run, Path(shutil.copy(made / "a.dbk", tmp_path)), 1)


@pytest.mark.long
def test_many_bits_and_cuts_in_a_backup_are_named(made: Path, tmp_path: Path, run: Terminal) -> None:
    spoil_backup(run, Path(shutil.copy(made / "a.dbk", tmp_path)), 25)
