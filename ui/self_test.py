"""The program proves itself: an invented vault is made, opened in a real window, printed and counted.

Run by the build on every packaged program and by hand on a PC that behaves oddly. Nothing is left behind.
"""

from __future__ import annotations

import io
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from shelterdesk import __version__, backups, files, integrity, residents
from shelterdesk.desk import Desk
from shelterdesk.documents.plan import plan_for_the_file
from shelterdesk.documents.plan_papers import plan_paper_of
from shelterdesk.documents.sheet_for_her import her_sheet
from shelterdesk.documents.summary import summary_document
from shelterdesk.documents.word import write_docx
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.sample import USER_NAME, create_demo
from shelterdesk.scans import apart, showing
from shelterdesk.settings import Settings
from shelterdesk.summaries.disclosure import protect
from shelterdesk.summaries.period import month
from shelterdesk.summaries.summary import summarise
from shelterdesk.vault import KdfCost
from ui import theme
from ui.place import TODAY, Place
from ui.printing.pages import write_pdf
from ui.privacy.guard import Guard
from ui.seat import Seat
from ui.window import Window

_RESIDENTS = 12
_SMALLEST_PAPER = 2_000
_SMALLEST_PICTURE = 200


class SelfTest:
    """Runs the steps one after another and keeps what came of each."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.app = app
        self.folder = folder
        self.steps: list[dict[str, Any]] = []
        self.desk: Desk | None = None

    def run(self) -> bool:
        """Run every step; stop at the first that fails."""
        for step in (self.make, self.open, self.window, self.plan, self.summary, self.scan, self.back_up, self.verify):
            if not self._one(step):
                break
        if self.desk is not None:
            self.desk.close()
        return all(step["ok"] for step in self.steps)

    def _one(self, step: Callable[[], str]) -> bool:
        begun = time.perf_counter()
        try:
            said, good = step(), True
        except Exception as error:  # noqa: BLE001 - whatever fails is what this looks for
            said, good = f"{type(error).__name__}: {error}", False
        seconds = round(time.perf_counter() - begun, 2)
        self.steps.append({"step": step.__name__, "ok": good, "said": said, "seconds": seconds})
        return good

    def make(self) -> str:
        desk, self._passphrase = create_demo(
            self.folder / "desk-0000.vault", residents=_RESIDENTS, months=6, cost=KdfCost.lowest()
        )
        lock_desk(desk, "closed")
        return f"{_RESIDENTS} invented residents"

    def open(self) -> str:
        self.desk = open_desk(self.folder / "desk-0000.vault", USER_NAME, self._passphrase)
        return self.desk.vault.name

    def window(self) -> str:
        seat = Seat(self._desk())
        window = Window(seat, Settings(self.folder / "settings.toml"))
        window.resize(1366, 768)
        window.show()
        first = residents.list_rows(self._desk(), residents.HERE_NOW.id)[0]
        for place in (TODAY, Place("residents", list_id=residents.HERE_NOW.id, person_id=first.id)):
            window.go(place)
            self.app.processEvents()
        picture = window.grab()
        # What hears the system lock is loaded here as when somebody signs in.
        guard = Guard(self.app, seat, window)
        guard.cover()
        covered = guard.is_covered()
        guard.stop()
        seat.close()
        window.hide()
        window.deleteLater()
        if picture.width() < _SMALLEST_PICTURE:
            raise RuntimeError("the window has no picture")
        if not covered:
            raise RuntimeError("the window is not covered")
        return f"{self.app.platformName()}, {picture.width()} × {picture.height()}"

    def plan(self) -> str:
        desk = self._desk()
        first = residents.list_rows(desk, residents.HERE_NOW.id)[0]
        paper = plan_paper_of(desk, first.id, "en")
        sizes: list[int] = []
        for document in (plan_for_the_file(paper, "en"), her_sheet(paper, "en")):
            pages = QBuffer()
            pages.open(QIODevice.OpenModeFlag.WriteOnly)
            write_pdf(document, pages)
            word = io.BytesIO()
            write_docx(document, word)
            sizes += [pages.size(), len(word.getvalue())]
        return self._papers(sizes)

    def summary(self) -> str:
        desk = self._desk()
        today = desk.today()
        exact = summarise(desk, month(today))
        sizes: list[int] = []
        for one in (exact, protect(exact)):
            word = io.BytesIO()
            write_docx(summary_document(one, "en"), word)
            sizes.append(len(word.getvalue()))
        return self._papers(sizes)

    def scan(self) -> str:
        """Have a photo and a PDF looked at apart, keep them sealed, and draw what was kept."""
        desk = self._desk()
        first = residents.list_rows(desk, residents.HERE_NOW.id)[0]
        photo = QImage(240, 160, QImage.Format.Format_RGB32)
        photo.fill(0x3366AA)
        picture, paper = QBuffer(), QBuffer()
        for buffer in (picture, paper):
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        photo.save(picture, "JPEG")  # pyright: ignore[reportCallIssue, reportArgumentType]
        write_pdf(her_sheet(plan_paper_of(desk, first.id, "en"), "en"), paper)
        sizes: list[int] = []
        for name, buffer in (("photo.jpg", picture), ("paper.pdf", paper)):
            prepared = apart.prepare_bytes(bytes(buffer.data().data()), name)
            file = files.add_file(desk, first.id, prepared, kind="other", readable_by="house")
            shown = showing.on_screen(files.content_of(desk, file), 0)
            sizes.append(shown.width * shown.height)
        if min(sizes) < _SMALLEST_PICTURE:
            raise RuntimeError("a scan came out empty")
        return ", ".join(f"{size} dots" for size in sizes)

    def back_up(self) -> str:
        return backups.back_up(self._desk(), self.folder / "backups").name

    def verify(self) -> str:
        report = integrity.verify_desk(self._desk())
        if not report.whole:
            raise RuntimeError("; ".join(finding.text("en") for finding in report.findings))
        return f"{report.log_rows} rows of the log, {report.seals} seals"

    def _desk(self) -> Desk:
        assert self.desk is not None
        return self.desk

    @staticmethod
    def _papers(sizes: list[int]) -> str:
        if min(sizes) < _SMALLEST_PAPER:
            raise RuntimeError("a paper came out empty")
        return ", ".join(f"{size} bytes" for size in sizes)


def run_self_test(app: QApplication, report: Path | None = None) -> int:
    """Run the test, write what came of it as JSON to *report* (a windowed program has no output); return 0 or 1."""
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory(prefix="desk-") as folder:
        test = SelfTest(app, Path(folder))
        good = test.run()
    found = {
        "ok": good,
        "version": __version__,
        "python": platform.python_version(),
        "qt": qt_version,
        "system": platform.platform(),
        "day": date.today().isoformat(),  # noqa: DTZ011 - only for people who read the report
        "steps": test.steps,
    }
    words = json.dumps(found, indent=2, ensure_ascii=False)
    if report is not None:
        report.write_text(words, encoding="utf-8")
    elif sys.stdout is not None:
        sys.stdout.write(words + "\n")
        sys.stdout.flush()
    return 0 if good else 1
