"""Keys live in memory only while unlocked, and the memory of the process is its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from shelterdesk.desk import Desk
from shelterdesk.opening import lock_desk
from tests.core.security.attackers import SECRET, tell_secrets
from tests.desks import PASSPHRASE

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

SITTING = """
import gc, sys
from pathlib import Path
from sqlalchemy import select
from shelterdesk import notes, search
from shelterdesk.opening import lock_desk, open_desk
desk = open_desk(Path(sys.argv[1]), "leyla", sys.stdin.readline().strip())
index = search.build_index(desk)
with desk.read() as db:
    seen = [note.clinical_text for note in db.scalars(select(notes.Note))]
print("open", flush=True)
sys.stdin.readline()
lock_desk(desk, "asked")
del desk, db, index, seen
gc.collect()
print("locked", flush=True)
sys.stdin.readline()
"""


def count_in_memory(process: int, wanted: dict[str, bytes]) -> dict[str, int]:
    """Return how often each of *wanted* stands in the writable memory of another process."""
    found = dict.fromkeys(wanted, 0)
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(start)
                data = memory.read(end - start)
            except OSError:
                continue
            for name, pattern in wanted.items():
                found[name] += data.count(pattern)
    return found


def test_after_lock_no_key_is_left_in_memory(desk: Desk, vault_folder: Path) -> None:
    tell_secrets(desk)
    unlocked = desk.vault.unlocked
    keys = {"database": bytes(unlocked.database_key)}
    keys |= {one.value: bytes(key) for one, (_, key) in unlocked.ring._keys.items()}
    keys |= {"sign": unlocked.keys.sign.private_bytes_raw(), "seal": unlocked.keys.seal.private_bytes_raw()}
    keys |= {f"{name} in hex": key.hex().encode() for name, key in keys.items()}
    lock_desk(desk, "asked")
    with subprocess.Popen(
        [sys.executable, "-c", SITTING, str(vault_folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def tell(words: str) -> str:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{words}\n")
            process.stdin.flush()
            return process.stdout.readline()

        try:
            assert tell(PASSPHRASE) == "open\n"
            try:
                there = count_in_memory(process.pid, keys | {"text": SECRET.encode()})
            except PermissionError:
                pytest.skip("this system lets nobody look into a process")
            assert min(there[name] for name in ("database", "house", "clinical", "sign", "seal", "text")) > 0
            assert tell("") == "locked\n"
            left = count_in_memory(process.pid, keys)
        finally:
            process.kill()
    assert {name: count for name, count in left.items() if count} == {}


HARDENED = """
import ctypes, os, resource, sys, threading, warnings
from shelterdesk import hardening
assert hardening.harden() is True
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), oct(os.umask(0)))
warnings.warn("told-in-confidence")
def fail():
    raise ValueError("told-in-confidence")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
class Careless:
    def __del__(self):
        fail()
Careless()
fail()
"""


def test_the_process_leaves_no_core_refuses_debuggers_and_prints_no_message() -> None:
    told = subprocess.run([sys.executable, "-c", HARDENED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout == "(0, 0) 0 0o77\n"
    assert told.returncode == 1
    assert "told-in-confidence" not in told.stderr
    assert told.stderr.count("ValueError at __main__:") == 3


@pytest.mark.parametrize("lines", ["import shelterdesk.cli; shelterdesk.cli.main()", "import ui.app; ui.app.main()"])
def test_window_and_command_line_are_hardened_first(lines: str) -> None:
    spy = "from shelterdesk import hardening; hardening.harden = lambda: print('hardened') or True; "
    told = subprocess.run(
        [sys.executable, "-c", spy + lines, "--version"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.stdout.startswith("hardened\nShelterDesk ")
