"""The eleven people who live in the demo house today, and what is agreed with each of them.

Days count back from today; negative ones lie ahead. What is not said here is left to chance like for everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from shelterdesk.i18n import N_
from shelterdesk.sample.names import LAWYER, PSYCHOLOGIST, VOCATIONAL


@dataclass(frozen=True)
class Due:
    """A milestone: kind, when it is due (days ago), status, and who or what it is done with."""

    kind: str
    days_ago: int | None
    status: str = "planned"
    words: str = ""
    with_whom: str = ""
    mine: bool = True


@dataclass(frozen=True)
class Step:
    """A next step."""

    kind: str
    words: str
    days_ago: int | None
    at: time | None = None
    with_whom: str = ""
    paper: str = N_("Appointment")


@dataclass(frozen=True)
class Meeting:
    """An appointment of the next days."""

    kind: str
    days_ago: int
    at: time
    place: str = ""
    words: str = ""
    mine: bool = False
    who: str = ""
    """The colleague who is there."""


@dataclass(frozen=True)
class Job:
    """A placement and the stage it has reached, ``partner`` being the place in ``words.PARTNERS``."""

    kind: str
    post: str
    stage: str
    since: int
    partner: int | None = None
    sector: str = ""
    check_in: int | None = None
    check_in_words: str = ""


@dataclass(frozen=True)
class Goal:
    """A goal in words of its own where the words of its kind would not do."""

    kind: str
    words: str = ""


@dataclass(frozen=True)
class Resident:
    """One of the eleven."""

    name: str
    given: str
    family: str
    other: str
    gender: str
    age: int
    country: str
    languages: tuple[str, ...]
    arrived: int
    room: int
    bed: int
    phase: str
    exploitation: tuple[str, ...]
    mine: bool = False
    interpreter: bool = False
    review: int = -25
    leaves: int | None = None
    step: Step | None = None
    meetings: tuple[Meeting, ...] = ()
    goals: tuple[Goal, ...] = ()
    plan: tuple[Due, ...] = ()
    job: Job | None = None
    strengths: tuple[tuple[str, str], ...] = ()
    safety: str = ""
    must_know: str = ""
    asks: str = ""
    """Purpose for which her consent has not been asked yet."""
    consent_ends: int | None = None


_SISTER = N_("I am close to my sister again")

CAST: tuple[Resident, ...] = (
    Resident(
        "Iryna", "Iryna", "Kravets", "Ірина", "woman", 31, "UA", ("uk", "ru"), 141, 1, 0, "reintegration",
        ("forced_labour",),
        review=3,
        step=Step("check_in", N_("Trial week at the workshop"), None, with_whom=VOCATIONAL, paper=N_("Try-out week")),
        plan=(Due("applications", 2, words=N_("Call back the sewing workshop"), with_whom=VOCATIONAL, mine=False),),
        job=Job("trial", N_("Sewing, full day"), "trial", 6, 0, "manufacturing", check_in=2),
    ),
    Resident(
        "Sevda", "Sevda", "Rəhimova", "", "woman", 37, "AZ", ("az",), 129, 3, 0, "transition", ("forced_labour",),
        mine=True,
        must_know=N_("Her daughter Əminə came to join her; they share the family room."),
        job=Job("work", N_("Child care"), "looking", 20),
    ),
    Resident(
        "Dilnoza", "Dilnoza", "Saidova", "Дилноза", "woman", 27, "UZ", ("uz", "ru"), 118, 0, 0, "reintegration",
        ("forced_labour", "servitude"),
        leaves=-13,
        step=Step("talk", N_("Review meeting"), -1, time(15, 0), with_whom="Leyla A.", paper=N_("A good talk")),
        plan=(Due("rental_contract", 0, "under_way", words=N_("Read the rental contract together")),),
        job=Job("work", N_("Kitchen assistant"), "working", 106, 1, "accommodation_food", check_in=-16),
    ),
    Resident(
        "Botir", "Botir", "Nazarov", "Ботир", "man", 34, "UZ", ("uz", "ru"), 96, 2, 0, "reintegration",
        ("forced_labour",),
        mine=True, leaves=-10,
        step=Step("office", N_("Open the bank account"), 0, with_whom="Leyla A.", paper=N_("Bank account")),
        plan=(Due("bank_account", 3, "under_way", words=N_("Bank account: bring the second document")),),
        job=Job("work", N_("Bakery, early shift"), "working", 57, 1, "accommodation_food", check_in=-14),
    ),
    Resident(
        "Sherzod", "Sherzod", "Ergashev", "Шерзод", "man", 41, "UZ", ("uz", "ru"), 88, 2, 1, "reintegration",
        ("forced_labour",),
        review=1,
        step=Step("check_in", N_("Check-in by phone"), 0, time(16, 30), with_whom=VOCATIONAL, paper=N_("A call")),
        meetings=(Meeting("check_in", 0, time(16, 30), N_("by phone"), who=VOCATIONAL),),
        plan=(Due("residence_permit", 5, "under_way", words=N_("Ask the office about the document")),),
        job=Job("work", N_("Joinery"), "working", 77, 2, "manufacturing", check_in=-30),
    ),
    Resident(
        "Olha K.", "Olha", "Kovalenko", "Ольга Коваленко", "woman", 29, "UA", ("uk",), 74, 1, 1, "transition",
        ("sexual",),
        interpreter=True, consent_ends=-12,
        step=Step("lawyer", N_("Talk with the lawyer"), 0, time(11, 30), with_whom=LAWYER),
        meetings=(Meeting("lawyer", 0, time(11, 30), N_("interpreter"), who=LAWYER),),
        job=Job("short_training", N_("Bookkeeping, online"), "looking", 15, None, "finance", check_in=-7),
    ),
    Resident(
        "Nərmin", "Nərmin", "Bağırova", "", "woman", 22, "AZ", ("az", "ru"), 61, 0, 1, "transition",
        ("forced_marriage",),
        step=Step("lesson", N_("Visit the college"), -6, with_whom=VOCATIONAL, paper=N_("Look around")),
        plan=(Due("school_return", 8, words=N_("Visit the college about a place"), with_whom=VOCATIONAL, mine=False),),
        job=Job("course", N_("Reception course"), "applied", 7, 4, "education", check_in=-6,
                check_in_words=N_("College visit")),
    ),
    Resident(
        "Aysel M.", "Aysel", "Mehdiyeva", "", "woman", 26, "AZ", ("az", "ru"), 47, 0, 2, "transition",
        ("forced_labour", "sexual"),
        mine=True, asks="share_employer",
        step=Step("court", N_("Go to court together"), -2, time(10, 0),
                  with_whom=N_("With Rəşad T. and Leyla A. Leave at 09:15.")),
        meetings=(
            Meeting("session", 0, time(10, 0), N_("Room 2"), who=PSYCHOLOGIST),
            Meeting("court", -2, time(10, 0), who=LAWYER),
            Meeting("clinic", -6, time(15, 30), N_("Dentist")),
            Meeting("check_in", -8, time(9, 0), N_("Visit to the workshop")),
            Meeting("talk", -25, time(11, 0), N_("Plan review"), mine=True),
        ),
        goals=(
            Goal("safe_where_i_live"), Goal("sleep_stronger"), Goal("papers_and_pay"), Goal("close_to_family", _SISTER),
            Goal("earn", N_("I earn my living by sewing")), Goal("own_room"),
        ),
        plan=(
            Due("safety_plan", 44, "done"), Due("whom_to_call", 43, "done"), Due("phone_check", 30, "done"),
            Due("health_check", 43, "done"),
            Due("psychological_sessions", -31, "under_way", with_whom=PSYCHOLOGIST, mine=False),
            Due("eye_test", 5),
            Due("lawyer_talk", 40, "done", with_whom=LAWYER, mine=False), Due("identity_card", 15, "done"),
            Due("wage_claim", -13, "under_way", with_whom=N_("Labour inspection"), mine=False),
            Due("family_contact", 20, "done"), Due("family_visit", -19, "under_way", words=N_("My sister visits")),
            Due("course_certificate", 18, "done", with_whom=VOCATIONAL, mine=False),
            Due("trial_week", -8, "under_way", with_whom=VOCATIONAL, mine=False), Due("business_plan", -60),
            Due("bank_account", -17), Due("rent_savings", None),
        ),
        job=Job("trial", N_("Sewing, mornings"), "trial", -8, 0, "manufacturing", check_in=-8),
        strengths=(
            (N_("Sews very well, finished a course"), N_("sewing")),
            (N_("Close to her younger sister"), N_("making others laugh")),
            (N_("Speaks Azerbaijani and Russian"), N_("two languages")),
            (N_("Wants a small shop of her own"), N_("planning ahead")),
        ),
        safety=N_("Call only after 18:00\nNo visits without asking her first"),
    ),
    Resident(
        "Marisol", "Marisol", "Dizon", "", "woman", 33, "PH", ("tl", "en"), 33, 0, 3, "transition", ("servitude",),
        mine=True, interpreter=True,
        step=Step("clinic", N_("Clinic: eyes and headaches"), 0, time(14, 0), with_whom="Leyla A."),
        meetings=(Meeting("clinic", 0, time(14, 0), N_("goes along"), mine=True),),
        plan=(Due("specialist", 1, "under_way", words=N_("Write the follow-up after the clinic")),),
        job=Job("work", N_("Florist’s assistant"), "applied", 12, 3, "trade", check_in=-3,
                check_in_words=N_("Answer expected")),
    ),
    Resident(
        "Jun R.", "Jun", "Ren", "任俊", "woman", 24, "CN", ("zh", "en"), 12, 1, 2, "crisis", ("forced_labour",),
        interpreter=True,
        job=Job("work", N_("Kitchen or bakery"), "looking", 8, None, "accommodation_food", check_in=-2,
                check_in_words=N_("Skills talk")),
    ),
    Resident(
        "Əminə", "Əminə", "Rəhimova", "", "woman", 15, "AZ", ("az",), 5, 3, 1, "crisis", (),
        mine=True,
        must_know=N_("Daughter of Sevda. School papers are on the way."),
        step=Step("assessment", N_("First assessment"), -1, time(9, 30), with_whom="Leyla A.", paper=N_("A good talk")),
        meetings=(Meeting("assessment", -1, time(9, 30), N_("Room 1"), mine=True),),
    ),
)  # fmt: skip

GROUP_OF_SIX = ("Iryna", "Dilnoza", "Olha K.", "Nərmin", "Aysel M.", "Marisol")
"""Who comes to tomorrow's group session."""
