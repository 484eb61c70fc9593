"""The list of work and training for a round of check-ins: codes only, no name, no partner, no address."""

from __future__ import annotations

from collections.abc import Sequence

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Column, Document, Foot, Heading, Paragraph, Row, Table, Tick, Tone
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import text_of
from shelterdesk.work import ENDED, STAGES, Work, WorkRow

WORK_LIST = "work_list"
"""What the log calls the list."""


def work_list(work: Work, language: str) -> Document:
    """Return the open placements by stage; whoever finds the paper learns no name and no place from it."""

    def say(message: str) -> str:
        return text(message, language)

    blocks: list[Heading | Table | Paragraph] = []
    total = 0
    for stage in STAGES:
        rows = work.at_stage(stage) if stage != ENDED else []
        if rows:
            total += len(rows)
            blocks += [Heading(vocab.PLACEMENT_STAGES.label(stage, language)), _table(rows, work, language)]
    first = Paragraph(ngettext("{n} placement", "{n} placements", total, language), Tone.MUTED)
    return Document(
        title=say(N_("Work and training")),
        subtitle=formats.day(work.on, language, style="long"),
        language=language,
        file_name="work-list",
        blocks=(first, *blocks),
        foot=Foot(mark=say(N_("Stays in the house, destroy after the round.")), page_numbers=True),
    )


def note_work_list(desk: Desk, *, how: str) -> None:
    """Log that the list leaves the program; *how* is ``print``."""
    require(desk, Right.SEE_RECORDS)
    with desk.write(Act.PRINT, facts={"log.what": WORK_LIST, "log.how": how}):
        pass


def _table(rows: Sequence[WorkRow], work: Work, language: str) -> Table:
    def say(message: str) -> str:
        return text(message, language)

    return Table(
        columns=(
            Column(say(N_("Seen")), 14),
            Column(say(N_("Code")), 30),
            Column(say(N_("Work or course")), 50),
            Column(say(N_("Next check-in")), 32),
            Column(say(N_("Note by hand")), 44),
        ),
        rows=tuple(Row((Tick(), row.code, _what(row, language), _when(row, work, language), "")) for row in rows),
    )


def _what(row: WorkRow, language: str) -> str:
    return text_of(row.placement, "post") or vocab.PLACEMENT_KINDS.label(row.placement.kind, language)


def _when(row: WorkRow, work: Work, language: str) -> str:
    on = row.placement.check_in_on
    if on is None:
        return text(N_("no date yet"), language)
    same_year = on.year == work.on.year
    return formats.day(on, language, style="day_month" if same_year else "short")
