"""Looking for damage in an open vault, and naming it."""

from __future__ import annotations

from dataclasses import dataclass

from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, text
from shelterdesk.vault.database import DatabaseError, RawConnection, faults_in, size_by_pages
from shelterdesk.vault.errors import VaultDamaged, VaultNewer
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, read_header
from shelterdesk.vault.store import OpenVault

_ALTERED = N_("The file {file} is damaged.")
_COPY_ALTERED = N_("The file {file}, the second copy of the keys, is damaged. The first one is whole.")
_OTHER_HEADER = N_("The file {file} is whole, but it is not the one this vault was opened with.")
_SALT = N_(
    "The first bytes of {file} are damaged. The records are readable, because the same bytes are kept elsewhere."
)
_SIZE = N_("The file {file} does not have the length it should have.")


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was written.

    ``file`` names where, ``message`` is for people, ``readable`` says whether the records can still be read in
    full, ``detail`` is what the database engine said, for support.
    """

    file: str
    message: str
    readable: bool
    detail: str = ""

    def text(self, language: str | None = None) -> str:
        """Return the sentence for people."""
        return text(self.message, language, file=self.file)


def verify_vault(vault: OpenVault) -> list[Damage]:
    """Check both headers, the salt, the length and every page of an open vault. Reads all of it; empty if whole.

    A writer at work is waited for, not disturbed. The chain of the log and sealed texts are checked above the vault.
    """
    return [*_headers(vault), *_database(vault)]


def _headers(vault: OpenVault) -> list[Damage]:
    found: list[Damage] = []
    for file in (HEADER_FILE, COPY_FILE):
        try:
            header = read_header(vault.folder, file)
        except (VaultDamaged, VaultNewer) as error:
            altered = _COPY_ALTERED if file == COPY_FILE else _ALTERED
            found.append(Damage(file, altered, readable=True, detail=str(error.__cause__ or "")))
            continue
        if header != vault.header or not vault.unlocked.is_authentic(header):
            found.append(Damage(file, _OTHER_HEADER, readable=True))
    return found


def _database(vault: OpenVault) -> list[Damage]:
    file = vault.database_path.name
    found: list[Damage] = []
    # The salt cannot be read again: closing the file here would take away the locks SQLite holds on it.
    if not vault.salt_was_whole:
        found.append(Damage(file, _SALT, readable=True))
    try:
        with vault.connection() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            if not _length_fits(vault, connection):
                found.append(Damage(file, _SIZE, readable=False))
            faults = faults_in(connection)
        if faults:
            # A page that was being written looks damaged for a moment; with the writers held off it does not. The
            # first connection cannot tell: after one damaged page it fails at everything.
            with vault.connection() as connection:
                connection.execute("BEGIN IMMEDIATE")
                faults = faults_in(connection)
    except (ShelterDeskError, DatabaseError) as error:
        faults = [str(error.__cause__ or error)]
    if faults:
        found.append(Damage(file, _ALTERED, readable=False, detail="; ".join(faults)))
    return found


def _length_fits(vault: OpenVault, connection: RawConnection) -> bool:
    # Whoever commits moves the end of the file; the length is only meaningful while nobody does.
    connection.execute("BEGIN IMMEDIATE")
    try:
        log = vault.database_path.with_name(vault.database_path.name + "-wal")
        if log.exists() and log.stat().st_size:
            # What still lies in the write-ahead log is not in the file yet.
            return True
        return vault.database_path.stat().st_size == size_by_pages(connection)
    finally:
        connection.execute("ROLLBACK")
