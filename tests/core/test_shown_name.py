"""The name and mark under which the program is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from shelterdesk import shown_name
from shelterdesk.paths import resources
from shelterdesk.settings import SHOWN_AS, Settings
from shelterdesk.shown_name import NEUTRAL, OWN, Shown
from tests.core.packaged import pretend_packaged


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return pretend_packaged(tmp_path / "program", monkeypatch)


def test_without_a_choice_it_is_its_own_name(program: Path) -> None:
    assert shown_name.as_installed() == OWN
    assert shown_name.shown(Settings()) == OWN


def test_a_covered_window_is_neutral_even_then(program: Path) -> None:
    assert shown_name.while_covered(Settings()) == "Desk"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'name = "Desk"\nicon = "desk"\n', NEUTRAL["desk"]),
        (b'icon = "notebook"\n', NEUTRAL["notebook"]),
        ('name = "Sifarişlər"\r\nicon = "notebook"\r\n'.encode(), Shown("Sifarişlər", "app-mark-notebook")),
        ('name = "Заметки"\nicon = "desk"\n'.encode("utf-8-sig"), Shown("Заметки", "app-mark-desk")),
        ('name = "Заметки"\r\nicon = "desk"\r\n'.encode("utf-16"), Shown("Заметки", "app-mark-desk")),
        (b'name = "  Lists  "\nicon = "another"\n', Shown("Lists", "app-mark-desk")),
        (b'name = "%s"\n' % (b"x" * 41), NEUTRAL["desk"]),
        (b'name = "two\\nlines"\n', NEUTRAL["desk"]),
        (b'name = "\\u202Eksed"\n', NEUTRAL["desk"]),
        (b"name = 5\nicon = []\n", NEUTRAL["desk"]),
        (b"", NEUTRAL["desk"]),
        (b"name = ", OWN),
        (b"\xff\xfe\x00", OWN),
        (b"[" * 4000, OWN),
    ],
)
def test_what_the_set_up_wrote_is_read_with_care(program: Path, content: bytes, expected: Shown) -> None:
    (program / shown_name.FILE).write_bytes(content)
    assert shown_name.as_installed() == expected


def test_this_computers_choice_comes_before_the_set_up(program: Path) -> None:
    (program / shown_name.FILE).write_text('name = "Lists"\nicon = "desk"\n', encoding="utf-8")
    settings = Settings()
    assert shown_name.shown(settings).name == "Lists"
    assert shown_name.while_covered(settings) == "Lists"
    settings.change(SHOWN_AS, "notebook")
    assert shown_name.shown(settings) == NEUTRAL["notebook"]
    assert shown_name.while_covered(settings) == "Notebook"


def test_every_mark_is_carried_along() -> None:
    for one in (OWN, *NEUTRAL.values()):
        assert (resources() / "icons" / f"{one.mark}.svg").is_file()
