"""The commands about backups and damage: backup, restore, rescue, and the check of one backup."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from shelterdesk import backup_facts, backups, rescue, restoring
from shelterdesk.backup_facts import Comparison
from shelterdesk.cli.entry import passphrase, signed_in, user_name, vault_folder
from shelterdesk.cli.failures import Code
from shelterdesk.cli.speaking import Speaker
from shelterdesk.desk import system_clock
from shelterdesk.i18n import _
from shelterdesk.vault import Course, Unlock, check_backup, restore_backup
from shelterdesk.vault.making import refuse_occupied


def backup(options: argparse.Namespace, speaker: Speaker) -> int:
    """Write a backup into a folder, or to every place of the vault that is there, and print where.

    Exit code 1 where a place did not take it, or none was there.
    """
    with signed_in(options) as desk:
        if options.folder:
            made = [backups.back_up(desk, Path(options.folder), Course(speaker.progress))]
            outcomes: tuple[backups.Outcome, ...] = ()
        else:
            outcomes = backups.back_up_everywhere(desk, course=Course(speaker.progress))
            made = [one.file for one in outcomes if one.file is not None]
    for one in outcomes:
        if one.error is not None:
            speaker.remark(_("{place}: {why}").format(place=one.target.words(), why=one.error.text()))
        elif one.absent:
            speaker.remark(_("{place} is not there now.").format(place=one.target.words()))
    if options.json:
        files = [{"file": str(file), "bytes": file.stat().st_size} for file in made]
        speaker.give(files[0] if options.folder else files)
    else:
        for file in made:
            speaker.say(str(file))
    return Code.DONE if made and not any(one.error for one in outcomes) else Code.PROBLEM


def restore(options: argparse.Namespace, speaker: Speaker) -> int:
    """Put a backup into a new folder and print that folder.

    With ``--user`` it is opened and looked through first, and who was removed since is removed again, as far as the
    vault of ``--vault`` tells; without, only its checksums are compared.
    """
    file, target = Path(options.file), Path(options.path)
    found: Comparison | None = None
    if options.user:
        found = _restore_opened(options, speaker, file, target)
    else:
        restore_backup(file, target, course=Course(speaker.progress))
        speaker.remark(
            _("Only the checksums were compared. With --user the backup is opened and looked through first.")
        )
    if options.json:
        speaker.give({"vault": str(target.absolute())} | (_plain(found) if found else {}))
    else:
        speaker.say(str(target.absolute()))
    return Code.DONE


def rescue_vault(options: argparse.Namespace, speaker: Speaker) -> int:
    """Save what can be read of the damaged ``--vault`` into a new one and tell what is missing.

    Exit code 4 where anything is.
    """
    saved = rescue.rescue(vault_folder(options), Path(options.path), _unlock(options), course=Course(speaker.progress))
    harmed = saved.survey.harmed
    if options.json:
        speaker.give(
            {
                "vault": str(saved.folder),
                "rows": saved.survey.rows,
                "left_out": saved.set_aside,
                "missing": [
                    {"table": one.table, "read": one.read, "lost": one.lost, "rebuilt": one.rebuilt} for one in harmed
                ],
            }
        )
    else:
        speaker.say(str(saved.folder))
    for one in harmed:
        lost = _("an unknown number") if one.lost is None else str(one.lost)
        speaker.remark(
            _("{what}: {read} rows saved, {lost} missing").format(what=one.words(), read=one.read, lost=lost)
        )
    if saved.set_aside:
        words = _("{count} rows belonged to something that is lost and were left out.")
        speaker.remark(words.format(count=saved.set_aside))
    speaker.remark(_("The damaged vault was not touched."))
    return Code.DAMAGED if harmed or saved.set_aside else Code.DONE


def verify_backup(options: argparse.Namespace, speaker: Speaker, path: Path) -> int:
    """Check one backup: its checksums, and with ``--user`` every page of it; say what it holds."""
    if not options.user:
        outline = check_backup(path, course=Course(speaker.progress))
        if options.json:
            speaker.give({"whole": True, "vault": outline.name, "moment": outline.moment.isoformat(), "opened": False})
        else:
            speaker.say(_("The checksums of the backup fit. Give --user to open it and check every page."))
        return Code.DONE
    folder = Path(options.vault) if options.vault else path.parent
    found = backup_facts.look_into(path, _unlock(options), folder, Course(speaker.progress))
    if options.json:
        outline = found.outline
        speaker.give(
            {"whole": True, "vault": outline.name, "moment": outline.moment.isoformat(), "opened": True} | _plain(found)
        )
        return Code.DONE
    speaker.say(_("The backup is whole: it was opened and every page checked."))
    for label, value in _facts(found):
        speaker.say(f"{label}: {value}")
    return Code.DONE


def _restore_opened(options: argparse.Namespace, speaker: Speaker, file: Path, target: Path) -> Comparison:
    refuse_occupied(target)
    course, unlock = Course(speaker.progress), _unlock(options)
    folder = Path(options.vault) if options.vault else target
    found = backup_facts.look_into(file, unlock, folder, course.part(0, 0.3))
    prepared = restoring.prepare_without(target, found, unlock, course=course.part(0.3, 1))
    restoring.put_in_place(prepared, system_clock())
    if found.returning:
        names = ", ".join(one.user_name for one in found.returning)
        speaker.remark(_("Let go again, as since the backup was made: {names}").format(names=names))
    return found


def _unlock(options: argparse.Namespace) -> Unlock:
    return restoring.unlock_with(user_name(options), passphrase(options))


def _facts(found: Comparison) -> list[tuple[str, str]]:
    then = found.then
    return [
        (_("Made on"), then.made.isoformat(" ", "seconds")),
        (_("People on file"), "" if then.people is None else str(then.people)),
        (_("Last entry"), then.last_entry.isoformat(" ", "seconds") if then.last_entry else ""),
        (_("Tables"), "" if then.tables is None else str(then.tables)),
        (_("Who could sign in"), ", ".join(then.may_sign_in)),
    ]


def _plain(found: Comparison) -> dict[str, Any]:
    then = found.then
    return {
        "people": then.people,
        "tables": then.tables,
        "last_entry": then.last_entry.isoformat() if then.last_entry else None,
        "may_sign_in": list(then.may_sign_in),
        "would_return": [one.user_name for one in found.returning],
    }
