"""The summary as a paper: what was counted, charts, the splits, and what each measure means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shelterdesk import formats
from shelterdesk.documents.blocks import (
    Aside,
    Block,
    Column,
    Document,
    Foot,
    Heading,
    Paragraph,
    Picture,
    RowKind,
    Side,
    Table,
    Tone,
)
from shelterdesk.documents.blocks import Row as TableRow
from shelterdesk.documents.summary_charts import bars_picture, line_picture
from shelterdesk.i18n import N_, text
from shelterdesk.summaries.table import THIS, ChartBars, Row, Summary
from shelterdesk.summaries.words import (
    COVER_RULE,
    SPLIT_LABELS,
    balance_words,
    draft_words,
    figure_words,
    mark_of,
    people_words,
    title_of,
)

SPLITS_APART = ("sex_age", "status")
"""Splits with tables of their own; the others stand under the row they divide."""
_SHARED = ("reason", "kind", "source", "state", "result", "incident")
"""Splits whose parts are all defined alike."""
_CHART_WIDTH_MM = 165.0


def summary_document(summary: Summary, language: str, *, recipient: str | None = None) -> Document:
    """Return *summary*, exact or protected, as a paper marked for *recipient*."""
    mark = mark_of(summary, recipient, language)
    return Document(
        title=title_of(summary, language),
        subtitle=summary.period.label(language),
        language=language,
        file_name=file_name(summary),
        blocks=(
            *_marks(summary, mark, language),
            _table(_main_rows(summary), summary, language),
            *_sum(summary, language),
            *_charts(summary, language),
            *_splits(summary, language),
            Heading(text(N_("What is counted"), language)),
            *(Aside(label, words) for label, words in definitions(summary, language)),
        ),
        foot=Foot(
            mark=mark, text=f"{summary.shelter} · {formats.day(summary.made_at.date(), language)}", page_numbers=True
        ),
        size_pt=9.5,
    )


def file_name(summary: Summary) -> str:
    """Return the name of the file without its ending: «summary-2026-10»."""
    return f"summary-{summary.period.id}"


def definitions(summary: Summary, language: str) -> list[tuple[str, str]]:
    """Return what each measure of *summary* counts, each once; parts of a split share one."""
    rows = summary.rows()
    found: dict[str, tuple[str, str]] = {}
    for row in rows.values():
        label = text(row.label, language)
        if row.part_of:
            whole = text(rows[row.part_of].label, language)
            label = f"{whole}: {text(SPLIT_LABELS[row.split], language) if row.split in _SHARED else label}"
        if row.split in SPLITS_APART:
            label = text(SPLIT_LABELS[row.split], language)
        found.setdefault(row.definition, (label, text(row.definition, language)))
    return list(found.values())


def _marks(summary: Summary, mark: str, language: str) -> list[Block]:
    marks: list[Block] = [Paragraph(mark, Tone.STRONG)]
    if summary.protected:
        marks.append(Paragraph(text(COVER_RULE, language), Tone.MUTED))
    running = draft_words(summary, language)
    if running:
        marks.append(Paragraph(running, Tone.STRONG))
    return marks


def _main_rows(summary: Summary) -> list[tuple[str, list[Row]]]:
    return [
        (section.label, [row for row in section.rows if row.split not in SPLITS_APART]) for section in summary.sections
    ]


def _splits(summary: Summary, language: str) -> list[Block]:
    rows = summary.rows()
    found: list[Block] = []
    for split in SPLITS_APART:
        wholes = dict.fromkeys(row.part_of for row in rows.values() if row.split == split)
        groups = [
            (rows[whole].label, [row for row in rows.values() if (row.part_of, row.split) == (whole, split)])
            for whole in wholes
        ]
        if groups:
            found += [Heading(text(SPLIT_LABELS[split], language)), _table(groups, summary, language, apart=True)]
    return found


def _table(
    groups: Iterable[tuple[str, Sequence[Row]]], summary: Summary, language: str, *, apart: bool = False
) -> Table:
    """Return a table with one group of rows under each label; *apart* from their rows parts do not stand in."""
    lines: list[TableRow] = []
    for label, rows in groups:
        lines.append(TableRow((text(label, language), "", "", "", ""), RowKind.GROUP))
        for row in rows:
            this, previous, since = (figure_words(figure, row.unit, language) for figure in row.figures)
            people = people_words(row, row.figures[THIS], language)
            kind = RowKind.INDENT if row.level and not apart else RowKind.NORMAL
            lines.append(TableRow((text(row.label, language), this, people, previous, since), kind))
    return Table(
        columns=(
            Column("", 62),
            Column(summary.period.label(language), 30, Side.RIGHT),
            Column("", 24, Side.RIGHT),
            Column(summary.previous.short_label(summary.period, language), 28, Side.RIGHT),
            Column(summary.since_january.short_label(summary.period, language), 26, Side.RIGHT),
        ),
        rows=tuple(lines),
    )


def _sum(summary: Summary, language: str) -> list[Block]:
    words = balance_words(summary, language=language)
    if not words:
        return []
    return [Paragraph(text(N_("First day + arrived − left = last day: {sum}"), language, sum=words), Tone.MUTED)]


def _charts(summary: Summary, language: str) -> list[Block]:
    pictures: list[Block] = []
    for series in summary.series:
        if isinstance(series, ChartBars):
            if not series.rows:
                continue
            png, alt = bars_picture(series, summary, language)
            before = summary.previous.short_label(summary.period, language)
            caption = text(N_("The mark across a bar: {period}"), language, period=before)
        else:
            png, alt = line_picture(series, language)
            caption = ""
        pictures += [Heading(text(series.label, language)), Picture(png, alt, _CHART_WIDTH_MM, caption=caption)]
    return pictures
