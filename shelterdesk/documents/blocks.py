"""What a document is made of, before anybody decides whether it becomes a page, a Word file or a preview.

Blocks hold finished words in the language of the document. Lengths are millimetres, type sizes points.
Every block is frozen, so that a preview and the printed page are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from shelterdesk.i18n import N_, text

PAGE_WIDTH_MM = 210.0
PAGE_HEIGHT_MM = 297.0
MARGIN_MM = 20.0
TEXT_WIDTH_MM = PAGE_WIDTH_MM - 2 * MARGIN_MM

_PAGE_OF = N_("Page {page} of {pages}")
_CONTINUED = N_("continued")


class Tone(StrEnum):
    """How loud a paragraph is. Paper has no colour; loudness is weight, size and grey."""

    NORMAL = "normal"
    STRONG = "strong"
    MUTED = "muted"
    SMALL = "small"


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class RowKind(StrEnum):
    NORMAL = "normal"
    GROUP = "group"
    """Heads the rows that follow; never the last line of a page."""
    INDENT = "indent"
    """A part of the row above it."""
    SUM = "sum"


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    text: str
    tone: Tone = Tone.NORMAL


@dataclass(frozen=True)
class LabelledRow:
    """Several short values beside each other, each under its small label."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Aside:
    """A small label with its text beside it. Labels of neighbouring asides share one column."""

    label: str
    text: str


@dataclass(frozen=True)
class Boxed:
    """The one thing to see first, in a frame."""

    label: str
    text: str


@dataclass(frozen=True)
class Check:
    text: str
    ticked: bool = False


@dataclass(frozen=True)
class Checks:
    """Boxes to tick by hand, beside each other as far as they fit, or one below the other."""

    items: tuple[Check, ...]
    stacked: bool = False


@dataclass(frozen=True)
class Ruled:
    """Lines for handwriting."""

    lines: int
    label: str = ""


@dataclass(frozen=True)
class Field:
    """A label with an empty line under it, to be filled in by hand."""

    label: str
    share: float = 1.0
    value: str = ""


@dataclass(frozen=True)
class FieldRow:
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Tick:
    """A table cell that is a box to tick."""

    ticked: bool = False


Cell = str | Tick


@dataclass(frozen=True)
class Column:
    """``share`` is the part of the text width; the shares of a table need not add up to anything."""

    title: str
    share: float = 1.0
    side: Side = Side.LEFT


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.NORMAL


@dataclass(frozen=True)
class Table:
    """``empty`` is the sentence that stands there when no row does."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""


@dataclass(frozen=True)
class Step:
    text: str
    by: str = ""
    with_whom: str = ""
    done: bool = False


@dataclass(frozen=True)
class Goal:
    title: str
    words: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class GoalTable:
    """Goals at the left, their steps with a box each at the right.

    ``headings`` are goal, steps, by and, where people are named, with whom: three or four.
    """

    headings: tuple[str, ...]
    goals: tuple[Goal, ...]
    empty: str = ""

    @property
    def names_people(self) -> bool:
        return len(self.headings) == 4


@dataclass(frozen=True)
class Signatures:
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Picture:
    """A PNG. ``alt`` says in words what it shows, for screen readers of Word files."""

    png: bytes
    alt: str
    width_mm: float
    side: Side = Side.LEFT
    caption: str = ""


@dataclass(frozen=True)
class CodeGroups:
    """A long code in framed groups, so that it can be copied by hand without losing the place."""

    label: str
    groups: tuple[str, ...]
    columns: int = 3


@dataclass(frozen=True)
class Spacer:
    mm: float


@dataclass(frozen=True)
class PageBreak:
    pass


Block = (
    Heading
    | Paragraph
    | LabelledRow
    | Aside
    | Boxed
    | Checks
    | Ruled
    | FieldRow
    | Table
    | GoalTable
    | Signatures
    | Picture
    | CodeGroups
    | Spacer
    | PageBreak
)


@dataclass(frozen=True)
class KeyBox:
    """The framed identifier in the corner of the first page."""

    label: str
    value: str


@dataclass(frozen=True)
class Foot:
    """What stands at the foot of every page: ``mark`` is strong, the rest is quiet."""

    mark: str = ""
    text: str = ""
    second: str = ""
    second_right: str = ""
    page_numbers: bool = False


@dataclass(frozen=True)
class Document:
    """One paper. ``file_name`` has no ending, names nobody, and is also the title in the file's properties.

    ``roomy`` gives the rows more air, for papers that are kept and written on.
    """

    title: str
    language: str
    file_name: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    corner: str = ""
    key: KeyBox | None = None
    foot: Foot = Foot()
    size_pt: float = 10.5
    roomy: bool = False


def page_of(page: int, pages: int, language: str) -> str:
    """Return «Page 1 of 2» in *language*."""
    return text(_PAGE_OF, language, page=page, pages=pages)


def page_of_parts(language: str) -> tuple[str, str, str]:
    """Return the words before, between and after the two numbers, for files that count their pages themselves.

    A translation may put the numbers the other way round; then the parts are those of the English order.
    """
    template = text(_PAGE_OF, language)
    before, _, rest = template.partition("{page}")
    between, found, after = rest.partition("{pages}")
    return (before, between, after) if found else ("", " / ", "")


def continued(language: str) -> str:
    """Return the word behind a title that is repeated on the next page."""
    return text(_CONTINUED, language)


def shares_to_widths(shares: tuple[float, ...], total: int) -> tuple[int, ...]:
    """Divide *total* units by *shares* so that the parts add up to *total* exactly."""
    whole = sum(shares) or 1.0
    edges = [round(total * sum(shares[:index]) / whole) for index in range(len(shares) + 1)]
    return tuple(right - left for left, right in pairwise(edges))
