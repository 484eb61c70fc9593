"""Killed with signal 9 at any moment, the program loses nothing it acknowledged, and every file is whole.

``--kills N`` says how many kills the long run spreads over the scenes; without it there are 200.
"""

from __future__ import annotations

import math
import shutil
import time
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from shelterdesk import drafts, integrity
from shelterdesk.desk import Desk
from shelterdesk.opening import lock_desk, open_desk, open_desk_with_recovery
from shelterdesk.schema import history, log_reading, upgrade
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, whole
from shelterdesk.vault import BackupDamaged, KdfCost, check_backup, open_vault, restore_backup, verify_vault
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, read_header
from shelterdesk.vault.making import clear_left_overs
from tests.core.proofs.nursery import Life, Nursery
from tests.core.proofs.scenes import FIRST_PASSPHRASE, USER, at_a_new_computer, passphrase_in_force
from tests.core.proofs.test_earlier_schemas import DATA, lost, told_then
from tests.desks import PASSPHRASE

FRESH_AFTER = 20
"""Kills after which a scene goes on at a vault of its own, so that checking it takes the same time to the end."""


class Scene:
    """Kills children of one scene at one vault, and checks after each of them."""

    name: str
    share: float
    """Its part of all kills."""
    longest = 0.5
    """Seconds after which a child is killed at the latest; that is how long it takes for something to happen."""

    def __init__(self, nursery: Nursery, folder: Path) -> None:
        self.nursery = nursery
        self.folder = folder
        self.acknowledged = 0

    def prepare(self, closed: Path) -> None:
        """Put what the scene takes place at into ``self.folder``."""
        shutil.copytree(closed, self.folder)

    def kill(self) -> None:
        """Kill one child and look at what it left."""
        life = self.nursery.kill(self.name, self.folder, self.longest)
        self.acknowledged += len(life.said)
        self.check(life)

    def check(self, life: Life) -> None:
        """Compare what is there with what *life* acknowledged."""
        raise NotImplementedError


class Writing(Scene):
    """Records, drafts, checkpoints, locking."""

    name, share = "writing", 0.3

    def prepare(self, closed: Path) -> None:
        super().prepare(closed)
        self.texts: dict[tuple[str, UUID, str], int] = {}

    def check(self, life: Life) -> None:
        drafted: dict[str, int] = {}
        for words in life.said:
            if words[0] == "record":
                self.texts[words[1], UUID(words[2]), words[3]] = int(words[4])
            elif words[0] == "draft":
                drafted[words[1]] = int(words[2])
        desk = opened_whole(self.folder)
        check_texts(desk, self.texts)
        kept = {draft.id.hex: draft for draft in drafts.my_drafts(desk)}
        for draft_id, number in drafted.items():
            assert said(kept[draft_id].values["house_text"]) >= number, "a draft that was kept is there"
        lock_desk(desk, "asked")


class ChangingTheHeader(Scene):
    """Changes of the header, of which exactly one state holds."""

    name, share, longest = "changing_the_header", 0.1, 0.3

    def prepare(self, closed: Path) -> None:
        super().prepare(closed)
        with open_vault(self.folder, USER, PASSPHRASE) as vault:
            vault.change_passphrase(PASSPHRASE, FIRST_PASSPHRASE, KdfCost.for_tests())

    def check(self, life: Life) -> None:
        number = passphrase_in_force(self.folder)
        acknowledged = [(int(words[1]), int(words[2])) for words in life.said]
        with open_vault(self.folder, USER, f"violin {number}") as vault:
            assert (number, vault.generation) >= max(acknowledged, default=(0, 0))
            assert verify_vault(vault) == []


