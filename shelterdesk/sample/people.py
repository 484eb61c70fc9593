"""Who comes when: the order of registration with codes, stays and re-admissions, before any story is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from shelterdesk.sample.cast import CAST, Resident
from shelterdesk.sample.names import ORIGINS, Origin
from shelterdesk.sample.rows import Loom

BACK_AGAIN = (
    *((330, 245), (310, 215), (290, 170), (275, 190), (250, 160), (235, 150), (215, 148)),
    *((120, 33), (95, 19), (40, 26), (60, 8), (130, 51), (160, 74), (38, 5)),
)
"""Days ago of second stays: arrival and leaving."""
_EARLY = 0.8
_FAMILY_AT = 4
_SHORTEST_STAY = 20


@dataclass
class Span:
    """A stay to be: its first night and the day of leaving, None while it lasts."""

    first: date
    until: date | None


@dataclass
class Sketch:
    """One person before her story is told."""

    registered: date
    gender: str
    age: int
    origin: Origin
    given: tuple[str, str]
    family: str
    part: Resident | None = None
    stays: list[Span] = field(default_factory=list[Span])
    role: str = ""
    """``mother`` or ``child`` in the invented family, else empty."""
    code: str = ""
    archived: bool = False

    @property
    def until(self) -> date:
        """The day the support ends, far ahead while it lasts."""
        ends = [span.until or date.max for span in self.stays]
        return max(ends, default=date.max)


def sketch_people(loom: Loom, residents: int) -> list[Sketch]:
    """Return *residents* people in the order they were registered, with their codes."""
    cast = [_of_cast(loom, part) for part in CAST[-residents:]] if residents < len(CAST) else None
    if cast is None:
        cast = [_of_cast(loom, part) for part in CAST]
    others = [_other(loom, place, residents - len(cast)) for place in range(residents - len(cast))]
    _make_family(others)
    _send_back(loom, others, many=residents > 5 * len(CAST))
    people = sorted((*others, *cast), key=lambda one: (one.registered, one.given, one.family))
    counters: Counter[int] = Counter()
    for one in people:
        counters[one.registered.year] += 1
        one.code = f"R-{one.registered.year}-{counters[one.registered.year]:03d}"
    closed = [one for one in people if one.part is None and one.stays and one.until < loom.ago(200)]
    for one in closed[:: max(1, len(closed) // 3)][:3] if len(closed) >= 3 else closed[:1]:
        one.archived = True
    return people


def last_numbers(people: list[Sketch]) -> dict[int, int]:
    """Return the last number used in each year."""
    return dict(Counter(one.registered.year for one in people))


def _of_cast(loom: Loom, part: Resident) -> Sketch:
    origin = next((one for one in ORIGINS if one.country == part.country), ORIGINS[0])
    arrived = loom.ago(part.arrived)
    return Sketch(
        arrived, part.gender, part.age, origin, (part.given, part.other), part.family, part, [Span(arrived, None)]
    )


def _other(loom: Loom, place: int, count: int) -> Sketch:
    span = loom.months * 30
    early, late = round(span * 0.99), min(145, span // 3)
    border = round(late + (early - late) * 0.45)
    if place < count * _EARLY:
        days = round(early - (early - border) * (place + loom.dice.random()) / max(1, count * _EARLY))
    else:
        days = loom.dice.randint(late, max(late, border - 1))
    registered = loom.working_day(loom.ago(days))
    gender = loom.weighted((("woman", 80), ("man", 17), ("trans_woman", 2), ("non_binary", 1)))
    age = loom.weighted(((loom.dice.randint(18, 55), 86), (loom.dice.randint(12, 17), 14)))
    origin = loom.weighted((one, one.weight) for one in ORIGINS)
    given = loom.one_of(origin.men if gender == "man" else origin.women)
    family = loom.one_of(origin.families)[1 if gender == "man" else 0]
    one = Sketch(registered, gender, age, origin, given, family)
    if loom.chance(0.8):
        length = loom.weighted(((loom.dice.randint(3, 30), 20), (loom.dice.randint(45, 150), 50), (200, 30)))
        one.stays.append(Span(registered, min(registered + timedelta(days=length), loom.ago(90))))
    return one


def _make_family(others: list[Sketch]) -> None:
    """Turn three people registered one after another into a mother and her two children, on file one by one."""
    if len(others) < _FAMILY_AT + 3:
        return
    mother, daughter, son = others[_FAMILY_AT : _FAMILY_AT + 3]
    home = ORIGINS[0]
    first = mother.registered
    mother.origin, mother.gender, mother.age, mother.role = home, "woman", 34, "mother"
    daughter.origin, daughter.gender, daughter.age, daughter.role = home, "woman", 9, "child"
    son.origin, son.gender, son.age, son.role = home, "man", 5, "child"
    mother.given, daughter.given, son.given = ("Gülər", ""), ("Nərgiz", ""), ("Elvin", "")
    mother.family, daughter.family, son.family = "Səmədova", "Səmədova", "Səmədov"
    for one in (mother, daughter, son):
        one.registered = first
        one.stays = [Span(first, first + timedelta(days=132))]


def _send_back(loom: Loom, others: list[Sketch], *, many: bool) -> None:
    spans = list(BACK_AGAIN)
    if many:
        spans += [
            (back, back - loom.dice.randint(3, 60)) for back in loom.dice.choices(range(70, 240), k=len(others) // 6)
        ]
    waiting = [one for one in others if one.stays and not one.role]
    for first, until in spans:
        arrives = loom.ago(first)
        for one in waiting:
            left = one.stays[-1].until
            if left is not None and (arrives - left).days >= _SHORTEST_STAY:
                one.stays.append(Span(arrives, loom.ago(until)))
                waiting.remove(one)
                break
