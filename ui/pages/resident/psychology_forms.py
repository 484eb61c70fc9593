"""Forms of «Psychology»: an episode, its end, a goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from shelterdesk import episodes
from shelterdesk.episodes import Episode, EpisodeGoal
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, _
from ui.forms.chosen import StaffEditor
from ui.forms.editors import Editor
from ui.forms.inline_form import InlineForm
from ui.forms.part_form import PartForm
from ui.forms.record_form import RecordForm
from ui.forms.screening_form import EXTRA as OF_SCREENINGS
from ui.seat import Seat

OF_EPISODE: Final = Field(
    "episode_goal.of_episode", N_("Psychological work"), Kind.LINK, "episode_id", target="episode"
)
EXTRA: Final = (OF_EPISODE, *OF_SCREENINGS)
"""What the forms of the section ask beyond their columns; drafts are read with it."""
_END: Final = ("ended_on", "how_ended", "ending")
_BEGIN: Final = ("begun_on", "member_id", "about", "agreed", "scales")
_WIDTH: Final = 320


class EpisodeForm(RecordForm):
    """What an episode is about; one that has ended also says how, and ending one asks for that alone."""

    def __init__(self, seat: Seat, attributes: Sequence[str], elsewhere: Sequence[str]) -> None:
        super().__init__(seat, Episode, attributes, headings=False, elsewhere=elsewhere)

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "member_id":
            return StaffEditor(field, self.seat, _("Nobody"), width=_WIDTH)
        return super().make_editor(field)


def episode_form(seat: Seat, person_id: UUID, episode: Episode | None = None) -> InlineForm:
    """Return the form of an episode, new or standing."""
    desk = seat.desk
    going_on = episode is None or episode.is_open
    form = EpisodeForm(seat, _BEGIN if going_on else (*_BEGIN, *_END), _END if going_on else ())
    form.person_id = person_id
    if episode is None:
        form.load_values({"begun_on": desk.today(), "member_id": desk.me.id})
    else:
        form.load(episode, person_id)

    def store(form: RecordForm) -> Any:
        if episode is None:
            return episodes.record_episode(desk, person_id, record_id=form.target_id, **form.values())
        return episodes.change_episode(desk, episode, **form.changed_values())

    return InlineForm(seat, form, _("Save"), store, title=_("Psychological work"))


def end_form(seat: Seat, episode: Episode) -> InlineForm:
    """Return the form that ends an episode."""
    desk = seat.desk
    form = EpisodeForm(seat, _END, tuple(field.attribute for field in Episode.declared))
    form.load(episode, episode.person_id)
    form.load_values({"ended_on": desk.today()})

    def store(form: RecordForm) -> Any:
        return episodes.change_episode(desk, episode, **form.values())

    return InlineForm(seat, form, _("End it"), store, title=_("How it ended"))


def goal_form(seat: Seat, episode: Episode, goal: EpisodeGoal | None = None) -> InlineForm:
    """Return the form of a goal, new or standing."""
    desk = seat.desk
    attributes = ("words", "state", "state_on")
    form = PartForm(seat, EpisodeGoal, attributes, OF_EPISODE, episode.id, _("Psychological work"))
    form.person_id = episode.person_id
    if goal is None:
        form.load_values({"state": "open", "state_on": desk.today()})
    else:
        form.load(goal, episode.person_id)

    def store(form: RecordForm) -> Any:
        if goal is None:
            return episodes.add_goal(desk, episode, record_id=form.target_id, **form.values())
        return episodes.change_goal(desk, goal, **form.changed_values())

    return InlineForm(seat, form, _("Save goal"), store, title=_("Goal"))
