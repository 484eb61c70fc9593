"""Psychological work on paper for the file: what it was about, sessions, goals, and scales over time.

It stays in the house, with those who hold the key, and stands on none of her own papers. Answers one by one are left
out unless they are chosen.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shelterdesk import episodes, formats, instruments, screenings, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    Aside,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Side,
    Table,
    Tone,
)
from shelterdesk.documents.confidential import FOR_WHO_HOLDS_THE_KEY, code_box, confidential
from shelterdesk.documents.rest_lines import rest_lines
from shelterdesk.episodes import Episode, EpisodeGoal, Sessions
from shelterdesk.errors import NotAllowed
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.instruments import said
from shelterdesk.members import colleagues
from shelterdesk.person_reading import read_person
from shelterdesk.printed import log_paper
from shelterdesk.reach import require_reach
from shelterdesk.schema.base import declared, text_of
from shelterdesk.screenings import Score

PAPER: Final = "psychology"
"""What the log calls the paper."""
_OF_EPISODE: Final = frozenset({"begun_on", "ended_on", "member_id", "how_ended"})
_OF_SCREENING: Final = frozenset({"scale", "held_on", "member_id", "answers", "total", "words"})
_HELP: Final = N_("A total is a help for talking and no diagnosis.")


def psychology_paper(
    desk: Desk, person_id: UUID, language: str, *, scales: bool = True, answers: bool = False
) -> Document:
    """Return the paper; *answers* adds each answer. Raises NotAllowed, RecordClosed, NeedsReason."""
    _require(desk)
    person = read_person(desk, person_id)
    staff = {who.id: who.with_role(language) for who in colleagues(desk, former=True)}
    found = episodes.episodes_of(desk, person_id)
    sessions = episodes.sessions_of(desk, found)
    goals = episodes.goals_of(desk, person_id)
    blocks: list[Block] = []
    for one in found:
        hers = [goal for goal in goals if goal.episode_id == one.id]
        blocks += _episode(desk, one, sessions[one.id], hers, staff, language)
    if scales:
        blocks += _scales(desk, screenings.scores_of(desk, person_id), staff, language, answers=answers)
    day = formats.day(desk.today(), language)
    return Document(
        title=text(N_("Psychological work"), language),
        language=language,
        file_name=PAPER,
        key=code_box(person.code, language),
        blocks=tuple(blocks) or (Paragraph(text(N_("Nothing is put down."), language)),),
        foot=confidential(FOR_WHO_HOLDS_THE_KEY, language, person.code, day),
    )


def note_psychology(desk: Desk, person_id: UUID, *, how: str) -> None:
    """Log that the paper leaves the program; *how* is ``print``, ``pdf`` or ``docx``."""
    _require(desk)
    require_reach(desk, person_id)
    log_paper(desk, PAPER, how=how, about=person_id)


def _require(desk: Desk) -> None:
    require(desk, Right.SEE_RECORDS)
    if not episodes.can_read(desk):
        raise NotAllowed(N_("Psychological work is only printed by people who hold its key."))


def _episode(
    desk: Desk, one: Episode, sessions: Sessions, goals: list[EpisodeGoal], staff: dict[UUID, str], language: str
) -> list[Block]:
    span = (
        formats.span(one.begun_on, one.ended_on, language)
        if one.ended_on is not None
        else text(N_("since {day}"), language, day=formats.day(one.begun_on, language))
    )
    who = staff.get(one.member_id, "") if one.member_id is not None else ""
    blocks: list[Block] = [Heading(" · ".join(filter(None, (span, who))))]
    said_so = [ngettext("{n} session given", "{n} sessions given", sessions.given, language)]
    if sessions.missed:
        said_so.append(ngettext("{n} not attended", "{n} not attended", sessions.missed, language))
    if sessions.planned:
        said_so.append(ngettext("{n} planned", "{n} planned", sessions.planned, language))
    blocks.append(Paragraph(" · ".join(said_so)))
    blocks += rest_lines(desk, one, _OF_EPISODE, language)
    if one.how_ended:
        ended = vocab.EPISODE_ENDINGS.label(one.how_ended, language)
        blocks.append(Aside(text(declared(Episode, "how_ended").label, language), ended))
    if goals:
        blocks.append(_goals(goals, language))
    return blocks


def _goals(goals: list[EpisodeGoal], language: str) -> Table:
    words = declared(EpisodeGoal, "words")
    return Table(
        (
            Column(text(N_("Goal"), language), 90),
            Column(text(N_("How it stands"), language), 40),
            Column(text(N_("Stood so on"), language), 28),
        ),
        tuple(
            Row(
                (
                    words.show(words.read(one), language),
                    vocab.EPISODE_GOAL_STATES.label(one.state, language),
                    formats.day(one.state_on, language, style="short") if one.state_on else "",
                )
            )
            for one in goals
        ),
    )


def _scales(desk: Desk, scores: list[Score], staff: dict[UUID, str], language: str, *, answers: bool) -> list[Block]:
    if not scores:
        return []
    by_scale: dict[str, list[Score]] = {}
    for one in reversed(scores):
        by_scale.setdefault(one.screening.scale, []).append(one)
    rows: list[Row] = []
    for of_scale in by_scale.values():
        rows.append(Row((_title(of_scale[0], language), "", "", ""), RowKind.GROUP))
        rows += [_score(one, staff, language) for one in of_scale]
    columns = (
        Column(text(N_("Asked on"), language), 30),
        Column(text(N_("Total"), language), 24, Side.RIGHT),
        Column(text(N_("What it is called"), language), 50),
        Column(text(N_("Asked by"), language), 50),
    )
    blocks: list[Block] = [Heading(text(N_("Scales over time"), language)), Table(columns, tuple(rows))]
    blocks.append(Paragraph(text(_HELP, language), Tone.SMALL))
    for one in reversed(scores):
        blocks += _said(desk, one, language, answers=answers)
    return blocks


def _score(one: Score, staff: dict[UUID, str], language: str) -> Row:
    total = "–" if one.total is None else formats.number(one.total, language)
    if one.total is not None and one.scale is not None:
        highest = formats.number(one.scale.instrument.highest, language)
        total = text(N_("{total} of {highest}"), language, total=total, highest=highest)
    by = staff.get(one.screening.member_id, "") if one.screening.member_id is not None else ""
    return Row((formats.day(one.screening.held_on, language, style="short"), total, one.band_words(language), by))


def _said(desk: Desk, one: Score, language: str, *, answers: bool) -> list[Block]:
    """Return what she said beside one scale, and each answer where that is wanted."""
    words = text_of(one.screening, "words")
    said_so: list[Block] = [*rest_lines(desk, one.screening, _OF_SCREENING, language)]
    if words:
        said_so.insert(0, Paragraph(words))
    if answers and one.scale is not None and one.answers:
        said_so.append(_answers(one, language))
    if not said_so:
        return []
    day = formats.day(one.screening.held_on, language)
    return [Heading(f"{day} · {_title(one, language)}", 3), *said_so]


def _answers(one: Score, language: str) -> Table:
    assert one.scale is not None
    items = one.scale.instrument.asked(one.answers)
    return Table(
        (Column(text(N_("Question"), language), 110), Column(text(N_("Answer"), language), 50)),
        tuple(
            Row(
                (
                    said(item.words, language),
                    instruments.answer_words(item, one.answers[item.id], language) if item.id in one.answers else "–",
                )
            )
            for item in items
        ),
    )


def _title(one: Score, language: str) -> str:
    if one.scale is not None and one.scale.own:
        return one.scale.title(language)
    return vocab.SCREENING_SCALES.label(one.screening.scale, language)
