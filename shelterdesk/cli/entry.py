"""Who signs in and with what: the options every command shares, and the desk they open."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from shelterdesk import lineage, restoring
from shelterdesk.cli.failures import UsageError
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, _
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.vault import VaultDamaged, inspect_vault

VARIABLE: Final = "SHELTERDESK_PASSPHRASE"
WHY_LOCKED: Final = "command"


def vault_folder(options: argparse.Namespace) -> Path:
    """Return ``--vault``. Raises UsageError without it."""
    if not options.vault:
        raise UsageError(N_("Say which vault with --vault PATH."))
    return Path(options.vault)


def user_name(options: argparse.Namespace) -> str:
    """Return ``--user``. Raises UsageError without it."""
    if not options.user:
        raise UsageError(N_("Say who signs in with --user NAME."))
    return str(options.user)


def given_passphrase(options: argparse.Namespace) -> str | None:
    """Return the passphrase from ``--passphrase-file`` or the environment, None where it has to be asked for."""
    file: str | None = options.passphrase_file
    if file == "-":
        return _first_line(sys.stdin.readline())
    if file:
        return first_line_of(file)
    return os.environ.get(VARIABLE)


def passphrase(options: argparse.Namespace, *, new: bool = False) -> str:
    """Return the passphrase, asked for where nothing gives it; a *new* one is asked for twice. Raises UsageError."""
    given = given_passphrase(options)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise UsageError(
            N_("No passphrase: give it with --passphrase-file FILE («-» is standard input) or in {variable}."),
            variable=VARIABLE,
        )
    typed = getpass.getpass(_("Passphrase: "))
    if new and getpass.getpass(_("The same passphrase again: ")) != typed:
        raise UsageError(N_("The two passphrases are not the same."))
    return typed


@contextmanager
def signed_in(options: argparse.Namespace) -> Generator[Desk]:
    """Open the desk of ``--vault`` for ``--user`` and lock it afterwards."""
    folder, user = vault_folder(options), user_name(options)
    restoring.finish(folder)
    # Damage that shows without a passphrase is told before one is asked for.
    inspect_vault(folder)
    words = passphrase(options)
    try:
        desk = open_desk(folder, user, words)
    except lineage.AnotherCopy as other:
        if not options.any_copy:
            raise
        lineage.let_open(other)
        desk = open_desk(folder, user, words)
    try:
        yield desk
    except VaultDamaged:
        # A damaged vault is better not written to, not even the row that says it was locked.
        desk.close()
        raise
    except BaseException:
        with suppress(ShelterDeskError):
            lock_desk(desk, WHY_LOCKED)
        raise
    lock_desk(desk, WHY_LOCKED)


def first_line_of(file: str) -> str:
    """Return the first line of a file that holds a passphrase or password."""
    with Path(file).open(encoding="utf-8-sig") as stream:
        return _first_line(stream.readline())


def _first_line(line: str) -> str:
    return line.rstrip("\r\n")
