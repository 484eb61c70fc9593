"""A screen nobody sees: its pictures, and a keyboard in front of it."""

from __future__ import annotations

import contextlib
import os
import re
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer.console import Stop, surroundings

SIZE = (1366, 768)
_START_SECONDS = 20
_CARET = 4
"""Width in dots of what may go on and off while a picture counts as still."""
_HEADER = struct.Struct(">25I")
_COLOUR = 12
"""Bytes of one entry in the table of colours that goes before the rows."""


@dataclass(frozen=True)
class Picture:
    """What the screen showed: four bytes for each dot, blue first."""

    width: int
    height: int
    dots: bytes

    def row(self, number: int) -> bytes:
        """Return the bytes of one row."""
        return self.dots[number * self.width * 4 : (number + 1) * self.width * 4]

    def grey(self, times: int) -> bytes:
        """Return one byte for each dot, repeated *times* in both directions: small letters are read better so."""
        rows: list[bytes] = []
        for number in range(self.height):
            single = self.row(number)[1::4]
            wide = bytearray(len(single) * times)
            for shift in range(times):
                wide[shift::times] = single
            rows += [bytes(wide)] * times
        return b"".join(rows)

    def like(self, other: Picture) -> bool:
        """Tell whether nothing changed but a blinking caret."""
        if self.dots == other.dots:
            return True
        if (self.width, self.height) != (other.width, other.height):
            return False
        places: list[int] = []
        for number in range(self.height):
            mine, theirs = self.row(number), other.row(number)
            if mine != theirs:
                places += [place // 4 for place in range(len(mine)) if mine[place] != theirs[place]]
                if max(places) - min(places) > _CARET:
                    return False
        return True

    def keep(self, target: Path) -> None:
        """Write it as a PNG."""
        target.parent.mkdir(parents=True, exist_ok=True)
        raw = bytearray()
        for number in range(self.height):
            row = self.row(number)
            right = bytearray(self.width * 3)
            right[0::3], right[1::3], right[2::3] = row[2::4], row[1::4], row[0::4]
            raw += b"\0" + right
        size = struct.pack(">2I5B", self.width, self.height, 8, 2, 0, 0, 0)
        parts = ((b"IHDR", size), (b"IDAT", zlib.compress(bytes(raw), 6)), (b"IEND", b""))
        with target.open("wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n")
            for kind, content in parts:
                file.write(struct.pack(">I", len(content)) + kind + content)
                file.write(struct.pack(">I", zlib.crc32(kind + content)))


class Screen:
    """A running virtual screen."""

    def __init__(self, name: str, memory: Path) -> None:
        self.name = name
        self._memory = memory

    def surroundings(self) -> dict[str, str]:
        """Return what a program needs to appear there."""
        return {"DISPLAY": self.name}

    def is_empty(self) -> bool:
        """Tell whether there is nothing but black."""
        found = self._memory.read_bytes()
        header = _HEADER.unpack_from(found)
        return not found[header[0] + header[19] * _COLOUR :].strip(b"\0")

    def picture(self) -> Picture:
        """Return what it shows now."""
        found = self._memory.read_bytes()
        # The X window dump format: sizes in the header, then the table of colours, then the rows.
        header = _HEADER.unpack_from(found)
        start, width, height, row_bytes, colours = header[0], header[4], header[5], header[12], header[19]
        begin = start + colours * _COLOUR
        rows = (found[begin + row * row_bytes : begin + row * row_bytes + width * 4] for row in range(height))
        return Picture(width, height, b"".join(rows))

    def still(self, seconds: float = 20, *, quiet: float = 0.35) -> Picture:
        """Wait until nothing moved for *quiet* seconds; return what is shown, moving or not when the time is up."""
        begun = since = time.monotonic()
        before = self.picture()
        while time.monotonic() - begun < seconds:
            time.sleep(0.07)
            now = self.picture()
            if not now.like(before):
                before, since = now, time.monotonic()
            elif time.monotonic() - since >= quiet:
                return now
        return before

    def ask(self, *words: str) -> str:
        """Let xdotool do or tell something there."""
        told = subprocess.run(
            ["xdotool", *words],
            env=surroundings(self.surroundings()),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return told.stdout

    def windows(self) -> list[str]:
        """Return the ids of the windows that can be seen, the topmost last."""
        found = self.ask("search", "--onlyvisible", "--name", "").split()
        return [one for one in found if self._is_window(one)]

    def _is_window(self, one: str) -> bool:
        size = re.search(r"WIDTH=(\d+)\nHEIGHT=(\d+)", self.ask("getwindowgeometry", "--shell", one))
        return size is not None and int(size[1]) > 60 and int(size[2]) > 30

    def title(self, window: str) -> str:
        """Return the title of *window*."""
        return self.ask("getwindowname", window).strip()

    def press(self, *keys: str) -> None:
        """Press combinations such as ``ctrl+n``, one after the other."""
        for key in keys:
            self.ask("key", "--clearmodifiers", key)
            time.sleep(0.08)

    def type(self, words: str) -> None:
        """Type *words*."""
        self.ask("type", "--delay", "30", "--", words)


@contextlib.contextmanager
def open_screen(size: Sequence[int] = SIZE) -> Iterator[Screen]:
    """Start a screen, and end it afterwards."""
    with tempfile.TemporaryDirectory(prefix="screen-") as folder:
        reading, writing = os.pipe()
        command = [
            "Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size[0]}x{size[1]}x24",
            "-fbdir", folder, "-nolisten", "tcp", "-noreset",
        ]  # fmt: skip
        running = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                number = told.readline().strip()
            memory = Path(folder) / "Xvfb_screen0"
            if not number or not memory.exists():
                raise Stop("The virtual screen (Xvfb) does not start here.")
            yield Screen(f":{number}", memory)
        finally:
            running.terminate()
            running.wait(_START_SECONDS)
