"""Saying things on a terminal or in a pipe, in any script, without ever failing over a letter."""

from __future__ import annotations

import io
import json
import os
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TextIO


@dataclass
class Speaker:
    """Standard output for results, standard error for everything else."""

    out: TextIO
    err: TextIO

    @classmethod
    def of_process(cls) -> Speaker:
        """Return the streams of this process, made able to write any letter."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # A console keeps its own encoding; a file or pipe gets UTF-8 on every system.
                stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
        return cls(sys.stdout, sys.stderr)

    def say(self, line: str = "") -> None:
        """Write a line of the result."""
        self.out.write(f"{line}\n")

    def remark(self, line: str) -> None:
        """Write a line beside the result: a warning, progress, a problem."""
        self.err.write(f"{line}\n")

    def give(self, value: Any) -> None:
        """Write the result for machines."""
        self.say(json.dumps(value, ensure_ascii=False, indent=2))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Write rows in columns. The first row holds the titles."""
        widths = [max(_width(row[place]) for row in rows) for place in range(len(rows[0]))]
        for row in rows:
            padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
            self.say("  ".join(padded).rstrip())

    def progress(self, done: int, total: int) -> None:
        """Show how far the work is, where somebody sits in front of it."""
        if self.err.isatty():
            self.err.write(f"\r{done * 100 // max(1, total)} %" + ("\n" if done == total else ""))
            self.err.flush()

    def flush(self) -> None:
        """Pass on what was written; a closed pipe is no concern any more."""
        for stream in (self.out, self.err):
            try:
                stream.flush()
            except (OSError, ValueError):
                self.fall_silent()

    def fall_silent(self) -> None:
        """Keep Python from complaining at its end about a pipe that was closed."""
        if self.out is sys.__stdout__:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.out.fileno())


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )
