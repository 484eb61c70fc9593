"""Somebody at the desk: reads, types, presses keys, and waits until the screen has answered."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from installer.console import Stop, say
from installer.drive.eyes import WAYS, Box, Page, read
from installer.drive.screen import Picture, Screen

PATIENCE = 90.0
_TABS = 60


class Person:
    """One person in front of one screen with one program on it."""

    def __init__(self, screen: Screen, process: subprocess.Popen[bytes], shots: Path) -> None:
        self.screen, self.process, self.shots = screen, process, shots
        self._taken = len(list(shots.glob("*.png")))
        self._seen: Picture | None = None
        self._ways = 0
        self._read = Page(())

    # --- looking -----------------------------------------------------------------------------------------------

    def look(self, seconds: float = 10) -> Page:
        """Wait until nothing moves, then read what is shown. Asked again about the same, it looks more closely."""
        self.give_the_keyboard()
        picture = self.screen.still(seconds)
        if self._seen is None or not self._seen.like(picture):
            self._seen, self._ways, self._read = picture, 1, read(picture)
        elif self._ways < len(WAYS):
            self._read = self._read.and_also(read(picture, self._ways))
            self._ways += 1
        return self._read

    def see(self, *words: str, seconds: float = PATIENCE) -> Page:
        """Wait until all of *words* can be read. Raises Stop with a picture of what is there instead."""
        return self._until(lambda page: all(page.where(one) for one in words), " and ".join(words), seconds)

    def must_not_see(self, *words: str) -> None:
        """Raise Stop when one of *words* can be read now, in whatever way."""
        page = self.look()
        for _way in WAYS[1:]:
            page = self.look()
        for one in words:
            if page.where(one) is not None:
                self.picture("stopped-here")
                raise Stop(f"«{one}» is still on the screen.")

    def see_it_end(self, seconds: float = PATIENCE) -> None:
        """Wait until the program has ended, without an error."""
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.picture("stopped-here")
            raise Stop("The program does not end when it is told to.") from None
        if code != 0:
            raise Stop(f"The program ended with the code {code}.")

    def _until(self, holds: Callable[[Page], bool], what: str, seconds: float) -> Page:
        begun = time.monotonic()
        while True:
            page = self.look()
            if holds(page):
                return page
            if self.process.poll() is not None:
                raise Stop(f"The program ended with {self.process.returncode} while I waited for «{what}».")
            waited = time.monotonic() - begun
            # Every way of reading is tried before patience ends, for a while also where each takes long.
            if waited > 3 * seconds or (waited > seconds and self._ways >= len(WAYS)):
                self.picture("stopped-here")
                raise Stop(f"I waited {seconds:.0f} s for «{what}». What can be read instead:\n\n{page.text()}")
            time.sleep(0.2)

    def picture(self, name: str) -> None:
        """Keep a picture of the screen."""
        self._taken += 1
        self.screen.still().keep(self.shots / f"{self._taken:02}-{name}.png")
        say(f"    {self._taken:02} {name}")

    # --- typing ------------------------------------------------------------------------------------------------

    def give_the_keyboard(self) -> None:
        """Hand the keyboard to the topmost window, as the desktop of a computer does."""
        windows = self.screen.windows()
        holder = self.screen.ask("getwindowfocus").strip()
        # An open list has no title: it belongs to the window that holds the keyboard, and keeps what is typed.
        if windows and holder != windows[-1] and (holder not in windows or self.screen.title(windows[-1])):
            self.screen.ask("windowfocus", "--sync", windows[-1])

    def press(self, *keys: str) -> None:
        """Press combinations such as ``ctrl+n``, one after the other."""
        self.give_the_keyboard()
        self.screen.press(*keys)

    def type(self, words: str) -> None:
        """Type *words* wherever the keyboard is, and wait until nothing moves."""
        self.give_the_keyboard()
        self.screen.type(words)
        self.screen.still(10)

    def fill(self, *answers: str) -> None:
        """Type one answer after the other, going on with Tab."""
        for number, answer in enumerate(answers):
            if number:
                self.press("Tab")
            self.type(answer)

    def tab_to(self, words: str, *, below: int = 0, right: int = 0) -> None:
        """Press Tab until the frame of the keyboard is around *words*, or around what stands *below* or to the *right*.

        The frame is seen by what changes there. Raises Stop when it never comes.
        """
        place = self.see(words).where(words)
        assert place is not None
        place = Box(place.left - 6, place.top - 6, place.right + 6 + right, place.bottom + 6 + below)
        before = self.screen.still()
        for _step in range(_TABS):
            self.press("Tab")
            now = self.screen.still(3, quiet=0.2)
            if _cut(now, place) != _cut(before, place):
                return
            before = now
        self.picture("stopped-here")
        raise Stop(f"The keyboard never comes to «{words}».")


def _cut(picture: Picture, box: Box) -> bytes:
    left, right = max(0, box.left) * 4, min(picture.width, box.right) * 4
    rows = range(max(0, box.top), min(picture.height, box.bottom))
    return b"".join(picture.row(number)[left:right] for number in rows)
