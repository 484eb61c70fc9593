"""A summary on its way out: who may, for whom, what it carries, and what the log keeps."""

from __future__ import annotations

import io
import json
from datetime import date

import docx
import pytest
from msoffcrypto import OfficeFile
from openpyxl import load_workbook
from sqlalchemy import func, select

from shelterdesk.access import Limit, Right, Role, rights_of
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Picture, Table
from shelterdesk.documents.protect import PasswordUnfit
from shelterdesk.errors import NotAllowed, ShelterDeskError
from shelterdesk.exports import (
    AlreadyProtected,
    Format,
    NoPasswordThere,
    NoRecipient,
    export_pages,
    export_summary,
    for_recipient,
    summary_paper,
)
from shelterdesk.referrals import Referral
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import LogRow
from shelterdesk.summaries.period import month
from shelterdesk.summaries.summary import summarise
from shelterdesk.summaries.table import Summary
from shelterdesk.summaries.words import balance_words

from .conftest import House

OCTOBER = month(date(2026, 10, 1))


@pytest.fixture
def summary(desk: Desk, house: House) -> Summary:
    """Seven lived here in October; three came from the police, which is few."""
    for number in range(7):
        person = house.person()
        house.stay(person, date(2026, 9, 1 + number), None)
        house.service(person, date(2026, 10, 5), minutes=90)
        if number < 3:
            house.service(person, date(2026, 10, 6), "legal_advice", minutes=37)
            house.put(Referral(person_id=person, referred_on=date(2026, 10, 1), source="police"))
    return summarise(desk, OCTOBER)


def exports(desk: Desk) -> int:
    with desk.read() as db:
        acts = (Act.EXPORT.code, Act.PRINT.code)
        return db.scalar(select(func.count()).select_from(LogRow).where(LogRow.act.in_(acts))) or 0


def rows_of(data: bytes) -> dict[str, dict[str, object]]:
    return {row["id"]: row["figures"]["period"] for part in json.loads(data)["sections"] for row in part["rows"]}


def test_anyone_else_gets_it_without_small_numbers(desk: Desk, summary: Summary) -> None:
    data = export_summary(desk, summary, recipient=None, format=Format.JSON)
    rows = rows_of(data)
    assert rows["here_last"] == {"value": 7, "people": None}
    assert rows["milestones"]["value"] == 0
    for row in ("services.legal", "hours.legal", "referrals.police"):
        assert rows[row]["value"] is rows[row]["people"] is None
        assert rows[row]["hidden"] == "hidden"
    # What is left of the whole would tell what is hidden.
    assert None in (rows["services"]["value"], rows["services.social"]["value"])
    assert json.loads(data)["protected"] is True
    assert b"1.85" not in data, "three talks of 37 minutes"


def test_a_named_recipient_gets_exact_figures_marked_with_the_name(desk: Desk, summary: Summary) -> None:
    data = export_summary(desk, summary, recipient="National Coordinator", format="json", why="Agreement 4/2025")
    values = json.loads(data)
    assert values["recipient"] == "National Coordinator"
    assert "National Coordinator" in values["mark"]
    assert rows_of(data)["services.legal"] == {"value": 3, "people": 3}
    assert values["columns"]["previous"] == {"id": "2026-09", "first": "2026-09-01", "last": "2026-09-30"}
    assert values["lines"][0]["months"]["2026-10"]["value"] == 7


def test_every_export_is_logged_with_for_whom_and_why(desk: Desk, summary: Summary) -> None:
    before = exports(desk)
    export_summary(desk, summary, recipient="Ministry", format="csv", why="Agreement 4/2025")
    export_pages(desk, summary, recipient=None, how="print")
    assert exports(desk) == before + 2
    with desk.read() as db:
        newest = log_reading.logged(db, limit=2)
    printed, exported = ({change.field_id: change.after for change in row.changes} for row in newest)
    assert exported["log.what"] == "summary 2026-10 exact"
    assert exported["log.for_whom"] == "Ministry"
    assert exported["log.why"] == "Agreement 4/2025"
    assert exported["log.how"] == "csv"
    assert printed["log.what"] == "summary 2026-10 protected"
    assert "log.for_whom" not in printed


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"recipient": " ", "format": "docx"}, NoRecipient),
        ({"recipient": None, "format": "csv", "password": "one-two"}, NoPasswordThere),
        ({"recipient": None, "format": "docx", "password": ""}, PasswordUnfit),
    ],
)
def test_what_cannot_be_made_is_not_logged(
    desk: Desk, summary: Summary, values: dict[str, str | None], error: type[ShelterDeskError]
) -> None:
    before = exports(desk)
    with pytest.raises(error):
        export_summary(desk, summary, **values)  # type: ignore[arg-type]
    assert exports(desk) == before


