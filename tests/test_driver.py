"""What drives a built program sees and reads the screen as it has to; the driving itself belongs to the build."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from installer.console import Stop
from installer.drive.eyes import Box, Page, Seen
from installer.drive.place import Place, words_beside
from installer.drive.screen import Picture

WIDTH, HEIGHT = 40, 20
GREEN = bytes((10, 200, 30, 0))


def picture(changed: dict[tuple[int, int], bytes] | None = None) -> Picture:
    dots = bytearray(GREEN * (WIDTH * HEIGHT))
    for (x, y), colour in (changed or {}).items():
        dots[(y * WIDTH + x) * 4 : (y * WIDTH + x) * 4 + 4] = colour
    return Picture(WIDTH, HEIGHT, bytes(dots))


def page(*words: str) -> Page:
    """Return words in one line, each a hundred dots after the one before."""
    return Page(
        tuple(Seen(word, (1, 1, 1), Box(number * 100, 0, number * 100 + 80, 20)) for number, word in enumerate(words))
    )


def test_a_caret_is_no_change_and_a_word_is() -> None:
    white = b"\xff\xff\xff\0"
    assert picture().like(picture({(5, y): white for y in range(4, 16)}))
    assert not picture().like(picture({(x, 8): white for x in range(5, 20)}))
    assert not picture().like(Picture(WIDTH, 1, GREEN * WIDTH))


def test_a_kept_picture_is_the_same_to_others(tmp_path: Path) -> None:
    target = tmp_path / "pictures" / "one.png"
    picture({(3, 2): bytes((1, 2, 3, 0))}).keep(target)
    seen = QImage(str(target))
    assert (seen.width(), seen.height()) == (WIDTH, HEIGHT)
    assert (seen.pixelColor(0, 0), seen.pixelColor(3, 2)) == (QColor(30, 200, 10), QColor(3, 2, 1))


def test_dots_are_repeated_for_reading() -> None:
    small = Picture(2, 1, struct.pack("8B", 0, 7, 0, 0, 0, 9, 0, 0))
    assert small.grey(3) == b"\x07\x07\x07\x09\x09\x09" * 3


@pytest.mark.parametrize(
    ("read", "wanted", "left"),
    [
        (("A", "new", "plan"), "new plan", 100),
        (("Anew", "plan"), "A new plan", 0),
        (("milestones", "Milestone"), "Milestone", 100),
        (("Add", "milestone", "Milestone"), "Milestone", 200),
        (("Save", "as", "PDF..."), "Save as PDF…", 0),
    ],
)
def test_words_are_found_where_they_stand(read: tuple[str, ...], wanted: str, left: int) -> None:
    found = page(*read).where(wanted)
    assert found is not None
    assert found.left == left


def test_words_that_are_not_there_are_not_found() -> None:
    assert page("Nothing", "waits").where("Aysel") is None
    assert Page(()).where("Aysel") is None


def test_the_words_program_lies_beside_the_window() -> None:
    assert words_beside(["wine", "C/ShelterDesk.exe"]) == ["wine", "C/shelterdesk-cli.exe"]
    assert words_beside(["/usr/bin/shelterdesk"]) == ["/usr/bin/shelterdesk-cli"]


def test_a_program_in_wine_is_told_of_its_own_disk(tmp_path: Path) -> None:
    inside = Place(tmp_path / "driven-1", wine=True)
    assert inside.told(inside.folder / "papers" / "plan.pdf") == "C:\\driven-1\\papers\\plan.pdf"
    assert Place(tmp_path, wine=False).told(tmp_path / "plan.pdf") == str(tmp_path / "plan.pdf")


def test_no_vault_is_told(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="0 are there"):
        Place(tmp_path, wine=False).vault()
