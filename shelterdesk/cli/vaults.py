"""The commands about a vault as a whole: create, demo, verify, log."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from shelterdesk import integrity, sample
from shelterdesk.access import Right, require
from shelterdesk.cli.backups import verify_backup
from shelterdesk.cli.entry import WHY_LOCKED, given_passphrase, passphrase, signed_in, user_name, vault_folder
from shelterdesk.cli.failures import Code, UsageError
from shelterdesk.cli.speaking import Speaker
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_, _
from shelterdesk.members import shown_names
from shelterdesk.opening import create_desk, lock_desk
from shelterdesk.person_reading import codes_by_person
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import act_label
from shelterdesk.vault import inspect_vault

_LOG_BLOCK = 500


def create(options: argparse.Namespace, speaker: Speaker) -> int:
    """Make a vault and print its recovery code, which is kept nowhere."""
    if not options.user:
        raise UsageError(N_("Say who signs in with --user NAME."))
    desk, code = create_desk(
        Path(options.path),
        user_name=options.user,
        passphrase=passphrase(options, new=True),
        shelter=options.shelter,
    )
    lock_desk(desk, WHY_LOCKED)
    if options.json:
        speaker.give({"vault": str(desk.vault.folder), "name": desk.vault.name, "recovery_code": code})
    else:
        speaker.say(_("Recovery code: {code}").format(code=code))
    speaker.remark(_("Write the code down and lock it away: it opens everything, and it is shown only this once."))
    return Code.DONE


def demo(options: argparse.Namespace, speaker: Speaker) -> int:
    """Make a vault of invented people and print how to sign in."""
    chosen = given_passphrase(options) if options.passphrase_file else None
    desk, words = sample.create_demo(
        Path(options.path),
        residents=options.residents,
        months=options.months,
        seed=options.seed,
        passphrase=chosen or sample.PASSPHRASE,
        progress=speaker.progress,
    )
    lock_desk(desk, WHY_LOCKED)
    if options.json:
        told = {"vault": str(desk.vault.folder), "user": sample.USER_NAME, "passphrase": words}
        speaker.give({**told, "others": list(sample.OTHERS)})
    else:
        # For scripts as well as for people, so these two words are never translated.
        speaker.say(f"user: {sample.USER_NAME}")
        speaker.say(f"passphrase: {words}")
        others = _("Colleagues with fewer keys sign in with the same passphrase: {names}")
        speaker.remark(others.format(names=", ".join(sample.OTHERS)))
    return Code.DONE


def verify(options: argparse.Namespace, speaker: Speaker) -> int:
    """Check a vault, or a backup where the path is a file, and print what was found."""
    path = Path(options.path) if options.path else vault_folder(options)
    if path.is_file():
        return verify_backup(options, speaker, path)
    inspect_vault(path)
    report = integrity.verify_folder(path, user_name(options), passphrase(options))
    if options.json:
        speaker.give(_plain_report(report))
    else:
        for finding in report.findings:
            speaker.say(finding.text())
        if report.old_tables:
            speaker.say(_("The log and the seals can be checked after the next sign-in, which updates the tables."))
        elif report.whole:
            speaker.say(
                _("Nothing is damaged: {rows} rows of the log, {contents} of their contents, {seals} seals.").format(
                    rows=report.log_rows, contents=report.log_contents, seals=report.seals
                )
            )
    if report.whole:
        return Code.DONE
    speaker.remark(
        _(
            "Nothing was changed. Leave the folder as it is and put the last good backup into a new folder: "
            "shelterdesk-cli restore BACKUP NEW_FOLDER"
        )
    )
    return Code.DAMAGED


def log(options: argparse.Namespace, speaker: Speaker) -> int:
    """Print the log, the newest row first: who did what when, without content unless asked for as JSON."""
    with signed_in(options) as desk:
        require(desk, Right.READ_LOG)
        with desk.read() as db:
            staff = shown_names(desk, db)
            codes = codes_by_person(db)
        rows = _all_rows(desk)
    if options.json:
        speaker.give([_plain_row(row, staff, codes) for row in rows])
        return Code.DONE
    table: list[tuple[str, ...]] = [(_("No."), _("When"), _("Who"), _("What"), _("Record"))]
    for row in rows:
        when = row.at.astimezone(desk.zone).isoformat(" ", "seconds")[:19]
        who = staff.get(row.member_id, "") if row.member_id else ""
        record = codes.get(row.person_id, "") if row.person_id else ""
        table.append((str(row.number), when, who, act_label(row.act), record))
    speaker.table(table)
    return Code.DONE


def _all_rows(desk: Desk) -> list[log_reading.Logged]:
    found: list[log_reading.Logged] = []
    with desk.read() as db:
        while block := log_reading.logged(db, limit=_LOG_BLOCK, before=found[-1].number if found else None):
            found += block
            db.expunge_all()
    return found


def _plain_row(row: log_reading.Logged, staff: dict[Any, str], codes: dict[Any, str]) -> dict[str, Any]:
    return {
        "number": row.number,
        "at": row.at.isoformat(),
        "who": staff.get(row.member_id) if row.member_id else None,
        "act": row.act,
        "record": row.record or None,
        "record_id": str(row.record_id) if row.record_id else None,
        "person": codes.get(row.person_id) if row.person_id else None,
        "changes": [
            {"field": one.field_id, "state": one.state}
            | ({"before": one.before, "after": one.after} if one.state == "readable" else {})
            for one in row.changes
        ],
    }


def _plain_report(report: integrity.Report) -> dict[str, Any]:
    return {
        "whole": report.whole,
        "log_rows": report.log_rows,
        "log_contents": report.log_contents,
        "seals": report.seals,
        "findings": [
            {"where": one.where, "words": one.text(), "readable": one.readable, "detail": one.detail}
            for one in report.findings
        ],
    }
