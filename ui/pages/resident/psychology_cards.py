"""One piece of psychological work: what it is about, its sessions, its goals, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from shelterdesk import episodes, formats, vocab
from shelterdesk.episodes import Episode, EpisodeGoal, Sessions
from shelterdesk.fields import CLOSED
from shelterdesk.i18n import _, ngettext
from shelterdesk.schema.base import declared
from ui.pages.resident.field_facts import fact_of
from ui.pages.resident.thread_card import ThreadAct, ThreadCard, since_words
from ui.seat import Seat
from ui.theme.tokens import Tone
from ui.widgets.chip import ChipText
from ui.widgets.facts import Fact
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words

_GOALS: Final = RowShape(height=36, inset=14, rule=True)
_CHIPS: Final[dict[str, tuple[Tone, str]]] = {
    "open": ("info", "circle-dot"),
    "partly": ("info", "circle-dot"),
    "reached": ("done", "check"),
    "put_aside": ("neutral", "circle"),
}
_IN_THE_TITLE: Final = frozenset({"begun_on", "ended_on", "member_id"})


class EpisodeCard(ThreadCard):
    """What is asked for about a row names the goal by its id."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(
            seat,
            sealed=_("What is said in psychological work is sealed. Who does this work holds the key."),
            acts=(
                ThreadAct("new_goal", _("Add a goal"), "plus", "G"),
                ThreadAct("edit", _("Edit"), "pencil", "E"),
                ThreadAct("end", _("End it"), "check"),
                ThreadAct("reopen", _("It goes on"), "undo-2"),
            ),
            hint=_("On a goal: {letter}"),
        )
        self.setObjectName("episode")
        self.goals: list[EpisodeGoal] = []
        self.lead.setObjectName("sessions")
        self.sealed.setObjectName("psychology_sealed")
        self.goal_words = Words(_("Goals"), "group")
        self.no_goals = Words(_("No goal yet. One in her own words is enough to begin with."), tone="muted", wrap=True)
        self.rows = RowList(_("Goals"), _GOALS)
        self.rows.setObjectName("goals")
        self.rows.opened.connect(lambda key: self.wanted.emit("edit_goal", key))
        self.rows.marked.connect(lambda key: self.wanted.emit("mark_goal", key))
        self.rows.typed.connect(self.type_on_row)
        self.add(self.goal_words, above=12)
        self.add(self.no_goals, above=4)
        self.add(self.rows, inset=1, above=4)
        self.end(8)

    def show_episode(self, episode: Episode, sessions: Sessions | None, goals: Sequence[EpisodeGoal]) -> None:
        """Show an episode with what belongs to it."""
        desk = self.seat.desk
        self.goals = list(goals)
        reads, writes = episodes.can_read(desk), episodes.may_work(desk)
        self.set_title(_("Psychological work"))
        self.set_aside(with_whom(episode, self.seat))
        self.show_lead(session_words(sessions, self.seat) if sessions is not None else "")
        self.sealed.setVisible(not reads)
        self.facts.set_facts(self._facts(episode) if reads else [])
        self.facts.setVisible(reads)
        self.rows.set_rows([self._goal(one) for one in goals] if reads else [])
        self.rows.setVisible(reads and bool(goals))
        self.goal_words.setVisible(reads)
        self.no_goals.setVisible(reads and not goals)
        self.show_acts(
            {
                "new_goal": writes and episode.is_open,
                "edit": writes,
                "end": writes and episode.is_open,
                "reopen": writes and not episode.is_open,
            }
        )

    def go_to(self, key: Any) -> None:
        self.rows.go_to(key)
        self.rows.setFocus()

    def goal(self, goal_id: Any) -> EpisodeGoal | None:
        """Return one of the goals shown."""
        return next((one for one in self.goals if one.id == goal_id), None)

    def _facts(self, episode: Episode) -> list[Fact]:
        found: list[Fact] = []
        for field in self.seat.desk.fields(Episode):
            if field.attribute in _IN_THE_TITLE or field.read(episode) in (None, "", frozenset()):
                continue
            fact = fact_of(field, episode, self.seat)
            if fact is not None:
                found.append(fact)
        return found

    def _goal(self, one: EpisodeGoal) -> Row:
        words = declared(EpisodeGoal, "words").read(one)
        tone, icon = _CHIPS.get(one.state, ("neutral", "circle"))
        return Row(
            self.seat.masked(str(words)) if words and words is not CLOSED else _("Goal"),
            one.id,
            icon="flag" if one.state in ("open", "partly") else "check",
            trailing=formats.day(one.state_on, style="short") if one.state_on else "",
            chip=ChipText(vocab.EPISODE_GOAL_STATES.label(one.state), tone, icon),
            quiet=one.state in ("reached", "put_aside"),
            sensitive=True,
            lines=3,
        )


def episode_row(one: Episode, sessions: Sessions | None, seat: Seat, *, shown: bool) -> Row:
    """Return an episode as a row: since when, with whom, how many sessions, how it ended."""
    return Row(
        with_whom(one, seat),
        one.id,
        icon="message-square-text",
        icon_tint="accent" if one.is_open else "muted",
        trailing=ngettext("{n} session", "{n} sessions", sessions.given) if sessions is not None else "",
        chip=_standing(one),
        strong=shown,
        quiet=not one.is_open,
    )


def with_whom(one: Episode, seat: Seat) -> str:
    """Return since when and with whom: «since 3 Sep 2026, Aygün M.»."""
    who = seat.names("member").get(one.member_id, "") if one.member_id is not None else ""
    return ", ".join(filter(None, (since_words(one.begun_on, one.ended_on), who)))


def session_words(sessions: Sessions, seat: Seat) -> str:
    """Return how many sessions there were and when the next one is."""
    given = ngettext("{n} session given", "{n} sessions given", sessions.given)
    parts = [given if sessions.given else _("No session given yet")]
    if sessions.missed:
        parts.append(ngettext("{n} not attended", "{n} not attended", sessions.missed))
    if sessions.planned:
        parts.append(ngettext("{n} planned", "{n} planned", sessions.planned))
    if sessions.next_on is not None:
        day = formats.relative_day(sessions.next_on, seat.desk.today())
        parts.append(_("next: {day}").format(day=day[:1].lower() + day[1:]))
    elif sessions.last_on is not None:
        parts.append(_("last: {day}").format(day=formats.day(sessions.last_on, style="short")))
    return " · ".join(parts)


def _standing(one: Episode) -> ChipText:
    if one.is_open:
        return ChipText(_("Goes on"), "info", "circle-dot")
    reached = one.how_ended == "goals_reached"
    words = vocab.EPISODE_ENDINGS.label(one.how_ended) if one.how_ended else _("Ended")
    return ChipText(words, "done" if reached else "neutral", "check" if reached else "circle")
