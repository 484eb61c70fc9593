"""Reads the words on a picture of the screen, and tells where they stand."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass

from installer.console import Stop
from installer.drive.screen import Picture

_SECONDS = 60
_SURE = 20
"""Percent below which the reader itself does not believe in a word."""
WAYS = ((2, "11"), (2, "6"), (3, "11"))
"""How many times larger, and how tesseract is to divide the page: what one way misses another finds."""
_WORD = "5"
# What one face makes look alike is no difference.
_ALIKE = str.maketrans({"’": "'", "‘": "'", "|": "l", "I": "l", "0": "O", "…": "", ".": "", "“": '"', "”": '"'})


@dataclass(frozen=True)
class Box:
    """A part of the screen in dots."""

    left: int
    top: int
    right: int
    bottom: int

    def around(self, other: Box) -> Box:
        """Return the smallest box with both in it."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True)
class Seen:
    """One word, and in which line it was read."""

    word: str
    line: tuple[int, int, int]
    box: Box


@dataclass(frozen=True)
class Page:
    """Everything that was read on one picture, in reading order."""

    seen: tuple[Seen, ...]

    def and_also(self, other: Page) -> Page:
        """Return what was read in two ways."""
        return Page(self.seen + other.seen)

    def text(self) -> str:
        """Return the words, a line for each line."""
        lines: dict[tuple[int, int, int], list[str]] = {}
        for one in self.seen:
            lines.setdefault(one.line, []).append(one.word)
        return "\n".join(" ".join(words) for words in lines.values())

    def where(self, words: str) -> Box | None:
        """Return where *words* stand, ``None`` where they cannot be read.

        Whole words go before parts of words, the same capitals before others. Spaces do not count: between narrow
        letters they are easily missed.
        """
        wanted = plain("".join(words.split()))
        read, owners = "", list[int]()
        for number, one in enumerate(self.seen):
            letters = plain(one.word)
            read += letters
            owners += [number] * len(letters)
        # Some capitals become two small letters; one for each keeps the places.
        low = "".join(sign.lower()[0] for sign in read)
        sought = "".join(sign.lower()[0] for sign in wanted)
        found: list[tuple[bool, bool, int]] = []
        at = low.find(sought)
        while at >= 0:
            end = at + len(wanted)
            begins = at == 0 or owners[at - 1] != owners[at]
            ends = end == len(read) or owners[end] != owners[end - 1]
            found.append((not (begins and ends), read[at:end] != wanted, at))
            at = low.find(sought, at + 1)
        if not found:
            return None
        best = min(found)[2]
        first, last = owners[best], owners[best + len(wanted) - 1]
        box = self.seen[first].box
        for one in self.seen[first + 1 : last + 1]:
            box = box.around(one.box)
        return box


def plain(word: str) -> str:
    """Return *word* so that letters a reader takes for one another are the same."""
    return word.translate(_ALIKE)


def read(picture: Picture, way: int = 0) -> Page:
    """Read a picture in one of WAYS. White words on a coloured button are not read."""
    times, dividing = WAYS[way]
    head = b"P5 %d %d 255\n" % (picture.width * times, picture.height * times)
    # One thread: several wait for each other more than they read.
    try:
        told = subprocess.run(
            ["tesseract", "-", "-", "--psm", dividing, "tsv"],
            input=head + picture.grey(times),
            capture_output=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        # A busy computer: who waits looks again until their patience ends.
        return Page(())
    except FileNotFoundError as error:
        raise Stop("The words on the screen cannot be read: the program tesseract is missing.") from error
    seen: list[Seen] = []
    for line in told.stdout.decode("utf-8", "replace").splitlines():
        columns = line.split("\t")
        if columns[0] == _WORD and columns[11].strip() and float(columns[10]) >= _SURE:
            block, paragraph, number = (int(column) for column in columns[2:5])
            left, top, width, height = (int(column) // times for column in columns[6:10])
            box = Box(left, top, left + width, top + height)
            seen.append(Seen(columns[11].strip(), (way * 10_000 + block, paragraph, number), box))
    return Page(tuple(seen))
