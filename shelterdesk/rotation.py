"""Replacing keys of the vault, because somebody knows them who should not, or holds them no longer.

Everything sealed under them is sealed anew, in a new database file under a new key of its own. What a person knew
before still opens backups of that time, and nothing written from now on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from shelterdesk import backups, features
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.i18n import N_
from shelterdesk.schema import history
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Base
from shelterdesk.schema.collecting import Collected
from shelterdesk.schema.columns import SEALED
from shelterdesk.vault import Course
from shelterdesk.vault.changes import Change
from shelterdesk.vault.compartments import DATABASE
from shelterdesk.vault.resealing import Places, SealedIn
from shelterdesk.vault.rotation import NewRecords, refuse_without_room
from shelterdesk.vault.rotation import rotate as move_to_new_keys

# Without the features the metadata would be empty, and nothing would be sealed anew.
FEATURES = features.MODULES

Told = Sequence[tuple[Act, Mapping[str, object]]]
"""Acts with their facts, written into the log in the same step."""
_FILES: Final = 2
"""A backup is made first, for whose checking a copy lies beside it; then the new file is written."""
_BACKUP: Final = 0.4
"""What part of the whole work the backup is."""
_NOT_HELD: Final = N_("Only who holds a key can pass it on or replace it.")


@dataclass(frozen=True)
class Rotated:
    """What was done. ``broken`` texts had not opened before either and were left as they are."""

    keys: tuple[str, ...]
    cells: int
    broken: int


def due(desk: Desk) -> dict[str, tuple[UUID, ...]]:
    """Return which keys have to be replaced (``database`` or a compartment), and who knows them who should not."""
    return dict(desk.vault.keys_due)


def due_here(desk: Desk) -> tuple[str, ...]:
    """Return those of them the signed-in person can replace."""
    return tuple(name for name in due(desk) if _holds(desk, name))


def rotate(
    desk: Desk,
    key_names: Collection[str],
    *,
    why: str,
    prepare: Callable[[Change], None] | None = None,
    told: Told = (),
    without: Collection[UUID] = (),
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Rotated:
    """Replace *key_names* and the key of the database, after a verified backup. Takes a while: the worker does it.

    What *prepare* does to the change (keys it renews count too), the fresh keys and the acts *told* come into force in
    one step or not at all; until then *cancelled* can end it. The keys reach who holds them now except those in
    *without*. Writing is refused meanwhile, reading goes on. Raises NotAllowed, Busy, Stopped, NoRoomToRotate,
    RotationUnderWay and the errors of a backup and of the disk; then nothing has changed.
    """
    names = (DATABASE, *sorted(set(key_names) - {DATABASE}))
    if not all(_holds(desk, name) for name in names):
        raise NotAllowed(_NOT_HELD)
    with desk.vault.rotating() as stopped:
        course = Course(progress, lambda: stopped() or cancelled())
        refuse_without_room(desk.vault, _FILES)
        backups.back_up_beside(desk, course.part(0, _BACKUP))
        with desk.hold_writes():
            change = Change(desk.vault)
            if prepare is not None:
                prepare(change)
            # Whoever loses a compartment goes on working with the records; only who is removed loses those too.
            change.renew([DATABASE], without=without if DATABASE in key_names else ())
            change.renew([name for name in names[1:] if name not in change.renewed], without=without)
            renewed = (DATABASE, *sorted(change.renewed - {DATABASE}))

            def close_log(new: NewRecords) -> None:
                facts = {"log.what": ", ".join(renewed), "log.why": why, "log.unreadable": new.resealed.broken or None}
                _close_log(desk, new, told, facts)

            resealed = move_to_new_keys(
                desk.vault,
                change,
                places(),
                close_log,
                course=course.part(_BACKUP, 1),
                switching=desk.nobody_reads,
            )
    # Whatever a page holds was sealed under the old keys.
    desk.changed.tell(frozenset(RECORDS) | {"log"})
    return Rotated(renewed, resealed.cells, resealed.broken)


def places() -> Places:
    """Return what the seals bind in every sealed column there is."""
    found: dict[tuple[str, str], SealedIn] = {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            place = column.info.get(SEALED)
            if place is not None:
                found[table.name, column.name] = place
    return found


def _holds(desk: Desk, key_name: str) -> bool:
    return key_name == DATABASE or key_name in {one.value for one in desk.vault.ring.compartments}


def _close_log(desk: Desk, new: NewRecords, told: Told, facts: Mapping[str, object]) -> None:
    """Write what was *told* and the closing row into the new file, and begin a new chain."""
    with Session(new.engine.execution_options(writes=True)) as db:
        db.info["ring"] = new.ring
        db.info["moment"] = desk.now()
        db.info["member_id"] = desk.me.id
        db.info["sign"] = new.sign
        db.info["chain_head"] = new.chain_head
        for act, values in told:
            history.append(db, act, Collected(), facts=values, about=None)
        history.close_chain(db, facts)
        db.commit()
