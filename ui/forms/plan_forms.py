"""Forms of the plan besides its milestones: a goal, the next step, the plan itself, a round of ratings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shelterdesk import milestones, plans, vocab, wellbeing
from shelterdesk.documents.sheet_for_her import NEUTRAL_GOALS
from shelterdesk.fields import Field, Kind
from shelterdesk.formats import add_months
from shelterdesk.i18n import N_, _
from shelterdesk.plans import Goal, NextStep, Plan
from shelterdesk.wellbeing import HIGHEST, LOWEST, Rating
from ui.forms.chosen import ChosenEditor, StaffEditor
from ui.forms.editors import DayEditor, Editor, LineEditor, SegmentEditor, editor_for
from ui.forms.milestone_form import paper_help, widen
from ui.forms.paired_rows import PairedRows
from ui.forms.paper_words import PaperWordsEditor
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.widgets.form_row import FormRows

_AGAIN_AFTER = 2
"""Months after which a plan is looked at again, unless the worker says otherwise."""


class GoalForm(RecordForm):
    """What she wants in one domain, in working words and in words for her paper."""

    def __init__(self, seat: Seat, plan: Plan, goal: Goal | None, domain: str) -> None:
        self._plan, self._domain, self._named_by_kind = plan, domain, ""
        super().__init__(seat, Goal, ("kind", "words", "paper_words"), headings=False, elsewhere=("domain",))
        self.person_id = plan.person_id
        self.row("kind").label.setText(_("Kind"))
        if self.has("paper_words"):
            self.row("paper_words").label.setText(_("On her sheet"))
        if goal is not None:
            self.load(goal, plan.person_id)
        self.edited.connect(self._propose)
        self._propose()

    def make_rows(self) -> FormRows:
        return PairedRows((), self)

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "kind":
            kinds = [(code.code, _(code.label)) for code in vocab.GOAL_KINDS.of_group(self._domain)]
            return ChosenEditor(field, kinds, _("Own words"))
        return _line_or_paper(self.seat, field)

    def store(self) -> Goal:
        """Save the goal of its domain. Raises Problems."""
        return plans.set_goal(self.seat.desk, self._plan, self._domain, **self.values())

    def load_draft(self, draft: Any) -> None:
        super().load_draft(draft)
        self._propose()

    def _propose(self) -> None:
        kind = self.editor("kind").value()
        if kind and self.has("words"):
            typed, label = self.editor("words").value(), vocab.GOAL_KINDS.label(kind)
            if not typed or typed == self._named_by_kind:
                if typed != label:
                    self.set("words", label)
                self._named_by_kind = label
        if not self.has("paper_words"):
            return
        editor = self.editor("paper_words")
        assert isinstance(editor, PaperWordsEditor)
        editor.propose(vocab.GOAL_KINDS.paper(kind) if kind else "")
        self.row("paper_words").set_help(paper_help(editor, _(NEUTRAL_GOALS[self._domain])))


class NextStepForm(RecordForm):
    """The one thing that comes next."""

    def __init__(self, seat: Seat, person_id: UUID, step: NextStep | None) -> None:
        self._step = step
        names = ("words", "kind", "on", "at", "with_words", "member_id", "paper_words")
        super().__init__(seat, NextStep, names, headings=False, elsewhere=("done_on",))
        self.person_id = person_id
        self.row("words").label.setText(_("Next step"))
        self.row("kind").set_help(_("Lists show only the neutral kind, e.g. «Appointment»."))
        if self.has("paper_words"):
            self.row("paper_words").label.setText(_("On her sheet"))
        if step is not None:
            self.load(step, person_id)
        self.edited.connect(self._help)
        self._help()

    def make_rows(self) -> FormRows:
        return PairedRows(("next_step.at",), self)

    def make_editor(self, field: Field) -> Editor:
        match field.attribute:
            case "kind":
                kinds = [(code.code, _(code.label)) for code in vocab.APPOINTMENT_KINDS]
                return ChosenEditor(field, kinds, _("Appointment"))
            case "member_id":
                return StaffEditor(field, self.seat, _("Nobody"))
            case _:
                return _line_or_paper(self.seat, field)

    def store(self) -> NextStep:
        """Save the next step. Raises Problems or StaleRecord."""
        desk = self.seat.desk
        assert self.person_id is not None
        if self._step is not None:
            return plans.change_next_step(desk, self._step, **self.changed_values())
        return plans.set_next_step(desk, self.person_id, **self.values())

    def _help(self) -> None:
        if self.has("paper_words"):
            editor = self.editor("paper_words")
            assert isinstance(editor, PaperWordsEditor)
            self.row("paper_words").set_help(paper_help(editor, _("Appointment")))


class PlanForm(RecordForm):
    """When a plan was agreed, when it is looked at again, and whether she has her sheet."""

    def __init__(self, seat: Seat, person_id: UUID, plan: Plan | None, before: Plan | None = None) -> None:
        self._plan, self._before = plan, before
        sheet = ("sheet_offered", "sheet_taken")
        names = ("agreed_on", "review_on", *sheet) if plan else ("agreed_on", "review_on")
        super().__init__(seat, Plan, names, headings=False, elsewhere=sheet)
        self.person_id = person_id
        if before is not None:
            carry = SegmentEditor(_CARRY, [(True, _("Take over")), (False, _("Begin anew"))])
            self.extra = (_CARRY,)
            self.add_editor(_CARRY, carry)
        today = seat.desk.today()
        if plan is not None:
            self.load(plan, person_id)
        else:
            self.load_values({"agreed_on": today, "review_on": add_months(today, _AGAIN_AFTER), "carry": True})

    def make_rows(self) -> FormRows:
        return PairedRows((), self)

    def store(self) -> Plan:
        """Save the plan, or begin a new one. Raises Problems or StaleRecord."""
        desk = self.seat.desk
        assert self.person_id is not None
        if self._plan is not None:
            return plans.change_plan(desk, self._plan, **self.changed_values())
        values = self.values()
        carry = values.pop("carry", False)
        if carry and self._before is not None:
            return milestones.begin_plan_from(desk, self._before, **values)
        return plans.add_plan(desk, self.person_id, **values)


class RatingForm(RecordForm):
    """One round of her own ratings: five buttons a line, so that she can point."""

    def __init__(self, seat: Seat, person_id: UUID) -> None:
        super().__init__(seat, Rating, ("rated_on", "mood", "safety"), headings=False, elsewhere=())
        self.person_id = person_id
        self.row("rated_on").label.setText(_("Day"))
        self.load_values({"rated_on": seat.desk.today()})

    def make_rows(self) -> FormRows:
        return _LowRows((), self)

    def make_editor(self, field: Field) -> Editor:
        if field.attribute in {"mood", "safety"}:
            return SegmentEditor(field, [(number, str(number)) for number in range(LOWEST, HIGHEST + 1)])
        made = editor_for(field, self.seat)
        if isinstance(made, DayEditor):
            made.date.note.hide()
        return made

    def store(self) -> Rating:
        """Record the round. Raises Problems."""
        assert self.person_id is not None
        return wellbeing.add_rating(self.seat.desk, self.person_id, **self.values())


class _LowRows(PairedRows):
    """Rows in a narrow card at the side: labels stand above their fields."""

    def _is_narrow(self) -> bool:
        return True


def _line_or_paper(seat: Seat, field: Field) -> Editor:
    if field.attribute == "paper_words":
        return PaperWordsEditor(field)
    made = editor_for(field, seat)
    if isinstance(made, LineEditor) and field.attribute != "at":
        widen(made)
    return made


_CARRY = Field("plan.carry", N_("What is not done yet"), Kind.FLAG, attribute="carry")
