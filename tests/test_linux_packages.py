"""What the Linux packages bring besides the program: menu entry, file type, manual pages, needs."""

from __future__ import annotations

import configparser
import gzip
import importlib.util
import re
import shutil
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from installer import console, program
from installer.console import ROOT, Stop
from installer.linux import libraries, packages
from installer.program import Built, Wishes
from shelterdesk.cli.parser import read_arguments

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("readelf") is None, reason="Linux packages are made on Linux"
)
SYSTEM = ROOT / "installer" / "linux" / "system"
KIND = "application/x-shelterdesk-backup"


def text(name: str) -> str:
    return (SYSTEM / name).read_text(encoding="utf-8")


def installed(module: str) -> Path:
    found = importlib.util.find_spec(module)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program folder in small: one module of Pillow and every library that Pillow carries."""
    inside = tmp_path / "ShelterDesk" / "_internal"
    (inside / "PIL").mkdir(parents=True)
    module = installed("PIL._imagingft")
    shutil.copy(module, inside / "PIL")
    shutil.copytree(module.parent.parent / "pillow.libs", inside / "pillow.libs")
    linked = subprocess.run(["ldd", module], capture_output=True, text=True, check=True).stdout
    zlib = re.search(r"libz\.so\.1 => (\S+)", linked)
    assert zlib is not None
    shutil.copy(zlib.group(1), inside / "libz.so.1")
    for name in ("ShelterDesk", "shelterdesk-cli"):
        (inside.parent / name).write_bytes(b"#!/bin/sh\n")
        (inside.parent / name).chmod(0o700)
    return inside.parent


@pytest.fixture
def built(folder: Path) -> Built:
    return Built(folder, folder / "ShelterDesk", folder / "shelterdesk-cli", "linux", "0.1.0")


def test_libraries_that_nothing_asks_for_are_dropped(folder: Path) -> None:
    dropped = libraries.drop_what_nothing_asks_for(folder)
    kept = {file.name.partition("-")[0] for file in (folder / "_internal" / "pillow.libs").iterdir()}
    assert any(name.startswith("libtiff") for name in dropped)
    assert {"libfreetype", "libpng16", "libharfbuzz"} <= kept
    assert not {"libtiff", "libwebp", "libopenjp2"} & kept
    assert libraries.drop_what_nothing_asks_for(folder) == []


def test_a_library_that_is_nowhere_stops_the_build(folder: Path) -> None:
    for file in (folder / "_internal" / "pillow.libs").glob("libfreetype*"):
        file.unlink()
    with pytest.raises(Stop, match="libfreetype"):
        libraries.drop_what_nothing_asks_for(folder)


def test_the_package_asks_for_what_the_program_is_linked_to(folder: Path) -> None:
    asked = libraries.asked_of_the_system(folder)
    assert "libc.so.6" in asked
    names = packages._debian_names(asked, folder)
    assert re.fullmatch(r"libc6 \(>= 2\.\d+\)", names[0])
    shipped = {bare.partition(" ")[0] for bare in packages._debian_names(set(libraries.OF_THE_SYSTEM), folder)}
    assert shipped == set(libraries.OF_THE_SYSTEM.values())


def test_the_same_folder_gives_the_same_package(built: Built, tmp_path: Path) -> None:
    shutil.rmtree(built.folder / "_internal" / "pillow.libs")
    written: list[bytes] = []
    for number in range(2):
        into = tmp_path / str(number)
        into.mkdir()
        packages.lay_out(built, into / "root")
        written.append(packages.deb(built, into / "root", replace(Wishes(), into=into)).read_bytes())
        written.append(packages.archive(built, into / "root", replace(Wishes(), into=into)).read_bytes())
    assert written[:2] == written[2:]
    package = tmp_path / "1" / "shelterdesk_0.1.0_amd64.deb"
    listed = subprocess.run(["dpkg-deb", "-c", package], capture_output=True, text=True, check=True).stdout
    assert re.search(r"-rwxr-xr-x root/root +\d+ .* \./usr/lib/shelterdesk/ShelterDesk$", listed, re.MULTILINE)
    assert "./usr/bin/shelterdesk -> ../lib/shelterdesk/ShelterDesk" in listed
    assert "./usr/share/icons/hicolor/48x48/apps/shelterdesk.png" in listed
    with tarfile.open(tmp_path / "1" / "ShelterDesk-0.1.0-linux-x86_64.tar.xz") as opened:
        start = opened.getmember("ShelterDesk-0.1.0-linux-x86_64/ShelterDesk")
        assert f"ShelterDesk-0.1.0-linux-x86_64/{start.linkname}" in opened.getnames()
    control = subprocess.run(["dpkg-deb", "-f", package], capture_output=True, text=True, check=True).stdout
    assert "Version: 0.1.0" in control
    assert "python" not in control
    page = tmp_path / "1" / "root" / "usr/share/man/man1/shelterdesk-cli.1.gz"
    assert "ShelterDesk 0.1.0" in gzip.decompress(page.read_bytes()).decode()


def test_the_manual_names_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_arguments(["--help"])
    told = capsys.readouterr().out
    commands = set(re.findall(r"^    ([a-z][a-z-]+)(?: |$)", told, re.MULTILINE))
    options = set(re.findall(r"^  (--[a-z-]+)", told, re.MULTILINE))
    page = text("shelterdesk-cli.1").replace("\\-", "-")
    assert len(commands) > 10
    assert {one for one in commands if f".BI {one} " not in page and f".B {one}\n" not in page} == set()
    assert {one for one in options if one not in page} - {"--version"} == set()


def test_menu_entry_file_type_and_description_speak_of_the_same_program() -> None:
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # pyright: ignore[reportAttributeAccessIssue] - how it is documented
    entry.read_string(text("shelterdesk.desktop"))
    desktop = entry["Desktop Entry"]
    assert desktop["Exec"] == "shelterdesk %f"
    assert desktop["MimeType"] == f"{KIND};"
    mime = ET.fromstring(text("shelterdesk-mime.xml"))
    kind = mime[0]
    assert kind.get("type") == KIND
    assert [one.get("pattern") for one in kind if one.tag.endswith("glob")] == ["*.dbk"]
    told = ET.fromstring(text("shelterdesk.metainfo.xml"))
    assert told.findtext("launchable") == "shelterdesk.desktop"
    assert KIND in {one.text for one in told.iter("mediatype")}
    assert {one.text for one in told.iter("binary")} == {"shelterdesk", "shelterdesk-cli"}


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstreamcli is not installed")
def test_the_description_is_valid(built: Built, tmp_path: Path) -> None:
    file = tmp_path / "shelterdesk.metainfo.xml"
    file.write_bytes(packages._filled(file.name, built))
    # The program has no address of its own on the internet that its name could begin with.
    words = ["appstreamcli", "validate", "--no-net", "--override=cid-desktopapp-is-not-rdns=info", file]
    checked = subprocess.run(words, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_a_step_says_how_long_it_took_and_nothing_when_it_fails(capsys: pytest.CaptureFixture[str]) -> None:
    with console.step("Packing"):
        pass
    with pytest.raises(Stop), console.step("Signing"):
        console.expect(console.Outcome(1, "no key\n"), "It could not be signed.")
    told = capsys.readouterr().out
    assert re.search(r"Packing: done in \d+\.\d s", told)
    assert "Signing …" in told
    assert "Signing: done" not in told


def test_the_build_reads_the_version_without_importing_the_program() -> None:
    from shelterdesk import __version__

    assert program.version() == __version__


def test_trials_keep_out_of_the_way_of_the_real_build(tmp_path: Path) -> None:
    assert Wishes().work == ROOT / "build"
    assert tmp_path in Wishes(into=tmp_path).work.parents
