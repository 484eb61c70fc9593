"""Group sessions of the last weeks: several people at one hour, each with her own remark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from shelterdesk.i18n import N_
from shelterdesk.sample.house import House
from shelterdesk.sample.names import PSYCHOLOGIST
from shelterdesk.sample.people import Sketch
from shelterdesk.sample.rows import Loom
from shelterdesk.services import Service

_GROUPS: Final = (
    (20, "psychological_group", 90, N_("Breathing and rest: what helps to fall asleep."), True),
    (13, "psychological_group", 90, N_("Whom do I call when it gets too much?"), True),
    (11, "life_skills", 60, N_("Prices, receipts, and a purse of one's own."), False),
    (6, "leisure", 120, N_("Walk to the park with the children."), False),
)
"""Days ago, kind, minutes, what it was about, whether the psychologist held it."""
_FIRST: Final = UUID("01990000-0000-7000-8000-000000000100")
"""What the rows of the first session have in common; the others count on from it."""
_REMARKS: Final[Mapping[int, str]] = {
    1: N_("Spoke for the first time."),
    3: N_("Left early, tired."),
    4: N_("Helped with translating."),
}


def tell_groups(loom: Loom, house: House, named: Mapping[str, UUID], everybody: Mapping[UUID, Sketch]) -> None:
    """Add the sessions; the same few people come every time, and one of them declines now and then."""
    if loom.services_per_person is not None:
        # For measuring, a certain number of services is wanted and no more.
        return
    psychologist = loom.colleagues.get(PSYCHOLOGIST)
    for number, (days, kind, minutes, about, clinical) in enumerate(_GROUPS):
        on = loom.working_day(loom.ago(days))
        people = [one for one in named.values() if everybody[one].registered <= on][:6]
        note = "clinical_note" if clinical else "case_note"
        by = psychologist if clinical else None
        for place, person_id in enumerate(people):
            came = (place + number) % 5 != 2
            words = [loom.say(_REMARKS[place])] if place in _REMARKS and came else []
            loom.add(
                Service,
                on,
                by,
                person_id=person_id,
                group_id=UUID(int=_FIRST.int + number) if len(people) > 1 else None,
                kind=kind,
                given_on=on,
                given_by=by or loom.desk.me.id,
                minutes=minutes if came else None,
                form="group",
                place="house",
                outcome="took_place" if came else "declined",
                project_id=house.projects[0],
                **{note: "\n".join([*words, loom.say(about)])},
            )