class Opening(Scene):
    """Signing in and locking."""

    name, share = "opening", 0.1

    def prepare(self, closed: Path) -> None:
        super().prepare(closed)
        self.rows = 0

    def check(self, life: Life) -> None:
        desk = opened_whole(self.folder)
        with desk.read() as db:
            acts = select(func.count()).where(history.LogRow.act.in_((Act.SIGN_IN.code, Act.LOCK.code)))
            rows = db.scalar(acts) or 0
        assert rows >= self.rows + len(life.said), "every sign-in and every lock is in the log"
        lock_desk(desk, "asked")
        self.rows = rows + 1


class Migrating(Scene):
    """Bringing the tables of an earlier schema up to date, always of the same vault."""

    name, share = "migrating", 0.15
    file = DATA / "vault-schema-1.dbk"

    def prepare(self, closed: Path) -> None:
        self.source = restore_backup(self.file, self.folder.with_name("desk-EA21.vault"))
        self.begin()
        self.longest = 1.5 * self.nursery.live(self.name, self.folder).seconds
        self.begin()

    def begin(self) -> None:
        at_a_new_computer()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.folder.parent / "before-update", ignore_errors=True)
        shutil.copytree(self.source, self.folder)

    def check(self, life: Life) -> None:
        desk = opened_whole(self.folder)
        assert lost(desk, told_then(self.file)) == []
        with desk.read() as db:
            migrated = [row for row in log_reading.logged(db) if row.act == Act.MIGRATE.code]
        # Killed between the change of the tables and its row, the change holds and its row is missing.
        assert len(migrated) <= 1
        lock_desk(desk, "asked")
        if upgrade.NEWEST > 1:
            assert whole_backups(self.folder.parent / "before-update"), "no change of tables without a backup"
        self.begin()


class BackingUp(Scene):
    """Making backups of a vault at work."""

    name, share = "backing_up", 0.1

    def check(self, life: Life) -> None:
        made = [words[1] for words in life.said if words[0] == "backup"]
        texts = {("person", UUID(w[2]), "short_name"): int(w[4]) for w in life.said if w[0] == "record"}
        desk = opened_whole(self.folder)
        check_texts(desk, texts)
        lock_desk(desk, "asked")
        assert set(made) <= set(whole_backups(self.folder.parent / "backups"))
        shutil.rmtree(self.folder.parent / "backups", ignore_errors=True)


class Rotating(Scene):
    """Replacing keys, again and again at the same vault."""

    name, share, longest = "rotating", 0.2, 1.2

    def prepare(self, closed: Path) -> None:
        super().prepare(closed)
        self.rotations = 0
        self.texts: dict[tuple[str, UUID, str], int] = {}
        begun = time.monotonic()
        with self.nursery.living(self.name, self.folder) as child:
            # A rotation takes a few times as long as signing in and the first write, however busy the computer is.
            self.longest = max(self.longest, 4 * (time.monotonic() - begun))
        self.check(Life(child.said, killed=True, seconds=0))

    def check(self, life: Life) -> None:
        self.texts |= {("person", UUID(w[2]), "short_name"): int(w[4]) for w in life.said if w[0] == "record"}
        acknowledged = [int(words[1]) for words in life.said if words[0] == "rotated"]
        desk = opened_whole(self.folder)
        assert desk.vault.rotations in (last := max([self.rotations, *acknowledged]), last + 1)
        self.rotations = desk.vault.rotations
        check_texts(desk, self.texts)
        lock_desk(desk, "asked")
        (left,) = self.folder.glob("records*")
        assert {read_header(self.folder, file).database for file in (HEADER_FILE, COPY_FILE)} == {left.name}


class Restoring(Scene):
    """Putting a backup into new folders."""

    name, share, longest = "restoring", 0.1, 0.2
    file = DATA / "vault-schema-1.dbk"

    def prepare(self, closed: Path) -> None:
        self.folder.mkdir(parents=True)
        shutil.copy(self.file, self.folder.parent)

    def check(self, life: Life) -> None:
        found = vaults_in(self.folder)
        assert {words[1] for words in life.said} <= {one.name for one in found}
        for one in found:
            with open_vault(one, USER, PASSPHRASE) as vault:
                assert verify_vault(vault) == [], "a folder appears complete or not at all"
        self.begin_anew(found)

    def begin_anew(self, found: list[Path]) -> None:
        clear_left_overs(self.folder)
        assert sorted(self.folder.iterdir()) == found, "what was half made is gone at the next start"
        shutil.rmtree(self.folder)
        self.folder.mkdir()


