"""Help: pages in Markdown from the resources, and the shortcuts from the table of commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser

from shelterdesk.i18n import _, language
from shelterdesk.paths import resources
from ui import theme
from ui.actions import COMMANDS, MENUS
from ui.place import Place
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.page import Page
from ui.widgets.section_list import SectionList

_ENTRY = re.compile(r"^- \[(?P<title>[^\]]+)\]\((?P<name>[a-z_]+)\.md\)", re.MULTILINE)
_FIRST = "start"
_TOLD_IN: Final = {"beds": "stay", "people_table": "finding", "scales": "psychology"}
"""Pages of the window that are told of under another name."""


class HelpPage(Page):
    """A list of pages and the chosen one. Links lead to other pages, never out of the program."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Help"))
        self.seat = seat
        self.list = SectionList(_("Help pages"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Help"))
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.document().setDocumentMargin(8)
        self.text.anchorClicked.connect(self._follow)
        card = Card("")
        card.add_space(8)
        card.add(self.text, inset=12, stretch=1)
        card.add_space(8)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(card, 1)
        self.content.addLayout(row, 1)
        self.pages = help_pages()
        self.list.set_sections(list(self.pages.items()), _FIRST)
        self.list.chosen.connect(self.open)
        theme.notifier.changed.connect(self.refresh)

    def show_place(self, place: Place) -> None:
        # A list with a page of its own, such as the providers, is told of there.
        wanted = (place.list_id, place.section, _TOLD_IN.get(place.section, ""), _FIRST)
        self.open(next(name for name in wanted if name in self.pages))

    def open(self, name: str) -> None:
        """Show the page with this name."""
        self.list.set_current(name)
        words = page_text(name)
        if name == "shortcuts":
            words += "\n\n" + shortcuts_table()
        self.text.document().setDefaultFont(theme.font())
        self.text.setMarkdown(words)

    def refresh(self) -> None:
        self.open(self.list.current() or _FIRST)

    def commands(self) -> dict[str, Callable[[], object]]:
        return {}

    def keep_drafts(self) -> None:
        return

    def _follow(self, link: QUrl) -> None:
        name = link.path().removesuffix(".md")
        if name in self.pages:
            self.open(name)


def help_folder() -> Path:
    """Return the folder of the window's language, English where there is none."""
    folder = resources() / "help" / language()
    return folder if folder.is_dir() else resources() / "help" / "en"


def help_pages() -> dict[str, str]:
    """Return the names of the pages with their titles, in the order of the contents."""
    contents = (help_folder() / "contents.md").read_text(encoding="utf-8")
    return {found["name"]: found["title"] for found in _ENTRY.finditer(contents)}


def page_text(name: str) -> str:
    """Return the Markdown of a page."""
    return (help_folder() / f"{name}.md").read_text(encoding="utf-8")


def shortcuts_table() -> str:
    """Return every command with its keys, as Markdown, in the order of the menus."""
    command, keys = _("Command"), _("Keys")
    lines: list[str] = []
    for menu in MENUS:
        rows = [one for one in COMMANDS if one.menu == menu and one.keys]
        if rows:
            lines += [f"## {_(menu).replace('&', '')}", "", f"| {command} | {keys} |", "|---|---|"]
            lines += [f"| {_(one.text)} | {', '.join(one.keys)} |" for one in rows]
            lines.append("")
    return "\n".join(lines)
