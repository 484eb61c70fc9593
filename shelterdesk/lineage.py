"""Which of two copies of one vault is the newer, whether they went different ways, and which one this computer knows.

Every row of the log carries the MAC of all rows up to it, so two copies that agree at a row agree in everything before.
A computer remembers the last rows it saw of each vault, by their number, their MAC and the moment: nothing of what they
say. So an older copy that was put back, or a second copy somebody worked in, is named at the next sign-in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from shelterdesk import formats
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, text
from shelterdesk.paths import machine_folder
from shelterdesk.vault.database import RawConnection
from shelterdesk.vault.writing import write_atomically

_FILE: Final = "copies.json"
_FORMAT: Final = 1
_POINTS: Final = 40
_VAULTS: Final = 40
_LARGEST: Final = 1_000_000
_OLDER: Final = N_(
    "These records end on {copy}. On this computer they were last open with entries up to {last}. This seems to be an "
    "older copy that was put back. Nothing was changed."
)
_FORKED: Final = N_(
    "There are two copies of these records, and both were worked in. They were the same until {parted}. This one ends "
    "on {copy}, the one last open on this computer on {last}. What was written into one is not in the other. Nothing "
    "was changed."
)


class Kinship(StrEnum):
    """What another copy is, seen from this one."""

    SAME = "same"
    OLDER = "older"
    NEWER = "newer"
    FORKED = "forked"


@dataclass(frozen=True)
class Point:
    """One row of a log: its number, the MAC of all rows up to it, and when it was written."""

    number: int
    mac: bytes
    at: datetime


class AnotherCopy(ShelterDeskError):
    """The vault that was opened is not the copy this computer knows, or went another way than that.

    ``forked`` tells which; :func:`let_open` lets it be opened the next time.
    """

    def __init__(self, vault: UUID, copy: Point, last: Point, common: Point | None, zone: tzinfo) -> None:
        self.forked = copy.at > last.at or copy.number >= last.number
        super().__init__(_FORKED if self.forked and common is not None else _OLDER)
        self.vault, self.copy, self.last, self.common, self.zone = vault, copy, last, common, zone

    def text(self, language: str | None = None) -> str:
        """Return the sentence with both dates."""
        parted = formats.moment(self.common.at, self.zone, language) if self.common else ""
        copy, last = (formats.moment(one.at, self.zone, language) for one in (self.copy, self.last))
        return text(self.message, language, copy=copy, last=last, parted=parted)


def head_of(connection: RawConnection) -> Point:
    """Return where the log of an open copy ends."""
    (number,) = connection.execute("SELECT number FROM log_head").fetchone()
    found = point_at(connection, int(number))
    if found is None:
        raise ValueError("the log has no end")
    return found


def point_at(connection: RawConnection, number: int) -> Point | None:
    """Return the row with this number, None where there is none."""
    row = connection.execute("SELECT mac, at FROM log WHERE number = ?", (number,)).fetchone()
    return (
        None if row is None else Point(number, bytes(row[0]), datetime.fromisoformat(str(row[1])).replace(tzinfo=UTC))
    )


def kinship(this: RawConnection, other: RawConnection) -> tuple[Kinship, Point | None]:
    """Return what *other* is to *this*, two copies of one vault, and the last row they have in common."""
    mine, theirs = head_of(this), head_of(other)
    shorter = min(mine.number, theirs.number)
    common = _last_common(lambda number: _same(point_at(this, number), point_at(other, number)), shorter)
    point = point_at(this, common) if common else None
    if common < shorter:
        return Kinship.FORKED, point
    if mine.number == theirs.number:
        return Kinship.SAME, point
    return (Kinship.OLDER if theirs.number < mine.number else Kinship.NEWER), point


def recognise(desk: Desk) -> None:
    """Compare an opened vault with what this computer knows of it, before anything is written. Raises AnotherCopy."""
    points = _read().get(desk.vault.id, [])
    if not points:
        return
    with desk.vault.connection() as connection:
        if _knows(connection, points[-1]):
            return
        common = next((one for one in reversed(points) if _knows(connection, one)), None)
        raise AnotherCopy(desk.vault.id, head_of(connection), points[-1], common, desk.zone)


def remember(desk: Desk) -> None:
    """Let this computer know where the log of an open vault ends. What the disk does not take is left out."""
    with suppress(ShelterDeskError), desk.vault.connection() as connection:
        know(desk.vault.id, head_of(connection))


def let_open(found: AnotherCopy) -> None:
    """Take the copy somebody chose for the one this computer knows. The other one is not touched. Raises OSError."""
    points = [one for one in _read().get(found.vault, []) if found.common and one.number <= found.common.number]
    _write(_read() | {found.vault: [*points, found.copy]})


def know(vault: UUID, point: Point) -> None:
    """Let this computer know a vault by one row of its log. What the disk does not take is left out."""
    with suppress(OSError):
        _add(vault, point)


def forget(vault: UUID) -> None:
    """Forget what this computer knows of a vault, because another copy of it is put in its place on purpose."""
    with suppress(OSError):
        _write({key: points for key, points in _read().items() if key != vault})


def _add(vault: UUID, point: Point) -> None:
    known = _read()
    points = [one for one in known.pop(vault, []) if one.number < point.number]
    # The newest use stands last: of very many vaults the one that was not open for longest is forgotten.
    _write(known | {vault: [*points, point][-_POINTS:]})


def _knows(connection: RawConnection, point: Point) -> bool:
    return _same(point_at(connection, point.number), point)


def _same(one: Point | None, other: Point | None) -> bool:
    return one is not None and other is not None and one.mac == other.mac


def _last_common(same: Callable[[int], bool], most: int) -> int:
    """Return the largest number up to *most* at which both agree, 0 where there is none: agreeing ends only once."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if same(middle):
            least = middle
        else:
            most = middle - 1
    return least


def _file() -> Path:
    return machine_folder() / _FILE


def _read() -> dict[UUID, list[Point]]:
    """Return what is known; a file nobody can read counts as none: it is a help, not a lock."""
    try:
        with _file().open("rb") as stream:
            document = json.loads(stream.read(_LARGEST))
        if document["format"] != _FORMAT:
            return {}
        return {UUID(key): [_point(one) for one in points] for key, points in document["vaults"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _point(spelled: Sequence[Any]) -> Point:
    number, mac, at = spelled
    moment = datetime.fromisoformat(at)
    # Neither the database nor a calendar takes everything that can be written here.
    if type(number) is not int or not 0 < number < 2**62 or moment.tzinfo is None or not 1970 <= moment.year < 9999:
        raise ValueError("no point of a log")
    return Point(number, bytes.fromhex(mac), moment)


def _write(known: dict[UUID, list[Point]]) -> None:
    vaults = {
        key.hex: [[one.number, one.mac.hex(), one.at.isoformat()] for one in points]
        for key, points in list(known.items())[-_VAULTS:]
    }
    _file().parent.mkdir(parents=True, exist_ok=True)
    with suppress(ShelterDeskError):
        write_atomically(_file(), json.dumps({"format": _FORMAT, "vaults": vaults}).encode())
