"""The directory of the demo: clinics, lawyers, interpreters and offices, one agreement that ends and one that ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shelterdesk.i18n import N_
from shelterdesk.providers import OWN_STAFF, Provider
from shelterdesk.sample import words
from shelterdesk.sample.names import PSYCHOLOGIST
from shelterdesk.sample.rows import Loom, Row


@dataclass(frozen=True)
class _One:
    """One provider; days are counted back from today, negative ones lie ahead. *family* are services it is named in."""

    kind: str
    name: str
    services: tuple[str, ...]
    place: str
    way: str = ""
    hours: str = ""
    any_hour: bool = False
    contact: str = ""
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ("az", "ru")
    cost: str = "free"
    cost_words: str = ""
    agreed: int | None = None
    until: int | None = None
    told: str = ""
    quality: str = ""
    family: str = ""


_CENTRE, _NEXT = N_("City centre"), N_("Next district")
_BY_REFERRAL: Final = N_("A name and the kind of help. Neither the house nor why she lives there.")
_DIRECTORY: Final[tuple[_One, ...]] = (
    _One("emergency", N_("Ambulance"), ("doctor_visit", "hospital_care"), N_("Whole country"), any_hour=True,
         phone="103"),
    _One("emergency", N_("Hotline against violence"), ("psychological_first_aid", "safety_plan"), N_("Whole country"),
         any_hour=True, phone="860"),
    _One("clinic", words.PROVIDERS["health"], ("doctor_visit", "dental_care", "eye_care", "tests", "pregnancy_care"),
         _NEXT, N_("Bus 14, second stop, side entrance"), N_("Mon–Sat 8–18"), contact="Dr. Sevil Q.",
         phone="+994 12 000 00 11", cost="insured", agreed=400, until=-21, told=_BY_REFERRAL,
         quality=N_("A woman sees to women when asked the day before. Never more than half an hour of waiting."),
         family="health"),
    _One("clinic", N_("Women’s advice centre of the hospital"), ("pregnancy_care", "tests"), _CENTRE,
         hours=N_("Tue, Thu 9–14"), contact="Günay M.", phone="+994 12 000 00 12"),
    _One("legal_service", N_("Free legal aid office"), ("legal_advice", "legal_representation", "compensation_claim"),
         _CENTRE, N_("Third floor, ring twice"), N_("Mon–Fri 10–17"), contact="Elçin M.", phone="+994 12 000 00 21",
         email="yardim@example.org", languages=("az", "ru", "en"), agreed=300, until=12,
         quality=N_("Answers within two days. Comes along to court.")),
    _One("interpreter", words.PROVIDERS["interpreting"], ("interpreting_phone", "translation"), N_("By phone"),
         hours=N_("8–22, at night after a message"), contact="Mahnaz", phone="+994 50 000 00 31",
         languages=("fa", "tr", "az"), cost="full", cost_words=N_("20 an hour, paid by the project"), agreed=90,
         until=-200, family="interpreting"),
    _One("school", words.PROVIDERS["education"], ("language_class", "literacy_class", "computer_course"), _NEXT,
         hours=N_("Mon, Wed 18–20"), contact="Rəna X.", phone="+994 12 000 00 41", languages=("az",),
         quality=N_("Begins every three months. Small groups, nobody asks where people live."), family="education"),
    _One("psychologist", N_("Practice for children and young people"), ("creative_session", "psychological_session"),
         _CENTRE, hours=N_("Wed, Fri afternoons"), contact="Lalə Ə.", phone="+994 50 000 00 51", cost="reduced",
         cost_words=N_("Half of the usual price for us")),
    _One("state_service", N_("Social protection centre"), ("benefit_application", "identity_document"), _CENTRE,
         hours=N_("Mon–Fri 9–18, break 13–14"), phone="142"),
    _One("ngo", N_("Women’s business centre"), ("business_training", "business_grant", "computer_course"), _CENTRE,
         contact="Ülviyyə", phone="+994 12 000 00 61", email="biznes@example.org", agreed=200, until=-160),
    _One("shelter", N_("Shelter in another town"), ("emergency_night", "transitional_housing"), N_("Gəncə"),
         any_hour=True, contact="Şəfəq", phone="+994 22 000 00 71", told=_BY_REFERRAL),
)  # fmt: skip


def tell_providers(loom: Loom) -> tuple[list[Row], dict[str, UUID]]:
    """Return the rows of the directory, and by family of services the provider that gives them.

    It has a loom of its own, so that it changes nothing in anybody's story.
    """
    own = Loom(loom.desk, loom.seed + 1, loom.months, loom.language, colleagues=loom.colleagues)
    found: dict[str, UUID] = {}
    for one in _DIRECTORY:
        row_id = _tell(own, one)
        if one.family:
            found[one.family] = row_id
    psychologist = own.colleagues.get(PSYCHOLOGIST)
    if psychologist is not None:
        own.add(
            Provider, own.ago(200), kind=OWN_STAFF, member_id=psychologist, hours=own.say(N_("Mon–Thu 10–17")),
            services=frozenset({"psychological_session", "psychological_group", "creative_session"}),
            languages=frozenset({"az", "ru", "tr"}),
        )  # fmt: skip
    return own.take(), found


def _tell(loom: Loom, one: _One) -> UUID:
    def say(message: str) -> str | None:
        return loom.say(message) if message else None

    return loom.add(
        Provider,
        loom.ago(one.agreed if one.agreed is not None else 250),
        kind=one.kind,
        name=say(one.name),
        services=frozenset(one.services),
        place=say(one.place),
        way=say(one.way),
        hours=say(one.hours),
        at_any_hour=one.any_hour or None,
        contact=one.contact or None,
        phone=one.phone or None,
        email=one.email or None,
        languages=frozenset(one.languages),
        cost=one.cost,
        cost_words=say(one.cost_words),
        agreement_from=None if one.agreed is None else loom.ago(one.agreed),
        agreement_until=None if one.until is None else loom.ago(one.until),
        told=say(one.told),
        quality=say(one.quality),
    )
