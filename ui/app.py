"""Start of the program: arguments, settings, theme, the hook for unexpected errors, and the session."""

from __future__ import annotations

import argparse
import json
import locale
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from shelterdesk import __version__, hardening, lock_reasons, logs, memory, own_files, own_place, running
from shelterdesk.i18n import best_language, set_language
from shelterdesk.settings import LANGUAGE, SCHEME, TEXT_SCALE, Settings
from shelterdesk.shown_name import OWN, Shown, shown
from ui import icons, theme, toolkit_memory
from ui.pages.refused import RefusedPage
from ui.privacy.qt_messages import keep_quiet
from ui.session import Session

log = logging.getLogger(__name__)
_NOT_HARDENED = logs.line("the system refused to keep the memory of the program to itself")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    # Only a process of our own is hardened, not whoever calls this function.
    hardened = arguments is not None or hardening.harden()
    options = _parser().parse_args(arguments)
    if options.self_test:
        from ui.self_test import run_self_test

        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        app = make_app()
        return run_self_test(app, options.self_test if isinstance(options.self_test, Path) else None)
    if options.verify:
        return look_at_own_files(options.verify if isinstance(options.verify, Path) else None)
    running.announce()
    settings = Settings()
    app = make_app(shown(settings))
    set_language(settings.value(LANGUAGE) or system_language())
    theme.apply(app, settings.value(SCHEME), settings.value(TEXT_SCALE))  # pyright: ignore[reportArgumentType]
    try:
        own_place.make_ready()
    except own_place.PlaceNotWritable as refusal:
        return _refuse(app, RefusedPage(refusal), settings, options.quit_after)
    logs.start()
    if not hardened:
        log.warning(_NOT_HARDENED)
    keep_quiet()
    toolkit_memory.keep_beside_the_program()
    session = Session(app, settings)
    memory.settle()
    catch_what_nobody_expected(session)
    if sys.platform != "win32":
        _quit_when_told(session)
    session.start(options.vault, demo=options.demo, backup=options.file)
    if options.screenshot is not None:
        QTimer.singleShot(options.quit_after * 1000, lambda: _take_picture(app, options.screenshot))
    if options.quit_after:
        QTimer.singleShot(options.quit_after * 1000 + 200, session.quit)
    return app.exec()


def make_app(name: Shown = OWN) -> QApplication:
    """Return the application object, under the name and mark it is to be seen by."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    existing = QApplication.instance()
    # The desktop is told the word the program was started by; a neutral name stands for that too.
    app = existing if isinstance(existing, QApplication) else QApplication([sys.argv[0] if name == OWN else name.name])
    app.setApplicationName(name.name)
    app.setApplicationVersion(__version__)
    icons.show_mark(name.mark)
    app.setWindowIcon(icons.app_icon())
    # The session decides when the program ends: locking swaps windows, and none of that is quitting.
    app.setQuitOnLastWindowClosed(False)
    return app


def system_language() -> str:
    """Return the language of this computer where we speak it, else English."""
    return best_language([QLocale.system().name()])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ShelterDesk", description="Offline, encrypted records for shelters.")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.dbk", help="a backup to put back")
    parser.add_argument("--vault", type=Path, help="folder of the vault to open")
    parser.add_argument("--demo", action="store_true", help="look around with invented people")
    parser.add_argument(
        "--self-test",
        nargs="?",
        const=True,
        type=Path,
        metavar="REPORT",
        help="open an invented vault, render a plan and a summary, and exit 0",
    )
    parser.add_argument(
        "--verify",
        nargs="?",
        const=True,
        type=Path,
        metavar="REPORT",
        help="compare the files of the program with the list of the build; exit 0 when they are the same",
    )
    parser.add_argument("--screenshot", type=Path, help="save a picture of the window when --quit-after has passed")
    parser.add_argument("--quit-after", type=int, default=0, metavar="SECONDS", help="lock and quit after this time")
    parser.add_argument("--version", action="version", version=f"ShelterDesk {__version__}")
    return parser


def _take_picture(app: QApplication, path: Path) -> None:
    for widget in app.topLevelWidgets():
        if widget.isVisible() and widget.isWindow():
            widget.grab().save(str(path))
            return


def look_at_own_files(report: Path | None) -> int:
    """Compare the program's files with the list; write what was found to *report* or to the console. Exit 0, 1 or 4."""
    try:
        found = own_files.check()
    except own_files.NoFileList as error:
        _tell(error.text(), report)
        return 1
    # The console of Windows knows few letters; a file knows all.
    _tell(json.dumps(found.plain(), indent=2, ensure_ascii=report is None), report)
    return 0 if found.whole else 4


def _tell(words: str, report: Path | None) -> None:
    # A program with a window has no console on Windows.
    if report is not None:
        report.write_text(f"{words}\n", encoding="utf-8")
    elif sys.stdout is not None:
        sys.stdout.write(f"{words}\n")


def _refuse(app: QApplication, page: RefusedPage, settings: Settings, seconds: int) -> int:
    page.setWindowTitle(shown(settings).name)
    page.resize(900, 600)
    page.show()
    if seconds:
        QTimer.singleShot(seconds * 1000, app.quit)
    app.exec()
    return 1


def catch_what_nobody_expected(session: Session) -> None:
    """Keep drafts and lock on a bug, log it without content, and say what is safe."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            session.quit()
            return
        logs.note_error(error)
        if os.environ.get("SHELTERDESK_DEBUG") and sys.stderr is not None:
            sys.__excepthook__(kind, error, trace)
        try:
            session.lock(lock_reasons.FAILURE.code)
        except Exception as another:  # noqa: BLE001 - Python would print both with their texts
            # The vault is closed by then; without a page to show there is nothing left to do.
            logs.note_error(another)
            session.app.exit(1)

    sys.excepthook = hook


def _quit_when_told(session: Session) -> None:
    """Keep drafts and lock when the desktop ends its session or somebody ends the program from outside."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    # Python's own handlers wait for Python to run, and nothing of it runs while nobody touches the window.
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: None)
    ears = QSocketNotifier(reading, QSocketNotifier.Type.Read, session)

    def told() -> None:
        heard = set(os.read(reading, 64))
        if heard & {signal.SIGTERM, signal.SIGHUP}:
            # Who asks so waits a few seconds at most.
            session.end()

    ears.activated.connect(told)


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "")
    sys.exit(main())
