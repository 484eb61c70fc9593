"""Desk: the open vault, who is signed in and the clock. The only door to the records.

``with desk.read() as db`` and ``with desk.write(Act.ADD_SERVICE) as db`` give a SQLAlchemy Session, which is the
unit of work; mapped classes are the domain objects. A write is acknowledged only after its commit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.exc import NoResultFound, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from shelterdesk import access
from shelterdesk.errors import ShelterDeskError, StaleRecord
from shelterdesk.fields import Field
from shelterdesk.i18n import N_
from shelterdesk.reach import NeedsReason, RecordClosed, Sight
from shelterdesk.schema import history
from shelterdesk.schema.acts import Act
from shelterdesk.schema.collecting import Collected
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab import CodeList

if TYPE_CHECKING:
    from shelterdesk.schema.base import Record
    from shelterdesk.vault import OpenVault

Listener = Callable[[frozenset[str]], None]
_TURN_SECONDS = 3.0
"""How long a write waits for another one, e.g. that of an import, before it says so."""
_READERS_SECONDS = 60.0
"""How long the replacing of keys waits for readers, e.g. a summary; new ones still begin meanwhile."""
_CANNOT_SAVE = N_(
    "This could not be saved, and nothing that was saved before has changed. Check that the disk has room and can be "
    "written to, then save again."
)
_BUSY = N_("ShelterDesk is saving something larger just now, such as an import. Save again when it is done.")
_STALE = N_("Somebody saved this after you opened it. Nothing was overwritten; your text is kept as a draft.")


class Changed:
    """Tells its listeners which kinds of record a finished write changed."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call *listener* after every write; the answer takes it off the list again."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def tell(self, kinds: frozenset[str]) -> None:
        """Pass *kinds* on, in the thread of the write."""
        for listener in list(self._listeners):
            listener(kinds)


class CannotSave(ShelterDeskError):
    """The database could not be written; nothing of this write was kept."""


class Busy(CannotSave):
    """Another write, such as an import, has not ended yet; nothing of this write was kept."""


def system_clock() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


