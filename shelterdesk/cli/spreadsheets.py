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
from shelterdesk.exchange.clear_copies import clear_copies
from shelterdesk.exchange.mapping import guess_mapping, known_titles
from shelterdesk.exchange.people_import import ImportPlan, ImportResult, counts, plan_import, run_import
from shelterdesk.exchange.rejects import write_rejects
from shelterdesk.exchange.sheets import read_file, tables_of
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
        result = run_import(desk, plan, speaker.progress) if writes else None
    if options.json:
        speaker.give(_plain(plan, result))
    else:
        _tell(speaker, plan, result)
    for copy in clear_copies(source, rejects if plan.rejected else None):
        speaker.remark(_("Lies open on this computer: {file} ({what}).").format(file=copy.path, what=copy.role.words()))
    return Code.PROBLEM if plan.rejected else Code.DONE


def _plan(desk: Desk, source: Path, speaker: Speaker) -> ImportPlan:
    tables = tables_of(read_file(source), known_titles(desk))
    if not tables:
        raise NoTable(N_("{file} holds no list: no sheet has a row of titles with rows beneath."), file=source.name)
    return plan_import(desk, tables[0], guess_mapping(desk, tables[0]), speaker.progress)


def _tell(speaker: Speaker, plan: ImportPlan, result: ImportResult | None) -> None:
    for left in plan.left_out:
        speaker.remark(
            _("Column {column} is left out: {reason}").format(column=left.column.shown, reason=left.why.text())
        )
    for notice in plan.notices:
        speaker.remark(notice.text())
    for rejected in plan.rejected:
        for line in rejected.reason().splitlines():
            speaker.remark(_("Row {row}: {reason}").format(row=rejected.row.number, reason=line))
    speaker.say(", ".join(counts(plan)))
    if result is None:
        speaker.say(_("Nothing was written."))
    else:
        speaker.say(_("Added: {count}").format(count=result.added))


def _plain(plan: ImportPlan, result: ImportResult | None) -> dict[str, Any]:
    return {
        "written": result is not None,
        "new": len(plan.new),
        "added": result.added if result else 0,
        "on_file": result.on_file if result else len(plan.on_file),
        "rejected": len(plan.rejected),
        "codes": list(result.codes) if result else [],
        "sheet": plan.table.sheet,
        "standard": plan.mapping.standard or None,
        "empty_rows": plan.skipped.empty,
        "total_rows": plan.skipped.totals,
        "left_out": [{"column": left.column.shown, "reason": left.why.text()} for left in plan.left_out],
        "notices": [notice.text() for notice in plan.notices],
        "alike": len(plan.alike),
        "problems": [
            {
                "row": problem.row,
                "column": problem.column.shown if problem.column else None,
                "field": problem.field_id,
                "reason": problem.text(),
            }
            for problem in plan.problems
        ],
    }
