"""Every colour and size of the window, by name. No colour is written anywhere else."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

Tone = Literal["done", "attention", "error", "info", "neutral", "outline"]


@dataclass(frozen=True)
class Tokens:
    """The colours of one scheme; a pair such as ``done`` and ``done_back`` is text on its surface."""

    dark: bool
    sidebar: str
    window: str
    base: str
    alt: str
    text: str
    muted: str
    border: str
    btnborder: str
    hairline: str
    soft: str
    hover: str
    accent: str
    onaccent: str
    accentsoft: str
    selection: str
    done: str
    done_back: str
    attention: str
    attention_back: str
    error: str
    error_back: str
    info: str
    info_back: str
    neutral: str
    neutral_back: str
    track: str
    high_contrast: bool = False

    def colour(self, name: str) -> str:
        """Return the colour with this token name; raises KeyError for a name that is no colour."""
        value = getattr(self, name, None)
        if not isinstance(value, str):
            raise KeyError(name)
        return value

    def colours(self) -> dict[str, str]:
        """Return every colour by its token name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.type == "str"}


LIGHT = Tokens(
    dark=False,
    sidebar="#EAEEF0",
    window="#F4F6F7",
    base="#FFFFFF",
    alt="#F8FAFB",
    text="#1D2730",
    muted="#566470",
    border="#7A8790",
    btnborder="#BEC8CE",
    hairline="#D5DCE0",
    soft="#E6EBED",
    hover="#E1E7EA",
    accent="#1F6F78",
    onaccent="#FFFFFF",
    accentsoft="#E6F1F2",
    selection="#D3E8EA",
    done="#2F6B3A",
    done_back="#E5F1E6",
    attention="#7A5200",
    attention_back="#FBF0D9",
    error="#A1352C",
    error_back="#FBE9E7",
    info="#2B5F9E",
    info_back="#E6EFF9",
    neutral="#566470",
    neutral_back="#EBEFF1",
    track="#DDE4E7",
)

DARK = Tokens(
    dark=True,
    sidebar="#161B1F",
    window="#1B2126",
    base="#232A30",
    alt="#283037",
    text="#E6EBEE",
    muted="#A9B5BD",
    border="#76848D",
    btnborder="#4C5861",
    hairline="#3A444C",
    soft="#2C343B",
    hover="#2B333A",
    accent="#5CB8C1",
    onaccent="#10262A",
    accentsoft="#21383D",
    selection="#234A50",
    done="#8FCB98",
    done_back="#22382A",
    attention="#E5BD6B",
    attention_back="#3B3118",
    error="#F09A90",
    error_back="#42241F",
    info="#8FBCEB",
    info_back="#20344B",
    neutral="#A9B5BD",
    neutral_back="#303941",
    track="#3A444C",
)

# Okabe and Ito's order. The last two need a dark outline on white; blue is too dim on the dark base.
CHART_LIGHT = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
CHART_DARK = ("#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#0072B2")

# Logical pixels at text scale 1; ``theme.px`` turns them into the size for the chosen scale.
TOP_BAR = 48
STATUS_BAR = 28
SIDEBAR = 208
RAIL = 56
SIDEBAR_ROW = 40
SAVED_LIST_ROW = 32
PEOPLE_PANE = 304
PERSON_ROW = 50
SECTION_LIST = 172
ROW = 36
HEADER_ROW = 32
TABLE_ROW = 34
NUMBER_ROW = 26
CONTROL = 32
CHIP = 22
LABEL_COLUMN = 136
SAVE_STRIP = 52
RADIUS = 4
CARD_RADIUS = 8
PAGE_SIDE = 24
CARD_GAP = 16
CARD_PADDING = 16
RECORD_GAP = 12
RAIL_BELOW = 1100
NARROW_FORM_BELOW = 900
NARROW_ROW_BELOW = 600
MINIMUM_WINDOW = (880, 430)

# Points.
BODY_POINTS = 10.0
SMALL_POINTS = 9.0
GROUP_POINTS = 11.5
TITLE_POINTS = 14.0
