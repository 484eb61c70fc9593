"""From a folder and a passphrase to a Desk: open, bring up to date after a backup, note failed sign-ins, sign in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from shelterdesk import access, backups, features, house_settings, lineage, members, notices, recovery, rooms, staff
from shelterdesk.desk import Desk, system_clock
from shelterdesk.errors import Problem, ShelterDeskError
from shelterdesk.i18n import N_
from shelterdesk.schema import history, log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.upgrade import NEWEST, check_revision, upgrade
from shelterdesk.vault import KdfCost, OpenVault, create_vault, membership, open_vault, open_with_recovery
from shelterdesk.vault.opening import open_with_pieces

# Without the features the metadata would be empty; naming them here keeps the import.
FEATURES = features.MODULES

Clock = Callable[[], datetime]


def create_desk(
    folder: Path,
    *,
    user_name: str,
    passphrase: str,
    shelter: str,
    shown_as: str = "",
    roles: Sequence[str] = (access.Role.DIRECTOR.value,),
    cost: KdfCost | None = None,
    clock: Clock = system_clock,
) -> tuple[Desk, str]:
    """Create a vault in *folder* with one site called *shelter*; return the desk and the recovery code.

    The code is shown once and kept nowhere. Raises the errors of ``create_vault``.
    """
    vault, code = create_vault(folder, user_name=user_name, roles=roles, passphrase=passphrase, cost=cost)
    try:
        desk = Desk(vault, clock=clock)
        upgrade(desk.engine)
        _finish_creating(desk, shown_as or vault.member.user_name, shelter)
        house_settings.load(desk)
        staff.note_sign_in(desk)
    except BaseException:
        vault.close()
        # Nobody has seen its recovery code, and left behind it would be in the way of a second try.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return desk, code


def open_desk(
    folder: Path, user_name: str, passphrase: str, *, use_copy: bool = False, clock: Clock = system_clock
) -> Desk:
    """Open the vault in *folder*. Raises the errors of ``open_vault``, NewerSchema and AnotherCopy."""
    return _sit_down(open_vault(folder, user_name, passphrase, use_copy=use_copy), Act.SIGN_IN, clock)


def accept_invitation(
    folder: Path,
    user_name: str,
    code: str,
    passphrase: str,
    *,
    cost: KdfCost | None = None,
    use_copy: bool = False,
    clock: Clock = system_clock,
) -> Desk:
    """Open the vault in *folder* with a set-up code, which from then on opens nothing: *passphrase* does.

    Raises RecoveryCodeMistyped, WrongSetupCode, SetupCodeRunOut, Problem, else the errors of :func:`open_desk`.
    """
    vault = membership.redeem(folder, user_name, code, passphrase, cost=cost, use_copy=use_copy)
    desk = _sit_down(vault, Act.SIGN_IN, clock, new=True)
    try:
        with desk.write(Act.ACCEPT_INVITATION, facts={"log.user_name": desk.me.user_name}):
            pass
    except BaseException:
        desk.close()
        raise
    return desk


def open_desk_with_recovery(
    folder: Path, code: str, *, why: str = "", use_copy: bool = False, clock: Clock = system_clock
) -> Desk:
    """Open the vault in *folder* with the recovery sheet; *why* is logged and told to everybody.

    Raises Problem without a reason, else the errors of ``open_with_recovery``.
    """
    facts = {"log.why": _reason(why), "log.how": "sheet"}
    return _sit_down(open_with_recovery(folder, code, use_copy=use_copy), Act.SIGN_IN_RECOVERY, clock, facts)


def open_desk_with_pieces(
    folder: Path, codes: Sequence[str], *, why: str, use_copy: bool = False, clock: Clock = system_clock
) -> Desk:
    """Open the vault in *folder* with pieces of the recovery code; *why* is logged and told to everybody.

    Raises Problem without a reason, else the errors of ``open_with_pieces``.
    """
    facts = {"log.why": _reason(why), "log.how": "pieces"}
    return _sit_down(open_with_pieces(folder, codes, use_copy=use_copy), Act.SIGN_IN_RECOVERY, clock, facts)


def _reason(why: str) -> str:
    if not why.strip():
        raise Problem("why", N_("Write why the recovery code is used. Everybody who works here will be told."))
    return why.strip()


def lock_desk(desk: Desk, why: str) -> None:
    """Write the lock row with the reason, checkpoint and drop the keys, also where the row cannot be written.

    Keys that are just being replaced stay as they are. Raises CannotSave and the vault's errors of the disk, after
    closing.
    """
    try:
        desk.vault.stop_rotation()
        with desk.write(Act.LOCK, facts={"log.why_locked": why}):
            pass
        lineage.remember(desk)
    finally:
        desk.close()


def sit_down_at_restored(vault: OpenVault, clock: Clock = system_clock) -> Desk:
    """Sit down at a vault that was put back beside its place: older than the one this computer knows, on purpose."""
    act = Act.SIGN_IN_RECOVERY if vault.member.is_recovery else Act.SIGN_IN
    return _sit_down(vault, act, clock, expected=False)


def _finish_creating(desk: Desk, shown_as: str, shelter: str) -> None:
    """Begin the log, and write down who made the vault and its first site, as far as that is not done yet."""
    if not _has_log(desk):
        # Together, or a power cut between them would leave a log whose first row is not that of the making.
        with desk.write(Act.CREATE_VAULT, facts={"log.user_name": desk.me.user_name}) as db:
            history.begin_chain(db)
    members.set_shown_name(desk, shown_as)
    rooms.add_first_site(desk, shelter)


def _has_log(desk: Desk) -> bool:
    with desk.read() as db:
        return db.scalars(select(history.LogHead.number)).first() is not None


def _sit_down(
    vault: OpenVault,
    act: Act,
    clock: Clock,
    facts: Mapping[str, object] | None = None,
    *,
    new: bool = False,
    expected: bool = True,
) -> Desk:
    try:
        desk = Desk(vault, clock=clock)
        if expected:
            lineage.recognise(desk)
        missing = check_revision(desk.engine)
        if missing == NEWEST:
            upgrade(desk.engine)
        elif missing:
            backups.back_up_beside(desk)
            upgrade(desk.engine)
            with desk.write(Act.MIGRATE, facts={"log.what": str(NEWEST)}):
                pass
        if not rooms.has_site(desk):
            # The power went while the vault was made: nobody could have used it yet.
            _finish_creating(desk, desk.me.user_name, "")
        elif not _has_log(desk):
            raise log_reading.LogBroken(1, N_("Row {number} of the log is missing."))
        house_settings.load(desk)
        failed = vault.failed_sign_ins()
        names = {member.user_name for member in vault.members}
        for one in failed:
            # The file lies open beside the header: what somebody else wrote into it must not come into the log.
            tried = {"log.when": one.at.isoformat(), "log.user_name": one.user_name if one.user_name in names else ""}
            with desk.write(Act.SIGN_IN_FAILED, facts=tried):
                pass
        if failed:
            vault.forget_failed_sign_ins()
        with desk.write(act, facts=facts):
            pass
        _tidy_keys(desk, new=new)
        if expected:
            lineage.remember(desk)
    except BaseException:
        vault.close()
        raise
    return desk


def _tidy_keys(desk: Desk, *, new: bool) -> None:
    """Do what waited for somebody to sign in. Where the disk is full the next sign-in does it."""
    with suppress(ShelterDeskError):
        staff.note_sign_in(desk)
        membership.empty_codes_that_ran_out(desk.vault)
        recovery.complete_recovery(desk)
        notices.begin_telling(desk, new=new)
