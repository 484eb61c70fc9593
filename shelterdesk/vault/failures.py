"""Failed sign-ins, kept beside the header until the log can take them, and the pause each of them earns.

The pause is a courtesy against a person at the keyboard: who copies the vault is held back by Argon2id alone.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault.encoding import MOMENT, take_list, take_map, take_moment, take_number, take_text
from shelterdesk.vault.writing import write_atomically

FAILURES_FILE = "failed-sign-ins.json"

_MOST_KEPT = 200
_LARGEST = 64 * 1024
_LONGEST_PAUSE = 60

# Attempts in a row and when the last was, per vault, so that a folder that cannot be written still slows down.
_in_memory: dict[Path, tuple[int, float]] = {}
_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class FailedSignIn:
    """One failed sign-in: when, and the sign-in name if it exists in the vault, else empty."""

    at: datetime
    user_name: str


def failed_sign_ins(folder: Path) -> list[FailedSignIn]:
    """Return what is kept, the oldest first. An unreadable file counts as none: anybody can delete it anyway."""
    return _read(folder)[0]


def note_failure(folder: Path, user_name: str) -> int:
    """Keep one failed sign-in. Returns the seconds the next attempt will be held back."""
    with _guard:
        kept, in_a_row = _read(folder)
        in_a_row = max(in_a_row, _in_memory.get(folder, (0, 0.0))[0]) + 1
        kept.append(FailedSignIn(datetime.now(UTC), user_name))
        _in_memory[folder] = (in_a_row, time.monotonic())
        _write(folder, kept, in_a_row)
        return _pause_after(in_a_row)


def note_success(folder: Path) -> None:
    """End the pauses. What failed before stays until the log has it."""
    with _guard:
        _in_memory.pop(folder, None)
        kept, in_a_row = _read(folder)
        if in_a_row:
            _write(folder, kept, 0)


def forget(folder: Path) -> None:
    """Remove what is kept, once it stands in the log."""
    with _guard, suppress(OSError):
        (folder / FAILURES_FILE).unlink(missing_ok=True)


def seconds_to_wait(folder: Path) -> float:
    """Return how long the next attempt is still held back."""
    with _guard:
        kept, in_a_row = _read(folder)
        wait = 0.0
        if kept and in_a_row:
            # A clock that was set back must not turn a pause of seconds into one of hours.
            gone = max(0.0, (datetime.now(UTC) - kept[-1].at).total_seconds())
            wait = _pause_after(in_a_row) - gone
        if folder in _in_memory:
            attempts, last = _in_memory[folder]
            wait = max(wait, _pause_after(attempts) - (time.monotonic() - last))
        return max(0.0, wait)


def _pause_after(in_a_row: int) -> int:
    return min(_LONGEST_PAUSE, 1 << min(in_a_row - 1, 6)) if in_a_row else 0


def _read(folder: Path) -> tuple[list[FailedSignIn], int]:
    file = folder / FAILURES_FILE
    try:
        if not file.is_file():
            # Opening a pipe that somebody put there would wait for ever.
            return [], 0
        with file.open("rb") as stream:
            document = take_map(json.loads(stream.read(_LARGEST)))
        kept = [_read_one(entry) for entry in take_list(document, "failed")[-_MOST_KEPT:]]
        return kept, take_number(document, "in_a_row")
    except (OSError, ValueError, RecursionError):
        return [], 0


def _read_one(entry: object) -> FailedSignIn:
    document = take_map(entry)
    at = datetime.strptime(take_moment(document, "at"), MOMENT).replace(tzinfo=UTC)
    return FailedSignIn(at, take_text(document, "user_name"))


def _write(folder: Path, kept: Sequence[FailedSignIn], in_a_row: int) -> None:
    document = {
        "failed": [{"at": one.at.strftime(MOMENT), "user_name": one.user_name} for one in kept[-_MOST_KEPT:]],
        "in_a_row": in_a_row,
    }
    # Not being able to note a failure must not hide what the person is told about it.
    with suppress(ShelterDeskError):
        write_atomically(folder / FAILURES_FILE, json.dumps(document).encode())
