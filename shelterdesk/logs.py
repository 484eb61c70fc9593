"""The technical log: enough to mend the program, nothing about people.

A line is written only when its text was declared with :func:`line`, and of its values only numbers, ids and codes are
shown. Whatever else arrives, from libraries too, becomes «left out» with its place. Errors are noted as their types
and places in the source, never with their messages, because those may quote what was typed.
"""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from uuid import UUID

from shelterdesk.paths import machine_folder

LARGEST = 1_000_000
FILES = 3
LEFT_OUT = "left out"
_OURS = ("shelterdesk", "ui")
# What is plain to see as a code: an id, a record's code, a vault's neutral name.
_CODE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|[A-Z]-\d{4}-\d{1,6}"
    r"|desk-[0-9A-F]{4}",
    re.ASCII,
)


class Line(str):
    """The text of a log line, declared in the source with :func:`line`."""

    __slots__ = ()


class CodeName(str):
    """A code of our own, vouched for with :func:`code`."""

    __slots__ = ()


def code(name: str) -> CodeName:
    """Vouch that *name* is a code of the program (a field id, an act, a command) and nothing that people typed."""
    return CodeName(name)


def line(template: str) -> Line:
    """Declare the text of a log line; values come in by ``%s`` and ``%d``."""
    return Line(template)


_FAILED = line("error %s")


def _shown(value: object) -> object:
    """Return *value* where it can hold nothing about people, else «left out»."""
    if value is None or isinstance(value, bool | int | float | UUID):
        return value
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, CodeName) or (isinstance(value, str) and _CODE.fullmatch(value)) else LEFT_OUT


def places(error: BaseException) -> str:
    """Return types and places of *error* and of what caused it, innermost place first, without any message."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        parts.append(f"{type(current).__name__} at {_frames(current.__traceback__)}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return " < ".join(parts)


def _frames(trace: TracebackType | None) -> str:
    # The walk reads no source lines: those could quote nothing, but would need the files to be there.
    found = [(frame.f_globals.get("__name__", "?"), number) for frame, number in traceback.walk_tb(trace)]
    return ", ".join(f"{module}:{number}" for module, number in reversed(found[-12:])) or "no place"


def _formatted(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return f"{LEFT_OUT} ({record.module}:{record.lineno})"


class ContentFreeFilter(logging.Filter):
    """Lets through declared lines of ours; turns warnings of others into their place; drops the rest."""

    def filter(self, record: logging.LogRecord) -> bool:
        ours = record.name.split(".")[0] in _OURS
        if not ours and record.levelno < logging.WARNING:
            return False
        if ours and isinstance(record.msg, Line):
            given = record.args if isinstance(record.args, tuple) else (record.args,) if record.args else ()
            record.args = tuple(_shown(value) for value in given)
        else:
            record.msg, record.args = f"{LEFT_OUT} ({record.module}:{record.lineno})", ()
        record.msg, record.args = _formatted(record), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.msg += f": {places(record.exc_info[1])}"
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def log_file() -> Path:
    """Return where the log of this machine lies."""
    return machine_folder() / "log" / "shelterdesk.log"


def start(file: Path | None = None) -> logging.Handler:
    """Begin to log into *file* (three files of 1 MB at most) and nowhere else; return the handler.

    Raises ``OSError`` when the folder cannot be made.
    """
    target = file or log_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(target, maxBytes=LARGEST, backupCount=FILES - 1, encoding="utf-8", delay=True)
    handler.addFilter(ContentFreeFilter())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S"))
    root = logging.getLogger()
    for other in list(root.handlers):
        root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # A line that cannot be formatted would otherwise be printed with its values.
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    return handler


def stop(handler: logging.Handler) -> None:
    """End what :func:`start` began."""
    logging.captureWarnings(capture=False)
    logging.getLogger().removeHandler(handler)
    handler.close()


def note_error(error: BaseException) -> str:
    """Write *error* to the log and return a short reference to tell whoever helps, such as ``7f3a2c``."""
    reference = secrets.token_hex(3)
    logging.getLogger("shelterdesk.error").error(_FAILED, code(reference), exc_info=error)
    return reference
