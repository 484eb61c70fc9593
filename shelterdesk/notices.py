"""What people have to be told about each other and their keys: who waits for one, who alone holds one, and more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from shelterdesk import formats, recovery, staff
from shelterdesk.access import Right
from shelterdesk.desk import Desk
from shelterdesk.house_settings import Setting
from shelterdesk.i18n import N_, text
from shelterdesk.members import shown_names
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import LogHead, LogRow
from shelterdesk.staff import StaffMember, compartment_words
from shelterdesk.vault import membership
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import Standing

_TOLD_UP_TO: Final = "recovery_told"
"""Setting of a member: the last row of the log whose news of the recovery code the member knows."""
_NEWS: Final = (Act.SIGN_IN_RECOVERY.code, Act.RECOVERY_SHEET.code, Act.RECOVERY_PIECES.code)


class NoticeKind(StrEnum):
    """What a notice is about, the most pressing first."""

    RECOVERY_USED = "recovery_used"
    RECOVERY_MADE = "recovery_made"
    REPLACE_KEYS = "replace_keys"
    RECOVERY_LACKS = "recovery_lacks"
    HELD_BY_NOBODY = "held_by_nobody"
    WAITS_FOR_KEYS = "waits_for_keys"
    HELD_BY_ONE = "held_by_one"
    CODE_RAN_OUT = "code_ran_out"


_WORDS: Final = {
    NoticeKind.RECOVERY_USED: N_("The vault was opened with the recovery code on {day}. Reason: {why}"),
    NoticeKind.RECOVERY_MADE: N_("{names} made a new recovery code on {day}. It replaces the one before."),
    NoticeKind.REPLACE_KEYS: N_(
        "Keys are known to people who hold them no longer ({names}) and have to be replaced: {compartments}."
    ),
    NoticeKind.RECOVERY_LACKS: N_("The recovery code made on {day} does not open yet: {compartments}."),
    NoticeKind.HELD_BY_NOBODY: N_("Nobody who can sign in holds the key: {compartments}."),
    NoticeKind.WAITS_FOR_KEYS: N_("{names} waits for keys: {compartments}."),
    NoticeKind.HELD_BY_ONE: N_("Only {names} holds the key: {compartments}."),
    NoticeKind.CODE_RAN_OUT: N_("The set-up code of {names} has run out."),
}
_NO_REASON: Final = N_("sealed")
_BY_RECOVERY: Final = N_("Somebody signed in with the recovery code")


@dataclass(frozen=True)
class Notice:
    """One thing to be told. ``can_act``: the signed-in person can do something about it.

    ``number`` is the row of the log behind news of the recovery code, which are told until :func:`understood`.
    """

    kind: NoticeKind
    member: StaffMember | None = None
    names: tuple[str, ...] = ()
    compartments: frozenset[Compartment] = frozenset()
    can_act: bool = False
    at: datetime | None = None
    day: str = ""
    why: str = ""
    number: int = 0

    def text(self, language: str | None = None) -> str:
        """Return the sentence for people."""
        return text(
            _WORDS[self.kind],
            language,
            names=", ".join(self.names),
            compartments=compartment_words(self.compartments),
            day=self.day,
            why=self.why or text(_NO_REASON, language),
        )


def notices(desk: Desk) -> tuple[Notice, ...]:
    """Return what the signed-in person is to be told, the most pressing first."""
    everybody = staff.everybody(desk)
    found = [*_news(desk), *_keys_to_replace(desk, everybody), *_lacking(desk), *_waiting(desk, everybody)]
    if desk.may(Right.MANAGE_PEOPLE):
        found += _few_holders(desk, everybody)
        found += [
            Notice(NoticeKind.CODE_RAN_OUT, one, (one.name,), can_act=True)
            for one in everybody
            if one.code_ran_out and one.standing is Standing.ACTIVE
        ]
    order = list(NoticeKind)
    return tuple(sorted(found, key=lambda notice: order.index(notice.kind)))


def understood(desk: Desk, notice: Notice) -> None:
    """Remember that the signed-in person knows this news of the recovery code and all before it."""
    with desk.quietly() as db:
        known = db.get(Setting, (desk.me.id, _TOLD_UP_TO))
        if known is None or known.value < notice.number:
            db.merge(Setting(member_id=desk.me.id, key=_TOLD_UP_TO, value=notice.number))


def begin_telling(desk: Desk, *, new: bool) -> None:
    """Remember at sign-in how far the log holds no news; who is *new* is told nothing of earlier times."""
    with desk.read() as db:
        head = db.scalars(select(LogHead.number)).one()
        last = db.scalars(select(func.max(LogRow.number)).where(*_is_news(desk, db))).one() if not new else None
    if last is None:
        understood(desk, Notice(NoticeKind.RECOVERY_USED, number=head))


def _is_news(desk: Desk, db: Session) -> tuple[ColumnElement[bool], ...]:
    known = db.get(Setting, (desk.me.id, _TOLD_UP_TO))
    return (LogRow.number > (known.value if known else 0), LogRow.act.in_(_NEWS), LogRow.member_id != desk.me.id)


def _news(desk: Desk) -> Iterable[Notice]:
    with desk.read() as db:
        rows = db.scalars(select(LogRow).where(*_is_news(desk, db)).order_by(LogRow.number)).all()
        names = shown_names(desk, db)
        told = log_reading.with_contents(db, rows)
    made = max((row.number for row in told if row.act != Act.SIGN_IN_RECOVERY.code), default=0)
    for row in told:
        used = row.act == Act.SIGN_IN_RECOVERY.code
        if not used and row.number != made:
            # A code that was replaced since opens nothing any more.
            continue
        who = names.get(row.member_id) if row.member_id else None
        why = next((change.after or "" for change in row.changes if change.field_id == "log.why"), "")
        yield Notice(
            NoticeKind.RECOVERY_USED if used else NoticeKind.RECOVERY_MADE,
            names=(who or text(_BY_RECOVERY),),
            at=row.at,
            day=formats.day(desk.day_of(row.at)),
            why=why,
            number=row.number,
        )


def _keys_to_replace(desk: Desk, everybody: Iterable[StaffMember]) -> Iterable[Notice]:
    names = {one.id: one.name for one in everybody}
    due = membership.to_be_replaced(desk.vault)
    mine = {one: who for one, who in due.items() if desk.holds(one)}
    others = {one: who for one, who in due.items() if not desk.holds(one)}
    for part, can_act in ((mine, True), (others, False)):
        if part and (can_act or desk.may(Right.MANAGE_PEOPLE)):
            know = sorted({names[who] for members in part.values() for who in members if who in names})
            yield Notice(NoticeKind.REPLACE_KEYS, None, tuple(know), frozenset(part), can_act)


def _lacking(desk: Desk) -> Iterable[Notice]:
    state = recovery.recovery_state(desk)
    what = state.can_add or (state.lacks if desk.may(Right.MANAGE_PEOPLE) else frozenset[Compartment]())
    if what:
        day = formats.day(state.made_on)
        yield Notice(NoticeKind.RECOVERY_LACKS, compartments=what, can_act=bool(state.can_add), day=day)


def _waiting(desk: Desk, everybody: Iterable[StaffMember]) -> Iterable[Notice]:
    for one in everybody:
        waits_for = one.waits_for
        if one.invited:
            # The others are given after the first sign-in, so nobody has to do anything yet.
            waits_for &= membership.fit_for_a_code(desk.vault, one.id)
        can_act = not one.is_me and any(desk.holds(c) for c in waits_for)
        told = can_act or one.is_me or desk.may(Right.MANAGE_PEOPLE)
        if waits_for and told and one.standing is Standing.ACTIVE:
            yield Notice(NoticeKind.WAITS_FOR_KEYS, one, (one.name,), waits_for, can_act)


def _few_holders(desk: Desk, everybody: Sequence[StaffMember]) -> Iterable[Notice]:
    if sum(one.standing is not Standing.REMOVED for one in everybody) < 2:
        # Whoever works alone holds everything alone; the recovery sheet is there for that.
        return
    alone: dict[str, set[Compartment]] = {}
    keepers = {one: membership.keepers(desk.vault, one) for one in Compartment}
    for compartment, ids in keepers.items():
        if len(ids) == 1:
            alone.setdefault(str(ids[0]), set()).add(compartment)
    for one in everybody:
        if str(one.id) in alone:
            yield Notice(NoticeKind.HELD_BY_ONE, one, (one.name,), frozenset(alone[str(one.id)]), one.is_me)
    nobody = frozenset(one for one, ids in keepers.items() if not ids)
    if nobody:
        yield Notice(NoticeKind.HELD_BY_NOBODY, compartments=nobody)
