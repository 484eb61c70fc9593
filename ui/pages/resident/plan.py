"""Plan & milestones: goals by domain, steps marked done and edited where they stand, and what lies beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from shelterdesk import approvals, drafts, formats, milestones, plans, vocab, wellbeing
from shelterdesk.access import Right
from shelterdesk.drafts import Draft
from shelterdesk.i18n import _
from shelterdesk.milestones import Milestone
from shelterdesk.plans import Goal, NextStep, Plan
from shelterdesk.printed import papers_of
from ui import theme
from ui.draft_places import CONTINUE, draft_for
from ui.forms.inline_form import InlineForm
from ui.forms.milestone_form import MilestoneForm, MoveForm
from ui.forms.plan_forms import PlanForm
from ui.forms.record_form import RecordForm
from ui.pages.resident.editing import indent, standing
from ui.pages.resident.plan_approval import ApprovalNotice, approval_fact
from ui.pages.resident.plan_domain import DomainBlock, needs_a_look, progress_of
from ui.pages.resident.plan_editing import LEAD, PlanEditing
from ui.pages.resident.plan_rail import NextStepCard, PlanCard, WellbeingCard
from ui.place import Place
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState

_RAIL = 326
_NARROW_RAIL = 284
_RAIL_BELOW = 780
_NARROW_RAIL_BELOW = 900


class PlanSection(PlanEditing):
    """The plan at work. One editor is open at a time; it stands where its result will stand."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, _("Plan & milestones"), parent)
        self.add_button = Button(_("Add milestone"), "plus")
        self.add_button.clicked.connect(lambda _checked: self.add_milestone())
        self.print_button = Button(_("Print plan"), "printer")
        self.print_button.clicked.connect(self.print_plan)
        self.add_act(self.add_button)
        self.add_act(self.print_button)
        self.blocks = {
            code.code: DomainBlock(seat, code.code, may_change=self.may_change) for code in vocab.PLAN_DOMAINS
        }
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(tokens.RECORD_GAP)
        self.columns.addLayout(self._make_left(), 1)
        self.columns.addWidget(self._make_rail())
        self.content.addLayout(self.columns)
        seat.bus.changed.connect(self._after_change)

    def _make_left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(tokens.RECORD_GAP)
        self.card = Card()
        self.card.add_space(1)
        for number, block in enumerate(self.blocks.values()):
            if number:
                self.card.add_line()
            self.card.add(block, inset=1)
            block.edit_wanted.connect(self.edit_milestone)
            block.move_wanted.connect(self.move_milestone)
            block.marked.connect(self.mark)
            block.add_wanted.connect(self.add_milestone)
            block.goal_wanted.connect(self.edit_goal)
        self.card.end(8)
        self.empty_card = Card()
        self.empty = EmptyState(
            _("There is no plan yet. It begins with what she wants."),
            _("Begin a plan") if self.may_change else "",
            "list-checks",
        )
        self.empty.pressed.connect(self.begin_plan)
        self.empty_card.add(self.empty)
        self.approval = ApprovalNotice(self.seat, may_ask=self.may_change)
        self.approval.approve_wanted.connect(self.approve_plan)
        self.approval.give_back_wanted.connect(self.give_plan_back)
        self.approval.take_back_wanted.connect(self.withdraw_request)
        self.approval.ask_wanted.connect(self.ask_for_approval)
        for widget in (self.approval, self.top_card, self.card, self.empty_card):
            left.addWidget(widget)
        left.addStretch(1)
        return left

    def _make_rail(self) -> QWidget:
        self.rail = QWidget()
        self.rail_row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.rail)
        self.rail_row.setContentsMargins(0, 0, 0, 0)
        self.rail_row.setSpacing(tokens.RECORD_GAP)
        self.wellbeing_card = WellbeingCard(self.seat, may_change=self.may_change)
        self.wellbeing_card.add_wanted.connect(self.add_round)
        self.plan_card = PlanCard(may_change=self.may_change)
        self.plan_card.change_wanted.connect(self.edit_plan)
        self.plan_card.new_wanted.connect(self.begin_plan)
        self.plan_card.ask_wanted.connect(self.ask_for_approval)
        self.plan_card.give_back_wanted.connect(self.give_plan_back)
        self.step_card = NextStepCard(self.seat, may_change=self.may_change)
        self.step_card.change_wanted.connect(self.edit_next_step)
        self.step_card.done_wanted.connect(self.finish_next_step)
        # Side by side under the goals the cards share one height; above each other they keep their own.
        self.facts_column = QVBoxLayout()
        self.facts_column.setSpacing(tokens.RECORD_GAP)
        self.facts_column.addWidget(self.plan_card)
        self.facts_column.addWidget(self.step_card)
        self.facts_column.addStretch(1)
        self.rail_row.addWidget(self.wellbeing_card, 1)
        self.rail_row.addLayout(self.facts_column, 1)
        return self.rail

    # --- what is shown -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        if self.head is None:
            return
        desk, person_id, today = self.seat.desk, self.head.person_id, self.seat.desk.today()
        first_visit = person_id != self.shown
        self.shown = person_id
        self.plan = next(iter(plans.plans_of(desk, person_id)), None)
        self.goals = {goal.domain: goal for goal in plans.goals_of(desk, self.plan.id)} if self.plan else {}
        self.steps = milestones.milestones_of(desk, self.plan.id) if self.plan else []
        self.step = plans.next_step_of(desk, person_id)
        for domain, block in self.blocks.items():
            steps = [one for one in self.steps if one.domain == domain]
            block.show_goal(self.goals.get(domain), steps, today)
            if first_visit:
                block.set_open(on=needs_a_look(steps, today))
        self._show_rail(person_id)
        done, _begun, whole = progress_of(self.steps)
        self.aside.setText(_("{done} of {all} done").format(done=done, all=whole) if whole else "")
        self.card.setVisible(self.plan is not None)
        self.empty_card.setVisible(self.plan is None and not self.edits(PlanForm))
        self.add_button.setVisible(self.may_change and self.plan is not None)
        self.print_button.setVisible(self.plan is not None and desk.may(Right.PRINT_PLANS))

    def _show_rail(self, person_id: UUID) -> None:
        desk = self.seat.desk
        arrived = self.head.stay.arrived_on if self.head is not None and self.head.stay is not None else None
        self.wellbeing_card.show_ratings(wellbeing.ratings_of(desk, person_id), arrived)
        self.step_card.show_step(self.step)
        self.plan_card.setVisible(self.plan is not None)
        self.standing = approvals.standing_of_plan(desk, self.plan) if self.plan is not None else approvals.Standing()
        self.approval.show_standing(self.standing)
        if self.plan is not None:
            papers = papers_of(desk, [person_id]).get(person_id, {})
            self.plan_card.show_plan(self.plan, papers, approval_fact(self.seat, self.standing), desk.today())
            one = self.standing.approval
            decides = one is not None and one.state == approvals.APPROVED and approvals.may_decide(desk, one)
            self.plan_card.offer(
                ask=self.may_change and (one is None or self.standing.changed),
                give_back=decides and self.standing.holds,
            )

    def _after_change(self, kinds: frozenset[str]) -> None:
        # Printing changes no record, only the log, which says when a paper was printed.
        if "log" in kinds and self.isVisible() and self.head is not None:
            self._show_rail(self.head.person_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width() / theme.scale()
        below = width < _RAIL_BELOW
        directions = QBoxLayout.Direction
        self.columns.setDirection(directions.TopToBottom if below else directions.LeftToRight)
        self.rail_row.setDirection(directions.LeftToRight if below else directions.TopToBottom)
        self.rail_row.setStretch(0, 1 if below else 0)
        self.rail.setMinimumWidth(0)
        self.rail.setMaximumWidth(16777215)
        if not below:
            self.rail.setFixedWidth(theme.px(_NARROW_RAIL if width < _NARROW_RAIL_BELOW else _RAIL))

    # --- milestones --------------------------------------------------------------------------------------------

    def mark(self, milestone_id: UUID, done: bool) -> None:
        """Mark a milestone done, or open again; the banner takes it back."""
        before = self._milestone(milestone_id)
        if before is None or not self.may_change:
            return
        status, done_on = before.status, before.done_on
        after = self.attempt(lambda: milestones.mark_done(self.seat.desk, before, done=done))
        if after is not None:
            said = _("Marked done") if done else _("Open again")
            self.say_undoable(said, lambda: self._put_back(after, status=status, done_on=done_on))

    def move_milestone(self, milestone_id: UUID) -> None:
        """Ask for another day in the place of the milestone."""
        one = self._milestone(milestone_id)
        if one is None or not self.may_change:
            return
        block = self.blocks[one.domain]
        was = one.due_on
        form = MoveForm(self.seat, one)

        def store(_form: RecordForm) -> Milestone:
            moved = form.store()
            day = formats.day(moved.due_on, style="weekday_day_month") if moved.due_on else _("no day")
            self.say_after(_("Moved to {day}").format(day=day), lambda: self._put_back(moved, due_on=was))
            return moved

        editor = InlineForm(self.seat, form, _("Move"), store, parent=block)
        self.open_editor(indent(editor, LEAD), lambda: block.rows.open_panel(editor, one.id), block.rows.close_panel)
        form.select_day()

    def edit_milestone(self, milestone_id: UUID, draft: Draft | None = None) -> None:
        """Open the editor in the place of a milestone."""
        one = self._milestone(milestone_id)
        if one is None or self.plan is None or not self.may_change:
            return
        block = self.blocks[one.domain]
        block.set_open(on=True)
        form = MilestoneForm(self.seat, self.plan, one, one.domain)
        undo = standing(form, one)

        def store(_form: RecordForm) -> Milestone:
            saved = form.store()
            self.say_after(_("Milestone saved"), lambda: self._put_back(saved, **undo))
            return saved

        editor = InlineForm(self.seat, form, _("Save milestone"), store, parent=block)

        def place() -> None:
            block.rows.open_panel(indent(editor, LEAD), one.id, instead=True)

        self.open_editor(editor, place, block.rows.close_panel, draft)

    def add_milestone(self, domain: str = "", draft: Draft | None = None) -> None:
        """Open the editor of a new milestone at the end of its domain."""
        if self.plan is None or not self.may_change:
            return
        if not domain:
            domain = next((code for code, block in self.blocks.items() if block.is_open()), "safety")
        block = self.blocks[domain]
        block.set_open(on=True)
        form = MilestoneForm(self.seat, self.plan, None, domain)

        def store(_form: RecordForm) -> Milestone:
            saved = form.store()
            desk = self.seat.desk
            self.say_after(_("Milestone added"), lambda: milestones.archive_milestone(desk, saved.id))
            self.blocks[saved.domain].set_open(on=True)
            return saved

        editor = InlineForm(self.seat, form, _("Save milestone"), store, parent=block)
        self.open_editor(indent(editor, LEAD), lambda: block.rows.open_panel(editor), block.rows.close_panel, draft)

    def archive_milestone(self, milestone_id: UUID) -> None:
        """Take a milestone out of the plan; the banner puts it back."""
        if self._milestone(milestone_id) is None or not self.may_change:
            return
        self.close_editor()
        desk = self.seat.desk
        if self.succeeds(lambda: milestones.archive_milestone(desk, milestone_id)):
            self.say_undoable(
                _("Milestone taken out of the plan"),
                lambda: milestones.archive_milestone(desk, milestone_id, archived=False),
            )

    def _milestone(self, milestone_id: Any) -> Milestone | None:
        return next((one for one in self.steps if one.id == milestone_id), None)

    def stand_at(self, saved: Any) -> None:
        match saved:
            case Milestone():
                self._show_milestone(saved.id)
            case Goal():
                self.blocks[saved.domain].heading.setFocus()
            case NextStep():
                self.step_card.change.setFocus()
            case Plan():
                self.plan_card.change.setFocus()
            case _:
                return

    def _current(self) -> UUID | None:
        found = [block.rows.current_key() for block in self.blocks.values() if block.rows.has_keyboard()]
        return found[0] if found else None

    def _put_back(self, milestone: Milestone, **values: Any) -> None:
        milestones.change_milestone(self.seat.desk, milestone, **values)

    # --- what the record asks ----------------------------------------------------------------------------------

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"print": self.print_plan}
        if self.may_change and self.plan is not None:
            found["new_milestone"] = self.add_milestone
        current = self._current()
        if self.may_change and current is not None:
            found |= {"edit": lambda: self.edit_milestone(current), "archive": lambda: self.archive_milestone(current)}
        return found | super().commands()

    def do(self, doing: str, about: UUID | None) -> None:
        match doing:
            case "print":
                self.print_plan()
            case "new_milestone":
                self.add_milestone()
            case "new_plan":
                self.begin_plan()
            case "next_step":
                self.edit_next_step()
            case "add_round":
                self.add_round()
            case "ask_approval":
                self.ask_for_approval()
            case "edit" if about is not None:
                self.edit_milestone(about)
            case _ if doing == CONTINUE:
                self._continue(about)
            case _ if about is not None:
                self._show_milestone(about)

    def _continue(self, about: UUID | None) -> None:
        draft = draft_for(drafts.my_drafts(self.seat.desk), about)
        if draft is None:
            return
        match draft.record:
            case "milestone" if self._milestone(draft.target_id) is not None:
                self.edit_milestone(draft.target_id, draft)
            case "milestone":
                self.add_milestone(draft.values.get("domain", "safety"), draft)
            case "goal":
                domain = next((name for name, goal in self.goals.items() if goal.id == draft.target_id), "")
                self.edit_goal(domain or draft.values.get("domain", "safety"), draft)
            case "plan" if self.plan is not None and self.plan.id == draft.target_id:
                self.edit_plan(draft)
            case "plan":
                self.begin_plan(draft)
            case "rating":
                self.add_round(draft)
            case "next_step":
                self.edit_next_step(draft)
            case "approval" if self.plan is not None and draft.target_id == self.plan.id:
                self.ask_for_approval(draft)
            case "approval" if self.standing.approval is None or draft.target_id != self.standing.approval.id:
                # Words about a leaving: they go on where the stay is.
                self.seat.go(
                    Place("residents", person_id=draft.person_id, section="stay", doing=CONTINUE, about=draft.id)
                )
            case "approval":
                self.give_plan_back(draft)
            case _:
                return

    def _show_milestone(self, milestone_id: UUID) -> None:
        one = self._milestone(milestone_id)
        if one is not None:
            block = self.blocks[one.domain]
            block.set_open(on=True)
            block.rows.focus_row(one.id)

    def print_plan(self) -> None:
        """Offer the papers of the plan."""
        if self.head is None or self.plan is None or not self.seat.desk.may(Right.PRINT_PLANS):
            return
        from ui.dialogs.print_papers import print_plan

        print_plan(self.seat, self.head.person_id, self)
