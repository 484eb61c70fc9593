"""The commands about people: residents, plan."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from shelterdesk import i18n, sharing
from shelterdesk import residents as lists
from shelterdesk.bed_use import bed_names
from shelterdesk.cli.entry import signed_in
from shelterdesk.cli.failures import Code, UsageError
from shelterdesk.cli.plain import plain_people
from shelterdesk.cli.speaking import Speaker
from shelterdesk.i18n import N_, _
from shelterdesk.person_reading import person_by_code
from shelterdesk.schema.acts import Act


def residents(options: argparse.Namespace, speaker: Speaker) -> int:
    """Print everybody on file, or who lives here now. As JSON it is an export, takes a reason and is logged."""
    chosen = lists.HERE_NOW if options.here else lists.EVERYBODY
    if options.json:
        sharing.require_reason(options.why)
    with signed_in(options) as desk:
        rows = sorted(lists.list_rows(desk, chosen.id), key=lambda row: row.code)
        beds = bed_names(desk, [row.id for row in rows], desk.today())
        if options.json:
            people = plain_people(desk, rows, beds)
            facts = {"log.what": "residents", "log.how": "json", "log.count": len(rows), "log.why": options.why}
            with desk.write(Act.EXPORT, facts=facts):
                pass
            speaker.give(people)
            return Code.DONE
    if not rows:
        speaker.say(_(chosen.empty))
        return Code.DONE
    table: list[tuple[str, ...]] = [(_("Code"), _("Short name"), _("Days here"), _("Bed"), _("Worker"))]
    table += [
        (row.code, row.name if row.has_name else "", "" if row.days_here is None else str(row.days_here),
         beds.get(row.id, ""), row.worker)
        for row in rows
    ]  # fmt: skip
    speaker.table(table)
    return Code.DONE


def plan(options: argparse.Namespace, speaker: Speaker) -> int:
    """Write one of the two papers of a plan as a Word file."""
    from shelterdesk.documents.plan_papers import note_paper, plan_document
    from shelterdesk.documents.word import docx_bytes

    target = Path(options.output)
    if target.suffix.lower() != ".docx":
        raise UsageError(N_("The plan is written as a Word file: -o FILE.docx"))
    with signed_in(options) as desk:
        person = person_by_code(desk, options.code, options.why)
        document = plan_document(desk, person.id, i18n.language(), for_the_file=options.for_file)
        data = docx_bytes(document)
        note_paper(desk, person.id, for_the_file=options.for_file, how="docx")
        target.write_bytes(data)
    told: dict[str, Any] = {"file": str(target), "code": person.code, "for_file": bool(options.for_file)}
    if options.json:
        speaker.give(told)
    else:
        speaker.say(str(target))
    return Code.DONE
