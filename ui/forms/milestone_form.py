"""Forms for a milestone: writing it down, and moving it to another day."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk import formats, milestones, vocab
from shelterdesk.documents.sheet_for_her import NEUTRAL_STEPS
from shelterdesk.fields import Field
from shelterdesk.i18n import _
from shelterdesk.milestones import Milestone, paper_proposal
from shelterdesk.plans import PAPER_HELP, Plan
from ui.forms.chosen import ChosenEditor, StaffEditor
from ui.forms.editors import DayEditor, Editor, LineEditor, editor_for
from ui.forms.paired_rows import PairedRows
from ui.forms.paper_words import PaperWordsEditor
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.form_row import FormRows

_NEW = ("domain", "kind", "words", "due_on", "status", "member_id", "with_words", "paper_words")
_KNOWN = ("words", "kind", "due_on", "status", "member_id", "with_words", "paper_words")
_BESIDE = ("milestone.status", "milestone.with_words")


class MilestoneForm(RecordForm):
    """A milestone in the place of its row. A new one says in which domain it lies; one that stands keeps its own."""

    def __init__(self, seat: Seat, plan: Plan, milestone: Milestone | None, domain: str) -> None:
        self._plan, self._milestone, self._domain = plan, milestone, domain
        self._named_by_kind = ""
        beside = _BESIDE if milestone is not None else (*_BESIDE, "milestone.kind")
        self._beside = beside
        names = _KNOWN if milestone is not None else _NEW
        super().__init__(seat, Milestone, names, headings=False, elsewhere=("domain", "done_on"))
        self.person_id = plan.person_id
        # What is filled in from the start need not be called needed.
        for attribute in ("domain", "status", "words"):
            if self.has(attribute):
                self.row(attribute).label.setText(_(seat.desk.field(Milestone, attribute).label))
        self.row("kind").label.setText(_("Kind"))
        if self.has("paper_words"):
            self.row("paper_words").label.setText(_("On her sheet"))
        if milestone is None:
            self.load_values({"domain": domain, "status": "planned", "member_id": seat.desk.me.id})
        else:
            self.load(milestone, plan.person_id)
        self.edited.connect(self._propose)
        self._offer_kinds()
        self._propose()

    def make_rows(self) -> FormRows:
        return PairedRows(self._beside, self)

    def make_editor(self, field: Field) -> Editor:
        match field.attribute:
            case "domain" | "status":
                assert field.choices is not None
                return ChosenEditor(field, [(code.code, _(code.label)) for code in field.choices])
            case "kind":
                return ChosenEditor(field, self._kinds(self._domain), _("Own words"))
            case "member_id":
                return StaffEditor(field, self.seat, _("Nobody yet"))
            case "paper_words":
                return PaperWordsEditor(field)
            case _:
                made = editor_for(field, self.seat)
                if isinstance(made, LineEditor):
                    widen(made)
                return made

    def store(self) -> Milestone:
        """Save what the form holds. Raises Problems or StaleRecord."""
        desk = self.seat.desk
        if self._milestone is not None:
            return milestones.change_milestone(desk, self._milestone, **self.changed_values())
        return milestones.add_milestone(desk, self._plan, record_id=self.target_id, **self.values())

    def domain(self) -> str:
        """Return the domain the milestone lies in."""
        return self.editor("domain").value() if self.has("domain") else self._domain

    def load_draft(self, draft: Any) -> None:
        if "domain" in draft.values and self.has("domain"):
            self.set("domain", draft.values["domain"])
        self._offer_kinds()
        super().load_draft(draft)
        self._propose()

    def _kinds(self, domain: str) -> list[tuple[Any, str]]:
        return [(code.code, _(code.label)) for code in vocab.MILESTONE_KINDS.of_group(domain)]

    def _offer_kinds(self) -> None:
        editor = self.editor("kind")
        assert isinstance(editor, ChosenEditor)
        editor.offer(self._kinds(self.domain()))
        self._offered = self.domain()

    def _propose(self) -> None:
        if self._offered != self.domain():
            self._offer_kinds()
        kind, domain = self.editor("kind").value(), self.domain()
        self._name_by_kind(kind)
        if not self.has("paper_words"):
            return
        editor = self.editor("paper_words")
        assert isinstance(editor, PaperWordsEditor)
        editor.propose(paper_proposal(kind, domain) if kind else "")
        self.row("paper_words").set_help(paper_help(editor, _(NEUTRAL_STEPS[domain])))

    def _name_by_kind(self, kind: str | None) -> None:
        """Write the kind's own words down where the worker wrote none."""
        if not self.has("words"):
            return
        typed = self.editor("words").value()
        if kind and (not typed or typed == self._named_by_kind):
            label = vocab.MILESTONE_KINDS.label(kind)
            if typed != label:
                self.set("words", label)
            self._named_by_kind = label


class MoveForm(RecordForm):
    """Another day for a milestone."""

    def __init__(self, seat: Seat, milestone: Milestone) -> None:
        self._milestone = milestone
        super().__init__(seat, Milestone, ("due_on",), headings=False)
        self.row("due_on").label.setText(_("Move to"))
        editor = self.editor("due_on")
        assert isinstance(editor, DayEditor)
        self.day = editor.date
        self.load(milestone, milestone.person_id)
        self.rows.add(self._make_shortcuts())

    def make_rows(self) -> FormRows:
        return PairedRows((), self)

    def _make_shortcuts(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._shortcuts = row
        today = self.seat.desk.today()
        for words, typed in ((_("Tomorrow"), "+1"), (_("In a week"), "+1w"), (_("In a month"), "+1m")):
            link = LinkButton(words, slim=True)
            link.setObjectName(f"move {typed}")
            link.clicked.connect(lambda _checked=False, typed=typed: self._take(formats.parse_day(typed, today)))
            row.addWidget(link)
        row.addStretch(1)
        return holder

    def store(self) -> Milestone:
        """Save the day. Raises Problems or StaleRecord."""
        return milestones.change_milestone(self.seat.desk, self._milestone, **self.changed_values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shortcuts.setContentsMargins(max(self.rows.field_column() - 2, 0), 0, 0, 0)

    def select_day(self) -> None:
        """Put the keyboard on the day, so that typing replaces it and + and - move it."""
        self.day.setFocus()
        self.day.line.selectAll()

    def _take(self, day: Any) -> None:
        self.set("due_on", day)
        self.select_day()


def widen(editor: LineEditor) -> None:
    """Let a line of text take the width it is given; an editor in the place of a row has little."""
    editor.fills = True
    editor.line.setMinimumWidth(80)
    editor.line.setMaximumWidth(16777215)


def paper_help(editor: PaperWordsEditor, instead: str) -> str:
    """Return the sentence under words for her paper: what stands there now, or what to leave out."""
    if editor.value():
        return _(PAPER_HELP)
    if editor.proposal():
        return _("Until you use these words or write your own, her sheet says «{words}».").format(words=instead)
    return _("Empty: her sheet says «{words}». Leave out names, places, court, work and staff.").format(words=instead)
