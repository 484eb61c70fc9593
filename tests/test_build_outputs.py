"""What goes with a build: licences, the list of files, SBOM, checksums, signing, and that it can be repeated."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlcipher3 import dbapi2

from installer import outputs, parts, program, repeatability, sbom, signing
from installer.console import ROOT, Stop
from installer.linux import building as linux_building
from installer.linux import packages
from installer.program import Built, Wishes
from installer.windows import building as windows_building
from installer.windows import icons
from shelterdesk import own_files

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dpkg-query") is None, reason="packages are built on Debian"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A program folder with little in it, made ready to be packed."""
    folder = tmp_path_factory.mktemp("built") / "ShelterDesk"
    (folder / "_internal").mkdir(parents=True)
    for name in ("ShelterDesk", "shelterdesk-cli", "_internal/libz.so.1", "_internal/libicudata.so.73"):
        (folder / name).write_bytes(name.encode())
    (folder / "_internal" / "libz.so").symlink_to("libz.so.1")
    built = Built(folder, folder / "ShelterDesk", folder / "shelterdesk-cli", "linux", "0.1.0")
    outputs.put_inside(built)
    return built


# --- licences -------------------------------------------------------------------------------------------------------


def test_every_part_has_a_licence_and_its_texts_lie_in_the_folder(made: Built) -> None:
    told = json.loads((made.folder / "licences" / "parts.json").read_text(encoding="utf-8"))
    assert {"ShelterDesk", "Python", "Qt", "SQLCipher", "OpenSSL", "pillow", "pyinstaller", "zlib1g"} <= {
        part["name"] for part in told["parts"]
    }
    for part in told["parts"]:
        assert part["licence"], part["name"]
        assert part["texts"], part["name"]
        for text in part["texts"]:
            assert (made.folder / "licences" / text).stat().st_size > 20, text
    assert "LGPL" in (made.folder / "licences" / "READ-ME.txt").read_text(encoding="utf-8")


def test_what_nobody_said_in_the_metadata_was_looked_up(made: Built) -> None:
    licences = {part.name: part.licence for part in parts.of(made)}
    assert licences["sqlcipher3"] == "Zlib"
    assert licences["Qt"] == "LGPL-3.0-only"
    assert "UNKNOWN" not in licences.values()


