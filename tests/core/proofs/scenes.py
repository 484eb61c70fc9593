"""What a child does at a vault until it is killed. Each acknowledgement stands after the write it tells of.

A scene that changes sealed texts writes growing numbers into them, so that what is found afterwards can be told to be
at least as new as what was acknowledged.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from shelterdesk import backups, drafts, notes, people, person_reading, rotation, services, vocab
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.opening import create_desk, lock_desk, open_desk
from shelterdesk.paths import machine_folder
from shelterdesk.schema.types import new_id
from shelterdesk.vault import Compartment, KdfCost, inspect_vault, open_vault, repair_header, restore_backup
from tests.core.proofs.nursery import acknowledge
from tests.desks import PASSPHRASE, ROLES

USER = "leyla"
FIRST_PASSPHRASE = "violin 0"
RACERS = 6

Scene = Callable[[Path, Random], None]


def at_a_new_computer() -> None:
    """Forget what this computer knows of vaults, before a copy of one is opened that it has seen newer."""
    shutil.rmtree(machine_folder(), ignore_errors=True)


def kind_in(compartment: str) -> str:
    """Return a kind of note that is sealed in *compartment*."""
    return next(code.code for code in vocab.NOTE_KINDS if code.group == compartment)


def writing(folder: Path, chance: Random) -> None:
    """Add, change and draft records, checkpoint, lock and sign in again."""
    desk = open_desk(folder, USER, PASSPHRASE)
    draft = new_id()
    person = people.add_person(desk, short_name="said 0")
    note = notes.add_note(desk, person.id, kind=kind_in("clinical"), written_on=desk.today(), clinical_text="said 0")
    for number in itertools.count(1):
        said = f"said {number}"
        match chance.randrange(9):
            case 0:
                person = people.add_person(desk, short_name=said, given_names="Ay", family_name="Test")
                acknowledge("record", "person", person.id.hex, "short_name", number)
            case 1 | 2:
                person = people.change_person(desk, person, short_name=said)
                acknowledge("record", "person", person.id.hex, "short_name", number)
            case 3:
                note = notes.add_note(
                    desk, person.id, kind=kind_in("clinical"), written_on=desk.today(), clinical_text=said
                )
                acknowledge("record", "note", note.id.hex, "clinical_text", number)
            case 4:
                note = notes.change_note(desk, note, clinical_text=said)
                acknowledge("record", "note", note.id.hex, "clinical_text", number)
            case 5:
                service = services.add_service(
                    desk, person.id, kind="social_talk", given_on=desk.today(), outcome="took_place", case_note=said
                )
                acknowledge("record", "service", service.id.hex, "case_note", number)
            case 6 | 7:
                values = {"kind": "house", "written_on": desk.today(), "house_text": said}
                drafts.keep_draft(desk, draft, "note", note.id, values, person_id=person.id)
                acknowledge("draft", draft.hex, number)
            case _:
                if number % 4:
                    desk.vault.checkpoint()
                else:
                    lock_desk(desk, "asked")
                    acknowledge("locked", number)
                    desk = open_desk(folder, USER, PASSPHRASE)


def changing_the_header(folder: Path, _chance: Random) -> None:
    """Change the passphrase again and again, beginning with the one that is in force."""
    number = passphrase_in_force(folder)
    with open_vault(folder, USER, f"violin {number}") as vault:
        while True:
            vault.change_passphrase(f"violin {number}", f"violin {number + 1}", KdfCost.for_tests())
            number += 1
            acknowledge("passphrase", number, vault.generation)


def passphrase_in_force(folder: Path) -> int:
    """Return the number of the passphrase that opens the vault in *folder*; there is exactly one."""
    from shelterdesk.vault.header import HEADER_FILE, read_header
    from shelterdesk.vault.unlocking import unlock_with_passphrase

    header = read_header(folder)
    # Every change moves the header by one step; nothing else does in this scene.
    for number in range(max(0, header.generation - 2), header.generation + 2):
        unlocked = unlock_with_passphrase(header, HEADER_FILE, USER, f"violin {number}")
        if unlocked is not None:
            unlocked.wipe()
            return number
    raise AssertionError("no passphrase opens the vault")


def opening(folder: Path, _chance: Random) -> None:
    """Sign in, lock, and again."""
    for number in itertools.count(1):
        desk = open_desk(folder, USER, PASSPHRASE)
        acknowledge("in", number)
        lock_desk(desk, "asked")
        acknowledge("out", number)


def migrating(folder: Path, _chance: Random) -> None:
    """Open a vault of an earlier schema, which brings its tables up to date after a backup."""
    desk = open_desk(folder, USER, PASSPHRASE)
    acknowledge("open")
    lock_desk(desk, "asked")
    acknowledge("locked")


def backing_up(folder: Path, _chance: Random) -> None:
    """Write somebody down and back up, and again."""
    desk = open_desk(folder, USER, PASSPHRASE)
    for number in itertools.count(1):
        person = people.add_person(desk, short_name=f"said {number}")
        acknowledge("record", "person", person.id.hex, "short_name", number)
        acknowledge("backup", backups.back_up(desk, folder.parent / "backups").name)


def rotating(folder: Path, chance: Random) -> None:
    """Write somebody down, replace some of the keys, and again."""
    desk = open_desk(folder, USER, PASSPHRASE)
    for number in itertools.count(1):
        person = people.add_person(desk, short_name=f"said {number}", given_names="Ay")
        acknowledge("record", "person", person.id.hex, "short_name", number)
        names = chance.sample([one.value for one in Compartment], chance.randrange(7))
        rotation.rotate(desk, names, why="somebody left")
        acknowledge("rotated", desk.vault.rotations)


def restoring(folder: Path, _chance: Random) -> None:
    """Put the backup that lies beside *folder* into one new folder after the other."""
    (file,) = folder.parent.glob("*.dbk")
    folder.mkdir(exist_ok=True)
    for number in itertools.count(len(list(folder.iterdir()))):
        into = folder / f"desk-{number:04X}.vault"
        if not into.exists():
            restore_backup(file, into)
            acknowledge("restored", into.name)


def creating(folder: Path, _chance: Random) -> None:
    """Make one new vault after the other."""
    folder.mkdir(exist_ok=True)
    for number in itertools.count(len(list(folder.iterdir()))):
        into = folder / f"desk-{number:04X}.vault"
        if into.exists():
            continue
        desk, code = a_new_desk(into)
        acknowledge("created", into.name, code)
        lock_desk(desk, "asked")


def sitting(folder: Path, _chance: Random) -> None:
    """Sign in and write somebody down now and then, as a window does that stays open."""
    desk = open_desk(folder, USER, PASSPHRASE)
    for number in itertools.count(1):
        person = people.add_person(desk, short_name=f"said {number}")
        acknowledge("record", "person", person.id.hex, "short_name", number)
        time.sleep(0.02)


def writing_on(folder: Path, _chance: Random) -> None:
    """Change one record again and again on a disk that now and then fails, and back up in between."""
    desk = open_desk(folder, USER, PASSPHRASE)
    person = people.add_person(desk, short_name="said 0")
    for number in range(1, 61):
        try:
            if number % 10 == 0:
                acknowledge("backup", backups.back_up(desk, folder.parent / "backups").name)
            else:
                people.change_person(desk, person_reading.read_person(desk, person.id), short_name=f"said {number}")
                acknowledge("record", "person", person.id.hex, "short_name", number)
        except ShelterDeskError as error:
            acknowledge("told", type(error).__name__)
    with suppress(ShelterDeskError):
        lock_desk(desk, "asked")


def racing(folder: Path, _chance: Random) -> None:
    """Let several programs ask for the vault in the same moment; who gets it keeps it until all have asked."""
    (wait, go), (asked, told), (stay, leave) = os.pipe(), os.pipe(), os.pipe()
    kept: list[object] = []
    for _ in range(RACERS):
        if os.fork() == 0:
            os.close(leave)
            os.read(wait, 1)
            try:
                # Kept: a vault nobody holds on to gives its lock back, whenever memory is tidied.
                kept.append(open_vault(folder, USER, PASSPHRASE))
                acknowledge("opened")
            except ShelterDeskError as error:
                acknowledge(type(error).__name__)
            os.write(told, b".")
            os.read(stay, 1)
            os._exit(0)
    os.write(go, b"." * RACERS)
    for _ in range(RACERS):
        os.read(asked, 1)
    os.close(leave)
    for _ in range(RACERS):
        os.wait()


def as_somebody_else(folder: Path, _chance: Random) -> None:
    """Ask for the vault of another user of this computer, in every way."""
    if os.geteuid() == 0:
        with tempfile.TemporaryDirectory() as place:
            # Whoever runs Python from their own home can load nothing more of it as somebody else.
            desk, _code = a_new_desk(Path(place) / "desk-0000.vault")
            inspect_vault(desk.vault.folder)
            lock_desk(desk, "asked")
        os.setgid(65534)
        os.setuid(65534)
    ways: dict[str, Callable[[], object]] = {
        "inspect": lambda: inspect_vault(folder),
        "open": lambda: open_vault(folder, USER, PASSPHRASE),
        "copy": lambda: open_vault(folder, USER, PASSPHRASE, use_copy=True),
        "repair": lambda: repair_header(folder),
        "create": lambda: a_new_desk(folder),
        "create within": lambda: a_new_desk(folder / "desk-0001.vault"),
    }
    for name, way in ways.items():
        try:
            way()
            told = "nothing"
        except ShelterDeskError as error:
            told = type(error).__name__
        acknowledge(told, name)


def a_new_desk(folder: Path) -> tuple[Desk, str]:
    """Make the vault the scenes take place at."""
    return create_desk(
        folder, user_name=USER, passphrase=PASSPHRASE, shelter="House", roles=ROLES, cost=KdfCost.for_tests()
    )


SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        writing, changing_the_header, opening, migrating, backing_up, rotating, restoring, creating,
        sitting, writing_on, racing, as_somebody_else,
    )
}  # fmt: skip
