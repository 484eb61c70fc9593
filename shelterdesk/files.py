"""Scans and photos in a record: sealed in the compartment that fits, in parts, each file under a key of its own.

What is kept was drawn anew by ``scans``, so that nothing is in it but what can be seen. It lies in the database, so
that a backup holds it and a write is all or nothing, and it is only ever opened in memory.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import ForeignKey, Integer, LargeBinary, Table, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey, ShelterDeskError, StaleRecord
from shelterdesk.fields import Field, check
from shelterdesk.i18n import N_
from shelterdesk.legal_matters import check_hers, require_key
from shelterdesk.reach import require_reach
from shelterdesk.records import apply, begun, complete, fill, of_person
from shelterdesk.scans.intake import Prepared
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Base, Record
from shelterdesk.schema.columns import SEALED, choice, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.errors import SealBroken
from shelterdesk.vault.file_seal import FileSeal, new_file_key, parts_for
from shelterdesk.vault.resealing import SealedIn
from shelterdesk.vault.seal import KeyRing

KEY: Final = "file.key"
"""Field id the key of a file is sealed under."""
SMALL: Final = 0
"""Number of the part that holds the little picture for lists."""
_NOT_WHOLE: Final = N_(
    "This scan or photo is damaged or was altered outside ShelterDesk, so it is not shown. Everything else in the "
    "record is as it was. It may be whole in a backup from before."
)
_NO_KEY: Final = N_("You do not hold the key of this scan or photo.")
_GONE: Final = N_("This scan or photo was taken out meanwhile. Nothing was changed.")


class StoredFile(Record):
    """One scan or photo. ``readable_by`` decides which of the sealed texts is used and under which key it lies."""

    __tablename__ = "file"

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    kind: Mapped[str] = choice("file.kind", N_("Kind of scan or photo"), vocab.FILE_KINDS, required=True)
    dated_on: Mapped[date | None] = day(
        "file.dated_on",
        N_("Day of the scan or photo"),
        help=N_("The day on the paper, or when the photo was taken, where it is known."),
    )
    readable_by: Mapped[str] = choice(
        "file.readable_by",
        N_("Readable with the key for"),
        vocab.COMPARTMENTS,
        required=True,
        help=N_("Who does not hold this key sees that something is here, and neither the words nor the picture."),
    )
    house_words = sealed("file.house_words", N_("Words about a house scan"), Compartment.HOUSE, width=40)
    identity_words = sealed("file.identity_words", N_("Words about an identity scan"), Compartment.IDENTITY, width=40)
    case_words = sealed("file.case_words", N_("Words about a social work scan"), Compartment.CASE, width=40)
    medical_words = sealed("file.medical_words", N_("Words about a health scan"), Compartment.MEDICAL, width=40)
    clinical_words = sealed(
        "file.clinical_words", N_("Words about a psychological scan"), Compartment.CLINICAL, width=40
    )
    legal_words = sealed("file.legal_words", N_("Words about a legal scan"), Compartment.LEGAL, width=40)
    matter_id: Mapped[UUID | None] = link("file.matter", N_("Legal matter"), "legal_matter", index=True)
    pages: Mapped[int | None] = mapped_column(Integer)
    size: Mapped[int | None] = mapped_column(Integer)
    """Bytes of the content in clear."""
    parts: Mapped[int | None] = mapped_column(Integer)
    key_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, info={SEALED: SealedIn(field=KEY, compartment_in="readable_by")}
    )


class FilePart(Base):
    """One sealed part of a file, counted from 1; 0 is the little picture."""

    __tablename__ = "file_part"

    file_id: Mapped[UUID] = mapped_column(
        Id, ForeignKey("file.id", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


WORDS: Final = {
    Compartment.HOUSE: "house_words",
    Compartment.IDENTITY: "identity_words",
    Compartment.CASE: "case_words",
    Compartment.MEDICAL: "medical_words",
    Compartment.CLINICAL: "clinical_words",
    Compartment.LEGAL: "legal_words",
}


class FileNotWhole(ShelterDeskError):
    """Not all of a file opens as it was sealed; nothing of it is shown."""

    def __init__(self) -> None:
        super().__init__(_NOT_WHOLE)


def words_field(desk: Desk, readable_by: str) -> Field:
    """Return the field that holds the words about files under the key of *readable_by*."""
    return desk.field(StoredFile, WORDS[Compartment(readable_by)])


def kinds_for(desk: Desk) -> list[str]:
    """Return the kinds of file the signed-in person can keep under some key they hold."""
    held = [one.value for one in Compartment if desk.holds(one)]
    return [code.code for code in vocab.FILE_KINDS] if held else []


def usual_key(desk: Desk, kind: str) -> str:
    """Return the compartment a file of *kind* usually belongs to; where its key is not held, the first that is."""
    held = [one.value for one in Compartment if desk.holds(one)]
    usual = vocab.FILE_KINDS.group(kind) or Compartment.IDENTITY.value
    return usual if usual in held or not held else held[0]


def files_of(desk: Desk, person_id: UUID) -> list[StoredFile]:
    """Return the files of a person, newest first, those without a key included (they say so)."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, StoredFile, person_id, StoredFile.created_at.desc(), StoredFile.id.desc()))


