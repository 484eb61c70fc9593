"""Files from outside are looked at by a process of their own, which knows no key and nothing of the vault.

A picture or PDF may be made to do harm: to run for ever, to fill the memory, or to take over whoever draws it. That
process gets the bytes through a pipe, may write no file, has little memory, and is ended when it takes too long.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import IO, Final

from shelterdesk.scans import refusals
from shelterdesk.scans.intake import Prepared, Progress, clean
from shelterdesk.scans.refusals import EVERY_REFUSAL, GONE, LARGEST_FILE, NOT_WHOLE, TOO_LARGE, TOO_SLOW, NotTaken

Stop = Callable[[], bool]
WORD: Final = "--look-at-a-scan"
"""What the packaged program is started with to be that process."""
_SECONDS: Final = 30.0
"""So long the process may say nothing; after each page it does."""
_MOST_MEMORY: Final = 3 * 1024**3
_HEAD: Final = struct.Struct(">cI")
_PROGRESS, _REFUSED, _FACTS, _SMALL, _CONTENT = b"p", b"r", b"f", b"s", b"c"
_LONGEST: Final = LARGEST_FILE + 1024 * 1024


def prepare(
    path: Path, progress: Progress | None = None, stop: Stop | None = None, seconds: float = _SECONDS
) -> Prepared:
    """Read a file and have what is kept of it made apart. Takes seconds, so the worker does it. Raises NotTaken."""
    return prepare_bytes(_read(path), path.name, progress, stop, seconds)


def prepare_bytes(
    content: bytes,
    file: str,
    progress: Progress | None = None,
    stop: Stop | None = None,
    seconds: float = _SECONDS,
) -> Prepared:
    """Have what is kept of the bytes of a file called *file* made apart. Raises NotTaken."""
    with _started() as process, _watched(process, seconds, stop) as watch:
        stdin, stdout = process.stdin, process.stdout
        assert stdin is not None
        assert stdout is not None
        with contextlib.suppress(OSError):
            stdin.write(content)
            stdin.close()
        try:
            return _hear(stdout, file, progress, watch)
        except (EOFError, ValueError, KeyError) as error:
            # It was ended, or what it looked at ended it.
            raise NotTaken(TOO_SLOW if watch.ended else NOT_WHOLE, file) from error


def main() -> int:
    """Be the process: take bytes from the standard input and answer on the standard output."""
    _give_up_what_is_not_needed()
    out = sys.stdout.buffer

    def tell(done: int, whole: int) -> None:
        _say(out, _PROGRESS, json.dumps([done, whole]).encode())

    try:
        kept = clean(sys.stdin.buffer.read(_LONGEST), "", tell)
    except NotTaken as refusal:
        _say(out, _REFUSED, refusal.message.encode())
        return 0
    _say(out, _FACTS, json.dumps({"pages": kept.pages}).encode())
    _say(out, _SMALL, kept.small)
    _say(out, _CONTENT, kept.content)
    return 0


class _Watch:
    """Ends the process when it says nothing for too long, or when nobody wants its answer any more."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, stop: Stop | None) -> None:
        self.ended = False
        self._process = process
        self._seconds = seconds
        self._stop = stop
        self._until = time.monotonic() + seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="scan watch", daemon=True)
        self._thread.start()

    def heard(self) -> None:
        self._until = time.monotonic() + self._seconds

    def close(self) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            if time.monotonic() > self._until or (self._stop is not None and self._stop()):
                self.ended = True
                self._process.kill()
                return


@contextlib.contextmanager
def _watched(process: subprocess.Popen[bytes], seconds: float, stop: Stop | None) -> Generator[_Watch]:
    watch = _Watch(process, seconds, stop)
    try:
        yield watch
    finally:
        watch.close()


@contextlib.contextmanager
def _started() -> Generator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 - our own program, without a word from outside
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_surroundings(),
        creationflags=subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0,
    )
    try:
        yield process
    finally:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        # The program without a window: one with a window has no standard input on every system.
        beside = Path(sys.executable).with_name("shelterdesk-cli" + Path(sys.executable).suffix)
        return [str(beside), WORD]
    return [sys.executable, "-c", "import sys; from shelterdesk.scans.apart import main; sys.exit(main())"]


def _surroundings() -> dict[str, str]:
    surroundings = dict(os.environ)
    if not getattr(sys, "frozen", False):
        surroundings["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    return surroundings


def _hear(stream: IO[bytes], file: str, progress: Progress | None, watch: _Watch) -> Prepared:
    """Read what the process says; an answer it could not have given is none. Raises EOFError, ValueError, KeyError."""
    said: dict[bytes, bytes] = {}
    while _CONTENT not in said:
        kind, length = _HEAD.unpack(_exactly(stream, _HEAD.size))
        if length > _LONGEST:
            raise ValueError(length)
        said[kind] = _exactly(stream, length)
        watch.heard()
        if kind == _PROGRESS and progress is not None:
            done, whole = json.loads(said[kind])
            progress(int(done), int(whole))
        elif kind == _REFUSED:
            message = said[kind].decode()
            raise NotTaken(message if message in EVERY_REFUSAL else NOT_WHOLE, file)
    count = int(json.loads(said[_FACTS])["pages"])
    if not 1 <= count <= refusals.MOST_PAGES or len(said[_CONTENT]) > LARGEST_FILE:
        raise ValueError(count)
    return Prepared(said[_CONTENT], count, said[_SMALL])


def _exactly(stream: IO[bytes], length: int) -> bytes:
    found = stream.read(length)
    if len(found) != length:
        raise EOFError
    return found


def _say(out: IO[bytes], kind: bytes, words: bytes) -> None:
    out.write(_HEAD.pack(kind, len(words)) + words)
    out.flush()


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > LARGEST_FILE:
                raise NotTaken(TOO_LARGE, path.name)
            # A file may grow while it is read.
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise NotTaken(GONE, path.name) from error


def _give_up_what_is_not_needed() -> None:
    from shelterdesk.hardening import harden

    harden()
    if sys.platform == "win32":
        return
    import resource

    for which, most in ((resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_AS, _MOST_MEMORY)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (most, most))
