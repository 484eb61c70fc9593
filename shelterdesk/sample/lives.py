"""One person's story: who she is, how her status and phase moved, her stays, services, notes and work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from uuid import UUID

from shelterdesk import vocab
from shelterdesk.appointments import Appointment
from shelterdesk.consents import Consent
from shelterdesk.i18n import N_
from shelterdesk.notes import TEXTS, Note
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import ADULT_AGE, Person
from shelterdesk.person_history import PhaseSince, StatusSince, WorkerSince
from shelterdesk.placements import Placement, StageSince
from shelterdesk.records import UNANSWERED
from shelterdesk.referrals import Referral
from shelterdesk.sample import words
from shelterdesk.sample.calendar import THE_GROUP, in_room, of_kind
from shelterdesk.sample.cast import GROUP_OF_SIX, Job
from shelterdesk.sample.door import came
from shelterdesk.sample.given import give_services
from shelterdesk.sample.house import House
from shelterdesk.sample.names import LAWYER, NIGHT_WORKER, PSYCHOLOGIST, VOCATIONAL
from shelterdesk.sample.paths import draw_plan
from shelterdesk.sample.people import Sketch
from shelterdesk.sample.rows import Loom
from shelterdesk.sample.stay_days import of_stay
from shelterdesk.stays import BedSince, Stay
from shelterdesk.vault.compartments import Compartment
from shelterdesk.wellbeing import Rating

_NOTES: dict[str, tuple[str, ...]] = {
    "house": words.HOUSE_NOTES,
    "social": words.CASE_NOTES,
    "health": words.MEDICAL_NOTES,
    "psychological": words.CLINICAL_NOTES,
    "legal": words.LEGAL_NOTES,
    "work": words.WORK_NOTES,
}
_HARD_OF_HEARING_FROM = 50
_CAME_WITH = {"police": "police", "health": "medical", "international": "assessment"}
"""The second paper that came along, by who referred her."""
_AUTHORS = {"house": NIGHT_WORKER, "psychological": PSYCHOLOGIST, "legal": LAWYER, "work": VOCATIONAL}
_SCHOOLING = (
    ("primary", 10),
    ("lower_secondary", 25),
    ("upper_secondary", 40),
    ("post_secondary", 15),
    ("bachelor", 10),
)


def tell_life(loom: Loom, house: House, one: Sketch) -> UUID:
    """Add everything about one person; return her id."""
    person_id = _person(loom, house, one)
    _referral(loom, one, person_id)
    _statuses(loom, one, person_id)
    _worker(loom, one, person_id)
    _consents(loom, one, person_id)
    for span in _stays(loom, house, one, person_id):
        _ratings(loom, person_id, span)
    _phases(loom, one, person_id)
    give_services(loom, house, one, person_id)
    if one.age >= ADULT_AGE - 3 and one.role != "child":
        draw_plan(loom, one, person_id)
        _placement(loom, house, one, person_id)
    _notes(loom, one, person_id)
    _appointments(loom, one, person_id)
    return person_id


def _person(loom: Loom, house: House, one: Sketch) -> UUID:
    part, grown = one.part, one.age >= ADULT_AGE
    birth, birth_day = _birth(loom, one)
    languages = part.languages if part else one.origin.languages[: loom.dice.randint(1, 2)]
    strengths = part.strengths if part and part.strengths else loom.some_of(words.STRENGTHS, 3)
    safety = part.safety if part else ""
    if not safety and loom.chance(0.6):
        safety = "\n".join(loom.say(line) for line in loom.some_of(words.SAFETY, 2))
    must_know = part.must_know if part else ""
    if not must_know and loom.chance(0.35):
        must_know = loom.one_of(words.MUST_KNOW)
    unanswered = {"person.civil_status": vocab.PREFERS_NOT} if grown and loom.chance(0.15) else {}
    civil = None if unanswered else loom.weighted((("single", 5), ("married", 3), ("divorced", 3), ("widowed", 1)))
    reviewed = min(one.until, loom.ago(loom.dice.randint(3, 40)))
    return loom.add(
        Person,
        one.registered,
        code=one.code,
        registered_on=one.registered,
        site_id=house.site_id,
        short_name=part.name if part else _short(loom, one),
        must_know=loom.say(must_know) if must_know else None,
        given_names=one.given[0],
        family_name=one.family,
        other_names=one.given[1] or None,
        birth=birth,
        birth_day=birth_day,
        gender=one.gender,
        citizenships=frozenset({part.country if part else one.origin.country}),
        born_in=one.origin.country,
        migration_status="lives_here" if one.origin.country == "AZ" else "labour_migrant",
        disabilities=frozenset({"hearing"}) if one.age > _HARD_OF_HEARING_FROM else frozenset[str](),
        disability_needs=loom.say(words.HEARS_LITTLE) if one.age > _HARD_OF_HEARING_FROM else None,
        languages=frozenset(languages),
        needs_interpreter=part.interpreter if part else "az" not in languages and loom.chance(0.5),
        civil_status=civil if grown else "single",
        children=2 if one.role == "mother" else loom.dice.randint(0, 3) if grown else None,
        education=loom.weighted(_SCHOOLING) if grown else None,
        document_number=f"AA{loom.dice.randint(0, 9999999):07d}" if loom.chance(0.6) else None,
        phone=f"055 000 {loom.dice.randint(0, 99):02d} {loom.dice.randint(0, 99):02d}" if grown else None,
        phone_when=loom.say(words.SAFETY[0]) if loom.chance(0.3) else None,
        family_lives_in=loom.one_of(("Göygöl", "Şamaxı", "Lerik", "Balakən", "Odesa", "Andijon")),
        strengths="\n".join(loom.say(line) for line, _paper in strengths),
        strengths_paper="\n".join(loom.say(paper) for _line, paper in strengths),
        safety=loom.say(safety) if safety else None,
        safety_reviewed_on=max(reviewed, one.registered) if safety else None,
        exploitation_types=_happened(loom, one),
        **_recruited(loom, grown=grown),
        archived_at=loom.now - timedelta(days=loom.dice.randint(5, 60)) if one.archived else None,
        **{UNANSWERED: unanswered},
    )


def _short(loom: Loom, one: Sketch) -> str:
    return f"{one.given[0]} {one.family[0]}." if loom.chance(0.5) else one.given[0]


def _birth(loom: Loom, one: Sketch) -> tuple[PartialDate, int | None]:
    year, month = loom.today.year - one.age, loom.dice.randint(1, 12)
    if loom.chance(0.12):
        return PartialDate(year, about=True), None
    if loom.chance(0.2):
        return PartialDate(year), None
    # The counted column ends at the month; the day is sealed.
    earlier = year - 1 if month > loom.today.month else year
    return PartialDate(earlier, month), loom.dice.randint(1, 28)


def _happened(loom: Loom, one: Sketch) -> frozenset[str]:
    if one.part is not None:
        return frozenset(one.part.exploitation)
    if one.role:
        return frozenset({"servitude"}) if one.role == "mother" else frozenset()
    first = loom.weighted(
        (("forced_labour", 5), ("sexual", 4), ("servitude", 2), ("forced_marriage", 2), ("forced_begging", 1))
    )
    return frozenset({first, "forced_labour"}) if loom.chance(0.2) else frozenset({first})


def _recruited(loom: Loom, *, grown: bool) -> dict[str, object]:
    """Return how a grown person was recruited and controlled; of a child nothing is told."""
    told: dict[str, object] = {
        "recruitment_methods": frozenset({loom.one_of(vocab.RECRUITMENT_METHODS.codes).code}),
        "control_methods": frozenset(code.code for code in loom.some_of(vocab.CONTROL_METHODS.codes, 3)),
        "labour_sector": loom.one_of(("agriculture", "households", "construction", "accommodation_food")),
    }
    return told if grown else {}


def _referral(loom: Loom, one: Sketch, person_id: UUID) -> None:
    sources = [(code, 2 if code in ("police", "hotline") else 1) for code in words.REFERRERS]
    source = "self" if loom.chance(0.12) else loom.weighted(sources)
    alone = source == "self"
    loom.add(
        Referral,
        one.registered,
        person_id=person_id,
        referred_on=one.registered - timedelta(days=loom.weighted(((0, 6), (1, 3), (4, 1)))),
        source=source,
        organisation=loom.say(words.REFERRERS[source]) if source in words.REFERRERS else None,
        # Counted from the day and not drawn, so that the rest of her story stays as it is.
        referred_at=None if alone else time(9 + one.registered.day % 9, one.registered.day % 4 * 15),
        papers=frozenset({"none"} if alone else {"letter", _CAME_WITH.get(source, "identity")}),
        department="declined" if one.registered.day % 5 == 0 else "agreed",
        department_told_on=None if one.registered.day % 5 == 0 else one.registered,
        reason=None if alone else loom.weighted((("safety", 5), ("more_services", 3), ("no_place", 1))),
        details=loom.say(loom.one_of(words.REFERRAL_DETAILS)) if loom.chance(0.5) else None,
    )


def _statuses(loom: Loom, one: Sketch, person_id: UUID) -> None:
    if one.role == "child" or loom.chance(0.08):
        return
    on = one.registered
    loom.add(StatusSince, on, person_id=person_id, since=on, status="potential", decided_by="ngo")
    on += timedelta(days=loom.dice.randint(4, 14))
    if on > loom.today or (one.part is not None and one.part.phase == "crisis"):
        return
    loom.add(StatusSince, on, person_id=person_id, since=on, status="presumed", decided_by="ngo")
    on += timedelta(days=loom.dice.randint(25, 80))
    if on <= min(loom.today, one.until) and loom.chance(0.7):
        status = "identified" if loom.chance(0.9) else "not_trafficked"
        police = loom.say(words.REFERRERS["police"])
        loom.add(
            StatusSince, on, person_id=person_id, since=on, status=status, decided_by="police", organisation=police
        )


def _worker(loom: Loom, one: Sketch, person_id: UUID) -> None:
    mine = one.part.mine if one.part else one.until < loom.today and loom.chance(0.5)
    if mine:
        me = loom.desk.me.id
        loom.add(WorkerSince, one.registered, person_id=person_id, since=one.registered, member_id=me)


def _consents(loom: Loom, one: Sketch, person_id: UUID) -> None:
    on, part = one.registered, one.part
    told = frozenset(code.code for code in vocab.CONSENT_TOLD)
    child = one.age < ADULT_AGE
    who = {"way": "guardian", "given_by": loom.say(N_("Her mother")), "assent": "given"} if child else {}
    loom.add(
        Consent, on, person_id=person_id, purpose="support", answer="given", answered_on=on, told=told,
        **(who or {"way": ("signed", "spoken", "thumb")[on.day % 3]}),
        until=loom.ago(part.consent_ends) if part and part.consent_ends is not None else None,
    )  # fmt: skip
    loom.add(
        Consent, on, person_id=person_id, purpose="statistics", answered_on=on, told=told,
        answer=loom.weighted((("given", 8), ("declined", 2))),
    )  # fmt: skip
    if part and part.asks:
        loom.add(Consent, loom.ago(3), person_id=person_id, purpose=part.asks, answer="not_asked",
                 recipient=words.PARTNERS[0][0])  # fmt: skip
    elif loom.chance(0.3):
        shared = min(on + timedelta(days=20), loom.today)
        loom.add(Consent, shared, person_id=person_id, purpose="health", answered_on=shared, told=told,
                 answer=loom.weighted((("given", 7), ("declined", 2), ("withdrawn", 1))),
                 recipient=loom.say(words.WITH[0]))  # fmt: skip


def _stays(loom: Loom, house: House, one: Sketch, person_id: UUID) -> list[tuple[date, date]]:
    spans: list[tuple[date, date]] = []
    for number, span in enumerate(one.stays):
        left, part = span.until, one.part
        first, until = span.first, left or date.max
        if part is not None:
            bed_id = house.place(part.room, part.bed).bed_id
        else:
            bed_id = house.find_bed(loom, one.gender, first, until)
        came_from = loom.weighted((("this_city", 3), ("another_district", 5), ("abroad", 2)))
        stay_id = loom.add(
            Stay,
            first,
            person_id=person_id,
            site_id=house.site_id,
            arrived_on=first,
            came_from=came_from,
            **came(first, came_from, loom),
            project_id=loom.one_of(house.projects),
            expected_until=loom.ago(part.leaves) if part and part.leaves is not None else None,
            left_on=left,
            leaving_reason=_reason(loom, last=number == len(one.stays) - 1) if left else None,
            destination=_destination(loom) if left else None,
            words=loom.say(loom.one_of(words.LEAVING_WORDS)) if left and loom.chance(0.4) else None,
            **of_stay(first, left, loom, lives_here=part is not None),
        )
        loom.add(BedSince, first, stay_id=stay_id, person_id=person_id, since=first, bed_id=bed_id)
        house.slept[person_id] = (stay_id, bed_id)
        spans.append((first, min(until, loom.today)))
    return spans


def _reason(loom: Loom, *, last: bool) -> str:
    choices = (("plan_reached", 5), ("support_complete", 3), ("returned_home", 2), ("own_choice", 3), ("referred", 2))
    return loom.weighted(choices if last else (*choices[3:], ("left_without_word", 1)))


def _destination(loom: Loom) -> str:
    return loom.weighted(
        (
            ("rented", 5),
            ("rented_with_help", 3),
            ("family", 4),
            ("home_country", 2),
            ("friends_for_now", 2),
            ("not_known", 1),
        )
    )


def _ratings(loom: Loom, person_id: UUID, span: tuple[date, date]) -> None:
    first, until = span
    mood, safety = 2, loom.dice.randint(2, 3)
    for days in (1, 15, 32, 46, 90, 135, 180):
        on = first + timedelta(days=days)
        if on > until:
            break
        loom.add(Rating, on, person_id=person_id, rated_on=on, mood=mood, safety=safety)
        mood = min(5, max(1, mood + loom.weighted(((0, 4), (1, 5), (-1, 1)))))
        safety = min(5, max(1, safety + loom.weighted(((0, 4), (1, 5), (-1, 1)))))


def _phases(loom: Loom, one: Sketch, person_id: UUID) -> None:
    order = ("crisis", "transition", "reintegration")
    steps = [(one.registered, "crisis")]
    if one.part is not None:
        reached, length = order.index(one.part.phase), (loom.today - one.registered).days
        steps += [(one.registered + timedelta(days=round(length * 0.4 * n)), order[n]) for n in range(1, reached + 1)]
    else:
        for days, phase in ((loom.dice.randint(20, 40), "transition"), (loom.dice.randint(90, 120), "reintegration")):
            on = one.registered + timedelta(days=days)
            if on < min(one.until, loom.today):
                steps.append((on, phase))
        if one.until < loom.today:
            steps.append((one.until, "follow_up"))
            closed = one.until + timedelta(days=loom.dice.randint(60, 120))
            if closed < loom.today or one.archived:
                steps.append((min(closed, loom.today), "closed"))
    for on, phase in steps:
        loom.add(PhaseSince, on, person_id=person_id, since=on, phase=phase)


def _placement(loom: Loom, house: House, one: Sketch, person_id: UUID) -> None:
    if one.part is not None:
        if one.part.job is not None:
            _todays_job(loom, house, one.part.job, person_id)
        return
    begun = one.registered + timedelta(days=loom.dice.randint(60, 150))
    if begun >= loom.ago(30) or not loom.chance(0.45):
        return
    post, kind, sector = loom.one_of(words.POSTS)
    stages = [(begun, "looking"), (begun + timedelta(days=12), "applied"), (begun + timedelta(days=20), "trial")]
    started, ended = begun + timedelta(days=20), begun + timedelta(days=20 + loom.dice.randint(15, 160))
    if loom.chance(0.8):
        stages.append((started + timedelta(days=7), "working"))
    over = ended < loom.today
    if over:
        stages.append((max(ended, stages[-1][0]), "ended"))
    loom_id = loom.add(
        Placement,
        begun,
        person_id=person_id,
        kind=kind,
        post=loom.say(post),
        partner_id=loom.one_of(house.partners),
        sector=sector,
        started_on=started if started <= loom.today else None,
        ended_on=stages[-1][0] if over else None,
        end_reason=loom.weighted((("completed", 4), ("taken_on", 3), ("own_choice", 2), ("pay", 1))) if over else None,
        check_in_on=None if over else loom.ago(-loom.dice.randint(3, 40)),
        project_id=loom.one_of(house.projects),
    )
    for since, stage in stages:
        if since <= loom.today:
            loom.add(StageSince, since, placement_id=loom_id, person_id=person_id, since=since, stage=stage)


def _todays_job(loom: Loom, house: House, job: Job, person_id: UUID) -> None:
    since = loom.ago(job.since)
    written = min(since, loom.today)
    check_in = loom.say(job.check_in_words) if job.check_in_words else VOCATIONAL
    job_id = loom.add(
        Placement,
        written,
        person_id=person_id,
        kind=job.kind,
        post=loom.say(job.post),
        partner_id=house.partners[job.partner] if job.partner is not None else None,
        sector=job.sector or None,
        started_on=since if job.stage in ("trial", "working") else None,
        check_in_on=loom.ago(job.check_in) if job.check_in is not None else None,
        check_in_words=check_in if job.check_in is not None else None,
        member_id=loom.colleagues.get(VOCATIONAL),
        project_id=house.projects[0],
    )
    stages: Sequence[tuple[int, str]] = [(job.since, job.stage)]
    if job.stage in ("trial", "working"):
        stages = [(max(job.since + 21, 10), "looking"), (max(job.since + 9, 4), "applied"), *stages]
    for days, stage in stages:
        on = loom.ago(days)
        loom.add(StageSince, min(on, loom.today), placement_id=job_id, person_id=person_id, since=on, stage=stage)


def _notes(loom: Loom, one: Sketch, person_id: UUID) -> None:
    last = min(one.until, loom.today)
    length = max(1, (last - one.registered).days)
    kinds = list(_NOTES) if one.part is not None else loom.some_of(list(_NOTES), 4)
    for kind in kinds:
        on = one.registered + timedelta(days=int(loom.dice.random() * length))
        attribute = TEXTS[Compartment(vocab.NOTE_KINDS.group(kind))]
        text = loom.say(loom.one_of(_NOTES[kind]))
        author = loom.colleagues.get(_AUTHORS.get(kind, ""))
        loom.add(Note, on, author, person_id=person_id, kind=kind, written_on=on, **{attribute: text})


def _appointments(loom: Loom, one: Sketch, person_id: UUID) -> None:
    from datetime import time

    me = loom.desk.me.id
    meetings = one.part.meetings if one.part else ()
    for meeting in meetings:
        member_id, place = _with(loom, meeting.who, meeting.place)
        loom.add(
            Appointment, loom.ago(4), person_id=person_id, kind=meeting.kind, on=loom.ago(meeting.days_ago),
            at=meeting.at, member_id=me if meeting.mine else member_id, state="planned",
            **in_room(meeting.place, place), **of_kind(meeting.kind),
        )  # fmt: skip
    if one.part and one.part.name in GROUP_OF_SIX:
        member_id, place = _with(loom, PSYCHOLOGIST, words.HALL)
        loom.add(
            Appointment, loom.ago(6), person_id=person_id, kind="group", on=loom.ago(-1), at=time(13, 0),
            member_id=member_id, words=loom.say(words.GROUP_SUBJECT), state="planned",
            meeting_id=THE_GROUP, **in_room(words.HALL, place), **of_kind("group"),
        )  # fmt: skip
    if loom.chance(0.5):
        on = loom.working_day(min(one.registered + timedelta(days=loom.dice.randint(5, 30)), loom.ago(1)))
        state = loom.weighted((("given", 8), ("not_attended", 1), ("moved", 1)))
        loom.add(
            Appointment, on, person_id=person_id, kind=loom.one_of(("talk", "clinic", "office")), on=on,
            at=time(loom.dice.randint(9, 16), loom.one_of((0, 30))), member_id=me, state=state,
        )  # fmt: skip


def _with(loom: Loom, who: str, place: str) -> tuple[UUID | None, str | None]:
    """Return the member who is there and the place; the place names whoever is no member."""
    member_id = loom.colleagues.get(who)
    words = loom.say(place) if place else ""
    return member_id, (words if member_id or not who else " · ".join(filter(None, (who, words)))) or None
