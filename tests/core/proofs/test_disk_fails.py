"""A disk that runs full, errs or goes away at any single write: told plainly, nothing acknowledged lost, and the next
try works when there is room again."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from shelterdesk import backups, drafts, integrity, people, person_reading, rotation
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.types import new_id
from shelterdesk.vault import Compartment, KdfCost, OpenVault, check_backup, open_vault, restore_backup, verify_vault
from tests.core.proofs.failing_disk import FailingDisk, Fault, failing_disk
from tests.core.proofs.scenes import USER, a_new_desk, at_a_new_computer, passphrase_in_force
from tests.core.proofs.test_earlier_schemas import DATA, lost, told_then
from tests.desks import PASSPHRASE

EARLIER = DATA / "vault-schema-1.dbk"


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[FailingDisk]:
    """A disk that can fail."""
    with failing_disk(monkeypatch) as made:
        yield made


class Trial:
    """Something that writes, done again and again while the disk fails at one write after the other."""

    every_point = False
    """Cheap enough to fail at every single call in every long run."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.folder = place / "desk-7F3A.vault"
        self.fault = Fault.FULL

    def begin(self) -> None:
        """Prepare one try, on a disk that works."""

    def act(self) -> None:
        """Do it. What returns is acknowledged."""
        raise NotImplementedError

    def look(self, *, done: bool) -> None:
        """Find on a disk that works again what is owed: the new where it was *done*, else the old."""
        raise NotImplementedError

    def end(self) -> None:
        """Find everything whole at the end."""


class Saving(Trial):
    """One changed record."""

    every_point = True

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.desk, _code = a_new_desk(self.folder)
        self.person = people.add_person(self.desk, short_name="0").id
        self.kept = self.tried = 0

    def act(self) -> None:
        self.tried += 1
        people.change_person(self.desk, person_reading.read_person(self.desk, self.person), short_name=str(self.tried))
        self.kept = self.tried

    def look(self, *, done: bool) -> None:
        assert (self.kept == self.tried) is done
        with self.desk.read() as db:
            assert db.get_one(Person, self.person).short_name == str(self.kept)

    def end(self) -> None:
        lock_desk(self.desk, "asked")
        self.desk = opened_whole(self.folder)
        self.look(done=self.kept == self.tried)
        lock_desk(self.desk, "asked")


class SavingMany(Saving):
    """Many records in one write, as an import makes them."""

    every_point = False

    def act(self) -> None:
        self.tried += 1
        with self.desk.write(Act.IMPORT) as db:
            for number in range(30):
                person = people.new_person(db, self.desk, {"short_name": f"{number}", "given_names": "x" * 300})
                db.add(person)
        self.kept = self.tried

    def look(self, *, done: bool) -> None:
        with self.desk.read() as db:
            assert db.scalar(select(func.count()).select_from(Person)) == 1 + 30 * self.successes(done=done)

    def successes(self, *, done: bool) -> int:
        """Return how often it was done so far."""
        self.done = getattr(self, "done", 0) + done
        return self.done

    def end(self) -> None:
        lock_desk(self.desk, "asked")
        self.desk = opened_whole(self.folder)
        self.look(done=False)
        lock_desk(self.desk, "asked")


class Drafting(Saving):
    """What is typed in a form, kept while it is typed."""

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.draft = new_id()
        self.keep("0")

    def keep(self, words: str) -> None:
        values = {"kind": "house", "written_on": self.desk.today(), "house_text": words}
        drafts.keep_draft(self.desk, self.draft, "note", self.draft, values, person_id=self.person)

    def act(self) -> None:
        self.tried += 1
        self.keep(str(self.tried))
        self.kept = self.tried

    def look(self, *, done: bool) -> None:
        (draft,) = drafts.my_drafts(self.desk)
        assert draft.values["house_text"] == str(self.kept)


class ChangingTheHeader(Trial):
    """A change of the header, whose one moment is a renaming."""

    every_point = True

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        lock_desk(a_new_desk(self.folder)[0], "asked")
        self.vault: OpenVault = open_vault(self.folder, USER, PASSPHRASE)
        self.vault.change_passphrase(PASSPHRASE, "violin 0", KdfCost.for_tests())
        self.kept = 0

    def act(self) -> None:
        self.vault.change_passphrase(f"violin {self.kept}", f"violin {self.kept + 1}", KdfCost.for_tests())
        self.kept += 1

    def look(self, *, done: bool) -> None:
        found = passphrase_in_force(self.folder)
        if self.fault is Fault.GONE and not done and found != self.kept:
            # Gone right after the renaming: nothing can be put back. Whoever plugs it in again starts anew.
            assert found == self.kept + 1
            self.vault.close()
            self.vault = open_vault(self.folder, USER, f"violin {found}")
            self.kept = found
        assert found == self.kept
        assert self.vault.is_own_passphrase(f"violin {found}"), "the open vault and the file agree"

    def end(self) -> None:
        assert verify_vault(self.vault) == []
        self.vault.close()
        with open_vault(self.folder, USER, f"violin {self.kept}") as again:
            assert verify_vault(again) == []


class BackingUp(Saving):
    """A backup, from the copy of the database to its name."""

    every_point = False

    def act(self) -> None:
        backups.back_up(self.desk, self.place / "backups")

    def look(self, *, done: bool) -> None:
        found = sorted((self.place / "backups").glob("*.dbk"))
        assert done <= len(found)
        for file in found:
            assert check_backup(file, self.desk.vault).opened, "only a whole backup has the name of one"
            file.unlink()
        left = list((self.place / "backups").iterdir())
        # From a stick that is gone nothing can be deleted; the backup of another day does it.
        assert left == [] or self.fault is Fault.GONE
        for folder in left:
            shutil.rmtree(folder)

    def end(self) -> None:
        lock_desk(self.desk, "asked")
        lock_desk(opened_whole(self.folder), "asked")


class Rotating(Saving):
    """Replacing every key: the backup, the new file, and the renaming that makes it the vault's."""

    every_point = False

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.rotations = 0

    def act(self) -> None:
        rotation.rotate(self.desk, [one.value for one in Compartment], why="somebody left")
        self.rotations += 1

    def look(self, *, done: bool) -> None:
        vault = self.desk.vault
        assert vault.rotations == self.rotations, "the old keys or the new, as was told"
        people.change_person(
            self.desk, person_reading.read_person(self.desk, self.person), short_name=str(vault.rotations)
        )
        with open_vault_beside(self.folder, self.place / "aside.vault") as seen:
            assert seen.rotations == self.rotations
            assert verify_vault(seen) == []

    def end(self) -> None:
        lock_desk(self.desk, "asked")
        lock_desk(opened_whole(self.folder), "asked")
        assert len(list(self.folder.glob("records*"))) == 1


class Restoring(Trial):
    """Putting a backup into a new folder."""

    def act(self) -> None:
        restore_backup(EARLIER, self.folder)

    def look(self, *, done: bool) -> None:
        assert self.folder.exists() is done or self.fault is Fault.GONE, "a folder appears complete or not at all"
        if self.folder.exists():
            with open_vault(self.folder, USER, PASSPHRASE) as vault:
                assert verify_vault(vault) == []
            shutil.rmtree(self.folder)

    def end(self) -> None:
        assert [path.name for path in self.place.iterdir() if path.name != "home"] == []


class Creating(Restoring):
    """A new vault."""

    def act(self) -> None:
        desk, _code = a_new_desk(self.folder)
        desk.close()

    def look(self, *, done: bool) -> None:
        # On a disk that is gone it cannot be taken away again; but its maker's passphrase opens it.
        assert self.folder.exists() is done or self.fault is Fault.GONE
        if self.folder.exists():
            lock_desk(opened_whole(self.folder), "asked")
            shutil.rmtree(self.folder)


class Locking(Trial):
    """Writing the last row and emptying the write-ahead log, with something saved just before."""

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        lock_desk(a_new_desk(self.folder)[0], "asked")
        self.people: list[UUID] = []

    def begin(self) -> None:
        self.desk = open_desk(self.folder, USER, PASSPHRASE)
        self.people.append(people.add_person(self.desk, short_name="x").id)

    def act(self) -> None:
        lock_desk(self.desk, "asked")

    def look(self, *, done: bool) -> None:
        desk = opened_whole(self.folder)
        with desk.read() as db:
            assert set(db.scalars(select(Person.id))) == set(self.people)
        lock_desk(desk, "asked")


class Opening(Locking):
    """Opening what a power cut left, and signing in."""

    def begin(self) -> None:
        super().begin()
        left = self.place / "left.vault"
        shutil.copytree(self.folder, left)
        lock_desk(self.desk, "asked")
        shutil.rmtree(self.folder)
        left.rename(self.folder)
        # Of a real power cut it would not know either what came after it.
        at_a_new_computer()

    def act(self) -> None:
        open_desk(self.folder, USER, PASSPHRASE).close()


class Migrating(Trial):
    """Bringing the tables of an earlier schema up to date."""

    def begin(self) -> None:
        at_a_new_computer()
        shutil.rmtree(self.folder, ignore_errors=True)
        restore_backup(EARLIER, self.folder)

    def act(self) -> None:
        open_desk(self.folder, USER, PASSPHRASE).close()

    def look(self, *, done: bool) -> None:
        desk = opened_whole(self.folder)
        assert lost(desk, told_then(EARLIER)) == []
        desk.close()


TRIALS: tuple[type[Trial], ...] = (
    Saving, SavingMany, Drafting, ChangingTheHeader, BackingUp, Rotating, Restoring, Creating, Locking, Opening,
    Migrating,
)  # fmt: skip


@contextmanager
def open_vault_beside(folder: Path, aside: Path) -> Generator[OpenVault]:
    """Give what somebody finds who opens *folder* after the power went in this moment."""
    shutil.copytree(folder, aside)
    try:
        with open_vault(aside, USER, PASSPHRASE) as vault:
            yield vault
    finally:
        shutil.rmtree(aside)


def opened_whole(folder: Path) -> Desk:
    desk = open_desk(folder, USER, PASSPHRASE)
    assert integrity.verify_desk(desk).findings == []
    return desk


def attempt(trial: Trial, disk: FailingDisk, fault: Fault, at: int) -> None:
    """Let the disk fail at call number *at*, look, and try once more when it works again."""
    trial.fault = fault
    trial.begin()
    done, told = False, ""
    try:
        with disk.failing(fault, at):
            trial.act()
        done = True
    except ShelterDeskError as error:
        told = error.text("en")
    assert done or told.endswith(".")
    trial.look(done=done)
    if not done:
        trial.begin()
        trial.act()
        trial.look(done=True)


def points(trial: Trial, disk: FailingDisk) -> int:
    """Return how often the act asks something of the disk."""
    attempt(trial, disk, Fault.ONE_ERROR, 10**9)
    return disk.calls


@pytest.mark.parametrize("kind", TRIALS, ids=lambda kind: kind.__name__)
def test_a_disk_that_fails_is_told_and_loses_nothing(kind: type[Trial], disk: FailingDisk, tmp_path: Path) -> None:
    """One failing write of what takes long, of another kind for each; three of the rest."""
    trial = kind(tmp_path)
    last = points(trial, disk)
    assert last > 3
    faults = list(Fault) if trial.every_point else [list(Fault)[TRIALS.index(kind) % len(Fault)]]
    for part, fault in enumerate(faults, start=1):
        attempt(trial, disk, fault, last * part // (len(faults) + 1))
    trial.end()


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name)
@pytest.mark.parametrize("kind", TRIALS, ids=lambda kind: kind.__name__)
def test_any_single_write_may_fail(
    kind: type[Trial], fault: Fault, disk: FailingDisk, tmp_path: Path, kills: int
) -> None:
    """Every write of what is done often; of the rest, one write in so many, and more of them with more ``--kills``."""
    trial = kind(tmp_path)
    last = points(trial, disk)
    step = 1 if trial.every_point else max(1, last * 25 // kills)
    for at in range(1 + list(Fault).index(fault) % step, last + 1, step):
        attempt(trial, disk, fault, at)
    trial.end()
