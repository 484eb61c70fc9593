"""What is typed in the first week. Every text is unusual, so that a copy of it outside the vault can be found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import openpyxl

from tests.core.exchange.lists import PLAIN, Meant, fill_htcds

ROWS = 300
_TITLES = 2


@dataclass(frozen=True)
class Story:
    """One week at a desk."""

    user: str = "gulshan"
    shown_as: str = "Gülşən Zirvəli"
    shelter: str = "Sarıkönül evi"
    passphrase: str = "walrus cobalt gravel trombone"
    given: str = "Xırdagülzar"
    family: str = "Qəmqüsarzadə-Vexler"
    short_name: str = "Zülfüqarnaz K."
    team_note: str = "Tea with Kvitka Ozymandra"
    restricted_note: str = "Dreams of a vermilion lighthouse, wakes at four."
    partner: str = "Tikiş «Qumqablan» MMC"
    told: str = "Knows only that a quiet embroideress Threnodia comes"
    post: str = "Brocade mending, mornings"
    goal: str = "Wants a room with a skylight over Zaqulba"
    milestone: str = "Collect the certificate from Mr Quennevais"
    paper_words: str = "Fetch a paper"
    draft: str = "Blue suitcase 4417 under the stairs, tell nobody but Ysoldemar"
    recipient: str = "Fondation Vermillonquist"
    why: str = "Annual trefoil accord"
    folder: str = "for Xirdagulzar"
    """People name folders after people; where papers are saved must not be remembered either."""

    def canaries(self) -> dict[str, str]:
        """Return what must be found nowhere on disk, by name."""
        return {
            "display name": "Zirvəli",
            "shelter": "Sarıkönül",
            "passphrase": self.passphrase,
            "passphrase words": "cobalt gravel",
            "given name": self.given,
            "family name": "Qəmqüsarzadə",
            "short name": "Zülfüqarnaz",
            "note for the team": "Ozymandra",
            "restricted note": "vermilion lighthouse",
            "partner": "Qumqablan",
            "told to the partner": "Threnodia",
            "post": "Brocade mending",
            "goal": "over Zaqulba",
            "milestone": "Quennevais",
            "draft": "Ysoldemar",
            "recipient": "Vermillonquist",
            "why": "trefoil accord",
            "folder": self.folder,
        }


STORY = Story()


@dataclass(frozen=True)
class Days:
    """The days of the story: October is the last one that is over."""

    today: date = field(default_factory=date.today)

    def october(self) -> date:
        """Return the first day of the last October that is over."""
        year = self.today.year if self.today.month > 10 else self.today.year - 1
        return date(year, 10, 1)

    def typed(self, day: int) -> str:
        """Return a day of that October as one types it."""
        return f"{day:02d}.10.{self.october().year}"

    def soon(self) -> str:
        """Return a day to come as one types it."""
        return f"{self.today + timedelta(days=9):%d.%m.%Y}"


def fill_workbook(target: Path, story: Story = STORY, rows: int = ROWS) -> list[Meant]:
    """Fill the HTCDS workbook with *rows* varied people; one of them is the woman of the story."""
    meant = fill_htcds(PLAIN, target, many=True, rows=rows)
    book = openpyxl.load_workbook(target)
    sheet = book.worksheets[0]
    columns = {str(cell.value): cell.column for cell in sheet[_TITLES] if cell.value}
    hers = meant[rows // 2]
    cells = {
        "First Name": story.given,
        "Second Name": story.family,
        "Birthdate": 1994,
        "Gender": "Qadın",
        "Trafficking Status": "Actual victim of trafficking",
        "Status": "Active",
        "Consent": "Yes",
    }
    for title, value in cells.items():
        sheet.cell(hers.row, columns[title]).value = value
    book.save(target)
    return meant
