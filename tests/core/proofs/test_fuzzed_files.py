"""Files that anybody can write are read as if an enemy had: whatever stands in them, what comes back is a
ShelterDeskError or a vault as it was, never a crash and never somebody else's word for truth."""

from __future__ import annotations

import copy
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelterdesk import integrity, lineage
from shelterdesk.errors import ShelterDeskError
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.paths import machine_folder
from shelterdesk.schema import log_reading
from shelterdesk.settings import EVERY, LANGUAGE, Settings
from shelterdesk.vault import (
    check_backup,
    failures,
    inspect_vault,
    kdf,
    make_backup,
    open_vault,
    open_with_recovery,
    repair_header,
    restore_backup,
)
from shelterdesk.vault.encoding import canonical
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE
from tests.core.proofs.scenes import USER, a_new_desk
from tests.core.security.attackers import EVE, EVES_PASSPHRASE, admit_eve, tell_secrets
from tests.desks import PASSPHRASE, TUESDAY, Clock, at_another_computer

PASSPHRASES = {USER: PASSPHRASE, EVE: EVES_PASSPHRASE}
seconds_to_wait = failures.seconds_to_wait

FEW_OR_MANY = pytest.mark.parametrize(
    "examples", [pytest.param(12, id="few"), pytest.param(120, id="many", marks=pytest.mark.long)]
)


def try_out(examples: int, look: Callable[[st.DataObject], None]) -> None:
    """Let hypothesis draw so many examples for *look*."""
    given(data=st.data())(settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow])(look))()


class Made:
    """A closed vault with two members, its recovery code and a backup."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "desk-7F3A.vault"
        desk, self.code = a_new_desk(self.folder)
        tell_secrets(desk)
        admit_eve(desk.vault)
        with desk.read() as db:
            self.head = log_reading.log_head(db)
        self.backup = make_backup(desk.vault, place / "backups", self.head, TUESDAY)
        lock_desk(desk, "asked")
        self.header = (self.folder / HEADER_FILE).read_bytes()
        self.records = (self.folder / "records.db").read_bytes()

    def put_back(self) -> None:
        """Undo what a try left."""
        for file in (HEADER_FILE, COPY_FILE):
            (self.folder / file).write_bytes(self.header)
        (self.folder / failures.FAILURES_FILE).unlink(missing_ok=True)
        for aside in self.folder.glob("*-damaged-*"):
            aside.unlink()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    with at_another_computer(tmp_path_factory):
        return Made(tmp_path_factory.mktemp("made"))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nothing, and let nobody ask for a gigabyte and a minute of stretching, which they may."""
    monkeypatch.setattr(failures, "seconds_to_wait", lambda _folder: 0.0)
    monkeypatch.setattr(kdf, "_CEILING_KIB", 512)
    monkeypatch.setattr(kdf, "_MOST_ITERATIONS", 3)


# --- changing JSON ------------------------------------------------------------------------------------------------

