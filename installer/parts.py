"""What a program folder is made of: every part with its version, its licence, the texts, and where it came from.

Libraries tell it themselves, by what their publishers wrote into the packages. What they carry inside, Python, Qt and
the libraries of Debian are named here. A part without a licence text stops the build.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final
from urllib.parse import quote

from installer import environment
from installer.console import ROOT, Stop, expect, run
from installer.program import Built

TEXTS: Final = ROOT / "installer" / "licences"
_OF_DEBIAN: Final = Path("/usr/share/common-licenses")
COMMON: Final = "common/"
"""Texts that several parts share lie in this folder once."""
_DOCUMENTS: Final = Path("/usr/share/doc")
_PIN: Final = re.compile(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)((?: *;[^\\]*)?)", re.MULTILINE)
_HASH: Final = re.compile(r"--hash=(sha256:[0-9a-f]{64})")
_A_LICENCE: Final = re.compile(r"(?i)(^|/)((un)?licen[cs]es?|copying|notice|copyright)[^/]*$|(^|/)licenses/")
_OWN_LIBRARY: Final = re.compile(r"^lib[^/]*\.so(\.[0-9.]+)?$")
_PATCHED: Final = re.compile(r"-[0-9a-f]{8}")
_GPL_ALONE: Final = ("libreadline", "libgdbm")
_NOT_DEBIANS: Final = ("libQt6", "libpyside6", "libshiboken6", "libicu", "libpython")

# The publishers of these said it in words only, or not at all. Each was read in the text that comes with it.
LICENCES: Final[Mapping[str, str]] = {
    "anyascii": "ISC",
    "et-xmlfile": "MIT",
    "msoffcrypto-tool": "MIT",
    "olefile": "BSD-2-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0 AND LicenseRef-parts-of-pdfium",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "segno": "BSD-3-Clause",
    "sqlcipher3": "Zlib",
}
SEE_TEXT: Final = "see text"
_NAMED: Final = 8
_LGPL: Final = ("common/LGPL-3.txt", "common/GPL-3.txt")
_TEXTS_OF: Final[Mapping[str, tuple[str, ...]]] = {"pyside6-essentials": _LGPL, "shiboken6": _LGPL}
_LINUX, _BOTH = ("linux",), ("linux", "windows")


@dataclass(frozen=True)
class Part:
    """One part. ``texts`` are the licence texts by their file names; ``archives`` the hashes its lock allows."""

    name: str
    version: str
    licence: str
    texts: Mapping[str, bytes]
    origin: str = ""
    """A package URL (purl), which names a package without an address."""
    note: str = ""
    archives: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Inside:
    """What a library carries inside itself, for one version of it."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]
    systems: tuple[str, ...] = _BOTH


@dataclass(frozen=True)
class _Carrier:
    version: str
    carries: tuple[_Inside, ...] = field(default=())


_OPENSSL_TEXT: Final = ("common/Apache-2.0.txt",)
_INSIDE: Final[Mapping[str, _Carrier]] = {
    "sqlcipher3": _Carrier(
        "0.6.4",
        (
            _Inside("SQLCipher", "4.19.0", "BSD-3-Clause", ("sqlcipher.txt",)),
            _Inside("SQLite", "3.53.4", "blessing", ("sqlcipher.txt",)),
            _Inside("OpenSSL", "3.6.0", "Apache-2.0", _OPENSSL_TEXT),
        ),
    ),
    "cryptography": _Carrier("50.0.2", (_Inside("OpenSSL", "4.0.3", "Apache-2.0", _OPENSSL_TEXT),)),
    "pyside6-essentials": _Carrier(
        "6.11.3",
        (
            _Inside("Qt", "6.11.3", "LGPL-3.0-only", (*_LGPL, "qt-parts.txt")),
            _Inside("ICU", "73", "Unicode-DFS-2016", ("icu.txt",), _LINUX),
        ),
    ),
}


@cache
def of(built: Built) -> tuple[Part, ...]:
    """Return every part of a program folder, by name. Raises Stop when one has no licence or no text."""
    site, python = _environment(built)
    found = [_program(built), *_python(python, built), *_libraries(site, built)]
    if built.system == "linux":
        found += _of_debian(built.folder)
    _refuse_what_is_without(found)
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.version, one.note)))


def inside_versions(carrier: str) -> dict[str, str]:
    """Return which versions of what a library is said to carry inside."""
    return {one.name: one.version for one in _INSIDE[carrier].carries}


