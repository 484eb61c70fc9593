from __future__ import annotations

import re
from pathlib import Path

import pytest

from shelterdesk.paths import resources

HELP = resources() / "help" / "en"
PAGES = sorted(HELP.glob("*.md"))
AVOIDED = re.compile(
    r"\b(victims?|clients?|case files?|perpetrators?|refused|escaped|discharged?|invalid|please|sorry|simply|just)\b"
    r"|\.\.\.",
    re.IGNORECASE,
)
# Keys that Qt or the lists handle, beside those of the command table.
FIELD_KEYS = {"Alt+U", "Ctrl+Enter"}


def links(page: Path) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_begins_with_its_title_and_uses_plain_words(page: Path) -> None:
    words = page.read_text(encoding="utf-8")
    assert words.startswith("# ")
    assert len(re.findall(r"^# ", words, re.MULTILINE)) == 1
    assert words.endswith("\n")
    assert max(len(line) for line in words.splitlines()) <= 130
    assert not AVOIDED.search(words), AVOIDED.search(words)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere_inside(page: Path) -> None:
    for target in links(page):
        assert (HELP / target).is_file()


def test_the_contents_name_every_page() -> None:
    listed = [HELP / target for target in links(HELP / "contents.md")]
    assert sorted([*listed, HELP / "contents.md"]) == PAGES


def test_keys_named_in_help_exist() -> None:
    table = (Path(__file__).resolve().parents[2] / "ui" / "actions.py").read_text(encoding="utf-8")
    for page in PAGES:
        for key in re.findall(r"\*\*((?:Ctrl|Alt)\+[^*]+)\*\*", page.read_text(encoding="utf-8")):
            assert key in FIELD_KEYS or f'"{key}"' in table, f"{page.name}: {key}"


def test_the_limits_are_told() -> None:
    words = (HELP / "protection.md").read_text(encoding="utf-8")
    for limit in ("camera", "Older backups", "recovery sheet opens everything", "guessed at", "Paper", "Linux"):
        assert limit in words
