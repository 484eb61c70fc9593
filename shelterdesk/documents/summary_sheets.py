"""The summary as tables for other programs: a workbook, CSV and JSON, every row with its id."""

from __future__ import annotations

from typing import Any, Final

from shelterdesk.documents.sheets import CellKind, CellValue, Sheet, SheetColumn, Workbook
from shelterdesk.documents.summary import definitions, file_name
from shelterdesk.i18n import N_, text
from shelterdesk.summaries.table import ChartLine, Figure, Row, Summary, Unit
from shelterdesk.summaries.words import COVER_RULE, SPLIT_LABELS, draft_words, mark_of, title_of

JSON_FORMAT: Final = "shelterdesk-summary"
JSON_VERSION: Final = 1
_COLUMN_NAMES: Final = ("period", "previous", "since_january")
_UNITS: Final[dict[Unit, str]] = {
    "people": N_("people"),
    "sessions": N_("sessions"),
    "hours": N_("hours"),
    "nights": N_("nights"),
    "money": N_("money"),
    "percent": N_("per cent"),
    "count": N_("number"),
}


def summary_workbook(summary: Summary, language: str, *, recipient: str | None = None) -> Workbook:
    """Return *summary*, exact or protected, marked for *recipient*."""
    marks = [
        f"{title_of(summary, language)}, {summary.period.label(language)}",
        mark_of(summary, recipient, language),
        *([text(COVER_RULE, language)] if summary.protected else []),
        draft_words(summary, language),
    ]
    return Workbook(
        language=language,
        file_name=file_name(summary),
        sheets=(summary_sheet(summary, language),),
        marks=tuple(mark for mark in marks if mark),
        definitions=tuple(definitions(summary, language)),
    )


def summary_csv(summary: Summary, language: str, *, recipient: str | None = None) -> Sheet:
    """Return the table with a first line that says for whom it is: a file of CSV has no other place for it."""
    sheet = summary_sheet(summary, language)
    mark = mark_of(summary, recipient, language)
    first: tuple[CellValue, ...] = (mark, *(None for _ in sheet.columns[1:]))
    return Sheet(sheet.name, sheet.columns, (first, *sheet.rows))


def summary_sheet(summary: Summary, language: str) -> Sheet:
    """Return one table with all rows. Hidden figures are words, shares are per cent."""

    def say(message: str) -> str:
        return text(message, language)

    columns = [SheetColumn(say(N_("Measure"))), SheetColumn(say(N_("Split"))), SheetColumn(say(N_("Unit")))]
    for period in summary.columns:
        columns += [
            SheetColumn(period.label(language), CellKind.MIXED),
            SheetColumn(f"{period.label(language)}, {say(N_('people'))}", CellKind.NUMBER),
        ]
    columns.append(SheetColumn(say(N_("Id"))))
    rows: list[tuple[CellValue, ...]] = []
    heads: set[int] = set()
    for section in summary.sections:
        heads.add(len(rows))
        rows.append((say(section.label), *(None for _ in columns[1:])))
        labels = {row.id: row.label for row in section.rows}
        for row in section.rows:
            label = say(row.label)
            if row.part_of:
                label = f"{say(labels[row.part_of])}: {label}"
            split = say(SPLIT_LABELS[row.split]) if row.split else None
            rows.append((label, split, say(_UNITS[row.unit]), *_cells(row, language), row.id))
    return Sheet(summary.period.id, tuple(columns), tuple(rows), frozenset(heads))


def summary_json(summary: Summary, language: str, *, recipient: str | None = None) -> dict[str, Any]:
    """Return *summary* as plain values; shares are between 0 and 1. What is hidden is null, with its word beside it."""
    return {
        "format": JSON_FORMAT,
        "version": JSON_VERSION,
        "shelter": summary.shelter,
        "site_id": None if summary.site_id is None else str(summary.site_id),
        "made_at": summary.made_at.isoformat(timespec="seconds"),
        "language": language,
        "mark": mark_of(summary, recipient, language),
        "protected": summary.protected,
        "recipient": recipient,
        "counted_until": None if summary.until is None else summary.until.isoformat(),
        "columns": {
            name: {"id": period.id, "first": period.first.isoformat(), "last": period.last.isoformat()}
            for name, period in zip(_COLUMN_NAMES, summary.columns, strict=True)
        },
        "sections": [
            {
                "id": section.id,
                "label": text(section.label, language),
                "rows": [_row_values(row, language) for row in section.rows],
            }
            for section in summary.sections
        ],
        "lines": [_line_values(series, language) for series in summary.series if isinstance(series, ChartLine)],
    }


def _cells(row: Row, language: str) -> list[CellValue]:
    cells: list[CellValue] = []
    for figure in row.figures:
        cells += [_cell(figure, row.unit, language), _people(row, figure, language)]
    return cells


def _cell(figure: Figure, unit: Unit, language: str) -> CellValue:
    if figure.cover:
        return text(figure.cover, language)
    if isinstance(figure.value, float):
        return round(figure.value * 100 if unit == "percent" else figure.value, 1)
    if unit == "money" and figure.value is not None:
        return figure.value / 100
    return figure.value


def _people(row: Row, figure: Figure, language: str) -> CellValue:
    if row.unit == "people":
        return None
    return text(figure.people_cover, language) if figure.people_cover else figure.people


def _row_values(row: Row, language: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "label": text(row.label, language),
        "unit": row.unit,
        "part_of": row.part_of or None,
        "split": row.split or None,
        "definition": text(row.definition, language),
        "figures": {name: _values(figure) for name, figure in zip(_COLUMN_NAMES, row.figures, strict=True)},
    }


def _line_values(line: ChartLine, language: str) -> dict[str, Any]:
    return {
        "id": line.id,
        "label": text(line.label, language),
        "unit": line.unit,
        "capacity": line.capacity,
        "months": {point.month.id: _values(point.figure) for point in line.points},
    }


def _values(figure: Figure) -> dict[str, Any]:
    value = round(figure.value, 4) if isinstance(figure.value, float) else figure.value
    found: dict[str, Any] = {"value": value, "people": figure.people}
    if figure.cover:
        found["hidden"] = str(figure.cover)
    if figure.people_cover:
        found["people_hidden"] = str(figure.people_cover)
    return found