def add_file(
    desk: Desk, person_id: UUID, prepared: Prepared, *, record_id: UUID | None = None, **values: Any
) -> StoredFile:
    """Keep a scan or photo. Takes a second or two, so the worker does it. Raises Problems, NoKey, NotAllowed."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    _check_matter(desk, values.get("matter_id"), None, person_id)
    file = begun(StoredFile, record_id, person_id=person_id)
    check(desk.fields(StoredFile), complete(desk, StoredFile, values), desk.today())
    compartment = _held(desk, values["readable_by"])
    with desk.write(Act.ADD_FILE) as db:
        for name, value in content_facts(desk, db, file.id, compartment, prepared).items():
            setattr(file, name, value)
        db.add(file)
        fill(desk, file, values)
    return file


def content_facts(
    desk: Desk, db: Session, file_id: UUID, compartment: Compartment, prepared: Prepared
) -> dict[str, Any]:
    """Seal the content of a new file into its parts, and return what its row has to know of them."""
    key, parts = new_file_key(), parts_for(prepared.size)
    seal = FileSeal(desk.vault.id, file_id, key, parts)
    table = cast("Table", FilePart.__table__)
    db.execute(insert(table), [{"file_id": file_id, "number": SMALL, "sealed": seal.seal(SMALL, prepared.small)}])
    for number, part in seal.seal_all(prepared.content):
        db.execute(insert(table), [{"file_id": file_id, "number": number, "sealed": part}])
    sealed_key = desk.vault.ring.seal(compartment, KEY, file_id, key)
    return {"pages": prepared.pages, "size": prepared.size, "parts": parts, "key_sealed": sealed_key}


def change_file(desk: Desk, file: StoredFile, **values: Any) -> StoredFile:
    """Correct what is said of a file; under another key its words and its own key are sealed anew.

    Raises Problems, StaleRecord, NoKey, NotAllowed.
    """
    require(desk, Right.SEE_RECORDS)
    _check_matter(desk, values.get("matter_id", file.matter_id), file.matter_id, file.person_id)
    ring = desk.vault.ring
    before = _held(desk, file.readable_by)
    after = _held(desk, values.get("readable_by") or file.readable_by)
    if after is not before:
        # Words under the old key would stay readable by those the file was just taken from.
        moved = values.get(WORDS[before], getattr(file, WORDS[before]))
        values = {WORDS[after]: moved} | values | {WORDS[before]: None}
    with desk.write(Act.CHANGE_FILE) as db:
        current = apply(desk, db, file, values)
        if after is not before and current.key_sealed is not None:
            key = ring.open(before, KEY, file.id, current.key_sealed)
            current.key_sealed = ring.seal(after, KEY, file.id, key)
    return current


def archive_file(desk: Desk, file_id: UUID, *, archived: bool = True) -> None:
    """Take a file out of the list, or put it back. Nothing is deleted."""
    require(desk, Right.SEE_RECORDS)
    with desk.write(Act.CHANGE_FILE) as db:
        file = db.get_one(StoredFile, file_id)
        _held(desk, file.readable_by)
        file.archived_at = desk.now() if archived else None


def content_of(desk: Desk, file: StoredFile) -> bytes:
    """Return what a file holds, in memory. Raises NoKey, FileNotWhole, StaleRecord."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, file.person_id)
    with desk.read() as db:
        current = db.get(StoredFile, file.id)
        if current is None:
            raise StaleRecord(_GONE)
        _held(desk, current.readable_by)
        return _content(desk, db, current)


def small_pictures(desk: Desk, files: Collection[StoredFile]) -> dict[UUID, bytes]:
    """Return the little JPEGs of those *files* whose key is held and whose seal is whole."""
    require(desk, Right.SEE_RECORDS)
    held = {one.id: one for one in files if desk.holds(Compartment(one.readable_by))}
    found: dict[UUID, bytes] = {}
    with desk.read() as db:
        rows = db.execute(
            select(FilePart.file_id, FilePart.sealed).where(FilePart.file_id.in_(held), FilePart.number == SMALL)
        ).all()
    for file_id, small in rows:
        try:
            found[file_id] = seal_of(desk.vault.ring, desk.vault.id, held[file_id]).open(SMALL, small)
        except SealBroken:
            continue
    return found


def seal_of(ring: KeyRing, vault: UUID, file: StoredFile) -> FileSeal:
    """Return the seal of a file whose key is held. Raises NoKey, SealBroken."""
    if file.key_sealed is None or not file.parts:
        raise SealBroken
    return FileSeal(vault, file.id, ring.open(Compartment(file.readable_by), KEY, file.id, file.key_sealed), file.parts)


def _content(desk: Desk, db: Session, file: StoredFile) -> bytes:
    try:
        seal = seal_of(desk.vault.ring, desk.vault.id, file)
        rows = select(FilePart.number, FilePart.sealed).where(FilePart.file_id == file.id, FilePart.number != SMALL)
        content = bytearray()
        expected = 1
        for number, part in db.execute(rows.order_by(FilePart.number)):
            if number != expected:
                raise SealBroken
            content += seal.open(number, part)
            expected += 1
    except SealBroken as error:
        raise FileNotWhole from error
    if expected != (file.parts or 0) + 1 or len(content) != file.size:
        raise FileNotWhole
    return bytes(content)


def is_whole(desk: Desk, db: Session, file: StoredFile) -> bool:
    """Tell whether every part of a file opens as it was sealed. Raises NoKey."""
    try:
        _content(desk, db, file)
    except FileNotWhole:
        return False
    return True


def _check_matter(desk: Desk, matter_id: UUID | None, before: UUID | None, person_id: UUID) -> None:
    """Raise Problems for a matter that is not hers, NotAllowed where who changes it lacks the key of legal work."""
    if matter_id != before:
        require_key(desk)
        check_hers(desk, "file.matter", matter_id, person_id)


def _held(desk: Desk, readable_by: str) -> Compartment:
    """Return the compartment. Raises NoKey for one whose key the signed-in person does not hold."""
    compartment = Compartment(readable_by)
    if not desk.holds(compartment):
        raise NoKey(_NO_KEY)
    return compartment
