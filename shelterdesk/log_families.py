"""Acts of the log that are asked for together: who signed in, what left, who was given which key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shelterdesk.i18n import N_, text
from shelterdesk.schema.acts import Act


@dataclass(frozen=True)
class Family:
    """Acts under one heading."""

    id: str
    label: str
    acts: frozenset[str]

    def words(self, language: str | None = None) -> str:
        """Return what the family is called."""
        return text(self.label, language)


def _family(family_id: str, label: str, *acts: Act) -> Family:
    return Family(family_id, label, frozenset(act.code for act in acts))


_NAMED: Final = (
    _family("looked", N_("Records opened"), Act.OPEN_RECORD, Act.OPEN_WHAT_HAPPENED),
    _family(
        "sign_ins",
        N_("Sign-ins and locks"),
        Act.SIGN_IN,
        Act.SIGN_IN_RECOVERY,
        Act.SIGN_IN_FAILED,
        Act.LOCK,
        Act.CHANGE_PASSPHRASE,
    ),
    _family("failed", N_("Failed sign-ins"), Act.SIGN_IN_FAILED),
    _family("left", N_("What left: paper and files"), Act.PRINT, Act.EXPORT),
    _family(
        "authorities",
        N_("Requests by authorities"),
        Act.RECORD_REQUEST,
        Act.CHANGE_REQUEST,
        Act.ANSWER_REQUEST,
        Act.APPROVE_ANSWER,
    ),
    _family("approvals", N_("Approvals"), Act.ASK_APPROVAL, Act.APPROVE, Act.GIVE_BACK, Act.WITHDRAW_APPROVAL),
    _family(
        "house_book",
        N_("House book"),
        Act.ADD_SHIFT_LINE,
        Act.CHANGE_SHIFT_LINE,
        Act.HAND_OVER_SHIFT,
        Act.SIGN_HANDOVER,
        Act.CALL_ROLL,
        Act.ADD_MEDICINE,
        Act.CHANGE_MEDICINE,
        Act.GIVE_MEDICINE,
        Act.RECORD_HOUSE_INCIDENT,
        Act.CHANGE_HOUSE_INCIDENT,
        Act.CLOSE_HOUSE_INCIDENT,
    ),
    _family(
        "people",
        N_("People and keys"),
        Act.INVITE,
        Act.ACCEPT_INVITATION,
        Act.NEW_SETUP_CODE,
        Act.CHANGE_ROLES,
        Act.CHANGE_MEMBER,
        Act.LIMIT_ROLE,
        Act.GRANT,
        Act.HAND_OVER,
        Act.DEPUTISE,
        Act.TAKE_BACK,
        Act.ROTATE,
        Act.SUSPEND,
        Act.RESUME,
        Act.REMOVE_MEMBER,
        Act.RECOVERY_SHEET,
        Act.RECOVERY_PIECES,
        Act.RECOVERY_COMPLETE,
        Act.RESTRICT_RECORD,
        Act.CLOSE_RECORD,
    ),
    _family(
        "vault",
        N_("Vault, backups and settings"),
        Act.CREATE_VAULT,
        Act.BACKUP,
        Act.RESTORE,
        Act.RESCUE,
        Act.MIGRATE,
        Act.CHANGE_SETTINGS,
        Act.CHANGE_HOUSE,
        Act.REMOVE_LOG_CONTENT,
        Act.INVENT,
    ),
)
_ELSEWHERE: Final = frozenset(code for family in _NAMED for code in family.acts)
FAMILIES: Final = (
    _NAMED[0],
    Family("changed", N_("Records changed"), frozenset(act.code for act in Act) - _ELSEWHERE),
    *_NAMED[1:],
)
"""What a reader of the log may choose; every act is in one of them, failed sign-ins in two."""
BY_ID: Final = {family.id: family for family in FAMILIES}
