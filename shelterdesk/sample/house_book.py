"""A week of the demo house as its book tells it: fourteen shifts, roll calls, medicine, two incidents, two letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from shelterdesk.desk import Desk
from shelterdesk.house_book import feedback, shifts
from shelterdesk.house_book.handovers import DO, KEY, KNOW, VISIT, Handover, ShiftLine
from shelterdesk.house_book.incidents import HouseIncident, IncidentStep
from shelterdesk.house_book.medicine import Dose, Medicine, is_due
from shelterdesk.house_book.roll_calls import RollMark
from shelterdesk.house_book.shifts import Shift
from shelterdesk.i18n import N_, text
from shelterdesk.sample.names import NIGHT_WORKER, PSYCHOLOGIST, VOCATIONAL
from shelterdesk.sample.rows import Loom

_SHIFTS: Final = 14
_CALLS: Final = 4
"""So many shifts back the roll was called and is kept."""

_NOW: Final[tuple[tuple[str, str, str, str, time | None, bool], ...]] = (
    (KNOW, "health", N_("Jun R. slept badly. Do not wake him before 10:00."), "Jun R.", None, False),
    (KNOW, "language", N_("Interpreter for Olha K. comes at 11:30, she was told."), "Olha K.", None, False),
    (KNOW, "care", N_("Marisol must not eat nuts. The kitchen list is changed."), "Marisol", None, False),
    (KNOW, "repair", N_("Lamp in the upper corridor is out."), "", None, False),
    (DO, "other", N_("Change the gate code"), "", time(9), True),
    (DO, "food", N_("Breakfast for eleven"), "", time(8), False),
    (DO, "child", N_("Show Əminə the way to the school bus"), "Əminə", time(10, 30), False),
    (DO, "repair", N_("Call the electrician"), "", None, False),
    (DO, "other", N_("Laundry from room 2"), "", None, False),
    (VISIT, "other", N_("Visit for Jun R., in the hall"), "Jun R.", time(14), False),
    (KEY, "other", N_("Key 7 is with Sherzod"), "Sherzod", None, False),
)
_DONE_ALREADY: Final = N_("Laundry from room 2")
_BEFORE: Final[tuple[tuple[str, str, str], ...]] = (
    (KNOW, "food", N_("Bread comes an hour later tomorrow.")),
    (KNOW, "phone", N_("The office phone rings at night: do not answer, write down the number.")),
    (KNOW, "repair", N_("Hot water in bathroom 1 takes ten minutes.")),
    (KNOW, "arrival", N_("A bed is kept for an arrival from the region, perhaps after midnight.")),
    (KNOW, "health", N_("Two have a cold; hand-washing before dinner.")),
    (DO, "other", N_("Check the windows on the ground floor")),
    (DO, "food", N_("Take the fish out of the freezer")),
    (DO, "other", N_("Sheets of room 3 into the machine")),
    (DO, "child", N_("School bag and bottle ready at 07:15")),
    (DO, "phone", N_("Call the pharmacy about the delivery")),
)
_MEDICINE: Final[tuple[tuple[str, time, str, str], ...]] = (
    ("Olha K.", time(7, 30), N_("1 tablet, own box, blue label"), N_("clinic, paper in the box")),
    ("Sevda", time(7, 30), N_("Drops, after food"), N_("her doctor")),
    ("Aysel M.", time(8), N_("1 tablet, own box"), N_("she herself")),
    ("Olha K.", time(21), N_("2 tablets, own box"), N_("clinic, paper in the box")),
)
_AWAY: Final[Mapping[str, tuple[str, int, time]]] = {
    "Botir": ("night_away", 0, time(18)),
    "Dilnoza": ("out", 0, time(16, 30)),
    "Iryna": ("out", 0, time(15)),
    "Nərmin": ("out", 0, time(7, 30)),
}
"""Where who is not in the house is now: state, in how many days and at which hour she is back."""


def tell_house_book(loom: Loom, people: Mapping[str, UUID]) -> None:
    """Add the week up to now; *people* are those who live here, by short name."""
    desk, me = loom.desk, loom.desk.me.id
    night = loom.colleagues.get(NIGHT_WORKER, me)
    day = [me, *(one for name in (PSYCHOLOGIST, VOCATIONAL) if (one := loom.colleagues.get(name)))]
    shift = shifts.shift_now(desk)
    for number in range(_SHIFTS):
        by_night = shift.code != "night"
        giver, reader = (night, day[number % len(day)]) if by_night else (day[number % len(day)], night)
        _hand_over(loom, shift, giver, None if number == 0 else reader)
        if number == 0:
            _lines_of_now(loom, shift, people, giver)
        else:
            _lines_before(loom, shift, number, giver, reader)
        if 0 < number <= _CALLS:
            _call(loom, shift, people, reader, last=number == 1)
        shift = shifts.before(desk, shift)
    _medicines(loom, people, night, me)
    _incidents(loom, night, me)


def leave_letters(desk: Desk, about: UUID | None) -> None:
    """Leave two letters for the director: an idea, and a complaint about *about*, who does not read it."""
    feedback.write_feedback(
        desk, kind="idea", about="food", words=text(N_("Could there be rice porridge on Sundays? I can cook it.")),
        name="Marisol",
    )  # fmt: skip
    if about is not None:
        feedback.write_feedback(
            desk,
            kind="complaint",
            about="colleague",
            about_member=about,
            words=text(
                N_("He came into the room at night without knocking. It was about the window, but I was afraid.")
            ),
            wants=text(N_("That everybody knocks and waits.")),
        )


def _written(loom: Loom, shift: Shift) -> Any:
    """Return the day on which what was written for *shift* was written: before it began."""
    local = shift.begins.astimezone(loom.desk.zone)
    return local.date() if local.hour >= 18 else local.date() - timedelta(days=1)


def _hand_over(loom: Loom, shift: Shift, giver: UUID, reader: UUID | None) -> None:
    begins = shift.begins.astimezone(loom.desk.zone)
    given, read = begins - timedelta(minutes=8), begins + timedelta(minutes=4)
    values: dict[str, Any] = {"given_by": giver, "given_on": given.date(), "given_at": given.time()}
    if reader is not None:
        values |= {"read_by": reader, "read_on": read.date(), "read_at": read.time()}
    loom.add(Handover, _written(loom, shift), giver, on=shift.day, shift=shift.code, **values)


def _lines_of_now(loom: Loom, shift: Shift, people: Mapping[str, UUID], giver: UUID) -> None:
    begins = shift.begins.astimezone(loom.desk.zone)
    for kind, topic, words, name, at, before in _NOW:
        values: dict[str, Any] = {"kind": kind, "topic": topic, "words": loom.say(words), "at": at}
        if before:
            values["before"] = True
        if name in people:
            values["person_id"] = people[name]
        if words == _DONE_ALREADY:
            done = begins - timedelta(minutes=70)
            values |= {"done_on": done.date(), "done_at": done.time(), "done_by": giver}
        loom.add(ShiftLine, _written(loom, shift), giver, on=shift.day, shift=shift.code, **values)


def _lines_before(loom: Loom, shift: Shift, number: int, giver: UUID, reader: UUID) -> None:
    known = [one for one in _BEFORE if one[0] == KNOW]
    to_do = [one for one in _BEFORE if one[0] == DO]
    begins = shift.begins.astimezone(loom.desk.zone)
    for kind, topic, words in (
        known[number % len(known)],
        to_do[number % len(to_do)],
        to_do[(number + 2) % len(to_do)],
    ):
        values: dict[str, Any] = {"kind": kind, "topic": topic, "words": loom.say(words)}
        if kind == DO:
            done = begins + timedelta(hours=2, minutes=7 * number)
            values |= {"done_on": done.date(), "done_at": done.time(), "done_by": reader}
        loom.add(ShiftLine, _written(loom, shift), giver, on=shift.day, shift=shift.code, **values)


def _call(loom: Loom, shift: Shift, people: Mapping[str, UUID], by: UUID, *, last: bool) -> None:
    # The call at the end of the last shift is how the present one finds the house.
    at = (shift.ends - timedelta(minutes=40)).astimezone(loom.desk.zone)
    for name, person_id in people.items():
        state, days, back = _AWAY.get(name, ("in_house", 0, None)) if last else ("in_house", 0, None)
        values: dict[str, Any] = {"called_on": at.date(), "called_at": at.time(), "called_by": by}
        if back is not None:
            values |= {"back_on": loom.today + timedelta(days=days), "back_at": back}
        on = min(at.date(), loom.today)
        loom.add(RollMark, on, by, person_id=person_id, on=shift.day, shift=shift.code, state=state, **values)


def _medicines(loom: Loom, people: Mapping[str, UUID], night: UUID, me: UUID) -> None:
    since = loom.ago(9)
    for name, at, what, said_by in _MEDICINE:
        if name not in people:
            continue
        values = {"rhythm": "every_day", "since": since}
        one = Medicine(person_id=people[name], at=at, **values)
        made = loom.add(
            Medicine, since, me, person_id=people[name], at=at, what=loom.say(what), said_by=loom.say(said_by), **values
        )
        for ago in range(7, -1, -1):
            on = loom.ago(ago)
            due = datetime.combine(on, at, loom.desk.zone)
            given = due + timedelta(minutes=5 + len(name) % 6)
            # One of today is left to give, so that there is something to do.
            if not is_due(one, on) or given.astimezone(UTC) > loom.now or (ago == 0 and at == time(8)):
                continue
            by = night if at < time(8) or at > time(20) else me
            loom.add(
                Dose, on, by, medicine_id=made, person_id=people[name], on=on, outcome="given", given_on=on,
                given_at=given.time(), given_by=by,
            )  # fmt: skip


def _incidents(loom: Loom, night: UUID, me: UUID) -> None:
    yesterday = loom.ago(1)
    gate = loom.add(
        HouseIncident, yesterday, night, kind="asked_for_her",
        title=loom.say(N_("A man at the gate asked for someone by name")),
        happened_on=yesterday, happened_at=time(22, 40), words=loom.say(N_("Nothing was said.")),
    )  # fmt: skip
    steps: Sequence[tuple[str, str, str, time]] = (
        ("police", N_("Police post"), "", time(22, 55)),
        ("director", "Leyla A.", "", time(23)),
        ("", "", N_("Gate stays locked, nobody goes out alone."), time(23, 10)),
    )
    for told, whom, words, at in steps:
        loom.add(
            IncidentStep, yesterday, night, incident_id=gate, on=yesterday, at=at, told=told or None,
            whom=loom.say(whom) if whom else None, words=loom.say(words) if words else None,
        )  # fmt: skip
    before = loom.ago(5)
    smoke = loom.add(
        HouseIncident, before, me, kind="fire", title=loom.say(N_("Smoke from the kitchen, a pan was forgotten")),
        happened_on=before, happened_at=time(18, 20), closed_on=before, closed_at=time(19, 5), closed_by=me,
        ending=loom.say(N_("Aired, nobody hurt. The cook list says who turns the stove off.")),
    )  # fmt: skip
    loom.add(
        IncidentStep, before, me, incident_id=smoke, on=before, at=time(18, 25),
        words=loom.say(N_("Everybody was outside in three minutes.")),
    )  # fmt: skip
