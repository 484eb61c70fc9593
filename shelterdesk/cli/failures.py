"""From errors to exit codes, and to words: what is wrong, what is safe, what to do."""

from __future__ import annotations

import traceback
from enum import IntEnum
from pathlib import Path
from typing import Final

from shelterdesk.cli.speaking import Speaker
from shelterdesk.errors import NoKey, NotAllowed, Problems, ShelterDeskError
from shelterdesk.i18n import N_, _, text
from shelterdesk.lineage import AnotherCopy
from shelterdesk.reach import NeedsReason
from shelterdesk.schema.log_reading import LogBroken
from shelterdesk.vault import (
    BackupDamaged,
    BackupOfOthers,
    NotAVault,
    SealBroken,
    VaultDamaged,
    VaultForged,
    VaultInUse,
    WrongPassphrase,
)


class Code(IntEnum):
    """How a command ended."""

    DONE = 0
    PROBLEM = 1
    USAGE = 2
    NO_ENTRY = 3
    DAMAGED = 4


class UsageError(ShelterDeskError):
    """An option is missing or does not fit the others."""


_CODES: Final[tuple[tuple[type[ShelterDeskError], Code], ...]] = (
    (UsageError, Code.USAGE),
    (WrongPassphrase, Code.NO_ENTRY),
    (NotAllowed, Code.NO_ENTRY),
    (NoKey, Code.NO_ENTRY),
    (NeedsReason, Code.NO_ENTRY),
    (VaultDamaged, Code.DAMAGED),
    (BackupDamaged, Code.DAMAGED),
    (SealBroken, Code.DAMAGED),
    (LogBroken, Code.DAMAGED),
)
_RESTORE = N_(
    "Nothing was overwritten. Leave the folder as it is and put the last good backup into a new folder: "
    "shelterdesk-cli restore BACKUP NEW_FOLDER. What can still be read is saved by: shelterdesk-cli rescue NEW_FOLDER"
)
_SECOND_COPY = N_(
    "Nothing was overwritten. The second copy of the keys is whole: open the vault in the window, which offers to use "
    "it."
)
_ADVICE: Final[tuple[tuple[type[ShelterDeskError], str], ...]] = (
    (UsageError, N_("Nothing was changed. See shelterdesk-cli --help.")),
    (WrongPassphrase, N_("Nothing was changed. Check the sign-in name, the passphrase and the keyboard layout.")),
    (NotAllowed, N_("Nothing was changed. Sign in with --user as somebody who may do this.")),
    (NoKey, N_("Nothing was changed. Sign in with --user as somebody who holds this key.")),
    (NeedsReason, N_("Give the reason with --why.")),
    (VaultForged, _RESTORE),
    (VaultDamaged, _RESTORE),
    (LogBroken, _RESTORE),
    (SealBroken, _RESTORE),
    (BackupDamaged, N_("The vault itself was not touched.")),
    (BackupOfOthers, N_("The vault itself was not touched.")),
    (AnotherCopy, N_("Check --vault. Add --any-copy to open this copy all the same; the other one is not touched.")),
    (VaultInUse, N_("Nothing was changed. Lock or close the other window first.")),
    (NotAVault, N_("Check --vault: it is the folder with header.json in it.")),
)


def code_of(error: BaseException) -> Code:
    """Return the exit code for *error*."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), Code.PROBLEM)


def tell_failure(error: BaseException, speaker: Speaker) -> Code:
    """Say on standard error what went wrong and return the exit code."""
    if isinstance(error, Problems):
        for problem in error.problems:
            speaker.remark(problem.text())
        speaker.remark(_("Nothing was changed."))
    elif isinstance(error, VaultDamaged) and error.copy_usable:
        speaker.remark(error.text())
        speaker.remark(text(_SECOND_COPY))
    elif isinstance(error, ShelterDeskError):
        speaker.remark(error.text())
        advice = next((words for kind, words in _ADVICE if isinstance(error, kind)), "")
        if isinstance(error, WrongPassphrase) and error.wait_seconds > 1:
            speaker.remark(_("The next attempt waits {seconds} seconds.").format(seconds=error.wait_seconds))
        if advice:
            speaker.remark(text(advice))
    elif isinstance(error, KeyboardInterrupt):
        speaker.remark(_("Stopped. What was not finished was not kept."))
    elif isinstance(error, OSError):
        named = error.filename if isinstance(error.filename, str | Path) else ""
        speaker.remark(_("{file}: {reason}").format(file=named or _("A file"), reason=error.strerror or ""))
        speaker.remark(_("Check that the path exists and may be read or written."))
    else:
        # The message of an unforeseen error may quote what is in a record, so only its kind and place are told.
        place = traceback.extract_tb(error.__traceback__)[-1]
        speaker.remark(
            _("ShelterDesk met something it did not expect ({kind}, {file} line {line}).").format(
                kind=type(error).__name__, file=Path(place.filename).name, line=place.lineno
            )
        )
        speaker.remark(_("What was saved before is safe. What this command began was not kept."))
    return code_of(error)