def _environment(built: Built) -> tuple[Path, str]:
    """Return the folder of libraries a program was made from, and the version of its Python."""
    if built.system == "windows":
        from installer.windows import places

        header = (places.PYTHON / "include" / "patchlevel.h").read_text(encoding="utf-8")
        found = re.search(r'#define PY_VERSION\s+"([0-9.]+)"', header)
        if found is None:
            raise Stop("The Windows Python does not say its version in include/patchlevel.h.")
        return places.PYTHON / "Lib" / "site-packages", found[1]
    asked = run([environment.PYTHON, "-c", "import platform; print(platform.python_version())"], seconds=60)
    return environment.site_packages(environment.python_version()), asked.output.strip()


def _program(built: Built) -> Part:
    resources = ROOT / "resources"
    texts = {
        "LICENSE": (ROOT / "LICENSE").read_bytes(),
        "resources.md": (resources / "LICENCES.md").read_bytes(),
        "icons-lucide.txt": (resources / "icons" / "LICENCE-lucide.txt").read_bytes(),
        "fonts-OFL.txt": (resources / "fonts" / "OFL.txt").read_bytes(),
    }
    note = "With icons (ISC, MIT), faces (OFL-1.1) and codes of HTCDS (CC-BY-4.0), as resources.md says."
    return Part("ShelterDesk", built.version, "Apache-2.0", texts, f"pkg:generic/shelterdesk@{built.version}", note)


def _python(version: str, built: Built) -> Iterator[Part]:
    yield Part(
        "Python", version, "PSF-2.0", _texts("python.txt", "python-parts.txt"), f"pkg:generic/python@{version}",
        "With its library and what that carries inside.",
    )  # fmt: skip
    if built.system == "windows":
        yield Part(
            "Microsoft Visual C++ runtime", "14", "LicenseRef-Microsoft-distributable-code",
            _texts("microsoft-runtime.txt"), "", "Unchanged, signed by Microsoft.",
        )  # fmt: skip


def _libraries(site: Path, built: Built) -> Iterator[Part]:
    lock = environment.LOCKS["run"].read_text(encoding="utf-8")
    installed = {_plain(one.metadata["Name"]): one for one in metadata.distributions(path=[str(site)])}
    pinned: dict[str, bool] = {}
    for name, _version, marker in _PIN.findall(lock):
        pinned[_plain(name)] = pinned.get(_plain(name), True) and bool(marker.strip())
    for name, only_elsewhere in sorted(pinned.items()):
        if name in installed:
            yield from _library(installed[name], lock, built)
        elif not only_elsewhere:
            raise Stop(f"{name} is in requirements.txt, but not in {site}.")
    if "pyinstaller" not in installed:
        raise Stop(f"PyInstaller, whose start program is carried along, is not in {site}.")
    yield from _library(installed["pyinstaller"], environment.LOCKS["build"].read_text(encoding="utf-8"), built)


def _library(found: metadata.Distribution, lock: str, built: Built) -> Iterator[Part]:
    name, version = _plain(found.metadata["Name"]), found.version
    own = _own_texts(found) | _texts(*_TEXTS_OF.get(name, ()))
    note = "Its start program, with the exception that lets any program be packed." if name == "pyinstaller" else ""
    origin = f"pkg:pypi/{name}@{version}"
    yield Part(name, version, _licence(found, name), own, origin, note, _archives(lock, name, version))
    carrier = _INSIDE.get(name)
    if carrier is None:
        return
    if carrier.version != version:
        raise Stop(
            f"{name} is {version} now. Look up which versions of {', '.join(one.name for one in carrier.carries)} it "
            "carries and write them into installer/parts.py."
        )
    for one in carrier.carries:
        if built.system in one.systems:
            purl = f"pkg:generic/{_plain(one.name)}@{one.version}"
            yield Part(one.name, one.version, one.licence, _texts(*one.texts), purl, f"Inside {name}.")


def _licence(found: metadata.Distribution, name: str) -> str:
    told = found.metadata.json
    said = str(told.get("license_expression") or told.get("license") or "")
    return LICENCES.get(name) or ("" if "\n" in said or len(said) > 60 else said.strip())


