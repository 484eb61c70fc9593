"""Records of the demo that not everybody opens: one asks why, one is closed to a colleague who knows the family."""

from __future__ import annotations

from uuid import UUID

from shelterdesk.i18n import N_
from shelterdesk.restrictions import KnowsFamily, Restriction
from shelterdesk.sample.names import NIGHT_WORKER
from shelterdesk.sample.rows import Loom


def tell_guarded(loom: Loom, restricted: UUID | None, known: UUID | None) -> None:
    """Have the record of *restricted* ask why, and close that of *known* to the night worker where there is one."""
    if restricted is not None:
        loom.add(
            Restriction,
            loom.ago(40),
            person_id=restricted,
            why=loom.say(N_("Her brother works for the police of this town.")),
        )
    colleague = loom.colleagues.get(NIGHT_WORKER)
    if known is not None and colleague is not None:
        loom.add(
            KnowsFamily,
            loom.ago(12),
            person_id=known,
            member_id=colleague,
            why=loom.say(N_("They are from the same village; his aunt knows her husband.")),
        )
