"""What the installer says, and how it runs other programs without ever hanging."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

ROOT = Path(__file__).resolve().parent.parent
END_SECONDS = 10
FETCH_AGAIN = (
    "Check the internet connection and run the same command again; what was fetched whole is kept. "
    "If a hash is not the one in the list, the file is not what it was: find out why before you change the list."
)


class Stop(Exception):
    """The command cannot go on; the text says what to do next."""


@dataclass(frozen=True)
class Outcome:
    """How a program ended; ``code`` is 124 when its time was up."""

    code: int
    output: str

    def tail(self, lines: int = 15) -> str:
        """Return the last *lines* of what it printed."""
        return "\n".join(self.output.rstrip().splitlines()[-lines:])


def say(line: str, *, error: bool = False) -> None:
    """Print one line at once, whatever letters the terminal can show."""
    stream = sys.stderr if error else sys.stdout
    encoding = stream.encoding or "utf-8"
    print(line.encode(encoding, "replace").decode(encoding), file=stream, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say that *what* begins and, once it is done, how long it took."""
    say(f"  {what} …")
    began = time.monotonic()
    yield
    say(f"  {what}: done in {time.monotonic() - began:.1f} s")


def expect(outcome: Outcome, what: str, lines: int = 40) -> Outcome:
    """Return *outcome*; when it is not a success, stop with the last *lines* it printed and the sentence *what*."""
    if outcome.code != 0:
        raise Stop(f"{outcome.tail(lines)}\n\n{what}")
    return outcome


def surroundings(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables for programs of our environment: nothing of another Python leaks in."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    return {**kept, "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1", **(extra or {})}


def end(process: subprocess.Popen[str]) -> None:
    """End *process* and everything it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def run(
    command: Sequence[str | Path],
    *,
    seconds: float,
    extra: Mapping[str, str] | None = None,
    show: bool = False,
    on_line: Callable[[str], None] | None = None,
) -> Outcome:
    """Run *command* in the root, at most *seconds* long, and return its outcome.

    With ``show`` the output goes straight to the terminal, otherwise it is collected (and given to ``on_line``).
    """
    # A session of its own lets everything it starts be ended together. Ctrl+C no longer reaches it by itself;
    # `finally` passes it on.
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=surroundings(extra),
        stdin=subprocess.DEVNULL,
        stdout=None if show else subprocess.PIPE,
        stderr=None if show else subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=sys.platform != "win32",
    )
    late: list[bool] = []

    def time_is_up() -> None:
        late.append(True)
        end(process)

    timer = Timer(seconds, time_is_up)
    timer.daemon = True
    timer.start()
    lines: list[str] = []
    try:
        for line in process.stdout or ():
            lines.append(line)
            if on_line is not None:
                on_line(line)
        process.wait()
    finally:
        timer.cancel()
        if process.poll() is None:
            end(process)
            with suppress(subprocess.TimeoutExpired):
                process.wait(END_SECONDS)
        if process.stdout is not None:
            process.stdout.close()
    if late:
        return Outcome(124, "".join(lines) + f"\nStopped after {seconds:.0f} seconds.")
    return Outcome(process.returncode, "".join(lines))