class Desk:
    """An open vault at work."""

    def __init__(self, vault: OpenVault, *, clock: Callable[[], datetime] = system_clock) -> None:
        self.vault = vault
        self.changed = Changed()
        self.me = vault.member
        # The recovery sheet opens everything, and says so; its sign-in is a row of its own in the log.
        self.rights = frozenset(access.Right) if vault.member.is_recovery else access.rights_of(vault.member.roles)
        self.caseload = access.Caseload.ALL
        self.sight = Sight()
        self.restricted: frozenset[UUID] = frozenset()
        """Whose records ask why they are opened."""
        self.opened_with_reason: set[UUID] = set()
        """Those of them that were opened in this sitting."""
        self.opened_what_happened: set[UUID] = set()
        """Of whom «What happened» was opened with a reason in this sitting."""
        self.reached: dict[UUID, bool] = {}
        """Whom a caseload reaches, as far as it was looked up since ``reached_as_of``."""
        self.reached_as_of: tuple[date, int] | None = None
        self.engine = vault.new_engine()
        self.zone = ZoneInfo("Asia/Baku")
        self.field_changes: Mapping[str, Mapping[str, Any]] = {}
        self.own_fields: Mapping[str, tuple[Field, ...]] = {}
        self.field_order: Mapping[str, Sequence[str]] = {}
        self.code_lists: Mapping[str, CodeList] = {}
        self.last_saved: datetime | None = None
        self.merged: Mapping[UUID, UUID] = {}
        """Which record goes on for one that was merged into it, as of the save in ``merged_as_of``."""
        self.merged_as_of = -1
        self.saves = 0
        """How many writes this desk has saved. Moments may be equal, or go back with the clock; this does neither."""
        self._clock = clock
        self._turns = threading.Lock()
        self._writer: int | None = None
        self._held = False
        self._readers = 0
        self._reading = threading.Condition()
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        self._writes = sessionmaker(self.engine.execution_options(writes=True), expire_on_commit=False, autoflush=False)

    def now(self) -> datetime:
        """Return this moment in UTC."""
        return self._clock()

    def today(self) -> date:
        """Return today in the vault's time zone."""
        return self.day_of(self.now())

    def day_of(self, moment: datetime) -> date:
        """Return the day of *moment* in the vault's time zone."""
        return moment.astimezone(self.zone).date()

    def holds(self, compartment: Compartment | None) -> bool:
        """Tell whether the signed-in person holds the key of *compartment*; unsealed counts as held."""
        return compartment is None or self.vault.ring.holds(compartment)

    def may(self, right: access.Right) -> bool:
        """Tell whether the signed-in person has *right*, for showing or leaving out a button."""
        return right in self.rights

    @contextmanager
    def read(self, *, everybody: bool = False) -> Generator[Session]:
        """Give a session for reading. Records it changed cannot be saved, and nothing else it changed is.

        It leaves out whose records are closed to the reader, unless *everybody* has to be there, to count and to
        check, or the reach of the one person it is about was looked at. Raises :class:`RecordClosed` where a record
        that is left out is asked for by id.
        """
        with self._reader(), self._sessions() as db:
            self._furnish(db)
            if not everybody:
                db.info["sight"] = self.sight
            with self._out_of_reach():
                yield db

    @contextmanager
    def write(
        self, act: Act, *, about: UUID | None = None, facts: Mapping[str, object] | None = None
    ) -> Generator[Session]:
        """Give a session whose changes are saved, logged as *act* and told to the listeners, all or nothing.

        Raises :class:`StaleRecord` when somebody else saved the same record first, :class:`CannotSave` when the
        disk would not take it, :class:`RecordClosed` and ``NeedsReason`` where a record is out of reach.
        """
        collected = Collected()
        try:
            with self._turn(), self._writes() as db, self._out_of_reach():
                self._furnish(db)
                db.info["collected"] = collected
                db.info["sight"] = self.sight
                db.info["writes"] = True
                yield db
                db.flush()
                history.append(db, act, collected, facts=facts or {}, about=about)
                self.vault.check_in_place()
                db.commit()
        except StaleDataError as error:
            raise StaleRecord(_STALE) from error
        except OperationalError as error:
            raise CannotSave(_CANNOT_SAVE) from error
        if collected.kinds:
            self.last_saved = self.now()
            self.saves += 1
        if collected.kinds or facts or act.is_event:
            self.changed.tell(frozenset(collected.kinds) or frozenset({"log"}))

    @contextmanager
    def quietly(self) -> Generator[Session]:
        """Give a session for what is no record: drafts and the program's own notes. Saved, not logged, not told."""
        try:
            with self._turn(), self._writes() as db:
                self._furnish(db)
                yield db
                self.vault.check_in_place()
                db.commit()
        except OperationalError as error:
            raise CannotSave(_CANNOT_SAVE) from error

    @contextmanager
    def hold_writes(self) -> Generator[None]:
        """Keep everybody from writing meanwhile, who is told so at once; reading goes on. Raises Busy."""
        with self._turn():
            self._held = True
            try:
                yield
            finally:
                self._held = False

    @contextmanager
    def nobody_reads(self) -> Generator[None]:
        """Wait until no session reads, and keep new ones waiting meanwhile, for a moment. Raises Busy."""
        with self._reading:
            if not self._reading.wait_for(lambda: self._readers == 0, _READERS_SECONDS):
                raise Busy(_BUSY)
            yield

    def use_zone(self, name: str) -> None:
        """Take *name* as the vault's time zone; an unknown one leaves the zone as it is."""
        with suppress(ZoneInfoNotFoundError, ValueError):
            self.zone = ZoneInfo(name)

    def fields(self, kind: type[Record], *, hidden: bool = False) -> tuple[Field, ...]:
        """Return the fields of *kind* as this shelter uses them: declared ones with its changes, then its own.

        Those it hides are left out, but where they can be shown again. The order is the shelter's, then that of the
        declaration.
        """
        found = [self._as_used(field) for field in (*kind.declared, *self.own_fields.get(kind.__tablename__, ()))]
        order = self.field_order.get(kind.__tablename__)
        if order:
            place = {field_id: number for number, field_id in enumerate(order)}
            found.sort(key=lambda field: place.get(field.id, len(place)))
        return tuple(field for field in found if hidden or not field.hidden)

    def _as_used(self, field: Field) -> Field:
        # Asked for every field of every record that is read: what nobody changed must cost nothing.
        changes = self.field_changes.get(field.id)
        codes = self.code_lists.get(field.choices.name) if field.choices is not None else None
        if codes is not None:
            return field.with_changes(**(changes or {}), choices=codes)
        return field.with_changes(**changes) if changes else field

    def choices(self, codes: CodeList) -> CodeList:
        """Return a code list as this shelter uses it: with its own choices, without those it no longer offers."""
        return self.code_lists.get(codes.name, codes)

    def field(self, kind: type[Record], attribute: str) -> Field:
        """Return one field of *kind*. Raises KeyError when the shelter does not use it."""
        for field in self.fields(kind):
            if field.attribute == attribute:
                return field
        raise KeyError(attribute)

    def rest(self, kind: type[Record], placed: Collection[str]) -> tuple[Field, ...]:
        """Return the fields of *kind* that a page did not place by hand, so that a new one is seen without being named.

        *placed* are attributes, those that have their place on another page included.
        """
        fields = self.fields(kind)
        beside = {field.companion for field in fields if field.companion}
        return tuple(field for field in fields if field.attribute not in placed and field.attribute not in beside)

    def writable(self, fields: tuple[Field, ...]) -> tuple[Field, ...]:
        """Return those of *fields* whose key the signed-in person holds; forms omit the others."""
        return tuple(field for field in fields if self.holds(field.compartment))

    def close(self) -> None:
        """Checkpoint and drop the keys; what is still open on a page reads as closed. Safe to call twice."""
        self.engine.dispose()
        self.vault.close()

    @contextmanager
    def _reader(self) -> Generator[None]:
        with self._reading:
            self._readers += 1
        try:
            yield
        finally:
            with self._reading:
                self._readers -= 1
                self._reading.notify_all()

    @contextmanager
    def _turn(self) -> Generator[None]:
        """Let one write after the other at the database. Raises Busy."""
        if self._writer == threading.get_ident():
            # SQLite would wait for itself and then blame the disk.
            raise RuntimeError("a write within a write")
        if not self._turns.acquire(timeout=0 if self._held else _TURN_SECONDS):
            raise Busy(_BUSY)
        self._writer = threading.get_ident()
        try:
            yield
        finally:
            self._writer = None
            self._turns.release()

    @contextmanager
    def _out_of_reach(self) -> Generator[None]:
        """Say of a record that is left out that it is closed, not that it does not exist."""
        try:
            yield
        except NoResultFound as error:
            if self.sight.closing:
                raise RecordClosed from error
            if self.sight.asking:
                raise NeedsReason from error
            raise

    def _furnish(self, db: Session) -> None:
        db.info["ring"] = self.vault.ring
        db.info["moment"] = self.now()
        db.info["member_id"] = self.me.id
        db.info["sign"] = self.vault.sign
        db.info["chain_head"] = self.vault.chain_heads[-1]
        db.info["own_fields"] = {field.id: field for fields in self.own_fields.values() for field in fields}
