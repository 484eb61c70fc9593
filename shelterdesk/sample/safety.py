"""What keeps the people of the demo safe: alerts, how much danger there is, and which days must not be missed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Final
from uuid import UUID

from shelterdesk.alerts import Alert
from shelterdesk.deadlines import Deadline
from shelterdesk.i18n import N_
from shelterdesk.person_history import RiskSince
from shelterdesk.safety_plan import SafetyPlan
from shelterdesk.sample.cast import CAST
from shelterdesk.sample.rows import Loom

_COURT: Final = N_("District court")
_SEEN: Final = N_("Nobody has asked for her since she came.")
_LOOKED_FOR: Final = N_("Her former employer asked a neighbour where she is. She thinks he does not know the town.")
_CALMER: Final = N_("No calls for three weeks; she goes to the shop alone again.")

# By name: kind, words, since so many days ago, until so many days ago.
_ALERTS: Final[Mapping[str, tuple[tuple[str, str, int, int | None], ...]]] = {
    "Aysel M.": (
        ("must_not_know", N_("her former employer, and anybody who says he is a cousin"), 47, None),
        ("takes_medicine", N_("iron, in the morning"), 40, None),
        ("phone_followed", "", 47, 30),
    ),
    "Olha K.": (("allergy", N_("penicillin"), 74, None),),
    "Marisol": (("hurt", N_("headaches; a dark room helps"), 20, None),),
    "Jun R.": (
        ("looked_for", "", 12, None),
        ("special_food", N_("no pork, no milk"), 11, None),
    ),
    "Nərmin": (("must_not_know", N_("her father and her uncles"), 61, None),),
    "Əminə": (("no_visits", N_("school and doctor only together with her mother"), 5, None),),
    "Sevda": (("pregnant", N_("seventh month; midwife on Thursdays"), 30, None),),
    "Iryna": (("infection", N_("ate in her room, dishes apart"), 60, 52),),
}

# By name: level, since so many days ago, what it rests on.
_RISKS: Final[Mapping[str, tuple[tuple[str, int, str], ...]]] = {
    "Aysel M.": (("high", 46, _LOOKED_FOR), ("medium", 9, _CALMER)),
    "Jun R.": (("high", 6, N_("Two men waited at the hostel he left.")),),
    "Nərmin": (("high", 60, N_("Her family has reported her missing.")), ("medium", 22, _SEEN)),
    "Olha K.": (("medium", 70, _LOOKED_FOR), ("low", 20, _SEEN)),
    "Marisol": (("medium", 20, N_("Her employer keeps her papers and knows her phone.")),),
    "Iryna": (("low", 80, _SEEN),),
    "Botir": (("low", 80, _SEEN),),
    "Sherzod": (("low", 85, _SEEN),),
    "Dilnoza": (("none", 40, _SEEN),),
}


def tell_safety(loom: Loom, named: Mapping[str, UUID]) -> None:
    """Add alerts, risk levels, safety plans and dates to those who live here, by their *named* ids.

    They come after everybody's story, so that they change nothing in any of them.
    """
    days = {one.name: one.arrived for one in CAST}
    for name, alerts in _ALERTS.items():
        for kind, words, since, until in alerts if name in named else ():
            ago = min(since, days[name])
            loom.add(
                Alert,
                loom.ago(ago),
                person_id=named[name],
                kind=kind,
                words=loom.say(words) if words else None,
                since=loom.ago(ago),
                until=None if until is None else loom.ago(min(until, ago)),
            )
    again = {"high": 7, "medium": 30, "low": 90, "none": 180}
    for name, risks in _RISKS.items():
        for level, since, why in risks if name in named else ():
            ago = min(since, days[name])
            loom.add(
                RiskSince,
                loom.ago(ago),
                person_id=named[name],
                since=loom.ago(ago),
                level=level,
                why=loom.say(why),
                review_on=loom.ago(ago - again[level]),
            )
    _plans(loom, named)
    _dates(loom, named)


def _plans(loom: Loom, named: Mapping[str, UUID]) -> None:
    if "Aysel M." in named:
        loom.add(
            SafetyPlan,
            loom.ago(44),
            person_id=named["Aysel M."],
            made_on=loom.ago(44),
            state="made",
            with_her=True,
            concern=loom.say(N_("He waits near the bus station in the evening.")),
            sign=loom.say(N_("«Have you seen my blue scarf?»")),
            money=loom.say(N_("A bank card of her own; the identity card is with her.")),
            people=loom.say(N_("Her sister, day and night. The neighbour is not asked.")),
            places=loom.say(N_("The pharmacy on the corner, open until ten.")),
            before=loom.say(N_("A small bag by the door: papers, medicine, charger.")),
            during=loom.say(N_("She goes into the pharmacy and calls us, not her sister, first.")),
            after=loom.say(N_("A new number, no pictures, another way to the workshop each day.")),
            reviewed_on=loom.ago(9),
            review_on=loom.ago(-21),
        )
    if "Nərmin" in named:
        loom.add(
            SafetyPlan,
            loom.ago(50),
            person_id=named["Nərmin"],
            made_on=loom.ago(50),
            state="begun",
            with_her=True,
            concern=loom.say(N_("Her uncles know the college she wants to go to.")),
            review_on=loom.ago(-12),
        )
    if "Dilnoza" in named:
        loom.add(SafetyPlan, loom.ago(90), person_id=named["Dilnoza"], made_on=loom.ago(90), state="not_needed")


def _dates(loom: Loom, named: Mapping[str, UUID]) -> None:
    me = loom.desk.me.id
    if "Aysel M." in named:
        who = named["Aysel M."]
        loom.add(
            Deadline,
            loom.ago(43),
            person_id=who,
            kind="protection_order",
            state="stands",
            asked_on=loom.ago(44),
            issued_by="court",
            organisation=loom.say(_COURT),
            issued_on=loom.ago(40),
            since=loom.ago(40),
            until=loom.ago(-8),
            long_term=False,
            long_term_asked_on=loom.ago(6),
            words=loom.say(N_("He may not come near her or call her.")),
            member_id=me,
        )
        loom.add(
            Deadline,
            loom.ago(20),
            person_id=who,
            kind="court_date",
            state="stands",
            until=loom.ago(-2),
            at=time(10, 0),
            organisation=loom.say(_COURT),
            words=loom.say(N_("She may ask for a screen. The interpreter is not needed.")),
            member_id=me,
        )
        first = loom.add(
            Deadline,
            loom.ago(47),
            person_id=who,
            kind="stay_authorised",
            state="stands",
            issued_by="anti_trafficking",
            issued_on=loom.ago(46),
            since=loom.ago(47),
            until=loom.ago(17),
        )
        loom.add(
            Deadline,
            loom.ago(18),
            person_id=who,
            extends_id=first,
            kind="stay_authorised",
            state="stands",
            issued_by="anti_trafficking",
            issued_on=loom.ago(18),
            since=loom.ago(16),
            until=loom.ago(-44),
            member_id=me,
        )
    if "Nərmin" in named:
        loom.add(
            Deadline,
            loom.ago(60),
            person_id=named["Nərmin"],
            kind="protection_order",
            state="stands",
            asked_on=loom.ago(60),
            issued_by="court",
            issued_on=loom.ago(24),
            since=loom.ago(24),
            until=loom.ago(-5),
            breached_on=loom.ago(12),
            member_id=me,
        )
    for name, ahead in (("Sherzod", 26), ("Olha K.", 55), ("Marisol", 140)):
        if name in named:
            loom.add(
                Deadline,
                loom.ago(30),
                person_id=named[name],
                kind="residence_permit",
                state="stands",
                issued_by="migration_service",
                since=loom.ago(330),
                until=loom.ago(-ahead),
                member_id=me,
            )
    if "Jun R." in named:
        loom.add(
            Deadline,
            loom.ago(10),
            person_id=named["Jun R."],
            kind="residence_permit",
            state="asked",
            asked_on=loom.ago(10),
            issued_by="migration_service",
            member_id=me,
        )
