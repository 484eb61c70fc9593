"""What is left of names and notes in the process's own memory after locking.

What a process holds while it is unlocked nobody can keep from an administrator. After locking, nothing that was read
may still be there: neither what Python gave back, nor what the C library did. What cannot be promised is said in the
help, page «What is protected».
"""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from shelterdesk import notes
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.vault import restore_backup
from tests.core.proofs.nursery import ROOT
from tests.core.proofs.scenes import kind_in
from tests.core.proofs.test_earlier_schemas import FILES
from tests.core.security.test_memory import count_in_memory
from tests.desks import PASSPHRASE, Clock

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="reads /proc, and asks the C library of GNU")

MARK = "Kanari\u0259-\u05e7"
"""Stands in every line of the long notes."""
LINES = 60

SITTING = """
import sys
from pathlib import Path
from sqlalchemy import select
from shelterdesk import drafts, memory, search
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.schema import log_reading
from shelterdesk.schema.base import RECORDS, whole

def sit(folder):
    desk = open_desk(folder, "leyla", sys.stdin.readline().strip())
    seen = [search.build_index(desk), drafts.my_drafts(desk)]
    with desk.read() as db:
        for kind in RECORDS.values():
            for record in db.scalars(select(kind).options(*whole(kind))).unique():
                seen.append({field.id: field.show(field.read(record)) for field in desk.fields(kind)})
        seen.append(log_reading.logged(db, limit=5000))
    say("open")
    lock_desk(desk, "asked")

def say(words):
    print(words, flush=True)
    sys.stdin.readline()

memory.settle()
sit(Path(sys.argv[1]))
memory.forget()
say("locked")
"""


WANTED = {
    f"{name} as {shape}": words.encode(encoding)
    for name, words in (("short texts", "Xatir\u0259, "), ("long texts", MARK))
    for shape, encoding in (("text", "utf-16-le"), ("bytes", "utf-8"))
}
"""What stands in every text of the house, as Python keeps it and as it is written."""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The vault of ``tests/data`` with long notes about everybody."""
    folder = restore_backup(FILES[-1], tmp_path / "desk-7F3A.vault")
    desk = open_desk(folder, "leyla", PASSPHRASE, clock=Clock())
    with desk.read() as db:
        people = list(db.scalars(select(Person.id)))
    text = "\n".join(f"{MARK} {number} and what else was said that day" for number in range(LINES))
    for person_id in people:
        notes.add_note(desk, person_id, kind=kind_in("clinical"), written_on=desk.today(), clinical_text=text)
    lock_desk(desk, "asked")
    return folder


class Sitting:
    """A process at the vault that goes on when it is told to."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def goes_on(self, words: str = "") -> str:
        """Let it go on; return what it says next."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def memory_holds(self, wanted: dict[str, bytes]) -> dict[str, int]:
        """Return what of *wanted* is in its memory, and how often."""
        try:
            found = count_in_memory(self._process.pid, wanted)
        except PermissionError:
            pytest.skip("this system lets nobody look into a process")
        return {name: count for name, count in found.items() if count}


@contextmanager
def sitting(folder: Path) -> Iterator[Sitting]:
    with subprocess.Popen(
        [sys.executable, "-c", SITTING, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Sitting(process)
        finally:
            process.kill()


def test_nothing_that_was_read_is_left_in_memory_after_locking(house: Path) -> None:
    with sitting(house) as child:
        assert child.goes_on(PASSPHRASE) == "open"
        there = child.memory_holds(WANTED)
        assert there["short texts as text"] > 50, "the search finds what is there"
        assert there["long texts as text"] >= LINES
        assert child.goes_on() == "locked"
        assert child.memory_holds(WANTED) == {}
