"""What the columns of a sheet stood for last time, so that nobody chooses twice."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import LargeBinary, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk.schema.base import Base
from shelterdesk.schema.columns import SEALED
from shelterdesk.schema.types import Id, Moment, new_id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.errors import SealBroken
from shelterdesk.vault.resealing import SealedIn

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

_SEAL: Final = "import_mapping.columns"


class ImportMapping(Base):
    """A mapping the shelter used, by the keyed hash of its titles. What the titles say is sealed as identity."""

    __tablename__ = "import_mapping"

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    used_at: Mapped[datetime] = mapped_column(Moment)
    columns_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, info={SEALED: SealedIn(field=_SEAL, compartment=Compartment.IDENTITY)}
    )


def keep(desk: Desk, titles: Sequence[str], targets: Mapping[str, str | None]) -> bool:
    """Keep what each title stands for, in place of last time; False for who does not hold the key. Not logged."""
    if not desk.holds(Compartment.IDENTITY):
        return False
    row_id, fingerprint = new_id(), _fingerprint(desk, titles)
    spelled = json.dumps(dict(targets), ensure_ascii=False)
    with desk.quietly() as db:
        sealed = desk.vault.ring.seal(Compartment.IDENTITY, _SEAL, row_id, spelled.encode())
        db.execute(delete(ImportMapping).where(ImportMapping.fingerprint == fingerprint))
        db.add(ImportMapping(id=row_id, fingerprint=fingerprint, used_at=desk.now(), columns_sealed=sealed))
    return True


def recall(desk: Desk, titles: Sequence[str]) -> dict[str, str | None] | None:
    """Return what each title stood for last time; None when there was none, or without the key, or it was spoilt."""
    if not desk.holds(Compartment.IDENTITY):
        return None
    with desk.read() as db:
        row = db.scalar(select(ImportMapping).where(ImportMapping.fingerprint == _fingerprint(desk, titles)))
        if row is None:
            return None
        try:
            return json.loads(desk.vault.ring.open(Compartment.IDENTITY, _SEAL, row.id, row.columns_sealed))
        except SealBroken:
            # Somebody spoilt the row. Then people say once more what their columns are.
            return None


def _fingerprint(desk: Desk, titles: Sequence[str]) -> bytes:
    words = "\n".join(titles)
    return hmac.new(desk.vault.fold_key(), f"columns\n{words}".encode(), hashlib.sha256).digest()