numbers = st.integers() | st.sampled_from([-1, 0, 1, 2**31 - 1, 2**31, 2**63, 10**40])
words = st.text(max_size=70) | st.sampled_from(
    ["", "\x00", "\ud800", "../../x", "0" * 32, "z" * 64, "2026-11-17T06:00:00Z"]
)
strange = st.recursive(
    st.none() | st.booleans() | numbers | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def changed_json(draw: st.DrawFn, document: Any) -> Any:
    """Return *document* with one to three things replaced, removed, doubled, exchanged or added, anywhere in it."""
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        _change_somewhere(draw, document)
    return document


def _change_somewhere(draw: st.DrawFn, place: Any) -> None:
    while True:
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or draw(st.integers(0, 5)) == 0:
            break
        place = place[key]
    match draw(st.sampled_from(["replace", "remove", "double", "exchange", "add"])):
        case "replace":
            place[key] = draw(strange)
        case "remove":
            del place[key]
        case "double" if isinstance(place, list):
            place.insert(key, copy.deepcopy(place[key]))
        case "exchange":
            other = draw(st.sampled_from(keys))
            place[key], place[other] = place[other], place[key]
        case "add" if isinstance(place, dict):
            place[draw(words)] = draw(strange)
        case _:
            place[key] = draw(strange)


def mended(document: dict[str, Any]) -> bytes:
    """Return the bytes of a header whose checksum fits."""
    without = {name: value for name, value in document.items() if name != "checksum"}
    return canonical({**without, "checksum": hashlib.sha256(canonical(without)).hexdigest()})


def tried(use: Callable[[], Any]) -> Any:
    """Do something that may be refused in words; anything else fails the test."""
    with suppress(ShelterDeskError):
        return use()
    return None


# --- the header ---------------------------------------------------------------------------------------------------


def look_at_everything(made: Made, user: str) -> None:
    """Go through every way into the vault, with the headers as they lie there, and put them back."""
    try:
        for use_copy in (False, True):
            tried(partial(inspect_vault, made.folder, use_copy=use_copy))
            vault = tried(partial(open_vault, made.folder, user, PASSPHRASES[user], use_copy=use_copy))
            if vault is not None:
                with vault:
                    assert vault.id.hex == json.loads(made.header)["vault"]
                    assert [member.user_name for member in vault.members] == [USER, EVE]
        recovered = tried(partial(open_with_recovery, made.folder, made.code))
        if recovered is not None:
            recovered.close()
        tried(partial(integrity.verify_folder, made.folder, user, PASSPHRASES[user]))
        tried(partial(repair_header, made.folder))
        assert (made.folder / "records.db").read_bytes() == made.records
    finally:
        made.put_back()


@FEW_OR_MANY
def test_a_header_written_by_an_enemy_is_refused_in_words(made: Made, examples: int) -> None:
    def look(data: st.DataObject) -> None:
        header = mended(data.draw(changed_json(json.loads(made.header))))
        for file in data.draw(st.sampled_from([(HEADER_FILE,), (COPY_FILE,), (HEADER_FILE, COPY_FILE)])):
            (made.folder / file).write_bytes(header)
        look_at_everything(made, data.draw(st.sampled_from([USER, EVE])))

    try_out(examples, look)


@FEW_OR_MANY
def test_noise_in_a_header_is_refused_in_words(made: Made, examples: int) -> None:
    def look(data: st.DataObject) -> None:
        noise = data.draw(st.binary(max_size=40))
        place = data.draw(st.integers(0, len(made.header)))
        before, behind = made.header[:place], made.header[place:]
        header = (
            data.draw(st.sampled_from([b"", before, before[:-1]])) + noise + data.draw(st.sampled_from([b"", behind]))
        )
        (made.folder / HEADER_FILE).write_bytes(header)
        look_at_everything(made, USER)

    try_out(examples, look)


# --- backups ------------------------------------------------------------------------------------------------------


def packed(content: dict[str, bytes]) -> bytes:
    """Return a backup with every checksum that has no key."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name), data)
        archive.comment = b"0" * 64
    data = stream.getvalue()[:-64]
    return data + hashlib.sha256(data).hexdigest().encode()


def with_fitting_sums(content: dict[str, bytes]) -> dict[str, bytes]:
    """Write into the manifest how long the files are now, and their checksums."""
    manifest = json.loads(content.get("manifest.json", b"{}"))
    if not isinstance(manifest, dict):
        return content
    sums = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in content.items()
        if name != "manifest.json"
    }
    return {**content, "manifest.json": json.dumps({**manifest, "files": sums}).encode()}


def use_backup(made: Made, file: Path) -> None:
    """Check and restore *file* in every way; what is restored has to be a vault or to be refused."""
    tried(partial(check_backup, file))
    with open_vault(made.folder, USER, PASSPHRASE) as vault:
        tried(partial(check_backup, file, vault))
    tried(partial(check_backup, file, user_name=USER, passphrase=PASSPHRASE))
    into = file.with_name("desk-0001.vault")
    if tried(partial(restore_backup, file, into)):
        restored = tried(partial(open_vault, into, USER, PASSPHRASE))
        if restored is not None:
            restored.close()
        shutil.rmtree(into)
    assert sorted(file.parent.iterdir()) == [file], "nothing half-made is left"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder for one backup."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@FEW_OR_MANY
def test_a_backup_written_by_an_enemy_is_refused_in_words(made: Made, stick: Path, examples: int) -> None:
    with zipfile.ZipFile(made.backup) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    names = st.sampled_from(["../x", "/x", "records.db", "header.json", "x" * 300, ""])

    def look(data: st.DataObject) -> None:
        content = dict(whole)
        match data.draw(st.sampled_from(["manifest", "header", "records", "names"])):
            case "manifest":
                changed = data.draw(changed_json(json.loads(content["manifest.json"])))
                content["manifest.json"] = json.dumps(changed).encode()
            case "header":
                content["header.json"] = mended(data.draw(changed_json(json.loads(content["header.json"]))))
            case "records":
                records = bytearray(content["records.db"])
                place = data.draw(st.integers(0, len(records) - 1))
                noise = data.draw(st.binary(min_size=1, max_size=20))
                records[place : place + len(noise)] = noise
                content["records.db"] = bytes(records)
            case _:
                moved = content.pop(data.draw(st.sampled_from(sorted(content))))
                content[data.draw(names)] = moved
        if data.draw(st.booleans()):
            content = with_fitting_sums(content)
        (stick / "a.dbk").write_bytes(packed(content))
        use_backup(made, stick / "a.dbk")

    try_out(examples, look)


@FEW_OR_MANY
def test_noise_in_a_backup_is_refused_in_words(made: Made, stick: Path, examples: int) -> None:
    whole = made.backup.read_bytes()

    def look(data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(whole)))
        noise = data.draw(st.binary(max_size=30))
        behind = data.draw(st.sampled_from([b"", whole[place:], whole[place + len(noise) :]]))
        (stick / "a.dbk").write_bytes(whole[:place] + noise + behind)
        use_backup(made, stick / "a.dbk")

    try_out(examples, look)


# --- settings of the machine, and failed sign-ins ------------------------------------------------------------------

toml_values = numbers.map(str) | words.map(json.dumps)
toml_values |= st.sampled_from(["true", "nan", "inf", "[]", "{}", "1979-05-27", "'", '"""'])
toml_names = st.sampled_from([one.name for one in EVERY]) | st.text("abc_-.", min_size=1, max_size=9)


@FEW_OR_MANY
def test_any_file_of_settings_gives_settings_that_fit(tmp_path: Path, examples: int) -> None:
    file = tmp_path / "settings.toml"

    def look(data: st.DataObject) -> None:
        lines = data.draw(st.lists(st.tuples(toml_names, toml_values), max_size=6))
        content = "\n".join(f"{name} = {value}" for name, value in lines).encode("utf-8", "surrogatepass")
        file.write_bytes(content + data.draw(st.just(b"") | st.binary(max_size=20)))
        read = Settings(file)
        for setting in EVERY:
            assert setting.checked(read.value(setting)) == read.value(setting)
        read.change(LANGUAGE, "az")
        assert Settings(file).value(LANGUAGE) == "az"

    try_out(examples, look)


@pytest.mark.parametrize("text", ["x = " + "[" * 100_000, "x = " + "{a=" * 50_000, "[" + "a." * 60_000 + "b]"])
def test_settings_without_end_are_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    assert Settings(file).value(LANGUAGE) == LANGUAGE.default


@FEW_OR_MANY
def test_any_file_of_failed_sign_ins_lets_people_in(made: Made, tmp_path: Path, examples: int) -> None:
    folder = Path(shutil.copytree(made.folder, tmp_path / "desk-0002.vault"))
    file = folder / failures.FAILURES_FILE
    whole = {"failed": [{"at": "2026-11-17T06:00:00Z", "user_name": USER}] * 2, "in_a_row": 0}

    def look(data: st.DataObject) -> None:
        document = data.draw(changed_json(whole) | strange)
        file.write_bytes(data.draw(st.just(json.dumps(document).encode()) | st.binary(max_size=60)))
        assert 0 <= seconds_to_wait(folder) <= 60
        assert len(failures.failed_sign_ins(folder)) <= 200
        if data.draw(st.integers(0, 9)) == 0:
            desk = open_desk(folder, USER, PASSPHRASE, clock=Clock())
            lock_desk(desk, "asked")
            assert failures.failed_sign_ins(folder) == []

    try_out(examples, look)
    assert integrity.verify_folder(folder, USER, PASSPHRASE).findings == []


@FEW_OR_MANY
def test_any_file_of_known_copies_keeps_nobody_out_without_a_word(made: Made, tmp_path: Path, examples: int) -> None:
    """What this computer remembers of vaults lies in its profile, where other programs write as well."""
    folder = Path(shutil.copytree(made.folder, tmp_path / "desk-0003.vault"))
    lock_desk(open_desk(folder, USER, PASSPHRASE, clock=Clock()), "asked")
    file = machine_folder() / "copies.json"
    whole = json.loads(file.read_bytes())
    known = json.loads(made.header)["vault"]
    assert known in whole["vaults"]

    moments = st.sampled_from(["2026-11-17T06:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
    points = st.lists(st.tuples(numbers, st.sampled_from(["00" * 32, "", "zz"]), moments), min_size=1, max_size=3)

    def look(data: st.DataObject) -> None:
        written = data.draw(changed_json(whole) | points.map(lambda drawn: {"format": 1, "vaults": {known: drawn}}))
        file.write_bytes(data.draw(st.just(json.dumps(written).encode()) | st.binary(max_size=60)))
        told = ""
        try:
            open_desk(folder, USER, PASSPHRASE, clock=Clock()).close()
        except lineage.AnotherCopy as found:
            told = found.text("en")
            lineage.let_open(found)
            open_desk(folder, USER, PASSPHRASE, clock=Clock()).close()
        assert told == "" or told.endswith("changed.")

    try_out(examples, look)
