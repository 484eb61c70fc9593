"""What Qt and its plugins print about themselves. Such texts may quote what was typed, so only their kind is noted."""

from __future__ import annotations

import logging
import os
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from shelterdesk import logs

log = logging.getLogger(__name__)
_SAID = logs.line("Qt had something to say, kind %s of %s")
_WORTH_NOTING = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


def keep_quiet() -> None:
    """Let no message of Qt reach the terminal, the journal of the desktop or our log as it is."""
    qInstallMessageHandler(_note)


def _note(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    if kind in _WORTH_NOTING:
        # The category is a word of Qt's own source.
        log.warning(_SAID, kind, logs.code(context.category or "default"))
    if os.environ.get("SHELTERDESK_DEBUG") and sys.stderr is not None:
        sys.stderr.write(f"{message}\n")
