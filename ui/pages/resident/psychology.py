"""Psychology: the work that goes on with somebody, its goals and sessions, and scales over time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout

from shelterdesk import drafts, episodes, scales, screenings
from shelterdesk.drafts import Draft
from shelterdesk.episodes import Episode, EpisodeGoal
from shelterdesk.i18n import _, ngettext
from shelterdesk.instruments import said
from shelterdesk.screenings import Screening
from ui.dialogs.print_psychology import PrintPsychologyDialog
from ui.draft_places import CONTINUE, draft_for
from ui.forms.inline_form import InlineForm
from ui.forms.screening_form import ScreeningForm, screening_form
from ui.pages.resident.editing import EditingSection, standing, take_out
from ui.pages.resident.psychology_cards import EpisodeCard, episode_row, episode_with
from ui.pages.resident.psychology_forms import EXTRA, end_form, episode_form, goal_form
from ui.pages.resident.psychology_scores import ScalesCard
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import bring_into_view
from ui.widgets.rows import RowList, RowShape

_LAID_OUT: Final = 60
"""Milliseconds after which a form of many lines stands where it stays."""
_EPISODES: Final = RowShape(height=38, inset=14, rule=True)


class PsychologySection(EditingSection):
    """The episode that goes on stands open; others are a row each. Scales stand below."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Psychology"))
        self.episodes: list[Episode] = []
        self.goals: list[EpisodeGoal] = []
        self._sessions: dict[UUID, episodes.Sessions] = {}
        self._chosen: UUID | None = None
        self._writes = episodes.may_work(seat.desk)
        self._reads = episodes.can_read(seat.desk)
        self.print_button = Button(_("Print…"), "printer")
        self.print_button.setObjectName("print_psychology_button")
        self.print_button.clicked.connect(lambda _checked=False: self.print_work())
        self.scale_button = Button(_("Ask a scale"), "list-checks")
        self.scale_button.setObjectName("ask_scale")
        self.scale_button.clicked.connect(self.choose_scale)
        self.new_button = PrimaryButton(_("Begin"), "message-square-text", tip=_("Begin psychological work"))
        self.new_button.setObjectName("begin_episode")
        self.new_button.clicked.connect(lambda _checked=False: self.add())
        for button in (self.print_button, self.scale_button, self.new_button):
            self.add_act(button)
        self.scale_button.setVisible(self._writes)
        self.new_button.setVisible(self._writes)
        self._make_cards()

    def _make_cards(self) -> None:
        self.top_card = Card()
        self.top_place = QVBoxLayout()
        self.top_card.add_layout(self.top_place, inset=1, above=1)
        self.top_card.hide()
        self.list_card = Card()
        self.rows = RowList(_("Psychological work"), _EPISODES)
        self.rows.setObjectName("episodes")
        self.rows.opened.connect(self.choose)
        self.rows.moved_to.connect(self.choose)
        self.list_card.add(self.rows, inset=1, above=4)
        self.list_card.end(4)
        self.card = EpisodeCard(self.seat)
        self.card.wanted.connect(self._act)
        self.empty_card = Card()
        self.empty = EmptyState(
            _("No psychological work is put down. It keeps goals, sessions and scales together."),
            _("Begin") if self._writes else "",
            "message-square-text",
        )
        self.empty.pressed.connect(self.add)
        self.empty_card.add(self.empty)
        self.scales = ScalesCard(self.seat, may_write=self._writes)
        self.scales.edit_wanted.connect(self.edit_screening)
        self.scales.off_wanted.connect(self.take_off_screening)
        for card in (self.top_card, self.empty_card, self.list_card, self.card, self.scales):
            self.content.addWidget(card)

    # --- reading ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew; an open form stays."""
        if self.head is None:
            return
        if self.head.person_id != self.shown:
            self._chosen = None
        self.shown = self.head.person_id
        desk = self.seat.desk
        self.episodes = episodes.episodes_of(desk, self.shown)
        self._sessions = episodes.sessions_of(desk, self.episodes)
        self.goals = episodes.goals_of(desk, self.shown) if self._reads else []
        going_on = sum(one.is_open for one in self.episodes)
        words = ngettext("{n} goes on", "{n} go on", going_on) if going_on else _("none goes on")
        self.aside.setText(words if self.episodes else "")
        if self._reads:
            self.scales.show_scores(screenings.scores_of(desk, self.shown))
        self.print_button.setVisible(self._reads and bool(self.episodes or self.scales.scores))
        self._show()

    def _show(self) -> None:
        shown = self.episode()
        self._chosen = shown.id if shown is not None else None
        rows = [
            episode_row(one, self._sessions.get(one.id), self.seat, shown=one.id == self._chosen)
            for one in self.episodes
        ]
        self.rows.set_rows(rows)
        self.list_card.setVisible(len(self.episodes) > 1)
        self.card.setVisible(shown is not None)
        self.empty_card.setVisible(not self.episodes and self.editor is None)
        # Who does not read it learns nothing from an empty card either.
        asking = self.editor is not None and isinstance(self.editor.form, ScreeningForm)
        self.scales.setVisible(self._reads and bool(self.episodes or self.scales.scores or asking))
        if shown is not None:
            goals = [one for one in self.goals if one.episode_id == shown.id]
            self.card.show_episode(shown, self._sessions.get(shown.id), goals)

    def episode(self) -> Episode | None:
        """Return the episode that is looked at."""
        return episode_with(self.episodes, self._chosen)

    def choose(self, episode_id: Any) -> None:
        """Look at another episode; what is being typed about this one stays a draft."""
        if episode_id in (None, self._chosen) or all(one.id != episode_id for one in self.episodes):
            return
        self.keep_drafts()
        self.close_editor()
        self._chosen = episode_id
        self._show()

    # --- episodes --------------------------------------------------------------------------------------------------

    def add(self, draft: Draft | None = None) -> None:
        """Open the form of a new episode."""
        if self.head is None or not self._writes:
            return
        desk = self.seat.desk
        made = episode_form(self.seat, self.head.person_id)
        editor = self.telling(made, _("Saved"), lambda saved: episodes.archive_episode(desk, saved.id))

        def place() -> None:
            self.top_place.addWidget(editor)
            self.top_card.show()
            self.empty_card.hide()

        self.open_editor(editor, place, lambda: take_out(self.top_place, editor), draft)

    def edit(self, draft: Draft | None = None) -> None:
        """Change what is looked at."""
        shown, desk = self.episode(), self.seat.desk
        if shown is None or not self._writes:
            return
        made = episode_form(self.seat, shown.person_id, shown)
        before = standing(made.form, shown)
        editor = self.telling(made, _("Saved"), lambda saved: episodes.change_episode(desk, saved, **before))
        self.offer_taking_off(
            editor,
            _("The psychological work is taken off"),
            lambda off: episodes.archive_episode(desk, shown.id, archived=off),
        )
        self._in_card(editor, draft)

    def end(self, draft: Draft | None = None) -> None:
        """Say how it ended."""
        shown, desk = self.episode(), self.seat.desk
        if shown is None or not self._writes:
            return
        made = end_form(self.seat, shown)
        before = {"ended_on": shown.ended_on, "how_ended": shown.how_ended, "ending": shown.ending}
        editor = self.telling(made, _("It has ended"), lambda saved: episodes.change_episode(desk, saved, **before))
        self._in_card(editor, draft)

    def reopen(self) -> None:
        """Let what had ended go on."""
        shown, desk = self.episode(), self.seat.desk
        if shown is None or not self._writes:
            return
        before = {"ended_on": shown.ended_on, "how_ended": shown.how_ended}
        made = self.attempt(lambda: episodes.change_episode(desk, shown, ended_on=None, how_ended=None))
        if made is not None:
            self.say_undoable(_("It goes on"), lambda: episodes.change_episode(desk, made, **before))

    # --- goals -----------------------------------------------------------------------------------------------------

    def edit_goal(self, goal_id: UUID | None = None, draft: Draft | None = None) -> None:
        """Open the form of a new goal, or of one that stands."""
        shown, desk = self.episode(), self.seat.desk
        if shown is None or not self._writes:
            return
        goal = self.card.goal(goal_id)
        made = goal_form(self.seat, shown, goal)
        if goal is None:
            editor = self.telling(made, _("Goal saved"), lambda saved: episodes.archive_goal(desk, saved.id))
        else:
            before = {"words": goal.words, "state": goal.state, "state_on": goal.state_on}
            editor = self.telling(made, _("Goal saved"), lambda saved: episodes.change_goal(desk, saved, **before))
            self.offer_taking_off(
                editor,
                _("The goal is taken off"),
                lambda off: episodes.archive_goal(desk, goal.id, archived=off),
            )
        self._in_card(editor, draft)

    def mark_goal(self, goal_id: Any) -> None:
        """Say that a goal is reached, or that it is worked on again; the banner takes that back."""
        goal, desk = self.card.goal(goal_id), self.seat.desk
        if goal is None or not self._writes:
            return
        before = {"state": goal.state, "state_on": goal.state_on}
        state = "open" if goal.state == "reached" else "reached"
        made = self.attempt(lambda: episodes.change_goal(desk, goal, state=state))
        if made is not None:
            words = _("Goal reached") if state == "reached" else _("Worked on again")
            self.say_undoable(words, lambda: episodes.change_goal(desk, made, **before))

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
        if self.head is None or not self._writes:
            return
        shown = self.episode()
        agreed = [one.code for one in scales.offered(self.seat.desk) if shown is not None and one.code in shown.scales]
        scale = code or next(iter(agreed), "")
        self._open_screening(screening_form(self.seat, self.head.person_id, scale=scale), None, draft)

    def edit_screening(self, screening_id: Any, draft: Draft | None = None) -> None:
        """Correct the answers of one day."""
        score = self.scales.score(screening_id)
        if score is not None and self._writes:
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
        before = (
            {name: getattr(one, name) for name in ("held_on", "member_id", "answers", "total", "words")}
            if one is not None
            else {}
        )

        def undo(saved: Screening) -> None:
            take_back = (
                (lambda: screenings.archive_screening(desk, saved.id))
                if one is None
                else (lambda: screenings.change_screening(desk, saved, **before))
            )
            form.flags.undo_with(take_back)()

        self.telling(editor, _("Scale saved"), undo)

        def place() -> None:
            self.scales.take(editor)
            self.scales.show()
            self.empty_card.hide()

        self.open_editor(editor, place, lambda: take_out(self.scales.place, editor), draft)
        if form.answers.questions.rows:
            # The keyboard begins at the first question, so that is what has to be seen. The rows find their heights
            # in several passes.
            first = form.answers.questions.rows[0]
            QTimer.singleShot(_LAID_OUT, first, lambda: bring_into_view(first))

    # --- what a row or a key asks for ------------------------------------------------------------------------------

    def _act(self, name: str, about: Any) -> None:
        acts: dict[str, Callable[[], object]] = {
            "new_goal": self.edit_goal,
            "edit_goal": lambda: self.edit_goal(about),
            "mark_goal": lambda: self.mark_goal(about),
            "edit": self.edit,
            "end": self.end,
            "reopen": self.reopen,
        }
        acts[name]()

    def _in_card(self, editor: InlineForm, draft: Draft | None) -> None:
        self.open_editor(editor, lambda: self.card.take(editor), lambda: take_out(self.card.place, editor), draft)

    def print_work(self) -> None:
        """Open the paper for the file."""
        if self.head is not None and self._reads:
            PrintPsychologyDialog(self.seat, self.head.person_id, self).open()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to."""
        found: dict[str, Callable[[], object]] = {"ask_scale": self.choose_scale} if self._writes else {}
        if self._reads and self.print_button.isVisible():
            found["print"] = self.print_work
        if self._writes and self.editor is None and self.episode() is not None:
            found["edit"] = self.edit
        if self.scales.table.editor() is not None and self.editor is None:
            found["cancel"] = self.scales.table.close_editor
        return found | super().commands()

    def close_editor(self) -> None:
        super().close_editor()
        self.top_card.hide()

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin «new_episode», «new_goal», «new_screening», show an episode, or go on with a draft."""
        if doing == CONTINUE:
            self._go_on(about)
        elif doing == "new_episode":
            self.add()
        elif doing == "new_goal":
            self.edit_goal()
        elif doing == "new_screening":
            self.ask()
        elif about is not None:
            self.choose(about)

    def _go_on(self, about: UUID | None) -> None:
        draft = draft_for(drafts.my_drafts(self.seat.desk, extra_fields=EXTRA), about)
        if draft is None:
            return
        if draft.record == "screening":
            if self.scales.score(draft.target_id) is not None:
                self.edit_screening(draft.target_id, draft)
            else:
                self.ask(draft=draft)
        elif draft.record == "episode_goal":
            goals = {one.id: one.episode_id for one in self.goals}
            episode_id = goals.get(draft.target_id) or draft.values.get("episode_id")
            self.choose(episode_id)
            shown = self.episode()
            # A goal of work that was taken off belongs to no other; it stays a draft.
            if shown is not None and shown.id == episode_id:
                self.edit_goal(draft.target_id if draft.target_id in goals else None, draft)
        elif draft.record == "episode":
            self._go_on_with_episode(draft)

    def _go_on_with_episode(self, draft: Draft) -> None:
        if all(one.id != draft.target_id for one in self.episodes):
            self.add(draft)
            return
        self.choose(draft.target_id)
        shown = self.episode()
        # Ending it is a form of its own, which asks nothing else.
        ending = shown is not None and shown.is_open and "begun_on" not in draft.values
        (self.end if ending else self.edit)(draft)
