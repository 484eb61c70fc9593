"""A process from which others are born that work at a vault until they are killed.

Loading the program takes a second and a fork takes milliseconds, so that hundreds of kills fit into minutes. What a
child does is a scene of :mod:`tests.core.proofs.scenes`; what it says on standard output after a write has returned
is an acknowledgement: from then on the program owes it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 120.0
BORN, ENDED = "born", "ended"


@dataclass(frozen=True)
class Life:
    """What a child acknowledged, word by word, and how long it lived; ``killed`` where it did not come to its end."""

    said: list[list[str]]
    killed: bool
    seconds: float


@dataclass
class Living:
    """A child that lives beside the test; what it said up to its end is in ``said`` afterwards."""

    next_words: Callable[[], list[str]]
    said: list[list[str]] = field(default_factory=list[list[str]])

    def hear(self) -> None:
        """Wait for one more acknowledgement."""
        self.said.append(self.next_words())


class Nursery:
    """The process, seen from the test."""

    def __init__(self, *before: str) -> None:
        """Start it; *before* are the words of a command that starts it and watches over it and its children."""
        self._chance = random.Random()
        self._process = subprocess.Popen(
            [*before, sys.executable, "-m", "tests.core.proofs.nursery"],
            cwd=ROOT,
            env=os.environ | {"SHELTERDESK_TEST_KDF": "1", "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def live(self, scene: str, folder: Path, seconds: float = PATIENCE_SECONDS) -> Life:
        """Let a child play *scene* at *folder* and kill it with signal 9 after so many *seconds*."""
        self._order(scene, folder, seconds)
        return self._until_the_end(scene, [])

    @contextmanager
    def living(self, scene: str, folder: Path) -> Generator[Living]:
        """Let a child live beside the test, from its first acknowledgement on, and kill it at the end."""
        child = self._order(scene, folder, PATIENCE_SECONDS)
        living = Living(self._next_words)
        living.hear()
        assert living.said[0][0] != ENDED, f"{scene} failed by itself: see its standard error"
        try:
            yield living
        finally:
            os.kill(child, signal.SIGKILL)
            self._until_the_end(scene, living.said)

    def _order(self, scene: str, folder: Path, seconds: float) -> int:
        assert self._process.stdin is not None
        # The child works at the same computer as the test: what one of them remembers, the other one knows.
        home = os.environ["SHELTERDESK_HOME"]
        order = {"scene": scene, "folder": str(folder), "seconds": seconds, "seed": self._chance.random(), "home": home}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        born, child = self._next_words()
        assert born == BORN
        return int(child)

    def _next_words(self) -> list[str]:
        assert self._process.stdout is not None
        words = self._process.stdout.readline().split()
        assert words, "the nursery itself is gone"
        return words

    def _until_the_end(self, scene: str, said: list[list[str]]) -> Life:
        while (words := self._next_words())[0] != ENDED:
            said.append(words)
        how, lived = int(words[1]), float(words[2])
        assert how in (0, -signal.SIGKILL), f"{scene} failed by itself: see its standard error"
        return Life(said, how != 0, lived)

    def kill(self, scene: str, folder: Path, longest: float) -> Life:
        """Kill a child at a random moment of the first *longest* seconds of its life."""
        return self.live(scene, folder, self._chance.uniform(0.0, longest))

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


def acknowledge(*words: object) -> None:
    """Say that something is done; in one system call, so that a kill leaves the whole line or none of it."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def main() -> None:
    """Take orders until standard input ends."""
    from tests.core.proofs.scenes import SCENES

    for line in sys.stdin:
        order = json.loads(line)
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            # A child may be killed before it says a word, so its birth is told for it, and told first.
            os.close(tell)
            os.read(told, 1)
            how = 1
            os.environ["SHELTERDESK_HOME"] = order["home"]
            try:
                SCENES[order["scene"]](Path(order["folder"]), random.Random(order["seed"]))
                how = 0
            except BaseException:  # noqa: BLE001 - whatever it was, the test has to hear of it
                traceback.print_exc()
            finally:
                os._exit(how)
        acknowledge(BORN, child)
        os.close(told)
        os.close(tell)
        born = time.monotonic()
        how = _wait_or_kill(child, order["seconds"])
        acknowledge(ENDED, how, round(time.monotonic() - born, 4))


def _wait_or_kill(child: int, seconds: float) -> int:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(min(left, 0.002))
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    main()
