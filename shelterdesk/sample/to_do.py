"""What the house of the demo still has to do: tasks somebody wrote down, and help that could not be found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from shelterdesk.i18n import N_
from shelterdesk.needs import Need
from shelterdesk.sample.cast import CAST
from shelterdesk.sample.rows import Loom
from shelterdesk.tasks import Task

# Words, about whom, written so many days ago, due so many days ago (negative: ahead), done so many days ago.
_TASKS: Final[tuple[tuple[str, str, int, int, int | None], ...]] = (
    (N_("Ask the school for a place in the second class"), "Əminə", 6, 1, None),
    (N_("Call the clinic about the blood test"), "Aysel M.", 3, 0, None),
    (N_("Order winter shoes, sizes 28 and 38"), "", 4, -2, None),
    (N_("Change the battery of the smoke alarm in the corridor"), "", 9, -9, None),
    (N_("Bring the signed copy to the notary"), "Olha K.", 5, 2, 2),
)
# Kind, about whom, since so many days ago, state, why, settled so many days ago, words.
_NEEDS: Final[tuple[tuple[str, str, int, str, str | None, int | None, str], ...]] = (
    ("school_lessons", "Əminə", 5, "open", None, None, N_("She has not been to school since September.")),
    ("interpreting_in_person", "Jun R.", 11, "not_available", "language", 4, N_("In the district by phone only.")),
    ("psychiatric_consultation", "Marisol", 18, "not_available", "full", 6, N_("The first free hour is in March.")),
    ("language_class", "Olha K.", 60, "met", None, 41, ""),
    ("child_care", "Sevda", 15, "open", None, None, N_("For the weeks after the birth.")),
    ("substance_support", "Botir", 40, "declined", None, 38, ""),
)  # fmt: skip


def tell_to_do(loom: Loom, named: Mapping[str, UUID]) -> None:
    """Add tasks and needs. They come after everybody's story, so that they change nothing in any of them."""
    days = {one.name: one.arrived for one in CAST}
    for words, name, written, due, done in _TASKS:
        if name and name not in named:
            continue
        loom.add(
            Task,
            loom.ago(min(written, days.get(name, written))),
            person_id=named[name] if name else None,
            words=loom.say(words),
            member_id=loom.desk.me.id if name else None,
            due_on=loom.ago(due),
            done_on=None if done is None else loom.ago(done),
        )
    for kind, name, since, state, why, settled, said in _NEEDS:
        if name not in named:
            continue
        ago = min(since, days[name])
        loom.add(
            Need,
            loom.ago(ago),
            person_id=named[name],
            kind=kind,
            since=loom.ago(ago),
            state=state,
            why=why,
            ended_on=None if settled is None else loom.ago(min(settled, ago)),
            words=loom.say(said) if said else None,
        )
