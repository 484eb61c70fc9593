"""shelterdesk-cli: the use cases of the window, for schedules and support.

Exit codes: 0 done, 1 something with what was given, 2 usage, 3 wrong passphrase or no right, 4 damaged. What a
command has to say goes to standard output, problems and progress to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from shelterdesk import hardening, i18n, memory, running
from shelterdesk.cli.failures import Code, tell_failure
from shelterdesk.cli.parser import read_arguments
from shelterdesk.cli.speaking import Speaker
from shelterdesk.settings import LANGUAGE, Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Never raises."""
    if arguments is None:
        # Only a process of our own is told how to run, not whoever calls this function.
        hardening.harden()
    speaker = Speaker.of_process()
    i18n.set_language(_language())
    try:
        options = read_arguments(sys.argv[1:] if arguments is None else arguments)
        if arguments is None:
            memory.settle()
            running.announce()
        return int(options.run(options, speaker))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else Code.USAGE
    except BrokenPipeError:
        # Whoever read our output has seen enough, such as «head». Nothing more can be said there.
        speaker.fall_silent()
        return Code.DONE
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001
        return tell_failure(error, speaker)
    finally:
        speaker.flush()


def _language() -> str:
    """Return the language of this machine's settings, else the first the environment names."""
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    # The first that is set counts, as for every program; that it is one we speak is not why it was set.
    return Settings().value(LANGUAGE) or i18n.best_language([next(filter(None, named), "")])
