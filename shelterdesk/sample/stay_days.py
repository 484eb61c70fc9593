"""Days in the demo house: nights away, visitors, what is kept, a bed on hold, and how those are who left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any, Final
from uuid import UUID

from shelterdesk.absences import Absence
from shelterdesk.appointments import Appointment
from shelterdesk.bed_holds import BedHold
from shelterdesk.belongings import Belonging
from shelterdesk.follow_ups import FOLLOW_UP, FollowUp, months_later
from shelterdesk.i18n import N_
from shelterdesk.sample.house import House
from shelterdesk.sample.people import Sketch
from shelterdesk.sample.rows import Loom
from shelterdesk.stays import BedSince
from shelterdesk.visits import Visit

_KEPT: Final = (
    ("Aysel M.", "identity_document", N_("Passport, blue cover"), 46, None),
    ("Aysel M.", "phone", N_("Old phone without a card"), 46, 12),
    ("Marisol", "identity_document", N_("Passport, red cover"), 30, None),
    ("Marisol", "money", N_("Envelope, counted together"), 30, None),
    ("Iryna", "other_document", N_("Birth certificate of her son"), 120, None),
    ("Jun R.", "valuables", N_("Ring and chain"), 20, None),
    ("Sevda", "medicine", N_("Drops for the night"), 5, None),
)
"""Whose, kind, words, taken in and handed back so many days ago."""
_AWAY: Final = (
    ("Iryna", "family", 40, 38, 38, N_("at her friend's, reached by phone")),
    ("Sherzod", "work", 1, -2, None, N_("night shifts, back for lunch")),
    ("Olha K.", "hospital", 25, 23, 22, N_("small operation, all went well")),
)
"""Who, why, first night, expected and back so many days ago, words."""
_VISITS: Final = (
    ("Aysel M.", 2, (14, 30), (15, 30), N_("Aunt Sevinc"), "family", "yes", "in_house"),
    ("Dilnoza", 3, (17, 0), None, N_("A man who did not give his name"), "other", "no", "not_let_in"),
    ("Iryna", -1, (11, 0), None, N_("Lawyer of the legal clinic"), "lawyer", "yes", "expected"),
)
_AGREED: Final = (N_("Works late on Tuesdays, her dinner is kept."), N_("Sleeps with a small light."))
_DONE: Final = ("plan_reviewed", "safety_plan", "documents_back", "belongings_back", "keys_returned", "numbers_given")
_OWN_BED: Final = 6
"""Years from which a child has a bed of its own."""
_MONTHS: Final = (1, 3, 6, 12)
_HELD_FOR: Final = N_("Call from the hotline, woman with a boy")
_FOUND: Final = (
    ("spoke", "rented", "yes", "yes", (), N_("Works in the bakery, the boy goes to school.")),
    ("spoke", "family", "yes", "no", ("work",), N_("Would like a course in the evening.")),
    ("not_reached", None, None, None, (), None),
    ("through_someone", "family", "not_known", "yes", (), N_("Her sister says she is well.")),
    ("spoke", "friends", "no", "yes", ("legal", "safety"), N_("The former employer rings again.")),
)


def of_stay(first: date, left: date | None, loom: Loom, *, lives_here: bool) -> dict[str, Any]:
    """Return what was agreed for a stay and gone through at its end: counted from the day, so no story changes."""
    number = first.toordinal()
    if lives_here:
        found: dict[str, Any] = {"closing": frozenset({"plan_reviewed"} if number % 4 == 0 else ())}
        if number % len(_AGREED) == 0 or number % 3:
            found["house_words"] = loom.say(_AGREED[number % len(_AGREED)])
        return found
    if left is None:
        return {}
    found = {"closing": frozenset(_DONE[: 2 + number % 5]), "may_call": "no" if number % 7 == 0 else "yes"}
    if number % 3 == 0:
        found["call_how"] = loom.say(N_("by message first, in the morning"))
    return found


def tell_stay_days(loom: Loom, house: House, named: Mapping[str, UUID], everybody: Mapping[UUID, Sketch]) -> None:
    """Put down the days of who lives here and of who left. Nothing is left to chance: no other story changes by it."""
    _tell_here(loom, named)
    _share_a_bed(loom, house, everybody)
    free = [place for place in house.places if place.is_free(loom.today, loom.today + timedelta(days=4))]
    if free:
        words = loom.say(_HELD_FOR)
        loom.add(BedHold, loom.today, bed_id=free[-1].bed_id, since=loom.today, until=loom.ago(-3), for_whom=words)
    for number, (person_id, one) in enumerate(everybody.items()):
        left = one.stays[-1].until if one.stays else None
        if left is not None and left > loom.ago(400) and not one.archived and number % 2:
            _tell_after(loom, person_id, left, number)


def _share_a_bed(loom: Loom, house: House, everybody: Mapping[UUID, Sketch]) -> None:
    """Let a small child sleep in the bed of the mother from the second night on: the first one was in a bed alone."""
    mother = next((person_id for person_id, one in everybody.items() if one.role == "mother"), None)
    if mother is None or mother not in house.slept:
        return
    _stay, bed_id = house.slept[mother]
    for child, one in everybody.items():
        if one.role == "child" and one.age < _OWN_BED and child in house.slept:
            stay_id, _bed = house.slept[child]
            since = one.registered + timedelta(days=1)
            loom.add(
                BedSince, since, stay_id=stay_id, person_id=child, since=since, bed_id=bed_id, shared=True,
            )  # fmt: skip


def _tell_here(loom: Loom, named: Mapping[str, UUID]) -> None:
    me = loom.desk.me.id
    for name, kind, words, taken, back in _KEPT:
        if name in named:
            given = {} if back is None else {"back_on": loom.ago(back), "back_by": me, "back_to": "her"}
            loom.add(
                Belonging,
                loom.ago(taken),
                person_id=named[name],
                kind=kind,
                what=loom.say(words),
                taken_on=loom.ago(taken),
                taken_by=me,
                place=loom.say(N_("safe, envelope {number}"), number=taken % 30 + 1),
                **given,
            )
    for name, kind, since, until, back, words in _AWAY:
        if name in named:
            loom.add(
                Absence,
                loom.ago(since),
                person_id=named[name],
                since=loom.ago(since),
                kind=kind,
                until=loom.ago(until),
                back_on=loom.ago(back) if back is not None else None,
                words=loom.say(words),
            )
    for name, days, came, went, who, kind, agreed, outcome in _VISITS:
        if name in named:
            loom.add(
                Visit,
                min(loom.ago(days), loom.today),
                person_id=named[name],
                on=loom.ago(days),
                came_at=time(*came),
                went_at=time(*went) if went else None,
                visitor=loom.say(who),
                kind=kind,
                agreed=agreed,
                outcome=outcome,
            )


def _tell_after(loom: Loom, person_id: UUID, left: date, number: int) -> None:
    for place, months in enumerate(_MONTHS):
        on = loom.working_day(months_later(left, months))
        past = on < loom.today
        result, lives, safe, works, needs, words = _FOUND[(number + place) % len(_FOUND)]
        state = "planned" if not past else "not_attended" if result == "not_reached" else "given"
        appointment = loom.add(Appointment, left, person_id=person_id, kind=FOLLOW_UP, on=on, state=state)
        if past:
            loom.add(
                FollowUp,
                on,
                person_id=person_id,
                appointment_id=appointment,
                on=on,
                result=result,
                lives=lives,
                safe=safe,
                works=works,
                needs=frozenset(needs),
                words=loom.say(words) if words else None,
            )
