"""Tasks: everything that is to be done, past its day first, with a form for tasks of one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import drafts, formats, tasks, to_do
from shelterdesk.access import Right
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.folding import fold
from shelterdesk.i18n import N_, _, ngettext
from shelterdesk.tasks import Task
from shelterdesk.to_do import ToDo, When
from ui.draft_places import draft_for
from ui.forms.inline_form import InlineForm
from ui.forms.task_form import TaskForm
from ui.forms.to_do_list import ToDoList
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.rows import Row, RowShape
from ui.widgets.search_field import SearchField
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

LIST_ID: Final = "tasks"
MINE, EVERYBODY = "mine", "everybody"
OPEN, DONE = "open", "done"
_TITLES: Final[dict[When, str]] = {
    "past": N_("Past their day"),
    "this_week": N_("This week"),
    "later": N_("Later"),
    "notes": N_("Notes to write"),
}
_SHAPE: Final = RowShape(height=36, second_at=0.46, third_at=0.64, chip_at=0.82, rule=True)
_MOST: Final = 200
"""Rows shown at the most; the filter finds the others."""
_KINDS: Final = frozenset(
    {
        "appointment", "colleague", "deadline", "follow_up", "identity_document", "milestone", "person", "plan",
        "phase_since", "referral", "referral_out", "relation", "risk_since", "safety_plan", "service", "task",
        "worker_since",
    }
)  # fmt: skip


class TasksPage(Page):
    """Space marks done, M moves to another day, Enter opens; all can be undone."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Tasks"))
        self.seat = seat
        self.found: list[ToDo] = []
        self.editor: InlineForm | None = None
        self._may = seat.desk.may(Right.KEEP_APPOINTMENTS)
        if self._may:
            self.new_button = PrimaryButton(_("New task"), "plus")
            self.new_button.setObjectName("new-task")
            self.new_button.clicked.connect(self.add)
            self.add_act(self.new_button)
        self.content.addLayout(self._make_controls())
        self._place = QWidget()
        self._holder = QVBoxLayout(self._place)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._place.hide()
        self.content.addWidget(self._place)
        self.card = Card(_("To be done"))
        self.rows = ToDoList(seat, _("To be done"), _SHAPE)
        self.rows.setObjectName("tasks")
        self.empty = EmptyState("", icon="list-checks")
        self.empty.pressed.connect(self.add)
        self.more = Words("", "small", "muted")
        self.more.setContentsMargins(20, 4, 0, 0)
        self.card.add(self.rows, inset=1)
        self.card.add(self.empty)
        self.card.add(self.more, inset=0)
        self.card.end(10)
        self.content.addWidget(self.card)
        self.content.addStretch(1)
        self.filter.left_downwards.connect(self.rows.setFocus)
        seat.bus.changed.connect(self._changed)

    def _make_controls(self) -> QHBoxLayout:
        self.state = Segmented(_("Show"), [(OPEN, _("To be done")), (DONE, _("Done"))], OPEN)
        self.whose = Segmented(_("Whose"), [(MINE, _("Mine")), (EVERYBODY, _("Everybody’s"))], MINE)
        self.filter = SearchField(_("Filter by words, name or colleague"))
        self.filter.setObjectName("filter")
        self.state.chosen.connect(lambda _state: self.refresh())
        self.whose.chosen.connect(lambda _whose: self.refresh())
        self.filter.textChanged.connect(lambda _text: self._show())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.state)
        row.addWidget(self.whose)
        row.addWidget(self.filter, 1)
        return row

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show what is to be done; *doing* opens the form of a task."""
        self.close_editor()
        self.refresh()
        draft = draft_for(drafts.my_drafts(self.seat.desk), place.about)
        if place.doing and self._may:
            try:
                self._open_form(self._task(place, draft), draft, place)
            except ShelterDeskError as error:
                self.seat.complain(error)

    def _task(self, place: Place, draft: Draft | None) -> Task | None:
        wanted = draft.target_id if draft is not None else place.about
        if wanted is None or place.doing == "new_task":
            return None
        return tasks.find_task(self.seat.desk, wanted)

    def refresh(self) -> None:
        """Read what is to be done anew."""
        desk = self.seat.desk
        whose = desk.me.id if self.whose.value() == MINE else None
        self.found = to_do.to_dos(desk, whose=whose, done=self.state.value() == DONE)
        self._show()

    def _show(self) -> None:
        shown = [one for one in self.found if self._fits(one)]
        today, done = self.seat.desk.today(), self.state.value() == DONE
        rows: list[ToDo | Row] = []
        heading = ""
        for one in shown[:_MOST]:
            words = "" if done else _(_TITLES[to_do.when_of(one, today)])
            if words != heading:
                heading = words
                rows.append(Row(words, header=True))
            rows.append(one)
        self.rows.show_to_dos(rows)
        past = 0 if done else sum(to_do.when_of(one, today) == "past" for one in shown)
        count = ngettext("{n} past its day", "{n} past their day", past) if past else ""
        self.set_title(_("Tasks"), count)
        self.card.set_aside(_("Space: done     M: move     Enter: open") if shown and not done else "")
        self.rows.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        nothing = _("Nothing was marked done in the last 30 days.") if done else _("Nothing is to be done.")
        searched = bool(self.filter.text().strip())
        offered = _("New task") if self._may and not done and not searched else ""
        self.empty.say(_("Nothing fits this filter.") if searched else nothing, offered)
        more = len(shown) - _MOST
        self.more.setVisible(more > 0)
        self.more.setText(ngettext("and {n} more; type to find it", "and {n} more; type to find them", max(more, 1)))

    def _fits(self, one: ToDo) -> bool:
        who = self.seat.names("member").get(one.member_id, "") if one.member_id else ""
        words = "" if self.seat.visitor else one.words
        whole = fold(f"{words} {one.person} {who}")
        return all(word in whole for word in fold(self.filter.text()).split())

    # --- acts --------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Open the form of a new task."""
        if self._may:
            self._open_form(None, None, Place("services", list_id=LIST_ID))

    def edit_current(self) -> None:
        """Open the task the keyboard is on in its form, or where else it stands."""
        key = self.rows.current_key()
        if key is not None:
            self.rows.open(key)

    def archive_current(self) -> None:
        """Take a task out of the list; the banner puts it back."""
        key: Any = self.rows.current_key()
        if not any(one.id == key and one.source == "task" for one in self.found) or not self._may:
            return
        self._take_out(key)

    def _take_out(self, task_id: Any) -> None:
        desk = self.seat.desk
        self.close_editor()
        try:
            tasks.archive_task(desk, task_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.say(_("Task taken out"), lambda: tasks.archive_task(desk, task_id, archived=False))

    def _open_form(self, task: Task | None, draft: Draft | None, place: Place) -> None:
        self.close_editor()
        form = TaskForm(self.seat, task, place.person_id)
        editor = InlineForm(
            self.seat,
            form,
            _("Save task"),
            lambda _form: form.store(),
            title=_("Task") if task is not None else _("New task"),
        )
        if task is not None:
            remove = LinkButton(_("Take out"))
            remove.clicked.connect(lambda: self._take_out(task.id))
            editor.add_act(remove)
        if draft is not None:
            form.load_draft(draft)
        editor.finished.connect(lambda saved: self._finished(task, saved=saved))
        self.editor = editor
        self._holder.addWidget(editor)
        self._place.show()
        editor.begin()

    def _finished(self, before: Task | None, *, saved: bool) -> None:
        editor = self.editor
        assert editor is not None
        after: Any = editor.saved
        self.close_editor()
        self.refresh()
        self.rows.setFocus()
        if not saved:
            return
        self.rows.go_to(after.id)
        day = formats.day(after.due_on, style="weekday_day_month") if after.due_on else ""
        said = _("Task saved for {day}").format(day=day) if day else _("Task saved")
        if before is None:
            self.seat.say(said, lambda: tasks.archive_task(self.seat.desk, after.id))
        else:
            self.seat.say(said)

    def close_editor(self) -> None:
        """Close the form; what was typed stays a draft."""
        if self.editor is not None:
            self.editor.form.keep_draft()
            self._holder.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self._place.hide()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the page answers to at this moment."""
        if self.editor is not None:
            return self.editor.commands()
        if self.rows.is_moving():
            return self.rows.commands()
        found: dict[str, Callable[[], object]] = {}
        if self.rows.current_key() is not None:
            found |= {"edit": self.edit_current, "archive": self.archive_current}
        return found

    def keep_drafts(self) -> None:
        """Keep what was typed."""
        self.rows.stop_moving()
        if self.editor is not None:
            self.editor.form.keep_draft()

    def _changed(self, kinds: frozenset[str]) -> None:
        # A visit reads everything anew, so only what is on screen has to follow.
        if kinds & _KINDS and self.isVisible():
            self.refresh()
