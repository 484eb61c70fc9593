"""Checking the log on request: the chain, what rows say, signatures, and the moments at which backups were made."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from shelterdesk import backup_keeping, backup_targets, backups, formats
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.integrity import Finding, Report, look_at_log
from shelterdesk.vault import BackupOutline
from shelterdesk.volumes import mounted

_UNREADABLE: Final = N_("The log cannot be read: its tables are not those this program made.")

Progress = Callable[[int, int], None]
"""Takes the number of the row the check has come to, and of the last row; what it raises stops the check."""


def check_log(desk: Desk, progress: Progress | None = None) -> Report:
    """Walk the whole log. Takes seconds to minutes, so the worker does it. Raises NotAllowed and VaultDamaged."""
    require(desk, Right.READ_LOG)
    report = Report()
    try:
        look_at_log(desk, report, known_heads(desk), progress)
    except SQLAlchemyError:
        report.findings.append(Finding("log", _UNREADABLE))
    return report


def known_heads(desk: Desk) -> frozenset[bytes]:
    """Return the heads the log had when the backups were made that can be reached now."""
    found: set[bytes] = set()
    volumes, left = mounted(), backups.left_behind(desk)
    for target in backup_targets.targets(desk):
        place = backup_targets.place_of(target, volumes)
        with suppress(OSError):
            if place is not None and place.is_dir():
                known, _unreadable = backup_keeping.backups_in(place, desk.vault.name)
                found |= {one.log_head for one in known if _is_ours(desk, one, left)}
    return frozenset(found)


def _is_ours(desk: Desk, one: BackupOutline, left: Collection[backups.Span]) -> bool:
    """Tell whether a backup belongs to this vault, and not to what was left behind when an older one was put back."""
    past = any(begin < one.moment <= end for begin, end in left)
    return one.vault == desk.vault.id and bool(one.log_head) and not past


def in_words(report: Report, language: str | None = None) -> str:
    """Return what a check found in a few sentences; findings come one on a line."""
    if report.findings:
        return "\n".join(finding.text(language) for finding in report.findings)

    def number(value: int) -> str:
        return formats.number(value, language)

    sentences = [
        text(
            N_("The log is whole: {rows} rows fit each other, and what they say is what was logged."),
            language,
            rows=number(report.log_rows),
        ),
        ngettext(
            "{count} signature holds.", "{count} signatures hold.", report.log_signatures, language,
            count=number(report.log_signatures),
        ),
    ]  # fmt: skip
    if report.log_removed:
        sentences.append(
            ngettext(
                "{count} content was removed on purpose; the log tells when and by whom.",
                "{count} contents were removed on purpose; the log tells when and by whom.",
                report.log_removed,
                language,
                count=number(report.log_removed),
            )
        )
    if report.log_sealed:
        sentences.append(
            ngettext(
                "{count} content is sealed with keys you do not hold and was not opened.",
                "{count} contents are sealed with keys you do not hold and were not opened.",
                report.log_sealed,
                language,
                count=number(report.log_sealed),
            )
        )
    return " ".join(sentences)
