"""What goes with a build: licence texts and the list of files inside the folder; SBOM and checksums beside it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from installer import parts, sbom
from installer.console import Stop, say, step
from installer.parts import COMMON, Part
from installer.program import Built

LIST: Final = "files.sha256"
SUMS: Final = "SHA256SUMS"
LICENCES: Final = "licences"
_NOT_LISTED: Final = frozenset({LIST})
_NOT_PUBLISHED: Final = ("self-test-", ".")
"""Such reports hold how long things took, and what begins with a dot was left by a build that was cut short."""


def put_inside(built: Built) -> list[Path]:
    """Write the licence texts and the list of all files into the folder; nothing in it may change afterwards.

    Raises Stop when something is carried along without a licence text.
    """
    with step("Licences of what is carried along, and the list of files"):
        gathered = parts.of(built)
        folder = _write_licences(built, gathered)
        listed = _write_list(built)
    say(f"    {len(gathered)} parts, {sum(len(part.texts) for part in gathered)} texts")
    return [folder, listed]


def write(built: Built, into: Path) -> list[Path]:
    """Write what is published beside the packages: SBOM, list of files, and checksums of all that lies in *into*."""
    with step("SBOM and checksums"):
        stem = f"ShelterDesk-{built.version}-{built.system}"
        listed = into / f"{stem}.{LIST}"
        shutil.copyfile(built.folder / LIST, listed)
        told = into / f"{stem}.cdx.json"
        digests = {program.name: digest(program) for program in (built.window, built.words)}
        told.write_text(sbom.written(built, parts.of(built), digests), encoding="utf-8", newline="\n")
        sums = write_sums(into)
    return [listed, told, sums]


def write_sums(into: Path) -> Path:
    """Write the checksums of what is published, directly in *into*, as ``sha256sum -c`` reads them."""
    files = sorted(
        file
        for file in into.iterdir()
        if file.is_file() and file.name != SUMS and file.suffix != ".log" and not file.name.startswith(_NOT_PUBLISHED)
    )
    if not files:
        raise Stop(f"There is nothing in {into} to write checksums of.")
    target = into / SUMS
    fresh = into / f".{SUMS}"
    fresh.write_text("".join(f"{digest(file)}  {file.name}\n" for file in files), encoding="utf-8", newline="\n")
    return fresh.replace(target)


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_licences(built: Built, gathered: Iterable[Part]) -> Path:
    folder = built.folder / LICENCES
    shutil.rmtree(folder, ignore_errors=True)
    told: list[dict[str, object]] = []
    for part in gathered:
        texts = {name if name.startswith(COMMON) else f"{_folder_name(part)}/{name}": name for name in part.texts}
        for place, name in texts.items():
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_bytes(part.texts[name])
        told.append(
            {
                "name": part.name,
                "version": part.version,
                "licence": part.licence,
                "note": part.note,
                "texts": list(texts),
            }
        )
    words = (parts.TEXTS / "READ-ME.txt").read_text(encoding="utf-8")
    (folder / "READ-ME.txt").write_text(words, encoding="utf-8", newline="\r\n" if built.system == "windows" else "\n")
    document = {"program": built.version, "system": built.system, "parts": told}
    spelled = json.dumps(document, indent=1, ensure_ascii=False)
    (folder / "parts.json").write_text(f"{spelled}\n", encoding="utf-8", newline="\n")
    _open_to_all(folder)
    return folder


def _folder_name(part: Part) -> str:
    kept = "".join(sign if sign.isalnum() or sign in "+-." else "-" for sign in part.name)
    inside = part.note.removeprefix("Inside ").rstrip(".") if part.note.startswith("Inside ") else ""
    return f"{kept}-in-{inside}" if inside else kept


def _write_list(built: Built) -> Path:
    names = sorted(
        file.relative_to(built.folder).as_posix()
        for file in built.folder.rglob("*")
        if file.is_file() and file.relative_to(built.folder).as_posix() not in _NOT_LISTED
    )
    lines = [f"# ShelterDesk {built.version} for {built.system}; check with: sha256sum -c {LIST}\n"]
    lines += [f"{digest(built.folder / name)}  {name}\n" for name in names]
    target = built.folder / LIST
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    _open_to_all(target)
    return target


def _open_to_all(place: Path) -> None:
    """Give what was written here the same permissions whatever this machine gives to new files."""
    for one in (place, *place.rglob("*")) if place.is_dir() else (place,):
        one.chmod(0o755 if one.is_dir() else 0o644)
