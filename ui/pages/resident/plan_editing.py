"""What is edited in a plan besides its milestones: goals, the next step, the plan's days, rounds of ratings."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from shelterdesk import approvals, plans, wellbeing
from shelterdesk.access import Right
from shelterdesk.drafts import Draft
from shelterdesk.i18n import _
from shelterdesk.milestones import Milestone
from shelterdesk.plans import Goal, NextStep, Plan
from ui.forms.approval_forms import AskForm, GiveBackForm
from ui.forms.inline_form import InlineForm
from ui.forms.plan_forms import GoalForm, NextStepForm, PlanForm, RatingForm
from ui.forms.record_form import RecordForm
from ui.pages.resident.editing import EditingSection, indent, standing, take_out
from ui.pages.resident.editor_card import EditorCard
from ui.pages.resident.plan_domain import DomainBlock
from ui.pages.resident.plan_rail import WellbeingCard
from ui.seat import Seat

LEAD = 40
"""Where the words of a row in a domain begin."""


class PlanEditing(EditingSection):
    """The editors of a plan; the section itself builds and fills what is named here."""

    blocks: dict[str, DomainBlock]
    wellbeing_card: WellbeingCard

    def __init__(self, seat: Seat, title: str, parent: QWidget | None = None) -> None:
        super().__init__(seat, title, parent)
        self.plan: Plan | None = None
        self.goals: dict[str, Goal] = {}
        self.steps: list[Milestone] = []
        self.step: NextStep | None = None
        self.standing = approvals.Standing()
        self.may_change = seat.desk.may(Right.CASE_WORK)
        self.top_card = EditorCard()

    def edit_goal(self, domain: str, draft: Draft | None = None) -> None:
        """Open the editor of a goal under the heading of its domain."""
        if self.plan is None or not self.may_change:
            return
        block, plan, desk = self.blocks[domain], self.plan, self.seat.desk
        block.set_open(on=True)
        goal = self.goals.get(domain)
        form = GoalForm(self.seat, plan, goal, domain)
        before: dict[str, Any] = {"kind": None, "words": None, "paper_words": None}
        if goal is not None:
            before = standing(form, goal)

        def store(_form: RecordForm) -> Goal:
            saved = form.store()
            self.say_after(_("Goal saved"), lambda: plans.set_goal(desk, plan, domain, **before))
            return saved

        editor = indent(InlineForm(self.seat, form, _("Save goal"), store, parent=block), LEAD)
        place = block.goal_place
        self.open_editor(editor, lambda: place.addWidget(editor), lambda: take_out(place, editor), draft)

    def edit_next_step(self, draft: Draft | None = None) -> None:
        """Open the editor of the next step above the goals."""
        if self.head is None or not self.may_change:
            return
        step, desk = self.step, self.seat.desk
        form = NextStepForm(self.seat, self.head.person_id, step)
        undo = standing(form, step) if step is not None else {"done_on": desk.today()}

        def store(_form: RecordForm) -> NextStep:
            saved = form.store()
            self.say_after(_("Next step saved"), lambda: plans.change_next_step(desk, saved, **undo))
            return saved

        self._open_on_top(InlineForm(self.seat, form, _("Save next step"), store, title=_("Next step")), draft)

    def finish_next_step(self) -> None:
        """Mark the next step done; the banner takes it back."""
        step, desk = self.step, self.seat.desk
        if step is None:
            return
        done = self.attempt(lambda: plans.change_next_step(desk, step, done_on=desk.today()))
        if done is not None:
            self.say_undoable(_("Marked done"), lambda: plans.change_next_step(desk, done, done_on=None))

    def edit_plan(self, draft: Draft | None = None) -> None:
        """Open the editor of the plan's days above the goals."""
        plan, desk = self.plan, self.seat.desk
        if plan is None or not self.may_change:
            return
        form = PlanForm(self.seat, plan.person_id, plan)
        undo = standing(form, plan)

        def store(_form: RecordForm) -> Plan:
            saved = form.store()
            self.say_after(_("Plan saved"), lambda: plans.change_plan(desk, saved, **undo))
            return saved

        self._open_on_top(InlineForm(self.seat, form, _("Save plan"), store, title=_("This plan")), draft)

    def begin_plan(self, draft: Draft | None = None) -> None:
        """Open the editor of a new plan; what is not done yet may be taken over."""
        if self.head is None or not self.may_change:
            return
        desk = self.seat.desk
        form = PlanForm(self.seat, self.head.person_id, None, self.plan)

        def store(_form: RecordForm) -> Plan:
            saved = form.store()
            self.say_after(_("Plan begun"), lambda: plans.archive_plan(desk, saved.id))
            return saved

        self._open_on_top(InlineForm(self.seat, form, _("Begin the plan"), store, title=_("A new plan")), draft)

    def ask_for_approval(self, draft: Draft | None = None) -> None:
        """Open the words for whoever approves above the goals."""
        plan, desk = self.plan, self.seat.desk
        if plan is None or not self.may_change:
            return
        form = AskForm(self.seat, approvals.PLAN, plan.person_id, plan.id)

        def store(_form: RecordForm) -> Any:
            asked = form.store()
            self.say_after(_("Approval asked for"), lambda: approvals.withdraw(desk, asked))
            return asked

        title = _("Ask for approval")
        self._open_on_top(InlineForm(self.seat, form, _("Ask"), store, title=title), draft)

    def approve_plan(self) -> None:
        """Approve the plan as it is; it can still be given back."""
        one = self.standing.approval
        if one is not None and self.attempt(lambda: approvals.approve(self.seat.desk, one)) is not None:
            self.refresh()
            self.seat.say(_("Plan approved"))

    def give_plan_back(self, draft: Draft | None = None) -> None:
        """Open the words that go back with the plan above the goals."""
        one = self.standing.approval
        if one is None or not approvals.may_decide(self.seat.desk, one):
            return
        form = GiveBackForm(self.seat, one)

        def store(_form: RecordForm) -> Any:
            given_back = form.store()
            self.say_after(_("Plan given back"))
            return given_back

        title = _("Give the plan back")
        self._open_on_top(InlineForm(self.seat, form, _("Give back"), store, title=title), draft)

    def withdraw_request(self) -> None:
        """Take one's own request back."""
        one = self.standing.approval
        if one is not None and self.attempt(lambda: approvals.withdraw(self.seat.desk, one)) is not None:
            self.refresh()
            self.seat.say(_("The request for approval is taken back"))

    def add_round(self, draft: Draft | None = None) -> None:
        """Open the editor of a round of ratings in its card."""
        if self.head is None or not self.may_change:
            return
        desk, place = self.seat.desk, self.wellbeing_card.editor_place
        form = RatingForm(self.seat, self.head.person_id)

        def store(_form: RecordForm) -> Any:
            saved = form.store()
            self.say_after(_("Round saved"), lambda: wellbeing.archive_rating(desk, saved.id))
            return saved

        editor = indent(InlineForm(self.seat, form, _("Save round"), store, parent=self.wellbeing_card), 16)
        self.open_editor(editor, lambda: place.addWidget(editor), lambda: take_out(place, editor), draft)

    def _open_on_top(self, editor: InlineForm, draft: Draft | None) -> None:
        card = self.top_card
        self.open_editor(editor, lambda: card.take(editor), lambda: card.let_go(editor), draft)