def test_what_the_libraries_carry_inside_is_what_they_say() -> None:
    connection = dbapi2.connect(":memory:")
    connection.execute("PRAGMA key = 'x'")
    (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    (provider,) = connection.execute("PRAGMA cipher_provider_version").fetchone()
    (sqlite,) = connection.execute("SELECT sqlite_version()").fetchone()
    connection.close()
    assert parts.inside_versions("sqlcipher3") == {
        "SQLCipher": cipher.split()[0],
        "SQLite": sqlite,
        "OpenSSL": provider.split()[1],
    }
    assert parts.inside_versions("pyside6-essentials")["Qt"] == metadata.version("pyside6-essentials")


def test_a_part_without_a_text_stops_the_build() -> None:
    with pytest.raises(Stop, match="without a licence text"):
        parts._refuse_what_is_without([parts.Part("lost", "1", "MIT", {})])
    with pytest.raises(Stop, match="under which licence"):
        parts._refuse_what_is_without([parts.Part("unclear", "1", "", {"LICENSE": b"words"})])


@pytest.mark.parametrize(
    ("library", "said"), [("libreadline.so.8", "under the GPL"), ("libnobodyknows.so.1", "which package")]
)
def test_a_library_that_may_not_or_cannot_be_explained_stops_it(tmp_path: Path, library: str, said: str) -> None:
    (tmp_path / "_internal").mkdir()
    (tmp_path / "_internal" / library).touch()
    with pytest.raises(Stop, match=said):
        list(parts._of_debian(tmp_path))


# --- the list of files, and checksums -------------------------------------------------------------------------------


def test_the_program_finds_itself_whole_by_the_list(made: Built, tmp_path: Path) -> None:
    assert own_files.check(made.folder).whole
    told = subprocess.run(
        ["sha256sum", "-c", "--quiet", outputs.LIST], cwd=made.folder, capture_output=True, check=False
    )
    assert told.returncode == 0
    copy = Path(shutil.copytree(made.folder, tmp_path / "copy", symlinks=True))
    (copy / "_internal" / "libz.so.1").write_bytes(b"another")
    assert own_files.check(copy).changed == ("_internal/libz.so", "_internal/libz.so.1")


def test_checksums_cover_everything_that_is_published(made: Built, tmp_path: Path) -> None:
    (tmp_path / "shelterdesk_0.1.0_amd64.deb").write_bytes(b"package")
    (tmp_path / "ShelterDesk").mkdir()
    written = outputs.write(made, tmp_path)
    assert {file.name for file in written} == {
        "ShelterDesk-0.1.0-linux.files.sha256",
        "ShelterDesk-0.1.0-linux.cdx.json",
        "SHA256SUMS",
    }
    summed = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8")
    assert "shelterdesk_0.1.0_amd64.deb" in summed
    assert len(summed.splitlines()) == 3
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=True)
    assert outputs.write_sums(tmp_path).read_text(encoding="utf-8") == summed


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_packages_that_fail_their_trial_are_not_published(
    system: program.System, made: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = linux_building if system == "linux" else windows_building
    monkeypatch.setattr(module, "make", lambda wishes, folder: made)
    for name in ("check_the_window_can_open", "prepare"):
        monkeypatch.setattr(module, name, lambda: None, raising=False)
    monkeypatch.setattr(program, "prove", lambda built: None)
    monkeypatch.setattr(module.outputs, "write", lambda built, into: [])

    def pack(built: Built, wishes: Wishes) -> list[Path]:
        package = wishes.into / "package"
        package.write_text("new", encoding="utf-8")
        return [package]

    monkeypatch.setattr(packages, "pack", pack)
    monkeypatch.setattr(
        windows_building, "_packages", lambda wishes, built, into: pack(built, replace(wishes, into=into)) * 2
    )
    trials: list[str] = []

    def fail(*_words: object, **_named: object) -> None:
        trials.append(system)
        raise Stop("It does not start.")

    monkeypatch.setattr(packages, "unpack_again", fail)
    monkeypatch.setattr(windows_building.installing, "prove", fail)
    monkeypatch.setattr(windows_building.wine, "end", lambda: None)
    into = tmp_path / "dist"
    into.mkdir()
    (into / "package").write_text("old", encoding="utf-8")
    with pytest.raises(Stop, match="does not start"):
        module.build(Wishes(system=system, into=into, drive=False))
    assert trials == [system]
    assert (into / "package").read_text(encoding="utf-8") == "old"
    assert outputs.write_sums(into).read_text(encoding="utf-8").splitlines() == [
        f"{outputs.digest(into / 'package')}  package"
    ]


def test_what_was_tried_is_published_whole(tmp_path: Path) -> None:
    (tmp_path / "package").write_text("old", encoding="utf-8")
    place, other = (program.untried(Wishes(system=system, into=tmp_path)) for system in ("linux", "windows"))
    (place / "package").write_text("new", encoding="utf-8")
    (tmp_path / ".SHA256SUMS").write_text("half", encoding="utf-8")
    assert program.publish(place, [place / "package"]) == [tmp_path / "package"]
    assert (tmp_path / "package").read_text(encoding="utf-8") == "new"
    assert not place.exists()
    assert other.exists()
    assert "half" not in outputs.write_sums(tmp_path).read_text(encoding="utf-8")


def test_the_sbom_names_every_part_once_and_no_place_of_this_machine(made: Built) -> None:
    written = sbom.written(made, parts.of(made), {"ShelterDesk": "0" * 64})
    assert written == sbom.written(made, parts.of(made), {"ShelterDesk": "0" * 64})
    told = json.loads(written)
    references = [one["bom-ref"] for one in told["components"]]
    assert len(references) == len(set(references)) == len(parts.of(made)) - 1
    assert {one["ref"] for one in told["dependencies"]} >= set(references)
    by_name = {one["name"]: one for one in told["components"]}
    assert by_name["Qt"]["licenses"] == [{"expression": "LGPL-3.0-only"}]
    assert all(one["value"].startswith("sha256:") for one in by_name["pillow"]["properties"])
    assert re.findall(r"https?://[^\"]*", written) == ["http://cyclonedx.org/schema/bom-1.6.schema.json"]
    assert str(Path.home()) not in written
    assert str(outputs.parts.ROOT) not in written


# --- signing --------------------------------------------------------------------------------------------------------


def test_nothing_is_signed_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(signing.VARIABLE, raising=False)
    assert signing.command() is None
    assert signing.nsis_lines(None) == []
    monkeypatch.setenv(signing.VARIABLE, "sh 'my sign.sh'")
    assert signing.command() == ["sh", "my sign.sh"]
    assert signing.command("other") == ["other"]


def test_the_command_gets_each_file_and_its_failure_stops_the_build(tmp_path: Path) -> None:
    script = tmp_path / "my sign.sh"
    script.write_text('echo signed >> "$1"\n', encoding="utf-8")
    files = [tmp_path / "ShelterDesk.exe", tmp_path / "shelterdesk-cli.exe"]
    for file in files:
        file.write_bytes(b"program ")
    signing.sign(["sh", str(script)], *files)
    assert [file.read_bytes() for file in files] == [b"program signed\n"] * 2
    with pytest.raises(Stop, match=r"ShelterDesk\.exe could not be signed"):
        signing.sign(["sh", "-c", "exit 3"], files[0])


def test_a_command_the_set_up_could_not_spell_is_refused() -> None:
    with pytest.raises(Stop, match="script of its own"):
        signing.nsis_lines(["sh", "-c", "$HOME/sign"])


@pytest.mark.skipif(shutil.which("makensis") is None, reason="needs makensis")
def test_the_set_up_has_its_uninstaller_and_itself_signed(tmp_path: Path) -> None:
    log = tmp_path / "signed"
    script = tmp_path / "sign it.sh"
    script.write_text(f'basename "$1" >> "{log}"\n', encoding="utf-8")
    hooks = "\n".join(signing.nsis_lines(["sh", str(script)]))
    (tmp_path / "small.nsi").write_text(
        f'Unicode true\nName "x"\nOutFile "{tmp_path}/Setup.exe"\nInstallDir "$TEMP\\x"\n{hooks}\n'
        'Section\nWriteUninstaller "$INSTDIR\\uninstall.exe"\nSectionEnd\nSection "Uninstall"\nSectionEnd\n',
        encoding="utf-8",
    )
    subprocess.run(["makensis", "-V1", tmp_path / "small.nsi"], check=True, timeout=60)
    signed = log.read_text(encoding="utf-8").splitlines()
    assert len(signed) == 2
    assert signed[-1] == "Setup.exe"


def test_icons_are_drawn_the_same_each_time_and_their_corners_are_clear(qapp: QApplication) -> None:
    mark = ROOT / "resources" / "icons" / "app-mark.svg"
    first = icons.icon(mark)
    assert {icons.icon(mark) for _ in range(5)} == {first}
    (place,) = struct.unpack_from("<I", first, 6 + 12)
    assert first[place + 40 : place + 44] == bytes(4)


# --- repeating ------------------------------------------------------------------------------------------------------


def _two(tmp_path: Path) -> tuple[Path, Path]:
    folders = tmp_path / "1", tmp_path / "2"
    for folder in folders:
        (folder / "inner").mkdir(parents=True)
        (folder / "inner" / "a").write_bytes(b"same")
        (folder / "link").symlink_to("inner/a")
    return folders


def test_two_builds_that_are_the_same_have_no_differences(tmp_path: Path) -> None:
    assert repeatability.compare(*_two(tmp_path)) == []


def test_every_difference_is_named(tmp_path: Path) -> None:
    first, second = _two(tmp_path)
    (second / "inner" / "a").write_bytes(b"sane")
    (first / "only").touch()
    (second / "other").mkdir()
    (second / "link").unlink()
    (second / "link").symlink_to("inner")
    (first / "mode").touch(0o644)
    (second / "mode").touch(0o600)
    (first / "long").write_bytes(b"12")
    (second / "long").write_bytes(b"123")
    assert repeatability.compare(first, second) == [
        "only: only the first time",
        "other: only the second time",
        "inner/a: differs from byte 2",
        "link: leads to inner/a and inner",
        "long: 2 and 3 bytes",
        "mode: permissions 644 and 600",
    ]


def test_building_twice_stops_where_it_differs(tmp_path: Path) -> None:
    def the_same(folder: Path) -> None:
        (folder / "program").write_bytes(b"bytes")

    def with_its_place(folder: Path) -> None:
        (folder / "program").write_bytes(str(folder).encode())

    repeatability.twice(the_same, tmp_path)
    assert not (tmp_path / "1").exists()
    with pytest.raises(Stop, match=r"program: differs from byte \d+"):
        repeatability.twice(with_its_place, tmp_path)
