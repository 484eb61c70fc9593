"""What is made of the program folder: a .deb, an .rpm and an archive, the same bytes from the same source."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import time
from pathlib import Path

from installer import environment, program, system_packages
from installer.console import ROOT, expect, run, say, step
from installer.linux import libraries
from installer.system_packages import Need

SYSTEM = ROOT / "installer" / "linux" / "system"
PLACE = Path("usr/lib/shelterdesk")
SECONDS = 900
NEEDS = (Need("dpkg", program="dpkg-deb"), Need("xz-utils", program="xz"))

_MAINTAINER = "ShelterDesk"
_SUMMARY = "Encrypted records for shelters, without the internet"
_CONTROL = """\
Package: shelterdesk
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: {recommends}
Section: misc
Priority: optional
Description: {summary}
 Who lives in a shelter and who is supported, beds, plans, services, notes, the
 house book, papers and summaries, in one encrypted folder on this computer.
 .
 There is no server, no account and no network code.
"""
_RPM = """\
name: shelterdesk
arch: amd64
platform: linux
version: "{version}"
release: "1"
section: misc
maintainer: {maintainer}
description: |
  {summary}.
  Everything stays in one encrypted folder on this computer.
license: Apache-2.0
mtime: "{moment}"
depends: [{depends}]
recommends: [{recommends}]
rpm:
  summary: {summary}
  buildhost: localhost
  compression: zstd:19
contents:
  - src: {source}
    dst: /usr/
    type: tree
"""


def pack(built: program.Built, wishes: program.Wishes) -> list[Path]:
    """Write the packages beside the program folder and return them."""
    system_packages.provide(NEEDS)
    environment.prepare("package")
    root = wishes.work / "root"
    with step("The files of the system: menu entry, icons, file type, manual pages"):
        lay_out(built, root)
    return [deb(built, root, wishes), rpm(built, root, wishes), archive(built, root, wishes)]


def unpack_again(packed: list[Path], wishes: program.Wishes) -> None:
    """Let the program in the .deb and in the archive compare its own files with the build's list."""
    place = wishes.work / "unpacked"
    opening: dict[str, list[str | Path]] = {".deb": ["dpkg-deb", "-x"], ".xz": ["tar", "-C", place, "-xf"]}
    for package in (one for one in packed if one.suffix in opening):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        with step(f"{package.name}, unpacked again"):
            where = [place] if package.suffix == ".deb" else []
            unpacked = run([*opening[package.suffix], package, *where], seconds=SECONDS)
            expect(unpacked, f"{package.name} cannot be unpacked.")
            started = next(place.rglob("shelterdesk-cli"))
            expect(run([started, "verify-program"], seconds=180), f"{package.name} does not hold what was built.")
    shutil.rmtree(place, ignore_errors=True)


def lay_out(built: program.Built, root: Path) -> None:
    """Fill *root* with everything as it will lie below ``/``."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(built.folder, root / PLACE, symlinks=True)
    (root / "usr/bin").mkdir()
    (root / "usr/bin/shelterdesk").symlink_to("../lib/shelterdesk/ShelterDesk")
    (root / "usr/bin/shelterdesk-cli").symlink_to("../lib/shelterdesk/shelterdesk-cli")
    share = root / "usr/share"
    _write(share / "applications/shelterdesk.desktop", _filled("shelterdesk.desktop", built))
    _write(share / "mime/packages/shelterdesk.xml", _filled("shelterdesk-mime.xml", built))
    _write(share / "metainfo/shelterdesk.metainfo.xml", _filled("shelterdesk.metainfo.xml", built))
    _write(share / "doc/shelterdesk/copyright", (ROOT / "installer/linux/system/copyright").read_bytes())
    for page in ("shelterdesk.1", "shelterdesk-cli.1"):
        _write(share / f"man/man1/{page}.gz", gzip.compress(_filled(page, built), mtime=0))
    _icons(share / "icons/hicolor")
    _settle(root)


def deb(built: program.Built, root: Path, wishes: program.Wishes) -> Path:
    """Write the package for Debian and what descends from it."""
    asked = libraries.asked_of_the_system(root / PLACE)
    _write(
        root / "DEBIAN/control",
        _CONTROL.format(
            version=built.version,
            maintainer=_MAINTAINER,
            kilobytes=program.size_of(root / "usr") // 1024,
            depends=", ".join(_debian_names(asked - libraries.WISHED, root / PLACE)),
            recommends=", ".join(_debian_names(asked & libraries.WISHED, root / PLACE)),
            summary=_SUMMARY,
        ).encode(),
    )
    _settle(root / "DEBIAN")
    target = wishes.into / f"shelterdesk_{built.version}_amd64.deb"
    packing = ["-Zxz", "-z6"] if wishes.release else ["-Zzstd", "-z9"]
    with step(f"{target.name}"):
        command = ["dpkg-deb", "--root-owner-group", *packing, "--build", root, target]
        expect(run(command, seconds=SECONDS, extra=_fixed()), "The .deb could not be packed.")
    shutil.rmtree(root / "DEBIAN")
    say(f"    {program.megabytes(target)} for {program.megabytes(root / 'usr')} installed")
    return target


def rpm(built: program.Built, root: Path, wishes: program.Wishes) -> Path:
    """Write the package for Fedora, openSUSE and their kin; they find libraries by the libraries' own names."""
    asked = libraries.asked_of_the_system(root / PLACE)
    glibc = f"libc.so.6(GLIBC_{libraries.oldest_glibc(root / PLACE)})(64bit)"
    needed = sorted(f"{name}()(64bit)" for name in asked - libraries.WISHED if libraries.OF_THE_SYSTEM[name] != "libc6")
    recipe = wishes.work / "rpm.yaml"
    _write(
        recipe,
        _RPM.format(
            version=built.version,
            maintainer=_MAINTAINER,
            summary=_SUMMARY,
            moment=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(program.source_moment()))),
            depends=", ".join(f'"{name}"' for name in [glibc, *needed]),
            recommends=", ".join(f'"{name}()(64bit)"' for name in sorted(asked & libraries.WISHED)),
            source=json.dumps(f"{root}/usr/", ensure_ascii=False),
        ).encode(),
    )
    target = wishes.into / f"shelterdesk-{built.version}-1.x86_64.rpm"
    with step(target.name):
        command = [environment.PROGRAMS / "nfpm", "package", "-f", recipe, "-p", "rpm", "-t", target]
        expect(run(command, seconds=SECONDS, extra=_fixed()), "The .rpm could not be packed.")
    say(f"    {program.megabytes(target)}")
    return target


