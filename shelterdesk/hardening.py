"""What the process asks of the operating system so that its memory, which holds keys and names, stays its own.

This keeps crash reports and other programs of the same user away. It is no defence against an administrator or a
taken-over system, and what the system itself writes to a swap or hibernation file is out of reach: only an encrypted
disk helps there. On Windows only errors are kept quiet: a full memory dump is made there only on request.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from typing import TYPE_CHECKING

from shelterdesk import logs

if TYPE_CHECKING:
    from types import TracebackType

_PR_SET_DUMPABLE = 4


def harden() -> bool:
    """Leave no core dump, refuse debuggers, print no message of an error; tell whether all was done.

    The window and the command line call it first thing. It never raises: what cannot be hardened still has to work.
    """
    _print_no_messages()
    # What is exported, printed into a file or backed up is for this user until they give it to somebody.
    os.umask(0o077)
    # Crash reporters that are handed the core through a pipe ignore the first, but not the second.
    return all([_leave_no_core(), _refuse_debuggers()])


def _leave_no_core() -> bool:
    # A crash would write every key and name to a file in clear. The hard limit goes too, or a library could undo it.
    if sys.platform == "win32":
        return True
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return False
    return True


def _refuse_debuggers() -> bool:
    # Takes ptrace and /proc/PID/mem away from everybody but the administrator.
    if sys.platform != "linux":
        return True
    import ctypes

    try:
        return ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0
    except (OSError, AttributeError):
        return False


def _print_no_messages() -> None:
    # Python prints what nobody catches, and libraries their warnings. A desktop keeps that in its journal, and such
    # texts may quote what was typed: types and places are enough.
    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda happened: _note(happened.exc_value)
    sys.unraisablehook = lambda happened: _note(happened.exc_value)


def _uncaught(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    _note(error)


def _note(error: BaseException | None) -> None:
    if error is None or isinstance(error, SystemExit):
        return
    logs.note_error(error)
    if sys.stderr is not None:
        sys.stderr.write(f"{logs.places(error)}\n")
