"""Invented people: a house with eighteen months of stories, to look around in and to measure with.

The same seed on the same day gives the same people, words and ids. The setting ``invented`` of such a vault
is the day it was made on, and invented people never come into a vault that holds others.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import select

from shelterdesk import drafts, house_settings, i18n
from shelterdesk.access import Right, Role, require
from shelterdesk.approvals import ASKED, PLAN, Approval
from shelterdesk.desk import Desk, system_clock
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_
from shelterdesk.opening import Clock, create_desk, open_desk
from shelterdesk.paths import machine_folder
from shelterdesk.people import Person
from shelterdesk.plans import Plan, plans_in_hand
from shelterdesk.sample import words
from shelterdesk.sample.asked import tell_requests
from shelterdesk.sample.calendar import tell_calendar
from shelterdesk.sample.colleagues import COLLEAGUES, at_work, give_what_waits, invite_colleagues, let_begin
from shelterdesk.sample.door import tell_calls
from shelterdesk.sample.earlier import tell_earlier_years
from shelterdesk.sample.family import tell_families
from shelterdesk.sample.groups import tell_groups
from shelterdesk.sample.guarded import tell_guarded
from shelterdesk.sample.harm import tell_harm
from shelterdesk.sample.house import furnish
from shelterdesk.sample.house_book import leave_letters, tell_house_book
from shelterdesk.sample.kept import tell_kept
from shelterdesk.sample.legal import tell_legal
from shelterdesk.sample.lives import tell_life
from shelterdesk.sample.names import NIGHT_WORKER, PSYCHOLOGIST
from shelterdesk.sample.noted import correct_a_note, tell_notes
from shelterdesk.sample.own_words import make_it_theirs
from shelterdesk.sample.people import Sketch, last_numbers, sketch_people
from shelterdesk.sample.providers import tell_providers
from shelterdesk.sample.psychology import tell_psychology
from shelterdesk.sample.rows import Loom, Row
from shelterdesk.sample.safety import tell_safety
from shelterdesk.sample.scans import keep_scans, tell_scans
from shelterdesk.sample.sent_on import tell_referrals
from shelterdesk.sample.stay_days import tell_stay_days
from shelterdesk.sample.to_do import tell_to_do
from shelterdesk.sample.writing import Bulk, write_counters, write_logged
from shelterdesk.schema.acts import Act
from shelterdesk.schema.types import new_id
from shelterdesk.vault import KdfCost

Progress = Callable[[int, int], None]
"""Takes how many people are done, and of how many."""

USER_NAME: Final = "leyla"
PASSPHRASE: Final = "only invented people live here"  # noqa: S105
"""No secret: it stands in the documentation, because the demo has to be unlocked again after locking."""
ROLES: Final = (
    Role.SOCIAL_WORKER.value,
    Role.DIRECTOR.value,
    Role.PSYCHOLOGIST.value,
    Role.LAWYER.value,
    Role.NURSE.value,
    Role.VOCATIONAL_OFFICER.value,
)
"""The first is the one she is introduced with; together they open every page."""
OTHERS: Final = tuple(one.user_name for one in COLLEAGUES if one.begins)
"""Who else signs in with the passphrase, and reads less."""
MOST_LOGGED: Final = 400
"""Up to so many people every record has its own row in the log; beyond, one row stands for all of them."""

_MOST_IN_ONE_HOUSE: Final = 200


class NotEmpty(ShelterDeskError):
    """Invented people cannot be told from others in a vault that holds both."""


def create_demo(
    folder: Path,
    *,
    residents: int = 40,
    months: int = 18,
    seed: int = 1,
    passphrase: str = PASSPHRASE,
    cost: KdfCost | None = None,
    clock: Clock = system_clock,
    progress: Progress | None = None,
) -> tuple[Desk, str]:
    """Create a vault of invented people in *folder*, signed in as Leyla A.; return the desk and the passphrase.

    Her colleagues sign in with the same passphrase. Raises the errors of ``create_vault``.
    """
    # The passphrase stands in the documentation, so nothing is won by making guesses slow.
    cost = cost or KdfCost.lowest()
    desk, _code = create_desk(
        folder,
        user_name=USER_NAME,
        shown_as="Leyla A.",
        passphrase=passphrase,
        shelter=i18n.text(words.HOUSE),
        roles=ROLES,
        cost=cost,
        clock=clock,
    )
    try:
        invited = invite_colleagues(desk)
    finally:
        # Whoever begins opens the vault, which is open for one person at a time.
        desk.close()
    let_begin(desk.vault.folder, invited, passphrase, cost=cost, clock=clock)
    desk = open_desk(desk.vault.folder, USER_NAME, passphrase, clock=clock)
    try:
        give_what_waits(desk)
        fill_sample(desk, residents, months, seed, progress=progress)
        make_it_theirs(desk)
        tell_earlier_years(desk)
        house_settings.load(desk)
    except BaseException:
        desk.close()
        raise
    return desk, passphrase


def demo_folder() -> Path:
    """Return where the one vault of invented people on this computer lies."""
    return machine_folder() / "demo" / "desk-0DE0.vault"


def open_demo(folder: Path, *, cost: KdfCost | None = None, clock: Clock = system_clock) -> Desk:
    """Open the demo vault in *folder*; make it where there is none, and anew where its people live on another day."""
    if folder.is_dir():
        desk = open_desk(folder, USER_NAME, PASSPHRASE, clock=clock)
        if house_settings.get(desk, "invented") == desk.today().isoformat():
            return desk
        desk.close()
        shutil.rmtree(folder)
    return create_demo(folder, cost=cost, clock=clock)[0]


def fill_sample(
    desk: Desk,
    residents: int = 40,
    months: int = 18,
    seed: int = 1,
    *,
    services_per_person: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Fill an empty vault with *residents* people and *months* months, all or nothing.

    *services_per_person* is for measuring; without it there are as many as such a life would have. Raises NotEmpty.
    """
    require(desk, Right.ADD_PERSON)
    with desk.read() as db:
        if db.scalars(select(Person.id).limit(1)).first() is not None:
            raise NotEmpty(
                N_("This vault holds people already. Nothing was changed. Invented people need a new vault.")
            )
    house_settings.put(desk, "invented", value=desk.today().isoformat())
    loom = Loom(desk, seed, months, i18n.language(), services_per_person, at_work(desk))
    people = sketch_people(loom, residents)
    living_at_once = len(people) * 110 // (months * 30) + 1
    house = furnish(loom, 4 if residents <= _MOST_IN_ONE_HOUSE else living_at_once // 3 + 4)
    directory, house.providers = tell_providers(loom)
    furniture = [*loom.take(), *directory]
    for one in people:
        if one.part is not None:
            house.keep_for(one.part.room, one.part.bed, one.registered)
    with desk.write(Act.INVENT, facts={"log.count": residents}) as db:
        bulk = Bulk(desk, db) if residents > MOST_LOGGED else None

        def write(rows: list[Row]) -> None:
            if bulk is None:
                write_logged(db, rows)
            else:
                bulk.add(rows)

        write(furniture)
        living: list[UUID] = []
        named: dict[str, UUID] = {}
        left: list[UUID] = []
        everybody: dict[UUID, Sketch] = {}
        for number, one in enumerate(people, 1):
            person_id = tell_life(loom, house, one)
            (left if one.part is None else living).append(person_id)
            everybody[person_id] = one
            if one.part is not None:
                named[one.part.name] = person_id
            write(loom.take())
            if progress is not None:
                progress(number, len(people))
        tell_requests(loom, living)
        tell_house_book(loom, named)
        tell_calls(loom, living)
        tell_guarded(loom, next(reversed(left), None), living[1] if len(living) > 1 else None)
        tell_referrals(loom, living)
        tell_families(loom, everybody, named)
        tell_safety(loom, named)
        tell_harm(loom, everybody)
        tell_stay_days(loom, house, named, everybody)
        tell_kept(loom, left)
        corrected = tell_notes(loom, named)
        tell_to_do(loom, named)
        # Each is drawn, so they are for a house and not for a thousand people.
        scans = tell_scans(loom, named) if residents <= _MOST_IN_ONE_HOUSE else []
        tell_calendar(loom, named)
        tell_groups(loom, house, named, everybody)
        tell_legal(loom, named)
        tell_psychology(loom, named)
        write(loom.take())
        if bulk is not None:
            bulk.finish()
        write_counters(db, last_numbers(people))
    correct_a_note(desk, corrected)
    _leave_drafts(desk)
    keep_scans(desk, scans)
    _leave_a_request(desk, loom.colleagues.get(PSYCHOLOGIST))
    leave_letters(desk, loom.colleagues.get(NIGHT_WORKER))


def _leave_drafts(desk: Desk) -> None:
    """Leave two forms unfinished, as on any real desk."""
    with desk.read() as db:
        people = list(db.scalars(select(Person.id).order_by(Person.registered_on.desc()).limit(2)))
    for person_id, record, values in zip(
        people,
        ("note", "service"),
        (
            {"kind": "house", "written_on": desk.today(), "house_text": i18n.text(words.HOUSE_NOTES[0])},
            {"kind": "social_talk", "given_on": desk.today(), "case_note": i18n.text(words.CASE_NOTES[4])},
        ),
        strict=False,
    ):
        drafts.keep_draft(desk, new_id(), record, new_id(), values, person_id=person_id)


def _leave_a_request(desk: Desk, asked_by: UUID | None) -> None:
    """Have a colleague wait for a yes to the plan that was agreed last."""
    if asked_by is None:
        return
    with desk.write(Act.INVENT) as db:
        plan = db.scalars(plans_in_hand(desk.today()).order_by(Plan.agreed_on.desc(), Plan.id).limit(1)).first()
        if plan is not None:
            one = Approval(person_id=plan.person_id, about_id=plan.id, subject=PLAN, state=ASKED)
            one.asked_by, one.asked_on = asked_by, desk.today()
            one.request = i18n.text(words.REQUEST)
            db.add(one)
