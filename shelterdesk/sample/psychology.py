"""Psychological work in the house of the demo: five episodes, and scales over time for three of those people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shelterdesk.episodes import Episode, EpisodeGoal
from shelterdesk.i18n import N_
from shelterdesk.instruments import spell
from shelterdesk.sample.names import PSYCHOLOGIST
from shelterdesk.sample.rows import Loom
from shelterdesk.scales import scale_of
from shelterdesk.screenings import Screening


@dataclass(frozen=True)
class _Goal:
    """Words, how it stands, and since how many days."""

    words: str
    state: str
    days: int


@dataclass(frozen=True)
class _Work:
    """One episode: begun and ended so many days ago."""

    name: str
    begun: int
    about: str
    agreed: str
    goals: tuple[_Goal, ...]
    scales: tuple[str, ...] = ()
    ended: int | None = None
    how: str | None = None
    ending: str = ""


_EVERY_WEEK: Final = N_("Once a week, an hour. Nobody hears of it unless she is in danger.")
_WORK: Final = (
    _Work(
        "Aysel M.",
        40,
        N_("Sleeps four hours and does not go near the bus station. Wants to travel to work alone."),
        _EVERY_WEEK,
        (
            _Goal(N_("I sleep six hours in most nights"), "reached", 9),
            _Goal(N_("I take the bus to the workshop alone"), "partly", 4),
            _Goal(N_("I can say no to my brother on the phone"), "open", 26),
        ),
        ("phq9", "gad7"),
    ),
    _Work(
        "Iryna",
        130,
        N_("Nightmares, and a startle at every door. She wanted to be calm for her new job."),
        _EVERY_WEEK,
        (
            _Goal(N_("The door may bang and I go on with what I do"), "reached", 44),
            _Goal(N_("Two evenings a week that are mine"), "reached", 33),
        ),
        ("gad7",),
        ended=30,
        how="goals_reached",
        ending=N_("She knows what helps her, and whom to call if it comes back."),
    ),
    _Work(
        "Olha K.",
        66,
        N_("Grief for her grandmother, whom she could not see again."),
        N_("Every two weeks, with the interpreter she chose."),
        (_Goal(N_("I write her the letter I could not send"), "open", 52),),
    ),
    _Work(
        "Nərmin",
        50,
        N_("She came because her sister asked her to."),
        N_("Three talks, then she decides whether she wants more."),
        (),
        ended=28,
        how="did_not_want",
        ending=N_("She may come back at any time, without giving a reason."),
    ),
    _Work(
        "Jun R.",
        9,
        N_("Freezes when somebody raises his voice. Does not want to talk about the journey yet."),
        N_("Short, in the garden, with tea. She says when it is enough."),
        (_Goal(N_("I find a place in the house where I am calm"), "open", 8),),
        ("pcptsd5",),
    ),
)
# By name: scale, days ago, answers in the order of the questions, words.
_ASKED: Final[tuple[tuple[str, str, int, tuple[int, ...], str], ...]] = (
    ("Aysel M.", "phq9", 39, (2, 2, 3, 3, 1, 2, 2, 1, 0, 2), N_("Worst on Sundays, when the house is quiet.")),
    ("Aysel M.", "gad7", 39, (3, 2, 3, 2, 1, 1, 3), ""),
    ("Aysel M.", "phq9", 25, (2, 1, 2, 2, 1, 2, 1, 1, 0, 1), ""),
    ("Aysel M.", "phq9", 11, (1, 1, 2, 1, 1, 1, 1, 0, 0, 1), ""),
    ("Aysel M.", "gad7", 11, (2, 1, 2, 1, 1, 0, 2), ""),
    ("Aysel M.", "phq9", 3, (1, 1, 1, 1, 0, 1, 1, 0, 0, 0), N_("«I laughed at work.»")),
    ("Iryna", "gad7", 128, (2, 2, 2, 3, 2, 1, 3), ""),
    ("Iryna", "gad7", 95, (2, 1, 2, 2, 1, 1, 2), ""),
    ("Iryna", "gad7", 62, (1, 1, 1, 1, 1, 1, 1), ""),
    ("Iryna", "gad7", 31, (1, 0, 1, 1, 0, 0, 1), N_("She asked to keep the sheet with the four numbers.")),
    ("Jun R.", "pcptsd5", 8, (1, 1, 1, 1, 0, 0), N_("Asked in her language, with the interpreter.")),
)


def tell_psychology(loom: Loom, named: Mapping[str, UUID]) -> None:
    """Add the work to those who live here, by their *named* ids. It comes last, so that nothing else changes."""
    who = loom.colleagues.get(PSYCHOLOGIST, loom.desk.me.id)
    for work in _WORK:
        if work.name in named:
            _tell(loom, work, named[work.name], who)
    for name, code, days, scores, words in _ASKED:
        scale = scale_of(loom.desk, code)
        if name not in named or scale is None:
            continue
        instrument, on = scale.instrument, loom.ago(days)
        answers: dict[str, int | None] = {item.id: score for item, score in zip(instrument.items, scores, strict=True)}
        loom.add(
            Screening,
            on,
            who,
            person_id=named[name],
            scale=code,
            held_on=on,
            member_id=who,
            answers=spell(instrument, answers),
            total=instrument.total(answers),
            words=loom.say(words) if words else None,
        )


def _tell(loom: Loom, work: _Work, person_id: UUID, who: UUID) -> None:
    begun = loom.ago(work.begun)
    episode = loom.add(
        Episode,
        begun,
        who,
        person_id=person_id,
        begun_on=begun,
        member_id=who,
        about=loom.say(work.about),
        agreed=loom.say(work.agreed),
        scales=frozenset(work.scales),
        ended_on=None if work.ended is None else loom.ago(work.ended),
        how_ended=work.how,
        ending=loom.say(work.ending) if work.ending else None,
    )
    for goal in work.goals:
        loom.add(
            EpisodeGoal,
            begun,
            who,
            person_id=person_id,
            episode_id=episode,
            words=loom.say(goal.words),
            state=goal.state,
            state_on=loom.ago(goal.days),
        )
