"""Records of another version and a built program: older ones open after a backup, newer ones are refused by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from installer import environment
from installer.console import ROOT, Outcome, Stop, expect, run, say, step
from installer.drive.place import Place, a_place, words_beside
from installer.outputs import digest

EARLIEST = ROOT / "tests" / "data" / "vault-schema-1.dbk"
SIGN_IN = "leyla"
PASSPHRASE = "violin cloud harbour mustard"
_SECONDS = 300
_REFUSED = 1


def check(command: Sequence[str], *, wine: bool, extra: Mapping[str, str] | None = None) -> None:
    """Try both with the shelterdesk-cli beside the window program *command*. Raises Stop."""
    with step("Records of an older and of a newer version"), a_place(wine=wine, extra=extra) as place:
        older, newer = place.folder / "desk-0001.vault", place.folder / "desk-0002.vault"
        made = run(
            [environment.PYTHON, "-m", "installer.drive.aged_vaults", EARLIEST, older, newer],
            seconds=_SECONDS,
            extra={"SHELTERDESK_TEST_KDF": "1", "SHELTERDESK_HOME": str(place.folder / "maker")},
        )
        expect(made, "The vaults of other versions could not be made.")
        # In this order: a computer that has opened the one would take the other for an older copy of it.
        before = _content(newer)
        refused = _ask(command, place, newer)
        if refused.code != _REFUSED or "newer ShelterDesk" not in refused.output:
            raise Stop(f"Records of a newer version are not refused by name ({refused.code}):\n{refused.output}")
        if _content(newer) != before:
            raise Stop("Records of a newer version were refused, but something of them was changed.")
        say(f"    {refused.output.strip().splitlines()[-1]}")
        kept = expect(_ask(command, place, older), "The records of an older version do not open.")
        copies = list(older.parent.rglob("*.dbk"))
        if not copies:
            raise Stop("The records of an older version were brought up to date without a backup before.")
        people = len(kept.output.strip().splitlines())
        say(f"    an older one opens, {people} lines about people, after the backup {copies[0].name}")


def _ask(command: Sequence[str], place: Place, vault: Path) -> Outcome:
    words = [*words_beside(command), "residents", "--vault", place.told(vault), "--user", SIGN_IN]
    secret = {"SHELTERDESK_PASSPHRASE": PASSPHRASE}
    return run(words, seconds=_SECONDS, extra=place.surroundings() | secret)


def _content(vault: Path) -> dict[str, str]:
    """Return what must not change: the records and the keys. Who tried to open them may be noted beside."""
    kept = sorted(file for file in vault.iterdir() if file.suffix in {".db", ".json"})
    return {file.name: digest(file) for file in kept}