def archive(built: program.Built, root: Path, wishes: program.Wishes) -> Path:
    """Write the archive for every other Linux: unpack it anywhere and start ``ShelterDesk`` in it."""
    start = wishes.work / "archive" / "usr" / "ShelterDesk"
    start.parent.mkdir(parents=True, exist_ok=True)
    start.unlink(missing_ok=True)
    start.symlink_to("lib/shelterdesk/ShelterDesk")
    name = f"ShelterDesk-{built.version}-linux-x86_64"
    target = wishes.into / f"{name}.tar.xz"
    with step(target.name):
        command = [
            "tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--format=gnu",
            f"--mtime=@{program.source_moment()}", f"--transform=flags=r;s,^usr,{name},", "-C", root,
            "-I", f"xz -T2 -{6 if wishes.release else 1}", "-cf", target, "usr",
            "-C", start.parent.parent, "usr/ShelterDesk",
        ]  # fmt: skip
        expect(run(command, seconds=SECONDS, extra=_fixed()), "The archive could not be packed.")
    say(f"    {program.megabytes(target)}")
    return target


def _debian_names(asked: set[str], folder: Path) -> list[str]:
    """Return the packages that bring the libraries *asked* for; the C library with the oldest version that will do."""
    bounds = {"libc6": f" (>= {libraries.oldest_glibc(folder)})", "libstdc++6": " (>= 12)"}
    names = sorted({libraries.OF_THE_SYSTEM[name] for name in asked})
    return [f"{name}{bounds.get(name, '')}" for name in names]


def _fixed() -> dict[str, str]:
    return {"SOURCE_DATE_EPOCH": program.source_moment()}


def _filled(name: str, built: program.Built) -> bytes:
    day = time.strftime("%Y-%m-%d", time.gmtime(int(program.source_moment())))
    words = (SYSTEM / name).read_text(encoding="utf-8")
    return words.replace("@VERSION@", built.version).replace("@DAY@", day).encode()


def _icons(folder: Path) -> None:
    drawn = folder / "drawn"
    drawn.mkdir(parents=True)
    command = [environment.PYTHON, "-m", "installer.linux.draw_icons", drawn]
    expect(run(command, seconds=120, extra={"QT_QPA_PLATFORM": "offscreen"}), "The icons could not be drawn.")
    for file in sorted(drawn.iterdir()):
        place = folder / f"{file.stem}x{file.stem}" / "apps"
        place.mkdir(parents=True)
        file.replace(place / "shelterdesk.png")
    drawn.rmdir()
    mark = ROOT / "resources" / "icons" / "app-mark.svg"
    _write(folder / "scalable/apps/shelterdesk.svg", mark.read_bytes())


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _settle(folder: Path) -> None:
    """Give everything the moment of the source and the rights that a package gives."""
    moment = int(program.source_moment())
    for path in [*sorted(folder.rglob("*"), reverse=True), folder]:
        if not path.is_symlink():
            starts = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if starts else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)
