"""Importing residents: choose a file, say what its columns are, look at what would happen, import, clean up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from shelterdesk.access import Right
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange.book_import import BookPlan, BookResult
from shelterdesk.exchange.changes import take_back
from shelterdesk.exchange.people_import import ImportCancelled
from shelterdesk.exchange.rejects import write_rejects
from shelterdesk.exchange.sheets import Column, PasswordNeeded, Table
from shelterdesk.exchange.taken_back import take_people_back
from shelterdesk.i18n import _, ngettext
from ui import file_windows
from ui.pages.import_people.choose_step import ChooseStep
from ui.pages.import_people.columns_step import ColumnsStep
from ui.pages.import_people.done_step import DoneStep
from ui.pages.import_people.list_file import (
    ListFile,
    carry_out,
    of_kind,
    open_list,
    plan,
    read_as,
    with_header,
    with_table,
)
from ui.pages.import_people.review_step import ReviewStep
from ui.pages.import_people.steps import Steps
from ui.pages.import_people.strip import ImportStrip
from ui.place import Place
from ui.seat import Seat
from ui.widgets.chip import Chip
from ui.widgets.page import Page
from ui.widgets.text import ElidedWords
from ui.work import Task


class ImportPage(Page):
    """Four steps, one shown at a time. What is under way goes on while other pages are looked at."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Import residents"))
        self.seat = seat
        self.list: ListFile | None = None
        self.plan: BookPlan | None = None
        self.rejects: Path | None = None
        self._path: Path | None = None
        self._task: Task | None = None
        self._round = 0
        self.file_name = ElidedWords("", tone="muted", sensitive=True)
        self.standard = Chip(_("Recognised: HTCDS 2.0"), "done", "file-check")
        self.beside_title(self.file_name)
        self.beside_title(self.standard)
        self.choose = ChooseStep()
        self.columns = ColumnsStep(seat)
        self.review = ReviewStep(seat)
        self.done = DoneStep(seat)
        self.steps = Steps(self.choose, self.columns, self.review, self.done)
        self.content.addWidget(self.steps, 1)
        self.strip = ImportStrip()
        self.set_strip(self.strip)
        self._connect()
        self._show(self.choose)
        self.strip.hide()

    def _connect(self) -> None:
        self.choose.wanted.connect(self.choose_file)
        self.choose.password_given.connect(self._read_protected)
        self.columns.changed.connect(self._choose_target)
        self.columns.sheet_wanted.connect(self._choose_sheet)
        self.columns.kind_wanted.connect(self._choose_kind)
        self.columns.header_wanted.connect(self._choose_header)
        self.columns.encoding_wanted.connect(self._read_as)
        self.review.rejects_wanted.connect(self.save_rejects)
        self.review.compare_wanted.connect(lambda: self.look(compare=True))
        self.review.ticked.connect(lambda _count: self._ask_to_import())
        self.done.rejects_wanted.connect(self.save_rejects)
        self.done.another_wanted.connect(self.begin_anew)
        self.strip.decide.save_pressed.connect(self.go_on)
        self.strip.decide.second_pressed.connect(self.show_columns)
        self.strip.decide.cancel_pressed.connect(self.begin_anew)
        self.strip.stop_wanted.connect(self.stop)

    # --- the page --------------------------------------------------------------------------------------------

    def show_place(self, _place: Place) -> None:
        """Show the step that was left."""
        if not self.seat.desk.may(Right.IMPORT_PEOPLE):
            self.choose.complain(_("Your role does not include importing."))
            self.choose.button.hide()
        elif self.steps.current() is self.choose:
            self.choose.button.setFocus()

    def refresh(self) -> None:
        """Show the same anew; visitor mode may have changed."""
        if self.steps.current() is self.columns and self.list is not None:
            self.columns.show_list(self.list)
        self.review.refresh()
        self._say_file()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what is answered to: going on and going back."""
        if self.strip.is_working():
            return {"cancel": self.stop}
        if self.steps.current() in (self.columns, self.review):
            back = self.show_columns if self.steps.current() is self.review else self.begin_anew
            return {"save": self.go_on, "cancel": back}
        return {}

    def keep_drafts(self) -> None:
        """Nothing is kept of a list that was not imported, except what its columns stand for."""

    # --- choosing --------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for the file."""
        kinds = ";;".join((_("Lists (*.xlsx *.xlsm *.csv *.tsv *.txt)"), _("All files (*)")))
        file = file_windows.choose_file(self, _("Choose the list"), kinds)
        if file is not None:
            self.read(file)

    def begin_anew(self) -> None:
        """Forget the file and show the first step."""
        self._round += 1
        self.list = self.plan = self.rejects = None
        self.choose.complain("")
        self._show(self.choose)
        self.strip.hide()
        self.choose.button.setFocus()

    def read(self, path: Path, password: str = "") -> None:
        """Read a file in the worker, and go to its columns, or on to the result where they are known."""
        self._path = path
        self.choose.complain("")
        words = _("Reading {file}…").format(file=path.name)
        self._work(words, lambda _task: open_list(self.seat.desk, path, password), self._read)

    def _read_as(self, encoding: str) -> None:
        """Read the same file as *encoding*; where it is not written so, it stays as it was read."""
        one, desk = self.list, self.seat.desk

        def again(_task: Task) -> ListFile | ShelterDeskError:
            assert one is not None
            try:
                return read_as(desk, one, encoding)
            except ShelterDeskError as error:
                return error

        def take(found: ListFile | ShelterDeskError) -> None:
            if isinstance(found, ListFile):
                self.list = found
            self.show_columns()
            if isinstance(found, ShelterDeskError):
                self.banner.say(found.text(), kind="error")
            self.columns.encoding.setFocus()

        if one is not None:
            self._work(_("Reading {file}…").format(file=one.path.name), again, take)

    def _read_protected(self, password: str) -> None:
        if self._path is not None:
            self.read(self._path, password)

    def _read(self, one: ListFile) -> None:
        self.list = one
        if one.mapping.standard and sum(bool(part.kind) for part in one.parts) == 1:
            self.look()
        else:
            self.show_columns()

    # --- columns ---------------------------------------------------------------------------------------------

    def show_columns(self) -> None:
        """Show what each column becomes."""
        if self.list is None:
            return
        self.columns.show_list(self.list)
        self._show(self.columns)
        self.strip.ask(_("Look at the result"), "", _("Another file"))
        self.columns.begin()

    def _choose_target(self, column: Column, target: Any) -> None:
        if self.list is not None:
            self.list = self.list.with_target(column, target)
            self.columns.show_choices(self.list)

    def _choose_sheet(self, table: Table) -> None:
        if self.list is not None:
            self.list = with_table(self.list, table)
            self.columns.show_list(self.list)

    def _choose_kind(self, kind: str) -> None:
        if self.list is not None:
            self.list = of_kind(self.seat.desk, self.list, kind)
            self.columns.show_list(self.list)

    def _choose_header(self, row: int) -> None:
        if self.list is None:
            return
        try:
            self.list = with_header(self.seat.desk, self.list, row)
        except ShelterDeskError as error:
            self.banner.say(error.text(), kind="error")
        else:
            self.banner.clear()
        self.columns.show_list(self.list)

    # --- the result ------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Go from the columns to the result, and from the result to importing."""
        if self.steps.current() is self.columns:
            self.look()
        elif self.plan is not None and (self.plan.brings or self.review.changes.ticked):
            self.carry_out()

    def look(self, *, compare: bool = False) -> None:
        """Plan the import in the worker, with what would change about people on file where that is asked for.

        Nothing is written.
        """
        one, desk = self.list, self.seat.desk
        if one is None:
            return
        words = _("Looking at row {done} of {whole}")
        self._work(_("Looking at the rows…"), lambda task: plan(desk, one, task, compare=compare), self._planned, words)

    def _planned(self, planned: BookPlan) -> None:
        self.plan = planned
        self.review.show_plan(planned)
        self._show(self.review)
        self._ask_to_import()
        if planned.changes:
            self.review.changes.table.setFocus()
        elif self.strip.decide.save.isVisible():
            self.strip.decide.save.setFocus()

    def _ask_to_import(self) -> None:
        if self.plan is None or self.steps.current() is not self.review:
            return
        people, records, ticked = len(self.plan.new), len(self.plan.records), len(self.review.changes.ticked)
        whom = ngettext("Import {n} person", "Import {n} people", people)
        if people and records and not ticked:
            entries = ngettext("{n} entry", "{n} entries", records)
            save = _("{whom} and {entries}").format(whom=whom, entries=entries)
        elif people and not ticked:
            save = whom
        elif records and not ticked:
            save = ngettext("Import {n} entry", "Import {n} entries", records)
        elif ticked and not self.plan.brings:
            save = ngettext("Take {n} change", "Take {n} changes", ticked)
        elif ticked:
            save = _("Import with the ticked changes")
        else:
            save = ""
        self.strip.ask(save, _("Columns…"), _("Another file"))

    def save_rejects(self) -> None:
        """Ask where the rows with problems go, and write them there."""
        path = file_windows.choose_target(
            self, _("Save rows with problems"), _("rows-to-mend") + ".xlsx", _("Workbooks (*.xlsx)")
        )
        if path is not None:
            self.write_rejects(path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx"))

    def write_rejects(self, path: Path) -> None:
        """Write the rows with problems, with their reasons."""
        if self.plan is None:
            return
        if self.list is not None and self.list.is_in(path):
            self.banner.say(_("That is the list itself, which would be lost. Choose another name."), kind="error")
            return
        try:
            count = write_rejects(self.plan, path)
        except ShelterDeskError as error:
            self.banner.say(error.text(), kind="error")
            return
        self.rejects = path
        rows = ngettext("{n} row saved", "{n} rows saved", count)
        self.banner.say(
            _("{rows} in {file}. That file holds names in clear.").format(rows=rows, file=path.name), kind="done"
        )
        if self.steps.current() is self.done:
            self.done.show_copies(path)

    # --- importing -------------------------------------------------------------------------------------------

    def carry_out(self) -> None:
        """Import in the worker, in one transaction."""
        one, planned = self.list, self.plan
        if one is None or planned is None:
            return
        ticked = frozenset(self.review.changes.ticked)
        words = _("Importing {done} of {whole}")
        self._work(
            _("Importing…"),
            lambda task: carry_out(self.seat.desk, one, planned, ticked, task),
            self._imported,
            words,
            writes=True,
        )

    def stop(self) -> None:
        """Stop what is under way; nothing happened then."""
        task = self._task
        if task is None:
            return
        task.cancel()
        if task.writes:
            # The transaction is rolled back first; until then nothing else may be begun.
            self.strip.work(_("Stopping…"), may_stop=False)
        else:
            self._stopped()

    def _imported(self, result: BookResult) -> None:
        assert self.list is not None
        assert self.plan is not None
        self.done.show_result(result, self.plan, self.list.path, self.rejects)
        self._show(self.done)
        self.strip.hide()
        self.seat.saved.emit()
        (self.done.show_people if self.done.show_people.isVisible() else self.done.another).setFocus()
        said = [ngettext("{n} person came in", "{n} people came in", result.added)] if result.added else []
        if result.taken.done:
            said.append(ngettext("{n} change was taken", "{n} changes were taken", len(result.taken.done)))
        if said:
            self.seat.say(" · ".join(said), lambda: self._take_back(result))

    def _take_back(self, result: BookResult) -> None:
        """Undo what was changed about people on file, and take those out who came in and were left alone since."""
        words, desk = _("Taking back…"), self.seat.desk

        def undo(_task: Task) -> tuple[int, int]:
            changes = take_back(desk, result.taken) if result.taken.done else 0
            return changes, take_people_back(desk, result.people) if result.people else 0

        self._work(words, undo, lambda found: self._taken_back(result, *found), writes=True)
        self.strip.work(words, may_stop=False)

    def _taken_back(self, result: BookResult, changes: int, people: int) -> None:
        self.strip.hide()
        self.done.changes.hide()
        self.seat.saved.emit()
        said = [ngettext("{n} change was taken back", "{n} changes were taken back", changes)] if changes else []
        if result.people:
            said.append(ngettext("{n} person was taken out again", "{n} people were taken out again", people))
        stayed = len(result.people) - people
        if stayed:
            words = ngettext("{n} stays: somebody wrote about her", "{n} stay: somebody wrote about them", stayed)
            said.append(words)
        self.seat.say(" · ".join(said))

    # --- working ---------------------------------------------------------------------------------------------

    def _work(
        self,
        words: str,
        function: Callable[[Task], Any],
        then: Callable[[Any], None],
        progress: str = "",
        *,
        writes: bool = False,
    ) -> None:
        """Run *function* in the worker under the bar. What comes from a round that was left is dropped."""
        self._round += 1
        number = self._round
        self.banner.clear()
        self.strip.work(words)
        self._enable(on=False)

        def done(value: Any) -> None:
            if number == self._round:
                self._rest()
                then(value)

        def failed(error: BaseException) -> None:
            if number == self._round:
                self._rest()
                self._failed(error)

        task = self.seat.in_background(function, done, owner=self, failed=failed, writes=writes)
        self._task = task
        if progress:
            task.progressed.connect(lambda at, whole: self._advance(number, progress, at, whole))

    def _advance(self, number: int, words: str, done: int, whole: int) -> None:
        task = self._task
        if number != self._round or task is None or task.cancelled():
            return
        self.strip.advance(words, done, whole)
        if task.writes and done >= whole:
            self.strip.work(_("Finishing…"), may_stop=False)

    def _rest(self) -> None:
        self._task = None
        self._enable(on=True)
        self.banner.clear()

    def _stopped(self) -> None:
        """Go back to the step before, with the words that nothing happened."""
        self._round += 1
        self._rest()
        step = self.steps.current()
        if step is self.review and self.plan is not None:
            self._ask_to_import()
        elif step is self.columns:
            self.strip.ask(_("Look at the result"), "", _("Another file"))
        else:
            self.begin_anew()
        self.banner.say(ImportCancelled().text(), kind="info")

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, ImportCancelled):
            self._stopped()
        elif not isinstance(error, ShelterDeskError):
            self.begin_anew()
            raise error
        elif self.steps.current() is self.choose:
            self.strip.hide()
            if isinstance(error, PasswordNeeded):
                self.choose.ask_password(error.text())
                return
            self.choose.complain(error.text())
            self.choose.button.setFocus()
        else:
            self._stopped()
            self.banner.say(error.text(), kind="error")

    def _enable(self, *, on: bool) -> None:
        self.steps.setEnabled(on)

    def _show(self, step: QWidget) -> None:
        self.steps.show_step(step)
        self.scroll_area.verticalScrollBar().setValue(0)
        self._say_file()

    def _say_file(self) -> None:
        one = self.list if self.steps.current() is not self.choose else None
        name = one.path.name if one is not None else ""
        self.file_name.setText(self.seat.masked(name))
        self.file_name.setVisible(bool(name))
        self.standard.setVisible(one is not None and bool(one.mapping.standard))
