"""Opening a vault: header, keys and database, each believed only after it was checked."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from filelock import BaseFileLock

from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault import failures
from shelterdesk.vault.database import check_size, connect, used_once
from shelterdesk.vault.errors import NotAVault, VaultDamaged, WrongPassphrase, WrongRecoveryCode
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, Header, read_header
from shelterdesk.vault.left_overs import clear_unnamed
from shelterdesk.vault.locking import lock_vault
from shelterdesk.vault.making import clear_left_overs
from shelterdesk.vault.network import refuse_network
from shelterdesk.vault.pieces import combine, read_piece
from shelterdesk.vault.recovery import read_code
from shelterdesk.vault.store import OpenVault, agree
from shelterdesk.vault.unlocking import (
    Unlocked,
    slot_of,
    unlock_with_passphrase,
    unlock_with_recovery_secret,
)
from shelterdesk.vault.writing import told_plainly, write_atomically


def open_vault(folder: Path, user_name: str, passphrase: str, *, use_copy: bool = False) -> OpenVault:
    """Open the vault in *folder*. Takes about a second by design; the GIL is released meanwhile.

    After wrong passphrases the attempt waits first (``WrongPassphrase.wait_seconds`` told how long). *use_copy*
    reads ``header-copy.json`` where ``header.json`` is damaged. Raises WrongPassphrase, VaultInUse, NotAVault,
    VaultOnNetwork, VaultDamaged, VaultForged, VaultNewer, VaultNotWritable, NotEnoughMemory, NotAllowed.
    """

    def unlock(header: Header, file: str) -> Unlocked:
        unlocked = unlock_with_passphrase(header, file, user_name, passphrase)
        if unlocked is None:
            slot = slot_of(header, user_name)
            known = header.current_members()[slot.member].user_name if slot else ""
            raise WrongPassphrase(failures.note_failure(folder, known))
        return unlocked

    folder = Path(folder).absolute()
    return open_folder(folder, unlock, use_copy=use_copy)


def open_with_recovery(folder: Path, code: str, *, use_copy: bool = False) -> OpenVault:
    """Open the vault with the code of the recovery sheet. Raises RecoveryCodeMistyped, else as open_vault."""
    return _open_with_recovery_secret(folder, read_code(code), use_copy=use_copy)


def open_with_pieces(folder: Path, codes: Iterable[str], *, use_copy: bool = False) -> OpenVault:
    """Open the vault with pieces of the recovery code. Raises RecoveryCodeMistyped, PiecesUnfit, else as open_vault."""
    return _open_with_recovery_secret(folder, combine([read_piece(code) for code in codes]), use_copy=use_copy)


def _open_with_recovery_secret(folder: Path, secret: bytes, *, use_copy: bool) -> OpenVault:
    def unlock(header: Header, file: str) -> Unlocked:
        unlocked = unlock_with_recovery_secret(header, file, secret)
        if unlocked is None:
            raise WrongRecoveryCode(failures.note_failure(folder, ""))
        return unlocked

    folder = Path(folder).absolute()
    return open_folder(folder, unlock, use_copy=use_copy)


def refuse_what_is_no_vault(folder: Path) -> None:
    """Raise NotAVault unless one of the two header files lies in *folder*, and VaultOnNetwork on a share."""
    with told_plainly(folder):
        if not (folder / HEADER_FILE).is_file() and not (folder / COPY_FILE).is_file():
            raise NotAVault(folder)
    refuse_network(folder)


def read_header_offering_copy(folder: Path, *, use_copy: bool = False) -> Header:
    """Read the header. A VaultDamaged for ``header.json`` says whether the copy could stand in."""
    if use_copy:
        return read_header(folder, COPY_FILE)
    try:
        return read_header(folder)
    except VaultDamaged as error:
        with suppress(ShelterDeskError):
            read_header(folder, COPY_FILE)
            error.copy_usable = True
        raise


def open_folder(folder: Path, unlock: Callable[[Header, str], Unlocked], *, use_copy: bool) -> OpenVault:
    """Open the vault in *folder* with what *unlock* makes of its header, after the pause failed attempts earned."""
    refuse_what_is_no_vault(folder)
    time.sleep(failures.seconds_to_wait(folder))
    lock = lock_vault(folder)
    try:
        clear_left_overs(folder.parent)
        header = read_header_offering_copy(folder, use_copy=use_copy)
        file = COPY_FILE if use_copy else HEADER_FILE
        unlocked = unlock(header, file)
        try:
            vault = open_unlocked(folder, lock, header, unlocked, file=file)
        except BaseException:
            unlocked.wipe()
            raise
        failures.note_success(folder)
        return vault
    except BaseException:
        lock.release()
        raise


def open_unlocked(
    folder: Path, lock: BaseFileLock, header: Header, unlocked: Unlocked, *, file: str = HEADER_FILE
) -> OpenVault:
    """Open the database of a vault whose keys are known. The vault takes over *lock* and *unlocked*."""
    path = folder / header.database
    # Where it is a link, what counts is where it leads.
    refuse_network(path)
    check_size(path)
    # The only moment the file may be read past SQLCipher: later, closing it here would drop SQLite's locks.
    with told_plainly(folder), path.open("rb") as stream:
        salt_is_whole = hmac.compare_digest(stream.read(16), header.salt)
    with used_once(connect(path, unlocked.database_key, header.salt), path) as connection:
        agree(connection, header, file)
        state = dict(connection.execute("SELECT name, value FROM vault_state").fetchall())
    _complete_copy(folder, header)
    clear_unnamed(folder)
    return OpenVault(folder, lock, header, unlocked, bytes.fromhex(state["fold_key"]), salt_is_whole=salt_is_whole)


def _complete_copy(folder: Path, header: Header) -> None:
    # Only a whole copy that was left behind is written here. One that is damaged stays for verify to name.
    with suppress(ShelterDeskError, OSError):
        beside = folder / COPY_FILE
        if beside.is_file() and beside.read_bytes() == header.encoded():
            return
        copy = read_header(folder, COPY_FILE)
        if copy.vault == header.vault and copy.generation < header.generation:
            write_atomically(folder / COPY_FILE, header.encoded())
