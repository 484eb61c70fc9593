"""Acts and readings of psychological work: each with a way to try it and the roles that may."""

from __future__ import annotations

from shelterdesk import episodes, scales, screenings
from shelterdesk.access import Role
from shelterdesk.documents import psychology_paper
from tests.core.access_stock import READERS, Try

_WORKS = {Role.PSYCHOLOGIST}
"""Case work alone is not enough: it takes the key."""

WRITES_OF_PSYCHOLOGY: dict[str, tuple[Try, set[Role]]] = {
    "episodes.record_episode": (lambda d, s: episodes.record_episode(d, s.person.id), _WORKS),
    "episodes.change_episode": (lambda d, s: episodes.change_episode(d, s.episode, about="y"), _WORKS),
    "episodes.archive_episode": (lambda d, s: episodes.archive_episode(d, s.episode.id), _WORKS),
    "episodes.add_goal": (lambda d, s: episodes.add_goal(d, s.episode, words="y"), _WORKS),
    "episodes.change_goal": (lambda d, s: episodes.change_goal(d, s.goal, state="partly"), _WORKS),
    "episodes.archive_goal": (lambda d, s: episodes.archive_goal(d, s.goal.id), _WORKS),
    "screenings.record_screening": (
        lambda d, s: screenings.record_screening(d, s.person.id, scale="gad7", total=5),
        _WORKS,
    ),
    "screenings.change_screening": (lambda d, s: screenings.change_screening(d, s.screening, words="y"), _WORKS),
    "screenings.archive_screening": (lambda d, s: screenings.archive_screening(d, s.screening.id), _WORKS),
    "scales.use_scale": (
        lambda d, _s: scales.use_scale(d, "pcl5", in_use=False),
        {Role.PSYCHOLOGIST, Role.DIRECTOR, Role.ADMINISTRATOR},
    ),
    "psychology_paper.note_psychology": (
        lambda d, s: psychology_paper.note_psychology(d, s.person.id, how="print"),
        _WORKS,
    ),
}
READS_OF_PSYCHOLOGY: dict[str, tuple[Try, set[Role]]] = {
    "episodes.episodes_of": (lambda d, s: episodes.episodes_of(d, s.person.id), READERS),
    "episodes.goals_of": (lambda d, s: episodes.goals_of(d, s.person.id), READERS),
    "episodes.sessions_of": (lambda d, s: episodes.sessions_of(d, [s.episode]), READERS),
    "screenings.screenings_of": (lambda d, s: screenings.screenings_of(d, s.person.id), READERS),
    "screenings.scores_of": (lambda d, s: screenings.scores_of(d, s.person.id), READERS),
}