def test_rights(desk: Desk, summary: Summary) -> None:
    desk.rights = rights_of([Role.DIRECTOR], {Role.DIRECTOR: Limit(frozenset({Right.EXPORT_EXACT}))})
    assert export_summary(desk, summary, recipient=None, format="csv")
    with pytest.raises(NotAllowed):
        export_summary(desk, summary, recipient="Ministry", format="csv")
    desk.rights = rights_of([Role.CASE_MANAGER, Role.SOCIAL_WORKER])
    for recipient in (None, "Ministry"):
        with pytest.raises(NotAllowed):
            export_summary(desk, summary, recipient=recipient, format="csv")
        with pytest.raises(NotAllowed):
            summary_paper(desk, summary, recipient=recipient)


def test_a_reporting_officer_exports_without_keys(desk: Desk, summary: Summary) -> None:
    desk.vault.ring.wipe()
    desk.rights = rights_of([Role.REPORTING_OFFICER])
    assert export_summary(desk, summary, recipient="Ministry", format="json")


def test_exact_figures_do_not_come_out_of_a_protected_summary(desk: Desk, summary: Summary) -> None:
    protected = for_recipient(desk, summary, None)
    assert for_recipient(desk, protected, None) == protected
    with pytest.raises(AlreadyProtected):
        for_recipient(desk, protected, "Ministry")


def test_word_file_has_tables_charts_and_definitions(desk: Desk, summary: Summary) -> None:
    paper = summary_paper(desk, summary, recipient="Ministry", language="en")
    assert sum(isinstance(block, Picture) for block in paper.blocks) == 2
    assert sum(isinstance(block, Table) for block in paper.blocks) == 3
    made = docx.Document(io.BytesIO(export_summary(desk, summary, recipient="Ministry", format="docx")))
    words = "\n".join(
        [paragraph.text for paragraph in made.paragraphs]
        + [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    )
    assert "Exact figures for Ministry" in words
    assert "October 2026" in words
    assert summary.rows()["bed_nights"].definition in words
    assert balance_words(summary, language="en") == "7 + 0 − 0 = 7"
    assert "7 + 0 − 0 = 7" in words


def test_protected_paper_shows_no_hidden_figure_in_words_of_charts(desk: Desk, summary: Summary) -> None:
    paper = summary_paper(desk, summary, recipient=None, language="en")
    bars, _line = (block for block in paper.blocks if isinstance(block, Picture))
    assert "Legal hidden" in bars.alt
    assert "Legal 3" not in bars.alt
    assert paper.foot.mark == "Protected: small numbers are left out"


def test_workbook_with_a_password_opens_only_with_it(desk: Desk, summary: Summary) -> None:
    data = export_summary(desk, summary, recipient="Ministry", format="xlsx", password="amber-fennel-copper")
    office = OfficeFile(io.BytesIO(data))
    assert office.is_encrypted()
    office.load_key(password="amber-fennel-copper")
    opened = io.BytesIO()
    office.decrypt(opened)
    book = load_workbook(opened)
    table = {row[-1]: row for row in book.worksheets[0].iter_rows(values_only=True)}
    assert table["services.legal"][3:5] == (3, 3)
    assert table["occupancy"][3] is None
    assert table["beds_used"][3] == 7
    said = [cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]
    assert "Exact figures for Ministry" in said
    assert summary.rows()["here_first"].definition in said


def test_csv_says_what_it_is_and_hides(desk: Desk, summary: Summary) -> None:
    lines = export_summary(desk, summary, recipient=None, format="csv", language="en").decode("utf-8-sig").splitlines()
    assert lines[1].startswith("Protected: small numbers are left out")
    (legal,) = (line for line in lines if line.endswith("services.legal"))
    assert ",hidden," in legal


@pytest.mark.parametrize("language", ["az", "en", "ru"])
def test_papers_in_all_languages(desk: Desk, summary: Summary, language: str) -> None:
    paper = summary_paper(desk, summary, recipient=None, language=language)
    assert paper.language == language
    assert paper.subtitle == OCTOBER.label(language)
