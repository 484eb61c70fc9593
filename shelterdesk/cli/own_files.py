"""The program's own files, compared with the list of the build."""

from __future__ import annotations

import argparse

from shelterdesk import own_files
from shelterdesk.cli.failures import Code
from shelterdesk.cli.speaking import Speaker
from shelterdesk.i18n import _, ngettext

_NAMED = 20


def verify_program(options: argparse.Namespace, speaker: Speaker) -> int:
    """Compare, and say what differs. Raises NoFileList."""
    found = own_files.check(progress=speaker.progress)
    if options.json:
        speaker.give(found.plain())
    else:
        _say(found, speaker)
    return Code.DONE if found.whole else Code.DAMAGED


def _say(found: own_files.Findings, speaker: Speaker) -> None:
    for label, names in (
        (_("Changed"), found.changed),
        (_("Missing"), found.missing),
        (_("Not of the build"), found.extra),
    ):
        for name in names[:_NAMED]:
            speaker.say(f"{label}: {name}")
        if len(names) > _NAMED:
            speaker.say(_("{label}: and {n} more").format(label=label, n=len(names) - _NAMED))
    if found.whole:
        words = ngettext("{n} file is as it was built.", "{n} files are as they were built.", found.files)
        speaker.say(words)
    else:
        speaker.remark(_("The program is not as it was built. The vault is another folder and was not looked at."))
        speaker.remark(_("Install ShelterDesk again from a download whose checksum you compared."))
    speaker.say(_("Fingerprint of the list: {hash}").format(hash=found.list_sha256))
