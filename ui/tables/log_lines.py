"""Rows of the log for screens: what stands in a cell, and what a field was and became."""

from __future__ import annotations

from typing import Final

from shelterdesk.i18n import N_, _, ngettext
from shelterdesk.record_log import FieldLine, LogLine
from ui.seat import MASK

_STATES: Final = {
    "sealed": N_("sealed: readable only by those whose work needs it"),
    "removed": N_("removed since, on purpose"),
    "altered": N_("not what was logged: it was altered outside ShelterDesk"),
    "closed": N_("shown once the record is open"),
}
_ICONS: Final = {
    "open_record": "eye",
    "sign_in": "log-in",
    "sign_in_recovery": "key-round",
    "sign_in_failed": "circle-alert",
    "lock": "lock",
    "print": "printer",
    "export": "file-output",
    "backup": "hard-drive",
    "restore": "hard-drive",
    "import": "download",
    "rotate": "refresh-cw",
    "change_settings": "settings",
    "remove_log_content": "trash-2",
}
_NAMED: Final = 3
"""So many fields are named in a row; the others are counted."""


def icon_of(line: LogLine) -> str:
    """Return the icon of an act."""
    return _ICONS.get(line.code, "pencil")


def what_of(line: LogLine, *, visitor: bool) -> str:
    """Return what a row says in short: the facts of an event, else the names of the fields that changed."""
    if any(one.is_fact for one in line.fields):
        said = [MASK if visitor and one.sensitive else one.after for one in line.fields if one.state == "readable"]
        return "  ·  ".join(one_line(words) for words in said if words)
    return names_of(line)


def names_of(line: LogLine) -> str:
    """Return «Short name, Gender, Birth and 3 more»."""
    labels = [field.label for field in line.fields]
    named = ", ".join(labels[:_NAMED])
    if len(labels) > _NAMED:
        return ngettext("{names} and {n} more", "{names} and {n} more", len(labels) - _NAMED, names=named)
    return named


def was_and_is(field: FieldLine, *, visitor: bool) -> tuple[str, str]:
    """Return what a field was and what it became; why neither is shown stands in place of both."""
    if field.state != "readable":
        return "", _(_STATES[field.state])
    if visitor and field.sensitive:
        return "", MASK
    return field.before, field.after


def in_one_line(field: FieldLine, *, visitor: bool) -> str:
    """Return «before → after» on one line, or what it became where it was nothing before."""
    was, now = (one_line(words) for words in was_and_is(field, visitor=visitor))
    return _("{before} → {after}").format(before=was, after=now or "–") if was else now or "–"


def one_line(words: str) -> str:
    """Return *words* without line breaks."""
    return " ".join(words.split())
