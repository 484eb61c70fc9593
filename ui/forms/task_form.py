"""A task of one's own: what, about whom, for whom, by when."""

from __future__ import annotations

from uuid import UUID

from shelterdesk import tasks
from shelterdesk.fields import Field
from shelterdesk.i18n import _
from shelterdesk.tasks import Task
from ui.forms.chosen import PersonEditor, StaffEditor
from ui.forms.editors import Editor
from ui.forms.record_form import RecordForm
from ui.seat import Seat

_ASKED = ("words", "person_id", "due_on", "member_id", "details")
_LATER = ("done_on",)


class TaskForm(RecordForm):
    """A new task is for whoever writes it, unless they say otherwise."""

    def __init__(self, seat: Seat, task: Task | None, person_id: UUID | None = None) -> None:
        self.task = task
        super().__init__(seat, Task, _ASKED, headings=False, elsewhere=_LATER)
        self.setObjectName("task_form")
        self.row("words").label.setText(_(seat.desk.field(Task, "words").label))
        if task is None:
            self.load_values({"member_id": seat.desk.me.id, "person_id": person_id})
        else:
            self.load(task, task.person_id)

    def make_editor(self, field: Field) -> Editor:
        match field.attribute:
            case "person_id":
                return PersonEditor(field, self.seat, _("Nobody: about the house"))
            case "member_id":
                return StaffEditor(field, self.seat, _("Whoever is on shift"))
            case _:
                return super().make_editor(field)

    def store(self) -> Task:
        """Save what the form holds. Raises Problems or StaleRecord."""
        if self.task is not None:
            return tasks.change_task(self.seat.desk, self.task, **self.changed_values())
        return tasks.add_task(self.seat.desk, record_id=self.target_id, **self.values())