def _own_texts(found: metadata.Distribution) -> dict[str, bytes]:
    """Return the licence texts a library brings: those its publisher named as such, and those inside its folders."""
    texts: dict[str, bytes] = {}
    for one in found.files or ():
        name = one.as_posix()
        if not _A_LICENCE.search(name) or one.suffix in {".py", ".pyc", ".html"} or name.startswith(".."):
            continue
        content = Path(str(one.locate())).read_bytes()
        if content not in texts.values():
            texts[_text_name(name, texts)] = content
    return texts


def _text_name(name: str, taken: Mapping[str, bytes]) -> str:
    short = name.split("/", 1)[-1].removeprefix("licenses/").replace("/", "-")
    return short if short not in taken else name.replace("/", "-")


def _archives(lock: str, name: str, version: str) -> tuple[str, ...]:
    for match in _PIN.finditer(lock):
        if _plain(match[1]) == name and match[2] == version:
            rest = lock[match.end() :]
            following = _PIN.search(rest)
            return tuple(sorted(_HASH.findall(rest[: following.start()] if following else rest)))
    raise Stop(f"{name} {version} is carried along, but the list of exact versions does not name it.")


def _of_debian(folder: Path) -> Iterator[Part]:
    """Return the Debian packages whose libraries PyInstaller copied into the folder."""
    names = sorted(
        file.name
        for file in (folder / "_internal").iterdir()
        if _OWN_LIBRARY.match(file.name) and not _PATCHED.search(file.name) and not file.name.startswith(_NOT_DEBIANS)
    )
    gpl_alone = [name for name in names if name.startswith(_GPL_ALONE)]
    if gpl_alone:
        raise Stop(f"These libraries may only be part of a program under the GPL: {', '.join(gpl_alone)}")
    if not names:
        return
    if shutil.which("dpkg-query") is None:
        raise Stop("The licences of the system's libraries are read from Debian's packages: build on Debian.")
    owners: dict[str, set[str]] = {}
    for line in run(["dpkg-query", "-S", *(f"*/{name}" for name in names)], seconds=60).output.splitlines():
        packages, found, path = line.partition(": /")
        if found and not packages.startswith(("dpkg-query", "diversion")):
            owners.setdefault(path.rsplit("/", 1)[-1], set()).add(packages.split(",")[0].strip())
    without = [name for name in names if name not in owners]
    if without:
        raise Stop(f"Nobody knows which package these libraries come from: {', '.join(without)}")
    by_package: dict[str, list[str]] = {}
    for name in names:
        by_package.setdefault(min(owners[name]), []).append(name)
    shown = run(["dpkg-query", "-W", "-f", "${binary:Package} ${Version}\\n", *by_package], seconds=60)
    versions = dict(line.split(" ", 1) for line in expect(shown, "dpkg-query failed.").output.splitlines())
    for package, libraries in sorted(by_package.items()):
        yield _debian_part(package.split(":", 1)[0], versions[package], libraries)


def _debian_part(package: str, version: str, libraries: Iterable[str]) -> Part:
    copyright_file = _DOCUMENTS / package / "copyright"
    texts = {"copyright.txt": copyright_file.read_bytes()} if copyright_file.is_file() else {}
    words = texts.get("copyright.txt", b"").decode("utf-8", "replace")
    for name in sorted(set(re.findall(r"/usr/share/common-licenses/([A-Za-z0-9.-]*[A-Za-z0-9])", words))):
        if (_OF_DEBIAN / name).is_file():
            texts[f"{COMMON}{name}.txt"] = (_OF_DEBIAN / name).read_bytes()
    note = f"From Debian: {', '.join(libraries)}."
    return Part(package, version, _named_in(words), texts, f"pkg:deb/debian/{quote(package)}@{quote(version)}", note)


def _named_in(words: str) -> str:
    """Return the licences a copyright file of Debian names, in its order; «see text» where it is plain prose."""
    names = dict.fromkeys(re.findall(r"(?m)^License: *(\S.*?) *$", words))
    return ", ".join(list(names)[:_NAMED]) + (", …" if len(names) > _NAMED else "") if names else SEE_TEXT


def _texts(*names: str) -> dict[str, bytes]:
    return {name: (TEXTS / name.removeprefix(COMMON)).read_bytes() for name in names}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _refuse_what_is_without(found: Iterable[Part]) -> None:
    for one in found:
        if not one.texts or not all(content.strip() for content in one.texts.values()):
            raise Stop(f"{one.name} {one.version} is carried along without a licence text.")
        if not one.licence:
            raise Stop(f"It is not known under which licence {one.name} {one.version} is; see installer/parts.py.")
