"""The recovery code, whole on a sheet or in pieces held by different people: made anew, and told of.

It opens everything. A new one is complete at once with the old one at hand; otherwise keys its maker does not hold
are added by somebody who holds them and knows of it: whoever makes a code can read what it opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem
from shelterdesk.i18n import N_
from shelterdesk.schema.acts import Act
from shelterdesk.staff import compartment_words
from shelterdesk.staff.telling import telling
from shelterdesk.vault import membership, recovery_keys
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import MemberEntry
from shelterdesk.vault.pieces import MOST_PIECES, combine, read_piece, split, write_piece
from shelterdesk.vault.recovery import read_code, write_code

SHEET, PIECES = "sheet", "pieces"


@dataclass(frozen=True)
class RecoveryState:
    """How the recovery code is written down: on a ``sheet``, or in ``pieces`` of which so many are ``needed``."""

    kind: str
    needed: int
    pieces: int
    made_on: date
    made_by: UUID
    """The colleague who made it; no colleague where it was made with the code before."""
    lacks: frozenset[Compartment]
    """What it does not open yet, until a holder lets it."""
    can_add: frozenset[Compartment]
    """What of this the signed-in person can let it open."""


def recovery_state(desk: Desk) -> RecoveryState:
    """Return how the recovery code stands."""
    keys = recovery_keys.recovery_keys(desk.vault)
    kind = PIECES if keys.pieces else SHEET
    can_add = frozenset(one for one in keys.lacks if membership.holds_for_good(desk.vault, one))
    made_on = desk.day_of(keys.made_on)
    return RecoveryState(kind, keys.needed, keys.pieces, made_on, keys.made_by, keys.lacks, can_add)


def is_from_one_person_alone(desk: Desk) -> bool:
    """Tell whether the code is still on the sheet made before a second person worked here: pieces are offered then."""
    keys = recovery_keys.recovery_keys(desk.vault)
    people = [one for one in desk.vault.header.chain if isinstance(one, MemberEntry) and not one.recovery]
    joined = [one.at for one in people if one.generation == 1]
    return not keys.pieces and len(joined) > 1 and keys.made_at <= joined[1]


def new_recovery_sheet(desk: Desk) -> str:
    """Make a recovery code without the old one and return it for a new sheet, shown once and kept nowhere.

    The sheet or pieces made before open nothing any more. Raises NotAllowed.
    """
    require(desk, Right.MANAGE_PEOPLE)
    return write_code(_renew(desk, None, Act.RECOVERY_SHEET))


def renew_recovery_code(desk: Desk, old: str | Sequence[str]) -> str:
    """Make a recovery code that opens at once all the *old* one does: its code, or its pieces.

    Raises NotAllowed, RecoveryCodeMistyped, PiecesUnfit, WrongRecoveryCode.
    """
    require(desk, Right.MANAGE_PEOPLE)
    return write_code(_renew(desk, old, Act.RECOVERY_SHEET))


def split_recovery(
    desk: Desk, old: str | Sequence[str] | None = None, *, pieces: int = 3, needed: int = 2
) -> list[str]:
    """Make a recovery code that is written down in *pieces* only, any *needed* of which open the vault.

    With the *old* code or pieces it opens at once all they do. The sheet or pieces made before open nothing any more.
    Raises NotAllowed, Problem, RecoveryCodeMistyped, PiecesUnfit, WrongRecoveryCode.
    """
    require(desk, Right.MANAGE_PEOPLE)
    if not 2 <= needed <= pieces <= MOST_PIECES:
        raise Problem(
            "pieces", N_("Choose at least two pieces to be needed, and at most {most} to be made."), most=MOST_PIECES
        )
    secret = _renew(desk, old, Act.RECOVERY_PIECES, needed=needed, pieces=pieces)
    return [write_piece(piece) for piece in split(secret, needed=needed, pieces=pieces)]


def complete_recovery(desk: Desk) -> None:
    """Add to a recovery code of the signed-in person's own making what they were given since; written into the log."""
    if recovery_keys.recovery_keys(desk.vault).made_by == desk.me.id:
        let_recovery_open(desk)


def let_recovery_open(desk: Desk) -> None:
    """Add to the recovery code what it lacks and the signed-in person holds. Written into the log.

    Whoever has the code reads it from then on. That is never done unasked: with it, somebody who manages people and
    holds no key would make one for themselves.
    """
    added = recovery_keys.complete_recovery(desk.vault)
    if added:
        with telling(desk, Act.RECOVERY_COMPLETE, {"log.what": ", ".join(added)}):
            pass


def _renew(desk: Desk, old: str | Sequence[str] | None, act: Act, *, needed: int = 0, pieces: int = 0) -> bytes:
    if old is None and not desk.me.is_recovery:
        _refuse_loss(desk)
    secret = recovery_keys.renew_recovery(desk.vault, _old_secret(old), needed=needed, pieces=pieces)
    facts = {
        "log.how": f"{needed}/{pieces}" if pieces else "",
        "log.what": ", ".join(one for one in Compartment if one not in recovery_state(desk).lacks),
    }
    with telling(desk, act, facts):
        pass
    return secret


def _old_secret(old: str | Sequence[str] | None) -> bytes | None:
    if old is None:
        return None
    return read_code(old) if isinstance(old, str) else combine([read_piece(code) for code in old])


def _refuse_loss(desk: Desk) -> None:
    """Refuse a new code made without the old one where only the old one opens something."""
    lost = [one for one in Compartment if not desk.holds(one) and not membership.keepers(desk.vault, one)]
    if lost:
        raise NotAllowed(
            N_(
                "Nobody but the recovery code opens: {compartments}. Enter the old code or its pieces, so that the new "
                "one opens it too."
            ),
            compartments=compartment_words(lost),
        )
