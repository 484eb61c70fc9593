"""One altered bit anywhere is noticed, named, and nothing is overwritten."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault import (
    KdfCost,
    OpenVault,
    VaultDamaged,
    VaultNewer,
    inspect_vault,
    open_vault,
    open_with_recovery,
    repair_header,
    verify_vault,
)
from shelterdesk.vault.chain import Forged, replay
from shelterdesk.vault.encoding import canonical
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, Header, read_header

from .conftest import NAME, PASSPHRASE

DATABASE = "records.db"


@pytest.fixture
def closed(made: tuple[OpenVault, str], folder: Path) -> Path:
    """A closed vault with some pages in its database."""
    vault, _ = made
    with Session(vault.new_engine().execution_options(writes=True)) as session:
        session.execute(text("CREATE TABLE word (number INTEGER PRIMARY KEY, word TEXT)"))
        session.execute(text("INSERT INTO word (word) VALUES (:word)"), [{"word": "x" * 300} for _ in range(60)])
        session.commit()
    vault.close()
    return folder


def flip(path: Path, place: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << bit
    path.write_bytes(data)


def noticed(folder: Path) -> set[str]:
    """Open and verify; return the names of the files that were found damaged."""
    try:
        with open_vault(folder, NAME, PASSPHRASE) as vault:
            found = verify_vault(vault)
            assert all(damage.file in damage.text("en") for damage in found)
            return {damage.file for damage in found}
    except VaultDamaged as error:
        return {error.file}


def test_a_whole_vault_is_found_whole(closed: Path) -> None:
    assert noticed(closed) == set()


def test_every_byte_of_the_header_counts(closed: Path) -> None:
    data = (closed / HEADER_FILE).read_bytes()
    chance = random.Random(1)
    for place in range(len(data)):
        altered = bytearray(data)
        altered[place] ^= 1 << chance.randrange(8)
        with pytest.raises(VaultDamaged):
            Header.decode(bytes(altered), HEADER_FILE)
    for end in range(0, len(data), 97):
        with pytest.raises(VaultDamaged):
            Header.decode(data[:end], HEADER_FILE)
    with pytest.raises(VaultDamaged):
        Header.decode(data + b"\n", HEADER_FILE)


@pytest.mark.parametrize("place", [0, 100, 5000, -2])
def test_a_damaged_header_is_named_before_any_passphrase_and_the_copy_offered(closed: Path, place: int) -> None:
    flip(closed / HEADER_FILE, place)
    before = (closed / HEADER_FILE).read_bytes()
    for look in (inspect_vault, lambda folder: open_vault(folder, "nobody", "nothing")):
        with pytest.raises(VaultDamaged) as told:
            look(closed)
        assert told.value.file == HEADER_FILE
        assert told.value.copy_usable
    assert inspect_vault(closed, use_copy=True).name == "desk-7F3A"
    with open_vault(closed, NAME, PASSPHRASE, use_copy=True) as vault:
        assert {damage.file for damage in verify_vault(vault)} == {HEADER_FILE}
    assert (closed / HEADER_FILE).read_bytes() == before
    assert repair_header(closed) == HEADER_FILE
    assert (closed / "header-damaged-1.json").read_bytes() == before
    assert noticed(closed) == set()
    assert repair_header(closed) is None


def test_a_damaged_copy_is_named_by_verify_and_repaired_on_request(closed: Path) -> None:
    flip(closed / COPY_FILE, 1000)
    assert noticed(closed) == {COPY_FILE}
    assert not inspect_vault(closed).copy_is_whole
    assert repair_header(closed) == COPY_FILE
    assert noticed(closed) == set()


@pytest.mark.parametrize("lost", [HEADER_FILE, COPY_FILE])
def test_a_lost_header_file_is_damage_not_a_new_beginning(closed: Path, lost: str) -> None:
    (closed / lost).unlink()
    assert noticed(closed) == {lost}
    assert repair_header(closed) == lost
    assert noticed(closed) == set()


def test_both_headers_gone_wrong_is_told_without_an_offer(closed: Path) -> None:
    flip(closed / HEADER_FILE, 50)
    flip(closed / COPY_FILE, 50)
    with pytest.raises(VaultDamaged) as told:
        open_vault(closed, NAME, PASSPHRASE)
    assert not told.value.copy_usable
    with pytest.raises(VaultDamaged):
        repair_header(closed)


def test_a_newer_format_is_told_by_name(closed: Path) -> None:
    document = json.loads((closed / HEADER_FILE).read_bytes())
    (closed / HEADER_FILE).write_bytes(spelled({**document, "format": 2, "something": "else"}))
    with pytest.raises(VaultNewer, match=r"header\.json .*newer"):
        open_vault(closed, NAME, PASSPHRASE)


def rewritten(header: Header, change: Callable[[dict[str, object]], None]) -> bytes:
    """Return a header changed by somebody who recomputes the checksum."""
    document = json.loads(header.encoded())
    change(document)
    return spelled(document)


def spelled(document: dict[str, object]) -> bytes:
    without = {name: value for name, value in document.items() if name != "checksum"}
    return canonical({**without, "checksum": hashlib.sha256(canonical(without)).hexdigest()})


def _cost(memory: object, iterations: object = 3) -> Callable[[dict[str, object]], None]:
    def change(document: dict[str, object]) -> None:
        document["slots"][0]["kdf"].update(memory_kib=memory, iterations=iterations)  # type: ignore[index]

    return change


HOSTILE: dict[str, Callable[[dict[str, object]], None]] = {
    "two tebibytes of memory": _cost(2**31 - 1),
    "hours of work": _cost(65536, 10**6),
    "a negative cost": _cost(-1),
    "a cost in words": _cost("much"),
    "a database elsewhere": lambda d: d["database"].update(file="../../etc/passwd"),  # type: ignore[attr-defined]
    "an absolute database": lambda d: d["database"].update(file="/elsewhere/records.db"),  # type: ignore[attr-defined]
    "a name with a path": lambda d: d.update(name="desk-../.."),
    "no slots at all": lambda d: d.update(slots={}),
    "a slot of another kind": lambda d: d["slots"][0].update(type="magic"),  # type: ignore[index]
    "an unknown member": lambda d: d.update(note="hello"),
    "an entry of another kind": lambda d: d["chain"][0].update(kind="law"),  # type: ignore[index]
    "a sealed key under a wrong name": lambda d: d["sealed_keys"].update({"00" * 32: "ff"}),  # type: ignore[attr-defined]
    "a format from nowhere": lambda d: d.update(format=0),
    "a format in words": lambda d: d.update(format="1"),
    "a true generation": lambda d: d.update(generation=True),
    "upper-case hex": lambda d: d.update(mac="AA" * 32),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_header_is_refused_calmly(closed: Path, change: Callable[[dict[str, object]], None]) -> None:
    data = rewritten(read_header(closed), change)
    (closed / HEADER_FILE).write_bytes(data)
    (closed / COPY_FILE).write_bytes(data)
    with pytest.raises(VaultDamaged):
        open_vault(closed, NAME, PASSPHRASE)


strange_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_header_with_any_one_value_changed_is_read_or_refused_but_never_trusted(
    vault: OpenVault, data: st.DataObject
) -> None:
    document = json.loads(vault.header.encoded())
    place: Any = document
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.integers(0, 4)) == 0:
            break
        place = place[key]
    new = data.draw(strange_values)
    assume(key != "checksum" and (new != place[key] or type(new) is not type(place[key])))
    place[key] = new
    try:
        header = Header.decode(spelled(document), HEADER_FILE)
    except (VaultDamaged, VaultNewer):
        return
    assert not vault.unlocked.is_authentic(header)
    with suppress(Forged):
        replay(header.vault, header.chain, vault.unlocked.keys.fingerprint)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b'{"format": Infinity}', b"[]", b"null", b"\xff\xfe", b'{"a":' * 5000, b"[" * 200_000, b"1" * 9999],
)
def test_garbage_for_a_header_is_damage(closed: Path, data: bytes) -> None:
    (closed / HEADER_FILE).write_bytes(data)
    with pytest.raises(VaultDamaged):
        inspect_vault(closed)


def test_every_region_of_the_database_counts(closed: Path) -> None:
    path = closed / DATABASE
    whole = path.read_bytes()
    chance = random.Random(2)
    places = {0, 15, 16, 4015, 4016, 4031, 4032, 4095, 4096, len(whole) - 1, len(whole) - 64, len(whole) - 80}
    places |= {chance.randrange(len(whole)) for _ in range(60)}
    for place in sorted(places):
        flip(path, place, chance.randrange(8))
        assert noticed(closed) == {DATABASE}, place
        path.write_bytes(whole)
    assert noticed(closed) == set()


def test_a_damaged_salt_is_named_but_everything_is_readable(closed: Path) -> None:
    flip(closed / DATABASE, 3)
    with open_vault(closed, NAME, PASSPHRASE) as vault:
        (damage,) = verify_vault(vault)
        assert damage.readable
        with Session(vault.new_engine()) as session:
            assert session.scalar(text("SELECT count(*) FROM word")) == 60


@pytest.mark.parametrize(
    "cut", [lambda d: b"", lambda d: d[:100], lambda d: d[:4095], lambda d: d[:4096], lambda d: d[:-4096],
            lambda d: d[:-7], lambda d: d + b"\0" * 4096, lambda d: d + b"x", lambda d: b"\0" * len(d)]
)  # fmt: skip
def test_a_database_of_the_wrong_length_is_noticed(closed: Path, cut: Callable[[bytes], bytes]) -> None:
    path = closed / DATABASE
    path.write_bytes(cut(path.read_bytes()))
    assert noticed(closed) == {DATABASE}


def test_a_missing_database_is_never_replaced_by_an_empty_one(closed: Path) -> None:
    (closed / DATABASE).unlink()
    for look in (inspect_vault, lambda folder: open_vault(folder, NAME, PASSPHRASE)):
        with pytest.raises(VaultDamaged) as told:
            look(closed)
        assert told.value.file == DATABASE
    assert not (closed / DATABASE).exists()


def test_a_damaged_page_is_told_in_words_and_the_connection_is_not_used_again(closed: Path) -> None:
    path = closed / DATABASE
    flip(path, len(path.read_bytes()) - 200)
    with open_vault(closed, NAME, PASSPHRASE) as vault:
        engine = vault.new_engine()
        for _ in range(2):
            with Session(engine) as session, pytest.raises(VaultDamaged) as told:
                session.execute(text("SELECT sum(length(word)) FROM word")).all()
            assert told.value.file == DATABASE
        # What lies in other pages is still read.
        with Session(engine) as session:
            assert session.scalar(text("SELECT count(*) FROM vault_state")) == 3


def test_an_older_header_put_back_is_refused(closed: Path) -> None:
    older = (closed / HEADER_FILE).read_bytes()
    with open_vault(closed, NAME, PASSPHRASE) as vault:
        vault.change_passphrase(PASSPHRASE, "new", KdfCost.for_tests())
    (closed / HEADER_FILE).write_bytes(older)
    with pytest.raises(VaultDamaged, match="older") as told:
        open_vault(closed, NAME, PASSPHRASE)
    assert told.value.file == HEADER_FILE
    open_vault(closed, NAME, "new", use_copy=True).close()


def test_an_older_database_put_back_is_refused(closed: Path) -> None:
    older = (closed / DATABASE).read_bytes()
    with open_vault(closed, NAME, PASSPHRASE) as vault:
        for _ in range(2):
            vault.change_passphrase(PASSPHRASE, PASSPHRASE, KdfCost.for_tests())
    (closed / DATABASE).write_bytes(older)
    with pytest.raises(VaultDamaged, match="older") as told:
        open_vault(closed, NAME, PASSPHRASE)
    assert told.value.file == DATABASE


def test_headers_of_two_vaults_are_not_exchanged(made: tuple[OpenVault, str], closed: Path, tmp_path: Path) -> None:
    from shelterdesk.vault import create_vault

    other, code = create_vault(
        tmp_path / "other", user_name=NAME, roles=["director"], passphrase=PASSPHRASE, cost=KdfCost.for_tests()
    )
    other.close()
    for file in (HEADER_FILE, COPY_FILE):
        (closed / file).write_bytes((tmp_path / "other" / file).read_bytes())
    for attempt in (lambda: open_vault(closed, NAME, PASSPHRASE), lambda: open_with_recovery(closed, code)):
        with pytest.raises(VaultDamaged) as told:
            attempt()
        assert told.value.file == DATABASE


def test_a_copy_that_was_left_behind_is_completed(closed: Path) -> None:
    older = (closed / COPY_FILE).read_bytes()
    with open_vault(closed, NAME, PASSPHRASE) as vault:
        vault.change_passphrase(PASSPHRASE, PASSPHRASE, KdfCost.for_tests())
    (closed / COPY_FILE).write_bytes(older)
    assert noticed(closed) == set()
    assert (closed / COPY_FILE).read_bytes() == (closed / HEADER_FILE).read_bytes()


def test_a_change_that_reached_the_header_holds_even_if_the_rest_fails(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shelterdesk.vault import DiskFull, opening, store

    real = store.write_atomically

    def only_the_header(path: Path, data: bytes) -> None:
        if path.name == COPY_FILE:
            raise DiskFull(path.parent)
        real(path, data)

    with open_vault(closed, NAME, PASSPHRASE) as vault:
        for module in (store, opening):
            monkeypatch.setattr(module, "write_atomically", only_the_header)
        vault.change_passphrase(PASSPHRASE, "second", KdfCost.for_tests())
        vault.change_passphrase("second", "third", KdfCost.for_tests())
        assert vault.generation == 3
    with open_vault(closed, NAME, "third") as vault:
        assert {damage.file for damage in verify_vault(vault)} == {COPY_FILE}
    monkeypatch.undo()
    monkeypatch.setenv("SHELTERDESK_TEST_KDF", "1")
    with open_vault(closed, NAME, "third") as vault:
        assert verify_vault(vault) == []


def test_a_change_that_did_not_reach_the_header_changes_nothing(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shelterdesk.vault import DiskFull, writing

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with open_vault(closed, NAME, PASSPHRASE) as vault:
        monkeypatch.setattr(writing.os, "fsync", full)
        with pytest.raises(DiskFull):
            vault.change_passphrase(PASSPHRASE, "new", KdfCost.for_tests())
        monkeypatch.undo()
        assert vault.generation == 1
    monkeypatch.setenv("SHELTERDESK_TEST_KDF", "1")
    assert noticed(closed) == set()
    assert not list(closed.glob("*.new"))


def test_verify_sees_a_header_exchanged_while_open(made: tuple[OpenVault, str], folder: Path) -> None:
    vault, _ = made
    other = replace(vault.header, generation=7).authenticated(vault.unlocked.database_key)
    (folder / COPY_FILE).write_bytes(other.encoded())
    assert [damage.file for damage in verify_vault(vault)] == [COPY_FILE]


def test_damage_is_told_in_words() -> None:
    assert issubclass(VaultDamaged, ShelterDeskError)
    assert str(VaultDamaged("records.db")) == "The file records.db of this vault is damaged. Nothing was changed."
