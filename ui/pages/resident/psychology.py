"""Psychology: the work that goes on with somebody, its goals and sessions, and scales over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QMenu, QWidget

from shelterdesk import episodes, scales, screenings
from shelterdesk.drafts import Draft
from shelterdesk.episodes import Episode, EpisodeGoal, Sessions
from shelterdesk.i18n import _
from shelterdesk.instruments import said
from shelterdesk.screenings import Screening
from ui.dialogs.print_psychology import PrintPsychologyDialog
from ui.forms.inline_form import InlineForm
from ui.forms.screening_form import ScreeningForm, screening_form
from ui.pages.resident.editing import Act, take_out
from ui.pages.resident.psychology_cards import EpisodeCard, episode_row
from ui.pages.resident.psychology_forms import EXTRA, OF_EPISODE, end_form, episode_form, goal_form
from ui.pages.resident.psychology_scores import ScalesCard
from ui.pages.resident.threads import ThreadsSection
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.rows import Row


class PsychologySection(ThreadsSection):
    """The episode that goes on stands open; others are a row each. Scales stand below."""

    extra = EXTRA
    asked_at_first = "begun_on"
    thread_card: EpisodeCard

    def __init__(self, seat: Seat) -> None:
        super().__init__(
            seat,
            _("Psychology"),
            EpisodeCard(seat),
            begin=_("Begin"),
            icon="message-square-text",
            nothing=_("No psychological work is put down. It keeps goals, sessions and scales together."),
            may_write=episodes.may_work(seat.desk),
        )
        self.episodes: Sequence[Episode] = ()
        self.goals: list[EpisodeGoal] = []
        self._sessions: dict[UUID, Sessions] = {}
        self._reads = episodes.can_read(seat.desk)
        self.print_button.setObjectName("print_psychology_button")
        self.new_button.setObjectName("begin_episode")
        self.new_button.setToolTip(_("Begin psychological work"))
        self.rows.setObjectName("episodes")
        self.rows.setAccessibleName(_("Psychological work"))
        self.scale_button = Button(_("Ask a scale"), "list-checks")
        self.scale_button.setObjectName("ask_scale")
        self.scale_button.clicked.connect(self.choose_scale)
        for button in (self.print_button, self.scale_button, self.new_button):
            self.add_act(button)
        self.scale_button.setVisible(self.writes)
        self.new_button.setVisible(self.writes)
        self.scales = ScalesCard(seat, may_write=self.writes)
        self.scales.edit_wanted.connect(self.edit_screening)
        self.scales.off_wanted.connect(self.take_off_screening)
        for card in (self.top_card, self.empty_card, self.list_card, self.thread_card, self.scales):
            self.content.addWidget(card)

    # --- reading ---------------------------------------------------------------------------------------------------

    def read(self, person_id: UUID) -> Sequence[Episode]:
        desk = self.seat.desk
        self.episodes = episodes.episodes_of(desk, person_id)
        self._sessions = episodes.sessions_of(desk, self.episodes)
        self.goals = episodes.goals_of(desk, person_id) if self._reads else []
        if self._reads:
            self.scales.show_scores(screenings.scores_of(desk, person_id))
        self.print_button.setVisible(self._reads and bool(self.episodes or self.scales.scores))
        return self.episodes

    def make_rows(self) -> list[Row]:
        return [
            episode_row(one, self._sessions.get(one.id), self.seat, shown=one.id == self.chosen)
            for one in self.episodes
        ]

    def show_chosen(self) -> None:
        self.list_card.setVisible(len(self.episodes) > 1)
        # Who does not read it learns nothing from an empty card either.
        asking = self.editor is not None and isinstance(self.editor.form, ScreeningForm)
        self.scales.setVisible(self._reads and bool(self.episodes or self.scales.scores or asking))
        shown = self.episode()
        if shown is not None:
            goals = [one for one in self.goals if one.episode_id == shown.id]
            self.thread_card.show_episode(shown, self._sessions.get(shown.id), goals)

    def episode(self) -> Episode | None:
        """Return the episode that is looked at."""
        return next((one for one in self.episodes if one.id == self.chosen), None)

    def _writable(self) -> Episode | None:
        """Return the episode that is looked at, for who may write it."""
        return self.episode() if self.writes else None

    # --- episodes --------------------------------------------------------------------------------------------------

    def add(self, draft: Draft | None = None) -> None:
        if self.head is not None and self.writes:
            made = episode_form(self.seat, self.head.person_id)
            self.open_at_top(self.telling_new(made, _("Saved"), episodes.archive_episode), draft)

    def edit(self, draft: Draft | None = None) -> None:
        shown, desk = self._writable(), self.seat.desk
        if shown is None:
            return
        made = episode_form(self.seat, shown.person_id, shown)
        editor = self.telling_change(made, _("Saved"), episodes.change_episode, shown)
        self.offer_taking_off(
            editor,
            _("The psychological work is taken off"),
            lambda off: episodes.archive_episode(desk, shown.id, archived=off),
        )
        self.open_in_card(editor, draft)

    def end(self, draft: Draft | None = None) -> None:
        shown = self._writable()
        if shown is not None:
            made = end_form(self.seat, shown)
            self.open_in_card(self.telling_change(made, _("It has ended"), episodes.change_episode, shown), draft)

    def reopen(self) -> None:
        shown = self._writable()
        if shown is not None:
            self.change_now(_("It goes on"), episodes.change_episode, shown, ended_on=None, how_ended=None)

    # --- goals -----------------------------------------------------------------------------------------------------

    def edit_goal(self, goal_id: UUID | None = None, draft: Draft | None = None) -> None:
        """Open the form of a new goal, or of one that stands."""
        shown, desk, words = self._writable(), self.seat.desk, _("Goal saved")
        if shown is None:
            return
        goal = self.thread_card.goal(goal_id)
        editor = goal_form(self.seat, shown, goal)
        if goal is None:
            self.telling_new(editor, words, episodes.archive_goal)
        else:
            self.telling_change(editor, words, episodes.change_goal, goal)
            self.offer_taking_off(
                editor,
                _("The goal is taken off"),
                lambda off: episodes.archive_goal(desk, goal.id, archived=off),
            )
        self.open_in_card(editor, draft)

    def mark_goal(self, goal_id: Any) -> None:
        """Say that a goal is reached, or that it is worked on again; the banner takes that back."""
        goal = self.thread_card.goal(goal_id)
        if goal is None or not self.writes:
            return
        state = "open" if goal.state == "reached" else "reached"
        words = _("Goal reached") if state == "reached" else _("Worked on again")
        self.change_now(words, episodes.change_goal, goal, state=state, state_on=self.seat.desk.today())

    # --- scales ----------------------------------------------------------------------------------------------------

    def choose_scale(self) -> None:
        """Ask which scale it is; those that were agreed stand first."""
        offered = scales.offered(self.seat.desk)
        shown = self.episode()
        agreed = shown.scales if shown is not None else frozenset()
        menu = QMenu(self.scale_button)
        for one in sorted(offered, key=lambda one: one.code not in agreed):
            words = _("{title}: {about}").format(title=one.title(), about=said(one.instrument.about))
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, code=one.code: self.ask(code))
        menu.popup(self.scale_button.mapToGlobal(self.scale_button.rect().bottomLeft()))

    def ask(self, code: str = "", draft: Draft | None = None) -> None:
        """Open the questions of a scale."""
        if self.head is None or not self.writes:
            return
        shown = self.episode()
        agreed = [one.code for one in scales.offered(self.seat.desk) if shown is not None and one.code in shown.scales]
        scale = code or next(iter(agreed), "")
        self._open_screening(screening_form(self.seat, self.head.person_id, scale=scale), None, draft)

    def edit_screening(self, screening_id: Any, draft: Draft | None = None) -> None:
        """Correct the answers of one day."""
        score = self.scales.score(screening_id)
        if score is not None and self.writes:
            self.scales.table.close_editor()
            one = score.screening
            self._open_screening(screening_form(self.seat, one.person_id, one), one, draft)

    def take_off_screening(self, screening_id: Any) -> None:
        """Take a scale that was written down by mistake off; the banner puts it back."""
        desk = self.seat.desk
        self.scales.table.close_editor()
        self.take_off(
            _("The scale is taken off"),
            lambda off: screenings.archive_screening(desk, screening_id, archived=off),
        )

    def _open_screening(self, editor: InlineForm, one: Screening | None, draft: Draft | None) -> None:
        desk, form = self.seat.desk, editor.form
        assert isinstance(form, ScreeningForm)
        kept = ("held_on", "member_id", "answers", "total", "words")
        before = {name: getattr(one, name) for name in kept} if one is not None else {}

        def take_back(saved: Screening) -> None:
            if one is None:
                screenings.archive_screening(desk, saved.id)
            else:
                screenings.change_screening(desk, saved, **before)

        self.telling(editor, _("Scale saved"), lambda saved: form.flags.undo_with(lambda: take_back(saved))())

        def place() -> None:
            self.scales.take(editor)
            self.scales.show()
            self.empty_card.hide()

        self.open_editor(editor, place, lambda: take_out(self.scales.place, editor), draft)

    def first_seen(self, editor: InlineForm) -> QWidget:
        form = editor.form
        if isinstance(form, ScreeningForm) and form.answers.questions.rows:
            # The keyboard begins at the first question; all of them together are too many to be seen.
            return form.answers.questions.rows[0]
        return super().first_seen(editor)

    # --- what a row, a key or the record asks for ------------------------------------------------------------------

    def acts_on(self, about: Any) -> dict[str, Act]:
        return {
            "new_goal": self.edit_goal,
            "edit_goal": lambda: self.edit_goal(about),
            "mark_goal": lambda: self.mark_goal(about),
        }

    def print_threads(self) -> None:
        if self.head is not None and self._reads:
            PrintPsychologyDialog(self.seat, self.head.person_id, self).open()

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"ask_scale": self.choose_scale} if self.writes else {}
        if self.scales.table.editor() is not None and self.editor is None:
            found["cancel"] = self.scales.table.close_editor
        return found | super().commands()

    def begins(self) -> dict[str, Callable[[UUID | None], object]]:
        return {
            "new_episode": lambda _about: self.add(),
            "new_goal": lambda _about: self.edit_goal(),
            "new_screening": lambda _about: self.ask(),
        }

    def go_on(self, draft: Draft) -> None:
        if draft.record == Episode.__tablename__:
            self.go_on_with_thread(draft)
        elif draft.record == EpisodeGoal.__tablename__:
            goals = {one.id: one.episode_id for one in self.goals}
            self.go_on_with_part(draft, goals, OF_EPISODE, self.edit_goal)
        elif self.scales.score(draft.target_id) is not None:
            self.edit_screening(draft.target_id, draft)
        elif draft.record == Screening.__tablename__:
            self.ask(draft=draft)
