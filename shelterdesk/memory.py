"""Memory, told how this program works: garbage is collected seldom, and what was freed is overwritten.

Neither Python nor the system's own allocator clears what is given back. Names and notes would stay in it after
locking, until something else happens to need the room.
"""

from __future__ import annotations

import gc
import mmap
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import ctypes

_YOUNG, _OLDER, _OLDEST = 20_000, 20, 20

# Python keeps objects of up to 512 bytes in blocks of its own, in steps of 16 bytes; a ``bytes`` has a head of 33.
_STEP: Final = 16
_LARGEST_BLOCK: Final = 512
_HEAD: Final = sys.getsizeof(b"")
_ROUND: Final = 256 * 1024
"""So many bytes of one size are filled at once."""
_GROWN: Final = 2 * 1024 * 1024
"""When the process has grown by so much, the free blocks of this size are used up."""
_MOST: Final = 384 * 1024 * 1024
"""What is filled in all, at most."""
_BLINDLY: Final = 4 * 1024 * 1024
"""So many bytes of each size are filled where the system does not tell how large the process is."""

_M_PERTURB: Final = -6
_PATTERN: Final = 0xA5
_AT_HAND: Final = range(24, 1033, 16)
_KEPT_OF_EACH: Final = 32
"""The C library of GNU keeps seven pieces of each of these sizes for each thread."""


def settle() -> None:
    """Let the collector pass over what was loaded so far and run less often. Called once, before anybody signs in.

    A summary or a long list makes 100,000 small rows at once. By default the collector looks through the whole
    program several times meanwhile, which costs as long as reading them does. What is loaded at the start stays to
    the end anyway; pages and records are made later and are collected as before.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _OLDEST)
    _overwrite_what_the_system_takes_back()


def forget() -> None:
    """Overwrite what was freed, after everything that showed people's names is gone. Takes about a tenth of a second.

    Only what nothing refers to any more can be reached, and only what Python and the C library gave out. See the
    page «What is protected» of the help for what cannot be promised.
    """
    gc.collect()
    _fill_free_blocks()
    clear_what_is_at_hand()
    with suppress(OSError, AttributeError):
        _c_library().malloc_trim(0)


def clear_what_is_at_hand() -> None:
    """Write over the few pieces of each size that the C library keeps for this thread without overwriting them."""
    with suppress(OSError, AttributeError):
        library = _c_library()
        import ctypes

        library.malloc.restype = ctypes.c_void_p
        library.free.argtypes = (ctypes.c_void_p,)
        pieces = [(library.malloc(size), size) for size in _AT_HAND for _ in range(_KEPT_OF_EACH)]
        for place, size in pieces:
            if place:
                ctypes.memset(place, 0, size)
        for place, _ in pieces:
            library.free(place)


def _overwrite_what_the_system_takes_back() -> None:
    # Texts of more than 512 bytes, and everything of Qt and the database engine, come from the C library. That of
    # Linux can be asked to overwrite each piece as it is freed; elsewhere there is no such switch.
    with suppress(OSError, AttributeError):
        _c_library().mallopt(_M_PERTURB, _PATTERN)


def _c_library() -> ctypes.CDLL:
    import ctypes

    if sys.platform != "linux":
        raise OSError
    return ctypes.CDLL(None)


def _fill_free_blocks() -> None:
    """Take every free block of every size once, and write over it."""
    held: list[list[object]] = []
    for size in range(_STEP, _LARGEST_BLOCK + 1, _STEP):
        begun = _resident()
        for rounds in count(1):
            held.append(_blocks_of(size))
            if len(held) * _ROUND >= _MOST:
                return
            if _are_used_up(begun, rounds):
                break


def _are_used_up(begun: int | None, rounds: int) -> bool:
    now = _resident()
    if begun is None or now is None:
        return rounds * _ROUND >= _BLINDLY
    return now - begun > _GROWN


def _blocks_of(size: int) -> list[object]:
    number = _ROUND // size
    if size == _STEP:
        return [object() for _ in range(number)]
    if size < _HEAD:
        # Whole numbers of two digits are 32 bytes long, which no ``bytes`` is.
        return [(1 << 45) + place for place in range(number)]
    return [bytes(size - _HEAD) for _ in range(number)]


def _resident() -> int | None:
    """Return how many bytes of the process lie in memory, None where that is not told."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * mmap.PAGESIZE
    except (OSError, ValueError, IndexError):
        return None
