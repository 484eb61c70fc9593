"""Start of the program: arguments, settings, theme, the hook for unexpected errors, and the session."""

from __future__ import annotations

import argparse
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

from shelterdesk import __version__, hardening, lock_reasons, logs, memory
from shelterdesk.i18n import best_language, set_language
from shelterdesk.settings import LANGUAGE, SCHEME, TEXT_SCALE, Settings
from ui import icons, theme
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
    logs.start()
    if not hardened:
        log.warning(_NOT_HARDENED)
    keep_quiet()
    app = make_app()
    settings = Settings()
    set_language(settings.value(LANGUAGE) or system_language())
    theme.apply(app, settings.value(SCHEME), settings.value(TEXT_SCALE))  # pyright: ignore[reportArgumentType]
    session = Session(app, settings)
    memory.settle()
    catch_what_nobody_expected(session)
    if sys.platform != "win32":
        _quit_when_told(session)
    session.start(options.vault, demo=options.demo)
    if options.screenshot is not None:
        QTimer.singleShot(options.quit_after * 1000, lambda: _take_picture(app, options.screenshot))
    if options.quit_after:
        QTimer.singleShot(options.quit_after * 1000 + 200, session.quit)
    return app.exec()


def make_app() -> QApplication:
    """Return the application object, dressed neutrally."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("ShelterDesk")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(icons.app_icon())
    # The session decides when the program ends: locking swaps windows, and none of that is quitting.
    app.setQuitOnLastWindowClosed(False)
    return app


def system_language() -> str:
    """Return the language of this computer where we speak it, else English."""
    return best_language([QLocale.system().name()])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ShelterDesk", description="Offline, encrypted records for shelters.")
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
    parser.add_argument("--screenshot", type=Path, help="save a picture of the window when --quit-after has passed")
    parser.add_argument("--quit-after", type=int, default=0, metavar="SECONDS", help="lock and quit after this time")
    parser.add_argument("--version", action="version", version=f"ShelterDesk {__version__}")
    return parser


def _take_picture(app: QApplication, path: Path) -> None:
    for widget in app.topLevelWidgets():
        if widget.isVisible() and widget.isWindow():
            widget.grab().save(str(path))
            return


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
