"""The command that exports the summary of a month."""

from __future__ import annotations

import argparse
from pathlib import Path

from shelterdesk.cli.entry import first_line_of, signed_in
from shelterdesk.cli.failures import Code, UsageError
from shelterdesk.cli.speaking import Speaker
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exports import WITH_PASSWORD, Format, export_summary
from shelterdesk.i18n import N_, _
from shelterdesk.summaries.period import Period, parse_period
from shelterdesk.summaries.summary import summarise


class NotBegun(ShelterDeskError):
    """A month that lies ahead has no summary."""


def summary(options: argparse.Namespace, speaker: Speaker) -> int:
    """Write the summary of a month, protected unless exact figures are asked for by name; or print it as JSON."""
    period = _month(options.month)
    if options.exact and not (options.recipient or "").strip():
        raise UsageError(N_("Exact figures are for somebody: add --recipient NAME."))
    if options.recipient and not options.exact:
        raise UsageError(N_("A named recipient gets exact figures: add --exact, or leave --recipient out."))
    target = Path(options.output) if options.output else None
    chosen = _format(target, as_json=options.json)
    if options.protect_with and chosen not in WITH_PASSWORD:
        raise UsageError(
            N_("Only .docx and .xlsx can have a password. Leave --protect-with out, or choose one of them.")
        )
    password = first_line_of(options.protect_with) if options.protect_with else None
    with signed_in(options) as desk:
        if period.first > desk.today():
            raise NotBegun(N_("{month} has not begun yet."), month=period.label())
        counted = summarise(desk, period)
        data = export_summary(desk, counted, recipient=options.recipient, format=chosen, password=password)
        if target is not None:
            target.write_bytes(data)
    if target is None:
        speaker.say(data.decode().rstrip("\n"))
        return Code.DONE
    if options.json:
        speaker.give(
            {"file": str(target), "month": period.id, "exact": bool(options.exact), "password": bool(password)}
        )
    else:
        speaker.say(str(target))
    if password is None:
        speaker.remark(_open_words(chosen).format(file=target))
    return Code.DONE


def _month(spelled: str) -> Period:
    try:
        period = parse_period(spelled)
    except ValueError:
        period = None
    if period is None or period.length != "month":
        raise UsageError(N_("Give the month as --month 2026-10."))
    return period


def _format(target: Path | None, *, as_json: bool) -> Format:
    if target is None:
        if not as_json:
            raise UsageError(
                N_("Say where the summary goes: -o FILE.docx, .xlsx, .csv or .json; or print it with --json.")
            )
        return Format.JSON
    try:
        return Format(target.suffix.lower().removeprefix("."))
    except ValueError:
        raise UsageError(N_("A summary is written as .docx, .xlsx, .csv or .json.")) from None


def _open_words(chosen: Format) -> str:
    if chosen in WITH_PASSWORD:
        return _("{file} has no password: anybody can read it. Add --protect-with FILE to lock it.")
    return _("{file} cannot have a password: anybody can read it.")
