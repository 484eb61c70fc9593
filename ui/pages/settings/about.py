"""What this program is, whether its files are those of the build, what it is made of, and under which licences."""

from __future__ import annotations

import platform
from typing import Any, Final

from PySide6 import __version__ as qt_version
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from shelterdesk import __version__, own_files, own_parts
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from shelterdesk.own_files import Findings
from shelterdesk.paths import resources
from ui import theme
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.facts import Fact, Facts
from ui.widgets.notice import Notice
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.text import Words

_NAMED: Final = 8


class AboutSection(QWidget):
    """Version and sources, the check of the program's files, parts and licences."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.facts = Facts()
        card = Card(_("ShelterDesk"))
        card.add(
            Words(
                _(
                    "Offline, encrypted records for shelters. Free software under the Apache License 2.0: you may use, "
                    "copy and change it. Whoever gave you the program can give you its source too."
                ),
                wrap=True,
            )
        )
        card.add(self.facts, above=12)
        card.end()
        self.files = FilesCard(seat)
        self.licences = LicencesCard()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for one in (card, self.files, self.licences):
            layout.addWidget(one)

    def show_now(self) -> None:
        """Read the versions."""
        self.facts.set_facts(
            [
                Fact(_("Version"), __version__),
                Fact(_("Vault"), self.seat.desk.vault.name),
                Fact(_("First key"), self.seat.desk.vault.fingerprint),
                Fact("Python", platform.python_version()),
                Fact("Qt (PySide6)", f"{qt_version}, LGPL-3.0"),
            ]
        )
        self.licences.show_now()


class FilesCard(Card):
    """Compares the program's own files with the list of the build."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("The program's files"))
        self._seat = seat
        self.check = Button(_("Check the program's files"), "file-check")
        self.progress = QuietProgress()
        self.whole = Notice("", kind="done")
        self.trouble = Notice("", kind="attention")
        self.add(
            Words(
                _(
                    "Compares every file of the program with the list made when it was built. That finds a damaged "
                    "copy, an update that broke off, or a file somebody changed or added. It is no proof against "
                    "somebody who changed the list as well: for that, compare the fingerprint of the list with the "
                    "one published together with the program."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self.add_row(self.check, above=12)
        for widget in (self.progress, self.whole, self.trouble):
            self.add(widget, above=8)
            widget.hide()
        self.end()
        self.whole.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.check.clicked.connect(self._begin)

    def _begin(self) -> None:
        self.check.setEnabled(False)
        self.whole.hide()
        self.trouble.hide()
        self.progress.work(_("The files of the program are being read."))
        self.progress.show()
        task = self._seat.in_background(
            lambda task: own_files.check(progress=task.progress), self._done, owner=self, failed=self._failed
        )
        task.progressed.connect(self.progress.advance)

    def _done(self, found: Any) -> None:
        self._end()
        findings: Findings = found
        fingerprint = _("Fingerprint of the list: {hash}").format(hash=findings.list_sha256)
        if findings.whole:
            words = ngettext("{n} file is as it was built.", "{n} files are as they were built.", findings.files)
            self.whole.say(words, fingerprint)
            self.whole.show()
            return
        lines = [
            f"{label}: {_some(names)}"
            for label, names in (
                (_("Changed"), findings.changed),
                (_("Missing"), findings.missing),
                (_("Not of the build"), findings.extra),
            )
            if names
        ]
        safe = _(
            "The vault lies elsewhere and was not looked at. Make a backup, and install ShelterDesk again from a "
            "download whose checksum was compared. A library you exchanged yourself is named here too."
        )
        self.trouble.say(_("The program is not as it was built"), "\n".join([*lines, safe, fingerprint]))
        self.trouble.show()

    def _failed(self, error: BaseException) -> None:
        self._end()
        if not isinstance(error, ShelterDeskError):
            raise error
        self.trouble.say("", error.text())
        self.trouble.show()

    def _end(self) -> None:
        self.progress.hide()
        self.check.setEnabled(True)
        self.check.setFocus()


class LicencesCard(Card):
    """Every part that is carried along, with its licence and its texts."""

    def __init__(self) -> None:
        super().__init__(_("Licences of what is carried along"))
        self._parts: dict[str, own_parts.OwnPart] = {}
        self.part = ChoiceField(_("Part"))
        self.missing = Notice(
            _("The list of parts is missing beside the program."),
            _("It lies in the folder «licences». Install ShelterDesk again to have it back; everything else works."),
            kind="attention",
        )
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Licences of what is carried along"))
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setMinimumHeight(theme.px(320))
        self.add(
            Words(
                _(
                    "Qt and PySide6 are used unchanged under the LGPL-3.0. They lie in files of their own in the "
                    "folder _internal beside the program, and you may put another version in their place. Their "
                    "sources are published by the Qt Project under the version named here; whoever gave you "
                    "ShelterDesk gives them to you too when you ask."
                ),
                wrap=True,
            )
        )
        line = QHBoxLayout()
        line.setSpacing(12)
        label = Words(_("&Part"))
        label.setBuddy(self.part)
        line.addWidget(label)
        line.addWidget(self.part, 1)
        self.add_layout(line, above=12)
        self.add(self.missing, above=8)
        self.add(self.text, inset=12, above=8)
        self.end()
        self.missing.hide()
        self.part.chosen.connect(self._show)

    def show_now(self) -> None:
        """List the parts; texts are read when one is chosen."""
        if self._parts:
            return
        found = own_parts.parts()
        self.missing.setVisible(not found)
        names = [f"{part.name} {part.version}{_where(part.note)}" for part in found]
        self._parts = dict(zip(names, found, strict=True))
        all_of_it = (None, _("Icons, faces, words and standards"))
        rows = [(name, f"{name}   {part.licence}".rstrip()) for name, part in self._parts.items()]
        self.part.set_choices([all_of_it, *rows], None)
        self.part.setCurrentIndex(0)
        self._show(None)

    def _show(self, name: Any) -> None:
        part = self._parts.get(name)
        if part is None:
            self.text.setFont(self.font())
            self.text.setMarkdown((resources() / "LICENCES.md").read_text(encoding="utf-8"))
            return
        # Licence texts are laid out by spaces.
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF())
        self.text.setFont(fixed)
        head = "\n".join(filter(None, (f"{part.name} {part.version}", part.licence, part.note)))
        words = part.text() or _("The text comes with the packaged program.")
        self.text.setPlainText(f"{head}\n\n{words}")


def _where(note: str) -> str:
    return f" ({note.rstrip('.').lower()})" if note.startswith("Inside ") else ""


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else _("{names} and {n} more").format(names=shown, n=len(names) - _NAMED)
