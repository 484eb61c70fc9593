"""Commands and options. Each command names the function that runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from shelterdesk import __version__
from shelterdesk.cli import backups, own_files, people, vaults
from shelterdesk.cli.speaking import Speaker
from shelterdesk.i18n import _

Run = Callable[[argparse.Namespace, Speaker], int]


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options; ``run`` among them is the command. Raises SystemExit with 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="shelterdesk-cli",
        description=_("ShelterDesk without its window, for schedules and support."),
        epilog=_(
            "The passphrase comes from --passphrase-file («-» is standard input), from SHELTERDESK_PASSPHRASE, or is "
            "asked for. Exit codes: 0 done, 1 something with what was given, 2 usage, 3 wrong passphrase or no right, "
            "4 damaged."
        ),
    )
    parser.add_argument("--version", action="version", version=f"ShelterDesk {__version__}")
    _common(parser, standing=True)
    commands = parser.add_subparsers(title=_("commands"), required=True, metavar=_("COMMAND"))

    def command(name: str, run: Run, words: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=words, description=words)
        _common(one, standing=False)
        one.set_defaults(run=run)
        return one

    _vault_commands(command)
    _people_commands(command)
    return parser.parse_args(list(arguments))


def _common(parser: argparse.ArgumentParser, *, standing: bool) -> None:
    """Add the options of every command; they may stand before or after its name."""
    empty: Any = None if standing else argparse.SUPPRESS
    group = parser.add_argument_group(_("vault and sign-in"))
    group.add_argument("--vault", metavar=_("PATH"), default=empty, help=_("folder of the vault"))
    group.add_argument("--user", metavar=_("NAME"), default=empty, help=_("sign-in name"))
    group.add_argument(
        "--passphrase-file",
        metavar=_("FILE"),
        default=empty,
        help=_("file whose first line is the passphrase; «-» reads standard input"),
    )
    group.add_argument(
        "--any-copy",
        action="store_true",
        default=False if standing else argparse.SUPPRESS,
        help=_("open the vault though another copy of it was open on this computer last"),
    )
    group.add_argument(
        "--json",
        action="store_true",
        default=False if standing else argparse.SUPPRESS,
        help=_("answer in JSON"),
    )


def _vault_commands(command: Callable[[str, Run, str], argparse.ArgumentParser]) -> None:
    create = command("create", vaults.create, _("make a vault; prints the recovery code, once"))
    create.add_argument("path", metavar=_("PATH"), help=_("new folder"))
    create.add_argument("--shelter", metavar=_("NAME"), required=True, help=_("name of the shelter, kept sealed"))

    demo = command("demo", vaults.demo, _("make a vault of invented people; prints user and passphrase"))
    demo.add_argument("path", metavar=_("PATH"), help=_("new folder"))
    demo.add_argument("--residents", type=_count, default=40, metavar=_("COUNT"), help=_("how many people"))
    demo.add_argument("--months", type=_count, default=18, metavar=_("COUNT"), help=_("how many months of stories"))
    demo.add_argument("--seed", type=int, default=1, metavar=_("NUMBER"), help=_("another number, other people"))

    backup = command("backup", backups.backup, _("write a checked backup into a folder, or to every place"))
    backup.add_argument("folder", metavar=_("FOLDER"), nargs="?", help=_("default: the places chosen in the settings"))

    restore = command("restore", backups.restore, _("make a vault from a backup, never over another one"))
    restore.add_argument("file", metavar=_("FILE"))
    restore.add_argument("path", metavar=_("PATH"), help=_("new folder"))

    rescue = command("rescue", backups.rescue_vault, _("save what can be read of a damaged vault into a new one"))
    rescue.add_argument("path", metavar=_("PATH"), help=_("new folder"))

    verify = command("verify", vaults.verify, _("check files, pages, log and seals of a vault, or a backup"))
    verify.add_argument("path", metavar=_("PATH"), nargs="?", help=_("vault or backup; default: --vault"))

    command("verify-program", own_files.verify_program, _("compare the files of the program with those of the build"))

    command("log", vaults.log, _("who did what, newest first"))


def _people_commands(command: Callable[[str, Run, str], argparse.ArgumentParser]) -> None:
    bring_in = command("import", _bring_in, _("bring in residents from a spreadsheet (.xlsx, .xlsm, .csv)"))
    bring_in.add_argument("file", metavar=_("FILE"))
    bring_in.add_argument("--dry-run", action="store_true", help=_("only tell what would happen"))
    bring_in.add_argument("--rejects", metavar=_("OUT.xlsx"), help=_("write rows with problems here, with the reason"))
    bring_in.add_argument("--all-or-nothing", action="store_true", help=_("write nothing if any row has a problem"))

    residents = command("residents", people.residents, _("everybody on file"))
    residents.add_argument("--here", action="store_true", help=_("only who lives here now"))
    residents.add_argument(
        "--why", metavar=_("WORDS"), default="", help=_("why names leave the program as JSON; it is logged")
    )

    plan = command("plan", people.plan, _("write her own sheet, or the plan for the file"))
    plan.add_argument("code", metavar=_("CODE"))
    plan.add_argument("--for-file", action="store_true", help=_("the plan that stays in the shelter"))
    plan.add_argument("--why", metavar=_("WORDS"), default="", help=_("why you open a record that asks; it is logged"))
    plan.add_argument("-o", "--output", metavar=_("FILE.docx"), required=True)

    summary = command("summary", _summary, _("write the summary of a month; small numbers are covered unless --exact"))
    summary.add_argument("--month", metavar=_("YYYY-MM"), required=True)
    summary.add_argument("--exact", action="store_true", help=_("exact figures, for the named recipient only"))
    summary.add_argument("--recipient", metavar=_("NAME"), help=_("for whom the exact figures are; goes into the log"))
    summary.add_argument(
        "--protect-with", metavar=_("FILE"), help=_("file whose first line becomes the password of the .docx or .xlsx")
    )
    summary.add_argument("-o", "--output", metavar=_("FILE"), help=_(".docx, .xlsx, .csv or .json"))


def _summary(options: argparse.Namespace, speaker: Speaker) -> int:
    # Drawing charts takes long to load, and only this command does.
    from shelterdesk.cli.summaries import summary

    return summary(options, speaker)


def _bring_in(options: argparse.Namespace, speaker: Speaker) -> int:
    # Only this command needs what reads workbooks, and schedules start the others every hour.
    from shelterdesk.cli.spreadsheets import bring_in

    return bring_in(options, speaker)


def _count(spelled: str) -> int:
    number = int(spelled)
    if number < 1:
        raise argparse.ArgumentTypeError(_("must be 1 or more"))
    return number
