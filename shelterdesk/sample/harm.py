"""What happened to the people of the demo, in few and quiet words; most of it comes from referral papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from shelterdesk import vocab
from shelterdesk.exploitation import SIGNS, Exploitation, HarmEvent, LabourSigns
from shelterdesk.gbv_incidents import GbvIncident
from shelterdesk.i18n import N_
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import ADULT_AGE
from shelterdesk.sample.people import Sketch
from shelterdesk.sample.rows import Loom
from shelterdesk.what_happened import ToldTopic
from shelterdesk.who_harmed import WhoHarmed

_PAPERS: Final = N_("Papers of the police, on the day she came")
_HOTLINE: Final = N_("She told it to the hotline")
_WORK: Final = N_("Worked on a farm without pay; a neighbour helped her to leave.")
_HOUSEHOLD: Final = N_("Worked in a household day and night; her passport was locked away.")
_PROMISED: Final = N_("Work in a hotel, with a room and a contract")
_DEBT: Final = N_("the cost of the journey, which grew every month")
_KEPT: Final = N_("kept in a drawer of the office")
_HURT: Final = N_("It began when she wanted to work. Her sister knows of it.")
_CALLED: Final = N_("Murad, drives a white car")
_YES: Final = ("deception", "retention_of_documents", "withholding_of_wages", "debt_bondage")
_OTHER_SIGNS: Final = (("no", 4), ("not_clear", 2), (None, 3), ("yes", 1))
_AT_HOME: Final = 0.25
_OF_THE_OTHERS: Final = 0.3


def tell_harm(loom: Loom, people: Mapping[UUID, Sketch]) -> None:
    """Say what happened to those of *people* who are grown. Of children nothing is told here."""
    for person_id, one in people.items():
        if one.age < ADULT_AGE or one.role == "child":
            continue
        if one.part is not None or loom.chance(_OF_THE_OTHERS):
            _tell(loom, one, person_id)


def _tell(loom: Loom, one: Sketch, person_id: UUID) -> None:
    kinds = set(one.part.exploitation) if one.part is not None else {"forced_labour"}
    if kinds:
        _exploited(loom, one, person_id, kinds)
    else:
        _topic(loom, one, person_id, "exploitation", "nothing")
    if one.role == "mother" or not kinds or loom.chance(_AT_HOME):
        _hurt_at_home(loom, one, person_id)
    else:
        _topic(loom, one, person_id, "incidents", loom.weighted((("told_elsewhere", 2), ("not_now", 1), ("later", 1))))


def _exploited(loom: Loom, one: Sketch, person_id: UUID, kinds: set[str]) -> None:
    on = min(one.registered + timedelta(days=1), loom.today)
    begun = PartialDate(one.registered.year - 1, loom.dice.randint(1, 12), about=True)
    _topic(loom, one, person_id, "exploitation", "from_papers", _PAPERS)
    at_home = "servitude" in kinds
    loom.add(
        Exploitation,
        on,
        person_id=person_id,
        relationship=loom.weighted((("known", 5), ("family", 2), ("stranger", 2))),
        recruitment_sites=frozenset({"telegram"}) if loom.chance(0.4) else frozenset[str](),
        promised=loom.say(_PROMISED),
        sexual_kinds=frozenset({"private_services"}) if "sexual" in kinds else frozenset[str](),
        exploitation_countries=frozenset({loom.one_of(("AZ", "TR", "RU"))}),
        since=begun,
        until=PartialDate(one.registered.year, one.registered.month),
        age_then=max(one.age - 1, 1),
        vulnerabilities=frozenset({"poverty"}),
        words=loom.say(_HOUSEHOLD if at_home else _WORK),
    )
    for kind, country, city in (("recruitment", one.origin.country, None), ("exploitation", "AZ", "Bakı")):
        loom.add(HarmEvent, on, person_id=person_id, kind=kind, since=begun, country=country, city=city)
    if kinds & {"forced_labour", "servitude"}:
        _topic(loom, one, person_id, "signs", "told_here")
        answers: dict[str, Any] = {sign: "yes" if sign in _YES else loom.weighted(_OTHER_SIGNS) for sign in SIGNS}
        loom.add(
            LabourSigns, on, person_id=person_id, looked_at_on=on, debt_bondage_note=loom.say(_DEBT),
            retention_of_documents_note=loom.say(_KEPT), **answers,
        )  # fmt: skip
    loom.add(
        WhoHarmed, on, person_id=person_id, relationship="employer", main=True, roles=frozenset({"exploited"}),
        gender="man", age_group="middle", occupation="trader", knows_where="no", looks_for_her="perhaps",
    )  # fmt: skip


def _hurt_at_home(loom: Loom, one: Sketch, person_id: UUID) -> None:
    on = min(one.registered + timedelta(days=2), loom.today)
    _topic(loom, one, person_id, "incidents", "told_here")
    loom.add(
        GbvIncident,
        on,
        person_id=person_id,
        reported_on=on,
        happened=PartialDate(on.year - 1, 11),
        time_of_day="night",
        place_kind="her_home",
        displacement="at_home",
        violence=loom.weighted((("physical_assault", 5), ("psychological_abuse", 3), ("denial_of_resources", 2))),
        abduction="none",
        practice="none",
        goods_exchanged=False,
        reported_before=True,
        reported_to=frozenset({"police"}),
        earlier_incidents=True,
        persons=1,
        account=loom.say(_HURT),
        health="referred",
        psychosocial="given_here",
        wants_legal="undecided",
        police="had_already",
    )
    loom.add(
        WhoHarmed, on, person_id=person_id, relationship="former_partner", main=True, called=loom.say(_CALLED),
        roles=frozenset({"hurt", "controlled"}), gender="man", age_group="adult", occupation="driver",
        knows_where="no", looks_for_her="yes", harmed_before=True,
    )  # fmt: skip
    _topic(loom, one, person_id, "who_harmed", "told_here")


def _topic(loom: Loom, one: Sketch, person_id: UUID, topic: str, answer: str, where: str = _HOTLINE) -> None:
    assert answer in vocab.TOPIC_ANSWERS
    told = answer in ("told_elsewhere", "from_papers")
    loom.add(
        ToldTopic, one.registered, person_id=person_id, topic=topic, answer=answer, answered_on=one.registered,
        where=loom.say(where) if told else None,
    )  # fmt: skip