class Creating(Restoring):
    """Making new vaults."""

    name, share, longest = "creating", 0.05, 0.4

    def check(self, life: Life) -> None:
        codes = {words[1]: words[2] for words in life.said}
        found = vaults_in(self.folder)
        assert set(codes) <= {one.name for one in found}
        for one in found:
            # Where the recovery code was not shown yet, the maker's passphrase opens what is there.
            lock_desk(opened_whole(one), "asked")
            if one.name in codes:
                lock_desk(open_desk_with_recovery(one, codes[one.name], why="Looking"), "asked")
        self.begin_anew(found)


SCENES: tuple[type[Scene], ...] = (
    Writing, ChangingTheHeader, Opening, Migrating, BackingUp, Rotating, Restoring, Creating,
)  # fmt: skip


def opened_whole(folder: Path) -> Desk:
    """Open the vault as after a power cut, and find nothing wrong with it: pages, log, seals, records."""
    desk = open_desk(folder, USER, PASSPHRASE)
    assert integrity.verify_desk(desk).findings == []
    return desk


def said(text: str) -> int:
    return int(text.removeprefix("said "))


def check_texts(desk: Desk, texts: dict[tuple[str, UUID, str], int]) -> None:
    """Find every record with what was acknowledged of it last, or with what was on its way when the child died."""
    with desk.read() as db:
        for (kind, record_id, attribute), number in texts.items():
            record = db.get_one(RECORDS[kind], record_id, options=whole(RECORDS[kind]))
            assert said(getattr(record, attribute)) in (number, *range(number + 1, number + 10))


def whole_backups(folder: Path) -> list[str]:
    """Return the names of the backups in *folder* that open; an empty file with no more than a name is no backup."""
    found: list[str] = []
    for file in sorted(folder.glob("*.dbk")):
        if file.stat().st_size:
            assert check_backup(file, user_name=USER, passphrase=PASSPHRASE).opened
            found.append(file.name)
        else:
            with pytest.raises(BackupDamaged):
                check_backup(file)
    return found


def vaults_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == ".vault")


def kill_many(kind: type[Scene], nursery: Nursery, closed: Path, place: Path, kills: int) -> None:
    acknowledged = 0
    for begun in range(0, kills, FRESH_AFTER):
        at_a_new_computer()
        scene = kind(nursery, place / str(begun) / "desk-7F3A.vault")
        scene.folder.parent.mkdir()
        scene.prepare(closed)
        for _ in range(min(FRESH_AFTER, kills - begun)):
            scene.kill()
        acknowledged += scene.acknowledged
        shutil.rmtree(scene.folder.parent)
    if kills >= FRESH_AFTER:
        # A child that opens an earlier vault is done when it has said something.
        assert acknowledged > (0 if kind is Migrating else kills / 5), "the kills hit children at work"


@pytest.mark.parametrize("kind", SCENES, ids=lambda kind: kind.name)
def test_a_kill_loses_nothing_that_was_acknowledged(
    kind: type[Scene], nursery: Nursery, closed: Path, tmp_path: Path
) -> None:
    kill_many(kind, nursery, closed, tmp_path, 1)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", SCENES, ids=lambda kind: kind.name)
def test_no_number_of_kills_loses_anything(
    kind: type[Scene], nursery: Nursery, closed: Path, tmp_path: Path, kills: int
) -> None:
    every = sum(scene.share for scene in SCENES)
    kill_many(kind, nursery, closed, tmp_path, math.ceil(kills * kind.share / every))
