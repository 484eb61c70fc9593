"""The command that brings in the list a shelter keeps today."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from shelterdesk.cli.entry import signed_in
from shelterdesk.cli.failures import Code, UsageError
from shelterdesk.cli.speaking import Speaker
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange.book import parts_of
from shelterdesk.exchange.book_import import BookPlan, BookResult, counts, plan_book, run_book
from shelterdesk.exchange.clear_copies import clear_copies
from shelterdesk.exchange.rejects import write_rejects
from shelterdesk.exchange.sheets import read_file
from shelterdesk.i18n import N_, _


class NoTable(ShelterDeskError):
    """No sheet of the file is a list of people."""


def bring_in(options: argparse.Namespace, speaker: Speaker) -> int:
    """Import the good rows of a file in one transaction and tell what became of the others.

    Exit code 1 where any row was, or would be, left out.
    """
    source = Path(options.file)
    rejects = Path(options.rejects) if options.rejects else None
    if rejects is not None and rejects.suffix.lower() != ".xlsx":
        raise UsageError(N_("The rows to mend are written as a workbook: --rejects FILE.xlsx"))
    if rejects is not None and rejects.exists() and rejects.samefile(source):
        raise UsageError(N_("The rows to mend need a file of their own, not the list itself."))
    with signed_in(options) as desk:
        plan = _plan(desk, source, speaker)
        if rejects is not None and plan.rejected:
            write_rejects(plan, rejects)
        writes = not options.dry_run and not (options.all_or_nothing and plan.rejected)
        result = run_book(desk, plan, progress=speaker.progress) if writes else None
    if options.json:
        speaker.give(_plain(plan, result))
    else:
        _tell(speaker, plan, result)
    for copy in clear_copies(source, rejects if plan.rejected else None):
        speaker.remark(_("Lies open on this computer: {file} ({what}).").format(file=copy.path, what=copy.role.words()))
    return Code.PROBLEM if plan.rejected else Code.DONE


def _plan(desk: Desk, source: Path, speaker: Speaker) -> BookPlan:
    parts = parts_of(desk, read_file(source))
    if not any(part.kind for part in parts):
        raise NoTable(N_("{file} holds no list: no sheet has a row of titles with rows beneath."), file=source.name)
    return plan_book(desk, parts, progress=speaker.progress)


def _tell(speaker: Speaker, plan: BookPlan, result: BookResult | None) -> None:
    for left in plan.left_out:
        speaker.remark(
            _("Column {column} is left out: {reason}").format(column=left.column.shown, reason=left.why.text())
        )
    for notice in plan.notices:
        speaker.remark(notice.text())
    for rejected in plan.rejected:
        sheet = rejected.problems[0].sheet
        for line in rejected.reason().splitlines():
            where = _("Row {row} of {sheet}: {reason}") if sheet else _("Row {row}: {reason}")
            speaker.remark(where.format(row=rejected.row.number, sheet=sheet, reason=line))
    speaker.say(", ".join(counts(plan)))
    if result is None:
        speaker.say(_("Nothing was written."))
    else:
        speaker.say(_("Added: {count}").format(count=result.added))
        if result.records:
            speaker.say(_("Entries of other sheets: {count}").format(count=result.records))
    if plan.waiting > len(plan.on_file):
        speaker.remark(_("Rows about people on file are compared and taken in the window only."))


def _plain(plan: BookPlan, result: BookResult | None) -> dict[str, Any]:
    return {
        "written": result is not None,
        "new": len(plan.new),
        "added": result.added if result else 0,
        "on_file": result.on_file if result else len(plan.on_file),
        "rejected": len(plan.rejected),
        "codes": list(result.codes) if result else [],
        "entries": result.records if result else len(plan.records),
        "sheet": plan.people.table.sheet if plan.people else "",
        "sheets": {part.table.sheet: part.kind for part in plan.parts},
        "standard": plan.people.mapping.standard or None if plan.people else None,
        "empty_rows": plan.skipped.empty,
        "total_rows": plan.skipped.totals,
        "left_out": [{"column": left.column.shown, "reason": left.why.text()} for left in plan.left_out],
        "notices": [notice.text() for notice in plan.notices],
        "alike": len(plan.alike),
        "problems": [
            {
                "row": problem.row,
                "sheet": problem.sheet,
                "column": problem.column.shown if problem.column else None,
                "field": problem.field_id,
                "reason": problem.text(),
            }
            for problem in plan.problems
        ],
    }
