"""Using and closing an open vault."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from filelock import BaseFileLock
from sqlalchemy import Engine

from shelterdesk.errors import NotAllowed, Problem, ShelterDeskError
from shelterdesk.i18n import N_
from shelterdesk.vault import failures
from shelterdesk.vault.changes import Change
from shelterdesk.vault.compartments import DATABASE, Compartment
from shelterdesk.vault.database import DatabaseError, RawConnection, connect, make_engine, used_once
from shelterdesk.vault.encoding import wipe
from shelterdesk.vault.errors import (
    VaultDamaged,
    VaultNotWritable,
    WrongPassphrase,
)
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, Header, exchange_header, read_header
from shelterdesk.vault.kdf import KdfCost
from shelterdesk.vault.left_overs import clear_unnamed
from shelterdesk.vault.letters import close_to_member, open_as_member
from shelterdesk.vault.members import Member
from shelterdesk.vault.seal import FOLD_KEY, KeyRing
from shelterdesk.vault.slots import SlotKind, close_with_passphrase, open_with_passphrase
from shelterdesk.vault.turnstile import Turnstile
from shelterdesk.vault.unlocking import (
    Unlocked,
    slot_of,
    statement,
)
from shelterdesk.vault.writing import told_plainly, write_atomically


def agree(connection: RawConnection, header: Header, file: str) -> None:
    """Bring the database up to the header where a crash came between them; refuse what no crash explains."""
    state = dict(connection.execute("SELECT name, value FROM vault_state").fetchall())
    if state.get("vault") != header.vault.hex or "fold_key" not in state or not state.get("generation", "").isdecimal():
        raise VaultDamaged(header.database)
    ahead = header.generation - int(state["generation"])
    if ahead == 1:
        connection.execute("UPDATE vault_state SET value = ? WHERE name = 'generation'", (str(header.generation),))
    elif ahead < 0:
        raise VaultDamaged(
            file, message=N_("The file {file} is older than the records beside it. It was put back from somewhere.")
        )
    elif ahead > 1:
        raise VaultDamaged(
            header.database,
            message=N_("The file {file} is older than the keys beside it. It was put back from somewhere."),
        )


def _place_of(path: Path) -> tuple[int, int]:
    # Asking for its place opens no file, so SQLite keeps its locks on it.
    found = path.stat()
    return found.st_dev, found.st_ino


class OpenVault:
    """An unlocked vault. Usable from any thread; one database session per thread.

    ``member`` is who is signed in, ``members`` everybody the signed chain vouches for, former members included.
    ``generation`` counts changes of the header, not of the records.
    """

    def __init__(
        self,
        folder: Path,
        lock: BaseFileLock,
        header: Header,
        unlocked: Unlocked,
        fold_key: bytes,
        *,
        salt_is_whole: bool,
    ) -> None:
        self.folder = folder
        self.salt_was_whole = salt_is_whole
        self._lock = lock
        self._header = header
        self._unlocked = unlocked
        self._fold_key = fold_key
        self._engines: list[Engine] = []
        self._opened_file = _place_of(self.database_path)
        self._guard = threading.RLock()
        self._closed = False
        self._moving = threading.Lock()
        """Held for as long as file, key and salt of the database have to fit each other."""
        self._turnstile = Turnstile(self._guard)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def id(self) -> UUID:
        """Return the id of the vault; its copies and backups have the same."""
        return self._header.vault

    @property
    def name(self) -> str:
        """Return the neutral name, such as ``desk-7F3A``."""
        return self._header.name

    @property
    def header(self) -> Header:
        """Return the header as it stands on the disk."""
        return self._header

    @property
    def unlocked(self) -> Unlocked:
        """Return the keys in use. For the vault package itself; everything above it uses the ring and the engine."""
        self._check_open()
        return self._unlocked

    @property
    def database_path(self) -> Path:
        """Return where the records lie. Never open this file but through :meth:`connection` or an engine."""
        return self.folder / self._header.database

    @property
    def generation(self) -> int:
        """Return the number of changes the header has seen."""
        return self._header.generation

    @property
    def member(self) -> Member:
        """Return who is signed in; ``is_recovery`` where the recovery sheet opened the vault."""
        return self._unlocked.entry.as_member()

    @property
    def members(self) -> tuple[Member, ...]:
        """Return every person of the chain in the order they joined, suspended and former ones included."""
        return tuple(e.as_member() for e in self._unlocked.trust.members.values() if not e.recovery)

    @property
    def ring(self) -> KeyRing:
        """Return the compartment keys of the signed-in member."""
        return self._unlocked.ring

    @property
    def fingerprint(self) -> str:
        """Return the creator's fingerprint as the recovery sheet shows it: 128 bits in eight groups."""
        digits = self._unlocked.keys.fingerprint.hex().upper()[:32]
        return "-".join(digits[start : start + 4] for start in range(0, 32, 4))

    def holders(self, key_name: str) -> tuple[Member, ...]:
        """Return the people who hold the current key of a compartment, in the order they joined."""
        return tuple(member for member in self.members if self._unlocked.trust.holds(member.id, key_name))

    def new_engine(self) -> Engine:
        """Return an engine for the records. ``execution_options(writes=True)`` begins transactions for writing."""
        with self._guard:
            self._check_open()
            engine = make_engine(lambda: self.database_path, self._connect)
            self._engines.append(engine)
            return engine

    @contextmanager
    def connection(self) -> Generator[RawConnection]:
        """Give one connection beside the engines, for what is no work on records. Disk errors are told plainly."""
        with used_once(self._connect(), self.database_path) as connection:
            yield connection

    @property
    def chain_heads(self) -> tuple[bytes, ...]:
        """Return the head of the signed chain of people and keys after each entry, the present one last."""
        return tuple(self._unlocked.trust.heads)

    @property
    def rotations(self) -> int:
        """Return how often keys were replaced: each time, the key of the database was among them."""
        return self._unlocked.trust.keys[DATABASE].generation - 1

    @property
    def keys_due(self) -> dict[str, tuple[UUID, ...]]:
        """Return which keys have to be replaced, and who knows them who should not."""
        return self._unlocked.trust.due()

    def sign(self, payload: bytes) -> bytes:
        """Sign *payload* as the signed-in member, for this vault only."""
        self._check_open()
        return self._unlocked.sign(payload)

    def verify(self, member_id: UUID, payload: bytes, signature: bytes) -> bool:
        """Say whether *member_id* signed *payload*, with the present or a former key of theirs."""
        for public in self._unlocked.trust.sign_keys(member_id):
            with suppress(InvalidSignature):
                Ed25519PublicKey.from_public_bytes(public).verify(signature, statement(self.id, payload))
                return True
        return False

    def letter_to(self, member_id: UUID, place: bytes, plain: bytes) -> bytes:
        """Seal *plain* for one *place* to one member alone: no key of a compartment opens it. Raises KeyError."""
        public = self._unlocked.trust.members[member_id].seal_public
        return close_to_member(self.id, member_id, public, plain, place)

    def open_own_letter(self, place: bytes, sealed: bytes) -> bytes | None:
        """Open a letter to the signed-in member; None for one that is not theirs, or was sealed to a former key."""
        self._check_open()
        return open_as_member(self.id, self.member.id, self._unlocked.keys.seal, sealed, place)

    def failed_sign_ins(self) -> list[failures.FailedSignIn]:
        """Return the failed sign-ins that are not in the log yet, the oldest first."""
        return failures.failed_sign_ins(self.folder)

    def forget_failed_sign_ins(self) -> None:
        """Remove them, once they stand in the log."""
        failures.forget(self.folder)

    def fold_key(self) -> bytes:
        """Return 32 random bytes that never change in the life of a vault, for keyed hashes of imported rows.

        They are sealed as identity, because whoever has them can test guesses of names. Raises NoKey.
        """
        self._check_open()
        return self.ring.open(Compartment.IDENTITY, FOLD_KEY, self.id, self._fold_key)

    def change_passphrase(self, old: str, new: str, cost: KdfCost | None = None) -> None:
        """Close the signed-in member's slot with *new*. Raises WrongPassphrase, Problem, VaultNotWritable."""
        check_passphrase(new)
        with self._guard:
            self._check_open()
            slot = slot_of(self._header, self.member.user_name)
            if self.member.is_recovery or slot is None or slot.member != self.member.id:
                raise NotAllowed(N_("The recovery code opens the vault, but it has no passphrase to change."))
            payload = open_with_passphrase(self.id, slot, old)
            if payload is None:
                raise WrongPassphrase(failures.note_failure(self.folder, self.member.user_name))
            try:
                renewed = close_with_passphrase(self.id, slot.member, payload, new, cost, SlotKind.PASSPHRASE)
            finally:
                wipe(payload)
            slots = tuple(renewed if one is slot else one for one in self._header.slots)
            self.replace_header(replace(self._header, slots=slots))
            failures.note_success(self.folder)

    def is_own_passphrase(self, passphrase: str) -> bool:
        """Say whether *passphrase* opens the signed-in member's slot, e.g. to come back from the cover."""
        with self._guard:
            self._check_open()
            slot = slot_of(self._header, self.member.user_name)
        payload = None if slot is None else open_with_passphrase(self.id, slot, passphrase)
        if payload is None:
            return False
        wipe(payload)
        return True

    def seconds_to_wait(self) -> float:
        """Return how long wrong passphrases still hold back the next try."""
        return failures.seconds_to_wait(self.folder)

    def confirm_passphrase(self, passphrase: str) -> None:
        """Make sure the signed-in member is there, e.g. before the cover is taken off.

        Wrong passphrases are kept and hold back the next try as they do at unlocking. Raises WrongPassphrase.
        """
        time.sleep(self.seconds_to_wait())
        if not self.is_own_passphrase(passphrase):
            raise WrongPassphrase(failures.note_failure(self.folder, self.member.user_name))
        failures.note_success(self.folder)

    def replace_header(self, header: Header) -> None:
        """Write a changed header: ``header.json`` is the moment of change, then the copy and the database follow.

        What a crash or a full disk leaves undone after that moment is completed at the next change or opening, for
        exactly one step; therefore the database has to have taken one step before the next one is written.
        """
        with self._guard:
            self._check_open()
            self._turnstile.refuse_others()
            with self.connection() as connection:
                agree(connection, self._header, HEADER_FILE)
            changed = replace(header, generation=self._header.generation + 1)
            changed = changed.authenticated(self._unlocked.database_key)
            exchange_header(self.folder, self._header, changed)
            self._header = changed
            with suppress(ShelterDeskError, DatabaseError):
                write_atomically(self.folder / COPY_FILE, changed.encoded())
                with self.connection() as connection:
                    agree(connection, changed, HEADER_FILE)

    def commit(self, change: Change) -> None:
        """Write a change of people and grants that replaces no key; a rotation writes its own.

        Raises VaultNotWritable, and then nothing has changed.
        """
        if change.renewed:
            raise ValueError("replaced keys need a rotation")
        with self._guard:
            self.replace_header(change.header())
            signed_by_me = change.signer == self._unlocked.entry.member
            self._unlocked.take_over(change.trust, change.own_keys if signed_by_me else self._unlocked.keys)

    def rotating(self) -> AbstractContextManager[Callable[[], bool]]:
        """Keep the header as it is while keys are being replaced; the answer says whether that should stop.

        Raises RotationUnderWay where another thread is at it.
        """
        self._check_open()
        return self._turnstile.rotating()

    def stop_rotation(self) -> None:
        """Have a rotation under way give up and wait until it has, or has taken place. At once where there is none."""
        self._turnstile.stop()

    def move_to(self, header: Header, unlocked: Unlocked, fold_key: bytes) -> bool:
        """Write the *header* that names another database file, which is complete, and go on with that file.

        ``header.json`` is the moment of change; where it cannot be written everything stays. Returns whether the copy
        was written too: until then it names the old file. The keys in use so far are forgotten. Nobody may be reading.
        """
        with self._guard:
            self._check_open()
            place = _place_of(self.folder / header.database)
            try:
                write_atomically(self.folder / HEADER_FILE, header.encoded())
            except ShelterDeskError:
                if not self._was_written(header):
                    raise
            before = self._unlocked
            with self._moving:
                self._header, self._unlocked, self._fold_key = header, unlocked, fold_key
                self._opened_file, self.salt_was_whole = place, True
            for engine in self._engines:
                engine.dispose()
            before.ring.wipe()
            wipe(before.database_key)
            if before.keys is not unlocked.keys:
                before.keys.wipe()
            with suppress(ShelterDeskError):
                write_atomically(self.folder / COPY_FILE, header.encoded())
                return True
            return False

    def _was_written(self, header: Header) -> bool:
        # The renaming may have taken place although making it last failed.
        try:
            return read_header(self.folder) == header
        except ShelterDeskError:
            # Nobody knows which file the header names: what is written from here on might be lost.
            self._opened_file = (0, 0)
            raise

    def check_in_place(self) -> None:
        """Raise VaultNotWritable where the records no longer lie in the folder they were opened in.

        A system may let an open file be deleted, or a stick be pulled out, and take what is written into it to nowhere.
        """
        with told_plainly(self.folder):
            found = _place_of(self.database_path)
        if found != self._opened_file:
            raise VaultNotWritable(self.folder)

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database file and empty it, as far as no reader needs it.

        While keys are being replaced the file is about to go and the writers are held off: then nothing is done.
        """
        if not self._turnstile.turned:
            with self.connection() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Checkpoint, close every connection, wipe the keys and give back the lock. Safe to call twice.

        A rotation under way gives up first.
        """
        self.stop_rotation()
        with self._guard:
            if self._closed:
                return
            for engine in self._engines:
                engine.dispose()
            # Where the disk is full or gone, the write-ahead log keeps what was saved until the next opening.
            with suppress(ShelterDeskError, DatabaseError):
                self.checkpoint()
            # What could not be deleted while somebody still read it.
            clear_unnamed(self.folder)
            self._closed = True
            self._unlocked.wipe()
            self._lock.release()

    def _connect(self) -> RawConnection:
        with self._moving:
            self._check_open()
            return connect(self.database_path, self._unlocked.database_key, self._header.salt)

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError("the vault is closed")


def check_passphrase(passphrase: str) -> None:
    """Raise Problem for an empty passphrase. How good one is, is advice and is given elsewhere."""
    if not passphrase.strip():
        raise Problem("passphrase", N_("Choose a passphrase."))
