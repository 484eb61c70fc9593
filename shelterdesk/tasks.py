"""Tasks of one's own: what somebody wants to have done by a day, about a person or about the house.

What follows from days in the records is no row here: ``to_do`` lists both, so that nothing has to be typed twice.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_
from shelterdesk.reach import require_reach
from shelterdesk.records import add, all_of, archive, begun, change
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import day, link, sealed
from shelterdesk.vault.compartments import Compartment


class Task(Record):
    """One task. It is done once it has the day on which it was done."""

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_open", "archived_at", "done_on", "due_on", "member_id"),
        Index("ix_task_person", "person_id", "archived_at"),
    )

    person_id: Mapped[UUID | None] = link("task.person", N_("About"), "person")
    words = sealed(
        "task.words",
        N_("What is to be done"),
        Compartment.HOUSE,
        required=True,
        help=N_("Everybody on shift can read this."),
        width=60,
    )
    details = sealed(
        "task.details", N_("More about it"), Compartment.CASE, help=N_("For those who work with records."), width=60
    )
    member_id: Mapped[UUID | None] = link("task.member", N_("For"), "member")
    due_on: Mapped[date | None] = day("task.due_on", N_("By"))
    done_on: Mapped[date | None] = day("task.done_on", N_("Done on"), in_future=False)


def find_task(desk: Desk, task_id: UUID) -> Task | None:
    """Return one task, or None where a draft only has its id yet. Raises RecordClosed."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        task = db.get(Task, task_id, options=whole(Task))
    if task is not None and task.person_id is not None:
        require_reach(desk, task.person_id, asks=False)
    return task


def open_tasks_of(desk: Desk, person_id: UUID) -> list[Task]:
    """Return what is still to be done for a person, the earliest day first. Raises RecordClosed."""
    require(desk, Right.SEE_HOUSE)
    require_reach(desk, person_id, asks=False)
    query = select(Task).where(Task.person_id == person_id, Task.done_on.is_(None), Task.archived_at.is_(None))
    with desk.read(everybody=True) as db:
        return all_of(db, query.order_by(Task.due_on.is_(None), Task.due_on, Task.created_at), Task)


def add_task(desk: Desk, person_id: UUID | None = None, *, record_id: UUID | None = None, **values: Any) -> Task:
    """Add a task, about a person or about nobody; ``record_id`` is the id a draft was typed under. Raises Problems."""
    require(desk, Right.KEEP_APPOINTMENTS)
    task = begun(Task, record_id, person_id=person_id)
    return add(desk, Act.ADD_TASK, task, values)


def change_task(desk: Desk, task: Task, **values: Any) -> Task:
    """Change a task as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_APPOINTMENTS)
    return change(desk, Act.CHANGE_TASK, task, values)


def mark_task(desk: Desk, task: Task, *, done: bool = True) -> Task:
    """Say that a task is done today, or open again. Raises StaleRecord."""
    return change_task(desk, task, done_on=desk.today() if done else None)


def archive_task(desk: Desk, task_id: UUID, *, archived: bool = True) -> None:
    """Take a task out of the list, or put it back. Nothing is deleted."""
    require(desk, Right.KEEP_APPOINTMENTS)
    archive(desk, Act.CHANGE_TASK, Task, task_id, archived=archived)
