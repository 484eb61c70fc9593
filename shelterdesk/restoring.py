"""Putting a backup back: beside the vault first, opened and looked through, and only then in its place.

Nothing is ever overwritten. The vault as it was is renamed and kept, and until that moment nothing about it changes.
Who was let go since the backup was made is let go again before the restored vault is used.
"""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from shelterdesk import backups, integrity, lineage, lock_reasons, opening, paths, rotation
from shelterdesk.access import Right, require
from shelterdesk.backup_facts import Comparison
from shelterdesk.desk import Desk, system_clock
from shelterdesk.errors import NotAllowed, ShelterDeskError
from shelterdesk.i18n import N_, text
from shelterdesk.lineage import Point
from shelterdesk.schema.acts import Act
from shelterdesk.vault import (
    BackupOutline,
    Compartment,
    Course,
    Unlock,
    by_keys_of,
    by_passphrase,
    by_recovery_code,
    membership,
    neutral_name,
    open_restored,
    outline_of,
    restore_backup,
)
from shelterdesk.vault.changes import Change
from shelterdesk.vault.compartments import DATABASE
from shelterdesk.vault.header import Header, read_header
from shelterdesk.vault.locking import lock_vault
from shelterdesk.vault.members import Standing
from shelterdesk.vault.returning import Returning
from shelterdesk.vault.writing import sync_folder, told_plainly

_DAY_SECONDS: Final = 24 * 60 * 60
_BESIDE: Final = re.compile(r"\.restored-[0-9a-f]{8}", re.ASCII)
_REFUSED: Final = N_(
    "Since this backup was made, people were removed or lost keys: {names}. It would let them in again. Somebody who "
    "manages people has to put it back, so that they are removed again in the same step."
)
_NOT_YOURS: Final = N_("You had no access when this backup was made. Somebody who had has to put it back.")
_NOT_WHOLE: Final = N_("The backup opens, but not everything in it is as it was saved. It was not put in place.")


class NotWhole(ShelterDeskError):
    """What was put back is not what was saved; ``report`` tells what was found."""

    def __init__(self, report: integrity.Report) -> None:
        super().__init__(_NOT_WHOLE)
        self.report = report


@dataclass(frozen=True)
class Prepared:
    """A restored vault beside its place, opened and looked through. ``replaced`` are the keys that were made anew."""

    place: Path
    beside: Path
    vault: UUID
    head: Point
    made: datetime
    replaced: tuple[str, ...]


@dataclass(frozen=True)
class Destination:
    """Where a backup goes that nobody has named a place for: into its own vault's, or a free one."""

    outline: BackupOutline
    folder: Path

    @property
    def there(self) -> bool:
        """Tell whether its vault lies there now."""
        return self.folder.exists()


def destination_of(file: Path, last: Path | None = None) -> Destination:
    """Return where the backup *file* belongs: where its vault is (*last* used, or in the usual folder), else anew.

    Raises BackupDamaged, VaultNewer.
    """
    outline = outline_of(file)
    usual = paths.default_vault_folder() / f"{outline.name}.vault"
    for folder in filter(None, (last, usual)):
        header = _header_of(folder)
        if header is not None and header.vault == outline.vault:
            return Destination(outline, folder)
    while usual.exists():
        # Four signs are few: another vault may be called the same.
        usual = usual.with_name(f"{neutral_name()}.vault")
    return Destination(outline, usual)


def prepare(desk: Desk, comparison: Comparison, course: Course | None = None) -> Prepared:
    """Put a backup of an open vault back beside it, for whoever is signed in. The vault itself is not touched.

    Raises NotAllowed, NotWhole, NewerSchema, Stopped and what ``restore_backup`` and ``rotate`` raise; then nothing is
    left behind.
    """
    require(desk, Right.CHANGE_SETTINGS)
    return _prepare(desk.vault.folder, comparison, by_keys_of(desk.vault), desk.now, course or Course())


def prepare_without(
    folder: Path,
    comparison: Comparison,
    unlock: Unlock,
    *,
    clock: Callable[[], datetime] = system_clock,
    course: Course | None = None,
) -> Prepared:
    """Do the same where the vault in *folder* does not open, or where there is none, with a sign-in of that day."""
    return _prepare(Path(folder).absolute(), comparison, unlock, clock, course or Course())


def unlock_with(user_name: str, secret: str) -> Unlock:
    """Return what opens a backup or a damaged vault for a name and its passphrase, or without a name for the code of
    the recovery sheet. Raises RecoveryCodeMistyped.
    """
    return by_passphrase(user_name, secret) if user_name.strip() else by_recovery_code(secret)


def put_in_place(prepared: Prepared, today: datetime) -> Path | None:
    """Give the restored vault its place; return what the vault that was there is kept as, None where there was none.

    The vault must be locked. Where the power goes in between, :func:`finish` does the rest. Raises VaultInUse,
    VaultNotWritable.
    """
    place, kept = prepared.place, None
    with told_plainly(place.parent):
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
        if place.exists():
            # Another window may have it open. A folder can be renamed under it on Linux, which would tear it in two.
            lock_vault(place).release()
            kept = _free(place, f"kept-{today.date().isoformat()}")
            place.rename(kept)
        prepared.beside.rename(place)
        sync_folder(place.parent)
    lineage.forget(prepared.vault)
    lineage.know(prepared.vault, prepared.head)
    return kept


