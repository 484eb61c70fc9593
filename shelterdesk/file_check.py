"""Whether scans and photos are whole: every file has its parts, and those of a sample open as they were sealed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey
from shelterdesk.files import FilePart, StoredFile, is_whole

OPENED: Final = 40
"""So many files are opened whole at each check: the newest half of them, and others by chance."""


def broken_files(desk: Desk, db: Session) -> Iterator[tuple[UUID, bool]]:
    """Give the files that were looked into, each with whether it is broken. Files without a key held are counted."""
    counted = select(FilePart.file_id, func.count().label("parts")).group_by(FilePart.file_id).subquery()
    query = select(StoredFile.id, StoredFile.parts, counted.c.parts)
    rows = db.execute(query.outerjoin(counted, counted.c.file_id == StoredFile.id).order_by(StoredFile.id)).all()
    whole: list[UUID] = []
    for file_id, parts, found in rows:
        # The little picture is a part of its own.
        if parts is None or found != parts + 1:
            yield file_id, True
        else:
            whole.append(file_id)
    newest, older = whole[-OPENED // 2 :], whole[: -OPENED // 2]
    for file_id in (*newest, *random.sample(older, min(len(older), OPENED // 2))):
        try:
            yield file_id, not is_whole(desk, db, db.get_one(StoredFile, file_id))
        except NoKey:
            continue
