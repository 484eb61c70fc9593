"""Whether something about a person may be shared, and what is written down where it is shared all the same.

Consent holds for one purpose and one recipient. Nothing that says who somebody is leaves for another organisation
past a missing consent without a reason, and the log keeps the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from shelterdesk.access import Right, require
from shelterdesk.consents import NAMED, Consent, consents_of, newest_first
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.fields import CLOSED
from shelterdesk.folding import fold
from shelterdesk.i18n import N_
from shelterdesk.printed import leaving
from shelterdesk.reach import require_reach
from shelterdesk.schema.base import declared

_NO_CONSENT: Final = N_(
    "There is no consent to share this with «{recipient}». Nothing left. Record her answer, or write why it has to "
    "be shared all the same."
)
_NARROWER: Final = N_(
    "She agreed to share less than this with «{recipient}». Nothing left. Choose less, or write why it has to be more."
)
_NO_REASON: Final = N_("Write why the names leave the program. Nothing left.")


class State(StrEnum):
    """How a consent stands for one purpose and one recipient today."""

    GIVEN = "given"
    NARROWER = "narrower"
    """Given, but for less than is about to be shared."""
    NOT_ASKED = "not_asked"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class ConsentMissing(ShelterDeskError):
    """Something would be shared past a missing consent, and nobody said why."""


class ReasonMissing(ShelterDeskError):
    """Names would leave the program, and nobody said why."""


@dataclass(frozen=True)
class Standing:
    """How it stands, and the answer that decides; *consent* is None where nobody has asked."""

    purpose: str
    recipient: str
    state: State
    consent: Consent | None = None
    parts: frozenset[str] = frozenset()
    """To what the consent is narrowed; nothing means that she drew no line."""

    @property
    def given(self) -> bool:
        """Tell whether it may be shared."""
        return self.state is State.GIVEN

    def sharing(self, parts: Collection[str]) -> Standing:
        """Return how it stands for sharing *parts* (codes of ``vocab.SHARED_PARTS``)."""
        if self.given and self.parts and not frozenset(parts) <= self.parts:
            return Standing(self.purpose, self.recipient, State.NARROWER, self.consent, self.parts)
        return self


def may_share(desk: Desk, person_id: UUID, purpose: str, recipient: str = "") -> Standing:
    """Return whether something may be shared with *recipient* for *purpose*. Raises NotAllowed, NeedsReason.

    An answer counts that names the recipient in any spelling. One without a name counts too, but not as a «yes»
    where the purpose asks for a name. Who cannot read for whom an answer is takes a «no» as meant for this one.
    """
    return standing_in(consents_of(desk, person_id), desk, purpose, recipient)


def standing_in(consents: Iterable[Consent], desk: Desk, purpose: str, recipient: str = "") -> Standing:
    """Do what :func:`may_share` does with the answers of a person that were read before."""
    wanted, whom = fold(recipient), recipient.strip()
    for one in newest_first(one for one in consents if one.purpose == purpose):
        read = declared(Consent, "recipient").read(one)
        named = "" if read is CLOSED else fold(str(read or ""))
        if named and named != wanted:
            continue
        if one.answer == "given":
            if read is CLOSED or (not named and purpose in NAMED):
                continue
            ended = one.until is not None and one.until < desk.today()
            return Standing(purpose, whom, State.ENDED if ended else State.GIVEN, one, one.parts)
        if one.answer in (State.DECLINED, State.WITHDRAWN):
            return Standing(purpose, whom, State(one.answer), one)
    return Standing(purpose, whom, State.NOT_ASKED)


def require_consent(standing: Standing, why: str = "") -> None:
    """Raise :class:`ConsentMissing` unless it may be shared, or *why* says why it is shared all the same."""
    if not (standing.given or why.strip()):
        message = _NARROWER if standing.state is State.NARROWER else _NO_CONSENT
        raise ConsentMissing(message, recipient=standing.recipient or "…")


def require_reason(why: str) -> None:
    """Raise :class:`ReasonMissing` where the names of many people leave and *why* says nothing."""
    if not why.strip():
        raise ReasonMissing(_NO_REASON)


def facts_of(standing: Standing, *, what: str, how: str, why: str = "") -> dict[str, str]:
    """Return what the log keeps about something that leaves: what, for whom, how, the consent, and why without one."""
    return {
        "log.what": what,
        "log.how": how,
        "log.for_whom": standing.recipient,
        "log.consent": standing.state.value,
        "log.why": why.strip(),
    }


def note_shared(desk: Desk, person_id: UUID, standing: Standing, *, what: str, how: str, why: str = "") -> None:
    """Log that a paper about a person leaves for somebody else; *how* is ``print``, ``pdf`` or ``docx``.

    Raises ConsentMissing; then nothing is logged and nothing may leave.
    """
    require(desk, Right.CASE_WORK)
    require_reach(desk, person_id)
    require_consent(standing, why)
    with desk.write(leaving(how), about=person_id, facts=facts_of(standing, what=what, how=how, why=why)):
        pass