def give_up(prepared: Prepared) -> None:
    """Delete a restored vault nobody wants in its place."""
    if _BESIDE.fullmatch(prepared.beside.name.removeprefix(prepared.place.name)):
        shutil.rmtree(prepared.beside, ignore_errors=True)


def finish(folder: Path) -> None:
    """Complete a replacement the power cut short: the old vault is kept already, the new one lies beside its place.

    Where the vault is in its place, what a killed program prepared beside it is cleared, with a day's grace. What the
    disk does not let happen is left for the next start.
    """
    folder = Path(folder).absolute()
    if not folder.parent.is_dir():
        return
    with suppress(OSError):
        for beside in sorted(folder.parent.glob(f"{folder.name}.restored-*")):
            header = _header_of(beside)
            if header is None or not _BESIDE.fullmatch(beside.name.removeprefix(folder.name)):
                continue
            if not folder.exists():
                beside.rename(folder)
                sync_folder(folder.parent)
                lineage.forget(header.vault)
            elif time.time() - beside.stat().st_mtime > _DAY_SECONDS:
                known = _header_of(folder)
                if known is not None and known.vault == header.vault:
                    shutil.rmtree(beside, ignore_errors=True)


def _header_of(folder: Path) -> Header | None:
    with suppress(ShelterDeskError):
        return read_header(folder)
    return None


def _prepare(
    place: Path, comparison: Comparison, unlock: Unlock, clock: Callable[[], datetime], course: Course
) -> Prepared:
    if not comparison.entitled:
        raise NotAllowed(_NOT_YOURS)
    beside = place.with_name(f"{place.name}.restored-{secrets.token_hex(4)}")
    restore_backup(comparison.outline.file, beside, course=course.part(0, 0.3))
    before = _made_beside(place)
    try:
        desk = opening.sit_down_at_restored(open_restored(beside, unlock), clock)
        try:
            replaced = _let_go_again(desk, comparison.returning, course.part(0.3, 0.8))
            _note(desk, comparison)
            report = integrity.verify_desk(desk)
            if not report.whole:
                raise NotWhole(report)
            course.at(1, 1)
            with desk.write(Act.LOCK, facts={"log.why_locked": lock_reasons.RESTORED.code}):
                pass
            with desk.vault.connection() as connection:
                head = lineage.head_of(connection)
        finally:
            desk.close()
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    finally:
        # What changed all records of a vault that was a backup itself a moment ago backed up nothing new.
        for needless in _made_beside(place) - before:
            needless.unlink(missing_ok=True)
    return Prepared(place, beside, comparison.outline.vault, head, comparison.outline.moment, replaced)


def _made_beside(place: Path) -> set[Path]:
    folder = backups.place_beside(place)
    return set(folder.iterdir()) if folder.is_dir() else set()


def _let_go_again(desk: Desk, returning: Collection[Returning], course: Course) -> tuple[str, ...]:
    """Remove and suspend again who was removed and suspended since, and replace the keys they know, in one step."""
    if not returning:
        return ()
    if Right.MANAGE_PEOPLE not in desk.rights or any(one.id == desk.me.id for one in returning):
        raise NotAllowed(_REFUSED, names=", ".join(one.user_name for one in returning))
    gone = [one for one in returning if one.standing is Standing.REMOVED]
    taken = _taken_back(desk, returning)
    if not gone and not taken:
        for one in returning:
            membership.suspend(desk.vault, one.id)
        return ()

    def prepare_change(change: Change) -> None:
        for one in returning:
            if one.standing is Standing.REMOVED:
                membership.remove(change, one.id)
            elif one.standing is Standing.SUSPENDED and one.may_sign_in:
                change.change_member(one.id, standing=Standing.SUSPENDED)
        for name, ids in taken.items():
            change.renew([name], without=ids)

    known = {name for one in gone for name in membership.replaceable_keys_of(desk.vault, one.id)}
    why = text(N_("A backup from before was put back."))
    done = rotation.rotate(
        desk,
        sorted(known - taken.keys() - {DATABASE}),
        prepare=prepare_change,
        told=[(Act.REMOVE_MEMBER, {"log.user_name": one.user_name, "log.why": why}) for one in gone],
        why=why,
        progress=course.at,
    )
    return tuple(sorted({*done.keys, *taken}))


def _taken_back(desk: Desk, returning: Collection[Returning]) -> dict[str, set[UUID]]:
    """Return the keys that were taken back from people who still belong here, as far as they can be replaced."""
    taken: dict[str, set[UUID]] = {}
    for one in returning:
        for name in one.keys if one.standing is Standing.ACTIVE else ():
            if name != DATABASE and desk.holds(Compartment(name)):
                taken.setdefault(name, set()).add(one.id)
    return taken


def _note(desk: Desk, comparison: Comparison) -> None:
    facts: dict[str, Any] = {
        "log.what": comparison.outline.file.name,
        "log.when": comparison.outline.moment.isoformat(),
    }
    with desk.write(Act.RESTORE, facts=facts):
        pass
    backups.leave_behind(desk, comparison.outline.moment)


def _free(place: Path, word: str) -> Path:
    stem = f"{place.stem}-{word}"
    number = 1
    while (free := place.with_name(f"{stem}{f'-{number}' if number > 1 else ''}{place.suffix}")).exists():
        number += 1
    return free
